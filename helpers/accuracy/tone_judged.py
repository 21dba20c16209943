"""Annotated stances and tones, with what each system says of them: our verdict, its two parts alone, and word lists.

>>> judged = judged_stances(gold_rows("data/workshop/stance_unseen.jsonl", checked_target))      # doctest: +SKIP
>>> list(judged.chances)                                                                         # doctest: +SKIP
['our verdict', 'without the encoder (--fast)', 'encoder alone', 'VADER', 'AFINN']

Where the encoder is left out, our verdict is the readable model's, and its two parts are no rows of their own.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from helpers.accuracy.encoder_rows import encoder_chances
from helpers.accuracy.measures import label_measures
from helpers.accuracy.tone_rows import chances_of, chances_with_and_without, said_of
from helpers.records import LABELS, TONES, Label
from helpers.tone.mixture import mixed, mixings
from helpers.tone.second import is_fast
from helpers.tone.statement import tone_chances
from helpers.tone.vader import vader_tone

OURS, WITHOUT, ALONE = "our verdict", "without the encoder (--fast)", "encoder alone"
Rows = Sequence[Mapping[str, Any]]
Chances = NDArray[np.float64]
Watched = Callable[[Iterable[Any]], Iterable[Any]]  # the rows as they go by: a progress bar


@dataclass(frozen=True)
class ToneJudged:
    """What annotators say of each row, by its place in `labels`, and the probabilities that each system gives the labels."""

    labels: Sequence[str]
    answers: Sequence[int]
    chances: Mapping[str, Chances]

    @property
    def measures(self) -> dict[str, dict[str, float]]:
        return {name: label_measures(self.answers, chances, self.labels) for name, chances in self.chances.items()}

    @property
    def sureness(self) -> list[tuple[float, bool]]:
        """How sure our verdict is of each row, and whether it is right."""
        ours = self.chances[OURS]
        right = ours.argmax(axis=1) == np.array(self.answers)
        return [(float(sure), bool(is_right)) for sure, is_right in zip(ours.max(axis=1), right, strict=True)]


def judged_stances(rows: Rows, watched: Watched = iter) -> ToneJudged:
    """Stances towards the targets that the rows name."""
    if is_fast():
        ours: dict[str, Sequence[Any]] = {OURS: list(watched(chances_of(rows)))}
    else:
        encoder = encoder_chances(rows)
        pairs = list(watched(chances_with_and_without(rows, encoder)))
        ours = {OURS: [both for _, both in pairs], WITHOUT: [alone for alone, _ in pairs], ALONE: encoder}
    lists = {"VADER": [vader_tone(r["text"]).label for r in rows], "AFINN": [afinn_label(r["text"]) for r in rows]}
    return of_systems(rows, LABELS, ours, lists)


def judged_tones(rows: Rows, watched: Watched = iter) -> ToneJudged:
    """Tones of the statements whose content the rows name; VADER knows no "mixed"."""
    alone = [tone_chances(said) for said in watched(said_of(rows))]
    if is_fast():
        ours: dict[str, Sequence[Any]] = {OURS: alone}
    else:
        encoder = encoder_chances(rows)
        both = [mixed(*pair, mixings()["tone"]) for pair in zip(alone, encoder, strict=True)]
        ours = {OURS: both, WITHOUT: alone, ALONE: encoder}
    return of_systems(rows, TONES, ours, {"VADER": [vader_tone(row["content"]).label for row in rows]})


def of_systems(
    rows: Rows, labels: Sequence[str], ours: Mapping[str, Sequence[Any]], lists: Mapping[str, Sequence[str]]
) -> ToneJudged:
    """The answers of the rows beside what our models and the word lists say."""
    chances = {name: np.array(found, dtype=float) for name, found in ours.items()}
    chances |= {
        name: np.array([[float(found == label) for label in labels] for found in all_]) for name, all_ in lists.items()
    }
    return ToneJudged(labels, [labels.index(row["label"]) for row in rows], chances)


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
