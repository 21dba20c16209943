"""Fit the weights of `helpers.reporting.choose` to annotated articles: ``python -m helpers.accuracy.training GOLD``.

GOLD is a folder with ``statements/polnear_train.jsonl`` (or a .jsonl itself): rows ``{"id", "text", "quotes": [{"start",
"end", "cue_start", "cue_end", "statement"}]}``. Our own annotated articles (but not the unseen ones) are added. Writes
``data/models/statements.json``: feature -> weight, no text of the articles. The same input gives the same file (sorted
input, a convex start, weights rounded to three decimals).

A unit is a cue, or a quotation that no cue reaches. Right are the candidates that match best what a reader marked by that
cue, nearly equal ones nearly as much; where nobody marked anything, "nothing" is right. What a reader left unmarked for
another reason (inside somebody's words, on an attitude) is left out.
"""

import json
import math
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from helpers.accuracy.annotation import GOLD, SEEN
from helpers.accuracy.gold import checked_article, gold_rows
from helpers.accuracy.measures import ALIKE, Quote, clipped, core, coverage, is_statement, shared
from helpers.accuracy.regression import minimised
from helpers.analyse import Reading, statements_in
from helpers.analyse import read as read_parsed
from helpers.names.paragraphs import Read
from helpers.parse import Parsed, ParsedParagraph, parse, pipeline
from helpers.reporting.candidates import Candidate, Scene, candidates
from helpers.reporting.choose import WEIGHTS, Model, selected
from helpers.reporting.features import describe, features
from helpers.reporting.paragraphs import Cued, as_report, asked, chosen_of, read_cues
from helpers.reporting.rules import PLACED
from helpers.tables.store import write_text
from helpers.text.article import structure

Array = NDArray[np.float64]
Ranges = list[tuple[int, int]]
TRAINING = Path("statements") / "polnear_train.jsonl"
LEAST = 8  # times that a feature must occur
STRENGTH = 0.2  # inverse strength of the penalty (L2); this and the next: by cross-validation on the training articles
OF_WORDS = 1.5  # how much stronger it is on what is known of single verbs and nouns, which transfers least
TIMES_OWN = 2  # how often each of our own annotated articles counts
# from this probability on a cue is taken to report: near half of the F1 that can be had (Lipton et al. 2014)
THRESHOLD = 0.35
LENIENT = 0.25  # the same while it is seen how often what is found is right
SLIGHT = 0.03  # weights below it are left out: they change nothing but the size of the file
NEARLY, GOOD = 0.1, 0.3  # how fast a candidate counts less that matches less well; the least that counts as a match


@dataclass(frozen=True, slots=True)
class Unit:
    """A cue or a quotation: the features of each candidate, and how right each is (all nought: nothing is right)."""

    names: tuple[tuple[str, ...], ...]
    right: tuple[float, ...]


def train(gold: Path, out: Path = WEIGHTS) -> Path:
    """Fit the weights to the annotated articles in `gold` and write them to `out`."""
    path = gold if gold.is_file() else gold / TRAINING
    own = [row for file in (GOLD, SEEN) for row in gold_rows(file, checked_article)]
    return write_model(out, model_of(sorted(gold_rows(path, checked_article), key=lambda row: row["id"]), own))


def model_of(rows: Sequence[Mapping[str, Any]], own: Sequence[Mapping[str, Any]] = ()) -> Model:
    """The model that these annotated articles give: the weights of the cues, those of the quotations that cues leave, and how
    often what is found is right, as seen in each half of `rows` with the weights of the other half. Articles of our `own`
    count several times in the weights: they are few, and tell of diplomacy."""
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        every = list(pool.map(with_parse, [*rows, *own], chunksize=8))
        units = list(pool.map(partial(on, cue_units), every, chunksize=8))
        cues = Model(fitted(repeated(units, len(rows))), THRESHOLD, {})
        left = list(pool.map(partial(on, quotation_units, model=cues), every, chunksize=8))
        weights = {**cues.weights, **fitted(unit for part in left for unit in part)}
        judged: list[Judged] = []
        for half in range(2):
            other = [number for number in range(len(rows)) if number % 2 != half]
            halved = fitted(repeated([units[i] for i in other] + units[len(rows) :], len(other)))
            placed = fitted(u for i in [*other, *range(len(rows), len(every))] for u in left[i])
            model = Model({**halved, **placed}, LENIENT, {})
            judged += [
                j for part in pool.map(partial(on, judgements, model=model), every[half : len(rows) : 2]) for j in part
            ]
    return Model(weights, THRESHOLD, precision(judged), calibration((j.sure, j.right) for j in judged if j.chosen))


def repeated(units: Sequence[list[Unit]], foreign: int) -> Iterator[Unit]:
    """The units of the first `foreign` articles once, those of the others, which are our own, several times."""
    yield from (unit for part in units[:foreign] for unit in part)
    yield from (unit for _ in range(TIMES_OWN) for part in units[foreign:] for unit in part)


def write_model(out: Path, model: Model) -> Path:
    stored = {
        "threshold": model.threshold,
        "calibration": model.calibration,
        "layout": model.layout,
        "weights": dict(sorted(model.weights.items())),
    }
    return write_text(out, json.dumps(stored, ensure_ascii=False, indent=0) + "\n")


@dataclass(frozen=True, slots=True)
class Annotated:
    """An annotated article with its parse, which a process can hand to another."""

    row: Mapping[str, Any]
    docs: tuple[bytes, ...]

    @property
    def reading(self) -> Reading:
        article = structure(self.row["id"], self.row["text"])
        docs = (Doc(pipeline().vocab).from_bytes(stored) for stored in self.docs)
        return read_parsed(Parsed(article, tuple(map(ParsedParagraph, article.body, docs))))


def on(function: Callable[..., list[Any]], article: Annotated, **more: Any) -> list[Any]:
    return function(article.row, article.reading, **more)


def with_parse(row: Mapping[str, Any]) -> Annotated:
    parsed = parse(structure(row["id"], row["text"]))
    return Annotated(row, tuple(p.doc.to_bytes(exclude=["tensor", "user_data"]) for p in parsed.paragraphs))


# --- units ---


def cue_units(row: Mapping[str, Any], reading: Reading) -> list[Unit]:
    return [unit for read in reading.paragraphs for unit in units_of_cues(row, read, read_cues(read))]


def units_of_cues(row: Mapping[str, Any], read: Read, cued: Cued) -> Iterator[Unit]:
    """The cues of a paragraph, each with its candidates and how well they match what was marked."""
    paragraph = read.parsed.paragraph.span
    for cue, source in cued.outside:
        found = candidates(cued.scene, cue, source)
        spans = spans_of(cued.scene, found)
        here = place(read, cue.head.idx, cue.head.end)
        right = rightness(row["text"], spans, row["quotes"], here, (paragraph.start, paragraph.end)) if found else None
        if right is not None:
            described = describe(cued.scene, cue, source)
            yield Unit(tuple(tuple(features(described, c)) for c in found), right)


def spans_of(scene: Scene, found: Iterable[Candidate]) -> list[Ranges]:
    """Where the contents of candidates stand, in characters of the article."""
    words = scene.tree.words
    return [[place(scene.read, words[a].idx, words[b - 1].end) for a, b in c.ranges] for c in found]


def place(read: Read, start: int, end: int) -> tuple[int, int]:
    """Where characters of a paragraph stand in the article."""
    span = read.parsed.span(start, end)
    return span.start, span.end


def rightness(
    text: str, spans: Sequence[Ranges], quotes: Sequence[Quote], cue: tuple[int, int], paragraph: tuple[int, int]
) -> tuple[float, ...] | None:
    """How right each of `spans` is, from 1 for the best; all nought where nothing was marked; None for what is left out."""
    tied = [q for q in quotes if q.get("cue_start") is not None and q["cue_start"] < cue[1] and cue[0] < q["cue_end"]]
    if not tied:
        return None if is_unmarked_for_another_reason(spans, quotes, cue) else (0.0,) * len(spans)
    if not any(q.get("statement", True) for q in tied):
        return None
    here = [(q["start"], q["end"]) for q in clipped(tied, *paragraph)]
    near = [(a, b) for a, b in here if any(a < d and c < b for span in spans for c, d in span)]
    matches = [likeness(text, span, near) for span in spans]
    best = max(matches)
    if best < GOOD:
        return (0.0,) * len(spans)
    return tuple(w if (w := math.exp((match - best) / NEARLY)) > 0.02 else 0.0 for match in matches)


def is_unmarked_for_another_reason(spans: Sequence[Ranges], quotes: Sequence[Quote], cue: tuple[int, int]) -> bool:
    """Does the cue stand inside somebody's marked words, or its content on an attitude?"""
    if any(q["start"] <= cue[0] and cue[1] <= q["end"] for q in quotes):
        return True
    attitudes = [q for q in quotes if not q.get("statement", True)]
    return any(
        2 * sum(shared({"start": a, "end": b}, q) for a, b in span) > sum(b - a for a, b in span)
        for q in attitudes
        for span in spans
    )


def likeness(text: str, found: Ranges, marked: Ranges) -> float:
    """How well ranges match marked ones: what they share of both, and half a point each for all exact and all covered."""
    common = sum(max(0, min(b, d) - max(a, c)) for a, b in found for c, d in marked)
    if not common:
        return 0.0
    union = sum(b - a for a, b in found) + sum(d - c for c, d in marked) - common
    cores = [core(text, {"start": a, "end": b}) for a, b in found]
    exact = sum(core(text, {"start": c, "end": d}) in cores for c, d in marked)
    spans = [{"start": a, "end": b} for a, b in found]
    covered = sum(max(coverage({"start": c, "end": d}, span) for span in spans) > 0.8 for c, d in marked)
    return common / union + (exact + covered) / (2 * max(len(found), len(marked)))


def quotation_units(row: Mapping[str, Any], reading: Reading, model: Model) -> list[Unit]:
    """The quotations of one annotated article that no cue reaches with the model of the cues."""
    found, before = [], False
    for read in reading.paragraphs:
        cued, paragraph = read_cues(read), read.parsed.paragraph.span
        kept = selected(chosen_of(cued, model), model.threshold)
        reports = [as_report(cued.scene, chosen) for chosen in kept]
        for q in asked(cued, kept, reports, before):
            span = dict(zip(("start", "end"), place(read, q.quotation.start, q.quotation.end), strict=True))
            met = [m for m in clipped(row["quotes"], paragraph.start, paragraph.end) if shared(m, span)]
            alike = any(
                shared(m, span) >= ALIKE * (max(m["end"], span["end"]) - min(m["start"], span["start"])) for m in met
            )
            if not met or any(m.get("statement", True) for m in met):
                found.append(Unit((q.names,), (float(alike),)))
        before = before or bool(reports)
    return found


# --- how often it is right ---


@dataclass(frozen=True, slots=True)
class Judged:
    """What was found: by which rules, by the choice among a cue's candidates or not, how sure the model was, and whether a
    reader marked it, too."""

    rules: frozenset[str]
    chosen: bool
    sure: float
    right: bool


def judgements(row: Mapping[str, Any], reading: Reading, model: Model) -> list[Judged]:
    """What the model finds in an annotated article; that on attitudes is neither right nor wrong, and left out."""
    found = []
    where = {read.parsed.number: read.parsed.paragraph.span for read in reading.paragraphs}
    for s in statements_in(reading, model):
        here = where[s.paragraph]
        marked = clipped(row["quotes"], here.start, here.end)
        right = is_statement([(segment.start, segment.end) for segment in s.segments], marked)
        if right is not None:
            rules = frozenset(s.why)
            found.append(Judged(rules, s.cue is not None and not rules & PLACED, s.confidence, right))
    return found


def precision(judged: Iterable[Judged]) -> dict[str, float]:
    """The share of right ones by rule of layout. One right and one wrong are added, so that a rare rule is not taken for
    certain.

    >>> precision([Judged(frozenset({"after_colon"}), False, 0.9, right) for right in [True] * 8 + [False]])
    {'after_colon': 0.82}
    """
    counts = Counter((rule, j.right) for j in judged for rule in j.rules & PLACED)
    return {
        rule: round((counts[rule, True] + 1) / (counts[rule, True] + counts[rule, False] + 2), 2)
        for rule in sorted({rule for rule, _ in counts})
    }


def calibration(told: Iterable[tuple[float, bool]]) -> tuple[float, float]:
    """Intercept and slope that turn log odds as told into those that hold, rounded (Platt 1999).

    >>> calibration([(0.9, True)] * 8 + [(0.9, False)] * 2 + [(0.6, True)] * 5 + [(0.6, False)] * 5)
    (-0.314, 0.774)
    """
    sure, right = (np.array(column, dtype=np.float64) for column in zip(*told, strict=True))
    sure = np.clip(sure, 0.005, 0.995)
    odds = np.log(sure / (1 - sure))
    signs = 2 * right - 1

    def loss(weights: Array) -> tuple[float, Array]:
        margin = signs * (weights[0] + weights[1] * odds)
        slope = -signs / (1 + np.exp(margin))
        return float(np.sum(np.logaddexp(0, -margin))), np.array([slope.sum(), slope @ odds])

    intercept, slope = minimised(loss, 2)
    return round(float(intercept), 3), round(float(slope), 3)


# --- the fit ---


def fitted(units: Iterable[Unit], least: int = LEAST, strength: float = STRENGTH) -> dict[str, float]:
    """The weights of a conditional logit with an L2 penalty, rounded. numpy alone: with scikit-learn's scipy in the
    environment, every import of nltk would take two seconds more.

    >>> fitted([Unit((("a",),), (1.0,)), Unit((("b",),), (0.0,))] * 20)
    {'a': 1.043, 'b': -1.043}
    """
    units = list(units)
    counts = Counter(name for unit in units for names in unit.names for name in names)
    known = {name: i for i, name in enumerate(sorted(n for n, count in counts.items() if count >= least))}
    rows = [[known[name] for name in names if name in known] for unit in units for names in unit.names]
    columns = np.array([i for row in rows for i in row], dtype=np.int64)
    sizes = np.array([len(row) for row in rows])
    first = np.cumsum([0, *(len(unit.names) for unit in units)])[:-1]
    right = np.array([value for unit in units for value in unit.right])
    penalty = np.array([(OF_WORDS if name.startswith("verb ") else 1.0) / strength for name in known])
    weights = minimised(
        partial(loss, columns=columns, sizes=sizes, first=first, right=right, penalty=penalty), len(known)
    )
    named = {name: round(float(weights[i]), 3) for name, i in known.items()}
    return {name: weight for name, weight in named.items() if abs(weight) >= SLIGHT}


def loss(
    weights: Array,
    columns: NDArray[np.int64],
    sizes: NDArray[np.int64],
    first: NDArray[np.int64],
    right: Array,
    penalty: Array,
) -> tuple[float, Array]:
    """How badly the weights foretell what is right, with its slope. Rows are candidates, `first` is where each unit begins."""
    row = np.repeat(np.arange(len(sizes)), sizes)
    scores = np.bincount(row, weights=weights[columns], minlength=len(sizes))
    unit = np.repeat(np.arange(len(first)), np.diff([*first, len(sizes)]))
    top = np.maximum(np.maximum.reduceat(scores, first), 0.0)
    raised, none = np.exp(scores - top[unit]), np.exp(-top)
    whole = none + np.add.reduceat(raised, first)
    nothing = np.add.reduceat(right, first) == 0
    good = np.where(nothing, none, np.add.reduceat(right * raised, first))
    slope = raised / whole[unit] - np.where(nothing[unit], 0.0, right * raised / good[unit])
    value = float(np.sum(np.log(whole) - np.log(good)) + 0.5 * np.sum(penalty * weights * weights))
    return value, np.bincount(columns, weights=slope[row], minlength=len(weights)) + penalty * weights


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m helpers.accuracy.training GOLD (the folder with statements/polnear_train.jsonl)")
    print(train(Path(sys.argv[1])))
