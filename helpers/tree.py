"""The parse of a paragraph as plain words: quick to walk, and mended where the parser is known to err.

>>> tree = read_tree(pipeline()("Ms. Roe said that talks failed."))     # doctest: +SKIP
>>> [word.text for word in children(tree.words[2], "nsubj", "ccomp")]   # doctest: +SKIP
['Roe', 'failed']

spaCy's tokens make a new object at every step; a `Word` is made once, with its edges, and is never changed afterwards.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.tokens import Doc

FINITE = frozenset({"VBD", "VBZ", "VBP"})
SUBJECTS = ("nsubj", "nsubjpass")
CLAUSES = frozenset("ROOT ccomp advcl relcl acl parataxis csubj pcomp".split())
OPENING, CLOSING = "“«", "”»"
FAR = 99  # steps: no way


@dataclass(slots=True, eq=False, repr=False)
class Word:
    """A word of the parse. `left` and `right` are the first and the last word of all that hangs on it."""

    i: int
    idx: int
    text: str
    lower: str
    lemma: str
    tag: str
    pos: str
    dep: str
    ent: str
    left: int
    right: int
    begins: int  # where its sentence begins
    ends: int  # where its sentence ends
    children: list[Word] = field(default_factory=list)
    head: Word = field(init=False)

    @property
    def end(self) -> int:
        return self.idx + len(self.text)


@dataclass(frozen=True, slots=True)
class Tree:
    """The words of one paragraph."""

    words: tuple[Word, ...]

    def at(self, offset: int) -> int:
        """The number of the first word that begins at the character `offset` or behind it."""
        return bisect_left(self.words, offset, key=attrgetter("idx"))

    def touched(self, start: int, end: int) -> range:
        """The numbers of the words of which the characters from `start` to `end` hold something."""
        first = self.at(start)
        return range(first - (first > 0 and self.words[first - 1].end > start), self.at(end))


def read_tree(doc: Doc, mended: Callable[[Sequence[Word], Sequence[int]], list[int]] | None = None) -> Tree:
    """The words of a parsed paragraph; `mended` may give other heads than the parser's (`helpers.repairs`)."""
    columns: Any = doc.to_array(["ORTH", "LEMMA", "TAG", "POS", "DEP", "ENT_TYPE"])
    told = {key: doc.vocab.strings[key] for key in set(columns.ravel().tolist())}
    places, rows = doc.to_array("IDX").tolist(), columns.tolist()
    words: list[Word] = []
    for sentence in doc.sents:
        first, last = sentence.start, sentence.end
        for i in range(first, last):
            text, lemma, tag, pos, dep, ent = [told[key] for key in rows[i]]
            words.append(Word(i, places[i], text, text.lower(), lemma.lower(), tag, pos, dep, ent, i, i, first, last))
    heads = [i + step for i, step in enumerate(doc.to_array("HEAD").view("int64").tolist())]
    return linked(words, heads if mended is None else mended(words, heads))


def linked(words: list[Word], heads: list[int]) -> Tree:
    """The words with the heads of these numbers: each with its children and its edges."""
    for word, head in zip(words, heads, strict=True):
        word.head = words[head]
        if head != word.i:
            words[head].children.append(word)
    for word in from_the_leaves(words):
        above = word.head
        above.left = min(above.left, word.left)
        above.right = max(above.right, word.right)
    return Tree(tuple(words))


def from_the_leaves(words: Sequence[Word]) -> list[Word]:
    """The words in an order in which each comes before its head."""
    order = [word for word in words if word.head is word]
    for word in order:  # grows while it is read
        order += word.children
    return order[::-1]


def children(word: Word | None, *relations: str) -> list[Word]:
    return [c for c in word.children if c.dep in relations] if word is not None else []


def child(word: Word | None, *relations: str) -> Word | None:
    if word is not None:
        for c in word.children:
            if c.dep in relations:
                return c
    return None


def ancestors(word: Word) -> Iterator[Word]:
    """The words above `word`, nearest first."""
    while word.head is not word:
        word = word.head
        yield word


def has_that(verb: Word) -> bool:
    return any(c.dep == "mark" and c.lower == "that" for c in verb.children)


def is_passive(verb: Word) -> bool:
    return any(c.dep in ("nsubjpass", "auxpass") for c in verb.children)


def has_child(word: Word, lemma: str, *relations: str) -> bool:
    """Does such a word hang on `word`, in one of these relations if any are named?"""
    return any(c.lemma == lemma and (not relations or c.dep in relations) for c in word.children)


def has_subject(verb: Word) -> bool:
    return any(c.dep in SUBJECTS for c in verb.children)


def agent(verb: Word) -> Word | None:
    """Whoever a passive names after "by": condemned by *Roe*."""
    return next((who for by in children(verb, "agent") for who in children(by, "pobj")), None)


def doer_of(verb: Word) -> Word | None:
    """The subject of a verb, or of the one that it is joined to."""
    while (found := child(verb, "nsubj")) is None and verb.dep in ("conj", "xcomp") and verb.head is not verb:
        verb = verb.head
    return found


def opener(words: Sequence[Word], word: Word) -> Word | None:
    """The preposition that opens the phrase of a word: need *for* peace, need *for* them to act."""
    if word.dep == "pobj":
        return word.head
    before = words[word.left - 1] if word.dep == "nsubj" and word.left > 0 else None
    return before if before and before.lower == "for" == before.lemma and before.dep == "prep" else None


def quoted(words: Sequence[Word]) -> list[bool]:
    """Does each word stand in quotation marks?"""
    found, inside = [], False
    for mark in (word.lower for word in words):
        inside = mark in OPENING or (inside and mark not in CLOSING) if mark != '"' else not inside
        found.append(inside)
    return found


def below(word: Word) -> list[Word]:
    """The word and all that hangs on it, directly or not."""
    found = [word]
    for at in found:  # grows while it is read
        found += at.children
    return found


def nearest(word: Word, kept: Container[int]) -> Word | None:
    """The nearest word above `word` whose number is among those kept."""
    return next((above for above in ancestors(word) if above.i in kept), None)


def head_of(words: Sequence[Word]) -> Word:
    """The word of a phrase on which its others hang."""
    inside = {word.i for word in words}
    return next((w for w in words if w.head.i not in inside or w.head is w), words[-1])


def clause_heads(words: Sequence[Word]) -> list[Word]:
    found = list(words)
    for word in reversed(from_the_leaves(words)):
        joined = word.dep == "conj" and word.tag[0] in "VM" and has_subject(word)  # with a subject of its own
        if word.dep not in CLAUSES and not joined:
            found[word.i] = found[word.head.i]
    return found


def distances(words: Sequence[Word], *starts: Word) -> list[int]:
    """The number of steps from the nearest of `starts` to each word; `FAR` where there is no way."""
    found = [FAR] * len(words)
    for start in starts:
        found[start.i] = 0
    queue = list(starts)
    for at in queue:  # grows while it is read
        further = found[at.i] + 1
        for other in (*at.children, at.head):
            if found[other.i] > further:
                found[other.i] = further
                queue.append(other)
    return found


def way(start: Word, end: Word) -> str:
    """The relations on the way from one word to another: up (^), then down."""
    up, down = [start, *ancestors(start)], []
    while end not in up:
        down.append(end.dep)
        if end.head is end:
            return "nowhere"
        end = end.head
    rising = (f"^{word.dep}" for word in up[: up.index(end)])
    return " ".join([*rising, *reversed(down)])
