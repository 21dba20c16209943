"""Whose stance: the part of a sentence in which a named holder acts or speaks.

>>> doc = pipeline()("Roe praised Lind, while Quist attacked him.")                  # doctest: +SKIP
>>> view, target, together = held_view(doc, [0], [2])                                # doctest: +SKIP
>>> view.words, together                                                             # doctest: +SKIP
(['NAME', 'praise', 'NAME', …], True)
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from helpers.tone.features import head_of, role_of
from helpers.tone.view import View

if TYPE_CHECKING:
    from spacy.tokens import Doc

JOINED = ("conj", "xcomp", "advcl")


def held_view(doc: Doc, holder: Sequence[int], target: Sequence[int]) -> tuple[View, list[int], bool]:
    """What the holder does or says, as a view, and the target's tokens in it; else the whole, with False.

    The holder's verb is the one that it is the subject, the agent or an argument of; what hangs on it is the holder's.
    The verbs joined to it without a subject of their own count with it.
    """
    whole = View.of(doc, holder)
    _, verb, _ = role_of(whole, head_of(whole, holder))
    if verb < 0 or not set(whole.line(head_of(whole, target))) & set(joined(whole, verb)):
        return whole, list(target), False
    inside = sorted(token.i for token in doc[verb].subtree)
    if not set(target) <= set(inside):
        return whole, list(target), True
    return View.of([doc[i] for i in inside], holder), [inside.index(i) for i in target], True


def joined(view: View, verb: int) -> list[int]:
    """The verb and those joined to it without a subject of their own."""
    found = [verb]
    for at in found:
        found += [
            c for c in view.children[at] if view.relations[c] in JOINED and not view.has_subject(c) and c not in found
        ]
    return found
