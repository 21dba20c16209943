"""He or she: what the article itself shows, by honorifics, by words like "spokeswoman", by its own pronouns.

>>> likelier(Counter(she=2)), likelier(Counter(he=1, she=1)) is None
('she', True)

A name is never read as a man's or a woman's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, TypeVar

from helpers.knowledge.vocabulary import gendered_nouns, honorifics
from helpers.names.mentions import Name
from helpers.names.paragraphs import Read
from helpers.tree import SUBJECTS

if TYPE_CHECKING:
    from spacy.tokens import Token

PRONOUNS = {"m": "he", "f": "she"}
SINGULAR = dict.fromkeys(("he", "him", "his", "himself"), "he") | dict.fromkeys(
    ("she", "her", "hers", "herself"), "she"
)
Person = TypeVar("Person")


def gender_beside(name: Name) -> str | None:
    """The pronoun that honorific or office tell: Ms., King, spokeswoman."""
    if name.honorific and (gender := honorifics()[name.honorific].gender):
        return PRONOUNS[gender]
    words = reversed(name.role.head.split()) if name.role else ()
    return next(filter(None, map(gendered_nouns().get, words)), None)


def he_or_she(word: str) -> str | None:
    """He or she, where the word is such a pronoun; none for HE, his excellency.

    >>> he_or_she("Her"), he_or_she("HE") is None
    ('she', True)
    """
    return None if word in honorifics() else SINGULAR.get(word.lower())


def bound_pronouns(read: Read, names: Sequence[tuple[Name, Person]]) -> Iterator[tuple[Person, str]]:
    """People and the pronouns that surely mean them, outside quotations: "Roe said she …", "Roe … her"."""
    doc = read.parsed.doc
    for sentence in doc.sents:
        here = [(n, p) for n, p in names if sentence.start <= n.start < sentence.end and n.start not in read.quoted]
        if len({p for _, p in here}) == 1 and is_subject(doc[here[0][0].end - 1]):
            for token in doc[here[0][0].end : sentence.end]:
                if token.i not in read.quoted and (pronoun := he_or_she(token.text)):
                    yield here[0][1], pronoun


def is_subject(token: Token) -> bool:
    """Is the phrase that ends with `token` the subject of its verb (or joined to one)?"""
    token = joined_head(token, "flat", "appos")
    return token.dep_ in SUBJECTS or (token.dep_ == "conj" and token.head.dep_ in SUBJECTS)


def joined_head(token: Token, *relations: str) -> Token:
    """The word on which a token hangs at last by these relations."""
    while token.dep_ in relations:
        token = token.head
    return token


def likelier(votes: Counter[str]) -> str | None:
    """The pronoun that most votes are for; None where they do not agree."""
    he, she = votes["he"], votes["she"]
    return None if he == she else "he" if he > she else "she"
