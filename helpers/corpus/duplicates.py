"""Articles that say what an earlier one says: syndicated copies, linked to the first and not counted twice.

>>> first = "the minister said on monday that the strait would be open to every ferry again before the first snow fell".split()
>>> found = copies([Told("b", "2", "2031-02-02", signature([*first, "today"])), Told("a", "1", "2031-02-01", signature(first))])
>>> [(copy.article, copy.copy_of, copy.kind) for copy in found]
[('b', 'a', 'near')]

Exact copies have the same words in the body, whatever stands above it. Near ones are found by MinHash (rensa's): their runs
of three words are mostly the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rensa import RMinHash, RMinHashLSH

from helpers.records import Article
from helpers.text.article import reading_of

RUN = 3  # words
NUMBERS, BANDS, SEED = 64, 16, 1
ALIKE = 0.7  # of the runs that either has, both have
SHORTEST = 15  # words: what is shorter is only ever an exact copy


@dataclass(frozen=True, slots=True)
class Told:
    """What tells whether an article repeats another: a digest of its words, its date, and its MinHash."""

    article: str
    text: str
    date: str | None
    signature: bytes


@dataclass(frozen=True, slots=True)
class Copy:
    """An article that repeats an earlier one."""

    article: str
    copy_of: str
    kind: str
    similarity: float


def words_read(article: Article) -> list[str]:
    """The words of the body as they are compared: without marks, in small letters."""
    lines = (reading_of(paragraph).text for paragraph in article.body if paragraph.kind == "body")
    kept = ("".join(char for char in word if char.isalnum()) for line in lines for word in line.casefold().split())
    return [word for word in kept if word]


def signature(words: Sequence[str]) -> bytes:
    """The MinHash of a text, to be stored; empty for one that is too short."""
    if len(words) < SHORTEST:
        return b""
    made = RMinHash(NUMBERS, SEED)
    made.update([" ".join(words[n : n + RUN]) for n in range(len(words) - RUN + 1)])
    return bytes(made.__getstate__())


def restored(signature: bytes) -> RMinHash:
    """The MinHash that was stored."""
    made = RMinHash(NUMBERS, SEED)
    made.__setstate__(signature)
    return made


def copies(articles: Iterable[Told]) -> Iterator[Copy]:
    """The articles that repeat an earlier one, by date and then in the order given; those without a date come last."""
    known: dict[str, tuple[str, str, float]] = {}  # by their words: which they repeat, how, and how much of it
    index = RMinHashLSH(ALIKE, NUMBERS, BANDS)
    firsts: list[tuple[str, RMinHash]] = []
    for told in sorted(articles, key=lambda told: told.date or "9999"):
        if not told.text:
            continue
        if told.text in known:
            yield Copy(told.article, *known[told.text])
            continue
        if told.signature:
            mine = restored(told.signature)
            near = [(mine.jaccard(firsts[n][1]), -n) for n in index.query(mine)]
            share, place = max(near, default=(0.0, 0))
            if share >= ALIKE:
                known[told.text] = (firsts[-place][0], "near", round(share, 3))
                yield Copy(told.article, *known[told.text])
                continue
            index.insert(len(firsts), mine)
            firsts.append((told.article, mine))
        known[told.text] = (told.article, "exact", 1.0)
