"""The word knowledge of the project: countries, organisations, places, roles, honorifics, boilerplate lines.

>>> france = next(c for c in countries() if c.iso3 == "FRA")
>>> france.name, france.capitals, france.demonyms[0]
('France', ('Paris',), 'French')
>>> roles()["secretary of state"].country, roles()["analyst"].public, gendered_nouns()["spokeswoman"]
('United States', False, 'she')

Each list is a small commented CSV file in ``data/vocabulary/`` that an analyst edits with any text editor; it is
read once and kept. A file that is wrong raises `VocabularyProblem`, which names file, line and mend.
"""

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeVar

from helpers.errors import VocabularyProblem
from helpers.folders import VOCABULARY

FOLDER = VOCABULARY
# The closed lists of the cells `kind` and `level`.
ORGANISATION = (
    "agency alliance armed_group company court international military ministry news ngo parliament party think_tank"
)
PLACE = "base border city island mountains region sea strait territory waterway"
PUBLIC = "head_of_state head_of_government minister legislator military diplomat spokesperson official other"
ROLE = f"{PUBLIC} counterpart expert business civil"  # the last four do not make a person an official
MODIFIER = "rank time portfolio field"
BOILERPLATE = "link caption byline boilerplate date"

Row = dict[str, str]
Words = tuple[str, ...]
Told = TypeVar("Told")


@dataclass(frozen=True, slots=True)
class Country:
    """A state and the words that stand for it. Matching is case-sensitive ("US", never "us")."""

    iso3: str
    name: str
    aliases: Words
    demonyms: Words  # adjectives and nouns: Indian, Indians
    capitals: Words  # and their other spellings: New Delhi, Delhi
    metonyms: Words  # seats of government: White House, Kremlin

    @property
    def forms(self) -> Words:
        """Every form of the row, the name first."""
        return (self.name, *self.aliases, *self.demonyms, *self.capitals, *self.metonyms)


@dataclass(frozen=True, slots=True)
class Named:
    """An organisation or a place that is no country. `country` is a name in countries.csv; None where it is of several."""

    name: str
    aliases: Words
    kind: str
    country: str | None

    @property
    def forms(self) -> Words:
        return (self.name, *self.aliases)


@dataclass(frozen=True, slots=True)
class Role:
    """A role in lower case ("prime minister"), matched by lower-cased tokens."""

    head: str
    level: str
    country: str | None  # what it says of the country by itself: "secretary of state" -> United States

    @property
    def public(self) -> bool:
        """Does it make its holder an official?"""
        return self.level in PUBLIC.split()


@dataclass(frozen=True, slots=True)
class Honorific:
    """What stands before a name: Ms., Shri, Lt. Gen. `role` is the public role it shortens, if any."""

    gender: str | None  # "f" or "m", only where the form says so
    role: str | None


@dataclass(frozen=True, slots=True)
class BoilerplatePattern:
    """A kind of paragraph that is no part of the article's text, and how its first characters look."""

    kind: str
    pattern: str
    examples: Words
    not_examples: Words
    where: str  # file and line

    def matches(self, paragraph: str) -> bool:
        """Is `paragraph` of this kind?

        >>> [p.kind for p in boilerplate() if p.matches("Also Read: Two ferries collide")]
        ['link']
        """
        return compiled(self.pattern, self.where).match(paragraph) is not None


@cache
def compiled(pattern: str, where: str) -> re.Pattern[str]:
    """The pattern, compiled when it is first tried: compiling them all costs more than reading all files."""
    try:
        return re.compile(pattern, re.IGNORECASE)
    except re.error as error:
        raise VocabularyProblem(f"{where}: the pattern {pattern!r} is broken ({error}); mend it") from error


def listed(cell: str) -> Words:
    """The items of a cell that holds a list.

    >>> listed("Briton|Britons | British")
    ('Briton', 'Britons', 'British')
    """
    return tuple(filter(None, map(str.strip, cell.split("|"))))


def vocabulary_text(path: Path) -> str:
    """The text of a vocabulary file. Raises `VocabularyProblem` where it is not there, or not UTF-8."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise VocabularyProblem(f"{path}: cannot be read ({error.strerror}); put the file back") from error
    except UnicodeDecodeError as error:
        number = path.read_bytes()[: error.start].count(b"\n") + 1
        raise VocabularyProblem(f"{path.name}, line {number}: is not UTF-8; save the file as UTF-8") from error


def numbered_cells(path: Path) -> Iterator[tuple[str, list[str]]]:
    """Place ("roles.csv, line 7") and cells of each line that is neither empty nor a comment."""
    for number, line in enumerate(vocabulary_text(path).split("\n"), 1):
        if line.strip() and not line.startswith("#"):
            where = f"{path.name}, line {number}"
            try:  # the plain split is the quick way for most lines
                cells = next(csv.reader([line], strict=True)) if '"' in line else line.split(",")
                yield where, list(map(str.strip, cells))
            except csv.Error as error:
                raise VocabularyProblem(f'{where}: {error}; close each "quote" on its own line') from error


def read_csv_vocabulary(
    path: Path, required: Sequence[str] = (), columns: Sequence[str] = (), key: str = ""
) -> list[Row]:
    """The rows of a vocabulary file: dicts of stripped cells, with "_where" (file and line).

    >>> rows = read_csv_vocabulary(FOLDER / "role_modifiers.csv", required=("word", "kind"), key="word")
    >>> [row["kind"] for row in rows if row["word"] == "acting"]
    ['time']

    Lines that begin with ``#`` and empty lines are skipped; the first other line names the columns. `required`
    columns must be there and filled in every row, those of `columns` may be empty, and `key` must be unique.
    """
    found = numbered_cells(path)
    where, header = next(found, (f"{path.name}, line 1", []))
    for name in (*required, *columns):
        if name not in header:
            raise VocabularyProblem(f"{where}: the column {name!r} is missing; add it to this line, and to each below")
    rows: list[Row] = []
    seen: dict[str, str] = {}
    for where, cells in found:
        if len(cells) != len(header):
            wrong = f"{len(cells)} cells where the columns are {len(header)} ({','.join(header)})"
            raise VocabularyProblem(f'{where}: {wrong}; put a cell that holds a comma in "quotes"')
        row = dict(zip(header, cells, strict=True))
        row["_where"] = where
        if not all(map(row.get, required)):
            empty = next(name for name in required if not row[name])
            raise VocabularyProblem(f"{where}: the cell {empty!r} is empty; fill it")
        if key and (first := seen.setdefault(row[key], where)) != where:
            line = first.rpartition(" ")[2]
            raise VocabularyProblem(f"{where}: {key} {row[key]!r} stands already in line {line}; remove one")
        rows.append(row)
    return rows


def one_of(row: Row, column: str, allowed: str) -> str:
    """The cell of `column`, which must be one of the words of `allowed`."""
    if row[column] not in allowed.split():
        raise VocabularyProblem(f"{row['_where']}: {column} {row[column]!r} is unknown; use one of: {allowed}")
    return row[column]


def country_cell(row: Row, column: str, folder: Path) -> str | None:
    """The country that a cell names (by its name in countries.csv), or None where it is empty."""
    name = row[column]
    if name and name not in country_names(folder):
        raise VocabularyProblem(f"{row['_where']}: {column} {name!r} is no name of countries.csv; correct or empty it")
    return name or None


def bare(file: str, word: str) -> Callable[..., frozenset[str]]:
    """A reader of a list of words that has nothing beside them."""

    @cache
    def read(folder: Path = FOLDER) -> frozenset[str]:
        return frozenset(row[word] for row in read_csv_vocabulary(folder / file, (word,), key=word))

    return read


def each(file: str, required: str, optional: str, told: Callable[[Row, Path], Told]) -> Callable[..., dict[str, Told]]:
    """A reader of a list by the first of its columns: what is `told` by each row, in a folder of lists.

    >>> each("places.csv", "name kind", "", lambda row, folder: row["kind"])()["Strait of Hormuz"]
    'strait'
    """
    key = required.split()[0]

    @cache
    def read(folder: Path = FOLDER) -> dict[str, Told]:
        rows = read_csv_vocabulary(folder / file, required.split(), optional.split(), key=key)
        return {row[key]: told(row, folder) for row in rows}

    return read


def of_countries(file: str, word: str) -> Callable[..., dict[str, str]]:
    """A reader of a list of words, each with the country that it tells."""
    return each(file, f"{word} country", "", lambda row, folder: country_cell(row, "country", folder) or "")


def column(file: str, word: str, cell: str, allowed: str) -> Callable[..., dict[str, str]]:
    """A reader of a list whose words each have one cell, which is one of those allowed."""
    return each(file, f"{word} {cell}", "", lambda row, _: one_of(row, cell, allowed))


def by_kind(file: str, cell: str, kinds: str) -> Callable[..., dict[str, frozenset[str]]]:
    """A reader of a list of words that gives them by kind: what the cell says of each, several by "|"."""

    @cache
    def read(folder: Path = FOLDER) -> dict[str, frozenset[str]]:
        rows = read_csv_vocabulary(folder / file, ("word", cell), key="word")
        told = [(row["word"], one_of(row | {cell: kind}, cell, kinds)) for row in rows for kind in listed(row[cell])]
        return {kind: frozenset(word for word, of in told if of == kind) for kind in kinds.split()}

    return read


@cache
def countries(folder: Path = FOLDER) -> tuple[Country, ...]:
    """All states of countries.csv, by name."""
    lists = ("aliases", "demonyms", "capital", "metonyms")
    rows = read_csv_vocabulary(folder / "countries.csv", ("iso3", "name"), lists, key="iso3")
    return tuple(Country(row["iso3"], row["name"], *(listed(row[column]) for column in lists)) for row in rows)


@cache
def country_names(folder: Path = FOLDER) -> frozenset[str]:
    """The names of all states, as other lists give them."""
    return frozenset(country.name for country in countries(folder))


@cache
def countries_by_form(folder: Path = FOLDER) -> dict[str, tuple[Country, ...]]:
    """Each form of a country (name, alias, demonym, capital, metonym) and the countries it can mean: most mean one.

    >>> [c.iso3 for c in countries_by_form()["Kremlin"]], [c.iso3 for c in countries_by_form()["Congolese"]]
    (['RUS'], ['COD', 'COG'])
    """
    found: dict[str, tuple[Country, ...]] = {}
    for country in countries(folder):
        for form in dict.fromkeys(country.forms):
            found[form] = (*found.get(form, ()), country)
    return found


def named(file: str, kinds: str) -> Callable[..., tuple[Named, ...]]:
    """A reader of organisations or places."""

    @cache
    def read(folder: Path = FOLDER) -> tuple[Named, ...]:
        return tuple(
            Named(row["name"], listed(row["aliases"]), one_of(row, "kind", kinds), country_cell(row, "country", folder))
            for row in read_csv_vocabulary(folder / file, ("name", "kind"), ("aliases", "country"), key="name")
        )

    return read


organisations = named("organisations.csv", ORGANISATION)  # bodies that can speak or be spoken of
places = named("places.csv", PLACE)  # regions, seas, cities, bases …; no country where it is disputed
# What stands before a role: deputy, former, foreign.
role_modifiers = column("role_modifiers.csv", "word", "kind", MODIFIER)


roles = each(  # by their head or phrase, in lower case
    "roles.csv",
    "head level",
    "country_default",
    lambda row, folder: Role(row["head"], one_of(row, "level", ROLE), country_cell(row, "country_default", folder)),
)
honorifics = each(  # by their form as written: Ms., Lt. Gen.
    "honorifics.csv",
    "form",
    "gender role",
    lambda row, _: Honorific(one_of(row, "gender", "f m") if row["gender"] else None, row["role"] or None),
)
# Surnames that English news puts before the given name (Kim Ye-rin), with the languages they belong to.
surnames_first = each("surname_first.csv", "surname language", "", lambda row, _: listed(row["language"]))
# Nouns that tell whether somebody is written of as he or she: spokeswoman.
gendered_nouns = each(
    "gendered_nouns.csv", "noun gender", "", lambda row, _: {"f": "she", "m": "he"}[one_of(row, "gender", "f m")]
)


@cache
def abbreviations(folder: Path = FOLDER) -> frozenset[str]:
    """Short forms whose full stop ends no sentence, those of honorifics among them: Rs., Dept., Lt.

    >>> {"Rs.", "Lt.", "Gen."} <= abbreviations()
    True
    """
    rows = read_csv_vocabulary(folder / "abbreviations.csv", ("form", "meaning"), key="form")
    titles = (word for form in honorifics(folder) for word in form.split())
    return frozenset(row["form"] for row in rows) | {word for word in titles if word.endswith(".")}


@cache
def given_names(folder: Path = FOLDER) -> frozenset[str]:
    """Given names of many peoples: evidence that a name is a person's, never that it is a man's or a woman's."""
    rows = read_csv_vocabulary(folder / "given_names.csv", ("origin", "names"))
    return frozenset(name for row in rows for name in listed(row["names"]))


@cache
def boilerplate(folder: Path = FOLDER) -> tuple[BoilerplatePattern, ...]:
    """The patterns of boilerplate.csv in the order in which they are tried; the first that matches decides."""
    path = folder / "boilerplate.csv"
    found: list[BoilerplatePattern] = []
    for row in read_csv_vocabulary(path, ("kind", "pattern", "example"), ("not_example", "comment"), key="pattern"):
        examples, not_examples = listed(row["example"]), listed(row["not_example"])
        kind = one_of(row, "kind", BOILERPLATE)
        found.append(BoilerplatePattern(kind, row["pattern"], examples, not_examples, row["_where"]))
    return tuple(found)
