"""Protects: what cannot be used is said in one line with the mend, and the others are still done."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest
from inputs import GOOD, NAMES_FIRST, NOISE, PNG, one_line, row
from made_files import LOCK, docx, pdf, xlsx, zipped

from helpers.__main__ import main
from helpers.errors import InputProblem
from helpers.text.files import read_article, read_articles

# --- what cannot be used is said in one line, with the mend ---

BOMB = zipped({"word/document.txt": b"0" * 300_000_000})  # what swells to a thousand times its size
LAUGHS = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
XML_BOMB = f'<!DOCTYPE a [<!ENTITY l0 "ha">{LAUGHS}]><a>&l9;</a>'.encode()

BAD_FILES = {  # name of the file, its bytes, words of the message
    "empty": ("a.txt", b"", "is empty; put the article's text into it"),
    "blank": ("a.txt", b" \n\t\r\n \xc2\xa0", "is empty"),
    "only-a-mark": ("a.txt", b"\xef\xbb\xbf", "is empty"),
    "no-words": ("a.txt", "… — “”\n🙂".encode(), "holds no words"),
    "picture": ("a.txt", PNG, "is not a text file; save the article as plain text"),
    "noise": ("a.txt", NOISE, "is not a text file"),
    "zip": ("a.txt", b"PK\x03\x04\x14\x00\x06\x00\x08\x00" + NOISE[:400], "is not a text file"),
    "utf-32": ("a.txt", GOOD.encode("utf-32"), "is not a text file"),
    "web-page": (
        "a.txt",
        b"\n<!DOCTYPE HTML><html><p>He said no.",
        "holds HTML, not plain text; let its name end in .html",
    ),
    "rtf": ("a.txt", b"{\\rtf1\\ansi He said no, twice.}", "holds RTF, not plain text"),
    "pdf": ("a.txt", b"%PDF-1.7\n1 0 obj << /Type /Catalog >>", "holds PDF, not plain text"),
    "unknown-suffix": ("a.xyz", GOOD.encode(), "this kind of file is not read; save the article as .txt"),
    "old-word": (
        "a.doc",
        GOOD.encode(),
        "this kind of file is not read; open it in a word processor, and save it as .docx",
    ),
    "no-suffix": ("article", GOOD.encode(), "this kind of file is not read"),
    "too-long": (
        "a.txt",
        b"He said no. " * 400_000,
        "has 4,800,000 characters, and 4,000,000 are read at most; split it",
    ),
    "far-too-long": (
        "a.txt",
        b"He said no. " * 2_000_000,
        "has over 16,000,000 bytes, which are read at most; split it",
    ),
    "no-rows": ("a.jsonl", b"\n \n", "holds no article; add one a line"),
    "jsonl-picture": ("a.jsonl", PNG, "is not a text file"),
    "row-no-json": ("a.jsonl", b"nonsense", "line 1: is not JSON"),
    "row-no-text": (
        "a.jsonl",
        b'{"id": "a"}',
        "line 1: has no text (its fields: id); call the one that holds the article",
    ),
    "row-a-list": ("a.jsonl", b'"a string"', "line 1: has no text (its fields: none)"),
    "row-text-a-number": ("a.jsonl", b'{"id": "a", "text": 5}', "line 1: has a text that is none"),
    "row-text-null": ("a.jsonl", b'{"id": "a", "text": null}', "line 1: has no text; leave the row out"),
    "row-blank-text": ("a.jsonl", b'{"id": "a", "text": "  "}', "a.jsonl#a: is empty"),
    "row-no-such-day": (
        "a.jsonl",
        row(date="2031-02-30").encode(),
        "a.jsonl#a: there is no such day as '2031-02-30'; put the date",
    ),
    "row-too-deep": ("a.jsonl", b'{"id":' * 100_000, "is not JSON"),
    "row-too-long": ("a.jsonl", row(text="x " * 2_400_000).encode(), "a.jsonl#a: has 4,800,000 characters"),
    "line-far-too-long": (
        "a.jsonl",
        b'{"text": "' + b"x " * 20_000_000,
        "line 1: has over 32,000,000 bytes, far more than an article",
    ),
    "page-of-links": (
        "a.html",
        b"<ul>" + b"<li><a href=/>Ministers meet in Lindholm</a>" * 30,
        "no article could be told from the menus",
    ),
    "page-to-sign-in": (
        "a.html",
        b"<p>Please sign in to go on.<input type=password>",
        "no article could be told from the menus",
    ),
    "page-by-script": (
        "a.html",
        b"<body><noscript>You need to enable scripts to read this.</noscript>",
        "no article could be told",
    ),
    "page-empty": ("a.html", b"", "no article could be told"),
    "picture-as-page": ("a.html", PNG + NOISE, "no article could be told"),
    "pdf-cut": ("a.pdf", pdf([(72, 700, 10, GOOD)])[:300], "is a damaged PDF, or none; save or download it anew"),
    "pdf-locked": (
        "a.pdf",
        pdf([(72, 700, 10, GOOD)], locked=LOCK),
        "is locked by a password; open it, and save or print a copy",
    ),
    "pdf-scan": (
        "a.pdf",
        pdf([], []),
        "holds pictures of pages (a scan) and no text; let a program recognise the text (OCR)",
    ),
    "word-damaged": ("a.docx", docx(GOOD)[:500], "is damaged, or not what its name says"),
    "word-hollow": ("a.docx", zipped({"x.xml": b"<x/>"}), "is damaged, or not what its name says"),
    "word-locked": (
        "a.docx",
        b"\xd0\xcf\x11\xe0" + NOISE,
        "is locked by a password, or an old .doc; open it, and save it as .docx",
    ),
    "word-bomb": ("a.docx", BOMB, "would unpack to 1 files of 300,000,000 bytes, far more than articles take"),
    "rtf-none": ("a.rtf", GOOD.encode(), "is no RTF; let its name end as what it is"),
    "mail-without-text": (
        "a.eml",
        b"Subject: x\nContent-Type: image/png\n\nx",
        "is a mail without text; save what is attached",
    ),
    "mhtml-without-page": ("a.mhtml", b"Subject: x\n\nx", "holds no web page"),
    "csv-without-text": (
        "a.csv",
        b"id,price\n1,2\n",
        "has no column of texts (its columns: id, price); call the one that holds the articles",
    ),
    "csv-empty": ("a.csv", b"", "has no column of texts (its columns: none)"),
    "csv-more-cells": (
        "a.csv",
        b"id,text\n1,He said no, twice.\n",
        "row 2: has 3 cells where the columns are 2; put a cell that holds",
    ),
    "csv-no-such-day": (
        "a.csv",
        f"text,date\n{GOOD},31.02.2031\n".encode(),
        "a.csv#a-2: there is no such day as '31.02.2031'",
    ),
    "csv-only-header": ("a.csv", b"id,text\n", "holds no article; add one a line"),
    "sheet-without-text": ("a.xlsx", xlsx(["id"], [1]), "has no column of texts (its columns: id)"),
    "sheet-damaged": ("a.xlsx", NOISE, "is damaged, or not what its name says"),
    "parquet-damaged": ("a.parquet", NOISE, "is damaged, or not what its name says"),
    "json-broken": ("a.json", b'[{"text": ', "is not JSON"),
    "json-without-text": ("a.json", b'{"price": [1, 2]}', "has no text (its fields: price)"),
    "xml-broken": ("a.xml", b"<a><b></a>", "is broken XML"),
    "xml-other": ("a.xml", b"<a><b/></a>", "is XML, but no export of Factiva"),
    "xml-bomb": ("a.xml", XML_BOMB, "is broken XML (Maximum entity amplification"),
    "zip-damaged": ("a.zip", zipped({"a.txt": GOOD})[:60], "is a damaged archive"),
    "zip-without-articles": ("a.zip", zipped({".hidden": b""}), "holds no article; pack files that are read"),
    "zip-bomb": ("a.zip", BOMB, "would unpack to 1 files of 300,000,000 bytes, far more than articles take"),
    "zip-in-zip": ("a.zip", zipped({"b.zip": zipped({"a.txt": GOOD})}), "a.zip#b.zip: is an archive in an archive"),
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
    "empty-folder": ("empty", "holds no article; put files there that are read"),
    "null-in-name": ("a\0b.txt", "there is no such file"),
    "endless-name": ("x" * 5000 + ".txt", "cannot be read"),
    "below-a-file": ("some.jsonl/a.txt", "there is no such file"),
    "nothing": ("", "holds"),
    "address": (
        "https://post.example/strait",
        "is an address, and nothing here goes to the network; open the page in a browser",
    ),
    "pattern": ("*.nothing", "no file is named like this"),
    "missing-in-archive": ("some.zip#b.txt", "holds no file 'b.txt'; its first is 'a.txt'"),
    "row-of-a-text": ("some.txt#b", "holds no article with the id 'b'"),
}


@pytest.mark.parametrize("case", BAD_PATHS)
def test_unusable_path_is_one_line(tmp_path, capsys, monkeypatch, case):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty/.picture.png").write_bytes(PNG)
    (tmp_path / "some.zip").write_bytes(zipped({"a.txt": GOOD}))
    (tmp_path / "some.txt").write_text(GOOD, encoding="utf8")
    (tmp_path / "some.jsonl").write_text(row(), encoding="utf8")
    name, message = BAD_PATHS[case]
    monkeypatch.chdir(tmp_path / "empty")
    assert main(["statements", name if not name or "://" in name else f"../{name}"]) == 1
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
        problems, ["line 2: is not JSON", "already used by", "line 5: has no text", "#d: seems to be"], strict=True
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
    for name in ("b.txt", "a.TXT", ".hidden.txt", ".git/c.txt", "sub/d.txt", "notes.odt"):
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


LINKS = {"circle": "sub", "nowhere.txt": "missing.txt", "self.txt": "self.txt"}


def test_links_in_a_circle_or_to_nowhere_are_told_and_the_others_read(tmp_path):
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub/a.txt").write_text(GOOD, encoding="utf8")
    for name, target in LINKS.items():
        (tmp_path / "sub" / name).symlink_to(tmp_path / ("sub" if name == "circle" else f"sub/{target}"))
    found = [item if isinstance(item, InputProblem) else item.id for _, item in read_articles([tmp_path])]
    assert found[0] == "a" and len(found) == 4
    assert sorted(str(problem).partition(": ")[2][:30] for problem in found[1:]) == [
        "is a link that leads nowhere; ",
        "is a link that leads nowhere; ",
        "is a link to a folder that is ",
    ]


@pytest.mark.parametrize("name", ["../out.txt", "/etc/out.txt", "C:/out.txt"])
def test_file_outside_of_its_archive_is_told_and_the_others_read(tmp_path, name):
    (tmp_path / "a.zip").write_bytes(zipped({name: GOOD, "in.txt": GOOD}))
    first, second = (item for _, item in read_articles([tmp_path / "a.zip"]))
    assert "would lie outside of the archive" in str(first) and second.id == "in"


def test_table_whose_rows_a_missing_mark_joins_says_so(tmp_path):
    (tmp_path / "a.csv").write_text(f'id,text\na,{GOOD}\nb,"{GOOD}\nc,{GOOD}\n', encoding="utf8")
    found = [item for _, item in read_articles([tmp_path / "a.csv"])]
    assert found[0].id == "a" and "without its fellow, which joins rows" in str(found[-1])


def test_broken_line_of_a_table_that_is_far_too_long_spoils_no_other(tmp_path):
    with (tmp_path / "a.jsonl").open("wb") as out:
        out.write(f"{row('a')}\n".encode())
        for _ in range(200):
            out.write(b"x" * 1_000_000)
        out.write(f"\n{row('b')}\n".encode())
    found = [item for _, item in read_articles([tmp_path / "a.jsonl"])]
    assert [found[0].id, found[2].id] == ["a", "b"] and "line 2: has over 32,000,000 bytes" in str(found[1])


@pytest.mark.parametrize(
    "data", [b'[\n{"id": "a", "text": "He said no."}\n]', b'{\n  "id": "a",\n  "text": "He said no."\n}\n']
)
def test_json_over_several_lines_is_read_whatever_its_name(tmp_path, data):
    (tmp_path / "a.jsonl").write_bytes(data)
    assert read_article(tmp_path / "a.jsonl").id == "a"


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


def test_a_link_to_the_folder_above_brings_in_nothing(tmp_path):
    (tmp_path / "beside.txt").write_text(GOOD, encoding="utf8")
    there = tmp_path / "press"
    there.mkdir()
    (there / "talks.txt").write_text(GOOD, encoding="utf8")
    (there / "loop").symlink_to("..")
    found = [str(item) if isinstance(item, InputProblem) else item.id for _, item in read_articles([there])]
    assert found == [
        "talks",
        f"{there / 'loop'}: is a link to a folder that is read already, or that holds this one; take the link away",
    ]
