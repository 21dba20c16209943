"""Questions to a corpus, in SQL over its tables and ready views; nothing can be changed by one, and no other file be read.

>>> query("SELECT person, week, statements FROM statements_per_week LIMIT 5", "corpus")      # doctest: +SKIP
>>> [view.name for view in VIEWS][:3]
['counted', 'spoken', 'named_by']

The views are the files of ``views/``; each says on top what it shows. They leave out copies, and what was not said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from glob import escape
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.corpus.manifest import files_of, manifest_of
from helpers.corpus.places import TABLES, arrow_schema
from helpers.errors import InputProblem

if TYPE_CHECKING:
    import duckdb
    import pandas as pd

GROUND = ("counted", "spoken", "named_by")  # what the other views stand on


@dataclass(frozen=True, slots=True)
class View:
    """A ready view: its name, what it shows, and its SQL."""

    name: str
    about: str
    sql: str


def view(file: Path) -> View:
    """The view of a file, whose first lines are comments that say what it shows."""
    lines = file.read_text(encoding="utf8").splitlines()
    about = [line.removeprefix("--").strip() for line in lines if line.startswith("--")]
    return View(file.stem, " ".join(about), "\n".join(line for line in lines if not line.startswith("--")))


FILES = Path(__file__).with_name("views").glob("*.sql")
VIEWS = sorted(map(view, FILES), key=lambda v: (GROUND.index(v.name) if v.name in GROUND else len(GROUND), v.name))


def opened(folder: str | Path) -> duckdb.DuckDBPyConnection:
    """A connection to the tables and views of a corpus that can read them and nothing else."""
    import duckdb
    import pyarrow.dataset as ds

    out = Path(folder).resolve()
    manifest = manifest_of(out)
    connection = duckdb.connect(":memory:")
    for name in TABLES:
        files = [str(file) for file in files_of(out, manifest, name)]
        if escape(str(out)) == str(out):
            connection.read_parquet(files).create_view(name)
        else:  # DuckDB would take the folder's name for a pattern
            connection.register(name, ds.dataset(files, schema=arrow_schema(name), format="parquet"))
    for ready in VIEWS:
        connection.execute(f"CREATE VIEW {ready.name} AS {ready.sql}")
    connection.execute("SET allowed_directories = $1", [[f"{out / 'tables'}/"]])
    connection.execute("SET enable_external_access = false")
    connection.execute("SET python_enable_replacements = false")
    connection.execute("SET lock_configuration = true")
    return connection


def query(sql: str, folder: str | Path, values: Sequence[object] = ()) -> pd.DataFrame:
    """The answer to one SELECT over the corpus in `folder`, with `values` in the places of its question marks.

    Raises `InputProblem` where SQL or folder cannot be used.
    """
    import duckdb

    with opened(folder) as connection:
        try:
            asked = connection.extract_statements(sql)
            if len(asked) != 1 or asked[0].type != duckdb.StatementType.SELECT:
                raise InputProblem("the query is no single SELECT; tables can be read, not changed")
            return connection.execute(asked[0], list(values)).df()
        except duckdb.Error as problem:
            raise InputProblem(
                f"the query cannot be answered ({' '.join(str(problem).split())}); correct it"
            ) from problem
