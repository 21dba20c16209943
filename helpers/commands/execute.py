"""Execute the notebooks headlessly: for an article (`run_notebooks`), or in place to renew their stored outputs (`renew`).

>>> folder = write_results(analysis)       # doctest: +SKIP
>>> run_notebooks(folder, "mine.txt")      # doctest: +SKIP

``python -m helpers.commands.execute`` renews every notebook of ``notebooks/``; name some to renew only those.
"""

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
from helpers.tables.store import folder_of, write_text
from helpers.text.files import split_name

MAIN_JOB = "0[1-6]_*.ipynb"
AT_ONCE = min(6, max(2, os.cpu_count() or 2))  # notebooks executed side by side; each takes about 300 MB
KERNEL = "python3"
RESOURCES = {"metadata": {"path": str(NOTEBOOKS)}}  # the folder in which cells run
QUIET = ["--IPKernelApp.log_level=50"]  # what a kernel has to tell stands in the notebook
KEPT_METADATA = ("kernelspec", "language_info")


class Loop(asyncio.SelectorEventLoop):
    """The loop that zmq needs, on which Ctrl-C stays what it is: nbclient would only end its kernel, as if it had died."""

    def add_signal_handler(self, *_: Any) -> None:  # type: ignore[override]
        """Nothing."""

    def call_exception_handler(self, context: Any) -> None:
        """Nothing: what nbclient leaves undone when it is stopped is no news."""


class NotebookFailed(OnTheRecordError):
    """A cell of a notebook raised an error. The message names notebook, cell and error."""


def write_results(analysis: Analysis) -> Path:
    """Write tables, statements and report of an article, each file whole or not at all. Returns the folder."""
    from helpers.drawing.report import write_report
    from helpers.tables.tables import all_tables, save_tables

    folder = folder_of(analysis.article)
    tables = all_tables(analysis)
    save_tables(tables, folder / "tables")
    write_text(folder / "statements.jsonl", json_lines(map(statement_record, analysis.statements)))
    write_report(analysis, folder / "report.html", tables)
    return folder


def run_notebooks(folder: Path, where: str) -> None:
    """Execute notebooks 01 to 06 on an article, and put them into the folder of its results.

    `where` is what the notebooks' parameter ARTICLE takes (a file, or ``file.csv#id``). They stand aside until all have
    run, so that a run cut short leaves the earlier ones as they were. Raises `NotebookFailed` at the end, when all that
    could be done is done.
    """
    path, article_id = split_name(where)
    # absolute, since notebooks run in a folder of their own
    place = f"{Path(path).resolve()}#{article_id}" if article_id else str(Path(path).resolve())
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder, prefix=".run-", ignore_cleanup_errors=True) as aside:
        executed = Path(aside) / "notebooks"
        executed.mkdir()
        # the last first: they take longest, and none should be left alone with them at the end
        failures = execute_all(main_job()[::-1], executed, {"ARTICLE": place}, ready=True)
        swap(executed, folder / "notebooks")
    if failures:
        raise NotebookFailed("; ".join(failures) + f"; see the error there, in {folder / 'notebooks'}")


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


def execute_all(notebooks: Sequence[Path], out: Path, parameters: Mapping[str, Any], ready: bool = False) -> list[str]:
    """Execute `notebooks`, some side by side, each into a file of its name in `out`. Returns what failed, a line each.

    With `ready` they run in copies of a process that has loaded what they need (`helpers.commands.kernels`).
    """

    async def everything() -> list[str]:
        gate = asyncio.Semaphore(AT_ONCE)

        async def failure(notebook: Path) -> str:
            async with gate:
                try:
                    await execute(notebook, out / notebook.name, parameters, ready)
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

    with asyncio.Runner(loop_factory=Loop) as runner:
        return runner.run(everything())


async def execute(notebook: Path, out: Path, parameters: Mapping[str, Any], ready: bool = False) -> None:
    """Execute one notebook with its parameters set; once more, in a kernel of its own, where its kernel dies.

    Raises `NotebookFailed`, also for a parameter it does not have.
    """
    try:
        await attempt(notebook, out, parameters, ready)
    except (RuntimeError, TimeoutError, OSError, EOFError):  # under load a kernel may not start in time, or be killed
        try:
            await attempt(notebook, out, parameters, ready=False)
        except (RuntimeError, TimeoutError) as error:
            reason = " ".join(str(error).split())
            told = f"{notebook.name}: Python stopped there, twice ({reason}); is there enough memory?"
            raise NotebookFailed(told) from error


async def attempt(notebook: Path, out: Path, parameters: Mapping[str, Any], ready: bool) -> None:
    """Execute one notebook, and write it whatever comes of it. Raises what nbclient raises where the kernel dies."""
    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import CellControlSignal

    from helpers.commands.kernels import ReadyKernel

    made = with_parameters(notebook, parameters)
    manager: dict[str, Any] = {"kernel_manager_class": ReadyKernel} if ready else {}
    client = NotebookClient(
        made,
        kernel_name=KERNEL,
        resources=RESOURCES,
        extra_arguments=QUIET,
        shutdown_kernel="immediate",  # it has nothing left to do
        **manager,
    )
    try:
        await client.async_execute(stderr=subprocess.DEVNULL)  # what a kernel logs while it shuts down is no news
    except CellControlSignal as error:
        raise NotebookFailed(f"{notebook.name}: {fault_in(made, error)}") from error
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
