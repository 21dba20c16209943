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
    rf"(?<!{LETTERS[:-1]})({LETTERS})([-‐\u00ad])(?=\s*[\n\r\u2028\u2029])\s+(?!(?:and|or|to)\b)(?={LETTERS})"
)
PAIRED = re.compile('„[^„“”"]*(“)')
INSIDE = re.compile(r"(?<=(?<!\w)[«‹])\s+|\s+(?=[»›](?!\w))")
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


@lru_cache(maxsize=1024)
def readable(text: str, without: tuple[Range, ...] = ()) -> Readable:
    """What is read of `text`, leaving out the lines `without` (a page's header inside a paragraph)."""
    reading, before = Readable(text, range(len(text)), range(1, len(text) + 1)), None
    if cuts := [(start, end, "") for start, end in without]:
        reading = reading.after("page lines", cuts)
    while reading.text != before and not untouched(reading.text):
        before = reading.text
        for step in STEPS:
            if found := step(reading.text):
                reading = reading.after(step.__name__.replace("_", " "), found)
    return reading.after("plain spaces", changes(EDGES, reading.text, lambda m: "")) if reading.plan else reading


def untouched(text: str) -> bool:
    """Is there surely nothing to do, as in nearly all paragraphs?"""
    common, doubles = plain()
    return common.fullmatch(text) is not None and not any(mark in text for mark in doubles)


@cache
def plain() -> tuple[re.Pattern[str], tuple[str, ...]]:
    """A pattern of the characters that no step changes by themselves, and what may be changed though it consists of them."""
    odd = {char for step in odd_characters().values() for char in step}
    common = "".join(map(re.escape, sorted(COMMON - odd)))
    return re.compile(f"[{common}]*"), ("&", "<", *sorted(mark for mark in odd if len(mark) > 1))


def changes(pattern: re.Pattern[str], text: str, new: Callable[[re.Match[str]], str]) -> list[Change]:
    """Each place of `pattern` where `new` makes something else of it."""
    return [(*m.span(), to) for m in pattern.finditer(text) if (to := new(m)) != m[0]]


def swapped(step: str, text: str, condition: str = "") -> list[Change]:
    """The characters that characters.csv lists for `step`, each with what it becomes."""
    return changes(listed_characters(step, condition), text, lambda m: odd_characters()[step][m[0]])


@cache
def listed_characters(step: str, condition: str) -> re.Pattern[str]:
    """A pattern of the characters of a step."""
    forms = "|".join(map(re.escape, sorted(odd_characters()[step], key=len, reverse=True)))
    return re.compile(f"(?:{forms}){condition}")


def composed_accents(text: str) -> list[Change]:
    r"""Letters followed by their accents, as one character each.

    >>> composed_accents("Jose\u0301")
    [(3, 5, 'é')]
    """
    return changes(ACCENTED, text, lambda m: normalize("NFC", m[0]))


def wrong_decoding(text: str) -> list[Change]:
    """UTF-8 that was taken for Windows-1252, only where nothing else can be meant.

    >>> wrong_decoding("Quistâ€™s cafÃ©"), wrong_decoding("CHÂTEAU, “IRMÃ”")
    ([(5, 8, '’'), (13, 15, 'é')], [])
    """
    return changes(WRONG, text, decoded)


def decoded(wrong: re.Match[str]) -> str:
    """What was meant; the same where that is not certain."""
    octets = b"".join(octet(char) for char in wrong[0])
    meant = octets.decode("cp1252" if len(octets) == 1 else "utf8", "ignore")
    return meant if (len(octets) < 3 and meant) or DECODED.fullmatch(meant) else wrong[0]


def octet(char: str) -> bytes:
    """The byte that was taken for `char`; Windows-1252 leaves five of them without a meaning."""
    return char.encode("cp1252", "ignore") or char.encode("latin-1")


def entities(text: str) -> list[Change]:
    """Characters written as HTML writes them.

    >>> entities("R&amp;D &#8217; &unknown; AT&T; said")
    [(1, 6, '&'), (8, 15, '’')]
    """
    return changes(ENTITY, text, lambda m: unescape(m[0]) if not m[1] or f"{m[1]};" in html5 else m[0])


def tags(text: str) -> list[Change]:
    """Tags of HTML, and only of HTML; a block's tag is a space.

    >>> tags('<p class="a">No<br/>one'), tags("x < y, <unknown>, <b said Roe>")
    ([(0, 13, ' '), (15, 20, ' ')], [])
    """
    read = {"": None, "inline": "", "block": " "}
    return changes(TAG, text, lambda tag: tag[0] if (to := read[tag_kind(tag)]) is None else to)


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


def ligatures_and_wide_letters(text: str) -> list[Change]:
    """Ligatures, full-width letters and digits, and the bold or italic ones of social media, as plain letters.

    >>> ligatures_and_wide_letters("ﬁve Ｎ𝗮")
    [(0, 1, 'fi'), (4, 5, 'N'), (5, 6, 'a')]
    """
    return changes(COMPATIBLE, text, lambda m: normalize("NFKC", m[0]))


def broken_words(text: str) -> list[Change]:
    r"""Words that were divided at the end of a line; a hyphen stays where the parts are words and the whole is none.

    >>> broken_words("co-\nordinated the budget-\nminded al-\nRashid"), broken_words("pre-\nand post-war")
    ([(2, 4, ''), (24, 26, '-'), (35, 37, '-')], [])
    """
    found = []
    for m in BROKEN.finditer(text):
        follows = re.match(LETTERS, text[m.end() :])
        whole = m[2] == "\u00ad" or (follows is not None and is_whole(m[1], follows[0]))
        found.append((m.end(1), m.end(), "" if whole else "-"))
    return found


def is_whole(first: str, second: str) -> bool:
    """Do the parts make one word without a hyphen?"""
    known, part = english_words(), second.lower()
    return not second[0].isupper() and (first.lower() + part in known or part not in known)


def invisible_characters(text: str) -> list[Change]:
    r"""Soft hyphens, zero-width spaces, joiners, marks of direction and the like, as nothing.

    >>> invisible_characters("po\u00adlicy")
    [(2, 3, '')]
    """
    return swapped("invisible", text)


def hyphens(text: str) -> list[Change]:
    """Hyphens and dashes of other kinds, as those of the keyboard and of print.

    >>> hyphens("Jean‑Paul")
    [(4, 5, '-')]
    """
    return swapped("hyphen", text)


def primes(text: str) -> list[Change]:
    """Primes as the straight marks that they stand in for, but not after a digit, where they measure.

    >>> primes("″No,″ said Quist, 5′11″ tall")
    [(0, 1, '"'), (4, 5, '"')]
    """
    return swapped("prime", text, r"(?<!\d.)(?<!\d[′″].)")


def quotation_marks(text: str) -> list[Change]:
    """Marks of other languages and of typewriters, as English ones, without spaces inside.

    >>> quotation_marks("« No », „yes“")
    [(0, 1, '“'), (1, 2, ''), (4, 5, ''), (5, 6, '”'), (8, 9, '“'), (12, 13, '”')]
    """
    closing = [(m.start(1), m.end(1), "”") for m in PAIRED.finditer(text)]
    return sorted([*changes(INSIDE, text, lambda m: ""), *closing, *swapped("mark", text)])


def plain_spaces(text: str) -> list[Change]:
    r"""White space of any kind and length, line ends among it, as one space. Several plain ones stay.

    >>> plain_spaces("New\nDelhi said\u00a0 no ")
    [(3, 4, ' '), (14, 16, ' ')]
    """
    return changes(SPACES, text, lambda m: " " if m[0].strip(" ") else m[0])


STEPS: tuple[Callable[[str], list[Change]], ...] = (
    composed_accents,
    wrong_decoding,
    entities,
    tags,
    ligatures_and_wide_letters,
    broken_words,
    invisible_characters,
    hyphens,
    primes,
    quotation_marks,
    plain_spaces,
)
