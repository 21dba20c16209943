"""Protects: what a file holds is told as it is (text, title, byline, dateline, date, furniture), whoever wrote it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from inputs import LONG

from helpers.errors import InputProblem
from helpers.text.article import reading_of, structure
from helpers.text.decode import decode
from helpers.text.files import read_article
from helpers.text.lines import LONGEST_PARAGRAPH

HEADS = json.loads((Path(__file__).parent / "cases/reading.json").read_text(encoding="utf8"))


@pytest.mark.parametrize("case", HEADS, ids=lambda case: case["label"])
def test_head(case):
    article = structure("a", "\n".join(case["text"]))
    assert " ".join(p.kind for p in article.paragraphs) == case["kinds"], [p.span.text for p in article.paragraphs]
    for field in ("title", "byline", "dateline", "date"):
        if field in case:
            assert getattr(article, field) == case[field]


@pytest.mark.parametrize("case", HEADS, ids=lambda case: case["label"])
@pytest.mark.parametrize("ending", ["\r\n", "\r", "\u2028"])
def test_line_ends_do_not_change_what_a_paragraph_is(case, ending):
    article = structure("a", ending.join(case["text"]))
    assert " ".join(p.kind for p in article.paragraphs) == case["kinds"]
    assert all(article.text[p.span.start : p.span.end] == p.span.text for p in article.paragraphs)


@pytest.mark.parametrize("case", [c for c in HEADS if "wrapped" not in c["label"]], ids=lambda case: case["label"])
def test_blank_lines_between_paragraphs_change_nothing(case):
    assert " ".join(p.kind for p in structure("a", "\n\n".join(case["text"])).paragraphs) == case["kinds"]


# --- encodings ---

QUOTED = "“Not yet,” Ms. Quist’s envoy said – in Ålesund… for €5.\nMr. Lind agreed."
ENCODINGS = {
    "utf-8": QUOTED.encode(),
    "utf-8-with-mark": QUOTED.encode("utf-8-sig"),
    "utf-16-with-mark-little": b"\xff\xfe" + QUOTED.encode("utf-16-le"),
    "utf-16-with-mark-big": b"\xfe\xff" + QUOTED.encode("utf-16-be"),
    "utf-16-little": QUOTED.encode("utf-16-le"),
    "utf-16-big": QUOTED.encode("utf-16-be"),
    "windows-1252": QUOTED.encode("cp1252"),
    "crlf": QUOTED.replace("\n", "\r\n").encode(),
    "cr": QUOTED.replace("\n", "\r").encode(),
    "windows-1252-crlf": QUOTED.replace("\n", "\r\n").encode("cp1252"),
    "utf-16-crlf": QUOTED.replace("\n", "\r\n").encode("utf-16"),
}


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_encoding_that_can_be_told(tmp_path, encoding):
    (tmp_path / "talks.txt").write_bytes(ENCODINGS[encoding])
    article = read_article(tmp_path / "talks.txt")
    assert article.text == QUOTED
    assert [p.span.text for p in article.body] == QUOTED.split("\n")


def test_mixed_line_ends():
    assert decode(b"one\r\ntwo\nthree\rfour\r\r\nfive", "a.txt") == "one\ntwo\nthree\nfour\n\nfive"


def test_one_broken_byte_does_not_spoil_the_rest():
    assert (
        decode("“No,” she said. “Yes,” he ".encode() + b"\xe2\x80 said.", "a.txt")
        == "“No,” she said. “Yes,” he \ufffd said."
    )


def test_plain_ascii_is_itself():
    assert decode(b"No, she said.", "a.txt") == "No, she said."


@pytest.mark.parametrize("data", [b"\x00\x01\x02" * 50, b"No\x00, she said, and no\x00 again.", bytes(range(256)) * 4])
def test_what_is_no_text_is_refused(data):
    with pytest.raises(InputProblem, match=r"a\.txt: is not a text file"):
        decode(data, "a.txt")


# --- very long paragraphs ---


def test_article_in_one_line_is_cut_after_sentences():
    text = "The minister said that the strait was open to ferries. " * 1000
    article = structure("a", text)
    assert len(article.paragraphs) > 5
    assert all(len(p.span.text) <= LONGEST_PARAGRAPH for p in article.paragraphs)
    assert all(p.span.text.startswith("The minister") and p.span.text.endswith("ferries.") for p in article.paragraphs)


def test_ordinary_paragraph_is_not_cut():
    text = "The minister said that the strait was open to ferries. " * 150
    assert len(structure("a", text).paragraphs) == 1


def test_title_of_the_input_wins_over_the_first_line():
    article = structure(
        "a", "Talks resume\nMs. Quist said no.", title="Ferries sail", date="2031-10-31", source="Harbour Post"
    )
    assert (article.title, article.date, article.source) == ("Ferries sail", "2031-10-31", "Harbour Post")
    assert [p.kind for p in article.paragraphs] == ["body", "body"]


@pytest.mark.parametrize("length", (25_250, 33_333, 50_500, 70_001))
def test_a_page_line_in_which_a_long_paragraph_is_parted_is_read(length):
    article = structure("a", LONG["wrapped"][:length])
    for paragraph in article.paragraphs:
        assert all(paragraph.span.contains(line) for line in paragraph.without)
        assert reading_of(paragraph).text in " ".join(LONG["wrapped"].split())
