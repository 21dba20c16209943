"""What stands beside a name and tells a person from a firm or a town: Ada Roe, who …; the operator, Lind.

>>> doc = pipeline()("Ada Roe, who paints, left.")    # doctest: +SKIP
>>> followed_by(doc, 2, "who")                        # doctest: +SKIP
True
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.knowledge.reporting import body_nouns, speaker_nouns

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


def followed_by(doc: Doc, end: int, *words: str) -> bool:
    """Does one of the words stand behind a comma at token `end`: Ada Roe, *who* …?"""
    return [token.lower_ for token in doc[end : end + 2]] in [[",", word] for word in words]


def has_who(noun: Token) -> bool:
    """Is the noun followed by "who": the crane operator *who* leads the union?"""
    return any(t.lower_ == "who" for clause in noun.children if clause.dep_ == "relcl" for t in clause.children)


def body_noun_before(doc: Doc, start: int) -> bool:
    """Does a noun for a firm stand before the name that begins at `start`: the operator, Northern Lines?"""
    return any(is_body_noun(token.tag_, token.lemma_.lower()) for token in doc[max(0, start - 2) : start])


def is_body_noun(tag: str, lemma: str) -> bool:
    """Is a word with this tag and lemma a noun for an organisation or a document: ministry, board, report?"""
    if tag != "NN":
        return False
    return body_nouns().get(lemma) == "company" or speaker_nouns().get(lemma) in ("organisation", "document")
