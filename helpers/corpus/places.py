"""Where things lie in the folder of a corpus, what each of its tables holds, and how a table is written.

>>> list(TABLES)
['articles', 'people', 'statements', 'speakers', 'stances', 'themes', 'entities', 'errors', 'duplicates', 'joined', 'offices']

    manifest.json        what the tables hold, replaced whole when they are ready
    tables/NAME/*.parquet    the tables; each file is named by what made it
    kept/*.parquet       the analyses, a batch a file: added to, never changed
    read.jsonl           which articles each file held: added to, never changed
    joins.csv            who was joined with whom; yours to edit
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from helpers.folders import PROJECT
from helpers.tables.schemas import SCHEMAS, Column, Schemas, declared
from helpers.tables.store import written_aside

OWN = declared(Path(__file__).with_name("columns.yaml"))
SHARED = ("people", "statements", "speakers", "stances", "themes", "entities")
OF_ARTICLES = ("articles", *SHARED, "errors")  # made a few articles at a time
ACROSS = ("duplicates", "joined", "offices")  # made of all articles together
TABLES: Schemas = {name: OWN.get(name) or SCHEMAS[name] for name in (*OF_ARTICLES, *ACROSS)}
ARROW = {"text": pa.string(), "whole": pa.int64(), "real": pa.float64(), "truth": pa.bool_()}
LENGTH = 16  # hexadecimal digits of a name


def digest(*values: Any) -> str:
    """A short digest of values."""
    return sha256(msgspec.json.encode(values, order="deterministic")).hexdigest()[:LENGTH]


@cache
def form_digest() -> str:
    """A digest of the rooms that lay out the tables: where they change, tables are made anew, and nothing else."""
    files = sorted(
        f for room in ("tables", "corpus") for f in (PROJECT / "helpers" / room).rglob("*.[py]*") if f.is_file()
    )
    return digest(*(f.read_bytes() for f in files if f.suffix in (".py", ".yaml")))


def arrow_schema(name: str) -> pa.Schema:
    """The columns of a table as Arrow has them."""
    return pa.schema([(column.name, ARROW[column.type]) for column in TABLES[name].columns])


def arrow_table(name: str, rows: Iterable[Mapping[str, Any]]) -> pa.Table:
    """Rows as an Arrow table, checked. An empty text is missing. Raises ValueError where a value is not allowed."""
    rows = list(rows)
    arrays = [arrow_column([row[column.name] for row in rows], column) for column in TABLES[name].columns]
    return pa.Table.from_arrays(arrays, schema=arrow_schema(name))


def arrow_column(values: list[Any], column: Column) -> pa.Array:
    """The values of a column. Raises ValueError where one is not allowed in it."""
    if column.type == "text":
        values = [value or None for value in values]
    for value in set(values):
        if not column.allows(value):
            raise ValueError(f"{column.name} may not be {value!r}")
    return pa.array(values, ARROW[column.type], from_pandas=True)  # for which no number is a missing one


def table_file(out: Path, table: str, name: str) -> Path:
    """The file `name` of a table."""
    return out / "tables" / table / f"{name}.parquet"


def write_table(table: pa.Table, path: Path) -> None:
    """Write a Parquet file whole or not at all; equal tables make equal bytes."""
    with written_aside(path) as aside:
        pq.write_table(table, aside, compression="zstd")


def read_columns(files: Sequence[Path], schema: pa.Schema, names: Sequence[str]) -> pa.Table:
    """Some columns of files of one table, in the order given."""
    wanted = pa.schema([schema.field(name) for name in names])
    return pa.concat_tables([read_table(file, names) for file in files] or [wanted.empty_table()])


def read_table(file: Path, names: Sequence[str] | None = None) -> pa.Table:
    """A Parquet file, or some of its columns."""
    with pq.ParquetFile(file) as parquet:
        return parquet.read(names, use_threads=False).select(names or parquet.schema_arrow.names)
