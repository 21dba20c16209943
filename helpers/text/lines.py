r"""Paragraphs by their line ends: one a line, or several lines of a text that was broken by hand or by a mail program.

>>> [s.text for s in paragraph_spans("One line.\nAnother.\n\nA third.")]
['One line.', 'Another.', 'A third.']

No character is changed: a paragraph of several lines keeps its line ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from helpers.records import Span, span_at

LONGEST_PARAGRAPH = 10_000  # characters; the parser's memory grows with the longest one
WIDTHS = range(30, 121)  # characters a line, in a text that was broken by hand
SLACK = 8  # characters by which a line may pass the width
TIGHT = 0.7  # share of breaks where the next word would not have fitted
BREAKS = 0.25  # share of line ends that break a sentence, from which on a text counts as broken by hand

ENDS = "\n\r\x0b\x0c\x85\u2028\u2029"
LINE = re.compile(f"[^{ENDS}]+")
LINE_END = re.compile(f"\r\n|[{ENDS}]")
SENTENCE_END = re.compile(r"[.!?:;…]['’\"”)\]]*$")


def paragraph_spans(text: str) -> Iterator[Span]:
    """The paragraphs of `text`, none longer than the parser can take."""
    lines = list(line_spans(text))
    width = wrap_width(text, lines)
    start = lines[0].start if lines else 0
    for line, following in pairwise(lines):
        if not runs_on(text, line, following, width):
            yield from short_enough(text, span_at(text, start, line.end))
            start = following.start
    if lines:
        yield from short_enough(text, span_at(text, start, lines[-1].end))


def line_spans(text: str) -> Iterator[Span]:
    """The lines that are not blank, without the white space at their edges."""
    for found in LINE.finditer(text):
        if found[0].strip():
            yield span_at(text, *found.span())


def adjacent(text: str, line: Span, following: Span) -> bool:
    """Does `following` stand in the very next line, with no blank one between?"""
    return len(LINE_END.findall(text, line.end, following.start)) == 1


def overfull(line: Span, following: Span, width: int) -> bool:
    """Would the next line's first word have been too much for this line?"""
    return len(line.text) + 1 + len(following.text.split(None, 1)[0]) > width


def wrap_width(text: str, lines: list[Span]) -> int:
    """The width at which the lines of `text` were broken by hand; 0 where they are whole paragraphs.

    >>> text = "The ministers of both states met on Monday and\\nagreed to reopen the strait to ferries before\\nwinter."
    >>> wrap_width(text, list(line_spans(text))), wrap_width("A line.\\nanother", [])
    (46, 0)

    Such a text has breaks inside sentences, each where the next word would not have fitted.
    """
    neighbours = [pair for pair in pairwise(lines) if adjacent(text, *pair)]
    breaks = [(a, b) for a, b in neighbours if b.text[0].islower() and not SENTENCE_END.search(a.text)]
    if not breaks or len(breaks) < BREAKS * len(neighbours):
        return 0
    width = max(len(line.text) for line, _ in breaks)
    tight = sum(overfull(line, following, width) for line, following in breaks)
    return width if width in WIDTHS and tight >= TIGHT * len(breaks) else 0


def runs_on(text: str, line: Span, following: Span, width: int) -> bool:
    """Does the paragraph of `line` go on in the following line?"""
    if not width or len(line.text) > width + SLACK or not adjacent(text, line, following):
        return False
    return overfull(line, following, width)


def short_enough(text: str, span: Span) -> Iterator[Span]:
    """`span`, in pieces where it is too long for a paragraph: cut after a sentence, else after a word, else anywhere."""
    while len(span.text) > LONGEST_PARAGRAPH:
        head = span.text[:LONGEST_PARAGRAPH]
        cut = max(head.rfind(mark) for mark in (". ", ".” ", "! ", "? ", ".\n")) + 2
        cut = cut if cut > LONGEST_PARAGRAPH / 2 else head.rfind(" ") + 1 or LONGEST_PARAGRAPH
        yield span_at(text, span.start, span.start + cut)
        span = span_at(text, span.start + cut, span.end)
    yield span
