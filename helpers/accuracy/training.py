"""Fit the weights of `helpers.reporting.choose` to annotated articles: ``python -m helpers.accuracy.training GOLD``.

GOLD is a folder with ``statements/polnear_train.jsonl`` (or a .jsonl itself): rows ``{"id", "text", "quotes": [{"start",
"end", "cue_start", "cue_end", "statement"}]}``. Our own annotated articles (but not the unseen ones) are added. Writes
``data/models/statements.json``: feature -> weight, no text of the articles. The same input gives the same file (sorted
input, a convex start, weights rounded to three decimals).

A unit is a cue, or a quotation that no cue reaches. Right are the candidates that match best what a reader marked by that
cue, nearly equal ones nearly as much; where nobody marked anything, "nothing" is right. What a reader left unmarked for
another reason (inside somebody's words, on an attitude) is left out.
"""

from __future__ import annotations

import json
import math
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from helpers.accuracy.annotation import GOLD, SEEN
from helpers.accuracy.gold import checked_article, gold_rows
from helpers.accuracy.measures import ALIKE, Quote, clipped, core, coverage, is_statement, shared
from helpers.analyse import read as read_all
from helpers.names.paragraphs import Read
from helpers.parse import parse
from helpers.reporting.candidates import candidates
from helpers.reporting.choose import WEIGHTS, Model, selected
from helpers.reporting.features import describe, features
from helpers.reporting.paragraphs import Cued, Heard, as_report, asked, chosen_of, read_cues
from helpers.reporting.quotations import starts_quoted
from helpers.reporting.rules import PLACED
from helpers.reporting.statements import find_statements
from helpers.tables.store import write_text
from helpers.text.article import structure

Array = NDArray[np.float64]
Ranges = list[tuple[int, int]]
TRAINING = Path("statements") / "polnear_train.jsonl"
LEAST = 8  # times that a feature must occur
STRENGTH = 0.1  # inverse strength of the penalty (L2), chosen on the development parts
OF_WORDS = 2.0  # how much stronger it is on what is known of single verbs and nouns, which transfers least
TIMES_OWN = 2  # how often each of our own annotated articles counts
THRESHOLD = 0.5  # from this probability on a cue is taken to report
STEPS, MEMORY, CLOSE = 200, 10, 1e-6  # of the minimiser
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
    """The model that these annotated articles give: first for the cues, then for the quotations they leave. Those of our
    `own` count several times: they are few, and tell of diplomacy."""
    every = [*rows, *own]
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        parts = list(pool.map(cue_units, every, chunksize=8))
        parts += parts[len(rows) :] * (TIMES_OWN - 1)
        cues = Model(fitted(unit for part in parts for unit in part), THRESHOLD, {})
        left = fitted(u for part in pool.map(partial(quotation_units, model=cues), every, chunksize=8) for u in part)
        whole = replace(cues, weights={**cues.weights, **left})
        found = sum(pool.map(partial(laid_out, model=whole), rows, chunksize=8), Counter[tuple[str, bool]]())
    return replace(whole, layout=precision(found))


def write_model(out: Path, model: Model) -> Path:
    stored = {"threshold": model.threshold, "layout": model.layout, "weights": dict(sorted(model.weights.items()))}
    return write_text(out, json.dumps(stored, ensure_ascii=False, indent=0) + "\n")


# --- units ---


def cue_units(row: Mapping[str, Any]) -> list[Unit]:
    """The cues of one annotated article."""
    reading = read_all(parse(structure(row["id"], row["text"])))
    return [unit for read in reading.paragraphs for unit in units_of_cues(row, read, read_cues(read))]


def units_of_cues(row: Mapping[str, Any], read: Read, cued: Cued) -> Iterator[Unit]:
    """The cues of a paragraph, each with its candidates and how well they match what was marked."""
    paragraph, words = read.parsed.paragraph.span, cued.scene.tree.words
    for cue, source in cued.outside:
        found = candidates(cued.scene, cue, source)
        spans = [[place(read, words[a].idx, words[b - 1].end) for a, b in c.ranges] for c in found]
        here = place(read, cue.head.idx, cue.head.end)
        right = rightness(row["text"], spans, row["quotes"], here, (paragraph.start, paragraph.end)) if found else None
        if right is not None:
            described = describe(cued.scene, cue, source)
            yield Unit(tuple(tuple(features(described, c)) for c in found), right)


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


def quotation_units(row: Mapping[str, Any], model: Model) -> list[Unit]:
    """The quotations of one annotated article that no cue reaches with the model of the cues."""
    found, before, quoted = [], False, False
    for read in read_all(parse(structure(row["id"], row["text"]))).paragraphs:
        cued, paragraph = read_cues(read), read.parsed.paragraph.span
        kept = selected(chosen_of(cued, model), model.threshold)
        reports = [as_report(cued.scene, chosen) for chosen in kept]
        for q in asked(cued, kept, reports, Heard(before, False, quoted)):
            span = dict(zip(("start", "end"), place(read, q.quotation.start, q.quotation.end), strict=True))
            met = [m for m in clipped(row["quotes"], paragraph.start, paragraph.end) if shared(m, span)]
            alike = any(
                shared(m, span) >= ALIKE * (max(m["end"], span["end"]) - min(m["start"], span["start"])) for m in met
            )
            if not met or any(m.get("statement", True) for m in met):
                found.append(Unit((q.names,), (float(alike),)))
        before, quoted = before or bool(reports), starts_quoted(read.parsed.text)
    return found


# --- what the layout gives ---


def laid_out(row: Mapping[str, Any], model: Model) -> Counter[tuple[str, bool]]:
    """What the layout alone gives in one annotated article, by rule and whether it is right."""
    reading = read_all(parse(structure(row["id"], row["text"])))
    article, reads = reading.parsed.article, reading.paragraphs
    found: Counter[tuple[str, bool]] = Counter()
    for statement in find_statements(article, reads, reading.people, reading.references, model):
        here = reads_span(reads, statement.paragraph)
        right = is_statement([(s.start, s.end) for s in statement.segments], clipped(row["quotes"], *here))
        for rule in PLACED & set(statement.why):
            if right is not None:
                found[rule, right] += 1
    return found


def reads_span(reads: Iterable[Read], number: int) -> tuple[int, int]:
    """Where the paragraph of this number begins and ends."""
    return next((p.start, p.end) for r in reads if r.parsed.number == number for p in [r.parsed.paragraph.span])


def precision(found: Mapping[tuple[str, bool], int]) -> dict[str, float]:
    """The share of right ones by rule. One right and one wrong are added, so that a rare rule is not taken for certain.

    >>> precision(Counter({("after_colon", True): 8, ("after_colon", False): 1}))
    {'after_colon': 0.82}
    """
    rules = sorted({rule for rule, _ in found})
    counts = {rule: (found.get((rule, True), 0), found.get((rule, False), 0)) for rule in rules}
    return {rule: round((right + 1) / (right + wrong + 2), 2) for rule, (right, wrong) in counts.items()}


# --- the fit ---


def fitted(units: Iterable[Unit], least: int = LEAST, strength: float = STRENGTH) -> dict[str, float]:
    """The weights of a conditional logit with an L2 penalty, rounded. numpy alone: with scikit-learn's scipy in the
    environment, every import of nltk would take two seconds more.

    >>> fitted([Unit((("a",),), (1.0,)), Unit((("b",),), (0.0,))] * 20)
    {'a': 0.675, 'b': -0.675}
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


def minimised(function: Callable[[Array], tuple[float, Array]], size: int) -> Array:
    """The weights at which `function` is least, by L-BFGS with halved steps."""
    weights = np.zeros(size)
    value, slope = function(weights)
    past: list[tuple[Array, Array]] = []
    for _ in range(STEPS):
        direction = -turned(slope, past)
        step, fall = 1.0, float(slope @ direction)
        while True:
            new, new_slope = function(weights + step * direction)
            if new <= value + 1e-4 * step * fall or step < 1e-8:
                break
            step /= 2
        moved, change = step * direction, new_slope - slope
        past = [*past, (moved, change)][-MEMORY:] if moved @ change > 1e-10 else past
        weights, done = weights + moved, abs(value - new) < CLOSE * max(1.0, abs(value))
        value, slope = new, new_slope
        if done:
            break
    return weights


def turned(slope: Array, past: Sequence[tuple[Array, Array]]) -> Array:
    """The slope as turned by what the last steps told of the curve."""
    found, kept = slope.copy(), []
    for moved, change in reversed(past):
        part = (moved @ found) / (change @ moved)
        kept.append(part)
        found -= part * change
    if past:
        found *= (past[-1][0] @ past[-1][1]) / (past[-1][1] @ past[-1][1])
    else:
        found /= max(1.0, float(np.abs(found).max()))
    for (moved, change), part in zip(past, reversed(kept), strict=True):
        found += moved * (part - (change @ found) / (change @ moved))
    return found


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m helpers.accuracy.training GOLD (the folder with statements/polnear_train.jsonl)")
    print(train(Path(sys.argv[1])))
    if Path(sys.argv[1]).is_dir():  # the folder holds the sentences for stance too
        from helpers.accuracy import training_stance

        print(training_stance.train(Path(sys.argv[1])))
