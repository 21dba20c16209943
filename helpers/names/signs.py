"""By which signs a paragraph shows a country: a body of its own, what it does, what others do with it.

>>> [(s.country, s.sign) for s in signs_in(read)]    # doctest: +SKIP
[('Kenya', 'state'), ('Somalia', 'dealt')]

A paper seldom names its own country: it names bodies of it, and tells what it does. The country with which somebody deals (talks
with Somalia, a visit to Somalia, the Somali embassy) is looked at from abroad. What each sign counts stands in story_signs.csv.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import takewhile
from typing import TYPE_CHECKING

from helpers.knowledge.names import (
    abroad,
    fold,
    home_bodies,
    known_forms,
    parties,
    roaming_bodies,
    small_words,
    state_nouns,
    towns,
)
from helpers.knowledge.reporting import reporting_verbs
from helpers.names.gazetteer import Known
from helpers.names.matching import figure_country
from helpers.names.mentions import Name
from helpers.names.paragraphs import Read
from helpers.names.roles import BESIDE, POSSESSIVE, TOP, RolePhrase
from helpers.tree import SUBJECTS

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

LONGEST_NOUN = 4  # tokens: (Chile’s) exclusive economic zone
HYPHENS = frozenset("-–—/")  # between two countries: the Thai-Myanmar border
PARTY = re.compile(
    r"\(([^()\s][^()]{0,14})\)|(?<=, )([A-Z]-)(?=[A-Z])"
)  # a short form behind a member's name: (Lab); , D-N.H.


@dataclass(frozen=True, slots=True)
class Sign:
    """What shows a country at the tokens `start` to `end`: a word of story_signs.csv."""

    start: int
    end: int
    country: str
    sign: str


@dataclass(frozen=True, slots=True)
class Seen:
    """A known name of a country where it stands."""

    read: Read
    known: Known

    @property
    def last(self) -> Token:
        return self.read.parsed.doc[self.known.end - 1]

    @property
    def before(self) -> str:
        return word_before(self.read.parsed.doc, self.known.start)

    @property
    def quoted(self) -> bool:
        return self.known.start in self.read.quoted

    @property
    def nouns(self) -> list[Token]:
        """What it owns or stands before: Chile’s *armed forces*."""
        doc, end = self.read.parsed.doc, self.known.end
        start = end + (doc[end : end + 1].text in POSSESSIVE)
        return list(takewhile(lambda t: t.pos_ in ("NOUN", "PROPN", "ADJ"), doc[start : start + LONGEST_NOUN]))


def signs_in(read: Read) -> Iterator[Sign]:
    """What shows a country in a paragraph, but for the offices that it marks and what is part of a name: Aden Roe."""
    taken = {i for r in read.roles if r.told == BESIDE and not at_home(read, r) for i in range(r.start, r.end)}
    taken |= {i for n in read.names if n.end > n.start + 1 for i in range(n.start, n.end)}
    return (sign for sign in all_signs(read) if sign.sign == "leader" or sign.start not in taken)


def all_signs(read: Read) -> Iterator[Sign]:
    """Where a paragraph shows a country, and by what."""
    for k in (k for k in read.known if k.country and k.name not in roaming_bodies()):
        seen = Seen(read, k)
        yield Sign(k.start, k.end, str(k.country), next(sign for sign, holds in SIGNS.items() if holds(seen)))
    for name in read.names:
        if figure := leader_of(name):
            yield Sign(name.start, name.end, figure, "leader")
    yield from parties_in(read)
    for ent in read.parsed.doc.ents:
        if ent.label_ == "GPE" and (country := towns().get(fold(ent.text))):
            yield Sign(ent.start, ent.end, country, "town")


def is_body(seen: Seen) -> bool:
    """Is it a body that bears no country's name, so that papers at home speak of it: the Knesset?"""
    known = seen.known
    outside = any(k.start == known.end + 1 and k.country == known.country for k in seen.read.known)  # of Norway
    return known.kind == "organisation" and not outside and not names_country(known.text)


@cache
def names_country(words: str) -> bool:
    """Does a body's name hold its country's, so that others call it so, too: Chinese Communist Party?"""
    kinds = (known_forms()[word].kind for word in words.split() if word in known_forms())
    return any(kind in ("country", "demonym") for kind in kinds)


def acts(seen: Seen) -> bool:
    """Is it the subject of a verb: *Norway* will not …?"""
    return seen.last.dep_ in SUBJECTS and seen.known.kind not in ("demonym", "organisation")


def is_claim(seen: Seen) -> bool:
    """Does somebody say what it does: he said that *Norway* will not …?"""
    verb = seen.last.head
    told_so = verb.dep_ == "ccomp" and verb.head.lemma_.lower() in reporting_verbs()
    return acts(seen) and (seen.quoted or told_so)


def is_state(seen: Seen) -> bool:
    """Is it a body with the country's name, its people, or what a state has: *Chile’s* armed forces? Not so: military drones."""
    people = seen.known.kind == "demonym" and seen.last.tag_ in ("NNS", "NNPS")
    nouns = seen.nouns
    return seen.known.kind == "organisation" or people or bool(nouns and nouns[-1].lower_ in state_nouns())


def has_guest(seen: Seen) -> bool:
    """Is it the country of an embassy or an envoy: the *Norwegian* embassy?"""
    return bool(seen.nouns) and seen.nouns[-1].lower_ in abroad()["guest"]


def is_dealt_with(seen: Seen) -> bool:
    """Does somebody else have to do with it: talks with *Norway*, neighbouring *Norway*? Not so: she came to Oslo."""
    came = seen.known.kind == "capital" and seen.before in small_words()["place"]
    return seen.before in abroad()["dealt"] | abroad()["neighbour"] and not came


def is_seat(seen: Seen) -> bool:
    """Does a capital stand for its state, and not for a place, nor before a noun: *Oslo* has not answered?"""
    placed = seen.before in small_words()["place"] or seen.last.dep_ == "compound"
    return is_town(seen) and not placed


def is_place(seen: Seen) -> bool:
    """Is it where something is: in Oslo, in Oslo, *Norway*, in Crimea?"""
    known = seen.known
    behind = any(k.end == known.start - 1 and k.country == known.country for k in seen.read.known)
    town = is_town(seen) and seen.before in small_words()["place"]
    return known.kind == "place" or town or (behind and seen.before == ",")


def is_town(seen: Seen) -> bool:
    """Is it a capital or a seat of government?"""
    return seen.known.kind in ("capital", "metonym")


def joined(doc: Doc, first: Known, second: Known) -> bool:
    """Do two names stand side by side: the Thai-Myanmar border, between Norway and Peru?"""
    if second.start != first.end + 1 or not (first.country and second.country):
        return False
    link = doc[first.end]
    return link.text in HYPHENS or (link.lower_ == "and" and word_before(doc, first.start) == "between")


def word_before(doc: Doc, i: int) -> str:
    """The word before token `i`, "the" left out."""
    before = [t.lower_ for t in doc[max(0, i - 2) : i] if t.lower_ != "the"]
    return before[-1] if before else ""


SIGNS: Mapping[str, Callable[[Seen], bool]] = {  # the first that holds counts
    "body": is_body,
    "claim": is_claim,
    "quoted": lambda seen: seen.quoted and seen.known.kind != "organisation",
    "pair": lambda seen: any(joined(seen.read.parsed.doc, seen.known, k) for k in seen.read.known),
    "partner": lambda seen: any(joined(seen.read.parsed.doc, k, seen.known) for k in seen.read.known),
    "guest": has_guest,
    "act": acts,
    "state": is_state,
    "dealt": is_dealt_with,
    "seat": is_seat,
    "place": is_place,
    "adjective": lambda seen: seen.known.kind == "demonym" and seen.last.dep_ in ("amod", "compound"),
    "name": lambda seen: True,
}


def at_home(read: Read, role: RolePhrase) -> bool:
    """Is it an office of a body that a paper names so at home only: the *coast guard's* spokesman?"""
    return any(k.name in home_bodies() for k in read.known if role.start <= k.start < role.end)


def parties_in(read: Read) -> Iterator[Sign]:
    """The short forms of parties behind the names of members: (Lab), (R-S.C.), D-N.H."""
    for match in PARTY.finditer(read.parsed.text):
        form = match[match.lastindex or 0]
        country = parties().get(form) or parties().get(form[: form.find("-") + 1])
        words = (
            read.parsed.doc.char_span(*match.span(match.lastindex or 0), alignment_mode="expand") if country else None
        )
        if country and words is not None:
            yield Sign(words.start, words.end, country, "body")


def leader_of(name: Name) -> str | None:
    """The country of a well-known head of state or government whose office is named without it: Prime Minister Roe."""
    role = name.role
    if role is None or role.country or role.role.level not in TOP:
        return None
    return figure_country(name.words, ("head",))
