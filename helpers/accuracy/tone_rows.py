"""Annotated sentences and statements in the parse: where their targets and holders stand, and what is said.

>>> said = next(said_of([{"text": "Roe thanked us.", "content": "us", "speaker": "Roe"}]))      # doctest: +SKIP
>>> said.verb.lemma                                                                               # doctest: +SKIP
'thank'
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from helpers.parse import pipeline
from helpers.repairs import repaired
from helpers.text.readable import readable
from helpers.tone.features import role_of
from helpers.tone.stance import judged, stances_in
from helpers.tone.statement import Said
from helpers.tone.view import View
from helpers.tree import Tree, head_of, read_tree

if TYPE_CHECKING:
    from spacy.tokens import Doc

Row = Mapping[str, Any]
Chances = tuple[float, ...]  # of the labels


def docs_of(rows: Sequence[Row]) -> Iterator[Doc]:
    """The parse of each row's text; a text that several rows share is parsed once."""
    texts = dict.fromkeys(readable(row["text"]).text for row in rows)
    parsed: dict[str, Doc] = {}
    stream = pipeline().pipe(texts, batch_size=64)
    for row in rows:
        text = readable(row["text"]).text
        while text not in parsed:
            doc = next(stream)
            parsed[doc.text] = doc
        yield parsed[text]


def views_of(rows: Sequence[Row]) -> Iterator[tuple[View, list[int]]]:
    """The view of each row's text and the tokens of its target in it."""
    views: dict[str, View] = {}
    for row, doc in zip(rows, docs_of(rows), strict=True):
        if doc.text not in views:
            views[doc.text] = View.of(read_tree(doc).words)
        yield views[doc.text], target_in(doc, row)


def chances_of(rows: Sequence[Row]) -> Iterator[Chances]:
    """What the model gives each label, row by row."""
    for row, doc in zip(rows, docs_of(rows), strict=True):
        yield judged(doc, target_in(doc, row), holder_in(doc, row))


def chances_with_and_without(
    rows: Sequence[Row], encoder: Iterable[Sequence[float]]
) -> Iterator[tuple[Chances, Chances]]:
    """What the model gives each label by itself, and together with the encoder, from one parse of each row."""
    for row, doc, second in zip(rows, docs_of(rows), encoder, strict=True):
        at = target_in(doc, row), holder_in(doc, row)
        yield judged(doc, *at), judged(doc, *at, second)


def target_in(doc: Doc, row: Row) -> list[int]:
    return tokens_at(doc, *readable(row["text"]).within(row["target_start"], row["target_end"]))


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
    if start is not None and end is not None:
        start, end = readable(row["text"]).within(start, end)
    else:
        start = doc.text.find(str(name))
        end = start + len(str(name))
    return tokens_at(doc, start, end) if 0 <= start < end <= len(doc.text) else []


def said_of(rows: Sequence[Row]) -> Iterator[Said]:
    """Each row's statement as the verdict reads it."""
    for row, doc in zip(rows, docs_of(rows), strict=True):
        yield said_in(doc, row)


def said_in(doc: Doc, row: Row) -> Said:
    """The statement of a row in the parse of its text."""
    tree = read_tree(doc, repaired)
    content = set(places(tree, row, "content"))
    holder = set(places(tree, row, "speaker")) - content
    verb = role_of(head_of([tree.words[i] for i in sorted(holder)]))[1] if holder else None
    spoken = {verb.i} - content if verb is not None else set()
    kept = [tree.words[i] for i in sorted(content | holder | spoken)]
    view = View.of(kept, holder)
    inside = [n for n, word in enumerate(kept) if word.i in content]
    reports = next((view.words[n] for n, word in enumerate(kept) if word.i in spoken), None)
    return Said(view, inside, reports, stances_in(view, inside))


def places(tree: Tree, row: Row, key: str) -> range:
    """The words that a part of the row's text covers; none where it has no such part."""
    part, text = str(row.get(key) or ""), str(row["text"])
    start = text.find(part)
    if not part or start < 0:
        return range(0)
    return tree.touched(*readable(text).within(start, start + len(part)))
