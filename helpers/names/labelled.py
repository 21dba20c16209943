"""The people behind the labels of a transcript, as names with their titles: SECRETARY ROE, Minister for Defence (Deputy Ada Roe).

>>> reads = read_paragraphs(parse(read_text("Talks\\nMS. ROE: We came.\\nQ: Did you?\\nMS. ROE: Yes.")))    # doctest: +SKIP
>>> [name.text for read in with_labels(reads) for name in read.names]                                    # doctest: +SKIP
['Roe', 'Roe']

The parser, made for sentences, often misreads a label; its layout tells more surely which words are the name.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import takewhile

from helpers.names.gazetteer import tokens_of
from helpers.names.mentions import CAPITALISED, LABEL, Name, honorific_before
from helpers.names.paragraphs import Read
from helpers.names.roles import TITLE, RolePhrase
from helpers.text.labels import Label, spelled
from helpers.text.transcripts import labels_in


def with_labels(reads: Sequence[Read]) -> tuple[Read, ...]:
    """The paragraphs, with the names that the labels of a transcript tell instead of those that were found in them."""
    labels = labels_in([read.parsed.text for read in reads])
    if not labels:
        return tuple(reads)
    first = min(labels)
    keys = {label.key for label in labels.values() if label.name}
    labelled = (with_label(read, labels[i]) if i in labels else read for i, read in enumerate(reads))
    whole = (replace(r, names=tuple(shortened(r, name, keys) for name in r.names)) for r in labelled)
    return tuple(with_heads(read, keys) if i < first else read for i, read in enumerate(whole))


def with_label(read: Read, label: Label) -> Read:
    """The paragraph with the name of its label, and no other at that place."""
    doc = read.parsed.doc
    inside = [t.i for t in doc if label.start <= t.idx < label.end]
    rest = [name for name in read.names if name.start not in inside]
    if not label.name or not inside:
        return replace(read, names=tuple(rest))
    words = [word.casefold() for word in label.name]
    found = [i for i in inside if doc[i].text.casefold().strip(".") and is_part(doc[i].text, words)]
    at = run_with(found, label.key, [doc[i].text for i in inside], inside[0])
    if not at:
        return replace(read, names=tuple(rest))
    start, end = at[0], at[-1] + 1
    roles = [r for r in read.roles if r.head_start in inside and not r.plural]
    role = best(roles) or (seated(start, inside[-1] + 1) if label.member else None)
    name = Name(start, end, " ".join(label.name), LABEL, role, honorific_of(read, start))
    taken = range(start, end)
    return replace(
        read,
        names=tuple(sorted((name, *rest), key=lambda n: n.start)),
        roles=tuple(r for r in read.roles if r.head_start not in taken),
        known=tuple(k for k in read.known if k.start not in taken),
    )


def is_part(token: str, words: Sequence[str]) -> bool:
    """Is the token a part of one of the words, as of Lind-Roe?"""
    return any(token.casefold().strip(".—–") and token.casefold().strip(".—–") in word for word in words)


def run_with(found: Sequence[int], key: str, texts: Sequence[str], first: int) -> list[int]:
    """The run of neighbouring tokens among `found` that holds the surname."""
    runs: list[list[int]] = []
    for i in found:
        if runs and runs[-1][-1] == i - 1:
            runs[-1].append(i)
        else:
            runs.append([i])
    joined = ("".join(texts[i - first] for i in run).casefold() for run in runs)
    return next((run for run, text in zip(runs, joined, strict=True) if key in text), [])


def best(roles: Iterable[RolePhrase]) -> RolePhrase | None:
    """The role of a label that tells most: Minister for Defence, not Deputy."""
    return max(roles, key=lambda r: (r.role.public, r.country is not None, len(r.title)), default=None)


def seated(start: int, end: int) -> RolePhrase:
    """The role of a member whose seat and party stand beside the name, as the tokens `start` to `end` of the label tell."""
    return RolePhrase(start, end, start, end, "MP", "mp", None, False, TITLE)


def honorific_of(read: Read, start: int) -> str | None:
    """The honorific before a name, also one in capitals."""
    doc = read.parsed.doc
    return honorific_before(doc, start) or honorific_before(doc[:start].as_doc(), start)


def with_heads(read: Read, keys: set[str]) -> Read:
    """A paragraph above the first label, with the names of those who speak, which lines in capitals hide from the parser."""
    doc, taken = read.parsed.doc, tokens_of(read.names)
    names = list(read.names)
    for token in doc:
        if token.i not in taken and token.text.casefold() in keys and token.text[0].isupper():
            before = takewhile(
                lambda t: t.i not in taken and given(read, t.i), reversed(list(doc[max(0, token.i - 3) : token.i]))
            )
            start = token.i - sum(1 for _ in before)
            words = spelled(tuple(doc[start : token.i + 1].text.split()))
            names.append(Name(start, token.i + 1, " ".join(words), LABEL if len(words) > 1 else CAPITALISED))
    return replace(read, names=tuple(sorted(names, key=lambda n: n.start)))


def shortened(read: Read, name: Name, keys: set[str]) -> Name:
    """The name up to the surname of somebody who speaks, where a headline goes on in capitals: Ada Roe En Route Lindholm."""
    doc = read.parsed.doc
    for i in range(name.start, name.end - 1):
        words = doc[name.start : i + 1].text.split()
        if doc[i].whitespace_ and len(words) > 1 and words[-1].casefold() in keys:
            return replace(name, end=i + 1, text=" ".join(words))
    return name


def given(read: Read, i: int) -> bool:
    """May the word be a given name: a capital, and no title?"""
    text = read.parsed.doc[i].text
    held = any(r.start <= i < r.head_end for r in read.roles)
    return text[0].isupper() and not held and honorific_before(read.parsed.doc, i + 1) is None and text.isalpha()
