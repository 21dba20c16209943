"""Which country's story is it? What the article shows of each country, and whose officials it looks at from outside.

>>> story_of(article, reads).home                      # doctest: +SKIP
'Ecuador'

A paper leaves out the country of its own ministers: "QUITO — Foreign Minister Ada Roe said". Home is the country for which the
signs speak most (`helpers.names.signs`), with where the story is told and whose outlet tells it. A country whose minister or
ambassador is named as such (the *Chinese* minister) is seen from outside.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from helpers.knowledge.names import (
    abroad,
    city_names,
    country_evidence,
    fold,
    known_forms,
    seats,
    story_signs,
)
from helpers.names.mentions import LABEL, Name
from helpers.names.outlets import credited, outlet_of
from helpers.names.paragraphs import Read
from helpers.names.roles import BESIDE, roles_agree
from helpers.names.signs import LONGEST_NOUN, all_signs, signs_in
from helpers.records import Article, CountryEvidence, Span, span_at
from helpers.text.heads import find_dateline
from helpers.tree import SUBJECTS

NOBODY, BARRED = -0.75, -0.5  # what no home counts; and where another country is none for such an office
LEAD, SPOKEN = 0.75, 1.5  # by how much home leads any other, and nobody; and in a transcript
ONLY = "place"  # a sign that makes no home by itself
MOST = 3  # paragraphs in which a sign counts
ABOVE = 2  # lines above the text in which a dateline may stand
EARLY = 8  # paragraphs in which a dateline may stand that is part of the text
CITY = re.compile(r"[A-ZÀ-Þ][A-ZÀ-Þ '’]{3,}(?=[,:(\[—–-])")  # a place in capitals at the head of a paragraph
PLACE = re.compile(r"[^\W\d_][^,/(\[\d—–:]*")  # of a dateline: SULAYMANIYAH, Iraq (Northwire)
PARTS = ("compound", "poss")  # of what a country's name is a part where it is not meant itself: thanked Norway's troops
COUNTERPART, DIPLOMAT, ENVOY = "counterpart", "diplomat", "envoy"  # levels of offices, and what marks the last


@dataclass(frozen=True, slots=True)
class Mark:
    """An office that the article gives to a country (the *Chinese* foreign minister), or whose holder goes there as a guest."""

    country: str
    title: str
    sign: str  # of story_signs.csv

    def bars(self, title: str | None) -> bool:
        """Is the country surely no home for a holder of such an office: another holds it there, or goes there with it?"""
        alike = title is not None and (roles_agree(title, self.title) or roles_agree(self.title, title))
        return self.sign == COUNTERPART or (alike and self.sign != ENVOY)


@dataclass(frozen=True, slots=True)
class Story:
    """By which signs the article shows each country, with the first words; where it is told from, and whose offices it names."""

    dateline: CountryEvidence | None
    signs: Mapping[str, Mapping[str, int]]  # of each country, and in how many paragraphs
    shows: Mapping[str, Span]
    marks: tuple[Mark, ...]
    outlet: str | None = None  # the country for which the outlet writes
    spoken: bool = False  # a transcript, whose speakers say "we" at home and name others

    @property
    def home(self) -> str | None:
        """Home, whoever is spoken of; none that no list knows."""
        return self.home_of(None)

    def home_of(self, title: str | None, near: str | None = None) -> str | None:
        """Home for a holder of such an office: no country of which somebody else holds it, as the article says.

        One that no list knows must also be the country spoken of just before (`near`): there may be another, which was not found.
        """
        barred = {mark.country for mark in self.marks if mark.bars(title)}
        totals = {
            country: counted(signs)
            for country, signs in self.signs.items()
            if country not in barred and {*signs} - {ONLY}
        }
        best = leader(totals, SPOKEN if self.spoken else LEAD, BARRED if barred else NOBODY)
        return best if best in known_forms() or best in (self.outlet, near) else None

    def evidence_of(self, country: str, title: Span) -> CountryEvidence:
        """What speaks for home: where the story is told, what it shows, or that a title stands bare in an outlet of its own."""
        if self.dateline and self.dateline.country == country:
            return self.dateline
        shown = {sign: n for sign, n in self.signs[country].items() if sign not in ("outlet", "credit")}
        return told(country, "story", self.shows[country]) if counted(shown) > 0 else told(country, "outlet", title)


def counted(signs: Mapping[str, int]) -> float:
    """What the signs of a country count together."""
    return sum(story_signs()[sign] * min(paragraphs, MOST) for sign, paragraphs in signs.items())


def leader(totals: Mapping[str, float], margin: float, least: float = 0) -> str | None:
    """The one that leads by such a margin, also over `least`.

    >>> leader({"India": 3.0, "Norway": 2.0}, 1), leader({"India": 3.0, "Norway": 3.0}, 1), leader({"India": 0.5}, 1)
    ('India', None, None)
    """
    first, second = [*sorted(totals.items(), key=lambda item: -item[1]), ("", least), ("", least)][:2]
    return first[0] if first[0] and first[1] - max(second[1], least) >= margin else None


def told(country: str, kind: str, span: Span) -> CountryEvidence:
    """Evidence of a kind, with the weight that country_evidence.csv gives it."""
    return CountryEvidence(country, kind, span, country_evidence()[kind].weight)


def story_of(article: Article, reads: Iterable[Read]) -> Story:
    """What the article shows of countries, and whose offices it names."""
    reads = tuple(reads)
    whence = dateline(article, reads)
    credit, outlet = credited(article.text), outlet_of(article, (k for read in reads for k in read.known))
    outlet = outlet if credit in (outlet, None) else None  # which prints what another wrote
    shows: dict[str, Span] = {}
    signs: defaultdict[str, Counter[str]] = defaultdict(Counter)
    marks = [tuple(marks_in(read)) for read in reads]
    surnames = {name.words[-1] for read in reads for name in read.names if len(name.words) > 1}
    for read, marked in zip(reads, marks, strict=True):
        doc = read.parsed.doc
        found = sorted(signs_in(read), key=lambda s: s.start)
        found = [s for s in found if doc[s.start : s.end].text not in surnames]  # Ventura said
        if found and not shows:
            signs[found[0].country]["first"] = 1
        for sign in found:
            shows.setdefault(sign.country, read.parsed.span_of(doc[sign.start : sign.end]))
        for shown, by in {*((s.country, s.sign) for s in found), *((m.country, m.sign) for m in marked)}:
            signs[shown][by] += 1
    whole = [(whence.country, whence.kind)] if whence else []
    for country, by in (*whole, (outlet, "outlet"), (credit, "credit")):
        if country:
            signs[country][by] = 1
    spoken = any(name.rule == LABEL for read in reads for name in read.names)
    return Story(whence, signs, shows, tuple(mark for marked in marks for mark in marked), outlet, spoken)


def near(read: Read, i: int) -> str | None:
    """The country last shown before token `i`: *Orsk* rejected that. Foreign Minister Ada Roe said …"""
    return max(((s.start, s.end, s.country) for s in all_signs(read) if s.end <= i), default=(0, 0, None))[2]


def marks_in(read: Read) -> Iterator[Mark]:
    """The offices of a paragraph to which it gives a country by its name: of somebody named, counterparts and envoys."""
    for role in (*(name.role for name in read.names if name.role), *read.roles_alone):
        partner = COUNTERPART in (role.told, role.role.level)
        whose = role.country if role.told in (BESIDE, COUNTERPART) and (role.role.public or partner) else None
        if whose and not role.plural:
            yield Mark(
                whose, role.title, COUNTERPART if partner else ENVOY if role.role.level == DIPLOMAT else "minister"
            )
    for name in read.names:
        if name.role and not name.role.country and (country := visited(read, name)):
            yield Mark(country, name.role.title, "visited")


def visited(read: Read, name: Name) -> str | None:
    """The country to which somebody goes or speaks, and whose official he is not: Minister Roe flew to *Oslo*, thanked *Peru*."""
    doc, last = read.parsed.doc, read.parsed.doc[name.end - 1]
    verb = last.head
    lemma, addressed = verb.lemma_.lower(), verb.lemma_.lower() in abroad()["address"]
    if last.dep_ not in SUBJECTS or not (addressed or lemma in abroad()["travel"]):
        return None
    last_place = verb.i + (1 if addressed else LONGEST_NOUN)
    near = (k for k in read.known if verb.i < k.start <= last_place and k.kind in ("country", "capital"))
    return next((k.country for k in near if not addressed or doc[k.end - 1].dep_ not in PARTS), None)


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


def country_of_place(words: str) -> str | None:
    """The country of a capital, a town or a country itself, in capitals or not.

    >>> country_of_place("QUITO"), country_of_place("Popayán"), country_of_place("Port Amber")
    ('Ecuador', 'Colombia', None)
    """
    return seats().get(fold(words))
