"""Fit how the readable models and the encoder are weighed: ``python -m helpers.accuracy.training_mixture GOLD``.

GOLD is the folder of the development parts of ``stance/``. Beside these it reads the project's own sentences, for which both
verdicts are those of models that had not seen them: the encoder's lie in ``data/evaluation/encoder_left_out.json``. Writes
``data/models/stance_mixture.json``, the numbers of the greatest likelihood, and prints how right each verdict is.
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

from helpers.accuracy.encoder_rows import asked_of
from helpers.accuracy.gold import checked_target, checked_tone, gold_rows
from helpers.accuracy.stance_measures import label_measures
from helpers.accuracy.stance_rows import chances_of
from helpers.accuracy.tone_rows import said_of
from helpers.accuracy.training import minimised
from helpers.accuracy.training_tone import (
    HELD_STRENGTH,
    STANCES,
    STATEMENTS,
    TONE_STRENGTH,
    cross_validated,
    held_examples,
    summed,
)  # fmt: skip
from helpers.folders import EVALUATION
from helpers.records import LABELS, TONES
from helpers.tables.record import json_text
from helpers.tables.store import write_text
from helpers.tone.encoder import by_encoder
from helpers.tone.mixture import FAINTEST, MIXTURE
from helpers.tone.situation import SILENT
from helpers.tone.statement import statement_features

Numbers = NDArray[np.float64]
LEFT_OUT = EVALUATION / "encoder_left_out.json"
DEVELOPMENT = ("newsmtsc_rw_dev", "newsmtsc_mt_dev", "dse_dev")
PARTS = {"shown": DEVELOPMENT[:2], "held": ("dse_dev", "own stances"), "tone": ("own statements",)}
PENALTY = 1e-3


@dataclass(frozen=True)
class Part:
    """Annotated targets with the logarithms of both verdicts."""

    readable: Numbers
    encoder: Numbers
    answers: NDArray[np.int64]


def train(gold: Path, out: Path = MIXTURE) -> Path:
    """Fit the numbers and write them."""
    parts = {name: developed(gold / "stance" / f"{name}.jsonl") for name in DEVELOPMENT}
    parts |= {"own stances": own_stances(), "own statements": own_statements()}
    found = {}
    for kind, names in PARTS.items():
        labels = TONES if kind == "tone" else LABELS
        weights = fitted([parts[name] for name in names], len(labels))
        for name in names:
            part = parts[name]
            each = {"readable": part.readable, "encoder": part.encoder, "both": mixed_scores(weights, part)}
            for verdict, scores in each.items():
                print(f"{name:18} {verdict:9}", label_measures(part.answers, np.exp(scores), labels))
        rounded = [round(float(w), 2) + 0.0 for w in weights]
        found[kind] = {"readable": rounded[0], "encoder": rounded[1], "shift": rounded[2:]}
    return write_text(out, "{\n" + ",\n".join(f"{json_text(k)}: {json_text(m)}" for k, m in found.items()) + "\n}\n")


def developed(path: Path) -> Part:
    """A development part, with what both say of it."""
    rows = gold_rows(path, checked_target)
    return part_of(list(chances_of(rows)), by_encoder([asked_of(row) for row in rows])[0], rows, LABELS)


def own_stances() -> Part:
    """The project's own targets, each judged by models of the others; without those that their situation decides."""
    rows = gold_rows(STANCES, checked_target)
    heard = [held_examples([row]) for row in rows]  # nothing where the holder does not speak
    kept = [n for n, (data, _) in enumerate(heard) if not (data and SILENT & data[0][0].keys())]
    rows, heard = [rows[n] for n in kept], [heard[n] for n in kept]
    chances = np.array(list(chances_of(rows)))
    places = [n for n, (data, _) in enumerate(heard) if data]
    base = np.concatenate([heard[n][1] for n in places])
    chances[places] = cross_validated([heard[n][0][0] for n in places], base, HELD_STRENGTH)
    return part_of(chances, unseen_by("stance", rows), rows, LABELS)


def own_statements() -> Part:
    """The project's own statements, likewise."""
    rows = gold_rows(STATEMENTS, checked_tone)
    data = [(summed(statement_features(s)), TONES.index(r["label"])) for s, r in zip(said_of(rows), rows, strict=True)]
    chances = cross_validated(data, np.zeros((len(data), len(TONES))), TONE_STRENGTH)
    return part_of(chances, unseen_by("tone", rows), rows, TONES)


def unseen_by(task: str, rows: Sequence[Mapping[str, Any]]) -> Any:
    """The scores of encoders that had not seen the rows: as stored, or the encoder's own for a row that it never saw."""
    stored = msgspec.json.decode(LEFT_OUT.read_bytes())[task]
    asked = [asked_of(row) for row in rows]
    own = by_encoder(asked)[0] if task == "stance" else by_encoder((), asked)[1]
    return [stored.get(row["id"], scores) for row, scores in zip(rows, own, strict=True)]


def part_of(chances: Any, scores: Any, rows: Sequence[Mapping[str, Any]], labels: Sequence[str]) -> Part:
    """Both verdicts as logarithms, and the answers."""
    encoder = np.asarray(scores, dtype=float)
    encoder = np.exp(encoder) / np.exp(encoder).sum(1, keepdims=True)
    readable, encoder = (np.log(np.maximum(np.asarray(one), FAINTEST)) for one in (chances, encoder))
    return Part(readable, encoder, np.array([labels.index(row["label"]) for row in rows]))


def mixed_scores(weights: Numbers, part: Part) -> Numbers:
    """The logarithms of the mixed probabilities."""
    sums = weights[0] * part.readable + weights[1] * part.encoder + weights[2:]
    return np.asarray(sums - np.log(np.exp(sums).sum(1, keepdims=True)))


def fitted(parts: Sequence[Part], labels: int) -> Numbers:
    """The weights of both verdicts and the shift of each label; each part counts alike."""

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
    if len(sys.argv) != 2:
        sys.exit("usage: python -m helpers.accuracy.training_mixture GOLD (the folder with stance/dse_dev.jsonl)")
    print(train(Path(sys.argv[1])))
