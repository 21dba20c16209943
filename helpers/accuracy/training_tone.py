"""Fit the small models of stance and tone: ``python -m helpers.accuracy.training_tone [GOLD]``.

GOLD is a folder with ``stance/newsmtsc_train.jsonl`` (or a .jsonl itself): rows ``{"id", "text", "target_start", "target_end",
"label"}``, to which ``data/models/stance.json`` is fitted, the stance that a sentence shows: a multinomial logistic regression
with an L2 penalty. A feature whose sentences differ from the rest in their labels is penalised less: its value is scaled by how
far its (shrunken) label shares are from those of all (after the naive Bayes features of Wang & Manning, ACL 2012). The scale is
multiplied into the weights, so that nothing of it is left afterwards. Without GOLD it stays as it is.

``data/workshop/stance_train.jsonl`` (what a speaker thinks of a target) and ``tone_train.jsonl`` (the tone of a whole statement)
give ``holder.json``, which builds on ``stance.json``, and ``tone.json``, which builds on both. Each file holds feature -> a weight
for each label. The same input gives the same files, bit for bit (sorted input, a convex problem solved to convergence, weights
rounded to two decimals). Prints how right each is about sentences, or writers, that it has not read.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from helpers.accuracy.gold import checked_target, checked_tone, gold_rows
from helpers.accuracy.measures import label_measures
from helpers.accuracy.regression import Example, Matrix, Numbers, Whole, fitted, regression, rounded, scored, softmax
from helpers.accuracy.tone_rows import docs_of, holder_in, said_of, target_in, views_of
from helpers.folders import WORKSHOP
from helpers.records import LABELS, TONES
from helpers.tables.record import json_text
from helpers.tables.store import write_text
from helpers.tone.features import Feature, features
from helpers.tone.holder import held_view, speaks
from helpers.tone.model import HOLDER_WEIGHTS, STANCE_WEIGHTS, Three, heard_base, holder_weights, model
from helpers.tone.stance import heard
from helpers.tone.statement import TONE_WEIGHTS, statement_features
from helpers.tree import read_tree

if TYPE_CHECKING:
    from spacy.tokens import Doc

SHOWN = Path("stance") / "newsmtsc_train.jsonl"
SHOWN_LEAST = 3  # examples in which a feature must occur
SHOWN_STRENGTH = (
    0.015  # inverse strength of the penalty (L2), by cross-validation and, of equals, by the development parts
)
SHRINKAGE = 10.0  # examples of the whole set's shares added to each feature's own
FLOOR, TYPICAL = 0.3, 0.4  # the least scale of a feature, and the distance that gives 1
FOLDS = 5
# For a named holder, chosen on the development part of DSE (the training sentences name none):
HELD = 0.8  # added to neutral, since the holder may have no stance on what a sentence shows as good or bad
APART = 1.0  # added to neutral where holder and target have no verb in common
SPOKEN = 2.0  # added for (and taken from against) where the words that govern the target say it: condemned, need for
SURE = 0.5  # from this probability on, a stance is sure
STANCES, STATEMENTS = WORKSHOP / "stance_train.jsonl", WORKSHOP / "tone_train.jsonl"
HELD_STRENGTH, TONE_STRENGTH = 0.1, 0.2  # inverse strengths of the penalties (L2), chosen by cross-validation
FIRST = 1  # of the writers; those after it write sentences whose stance no situation tells, and taught it nothing
LEAST = 2  # examples in which a feature must occur
Rows = Sequence[Mapping[str, Any]]


# --- the stance that a sentence shows ---


def train_stance(gold: Path, out: Path = STANCE_WEIGHTS) -> Path:
    """Fit the weights to the annotated sentences in `gold` and write them to `out`."""
    path = gold if gold.is_file() else gold / SHOWN
    rows = sorted(gold_rows(path, checked_target), key=lambda row: str(row["id"]))
    data = [
        (summed(features(view, target)), LABELS.index(row["label"]))
        for row, (view, target) in zip(rows, views_of(rows), strict=True)
    ]
    head = {"temperature": temperature(data, [row["text"] for row in rows])}
    model.cache_clear()  # the others build on it
    return write_model(out, fitted_stance(data), head | {"held": HELD, "apart": APART, "spoken": SPOKEN, "sure": SURE})


def temperature(data: Sequence[Example], texts: Sequence[str]) -> float:
    """The temperature that makes the probabilities of sentences not trained on honest; prints the measures beside it."""
    folds = {text: n % FOLDS for n, text in enumerate(sorted(set(texts)))}
    of = np.array([folds[text] for text in texts])
    answers = np.array([answer for _, answer in data])
    scores = np.zeros((len(data), len(LABELS)))
    for fold in range(FOLDS):
        weights = fitted_stance([example for example, f in zip(data, of, strict=True) if f != fold])
        scores[of == fold] = scored([d for d, f in zip(data, of, strict=True) if f == fold], weights, len(LABELS))
    choices = np.arange(0.6, 2.01, 0.05)
    losses = [-np.log(softmax(scores / t)[np.arange(len(answers)), answers]).mean() for t in choices]
    best = round(float(choices[int(np.argmin(losses))]), 2)
    measures = label_measures(answers, softmax(scores / best), LABELS)
    print(f"{FOLDS}-fold cross-validation, temperature {best}:", measures)
    return best


def fitted_stance(data: Sequence[Example]) -> dict[str, list[float]]:
    """The weights of the regression, by feature, a weight for each label."""
    matrix, names = Matrix.of(data, SHOWN_LEAST)
    answers = np.array([answer for _, answer in data])
    scale = telling(replace(matrix, values=np.ones(len(matrix.values))), answers)
    scaled = replace(matrix, values=matrix.values * scale[matrix.columns])
    return rounded(names, fitted(scaled, answers, len(LABELS), SHOWN_STRENGTH) * scale[:, None])


def telling(matrix: Matrix, answers: Whole) -> Numbers:
    """The scale of each feature: how much it tells of the label, from `FLOOR` up."""
    shares = np.bincount(answers, minlength=len(LABELS)) / len(answers)
    seen = matrix.turned_times(np.eye(len(LABELS))[answers])
    own = (seen + SHRINKAGE * shares) / (seen.sum(axis=1, keepdims=True) + SHRINKAGE)
    return np.asarray(FLOOR + (1 - FLOOR) * np.abs(np.log(own / shares)).max(axis=1) / TYPICAL)


# --- the stance of a speaker, and the tone of a statement ---


def train() -> list[Path]:
    """Fit both models and write them."""
    rows = sorted(gold_rows(STANCES, checked_target), key=lambda row: str(row["id"]))
    rows = [row for row in rows if row["writer"] <= FIRST]
    heard_in = ((heard_example(doc, row), row["writer"]) for row, doc in zip(rows, docs_of(rows), strict=True))
    told = [(found, writer) for found, writer in heard_in if found]
    data, base = [example for (example, _), _ in told], np.array([shown for (_, shown), _ in told])
    held = train_one("stance of a speaker", data, [w for _, w in told], LABELS, HELD_STRENGTH, HOLDER_WEIGHTS, base)
    holder_weights.cache_clear()  # the second builds on the first
    rows = sorted(gold_rows(STATEMENTS, checked_tone), key=lambda row: str(row["id"]))
    writers = [row["writer"] for row in rows]
    return [held, train_one("tone of a statement", said_examples(rows), writers, TONES, TONE_STRENGTH, TONE_WEIGHTS)]


def heard_example(doc: Doc, row: Mapping[str, Any]) -> tuple[Example, Three] | None:
    """The situation of an annotated target, its label, and what the sentence shows; None where nobody speaks of it."""
    target, holder = target_in(doc, row), holder_in(doc, row)
    if not holder or set(holder) & set(target):
        return None
    view, target, _ = held_view(read_tree(doc), holder, target)
    if not speaks(view):
        return None
    found, shown, said = heard(view, target)
    return (summed(found), LABELS.index(row["label"])), heard_base(found, shown, said)


def said_examples(rows: Rows) -> list[Example]:
    """The features of annotated statements, and their tones."""
    return [
        (summed(statement_features(said)), TONES.index(row["label"]))
        for said, row in zip(said_of(rows), rows, strict=True)
    ]


def summed(found: Iterable[Feature]) -> dict[str, float]:
    """The values of the features, added up by name."""
    sums: dict[str, float] = {}
    for name, _, value in found:
        sums[name] = sums.get(name, 0.0) + value
    return sums


def train_one(
    what: str, data: Sequence[Example], writers: Sequence[int], labels: Sequence[str], strength: float, out: Path,
    base: Numbers | None = None,
) -> Path:  # fmt: skip
    """The model of these examples, written to `out`; prints how right it is on examples that it has not seen."""
    known = np.zeros((len(data), len(labels))) if base is None else base
    chances = cross_validated(data, writers, known, strength)
    print(f"{what}, {len(data)} examples, each writer left out:", label_measures([a for _, a in data], chances, labels))
    weights = regression(data, len(labels), strength, LEAST, known)
    return write_model(out, weights)


def write_model(out: Path, weights: Mapping[str, Sequence[float]], head: Mapping[str, float] | None = None) -> Path:
    """A model as it is stored: a few numbers, and a line a feature."""
    told = json_text(head)[:-1] + ",\n" if head else "{"
    lines = ",\n".join(f"{json_text(name)}: {json_text(w)}" for name, w in sorted(weights.items()))
    return write_text(out, told + '"weights": {\n' + lines + "\n}}\n")


def cross_validated(data: Sequence[Example], writers: Sequence[int], base: Numbers, strength: float) -> Numbers:
    """The probabilities for each example by the model of those by other writers."""
    chances, by = np.zeros(base.shape), np.array(writers)
    for writer in set(writers):
        others = [example for example, other in zip(data, writers, strict=True) if other != writer]
        own = [example for example, other in zip(data, writers, strict=True) if other == writer]
        weights = regression(others, base.shape[1], strength, LEAST, base[by != writer])
        chances[by == writer] = softmax(scored(own, weights, base.shape[1]) + base[by == writer])
    return chances


if __name__ == "__main__":
    if len(sys.argv) > 2:
        sys.exit("usage: python -m helpers.accuracy.training_tone [GOLD] (the folder with stance/newsmtsc_train.jsonl)")
    for path in (*map(train_stance, map(Path, sys.argv[1:])), *train()):
        print(path)
