"""Fit how the readable model and the encoder are weighed: ``python -m helpers.accuracy.training_mixture GOLD OWN``.

GOLD is the folder of the development parts of ``stance/``, OWN that of the project's own sentences; for these the encoder's
scores are those of models that had not seen them (``data/evaluation/encoder_left_out.json``). Writes
``data/models/stance_mixture.json`` by the greatest likelihood, each part counting alike, and prints what it gives.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from helpers.accuracy.gold import checked_target, checked_text, gold_rows
from helpers.accuracy.stance_measures import stance_measures
from helpers.accuracy.stance_rows import chances_of, encoder_scores
from helpers.accuracy.training import minimised
from helpers.folders import EVALUATION
from helpers.records import LABELS
from helpers.tables.record import json_text
from helpers.tables.store import write_text
from helpers.tone.encoder import TONES
from helpers.tone.mixture import FAINTEST, MIXTURE

Numbers = NDArray[np.float64]
LEFT_OUT = EVALUATION / "encoder_left_out.json"
PARTS = {"shown": ("newsmtsc_rw_dev", "newsmtsc_mt_dev"), "held": ("dse_dev",)}
PENALTY = 1e-3


@dataclass(frozen=True)
class Part:
    """Annotated targets with the logarithms of both verdicts."""

    readable: Numbers
    encoder: Numbers
    answers: NDArray[np.int64]


def train(gold: Path, own: Path, out: Path = MIXTURE) -> Path:
    """Fit the numbers and write them."""
    left_out = msgspec.json.decode(LEFT_OUT.read_bytes())
    parts = {name: developed(gold / "stance" / f"{name}.jsonl") for names in PARTS.values() for name in names}
    rows = gold_rows(own / "stance_train.jsonl", checked_target)
    parts["own"] = part_of(rows, [left_out["stance"][row["id"]] for row in rows], list(chances_of(rows)), LABELS)
    tones = gold_rows(own / "tone_train.jsonl", checked_text)
    parts["tones"] = part_of(tones, [left_out["tone"][row["id"]] for row in tones], None, TONES)
    found = {}
    for kind, names in {**PARTS, "held": (*PARTS["held"], "own"), "tone": ("tones",)}.items():
        weights = fitted([parts[name] for name in names])
        for name in names:
            told = stance_measures(parts[name].answers, np.exp(mixed_scores(weights, parts[name])))
            print(f"{kind:6}{name:18}", told if kind != "tone" else "")
        rounded = [round(float(w), 2) + 0.0 for w in weights]
        found[kind] = {"readable": rounded[0], "encoder": rounded[1], "shift": rounded[2:]}
    return write_text(out, "{\n" + ",\n".join(f"{json_text(k)}: {json_text(m)}" for k, m in found.items()) + "\n}\n")


def developed(path: Path) -> Part:
    """A development part, with what both say of it."""
    rows = gold_rows(path, checked_target)
    return part_of(rows, encoder_scores(rows), list(chances_of(rows)), LABELS)


def part_of(
    rows: Sequence[Mapping[str, Any]], scores: Any, chances: Sequence[Sequence[float]] | None, labels: Sequence[str]
) -> Part:
    """Both verdicts as logarithms; where there is no readable one, it says nothing."""
    encoder = np.asarray(scores, dtype=float)
    readable = np.zeros_like(encoder) if chances is None else np.log(np.maximum(np.array(chances), FAINTEST))
    encoder = np.maximum(encoder - np.log(np.exp(encoder).sum(1, keepdims=True)), np.log(FAINTEST))
    return Part(readable, encoder, np.array([labels.index(row["label"]) for row in rows]))


def mixed_scores(weights: Numbers, part: Part) -> Numbers:
    """The logarithms of the mixed probabilities."""
    sums = weights[0] * part.readable + weights[1] * part.encoder + weights[2:]
    return np.asarray(sums - np.log(np.exp(sums).sum(1, keepdims=True)))


def fitted(parts: Sequence[Part]) -> Numbers:
    """The weights of both verdicts and the shift of each label."""
    labels = parts[0].encoder.shape[1]

    def loss(weights: Numbers, parts: Sequence[Part]) -> tuple[float, Numbers]:
        value, slope = PENALTY * float(weights @ weights) / 2, PENALTY * weights
        for part in parts:
            scores, size = mixed_scores(weights, part), len(part.answers)
            errors = np.exp(scores) - np.eye(labels)[part.answers]
            value -= float(scores[np.arange(size), part.answers].mean())
            pulls = [(errors * part.readable).sum(), (errors * part.encoder).sum(), *errors.sum(0)]
            slope = slope + np.array(pulls) / size
        return value, slope

    return minimised(partial(loss, parts=parts), labels + 2)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: python -m helpers.accuracy.training_mixture GOLD OWN (folders; see the docstring)")
    print(train(Path(sys.argv[1]), Path(sys.argv[2])))
