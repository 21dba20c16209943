"""Go on fitting the encoder, on one core and no other device: ``python -m helpers.accuracy.finishing_encoder START GOLD OUT``.

START is an encoder as it is stored, GOLD the folder with ``stance/newsmtsc_train.jsonl`` and ``stance/dse_train.jsonl``, OUT a
folder for ``encoder.npz`` and ``left_out.json``. The upper layers learn from the project's own sentences; each of their writers
but the first is left out of one run, and what is then said of that writer is kept for weighing the encoder. Sentences of
others, with what START says of them, keep it from forgetting (Li & Hoiem, ECCV 2016). What is stored is the mean of the weights
of the runs and of START (Wortsman et al., CVPR 2022). The same input gives the same files on the same machine.
"""

from __future__ import annotations

import json
import math
import random
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch

from helpers.accuracy.encoder_net import (
    SMOOTHING,
    Encoder,
    Fitting,
    State,
    Table,
    averaged,
    batches,
    chances_of,
    loss_of,
    macro_f1,
    restored,
    store,
)  # fmt: skip
from helpers.accuracy.encoder_rows import DEVELOPMENT, TRAINING, Example, examples_of, others_rows, rows_of
from helpers.accuracy.training_tone import STANCES, STATEMENTS
from helpers.tone.wordpiece import WordPiece

FIXED = 2  # lower layers that stay as they are
RATE, HEAD_RATE, EPOCHS, BATCH = 1e-4, 3e-4, 3, 32
POOL = {"newsmtsc_train": 6000, "dse_train": 3000}  # sentences of others, and
REPLAYED = 3500  # how many of them are read in an epoch
SHORT = 60  # pieces of such a sentence at most
TAUGHT = 0.7  # share of what START says in what is wanted of them
KEPT = 0.4  # share of START's weights in the mean
LEFT_OUT = ((2, 7, 12), (3, 8, 13), (4, 9, 14), (5, 10, 15), (6, 11, 16))  # the writers of whom a run reads nothing


def fitted(start: Encoder, below: Sequence[torch.Tensor], table: Table, own: Sequence[int], seed: int) -> State:
    """The weights after learning from `own` rows of the table, and from those of its last `POOL`."""
    model, rng = Encoder(), random.Random(seed)
    model.load_state_dict(start.state_dict())
    torch.manual_seed(seed)
    model.train()
    slow = [p for layer in model.layers[FIXED:] for p in layer.parameters()]
    fit = Fitting(slow, model, RATE, HEAD_RATE, EPOCHS * math.ceil((len(own) + REPLAYED) / BATCH))
    others = range(len(below) - sum(POOL.values()), len(below))
    for _ in range(EPOCHS):
        rows = [*own, *rng.sample(others, REPLAYED)]
        for places in batches(table.lengths[rows], BATCH, rng):
            batch = [rows[place] for place in places]
            ids, roles, is_tone, wanted = table.rows(batch)
            x = torch.nn.utils.rnn.pad_sequence([below[row] for row in batch], batch_first=True)
            with torch.autocast("cpu", dtype=torch.bfloat16):  # twice as fast, and as good
                scores = model.above(x, ids, roles, FIXED)
            fit.step(loss_of(scores, is_tone, wanted))
    return model.state_dict()


def after_fixed(model: Encoder, table: Table) -> list[torch.Tensor]:
    """What the fixed layers give of each row, computed once."""
    model.eval()
    found: dict[int, torch.Tensor] = {}
    with torch.no_grad():
        for rows in batches(table.lengths, 64):
            x = model.below(table.rows(rows)[0], FIXED)
            found |= {row: x[n, : table.lengths[row]].clone() for n, row in enumerate(rows)}
    return [found[row] for row in range(len(table.lengths))]


def replayed(model: Encoder, sets: Mapping[str, Sequence[Example]]) -> list[Example]:
    """Sentences of others, with what `model` says of them beside their labels."""
    rng, found = random.Random(0), list[Example]()
    for name, many in POOL.items():
        found += rng.sample([e for e in sets[name] if len(e.ids) <= SHORT], many)
    wanted = [
        tuple(TAUGHT * chances[:3] + (1 - TAUGHT) * np.array(e.wanted))
        for e, chances in zip(found, chances_of(model, found), strict=True)
    ]
    return [replace(e, wanted=w) for e, w in zip(found, wanted, strict=True)]


def mended(start: Encoder, states: Sequence[State]) -> Encoder:
    """The encoder with the mean of the runs' weights and those of the start."""
    model, own = Encoder(), start.state_dict()
    mean = averaged(states)
    model.load_state_dict({name: KEPT * own[name] + (1 - KEPT) * mean[name] for name in own})
    return model


def runs_of(start: Encoder, own: Sequence[Example], others: Mapping[str, Sequence[Example]], out: Path) -> list[State]:
    """The weights of each run without some writers; one that lies in `out` already is not made again."""
    paths = {writers: out / f"run-{writers[0]}.pt" for writers in LEFT_OUT}
    if not all(path.exists() for path in paths.values()):
        table = Table.of([*own, *replayed(start, others)], SMOOTHING)
        below = after_fixed(start, table)
        for writers, path in paths.items():
            if not path.exists():
                read = [n for n, e in enumerate(own) if e.writer not in writers]
                torch.save(fitted(start, below, table, read, writers[0]), path)
    return [torch.load(path, weights_only=True) for path in paths.values()]


def finish(start_path: Path, gold: Path, out: Path, each: int = 1) -> None:
    """Fit all runs, and write the encoder and what was left out. `each`, for trying things out: of so many rows, one."""
    torch.set_num_threads(1)
    start, vocabulary = restored(start_path)
    pieces, rows = WordPiece(vocabulary), others_rows(gold)
    own = examples_of([row for path in (STANCES, STATEMENTS) for row in rows_of(path)[::each]], pieces)
    runs = runs_of(start, own, {name: examples_of(rows[name], pieces) for name in TRAINING}, out)
    left_out = dict[str, dict[str, list[float]]](stance={}, tone={})
    models = {writer: mended(start, [run]) for writers, run in zip(LEFT_OUT, runs, strict=True) for writer in writers}
    for writer, model in sorted(models.items()):
        for task, name in enumerate(left_out):
            left = [e for e in own if e.writer == writer and e.task == task]
            if not left:  # who wrote no statements
                continue
            chances = chances_of(model, left)
            print(f"{name} by writer {writer}, unread: macro-F1 {macro_f1(left, chances)}", flush=True)
            for e, found in zip(left, chances, strict=True):
                left_out[name][e.id] = [round(math.log(chance), 2) for chance in found[: len(e.wanted)].tolist()]
    (out / "left_out.json").write_text(json.dumps(left_out), encoding="utf8")
    store(out / "encoder.npz", mended(start, runs).state_dict(), vocabulary)
    stored, _ = restored(out / "encoder.npz")
    for name in DEVELOPMENT:
        examples = examples_of(rows[name], pieces)
        print(f"{name}: macro-F1 {macro_f1(examples, chances_of(stored, examples))}", flush=True)


if __name__ == "__main__":
    if len(sys.argv) not in (4, 5):
        sys.exit("usage: python -m helpers.accuracy.finishing_encoder START.npz GOLD OUT")
    start, gold, out = map(Path, sys.argv[1:4])
    finish(start, gold, out, *map(int, sys.argv[4:]))
