"""Protects: what is read is the text's own words, put right, and every place of it is a place of the file."""

from __future__ import annotations

import json
import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from helpers.analyse import analyse
from helpers.parse import parse
from helpers.text.article import structure
from helpers.text.language import other_language
from helpers.text.lines import page_lines
from helpers.text.readable import readable, steps, untouched

CASES = json.loads((Path(__file__).parent / "cases/readable.json").read_text(encoding="utf8"))
SAME_EACH_TIME = {"derandomize": True, "deadline": None, "suppress_health_check": list(HealthCheck)}
ODD = [case["input"] for case in CASES]
ODD += "\u00ad\u200b\u2060\ufeff\u202e\u00a0\u3000\n\r\u2028\x85\x93′″´`«»‹›„“”‟＂ﬁÃÂâ€™\u0301\u0327&<>;-‑―éＡ𝗔5s "
ODD += "&amp; &lt; &nbsp; &#8217; &#0; &am p; <b> </p> <br/> <!-- --> '' `` -\n co-\nop".split(" ")
PIECES = st.sampled_from(ODD) | st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
TEXTS = st.lists(PIECES, max_size=25).map("".join)
EVERYTHING = settings(max_examples=300, **SAME_EACH_TIME)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_case(case, request):
    if case.get("fails"):
        request.applymarker(pytest.mark.xfail(strict=True))
    assert readable(case["input"]).text == case["readable"]


@EVERYTHING
@given(TEXTS)
def test_every_place_is_one_of_the_text(text):
    reading = readable(text)
    assert len(reading.text) == len(reading.starts) == len(reading.ends)
    places = list(zip(reading.starts, reading.ends, strict=True))
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert all(a[0] <= b[0] and a[1] <= b[1] for a, b in pairwise(places))
    for i, char in enumerate(reading.text):  # what was not changed is itself
        start, end = places[i]
        changed = any(fix.start < end and start < fix.end for fix in reading.plan)
        assert changed or text[start:end] == char


@EVERYTHING
@given(TEXTS, st.data())
def test_places_lead_there_and_back(text, data):
    reading = readable(text)
    start = data.draw(st.integers(0, len(reading.text)))
    end = data.draw(st.integers(start, len(reading.text)))
    first, last = reading.original(start, end)
    assert 0 <= first <= last <= len(text)
    if start < end:
        again = reading.within(first, last)
        assert again[0] <= start and end <= again[1]
        assert reading.original(*again) == (first, last)


@EVERYTHING
@given(TEXTS)
def test_what_was_read_is_read_as_itself(text):
    once = readable(text).text
    assert readable(once).text == once
    assert not readable(once).plan


@EVERYTHING
@given(TEXTS)
def test_a_text_without_anything_odd_is_itself(text):
    if untouched(text):
        assert all(not step.changes(text) for step in steps())
        assert readable(text).text == text
        assert list(readable(text).starts) == list(range(len(text)))


CHANGES_LETTERS = {"wrong decoding", "entities", "tags"}


def letters(text):
    return [char for char in unicodedata.normalize("NFKC", text) if char.isalnum() and char != "ʼ"]


@EVERYTHING
@given(TEXTS)
@example("a\u0301ﬁ２")
def test_no_letter_or_digit_is_lost(text):
    for step in steps():
        if step.name not in CHANGES_LETTERS:
            lost = [text[start:end] for start, end, _ in step.changes(text)]
            assert letters("\0".join(lost)) == letters("\0".join(new for _, _, new in step.changes(text)))


@EVERYTHING
@given(TEXTS)
def test_tags_lose_only_tags(text):
    tags = next(step for step in steps() if step.name == "tags")
    assert all(text[start] == "<" and text[end - 1] == ">" for start, end, _ in tags.changes(text))


STORY = """Norvia’s “no” stays, minister says

Defence Minister José Álvarez said on Monday that the first ship would sail. “We will sign the policy,” Álvarez said.

Elin Quist, his counterpart, warned that “cooperation is final” and that the governments were ready."""
AWKWARD = {
    "decomposed": lambda text: unicodedata.normalize("NFD", text),
    "soft-hyphens": lambda text: text.replace("policy", "pol\u00adicy").replace("operation", "oper\u00ada\u00adtion"),
    "full-width": lambda text: "".join(chr(ord(c) + 0xFEE0) if c.isascii() and c.isalnum() else c for c in text),
    "ligatures": lambda text: text.replace("fi", "ﬁ"),
    "zero-width": lambda text: text.replace(" ", " \u200b").replace("\n\n", "\ufeff\n\n"),
    "odd-spaces": lambda text: text.replace(" ", "\u00a0"),
    "entities": lambda text: text.replace("“", "&ldquo;").replace("”", "&#8221;").replace("’", "&rsquo;"),
    "guillemets": lambda text: text.replace("“", "«\u00a0").replace("”", "\u00a0»"),
    "wrong-decoding": lambda text: "".join(
        c if c.isascii() else "".join(bytes([b]).decode("cp1252", "ignore") or chr(b) for b in c.encode()) for c in text
    ),
    "tags": lambda text: "\n".join(
        f"<p>{line}</p>" for line in text.replace("Quist", "<b>Quist</b>").split("\n") if line
    ),
    "tags-in-one-line": lambda text: "".join(f"<p class=x>{line}</p>" for line in text.split("\n") if line),
    "hyphens-at-line-ends": lambda text: text.replace("ship would sail. ", "ship would\nsail. ").replace(
        "counterpart", "counter-\npart").replace("governments", "govern-\nments"),
}  # fmt: skip


def told(analysis):
    """Each statement as it is read: its words, source, speakers, kind, themes, and tone without the places of its reasons."""
    paragraphs = parse(analysis.article).by_number
    read = [
        (s, paragraphs[s.paragraph].words(*s.segments), paragraphs[s.paragraph].words(s.source))
        for s in analysis.statements
    ]
    return [
        (words, source, s.kind, [p.name for p in s.speakers], [t.theme for t in s.themes], s.sentiment.probabilities)
        for s, words, source in read
    ]


@pytest.mark.parametrize("name", AWKWARD)
def test_an_awkward_copy_says_what_the_clean_one_says(name):
    clean, copy = analyse(structure("a", STORY)), analyse(structure("a", AWKWARD[name](STORY)))
    assert clean.statements
    assert told(copy) == told(clean)
    assert [(e.name, e.type) for e in copy.entities] == [(e.name, e.type) for e in clean.entities]
    spans = [s for statement in copy.statements for s in (*statement.segments, *filter(None, [statement.source]))]
    assert all(copy.article.text[s.start : s.end] == s.text == s.text.strip() for s in spans)


def test_full_width_text_is_english():
    assert other_language(AWKWARD["full-width"](STORY)) is None


# --- pages ---

PAGES = """Norvia reopens strait

The defence ministers of Norvia and of Ostrava, Elin Quist and Bo Lind, agreed on Friday to re-
open the northern strait after ten years, and Quist said on the quay that the coopera-
Harbour Post                         Page 1
\f
Harbour Post, Friday edition
tion of both governments would last. She thanked the fishermen who had waited for so long for
this day.
Harbour Post                         Page 2
\f
Harbour Post, Friday edition
“We are ready,” Lind said.
"""
WITHOUT_PAGES = """Norvia reopens strait

The defence ministers of Norvia and of Ostrava, Elin Quist and Bo Lind, agreed on Friday to reopen the northern strait \
after ten years, and Quist said on the quay that the cooperation of both governments would last. She thanked the \
fishermen who had waited for so long for this day.

“We are ready,” Lind said.
"""


def test_pages_of_a_copy():
    article = structure("a", PAGES)
    assert sorted({line.text.split()[-1] for line in page_lines(PAGES)}) == ["1", "2", "edition"]
    body = [p for p in parse(article).paragraphs if p.paragraph.kind == "body"]
    assert "the cooperation of both governments would last. She thanked" in body[0].text
    assert "Post" not in " ".join(p.text for p in body)
    copy, clean = analyse(article), analyse(structure("a", WITHOUT_PAGES))
    assert told(copy) == told(clean)
    assert [found.speakers[0].name for found in copy.statements[1:]] == ["Elin Quist", "Elin Quist", "Bo Lind"]
    assert all(PAGES[s.start : s.end] == s.text for found in copy.statements for s in found.segments)


REFRAINS = {
    "answers": "“No.”\n“When?”\n“No.”",
    "speakers": "ROE\nWe came to talk.\nLIND\nSo did we.\nROE\nGood.",
    "headings": "Chapter 1\nIt began.\nChapter 2\nIt ended.",
    "title": "Norvia reopens strait\nIt is open.\nNorvia reopens strait",
}


@pytest.mark.parametrize("name", REFRAINS)
def test_what_returns_in_an_article_is_no_page_line(name):
    assert not page_lines("A title\n" + REFRAINS[name])
