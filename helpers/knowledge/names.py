"""Names, roles and the small words beside them: what each form of the vocabulary means, and what is known of it.

>>> known_forms()["Kremlin"].name, role_forms()["spokesmen"], "van" in name_words()["particle"]
('Russia', 'spokesman', True)
>>> public_figures()["Donald Trump"], modifier_countries()["union"], "secretary" in office_words()["addressed"]
('United States', 'India', True)

The lists are CSV files in ``data/vocabulary/``; see `helpers.knowledge.vocabulary` for how they are read and checked.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from helpers.knowledge.vocabulary import (
    FOLDER,
    by_kind,
    countries,
    country_cell,
    organisations,
    places,
    read_csv_vocabulary,
    role_modifiers,
    roles,
)

name_words = by_kind("name_words.csv", "kind", "article particle suffix before never")
small_words = by_kind("small_words.csv", "tells", "place definite indefinite people determiner share")
office_words = by_kind("office_words.csv", "tells", "other civil addressed state top")


@cache
def public_figures(folder: Path = FOLDER) -> dict[str, str]:
    """The countries of well-known public figures, for articles that leave it out ("President Trump")."""
    path = folder / "public_figures.csv"
    rows = read_csv_vocabulary(path, ("name", "country"), key="name")
    return {row["name"]: country_cell(row, "country", path) or "" for row in rows}


@cache
def modifier_countries(folder: Path = FOLDER) -> dict[str, str]:
    """The words before a role that tell its country by themselves: a Union minister is India's."""
    path = folder / "role_modifiers.csv"
    rows = read_csv_vocabulary(path, ("word", "kind"), ("country",), key="word")
    return {row["word"]: country for row in rows if (country := country_cell(row, "country", path))}


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
    for kind, named in (("place", places()), ("organisation", organisations())):
        found |= {form: KnownForm(kind, thing.name, thing.country) for thing in named for form in thing.forms}
    for country in reversed(countries()):
        own = (country.name, *country.aliases)
        lists = (country.metonyms, country.capitals, country.demonyms, own)
        for kind, forms in zip(("metonym", "capital", "demonym", "country"), lists, strict=True):
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
