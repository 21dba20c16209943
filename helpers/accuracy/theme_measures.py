"""How right are the themes? Labels found in annotated sentences against those that people gave.

>>> gold, found = [{"cyber"}, {"space"}, set()], [{"cyber"}, set(), {"space"}]
>>> [(row.label, row.precision, row.recall, row.f1) for row in measure_labels(gold, found)]
[('cyber', 100.0, 100.0, 100.0), ('space', 0.0, 0.0, 0.0)]

A sentence is a row ``{"id", "text", "labels"}``; ``prev`` and ``next`` are the sentences beside it, which count as in an
article (`helpers.themes.context`); a ``title`` is that of the row alone, and counts like its text. Precision, recall and
F1 are a label's over all sentences; *macro* is the mean over the labels, *micro* counts every given label alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import astuple, dataclass
from typing import Any

from helpers.accuracy.measures import aligned, share
from helpers.parse import pipeline, plain_spaces
from helpers.themes.context import Place, decide
from helpers.themes.mappings import Mapping as LabelMapping
from helpers.themes.match import ThemeHit, match_themes
from helpers.themes.taxonomy import Taxonomy

BESIDE = ("prev", "next")


@dataclass(frozen=True, slots=True)
class LabelMeasure:
    """How well one label is found: precision, recall and F1 times 100; `support` is how often it should be."""

    label: str
    precision: float
    recall: float
    f1: float
    support: int


@dataclass(frozen=True, slots=True)
class Prediction:
    """The labels of one sentence, and the words of it that gave them."""

    id: str
    labels: tuple[str, ...]
    evidence: tuple[tuple[str, ThemeHit], ...]  # with the label each speaks for

    def record(self, text: str) -> dict[str, Any]:
        """One line of a predictions file."""
        spans = [
            {"label": label, "start": h.start, "end": h.end, "text": text[h.start : h.end], "pattern": h.pattern}
            for label, h in self.evidence
        ]
        return {"id": self.id, "labels": list(self.labels), "evidence": spans}


def hits_by_text(rows: Sequence[Mapping[str, Any]], taxonomy: Taxonomy) -> dict[str, list[ThemeHit]]:
    """The hits in every text of the rows, each text parsed once."""
    texts = dict.fromkeys(row[key] for row in rows for key in ("text", "title", *BESIDE) if row.get(key))
    docs = pipeline().pipe((plain_spaces(text) for text in texts), batch_size=256)
    return {text: match_themes(doc, taxonomy) for text, doc in zip(texts, docs, strict=True)}


def places_of(row: Mapping[str, Any], hits: Mapping[str, Sequence[ThemeHit]]) -> list[Place]:
    """The hits of a row's text, of its own title (a resolution's), and of the sentences beside it."""
    places: list[Place] = [("statement", hits.get(row["text"], ()))]
    places += [("statement", hits.get(row.get("title") or "", ()))]
    return [*places, *(("neighbours", hits.get(row.get(key) or "", ())) for key in BESIDE)]


def predict(
    row: Mapping[str, Any], hits: Mapping[str, Sequence[ThemeHit]], taxonomy: Taxonomy, mapping: LabelMapping | None
) -> Prediction:
    """The labels of one row, in the names of its set."""
    places = places_of(row, hits)
    scores = {theme: score for theme, (score, _) in decide(places, taxonomy).items()}
    if mapping is not None and mapping.choose == "best":
        scores = best_of({t: s / 2 if t in mapping.broad else s for t, s in scores.items()}, tuple(mapping.labels))
    named = {theme: mapping.labels.get(theme, ()) if mapping else (theme,) for theme in scores}
    evidence = [(label, hit) for hit in places[0][1] for label in named.get(hit.theme, ())]
    labels = dict.fromkeys(label for labels in named.values() for label in labels)
    return Prediction(str(row["id"]), tuple(labels), tuple(evidence))


def best_of(scores: Mapping[str, float], order: Sequence[str]) -> dict[str, float]:
    """The theme with the highest score; of those that are level, the one that stands first in `order`.

    >>> best_of({"economy": 2.0, "trade": 2.0, "cyber": 1.0}, ["trade", "economy", "cyber"])
    {'trade': 2.0}
    """
    rank = {theme: n for n, theme in enumerate(order)}
    best = min(scores, key=lambda theme: (-scores[theme], rank.get(theme, len(rank))), default=None)
    return {best: scores[best]} if best is not None else {}


def predict_all(
    rows: Sequence[Mapping[str, Any]], taxonomy: Taxonomy, mapping: LabelMapping | None = None
) -> list[Prediction]:
    """The labels of every row."""
    full = mapping.extend(taxonomy) if mapping else taxonomy
    hits = hits_by_text(rows, full)
    return [predict(row, hits, full, mapping) for row in rows]


def measure_labels(gold: Sequence[Set[str]], found: Sequence[Set[str]]) -> list[LabelMeasure]:
    """A measure for each label that the gold has, in the order of their names."""
    return [measure_label(label, gold, found) for label in sorted(set[str]().union(*gold))]


def measure_label(label: str, gold: Sequence[Set[str]], found: Sequence[Set[str]]) -> LabelMeasure:
    """Precision, recall and F1 of one label; 0 where there is nothing right."""
    right = sum(label in g and label in f for g, f in zip(gold, found, strict=True))
    return from_counts(label, right, sum(label in f for f in found), sum(label in g for g in gold))


def from_counts(label: str, right: int, said: int, wanted: int) -> LabelMeasure:
    precision, recall, f1 = share(right, said), share(right, wanted), share(2 * right, said + wanted)
    return LabelMeasure(label, precision or 0.0, recall or 0.0, f1 or 0.0, wanted)


def macro_f1(measures: Iterable[LabelMeasure]) -> float:
    """The mean F1 of the labels."""
    scores = [m.f1 for m in measures]
    return round(sum(scores) / len(scores), 1) if scores else 0.0


def micro(gold: Sequence[Set[str]], found: Sequence[Set[str]]) -> LabelMeasure:
    """Precision, recall and F1 over every label given, those that the gold does not have left out."""
    known = set[str]().union(*gold)
    right = sum(len(g & f) for g, f in zip(gold, found, strict=True))
    return from_counts("micro", right, sum(len(f & known) for f in found), sum(map(len, gold)))


def label_report(gold: Sequence[Set[str]], found: Sequence[Set[str]]) -> str:
    """The measures as a small table to read."""
    measured = measure_labels(gold, found)
    rows = [astuple(measure) for measure in (*measured, micro(gold, found))]
    last = ("macro f1", "", "", macro_f1(measured))
    head = ("label", "precision", "recall", "f1", "support")
    return aligned([head, *rows, last], max([len("label"), *(len(m.label) for m in measured)]) + 2, 10)
