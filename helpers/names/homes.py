"""Whose official is it? The country of each person, weighed from all that the article shows.

>>> weighed([CountryEvidence("India", "title", span, 3.0), CountryEvidence("Norway", "story", span, 2.0)])  # doctest: +SKIP
'India'

A title with no country in it is that of the country whose story is told (`helpers.names.story`). Where the evidence does not
decide, the country stays empty: a wrong one is worse.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING

from helpers.knowledge.names import (
    fold,
    office_words,
    own_parties,
    public_figures,
    roaming_bodies,
    small_words,
    state_bodies,
    towns,
)
from helpers.knowledge.reporting import entity_heads
from helpers.knowledge.vocabulary import PUBLIC
from helpers.names.gazetteer import Known
from helpers.names.paragraphs import Read
from helpers.names.roles import BESIDE, GOVERNMENT, POSSESSIVE, TITLE, RolePhrase, is_indefinite, roles_agree
from helpers.names.story import Story, country_of_place, leader, near, told
from helpers.records import CountryEvidence, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

MARGIN = 0.5  # by how much one country must outweigh the next
LONGEST_BODY = 8  # tokens of a ministry's name with its country
PLACED = frozenset((",", "in", "at", "with"))  # what may stand between an office and where it is held
# How a title hangs on its holder, and one holder on another.
WITHIN_NAME = frozenset("compound nmod appos conj amod".split())
LONGEST_LABEL = 40  # characters of a label before its colon
STATES = frozenset(PUBLIC.split()) - {"diplomat"}  # levels of offices at home
MARKING = STATES | {"diplomat", "counterpart"}


def weighed(evidence: Iterable[CountryEvidence]) -> str | None:
    """The country for which the evidence speaks; None where there is none, or it contradicts itself."""
    totals: defaultdict[str, float] = defaultdict(float)
    for e in evidence:
        totals[e.country] += e.weight
    return leader(totals, MARGIN)


def label_country(read: Read) -> CountryEvidence | None:
    """The country with which a paragraph begins as a label: ALBANIA: …"""
    label, colon, _ = read.parsed.text.partition(":")
    country = country_of_place(label) if colon and len(label) <= LONGEST_LABEL else None
    return told(country, "label", read.parsed.span(0, len(label))) if country else None


def takes_home(read: Read, role: RolePhrase) -> bool:
    """May an office without a country be one of the country whose story is told? Not an envoy's or that of a world body."""
    words = set(role.title.lower().replace("-", " ").split())
    abroad = words & office_words()["worldwide"] or {"secretary", "general"} <= words
    bodies = {k.name for k in read.known if k.kind == "organisation" and role.start <= k.start < role.end}
    of_body = bodies - state_bodies() - own_parties()
    return role.told == TITLE and role.role.level in STATES and not abroad and not of_body


def own_evidence(read: Read, role: RolePhrase, span: Span, story: Story) -> Iterator[CountryEvidence]:
    """What an office beside a name tells of its country, the home of the story included where it names none."""
    label, at_home = label_country(read), takes_home(read, role)
    if label:
        yield label
    if role.country:
        yield told(role.country, role.told, span)
        if role.told == TITLE and role.country in story.shows:
            yield told(role.country, "shown", story.shows[role.country])
    if not role.country and (leader := served_by(read, role)):
        yield leader
    elif role.told == TITLE and (place := seat_of(read, role, at_home)):
        yield told(str(place.country), BESIDE, read.parsed.span_of(read.parsed.doc[place.start : place.end]))
    elif not label and at_home:
        if host := host_of(read, role):
            yield host
        if home := story.home_of(role.title, near(read, role.start)):
            yield story.evidence_of(home, span)


def host_of(read: Read, role: RolePhrase) -> CountryEvidence | None:
    """The country in which somebody is met by a guest: in *Nauru*, Roe held talks with President Ada Lind."""
    doc, met = read.parsed.doc, read.parsed.doc[role.head_end - 1]
    while met.dep_ in WITHIN_NAME and met.head is not met:
        met = met.head
    guest = met.dep_ in ("dobj", "pobj") and met.head.lemma_.lower() in ("meet", "with")
    first = doc[role.start].sent.start
    hosts = (k for k in read.known if k.kind == "country" and first < k.start < role.start)
    host = next((k for k in hosts if guest and doc[k.start - 1].lower_ == "in"), None)
    return told(str(host.country), "host", read.parsed.span_of(doc[host.start : host.end])) if host else None


def served_by(read: Read, role: RolePhrase) -> CountryEvidence | None:
    """The country of the well-known leader under whom an office is: *Putin* aide; *Macron's* envoy; an adviser to *Macron*."""
    doc = read.parsed.doc
    beside = [t for t in doc[max(0, role.start - 2) : role.end] if t.text in public_figures()]
    owner = next((t for t in beside if t.i < role.head_start or doc[t.i - 1].lower_ in small_words()["whose"]), None)
    if owner is None or role.role.level in GOVERNMENT:
        return None
    follows = owner.i > role.head_start or owner.i + 1 + (doc[owner.i + 1].text in POSSESSIVE) == role.start
    return (
        told(public_figures()[owner.text], "figure", read.parsed.span_of(doc[owner.i : owner.i + 1]))
        if follows
        else None
    )


def seat_of(read: Read, role: RolePhrase, at_home: bool) -> Known | None:
    """What tells an office's country by where it is held: governor of *Sindh*; State Secretary, Ministry of Defence of *Norway*."""
    doc, start = read.parsed.doc, after_long_bracket(read.parsed.doc, role.end)
    inside = [k for k in read.known if at_home and k.kind == "place" and role.start <= k.start < role.end]
    towns_held = (t for t in doc[role.head_end : role.end] if at_home and t.text[0].isupper())
    inside += [Known(t.i, t.i + 1, t.text, "place", t.text, c) for t in towns_held if (c := towns().get(fold(t.text)))]
    if doc[start : start + 1].text.lower() in PLACED:
        start += 1 + (doc[start + 1 : start + 2].text.lower() == "the")
        body = next((k for k in read.known if k.start == start and k.kind == "organisation"), None)
        end = body.end if body else start + (doc[start : start + 1].text in entity_heads())
        name = takewhile(
            lambda t: t.pos_ in ("PROPN", "ADP", "DET", "CCONJ") and t.text != ",", doc[end : end + LONGEST_BODY]
        )
        last = max((t.i for t in name), default=-1) if end > start else -1
        inside += [body] if body and body.name not in roaming_bodies() else []
        inside += [
            k for k in read.known if k.kind == "country" and end < k.start <= last and doc[end].lower_ in ("of", "for")
        ]
    return next((k for k in inside if k.country), None)


def after_long_bracket(doc: Doc, start: int) -> int:
    """The token behind a bracket that begins at token `start`: Secretary | (East) in the ministry."""
    if doc[start : start + 1].text != "(":
        return start
    return next((t.i + 1 for t in doc[start : start + LONGEST_BODY] if t.text == ")"), start)


@dataclass(frozen=True, slots=True)
class Office:
    """An office or ministry of a country, named without its holder: Nepal’s prime minister, Iran’s Foreign Ministry."""

    title: str
    level: str
    country: str
    span: Span
    paragraph: int
    body: bool = False  # a ministry, which may be the holder's own


def offices_alone(read: Read) -> Iterator[Office]:
    """The offices and ministries of a paragraph that a country marks, and beside which nobody is named."""
    doc, number = read.parsed.doc, read.parsed.number
    for role in read.roles_alone:
        one = role.told == BESIDE and not role.plural and not is_indefinite(doc, role)  # a Chinese diplomat is any
        if one and role.country and role.role.level in MARKING:
            yield Office(
                role.title, role.role.level, role.country, read.parsed.span_of(doc[role.start : role.end]), number
            )
    for k in read.known:
        first = k.end + (doc[k.end : k.end + 1].text in POSSESSIVE) if k.country else len(doc)
        words = doc[first : first + 3]
        ends = next((n for n, t in enumerate(words, 1) if t.lower_ == "ministry"), 0)
        if ends > 1 and k.kind != "organisation":
            title = f"{words[: ends - 1].text} minister"
            yield Office(
                title, "minister", str(k.country), read.parsed.span_of(doc[k.start : first + ends]), number, True
            )


def held_elsewhere(
    held: Sequence[RolePhrase], offices: Iterable[Office], paragraphs: Container[int]
) -> list[CountryEvidence]:
    """What such offices tell of a holder whose own title names no country, where they are all of one country.

    An office in one of the `paragraphs` that name the holder is somebody else's: Roe is to meet the Chinese minister.
    """
    offices = tuple(offices)
    envoy = any(role.role.level == "diplomat" for role in held)  # a country’s envoy has many names
    others = {o.country for o in offices if o.level == "counterpart"}
    fits = [
        office
        for office in offices
        if (envoy and office.level == "diplomat") or any(roles_agree(role.title, office.title) for role in held)
    ]
    if (
        len({o.country for o in fits}) != 1
        or fits[0].country in others
        or any(o.paragraph in paragraphs and not o.body for o in fits)
    ):
        return []
    return [told(fits[0].country, "elsewhere", fits[0].span)]
