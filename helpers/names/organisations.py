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

BY_NAME, MEANT, DESCRIBED = "organisation", "antecedent", "described"
REACH = 3  # paragraphs back in which "the company" is looked for
LATELY = 20  # bodies back in which "it" is looked for


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
    sentence: int
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
        here = named[number]
        for word in read.parsed.tree.words:
            thing = here.get(word.i)
            if thing and is_label(doc, thing):
                thing = None
            if not thing and word.lower != "it" and not may_mean_body(word.tag, word.lemma, word.text):
                continue
            token = doc[word.i]
            free = token.i >= end and (number, token.i) not in taken
            behind = thing.end if thing else token.i + 1
            body = Body(thing.name, thing.country, nouns[thing.name]) if thing else None
            if free and (not thing or thing.name.lower() in nouns[thing.name]):
                meant = body_meant(doc[behind - 1], number, places)
                body = replace(meant, rule=DESCRIBED if meant.rule == DESCRIBED else MEANT) if meant else body
            told = body or described(token)
            if told and token.i not in read.quoted:
                places.append(Place(number, token.sent.start, is_subject(doc[token.i : behind].root), told))
            if body:
                end = behind
                yield read, token.i if thing else phrase_start(token), end, body


def is_label(doc: Doc, known: Known | Thing) -> bool:
    """Is it a label of many people rather than their party's name: Democrats, Greens?"""
    plural = doc[known.end - 1].tag_ in ("NNS", "NNPS") and entity_heads().get(doc[known.end - 1].text) is None
    return plural and doc[known.start : known.end].text != known.name


def described(noun: Token) -> Body | None:
    """The body of which one is meant without a name: the *coast guard*."""
    if noun.dep_ == "compound" or not is_body_noun(noun.tag_, noun.lemma_.lower()):
        return None
    articles = [c.i for c in noun.children if c.lower_ == "the"]
    if not articles:
        return None
    return Body(noun.doc[articles[0] + 1 : noun.i + 1].text, None, frozenset(), DESCRIBED)


def body_meant(token: Token, number: int, places: Sequence[Place]) -> Body | None:
    """The body that "it", "the ministry" or "the company" means, where it can be told."""
    if token.lower_ == "it":
        if not (token.dep_ == "nsubj" and token.head.lemma_ in reporting_verbs()):
            return None
        acting = [p for p in places[-LATELY:] if p.subject and number - p.paragraph < REACH]
        told = [p for p in acting if p.paragraph == number] or (acting if token.i == 0 else [])
        last = [p.body for p in told if (p.paragraph, p.sentence) == (told[-1].paragraph, told[-1].sentence)]
        return min(last, key=lambda body: body.rule == DESCRIBED, default=None)
    lemma = token.lemma_.lower()
    if not may_mean_body(token.tag_, lemma, token.text) or not points(token):
        return None
    named = [p for p in places if p.body.rule != DESCRIBED]
    if same := next((p.body for p in reversed(named) if lemma in p.body.nouns), None):
        return same
    group = body_nouns().get(lemma)
    near = [p.body for p in named if group == "report" or number - p.paragraph <= REACH]
    alike = [b for b in near if b.nouns and all(body_nouns().get(noun) == group for noun in b.nouns)]
    if group == "company" and not alike:
        alike = [b for b in near if not b.nouns]
    return alike[-1] if group in ("company", "report") and len({b.name for b in alike}) == 1 else None


def may_mean_body(tag: str, lemma: str, text: str) -> bool:
    """Is a word with this tag and lemma a noun for a body, or the head of a body's name?"""
    return is_body_noun(tag, lemma) or text in entity_heads()


def points(token: Token) -> bool:
    """Is it "the company", or "a ministry statement", with no word that makes it another: "the firm Wachtel"?"""
    if token.dep_ == "compound":
        return speaker_nouns().get(token.head.lemma_.lower()) == "document"
    if phrase_start(token) == token.i or token.doc[token.i + 1 : token.i + 2].text == "of" or token.dep_ == "poss":
        return False
    return not any(c.dep_ in ("relcl", "acl", "appos", "prep") and c.i < token.i + 3 for c in token.children)


def phrase_start(token: Token) -> int:
    """Where the article or pronoun before a noun stands."""
    return token.i - (token.doc[token.i - 1 : token.i].text.lower() in small_words()["definite"])
