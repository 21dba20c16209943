"""Measure stance against annotated sentences: ``python -m helpers evaluate stance GOLD.jsonl``.

Rows ``{"id", "text", "target_start", "target_end", "label"}``; a row that names its holder (``speaker`` or ``source``, with
``source_start`` and ``source_end`` or as words of the text) asks for that one's stance, else it is what the sentence shows.
Beside the model stand two word lists, VADER and AFINN, each over the whole sentence.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from helpers.accuracy.gold import checked_target, gold_rows
from helpers.accuracy.stance_measures import afinn_label, measures, report
from helpers.accuracy.stance_rows import Row, docs_of, holder_in, tokens_at
from helpers.commands.progress import progress
from helpers.records import LABELS
from helpers.tables.store import write_text
from helpers.tone.model import Three, label_of, model
from helpers.tone.sentiment import analyser
from helpers.tone.sentiment import label_of as vader_label
from helpers.tone.stance import judged


def evaluate_stance(gold: str | Path, predictions: str | Path | None = None) -> int:
    """Print macro-F1, F1 a label, accuracy and calibration of the stances, VADER and AFINN beside them.

    Raises `InputProblem` where the file is not one of annotated sentences.
    """
    rows = gold_rows(gold, checked_target)
    found = list(progress(chances_of(rows), "sentences", total=len(rows)))
    if predictions is not None:
        write_text(Path(predictions), "".join(map(prediction, rows, found)))
    answers = [LABELS.index(row["label"]) for row in rows]
    tables = {
        "this model": measures(answers, np.array(found)),
        "VADER": measures(answers, certain(vader_label(vader(row["text"])) for row in rows)),
        "AFINN": measures(answers, certain(afinn_label(row["text"]) for row in rows)),
    }
    unsure = sum(max(chances) < model().sure for chances in found)
    print(f"{len(rows)} targets, {sum(row_has_holder(row) for row in rows)} of them with a named holder")
    print(report(tables))
    print(f"unsure (probability under {model().sure}): {unsure} of {len(rows)}, {100 * unsure / len(rows):.1f} %")
    return 0


def chances_of(rows: Sequence[Row]) -> Iterator[Three]:
    """The probabilities of the labels, row by row."""
    for row, doc in zip(rows, docs_of(rows), strict=True):
        yield judged(doc, tokens_at(doc, row["target_start"], row["target_end"]), holder_in(doc, row))


def row_has_holder(row: Row) -> bool:
    return bool(row.get("speaker") or row.get("source"))


def prediction(row: Row, chances: Three) -> str:
    """A line of the predictions file."""
    named = {label: round(chance, 4) for label, chance in zip(LABELS, chances, strict=True)}
    return json.dumps({"id": row["id"], "label": label_of(chances), "probabilities": named}, ensure_ascii=False) + "\n"


def vader(text: str) -> float:
    return float(analyser().polarity_scores(text)["compound"])


def certain(labels: Iterator[str]) -> NDArray[np.float64]:
    """Labels as probabilities of 1: a word list gives none of its own."""
    return np.array([[float(label == other) for other in LABELS] for label in labels])
