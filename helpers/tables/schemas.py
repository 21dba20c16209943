"""What each table holds: columns, types, units and allowed values, as pandera schemas.

>>> list(SCHEMAS)[:3]
['paragraphs', 'people', 'entities']
>>> columns("segments")
{'article': 'string', 'statement_id': 'string', 'segment': 'Int64', 'start': 'Int64', 'end': 'Int64', 'text': 'string'}

The tables are checked against these where they are made and where they are read back; the descriptions are the
codebook (`codebook()`). Missing is always ``pd.NA`` (``NaN`` in the float columns), never an empty text.
"""

from __future__ import annotations

from functools import cache
from typing import Any, get_args

import pandas as pd
import pandera.pandas as pa
from pandas import BooleanDtype as Truth
from pandas import Int64Dtype as Whole
from pandas import StringDtype as Text

from helpers.records import EntityType, Label, ParagraphKind, StatementKind

OFFSET = "characters from the beginning of the article's text"
PLACES = {"start": "Where it begins.", "end": "Where it ends (exclusive)."}


def string(description: str, *, missing: bool = False, values: Any = None) -> Any:
    """A column of text; `values` is the Literal type of what it may hold."""
    allowed = list(get_args(values)) if values else None
    return pa.Field(description=description, nullable=missing, isin=allowed)


def whole(description: str, unit: str, *, missing: bool = False, least: int = 0) -> Any:
    """A column of whole numbers, `least` or more."""
    return pa.Field(description=description, nullable=missing, ge=least, metadata={"unit": unit})


def real(description: str, unit: str, *, low: float | None = None, high: float | None = None) -> Any:
    """A column of numbers between `low` and `high`; NaN where there is none."""
    return pa.Field(description=description, nullable=True, ge=low, le=high, metadata={"unit": unit})


def truth(description: str) -> Any:
    return pa.Field(description=description)


def offset(which: str, *, missing: bool = False) -> Any:
    return whole(PLACES[which], OFFSET, missing=missing)


class Table(pa.DataFrameModel):
    """What all tables share: the article, no other columns than those named, in their order."""

    article: Text = string("The article's id: its file name without the ending, or the id given with it.")

    class Config:
        strict = True
        ordered = True


class Paragraphs(Table):
    """The paragraphs of the article, those left out included."""

    paragraph: Whole = whole("Number of the paragraph, over all paragraphs.", "1, 2, 3 …", least=1)
    kind: Text = string("What the paragraph is; only title and body are read by later steps.", values=ParagraphKind)
    start: Whole = offset("start")
    end: Whole = offset("end")
    text: Text = string("The paragraph as it stands.", missing=True)
    why: Text = string("The rule that decided the kind.", missing=True)


class People(Table):
    """The people of the article; those with a public role are its officials."""

    name: Text = string("Canonical name: the fullest form the article gives, without titles.")
    role: Text = string("Public role as the article gives it.", missing=True)
    country: Text = string("Country the role belongs to.", missing=True)
    official: Truth = truth("Does the person have a public role?")
    pronouns: Text = string("he, she or they, only where the article shows it.", missing=True)
    mentions: Whole = whole("How often the article mentions the person, pronouns included.", "mentions")
    first_start: Whole = whole("Where the first mention begins.", OFFSET, missing=True)
    evidence: Text = string("The words that give role and country, joined by “; ”.", missing=True)


class Entities(Table):
    """The mentions of people, organisations, countries, agreements, amounts, dates …, one a row."""

    name: Text = string("Canonical name of the entity.")
    type: Text = string("Kind of entity.", values=EntityType)
    value: Text = string(
        "Normalised value of an amount, percentage, date (ISO 8601) or duration (ISO 8601).", missing=True
    )
    unit: Text = string("Unit of the value: a currency code, percent, …", missing=True)
    long_form: Text = string("What an acronym stands for.", missing=True)
    paragraph: Whole = whole("Paragraph of the mention.", "1, 2, 3 …")
    start: Whole = offset("start")
    end: Whole = offset("end")
    text: Text = string("The mention as it stands.")
    rule: Text = string("The rule that tied the mention to its name.")
    statement_id: Text = string("The (innermost) statement whose content holds the mention.", missing=True)


class Statements(Table):
    """Who said what, one statement a row."""

    statement_id: Text = string("Stable id, made from the article's content and the statement's offsets.")
    kind: Text = string(
        "In quotation marks (direct), in the article's words (indirect), or both (mixed).", values=StatementKind
    )
    paragraph: Whole = whole("Paragraph in which the statement begins.", "1, 2, 3 …")
    start: Whole = offset("start")
    end: Whole = offset("end")
    text: Text = string(
        "The content; “ … ” stands where the article interrupts it (the table segments has the pieces)."
    )
    cue: Text = string("The words that report: said, according to, voiced concerns over.", missing=True)
    cue_lemma: Text = string("Dictionary form of the cue.", missing=True)
    cue_start: Whole = whole("Where the cue begins.", OFFSET, missing=True)
    cue_end: Whole = whole("Where the cue ends (exclusive).", OFFSET, missing=True)
    source: Text = string(
        "Who is named as source, as it stands: “He”, “The two leaders”, “the ministry”.", missing=True
    )
    source_start: Whole = whole("Where the source begins.", OFFSET, missing=True)
    source_end: Whole = whole("Where the source ends (exclusive).", OFFSET, missing=True)
    speakers: Text = string("Canonical names of the people behind the source, joined by “; ”.", missing=True)
    sentiment: Text = string("Tone of the statement's own words.", missing=True, values=Label)
    sentiment_score: float = real("Tone as a number.", "−1 (negative) to +1 (positive)", low=-1, high=1)
    stances: Text = string(
        "Stance of the speaker towards each target: “positive: the pact”, “?” marking the unsure; joined by “; ”.",
        missing=True,
    )
    themes: Text = string("Themes of the content, joined by “; ”.", missing=True)
    themes_inherited: Text = string(
        "Where the content has none: themes it takes over from the words around it, joined by “; ”.", missing=True
    )
    entities: Text = string("Canonical names of what the content speaks of, joined by “; ”.", missing=True)
    words: Whole = whole("Length of the content.", "words")
    flesch_kincaid_grade: float = real(
        "How hard the content is to read; unreliable under ten words.", "US school years"
    )
    confidence: float = real(
        "How sure the program is that these words are somebody's (not of who it is); checked in notebook 08.",
        "0 to 1",
        low=0,
        high=1,
    )
    why: Text = string("The rules that made the statement, joined by “; ”.", missing=True)


class Segments(Table):
    """The pieces of the statements' contents, one a row."""

    statement_id: Text = string("The statement.")
    segment: Whole = whole("Number of the piece within its statement.", "1, 2, 3 …", least=1)
    start: Whole = offset("start")
    end: Whole = offset("end")
    text: Text = string("The piece as it stands.")


class Speakers(Table):
    """Who stands behind each statement: one row for each statement and speaker."""

    statement_id: Text = string("The statement.")
    name: Text = string("Canonical name of the speaker.")
    role: Text = string("Public role.", missing=True)
    country: Text = string("Country the role belongs to.", missing=True)
    official: Truth = truth("Does the speaker have a public role?")
    resolved_by: Text = string("How the source was tied to the name: full_name, surname, pronoun, plural, role …")


class Themes(Table):
    """The evidence of the themes, one piece a row."""

    theme: Text = string("Id of the theme in data/vocabulary/themes.yaml.")
    paragraph: Whole = whole("Paragraph of the evidence.", "1, 2, 3 …")
    start: Whole = offset("start")
    end: Whole = offset("end")
    text: Text = string("The words that are the evidence.")
    pattern: Text = string("The pattern of the vocabulary that they matched.", missing=True)
    statement_id: Text = string("The (innermost) statement whose content holds the evidence.", missing=True)


class ReadabilityScores(Table):
    """How hard the statements, and the article as a whole, are to read (textstat)."""

    statement_id: Text = string("The statement; missing in the row of the whole article.", missing=True)
    words: Whole = whole("Length.", "words")
    sentences: Whole = whole("Length.", "sentences")
    flesch_reading_ease: float = real("Flesch reading ease.", "about 0 (hard) to 100 (easy)")
    flesch_kincaid_grade: float = real("Flesch–Kincaid grade.", "US school years")
    gunning_fog: float = real("Gunning fog index.", "US school years")
    dale_chall: float = real("Dale–Chall score.", "under 5: easy; 9 and more: university")


class Stances(Table):
    """How a speaker stands towards a target in a statement, one target a row."""

    statement_id: Text = string("The statement.")
    target_start: Whole = whole("Where the target begins.", OFFSET)
    target_end: Whole = whole("Where the target ends (exclusive).", OFFSET)
    target: Text = string("The words for what the stance is towards.")
    label: Text = string("The stance.", values=Label)
    score: float = real(
        "P(positive) − P(negative): the stance as a number.", "−1 (against) to +1 (for)", low=-1, high=1
    )
    negative: float = real("Probability that the stance is negative.", "0 to 1", low=0, high=1)
    neutral: float = real("Probability that it is neutral.", "0 to 1", low=0, high=1)
    positive: float = real("Probability that it is positive.", "0 to 1", low=0, high=1)
    sure: Truth = truth("Is the label's probability high enough to rely on it? Else show it as unsure.")
    demand: Truth = truth("Does the speaker say how the target must be, rather than how it is?")
    held_by: Text = string("Who is told to take a stance on it, where that is not the speaker.", missing=True)
    reasons: Text = string(
        "The words that decided, the weightiest first, each with its weight for (+) or against (−) the target.",
        missing=True,
    )


SCHEMAS: dict[str, type[Table]] = {
    "paragraphs": Paragraphs,
    "people": People,
    "entities": Entities,
    "statements": Statements,
    "segments": Segments,
    "speakers": Speakers,
    "themes": Themes,
    "readability": ReadabilityScores,
    "stances": Stances,
}


@cache
def schema(table: str) -> pa.DataFrameSchema:
    """The schema of `table`."""
    return SCHEMAS[table].to_schema()


def columns(table: str) -> dict[str, str]:
    """Column names and pandas types of `table`, in order."""
    return {name: str(column.dtype).partition("[")[0] for name, column in schema(table).columns.items()}


def codebook() -> pd.DataFrame:
    """Every column of every table: ``codebook().query("table == 'statements'")``.

    Columns: table, column, type, missing (may it be missing?), unit, values (those allowed), meaning.
    """
    rows = [
        {
            "table": table,
            "column": name,
            "type": columns(table)[name],
            "missing": bool(column.nullable),
            "unit": (column.metadata or {}).get("unit", ""),
            "values": ", ".join(v for c in column.checks for v in c.statistics.get("allowed_values", ())),
            "meaning": column.description,
        }
        for table in SCHEMAS
        for name, column in schema(table).columns.items()
    ]
    return pd.DataFrame(rows)
