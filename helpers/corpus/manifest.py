"""What the tables of a corpus hold: one file that names theirs, replaced whole when all are ready.

Who reads by the manifest sees the tables of one run, never of two. Files that it does not name are then taken away.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from helpers.corpus import joined as people
from helpers.corpus.duplicates import Told, copies
from helpers.corpus.keep import Job, kept_rows
from helpers.corpus.parts import Part, error_row, is_made, way
from helpers.corpus.places import (
    ACROSS,
    OF_ARTICLES,
    TABLES,
    arrow_schema,
    arrow_table,
    digest,
    form_digest,
    read_columns,
    table_file,
    write_table,
)
from helpers.corpus.plan import Entry
from helpers.errors import InputProblem
from helpers.made_with import made_with
from helpers.tables.store import write_text

Row = Mapping[str, Any]
FILE = "manifest.json"
MISSING = "make it first: python -m helpers corpus PATH… --out"


@dataclass(frozen=True, slots=True)
class Manifest:
    """The files of each table, how many rows of what they hold, and what made them."""

    state: str
    way: str  # how tables are made of what was read
    made_with: dict[str, str]
    tables: dict[str, list[str]]
    counts: dict[str, int]


def read_manifest(out: Path) -> Manifest | None:
    """The manifest of a corpus; None where there is none."""
    try:
        return msgspec.json.decode((out / FILE).read_bytes(), type=Manifest)
    except (OSError, msgspec.DecodeError):
        return None


def files_of(out: Path, manifest: Manifest, table: str) -> list[Path]:
    """The files of a table, in the order of its articles."""
    return [table_file(out, table, name) for name in manifest.tables[table]]


def manifest_of(folder: str | Path) -> Manifest:
    """The manifest of a corpus that is there. Raises `InputProblem`."""
    found = read_manifest(Path(folder))
    if found is None:
        raise InputProblem(f"{folder}: holds no corpus; {MISSING} {folder}")
    return found


def finish(job: Job, parts: Sequence[Part], failed: Sequence[Entry]) -> Manifest:
    """Make the tables across articles, and the manifest; nothing where they are what they would become."""
    out, decisions = job.out, people.read_decisions(job.out)
    state = digest(form_digest(), [part.name for part in parts], failed, sorted(decisions.items()))
    before = read_manifest(out)
    if (
        before
        and before.state == state
        and all(file.exists() for name in TABLES for file in files_of(out, before, name))
    ):
        return before
    names = {name: [part.name for part in parts] for name in OF_ARTICLES} | {name: [state] for name in ACROSS}
    names["errors"] = [*names["errors"], state]
    now = Manifest(state, way(job), made_with(job.taxonomy, job.fast), names, {})
    found = people.joined(named_people(out, now), decisions)
    across: dict[str, Iterable[Row]] = {
        "errors": (error_row(entry, entry.problem) for entry in failed),
        "duplicates": map(msgspec.to_builtins, copies(tellings(job, parts))),
        "joined": (
            {"article": j.named.article, "name": j.named.name, "person": j.person, "reason": j.reason} for j in found
        ),
        "offices": people.offices(found),
    }
    for name, rows in across.items():
        write_table(arrow_table(name, rows), table_file(out, name, state))
    people.write_joins(out, found, decisions)
    done = replace(now, counts=counted(out, now, len({j.person for j in found})))
    write_text(out / FILE, msgspec.json.format(msgspec.json.encode(done), indent=1).decode() + "\n")
    sweep(out, done)
    return done


def with_rows_before(missing: Sequence[Part], job: Job) -> list[Part]:
    """The parts to be made, each with those parts of the tables as they are that hold some of its articles."""
    before = read_manifest(job.out)
    if not missing or before is None or before.way != way(job):
        return list(missing)
    holder: dict[str, str] = {}
    for name in before.tables["articles"]:
        if is_made(name, job.out):
            articles = read_columns([table_file(job.out, "articles", name)], arrow_schema("articles"), ["article"])
            holder |= dict.fromkeys(articles["article"].to_pylist(), name)
    return [
        replace(part, before=tuple(sorted({holder[e.id] for e in part.entries if e.id in holder}))) for part in missing
    ]


def tellings(job: Job, parts: Sequence[Part]) -> Iterator[Told]:
    """What tells copies, of every article in order."""
    for part in parts:
        rows = kept_rows(part.files, {e.key for e in part.entries}, ("text", "date", "signature"), job.made)
        found = {row["key"]: row for row in rows}
        for entry in part.entries:
            row = found[entry.key]
            yield Told(entry.id, row["text"], row["date"], row["signature"])


def named_people(out: Path, manifest: Manifest) -> list[people.Named]:
    """The people of every article, with its date."""
    articles = read(out, manifest, "articles", "article", "date")
    dates = dict(zip(*(column.to_pylist() for column in articles.columns), strict=True))
    rows = read(out, manifest, "people", "article", "name", "role", "country").to_pylist()
    return [people.Named(**row, date=dates.get(row["article"])) for row in rows]


def read(out: Path, manifest: Manifest, name: str, *wanted: str) -> pa.Table:
    """Some columns of a table."""
    return read_columns(files_of(out, manifest, name), arrow_schema(name), wanted)


def counted(out: Path, manifest: Manifest, persons: int) -> dict[str, int]:
    """How many there are of what."""
    said = read(out, manifest, "articles", "statements")
    rows = {
        name: sum(pq.read_metadata(file).num_rows for file in files_of(out, manifest, name))
        for name in ("duplicates", "errors")
    }
    return {"articles": said.num_rows, "statements": sum(said["statements"].to_pylist()), "people": persons, **rows}


def sweep(out: Path, manifest: Manifest) -> None:
    """Take away the files of tables that the manifest does not name."""
    for name in TABLES:
        named = {file.name for file in files_of(out, manifest, name)}
        for file in (out / "tables" / name).iterdir():
            if file.name not in named:
                file.unlink(missing_ok=True)
