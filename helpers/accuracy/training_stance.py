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
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from helpers.accuracy.gold import checked_target, gold_rows
from helpers.accuracy.regression import Example, Matrix, Numbers, Whole, minimised, rounded, scored, softmax
from helpers.accuracy.stance_measures import label_measures
from helpers.accuracy.stance_rows import views_of
from helpers.records import LABELS
from helpers.tables.record import json_text
from helpers.tables.store import write_text
from helpers.tone.features import features
from helpers.tone.model import WEIGHTS

TRAINING = Path("stance") / "newsmtsc_train.jsonl"
LEAST = 3  # examples in which a feature must occur
STRENGTH = 0.015  # inverse strength of the penalty (L2), by cross-validation and, of equals, by the development parts
SHRINKAGE = 10.0  # examples of the whole set's shares added to each feature's own
FLOOR, TYPICAL = 0.3, 0.4  # the least scale of a feature, and the distance that gives 1
FOLDS = 5
# For a named holder, chosen on the development part of DSE (the training sentences name none):
HELD = 0.8  # added to neutral, since the holder may have no stance on what a sentence shows as good or bad
APART = 1.0  # added to neutral where holder and target have no verb in common
SPOKEN = 2.0  # added for (and taken from against) where the words that govern the target say it: condemned, need for
SURE = 0.5  # from this probability on, a stance is sure


def train(gold: Path, out: Path = WEIGHTS) -> Path:
    """Fit the weights to the annotated sentences in `gold` and write them to `out`."""
    path = gold if gold.is_file() else gold / TRAINING
    rows = sorted(gold_rows(path, checked_target), key=lambda row: str(row["id"]))
    data = examples(rows)
    temperature = cross_validated(data, [row["text"] for row in rows])
    weights = fitted(data)
    model = {"temperature": temperature, "held": HELD, "apart": APART, "spoken": SPOKEN, "sure": SURE}
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
        scores[of == fold] = scored([d for d, f in zip(data, of, strict=True) if f == fold], weights, len(LABELS))
    choices = np.arange(0.6, 2.01, 0.05)
    losses = [-np.log(softmax(scores / t)[np.arange(len(answers)), answers]).mean() for t in choices]
    best = round(float(choices[int(np.argmin(losses))]), 2)
    measures = label_measures(answers, softmax(scores / best), LABELS)
    print(f"{FOLDS}-fold cross-validation, temperature {best}:", measures)
    return best


def fitted(data: Sequence[Example]) -> dict[str, list[float]]:
    """The weights of the regression, by feature, a weight for each label."""
    matrix, names = Matrix.of(data, LEAST)
    answers = np.array([answer for _, answer in data])
    scale = telling(replace(matrix, values=np.ones(len(matrix.values))), answers)
    scaled = replace(matrix, values=matrix.values * scale[matrix.columns])
    return rounded(names, minimised(scaled, answers, len(LABELS), STRENGTH) * scale[:, None])


def telling(matrix: Matrix, answers: Whole) -> Numbers:
    """The scale of each feature: how much it tells of the label, from `FLOOR` up."""
    shares = np.bincount(answers, minlength=len(LABELS)) / len(answers)
    seen = matrix.turned_times(np.eye(len(LABELS))[answers])
    own = (seen + SHRINKAGE * shares) / (seen.sum(axis=1, keepdims=True) + SHRINKAGE)
    return np.asarray(FLOOR + (1 - FLOOR) * np.abs(np.log(own / shares)).max(axis=1) / TYPICAL)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m helpers.accuracy.training_stance GOLD (the folder with stance/newsmtsc_train.jsonl)")
    print(train(Path(sys.argv[1])))
