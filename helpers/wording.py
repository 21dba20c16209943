"""How things are put for a person: names as prose, numbers with a true minus, texts on one line or cut short.

>>> listing(["Okafor", "Lind", "Sørby"]), counted(3, "entity", "entities")
('Okafor, Lind and Sørby', '3 entities')
>>> signed(-0.5), per_cent(0.914), worded("supply_chain")
('−0.50', '91 %', 'supply chain')
>>> shorten("the need for deeper engagement", 18)
'the need for…'
"""

import re
from collections.abc import Iterable

NONE = "–"  # what stands where there is nothing
ENOUGH = 3  # statements from which on a mean is told, or somebody is said to speak most
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]+")


def one_line(text: str) -> str:
    """The text on one line: line breaks, tabs and control characters become single spaces."""
    return " ".join(CONTROL.sub(" ", text).split())


def shorten(text: str, width: int) -> str:
    """At most `width` characters, cut between words where that loses little, with … where something is left out."""
    text = one_line(text)
    if len(text) <= width:
        return text
    cut = text[: width - 1]
    at_word = cut.rpartition(" ")[0]
    return (at_word if len(at_word) >= width // 2 else cut).rstrip(" ,;:–—-") + "…"


def worded(name: str) -> str:
    """An id or the name of a column as words."""
    return name.replace("_", " ")


def minus(number: str) -> str:
    """A number as text, with a true minus: ``minus("-0.5") == "−0.5"``."""
    return number.replace("-", "−")


def signed(number: float | None) -> str:
    """A score with its sign; none where it is 0.00, and – where there is no score."""
    if number is None or number != number:
        return NONE
    return minus(f"{number:+z.2f}").replace("+0.00", "0.00")


def per_cent(share: float) -> str:
    """A share from 0 to 1 as whole per cents."""
    return f"{100 * share:.0f} %"


def capital(text: str) -> str:
    """The text with a capital at its beginning."""
    return text[:1].upper() + text[1:]


def counted(number: int, noun: str, many: str = "") -> str:
    """The number with its noun."""
    return f"{number} {noun if number == 1 else many or noun + 's'}"


def listing(names: Iterable[str], most: int | None = None) -> str:
    """Names as prose, the first `most` of them: ``listing(["A", "B", "C", "D"], 2) == "A, B and 2 more"``."""
    names = [str(name) for name in names]
    if most and len(names) > most:
        names = [*names[:most], f"{len(names) - most} more"]
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def cited(text: str) -> str:
    """Words of the article as they stand, set apart without quotation marks: those are for what somebody said word for word.

    >>> cited("the pact’s focus")
    '[the pact’s focus]'
    """
    return f"[{text}]"
