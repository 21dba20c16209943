"""Measure what is found against annotated texts: ``python -m helpers evaluate statements|stance|tone|themes GOLD.jsonl``."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from helpers.accuracy.gold import articles_of, checked_article, checked_sentence, checked_target, gold_rows
from helpers.accuracy.measures import evaluate, quotes_of, report
from helpers.analyse import analyse_many
from helpers.commands.progress import progress
from helpers.errors import InputProblem
from helpers.records import LABELS
from helpers.tables.record import json_lines
from helpers.tables.store import write_text

if TYPE_CHECKING:
    from helpers.themes.mappings import Mapping as LabelMapping
    from helpers.themes.taxonomy import Taxonomy


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
    analyses = progress(analyse_many(articles_of(rows)), "articles", total=len(rows))
    found = {analysis.article.id: quotes_of(analysis.statements) for analysis in analyses}
    write_predictions(predictions, ({"id": key, "quotes": quotes} for key, quotes in found.items()))
    print(f"{len(rows)} articles, {sum(map(len, found.values()))} quotations found")
    print(report(evaluate(rows, found)))
    return 0


def write_predictions(path: str | Path | None, rows: Iterable[Any]) -> None:
    """What was found, one annotated text a line, where a file for it is named."""
    if path is not None:
        write_text(Path(path), json_lines(rows))


def evaluate_stance(gold: str | Path, predictions: str | Path | None = None) -> int:
    """Print macro-F1, F1 a label, accuracy and calibration of the stances; beside them VADER and AFINN, two word lists,
    each over the whole sentence.

    Rows ``{"id", "text", "target_start", "target_end", "label"}``; a row that names its holder (``speaker`` or ``source``,
    with ``source_start`` and ``source_end`` or as words of the text) asks for that one's stance, else it is what the
    sentence shows. Raises `InputProblem` where the file is not one of annotated sentences.
    """
    import numpy as np

    from helpers.accuracy.encoder_rows import encoder_chances
    from helpers.accuracy.stance_measures import afinn_label, certain, stance_measures, stance_report, vader_label
    from helpers.accuracy.stance_rows import chances_with_and_without
    from helpers.tone.model import label_of, model

    rows = gold_rows(gold, checked_target)
    encoder = encoder_chances(rows)
    both = list(progress(chances_with_and_without(rows, encoder), "sentences", total=len(rows)))
    found = [alone for alone, _ in both]
    named = [{label: round(c, 4) for label, c in zip(LABELS, chances, strict=True)} for chances in found]
    each = zip(rows, found, named, strict=True)
    write_predictions(predictions, ({"id": r["id"], "label": label_of(c), "probabilities": n} for r, c, n in each))
    answers = [LABELS.index(row["label"]) for row in rows]
    tables = {
        "our verdict": stance_measures(answers, np.array(found)),
        "with the encoder": stance_measures(answers, np.array([together for _, together in both])),
        "encoder alone": stance_measures(answers, np.array(encoder)),
        "VADER": stance_measures(answers, certain(vader_label(row["text"]) for row in rows)),
        "AFINN": stance_measures(answers, certain(afinn_label(row["text"]) for row in rows)),
    }
    sure = model().sure
    unsure = sum(max(chances) < sure for chances in found)
    held = sum(bool(row.get("speaker") or row.get("source")) for row in rows)
    print(f"{len(rows)} targets, {held} of them with a named holder")
    print(stance_report(tables))
    print(f"unsure (probability under {sure}): {unsure} of {len(rows)}, {100 * unsure / len(rows):.1f} %")
    return 0


def evaluate_tone(gold: str | Path, predictions: str | Path | None = None) -> int:
    """Print macro-F1, F1 a label, accuracy and calibration of the tone of whole statements, given their content; beside it
    VADER, which knows no "mixed".

    Rows ``{"id", "text", "content", "speaker", "label"}``: the content and its speaker are parts of the text. Raises
    `InputProblem` where the file is not one of annotated statements.
    """
    import numpy as np

    from helpers.accuracy.encoder_rows import encoder_chances
    from helpers.accuracy.gold import checked_tone
    from helpers.accuracy.stance_measures import certain, label_measures, stance_report, vader_label
    from helpers.accuracy.tone_rows import said_of
    from helpers.records import TONES
    from helpers.tone.mixture import mixed, mixings
    from helpers.tone.verdict import tone_chances, tone_of

    rows = gold_rows(gold, checked_tone)
    found = list(progress(map(tone_chances, said_of(rows)), "statements", total=len(rows)))
    encoder, mixing = encoder_chances(rows), mixings()["tone"]
    together = [mixed(one, other, mixing) for one, other in zip(found, encoder, strict=True)]
    named = [{label: round(c, 4) for label, c in zip(TONES, chances, strict=True)} for chances in found]
    each = zip(rows, found, named, strict=True)
    write_predictions(predictions, ({"id": r["id"], "label": tone_of(c), "probabilities": n} for r, c, n in each))
    answers = [TONES.index(row["label"]) for row in rows]
    tables = {
        "our verdict": label_measures(answers, np.array(found), TONES),
        "with the encoder": label_measures(answers, np.array(together), TONES),
        "encoder alone": label_measures(answers, np.array(encoder), TONES),
        "VADER": label_measures(answers, certain((vader_label(row["content"]) for row in rows), TONES), TONES),
    }
    print(f"{len(rows)} statements")
    print(stance_report(tables))
    return 0


def evaluate_themes(
    gold: str | Path,
    predictions: str | Path | None = None,
    mapping: str | Path | None = None,
) -> int:
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
