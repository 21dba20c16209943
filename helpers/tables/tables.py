"""What was found, as pandas tables, each checked against its schema.

>>> tables = all_tables(analysis)                                  # doctest: +SKIP
>>> tables["statements"][["speakers", "cue", "text", "sentiment"]]  # doctest: +SKIP

Columns, types and units are in `helpers.tables.schemas` (and docs/CODEBOOK.md). `save_tables` and `read_tables` keep them as
CSV files: UTF-8 with a byte order mark, which spreadsheets need to read “quotes” right. A text cell that a spreadsheet
would take for a formula (it begins with = + - @ or a control character) is written with an apostrophe before it, which
`read_tables` takes off again.
"""

from __future__ import annotations

import csv
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from itertools import accumulate, takewhile
from pathlib import Path
from typing import Any

import pandas as pd
from pandera.errors import SchemaError, SchemaErrors

from helpers.errors import InputProblem
from helpers.records import Analysis, Span, Statement
from helpers.tables.schemas import SCHEMAS, Row, cells, columns
from helpers.tables.store import written_aside

FORMULA = r"'*[=+\-@\x00-\x1f\x7f＝＋－＠]"  # what a spreadsheet may run, and what we would have written for it


def all_tables(analysis: Analysis) -> dict[str, pd.DataFrame]:
    """Every table of one article, by name.

    >>> sorted(all_tables(analysis))                               # doctest: +SKIP
    ['entities', 'paragraphs', 'people', 'readability', 'segments', 'speakers', 'stances', 'statements', 'themes']
    """
    return {name: table_of(analysis, name) for name in SCHEMAS}


def table_of(analysis: Analysis, name: str) -> pd.DataFrame:
    """One table of an article."""
    return table(name, rows_of(analysis, name))


def rows_of(analysis: Analysis, name: str) -> Iterator[Row]:
    """The rows of one table of an article."""
    return (cells(name, {"article": analysis.article.id, **row}) for row in ROWS[name](analysis))


def table(name: str, rows: Iterable[Row]) -> pd.DataFrame:
    """Rows of cells as the table `name`: its columns in order, its types, checked. Empty texts become missing.

    >>> table("segments", []).dtypes.astype(str).to_dict()["start"]
    'Int64'

    Raises pandera's SchemaError where a value is not allowed.
    """
    records = [dict(row) for row in rows]
    types = columns(name)
    frame = pd.DataFrame({column: typed([r.get(column) for r in records], kind) for column, kind in types.items()})
    return SCHEMAS[name].validate(frame)


def typed(values: list[Any], kind: str) -> pd.Series:
    """A column of the pandas type `kind`."""
    if kind == "string":
        values = [None if v is None or v == "" else str(v) for v in values]
    return pd.Series(values, dtype=kind)


# --- what the rows of each table are of ---


def rows_of_statements(parts: str) -> Callable[[Analysis], Iterator[Row]]:
    """Rows of the parts of statements (their speakers, stances, segments), one by one."""
    return lambda analysis: (
        {"it": part, "statement": s, "statement_id": s.statement_id, "segment": n}
        for s in analysis.statements
        for n, part in enumerate(getattr(s, parts), 1)
    )


def mention_rows(analysis: Analysis) -> list[Row]:
    """The mentions of entities, in the order of the article."""
    holder = innermost(analysis.statements)
    found = [(mention, entity) for entity in analysis.entities for mention in entity.mentions]
    found.sort(key=lambda pair: (pair[0].span.start, pair[0].span.end, pair[1].name))
    return [{"it": m, "entity": e, "statement_id": holder(m.span)} for m, e in found]


def evidence_rows(analysis: Analysis) -> list[Row]:
    """The pieces of evidence of themes, in the order of the article; a piece that two places have is one row."""
    holder = innermost(analysis.statements)
    found = [(p.paragraph, theme) for p in analysis.themes for theme in p.themes]
    found += [(s.paragraph, theme) for s in analysis.statements for theme in s.themes]
    rows = {
        (span.start, span.end, theme.theme): {
            "it": span,
            "theme": theme.theme,
            "paragraph": number,
            "pattern": theme.patterns[n] if n < len(theme.patterns) else None,
            "statement_id": holder(span),
        }
        for number, theme in reversed(found)  # so that the paragraph's own entry stands where both have it
        for n, span in enumerate(theme.evidence)
    }
    return [rows[key] for key in sorted(rows)]


def level_rows(analysis: Analysis) -> list[Row]:
    """The readability of each statement, and last that of the whole article (its statement_id is missing)."""
    scored = [*((s.statement_id, s.readability) for s in analysis.statements), (None, analysis.readability)]
    return [{"it": level, "statement_id": id_} for id_, level in scored if level]


ROWS: dict[str, Callable[[Analysis], Iterable[Row]]] = {
    "paragraphs": lambda analysis: ({"it": paragraph} for paragraph in analysis.article.paragraphs),
    "people": lambda analysis: ({"it": person} for person in analysis.people),
    "entities": mention_rows,
    "statements": lambda analysis: ({"it": statement} for statement in analysis.statements),
    "segments": rows_of_statements("segments"),
    "speakers": rows_of_statements("speakers"),
    "themes": evidence_rows,
    "readability": level_rows,
    "stances": rows_of_statements("stances"),
}


def innermost(statements: Iterable[Statement]) -> Callable[[Span], str | None]:
    """A function that gives the id of the shortest statement with a span inside one of its segments, or None."""
    held = sorted((g.start, g.end, s.end - s.start, s.statement_id) for s in statements for g in s.segments)
    starts = [start for start, *_ in held]
    reach = list(accumulate((end for _, end, *_ in held), max))  # how far the segments up to here go

    def find(span: Span) -> str | None:
        last = bisect_right(starts, span.start) - 1
        near = takewhile(lambda n: reach[n] >= span.end, range(last, -1, -1))
        holding = [held[n] for n in near if held[n][1] >= span.end]
        return min(holding, key=lambda segment: segment[2])[3] if holding else None

    return find


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
    """The file at `path` as the table `name`."""
    types = columns(name)
    try:
        frame = pd.read_csv(path, dtype=types, encoding="utf-8-sig", keep_default_na=False, na_values=[""])
        frame = replaced(frame, rf"^'(?={FORMULA})", "")
        return SCHEMAS[name].validate(frame)
    except FileNotFoundError as problem:
        raise InputProblem(f"{path}: no such table; make it first (`make run`)") from problem
    except (ValueError, SchemaError, SchemaErrors) as problem:
        first = getattr(problem, "schema_errors", [problem])[0]
        reason = " ".join(str(first).partition(" {")[0].split())[:200]
        raise InputProblem(f"{path}: not the table {name} as saved ({reason}); make it again") from problem


def csv_safe(frame: pd.DataFrame) -> pd.DataFrame:
    """The table with an apostrophe before each text cell that a spreadsheet could run as a formula."""
    return replaced(frame, f"^(?={FORMULA})", "'")


def replaced(frame: pd.DataFrame, pattern: str, by: str) -> pd.DataFrame:
    """The table with a pattern replaced in every cell of text."""
    texts = frame.select_dtypes("string")
    return frame.assign(**{column: texts[column].str.replace(pattern, by, regex=True) for column in texts})
