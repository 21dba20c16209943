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

from helpers.knowledge.names import fold, office_words, own_parties, public_figures, roaming_bodies, state_bodies, towns
from helpers.knowledge.reporting import entity_heads
from helpers.knowledge.vocabulary import PUBLIC
from helpers.names.gazetteer import Known
from helpers.names.paragraphs import Read
from helpers.names.roles import BESIDE, POSSESSIVE, TITLE, RolePhrase, roles_agree
from helpers.names.story import Story, country_of_place, leader, near, told
from helpers.records import CountryEvidence, Span

MARGIN = 0.5  # by how much one country must outweigh the next
LONGEST_BODY = 8  # tokens of a ministry's name with its country
PLACED = frozenset((",", "in", "at", "with"))  # what may stand between an office and where it is held
LONGEST_GROUP = 10  # tokens of a delegation with its country, up to who leads it
LEADING = frozenset(("lead", "head"))
GROUPS = frozenset(("delegation", "mission", "side", "team"))
LONGEST_LABEL = 40  # characters of a label before its colon
STATES = frozenset(PUBLIC.split()) - {"diplomat"}  # levels of offices at home


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
    if label := label_country(read):
        yield label
    if role.country:
        yield told(role.country, role.told, span)
        if role.told == TITLE and role.country in story.shows:
            yield told(role.country, "shown", story.shows[role.country])
    if role.told == TITLE and (sent := delegation_of(read, role)):
        yield sent
    elif not role.country and (leader := served_by(read, role)):
        yield leader
    elif role.told == TITLE and (place := seat_of(read, role)):
        yield told(str(place.country), BESIDE, read.parsed.span_of(read.parsed.doc[place.start : place.end]))
    elif not label and takes_home(read, role) and (home := story.home_of(role.title, near(read, role.start))):
        yield story.evidence_of(home, span)


def delegation_of(read: Read, role: RolePhrase) -> CountryEvidence | None:
    """The country of a delegation that the holder leads: a delegation of *Norway* led by Deputy Minister Ada Roe."""
    doc = read.parsed.doc
    start = role.start - (doc[max(0, role.start - 1)].lower_ == "the")
    by = doc[max(0, start - LONGEST_GROUP) : start]
    if len(by) < 3 or by[-1].lower_ != "by" or by[-2].lemma_ not in LEADING:
        return None
    if not any(t.lower_ in GROUPS for t in by):
        return None
    within = (k for k in read.known if by.start <= k.start < start and k.kind in ("country", "demonym"))
    sent = next((k for k in within if k.country), None)
    return told(str(sent.country), BESIDE, read.parsed.span_of(doc[sent.start : sent.end])) if sent else None


def served_by(read: Read, role: RolePhrase) -> CountryEvidence | None:
    """The country of the well-known leader under whom an office is: *Putin* aide; *Macron's* envoy; an adviser to *Macron*."""
    doc = read.parsed.doc
    owner = next((t for t in doc[max(0, role.start - 2) : role.end] if t.text in public_figures()), None)
    if owner is None:
        return None
    return told(public_figures()[owner.text], "figure", read.parsed.span_of(doc[owner.i : owner.i + 1]))


def seat_of(read: Read, role: RolePhrase) -> Known | None:
    """What tells an office's country by where it is held: governor of *Sindh*; State Secretary, Ministry of Defence of *Norway*."""
    doc, start = read.parsed.doc, role.end
    held = [k for k in read.known if k.kind == "place" and role.start <= k.start < role.end]
    words = (t for t in doc[role.head_end : role.end] if t.text[0].isupper())
    held += [Known(t.i, t.i + 1, t.text, "place", t.text, c) for t in words if (c := towns().get(fold(t.text)))]
    if doc[start : start + 1].text.lower() in PLACED:
        start += 1 + (doc[start + 1 : start + 2].text.lower() == "the")
        inside = range(start, start + LONGEST_BODY if doc[start : start + 1].text in entity_heads() else start)
        held += [
            k for k in read.known if k.start == start and k.kind == "organisation" and k.name not in roaming_bodies()
        ]
        held += [k for k in read.known if k.start in inside and k.kind == "country"]
    return next((k for k in held if k.country), None)


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
        if role.told == BESIDE and role.country and not role.plural:
            yield Office(role.title, role.role.level, role.country, read.role_span(role), number)
    for k in read.known:
        first = k.end + (doc[k.end : k.end + 1].text in POSSESSIVE) if k.country else len(doc)
        words = doc[first : first + 3]
        ends = next((n for n, t in enumerate(words, 1) if t.lower_ == "ministry"), 0)
        if ends > 1:
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
    envoy = any(role.role.level == "diplomat" for role in held)  # a country’s envoy has many names
    fits = [
        office
        for office in offices
        if (envoy and office.level == "diplomat") or any(roles_agree(role.title, office.title) for role in held)
    ]
    if len({o.country for o in fits}) != 1 or any(o.paragraph in paragraphs and not o.body for o in fits):
        return []
    return [told(fits[0].country, "elsewhere", fits[0].span)]
