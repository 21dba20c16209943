"""Fit the two small models of tone to sentences of our own: ``python -m helpers.accuracy.training_tone``.

Reads ``data/workshop/stance_train.jsonl`` (what a speaker thinks of a target) and ``tone_train.jsonl`` (the tone of a whole
statement), and writes ``data/models/holder.json`` and ``tone.json``: feature -> a weight for each label. The first builds on
``stance.json``, the second on both. The same input gives the same files, bit for bit. Prints how right each is about writers
whom it has not read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

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
from helpers.tone.model import HOLDER_WEIGHTS, Three, heard_base, holder_weights
from helpers.tone.stance import heard
from helpers.tone.statement import statement_features
from helpers.tone.verdict import WEIGHTS
from helpers.tree import read_tree

if TYPE_CHECKING:
    from spacy.tokens import Doc

STANCES, STATEMENTS = WORKSHOP / "stance_train.jsonl", WORKSHOP / "tone_train.jsonl"
HELD_STRENGTH, TONE_STRENGTH = 0.1, 0.2  # inverse strengths of the penalties (L2), chosen by cross-validation
FIRST = 1  # of the writers; those after it write sentences whose stance no situation tells, and taught it nothing
LEAST = 2  # examples in which a feature must occur
Rows = Sequence[Mapping[str, Any]]


def train() -> list[Path]:
    """Fit both models and write them."""
    rows = sorted(gold_rows(STANCES, checked_target), key=lambda row: str(row["id"]))
    rows = [row for row in rows if row["writer"] <= FIRST]
    heard_in = ((heard_example(doc, row), row["writer"]) for row, doc in zip(rows, docs_of(rows), strict=True))
    told = [(found, writer) for found, writer in heard_in if found]
    data, base = [example for (example, _), _ in told], np.array([shown for (_, shown), _ in told])
    held = fitted("stance of a speaker", data, [w for _, w in told], LABELS, HELD_STRENGTH, HOLDER_WEIGHTS, base)
    holder_weights.cache_clear()  # the second builds on the first
    rows = sorted(gold_rows(STATEMENTS, checked_tone), key=lambda row: str(row["id"]))
    writers = [row["writer"] for row in rows]
    return [held, fitted("tone of a statement", said_examples(rows), writers, TONES, TONE_STRENGTH, WEIGHTS)]


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


def fitted(
    what: str, data: Sequence[Example], writers: Sequence[int], labels: Sequence[str], strength: float, out: Path,
    base: Numbers | None = None,
) -> Path:  # fmt: skip
    """The model of these examples, written to `out`; prints how right it is on examples that it has not seen."""
    known = np.zeros((len(data), len(labels))) if base is None else base
    chances = cross_validated(data, writers, known, strength)
    print(f"{what}, {len(data)} examples, each writer left out:", label_measures([a for _, a in data], chances, labels))
    weights = regression(data, len(labels), strength, LEAST, known)
    lines = ",\n".join(f"{json_text(name)}: {json_text(w)}" for name, w in sorted(weights.items()))
    return write_text(out, '{"weights": {\n' + lines + "\n}}\n")


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
    for path in train():
        print(path)
