"""The notebooks: their shape, that they were executed as they stand, and that a stale output does not pass.

What they show is compared strictly by `pytest --nbval notebooks`, which `make test` runs together with these tests.
"""

from __future__ import annotations

import ast
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from statistics import median
from typing import Any

import nbformat
import pytest

from helpers.commands.execute import NOTEBOOKS
from helpers.tables.store import analysis_of

ROOT = NOTEBOOKS.parent
SEED = ROOT / "seeds" / "us-india-defence-framework.txt"
PATHS = sorted(NOTEBOOKS.glob("*.ipynb"))
FIRST_SEVEN = (
    "00_check_your_setup",
    "01_parse_the_article",
    "02_entities_and_officials",
    "03_statements",
    "04_sentiment",
    "05_themes",
    "06_charts",
)
CONTRACT = ("Question", "You need", "You get", "Time", "Limits")
HEADINGS = ("Summary", "What this does not show", "Exercises")
LONGEST_CELL, MEDIAN_CELL = 15, 3  # lines
LONGEST_LINE = 110  # characters; what a projector shows without scrolling
PROSE = (35, 60)  # words to a code cell, on average over the notebook
LARGEST = 1_000_000  # bytes
FORBIDDEN = {
    "a change of the search path": r"\bsys\.path\b",
    "an installation": r"[!%]\s*(?:pip|conda|uv)\b",
    "another notebook run inside": r"%run\b",
    "a shell command or a magic": r"(?m)^\s*[!%]",
    "a download": r"\b(?:urlopen|urlretrieve|requests\.|download)\b|https?://",
}
ABSOLUTE_PATH = re.compile(r"(?:/(?:home|Users|root|tmp|work|var|opt)/|[A-Z]:\\\\|file://)")
ADDRESS = re.compile(r"\bat 0x[0-9a-f]{6,}")
PLOTLY = "application/vnd.plotly.v1+json"
TABLES_ONLY = ("06_charts",)  # these must not pay for the language model


def read(path: Path) -> Any:
    return nbformat.read(path, as_version=4)


def code_cells(path: Path) -> list[Any]:
    return [cell for cell in read(path).cells if cell.cell_type == "code"]


def prose(path: Path) -> str:
    return "\n\n".join(cell.source for cell in read(path).cells if cell.cell_type == "markdown")


def lines(cell: Any) -> int:
    return sum(bool(line.strip()) for line in cell.source.splitlines())


def tags(cell: Any) -> list[str]:
    return cell.metadata.get("tags", [])


notebooks = pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)


def test_they_are_numbered_and_the_first_seven_are_the_course():
    numbers = [int(path.stem.partition("_")[0]) for path in PATHS]
    assert numbers == sorted(set(numbers))
    listed = re.findall(r"\(notebooks/(\d\d_\w+)\.ipynb\)", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert [path.stem for path in PATHS] == listed, "the README's table lists every notebook"
    assert tuple(path.stem for path in PATHS[:7]) == FIRST_SEVEN


@notebooks
def test_it_asks_one_question_and_keeps_the_contract(path: Path):
    first, *_ = read(path).cells
    assert first.cell_type == "markdown"
    assert first.source.startswith("# ")
    assert len(re.findall(r"(?m)^# ", prose(path))) == 1, "one H1 a notebook"
    assert re.findall(r"\*\*([^*]+):\*\*", first.source) == list(CONTRACT)
    assert re.search(r"\*\*Time:\*\* run \d+ seconds · teach \d+ minutes", first.source)


@notebooks
def test_it_ends_with_summary_limits_and_exercises(path: Path):
    headings = re.findall(r"(?m)^## (.+)$", prose(path))
    assert tuple(headings[-3:]) == HEADINGS
    exercises = prose(path).partition("## Exercises")[2]
    assert 2 <= len(re.findall(r"(?m)^\d\. ", exercises.partition("<details>")[0])) <= 4
    assert "**Next:**" in exercises


@notebooks
def test_links_between_notebooks_lead_somewhere(path: Path):
    for target in re.findall(r"\]\(([^)]+)\)", prose(path)):
        assert (NOTEBOOKS / target).exists(), target


@notebooks
def test_the_second_cell_holds_parameters_as_typed_literals(path: Path):
    cell = read(path).cells[1]
    assert tags(cell) == ["parameters"]
    assert [c for c in code_cells(path) if "parameters" in tags(c)] == [cell]
    statements = ast.parse(cell.source).body
    assert statements
    for statement in statements:
        assert isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name), ast.unparse(statement)
        value = ast.literal_eval(statement.value)
        assert type(value).__name__ == ast.unparse(statement.annotation)
    names = {s.target.id for s in statements}
    assert "ARTICLE" in names or path.stem not in FIRST_SEVEN


@notebooks
def test_only_the_third_cell_imports_and_only_from_helpers(path: Path):
    for n, cell in enumerate(read(path).cells):
        if cell.cell_type != "code":
            continue
        tree = ast.parse(cell.source)
        imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
        if n == 2:
            assert imports == tree.body, "the third cell imports, and does nothing else"
            assert all(isinstance(i, ast.ImportFrom) and f"{i.module}.".startswith("helpers.") for i in imports)
        else:
            assert not imports, cell.source


@notebooks
def test_cells_are_short_and_explained(path: Path):
    lengths = [lines(cell) for cell in code_cells(path)]
    assert max(lengths) <= LONGEST_CELL
    assert median(lengths) <= MEDIAN_CELL
    assert all(len(line) <= LONGEST_LINE for cell in code_cells(path) for line in cell.source.splitlines())
    words = re.findall(r"[^\W\d_][\w’'-]*", re.sub(r"<[^>]+>|\]\([^)]*\)", " ", prose(path)))
    assert PROSE[0] <= len(words) / len(lengths) <= PROSE[1], f"{len(words)} words for {len(lengths)} cells"


@notebooks
@pytest.mark.parametrize("what", FORBIDDEN)
def test_it_does_nothing_behind_the_readers_back(path: Path, what: str):
    for cell in code_cells(path):
        assert not re.search(FORBIDDEN[what], cell.source), cell.source


@notebooks
def test_every_code_cell_was_executed_once_from_top_to_bottom(path: Path):
    cells = code_cells(path)
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))


@notebooks
def test_no_output_is_an_error_or_belongs_to_one_machine(path: Path):
    for cell in code_cells(path):
        for output in cell.outputs:
            assert output.output_type != "error" or "raises-exception" in tags(cell), output
            assert output.get("name") != "stderr", output
            assert not ABSOLUTE_PATH.search(json.dumps(output)), cell.source
            assert not ADDRESS.search(json.dumps(output)), cell.source


@notebooks
def test_its_outputs_are_compared(path: Path):
    """Only what differs from machine to machine may be left out of the comparison: the versions in notebook 00."""
    ignored = [cell.source for cell in code_cells(path) if "nbval-ignore-output" in tags(cell)]
    assert ignored == (["show(installed())"] if path.stem.startswith("00") else [])
    assert not any("NBVAL" in cell.source.upper() for cell in code_cells(path)), "use tags, not comments"


@notebooks
def test_it_is_small_and_names_the_kernel_that_everybody_has(path: Path):
    assert path.stat().st_size < LARGEST
    assert read(path).metadata["kernelspec"]["name"] == "python3"


@pytest.mark.slow
@pytest.mark.parametrize("name", TABLES_ONLY)
def test_what_only_reads_tables_does_not_load_the_language_model(name: str):
    analysis_of(SEED)
    script = "\n".join(cell.source for cell in code_cells(NOTEBOOKS / f"{name}.ipynb"))
    script += "\nimport sys; assert 'spacy' not in sys.modules"
    subprocess.run([sys.executable, "-c", script], cwd=NOTEBOOKS, check=True, stdout=subprocess.DEVNULL)


@pytest.mark.slow
def test_a_stale_output_fails_and_a_true_one_passes(tmp_path: Path):
    """One word of a stored table and one number of a stored chart are changed, as if the code had changed since."""
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    notebook = read(NOTEBOOKS / "00_check_your_setup.ipynb")
    nbformat.write(notebook, tmp_path / "notebooks" / "true.ipynb")
    shown = [o["data"] for cell in notebook.cells if cell.cell_type == "code" for o in cell.outputs if "data" in o]
    table = next(data for data in shown if "speakers" in data.get("text/plain", ""))
    table["text/plain"] = table["text/plain"].replace("speakers", "Speakers", 1)
    chart = next(data[PLOTLY] for data in shown if PLOTLY in data)
    chart["layout"]["height"] += 1
    nbformat.write(notebook, tmp_path / "notebooks" / "stale.ipynb")
    command = [sys.executable, "-m", "pytest", "--nbval", "--nbval-current-env", "-p", "no:cacheprovider", "notebooks"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, encoding="utf-8")
    failed = [line for line in done.stdout.splitlines() if line.startswith("FAILED")]
    assert len(failed) == 2 and all("stale.ipynb" in line for line in failed), done.stdout


OTHER_ARTICLES = {
    "nobody-speaks": "The harbour of Port Amber was closed on Monday. Ships waited outside, and the fog stayed.\n",
    "one-line": "Ms. Roe said no.",
    "no-officials": "“We are tired,” Bo Lind told us.\nHe sells fish in Osmark. Veldania’s ships pass every day.\n",
}
RUN_THEM = """
import sys
from pathlib import Path
import helpers.tables.store
helpers.tables.store.RESULTS = Path("data/results").resolve()
for file in sys.argv[2:]:
    for notebook in sorted(Path(sys.argv[1]).glob("0[1-6]_*.ipynb")):
        import nbformat
        cells = [c for c in nbformat.read(notebook, as_version=4).cells if c.cell_type == "code"]
        known = {}
        for cell in cells:
            exec(compile(cell.source, notebook.name, "exec"), known)
            if "parameters" in cell.metadata.get("tags", []):
                known["ARTICLE"] = file
"""


@pytest.mark.slow
def test_the_main_job_runs_on_articles_that_have_next_to_nothing(tmp_path: Path):
    """Fictional articles without speakers, officials or themes: each cell of 01 to 06 still has an answer."""
    files = [tmp_path / f"{name}.txt" for name in OTHER_ARTICLES]
    for file in files:
        file.write_text(OTHER_ARTICLES[file.stem], encoding="utf-8")
    command = [sys.executable, "-c", RUN_THEM, str(NOTEBOOKS), *map(str, files)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr[-3000:]
