"""Fit the encoder of stance and tone from its base: ``python -m helpers.accuracy.training_encoder BASE GOLD TRANSFER OUT``.

BASE is the folder of the packaged base (see the card), GOLD that of the annotated sentences, TRANSFER a .jsonl of unlabelled
targets (`helpers.accuracy.transfer_rows`), OUT a folder for ``encoder.npz``, with which `helpers.accuracy.finishing_encoder`
goes on. Needs torch and safetensors, which no user needs, and a large GPU: one run takes minutes there, and hours on a core.

Two settings are fitted with several seeds each; their ensemble labels all sentences for students (Hinton et al. 2015), whose
weights are averaged (Wortsman et al., ICML 2022).
"""

from __future__ import annotations

import math
import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch

from helpers.accuracy.encoder_net import (
    DEVICE,
    SMOOTHING,
    Encoder,
    Fitting,
    Table,
    averaged,
    based,
    batches,
    chances_of,
    loss_of,
    macro_f1,
    store,
)  # fmt: skip
from helpers.accuracy.encoder_rows import DEVELOPMENT, Example, examples_of, others_rows, rows_of, told_rows
from helpers.accuracy.training_tone import FIRST, STANCES, STATEMENTS
from helpers.tone.wordpiece import WordPiece

HEAD_RATE, BATCH = 1e-3, 64
Sets = dict[str, list[Example]]


@dataclass(frozen=True)
class Setting:
    """One way to fit the encoder."""

    rate: float = 12e-5
    epochs: int = 4
    own: int = 4  # how often the project's own sentences are seen in an epoch
    told: float = 0.15  # sentences made by rule, as a share of the others
    dse: float = 0.5  # share of the sentences with a holder that are seen
    seed: int = 0


TEACHERS = [replace(s, seed=n) for s in (Setting(), Setting(8e-5, 5, told=0.1, dse=0.25)) for n in range(6)]
STUDENTS = [Setting(epochs=6, seed=n) for n in range(5)]
TAUGHT = 0.7  # share of what the teachers say in what is wanted of the students


def fitted(base: Path, sets: Sets, setting: Setting) -> Encoder:
    """The encoder, fitted to what a setting chooses of the sets."""
    rng = random.Random(setting.seed)
    rows = [*sets["newsmtsc_train"], *rng.sample(sets["dse_train"], round(setting.dse * len(sets["dse_train"])))]
    rows += sets["own"] * setting.own
    rows += rng.sample(sets["told"], min(len(sets["told"]), round(setting.told * len(rows)))) + sets.get("transfer", [])
    model, table = based(base).to(DEVICE).train(), Table.of(rows, SMOOTHING)
    torch.manual_seed(1 + setting.seed)
    slow = [p for part in (model.place, model.norm, model.layers) for p in part.parameters()]
    fit = Fitting(slow, model, setting.rate, HEAD_RATE, setting.epochs * math.ceil(len(rows) / BATCH))
    for _ in range(setting.epochs):
        for batch in batches(table.lengths, BATCH, rng):
            ids, roles, is_tone, wanted = table.rows(batch)
            with torch.autocast(DEVICE, dtype=torch.bfloat16, enabled=DEVICE == "cuda"):
                scores = model(ids, roles)
            fit.step(loss_of(scores, is_tone, wanted))
    print(setting, {name: macro_f1(sets[name], chances_of(model, sets[name])) for name in DEVELOPMENT}, flush=True)
    return model


def taught(sets: Sets, teachers: Sequence[Encoder]) -> Sets:
    """The sets with what the teachers say in what is wanted; of those without a label, it alone."""
    found = dict(sets)
    for name in sets.keys() - {*DEVELOPMENT}:
        said = np.mean([chances_of(model, sets[name]) for model in teachers], axis=0)
        share = 1.0 if name == "transfer" else TAUGHT
        found[name] = [
            replace(e, wanted=tuple(share * c[: len(e.wanted)] + (1 - share) * np.array(e.wanted)))
            for e, c in zip(sets[name], said, strict=True)
        ]
    return found


def sets_of(gold: Path, vocabulary: Sequence[str]) -> Sets:
    """All labelled examples, in pieces."""
    rows: dict[str, list[dict[str, object]]] = others_rows(gold)
    own = {
        name: [r for r in rows_of(path) if r["writer"] == FIRST]
        for name, path in (("stances", STANCES), ("said", STATEMENTS))
    }
    rows["told"] = told_rows(own["stances"], rows)
    rows["own"] = [*own["stances"], *own["said"]]
    pieces = WordPiece(vocabulary)
    return {name: examples_of(found, pieces) for name, found in rows.items()}


def train(base: Path, gold: Path, transfer: Path, out: Path, each: int = 1) -> Path:
    """Fit teachers and students, and store the mean of these. `each`, for trying things out: of so many rows and runs, one."""
    vocabulary = (base / "vocab.txt").read_text(encoding="utf8").splitlines()
    sets = {name: found[::each] for name, found in sets_of(gold, vocabulary).items()}
    teachers = [fitted(base, sets, setting) for setting in TEACHERS[::each]]
    sets = taught(sets | {"transfer": examples_of(rows_of(transfer)[::each], WordPiece(vocabulary))}, teachers)
    students = [fitted(base, sets, setting).state_dict() for setting in STUDENTS[::each]]
    mean = averaged(students)
    return store(out / "encoder.npz", mean, vocabulary)


if __name__ == "__main__":
    if len(sys.argv) not in (5, 6):
        sys.exit("usage: python -m helpers.accuracy.training_encoder BASE GOLD TRANSFER.jsonl OUT")
    base, gold, transfer, out = map(Path, sys.argv[1:5])
    print(train(base, gold, transfer, out, *map(int, sys.argv[5:])))
