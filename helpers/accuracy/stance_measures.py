"""How right are the stances? Macro-F1, accuracy and calibration, beside two word lists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from helpers.accuracy.measures import aligned
from helpers.records import Label
from helpers.tone.vader import analyser, label_of

BINS = 10


def label_measures(
    answers: Sequence[int] | NDArray[np.int64], chances: NDArray[np.float64], labels: Sequence[str]
) -> dict[str, float]:
    """Macro-F1, F1 a label and accuracy, each times 100, and the expected calibration error in percent points."""
    wanted, found = np.asarray(answers), chances.argmax(axis=1)
    each = {}
    for n, label in enumerate(labels):
        right = ((wanted == n) & (found == n)).sum()
        each[label] = 100 * 2 * right / max(1, (wanted == n).sum() + (found == n).sum())
    return {
        "macro f1": round(float(np.mean(list(each.values()))), 1),
        **{f"f1 {label}": round(float(value), 1) for label, value in each.items()},
        "accuracy": round(float(100 * (wanted == found).mean()), 1),
        "ece": round(100 * calibration_error(wanted == found, chances.max(axis=1)), 1),
    }


def calibration_error(right: NDArray[np.bool_], sure: NDArray[np.float64]) -> float:
    """The expected calibration error: how far probability and share of right ones are apart, over ten bins (Guo et al. 2017).

    >>> round(calibration_error(np.array([True, False]), np.array([0.75, 0.75])), 2)
    0.25
    """
    bins = np.minimum((sure * BINS).astype(int), BINS - 1)
    parts = [(bins == b) for b in range(BINS) if (bins == b).any()]
    return float(sum(part.mean() * abs(right[part].mean() - sure[part].mean()) for part in parts))


def stance_report(tables: Mapping[str, Mapping[str, float]]) -> str:
    """The measures as a small table to read: a system a line."""
    columns = list(next(iter(tables.values())))
    rows = [("", *columns), *((name, *row.values()) for name, row in tables.items())]
    return (
        aligned(rows, max(map(len, tables)), 13)
        + "\n(ece: expected calibration error, percent points; word lists are taken to be certain)"
    )


def certain(found: Iterable[str], labels: Sequence[str]) -> NDArray[np.float64]:
    """Labels as probabilities of 1: a word list gives none of its own."""
    return np.array([[float(label == other) for other in labels] for label in found])


def vader_label(text: str) -> Label:
    """The label of a text by VADER."""
    return label_of(float(analyser().polarity_scores(text)["compound"]))


@cache
def afinn() -> dict[str, int]:
    """The words of AFINN-en-165 with their valence, -5 to 5 (Nielsen 2011; Open Database License, read where it is installed)."""
    text = files("afinn").joinpath("data", "AFINN-en-165.txt").read_text(encoding="utf8")
    return {word: int(valence) for word, valence in (line.split("\t") for line in text.splitlines() if line)}


def afinn_label(text: str) -> Label:
    """The label of a text by AFINN: the sign of the sum of its words' valences; phrases of two or three words first.

    >>> afinn_label("They welcomed the peace."), afinn_label("A brutal war.")
    ('positive', 'negative')
    """
    words, total, i = re.findall(r"[\w'-]+", text.lower()), 0, 0
    while i < len(words):
        size = next((n for n in (3, 2) if " ".join(words[i : i + n]) in afinn()), 1)
        total += afinn().get(" ".join(words[i : i + size]), 0)
        i += size
    return "positive" if total > 0 else "negative" if total < 0 else "neutral"
