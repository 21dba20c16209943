"""Words in and beside names of people, and what is known of public figures and of words before a role.

>>> "van" in name_words()["particle"], public_figures()["Donald Trump"], modifier_countries()["union"]
(True, 'United States', 'India')

The lists are CSV files in ``data/vocabulary/``; see `helpers.knowledge.vocabulary` for how they are read and checked.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from helpers.knowledge.vocabulary import FOLDER, country_cell, listed, one_of, read_csv_vocabulary

NAME_WORDS = "article particle suffix before never"
SMALL_WORDS = "place definite indefinite people"


@cache
def name_words(folder: Path = FOLDER) -> dict[str, frozenset[str]]:
    """The words of name_words.csv by kind; an article is a particle, too."""
    rows = read_csv_vocabulary(folder / "name_words.csv", ("word", "kind"), key="word")
    kinds = {
        kind: {row["word"] for row in rows if one_of(row, "kind", NAME_WORDS) == kind} for kind in NAME_WORDS.split()
    }
    return {kind: frozenset(words) for kind, words in kinds.items()} | {
        "particle": frozenset(kinds["particle"] | kinds["article"])
    }


@cache
def small_words(folder: Path = FOLDER) -> dict[str, frozenset[str]]:
    """The words of small_words.csv by what they tell.

    >>> "towards" in small_words()["place"], "both" in small_words()["definite"] & small_words()["people"]
    (True, True)
    """
    rows = read_csv_vocabulary(folder / "small_words.csv", ("word", "tells"), key="word")
    told = [
        (row["word"], one_of(row | {"tells": kind}, "tells", SMALL_WORDS))
        for row in rows
        for kind in listed(row["tells"])
    ]
    return {kind: frozenset(word for word, of in told if of == kind) for kind in SMALL_WORDS.split()}


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
