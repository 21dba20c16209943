r"""What is read of a text: odd characters, mark-up and broken lines put right by named steps, each place still the text's.

>>> text = "&ldquo;Co\u00adop\u00aderation is <b>ﬁnal</b>,&rdquo;\nQuist said."
>>> reading = readable(text)
>>> reading.text
'“Cooperation is final,” Quist said.'
>>> start, end = reading.original(*re.search("final", reading.text).span())
>>> text[start:end]
'ﬁnal'
>>> [(fix.step, text[fix.start : fix.end], fix.new) for fix in reading.plan][:3]
[('entities', '&ldquo;', '“'), ('entities', '&rdquo;', '”'), ('tags', '<b>', '')]

A step says which characters become which; one piece of code does it and keeps the places. The steps are taken until nothing
changes, so that what was read is read as itself. ftfy, whose manner this is, mends more kinds of wrong decoding, but
does not say where each character came from.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from html import unescape
from html.entities import html5
from unicodedata import normalize

from helpers.knowledge.writing import english_words, html_tags, odd_characters

Range = tuple[int, int]  # of characters or of tokens, the end exclusive
Change = tuple[int, int, str]  # these characters become this text

LETTERS = r"[^\W\d_]+"
ACCENTED = re.compile(r".[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+", re.DOTALL)
DECODED = re.compile("[\u2010-\u2044€™ﬀ-ﬆ\ufeff]")  # what three characters of a wrong decoding certainly stand for
OCTETS = "[\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"  # the second and third of them
WRONG = re.compile(f"[âï]{OCTETS}{{2}}|Â\xa0|[ÂÃ][\x80-\x84\x86-\x9f¡-ª¬-º¼-¿]|[\x80-\x84\x86-\x9f]")
ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|([A-Za-z][A-Za-z0-9]{1,31}));")
ATTRIBUTE = r"""\s+[\w:-]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'<>]+))?"""
TAG = re.compile(rf"<!--.*?-->|<(/?)([A-Za-z][A-Za-z0-9]*)((?:{ATTRIBUTE})*)\s*/?>", re.DOTALL)
COMPATIBLE = re.compile("[ﬀ-ﬆĲĳǄ-ǌ！-～\U0001d400-\U0001d7ff]")
BROKEN = re.compile(
    rf"(?<!{LETTERS[:-1]})({LETTERS})(?P<it>([-‐\u00ad])(?=\s*[\n\r\u2028\u2029])\s+)(?!(?:and|or|to)\b)(?=({LETTERS}))"
)
TURNED = re.compile(r"\A\s*(?P<it>”)(?=\s?\w)")
PAIRED = re.compile('„[^„“”"]*(?P<it>“)')
INSIDE = r"(?<=(?<!\w)[«‹])\s+|\s+(?=[»›](?!\w))"
NOT_MEASURING = r"(?<!\d.)(?<!\d[′″].)"
SPACES = re.compile(r"\s+")
EDGES = re.compile(r"\A\s+|(?<!\s)\s+\Z")
COMMON = {*map(chr, (*range(0x20, 0x7F), *range(0xA1, 0x180))), *"–—‘’“”…€•"} - {*"ÂÃâïĲĳ"}


@dataclass(frozen=True, slots=True)
class Fix:
    """What one step changed: these characters of the text were read as `new`."""

    step: str
    start: int
    end: int
    new: str


@dataclass(frozen=True, slots=True)
class Readable:
    """What is read of a text. Character `i` of it stands for those of the text from `starts[i]` to `ends[i]`."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]
    plan: tuple[Fix, ...] = ()

    def original(self, start: int, end: int) -> Range:
        """The characters of the text that those from `start` to `end` stand for."""
        if start < end:
            return self.starts[start], self.ends[end - 1]
        at = self.starts[start] if start < len(self.starts) else self.ends[-1] if self.ends else 0
        return at, at

    def within(self, start: int, end: int) -> Range:
        """The characters read that stand for any of those of the text from `start` to `end`."""
        first = bisect_right(self.ends, start)
        return first, max(first, bisect_left(self.starts, end))

    def after(self, step: str, changes: Sequence[Change]) -> Readable:
        """The reading after a step, with the places kept."""
        pieces: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        plan, at = list(self.plan), 0
        for start, end, new in changes:
            first, last = self.original(start, end)
            pieces += self.text[at:start], new
            starts += [*self.starts[at:start], *[first] * len(new)]
            ends += [*self.ends[at:start], *[last] * len(new)]
            plan.append(Fix(step, first, last, new))
            at = end
        text = "".join([*pieces, self.text[at:]])
        return Readable(text, (*starts, *self.starts[at:]), (*ends, *self.ends[at:]), tuple(plan))


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that is put right: what it looks like, and what is read for it, or for its group `it`."""

    name: str
    pattern: re.Pattern[str]
    becomes: Callable[[re.Match[str]], str]

    def changes(self, text: str) -> list[Change]:
        """What it makes another of in `text`."""
        part = "it" if "it" in self.pattern.groupindex else 0
        return [(*m.span(part), to) for m in self.pattern.finditer(text) if (to := self.becomes(m)) != m[part]]


@lru_cache(maxsize=1024)
def readable(text: str, without: tuple[Range, ...] = ()) -> Readable:
    """What is read of `text`, leaving out the lines `without` (a page's header inside a paragraph)."""
    reading, before = Readable(text, range(len(text)), range(1, len(text) + 1)), None
    if cuts := [(start, end, "") for start, end in without]:
        reading = reading.after("page lines", cuts)
    while reading.text != before and not untouched(reading.text):
        before = reading.text
        for step in steps():
            if found := step.changes(reading.text):
                reading = reading.after(step.name, found)
    edges = Step("plain spaces", EDGES, lambda m: "")
    return reading.after(edges.name, edges.changes(reading.text)) if reading.plan else reading


@cache
def steps() -> tuple[Step, ...]:
    r"""What is put right, in this order. An example of each is in ``tests/cases/readable.json``.

    >>> [(step.name, found) for step in steps() if (found := step.changes("Jose\u0301 R&amp;D « No » co-\nordinated"))][:2]
    [('composed accents', [(3, 5, 'é')]), ('entities', [(7, 12, '&')])]
    """
    return (
        Step("composed accents", ACCENTED, lambda m: normalize("NFC", m[0])),
        Step("wrong decoding", WRONG, decoded),  # UTF-8 that was taken for Windows-1252: â€™
        Step("entities", ENTITY, lambda m: unescape(m[0]) if not m[1] or f"{m[1]};" in html5 else m[0]),
        Step("tags", TAG, lambda m: {"": m[0], "inline": "", "block": " "}[tag_kind(m)]),  # of HTML, and only of HTML
        Step("ligatures and wide letters", COMPATIBLE, lambda m: normalize("NFKC", m[0])),  # also bold ones, of posts
        Step("broken words", BROKEN, lambda m: "" if m[3] == "\u00ad" or is_whole(m[1], m[4]) else "-"),
        swapped("invisible characters", "invisible"),
        swapped("pictures", "picture", before=" ?"),  # flags and faces, with the space before them
        swapped("hyphens", "hyphen"),
        swapped("primes", "prime", condition=NOT_MEASURING),  # as the straight marks that they stand in for
        Step("closing marks", PAIRED, lambda m: "”"),  # „yes“
        Step("turned marks", TURNED, lambda m: "“"),  # ” Yes, where a paragraph begins
        swapped("quotation marks", "mark", INSIDE),  # without spaces inside
        Step("plain spaces", SPACES, lambda m: " " if m[0].strip(" ") else m[0]),  # several plain ones stay
    )


def swapped(name: str, kind: str, dropped: str = "(?!)", condition: str = "", before: str = "") -> Step:
    """The step that reads the characters of a kind in characters.csv as others, and drops what looks like `dropped`."""
    odd = odd_characters()[kind]
    forms = "|".join(map(re.escape, sorted(odd, key=len, reverse=True)))
    near = f"(?=[{re.escape(min(odd)[0])}-{re.escape(max(odd)[0])}])"  # most characters are far from all of them
    return Step(name, re.compile(f"{dropped}|{before}{near}(?:{forms}){condition}"), lambda m: odd.get(m[0], ""))


def untouched(text: str) -> bool:
    """Is there surely nothing to do, as in nearly all paragraphs?"""
    common, doubles = plain()
    odd = TURNED.match(text) is not None or any(mark in text for mark in doubles)
    return not odd and common.fullmatch(text) is not None


@cache
def plain() -> tuple[re.Pattern[str], tuple[str, ...]]:
    """A pattern of the characters that no step changes by themselves, and what may be changed though it consists of them."""
    odd = {char for step in odd_characters().values() for char in step}
    common = "".join(map(re.escape, sorted(COMMON - odd)))
    return re.compile(f"[{common}]*"), ("&", "<", *sorted(mark for mark in odd if len(mark) > 1))


def decoded(wrong: re.Match[str]) -> str:
    """What was meant; the same where that is not certain: CHÂTEAU."""
    # Windows-1252 leaves five bytes without a meaning
    octets = b"".join(char.encode("cp1252", "ignore") or char.encode("latin-1") for char in wrong[0])
    meant = octets.decode("cp1252" if len(octets) == 1 else "utf8", "ignore")
    return meant if (len(octets) < 3 and meant) or DECODED.fullmatch(meant) else wrong[0]


def tag_kind(tag: re.Match[str]) -> str:
    """Block or inline, nothing where HTML does not know it: a name that it has, without attributes or with a value."""
    if not tag[2]:
        return "inline"  # a comment
    return html_tags().get(tag[2].lower(), "") if not tag[3] or "=" in tag[3] else ""


def block_borders(line: str) -> list[int]:
    """Where the tags of a line begin or end a paragraph: before an opening tag, after a closing one or a line break.

    >>> block_borders("<p>No.</p><p>One<br>two"), block_borders("x < y")
    ([0, 10, 10, 20], [])
    """
    blocks = (tag for tag in TAG.finditer(line) if tag_kind(tag) == "block") if "<" in line else ()
    return [tag.end() if tag[1] or tag[2].lower() in ("br", "hr") else tag.start() for tag in blocks]


def is_whole(first: str, second: str) -> bool:
    """Do the parts make one word without a hyphen?"""
    known, part = english_words(), second.lower()
    return not second[0].isupper() and (first.lower() + part in known or part not in known)
