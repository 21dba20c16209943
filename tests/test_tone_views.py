"""Protects: what notebook 04 shows of a stance is the article's text, its words and their weights, and nothing else."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from fictional import ATTACK, make_analysis, make_empty, make_hostile

from helpers.records import Reason, Span, Stance
from helpers.views.statements import heard
from helpers.views.tone import (
    AGAINST,
    FOR,
    around,
    by_official,
    coloured,
    deciding,
    stances_judged,
    stances_listed,
    targets_marked,
)

TEXT = "“The treaty is a success, the blockade is a crime,” Minister Ada Roe said."


@pytest.fixture(scope="module")
def mini():
    return heard(TEXT)


def test_two_targets_of_opposite_stance_stand_beside_one_score_of_the_word_list(mini):
    table = stances_listed(mini).set_index("target")
    assert table["stance"].to_dict() == {"treaty": "positive", "blockade": "negative"}
    assert table["vader"].nunique() == 1


def test_holder_and_target_turn_with_the_names():
    table = stances_listed(heard("Ada Roe praised Bo Lind. Bo Lind condemned Ada Roe."))
    assert table[["speakers", "target", "stance"]].values.tolist() == [
        ["Ada Roe", "Bo Lind", "positive"],
        ["Bo Lind", "Ada Roe", "negative"],
    ]


def test_without_its_marks_the_coloured_text_is_the_articles(mini):
    for statement in mini.statements:
        for stance in statement.stances:
            text = coloured(TEXT, statement, stance).plain.partition("\n")[0]
            assert re.sub(r"\[([^=\]]+) = [^\]]+\]", r"\1", " ".join(text.split())) in TEXT


def test_words_for_a_target_are_blue_and_words_against_it_orange(mini):
    html = deciding(mini, "treaty").html
    colours = dict(re.findall(r"background-color:(#\w+)[^>]*>(\w+)&nbsp;", html)[::-1])
    assert {FOR: "success", AGAINST: "crime"}.items() <= colours.items()


def test_a_word_inside_the_target_keeps_its_weight():
    analysis = make_analysis()
    target = analysis.statements[0].segments[0]
    word = Span(target.start + 4, target.start + 8, target.text[4:8])
    stance = Stance(target, "positive", 0.9, (0.0, 0.1, 0.9), reasons=(Reason(word, 1.5, "word"),))
    plain = coloured(analysis.article.text, analysis.statements[0], stance).plain
    assert f"[{word.text} = +1.50]" in plain and plain.count("= target]") >= 2


def test_what_is_unsure_is_counted_apart_and_marked_so():
    analysis = make_analysis()
    first, *rest = analysis.statements
    unsure = Stance(first.segments[0], "positive", 0.1, (0.3, 0.3, 0.4), sure=False)
    changed = replace(analysis, statements=(replace(first, stances=(unsure,)), *rest))
    counts = by_official(changed).set_index("official").loc["Elin Sørby"]
    assert counts["unsure"] == 1 and counts["positive"] == 0
    assert f"[{first.segments[0].text} = unsure]" in " ".join(targets_marked(changed).plain.split())
    assert stances_listed(changed)["stance"].iloc[0] == "unsure, rather positive"


@pytest.mark.parametrize("text", ["Nothing was said of it.", "", "The harbour was closed."])
def test_a_text_without_stances_has_empty_cells_and_no_error(text):
    row = stances_judged([(text, "it", "neutral")]).iloc[0]
    assert row[["stance", "tone", "words"]].isna().all()
    assert deciding(make_empty(text)).plain == "No such target."
    assert by_official(make_empty(text)).empty


def test_nothing_of_a_hostile_article_is_markup():
    html = deciding(make_hostile(), most=9).html
    assert ATTACK not in html and "<img" not in html and "<script" not in html


@pytest.mark.parametrize(
    ("marks", "left"),
    [([], [(0, 9)]), ([(0, 9, "x")], []), ([(0, 4, "x")], [(5, 9)]), ([(5, 6, "x")], [(0, 4), (7, 9)])],
)
def test_what_marks_leave_of_a_target_has_no_spaces_at_its_edges(marks, left):
    assert around(0, 9, marks, "free & up") == left
