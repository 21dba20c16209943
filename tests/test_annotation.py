"""Protects: the project's own annotated articles are true to their texts, and a wrong mark is reported."""

import re

import pytest

from helpers.annotation import annotated, annotated_articles
from helpers.commands.workshop import GOLD, gold_lines
from helpers.errors import InputProblem
from helpers.folders import SEED, WORKSHOP

ROWS = annotated_articles(WORKSHOP / "annotated")
TRANSCRIPTS = ("briefing-transcript", "question-and-answer")  # turns are direct without marks
rows = pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])


def test_the_stored_rows_are_those_of_the_marked_articles():
    assert GOLD.read_text(encoding="utf8") == gold_lines(WORKSHOP / "annotated"), (
        "run python -m helpers.commands.workshop"
    )


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
    """Content in marks is direct, content that holds marks is mixed. What a turn of a transcript says, is direct."""
    for quote in row["quotes"]:
        content = row["text"][quote["start"] : quote["end"]]
        begins, ends = content[0] in "“\"‘«'", content.rstrip(",.?!")[-1] in "”\"’»'"
        if quote["kind"] == "direct" and row["id"] not in TRANSCRIPTS:
            assert begins, content
        elif quote["kind"] == "indirect":
            assert not begins and not ends, content
        elif quote["kind"] == "mixed":
            assert re.search("[“\"‘«]|''", content) and not (begins and ends), content


@pytest.mark.parametrize("written", ["source: a\n\n[1i|No.", "source: a\n\n[1|No.]"])
def test_a_wrong_mark_is_reported(written):
    with pytest.raises(InputProblem, match="talks"):
        annotated("talks", written)
