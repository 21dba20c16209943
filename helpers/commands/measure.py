"""Measure what is found against annotated texts: ``python -m helpers evaluate statements|themes GOLD.jsonl``."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from helpers.analyse import analyse_many
from helpers.article import structure
from helpers.commands.progress import progress
from helpers.errors import InputProblem
from helpers.evaluate import evaluate, quotes_of, report
from helpers.store import write_text

if TYPE_CHECKING:
    from helpers.knowledge.mappings import Mapping as LabelMapping
    from helpers.knowledge.taxonomy import Taxonomy


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
    from helpers.evaluate_themes import label_report, predict_all
    from helpers.knowledge.taxonomy import load_taxonomy

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
    from helpers.knowledge.mappings import load_mapping, mapping_for

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


def gold_rows(path: Path, checked: Callable[[Any], Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The annotated texts of a .jsonl, each as `checked` gives it. Raises `InputProblem`, which names the line."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputProblem(f"{path}: cannot be read ({error.strerror}); check the name") from error
    except UnicodeDecodeError as error:
        raise InputProblem(f"{path}: is not UTF-8; save it as UTF-8") from error
    rows = []
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                rows.append(checked(json.loads(line)))
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                what = (checked.__doc__ or "").partition(";")[0]
                raise InputProblem(f"{path}, line {number}: needs {what} ({error!r})") from error
    if not rows:
        raise InputProblem(f"{path}: holds no rows; one JSON object a line is needed")
    return rows


def checked_article(row: Any) -> Mapping[str, Any]:
    """an annotated article {"id", "text", "quotes": [{"start", "end", "kind", …}]}; its id as text."""
    _ = [(row["text"][q["start"] : q["end"]], q["kind"]) for q in row["quotes"]]
    return {**row, "id": str(row["id"])}


def checked_sentence(row: Any) -> Mapping[str, Any]:
    """an annotated sentence {"id", "text", "labels": […]}; its id as text."""
    if not isinstance(row["labels"], list) or not all(isinstance(label, str) for label in row["labels"]):
        raise TypeError("labels must be a list of texts")
    if not all(isinstance(row.get(key) or "", str) for key in ("text", "prev", "next", "title")):
        raise TypeError("text, prev, next and title must be texts")
    return {**row, "text": str(row["text"]), "id": str(row["id"])}
