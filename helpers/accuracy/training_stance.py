"""Fit the weights of stance to annotated sentences: ``python -m helpers.accuracy.training_stance GOLD``.

GOLD is a folder with ``stance/newsmtsc_train.jsonl`` (or a .jsonl itself): rows ``{"id", "text", "target_start",
"target_end", "label"}``. Writes ``data/models/stance.json``: feature -> a weight for each label, and the temperature that
calibrates the probabilities. The same input gives the same file, bit for bit (sorted input, a convex problem solved to
convergence, weights rounded to two decimals). Prints what five-fold cross-validation, grouped by sentence, says of it.

A multinomial logistic regression with an L2 penalty. A feature whose sentences differ from the rest in their labels is
penalised less: its value is scaled by how far its (shrunken) label shares are from those of all (after the naive Bayes
features of Wang & Manning, ACL 2012). The scale is multiplied into the weights, so that nothing of it is left afterwards.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from helpers.accuracy.gold import checked_target, gold_rows
from helpers.accuracy.stance_measures import stance_measures
from helpers.accuracy.stance_rows import views_of
from helpers.records import LABELS
from helpers.tables.record import json_text
from helpers.tables.store import write_text
from helpers.tone.features import features
from helpers.tone.model import WEIGHTS

Numbers = NDArray[np.float64]
Whole = NDArray[np.int64]
Example = tuple[dict[str, float], int]  # features, and the number of the label
TRAINING = Path("stance") / "newsmtsc_train.jsonl"
LEAST = 3  # examples in which a feature must occur
STRENGTH = 0.02  # inverse strength of the penalty (L2), chosen by cross-validation, as SHRINKAGE and FLOOR
SHRINKAGE = 10.0  # examples of the whole set's shares added to each feature's own
FLOOR, TYPICAL = 0.3, 0.4  # the least scale of a feature, and the distance that gives 1
STEPS, CLOSE = 150, 1e-5  # of the optimiser: at most so many, until no slope is steeper
FOLDS = 5
# For a named holder, chosen on the development part of DSE (the training sentences name none):
HELD = 0.8  # added to neutral, since the holder may have no stance on what a sentence shows as good or bad
APART = 1.0  # added to neutral where holder and target have no verb in common
SPOKEN = 2.0  # added for (and taken from against) where the words that govern the target say it: condemned, need for
DEMANDED = 1.5  # taken from positive where the speaker says how the target must be: fair; by judgement
SURE = 0.5  # from this probability on, a stance is sure


@dataclass(frozen=True)
class Matrix:
    """A sparse matrix by rows: the columns and values of row r are those from bounds[r] to bounds[r + 1]."""

    columns: Whole
    values: Numbers
    bounds: Whole
    width: int

    @property
    def rows(self) -> Whole:
        return np.repeat(np.arange(len(self.bounds) - 1), np.diff(self.bounds))

    def times(self, weights: Numbers) -> Numbers:
        """The matrix times `weights` (a column for each label)."""
        rows, size = self.rows, len(self.bounds) - 1
        parts = [np.bincount(rows, self.values * column[self.columns], minlength=size) for column in weights.T]
        return np.stack(parts, axis=1)

    def turned_times(self, errors: Numbers) -> Numbers:
        """The transpose of the matrix times `errors` (a row for each row)."""
        rows = self.rows
        parts = [np.bincount(self.columns, self.values * column[rows], minlength=self.width) for column in errors.T]
        return np.stack(parts, axis=1)


def train(gold: Path, out: Path = WEIGHTS) -> Path:
    """Fit the weights to the annotated sentences in `gold` and write them to `out`."""
    path = gold if gold.is_file() else gold / TRAINING
    rows = sorted(gold_rows(path, checked_target), key=lambda row: str(row["id"]))
    data = examples(rows)
    temperature = cross_validated(data, [row["text"] for row in rows])
    weights = fitted(data)
    model = {"temperature": temperature, "held": HELD, "apart": APART, "spoken": SPOKEN, "demanded": DEMANDED}
    model["sure"] = SURE
    lines = [f"{json_text(name)}: {json_text(w)}" for name, w in sorted(weights.items())]
    head = json_text(model)[:-1] + ',\n"weights": {\n'
    return write_text(out, head + ",\n".join(lines) + "\n}}\n")


def examples(rows: Sequence[Mapping[str, Any]]) -> list[Example]:
    """The features of each annotated target, and its label."""
    found = []
    for row, (view, target) in zip(rows, views_of(rows), strict=True):
        sums: dict[str, float] = {}
        for name, _, value in features(view, target):
            sums[name] = sums.get(name, 0.0) + value
        found.append((sums, LABELS.index(row["label"])))
    return found


def cross_validated(data: Sequence[Example], texts: Sequence[str]) -> float:
    """The temperature that makes the probabilities of sentences not trained on honest; prints the measures beside it."""
    folds = {text: n % FOLDS for n, text in enumerate(sorted(set(texts)))}
    of = np.array([folds[text] for text in texts])
    answers = np.array([answer for _, answer in data])
    scores = np.zeros((len(data), len(LABELS)))
    for fold in range(FOLDS):
        weights = fitted([example for example, f in zip(data, of, strict=True) if f != fold])
        for n in np.flatnonzero(of == fold).tolist():
            for name, value in data[n][0].items():
                if name in weights:
                    scores[n] += value * np.array(weights[name])
    choices = np.arange(0.6, 2.01, 0.05)
    losses = [-np.log(softmax(scores / t)[np.arange(len(answers)), answers]).mean() for t in choices]
    best = round(float(choices[int(np.argmin(losses))]), 2)
    print(f"{FOLDS}-fold cross-validation, temperature {best}:", stance_measures(answers, softmax(scores / best)))
    return best


def softmax(scores: Numbers) -> Numbers:
    """Probabilities of scores, row by row."""
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True))


def fitted(data: Sequence[Example]) -> dict[str, list[float]]:
    """The weights of the regression, by feature, a weight for each label."""
    counts = Counter(name for names, _ in data for name in names)
    known = {name: i for i, name in enumerate(sorted(n for n, count in counts.items() if count >= LEAST))}
    rows = [[(known[name], value) for name, value in names.items() if name in known] for names, _ in data]
    columns = np.array([c for row in rows for c, _ in row], dtype=np.int64)
    values = np.array([v for row in rows for _, v in row], dtype=float)
    bounds = np.cumsum([0, *map(len, rows)], dtype=np.int64)
    answers = np.array([answer for _, answer in data])
    scale = telling(Matrix(columns, np.ones(len(values)), bounds, len(known)), answers)
    weights = minimised(Matrix(columns, values * scale[columns], bounds, len(known)), answers) * scale[:, None]
    rounded = {name: [round(float(w), 2) + 0.0 for w in weights[i]] for name, i in known.items()}
    return {name: w for name, w in rounded.items() if any(w)}


def telling(matrix: Matrix, answers: Whole) -> Numbers:
    """The scale of each feature: how much it tells of the label, from `FLOOR` up."""
    shares = np.bincount(answers, minlength=len(LABELS)) / len(answers)
    seen = matrix.turned_times(np.eye(len(LABELS))[answers])
    own = (seen + SHRINKAGE * shares) / (seen.sum(axis=1, keepdims=True) + SHRINKAGE)
    return np.asarray(FLOOR + (1 - FLOOR) * np.abs(np.log(own / shares)).max(axis=1) / TYPICAL)


def minimised(matrix: Matrix, answers: Whole, memory: int = 10) -> Numbers:
    """The weights with the least penalised loss, by L-BFGS (Nocedal & Wright 2006, algorithm 7.5) with halved steps.

    numpy alone: with scikit-learn's scipy in the environment, every import of nltk would take two seconds more.
    """
    wanted = np.eye(len(LABELS))[answers]

    def loss(weights: Numbers) -> tuple[float, Numbers]:
        chances = softmax(matrix.times(weights))
        fit = -np.log(np.maximum(chances[np.arange(len(answers)), answers], 1e-300)).sum()
        slope = matrix.turned_times(chances - wanted) + weights / STRENGTH
        return float(fit + (weights**2).sum() / (2 * STRENGTH)) / len(answers), slope / len(answers)

    weights = np.zeros((matrix.width, len(LABELS)))
    value, slope = loss(weights)
    past: list[tuple[Numbers, Numbers]] = []
    for _ in range(STEPS):
        if np.abs(slope).max() < CLOSE:
            break
        way, factors = slope.copy(), []
        for moved, turned in reversed(past):
            factors.append((moved * way).sum() / (moved * turned).sum())
            way -= factors[-1] * turned
        if past:
            way *= (past[-1][0] * past[-1][1]).sum() / (past[-1][1] ** 2).sum()
        for (moved, turned), factor in zip(past, reversed(factors), strict=True):
            way += (factor - (turned * way).sum() / (moved * turned).sum()) * moved
        step, drop = 1.0, (way * slope).sum()
        while (new := loss(weights - step * way))[0] > value - 1e-4 * step * drop and step > 1e-8:
            step /= 2
        moved, turned = -step * way, new[1] - slope
        weights, value, slope = weights + moved, *new
        past = [*past, (moved, turned)][-memory:] if (moved * turned).sum() > 1e-12 else past
    return weights


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m helpers.accuracy.training_stance GOLD (the folder with stance/newsmtsc_train.jsonl)")
    print(train(Path(sys.argv[1])))
