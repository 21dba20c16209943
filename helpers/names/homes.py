"""Whose official is it? The country of each person, weighed from all that the article shows.

>>> weighed([CountryEvidence("India", "title", span, 3.0), CountryEvidence("Norway", "story", span, 2.0)])  # doctest: +SKIP
'India'

A title with no country in it is that of the country whose story is told: "QUITO — Foreign Minister Ada Roe said". That
country is told by the dateline and by the places, peoples and bodies that the article names. Where the evidence does
not decide, the country stays empty: a wrong one is worse.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from helpers.knowledge.names import (
    country_evidence,
    fold,
    office_words,
    parties,
    roaming_bodies,
    seats,
    state_bodies,
    towns,
)
from helpers.knowledge.vocabulary import PUBLIC
from helpers.names.gazetteer import after_place_word
from helpers.names.paragraphs import Read
from helpers.names.roles import BESIDE, POSSESSIVE, TITLE, RolePhrase, roles_agree
from helpers.records import Article, CountryEvidence, Span, span_at
from helpers.text.heads import find_dateline

if TYPE_CHECKING:
    pass

MARGIN = 0.5  # by how much one country must outweigh the next
ENOUGH, LEAD = 3, 2  # what the article must show of the country whose story is told, and more than of any other
EARLY = 8  # paragraphs in which a dateline may stand that is part of the text
HEADING, LONGEST_HEADING = 3, 15  # paragraphs at the top, and their tokens, in which a body may head its own page
LONGEST_LABEL = 40  # characters of a label before its colon
BRACKETED = re.compile(r"\(([^()\s][^()]{0,14})\)")  # a short form in brackets: (Lab)
AFAR = frozenset(("to", "with", "against"))  # words before a country that somebody else deals with
WAYS = {"seat": 1, "name": 1, "capital": 2, "body": 2}  # how a paragraph shows a country, and what it counts
STATES = frozenset(PUBLIC.split()) - {"diplomat"}  # levels of offices at home
MARKING = STATES | {"diplomat", "counterpart"}


@dataclass(frozen=True, slots=True)
class Story:
    """The country whose story is told, where the article shows it, and every country that it names, with the first words."""

    home: CountryEvidence | None
    shows: Mapping[str, Span]


def weighed(evidence: Iterable[CountryEvidence]) -> str | None:
    """The country for which the evidence speaks; None where there is none, or it contradicts itself."""
    totals: defaultdict[str, float] = defaultdict(float)
    for e in evidence:
        totals[e.country] += e.weight
    return leader(totals, MARGIN)


def leader(totals: Mapping[str, float], margin: float) -> str | None:
    """The one that leads by such a margin.

    >>> leader({"India": 3.0, "Norway": 2.0}, 1), leader({"India": 3.0, "Norway": 3.0}, 1)
    ('India', None)
    """
    first, second = [*sorted(totals.items(), key=lambda item: -item[1]), ("", 0.0), ("", 0.0)][:2]
    return first[0] if first[0] and first[1] - second[1] >= margin else None


def told(country: str, kind: str, span: Span) -> CountryEvidence:
    """Evidence of a kind, with the weight that country_evidence.csv gives it."""
    return CountryEvidence(country, kind, span, country_evidence()[kind].weight)


def story_of(article: Article, reads: Iterable[Read]) -> Story:
    """What the article shows of countries: its dateline, and the places, peoples and bodies that its paragraphs name.

    Without a dateline, a country that marks somebody's title (the *Chinese* minister) is one that the story looks at from
    outside, and so is no home.
    """
    reads = tuple(reads)
    dateline = (
        dateline_country(article)
        or next(filter(None, map(dateline_within, reads[:EARLY])), None)
        or next(filter(None, map(masthead, reads[:HEADING])), None)
    )
    shows: dict[str, Span] = {}
    totals: Counter[str] = Counter()
    rooted: set[str] = set()
    for country, span, way in (named for read in reads for named in named_in(read)):
        shows.setdefault(country, span)
        totals[country] += WAYS[way]
        rooted |= {country} if way != "seat" else set()
    if dateline:
        return Story(dateline, shows)
    marked = {r.country for read in reads for r in read.roles if r.told == BESIDE and r.role.level in MARKING}
    best = leader(totals, LEAD) or (next(iter(totals)) if len(totals) == 1 else None)
    enough = best is not None and totals[best] >= (1 if len(totals) == 1 and best in rooted else ENOUGH)
    told_so = enough and best not in marked
    return Story(told(best, "story", shows[best]) if best and told_so else None, shows)


def named_in(read: Read) -> Iterator[tuple[str, Span, str]]:
    """Each country that a paragraph shows, once, with its first words and how it does: the nearest way counts."""
    marking = {i for role in read.roles for i in range(role.start, role.end)}
    found: dict[str, tuple[Span, str]] = {}
    for start, end, country, way in sorted(shown_at(read)):
        if start not in marking:
            span, nearest = found.get(country, (read.parsed.span_of(read.parsed.doc[start:end]), way))
            found[country] = (span, max(nearest, way, key=list(WAYS).index))
    yield from ((country, span, way) for country, (span, way) in found.items())


def shown_at(read: Read) -> Iterator[tuple[int, int, str, str]]:
    """Where a paragraph shows a country, and how: its capital for its government, its name, or a place or body in it."""
    doc = read.parsed.doc
    for k in (k for k in read.known if k.country and k.name not in roaming_bodies()):
        in_capital = k.kind == "capital" and after_place_word(doc, k.start)
        inside = "body" if k.kind in ("place", "organisation") else "capital" if in_capital else ""
        afar = k.kind == "capital" or doc[k.start - 1 : k.start].text.lower() in AFAR
        yield k.start, k.end, str(k.country), inside or ("seat" if afar else "name")
    for bracket in BRACKETED.finditer(read.parsed.text) if "(" in read.parsed.text else ():
        party = doc.char_span(*bracket.span(1), alignment_mode="expand") if bracket[1] in parties() else None
        if party is not None:
            yield party.start, party.end, parties()[bracket[1]], "body"
    for ent in doc.ents:
        if ent.label_ == "GPE" and (country := towns().get(fold(ent.text))):
            yield ent.start, ent.end, country, "body"


def dateline_country(article: Article) -> CountryEvidence | None:
    """The country of the place in the dateline."""
    for paragraph in article.paragraphs:
        if paragraph.kind == "dateline":
            for match in re.finditer(r"[^\W\d_][^,/(\[\d—–:]*", paragraph.span.text):
                words = match[0].strip(" -.")
                if country := country_of_place(words):
                    return told(country, "dateline", span_at(article.text, *at(match, words, paragraph.span.start)))
            return None
    return None


def dateline_within(read: Read) -> CountryEvidence | None:
    """The country of the place in a dateline that a copied page has further down: Antananarivo, 11 Sept – …"""
    end = find_dateline(read.parsed.text)
    place = re.split(r"[,/(\d]", read.parsed.text[:end])[0].strip(" -–—:")
    country = country_of_place(place) if place else None
    return told(country, "dateline", read.parsed.span(0, len(place))) if country else None


def masthead(read: Read) -> CountryEvidence | None:
    """The country of the body whose page it is, by a heading that begins with it: Lok Sabha, Starred Question."""
    first = next(iter(read.known), None)
    short = len(read.parsed.doc) <= LONGEST_HEADING and not read.parsed.text.rstrip().endswith(".")
    if first is None or first.start > 1 or not short or first.kind != "organisation":
        return None
    own = first.country and first.name not in roaming_bodies()
    span = read.parsed.span_of(read.parsed.doc[first.start : first.end])
    return told(str(first.country), "masthead", span) if own else None


def at(match: re.Match[str], words: str, base: int) -> tuple[int, int]:
    """Where the `words` of a match stand in the article."""
    start = base + match.start() + match[0].find(words)
    return start, start + len(words)


def country_of_place(words: str) -> str | None:
    """The country of a capital, a town or a country itself, in capitals or not.

    >>> country_of_place("QUITO"), country_of_place("Popayán"), country_of_place("Port Amber")
    ('Ecuador', 'Colombia', None)
    """
    return seats().get(fold(words))


def label_country(read: Read) -> CountryEvidence | None:
    """The country with which a paragraph begins as a label: ALBANIA: …"""
    label, colon, _ = read.parsed.text.partition(":")
    country = country_of_place(label) if colon and len(label) <= LONGEST_LABEL else None
    return told(country, "label", read.parsed.span(0, len(label))) if country else None


def takes_home(read: Read, role: RolePhrase) -> bool:
    """May an office without a country be one of the country whose story is told? Not an envoy's or that of a world body."""
    words = set(role.title.lower().replace("-", " ").split())
    abroad = words & office_words()["worldwide"]
    bodies = {k.name for k in read.known if k.kind == "organisation" and role.start <= k.start < role.end}
    of_body = bodies - state_bodies()
    return role.told == TITLE and role.role.level in STATES and not abroad and not of_body


def own_evidence(read: Read, role: RolePhrase, span: Span, story: Story) -> Iterator[CountryEvidence]:
    """What an office beside a name tells of its country, the home of the story included where it names none."""
    label = label_country(read)
    if label:
        yield label
    if role.country:
        yield told(role.country, role.told, span)
        if role.told == TITLE and role.country in story.shows:
            yield told(role.country, "shown", story.shows[role.country])
    if story.home and not label and takes_home(read, role):
        yield story.home


@dataclass(frozen=True, slots=True)
class Office:
    """An office or ministry of a country, named without its holder: Nepal’s prime minister, Iran’s Foreign Ministry."""

    title: str
    level: str
    country: str
    span: Span
    paragraph: int


def offices_alone(read: Read) -> Iterator[Office]:
    """The offices and ministries of a paragraph that a country marks, and beside which nobody is named."""
    doc, number = read.parsed.doc, read.parsed.number
    for role in read.roles_alone:
        if role.told == BESIDE and role.country and not role.plural and role.role.level in MARKING:
            yield Office(
                role.title, role.role.level, role.country, read.parsed.span_of(doc[role.start : role.end]), number
            )
    for k in read.known:
        first = k.end + (doc[k.end : k.end + 1].text in POSSESSIVE) if k.country else len(doc)
        words = doc[first : first + 3]
        ends = next((n for n, t in enumerate(words, 1) if t.lower_ == "ministry"), 0)
        if ends > 1 and k.kind != "organisation":
            title = f"{words[: ends - 1].text} minister"
            yield Office(title, "minister", str(k.country), read.parsed.span_of(doc[k.start : first + ends]), number)


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
    if len({o.country for o in fits}) != 1 or fits[0].country in others or any(o.paragraph in paragraphs for o in fits):
        return []
    return [told(fits[0].country, "elsewhere", fits[0].span)]
