"""The tables of a corpus, made of what is kept of its articles, a part at a time.

A part is a run of articles in their order. Where one ends is told by the articles' own keys, so that a new article changes
the part that it falls into and no other; who analysed what, and when, changes nothing. A part's name is a digest of all
that makes it: where a file of that name stands, there is nothing to do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

import pyarrow as pa

from helpers.corpus.keep import Job, Row, analysis_with, kept_rows
from helpers.corpus.places import (
    OF_ARTICLES,
    SHARED,
    TABLES,
    arrow_schema,
    arrow_table,
    digest,
    form_digest,
    read_table,
    table_file,
    write_table,
)
from helpers.corpus.plan import Entry, told
from helpers.errors import fault
from helpers.tables.rows import rows_of
from helpers.tables.schemas import cells

LEAST, USUAL, MOST = 64, 64, 256  # articles of a part: the fewest, those that follow on average, the most
AT_ONCE = 128  # articles whose rows are in memory together

Made = dict[str, list[pa.Table]]


@dataclass(frozen=True, slots=True)
class Part:
    """A run of articles, the files in which they are kept, and the name of its tables' files; `before` are the names of
    parts, made in the same way, that hold some of them."""

    name: str
    entries: tuple[Entry, ...]
    files: tuple[Path, ...]
    before: tuple[str, ...] = ()


def parts(entries: Iterable[Entry], kept: Mapping[str, Path], job: Job) -> Iterator[Part]:
    """The parts of a corpus."""
    made = way(job)
    for run in runs(entries):
        files = sorted({kept[entry.key] for entry in run})
        yield Part(digest(made, run), tuple(run), tuple(files))


def way(job: Job) -> str:
    """A digest of all that makes a table of what was read of its articles."""
    return digest(form_digest(), job.made, job.themes)


def runs(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    """The articles in runs whose ends the keys decide."""
    run: list[Entry] = []
    for entry in entries:
        run.append(entry)
        if len(run) == MOST or (len(run) >= LEAST and int(entry.key[:8], 16) % USUAL == 0):
            yield run
            run = []
    if run:
        yield run


def is_made(name: str, out: Path) -> bool:
    """Do all tables of the part of this name stand there?"""
    return all(table_file(out, table, name).exists() for table in OF_ARTICLES)


def make_part(part: Part, job: Job) -> int:
    """Write the tables of a part; how many articles it has."""
    old, same = rows_before(part, job.out)
    new = [entry for entry in part.entries if entry.id not in same]
    keys = {entry.key for entry in new}
    found = {row["key"]: row for row in kept_rows(part.files, keys, ("problem", "analysis", "words"), job.made)}
    made: Made = {name: [arrow_schema(name).empty_table(), *old.get(name, ())] for name in OF_ARTICLES}
    entries = iter(new)
    while some := list(islice(entries, AT_ONCE)):
        for name, tables in tables_of(some, found, job).items():
            made[name] += tables
    for name in OF_ARTICLES:
        whole = in_order(pa.concat_tables(made[name]), part.entries)
        write_table(whole, table_file(job.out, name, part.name))
    return len(part.entries)


def rows_before(part: Part, out: Path) -> tuple[Made, set[str]]:
    """The rows of articles that an earlier part has already, and whose they are. Errors are always told anew."""
    import pyarrow.compute as pc

    names = [name for name in OF_ARTICLES if name != "errors"]
    old: Made = {name: [read_table(table_file(out, name, before)) for before in part.before] for name in names}
    those = {
        tuple(row.values()) for table in old["articles"] for row in table.select(["article", "file", "key"]).to_pylist()
    }
    same = {entry.id for entry in part.entries if (entry.id, entry.where, entry.key) in those}
    ids = pa.array(sorted(same), pa.string())
    return {name: [t.filter(pc.is_in(t["article"], ids)) for t in tables] for name, tables in old.items()}, same


def in_order(table: pa.Table, entries: Iterable[Entry]) -> pa.Table:
    """The rows in the order of the articles; those of one article stay as they are."""
    import numpy as np
    import pyarrow.compute as pc

    places = pc.index_in(table["article"], pa.array([entry.id for entry in entries], pa.string()))
    return table.take(np.argsort(places.to_numpy(), kind="stable")).combine_chunks()


def tables_of(entries: Sequence[Entry], found: Mapping[str, Row], job: Job) -> Made:
    """The tables of some articles; of each by itself where they do not fit together, to tell which has what no table takes."""
    try:
        good = [entry for entry in entries if not found[entry.key]["problem"]]
        analyses = [analysis_with(found[entry.key], entry.id, job) for entry in good]
        bad = [error_row(entry, found[entry.key]["problem"]) for entry in entries if found[entry.key]["problem"]]
        told_of = [
            {
                "it": a.article,
                "article": a.article.id,
                "file": entry.where,
                "said": a.said,
                "officials": a.officials,
                "key": entry.key,
            }
            for entry, a in zip(good, analyses, strict=True)
        ]
        return {
            "articles": [arrow_table("articles", cells("articles", told_of, TABLES))],
            **{name: [arrow_table(name, chain.from_iterable(rows_of(a, name) for a in analyses))] for name in SHARED},
            "errors": [arrow_table("errors", bad)],
        }
    except MemoryError:
        raise
    except Exception as error:
        if len(entries) == 1:
            return {"errors": [arrow_table("errors", [error_row(entries[0], fault(error))])]}
        apart = [tables_of([entry], found, job) for entry in entries]
        return {name: [t for each in apart for t in each.get(name, ())] for name in OF_ARTICLES}


def error_row(entry: Entry, problem: str) -> dict[str, str]:
    """The row of an article or an input that failed."""
    what, mend = told(problem, entry.where)
    return {"article": entry.id, "file": entry.where, "what": what, "mend": mend}
