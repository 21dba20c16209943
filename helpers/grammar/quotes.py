"""Quotation marks: which characters of a paragraph stand inside quotes.

>>> [q.text for q in find_quotes("“No,” she said. 'Not now.' It’s final.")]
['“No,”', "'Not now.'"]

Knows “ ” ‘ ’ « » „ " ' and '' '' (two apostrophes). A mark that is not closed opens a quotation to the end of its
paragraph, never further, and only where the next paragraph re-opens or it stands at the start; an apostrophe
(it’s, ministers’) is no mark.
"""

from __future__ import annotations

from dataclasses import dataclass

OPENING = {"“": "”", "„": "”", "«": "»", "‘": "’", "‹": "›"}
CLOSING = frozenset(OPENING.values()) | {"“"}
STRAIGHT = ("''", "``", '"', "'")


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


def find_quotes(text: str) -> list[Quotation]:
    """The outermost quotations of one paragraph, in order."""
    found: list[Quotation] = []
    i = 0
    while i < len(text):
        mark = mark_at(text, i)
        if mark and opens(text, i, mark):
            quotation = quotation_from(text, i, mark)
            if quotation:
                found.append(quotation)
                i = quotation.end
                continue
        i += len(mark) if mark else 1
    return found


def mark_at(text: str, i: int) -> str:
    """The quotation mark at `i`, or ""."""
    if text[i] in OPENING:
        return text[i]
    return next((mark for mark in STRAIGHT if text.startswith(mark, i)), "")


def opens(text: str, i: int, mark: str) -> bool:
    """Can the mark at `i` open? Before a word and not after one."""
    after = text[i + len(mark) : i + len(mark) + 1]
    before = text[i - 1 : i]
    if not after or after.isspace():
        return False
    if mark in ("“", "„", "«", "‹"):
        return True
    return not before or before.isspace() or before in '([{—–-/“"…:' or before in OPENING


def quotation_from(text: str, i: int, mark: str) -> Quotation | None:
    """The quotation that `mark` opens at `i`; None where a single mark is never closed."""
    start = i + len(mark)
    wanted = OPENING.get(mark, "''" if mark == "``" else mark)
    other = {"”": '"', '"': "”"}.get(wanted)  # “Yes," she said: typed with two kinds of marks
    for j in range(start, len(text)):
        if closes(text, j, wanted):
            return Quotation(i, j + len(wanted), start, j, text[i : j + len(wanted)], True)
        if other and text[j] == other and closes(text, j, other) and (other == "”" or closes_early(text, j, wanted)):
            return Quotation(i, j + 1, start, j, text[i : j + 1], True)
    if mark in ("‘", "'", "‹"):
        return None
    return unclosed(text, i, mark)


def closes_early(text: str, j: int, wanted: str) -> bool:
    """Does the straight mark at `j` end the quotation, rather than stand inside it? So if the next mark opens again."""
    if not text[j - 1 : j] or text[j - 1] not in ".,!?":
        return False
    nearest = next((c for c in text[j + 1 :] if c in '“”"'), "“")
    return nearest != wanted


def closes(text: str, j: int, wanted: str) -> bool:
    """Does the mark `wanted` close at `j`? Single marks must not be apostrophes."""
    if not text.startswith(wanted, j):
        return False
    before, after = text[j - 1], text[j + len(wanted) : j + len(wanted) + 1]
    if wanted in ("’", "'"):
        if after.isalnum() or before.isspace():
            return False
        # "ministers’ meeting": an apostrophe, unless punctuation stands before the mark
        return before in '.,!?;:…”"' or not (after.isspace() and before == "s") or not has_later(text, j, wanted)
    return wanted != '"' or not (after.isalnum() and before.isspace())


def has_later(text: str, j: int, wanted: str) -> bool:
    """Is there another possible closing mark after `j`?"""
    k = text.find(wanted, j + 1)
    while k != -1:
        if not text[k + 1 : k + 2].isalnum() and not text[k - 1].isspace():
            return True
        k = text.find(wanted, k + 1)
    return False


def unclosed(text: str, i: int, mark: str) -> Quotation | None:
    """A quotation whose mark never closes: to the end of the paragraph if it begins it or follows a colon or comma."""
    before = text[:i].rstrip()
    if before and before[-1] not in ":,—–":
        return None
    end = len(text.rstrip())
    return Quotation(i, end, i + len(mark), end, text[i:end], False)
