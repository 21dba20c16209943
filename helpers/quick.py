"""spaCy's model made quick: the same answers for half of the work.

>>> quickened(spacy.load("en_core_web_sm")).pipe_names[-1]            # doctest: +SKIP
'names'

Matrices are multiplied by numpy's library, which knows the processor; names are decided for all words at once, where spaCy goes
from word to word; and what a rule of the attribute ruler says of a form is asked once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import ThreadpoolController

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

Numbers = NDArray[np.float32]
Places = NDArray[np.int64]
Match = tuple[
    int, int, int, int
]  # of the attribute ruler: the rule's number and name, the first token and the one behind


def quickened(nlp: Language) -> Language:
    """The pipeline with all of this; a recogniser that is built in another way than spaCy's is left as it is."""
    networks = (getattr(pipe, "model", None) for _, pipe in nlp.pipeline)
    for layer in (layer for network in networks if network is not None for layer in network.walk()):
        layer.ops = sums()
    ruler: Any = nlp.get_pipe("attribute_ruler")
    ruler.match = remembered_rules(ruler)
    if is_known(nlp.get_pipe("ner")):
        type(nlp).factory("names", func=lambda nlp, name: Names(nlp.get_pipe("ner")))
        nlp.add_pipe("names", after="ner")
        nlp.disable_pipe("ner")
    return nlp


# --- arithmetic ---


@cache
def sums() -> Any:
    """spaCy's arithmetic with numpy's products: several times as fast where spaCy's own library does not know the processor."""
    from thinc.api import NumpyOps

    class Sums(NumpyOps):
        def gemm(self, x: Numbers, y: Numbers, out: Any = None, trans1: bool = False, trans2: bool = False) -> Numbers:
            with one_core():
                return np.matmul(x.T if trans1 else x, y.T if trans2 else y, out=out)

    return Sums()


def one_core() -> AbstractContextManager[Any]:
    """Keeps numpy to one core: several processes that each take every core are slower than one."""
    return libraries().limit(limits=1)


@cache
def libraries() -> ThreadpoolController:
    """Those that calculate for numpy; to look for them takes milliseconds."""
    return ThreadpoolController()


# --- names ---


def is_known(recogniser: Any) -> bool:
    """Is it built as spaCy's are: it looks at a word, and at the first and the last word of the name that is open?"""
    moves, network = recogniser.move_names, recogniser.model
    layout = [*(f"{step}-{kind}" for step in "BILU" for kind in kinds_of(recogniser)), "O"]
    return bool(moves == layout and network.get_ref("lower").get_dim("nF") == 3 and not network.attrs["unseen_classes"])


def kinds_of(recogniser: Any) -> list[str]:
    return [move[2:] for move in recogniser.move_names if move.startswith("B-")]


@dataclass(frozen=True)
class Names:
    """Finds the names that spaCy's recogniser finds.

    What begins at a word depends on the names before it only in that none is open there. So all words are asked at once what would
    begin at them; then the few names of several words are followed together.
    """

    recogniser: Any

    def __call__(self, doc: Doc) -> Doc:
        return next(self.pipe([doc]))

    def pipe(self, docs: Iterable[Doc], batch_size: int = 128) -> Iterator[Doc]:
        from spacy.tokens import Span
        from spacy.util import minibatch

        kinds = kinds_of(self.recogniser)
        for batch in minibatch(docs, batch_size):
            some = [doc for doc in batch if len(doc)]
            for doc, (begun, sizes) in zip(some, self.begun(some), strict=True):
                doc.set_ents([Span(doc, start, end, kinds[begun[start]]) for start, end in apart(sizes)])
            yield from batch

    def begun(self, docs: Sequence[Doc]) -> Iterator[tuple[Places, Places]]:
        """For each paragraph the kind of name that begins at each word if none is open there, and of how many words, or 0."""
        if not docs:
            return
        columns = np.concatenate([doc.to_array(["SENT_START", "IS_SPACE"]) for doc in docs])
        ends = np.cumsum([len(doc) for doc in docs])
        last = np.append(columns[1:, 0] == 1, True)
        last[ends - 1] = True
        kinds, scores = len(self.recogniser.move_names) // 4, Scores.of(self.recogniser.model, docs)
        alone = scores.none_open()
        alone[:, kinds : 3 * kinds] = -np.inf
        alone[last, :kinds] = -np.inf
        alone[columns[:, 1] == 1, : 4 * kinds] = -np.inf
        moves = alone.argmax(1)
        sizes = (moves < 4 * kinds).astype(int)
        first = at = np.flatnonzero(moves < kinds)
        while first.size:
            at = at + 1
            sizes[first] += 1
            found, rows = scores.one_open(first, at), np.arange(first.size)
            further, over = (found[rows, moves[first] + step * kinds] for step in (1, 2))
            on = (further >= over) & ~last[at]
            first, at = first[on], at[on]
        yield from zip(np.split(moves % kinds, ends[:-1]), np.split(sizes, ends[:-1]), strict=True)


@dataclass(frozen=True)
class Scores:
    """What a recogniser's network says of the words of some paragraphs."""

    words: Numbers  # of each word what it adds as the word itself, as the first of a name and as the last so far
    nothing: Numbers  # what is added where there is none
    network: Any

    @classmethod
    def of(cls, network: Any, docs: Sequence[Doc]) -> Scores:
        """The scores for these paragraphs, end to end."""
        added = network.get_ref("lower").predict(network.get_ref("tok2vec").predict(docs))
        return cls(added[1:], added[0], network)

    def none_open(self) -> Numbers:
        """The score of each move at each word while no name is open."""
        return self.moves(self.words[:, 0] + self.nothing[1] + self.nothing[2])

    def one_open(self, first: Places, at: Places) -> Numbers:
        """The score of each move at some words, each with the first word of the name that is open there."""
        return self.moves(self.words[at, 0] + self.words[first, 1] + self.words[at - 1, 2])

    def moves(self, added: Numbers) -> Numbers:
        hidden: Numbers = (added + self.network.get_ref("lower").get_param("b")).max(-1)
        scores: Numbers = self.network.get_ref("upper").predict(hidden)
        return scores


def apart(sizes: Places) -> Iterator[tuple[int, int]]:
    """Where each name begins and ends, from left to right; none begins inside another.

    >>> list(apart(np.array([0, 2, 1, 1])))
    [(1, 3), (3, 4)]
    """
    end = 0
    for start in np.flatnonzero(sizes).tolist():
        if start >= end:
            end = start + int(sizes[start])
            yield start, end


# --- attributes ---


def remembered_rules(ruler: Any) -> Callable[[Doc], list[Match]]:
    """The same matches as the ruler's own, ten times as fast: what a rule of one word says of a form with its tag and relation
    is asked once, and only the few rules of several words are looked for in every text."""
    from spacy.matcher import Matcher

    strings, single, several = ruler.vocab.strings, Matcher(ruler.vocab), Matcher(ruler.vocab)
    for number in range(len(ruler.attrs)):
        for pattern in ruler.matcher.get(str(number))[1]:
            (single if len(pattern) == 1 else several).add(str(number), [pattern])
    known: dict[tuple[int, ...], list[tuple[int, int]]] = {}

    def match(doc: Doc) -> list[Match]:
        found = [(int(strings[rule]), rule, start, end) for rule, start, end in several(doc, allow_missing=True)]
        for i, key in enumerate(map(tuple, doc.to_array(["LOWER", "TAG", "DEP"]).tolist())):
            if key not in known:
                rules = (rule for rule, _, _ in single(doc[i : i + 1], allow_missing=True))
                known[key] = [(int(strings[rule]), rule) for rule in rules]
            found += [(number, rule, i, i + 1) for number, rule in known[key]]
        return sorted(found)

    return match
