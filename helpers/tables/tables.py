"""What was found, as pandas tables, each checked against its schema.

>>> tables = all_tables(analysis)                                  # doctest: +SKIP
>>> tables["statements"][["speakers", "cue", "text", "sentiment"]]  # doctest: +SKIP

Columns, types and units are in `helpers.tables.schemas` (and docs/CODEBOOK.md). `save_tables` and `read_tables` keep them as
CSV files: UTF-8 with a byte order mark, which spreadsheets need to read “quotes” right. A text cell that a spreadsheet
would take for a formula (it begins with = + - @ or a control character) is written with an apostrophe before it, which
`read_tables` takes off again.
"""

import csv
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pandas as pd

from helpers.errors import InputProblem
from helpers.records import Analysis
from helpers.tables.rows import rows_of
from helpers.tables.schemas import SCHEMAS, TYPES, Row, Schema, columns
from helpers.tables.store import FORMULA, written_aside


def all_tables(analysis: Analysis) -> dict[str, pd.DataFrame]:
    """Every table of one article, by name.

    >>> sorted(all_tables(analysis))                               # doctest: +SKIP
    ['entities', 'paragraphs', 'people', 'readability', 'segments', 'speakers', 'stances', 'statements', 'themes']
    """
    return {name: table_of(analysis, name) for name in SCHEMAS}


def table_of(analysis: Analysis, name: str) -> pd.DataFrame:
    return table(name, rows_of(analysis, name))


def table(name: str, rows: Iterable[Row]) -> pd.DataFrame:
    """Rows of cells as the table `name`: its columns in order, its types, checked. Empty texts become missing.

    >>> table("segments", []).dtypes.astype(str).to_dict()["start"]
    'Int64'

    Raises ValueError where a value is not allowed.
    """
    records = [dict(row) for row in rows]
    types = columns(name)
    frame = pd.DataFrame({column: typed([r.get(column) for r in records], kind) for column, kind in types.items()})
    return checked(frame, SCHEMAS[name])


def checked(frame: pd.DataFrame, schema: Schema) -> pd.DataFrame:
    """The table, if it is as its schema says. Raises ValueError where it is not."""
    if list(frame.dtypes.astype(str).items()) != [(column.name, TYPES[column.type]) for column in schema.columns]:
        raise ValueError(f"its columns are not {', '.join(column.name for column in schema.columns)}")
    for column in schema.columns:
        values = frame[column.name].astype(object)
        if odd := [value for value in values.where(values.notna(), None) if not column.allows(value)]:
            raise ValueError(f"{column.name} may not be {odd[0]!r}")
    return frame


def typed(values: list[Any], kind: str) -> pd.Series:
    """A column of the pandas type `kind`."""
    if kind == "string":
        values = [None if v is None or v == "" else str(v) for v in values]
    return pd.Series(values, dtype=kind)


def save_tables(tables: Mapping[str, pd.DataFrame], folder: str | Path) -> list[Path]:
    """Write each table to `folder`/NAME.csv, and give the paths.

    >>> save_tables(all_tables(analysis), "data/results")          # doctest: +SKIP

    All are first written aside and then renamed, so no file is ever half there. Raises InputProblem where the folder
    cannot be written to.
    """
    folder = Path(folder)
    paths = [folder / f"{name}.csv" for name in tables]
    try:
        with ExitStack() as stack:
            for path, frame in zip(paths, tables.values(), strict=True):
                aside = stack.enter_context(written_aside(path))
                csv_safe(frame).to_csv(aside, index=False, encoding="utf-8-sig", quoting=csv.QUOTE_NONNUMERIC)
    except OSError as problem:
        raise InputProblem(f"{folder}: cannot write the tables ({problem.strerror}); give another folder") from problem
    return paths


def read_tables(folder: str | Path, names: Iterable[str] = tuple(SCHEMAS)) -> dict[str, pd.DataFrame]:
    """The tables that `save_tables` wrote, with their types; `names` for only some of them.

    >>> statements = read_tables("data/results")["statements"]     # doctest: +SKIP

    Raises InputProblem where a file is missing or not as its schema says.
    """
    return {name: read_table(Path(folder) / f"{name}.csv", name) for name in names}


def read_table(path: Path, name: str) -> pd.DataFrame:
    types = columns(name)
    try:
        frame = pd.read_csv(path, dtype=types, encoding="utf-8-sig", keep_default_na=False, na_values=[""])
        frame = replaced(frame, rf"^'(?={FORMULA})", "")
        return checked(frame, SCHEMAS[name])
    except FileNotFoundError as problem:
        raise InputProblem(f"{path}: no such table; make it first (`make run`)") from problem
    except ValueError as problem:
        reason = " ".join(str(problem).split())[:200]
        raise InputProblem(f"{path}: not the table {name} as saved ({reason}); make it again") from problem


def csv_safe(frame: pd.DataFrame) -> pd.DataFrame:
    """The table with an apostrophe before each text cell that a spreadsheet could run as a formula."""
    return replaced(frame, f"^(?={FORMULA})", "'")


def replaced(frame: pd.DataFrame, pattern: str, by: str) -> pd.DataFrame:
    """The table with a pattern replaced in every cell of text."""
    texts = frame.select_dtypes("string")
    return frame.assign(**{column: texts[column].str.replace(pattern, by, regex=True) for column in texts})
