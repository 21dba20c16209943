"""Single words that are a person's name by what stands beside them: her brother, Imre; Amina, a nurse; Lindqvist said.

>>> doc = pipeline()("Her brother, Imre, paints.")    # doctest: +SKIP
>>> evidence(doc, 3)                                  # doctest: +SKIP
'noun in apposition'

Many peoples bear one name only, and short reports give no other. A word that only looks like a name is nobody's: it
may be a town, a firm or a paper.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.knowledge.reporting import reporting_verbs, speaker_nouns
from helpers.knowledge.vocabulary import gendered_nouns, given_names

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

BODIES_TOO = frozenset(
    "leader member partner owner manager founder investor trader exporter observer mediator ally anchor backer counterpart "
    "crew critic customer donor driver family host insurer monitor opponent organiser organizer participant people "
    "producer rival source supporter".split()
)  # nouns for people that firms and states are called by, too
THINGS = frozenset("ORG GPE LOC FAC EVENT LAW NORP WORK_OF_ART PRODUCT".split())  # labels that speak against a person
NEWSPAPERS = frozenset("times herald gazette post journal tribune telegraph courier chronicle observer daily".split())
PLACES = ("GPE", "LOC", "FAC")
BESIDE = ("compound", "nmod", "appos")


def evidence(doc: Doc, i: int) -> str | None:
    """What tells that the single capitalised word at token `i` is somebody's name; None where nothing does."""
    name, label = doc[i], doc[i].ent_type_
    if followed_by(doc, i + 1, "who", "whom") and label not in THINGS:
        return "name before who"
    added = [c for c in name.children if c.dep_ == "appos" and c.i > i and c.pos_ == "NOUN"]
    if noun_before(doc, i) is not None or (label not in PLACES and any(map(is_person, added))):
        return "noun in apposition"
    if added:
        return None  # Wachtel, a leader in steel, said …
    if i > 1 and doc[i - 1].lower_ == "named" and is_person(doc[i - 1].head):
        return "name after named"
    known = label == "PERSON" or (name.text in given_names() and label not in PLACES)
    if known and name.dep_ == "nsubj" and name.head.lemma_.lower() in reporting_verbs():
        return "name of somebody who speaks"
    return None


def told_as_person(doc: Doc, start: int, end: int) -> str | None:
    """What tells that a name of several words is a person's, whatever the recogniser takes it for; None where nothing does."""
    head = doc[end - 1]
    if followed_by(doc, end, "who", "whom"):
        return "name before who"
    added = [c for c in head.children if c.dep_ == "appos" and c.i >= end and c.pos_ == "NOUN"]
    if any(is_person(noun) or has_who(noun) for noun in added):
        return "noun in apposition"
    of = doc[end] if end < len(doc) else None
    if head.dep_ in ("nsubj", "nsubjpass") and of is not None and of.lower_ == "of" and of.head.i == head.i:
        return "member of a body" if any(t.ent_type_ == "ORG" for t in of.children) else None
    following = doc[head.sent.end] if head.sent.end < len(doc) else None
    taken_up = following is not None and following.lower_ in ("he", "she") and following.dep_ == "nsubj"
    alone = not any(t.ent_type_ == "PERSON" for t in head.sent)
    return "name taken up by a pronoun" if taken_up and alone and head.dep_ == "nsubj" else None


def followed_by(doc: Doc, end: int, *words: str) -> bool:
    """Does one of the words stand behind a comma at token `end`: Ada Roe, *who* …?"""
    return [token.lower_ for token in doc[end : end + 2]] in [[",", word] for word in words]


def has_who(noun: Token) -> bool:
    """Is the noun followed by "who": the crane operator *who* leads the union?"""
    return any(t.lower_ == "who" for clause in noun.children if clause.dep_ == "relcl" for t in clause.children)


def noun_before(doc: Doc, i: int) -> Token | None:
    """The noun for a person right before the name at token `i`: her brother, Imre, said; his wife Sofia said."""
    name = doc[i]
    if i > 1 and doc[i - 1].text == ",":
        noun = doc[i - 2]
        joined = name.dep_ == "appos" and name.head.i == i - 2 and i + 1 < len(doc) and doc[i + 1].is_punct
    elif i:
        noun = doc[i - 1]
        joined = (noun.head.i == i and noun.dep_ in BESIDE) or (name.head.i == i - 1 and name.dep_ in BESIDE)
    else:
        return None
    return noun if joined and is_person(noun) else None


def is_namesake(doc: Doc, i: int) -> bool:
    """Is what looks like a place at token `i` somebody's name: her daughter, Florence, said?"""
    noun = noun_before(doc, i)
    return noun is not None and any(child.dep_ == "poss" for child in noun.children)


def is_person(noun: Token) -> bool:
    """Is it a noun for one person that is used of nothing else: brother, nurse; but not: partner, ally?"""
    lemma = noun.lemma_.lower()
    return (
        noun.tag_ == "NN"
        and lemma not in BODIES_TOO
        and (lemma in gendered_nouns() or speaker_nouns().get(lemma) == "person")
    )
