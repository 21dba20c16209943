"""What the forms of the vocabulary mean: each form of a country, an organisation, a place, a role.

>>> known_forms()["Kremlin"].name, role_forms()["spokesmen"]
('Russia', 'spokesman')
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from helpers.knowledge.vocabulary import countries, organisations, places, role_modifiers, roles


@dataclass(frozen=True, slots=True)
class KnownForm:
    """What a form means: its kind, canonical name and country."""

    kind: str
    name: str
    country: str | None


@cache
def known_forms() -> dict[str, KnownForm]:
    """Every form of the vocabulary and what it means. A form of several countries (Congolese) keeps its first."""
    found: dict[str, KnownForm] = {}
    for place in places():
        found |= {form: KnownForm("place", place.name, place.country) for form in place.forms}
    for organisation in organisations():
        found |= {
            form: KnownForm("organisation", organisation.name, organisation.country) for form in organisation.forms
        }
    for country in reversed(countries()):
        by_kind = {
            "metonym": country.metonyms,
            "capital": country.capitals,
            "demonym": country.demonyms,
            "country": (country.name, *country.aliases),
        }
        for kind, forms in by_kind.items():
            found |= {form: KnownForm(kind, country.name, country.name) for form in forms}
    return found


@cache
def role_forms() -> dict[str, str]:
    """Each form of a role, plurals included, and the role it is a form of.

    >>> role_forms()["prime ministers"], role_forms()["spokesmen"]
    ('prime minister', 'spokesman')
    """
    return {head: head for head in roles()} | {plural: head for head in roles() for plural in plurals(head)}


def plurals(role: str) -> tuple[str, ...]:
    """The plural forms of a role: its first noun before "of" or "-" takes the ending.

    >>> plurals("secretary of state"), plurals("chief of staff")
    (('secretaries of state',), ('chiefs of staff',))
    """
    head, of, rest = role.partition(" of ")
    if head.endswith("man"):
        return (head[:-3] + "men" + of + rest,)
    if head.endswith("y") and not head.endswith(("ay", "ey", "oy")):
        return (head[:-1] + "ies" + of + rest,)
    if head.endswith("s"):
        return ()
    return (head + "s" + of + rest,)


@cache
def modifier_words() -> frozenset[str]:
    """Each word that may stand before a role."""
    return frozenset(
        word for modifier in role_modifiers() for word in modifier.split() if word not in ("and", "of", "the")
    )
