"""Protects: every kind of file gives its articles, with text, title, date, author and outlet, and nothing reaches out."""

from __future__ import annotations

import io
import json
import os
import socket
import subprocess
import sys
import textwrap
from types import SimpleNamespace

import pytest
from inputs import GOOD, ROOT, row
from made_files import (
    BODY,
    FIRST,
    HEAD,
    SECOND,
    TEXT,
    THIRD,
    TITLE,
    columns,
    docx,
    factiva_html,
    factiva_lines,
    factiva_xml,
    jsonl,
    lexis,
    mail,
    mhtml,
    nexis,
    page,
    parquet,
    pdf,
    xlsx,
    zipped,
)

from helpers.errors import InputProblem
from helpers.records import Article
from helpers.text.files import READERS, read_article, read_articles

PROSE = "\n".join(BODY)
KNOWN = {"title": TITLE, "date": "2031-10-03", "source": "Harbour Post", "byline": "Ada Roe"}
FIELDS = {
    "title": TITLE,
    "date": "2031-10-03",
    "source": "Harbour Post",
    "author": "Ada Roe",
    "url": "https://post.example/strait",
}
ROW = {**FIELDS, "text": PROSE}
TOLD = {**KNOWN, "url": "https://post.example/strait", "date_source": "field"}
OTHER = (
    "Ferries sail",
    "Harbour Post",
    "October 4, 2031",
    "Bo Hill",
    ("Mr. Lind said that the first ferries had sailed to Ostmark.",),
)
EXPORT = ((TITLE, "Harbour Post", "October 3, 2031", "Ada Roe", BODY), OTHER)
MADE = b"{\\rtf1\\ansi\\ansicpg1252 {\\b Norvia reopens the strait}\\par "
LEFT = textwrap.wrap(f"{FIRST} The intergovern- mental talks went on. {FIRST}".replace("- m", "-\nm"), 36)


def csv_of(rows, delimiter=",", encoding="utf8"):
    import csv

    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerows([rows[0].keys(), *(r.values() for r in rows)])
    return out.getvalue().encode(encoding)


# name of the case: name of the file, its bytes, what its article is told to be
ONE = {
    "txt": ("a.txt", TEXT.encode(), {"text": TEXT, "title": TITLE}),
    "markdown": (
        "a.md",
        f"# {TITLE}\n\nBy *Ada Roe*\n\n**{FIRST}**\n\n> {SECOND}\n\n- {THIRD}".encode(),
        {"title": TITLE, "byline": "By Ada Roe"},
    ),
    "markdown, clipped": (
        "a.md",
        f'---\ntitle: "{TITLE}"\nsource: Harbour Post\nauthor:\n  - "[[Ada Roe]]"\npublished: 2031-10-03\n---\n{PROSE}'.encode(),
        {**KNOWN, "text": PROSE},
    ),
    "page": ("a.html", page(head=HEAD).encode(), {**TOLD, "text": TEXT, "date_source": "page"}),
    "page, bare": (
        "a.htm",
        b"<p>Ms. Roe said no.<p>Mr. Lind said yes.",
        {"text": "Ms. Roe said no.\nMr. Lind said yes."},
    ),
    "page in another encoding": ("a.html", page().replace("utf-8", "windows-1252").encode("cp1252"), {"text": TEXT}),
    "page in UTF-16": ("a.html", page().encode("utf-16"), {"text": TEXT}),
    "page that lies about its encoding": ("a.html", page().encode("cp1252"), {"text": TEXT}),
    "page with a saved address": (
        "a.html",
        b"<!-- saved from url=(0027)https://post.example/strait -->" + page().encode(),
        {"url": "https://post.example/strait"},
    ),
    "page in a frame of tables": (
        "a.html",
        f"<table><tr><td><a href=/>Home</a></td><td>{''.join(f'<p>{p}</p>' for p in BODY)}</td></tr></table>".encode(),
        {"text": PROSE},
    ),
    "page in one file": ("a.mhtml", mhtml(page(head=HEAD)), {**TOLD, "text": TEXT, "date_source": "page"}),
    "book": (
        "a.epub",
        zipped({"nav.xhtml": "<nav><a href=x>One</a></nav>", "c1.xhtml": page()}),
        {"text": TEXT, "id": "a-1"},
    ),
    "mail": ("a.eml", mail(), {"title": TITLE, "date": "2031-10-03", "byline": "Ada Roe"}),
    "mail as a page": (
        "a.eml",
        mail(page="".join(f"<p>{p}</p>" for p in BODY)),
        {"title": TITLE, "text": f"{TITLE}\n{PROSE}"},
    ),
    "word": ("a.docx", docx(*BODY, title=TITLE), {"text": TEXT, "title": TITLE}),
    "word, plain": (
        "a.docx",
        docx(TITLE, "By Ada Roe", "3 October 2031", *BODY),
        {"title": TITLE, "date": "2031-10-03", "date_source": "text"},
    ),
    "rtf": (
        "a.rtf",
        MADE + FIRST.encode() + b"\\par \\ldblquote No,\\rdblquote  she said.}",
        {"text": f"{TITLE}\n{FIRST}\n“No,” she said."},
    ),
    "csv": ("a.csv", csv_of([ROW]), {**TOLD, "text": PROSE, "id": "a-2"}),
    "csv with semicolons, by Excel": ("a.csv", b"\xef\xbb\xbf" + csv_of([ROW], ";"), TOLD),
    "csv in Windows-1252": ("a.csv", csv_of([ROW], encoding="cp1252"), TOLD),
    "csv in UTF-16": ("a.csv", csv_of([ROW], "\t", "utf-16"), TOLD),
    "tsv": ("a.tsv", csv_of([ROW], "\t"), TOLD),
    **{
        f"columns with {language} names": (
            "a.csv",
            csv_of([dict(zip(names, (TITLE, "2031-10-03", "Harbour Post", "Ada Roe", PROSE), strict=True))], ";"),
            {**KNOWN, "text": PROSE},
        )
        for language, names in {
            "German": ("Überschrift", "Erschienen am", "Zeitung", "Autorin", "Volltext"),
            "French": ("Titre", "Date de parution", "Journal", "Auteur", "Texte intégral"),
            "Spanish": ("Título", "Fecha", "Fuente", "Autor", "Texto"),
            "Portuguese": ("Título", "Data", "Veículo", "Autora", "Conteúdo"),
        }.items()
    },
    "columns with other names": (
        "a.csv",
        csv_of(
            [
                {
                    "Headline": TITLE,
                    "Publication Date": "Oct 3, 2031",
                    "Publication": "Harbour Post",
                    "Authors": "Ada Roe",
                    "Full Text": PROSE,
                }
            ]
        ),
        {**KNOWN, "text": PROSE},
    ),
    "spreadsheet": ("a.xlsx", xlsx(list(ROW), list(ROW.values())), TOLD),
    "parquet": ("a.parquet", parquet([{**ROW, "more": 1.5}]), TOLD),
    "jsonl": ("a.jsonl", jsonl(ROW), {**TOLD, "id": "a-1"}),
    "json": ("a.json", json.dumps([ROW], indent=1).encode(), TOLD),
    "json of a service": (
        "a.json",
        json.dumps({"status": "ok", "articles": [{**ROW, "source": {"id": None, "name": "Harbour Post"}}]}).encode(),
        {**TOLD, "id": "a-1"},
    ),
    "nulls": (
        "a.jsonl",
        b'{"id": 7, "title": null, "date": null, "author": "", "body": "Ms. Roe said no."}',
        {"id": "7", "title": None, "date": None},
    ),
    "html in a column": (
        "a.jsonl",
        jsonl({"text": f"<p>{FIRST}</p><p>{SECOND}<br/>Yes.</p>"}),
        {"text": f"<p>{FIRST}</p><p>{SECOND}<br/>Yes.</p>"},
    ),
    "a page in a column": (
        "a.jsonl",
        jsonl({"text": f"<div><script>x()</script><p>{FIRST}</p><p>{SECOND}</p></div>"}),
        {"text": f"{FIRST}\n{SECOND}"},
    ),
}


@pytest.mark.parametrize("case", ONE)
def test_article_of_a_file(tmp_path, case):
    name, data, told = ONE[case]
    (tmp_path / name).write_bytes(data)
    article = read_article(tmp_path / name)
    assert {field: getattr(article, field) for field in told} == told
    assert "Home" not in article.text and "Ten facts" not in article.text
    assert article.notices == () or case == "a page in a column"


def test_every_kind_of_file_has_a_case():
    tried = {name[name.rindex(".") :] for name, *_ in ONE.values()}
    alike = {".text", ".markdown", ".xhtml", ".mht", ".tab", ".xlsm", ".ndjson", ".xml", ".pdf"}
    assert tried | alike == set(READERS)


MANY = {
    "nexis uni, word": ("a.docx", docx(*nexis(*EXPORT))),
    "nexis uni, text": ("a.txt", "\n".join(nexis(*EXPORT)).encode()),
    "lexisnexis": ("a.txt", lexis(*EXPORT).encode("utf-8-sig")),
    "factiva, page": ("a.html", factiva_html(*EXPORT).encode()),
    "factiva, rtf": (
        "a.rtf",
        b"{\\rtf1 "
        + "\n".join(f"{line}\\par" for line in factiva_lines(*EXPORT))
        .replace("“", "\\'93")
        .replace("”", "\\'94")
        .encode()
        + b"}",
    ),
    "factiva, lines": ("a.txt", "\n".join(factiva_lines(*EXPORT)).encode()),
    "factiva, xml": ("a.xml", factiva_xml(*EXPORT).encode()),
}


@pytest.mark.parametrize("case", MANY)
def test_export_of_a_news_database_is_split(tmp_path, case):
    name, data = MANY[case]
    (tmp_path / name).write_bytes(data)
    found = dict(read_articles([tmp_path / name]))
    first, second = found.values()
    assert {field: getattr(first, field) for field in KNOWN} == KNOWN
    assert (first.text, first.date_source) == (TEXT, "field")
    assert (second.title, second.byline, second.text) == (
        "Ferries sail",
        "Bo Hill",
        "\n".join(("Ferries sail", *OTHER[-1])),
    )
    assert [read_article(where).text for where in found] == [first.text, second.text]


# --- PDF ---


def lines(*words, left=72, top=700, size=10, step=12):
    return [(left, top - step * n, size, line) for n, line in enumerate(words)]


WRAPPED = [line for words in BODY for line in textwrap.wrap(words, 60)]


def test_pdf_gives_paragraphs_with_divided_words_made_whole(tmp_path):
    body = [
        "The intergovernmental talks on a long-term plan, which cooper-",
        "ation had made possible, would go on, said Elin Quist.",
        "   He did.",
    ]
    (tmp_path / "a.pdf").write_bytes(pdf([(72, 740, 20, TITLE), *lines("By Ada Roe", top=715), *lines(*body, top=690)]))
    article = read_article(tmp_path / "a.pdf")
    assert (article.title, article.byline) == (TITLE, "By Ada Roe")
    assert article.body[1].span.text.startswith(
        "The intergovernmental talks on a long-term plan, which cooperation had made possible"
    )


def test_pdf_in_columns_without_heads_and_numbers_of_pages(tmp_path):
    left = [f"Line {n} of the left column stands here" for n in range(40)]
    right = [f"line {n} of the right column stands here" for n in range(40)]
    pages = [columns(left, right, number=n, title=f"Part {'one two three'.split()[n - 1]} of talks") for n in (1, 2, 3)]
    (tmp_path / "a.pdf").write_bytes(pdf(*pages))
    text = read_article(tmp_path / "a.pdf").text
    assert "Harbour Post" not in text and text.count("column stands here") == 240
    assert (
        text.index("Line 39 of the left")
        < text.index("line 0 of the right")
        < text.index("Part two")
        < text.rindex("Line 0 of the left")
    )
    assert not any(line.strip().isdigit() for line in text.split("\n"))


def test_pdf_tells_when_it_was_made_only_where_its_text_has_no_date(tmp_path):
    (tmp_path / "a.pdf").write_bytes(pdf(lines(*WRAPPED), created="20311005120000Z"))
    article = read_article(tmp_path / "a.pdf")
    assert (article.date, article.date_source) == ("2031-10-05", "properties")


# --- folders, archives, patterns, standard input ---

FOLDER = {
    "a.html": page(head=HEAD).encode(),
    "a_files/ad.html": b"<p>Buy a ferry, they said, and they said it again.",
    "a_files/x.js": b"x",
    "b/c.txt": TEXT.encode(),
    "b/map.png": b"png",
    "b/~$c.docx": b"lock",
    "b/table.csv": csv_of([{**ROW, "id": "r1"}]),
}


def put(folder, files):
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


def test_folder_passes_over_what_is_no_article_and_says_so(tmp_path):
    put(tmp_path, FOLDER)
    told = []
    assert [item.id for _, item in read_articles([tmp_path], told.append)] == ["a", "c", "r1"]
    assert told == [f"{tmp_path}: passed over 1 file of another kind (.png)"]


def test_archive_is_read_like_a_folder(tmp_path):
    put(tmp_path, {"a.zip": zipped({**FOLDER, "__MACOSX/b/._c.txt": b"x"})})
    found = dict(read_articles([tmp_path / "a.zip"]))
    assert [item.id for item in found.values()] == ["a", "c", "r1"]
    assert [where.partition("#")[2] for where in found] == ["a.html", "b/c.txt", "b/table.csv#r1"]
    assert [read_article(where).id for where in found] == ["a", "c", "r1"]


def test_pattern(tmp_path):
    put(tmp_path, FOLDER)
    assert [item.id for _, item in read_articles([f"{tmp_path}/**/*.[ct][sx][vt]"])] == ["c", "r1"]


@pytest.mark.parametrize(
    ("data", "ids"),
    [(TEXT, ["stdin"]), (f"{row('x')}\n{row('y')}", ["x", "y"]), ('{"text": "Ms. Roe said no."}', ["stdin-1"])],
)
def test_standard_input(monkeypatch, data, ids):
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(data.encode())))
    assert [item.id for _, item in read_articles(["-"])] == ids


def test_articles_of_two_files_with_one_id_are_both_read(tmp_path):
    put(
        tmp_path,
        {
            "x/1.txt": TEXT.encode(),
            "y/1.txt": GOOD.encode(),
            "y/t.jsonl": jsonl({"id": 1, "text": GOOD}, {"id": 2, "text": GOOD}),
        },
    )
    found = dict(read_articles([tmp_path]))
    assert [item.id for item in found.values()] == ["1", "y/1", "t/1", "2"]
    assert [read_article(where).text for where in found] == [TEXT, GOOD, GOOD, GOOD]
    assert [read_article(where).id for where in found] == ["1", "y/1", "t/1", "2"]


def test_archive_tells_apart_what_has_one_id(tmp_path):
    table = csv_of([{"id": 1, "text": GOOD}])
    put(tmp_path, {"a.zip": zipped({"x/1.txt": TEXT, "y/1.txt": GOOD, "y/t.csv": table})})
    found = dict(read_articles([tmp_path / "a.zip"]))
    assert [item.id for item in found.values()] == ["1", "y/1", "t/1"]
    assert [(read_article(where).id, read_article(where).text) for where in found] == [
        ("1", TEXT),
        ("y/1", GOOD),
        ("t/1", GOOD),
    ]


def test_page_in_a_cell_of_many_lines(tmp_path):
    put(tmp_path, {"a.csv": csv_of([{"id": 1, "text": f"\n<html>\n\x07\n<p>{FIRST}</p>\n<p>{SECOND}</p></html>"}])})
    assert read_article(tmp_path / "a.csv").text.endswith(f"{FIRST}\n{SECOND}")


# --- dates ---

DATES = {
    "2031-10-03T08:00:00Z": "2031-10-03",
    "20311003": "2031-10-03",
    "Fri, 03 Oct 2031 08:00:00 GMT": "2031-10-03",
    "25/10/2031": "2031-10-25",
    "3/4/2031": None,
    "autumn": None,
    "": None,
    "0000-00-00": None,
}


@pytest.mark.parametrize("written", DATES)
def test_date_of_a_row(tmp_path, written):
    put(tmp_path, {"a.jsonl": jsonl({"text": GOOD, "date": written})})
    article = read_article(tmp_path / "a.jsonl")
    assert article.date == DATES[written]
    assert bool(article.notices) == (written in ("3/4/2031", "autumn"))


def test_one_date_of_a_column_tells_how_to_read_the_others(tmp_path):
    put(tmp_path, {"a.csv": csv_of([{"text": GOOD, "date": d} for d in ("3/4/2031", "4/25/2031")])})
    assert [item.date for _, item in read_articles([tmp_path / "a.csv"])] == ["2031-03-04", "2031-04-25"]


# --- odd, but readable ---

ODD = {
    "control characters": ("a.txt", TEXT.replace("ferries", "fer\x07ries").encode(), "not read: 1 control character"),
    "a null": ("a.txt", TEXT.encode() + b"\0" + FIRST.encode(), "not read: 1 control character"),
    "broken bytes": (
        "a.txt",
        TEXT.replace("“", "”“").encode() + b"\xe2\x80",
        "1 broken character, for which \ufffd stands",
    ),
    "half a character": ("a.jsonl", b'{"text": "Ms. Roe said no\\ud800 twice."}', "1 broken character"),
    "two encodings": (
        "a.txt",
        SECOND.encode() + b"\n" + SECOND.encode("cp1252"),
        "read as Windows-1252, among others in UTF-8: 1 line",
    ),
    "a mail with an attachment": ("a.eml", mail(attached=True), "not read: 1 attachment (note.pdf)"),
}


@pytest.mark.parametrize("case", ODD)
def test_odd_file_is_read_with_a_notice(tmp_path, case):
    name, data, notice = ODD[case]
    (tmp_path / name).write_bytes(data)
    article = read_article(tmp_path / name)
    assert any(notice in told for told in article.notices), article.notices
    assert "Roe" in article.text or "Quist" in article.text or "reporters in Lindholm" in article.text


def test_one_line_of_three_megabytes_is_read(tmp_path):
    (tmp_path / "a.txt").write_text(f"{FIRST} " * 35_000, encoding="utf8")
    assert len(read_article(tmp_path / "a.txt").text) > 3_000_000


# --- nothing reaches out, and a .txt pays for nothing ---


def test_nothing_goes_to_the_network_or_to_the_disk(tmp_path, monkeypatch):
    monkeypatch.setattr(socket, "socket", lambda *_, **__: pytest.fail("asked for the network"))
    home = tmp_path / "home"
    home.mkdir()
    for name in ("HOME", "XDG_CACHE_HOME", "TMPDIR"):
        monkeypatch.setenv(name, str(home))
    for number, (name, data, _) in enumerate(ONE.values()):
        put(tmp_path, {f"{number}/{name}": data})
        before = sorted(os.listdir(tmp_path / str(number)))
        assert read_article(tmp_path / str(number) / name)
        assert sorted(os.listdir(tmp_path / str(number))) == before
    assert list(home.iterdir()) == []


def test_text_file_loads_no_library(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf8")
    code = "import sys; from helpers import read_article; read_article(sys.argv[1]); print({'lxml', 'trafilatura', 'docx', "
    code += "'openpyxl', 'pyarrow', 'pypdfium2', 'striprtf', 'email', 'zipfile', 'csv'} & set(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code, tmp_path / "a.txt"], cwd=ROOT, capture_output=True, encoding="utf8"
    )
    assert not {"lxml", "trafilatura", "docx", "openpyxl", "pyarrow", "pypdfium2", "striprtf"} & set(
        eval(done.stdout)
    ), done.stderr


def test_problem_and_article_keep_their_order(tmp_path):
    put(tmp_path, {"a.txt": TEXT.encode(), "b.pdf": b"%PDF-1.7 cut", "c.txt": TEXT.encode()})
    assert [type(item) for _, item in read_articles([tmp_path])] == [Article, InputProblem, Article]
