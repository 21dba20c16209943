"""Protects: the project's own annotated articles are true to their texts, and a wrong mark is reported."""

import re

import pytest

from helpers.accuracy.annotation import ROWS as FILES
from helpers.accuracy.annotation import annotated, annotated_articles
from helpers.errors import InputProblem
from helpers.folders import SEED, WORKSHOP
from helpers.tables.record import json_lines

ROWS = [row for folder in FILES for row in annotated_articles(WORKSHOP / folder)]
# turns, and posts set apart by a colon, are direct without marks
TRANSCRIPTS = (
    "briefing-transcript", "question-and-answer", "press-briefing-transcript", "live-blog", "congressional-hearing-report",
    "us-metro-daily", "briefing-alliance",
)  # fmt: skip
rows = pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])


@pytest.mark.parametrize("folder, path", FILES.items())
def test_the_stored_rows_are_those_of_the_marked_articles(folder, path):
    assert path.read_text(encoding="utf8") == json_lines(annotated_articles(WORKSHOP / folder)), (
        "run python -m helpers.accuracy.annotation"
    )


def test_no_article_is_in_two_folders():
    assert len({row["text"] for row in ROWS}) == len(ROWS) == len({row["id"] for row in ROWS})


def test_the_seed_is_marked_as_it_came():
    text = next(row["text"] for row in ROWS if row["id"] == SEED.stem)
    assert text == SEED.read_text(encoding="utf8").strip()


@rows
def test_no_mark_is_left_in_the_text(row):
    assert not re.search(r"[\[\]{}<>|=]", row["text"])


@rows
def test_every_place_is_true_and_whole_words(row):
    for quote in row["quotes"]:
        for what in ("speaker", "cue"):
            if (start := quote[f"{what}_start"]) is not None:
                assert row["text"][start : quote[f"{what}_end"]] == quote[f"{what}_text"]
        assert 0 <= quote["start"] < quote["end"] <= len(row["text"])
        content = row["text"][quote["start"] : quote["end"]]
        assert content == content.strip()
        around = row["text"][quote["start"] - 1 : quote["start"] + 1], row["text"][quote["end"] - 1 : quote["end"] + 1]
        assert not any(edge.isalnum() and len(edge) == 2 for edge in around), content


@rows
def test_statements_overlap_only_where_one_stands_inside_another(row):
    found = sorted(((q["start"], q["end"]) for q in row["quotes"]), key=lambda place: (place[0], -place[1]))
    for n, (start, end) in enumerate(found):
        assert all(b <= start or a >= end or start <= a < b <= end for a, b in found[n + 1 :]), row["text"][start:end]
    assert len(found) == len(set(found))


@rows
def test_sources_and_cues_stand_outside_their_own_content(row):
    for quote in row["quotes"]:
        for what in ("speaker", "cue"):
            if (start := quote[f"{what}_start"]) is not None:
                assert quote[f"{what}_end"] <= quote["start"] or start >= quote["end"], quote


@rows
def test_kinds_are_as_the_marks_say(row):
    """Content in marks is direct, content that holds marks is mixed. What a turn of a transcript says, is direct.

    A statement in pieces is of one kind: one piece may be all in marks where another is not.
    """
    pieces = {}
    for quote in row["quotes"]:
        piece = row["text"][quote["start"] : quote["end"]]
        pieces.setdefault((quote["attribution"], quote["kind"]), []).append(piece)
    for (_, kind), found in pieces.items():
        content = " … ".join(found)
        begins, ends = content[0] in "“\"‘«'", content.rstrip(",.?!")[-1] in "”\"’»'"
        if kind == "direct" and row["id"] not in TRANSCRIPTS:
            assert begins, content
        elif kind == "indirect":
            assert not begins and not ends, content
        elif kind == "mixed":
            retold = re.sub("“[^”]*”|\"[^\"]*\"|‘.*?’(?!\\w)|«[^»]*»|''.*?''", "", content)
            assert re.search("[“\"‘«]|''", content) and re.search(r"\w", retold), content


@pytest.mark.parametrize("written", ["source: a\n\n[1i|No.", "source: a\n\n[1|No.]"])
def test_a_wrong_mark_is_reported(written):
    with pytest.raises(InputProblem, match="talks"):
        annotated("talks", written)
