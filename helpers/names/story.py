"""Which country's story is it? What the article shows of each country, and whose officials it looks at from outside.

>>> story_of(article, reads).home                      # doctest: +SKIP
CountryEvidence(country='Ecuador', kind='dateline', span=Span(start=0, end=5, text='QUITO'), weight=3.0)

A paper leaves out the country of its own ministers: "QUITO — Foreign Minister Ada Roe said". Home is the country of which the
article shows most: its bodies and what a state has (Taiwan's airspace), what it does (Ireland would not …), and last its bare
name or a place in it. A country whose minister or ambassador is named as such (the *Chinese* minister) is seen from outside.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import takewhile
from typing import TYPE_CHECKING

from helpers.knowledge.names import (
    city_names,
    country_evidence,
    fold,
    home_bodies,
    known_forms,
    parties,
    roaming_bodies,
    seats,
    small_words,
    state_nouns,
    story_signs,
    towns,
)
from helpers.knowledge.reporting import reporting_verbs
from helpers.names.gazetteer import Known
from helpers.names.matching import figure_country
from helpers.names.mentions import LABEL, Name
from helpers.names.paragraphs import Read
from helpers.names.roles import BESIDE, POSSESSIVE, TOP, RolePhrase, roles_agree
from helpers.records import Article, CountryEvidence, Span, span_at
from helpers.text.heads import find_dateline
from helpers.tree import SUBJECTS

if TYPE_CHECKING:
    from spacy.tokens import Doc

OUTLET = 3  # for the country in the outlet's name
ENOUGH, LEAD, MOST = 2, 2, 14  # what the article must show of its home, and more than of any other; what counts at most
AGAIN, FIRST, TOLD_FROM = 0.5, 1, 5.5  # for more in one paragraph, for the first of all, for the dateline
PASSING = 0.5  # what the article shows of a country that is only passed
OUTSIDE, NEVER = 2, 99  # less where a country is seen from outside; and where it is surely no home
LONGEST_NOUN = 4  # tokens: (Chile’s) exclusive economic zone
ABOVE = 2  # lines above the text in which a dateline may stand
EARLY = 8  # paragraphs in which a dateline may stand that is part of the text
HEADING, LONGEST_HEADING = 3, 15  # paragraphs at the top, and their tokens, in which a body may head its own page
PARTY = re.compile(
    r"\(([^()\s][^()]{0,14})\)|(?<=, )([A-Z]-)(?=[A-Z])"
)  # a short form behind a member's name: (Lab); , D-N.H.
CITY = re.compile(r"[A-ZÀ-Þ][A-ZÀ-Þ '’]{3,}(?=[,:(\[—–-])")  # a place in capitals at the head of a paragraph
PLACE = re.compile(r"[^\W\d_][^,/(\[\d—–:]*")  # of a dateline: SULAYMANIYAH, Iraq (Northwire)
AFAR = frozenset(
    "to with against from into visit visits visited visiting".split()
)  # words before a country that somebody else deals with
COUNTERPART, DIPLOMAT, VISITOR = "counterpart", "diplomat", "visitor"  # levels of offices, and one for guests
VISITS = frozenset("visit fly travel tour jet".split())


@dataclass(frozen=True, slots=True)
class Mark:
    """An office that the article gives to a country: the *Chinese* foreign minister."""

    country: str
    title: str
    level: str
    held: bool  # by somebody named beside it


@dataclass(frozen=True, slots=True)
class Story:
    """How much the article shows of each country, with the first words, where it is told from, and whose offices it names."""

    dateline: CountryEvidence | None
    totals: Mapping[str, float]
    shows: Mapping[str, Span]
    marks: tuple[Mark, ...]
    outlet: str | None = None  # the country that the outlet's name tells
    spoken: bool = False  # a transcript, whose speakers say "we" at home and name others

    @property
    def home(self) -> CountryEvidence | None:
        """Home, whoever is spoken of; none that no list knows."""
        return self.home_of(None)

    def home_of(self, title: str | None, near: str | None = None) -> CountryEvidence | None:
        """Home for a holder of such an office: no country of which somebody else holds it, as the article says.

        One that no list knows must also be the country spoken of just before (`near`): there may be another, which was not found.
        """
        totals = dict(self.totals)
        alone = sum(total > PASSING for total in totals.values()) == 1 and not self.spoken  # nowhere else to look from
        for country, amount in {(m.country, less(m, title)) for m in self.marks if m.country in totals}:
            totals[country] -= 0 if alone and amount == OUTSIDE else amount
        best = leader(totals, LEAD / 2 if alone else LEAD)
        if best is None or totals[best] < (ENOUGH / 2 if alone else ENOUGH):
            return None
        if self.dateline and self.dateline.country == best:
            return self.dateline
        seen = best in known_forms() or best in (self.outlet, near)
        return told(best, "story", self.shows[best]) if seen else None


def less(mark: Mark, title: str | None) -> float:
    """How much less a country is home for a holder of such an office: another holds it there, or is its envoy, or has another."""
    alike = title is not None and (roles_agree(title, mark.title) or roles_agree(mark.title, title))
    if mark.level == VISITOR:
        return NEVER if alike else 0
    if mark.level == COUNTERPART or (alike and mark.level != DIPLOMAT):
        return NEVER
    return OUTSIDE if mark.held or mark.level == DIPLOMAT else 0


def leader(totals: Mapping[str, float], margin: float) -> str | None:
    """The one that leads by such a margin.

    >>> leader({"India": 3.0, "Norway": 2.0}, 1), leader({"India": 3.0, "Norway": 3.0}, 1)
    ('India', None)
    """
    first, second = [*sorted(totals.items(), key=lambda item: -item[1]), ("", 0.0), ("", 0.0)][:2]
    return first[0] if first[0] and first[1] - max(second[1], 0) >= margin else None


def told(country: str, kind: str, span: Span) -> CountryEvidence:
    """Evidence of a kind, with the weight that country_evidence.csv gives it."""
    return CountryEvidence(country, kind, span, country_evidence()[kind].weight)


def story_of(article: Article, reads: Iterable[Read]) -> Story:
    """What the article shows of countries, and whose offices it names."""
    reads = tuple(reads)
    whence = dateline(article, reads) or next(filter(None, map(masthead, reads[:HEADING])), None)
    shows: dict[str, Span] = {}
    totals: defaultdict[str, float] = defaultdict(float)
    for read in reads:
        for country, (span, weight) in shown_in(read).items():
            totals[country] += weight + (FIRST if not shows else 0)
            shows.setdefault(country, span)
    totals = defaultdict(float, {country: min(total, MOST) for country, total in totals.items()})
    if whence:
        totals[whence.country] += TOLD_FROM
    outlet = country_of_outlet(article.source or "", reads)
    if outlet and outlet in totals:
        totals[outlet] += OUTLET
    spoken = any(name.rule == LABEL for read in reads for name in read.names)
    return Story(whence, totals, shows, tuple(mark for read in reads for mark in marks_in(read)), outlet, spoken)


def country_of_outlet(source: str, reads: Iterable[Read]) -> str | None:
    """The country that an outlet bears in its name, by a word that the article has for it, too: Orskan Telegraph Agency."""
    words = set(re.findall(r"\w+", source))
    known = (k for read in reads for k in read.known if words and k.text in words)
    return next((k.country for k in known if k.country and k.kind in ("country", "demonym", "capital")), None)


def near(read: Read, i: int) -> str | None:
    """The country last shown before token `i`: *Orsk* rejected that. Foreign Minister Ada Roe said …"""
    return max((shown[:3] for shown in shown_at(read) if shown[1] <= i), default=(0, 0, None))[2]


def marks_in(read: Read) -> Iterator[Mark]:
    """The offices of a paragraph to which it gives a country by its name: of somebody named, counterparts and envoys."""
    alone = [role for role in read.roles_alone if not role.plural]
    for role in (*(name.role for name in read.names if name.role), *alone):
        partner = role.told == COUNTERPART or role.role.level == COUNTERPART
        whose = role.country if role.told in (BESIDE, COUNTERPART) and (role.role.public or partner) else None
        if whose and not at_home(read, role):
            yield Mark(whose, role.title, COUNTERPART if partner else role.role.level, role not in alone)
    for name in read.names:
        if name.role and (country := visited(read, name)):
            yield Mark(country, name.role.title, VISITOR, True)


def visited(read: Read, name: Name) -> str | None:
    """The country to which somebody goes, and whose official he is not: Minister Ada Roe flew to *Oslo*."""
    last = read.parsed.doc[name.end - 1]
    verb = last.head
    if last.dep_ not in SUBJECTS or verb.lemma_.lower() not in VISITS:
        return None
    near = (k for k in read.known if verb.i < k.start <= verb.i + LONGEST_NOUN and k.kind in ("country", "capital"))
    return next((k.country for k in near), None)


def at_home(read: Read, role: RolePhrase) -> bool:
    """Is it an office of a body that a paper names so at home only: the *coast guard's* spokesman?"""
    return any(k.name in home_bodies() for k in read.known if role.start <= k.start < role.end)


def shown_in(read: Read) -> dict[str, tuple[Span, float]]:
    """Each country that a paragraph shows, with its first words and how much it does: the sign that tells most counts."""
    marking = {i for r in read.roles if r.told == BESIDE and not at_home(read, r) for i in range(r.start, r.end)}
    found: dict[str, tuple[int, int, float, int]] = {}
    for start, end, country, sign in sorted(shown_at(read)):
        if start not in marking:
            first, last, weight, times = found.get(country, (start, end, 0.0, 0))
            found[country] = (first, last, max(weight, story_signs()[sign]), times + 1)
    doc = read.parsed.doc
    return {
        country: (read.parsed.span_of(doc[first:last]), weight + (AGAIN if times > 1 else 0))
        for country, (first, last, weight, times) in found.items()
    }


def shown_at(read: Read) -> Iterator[tuple[int, int, str, str]]:
    """Where a paragraph shows a country, and by which sign of story_signs.csv."""
    doc = read.parsed.doc
    for k in (k for k in read.known if k.country and k.name not in roaming_bodies()):
        yield k.start, k.end, str(k.country), sign_of(read, k)
    for name in read.names:
        if figure := leader_of(name):
            yield name.start, name.end, figure, "leader"
    for party in parties_in(read):
        yield party.start, party.end, party.country, "body"
    for ent in doc.ents:
        if ent.label_ == "GPE" and (country := towns().get(fold(ent.text))):
            yield ent.start, ent.end, country, "place"


@dataclass(frozen=True, slots=True)
class Party:
    """A short form of a party at the tokens `start` to `end`, and its country."""

    start: int
    end: int
    country: str


def parties_in(read: Read) -> Iterator[Party]:
    """The short forms of parties behind the names of members: (Lab), (R-S.C.), D-N.H."""
    for match in PARTY.finditer(read.parsed.text):
        form = match[match.lastindex or 0]
        country = parties().get(form) or parties().get(form[: form.find("-") + 1])
        words = (
            read.parsed.doc.char_span(*match.span(match.lastindex or 0), alignment_mode="expand") if country else None
        )
        if country and words is not None:
            yield Party(words.start, words.end, country)


def leader_of(name: Name) -> str | None:
    """The country of a well-known head of state or government whose office is named without it: Prime Minister Roe."""
    role = name.role
    if role is None or role.country or role.role.level not in TOP:
        return None
    return figure_country(name.words, top=True)


def sign_of(read: Read, known: Known) -> str:
    """How a known name shows its country: as a body, as a state, as somebody who acts, by name, or only in passing."""
    doc, last = read.parsed.doc, read.parsed.doc[known.end - 1]
    if known.kind == "organisation":
        outside = any(k.start == known.end + 1 and k.country == known.country for k in read.known)  # of Norway
        return "state" if names_country(known.text) or outside else "body"
    owns = doc[known.end : known.end + 1].text in POSSESSIVE
    people = known.kind == "demonym" and last.tag_ in ("NNS", "NNPS")
    if people or ((owns or known.kind in ("demonym", "country")) and has_state(doc, known.end + owns)):
        return "state"
    if last.dep_ in SUBJECTS and known.kind != "demonym":
        verb = last.head
        told_so = verb.dep_ == "ccomp" and verb.head.lemma_.lower() in reporting_verbs()
        return "claim" if known.start in read.quoted or told_so else "act"
    before = doc[known.start - 1 - (doc[known.start - 1 : known.start].text.lower() == "the")] if known.start else None
    placed = before is not None and (before.lower_ in AFAR or before.lower_ in small_words()["place"])
    if owns:
        return "name"
    if known.kind in ("capital", "metonym") and not placed:
        return "act"
    if known.kind in ("place", "capital", "metonym"):
        return "place"
    aside = placed or (known.kind == "demonym" and last.dep_ in ("amod", "compound"))
    return "aside" if aside else "name"


@cache
def names_country(words: str) -> bool:
    """Does a body's name hold its country's, so that others call it so, too: Chinese Communist Party?"""
    kinds = (known_forms()[word].kind for word in words.split() if word in known_forms())
    return any(kind in ("country", "demonym") for kind in kinds)


def has_state(doc: Doc, start: int) -> bool:
    """Do the words from token `start` name what a state has: (Chile's) armed forces, (Chilean) waters? Not so: military drones."""
    nouns = list(takewhile(lambda t: t.pos_ in ("NOUN", "PROPN", "ADJ"), doc[start : start + LONGEST_NOUN]))
    return bool(nouns) and nouns[-1].lower_ in state_nouns()


def dateline(article: Article, reads: Sequence[Read]) -> CountryEvidence | None:
    """The country of the place in the dateline, above the text or, in a copied page, further down."""
    above = [p.span for p in article.paragraphs if p.kind in ("dateline", "date")][:ABOVE]
    heads: list[tuple[str, Callable[[int, int], Span]]] = []
    heads += [(span.text, partial(span_at, span.text, base=span.start)) for span in above]
    for read in reads[:EARLY]:
        text = read.parsed.text
        city = CITY.match(text)
        named = city is not None and fold(city[0]) in city_names()
        heads.append((text[: find_dateline(text) or (city.end() if city and named else 0)], read.parsed.span))
    for words, span_of in heads:
        for match in PLACE.finditer(words):
            place = match[0].strip(" -.")
            if country := country_of_place(place):
                return told(country, "dateline", span_of(match.start(), match.start() + len(place)))
    return None


def masthead(read: Read) -> CountryEvidence | None:
    """The country of the body whose page it is, by a heading that begins with it: Lok Sabha, Starred Question."""
    first = next(iter(read.known), None)
    short = len(read.parsed.doc) <= LONGEST_HEADING and not read.parsed.text.rstrip().endswith(".")
    if first is None or first.start > 1 or not short or first.kind != "organisation":
        return None
    own = first.country and first.name not in roaming_bodies()
    span = read.parsed.span_of(read.parsed.doc[first.start : first.end])
    return told(str(first.country), "masthead", span) if own else None


def country_of_place(words: str) -> str | None:
    """The country of a capital, a town or a country itself, in capitals or not.

    >>> country_of_place("QUITO"), country_of_place("Popayán"), country_of_place("Port Amber")
    ('Ecuador', 'Colombia', None)
    """
    return seats().get(fold(words))
