"""Numbers as they are written, in digits and in words, and what they are worth.

>>> worth("2,790"), worth("1,50,000"), worth("12 000"), worth("2.5-lakh-crore"), worth("1.2bn")
(2790.0, 150000.0, 12000.0, 2500000000000.0, 1200000000.0)
>>> worth("two hundred and fifty thousand"), worth("two and a half million"), worth("half a dozen"), worth("2,5 million")
(250000.0, 2500000.0, 6.0, 2500000.0)
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from helpers.knowledge.amounts import amounts

SPACE = " \u00a0\u2009\u202f"
ALONE = r"(?<!\w)(?<!\d[.,'’–-])(?<![^\W\d_]-)(?<!out of )(?<!one in )(?<!\d in )"  # no part of a longer number or a name: the F-35
NUMBER = (
    rf"(?!0\d)(?:\d*[½¼¾]|\d{{1,3}}(?:[{SPACE}]\d{{3}})+|\d{{1,3}}(?:\.\d{{3}}){{2,}}|\d{{1,3}}(?:,\d{{2,3}})*,\d{{3}}(?:\.\d+)?"
    r"|\d+(?:\.\d+|,\d\d?)?)(?![.,]?\d)"
)
PARTS = {"½": ".5", "¼": ".25", "¾": ".75"}
AND_A_HALF = "[ -]and[ -]a[ -]half"


def one_of(*kinds: str) -> str:
    """A pattern for any form of some kinds."""
    return "|".join(re.escape(form) for kind in kinds for form in amounts(kind))


@cache
def amount(*alone: str) -> str:
    """A pattern for an amount in digits or words: 2.5 lakh crore, two hundred and fifty; of "a" and "an" only `alone`."""
    values = {word: float(value) for word, value in amounts("number").items()}
    tens = "|".join(word for word, value in values.items() if value >= 20)
    ones = "|".join(word for word, value in values.items() if 1 <= value < 10 and len(word) > 2)
    scale = rf"(?:{one_of('scale')})s?\b"
    words = "|".join(word for word in values if word not in ("a", "an"))
    few = rf"(?:(?:{tens})(?:[ -](?:{ones}))?|{words}|an?(?=[ -]{scale}){''.join('|' + word for word in alone)})\b"
    more = rf"(?:[ -](?:and )?{few}(?:[ -]{scale})*)"
    spelt = rf"(?<!point ){few}(?:{AND_A_HALF})?(?:(?:[ -]{scale}){{1,3}}{more}{{0,2}})?"
    digits = rf"{NUMBER}(?:{AND_A_HALF})?(?:(?:[ -]?{scale}){{1,3}}|(?:{one_of('short_scale')})\b)?"
    return rf"(?:{digits}|{spelt})"


def worth(words: str) -> float | None:
    """The value of an amount in digits or words; None for what is no single number, or could be two."""
    words = words.lower().strip()
    digits = re.match(NUMBER, words)
    parts = [plain(digits[0])] if digits else []
    known = amounts("scale") | amounts("short_scale")
    numbers = {form: float(value) for form, value in amounts("number").items()}
    for word in split(words[digits.end() if digits else 0 :], numbers):
        form = word if word in known else word.removesuffix("s")
        if word in numbers:
            parts.append(numbers[word])
        elif form in known:
            factor = float(known[form])
            small = [part for part in parts if len(parts) == 1 or part < factor]
            parts = [*parts[: len(parts) - len(small)], sum(small) * factor]
    falling = all(a > b for a, b in pairwise(parts))
    return round(sum(parts), 6) if parts and falling else None


def split(words: str, known: dict[str, float]) -> list[str]:
    """The number words and scales; "half a" is one, and so is the half in "and a half"."""
    words = re.sub(AND_A_HALF, " half a", words)
    longest = "|".join(map(re.escape, known))
    return re.findall(rf"\b(?:{longest})\b|[^\W\d_]+", words)


def plain(digits: str) -> float:
    """The value of digits: 12 000, 1,50,000, 1.500.000, a decimal comma, 2½."""
    for sign, part in PARTS.items():
        digits = digits.replace(sign, part)
    if re.fullmatch(r"\d+,\d\d?", digits):
        return float(digits.replace(",", "."))
    return float(re.sub(rf"[,{SPACE}]", "", digits if digits.count(".") < 2 else digits.replace(".", "")))


def both_ends(low: str, high: str) -> tuple[float | None, float | None]:
    """The values of a range, of which the first end takes the scale of the second: 700–800 million.

    >>> both_ends("700", "800 million"), both_ends("900", "1 million"), both_ends("two", "three hundred")
    ((700000000.0, 800000000.0), (900.0, 1000000.0), (200.0, 300.0))
    """
    a, b, lead = worth(low), worth(high), worth(lead_of(high))
    if a is not None and b and lead and lead_of(low) == low and a <= lead:
        a = round(a * b / lead, 6)
    return a, b


def lead_of(words: str) -> str:
    """An amount without what multiplies it: 800 of 800 million."""
    return re.sub(rf"(?i)[ -]?(?:(?:{one_of('scale')})s?|(?<=\d)(?:{one_of('short_scale')}))\b.*", "", words)
