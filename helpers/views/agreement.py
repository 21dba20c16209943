"""Two annotators beside each other, and phrases to judge, as tables.

>>> alphas({"s1": {"cyber"}, "s2": set()}, {"s1": {"cyber"}, "s2": set()})["alpha"].tolist()
[1.0, 1.0]
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from helpers.accuracy.agreement import DISTANCES, Labels, alpha, disagreements
from helpers.accuracy.gold import checked_text, gold_rows
from helpers.folders import WORKSHOP
from helpers.themes.suggest import Suggestion, suggest
from helpers.themes.taxonomy import Taxonomy
from helpers.views.show import framed, ordered

if TYPE_CHECKING:
    from spacy.tokens import Doc

SENTENCES = WORKSHOP / "theme_sentences.jsonl"
MEASURES = WORKSHOP / "theme_measures.csv"


def workshop_sentences(path: Path = SENTENCES) -> dict[str, str]:
    """The workshop's fictional sentences, by id."""
    return {row["id"]: row["text"] for row in gold_rows(path, checked_text)}


def alphas(a: Labels, b: Labels) -> pd.DataFrame:
    """Alpha over all labels. Columns: distance, alpha, sentences, alike (labelled exactly alike)."""
    shared = [key for key in a if key in b]
    alike = len(shared) - len(disagreements(a, b))
    rows = [(d, round(alpha(a, b, d), 2), len(shared), alike) for d in DISTANCES]
    return framed("distance alpha sentences alike", rows)


def disagreed(a: Labels, b: Labels, texts: Mapping[str, str], theme: str = "") -> pd.DataFrame:
    """The sentences labelled differently. Columns: sentence, only_a, only_b; `theme`: only those that differ on it."""
    rows = [
        (texts[key], ", ".join(sorted(first)), ", ".join(sorted(second)))
        for key, first, second in disagreements(a, b)
        if not theme or theme in first | second
    ]
    return framed("sentence only_a only_b", rows)


def themes_measured(gold: Labels, texts: Mapping[str, str], taxonomy: Taxonomy) -> pd.DataFrame:
    """How right the taxonomy is on labelled sentences. Columns: theme, precision, recall, f1 (per cent), support."""
    from helpers.accuracy.theme_measures import measure_labels, predict_all

    rows = [{"id": key, "text": texts[key]} for key in gold]
    found = [set(prediction.labels) for prediction in predict_all(rows, taxonomy, parse=parsed_once)]
    frame = pd.DataFrame(measure_labels(list(gold.values()), found))
    return ordered(frame.rename(columns={"label": "theme"}), "f1")


def measures_kept() -> pd.DataFrame:
    """What the list of patterns measured, theme by theme: as it was when the sentences were written, widened with these at
    hand, mended after the labels; and today's on other sentences that it has not seen.
    Columns: theme, list, precision, recall (per cent), support."""
    return ordered(pd.read_csv(MEASURES), "theme")[["theme", "list", "precision", "recall", "support"]]


def suggestions(texts: Mapping[str, str], taxonomy: Taxonomy, theme: str, most: int = 10) -> list[Suggestion]:
    """Phrases that keep company with `theme` in these texts, the most telling first."""
    return suggest(parsed_once(tuple(texts.values())), taxonomy, theme, most=most)


@lru_cache(maxsize=1)
def parsed_once(texts: tuple[str, ...]) -> list[Doc]:
    """The texts parsed; for the same ones again, which a notebook asks for, what was parsed then."""
    from helpers.accuracy.theme_measures import parsed

    return list(parsed(texts))
