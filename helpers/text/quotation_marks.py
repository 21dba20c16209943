"""Quotation marks: which characters of a paragraph stand inside quotes.

>>> [q.text for q in find_quotes("“No,” she said. 'Not now.' It’s final.")]
['“No,”', "'Not now.'"]

Knows “ ” ‘ ’ " and ', as which the readable text gives all others. A mark that is not closed opens a quotation to the end of its
paragraph, never further, and only where the next paragraph re-opens or it stands at the start; an apostrophe
(it’s, ministers’) is no mark.
"""

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache

OPENING = {"“": "”", "‘": "’"}
MARK = re.compile("[\"'“‘]")
LATER = {mark: re.compile(rf"(?<!\s){mark}(?![^\W_])") for mark in "’'"}
SPACED = re.compile(r"[ \u00a0\u202f]?[^\W_]|\S")  # “ Yes,” she said: typed with a space
SENTENCE = re.compile(r"\[?[A-Z]")  # begins one, which a single mark may leave open
DOUBLE = re.compile('[“”"]')


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation: `start` and `end` with its marks, `inner_start` and `inner_end` without."""

    start: int
    end: int
    inner_start: int
    inner_end: int
    text: str
    closed: bool

    @property
    def words(self) -> int:
        return len(self.text.split())


@lru_cache(maxsize=256)
def find_quotes(text: str) -> tuple[Quotation, ...]:
    """The outermost quotations of one paragraph, in order."""
    found: list[Quotation] = []
    i = 0
    while match := MARK.search(text, i):
        later = bool(found)
        quotation = quotation_from(text, match.start(), match[0], later) if opens(text, match.start()) else None
        if quotation:
            found.append(quotation)
        i = quotation.end if quotation else match.end()
    return tuple(found)


def quotes_inside(outer: Quotation) -> tuple[Quotation, ...]:
    """The quotations inside a quotation, with their places in the paragraph.

    >>> [(q.start, q.text) for q in quotes_inside(find_quotes("“Bo said, ‘No,’ and left.”")[0])]
    [(10, '‘No,’')]
    """
    at, text = outer.inner_start, outer.text[outer.inner_start - outer.start : outer.inner_end - outer.start]
    return tuple(
        replace(q, start=q.start + at, end=q.end + at, inner_start=q.inner_start + at, inner_end=q.inner_end + at)
        for q in find_quotes(text)
    )


def opens(text: str, i: int) -> bool:
    """Can the mark at `i` open? Before a word and not after one."""
    before, after = text[i - 1 : i], text[i + 1 : i + 2]
    if text[i] == "“" and SPACED.match(text, i + 1):
        return True
    if not after or after.isspace():
        return False
    return not before or before.isspace() or before in '([{—–-/“"…:' or before in OPENING


def quotation_from(text: str, i: int, mark: str, later: bool) -> Quotation | None:
    """The quotation that `mark` opens at `i`; None where a single mark is never closed. `later`: not the first."""
    start, wanted = i + 1, OPENING.get(mark, mark)
    other = {"”": '"', '"': "”"}.get(wanted)  # “Yes," she said: typed with two kinds of marks
    for match in either(wanted, other).finditer(text, start):
        j, found = match.start(), match[0]
        if closes(text, j, found) and (found == wanted or found == "”" or closes_early(text, j, wanted)):
            return Quotation(i, match.end(), start, j, text[i : match.end()], True)
    if mark in ("‘", "'") and not (SENTENCE.match(text, start) and text.rstrip()[-1] in ".!?…"):
        return None
    return unclosed(text, i, later)


@cache
def either(wanted: str, other: str | None) -> re.Pattern[str]:
    """A pattern for one mark, or one of two."""
    return re.compile("|".join(re.escape(mark) for mark in (wanted, other) if mark))


def closes_early(text: str, j: int, wanted: str) -> bool:
    """Does the straight mark at `j` end the quotation, rather than stand inside it? So if the next mark opens again."""
    if not text[j - 1 : j] or text[j - 1] not in ".,!?":
        return False
    nearest = DOUBLE.search(text, j + 1)
    return nearest is None or nearest[0] != wanted


def closes(text: str, j: int, wanted: str) -> bool:
    """Does the mark `wanted`, which stands at `j`, close? Single marks must not be apostrophes."""
    before, after = text[j - 1], text[j + 1 : j + 2]
    if wanted in ("’", "'"):
        closing = LATER[wanted]  # another mark that may close
        if after.isalnum() or before.isspace():
            return False
        # "ministers’ meeting": an apostrophe, unless punctuation stands before the mark
        return before in '.,!?;:…”"' or not (after.isspace() and before == "s") or not closing.search(text, j + 1)
    return wanted != '"' or not (after.isalnum() and before.isspace())


def unclosed(text: str, i: int, later: bool) -> Quotation | None:
    """A quotation whose mark never closes: to the end of the paragraph if it begins it or follows a colon or comma,
    or a sentence in a paragraph that quotes before (“…,” she says. “Then they …)."""
    before = text[max(0, i - 9) : i].rstrip()
    if before and before[-1] not in (":,—–.!?" if later else ":,—–"):
        return None
    end = len(text.rstrip())
    return Quotation(i, end, i + 1, end, text[i:end], False)
