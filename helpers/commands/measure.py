"""Measure what is found against annotated articles: ``python -m helpers evaluate statements GOLD.jsonl``."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from helpers.analyse import analyse_many
from helpers.article import structure
from helpers.commands.progress import progress
from helpers.errors import InputProblem
from helpers.evaluate import evaluate, quotes_of, report
from helpers.store import write_text


def evaluate_statements(gold: str | Path, predictions: str | Path | None = None) -> int:
    """Print precision, recall and F1 of the statements found in the annotated articles of `gold`.

    Raises `InputProblem` where the file is not one of annotated articles.
    """
    rows = gold_rows(Path(gold))
    articles = (structure(row["id"], row["text"]) for row in rows)
    analyses = progress(analyse_many(articles), "articles", total=len(rows))
    found = {analysis.article.id: quotes_of(analysis.statements) for analysis in analyses}
    if predictions is not None:
        lines = (json.dumps({"id": key, "quotes": quotes}, ensure_ascii=False) for key, quotes in found.items())
        write_text(Path(predictions), "".join(line + "\n" for line in lines))
    print(f"{len(rows)} articles, {sum(map(len, found.values()))} quotations found")
    print(report(evaluate(rows, found)))
    return 0


def gold_rows(path: Path) -> list[Mapping[str, Any]]:
    """The annotated articles of a .jsonl: objects with ``id``, ``text`` and ``quotes`` (``start``, ``end``, ``kind`` …)."""
    try:
        return list(checked_rows(path))
    except OSError as error:
        raise InputProblem(f"{path}: cannot be read ({error.strerror}); check the name") from error


def checked_rows(path: Path) -> Iterator[Mapping[str, Any]]:
    for number, line in enumerate(path.read_text(encoding="utf8").split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            _ = [(row["text"][q["start"] : q["end"]], q["kind"]) for q in row["quotes"]]
            yield {**row, "id": str(row["id"])}
        except (ValueError, KeyError, TypeError) as error:
            wanted = '{"id", "text", "quotes": [{"start", "end", "kind", …}]}'
            raise InputProblem(f"{path}, line {number}: is no annotated article ({error!r}); needs {wanted}") from error
