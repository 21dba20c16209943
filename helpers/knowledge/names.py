"""Names, roles and the small words beside them: what each form of the vocabulary means, and what is known of it.

>>> known_forms()["Kremlin"].name, role_forms()["spokesmen"], "van" in name_words()["particle"]
('Russia', 'spokesman', True)
>>> public_figures()["Donald Trump"], modifier_countries()["union"], "secretary" in office_words()["addressed"]
('United States', 'India', True)

The lists are CSV files in ``data/vocabulary/``; see `helpers.knowledge.vocabulary` for how they are read and checked.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from helpers.errors import VocabularyProblem
from helpers.knowledge.vocabulary import (
    FOLDER,
    bare,
    by_kind,
    countries,
    country_cell,
    each,
    honorifics,
    listed,
    of_countries,
    organisations,
    places,
    read_csv_vocabulary,
    role_modifiers,
    roles,
    surnames_first,
)

name_words = by_kind("name_words.csv", "kind", "article particle suffix before never")
small_words = by_kind("small_words.csv", "tells", "place whose definite indefinite people determiner share")
office_words = by_kind(
    "office_words.csv", "tells", "other civil addressed state top worldwide mission entering generic describing past"
)
# Words beside a country that is not home: with Norway.
abroad = by_kind("abroad.csv", "tells", "dealt guest neighbour travel address")
state_nouns = bare("state_nouns.csv", "noun")  # what a state has: government, airspace, soldiers
shared_bodies = bare("shared_bodies.csv", "form")  # names that bodies of several states bear: Senate, Labour Party
parties = of_countries("parties.csv", "form")  # by what stands in brackets behind a member's name: (Lab)
public_figures = of_countries("public_figures.csv", "name")  # for articles that leave it out: President Trump


@cache
def state_bodies() -> frozenset[str]:
    """The bodies that every state has, and that are some state's: the Ministry of Defence, the Joint Chiefs of Staff."""
    return frozenset(
        o.name for o in organisations() if o.kind in ("ministry", "military", "parliament", "agency") and not o.country
    )


def bodies(kinds: str) -> Callable[[], frozenset[str]]:
    """A reader of the names of the organisations of some kinds."""
    return cache(lambda: frozenset(o.name for o in organisations() if o.kind in kinds.split()))


@cache
def kinds_of_bodies() -> dict[str, str]:
    """What each known organisation is: a party, an agency."""
    return {o.name: o.kind for o in organisations()}


own_parties = bodies("party")  # whose officers are some state's: the Labour Party's spokesman
# Their officers a paper names without a country at home only.
home_bodies = bodies("party parliament military agency")
# They tell nothing of whose story it is.
roaming_bodies = bodies("news company think_tank armed_group alliance international")


# How much each sign tells of whose story it is.
story_signs = each("story_signs.csv", "sign weight", "", lambda row, _: float(row["weight"]))


@cache
def outlet_countries(folder: Path = FOLDER) -> dict[str, dict[str, str | None]]:
    """The country for which an outlet writes, by the end of its address and by its names; None where for all the world.

    Names that others bear, too, stand under "name" and under "shared".

    >>> outlet_countries()["domain"]["dawn.com"], outlet_countries()["name"]["Bernama"], outlet_countries()["shared"]["BTA"]
    ('Pakistan', 'Malaysia', 'Bulgaria')
    """
    rows = read_csv_vocabulary(folder / "outlets.csv", ("domain",), ("names", "country"), key="domain")
    told = [(row, country_cell(row, "country", folder)) for row in rows]
    named = {name: country for row, country in told for name in listed(row["names"])}
    return {
        "domain": {row["domain"]: country for row, country in told},
        "name": {name.strip("()"): country for name, country in named.items()},
        "shared": {name.strip("()"): country for name, country in named.items() if name.startswith("(")},
    }


def fold(words: str) -> str:
    """Words without capitals, accents and marks, as places in datelines are compared.

    >>> fold("POPAYÁN"), fold("Port-au-Prince")
    ('popayan', 'port au prince')
    """
    if not words.isascii():
        words = "".join(char for char in unicodedata.normalize("NFKD", words) if not unicodedata.combining(char))
    return " ".join(re.findall(r"\w+", words.casefold()))


@cache
def towns(folder: Path = FOLDER) -> dict[str, str]:
    """The countries of larger towns that are no capitals, by their folded names.

    >>> towns()[fold("Popayán")]
    'Colombia'
    """
    known = {country.iso3: country.name for country in countries(folder)}
    found: dict[str, str] = {}
    for row in read_csv_vocabulary(folder / "towns.csv", ("iso3", "towns"), key="iso3"):
        if row["iso3"] not in known:
            raise VocabularyProblem(f"{row['_where']}: iso3 {row['iso3']!r} is not in countries.csv; correct it")
        found |= {fold(town): known[row["iso3"]] for town in listed(row["towns"])}
    return found


@dataclass(frozen=True, slots=True)
class EvidenceKind:
    """How much a kind of evidence for somebody's country counts, and how an explanation puts it."""

    weight: float
    words: str


country_evidence = each(
    "country_evidence.csv", "kind weight words", "", lambda row, _: EvidenceKind(float(row["weight"]), row["words"])
)


@cache
def ranks() -> frozenset[str]:
    """Titles that are ranks or styles, beside which an office counts: General Ada Roe, the army chief."""
    return frozenset(h.role for h in honorifics().values() if h.role) | {"marshal", "field marshal"}


@cache
def seats() -> dict[str, str]:
    """The countries of every place that the vocabulary knows, by its folded name: QUITO, ISTANBUL, PERU."""
    return towns() | {
        fold(form): known.country
        for form, known in known_forms().items()
        if known.country and known.kind in ("country", "capital", "place")
    }


@cache
def city_names() -> frozenset[str]:
    """The folded names of towns and capitals, none of which is a country's too."""
    named = {
        kind: {fold(form) for form, known in known_forms().items() if known.kind == kind}
        for kind in ("capital", "country")
    }
    return frozenset(towns().keys() | named["capital"]) - named["country"]


@cache
def leaders() -> dict[str, str]:
    """The countries of public figures by the name that stands behind President or Prime Minister, where it is one country's."""
    told: dict[str, set[str]] = {}
    for name, country in public_figures().items():
        short = name.split()[0] if name.split()[0] in surnames_first() else name.split()[-1]
        told.setdefault(short, set()).add(country)
    return {short: min(named) for short, named in told.items() if len(named) == 1}


@cache
def modifier_countries(folder: Path = FOLDER) -> dict[str, str]:
    """The words before a role that tell its country by themselves: a Union minister is India's."""
    rows = read_csv_vocabulary(folder / "role_modifiers.csv", ("word", "kind"), ("country",), key="word")
    return {row["word"]: country for row in rows if (country := country_cell(row, "country", folder))}


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
    shared = shared_bodies()
    for kind, named in (("place", places()), ("organisation", organisations())):
        whose = ((form, thing, None if form in shared else thing.country) for thing in named for form in thing.forms)
        found |= {form: KnownForm(kind, thing.name, country) for form, thing, country in whose}
    for country in reversed(countries()):
        own = (country.name, *country.aliases)
        lists = (country.metonyms, country.capitals, country.demonyms, own)
        for kind, forms in zip(("metonym", "capital", "demonym", "country"), lists, strict=True):
            found |= {form: KnownForm(kind, country.name, country.name) for form in (*map(str.upper, forms), *forms)}
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
    return words_of_kinds("rank", "time", "portfolio")


@cache
def field_words() -> frozenset[str]:
    """Each word of which the names of ministries are made: Higher Education, Foreign Affairs."""
    return words_of_kinds("portfolio", "field")


def words_of_kinds(*kinds: str) -> frozenset[str]:
    words = (word for modifier, kind in role_modifiers().items() if kind in kinds for word in modifier.split())
    return frozenset(word for word in words if word not in ("and", "of", "the"))
