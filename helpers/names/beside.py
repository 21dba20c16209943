"""What stands beside a name and tells a person from a firm or a town: her brother, Imre; Ada Roe, who …; the operator, Lind.

>>> doc = pipeline()("Her brother, Imre, paints.")    # doctest: +SKIP
>>> print(person_noun_before(doc, 3))                        # doctest: +SKIP
brother
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


def has_who(noun: Token) -> bool:
    """Is the noun followed by "who": the crane operator *who* leads the union?"""
    return any(t.lower_ == "who" for clause in noun.children if clause.dep_ == "relcl" for t in clause.children)


def noun_before(doc: Doc, i: int) -> Token | None:
    """The noun that the parser joins to the name at token `i`: her brother, Imre, said; his wife Sofia said."""
    name = doc[i]
    if i > 1 and doc[i - 1].text == ",":
        aside = name.dep_ == "appos" and name.head.i == i - 2 and any(t.is_punct for t in doc[i + 1 : i + 2])
        return doc[i - 2] if aside else None
    noun = doc[max(i - 1, 0)]
    joined = (noun.head.i == i and noun.dep_ in BESIDE) or (name.head.i == noun.i and name.dep_ in BESIDE)
    return noun if joined else None


def person_noun_before(doc: Doc, i: int) -> Token | None:
    """The noun for a person beside the name: her *brother*, Imre."""
    noun = noun_before(doc, i)
    return noun if noun is not None and is_person(noun) else None


def body_noun_before(doc: Doc, start: int) -> bool:
    """Does a noun for a firm stand before the name that begins at `start`: the operator, Northern Lines?"""
    return any(is_body_noun(token.tag_, token.lemma_.lower()) for token in doc[max(0, start - 2) : start])


def is_person(noun: Token) -> bool:
    """Is it a noun for one person that is used of nothing else: brother, nurse; but not: partner, ally?"""
    lemma = noun.lemma_.lower()
    if noun.tag_ != "NN" or lemma in body_nouns():
        return False
    return lemma in gendered_nouns() or speaker_nouns().get(lemma) == "person"


def is_body_noun(tag: str, lemma: str) -> bool:
    """Is a word with this tag and lemma a noun for an organisation or a document: ministry, board, report?"""
    if tag != "NN":
        return False
    return body_nouns().get(lemma) == "company" or speaker_nouns().get(lemma) in ("organisation", "document")
