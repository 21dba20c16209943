"""Whose office is it? "The defence minister" is the person with that office, never a minister of another.

>>> roles_agree("Minister of Defence", "defense minister")
True
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from helpers.knowledge.names import small_words
from helpers.knowledge.vocabulary import gendered_nouns, roles
from helpers.names.roles import GOVERNMENT, RolePhrase
from helpers.records import Person

if TYPE_CHECKING:
    from spacy.tokens import Doc

SPOKES = frozenset(("spokesman", "spokeswoman", "spokesperson"))
BELOW = frozenset("vice deputy former ex assistant under prime".split())  # with one of these it is another office
CIVIL_GENERALS = frozenset("attorney solicitor secretary inspector director consul governor".split())  # … general
SAME = {"defense": "defence", "u.s.": "us", "advisor": "adviser"}
LEADERS = ("leader", "head of state")
TOP = ("head_of_state", "head_of_government")


def is_indefinite(doc: Doc, role: RolePhrase) -> bool:
    """Is it somebody in that role, not the one: a minister, another general, his lawyer?"""
    before = doc[max(0, role.start - 1) : role.head_start]
    his = role.role.level not in GOVERNMENT and any(t.tag_ == "PRP$" for t in before)
    return his or any(t.lower_ in small_words()["indefinite"] for t in before)


def held_by(person: Person, titles: Iterable[RolePhrase], role: RolePhrase) -> bool:
    """Can `person` be meant by `role`: one of the roles beside the person's name agrees, and so does the country?"""
    gender = gendered_nouns().get(role.head)
    if gender and person.pronouns and person.pronouns != gender:
        return False
    if role.country and person.country and role.country != person.country:
        return False
    held = [*([person.role] if person.role else []), *(title.title for title in titles)]
    if role.head in LEADERS and role.country and role.country == person.country and any(map(is_top, held)):
        return True
    return any(roles_agree(title, role.title) for title in held)


def is_top(title: str) -> bool:
    """Is it the office of a head of state or government?"""
    known = roles().get(title.lower())
    return known is not None and known.level in TOP


def roles_agree(held: str, title: str) -> bool:
    """Can someone who is `held` be called `title`?

    >>> roles_agree("external affairs minister", "minister"), roles_agree("spokeswoman", "ministry spokesman")
    (True, True)
    >>> roles_agree("defence minister", "foreign minister"), roles_agree("vice president", "president")
    (False, False)
    """
    mine, asked = words_of(held), words_of(title)
    if mine & SPOKES and asked & SPOKES:
        return True
    if asked == {"general"} and mine & CIVIL_GENERALS:
        return False
    return asked <= mine and not (mine - asked) & BELOW


def words_of(title: str) -> frozenset[str]:
    """The words of a title, spelled one way."""
    return frozenset(SAME.get(word, word) for word in title.lower().replace("-", " ").split())
