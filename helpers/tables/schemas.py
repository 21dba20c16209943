"""What each table holds: its columns with type, unit, allowed values, meaning and place, from ``columns.yaml``.

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
from pathlib import Path
from typing import Any, get_args

import msgspec
import pandas as pd
import pandera.pandas as pa

from helpers import records
from helpers.records import Statement
from helpers.wording import signed

COLUMNS = Path(__file__).with_name("columns.yaml")
TYPES = {"text": "string", "whole": "Int64", "real": "float64", "truth": "boolean"}
Row = Mapping[str, Any]


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


def column(
    meaning: str,
    type: str = "text",
    at: str = "",
    put: str = "",
    unit: str = "",
    values: str = "",
    least: float | None = None,
    missing: bool = False,
) -> pa.Column:
    """A column as ``columns.yaml`` describes it."""
    checks = [pa.Check.isin(list(get_args(getattr(records, values))))] if values else []
    if type == "whole":
        checks += [pa.Check.ge(least or 0)]
    elif least is not None:
        checks += [pa.Check.ge(least), pa.Check.le(1.0)]
    told = {"at": at, "put": PUTS[put] if put else None, "unit": unit}
    return pa.Column(TYPES[type], checks, nullable=missing or type == "real", description=meaning, metadata=told)


def declared() -> dict[str, pa.DataFrameSchema]:
    """The schema of each table, in the order of the file."""
    file = msgspec.yaml.decode(COLUMNS.read_bytes())
    return {
        table: schema(held["about"], {"article": file["article"], **held["columns"]})
        for table, held in file["tables"].items()
    }


def schema(about: str, told: Mapping[str, Mapping[str, Any]]) -> pa.DataFrameSchema:
    """The schema of a table: these columns in this order, and no others."""
    found = {name: column(**keys) for name, keys in told.items()}
    return pa.DataFrameSchema(found, strict=True, ordered=True, description=about)


SCHEMAS = declared()


def cells(table: str, row: Row) -> dict[str, Any]:
    """The values of a row of `table`, each from where its column says."""
    return {name: value(row, name, **column.metadata) for name, column in SCHEMAS[table].columns.items()}


def value(row: Row, name: str, at: str, put: Callable[[Any], Any] | None, unit: str) -> Any:
    """What stands `at` a path in a row; None where something on the way to it is missing."""
    first, *path = (at or name).split(".")
    found = row[first] if first in row else getattr(row["it"], first)
    for step in path:
        if found is not None:
            found = found[int(step)] if step.isdigit() else getattr(found, step)
    return put(found) if put and found is not None else found


def columns(table: str) -> dict[str, str]:
    """Column names and pandas types of `table`, in order."""
    return {name: str(column.dtype).partition("[")[0] for name, column in SCHEMAS[table].columns.items()}


def codebook() -> pd.DataFrame:
    """Every column of every table: ``codebook().query("table == 'statements'")``.

    Columns: table, column, type, missing (may it be missing?), unit, values (those allowed), meaning.
    """
    rows = [
        {
            "table": table,
            "column": name,
            "type": columns(table)[name],
            "missing": column.nullable,
            "unit": column.metadata["unit"],
            "values": ", ".join(v for c in column.checks for v in c.statistics.get("allowed_values", ())),
            "meaning": column.description,
        }
        for table in SCHEMAS
        for name, column in SCHEMAS[table].columns.items()
    ]
    return pd.DataFrame(rows)
