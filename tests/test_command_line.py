"""Protects: the forms of the output, and the commands as a user calls them."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
import tomllib
from dataclasses import replace
from pathlib import Path
from unicodedata import east_asian_width

import pytest
from fictional import make_analysis
from inputs import GOOD, ROOT, SEED, call, one_line, row

from helpers.__main__ import main, parser
from helpers.commands import actions as commands
from helpers.commands import execute, kernels, progress
from helpers.commands.terminal import table_text, widths
from helpers.tables import store
from helpers.text.article import structure
from helpers.text.files import read_article

# --- the forms of the output ---


WRITTEN = {}  # what was written of the seed, so that it is read once a form


def statements(capsys, form, path=SEED):
    if (path, form) not in WRITTEN:
        assert main(["statements", str(path), "--format", form]) == 0
        out = capsys.readouterr().out
        if path != SEED:
            return out
        WRITTEN[path, form] = out
    return WRITTEN[path, form]


def test_jsonl_gives_spans_that_are_the_article(capsys):
    text = read_article(SEED).text
    records = [json.loads(line) for line in statements(capsys, "jsonl").splitlines()]
    assert len(records) > 8
    for record in records:
        spans = [*record["segments"], record["cue"], record["source"], *record["entities"]]
        spans += [e for theme in record["themes"] for e in theme["evidence"]] + [s["target"] for s in record["stances"]]
        assert all(text[s["start"] : s["end"]] == s["text"] for s in spans if s)


def test_csv_has_a_row_for_each_statement(capsys):
    rows = list(csv.DictReader(io.StringIO(statements(capsys, "csv"))))
    assert len(rows) == len(statements(capsys, "jsonl").splitlines())
    assert "Pete Hegseth" in rows[0]["speakers"]


def test_csv_of_many_articles_has_one_header(tmp_path, capsys):
    (tmp_path / "a.jsonl").write_text(f"{row('a')}\n{row('b')}", encoding="utf8")
    rows = statements(capsys, "csv", tmp_path / "a.jsonl").splitlines()
    assert [line.split(",")[0] for line in rows] == ['"article"', '"a"', '"b"']


def test_table_names_who_and_what(capsys):
    table = statements(capsys, "table")
    assert re.search(r"^Pete Hegseth +declared +“defence ties have never +direct +defence$", table, re.M)


@pytest.mark.parametrize("width", [40, 80, 133])
def test_table_is_aligned_and_no_wider_than_the_window(width):
    wide = replace(make_analysis(), article=structure("港の会談", "港の会談"))
    statement = wide.statements[0]
    content = replace(statement.segments[0], text="港は明日の朝に再開されると大臣は述べた。" * 4)
    wide = replace(wide, statements=(replace(statement, segments=(content,)), *wide.statements[1:]))
    head, _, *lines = table_text(wide, width).splitlines()
    columns = list(widths(width).values())
    for line in lines[1:]:
        places = "".join(c + "\0" * (east_asian_width(c) in "WF") for c in line)
        assert len(places) <= max(width, 72)
        assert all(places[sum(columns[:n]) + 2 * n - 2 :][:2].strip() == "" for n in range(1, 5)), line
    assert re.search(r"[A-Z]", head) is None and "港の会談: " in head


def test_article_without_statements_gives_none(tmp_path, capsys):
    (tmp_path / "a.txt").write_text("The strait is twelve miles wide.", encoding="utf8")
    assert statements(capsys, "jsonl", tmp_path / "a.txt") == ""
    assert len(statements(capsys, "csv", tmp_path / "a.txt").splitlines()) == 1


FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\x01=1", "\x0b=1", '=HYPERLINK("http://example.org")']


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_of_a_csv_is_a_formula(tmp_path, capsys, formula):
    (tmp_path / "a.jsonl").write_text(
        row(formula, f"“{formula} is what we want,” Defence Minister Elin Quist said."), encoding="utf8"
    )
    for line in csv.DictReader(io.StringIO(statements(capsys, "csv", tmp_path / "a.jsonl"), newline="")):
        assert not any(cell[:1] in "=+-@\t\r\x01\x0b" for cell in line.values() if cell and not is_number(cell)), line


def is_number(cell):
    try:
        return float(cell) is not None
    except ValueError:
        return False


def test_article_cannot_steer_the_terminal(tmp_path, capsys):
    (tmp_path / "a.jsonl").write_text(row("a\x1b[2J", f"\x1b]0;gone\x07{GOOD} \u202eevil"), encoding="utf8")
    assert not set(statements(capsys, "table", tmp_path / "a.jsonl")) & set("\x1b\x07\u202e")
    main(["statements", f"{tmp_path}/\x1b[2J.txt"])
    assert "\x1b" not in capsys.readouterr().err


# --- as a user calls it ---


def test_no_command_is_a_mistake_in_the_call():
    done = call()
    assert done.returncode == 2
    assert b"name a command: run, statements," in done.stderr


@pytest.mark.parametrize(
    "arguments", [["statements"], ["nonsense"], ["statements", "a.txt", "--format", "xml"], ["--nonsense"]]
)
def test_mistake_in_the_call_is_exit_status_2(capsys, arguments):
    with pytest.raises(SystemExit) as left:
        main(arguments)
    assert left.value.code == 2
    assert "usage: on-the-record" in capsys.readouterr().err


def test_version_tells_what_makes_the_results(capsys):
    assert main(["--version"]) == 0
    assert "on-the-record " in (out := capsys.readouterr().out)
    assert "en_core_web_sm" in out


@pytest.mark.slow
@pytest.mark.usefixtures("without_encoder")
def test_terminal_that_knows_only_ascii(tmp_path):
    done = call("statements", SEED, "--format", "table", encoding="ascii")
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"?defence ties have never" in done.stdout


@pytest.mark.slow
@pytest.mark.usefixtures("without_encoder")
def test_jsonl_is_utf8_whatever_the_terminal(tmp_path):
    done = call("statements", SEED, encoding="ascii")
    assert "“defence ties" in done.stdout.decode("utf8")


def test_message_with_letters_that_the_terminal_lacks(tmp_path):
    done = call("statements", tmp_path / "статья.txt", encoding="ascii")
    assert done.returncode == 1
    assert b"????.txt: there is no such file" in done.stderr


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="needs a POSIX shell")
@pytest.mark.parametrize("form", ["jsonl", "csv", "table"])
@pytest.mark.usefixtures("without_encoder")
def test_reader_of_the_output_that_goes_away(tmp_path, form):
    rows = [row(str(n)) for n in range(400)]  # more than a pipe holds
    (tmp_path / "a.jsonl").write_text("\n".join(rows), encoding="utf8")
    shell = f'"{sys.executable}" -m helpers statements "{tmp_path}/a.jsonl" --format {form} | head -c 10'
    done = subprocess.run(shell, shell=True, cwd=ROOT, capture_output=True, timeout=600)
    assert (len(done.stdout), done.stderr) == (10, b"")


@pytest.mark.slow
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.usefixtures("without_encoder")
def test_full_disk_is_one_line():
    with open("/dev/full", "wb") as full:
        environment = {**os.environ, "PYTHONIOENCODING": "utf8"}
        done = subprocess.run(
            [sys.executable, "-m", "helpers", "statements", SEED], stdout=full, stderr=subprocess.PIPE, env=environment
        )
    assert done.returncode != 0
    assert b"No space left on device" in done.stderr
    assert b"Traceback" not in done.stderr


def test_no_progress_bar_without_a_terminal(monkeypatch, capsys):
    monkeypatch.setattr(progress, "BAR_AFTER", 0.0)
    assert list(progress.progress(range(3), "articles")) == [0, 1, 2]
    assert capsys.readouterr().err == ""


def test_progress_bar_on_a_terminal(monkeypatch):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    monkeypatch.setattr(progress, "BAR_AFTER", 0.0)
    monkeypatch.setattr(sys, "stderr", Terminal())
    assert list(progress.progress(range(3), "articles")) == [0, 1, 2]
    assert "articles" in sys.stderr.getvalue()


def test_stopped_by_the_user(monkeypatch, capsys):
    def stop(**_):
        raise KeyboardInterrupt

    monkeypatch.setattr(commands, "statements", stop)
    assert main(["statements", "a.txt"]) == 130
    assert one_line(capsys) == "stopped; nothing was left half-written\n"


def test_stopped_run_names_what_is_kept(tmp_path, monkeypatch, capsys):
    def stop(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(store, "RESULTS", tmp_path / "results")
    monkeypatch.setattr(kernels, "get_ready", lambda: None)
    monkeypatch.setattr(execute, "run_notebooks", stop)
    (tmp_path / "a.txt").write_text(GOOD, encoding="utf8")
    assert main(["run", str(tmp_path / "a.txt")]) == 130
    captured = capsys.readouterr()
    report = tmp_path / "results/a/report.html"
    assert captured.err == f"stopped; these are done: {report}\n" and report.exists()
    assert f"report: {report}" in captured.out


@pytest.mark.parametrize(
    ("came", "named"), [(GOOD, ".txt"), (json.dumps({"id": "a1", "text": GOOD}), ".jsonl#a1")], ids=["text", "table"]
)
def test_run_takes_standard_input(tmp_path, monkeypatch, capsys, came, named):
    given = []
    monkeypatch.setattr(store, "RESULTS", tmp_path / "results")
    monkeypatch.setattr(kernels, "get_ready", lambda: None)
    monkeypatch.setattr(execute, "run_notebooks", lambda _, where: given.append(where))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(came.encode())))
    assert main(["run", "-"]) == 0
    assert len(given) == 1 and given[0].endswith(named)
    assert Path(given[0].partition("#")[0]).read_text(encoding="utf8") == came
    assert "report.html" in capsys.readouterr().out


def test_empty_standard_input_leaves_nothing(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(store, "RESULTS", tmp_path / "results")
    monkeypatch.setattr(kernels, "get_ready", lambda: None)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b" \n")))
    assert main(["run", "-"]) == 1
    assert capsys.readouterr().err == "-: is empty; put the article's text into it\n"
    assert not (tmp_path / "results").exists()


def test_output_goes_into_a_file_whole(tmp_path, capsys):
    (tmp_path / "a.txt").write_text(GOOD, encoding="utf8")
    assert main(["statements", str(tmp_path / "a.txt"), "--output", str(tmp_path / "found.csv")]) == 0
    assert capsys.readouterr().out == ""
    written = (tmp_path / "found.csv").read_bytes()
    assert written.startswith(b"\xef\xbb\xbf") and written.count(b"\n") == 2
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.txt", "found.csv"]


def test_output_cut_short_leaves_the_earlier_file(tmp_path, monkeypatch, capsys):
    def stop(*_):
        raise KeyboardInterrupt

    (tmp_path / "found.jsonl").write_text("earlier", encoding="utf8")
    monkeypatch.setattr(commands, "analyses", lambda *_: map(stop, [1]))
    assert main(["statements", "a.txt", "--output", str(tmp_path / "found.jsonl")]) == 130
    assert one_line(capsys) == f"stopped; {tmp_path / 'found.jsonl'} was not written\n"
    assert [p.read_text(encoding="utf8") for p in tmp_path.iterdir()] == ["earlier"]


def test_quiet_tells_only_what_goes_wrong(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv(progress.QUIET, "")
    (tmp_path / "house.txt").write_text("SPEAKER LIND: The house is open.\n\nThe harbour was closed.", encoding="utf8")
    assert main(["statements", "--quiet", str(tmp_path / "house.txt"), str(tmp_path / "missing.txt")]) == 1
    assert "missing.txt: there is no such file" in one_line(capsys)


# --- as README tells it ---

README = (ROOT / "README.md").read_text(encoding="utf8").partition("## From a script")[2].split("```")[1].strip()
SHOWN = [line.partition("  #")[0].partition(" #")[0].strip() for line in README.splitlines()]
COMMAND = Path(sys.executable).with_name("on-the-record")


def test_each_command_that_readme_shows_is_one():
    for line in SHOWN[1:]:
        name, *arguments = line.split()
        assert (
            name
            == tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf8"))["project"]["scripts"].popitem()[0]
        )
        assert all((ROOT / part).exists() for part in arguments if "/" in part), line
        parser().parse_args(arguments)


@pytest.mark.slow
@pytest.mark.skipif(
    os.name == "nt" or not COMMAND.exists(), reason="needs a POSIX shell, and the set-up by bootstrap.py"
)
def test_what_readme_shows_works_in_a_fresh_shell(tmp_path):
    for part, place in ((".venv", Path(sys.prefix)), ("seeds", ROOT / "seeds")):
        (tmp_path / part).symlink_to(place)
    wanted = [line for line in SHOWN if re.match(r"\. |on-the-record (statements .*--output|check)", line)]
    assert len(wanted) == 3
    fresh = {"PATH": os.defpath, "HOME": str(tmp_path)}
    done = subprocess.run(["sh", "-ec", "\n".join(wanted)], cwd=tmp_path, env=fresh, capture_output=True, timeout=600)
    assert (done.returncode, done.stderr) == (0, b"") and done.stdout.endswith(b"READY\n")
    assert "Hegseth" in (tmp_path / "found.csv").read_text(encoding="utf8")


@pytest.mark.parametrize("name", ["run", "statements", "evaluate", "check"])
def test_help_of_each_command_has_examples(name, capsys):
    with pytest.raises(SystemExit):
        main([name, "--help"])
    examples = capsys.readouterr().out.partition("examples:\n")[2]
    assert f"on-the-record {name}" in examples


def test_make_help_lists_what_can_be_made():
    done = subprocess.run([sys.executable, "bootstrap.py", "help"], cwd=ROOT, capture_output=True, text=True)
    targets = re.findall(r"(?m)^(\w+): +;", (ROOT / "Makefile").read_text(encoding="utf8"))
    assert sorted([*re.findall(r"(?m)^  make (\w+)", done.stdout), "help"]) == sorted(targets)


def test_disk_errors_name_the_file(monkeypatch, capsys):
    def full(**_):
        raise OSError(28, "No space left on device", "data/results/a/report.html")

    monkeypatch.setattr(commands, "run", full)
    assert main(["run", "a.txt"]) == 1
    assert one_line(capsys).startswith("data/results/a/report.html: No space left on device; ")


def test_a_transcript_without_a_statement_is_told(tmp_path, capsys):
    (tmp_path / "house.txt").write_text("SPEAKER LIND: The house is open.\n\nThe harbour was closed.", encoding="utf8")
    (tmp_path / "plain.txt").write_text("The harbour was closed for two hours.", encoding="utf8")
    assert main(["statements", str(tmp_path)]) == 0
    told = capsys.readouterr().err.splitlines()
    assert (
        len(told) == 1
        and told[0].startswith("house: no statement: it looks like a transcript")
        and "SPEAKER LIND" in told[0]
    )
