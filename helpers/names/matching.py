"""Do two names mean one person? Surnames, given names, initials, particles and the orders in which peoples write them.

>>> likeness(("Kim", "Ye-rin"), ("Kim",)), likeness(("Lucía", "Fernández", "de", "la", "Vega"), ("Fernández",))
((3, 'surname'), (1, 'surname'))
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from helpers.knowledge.names import (
    ends,
    figures_by_ends,
    figures_by_office,
    fold,
    fold_surname,
    name_words,
    public_figures,
    surname,
)
from helpers.names.mentions import INITIAL, PARTICLES

Words = tuple[str, ...]
Fit = tuple[int, str]  # how well a name fits, and by which rule: the better wins where two would do
SAME, FULL, SURNAME, GIVEN = (5, "full_name"), (4, "full_name"), (3, "surname"), (2, "given_name")
MIDDLE, NO = (1, "surname"), (0, "")
CAPITALS = re.compile(r"[^\W\d_a-z]{3,}$")
VOWELS, DOUBLED = re.compile("[aeiouy ]"), re.compile(r"(.)\1+")
SMALL = "|".join(map(str.capitalize, PARTICLES))
PARTICLE = re.compile(rf"(?:{SMALL})(?=-|$)|[DL](?=['’])")  # in capitals only where a sentence begins


@lru_cache(maxsize=8192)
def likeness(known: Words, words: Words) -> Fit:
    """How well `words` fit the person named `known`, and by which rule.

    >>> likeness(("Subrahmanyam", "Jaishankar"), ("S.", "Jaishankar")), likeness(("Ada", "Roe"), ("Roe",))
    ((4, 'full_name'), (3, 'surname'))
    >>> likeness(("Essa", "Saif", "al-Mazmi"), ("Al-Mazmi",)), likeness(("Ada", "Roe"), ("Ben", "Roe"))
    ((3, 'surname'), (0, ''))
    """
    known, words = plain(known), plain(words)
    if words == known:
        return SAME
    if len(words) == 1:
        return single(known, words[0])
    if len(known) == 1:
        return FULL if known[0] in (surname(words), words[-1]) else MIDDLE if known[0] in words[1:-1] else NO
    if words == known[-len(words) :]:
        return SURNAME
    if words[0] in PARTICLES and words in (known[i : i + len(words)] for i in range(1, len(known))):
        return MIDDLE  # bin Rashid, for Ali bin Rashid bin Omar
    return FULL if words[-1] == known[-1] and given_names_agree(known[0], words[0]) else NO


def single(known: Words, word: str) -> Fit:
    """How well one word fits the name `known`."""
    if len(known) == 1:
        return NO
    if bare(word) in (bare(surname(known)), bare(known[-1])):
        return SURNAME
    if word == surname(known).partition("-")[0]:
        return MIDDLE  # Bärtschi, for Urs Bärtschi-Ammann
    if word == known[0]:
        return GIVEN
    return MIDDLE if word in known[1:-1] else NO


def bare(word: str) -> str:
    """A surname without its article: al-Rashid, Rashid."""
    first, hyphen, rest = word.partition("-")
    return rest if hyphen and first in name_words()["article"] else word


def figure_country(words: Words, offices: Iterable[str] = ()) -> str | None:
    """The country of a well-known public figure; by the surname alone with an office, or where that is enough.

    >>> figure_country(("Gordon", "J.", "Brown")), figure_country(("Lavrov",), ["foreign"])
    ('United Kingdom', 'Russia')
    """
    if len(words) > 1:
        return figures_by_ends().get(ends(words))
    known = {figures_by_office().get((office, fold_surname(words[0]))) for office in offices} - {None}
    return known.pop() if len(known) == 1 else public_figures().get(words[0])


def plain(words: Words) -> Words:
    """The words as they stand within a sentence: al-, van, and no capitals throughout."""
    small = (w.capitalize() if CAPITALS.match(w) else w for w in words)
    return tuple(PARTICLE.sub(lambda found: found[0].lower(), w) for w in small)


def given_names_agree(first: str, second: str) -> bool:
    """Can these be the same given name? "S." agrees with "Subrahmanyam", and what is spelled from another script with itself.

    >>> given_names_agree("S.", "Subrahmanyam"), given_names_agree("Ada", "Ben")
    (True, False)
    >>> given_names_agree("Mohamed", "Mohammed"), given_names_agree("Daniel", "Daniela")
    (True, False)
    """
    if INITIAL.match(first) or INITIAL.match(second):
        return first[0] == second[0]
    told = consonants(first)
    alike = len(told) > 2 and told == consonants(second) and (first[-1] == "a") == (second[-1] == "a")
    return first == second or alike


def consonants(name: str) -> str:
    """The first letter of a name and its consonants, each once where it is doubled.

    >>> consonants("Mohammed"), consonants("Sergei")
    ('mhmd', 'srg')
    """
    plain = fold(name)
    return DOUBLED.sub(r"\1", plain[:1] + VOWELS.sub("", plain[1:]))
