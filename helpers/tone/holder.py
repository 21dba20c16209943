"""Whose stance: the part of a sentence in which a named holder acts or speaks.

>>> tree = read_tree(pipeline()("Roe praised Lind, while Quist attacked him."))      # doctest: +SKIP
>>> view, target, together = held_view(tree, [0], [2])                               # doctest: +SKIP
>>> [word.lemma for word in view.words], together                                    # doctest: +SKIP
(['NAME', 'praise', 'NAME', …], True)
"""

from collections.abc import Collection, Sequence

from helpers.knowledge.reporting import reporting_verbs
from helpers.knowledge.tone import tone_verbs
from helpers.tone.features import role_of
from helpers.tone.frames import named_as, verb_with_particle
from helpers.tone.situation import is_another
from helpers.tone.view import View
from helpers.tree import Tree, Word, agent, ancestors, below, child, children, doer_of, has_subject, head_of

SPEAKING = ("speaker", "subject", "agent")  # roles of a holder
JOINED = ("conj", "xcomp", "advcl")
# classes of verbs that tell how their subject stands
ATTITUDES = frozenset("condemn criticise accuse mock hate praise support oppose warn want love".split())


def held_view(tree: Tree, holder: Sequence[int], target: Sequence[int]) -> tuple[View, list[int], bool]:
    """What the holder does or says, as a view, and the target's tokens in it; else the whole, with False.

    The holder's verb is the one that it is the subject, the agent or an argument of; what hangs on it is the holder's.
    The verbs joined to it without a subject of their own count with it.
    """
    whole = View.of(tree.words, holder)
    _, verb, _ = role_of(head_of([whole.words[i] for i in holder]))
    head = head_of([whole.words[i] for i in target])
    if verb is None or not {w.i for w in (head, *ancestors(head))} & {w.i for w in joined(verb)}:
        return whole, list(target), False
    inside = sorted(word.i for word in below(verb))
    if not set(target) <= set(inside):
        return whole, list(target), True
    return View.of([tree.words[i] for i in inside], holder), [inside.index(i) for i in target], True


def role_of_holder(view: View) -> tuple[str, Word | None]:
    """What the holder is to the verb by which it acts or speaks, and that verb."""
    role, verb, _ = role_of(head_of([view.words[i] for i in sorted(view.holder)])) if view.holder else ("", None, "")
    return role, verb


def speaks(view: View) -> bool:
    """Does the holder speak or take a stance, rather than do something: says, condemned by her, according to her?"""
    role, verb = role_of_holder(view)
    if verb is None or not (role in SPEAKING or verb.lemma == "accord"):
        return False
    entry = tone_verbs().get(verb_with_particle(verb))
    return verb.lemma in reporting_verbs() or (entry is not None and entry.kind in ATTITUDES) or verb.lemma == "accord"


def joined(verb: Word) -> list[Word]:
    """The verb and those joined to it without a subject of their own."""
    found = [verb]
    for at in found:
        found += [c for c in children(at, *JOINED) if not has_subject(c) and c not in found]
    return found


def inner_holder(view: View, head: Word, others: Collection[int]) -> tuple[Word, Word] | None:
    """Who is told to take a stance on the target at `head`, if not the speaker, and the verb that tells it.

    Roe said that *Lind* had *condemned* the treaty: of Roe that says nothing. `others` are the tokens that name somebody
    who is neither the speaker nor of the speaker's side. The nearest verb of attitude or speech that has a subject decides.
    """
    at, (_, own) = head, role_of_holder(view)
    told = own is None or own.lemma != "accord"  # according to Roe, the other did: that is not told of Roe
    for verb in ancestors(head):
        under, at = at, verb
        if told and any(verb.left <= i <= verb.right for i in view.holder):
            return None
        if verb.tag[0] != "V" or not takes_stance(view, verb, under):
            continue
        who = under if under.dep == "nsubj" else agent(verb) if under.dep == "nsubjpass" else doer_of(verb)
        if who is not None:
            return (who, verb) if is_another(view, who, others) else None
    return None


def takes_stance(view: View, verb: Word, under: Word) -> bool:
    """Does a verb show how its subject stands to what hangs on it: condemns X, calls X a disaster, believes that X …?

    Of the subject itself it then says nothing, unless it is a verb that does: supports, mocks.
    """
    entry = tone_verbs().get(verb_with_particle(verb))
    if under.dep == "nsubj" and entry is not None and entry.subject:
        return False
    if (entry is not None and entry.kind in ATTITUDES) or named_as(view, verb) is not None:
        return True
    clause = under.dep in ("ccomp", "xcomp") or (under.dep == "nsubj" and child(verb, "ccomp") is not None)
    return clause and verb.lemma in reporting_verbs()
