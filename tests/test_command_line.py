"""Protects: every command does what can be done, says in one line what cannot, and never harms earlier results."""

from __future__ import annotations

import csv
import io
import json
import os
import random
import shutil
import stat
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pytest

from helpers import store
from helpers.__main__ import main
from helpers.article import structure
from helpers.commands import actions as commands
from helpers.commands import check, execute, progress
from helpers.errors import InputProblem, SetupProblem, VocabularyProblem
from helpers.read import read_article, read_articles
from helpers.store import results_folder, write_text, written_aside

ROOT = Path(__file__).parents[1]
SEED = ROOT / "seeds/us-india-defence-framework.txt"
GOOD = "Defence Minister Elin Quist said on Monday that the strait was open."
NAMES_FIRST = json.loads((ROOT / "tests/cases/languages.json").read_text(encoding="utf8"))
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x10\x00\x00\x00\x10\x08\x06\x00\x00\x00\x1f\xf3\xffa"
NOISE = random.Random(1).randbytes(5000)


def row(id="a", text=GOOD, **more):
    return json.dumps({"id": id, "text": text, **more})


# --- what cannot be used is said in one line, with the mend ---

BAD_FILES = {  # name of the file, its bytes, words of the message
    "empty": ("a.txt", b"", "is empty; put the article's text into it"),
    "blank": ("a.txt", b" \n\t\r\n \xc2\xa0", "is empty"),
    "only-a-mark": ("a.txt", b"\xef\xbb\xbf", "is empty"),
    "no-words": ("a.txt", "… — “”\n🙂".encode(), "holds no words"),
    "picture": ("a.txt", PNG, "is not a text file; save the article as plain text"),
    "noise": ("a.txt", NOISE, "is not a text file"),
    "zip": ("a.txt", b"PK\x03\x04\x14\x00\x06\x00\x08\x00" + NOISE[:400], "is not a text file"),
    "utf-32": ("a.txt", GOOD.encode("utf-32"), "is not a text file"),
    "web-page": ("a.txt", b"\n<!DOCTYPE HTML><html><p>He said no.", "holds HTML, not plain text"),
    "rtf": ("a.txt", b"{\\rtf1\\ansi He said no, twice.}", "holds RTF, not plain text"),
    "pdf": ("a.txt", b"%PDF-1.7\n1 0 obj << /Type /Catalog >>", "holds PDF, not plain text"),
    "unknown-suffix": ("a.odt", GOOD.encode(), "this kind of file is not read; save the article as .txt"),
    "no-suffix": ("article", GOOD.encode(), "this kind of file is not read"),
    "too-long": (
        "a.txt",
        b"He said no. " * 100_000,
        "has 1,200,000 characters, and 1,000,000 are read at most; split it",
    ),
    "no-rows": ("a.jsonl", b"\n \n", "holds no article; add one a line"),
    "json-list": ("a.jsonl", b'[\n{"id": "a", "text": "b"}\n]', "is JSON, but not JSON Lines"),
    "json-over-lines": ("a.jsonl", b'{\n  "id": "a",\n  "text": "b"\n}\n', "is JSON, but not JSON Lines"),
    "jsonl-picture": ("a.jsonl", PNG, "is not a text file"),
    "row-no-json": ("a.jsonl", b"nonsense", "line 1: is not JSON"),
    "row-no-text": ("a.jsonl", b'{"id": "a"}', 'needs an object with "id" and "text"'),
    "row-no-id": ("a.jsonl", b'{"text": "He said no."}', 'needs an "id"'),
    "row-blank-id": ("a.jsonl", b'{"id": " ", "text": "He said no."}', 'needs an "id"'),
    "row-a-list": ("a.jsonl", b'"a string"', 'needs an object with "id" and "text"'),
    "row-text-a-number": ("a.jsonl", b'{"id": "a", "text": 5}', "both strings"),
    "row-blank-text": ("a.jsonl", b'{"id": "a", "text": "  "}', "line 1: is empty"),
    "row-too-deep": ("a.jsonl", b'{"id":' * 100_000, "is not JSON"),
    "row-too-long": ("a.jsonl", row(text="x " * 600_000).encode(), "line 1: has 1,200,000 characters"),
}


def one_line(capsys):
    captured = capsys.readouterr()
    assert captured.err.count("\n") == 1, captured.err
    assert "Traceback" not in captured.err
    return captured.err


@pytest.mark.parametrize("case", BAD_FILES)
def test_unusable_file_is_one_line_with_the_mend(tmp_path, capsys, case):
    name, data, message = BAD_FILES[case]
    (tmp_path / name).write_bytes(data)
    assert main(["statements", str(tmp_path / name)]) == 1
    line = one_line(capsys)
    assert line.startswith(str(tmp_path / name))
    assert message in line


BAD_PATHS = {
    "missing": ("missing.txt", "there is no such file or folder"),
    "missing-row": ("some.jsonl#zzz", "holds no article with the id 'zzz'"),
    "empty-folder": ("empty", "holds no article; put .txt or .jsonl files there"),
    "null-in-name": ("a\0b.txt", "there is no such file"),
    "endless-name": ("x" * 5000 + ".txt", "cannot be read"),
    "below-a-file": ("some.jsonl/a.txt", "there is no such file"),
    "nothing": ("", "holds"),
}


@pytest.mark.parametrize("case", BAD_PATHS)
def test_unusable_path_is_one_line(tmp_path, capsys, monkeypatch, case):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty/picture.png").write_bytes(PNG)
    (tmp_path / "some.jsonl").write_text(row(), encoding="utf8")
    name, message = BAD_PATHS[case]
    monkeypatch.chdir(tmp_path / "empty")
    assert main(["statements", name if not name else f"../{name}"]) == 1
    assert message in one_line(capsys)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may read everything")
def test_file_that_may_not_be_opened(tmp_path, capsys):
    (tmp_path / "a.txt").write_text(GOOD, encoding="utf8")
    (tmp_path / "a.txt").chmod(0)
    assert main(["statements", str(tmp_path / "a.txt")]) == 1
    assert "Permission denied" in one_line(capsys)


def test_file_that_fails_while_it_is_read(tmp_path, capsys, monkeypatch):
    (tmp_path / "a.txt").write_text(GOOD, encoding="utf8")
    monkeypatch.setattr(
        Path, "read_bytes", lambda self: (_ for _ in ()).throw(PermissionError(13, "Permission denied"))
    )
    assert main(["statements", str(tmp_path / "a.txt")]) == 1
    assert "cannot be read (Permission denied); check that you may open it" in one_line(capsys)


# --- the others are still done ---

MIXED = [
    row("a"),
    "broken {",
    row("b"),
    row("a"),
    '{"id": "c"}',
    row("d", "Нет, сказал министр обороны в понедельник."),
    row("e"),
]


def test_broken_rows_are_told_and_the_others_done(tmp_path, capsys):
    (tmp_path / "a.jsonl").write_text("\n".join(MIXED), encoding="utf8")
    assert main(["statements", str(tmp_path / "a.jsonl")]) == 1
    captured = capsys.readouterr()
    assert [json.loads(line)["article"] for line in captured.out.splitlines()] == ["a", "b", "e"]
    problems = captured.err.splitlines()
    assert len(problems) == 4
    for problem, words in zip(
        problems, ["line 2: is not JSON", "already used by", "line 5: needs", "line 6: seems to be"], strict=True
    ):
        assert words in problem


def test_row_in_another_encoding_spoils_no_other(tmp_path):
    rows = [row("a", "“No,” she said."), row("b", "“Yes,” he said.")]
    data = json.dumps({"id": "c", "text": "“Never,” said the envoy."}, ensure_ascii=False).encode("cp1252")
    (tmp_path / "a.jsonl").write_bytes("\n".join(rows).encode() + b"\r\n" + data)
    found = dict(read_articles([tmp_path / "a.jsonl"]))
    assert [article.text[:4] for article in found.values()] == ["“No,", "“Yes", "“Nev"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_jsonl_in_other_encodings(tmp_path, encoding):
    (tmp_path / "a.jsonl").write_bytes(f"{row('a')}\r\n{row('b')}\r\n".encode(encoding))
    assert [item.id for _, item in read_articles([tmp_path / "a.jsonl"])] == ["a", "b"]


def test_article_can_be_named_beside_broken_rows(tmp_path):
    (tmp_path / "a.jsonl").write_text("\n".join(MIXED), encoding="utf8")
    assert read_article(f"{tmp_path}/a.jsonl#b").id == "b"
    assert read_article(f"{tmp_path}/a.jsonl#a").id == "a"
    with pytest.raises(InputProblem, match="Russian"):
        read_article(f"{tmp_path}/a.jsonl#d")


def test_hash_marks_in_names(tmp_path):
    folder = tmp_path / "no #1"
    folder.mkdir()
    (folder / "#.txt").write_text(GOOD, encoding="utf8")
    (folder / "a.jsonl").write_text(row("x#y"), encoding="utf8")
    assert read_article(folder / "#.txt").id == "#"
    assert read_article(f"{folder}/a.jsonl#x#y").id == "x#y"


def test_folder_is_read_in_order_and_hidden_files_are_not(tmp_path):
    for name in ("b.txt", "a.TXT", ".hidden.txt", ".git/c.txt", "sub/d.txt", "notes.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(GOOD, encoding="utf8")
    assert [item.id for _, item in read_articles([tmp_path])] == ["a", "b", "d"]


def test_more_than_one_article_where_one_is_wanted(tmp_path):
    (tmp_path / "a.jsonl").write_text(f"{row('a')}\n{row('b')}", encoding="utf8")
    with pytest.raises(InputProblem, match=r"holds 2 articles; name one of them, as in .*a\.jsonl#a"):
        read_article(tmp_path / "a.jsonl")


def test_fields_of_a_row_are_used(tmp_path):
    (tmp_path / "a.jsonl").write_text(
        row(title="Talks", date="3 October 2031", source="Harbour Post", other=1), encoding="utf8"
    )
    article = read_article(tmp_path / "a.jsonl")
    assert (article.title, article.date, article.source) == ("Talks", "2031-10-03", "Harbour Post")


def test_title_of_a_row_that_the_text_repeats_is_no_body(tmp_path):
    (tmp_path / "a.jsonl").write_text(row(title="Talks resume", text=f"TALKS  resume\n{GOOD}"), encoding="utf8")
    assert [p.kind for p in read_article(tmp_path / "a.jsonl").paragraphs] == ["title", "body"]


def test_one_article_on_which_a_rule_breaks_is_told_and_the_others_done(tmp_path, capsys, monkeypatch):
    import helpers.analyse

    def breaks(parsed, taxonomy, real=helpers.analyse.analyse_parsed):
        return real(parsed, taxonomy) if parsed.article.id != "b" else {}["gap"]

    monkeypatch.setattr(helpers.analyse, "analyse_parsed", breaks)
    (tmp_path / "a.jsonl").write_text("\n".join(row(name) for name in "abc"), encoding="utf8")
    assert main(["statements", str(tmp_path / "a.jsonl")]) == 1
    captured = capsys.readouterr()
    assert [json.loads(line)["article"] for line in captured.out.splitlines()] == ["a", "c"]
    assert "b: a rule broke on this article (KeyError: 'gap'); please report it" in captured.err


# --- language ---


@pytest.mark.parametrize("text", NAMES_FIRST["english"])
def test_english_full_of_foreign_names_is_not_refused(tmp_path, text):
    (tmp_path / "a.txt").write_text(text, encoding="utf8")
    assert read_article(tmp_path / "a.txt").text == text


@pytest.mark.parametrize(("language", "text"), NAMES_FIRST["other"])
def test_other_language_is_named_and_refused(tmp_path, capsys, language, text):
    (tmp_path / "a.txt").write_text(text, encoding="utf8")
    assert main(["statements", str(tmp_path / "a.txt")]) == 1
    assert f"seems to be written in {language}; only English is read, so translate it first" in one_line(capsys)


# --- the forms of the output ---


def statements(capsys, form, path=SEED):
    assert main(["statements", str(path), "--format", form]) == 0
    return capsys.readouterr().out


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
    assert "Pete Hegseth | declared" in table
    assert "defence ties have never been stronger" in table


def test_article_without_statements_gives_none(tmp_path, capsys):
    (tmp_path / "a.txt").write_text("The strait is twelve miles wide.", encoding="utf8")
    assert statements(capsys, "jsonl", tmp_path / "a.txt") == ""
    assert len(statements(capsys, "csv", tmp_path / "a.txt").splitlines()) == 1


FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://example.org")']


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_of_a_csv_is_a_formula(tmp_path, capsys, formula):
    (tmp_path / "a.jsonl").write_text(
        row(formula, f"“{formula} is what we want,” Defence Minister Elin Quist said."), encoding="utf8"
    )
    for line in csv.DictReader(io.StringIO(statements(capsys, "csv", tmp_path / "a.jsonl"), newline="")):
        assert not any(cell[:1] in "=+-@\t\r" for cell in line.values() if cell and not is_number(cell)), line


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


def call(*arguments, **more):
    environment = {**os.environ, "PYTHONUTF8": "0", "PYTHONIOENCODING": more.pop("encoding", "utf8")}
    command = [sys.executable, "-m", "helpers", *map(str, arguments)]
    return subprocess.run(command, cwd=more.pop("cwd", ROOT), env=environment, capture_output=True, timeout=120, **more)


def test_no_command_is_a_mistake_in_the_call():
    done = call()
    assert done.returncode == 2
    assert b"name a command: run, statements, evaluate or check" in done.stderr


@pytest.mark.parametrize(
    "arguments", [["statements"], ["nonsense"], ["statements", "a.txt", "--format", "xml"], ["--nonsense"]]
)
def test_mistake_in_the_call_is_exit_status_2(capsys, arguments):
    with pytest.raises(SystemExit) as left:
        main(arguments)
    assert left.value.code == 2
    assert "usage: python -m helpers" in capsys.readouterr().err


def test_version_tells_what_makes_the_results(capsys):
    assert main(["--version"]) == 0
    assert "on-the-record " in (out := capsys.readouterr().out)
    assert "en_core_web_sm" in out


@pytest.mark.slow
def test_terminal_that_knows_only_ascii(tmp_path):
    done = call("statements", SEED, "--format", "table", encoding="ascii")
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"?defence ties have never been stronger" in done.stdout


@pytest.mark.slow
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
def test_reader_of_the_output_that_goes_away(tmp_path, form):
    rows = [row(str(n)) for n in range(400)]  # more than a pipe holds
    (tmp_path / "a.jsonl").write_text("\n".join(rows), encoding="utf8")
    shell = f'"{sys.executable}" -m helpers statements "{tmp_path}/a.jsonl" --format {form} | head -c 10'
    done = subprocess.run(shell, shell=True, cwd=ROOT, capture_output=True, timeout=120)
    assert (len(done.stdout), done.stderr) == (10, b"")


@pytest.mark.slow
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
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
    def stop(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(commands, "statements", stop)
    assert main(["statements", "a.txt"]) == 130
    assert one_line(capsys) == "stopped; nothing was left half-written\n"


def test_disk_errors_name_the_file(monkeypatch, capsys):
    def full(*_):
        raise OSError(28, "No space left on device", "data/results/a/report.html")

    monkeypatch.setattr(commands, "run", full)
    assert main(["run", "a.txt"]) == 1
    assert one_line(capsys).startswith("data/results/a/report.html: No space left on device; ")


# --- is this machine ready? ---


def test_check_is_ready(capsys):
    assert main(["check"]) == 0
    assert capsys.readouterr().out == "READY\n"


def broken(error):
    def test():
        raise error

    return test


FAULTS = {
    "vocabulary": (VocabularyProblem("roles.csv, line 7: the cell 'head' is empty; fill it"), "roles.csv, line 7"),
    "analysis": (
        SetupProblem("no English spaCy model is installed; run `make run` once, which installs it"),
        "run `make run`",
    ),
    "results": (
        PermissionError(13, "Permission denied", "data/results/.check"),
        "data/results/.check: Permission denied",
    ),
    "kernel": (ImportError("no module named zmq"), "delete the folder .venv"),
}


@pytest.mark.parametrize("step", FAULTS)
def test_check_says_what_to_do(monkeypatch, capsys, step):
    error, words = FAULTS[step]
    for name in ("kernel", "notebooks", "vocabulary", "analysis", "results"):
        monkeypatch.setattr(check, name, lambda: None)
    test = broken(error)
    test.__name__ = step
    monkeypatch.setattr(check, step, test)
    assert main(["check"]) == 1
    assert words in one_line(capsys)


def test_check_names_missing_packages(monkeypatch, capsys):
    monkeypatch.setattr(check, "PACKAGES", ("pandas", "nonsense_one", "nonsense_two"))
    assert main(["check"]) == 1
    assert "missing packages: nonsense_one, nonsense_two; run `make run`" in one_line(capsys)


BROKEN_VOCABULARY = {
    "roles.csv": b"head,level\nminister,minister\n",
    "boilerplate.csv": b"kind,pattern,example,not_example,comment\nlink,(also,Also Read,,\n",
    "countries.csv": b"iso3,name,aliases,demonyms,capital,metonyms\nXXX,Norvia\n",
    "places.csv": "name,aliases,kind,country\nÅlesund,,city,\n".encode("cp1252"),
    "reporting_verbs.csv": None,
}


@pytest.mark.slow
@pytest.mark.parametrize("name", BROKEN_VOCABULARY)
def test_broken_vocabulary_is_one_line_with_file_and_mend(tmp_path, name):
    copy = tmp_path / "project"
    shutil.copytree(ROOT / "data", copy / "data", ignore=shutil.ignore_patterns("results"))
    shutil.copytree(ROOT / "helpers", copy / "helpers")
    if (data := BROKEN_VOCABULARY[name]) is None:
        (copy / "data/vocabulary" / name).unlink()
    else:
        (copy / "data/vocabulary" / name).write_bytes(data)
    done = call("statements", SEED, cwd=copy)
    assert done.returncode == 1
    assert done.stderr.decode().count("\n") == 1, done.stderr.decode()
    assert name in done.stderr.decode()


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
    assert store.load_analysis(analysis.article, tmp_path) == analysis


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"article": 5}', b"\xff"])
def test_damaged_results_are_made_anew(tmp_path, damage):
    (tmp_path / "analysis.json").write_bytes(damage)
    assert store.load_analysis(structure("a", GOOD), tmp_path) is None


def test_results_of_another_text_are_made_anew(tmp_path):
    from helpers.analyse import analyse

    store.save_analysis(analyse(structure("a", GOOD)), tmp_path)
    assert store.load_analysis(structure("a", GOOD + " Or so."), tmp_path) is None


# --- run ---


@pytest.fixture
def results(tmp_path, monkeypatch):
    """A results folder of the test's own."""
    monkeypatch.setattr(store, "RESULTS", tmp_path / "results")
    return tmp_path / "results"


def fake_execute(failing=""):
    async def execute_one(notebook, out, parameters):
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
    assert "1 statements, 1 of them by 1 named officials" in capsys.readouterr().out


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
def test_run_cut_short_leaves_the_earlier_results(tmp_path, results, monkeypatch, stop):
    async def stopped(notebook, out, parameters):
        out.write_text("half")
        raise stop

    (tmp_path / "a.txt").write_text(GOOD, encoding="utf8")
    monkeypatch.setattr(execute, "execute", fake_execute())
    main(["run", str(tmp_path / "a.txt")])
    before = contents(results / "a")
    monkeypatch.setattr(execute, "execute", stopped)
    assert main(["run", str(tmp_path / "a.txt")]) != 0
    assert contents(results / "a") == before


def contents(folder):
    return {p.relative_to(folder): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="needs POSIX signals")
def test_run_that_is_killed_leaves_the_earlier_results(tmp_path):
    (tmp_path / "test-command-line-killed.txt").write_text(GOOD, encoding="utf8")
    folder = results_folder("test-command-line-killed")
    earlier = {folder / name: f"earlier {name}" for name in ("report.html", "statements.jsonl", "notebooks/01.ipynb")}
    try:
        for path, text in earlier.items():
            write_text(path, text)
        command = [sys.executable, "-m", "helpers", "run", "test-command-line-killed.txt"]
        running = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 60
        while not list(folder.glob(".run-*/notebooks/*")) and time.monotonic() < deadline:
            time.sleep(0.1)
        running.kill()
        running.wait()
        assert list(folder.glob(".run-*")), "it was killed too late"
        assert {path: path.read_text(encoding="utf8") for path in earlier} == earlier
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
