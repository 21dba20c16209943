"""Annotated sentences for stance, as rows of a .jsonl, and their targets in the parse.

>>> checked({"id": 1, "text": "Roe won.", "target_start": 0, "target_end": 3, "label": "positive"})["id"]
'1'
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from helpers.errors import InputProblem
from helpers.parse import pipeline, plain_spaces
from helpers.records import Label
from helpers.tone.view import View

if TYPE_CHECKING:
    from spacy.tokens import Doc

Row = Mapping[str, Any]
WANTED = '{"id", "text", "target_start", "target_end", "label": "positive|neutral|negative"}'


def stance_rows(path: Path) -> list[Row]:
    """The rows of a .jsonl of annotated sentences. Raises `InputProblem`, which names the line, where it is none."""
    try:
        lines = path.read_text(encoding="utf8").split("\n")
    except OSError as error:
        raise InputProblem(f"{path}: cannot be read ({error.strerror}); check the name") from error
    except UnicodeDecodeError as error:
        raise InputProblem(f"{path}: is not UTF-8 text; save it as UTF-8") from error
    found = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                found.append(checked(json.loads(line)))
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise InputProblem(
                    f"{path}, line {number}: is no annotated sentence ({error}); needs {WANTED}"
                ) from error
    if not found:
        raise InputProblem(f"{path}: holds no rows; needs one {WANTED} a line")
    return found


def checked(row: Row) -> Row:
    """The row with its id as text. Raises ValueError where the target lies outside the text or the label is unknown."""
    start, end, text = row["target_start"], row["target_end"], row["text"]
    if not 0 <= start < end <= len(text):
        raise ValueError(f"the target {start}–{end} lies outside the text of {len(text)} characters")
    if row["label"] not in get_args(Label):
        raise ValueError(f"the label {row['label']!r} is none of {', '.join(get_args(Label))}")
    return {**row, "id": str(row["id"])}


def docs_of(rows: Sequence[Row]) -> Iterator[Doc]:
    """The parse of each row's text; a text that several rows share is parsed once."""
    texts = dict.fromkeys(plain_spaces(row["text"]) for row in rows)
    parsed: dict[str, Doc] = {}
    stream = pipeline().pipe(texts, batch_size=64)
    for row in rows:
        text = plain_spaces(row["text"])
        while text not in parsed:
            doc = next(stream)
            parsed[doc.text] = doc
        yield parsed[text]


def views_of(rows: Sequence[Row]) -> Iterator[tuple[View, list[int]]]:
    """The view of each row's text and the tokens of its target in it."""
    views: dict[int, View] = {}
    for row, doc in zip(rows, docs_of(rows), strict=True):
        if id(doc) not in views:
            views[id(doc)] = View.of(doc)
        yield views[id(doc)], tokens_at(doc, row["target_start"], row["target_end"])


def tokens_at(doc: Doc, start: int, end: int) -> list[int]:
    """The tokens that share a character with `start` to `end`; the nearest one where none does."""
    found = [t.i for t in doc if t.idx < end and t.idx + len(t) > start]
    return found or [min(range(len(doc)), key=lambda i: abs(doc[i].idx - start))]


def holder_in(doc: Doc, row: Row) -> list[int]:
    """The tokens of the holder that a row names, by place or by words; none where it names none, or not in the text."""
    name = row.get("speaker") or row.get("source")
    if not name:
        return []
    start, end = row.get("source_start", row.get("speaker_start")), row.get("source_end", row.get("speaker_end"))
    if start is None or end is None:
        start = doc.text.find(str(name))
        end = start + len(str(name))
    return tokens_at(doc, start, end) if 0 <= start < end <= len(doc.text) else []
