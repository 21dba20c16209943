"""A multinomial logistic regression with an L2 penalty, in numpy alone: the same input gives the same weights, bit for bit.

>>> data = [({"good": 1.0}, 1), ({"bad": 1.0}, 0)] * 20
>>> weights = regression(data, labels=2, strength=1.0, least=3)
>>> weights["good"][1] > weights["good"][0]
True
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Whole = NDArray[np.int64]
Example = tuple[dict[str, float], int]  # features, and the number of the label
STEPS, MEMORY = 200, 10  # of the minimiser
STEEP, CLOSE = 1e-5, 1e-6  # where it may stop: no slope is steeper, or the last step changed no more than this part


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
    return rounded(names, fitted(matrix, np.array([answer for _, answer in data]), labels, strength, base))


def rounded(names: Sequence[str], weights: Numbers) -> dict[str, list[float]]:
    """The weights by name, two decimals, without those that are nought."""
    found = {name: [round(float(w), 2) + 0.0 for w in row] for name, row in zip(names, weights, strict=True)}
    return {name: row for name, row in found.items() if any(row)}


def scored(data: Sequence[Example], weights: dict[str, list[float]], labels: int) -> Numbers:
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


def fitted(matrix: Matrix, answers: Whole, labels: int, strength: float, base: Numbers | None = None) -> Numbers:
    """The weights with the least penalised loss, a row a feature."""
    wanted, known = np.eye(labels)[answers], 0.0 if base is None else base

    def loss(flat: Numbers) -> tuple[float, Numbers]:
        weights = flat.reshape(matrix.width, labels)
        chances = softmax(matrix.times(weights) + known)
        fit = -np.log(np.maximum(chances[np.arange(len(answers)), answers], 1e-300)).sum()
        slope = matrix.turned_times(chances - wanted) + weights / strength
        return float(fit + (weights**2).sum() / (2 * strength)) / len(answers), slope.ravel() / len(answers)

    return minimised(loss, matrix.width * labels, STEEP).reshape(matrix.width, labels)


def minimised(function: Callable[[Numbers], tuple[float, Numbers]], size: int, steep: float = 0.0) -> Numbers:
    """The weights at which `function`, given with its slope, is least, by L-BFGS (Nocedal & Wright 2006, algorithm 7.5) with
    halved steps: until no slope is as steep as that, or until a step changes next to nothing.

    numpy alone: with scikit-learn's scipy in the environment, every import of nltk would take two seconds more.
    """
    weights = np.zeros(size)
    value, slope = function(weights)
    past: list[tuple[Numbers, Numbers]] = []
    for _ in range(STEPS):
        if np.abs(slope).max() < steep:
            break
        direction = -turned(slope, past)
        step, fall = 1.0, float(slope @ direction)
        while True:
            new, new_slope = function(weights + step * direction)
            if new <= value + 1e-4 * step * fall or step < 1e-8:
                break
            step /= 2
        moved, change = step * direction, new_slope - slope
        past = [*past, (moved, change)][-MEMORY:] if moved @ change > 1e-12 else past
        weights, done = weights + moved, not steep and abs(value - new) < CLOSE * max(1.0, abs(value))
        value, slope = new, new_slope
        if done:
            break
    return weights


def turned(slope: Numbers, past: Sequence[tuple[Numbers, Numbers]]) -> Numbers:
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
