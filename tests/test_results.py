"""Protects: results of earlier runs are never harmed, and `run` does all that can be done."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import sys
import time

import nbformat
import pytest
from inputs import GOOD, SEED, call, row

from helpers.__main__ import main
from helpers.commands import execute, kernels
from helpers.tables import store
from helpers.tables.store import results_folder, write_text, written_aside
from helpers.text.article import structure
from helpers.text.files import read_article

# --- results of earlier runs ---

ODD_IDS = [
    "../x",
    "..",
    ".",
    "/etc/passwd",
    "C:\\x",
    "CON",
    "con",
    "aux",
    "a/b",
    "a\nb",
    "",
    " ",
    "x" * 5000,
    "статья",
    "a.b",
    "~",
    "Talks",
    "\ud800",
]


@pytest.mark.parametrize("name", ODD_IDS)
def test_results_stay_in_their_folder_whatever_the_id(tmp_path, name):
    folder = results_folder(name, tmp_path)
    assert folder.parent == tmp_path
    assert folder.name not in ("", ".", "..")
    assert len(folder.name) < 100
    folder.mkdir()


def test_no_two_ids_share_a_folder(tmp_path):
    names = {results_folder(name, tmp_path).name.casefold() for name in [*ODD_IDS, "talks", "x", "etc-passwd", "a-b"]}
    assert len(names) == len(ODD_IDS) + 4


def test_writing_aside_keeps_the_old_file_when_it_fails(tmp_path):
    path = write_text(tmp_path / "a.html", "old")
    with pytest.raises(ZeroDivisionError), written_aside(path) as aside:
        aside.write_text("half")
        raise ZeroDivisionError
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(os.name == "nt", reason="Windows has other rights")
def test_results_may_be_read_by_others(tmp_path):
    old = os.umask(0o027)
    try:
        assert stat.S_IMODE(write_text(tmp_path / "a.html", "x").stat().st_mode) == 0o640
    finally:
        os.umask(old)


def test_folder_is_swapped_whole(tmp_path):
    for name, text in (("new", "1"), ("place", "2")):
        (tmp_path / name).mkdir()
        (tmp_path / name / text).write_text(text)
    execute.swap(tmp_path / "new", tmp_path / "place")
    assert [p.name for p in tmp_path.iterdir()] == ["place"]
    assert [p.name for p in (tmp_path / "place").iterdir()] == ["1"]


def test_folder_that_cannot_be_swapped_stays(tmp_path):
    (tmp_path / "place").mkdir()
    (tmp_path / "place/old").write_text("old")
    with pytest.raises(OSError, match="missing"):
        execute.swap(tmp_path / "missing", tmp_path / "place")
    assert (tmp_path / "place/old").read_text() == "old"


def test_stored_analysis_is_read_back_equal(tmp_path):
    from helpers.analyse import analyse

    analysis = analyse(read_article(SEED))
    store.save_analysis(analysis, tmp_path)
    assert store.usable(store.stored_in(tmp_path), analysis.article) == analysis


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"article": 5}', b"\xff"])
def test_damaged_results_are_made_anew(tmp_path, damage):
    (tmp_path / "analysis.json").write_bytes(damage)
    assert store.usable(store.stored_in(tmp_path), structure("a", GOOD)) is None


def test_results_of_another_text_are_made_anew(tmp_path):
    from helpers.analyse import analyse

    store.save_analysis(analyse(structure("a", GOOD)), tmp_path)
    assert store.usable(store.stored_in(tmp_path), structure("a", GOOD + " Or so.")) is None


# --- run ---


@pytest.fixture
def results(tmp_path, monkeypatch):
    """A results folder of the test's own; no kernel is made ready."""
    monkeypatch.setattr(kernels, "get_ready", lambda: None)
    monkeypatch.setattr(store, "RESULTS", tmp_path / "results")
    return tmp_path / "results"


def fake_execute(failing=""):
    async def execute_one(notebook, out, parameters, ready):
        out.write_text(f"{parameters['ARTICLE']}", encoding="utf8")
        if notebook.name.startswith(failing or "none"):
            raise execute.NotebookFailed(f"{notebook.name}: cell 3 failed (ValueError: gap)")

    return execute_one


def test_run_writes_everything_for_each_article(tmp_path, results, monkeypatch, capsys):
    monkeypatch.setattr(execute, "execute", fake_execute())
    (tmp_path / "a.jsonl").write_text(f"{row('a')}\n{row('b')}", encoding="utf8")
    monkeypatch.chdir(tmp_path)
    assert main(["run", "a.jsonl"]) == 0
    for name in "ab":
        made = {p.name for p in (results / name).iterdir()}
        assert made == {"analysis.json", "notebooks", "report.html", "statements.jsonl", "tables"}
        executed = sorted((results / name / "notebooks").iterdir())
        assert len(executed) == 6
        assert {p.read_text(encoding="utf8") for p in executed} == {f"{tmp_path}/a.jsonl#{name}"}
    assert "1 statement, 1 of them by 1 named official\n" in capsys.readouterr().out


def test_run_goes_on_after_a_notebook_fails(tmp_path, results, monkeypatch, capsys):
    monkeypatch.setattr(execute, "execute", fake_execute(failing="03"))
    (tmp_path / "a.txt").write_text(GOOD, encoding="utf8")
    assert main(["run", str(tmp_path / "a.txt"), str(tmp_path / "missing.txt")]) == 1
    problems = capsys.readouterr().err.splitlines()
    assert "03_statements.ipynb: cell 3 failed (ValueError: gap); see the error there" in problems[0]
    assert "missing.txt: there is no such file" in problems[1]
    assert (results / "a/report.html").exists()
    assert len(list((results / "a/notebooks").iterdir())) == 6


@pytest.mark.parametrize("stop", [KeyboardInterrupt, MemoryError])
def test_run_cut_short_keeps_the_new_report_and_the_earlier_notebooks(tmp_path, results, monkeypatch, stop):
    async def stopped(notebook, out, parameters, ready):
        out.write_text("half")
        raise stop

    (tmp_path / "a.txt").write_text(GOOD, encoding="utf8")
    monkeypatch.setattr(execute, "execute", fake_execute())
    main(["run", str(tmp_path / "a.txt")])
    before = contents(results / "a")
    (results / "a/report.html").write_text("old", encoding="utf8")
    monkeypatch.setattr(execute, "execute", stopped)
    assert main(["run", str(tmp_path / "a.txt")]) != 0
    assert contents(results / "a") == before


def test_two_articles_of_one_id_have_two_folders(tmp_path, results, monkeypatch, capsys):
    monkeypatch.setattr(execute, "execute", fake_execute())
    texts = [GOOD, GOOD.replace("open", "closed")]
    files = [tmp_path / place / "talks.txt" for place in "ab"]
    for file, text in zip(files, texts, strict=True):
        file.parent.mkdir()
        file.write_text(text, encoding="utf8")
        main(["run", str(file)])
    first, second = sorted(folder.name for folder in results.iterdir())
    assert first == "talks" and second.startswith("talks-")
    before = contents(results)
    for file in reversed(files):  # in whatever order, each finds its own again
        main(["run", str(file)])
    assert contents(results) == before
    for folder, text in ((first, texts[0]), (second, texts[1])):
        assert store.folder_of(structure("talks", text)) == results / folder
        assert json.loads((results / folder / "analysis.json").read_text(encoding="utf8"))["article"]["text"] == text
    shutil.rmtree(results / first)
    assert store.folder_of(structure("talks", texts[1])) == results / second


def contents(folder):
    return {p.relative_to(folder): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="needs POSIX signals")
def test_run_that_is_killed_leaves_the_report_and_the_earlier_notebooks(tmp_path):
    (tmp_path / "test-command-line-killed.txt").write_text(GOOD, encoding="utf8")
    folder = results_folder("test-command-line-killed")
    earlier = write_text(folder / "notebooks/01.ipynb", "earlier")
    try:
        command = [sys.executable, "-m", "helpers", "run", "test-command-line-killed.txt"]
        running = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 180
        while not list(folder.glob(".run-*")) and time.monotonic() < deadline:
            time.sleep(0.1)
        running.kill()
        running.wait()
        assert list(folder.glob(".run-*")), "it was killed too late"
        assert earlier.read_text(encoding="utf8") == "earlier"
        assert (folder / "report.html").exists() and (folder / "statements.jsonl").exists()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def test_parameter_that_a_notebook_lacks_is_an_error():
    notebook = execute.main_job()[0]
    with pytest.raises(execute.NotebookFailed, match=r"01_.*: has no parameter ARTIKEL; it has .*ARTICLE"):
        execute.with_parameters(notebook, {"ARTIKEL": "a.txt"})


def notebook_file(path, *cells):
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    made.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    made.cells[0].metadata["tags"] = ["parameters"]
    nbformat.write(made, path)
    return path


@pytest.mark.slow
def test_cell_that_fails_is_named_and_kept(tmp_path):
    (tmp_path / "out").mkdir()
    good = notebook_file(tmp_path / "good.ipynb", "N: int = 1", "N + 1")
    bad = notebook_file(tmp_path / "bad.ipynb", "N: int = 1", "1 / (N - 2)", "N")
    dies = notebook_file(tmp_path / "dies.ipynb", "N: int = 1", "import os; os._exit(1)")
    failures = execute.execute_all([good, bad, dies], tmp_path / "out", {"N": 2})
    assert "bad.ipynb: cell 3 failed (ZeroDivisionError: division by zero)" in failures
    assert any(failure.startswith("dies.ipynb: Python stopped there") for failure in failures)
    outputs = [cell.outputs for cell in nbformat.read(tmp_path / "out/good.ipynb", 4).cells]
    assert outputs[-1][0].data["text/plain"] == "3"
    assert "ZeroDivisionError" in (tmp_path / "out/bad.ipynb").read_text(encoding="utf8")


@pytest.mark.slow
def test_run_on_a_jsonl_and_a_folder_as_a_user_calls_it(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in/test-command-line-a.txt").write_text("The strait is twelve miles wide.", encoding="utf8")
    (tmp_path / "two.jsonl").write_text(f"{row('../test command line “b”')}\nbroken", encoding="utf8")
    folders = [results_folder(name) for name in ("test-command-line-a", "../test command line “b”")]
    try:
        done = call("run", "in", "two.jsonl", cwd=tmp_path)
        assert done.returncode == 1
        assert done.stderr.decode().splitlines() == [
            "two.jsonl, line 2: is not JSON (Expecting value: line 1 column 1 (char 0)); write one object a line"
        ]
        for folder in folders:
            assert (folder / "report.html").stat().st_size > 100_000
            assert len(list((folder / "notebooks").glob("*.ipynb"))) == 6
    finally:
        for folder in folders:
            shutil.rmtree(folder, ignore_errors=True)
