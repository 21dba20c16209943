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
from helpers.tables.schemas import SCHEMAS, Schemas, columns, declared
from helpers.tables.store import written_aside

OWN = declared(Path(__file__).with_name("columns.yaml"))
SHARED = ("people", "statements", "speakers", "stances", "themes", "entities")
OF_ARTICLES = ("articles", *SHARED, "errors")  # made a few articles at a time
ACROSS = ("duplicates", "joined", "offices")  # made of all articles together
TABLES: Schemas = {name: OWN.get(name) or SCHEMAS[name] for name in (*OF_ARTICLES, *ACROSS)}
ARROW = {"string": pa.string(), "Int64": pa.int64(), "float64": pa.float64(), "boolean": pa.bool_()}
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
    return pa.schema([(column, ARROW[kind]) for column, kind in columns(name, TABLES).items()])


def arrow_table(name: str, rows: Iterable[Mapping[str, Any]]) -> pa.Table:
    """Rows as an Arrow table. An empty text is missing."""
    return pa.Table.from_pylist(
        [{key: value or None if isinstance(value, str) else value for key, value in row.items()} for row in rows],
        arrow_schema(name),
    )


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
    return pa.concat_tables(
        [wanted.empty_table(), *(pq.read_table(file, columns=list(names), schema=schema) for file in files)]
    )
