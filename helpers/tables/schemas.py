"""What each table holds: its columns with type, unit, allowed values, meaning and place, from ``columns.yaml``.

>>> list(SCHEMAS)[:3]
['paragraphs', 'people', 'entities']
>>> columns("segments")
{'article': 'string', 'statement_id': 'string', 'segment': 'Int64', 'start': 'Int64', 'end': 'Int64', 'text': 'string'}

The tables, their CSV files, the empty ones and the codebook all follow from the columns here; tables are checked against
them where they are made and where they are read back. A row (`helpers.tables.rows`) is of one thing that was found, ``it``,
with a few values beside it by name. A column says `at` which path its value stands, ``cue.text`` of a statement, from ``it``
or from a value beside it (else under its own name), and how it is `put` into a cell.
Missing is always ``pd.NA`` (``NaN`` in the float columns), never an empty text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from operator import attrgetter, itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import msgspec

from helpers import records
from helpers.records import Statement
from helpers.wording import signed

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = Path(__file__).with_name("columns.yaml")
TYPES = {"text": "string", "whole": "Int64", "real": "float64", "truth": "boolean"}  # as pandas has them
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Column:
    """A column as ``columns.yaml`` describes it."""

    name: str
    meaning: str
    type: str = "text"
    at: str = ""
    put: str = ""
    unit: str = ""
    values: str = ""
    least: float | None = None
    missing: bool = False

    @property
    def may_be_missing(self) -> bool:
        return self.missing or self.type == "real"

    @property
    def allowed(self) -> tuple[str, ...]:
        """The only texts that may stand in it; none where any may."""
        return get_args(getattr(records, self.values)) if self.values else ()

    @property
    def least_and_most(self) -> tuple[float | None, float | None]:
        """The lowest and the highest number that may stand in it."""
        if self.type == "whole":
            return self.least or 0, None
        return (None, None) if self.least is None else (self.least, 1.0)

    def allows(self, value: Any) -> bool:
        """May this stand in it?"""
        if value is None or value != value:  # no number
            return self.may_be_missing
        least, most = self.least_and_most
        return (
            (not self.values or value in self.allowed)
            and (least is None or value >= least)
            and (most is None or value <= most)
        )


@dataclass(frozen=True, slots=True)
class Schema:
    """What a table holds: these columns in this order, and no others."""

    about: str
    columns: tuple[Column, ...]


Schemas = dict[str, Schema]


# --- how values are put into cells ---


def joined(names: Iterable[str]) -> str:
    """The different names in order, as one cell: ``joined(["India", "ASEAN", "India"]) == "India; ASEAN"``."""
    return "; ".join(dict.fromkeys(name.replace(";", ",") for name in names))


def number_text(value: float | str | None) -> str | None:
    """A normalised value as text, whole numbers without a decimal point: ``number_text(500e9) == "500000000000"``."""
    if value is None:
        return None
    return f"{value:.0f}" if isinstance(value, float) and value.is_integer() else str(value)


def length(statement: Statement) -> int:
    """The words of a statement, counted plainly where they were not measured."""
    level = statement.readability
    return level.words if level else len(statement.text.replace("…", " ").split())


PUTS: dict[str, Callable[[Any], Any]] = {  # by the names that columns.yaml has for them
    "count": len,
    "joined": joined,
    "length": length,
    "number": number_text,
    "names": lambda found: joined(one.name for one in found),
    "texts": lambda spans: joined(span.text for span in spans),
    "country_evidence": lambda found: joined(
        f"{e.country}: “{e.span.text}” ({e.kind})" for e in sorted(found, key=lambda e: -e.weight)
    ),
    "first_start": lambda mentions: min((mention.span.start for mention in mentions), default=None),
    "own_themes": lambda themes: joined(theme.theme for theme in themes if not theme.inherited),
    "inherited_themes": lambda themes: joined(theme.theme for theme in themes if theme.inherited),
    "stances": lambda stances: joined(f"{t.label}{'' if t.sure else '?'}: {t.target.text}" for t in stances),
    "balance": lambda chances: round(chances[2] - chances[0], 4),
    "reasons": lambda reasons: joined(f"{r.span.text} {signed(r.weight)}" for r in reasons),
}


# --- the schemas ---


def declared(columns: Path = COLUMNS) -> Schemas:
    """The schema of each table, in the order of the file."""
    file = msgspec.yaml.decode(columns.read_bytes())
    shared = {"article": file["article"]}
    return {
        table: Schema(held["about"], tuple(Column(name, **told) for name, told in (shared | held["columns"]).items()))
        for table, held in file["tables"].items()
    }


SCHEMAS = declared()


def cells(table: str, rows: Iterable[Row], schemas: Schemas = SCHEMAS) -> list[dict[str, Any]]:
    """The values of some rows of `table`, each from where its column says."""
    found = {column.name: finder(column.at or column.name, column.put) for column in schemas[table].columns}
    return [{name: find(row) for name, find in found.items()} for row in rows]


@cache
def finder(at: str, put: str) -> Callable[[Row], Any]:
    """A function that gives what stands `at` a path in a row; None where something on the way to it is missing."""
    first, *path = at.split(".")
    steps = tuple(itemgetter(int(step)) if step.isdigit() else attrgetter(step) for step in path)
    last = PUTS[put] if put else None

    def find(row: Row) -> Any:
        found = row[first] if first in row else getattr(row["it"], first)
        for step in steps:
            if found is None:
                return None
            found = step(found)
        return last(found) if last and found is not None else found

    return find


def columns(table: str, schemas: Schemas = SCHEMAS) -> dict[str, str]:
    """Column names and pandas types of `table`, in order."""
    return {column.name: TYPES[column.type] for column in schemas[table].columns}


def codebook(schemas: Schemas = SCHEMAS) -> pd.DataFrame:
    """Every column of every table: ``codebook().query("table == 'statements'")``.

    Columns: table, column, type, missing (may it be missing?), unit, values (those allowed), meaning.
    """
    import pandas as pd

    rows = [
        {
            "table": table,
            "column": column.name,
            "type": TYPES[column.type],
            "missing": column.may_be_missing,
            "unit": column.unit,
            "values": ", ".join(column.allowed),
            "meaning": column.meaning,
        }
        for table, held in schemas.items()
        for column in held.columns
    ]
    return pd.DataFrame(rows)
