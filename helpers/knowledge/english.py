"""Small facts of English that only showing needs: which countries take "the", and which full stops end no sentence.

>>> with_the("United States"), with_the("Norway")
('the United States', 'Norway')
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from helpers.knowledge.vocabulary import FOLDER, honorifics, one_of, read_csv_vocabulary


@cache
def country_articles(folder: Path = FOLDER) -> frozenset[tuple[str, str]]:
    """The words before which "the" stands, each with where in the name: ("Netherlands", "last")."""
    rows = read_csv_vocabulary(folder / "country_articles.csv", ("word", "where"), key="word")
    return frozenset((row["word"], one_of(row, "where", "first last")) for row in rows)


def with_the(country: str) -> str:
    """The country as prose has it."""
    words = country.split()
    return f"the {country}" if {(words[0], "first"), (words[-1], "last")} & country_articles() else country


@cache
def nltk_abbreviations(folder: Path = FOLDER) -> frozenset[str]:
    """Abbreviations, those of honorifics among them, as nltk wants them: in small letters, without the last full stop."""
    rows = read_csv_vocabulary(folder / "nltk_abbreviations.csv", ("form", "meaning"), key="form")
    forms = [row["form"] for row in rows] + [form for form in honorifics(folder) if form.endswith(".")]
    return frozenset(form.lower().rstrip(".") for form in forms)
