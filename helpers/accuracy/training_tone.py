"""Fit the two small models of tone to sentences of our own: ``python -m helpers.accuracy.training_tone``.

Reads ``data/workshop/stance_train.jsonl`` (what a speaker thinks of a target) and ``tone_train.jsonl`` (the tone of a whole
statement), and writes ``data/models/holder.json`` and ``tone.json``: feature -> a weight for each label. The first builds on
``stance.json``, the second on both. The same input gives the same files, bit for bit. Prints what ten-fold
cross-validation says of each.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from helpers.accuracy.gold import checked_target, checked_tone, gold_rows
from helpers.accuracy.regression import Example, Numbers, regression, scored, softmax
from helpers.accuracy.stance_measures import label_measures
from helpers.accuracy.stance_rows import docs_of, holder_in, target_in
from helpers.accuracy.tone_rows import said_of
from helpers.folders import WORKSHOP
from helpers.records import LABELS, TONES
from helpers.tables.record import json_text
from helpers.tables.store import write_text
from helpers.tone.features import Feature
from helpers.tone.holder import held_view, speaks
from helpers.tone.model import HOLDER_WEIGHTS, heard_base, holder_weights
from helpers.tone.stance import heard
from helpers.tone.statement import statement_features
from helpers.tone.verdict import WEIGHTS
from helpers.tree import read_tree

STANCES, STATEMENTS = WORKSHOP / "stance_train.jsonl", WORKSHOP / "tone_train.jsonl"
HELD_STRENGTH, TONE_STRENGTH = 0.1, 0.2  # inverse strengths of the penalties (L2), chosen by cross-validation
LEAST = 2  # examples in which a feature must occur
FOLDS = 10


def train() -> list[Path]:
    """Fit both models and write them."""
    rows = sorted(gold_rows(STANCES, checked_target), key=lambda row: str(row["id"]))
    data, base = held_examples(rows)
    held = fitted("stance of a speaker", data, LABELS, HELD_STRENGTH, HOLDER_WEIGHTS, base)
    holder_weights.cache_clear()  # the second builds on the first
    rows = sorted(gold_rows(STATEMENTS, checked_tone), key=lambda row: str(row["id"]))
    data = [(summed(statement_features(s)), TONES.index(r["label"])) for s, r in zip(said_of(rows), rows, strict=True)]
    return [held, fitted("tone of a statement", data, TONES, TONE_STRENGTH, WEIGHTS)]


def held_examples(rows: Sequence[Mapping[str, Any]]) -> tuple[list[Example], Numbers]:
    """The situation of each annotated target of which somebody speaks, and its label; and what the sentence shows."""
    data, base = [], []
    for row, doc in zip(rows, docs_of(rows), strict=True):
        target, holder = target_in(doc, row), holder_in(doc, row)
        if not holder or set(holder) & set(target):
            continue
        view, target, _ = held_view(read_tree(doc), holder, target)
        if speaks(view):
            found, shown, said = heard(view, target)
            data.append((summed(found), LABELS.index(row["label"])))
            base.append(heard_base(found, shown, said))
    return data, np.array(base)


def summed(found: Iterable[Feature]) -> dict[str, float]:
    """The values of the features, added up by name."""
    sums: dict[str, float] = {}
    for name, _, value in found:
        sums[name] = sums.get(name, 0.0) + value
    return sums


def fitted(
    what: str, data: Sequence[Example], labels: Sequence[str], strength: float, out: Path, base: Numbers | None = None
) -> Path:
    """The model of these examples, written to `out`; prints how right it is on examples that it has not seen."""
    known = np.zeros((len(data), len(labels))) if base is None else base
    chances = cross_validated(data, known, strength)
    print(f"{what}, {len(data)} examples, {FOLDS}-fold:", label_measures([a for _, a in data], chances, labels))
    weights = regression(data, len(labels), strength, LEAST, known)
    lines = ",\n".join(f"{json_text(name)}: {json_text(w)}" for name, w in sorted(weights.items()))
    return write_text(out, '{"weights": {\n' + lines + "\n}}\n")


def cross_validated(data: Sequence[Example], base: Numbers, strength: float) -> Numbers:
    """The probabilities for each example by the model of those in other folds."""
    chances, fold_of = np.zeros(base.shape), np.arange(len(data)) % FOLDS
    for fold in range(FOLDS):
        others = [example for example, f in zip(data, fold_of, strict=True) if f != fold]
        weights = regression(others, base.shape[1], strength, LEAST, base[fold_of != fold])
        chances[fold::FOLDS] = softmax(scored(data[fold::FOLDS], weights, base.shape[1]) + base[fold::FOLDS])
    return chances


if __name__ == "__main__":
    for path in train():
        print(path)
