"""Where content may begin and end: the places of a paragraph at which something closed ends and something else begins.

>>> borders = read_borders(tree, ())                                 # doctest: +SKIP
>>> [tree.words[i].text for i in borders.ends(first=4)]              # doctest: +SKIP
['while', 'in', '.']

*Said that talks had failed | while Mr. Lind spoke | in the hall |.*: each is a possible end; which it is, is chosen later.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from helpers.text.quotation_marks import Quotation
from helpers.tree import Tree, Word

# what may stand behind the end of content, by its relation to what stands before
BEHIND = frozenset("advcl npadvmod advmod conj cc relcl acl appos parataxis ccomp dep oprd agent xcomp dative".split())
LINKS = frozenset(
    "in on at during after before since following amid as with by for when while to from through over about".split()
)
DASHES = frozenset("; — – -- - ( [ :".split())
EDGE = frozenset({",", ";", ":", "—", "–", "-", ".", "--", "...", "…"})
MOST = 10  # ends that are weighed for one beginning
FAR = 120  # words across which an open construction is followed


@dataclass(frozen=True, slots=True)
class Borders:
    """The possible ends of content in a paragraph. `open_from[i]`: the last word before `i` that hangs on something behind."""

    tree: Tree
    places: tuple[int, ...]
    open_from: tuple[int, ...]
    quoted: tuple[int, ...]  # for each word the number of the quotation it stands in, or -1
    quotations: tuple[Quotation, ...]
    tokens: tuple[tuple[int, int], ...]  # of each quotation: the first word, and the one behind it

    def ends(self, first: int, last: int) -> list[int]:
        """The places where content that begins with the word `first` may end, nearest first, `last` the farthest."""
        found: list[int] = []
        for place in islice(self.places, bisect_right(self.places, first), None):
            if place >= last or len(found) >= MOST:
                break
            if self.open_from[place] < first:
                found.append(place)
        found.append(last)
        return found

    def widened(self, start: int, end: int) -> tuple[int, int]:
        """The words `start` to `end` with each quotation that they hold only partly."""
        if start < end:
            first, last = self.quoted[start], self.quoted[end - 1]
            start = self.tokens[first][0] if first >= 0 else start
            end = self.tokens[last][1] if last >= 0 else end
        return start, end


def read_borders(tree: Tree, quotations: Sequence[Quotation]) -> Borders:
    """The possible ends of content in a paragraph, and what stands in quotation marks."""
    size = len(tree.words)
    quoted, tokens = [-1] * size, []
    for number, q in enumerate(quotations):
        a, b = tree.at(q.start), tree.at(q.end)
        tokens.append((a, b))
        quoted[a:b] = [number] * (b - a)
    open_from = [-1] * (size + 1)
    for word in tree.words:
        if word.head.i > word.i:
            for place in range(word.i + 1, min(word.head.i, word.i + FAR) + 1):
                open_from[place] = word.i
    places = [i for i in range(1, size) if may_end(tree.words, i, quoted)]
    return Borders(tree, tuple(places), tuple(open_from), tuple(quoted), tuple(quotations), tuple(tokens))


def may_end(words: Sequence[Word], i: int, quoted: Sequence[int]) -> bool:
    """May content end before the word `i`?"""
    if quoted[i] >= 0 and quoted[i] == quoted[i - 1]:
        return False
    word = words[i]
    if quoted[i - 1] >= 0:
        return True  # a quotation has closed
    if word.text in DASHES:
        return True
    if word.pos == "PUNCT":
        return False
    top = topmost(word)
    if top.head.i >= i:
        return False
    if top.dep in BEHIND:
        return True
    return words[i - 1].text == "," or (top.dep == "prep" and top.lower in LINKS)


def topmost(word: Word) -> Word:
    """The highest word of which all that hangs on it begins with `word`: of *in the hall* the preposition."""
    i = word.i
    while word.head.left == i and word.head is not word:
        word = word.head
    return word


def trimmed_end(words: Sequence[Word], start: int, end: int) -> int:
    """`end` without punctuation and an "and" that is left over."""
    while end > start and (words[end - 1].text in EDGE or words[end - 1].pos == "SPACE" or is_left_over(words, end)):
        end -= 1
    return end


def is_left_over(words: Sequence[Word], end: int) -> bool:
    """Is the last word before `end` an "and" or "but" whose second half is no part of the content?"""
    return words[end - 1].dep == "cc" and end < len(words) and words[end].pos != "PUNCT"


WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday today yesterday earlier".split())
DAY_OF = frozenset({"npadvmod", "pobj", "advmod", "nmod", "compound"})


def trimmed_start(words: Sequence[Word], start: int, end: int) -> int:
    """The first word of content that begins at `start` with punctuation, "only that", "Monday" …"""
    while start < end and (words[start].pos == "SPACE" or (words[start].text in EDGE)):
        start += 1
    day = start + (start < end and words[start].lower == "on")
    if day + 1 < end and words[day].lower in WEEKDAYS and words[day].dep in DAY_OF:
        start = day + 1
    that = start + (start + 1 < end and words[start].pos == "ADV")
    if that < end and words[that].lower == "that" and is_mark(words, that):
        start = that + 1
    return start + (start < end and words[start].text == ",")  # that, while the talks had failed, both sides …


def is_mark(words: Sequence[Word], that: int) -> bool:
    """Does "that" only open the clause? Also where the parser takes it for "which": said in a note that ships would sail."""
    following = words[that + 1].pos if that + 1 < len(words) else ""
    return words[that].dep == "mark" or (
        words[that].tag == "WDT" and following in ("DET", "PRON", "NOUN", "PROPN", "ADJ")
    )
