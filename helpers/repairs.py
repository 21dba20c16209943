"""Repairs of the parse: where the small parser errs in a known way, once a paragraph, before anything reads the tree.

>>> repaired(words, heads)        # doctest: +SKIP

Each repair is named after what the parser took a word for, changes the heads and relations of the words it is about, and
gives the heads back.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from helpers.knowledge.names import role_forms
from helpers.knowledge.reporting import reporting_verbs, speaker_nouns
from helpers.tree import FINITE, SUBJECTS, Word

TELLING = ("say", "stress", "claim", "suggest", "concede", "warn")  # verbs that follow what was said
NEAR, FAR = 9, 40  # words from a verb to who speaks, and to all that hangs on it
DEEP = 6  # words above one in the opening of a sentence, up to its verb


@dataclass(frozen=True, slots=True)
class Change:
    """A word that is given another head and relation."""

    i: int
    head: int
    dep: str


def taken_for_object(words: Sequence[Word], heads: Sequence[int], i: int) -> list[Change]:
    """She warned *Mr. Lind* was late: the subject of a clause that the parser hangs on the verb before."""
    verb, following = heads[i], i + 1
    if words[i].dep != "dobj" or following >= len(words) or words[following].tag not in ("VBD", "VBZ", "VBP", "MD"):
        return []
    clause = following if heads[following] == verb else heads[following]
    if words[clause].dep not in ("ccomp", "xcomp") or heads[clause] != verb or clause < following:
        return []
    own = any(heads[j] == clause and words[j].dep in SUBJECTS for j in range(i, clause))
    return [] if own else [Change(i, clause, "nsubj"), Change(clause, verb, "ccomp")]


def taken_for_adverb(words: Sequence[Word], heads: Sequence[int], i: int) -> list[Change]:
    """*Tully* wrote: a name that ends like an adverb, beside a verb without a subject."""
    word, verb = words[i], heads[i]
    if word.dep != "advmod" or word.tag != "NNP" or abs(verb - i) != 1 or words[verb].lemma not in reporting_verbs():
        return []
    return [] if has_subject(words, heads, verb) else [Change(i, verb, "nsubj")]


def taken_for_told(words: Sequence[Word], heads: Sequence[int], i: int) -> list[Change]:
    """The pact will hold, stressed the *minister*: who said it, where the parser takes that for the verb's object."""
    verb, above = heads[i], heads[heads[i]]
    if words[i].dep != "dobj" or not 0 < i - verb < NEAR or not can_tell(words[i]) or not tells(words[verb]):
        return []
    own = [words[j] for j in around(words, verb) if heads[j] == verb]
    behind = any(w.dep in ("xcomp", "ccomp", "conj") and w.i > verb for w in own)
    if words[verb - 1].text != "," or behind or has_subject(words, heads, verb):
        return []
    told = Change(i, verb, "nsubj")
    if above == verb:
        return [told] if any(w.dep == "ccomp" for w in own) else []
    if words[verb].dep not in ("conj", "dep") or heads[above] != above or above > verb:
        return []
    return [told, Change(verb, verb, "ROOT"), Change(above, verb, "ccomp")]


def taken_for_apposition(words: Sequence[Word], heads: Sequence[int], i: int) -> list[Change]:
    """At the port, Admiral *Roe*, its chief, said: the subject, hung on the last noun of what opens the sentence."""
    noun = verb = heads[i]
    if (
        words[i].ent != "PERSON"
        or words[noun].ent == "PERSON"
        or words[noun].dep != "pobj"
        or not noun < i < noun + FAR
    ):
        return []
    if words[i].dep != "appos" and any(words[j].dep == "cc" for j in range(noun, i)):
        return []
    for _ in range(DEEP):
        verb = heads[verb] if verb < i else verb
    if verb < i or words[verb].tag not in ("VBD", "VBZ") or words[verb].lemma not in reporting_verbs():
        return []
    return [] if words[verb - 1].text != "," or has_subject(words, heads, verb) else [Change(i, verb, "nsubj")]


def taken_for_last_place(words: Sequence[Word], heads: Sequence[int], i: int) -> list[Change]:
    """At a meeting of the council Minister *Roe* said: the subject, where no comma parts it from what opens the sentence."""
    verb = i + 1
    if words[i].dep != "pobj" or words[i].pos != "PROPN" or verb >= len(words) or words[verb].tag not in ("VBD", "VBZ"):
        return []
    if words[verb].lemma not in reporting_verbs() or has_subject(words, heads, verb):
        return []
    return [Change(i, verb, "nsubj")] if hangs_under(heads, i, verb) else []


def hangs_under(heads: Sequence[int], i: int, top: int) -> bool:
    """Does the word hang on another, a few steps up?"""
    for _ in range(DEEP):
        i = heads[i]
        if i == top:
            return True
    return False


def joined_to_a_deed(words: Sequence[Word], heads: Sequence[int], i: int) -> list[Change]:
    """Urged them to act and *condemned* the raid: a verb in a tense, which is joined to no infinitive and no participle but to the
    verb above them that has its tense."""
    if words[i].dep != "conj" or words[i].tag not in FINITE or words[heads[i]].tag not in ("VB", "VBG"):
        return []
    if has_subject(words, heads, i):
        return []
    above = heads[i]
    for _ in range(DEEP):
        above = heads[above]
        if words[above].tag == words[i].tag:
            return [Change(i, above, "conj")]
    return []


def taken_for_circumstance(words: Sequence[Word], heads: Sequence[int], i: int) -> list[Change]:
    """It was denied by Roe yesterday, *who* said that …: what is told of somebody, hung on the verb before."""
    verb = heads[i]
    if words[i].lower != "who" or words[verb].dep != "advcl" or not i or words[i - 1].text != ",":
        return []
    who = next((w for w in reversed(words[max(0, i - NEAR) : i]) if w.pos == "PROPN" or can_tell(w)), None)
    return [Change(verb, who.i, "relcl")] if who is not None else []


def around(words: Sequence[Word], i: int) -> range:
    """The places near a word."""
    return range(max(0, i - FAR), min(len(words), i + FAR))


def has_subject(words: Sequence[Word], heads: Sequence[int], verb: int) -> bool:
    """Has the verb a subject of its own?"""
    return any(heads[j] == verb and words[j].dep in SUBJECTS for j in around(words, verb))


def tells(verb: Word) -> bool:
    """May the verb follow what was said: stressed, noted?"""
    listed = reporting_verbs().get(verb.lemma)
    return listed is not None and listed.kind in TELLING and verb.tag in ("VBD", "VBZ")


def can_tell(word: Word) -> bool:
    """Is it somebody or a body: the minister, the office, Ms. Roe?"""
    return word.ent == "PERSON" or word.lemma.lower() in speaker_nouns() or word.lower in role_forms()


Repair = Callable[[Sequence[Word], Sequence[int], int], list[Change]]
REPAIRS: tuple[Repair, ...] = (
    taken_for_object,
    taken_for_adverb,
    taken_for_told,
    taken_for_apposition,
    taken_for_last_place,
    joined_to_a_deed,
    taken_for_circumstance,
)


def repaired(words: Sequence[Word], heads: Sequence[int], repairs: Sequence[Repair] = REPAIRS) -> list[int]:
    """The heads after the repairs; relations are set on the words, which nobody else has seen yet."""
    found = list(heads)
    for i in (
        word.i for word in words if word.dep in ("dobj", "advmod", "appos", "conj", "pobj") or word.lower == "who"
    ):
        for repair in repairs:
            changes = repair(words, found, i)
            for change in changes:
                found[change.i] = change.head
                words[change.i].dep = change.dep
            if changes:
                break
    return found if found == list(heads) or is_tree(found) else list(heads)


def is_tree(heads: Sequence[int]) -> bool:
    """Does every word lead up to a root, without a circle?"""
    good: set[int] = set()
    for i in range(len(heads)):
        path = []
        while i not in good and heads[i] != i:
            path.append(i)
            if len(path) > len(heads):
                return False
            i = heads[i]
        good.update(path, (i,))
    return True
