"""What each table holds: each column once, with its type, unit, allowed values, meaning, and where its value stands.

>>> list(SCHEMAS)[:3]
['paragraphs', 'people', 'entities']
>>> columns("segments")
{'article': 'string', 'statement_id': 'string', 'segment': 'Int64', 'start': 'Int64', 'end': 'Int64', 'text': 'string'}

The tables, their CSV files, the empty ones and the codebook all follow from the pandera schemas here; tables are checked
against them where they are made and where they are read back. A row (`helpers.tables.tables`) is of one thing that was
found, ``it``, with a few values beside it by name. A column says `at` which path its value stands, ``cue.text`` of a
statement, from ``it`` or from a value beside it (else under its own name), and how it is `put` into a cell.
Missing is always ``pd.NA`` (``NaN`` in the float columns), never an empty text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from operator import itemgetter
from typing import Any, get_args

import pandas as pd
import pandera.pandas as pa
from pandas import BooleanDtype as Truth
from pandas import Int64Dtype as Whole
from pandas import StringDtype as Text

from helpers.records import (
    LABELS,
    EntityType,
    Label,
    Mention,
    ParagraphKind,
    Reason,
    Span,
    Stance,
    Statement,
    StatementKind,
    Theme,
)
from helpers.wording import signed

OFFSET = "characters from the beginning of the article's text"
PLACES = {"start": "Where it begins.", "end": "Where it ends (exclusive)."}
Put = Callable[[Any], Any]
Row = Mapping[str, Any]


def column(description: str, at: str = "", put: Put | None = None, unit: str = "", **allowed: Any) -> Any:
    """A column of any type: what it means, where its value stands, how it is put into a cell, and what is `allowed`."""
    return pa.Field(description=description, metadata={"at": at, "put": put, "unit": unit}, **allowed)


def string(description: str, at: str = "", put: Put | None = None, *, missing: bool = False, values: Any = None) -> Any:
    """A column of text; `values` is the Literal type of what it may hold."""
    return column(description, at, put, nullable=missing, isin=list(get_args(values)) if values else None)


def whole(about: str, unit: str, at: str = "", put: Put | None = None, *, missing: bool = False, least: int = 0) -> Any:
    """A column of whole numbers, `least` or more."""
    return column(about, at, put, unit, nullable=missing, ge=least)


def real(about: str, unit: str, at: str = "", put: Put | None = None, *, low: float | None = None) -> Any:
    """A column of numbers, from `low` to 1 where it is given; NaN where there is none."""
    return column(about, at, put, unit, nullable=True, ge=low, le=None if low is None else 1.0)


def chance(label: Label, description: str) -> Any:
    """The column of one of the probabilities of a stance."""
    return real(description, "0 to 1", "probabilities", itemgetter(LABELS.index(label)), low=0)


def offset(which: str, at: str = "") -> Any:
    """The column of where a span begins, or ends; the span is ``it``, or stands `at` a path from there."""
    return whole(PLACES[which], OFFSET, at)


# --- how values are put into cells ---


def joined(names: Iterable[str]) -> str:
    """The different names in order, as one cell: ``joined(["India", "ASEAN", "India"]) == "India; ASEAN"``."""
    return "; ".join(dict.fromkeys(name.replace(";", ",") for name in names))


def names_of(found: Iterable[Any]) -> str:
    return joined(one.name for one in found)


def texts_of(spans: Iterable[Span]) -> str:
    return joined(span.text for span in spans)


def themes_of(themes: Iterable[Theme], inherited: bool = False) -> str:
    return joined(theme.theme for theme in themes if theme.inherited == inherited)


def stances_of(stances: Iterable[Stance]) -> str:
    return joined(f"{t.label}{'' if t.sure else '?'}: {t.target.text}" for t in stances)


def reasons_of(reasons: Iterable[Reason]) -> str:
    return joined(f"{r.span.text} {signed(r.weight)}" for r in reasons)


def number_text(value: float | str | None) -> str | None:
    """A normalised value as text, whole numbers without a decimal point: ``number_text(500e9) == "500000000000"``."""
    if value is None:
        return None
    return f"{value:.0f}" if isinstance(value, float) and value.is_integer() else str(value)


def first_start(mentions: Iterable[Mention]) -> int | None:
    return min((mention.span.start for mention in mentions), default=None)


def length(statement: Statement) -> int:
    """The words of a statement, counted plainly where they were not measured."""
    level = statement.readability
    return level.words if level else len(statement.text.replace("…", " ").split())


# --- the tables ---


class Table(pa.DataFrameModel):
    """What all tables share: the article, no other columns than those named, in their order."""

    article: Text = string("The article's id: its file name without the ending, or the id given with it.")

    class Config:
        strict = True
        ordered = True


class Paragraphs(Table):
    """The paragraphs of the article, those left out included."""

    paragraph: Whole = whole("Number of the paragraph, over all paragraphs.", "1, 2, 3 …", "number", least=1)
    kind: Text = string("What the paragraph is; only title and body are read by later steps.", values=ParagraphKind)
    start: Whole = offset("start", "span.start")
    end: Whole = offset("end", "span.end")
    text: Text = string("The paragraph as it stands.", "span.text", missing=True)
    why: Text = string("The rule that decided the kind.", missing=True)


class People(Table):
    """The people of the article; those with a public role are its officials."""

    name: Text = string("Canonical name: the fullest form the article gives, without titles.")
    role: Text = string("Public role as the article gives it.", missing=True)
    country: Text = string("Country the role belongs to.", missing=True)
    official: Truth = column("Does the person have a public role?")
    pronouns: Text = string("he, she or they, only where the article shows it.", missing=True)
    mentions: Whole = whole("How often the article mentions the person, pronouns included.", "mentions", put=len)
    first_start: Whole = whole("Where the first mention begins.", OFFSET, "mentions", first_start, missing=True)
    evidence: Text = string("The words that give role and country, joined by “; ”.", put=texts_of, missing=True)


class Entities(Table):
    """The mentions of people, organisations, countries, agreements, amounts, dates …, one a row."""

    name: Text = string("Canonical name of the entity.", "entity.name")
    type: Text = string("Kind of entity.", "entity.type", values=EntityType)
    value: Text = string(
        "Normalised value of an amount, percentage, date (ISO 8601) or duration (ISO 8601).",
        "entity.value",
        number_text,
        missing=True,
    )
    unit: Text = string("Unit of the value: a currency code, percent, …", "entity.unit", missing=True)
    long_form: Text = string("What an acronym stands for.", "entity.long_form", missing=True)
    paragraph: Whole = whole("Paragraph of the mention.", "1, 2, 3 …")
    start: Whole = offset("start", "span.start")
    end: Whole = offset("end", "span.end")
    text: Text = string("The mention as it stands.", "span.text")
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
    cue: Text = string("The words that report: said, according to, voiced concerns over.", "cue.text", missing=True)
    cue_lemma: Text = string("Dictionary form of the cue.", "cue.lemma", missing=True)
    cue_start: Whole = whole("Where the cue begins.", OFFSET, "cue.start", missing=True)
    cue_end: Whole = whole("Where the cue ends (exclusive).", OFFSET, "cue.end", missing=True)
    source: Text = string(
        "Who is named as source, as it stands: “He”, “The two leaders”, “the ministry”.", "source.text", missing=True
    )
    source_start: Whole = whole("Where the source begins.", OFFSET, "source.start", missing=True)
    source_end: Whole = whole("Where the source ends (exclusive).", OFFSET, "source.end", missing=True)
    speakers: Text = string(
        "Canonical names of the people behind the source, joined by “; ”.", put=names_of, missing=True
    )
    sentiment: Text = string("Tone of the statement's own words.", "sentiment.label", missing=True, values=Label)
    sentiment_score: float = real("Tone as a number.", "−1 (negative) to +1 (positive)", "sentiment.score", low=-1)
    stances: Text = string(
        "Stance of the speaker towards each target: “positive: the pact”, “?” marking the unsure; joined by “; ”.",
        put=stances_of,
        missing=True,
    )
    themes: Text = string("Themes of the content, joined by “; ”.", put=themes_of, missing=True)
    themes_inherited: Text = string(
        "Where the content has none: themes it takes over from the words around it, joined by “; ”.",
        "themes",
        lambda themes: themes_of(themes, inherited=True),
        missing=True,
    )
    entities: Text = string(
        "Canonical names of what the content speaks of, joined by “; ”.", put=names_of, missing=True
    )
    words: Whole = whole("Length of the content.", "words", "it", length)
    flesch_kincaid_grade: float = real(
        "How hard the content is to read; unreliable under ten words.",
        "US school years",
        "readability.flesch_kincaid_grade",
    )
    confidence: float = real(
        "How sure the program is that these words are somebody's (not of who it is); checked in notebook 08.",
        "0 to 1",
        low=0,
    )
    why: Text = string("The rules that made the statement, joined by “; ”.", put=joined, missing=True)


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
    official: Truth = column("Does the speaker have a public role?")
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
    target_start: Whole = whole("Where the target begins.", OFFSET, "target.start")
    target_end: Whole = whole("Where the target ends (exclusive).", OFFSET, "target.end")
    target: Text = string("The words for what the stance is towards.", "target.text")
    label: Text = string("The stance.", values=Label)
    score: float = real("P(positive) − P(negative): the stance as a number.", "−1 (against) to +1 (for)", low=-1)
    negative: float = chance("negative", "Probability that the stance is negative.")
    neutral: float = chance("neutral", "Probability that it is neutral.")
    positive: float = chance("positive", "Probability that it is positive.")
    sure: Truth = column("Is the label's probability high enough to rely on it? Else show it as unsure.")
    demand: Truth = column("Does the speaker say how the target must be, rather than how it is?")
    held_by: Text = string(
        "Who is told to take a stance on it, where that is not the speaker.", "held_by.text", missing=True
    )
    reasons: Text = string(
        "The words that decided, the weightiest first, each with its weight for (+) or against (−) the target.",
        put=reasons_of,
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


def schema(table: str) -> pa.DataFrameSchema:
    """The schema of `table`."""
    return schema_of(SCHEMAS[table])


@cache
def schema_of(model: type[Table]) -> pa.DataFrameSchema:
    return model.to_schema()


def cells(table: str, row: Row) -> dict[str, Any]:
    """The values of a row of `table`, each from where its column says."""
    return {name: value(row, name, **(column.metadata or {})) for name, column in schema(table).columns.items()}


def value(row: Row, name: str, at: str = "", put: Put | None = None, unit: str = "") -> Any:
    """What stands `at` a path in a row; None where something on the way to it is missing."""
    path = (at or name).split(".")
    found = row if path[0] in row else row["it"]
    for step in path:
        found = None if found is None else found[step] if found is row else getattr(found, step)
    return put(found) if put and found is not None else found


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
