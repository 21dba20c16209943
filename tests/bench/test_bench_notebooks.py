"""Measures: what `run` costs beside as many empty notebooks one after the other, and how soon its report is there."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from time import perf_counter

import nbformat
import pytest
from bench_texts import SEED, show_table

from helpers.commands.execute import execute_all, main_job

AT_MOST = 2.5  # times the empty notebooks
SOONER = 3.0  # seconds after `statements` the report is there
ROUNDS = 2


def empty(folder: Path, number: int) -> list[Path]:
    """Notebooks that do nothing."""
    paths = [folder / f"{n:02}_empty.ipynb" for n in range(1, number + 1)]
    for path in paths:
        made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell('ARTICLE: str = ""')])
        made.cells[0].metadata["tags"] = ["parameters"]
        made.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
        nbformat.write(made, path)
    return paths


def seconds(notebooks: list[Path], out: Path) -> float:
    """How long `notebooks` take, executed one after the other."""
    out.mkdir()
    before = perf_counter()
    for notebook in notebooks:
        assert execute_all([notebook], out, {"ARTICLE": str(SEED)}) == []
    return perf_counter() - before


def called(*arguments: str) -> tuple[float, float]:
    """How long a command takes, and after how long it told of the report (else 0)."""
    before, told = perf_counter(), 0.0
    command = [sys.executable, "-m", "helpers", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf8") as running:
        assert running.stdout
        for line in running.stdout:
            if "report:" in line:
                told = perf_counter() - before
    assert running.returncode == 0
    return perf_counter() - before, told


@pytest.mark.bench
def test_run_costs_little_more_than_empty_notebooks(tmp_path):
    called("run", str(SEED))  # the first time
    baseline = empty(tmp_path, len(main_job()))
    rounds = [
        (*called("run", str(SEED)), seconds(baseline, tmp_path / f"empty{n}"), called("statements", str(SEED))[0])
        for n in range(ROUNDS)
    ]
    took, report, bare, statements = map(min, zip(*rounds, strict=True))
    rows = [
        ("run, seconds", took),
        ("as many empty notebooks, one after the other", bare),
        (f"ratio (at most {AT_MOST})", took / bare),
        ("statements, seconds", statements),
        (f"report of run, seconds (at most {SOONER} more)", report),
    ]
    show_table("Run on one article", rows)
    assert took <= AT_MOST * bare
    assert report <= statements + SOONER


@pytest.mark.bench
def test_seconds_of_each_notebook(tmp_path):
    called("run", str(SEED))
    rows = [(notebook.name, seconds([notebook], tmp_path / notebook.stem)) for notebook in main_job()]
    show_table("Each notebook by itself, seconds", rows)
