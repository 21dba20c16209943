"""Organisations and documents: each under one name, also where only "it", "the company" or "the report" stands for them.

>>> reads = read_paragraphs(parse(read_text("The operator, Northern Lines, denied it. The company said no.")))  # doctest: +SKIP
>>> [(reads[0].parsed.doc[a:b].text, body.name) for _, a, b, body in find_bodies(reads, set())]                 # doctest: +SKIP
[('Northern Lines', 'Northern Lines'), ('The company', 'Northern Lines')]
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from helpers.knowledge.reporting import entity_heads, reporting_verbs, speaker_nouns
from helpers.names.gazetteer import Known
from helpers.names.mentions import CAPITALISED
from helpers.names.paragraphs import Read
from helpers.names.pronouns import is_subject
from helpers.names.single_names import NEWSPAPERS

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

BY_NAME, MEANT = "organisation", "antecedent"
POINTING = frozenset("the this that its their his her".split())
COMPANY = frozenset(
    "company firm business manufacturer maker operator group contractor airline bank carrier retailer supplier shipyard "
    "insurer developer start-up startup giant subsidiary brand".split()
)  # nouns for a firm of whatever name
REPORTS = frozenset("report study survey paper assessment review analysis".split())  # each may stand for another
TITLED = re.compile(rf"\b(?:{'|'.join(sorted(REPORTS))})\b", re.IGNORECASE)
REACH = 3  # paragraphs back in which "the company" is looked for


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


def find_bodies(reads: Sequence[Read], taken: set[tuple[int, int]]) -> Iterator[tuple[int, int, int, Body]]:
    """Bodies as (the paragraph's place in `reads`, first token, end, body), outside the tokens `taken` by people."""
    known: dict[str, Body] = {}
    places: list[Place] = []
    unnamed: list[Place] = []  # the navy: what "it" may mean
    people: dict[int, set[int]] = {}
    for paragraph, i in taken:
        people.setdefault(paragraph, set()).add(i)
    for number, read in enumerate(reads):
        busy = people.get(read.parsed.number, set())
        sentence = 0
        here = {start: (end, body) for start, end, body in named_bodies(read, busy)}
        for token in read.parsed.doc:
            sentence += bool(token.is_sent_start)
            if token.i in here:
                end, body = here[token.i]
                body = known[body.name] = merged(known.get(body.name), body)
                start, subject = token.i, is_subject(read.parsed.doc[token.i : end].root)
            elif token.i not in busy and (meant := body_meant(token, number, places, unnamed)):
                start, end, subject = phrase_start(token), token.i + 1, is_subject(token)
                body = replace(meant, rule=MEANT)
            else:
                if token.i not in read.quoted and is_definite_body(token):
                    unnamed.append(
                        Place(number, sentence, is_subject(token), Body(without_article(token), None, frozenset()))
                    )
                continue
            if token.i not in read.quoted:
                places.append(Place(number, sentence, subject, replace(body, rule=BY_NAME)))
            yield number, start, end, body


def merged(known: Body | None, body: Body) -> Body:
    """One body from what two places tell of it."""
    return replace(body, nouns=body.nouns | known.nouns, country=body.country or known.country) if known else body


def named_bodies(read: Read, busy: set[int]) -> Iterator[tuple[int, int, Body]]:
    """The bodies named in a paragraph: studies, those beside a noun in apposition, known ones, those of the recogniser."""
    doc = read.parsed.doc
    busy = busy | {i for n in read.names if n.rule != CAPITALISED for i in range(n.start, n.end)}
    places = {i for k in read.known if k.kind != "organisation" or is_label(doc, k) for i in range(k.start, k.end)}
    titles = list(titled(read))
    busy |= places - {i for start, end, _ in titles for i in range(start, end)}  # the Norhaven Safety Study
    for finder in (titles, in_apposition(read), known_bodies(read), recognised(doc), before_which(read)):
        for start, end, body in finder:
            if end > start and busy.isdisjoint(range(start, end)):
                busy |= set(range(start, end))
                yield start, end, body


def titled(read: Read) -> Iterator[tuple[int, int, Body]]:
    """Studies under their titles: the Norhaven Harbour Safety Study."""
    if TITLED.search(read.parsed.text) is None:
        return
    doc = read.parsed.doc
    for token in doc:
        if token.lower_ not in REPORTS or not token.text[0].isupper():
            continue
        start = token.i
        while start > 0 and doc[start - 1].pos_ in ("PROPN", "ADJ") and doc[start - 1].text[0].isupper():
            start -= 1
        if start < token.i:
            yield start, token.i + 1, Body(doc[start : token.i + 1].text, None, frozenset({token.lower_}))


def in_apposition(read: Read) -> Iterator[tuple[int, int, Body]]:
    """Names beside a noun that says what they are: "the operator, Northern Lines," and "the security firm Wachtel.com"."""
    doc = read.parsed.doc
    known = {k.start: k for k in read.known}
    for noun in doc:
        if not is_body_noun(noun) or noun.i + 2 >= len(doc) or noun.text[0].isupper():
            continue
        comma = doc[noun.i + 1].text == ","
        start = noun.i + 1 + comma
        end = start
        while end < len(doc) and (doc[end].text[0].isupper() or doc[end].text[0].isdigit()) and end - start < 6:
            end += 1
        if end == start or (start in known and known[start].kind != "organisation"):
            continue
        if comma and (end >= len(doc) or doc[end].text not in (",", ".") or doc[start].pos_ == "PRON"):
            continue
        if not comma and doc[end - 1].ent_type_ in ("DATE", "PERSON", "GPE", "NORP"):
            continue
        name = known[start].name if start in known else doc[start:end].text
        yield start, end, Body(name, known[start].country if start in known else None, nouns_of(name) | {noun.lemma_})


def known_bodies(read: Read) -> Iterator[tuple[int, int, Body]]:
    """The organisations of the vocabulary."""
    for known in read.known:
        if known.kind == "organisation" and not is_label(read.parsed.doc, known):
            yield known.start, known.end, Body(known.name, known.country, nouns_of(known.name))


def is_label(doc: Doc, known: Known) -> bool:
    """Is it a label of many people rather than their party's name: Democrats, Greens?"""
    return doc[known.end - 1].tag_ in ("NNS", "NNPS") and known.text != known.name


def recognised(doc: Doc) -> Iterator[tuple[int, int, Body]]:
    """What the recogniser takes for organisations, and documents that bear a name: the Harbour Safety Report."""
    for ent in doc.ents:
        if ent.label_ not in ("ORG", "LAW", "WORK_OF_ART", "EVENT", "PRODUCT"):
            continue
        start, end = ent.start, ent.end
        while (start < end and not doc[start].text[0].isupper()) or (start < end and doc[start].lower_ == "the"):
            start += 1
        while end > start and (doc[end - 1].tag_ == "POS" or not doc[end - 1].text[0].isalnum()):
            end -= 1
        text = doc[start:end].text
        nouns = nouns_of(text)
        document = any(speaker_nouns().get(noun) == "document" for noun in nouns)
        if (
            end > start
            and re.search("[A-Za-z]{2}", text)
            and text.lower() not in nouns
            and (ent.label_ == "ORG" or document)
        ):
            yield start, end, Body(text, None, nouns)


def before_which(read: Read) -> Iterator[tuple[int, int, Body]]:
    """Names that "which" takes up, and that are no place: Pelagica Cables, which runs the line."""
    if ", which" not in read.parsed.text:
        return
    doc = read.parsed.doc
    for token in doc[2:]:
        if token.lower_ != "which" or doc[token.i - 1].text != "," or doc[token.i - 2].pos_ != "PROPN":
            continue
        start = end = token.i - 1
        while start > 0 and doc[start - 1].pos_ == "PROPN" and doc[start - 1].text[0].isupper():
            start -= 1
        if start < end and doc[end - 1].ent_type_ not in ("GPE", "LOC", "FAC", "DATE", "EVENT"):
            yield start, end, Body(doc[start:end].text, None, nouns_of(doc[start:end].text))


def is_definite_body(token: Token) -> bool:
    """Is it a body of which one is meant, without a name: the coast guard?"""
    return is_body_noun(token) and token.dep_ != "compound" and any(c.lower_ == "the" for c in token.children)


def without_article(noun: Token) -> str:
    """The noun with the words before it, but for its article: coast guard."""
    first = next((c.i + 1 for c in noun.children if c.lower_ == "the"), noun.i)
    return str(noun.doc[first : noun.i + 1].text)


def is_body_noun(token: Token) -> bool:
    """Is this a noun for an organisation or a document: ministry, board, report?"""
    if token.tag_ != "NN":
        return False
    lemma = token.lemma_.lower()
    return lemma in COMPANY or speaker_nouns().get(lemma) in ("organisation", "document")


def nouns_of(name: str) -> frozenset[str]:
    """The nouns in a name that may stand for it: the ministry, for the Ministry of Transport."""
    words = {word.lower() for word in re.findall(r"\w+", name)}
    kinds = {w for w in words if speaker_nouns().get(w) in ("organisation", "document") or w in COMPANY}
    if any(entity_heads().get(word.capitalize()) == "organisation" for word in words):
        kinds |= {word for word in words if entity_heads().get(word.capitalize()) == "organisation"}
    return frozenset(kinds | ({"newspaper", "paper"} if words & NEWSPAPERS else set()))


def body_meant(token: Token, number: int, places: Sequence[Place], unnamed: Sequence[Place]) -> Body | None:
    """The body that "it", "the ministry" or "the company" means, where it can be told."""
    if token.lower_ == "it":
        if not (token.dep_ == "nsubj" and token.head.lemma_ in reporting_verbs()):
            return None
        last = [p for p in (*places, *unnamed) if p.paragraph == number and p.subject]
        return max(last, key=lambda p: p.sentence).body if last else None
    if not (is_body_noun(token) or token.text in entity_heads()) or not points(token):
        return None
    lemma = token.lemma_.lower()
    named = [p.body for p in places if lemma in p.body.nouns]
    if named:
        return named[-1]
    if lemma in REPORTS:
        alike = [p.body for p in places if p.body.nouns and p.body.nouns <= REPORTS]
    elif lemma in COMPANY:
        near = [p for p in places if number - p.paragraph <= REACH and p.body.nouns <= COMPANY]
        alike = [p.body for p in near if p.body.nouns] or [p.body for p in near]
    else:
        return None
    return alike[-1] if len({b.name for b in alike}) == 1 else None


def points(token: Token) -> bool:
    """Is it "the company", or "a ministry statement", with no word that makes it another: "the firm Wachtel"?"""
    if token.dep_ == "compound":
        return speaker_nouns().get(token.head.lemma_.lower()) == "document"
    start = phrase_start(token)
    if start == token.i or token.i - start > 1 or (token.i + 1 < len(token.doc) and token.nbor(1).text == "of"):
        return False
    if any(c.dep_ in ("relcl", "acl", "appos", "prep") and c.i < token.i + 3 for c in token.children):
        return False
    return token.dep_ != "poss" and token.doc[start].lower_ in POINTING


def phrase_start(token: Token) -> int:
    """Where the article or pronoun before a noun stands."""
    before = token.doc[token.i - 1] if token.i else None
    return token.i - 1 if before is not None and before.lower_ in POINTING else token.i
