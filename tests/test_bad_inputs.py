"""Protects: what cannot be used is said in one line with the mend, and the others are still done."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest
from inputs import GOOD, NAMES_FIRST, NOISE, PNG, one_line, row

from helpers.__main__ import main
from helpers.errors import InputProblem
from helpers.text.files import read_article, read_articles

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
    road = sys.modules["helpers.analyse"]

    def breaks(parsed, taxonomy, real=road.analyse_parsed):
        return real(parsed, taxonomy) if parsed.article.id != "b" else {}["gap"]

    monkeypatch.setattr(road, "analyse_parsed", breaks)
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
