"""Annotated texts, as rows of a .jsonl that people have marked: what everything found is measured on.

>>> checked_sentence({"id": 1, "text": "A drone fell.", "labels": ["unmanned"]})["id"]
'1'
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from helpers.errors import InputProblem
from helpers.records import LABELS, TONES, Article
from helpers.text.article import structure


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


def checked_labels(row: Any) -> Mapping[str, Any]:
    """{"id", "labels"}; its labels as a set."""
    return {"id": str(row["id"]), "labels": frozenset(row["labels"])}


def checked_text(row: Any) -> Mapping[str, Any]:
    """a text {"id", "text"}; its id as text."""
    return {**row, "id": str(row["id"]), "text": str(row["text"])}


def checked_target(row: Any) -> Mapping[str, Any]:
    """a target {"id", "text", "target_start", "target_end", "label": "positive|neutral|negative"}; its id as text."""
    start, end, text = row["target_start"], row["target_end"], row["text"]
    if not 0 <= start < end <= len(text):
        raise ValueError(f"the target {start}–{end} lies outside the text of {len(text)} characters")
    if row["label"] not in LABELS:
        raise ValueError(f"the label {row['label']!r} is none of {', '.join(LABELS)}")
    return {**row, "id": str(row["id"])}


def checked_tone(row: Any) -> Mapping[str, Any]:
    """a statement {"id", "text", "content", "label": "positive|neutral|negative|mixed"}; its id as text."""
    if not row["content"] or row["content"] not in row["text"]:
        raise ValueError("the content does not stand in the text")
    if row["label"] not in TONES:
        raise ValueError(f"the label {row['label']!r} is none of {', '.join(TONES)}")
    return {**row, "id": str(row["id"])}


def gold_rows(
    path: str | Path, checked: Callable[[Any], Mapping[str, Any]] = checked_article
) -> list[Mapping[str, Any]]:
    """The annotated texts of a .jsonl, each as `checked` gives it. Raises `InputProblem`, which names the line."""
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputProblem(f"{path}: cannot be read ({error.strerror}); check the name") from error
    except UnicodeDecodeError as error:
        raise InputProblem(f"{path}: is not UTF-8; save it as UTF-8") from error
    rows = []
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                rows.append(checked(msgspec.json.decode(line)))
            except (ValueError, KeyError, TypeError, AttributeError, msgspec.DecodeError) as error:
                what = (checked.__doc__ or "").partition(";")[0]
                raise InputProblem(f"{path}, line {number}: needs {what} ({error!r})") from error
    if not rows:
        raise InputProblem(f"{path}: holds no rows; one JSON object a line is needed")
    return rows


def articles_of(rows: Iterable[Mapping[str, Any]]) -> Iterator[Article]:
    """The annotated texts as articles."""
    return (structure(row["id"], row["text"]) for row in rows)
