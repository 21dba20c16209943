"""Fit how the readable models and the encoder are weighed: ``python -m helpers.accuracy.training_mixture GOLD``.

GOLD is the folder of the development parts of ``stance/``. Beside these it reads the project's own sentences, for which both
verdicts are those of models that had read nothing by their writer: the encoder's lie in ``data/evaluation/encoder_left_out.json``.
Writes
``data/models/stance_mixture.json``, the numbers of the greatest likelihood, and prints how right each verdict is.
"""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from helpers.accuracy.encoder_rows import DEVELOPMENT, asked_of
from helpers.accuracy.gold import checked_target, checked_tone, gold_rows
from helpers.accuracy.measures import label_measures
from helpers.accuracy.regression import minimised
from helpers.accuracy.tone_rows import docs_of, holder_in, target_in
from helpers.accuracy.training_tone import (
    STANCES,
    STATEMENTS,
    TONE_STRENGTH,
    Rows,
    cross_validated,
    said_examples,
)  # fmt: skip
from helpers.folders import EVALUATION
from helpers.records import LABELS, TONES
from helpers.tables.record import json_text
from helpers.tables.store import write_text
from helpers.tone.encoder import by_encoder
from helpers.tone.mixture import FAINTEST, MIXTURE
from helpers.tone.model import Three
from helpers.tone.stance import readable_verdict

Numbers = NDArray[np.float64]
LEFT_OUT = EVALUATION / "encoder_left_out.json"
PARTS = {
    "shown": ("newsmtsc_rw_dev, shown", "newsmtsc_mt_dev, shown"),
    "held": ("dse_dev, held", "own, held"),
    "heard": ("dse_dev, heard", "own, heard"),
    "tone": ("own statements",),
}
UNSHIFTED = ("tone",)  # its one part has as many of each label as its writers were asked for: nothing to learn from
PENALTY = 1e-3


@dataclass(frozen=True)
class Part:
    """Annotated targets with the logarithms of both verdicts."""

    readable: Numbers
    encoder: Numbers
    answers: NDArray[np.int64]


def train(gold: Path, out: Path = MIXTURE) -> Path:
    """Fit the numbers and write them."""
    parts = {"own statements": own_statements(), **own_stances()}
    for name in DEVELOPMENT:
        rows = gold_rows(gold / "stance" / f"{name}.jsonl", checked_target)
        parts |= parts_of(name, rows, verdicts_of(rows), by_encoder([asked_of(row) for row in rows])[0])
    found = {}
    for kind, names in PARTS.items():
        labels = TONES if kind == "tone" else LABELS
        weights = fitted([parts[name] for name in names], len(labels), kind not in UNSHIFTED)
        for name in names:
            part = parts[name]
            each = {"readable": part.readable, "encoder": part.encoder, "both": mixed_scores(weights, part)}
            for verdict, scores in each.items():
                measures = label_measures(part.answers, np.exp(scores), labels)
                print(f"{name:22} {len(part.answers):4} {verdict:9}", measures)
        rounded = [round(float(w), 2) + 0.0 for w in weights]
        found[kind] = {"readable": rounded[0], "encoder": rounded[1], "shift": rounded[2:]}
    return write_text(out, "{\n" + ",\n".join(f"{json_text(k)}: {json_text(m)}" for k, m in found.items()) + "\n}\n")


def verdicts_of(rows: Rows) -> list[tuple[Three, str]]:
    """What the readable models say of annotated targets, and of which kind it is."""
    return [
        readable_verdict(doc, target_in(doc, row), holder_in(doc, row))
        for row, doc in zip(rows, docs_of(rows), strict=True)
    ]


def parts_of(name: str, rows: Rows, verdicts: Sequence[tuple[Three, str]], scores: Any) -> dict[str, Part]:
    """The rows by their kind of verdict; without those that are settled."""
    found = {}
    for kind in {kind for _, kind in verdicts if kind}:
        own = [n for n, (_, other) in enumerate(verdicts) if other == kind]
        found[f"{name}, {kind}"] = part_of(
            [verdicts[n][0] for n in own], [scores[n] for n in own], [rows[n] for n in own], LABELS
        )
    return found


def own_stances() -> dict[str, Part]:
    """The project's own targets, each judged by models that have read nothing by its writer."""
    stored = left_out("stance")
    rows = [row for row in gold_rows(STANCES, checked_target) if row["id"] in stored]
    return parts_of("own", rows, verdicts_of(rows), [stored[row["id"]] for row in rows])


def own_statements() -> Part:
    stored, rows = left_out("tone"), gold_rows(STATEMENTS, checked_tone)
    base, writers = np.zeros((len(rows), len(TONES))), [row["writer"] for row in rows]
    chances = cross_validated(said_examples(rows), writers, base, TONE_STRENGTH)
    kept = [n for n, row in enumerate(rows) if row["id"] in stored]
    rows = [rows[n] for n in kept]
    return part_of(chances[kept], [stored[row["id"]] for row in rows], rows, TONES)


def left_out(task: str) -> Mapping[str, Sequence[float]]:
    """What encoders say of sentences by a writer of whom they had read nothing, by id."""
    found: Mapping[str, Sequence[float]] = msgspec.json.decode(LEFT_OUT.read_bytes())[task]
    return found


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


def fitted(parts: Sequence[Part], labels: int, shifted: bool) -> Numbers:
    """The weights of both verdicts and the shift of each label, or none; each part counts alike."""

    def loss(weights: Numbers, parts: Sequence[Part]) -> tuple[float, Numbers]:
        value, slope = PENALTY * float(weights @ weights) / 2, PENALTY * weights
        for part in parts:
            scores, size = mixed_scores(weights, part), len(part.answers)
            errors = np.exp(scores) - np.eye(labels)[part.answers]
            value -= float(scores[np.arange(size), part.answers].mean())
            pulls = [(errors * part.readable).sum(), (errors * part.encoder).sum(), *errors.sum(0)]
            slope = slope + np.array(pulls) / size
        return value, slope if shifted else slope * ([1, 1] + [0] * labels)

    return minimised(partial(loss, parts=parts), labels + 2)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m helpers.accuracy.training_mixture GOLD (the folder with stance/dse_dev.jsonl)")
    print(train(Path(sys.argv[1])))
