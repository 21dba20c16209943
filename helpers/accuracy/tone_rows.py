"""Annotated statements for tone, in the parse: their content, and the verb and the speaker beside it.

>>> said = next(said_of([{"text": "Roe thanked us.", "content": "us", "speaker": "Roe"}]))      # doctest: +SKIP
>>> said.verb.lemma                                                                               # doctest: +SKIP
'thank'
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from helpers.accuracy.stance_rows import docs_of
from helpers.repairs import repaired
from helpers.text.readable import readable
from helpers.tone.features import role_of
from helpers.tone.stance import stances_in
from helpers.tone.statement import Said
from helpers.tone.view import View
from helpers.tree import Tree, head_of, read_tree

if TYPE_CHECKING:
    from spacy.tokens import Doc

Row = Mapping[str, Any]


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
