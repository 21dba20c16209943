"""A multinomial logistic regression with an L2 penalty, in numpy alone: the same input gives the same weights, bit for bit.

>>> data = [({"good": 1.0}, 1), ({"bad": 1.0}, 0)] * 20
>>> weights = regression(data, labels=2, strength=1.0, least=3)
>>> weights["good"][1] > weights["good"][0]
True
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Whole = NDArray[np.int64]
Example = tuple[dict[str, float], int]  # features, and the number of the label
STEPS, CLOSE = 150, 1e-5  # of the optimiser: at most so many, until no slope is steeper


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

    @classmethod
    def of(cls, data: Sequence[Example], least: int) -> tuple[Matrix, list[str]]:
        """The features of examples that occur in at least so many of them, and their names by column."""
        counts = Counter(name for names, _ in data for name in names)
        names = sorted(name for name, count in counts.items() if count >= least)
        known = {name: i for i, name in enumerate(names)}
        rows = [[(known[name], value) for name, value in found.items() if name in known] for found, _ in data]
        columns = np.array([c for row in rows for c, _ in row], dtype=np.int64)
        values = np.array([v for row in rows for _, v in row], dtype=float)
        return cls(columns, values, np.cumsum([0, *map(len, rows)], dtype=np.int64), len(known)), names


def regression(
    data: Sequence[Example], labels: int, strength: float, least: int, base: Numbers | None = None
) -> dict[str, list[float]]:
    """The weights by feature, one for each label, two decimals; features that occur less than `least` times have none.

    They are added to the scores of `base`, if there are any: what is known before."""
    matrix, names = Matrix.of(data, least)
    return rounded(names, minimised(matrix, np.array([answer for _, answer in data]), labels, strength, base))


def rounded(names: Sequence[str], weights: Numbers) -> dict[str, list[float]]:
    """The weights by name, two decimals, without those that are nought."""
    found = {name: [round(float(w), 2) + 0.0 for w in row] for name, row in zip(names, weights, strict=True)}
    return {name: row for name, row in found.items() if any(row)}


def scored(data: Sequence[Example], weights: dict[str, list[float]], labels: int) -> Numbers:
    """The scores of the labels for each example."""
    scores = np.zeros((len(data), labels))
    for n, (found, _) in enumerate(data):
        for name, value in found.items():
            if name in weights:
                scores[n] += value * np.array(weights[name])
    return scores


def softmax(scores: Numbers) -> Numbers:
    """Probabilities of scores, row by row."""
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True))


def minimised(
    matrix: Matrix, answers: Whole, labels: int, strength: float, base: Numbers | None = None, memory: int = 10
) -> Numbers:
    """The weights with the least penalised loss, by L-BFGS (Nocedal & Wright 2006, algorithm 7.5) with halved steps.

    numpy alone: with scikit-learn's scipy in the environment, every import of nltk would take two seconds more.
    """
    wanted, known = np.eye(labels)[answers], 0.0 if base is None else base

    def loss(weights: Numbers) -> tuple[float, Numbers]:
        chances = softmax(matrix.times(weights) + known)
        fit = -np.log(np.maximum(chances[np.arange(len(answers)), answers], 1e-300)).sum()
        slope = matrix.turned_times(chances - wanted) + weights / strength
        return float(fit + (weights**2).sum() / (2 * strength)) / len(answers), slope / len(answers)

    weights = np.zeros((matrix.width, labels))
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
