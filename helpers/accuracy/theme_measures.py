"""How right are the themes? Labels found in annotated sentences against those that people gave.

>>> gold, found = [{"cyber"}, {"space"}, set()], [{"cyber"}, set(), {"space"}]
>>> [(row.label, row.precision, row.recall, row.f1) for row in measure_labels(gold, found)]
[('cyber', 100.0, 100.0, 100.0), ('space', 0.0, 0.0, 0.0)]

A sentence is a row ``{"id", "text", "labels"}``; ``prev`` and ``next`` are the sentences beside it, which count as in an
article (`helpers.themes.context`); a ``title`` is that of the row alone, and counts like its text. Precision, recall and
F1 are a label's over all sentences; *macro* is the mean over the labels, *micro* counts every given label alike.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from helpers.accuracy.measures import aligned, share
from helpers.parse import pipeline
from helpers.text.readable import readable
from helpers.themes.context import Place, decide
from helpers.themes.mappings import Mapping as LabelMapping
from helpers.themes.match import ThemeHit, match_themes
from helpers.themes.taxonomy import Taxonomy

if TYPE_CHECKING:
    from spacy.tokens import Doc

BESIDE = ("prev", "next")


class LabelMeasure(NamedTuple):
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


def parsed(texts: tuple[str, ...]) -> Iterable[Doc]:
    return pipeline().pipe(texts, batch_size=256)


def hits_by_text(
    rows: Sequence[Mapping[str, Any]], taxonomy: Taxonomy, parse: Callable[[tuple[str, ...]], Iterable[Doc]] = parsed
) -> dict[str, list[ThemeHit]]:
    """The hits in every text of the rows, each text parsed once."""
    texts = dict.fromkeys(row[key] for row in rows for key in ("text", "title", *BESIDE) if row.get(key))
    readings = {text: readable(text) for text in texts}
    docs = parse(tuple(reading.text for reading in readings.values()))
    found = {}
    for (text, reading), doc in zip(readings.items(), docs, strict=True):
        hits = ((hit, *reading.original(hit.start, hit.end)) for hit in match_themes(doc, taxonomy))
        found[text] = [replace(hit, start=start, end=end) for hit, start, end in hits]
    return found


def predict(
    row: Mapping[str, Any], hits: Mapping[str, Sequence[ThemeHit]], taxonomy: Taxonomy, mapping: LabelMapping | None
) -> Prediction:
    """The labels of one row, in the names of its set: from its text, its own title, and the sentences beside it."""
    own = hits.get(row["text"], ())
    places: list[Place] = [("statement", own), ("statement", hits.get(row.get("title") or "", ()))]
    places += [("neighbours", hits.get(row.get(key) or "", ())) for key in BESIDE]
    scores = {theme: score for theme, (score, _) in decide(places, taxonomy).items()}
    if mapping is not None and mapping.choose == "best":
        scores = best_of({t: s / 2 if t in mapping.broad else s for t, s in scores.items()}, tuple(mapping.labels))
    named = {theme: mapping.labels.get(theme, ()) if mapping else (theme,) for theme in scores}
    evidence = [(label, hit) for hit in own for label in named.get(hit.theme, ())]
    labels = dict.fromkeys(label for labels in named.values() for label in labels)
    return Prediction(str(row["id"]), tuple(labels), tuple(evidence))


def best_of(scores: Mapping[str, float], order: Sequence[str]) -> dict[str, float]:
    """The theme with the highest score; of those that are level, the one that stands first in `order`.

    >>> best_of({"economy": 2.0, "trade": 2.0, "cyber": 1.0}, ["trade", "economy", "cyber"])
    {'trade': 2.0}
    """
    rank = {theme: n for n, theme in enumerate(order)}
    return dict(sorted(scores.items(), key=lambda item: (-item[1], rank.get(item[0], len(rank))))[:1])


def predict_all(
    rows: Sequence[Mapping[str, Any]],
    taxonomy: Taxonomy,
    mapping: LabelMapping | None = None,
    parse: Callable[[tuple[str, ...]], Iterable[Doc]] = parsed,
) -> list[Prediction]:
    full = mapping.extend(taxonomy) if mapping else taxonomy
    hits = hits_by_text(rows, full, parse)
    return [predict(row, hits, full, mapping) for row in rows]


def measure_labels(gold: Sequence[Set[str]], found: Sequence[Set[str]]) -> list[LabelMeasure]:
    """A measure for each label that the gold has, in the order of their names."""
    right = Counter(label for g, f in zip(gold, found, strict=True) for label in g & f)
    said, wanted = (Counter(label for labels in one for label in labels) for one in (found, gold))
    return [measure(label, right[label], said[label], wanted[label]) for label in sorted(wanted)]


def measure(label: str, right: int, said: int, wanted: int) -> LabelMeasure:
    """Precision, recall and F1 of so many; 0 where there is nothing."""
    precision, recall, f1 = share(right, said), share(right, wanted), share(2 * right, said + wanted)
    return LabelMeasure(label, precision or 0.0, recall or 0.0, f1 or 0.0, wanted)


def macro_f1(measures: Sequence[LabelMeasure]) -> float:
    return round(sum(m.f1 for m in measures) / len(measures), 1) if measures else 0.0


def micro(gold: Sequence[Set[str]], found: Sequence[Set[str]]) -> LabelMeasure:
    """Precision, recall and F1 over every label given, those that the gold does not have left out."""
    known = set[str]().union(*gold)
    right = sum(len(g & f) for g, f in zip(gold, found, strict=True))
    return measure("micro", right, sum(len(f & known) for f in found), sum(map(len, gold)))


def label_report(gold: Sequence[Set[str]], found: Sequence[Set[str]]) -> str:
    """The measures as a small table to read."""
    measured = measure_labels(gold, found)
    last = ("macro f1", "", "", macro_f1(measured))
    rows = [LabelMeasure._fields, *measured, micro(gold, found), last]
    return aligned(rows, max([len("label"), *(len(m.label) for m in measured)]) + 2, 10)
