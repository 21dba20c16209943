"""The people behind the labels of a transcript, as names with their titles: SECRETARY ROE, Minister for Defence (Deputy Ada Roe).

>>> reads = read_paragraphs(parse(read_text("Talks\\nMS. ROE: We came.\\nQ: Did you?\\nMS. ROE: Yes.")))    # doctest: +SKIP
>>> [name.text for read in with_labels(reads) for name in read.names]                                    # doctest: +SKIP
['Roe', 'Roe']

The parser, made for sentences, often misreads a label; its layout tells more surely which words are the name.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from helpers.names.mentions import LABEL, Name, honorific_before
from helpers.names.paragraphs import Read
from helpers.names.roles import TITLE, RolePhrase
from helpers.text.labels import Label
from helpers.text.transcripts import labels_in


def with_labels(reads: Sequence[Read]) -> tuple[Read, ...]:
    """The paragraphs, with the names that the labels of a transcript tell instead of those that were found in them."""
    labels = labels_in([read.parsed.text for read in reads])
    return tuple(with_label(read, labels[i]) if i in labels else read for i, read in enumerate(reads))


def with_label(read: Read, label: Label) -> Read:
    """The paragraph with the name of its label, and no other at that place."""
    doc = read.parsed.doc
    inside = [t.i for t in doc if label.start <= t.idx < label.end]
    rest = [name for name in read.names if name.start not in inside]
    at = [i for i in inside if is_part(doc[i].text, label.name)]
    if not at:
        return replace(read, names=tuple(rest))
    start, end = at[0], at[-1] + 1
    role = best(r for r in read.roles if r.head_start in inside)
    role = role or (seated(start, inside[-1] + 1) if label.member else None)
    name = Name(start, end, " ".join(label.name), LABEL, role, honorific_before(doc, start))
    return replace(read, names=tuple(sorted((name, *rest), key=lambda n: n.start)))


def is_part(token: str, words: Sequence[str]) -> bool:
    """Is the token a part of one of the words, as of Lind-Roe?"""
    bare = token.casefold().strip(".—–")
    return bool(bare) and any(bare in word.casefold() for word in words)


def best(roles: Iterable[RolePhrase]) -> RolePhrase | None:
    """The role of a label that tells most: Minister for Defence, not Deputy."""
    return max(roles, key=lambda r: (r.role.public, r.country is not None, len(r.title)), default=None)


def seated(start: int, end: int) -> RolePhrase:
    """The role of a member whose seat and party stand beside the name, as the tokens `start` to `end` of the label tell."""
    return RolePhrase(start, end, start, end, "MP", "mp", None, False, TITLE)
