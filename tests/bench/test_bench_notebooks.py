"""Measures: what notebooks 01–06 cost beside as many that only draw one figure, executed the same way."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter

import nbformat
import pytest
from bench_texts import SEED, show_table

from helpers.commands.execute import execute_all, main_job
from helpers.tables.store import analysis_of

AT_MOST = 3.0  # times the baseline
ROUNDS = 2
FIGURE = (
    'figure = px.bar(pd.DataFrame({"official": ["Quist", "Lind"], "words": [3, 2]}), x="official", y="words")\nfigure'
)


def baseline(folder: Path, number: int) -> list[Path]:
    """Notebooks that import pandas and plotly and draw one figure."""
    paths = [folder / f"{n:02}_baseline.ipynb" for n in range(1, number + 1)]
    for path in paths:
        sources = ['ARTICLE: str = ""', "import pandas as pd\nimport plotly.express as px", FIGURE]
        made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in sources])
        made.cells[0].metadata["tags"] = ["parameters"]
        made.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
        nbformat.write(made, path)
    return paths


def seconds(notebooks: list[Path], out: Path) -> float:
    """How long `notebooks` take, executed as `run` executes them."""
    out.mkdir()
    before = perf_counter()
    assert execute_all(notebooks, out, {"ARTICLE": str(SEED)}) == []
    return perf_counter() - before


@pytest.mark.bench
def test_notebooks_cost_at_most_three_times_the_baseline(tmp_path):
    analysis_of(SEED)  # as `run` does before its notebooks
    ours, theirs = main_job(), baseline(tmp_path, len(main_job()))
    rounds = [(seconds(ours, tmp_path / f"ours{n}"), seconds(theirs, tmp_path / f"theirs{n}")) for n in range(ROUNDS)]
    took, bare = min(a for a, _ in rounds), min(b for _, b in rounds)
    rows = [
        ("notebooks 01–06, seconds", took),
        ("as many that draw one figure", bare),
        (f"ratio (at most {AT_MOST})", took / bare),
    ]
    show_table("Notebooks, executed headlessly", rows)
    assert took <= AT_MOST * bare


@pytest.mark.bench
def test_seconds_of_each_notebook(tmp_path):
    analysis_of(SEED)
    rows = [(notebook.name, seconds([notebook], tmp_path / notebook.stem)) for notebook in main_job()]
    show_table("Each notebook by itself, seconds", rows)
