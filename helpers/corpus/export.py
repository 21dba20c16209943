"""The tables of a corpus for a spreadsheet: safe to open, complete, with the codebook beside them.

>>> export("corpus", "xlsx")                 # doctest: +SKIP
[PosixPath('corpus/export/corpus.xlsx'), PosixPath('corpus/export/codebook.csv')]
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pandas as pd
import pyarrow as pa
import pyarrow.dataset as ds

from helpers.corpus.manifest import files_of, manifest_of
from helpers.corpus.places import TABLES, arrow_schema
from helpers.errors import InputProblem
from helpers.tables.schemas import codebook, columns
from helpers.tables.store import written_aside
from helpers.tables.tables import csv_safe, replaced

Form = Literal["csv", "xlsx"]
MOST_ROWS, LONGEST_CELL = 1_048_575, 32_767  # of Excel
CONTROL = r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]"  # what no XML may hold
ROWS = 10_000  # in memory together


def export(folder: str | Path, form: Form) -> list[Path]:
    """Write every table below `folder`/export, and what their columns mean; the paths. Raises `InputProblem`."""
    out = Path(folder)
    there = out / "export"
    paths = write_csv(out, there) if form == "csv" else [write_xlsx(out, there / "corpus.xlsx")]
    with written_aside(there / "codebook.csv") as aside:
        csv_safe(codebook(TABLES)).to_csv(aside, index=False, encoding="utf-8-sig")
    return [*paths, there / "codebook.csv"]


def frames(out: Path, name: str) -> Iterator[pd.DataFrame]:
    """A table a few rows at a time, with cells that no spreadsheet runs."""
    files = [str(file) for file in files_of(out, manifest_of(out), name)]
    for batch in ds.dataset(files, schema=arrow_schema(name), format="parquet").to_batches(batch_size=ROWS):
        frame = pa.Table.from_batches([batch]).to_pandas().astype(columns(name, TABLES))
        yield csv_safe(replaced(frame, CONTROL, "\N{REPLACEMENT CHARACTER}"))


def write_csv(out: Path, there: Path) -> list[Path]:
    """Each table as a file, as those of one article are."""
    for name in TABLES:
        with written_aside(there / f"{name}.csv") as aside, aside.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n").writerow(columns(name, TABLES))
            for frame in frames(out, name):
                frame.to_csv(file, index=False, header=False, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC)
    return [there / f"{name}.csv" for name in TABLES]


def write_xlsx(out: Path, path: Path) -> Path:
    """One workbook with a sheet for each table. Raises `InputProblem` for one that is too long for Excel."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    for name in TABLES:
        sheet = book.create_sheet(name)
        sheet.append(list(columns(name, TABLES)))
        rows = 0
        for frame in frames(out, name):
            rows += len(frame)
            if rows > MOST_ROWS:
                raise InputProblem(f"{path}: the table {name} has more rows than Excel takes; use --export csv")
            for row in frame.astype(object).where(frame.notna(), None).itertuples(index=False, name=None):
                sheet.append([cell[:LONGEST_CELL] if isinstance(cell, str) else cell for cell in row])
    with written_aside(path) as aside:
        book.save(aside)
    return path
