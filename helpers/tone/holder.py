"""Whose stance: the part of a sentence in which a named holder acts or speaks.

>>> doc = pipeline()("Roe praised Lind, while Quist attacked him.")                  # doctest: +SKIP
>>> view, target, together = held_view(doc, [0], [2])                                # doctest: +SKIP
>>> view.words, together                                                             # doctest: +SKIP
(['NAME', 'praise', 'NAME', …], True)
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from helpers.knowledge.reporting import reporting_verbs
from helpers.knowledge.tone import tone_verbs
from helpers.tone.features import head_of, role_of
from helpers.tone.frames import named_as, verb_with_particle
from helpers.tone.view import View

if TYPE_CHECKING:
    from spacy.tokens import Doc

JOINED = ("conj", "xcomp", "advcl")
# classes of verbs that tell how their subject stands
ATTITUDES = frozenset("condemn criticise accuse mock hate praise support oppose warn want love".split())
OTHERS = frozenset("critic opponent rival predecessor adversary enemy foe detractor opposition sceptic skeptic".split())


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


def inner_holder(view: View, head: int, others: Collection[int]) -> tuple[int, int] | None:
    """Who is told to take a stance on the target at `head`, if not the speaker, and the verb that tells it.

    Roe said that *Lind* had *condemned* the treaty: of Roe that says nothing. `others` are the tokens that name somebody
    who is neither the speaker nor of the speaker's side. The nearest verb of attitude or speech that has a subject decides.
    """
    at = head
    while view.heads[at] != at:
        below, at = at, view.heads[at]
        if view.tags[at][0] != "V" or not takes_stance(view, at, below):
            continue
        relation = view.relations[below]
        who = below if relation == "nsubj" else agent_of(view, at) if relation == "nsubjpass" else doer_of(view, at)
        if who >= 0:
            return (who, at) if who in others or view.words[who] in OTHERS else None
    return None


def takes_stance(view: View, verb: int, below: int) -> bool:
    """Does a verb show how its subject stands to what hangs on it: condemns X, calls X a disaster, believes that X …?

    Of the subject itself it then says nothing, unless it is a verb that does: supports, mocks.
    """
    entry = tone_verbs().get(verb_with_particle(view, verb))
    relation = view.relations[below]
    if relation == "nsubj" and entry is not None and entry.subject:
        return False
    if (entry is not None and entry.kind in ATTITUDES) or named_as(view, verb) is not None:
        return True
    clause = any(view.relations[c] == "ccomp" for c in view.children[verb])
    return view.words[verb] in reporting_verbs() and (
        relation in ("ccomp", "xcomp") or (relation == "nsubj" and clause)
    )


def doer_of(view: View, verb: int) -> int:
    """The subject of a verb, or of the one that it is joined to; -1 where there is none."""
    while True:
        found = next((c for c in view.children[verb] if view.relations[c] == "nsubj"), -1)
        if found >= 0 or view.relations[verb] not in ("conj", "xcomp") or view.heads[verb] == verb:
            return found
        verb = view.heads[verb]


def agent_of(view: View, verb: int) -> int:
    """Whoever a passive names after "by"; -1 where it names nobody."""
    by = (c for c in view.children[verb] if view.relations[c] == "agent")
    return next((d for c in by for d in view.children[c] if view.relations[d] == "pobj"), -1)
