"""Execute the notebooks headlessly: for an article (`run_article`), or in place to renew their stored outputs (`renew`).

>>> run_article(analysis, "mine.txt")      # doctest: +SKIP
PosixPath('data/results/mine')

``python -m helpers.commands.execute`` renews every notebook of ``notebooks/``; name some to renew only those.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from helpers.commands.progress import progress
from helpers.errors import OnTheRecordError, SetupProblem
from helpers.folders import NOTEBOOKS
from helpers.records import Analysis
from helpers.tables.record import json_lines, statement_record
from helpers.tables.store import results_folder, write_text
from helpers.text.files import split_name

MAIN_JOB = "0[1-6]_*.ipynb"
AT_ONCE = min(4, max(2, (os.cpu_count() or 2) // 2))  # notebooks executed side by side; each takes about 300 MB
KERNEL = "python3"
RESOURCES = {"metadata": {"path": str(NOTEBOOKS)}}  # the folder in which cells run
QUIET = ["--IPKernelApp.log_level=50"]  # what a kernel has to tell stands in the notebook
LOOP = asyncio.SelectorEventLoop if os.name == "nt" else None  # the one that zmq needs
KEPT_METADATA = ("kernelspec", "language_info")


class NotebookFailed(OnTheRecordError):
    """A cell of a notebook raised an error. The message names notebook, cell and error."""


def run_article(analysis: Analysis, where: str) -> Path:
    """Execute notebooks 01 to 06 on an article and write its tables, statements and report. Returns the folder.

    `where` is what the notebooks' parameter ARTICLE takes (a file, or ``file.csv#id``). The notebooks, which take
    longest, come first and stand aside until all have run, so that a run cut short leaves the earlier results as they were.
    Raises `NotebookFailed` at the end, when all that could be done is done.
    """
    from helpers.drawing.report import write_report
    from helpers.tables.tables import all_tables, save_tables

    path, article_id = split_name(where)
    # absolute, since notebooks run in a folder of their own
    place = f"{Path(path).resolve()}#{article_id}" if article_id else str(Path(path).resolve())
    folder = results_folder(analysis.article.id)
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder, prefix=".run-", ignore_cleanup_errors=True) as aside:
        executed = Path(aside) / "notebooks"
        executed.mkdir()
        failures = execute_all(main_job(), executed, {"ARTICLE": place})
        tables = all_tables(analysis)
        save_tables(tables, folder / "tables")
        write_text(folder / "statements.jsonl", json_lines(map(statement_record, analysis.statements)))
        write_report(analysis, folder / "report.html", tables)
        swap(executed, folder / "notebooks")
    if failures:
        raise NotebookFailed("; ".join(failures) + f"; see the error there, in {folder / 'notebooks'}")
    return folder


def main_job() -> list[Path]:
    """Notebooks 01 to 06. Raises `SetupProblem` when they are not there."""
    found = sorted(NOTEBOOKS.glob(MAIN_JOB))
    if not found:
        raise SetupProblem(f"{NOTEBOOKS}: holds no notebooks; run from a full copy of the project")
    return found


def swap(new: Path, place: Path) -> None:
    """Put the folder `new` in the place of `place`; if that cannot be done, the old one stays."""
    old = new.with_name(f"{new.name}.old")
    if place.exists():
        os.replace(place, old)
    try:
        os.replace(new, place)
    except OSError:
        if old.exists():
            os.replace(old, place)
        raise
    shutil.rmtree(old, ignore_errors=True)


def execute_all(notebooks: Sequence[Path], out: Path, parameters: Mapping[str, Any]) -> list[str]:
    """Execute `notebooks`, some side by side, each into a file of its name in `out`. Returns what failed, a line each."""

    async def everything() -> list[str]:
        gate = asyncio.Semaphore(AT_ONCE)

        async def failure(notebook: Path) -> str:
            async with gate:
                try:
                    await execute(notebook, out / notebook.name, parameters)
                except NotebookFailed as error:
                    return str(error)
                return ""

        tasks = [asyncio.ensure_future(failure(notebook)) for notebook in notebooks]
        done = progress(asyncio.as_completed(tasks), "notebooks", len(notebooks))
        try:
            return sorted([problem for task in done if (problem := await task)])
        finally:  # stopped, or an error of ours: no notebook goes on alone
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    with asyncio.Runner(loop_factory=LOOP) as runner:
        return runner.run(everything())


async def execute(notebook: Path, out: Path, parameters: Mapping[str, Any]) -> None:
    """Execute one notebook with its parameters set. Raises `NotebookFailed`, also for a parameter it does not have."""
    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import CellControlSignal

    made = with_parameters(notebook, parameters)
    client = NotebookClient(made, kernel_name=KERNEL, resources=RESOURCES, extra_arguments=QUIET)
    try:
        await client.async_execute(stderr=subprocess.DEVNULL)  # what a kernel logs while it shuts down is no news
    except CellControlSignal as error:
        raise NotebookFailed(f"{notebook.name}: {fault_in(made, error)}") from error
    except (RuntimeError, TimeoutError) as error:  # the kernel did not start, or died
        reason = " ".join(str(error).split())
        raise NotebookFailed(f"{notebook.name}: Python stopped there ({reason}); is there enough memory?") from error
    finally:
        nbformat.write(made, out)


def with_parameters(notebook: Path, parameters: Mapping[str, Any]) -> Any:
    """The notebook with a cell that sets its parameters. Raises `NotebookFailed` for one that it does not have."""
    from papermill import inspect_notebook
    from papermill.iorw import load_notebook_node
    from papermill.parameterize import parameterize_notebook

    known = set(inspect_notebook(str(notebook)))
    if unknown := set(parameters) - known:
        names = f"{', '.join(sorted(unknown))}; it has {', '.join(sorted(known))}"
        raise NotebookFailed(f"{notebook.name}: has no parameter {names}")
    made = load_notebook_node(str(notebook))
    return parameterize_notebook(made, dict(parameters), kernel_name=KERNEL, language="python")


def fault_in(notebook: Any, error: Exception) -> str:
    """Which cell of an executed notebook failed, and how."""
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            if output.output_type == "error":
                cause = " ".join(f"{output.ename}: {output.evalue}".split())
                return f"cell {cell.execution_count} failed ({cause})"
    return " ".join(str(error).split())


def renew(notebooks: Sequence[Path]) -> None:
    """Execute notebooks in place with their own parameters, so that the outputs stored in them are today's."""
    import nbformat
    from nbclient import NotebookClient

    for path in notebooks:
        begun = perf_counter()
        notebook = nbformat.read(path, as_version=4)
        NotebookClient(notebook, kernel_name=KERNEL, resources=RESOURCES, extra_arguments=QUIET).execute()
        for cell in notebook.cells:
            cell.metadata = {key: cell.metadata[key] for key in ("tags",) if key in cell.metadata}
        notebook.metadata = {key: notebook.metadata[key] for key in KEPT_METADATA if key in notebook.metadata}
        notebook.metadata.get("language_info", {}).pop("version", None)
        write_text(path, nbformat.writes(notebook) + "\n")
        print(f"{path.name}  {perf_counter() - begun:.0f} s")


if __name__ == "__main__":
    renew([Path(name) for name in sys.argv[1:]] or sorted(NOTEBOOKS.glob("*.ipynb")))
