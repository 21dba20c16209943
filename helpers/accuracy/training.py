"""Fit the weights of `helpers.reporting.decide` to annotated articles: ``python -m helpers.accuracy.training GOLD``.

GOLD is a folder with ``statements/polnear_train.jsonl`` (or a .jsonl itself): rows ``{"id", "text", "quotes": [{"start",
"end", "statement"}]}``. Writes ``data/models/statements.json``: feature -> weight, no text of the articles. The same
input gives the same file, bit for bit (sorted input, a convex problem, weights rounded to three decimals).

>>> fitted([(["a"], 1), (["b"], 0)] * 20, least=1)["a"] > 0      # doctest: +SKIP
True
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np

from helpers.accuracy.measures import is_statement
from helpers.accuracy.placing import precision_of_placing
from helpers.names.paragraphs import read_paragraphs
from helpers.parse import parse
from helpers.reporting.decide import WEIGHTS, features
from helpers.reporting.drafts import cues_of, drafts_by_grammar, quotations_of
from helpers.tables.store import write_text
from helpers.text.article import structure

Example = tuple[list[str], int]  # features, and whether it is a statement
TRAINING = Path("statements") / "polnear_train.jsonl"
LEAST = 5  # examples in which a feature must occur
STRENGTH = 0.1  # inverse strength of the penalty (L2), chosen on the development parts
STEPS, CLOSE = 50, 1e-9  # of Newton's method: at most so many, until no weight moves by more
THRESHOLD = 0.36  # from here on kept; between 0.35 and 0.45 the F1 on the development parts hardly changes


def train(gold: Path, out: Path = WEIGHTS) -> Path:
    """Fit the weights to the annotated articles in `gold` and write them to `out`."""
    path = gold if gold.is_file() else gold / TRAINING
    rows = [json.loads(line) for line in path.read_text(encoding="utf8").splitlines() if line.strip()]
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        parts = pool.map(examples, sorted(rows, key=lambda row: row["id"]), chunksize=8)
        weights = fitted([example for part in parts for example in part])
    model = {"threshold": THRESHOLD, "weights": dict(sorted(weights.items()))}
    write_model(out, model)
    return write_model(out, {**model, "placed": precision_of_placing(rows, out)})


def write_model(out: Path, model: Mapping[str, Any]) -> Path:
    return write_text(out, json.dumps(model, ensure_ascii=False, indent=0) + "\n")


def examples(row: Mapping[str, Any]) -> list[Example]:
    """The drafts of one annotated article with their features; those on "don't care" quotations are left out."""
    found: list[Example] = []
    for read in read_paragraphs(parse(structure(row["id"], row["text"]))):
        quotations = quotations_of(read)
        drafts = drafts_by_grammar(read, cues_of(read, quotations)[0], quotations)
        for draft in drafts:
            answer = is_statement(
                [(s.start, s.end) for s in (read.parsed.span(*r) for r in draft.ranges)], row["quotes"]
            )
            if answer is not None:
                found.append((features(draft, read, drafts, quotations), int(answer)))
    return found


def fitted(data: Sequence[Example], least: int = LEAST) -> dict[str, float]:
    """The weights of a logistic regression with an L2 penalty, by Newton's method; the key "" is the constant.

    numpy alone: with scikit-learn's scipy in the environment, every import of nltk would take two seconds more.
    """
    counts = Counter(name for names, _ in data for name in set(names))
    known = {name: i for i, name in enumerate(sorted(n for n, count in counts.items() if count >= least))}
    rows = np.zeros((len(data), len(known) + 1))
    rows[:, -1] = 1.0
    for row, (names, _) in zip(rows, data, strict=True):
        row[[known[name] for name in names if name in known]] = 1.0
    answers = np.array([answer for _, answer in data], dtype=float)
    penalty = np.full(rows.shape[1], 1.0 / STRENGTH)
    penalty[-1] = 1e-9  # none on the constant
    weights = np.zeros(rows.shape[1])
    for _ in range(STEPS):
        chance = 1.0 / (1.0 + np.exp(-rows @ weights))
        slope = rows.T @ (chance - answers) + penalty * weights
        curve = (rows * (chance * (1.0 - chance))[:, None]).T @ rows + np.diag(penalty)
        step = np.linalg.solve(curve, slope)
        weights -= step
        if np.abs(step).max() < CLOSE:
            break
    named = {**{name: weights[i] for name, i in known.items()}, "": weights[-1]}
    return {name: round(float(weight), 3) for name, weight in named.items() if round(float(weight), 3)}


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m helpers.accuracy.training GOLD (the folder with statements/polnear_train.jsonl)")
    print(train(Path(sys.argv[1])))
    if Path(sys.argv[1]).is_dir():  # the folder holds the sentences for stance too
        from helpers.accuracy import training_stance

        print(training_stance.train(Path(sys.argv[1])))
