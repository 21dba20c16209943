"""The choice among candidates: one linear model scores them, one selection keeps what does not conflict.

>>> chosen = choose(describe(scene, cue, source), candidates(scene, cue, source))     # doctest: +SKIP
>>> chosen.best.rule, round(chosen.sure, 2)                                           # doctest: +SKIP
('clause_after', 0.97)

A cue reports by one of its candidates or not at all. The score of a candidate is the sum of the weights of its features, that
of "not at all" is nought; the chance of each is the exponential of its score, shared out over all (a conditional logit,
McFadden 1974). So the same weights choose the borders and say how sure it is that anything was reported.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import takewhile
from typing import Any

from helpers.folders import MODELS
from helpers.knowledge.reporting import outlets
from helpers.reporting.borders import topmost
from helpers.reporting.candidates import PHRASES, Candidate
from helpers.reporting.cues import CueWords
from helpers.reporting.features import Described, groups
from helpers.reporting.sources import Source
from helpers.tree import SUBJECTS, ancestors, children, has_that

WEIGHTS = MODELS / "statements.json"
CUT = 0.4  # how likely, beside the whole, content must be that ends before another cue, for that cue to be taken
TOLD_APART = frozenset({"after", "as", "before", "when", "while"})  # what opens a circumstance
CONDITIONS = frozenset({"if", "unless"})
CUT_NEVER = math.inf  # the same, where a condition does
CUT_APART = 0.2  # the same, where a circumstance tells of other words
CUT_JOINED = 0.01  # the same, where the other cue is joined in the tense of the first
NEARLY = 0.5  # from this share of the likeliest's chance on a longer candidate is taken
NEARLY_WHICH = 0.15  # the same, where what follows tells more of the last word: the blockade, *which began in May*
MAIN = ("ROOT", "ccomp", "conj")  # of a verb that a sentence, or all of an aside's content, is about
SURE = 0.5  # from this probability on, what nobody is named for is kept


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a cue reports: its candidates, each with its probability, the likeliest first."""

    cue: CueWords
    source: Source | None
    ranked: tuple[tuple[float, Candidate], ...]
    sure: float  # that it reports anything

    @property
    def best(self) -> Candidate:
        return self.ranked[0][1]

    @property
    def start(self) -> int:
        return self.best.ranges[0][0]

    @property
    def end(self) -> int:
        return self.best.ranges[-1][1]

    def holds(self, word: int) -> bool:
        """Does the content hold the word?"""
        return holds(self.best, word)

    def taking(self, candidate: Candidate) -> Chosen:
        """The same with this one of its candidates as the first."""
        first = [pair for pair in self.ranked if pair[1] is candidate]
        return replace(self, ranked=(*first, *(pair for pair in self.ranked if pair[1] is not candidate)))


@dataclass(frozen=True, slots=True)
class Model:
    """The weights by feature, the probability from which a cue is taken to report, how often what the layout alone gives is
    right, and how the weights' own log odds are turned into those that hold (intercept and slope). `without` are forms that
    are switched off, to learn what they are worth."""

    weights: Mapping[str, float]
    threshold: float
    layout: Mapping[str, float]
    calibration: tuple[float, float] = (0.0, 1.0)
    without: frozenset[str] = frozenset()


@cache
def stored_model() -> Model:
    """The model that comes with the project."""
    stored: dict[str, Any] = json.loads(WEIGHTS.read_text(encoding="utf8"))
    return Model(stored["weights"], stored["threshold"], stored["layout"], tuple(stored["calibration"]))


def choose(cue: Described, found: Sequence[Candidate], model: Model) -> Chosen:
    """The candidates of a cue by their probability."""
    chances, nothing = shares(list(scored(cue, found, model)))
    ranked = sorted(zip(chances, found, strict=True), key=lambda pair: -pair[0])
    return Chosen(cue.cue, cue.source, tuple(ranked), sureness(nothing, model)).taking(longest(ranked, cue))


def scored(cue: Described, found: Iterable[Candidate], model: Model) -> Iterator[float]:
    """The score of each candidate; a group of features that several share is weighed once."""
    known: dict[tuple[str | int, ...], float] = {}
    for candidate in found:
        whole = 0.0
        for key, names in groups(cue, candidate):
            part = known.get(key) if key else None
            if part is None:
                part = score(names, model)
                if key:
                    known[key] = part
            whole += part
        yield whole


def longest(ranked: Sequence[tuple[float, Candidate]], cue: Described) -> Candidate:
    """The longest of those that hold the likeliest and are nearly as likely, but no more behind it than hangs on the cue: a
    tail too much does less harm than half of what was said."""
    chance, best = ranked[0]
    words, end = cue.scene.tree.words, best.ranges[-1][1]
    following = topmost(next((w for w in words[end:] if w.pos != "PUNCT"), words[-1]))
    last = max(end, cue.cue.head.right + 2)
    which = following.dep == "relcl" and any(c.tag in ("WDT", "WP") for c in children(following, *SUBJECTS))
    least = chance * (NEARLY_WHICH if which else NEARLY)
    near = [c for p, c in ranked if p >= least and covers(c, best) and c.ranges[-1][1] <= last]
    return max(near, key=lambda c: sum(b - a for a, b in c.ranges), default=best)


def score(names: Iterable[str], model: Model) -> float:
    """The sum of the weights of features; one that has none counts nothing."""
    weights = model.weights
    return sum([weights[name] for name in names if name in weights])


def shares(scores: Sequence[float]) -> tuple[list[float], float]:
    """The probabilities of candidates with these scores, and that of none of them.

    >>> shares([0.0, 0.0, 0.0])
    ([0.25, 0.25, 0.25], 0.25)
    """
    top = max(0.0, *scores)
    raised = [math.exp(score - top) for score in scores]
    whole = sum(raised) + math.exp(-top)
    return [value / whole for value in raised], math.exp(-top) / whole


def sureness(nothing: float, model: Model) -> float:
    """How sure it is that something is reported, where the weights give "not at all" this probability: as often as that was
    right in articles that the weights were not fitted to (Platt 1999).

    >>> model = Model({}, 0.5, {}, calibration=(-0.4, 0.7))
    >>> round(sureness(0.01, model), 2), round(sureness(0.5, model), 2)
    (0.94, 0.4)
    """
    intercept, slope = model.calibration
    least = max(nothing, sys.float_info.epsilon)
    return 1.0 / (1.0 + math.exp(-intercept) * (least / max(1.0 - nothing, least)) ** slope)


def selected(found: Iterable[Chosen], threshold: float) -> list[Chosen]:
    """The cues that report something, without conflicts: each is settled with the one before it."""
    likely = [c for c in found if c.sure >= (SURE if c.source is None else threshold)]
    kept: list[Chosen] = []
    for chosen in sorted(likely, key=lambda c: (c.start, -c.end)):
        inner: Chosen | None = chosen
        if kept:
            kept[-1], inner = settled(kept[-1], chosen)
        if inner is not None:
            kept.append(inner)
    return kept


def settled(outer: Chosen, inner: Chosen) -> tuple[Chosen, Chosen | None]:
    """Two reports, of which the first begins first, so that they do not conflict; the second may have to go.

    Said [the talks had failed and *warned* of delays]: if it is likely enough that the second cue reports, the content of
    the first ends before it.
    """
    if not overlap(outer.best, inner.best) and not outer.holds(inner.cue.head.i):
        return outer, inner
    if (told := told_by_way_of(outer, inner)) is not None:
        return told, None
    apart = next(((p, c) for p, c in outer.ranked if ends_before(outer.best, c, inner)), None)
    if apart is not None and apart[0] * inner.sure > outer.ranked[0][0] * cut_before(outer, inner):
        return outer.taking(apart[1]), inner
    return outer, None


def told_by_way_of(outer: Chosen, inner: Chosen) -> Chosen | None:
    """Ms. Roe said *it would hold*, according to the mayor, or: the gazette reported: one remark, that of Ms. Roe, of which
    the others tell."""
    way, said = (outer, inner) if is_way(outer) else (inner, outer)
    if not is_way(way) or said.source is None or not (way is inner or way.holds(said.cue.head.i)):
        return None
    saying = said.cue.sort == "verb" and said.cue.kind in ("say", "stress") and said.best.rule not in PHRASES
    if said.cue.head.dep not in MAIN or not (is_outlet(way.source) or (saying and said.cue.head.dep == "ROOT")):
        return None
    first, last = way.cue.end, way.cue.start + 1
    kept = next((c for _, c in said.ranked if c.ranges[0][0] >= first or c.ranges[-1][1] <= last), None)
    return said.taking(kept) if kept is not None else None


def is_way(chosen: Chosen) -> bool:
    """Does it tell by whom all of a sentence is told: *according to* the mayor; *the gazette reported*?"""
    aside = chosen.best.rule == "clause_before" and is_outlet(chosen.source)
    return chosen.cue.sort == "according" or chosen.best.rule == "sentence_around" or aside


def is_outlet(source: Source | None) -> bool:
    """Does an agency or a paper tell it: the Lindholm Gazette, state media?"""
    return source is not None and source.head.lower in outlets()


def cut_before(outer: Chosen, inner: Chosen) -> float:
    """How likely content must be that ends before the inner cue, beside the whole."""
    if goes_on_telling(outer, inner):
        return CUT_JOINED
    marks = circumstances(outer, inner)
    return CUT_NEVER if marks & CONDITIONS else CUT_APART if marks & TOLD_APART else CUT


def circumstances(outer: Chosen, inner: Chosen) -> set[str]:
    """What opens the clauses that tell of other words: said it was ready | *after* others claimed …; *if* others agree …"""
    above = takewhile(lambda word: word is not outer.cue.head, (inner.cue.head, *ancestors(inner.cue.head)))
    return {c.lower for w in above if w.dep == "advcl" for c in children(w, "mark", "advmod")}


def goes_on_telling(outer: Chosen, inner: Chosen) -> bool:
    """Is the inner cue joined, in the tense of the outer one, or told along with it: *said* that talks had failed and *warned* of
    haste, *promised* to look into it while *insisting* that …?"""
    one, other = outer.cue.head, inner.cue.head
    if other.tag == "VBG" and other.dep == "advcl":
        one_source = outer.source is not None and inner.source is not None and outer.source.head is inner.source.head
        told = one_source and any(has_that(c) for c in children(other, "ccomp"))  # was safe *adding that* it would …
        return told or any(c.lower == "while" for c in other.children)
    return other.dep == "conj" and one.tag == other.tag


def ends_before(whole: Candidate, candidate: Candidate, inner: Chosen) -> bool:
    """Does it begin as the whole does, and end before the inner report and its cue, or begin behind both?"""
    apart = candidate.ranges[0][0] in (whole.ranges[0][0], *range(max(inner.end, inner.cue.end), whole.ranges[-1][1]))
    return apart and not overlap(candidate, inner.best) and not holds(candidate, inner.cue.head.i)


def overlap(one: Candidate, other: Candidate) -> bool:
    """Do the contents share a word?"""
    return any(a < d and c < b for a, b in one.ranges for c, d in other.ranges)


def covers(one: Candidate, other: Candidate) -> bool:
    """Does the first hold every word of the other?"""
    return all(any(a <= c and d <= b for a, b in one.ranges) for c, d in other.ranges)


def holds(candidate: Candidate, word: int) -> bool:
    """Does the content hold the word?"""
    return any(a <= word < b for a, b in candidate.ranges)
