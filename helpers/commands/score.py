"""Measure what is found against annotated texts: ``python -m helpers evaluate statements|themes GOLD.jsonl``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.accuracy.gold import checked_article, checked_sentence, gold_rows
from helpers.accuracy.measures import evaluate, quotes_of, report
from helpers.analyse import analyse_many
from helpers.commands.progress import progress
from helpers.errors import InputProblem
from helpers.tables.store import write_text
from helpers.text.article import structure

if TYPE_CHECKING:
    from helpers.themes.mappings import Mapping as LabelMapping
    from helpers.themes.taxonomy import Taxonomy


def evaluate_statements(gold: str | Path, predictions: str | Path | None = None) -> int:
    """Print precision, recall and F1 of the statements found in the annotated articles of `gold`.

    Raises `InputProblem` where the file is not one of annotated articles.
    """
    rows = gold_rows(Path(gold), checked_article)
    articles = (structure(row["id"], row["text"]) for row in rows)
    analyses = progress(analyse_many(articles), "articles", total=len(rows))
    found = {analysis.article.id: quotes_of(analysis.statements) for analysis in analyses}
    if predictions is not None:
        lines = (json.dumps({"id": key, "quotes": quotes}, ensure_ascii=False) for key, quotes in found.items())
        write_text(Path(predictions), "".join(line + "\n" for line in lines))
    print(f"{len(rows)} articles, {sum(map(len, found.values()))} quotations found")
    print(report(evaluate(rows, found)))
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
    if predictions is not None:
        lines = (json.dumps(p.record(row["text"]), ensure_ascii=False) for p, row in zip(found, rows, strict=True))
        write_text(Path(predictions), "".join(line + "\n" for line in lines))
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
