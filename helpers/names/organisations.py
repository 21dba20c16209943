"""Which organisation or study is meant by "it", "the company" or "the report".

>>> reads = read_paragraphs(parse(read_text("The operator, Northern Lines, denied it. The company said no.")))  # doctest: +SKIP
>>> [(body.name, body.rule) for body in find_bodies(reads, find_things(reads, ()), set())]                      # doctest: +SKIP
[('Northern Lines', 'organisation'), ('Northern Lines', 'antecedent')]
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from helpers.knowledge.names import small_words
from helpers.knowledge.reporting import body_nouns, entity_heads, reporting_verbs, speaker_nouns
from helpers.names.beside import is_body_noun
from helpers.names.gazetteer import Known
from helpers.names.paragraphs import Read
from helpers.names.pronouns import is_subject
from helpers.names.things import Thing, nouns_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

BY_NAME, MEANT = "organisation", "antecedent"
REACH = 3  # paragraphs back in which "it" is looked for


@dataclass(frozen=True, slots=True)
class Body:
    """An organisation or document as it is named at one place, with the nouns that may stand for it."""

    name: str
    country: str | None
    nouns: frozenset[str]
    rule: str = BY_NAME


@dataclass(frozen=True, slots=True)
class Place:
    """Where a body was named."""

    paragraph: int
    subject: bool
    body: Body


def find_bodies(
    reads: Iterable[Read], things: Iterable[Thing], taken: set[tuple[int, int]]
) -> Iterator[tuple[Read, int, int, Body]]:
    """Bodies, each with its paragraph, first token and end, outside the tokens `taken` by people."""
    named: defaultdict[int, dict[int, Thing]] = defaultdict(dict)  # by paragraph and first token
    nouns: defaultdict[str, frozenset[str]] = defaultdict(frozenset)
    for t in (t for t in things if t.type in ("organisation", "document")):
        named[t.paragraph][t.start] = t
        nouns[t.name] |= nouns_of(t.name) | ({t.noun} if t.noun else set())
    places: list[Place] = []
    for read in reads:
        doc, number, end = read.parsed.doc, read.parsed.number, 0
        here = {start: thing for start, thing in named[number].items() if not is_label(doc, thing)}
        for word in read.parsed.tree.words:
            if thing := here.get(word.i):
                start, behind = word.i, thing.end
                body: Body | None = Body(thing.name, thing.country, nouns[thing.name])
            elif word.i >= end and (number, word.i) not in taken:
                start, behind = phrase_start(doc[word.i]), word.i + 1
                body = body_meant(doc[word.i], number, places)
            else:
                continue
            if body:
                if word.i not in read.quoted:
                    places.append(Place(number, is_subject(doc[word.i : behind].root), body))
                end = behind
                yield read, start, end, body if thing else replace(body, rule=MEANT)


def is_label(doc: Doc, known: Known | Thing) -> bool:
    """Is it a label of many people rather than their party's name: Democrats, Greens?"""
    plural = doc[known.end - 1].tag_ in ("NNS", "NNPS") and entity_heads().get(doc[known.end - 1].text) is None
    return plural and doc[known.start : known.end].text != known.name


def body_meant(token: Token, number: int, places: Sequence[Place]) -> Body | None:
    """The body that "it", "the ministry" or "the company" means, where it can be told."""
    if token.lower_ == "it":
        said = token.dep_ == "nsubj" and token.head.lemma_ in reporting_verbs()
        near = (p.body for p in reversed(places) if p.subject and number - p.paragraph < REACH)
        return next(near, None) if said else None
    lemma = token.lemma_.lower()
    if not (is_body_noun(token.tag_, lemma) or token.text in entity_heads()) or not points(token):
        return None
    if same := next((p.body for p in reversed(places) if lemma in p.body.nouns), None):
        return same
    group = body_nouns().get(lemma)
    alike = {p.body.name: p.body for p in places if {group} == set(map(body_nouns().get, p.body.nouns))}
    return next(iter(alike.values())) if group in ("company", "report") and len(alike) == 1 else None


def points(token: Token) -> bool:
    """Is it "the company", or "a ministry statement"?"""
    if token.dep_ == "compound":
        return speaker_nouns().get(token.head.lemma_.lower()) == "document"
    return phrase_start(token) != token.i and token.dep_ != "poss"


def phrase_start(token: Token) -> int:
    """Where the article or pronoun before a noun stands."""
    return token.i - (token.doc[token.i - 1 : token.i].text.lower() in small_words()["definite"])
