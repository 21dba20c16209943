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
from itertools import takewhile
from typing import TYPE_CHECKING

from helpers.knowledge.names import (
    abroad,
    fold,
    parties,
    roaming_bodies,
    small_words,
    state_nouns,
    towns,
)
from helpers.knowledge.reporting import reporting_verbs
from helpers.names.gazetteer import Known
from helpers.names.paragraphs import Read
from helpers.names.roles import BESIDE, POSSESSIVE
from helpers.tree import SUBJECTS

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

LONGEST_NOUN = 4  # tokens: (Chile’s) exclusive economic zone
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


def signs_in(read: Read) -> Iterator[Sign]:
    """What shows a country in a paragraph, but for the offices that it marks."""
    taken = {i for r in read.roles if r.told == BESIDE for i in range(r.start, r.end)}
    return (sign for sign in all_signs(read) if sign.start not in taken)


def all_signs(read: Read) -> Iterator[Sign]:
    """Where a paragraph shows a country, and by what."""
    for k in (k for k in read.known if k.country and k.name not in roaming_bodies()):
        seen = Seen(read, k)
        yield Sign(k.start, k.end, str(k.country), next(sign for sign, holds in SIGNS.items() if holds(seen)))
    yield from parties_in(read)
    for ent in read.parsed.doc.ents:
        if ent.label_ == "GPE" and (country := towns().get(fold(ent.text))):
            yield Sign(ent.start, ent.end, country, "town")


def is_claim(seen: Seen) -> bool:
    """Does somebody say what it does: he said that *Norway* will not …?"""
    verb = seen.last.head
    told_so = verb.dep_ == "ccomp" and verb.head.lemma_.lower() in reporting_verbs()
    quoted = seen.known.start in seen.read.quoted
    return seen.last.dep_ in SUBJECTS and seen.known.kind != "demonym" and (quoted or told_so)


def is_state(seen: Seen) -> bool:
    """Is it what a state has: *Chile’s* armed forces? Not so: military drones."""
    doc, end = seen.read.parsed.doc, seen.known.end
    start = end + (doc[end : end + 1].text in POSSESSIVE)
    nouns = list(takewhile(lambda t: t.pos_ in ("NOUN", "PROPN", "ADJ"), doc[start : start + LONGEST_NOUN]))
    return bool(nouns) and nouns[-1].lower_ in state_nouns()


def is_dealt_with(seen: Seen) -> bool:
    """Does somebody else have to do with it: talks with *Norway*, neighbouring *Norway*? Not so: she came to Oslo."""
    came = seen.known.kind == "capital" and seen.before in small_words()["place"]
    return seen.before in abroad()["dealt"] | abroad()["neighbour"] and not came


def is_seat(seen: Seen) -> bool:
    """Does a capital stand for its state, and not for a place, nor before a noun: *Oslo* has not answered?"""
    placed = seen.before in small_words()["place"] or seen.last.dep_ == "compound"
    return is_town(seen) and not placed


def is_place(seen: Seen) -> bool:
    """Is it where something is: in Oslo, in Crimea?"""
    return seen.known.kind == "place" or (is_town(seen) and seen.before in small_words()["place"])


def is_town(seen: Seen) -> bool:
    """Is it a capital or a seat of government?"""
    return seen.known.kind in ("capital", "metonym")


def word_before(doc: Doc, i: int) -> str:
    """The word before token `i`, "the" left out."""
    before = [t.lower_ for t in doc[max(0, i - 2) : i] if t.lower_ != "the"]
    return before[-1] if before else ""


SIGNS: Mapping[str, Callable[[Seen], bool]] = {  # the first that holds counts
    "body": lambda seen: seen.known.kind == "organisation",
    "claim": is_claim,
    "state": is_state,
    "dealt": is_dealt_with,
    "seat": is_seat,
    "place": is_place,
    "name": lambda seen: True,
}


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
