"""Measure what is found against annotated texts: ``python -m helpers evaluate statements|stance|tone|themes GOLD.jsonl``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from helpers.accuracy.gold import articles_of, checked_article, checked_sentence, checked_target, gold_rows
from helpers.accuracy.measures import evaluate as measured
from helpers.accuracy.measures import quotes_of, report, stance_report
from helpers.analyse import analyse_many
from helpers.commands.progress import progress
from helpers.errors import InputProblem
from helpers.tables.record import json_lines
from helpers.tables.store import write_text

if TYPE_CHECKING:
    from helpers.accuracy.tone_judged import ToneJudged
    from helpers.themes.mappings import Mapping as LabelMapping
    from helpers.themes.taxonomy import Taxonomy


def evaluate(what: str, gold: str, predictions: str | None, ceiling: bool, mapping: str | None) -> int:
    """Measure statements, stances, tones or themes on annotated texts."""
    if what == "themes":
        return evaluate_themes(gold, predictions, mapping)
    if what == "statements":
        return evaluate_statements(gold, predictions, ceiling)
    return (evaluate_stance if what == "stance" else evaluate_tone)(gold, predictions)


def evaluate_statements(gold: str | Path, predictions: str | Path | None = None, only_ceiling: bool = False) -> int:
    """Print precision, recall and F1 of the statements found in the annotated articles of `gold`; with `only_ceiling` the
    recall that the best choice among the proposals would have.

    Raises `InputProblem` where the file is not one of annotated articles.
    """
    rows = gold_rows(Path(gold), checked_article)
    if only_ceiling:
        from helpers.accuracy.ceiling import ceiling

        told = ", ".join(f"{rule} {recall}" for rule, recall in ceiling(rows).items())
        print(f"Recall if the best of all proposals were chosen, in per cent: {told}")
        return 0
    analyses = progress(analyse_many(articles_of(rows), fast=True), "articles", total=len(rows))
    found = {analysis.article.id: quotes_of(analysis.statements) for analysis in analyses}
    write_predictions(predictions, ({"id": key, "quotes": quotes} for key, quotes in found.items()))
    print(f"{len(rows)} articles, {sum(map(len, found.values()))} quotations found")
    print(report(measured(rows, found)))
    return 0


def write_predictions(path: str | Path | None, rows: Iterable[Any]) -> None:
    """What was found, one annotated text a line, where a file for it is named."""
    if path is not None:
        write_text(Path(path), json_lines(rows))


def evaluate_stance(gold: str | Path, predictions: str | Path | None = None) -> int:
    """Print macro-F1, F1 a label, accuracy and calibration of the stances; beside our verdict its two parts, and VADER and
    AFINN, two word lists, each over the whole sentence.

    Rows ``{"id", "text", "target_start", "target_end", "label"}``; a row that names its holder (``speaker`` or ``source``,
    with ``source_start`` and ``source_end`` or as words of the text) asks for that one's stance, else it is what the
    sentence shows. Raises `InputProblem` where the file is not one of annotated sentences.
    """
    from helpers.accuracy.tone_judged import OURS, judged_stances
    from helpers.tone.model import model

    rows = gold_rows(gold, checked_target)
    held = sum(bool(row.get("speaker") or row.get("source")) for row in rows)
    judged = judged_stances(rows, partial(progress, unit="sentences", total=len(rows)))
    tell(rows, judged, predictions, f"{len(rows)} targets, {held} of them with a named holder")
    sure = model().sure
    unsure = int((judged.chances[OURS].max(axis=1) < sure).sum())
    print(f"unsure (probability under {sure}): {unsure} of {len(rows)}, {100 * unsure / len(rows):.1f} %")
    return 0


def evaluate_tone(gold: str | Path, predictions: str | Path | None = None) -> int:
    """Print macro-F1, F1 a label, accuracy and calibration of the tone of whole statements, given their content; beside our
    verdict its two parts, and VADER.

    Rows ``{"id", "text", "content", "speaker", "label"}``: the content and its speaker are parts of the text. Raises
    `InputProblem` where the file is not one of annotated statements.
    """
    from helpers.accuracy.gold import checked_tone
    from helpers.accuracy.tone_judged import judged_tones

    rows = gold_rows(gold, checked_tone)
    judged = judged_tones(rows, partial(progress, unit="statements", total=len(rows)))
    tell(rows, judged, predictions, f"{len(rows)} statements")
    return 0


def tell(rows: Sequence[Mapping[str, Any]], judged: ToneJudged, predictions: str | Path | None, head: str) -> None:
    """Print the measures of each system, and write our verdicts where a file for them is named."""
    from helpers.accuracy.tone_judged import OURS

    each = [dict(zip(judged.labels, map(float, chances.round(4)), strict=True)) for chances in judged.chances[OURS]]
    found = ((row["id"], max(named, key=named.__getitem__), named) for row, named in zip(rows, each, strict=True))
    write_predictions(predictions, ({"id": id_, "label": label, "probabilities": n} for id_, label, n in found))
    print(head)
    print(stance_report(judged.measures))


def evaluate_themes(gold: str | Path, predictions: str | Path | None = None, mapping: str | Path | None = None) -> int:
    """Print precision, recall and F1 of the themes found in the annotated sentences of `gold`.

    Labels that are not ours are translated by `mapping`, or by the built-in one that knows them. Raises `InputProblem`
    where the file is not one of annotated sentences, or its labels are unknown.
    """
    from helpers.accuracy.theme_measures import label_report, predict_all
    from helpers.themes.taxonomy import load_taxonomy

    taxonomy = load_taxonomy()
    rows = gold_rows(Path(gold), checked_sentence)
    wanted = [set(row["labels"]) for row in rows]
    used = mapping_of(Path(gold), set[str]().union(*wanted), taxonomy, Path(mapping) if mapping else None)
    found = predict_all(rows, taxonomy, used)
    write_predictions(predictions, (p.record(row["text"]) for p, row in zip(found, rows, strict=True)))
    names = f"labels as in {used.file}" if used else f"labels are the ids of {taxonomy.file}"
    print(f"{len(rows)} sentences, {sum(len(p.labels) for p in found)} labels found; {names}")
    print(label_report(wanted, [set(p.labels) for p in found]))
    return 0


def mapping_of(gold: Path, labels: set[str], taxonomy: Taxonomy, mapping: Path | None) -> LabelMapping | None:
    """The mapping named; else none where the labels are our ids; else the built-in one that knows them."""
    from helpers.themes.mappings import load_mapping, mapping_for

    if mapping is not None:
        return load_mapping(mapping)
    if labels <= set(taxonomy.ids):
        return None
    if (found := mapping_for(labels)) is not None:
        return found
    strange = sorted(labels - set(taxonomy.ids))[0]
    raise InputProblem(
        f"{gold}: the label {strange!r} is no theme of {taxonomy.file} and no built-in mapping knows all labels; name one "
        "with --mapping (data/vocabulary/mappings/ has examples)"
    )
