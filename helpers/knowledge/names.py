"""Names, roles and the small words beside them: what each form of the vocabulary means, and what is known of it.

>>> known_forms()["Kremlin"].name, role_forms()["spokesmen"], "van" in name_words()["particle"]
('Russia', 'spokesman', True)
>>> public_figures()["Donald Trump"], modifier_countries()["union"], "secretary" in office_words()["addressed"]
('United States', 'India', True)

The lists are CSV files in ``data/vocabulary/``; see `helpers.knowledge.vocabulary` for how they are read and checked.
"""

import re
import string
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeVar

from helpers.errors import VocabularyProblem
from helpers.knowledge.vocabulary import (
    FOLDER,
    Words,
    bare,
    by_kind,
    countries,
    country_cell,
    each,
    given_names,
    honorifics,
    listed,
    of_countries,
    one_of,
    organisations,
    places,
    read_csv_vocabulary,
    role_modifiers,
    roles,
    surnames_first,
)

FIGURES = "head foreign defence"  # the offices by which public figures are known with their surname alone
Key = TypeVar("Key")
# Set apart from their letters.
ACCENTS = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]")
SPACED = dict.fromkeys(map(ord, set(string.punctuation) - {"_"}), " ")  # what stands between words

name_words = by_kind("name_words.csv", "kind", "article particle suffix never")
small_words = by_kind("small_words.csv", "tells", "place definite indefinite people determiner share")
office_words = by_kind(
    "office_words.csv",
    "tells",
    "other civil addressed top worldwide mission entering generic describing past foreign defence",
)
# Words beside a country that is not home: with Norway.
abroad = by_kind("abroad.csv", "tells", "dealt neighbour travel address")
state_nouns = bare("state_nouns.csv", "noun")  # what a state has: government, airspace, soldiers
shared_bodies = bare("shared_bodies.csv", "form")  # names that bodies of several states bear: Senate, Labour Party
parties = of_countries("parties.csv", "form")  # by what stands in brackets behind a member's name: (Lab)


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
    plain = words if words.isascii() else ACCENTS.sub("", unicodedata.normalize("NFKD", words)).casefold()
    if plain.isascii():
        return plain.lower() if plain.isalpha() else " ".join(plain.lower().translate(SPACED).split())
    return " ".join(re.findall(r"\w+", plain))


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
def public_figures(folder: Path = FOLDER) -> dict[str, str]:
    """The countries of public figures, by their names: for articles that leave it out.

    >>> public_figures()["Donald Trump"]
    'United States'
    """
    found: dict[str, str] = {}
    for country, _, names in figures(folder):
        found |= dict.fromkeys(names, country)
    return found


@cache
def figures(folder: Path) -> tuple[tuple[str, str, Words], ...]:
    """A country, an office and the names of those who have held it, or of others; who has held two offices stands twice."""
    rows = read_csv_vocabulary(folder / "public_figures.csv", ("country", "names"), ("office",))
    return tuple(
        (
            country_cell(row, "country", folder) or "",
            row["office"] and one_of(row, "office", FIGURES),
            listed(row["names"]),
        )
        for row in rows
    )


@cache
def figures_by_ends() -> dict[tuple[str, str], str]:
    """The countries of public figures by the first and the last word of their names, where those are one country's.

    >>> figures_by_ends()[ends(("Abdel", "Fattah", "Al-Sisi"))]
    'Egypt'
    """
    named = ((name.split(), country) for country, _, names in figures(FOLDER) for name in names if " " in name)
    return of_one_country((ends(words), country) for words, country in named)


@cache
def figures_by_office(folder: Path = FOLDER) -> dict[tuple[str, str], str]:
    """The countries of those who headed a state or its ministry of foreign affairs or of defence, by office and surname, where
    one country's alone bear it.

    >>> figures_by_office()["foreign", "lavrov"]
    'Russia'
    """
    return of_one_country(
        ((office, fold_surname(surname(tuple(name.split())))), country)
        for country, office, names in figures(folder)
        if office
        for name in names
    )


def of_one_country(told: Iterable[tuple[Key, str]]) -> dict[Key, str]:
    """What tells one country, with it; what tells several is left out."""
    found: dict[Key, str] = {}
    several = {key for key, country in told if found.setdefault(key, country) != country}
    return {key: country for key, country in found.items() if key not in several}


def ends(words: Sequence[str]) -> tuple[str, str]:
    """The first and the last word of a name, folded, and the last without its article: al-Sisi, El-Sisi."""
    return fold(words[0]), fold_surname(words[-1])


def fold_surname(word: str) -> str:
    """A surname, folded and without its article."""
    whole = fold(word)
    first, _, rest = whole.partition(" ")
    return rest if rest and first in name_words()["article"] else whole


def surname(words: tuple[str, ...]) -> str:
    """The surname: the first word where English news writes it first (Xi, Kim, Nguyen), else the last."""
    if len(words) > 1 and words[0] in surnames_first() and words[0] not in given_names():
        return words[0]
    return words[-1]


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
