r"""Paragraphs by their line ends: one a line, or several lines of a text that was broken by hand or by a mail program.

>>> [s.text for s in paragraph_spans("One line.\nAnother.\n\nA third.")]
['One line.', 'Another.', 'A third.']

No character is changed: a paragraph of several lines keeps its line ends.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from helpers.records import Span, span_at
from helpers.text.found import LINE_END
from helpers.text.heads import SMALL_IN_TITLES
from helpers.text.readable import block_borders, readable

LONGEST_PARAGRAPH = 10_000  # characters; the parser's memory grows with the longest one
WIDTHS = range(30, 121)  # characters a line, in a text that was broken by hand
SLACK = 8  # characters by which a line may pass the width
TIGHT = 0.7  # share of breaks where the next word would not have fitted
LONGEST_HEADER = 80  # characters of a line on top of each page
TORN = 4  # line ends within a sentence from which on they are mended where the text is not broken by hand
BREAKS = 0.25  # share of line ends that break a sentence, from which on a text counts as broken by hand

ENDS = "\n\r\x0b\x0c\x85\u2028\u2029"
LINE = re.compile(f"[^{ENDS}]+")
DIVIDED = re.compile(r"[^\W\d_][-\u00ad]$")  # a word at the end of a line
PAGE_NUMBER = re.compile(
    r"^[-–—|\[(\s]*\d{1,3}[-–—|\])\s]*(?=\D|$)|[-–—|\[(,\s]*(?:\bpage\s*|\bp\.\s*)?\b\d{1,3}(?:\s*(?:of|/)\s*\d{1,3})?[-–—|\])\s]*$",
    re.I,
)
PAGE_NAMED = re.compile(r"\bpage\s+\d{1,3}$|^page\s+\d{1,3}\b", re.I)
SENTENCE_END = re.compile(r"[.!?:;…]['’\"”)\]]*$")


def paragraph_spans(text: str, pages: frozenset[Span] = frozenset()) -> Iterator[Span]:
    """The paragraphs of `text`, none longer than the parser can take; `pages` are the lines that belong to pages.

    A sentence that goes on behind a page's footer and the next one's header makes one paragraph with them.
    """
    lines = list(line_spans(text))
    width = wrap_width(text, [line for line in lines if line not in pages])
    torn = {b for a, b in pairwise(lines) if is_torn(text, a, b)}
    torn = torn if len(torn) >= TORN else set()
    groups: list[list[Span]] = []
    held: list[Span] = []  # lines of a page's end and the next one's beginning, until it shows if a sentence goes over
    for line in lines:
        if line in pages:
            held.append(line)
            continue
        last = groups[-1][-1] if groups else None
        if last and (goes_over(last, line, width) if held else line in torn or runs_on(text, last, line, width)):
            groups[-1] += [*held, line]
        else:
            groups += [[page] for page in held]
            groups.append([line])
        held = []
    for group in [*groups, *([page] for page in held)]:
        yield from short_enough(text, span_at(text, group[0].start, group[-1].end))


def line_spans(text: str) -> Iterator[Span]:
    """The lines that are not blank, without the white space at their edges; a tag that begins a paragraph begins a line.

    >>> [line.text for line in line_spans("<p>No.</p><p>Yes.</p>")]
    ['<p>No.</p>', '<p>Yes.</p>']
    """
    for found in LINE.finditer(text):
        start = 0
        for border in [*block_borders(found[0]), len(found[0])]:
            line = span_at(text, found.start() + start, found.start() + border)
            if line.text and (border == len(found[0]) or readable(line.text).text):
                yield line
                start = border


def page_lines(text: str) -> frozenset[Span]:
    """The lines that number a page, or stand on top or at the foot of each page of a copy.

    >>> sorted(line.text for line in page_lines("They met.\\fHarbour Post 2\\nNo.\\fHarbour Post 3\\nYes.\\n- 4 -"))
    ['- 4 -', 'Harbour Post 2', 'Harbour Post 3']

    A line that returns is one only where its number counts on, a page number or a page break is beside it, or it breaks
    a sentence: a refrain, an answer or a speaker's name returns, too. One that names its page may stand once.
    """
    lines = list(line_spans(text))
    places: dict[str, list[int]] = {}
    for n, line in enumerate(lines[1:], 1):
        if len(line.text) <= LONGEST_HEADER and not SENTENCE_END.search(line.text):
            places.setdefault(PAGE_NUMBER.sub("", line.text).casefold(), []).append(n)
    numbers = {*places.pop("", ())}
    found = set(numbers)
    for key, at in places.items():
        counts = " " in key and len({lines[n].text for n in at}) == len(at)
        named = PAGE_NAMED.search(lines[at[0]].text) and cuts_a_sentence(lines, at[0])
        if named or (len(at) > 1 and (counts or any(between_pages(text, lines, n, numbers) for n in at))):
            found.update(at)
    return frozenset(lines[n] for n in found)


def between_pages(text: str, lines: Sequence[Span], n: int, numbers: set[int]) -> bool:
    """Does a page end or begin at line `n`: by a number, a form feed, or in the middle of a sentence?"""
    around = (text[a.end : b.start] for a, b in pairwise(lines[n - 1 : n + 2]))
    return bool(numbers & {n - 1, n + 1}) or any("\f" in space for space in around) or cuts_a_sentence(lines, n)


def cuts_a_sentence(lines: Sequence[Span], n: int) -> bool:
    """Does the sentence before line `n` go on behind it?"""
    return n + 1 < len(lines) and goes_over(lines[n - 1], lines[n + 1], 0)


def goes_over(line: Span, following: Span, width: int) -> bool:
    """Does the sentence of `line` go on in `following`, on the next page?"""
    if SENTENCE_END.search(line.text):
        return False
    return following.text[0].islower() or (width > 0 and overfull(line, following, width))


def adjacent(text: str, line: Span, following: Span) -> bool:
    """Does `following` stand in the very next line, with no blank one between?"""
    return len(LINE_END.findall(text, line.end, following.start)) == 1


def overfull(line: Span, following: Span, width: int) -> bool:
    """Would the next line's first word have been too much for this line, or was it divided there?"""
    if DIVIDED.search(line.text) and following.text[0].islower():
        return True
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


def is_torn(text: str, line: Span, following: Span) -> bool:
    """Does a line end within a sentence: now it is up to | Lindholm | to act, as in copies that break at each link?"""
    if SENTENCE_END.search(line.text) or not adjacent(text, line, following) or following.text.startswith("by "):
        return False
    return following.text[0].islower() or line.text.split()[-1] in SMALL_IN_TITLES | {"that"}


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
