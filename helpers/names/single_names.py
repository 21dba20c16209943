"""What stands beside a name and tells a person from a firm or a town: her brother, Imre; Ada Roe, who …; the operator, Lind.

>>> doc = pipeline()("Her brother, Imre, paints.")    # doctest: +SKIP
>>> person_noun_before(doc, 3)                        # doctest: +SKIP
True
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.knowledge.reporting import body_nouns, speaker_nouns
from helpers.knowledge.vocabulary import gendered_nouns

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

BESIDE = ("compound", "nmod", "appos")


def followed_by(doc: Doc, end: int, *words: str) -> bool:
    """Does one of the words stand behind a comma at token `end`: Ada Roe, *who* …?"""
    return [token.lower_ for token in doc[end : end + 2]] in [[",", word] for word in words]


def taken_up(doc: Doc, end: int) -> bool:
    """Is the name that ends at token `end` the one person of its sentence, and does the next begin with he or she?"""
    head = doc[end - 1]
    following = doc[head.sent.end] if head.sent.end < len(doc) else None
    if head.dep_ != "nsubj" or following is None or following.dep_ != "nsubj":
        return False
    return following.lower_ in ("he", "she") and not any(t.ent_type_ == "PERSON" for t in head.sent)


def has_who(noun: Token) -> bool:
    """Is the noun followed by "who": the crane operator *who* leads the union?"""
    return any(t.lower_ == "who" for clause in noun.children if clause.dep_ == "relcl" for t in clause.children)


def noun_before(doc: Doc, i: int) -> Token | None:
    """The noun that the parser joins to the name at token `i`: her brother, Imre, said; his wife Sofia said."""
    name = doc[i]
    if i > 1 and doc[i - 1].text == ",":
        noun = doc[i - 2]
        joined = name.dep_ == "appos" and name.head.i == i - 2 and i + 1 < len(doc) and doc[i + 1].is_punct
    elif i:
        noun = doc[i - 1]
        joined = (noun.head.i == i and noun.dep_ in BESIDE) or (name.head.i == i - 1 and name.dep_ in BESIDE)
    else:
        return None
    return noun if joined else None


def person_noun_before(doc: Doc, i: int) -> bool:
    """Does a noun for a person stand beside the name: her brother, Imre?"""
    noun = noun_before(doc, i)
    return noun is not None and is_person(noun)


def is_namesake(doc: Doc, i: int) -> bool:
    """Is what looks like a place at token `i` somebody's name: her daughter, Florence, said?"""
    noun = noun_before(doc, i)
    return noun is not None and is_person(noun) and any(child.dep_ == "poss" for child in noun.children)


def body_noun_before(doc: Doc, start: int) -> bool:
    """Does a noun for a firm stand before the name that begins at `start`: the operator, Northern Lines?"""
    return any(is_body_noun(token) for token in doc[max(0, start - 2) : start])


def is_person(noun: Token) -> bool:
    """Is it a noun for one person that is used of nothing else: brother, nurse; but not: partner, ally?"""
    lemma = noun.lemma_.lower()
    if noun.tag_ != "NN" or lemma in body_nouns():
        return False
    return lemma in gendered_nouns() or speaker_nouns().get(lemma) == "person"


def is_body_noun(token: Token) -> bool:
    """Is this a noun for an organisation or a document: ministry, board, report?"""
    lemma = token.lemma_.lower() if token.tag_ == "NN" else ""
    return body_nouns().get(lemma) == "company" or speaker_nouns().get(lemma) in ("organisation", "document")
