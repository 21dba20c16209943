"""Protects: what notebook 08 says of our mistakes is true, safe to show, and as fresh as the program."""

import json
import os
from pathlib import Path

import pandas as pd
import pytest

from helpers.accuracy.annotation import annotated
from helpers.accuracy.judge import judged, reliability
from helpers.accuracy.stored import figures, stored_figures
from helpers.analyse import analyse
from helpers.drawing.accuracy import HUMAN, OURS, reliability_chart, systems_chart
from helpers.reporting.rules import RULES
from helpers.text.article import structure
from helpers.views.accuracy import (
    beside_others,
    by_article,
    by_confidence,
    by_form,
    by_rule,
    in_text,
    measured,
    mistaken_speakers,
    peers,
    verdicts,
    worst,
)

GOLD = os.environ.get("GOLD")
TEXT = "Foreign Minister Ada Roe said that talks had failed. Defence Minister Bo Lind warned of a cold winter."


def row(written, name="talks"):
    return annotated(name, f"source: x\n\n{written}")


def verdict_on(written):
    return [(j.verdict, j.reason) for j in judged([row(written)])]


# --- statement by statement ---


def test_a_statement_that_is_right():
    found = verdict_on("Foreign Minister {1|Ada Roe} <1|said> that [1i|talks had failed].")
    assert found == [("right", "")]


def test_a_speaker_that_is_wrong_and_one_that_is_not_named():
    wrong = verdict_on("Foreign Minister {1|Ada Roe=Bo Lind} <1|said> that [1i|talks had failed].")
    missing = verdict_on("{1|A senior official=Ada Roe} <1|said> that [1i|talks had failed].")
    assert wrong == [("another speaker", "“Foreign Minister Ada Roe” was tied to the wrong name (rule: full name).")]
    assert missing == [("nobody named", "The source, “A senior official”, could not be tied to a name.")]


def test_a_statement_that_nobody_marked_tells_how_sure_the_program_was():
    [(verdict, reason)] = verdict_on("Foreign Minister Ada Roe said that talks had failed.")
    assert verdict == "not marked"
    assert " % sure" in reason


def test_an_attitude_is_neither_wrong_nor_right():
    assert verdict_on("Foreign Minister {1|Ada Roe} <1|said> that [1i~|talks had failed].") == []


@pytest.mark.parametrize(
    "written, reason",
    [
        ("[1d=Ada Roe|Talks had failed and the sea was cold.]", "No reporting word stands beside it."),
        ("{1|Ada Roe} <1|hummed> [1i|a song of the old coast].", "“hummed” was not taken for a reporting word."),
    ],
)
def test_why_a_statement_was_missed(written, reason):
    assert verdict_on(written) == [("missed", reason)]


BORDERS = {
    "too long": "Foreign Minister {1|Ada Roe} <1|said> that talks with the four coastal states had [1i|failed].",
    "too short": "[1i|Foreign Minister {1|Ada Roe} <1|said> that talks with the four coastal states had failed].",
}


@pytest.mark.parametrize("verdict", BORDERS)
def test_borders_that_are_far_too_wide_or_too_narrow(verdict):
    assert [found for found, _ in verdict_on(BORDERS[verdict])] == [verdict]


def test_reliability_by_tenths():
    said = [(0.35, False), (0.1, False), (0.82, True), (0.89, True), (1.0, True)]
    assert reliability(said) == [
        {"from": 0.3, "statements": 2, "sure": 0.22, "right": 0.0},
        {"from": 0.8, "statements": 2, "sure": 0.85, "right": 1.0},
        {"from": 0.9, "statements": 1, "sure": 1.0, "right": 1.0},
    ]


# --- confidence ---


def test_every_statement_has_a_confidence_below_certainty():
    text = f"{TEXT} “We tried everything,” said Bo Lind.\n“And it was in vain.”\n“Nobody asked us before.” — Ada Roe"
    found = [statement.confidence for statement in analyse(structure("a", text)).statements]
    assert len(found) > 3
    assert all(0 < sure <= 1 and round(sure, 2) == sure for sure in found)
    assert min(found) < 1


# --- what is shown ---


@pytest.fixture(scope="module")
def judgements():
    strange = row("{1|Ada Roe} <1|hummed> [1d|“‹script›alert(1)‹/script›”].", "a<b>c")
    strange["text"] = strange["text"].replace("‹", "<").replace("›", ">")
    return judged([row("Foreign Minister {1|Ada Roe=Bo Lind} <1|said> that [1i|talks had failed]."), strange])


def test_mistakes_are_escaped_where_they_are_shown(judgements):
    html = in_text(worst(judgements, 5)).html
    assert "<script" not in html
    assert "&lt;script" in html
    assert "<b>c" not in html


def test_the_worst_come_first_and_right_ones_never(judgements):
    assert worst(judgements, 9)[0].verdict == "another speaker"
    assert all(j.verdict != "right" for j in worst(judgements, 9))
    assert len(worst(judgements, 1)) == 1
    assert in_text([]).plain == "No mistakes."


def test_tables_of_judgements_count_each_once(judgements):
    assert sum(verdicts(judgements).values()) == len(judgements)
    assert by_article(judgements)["marked"].sum() == sum(j.gold is not None for j in judgements)
    wrong = mistaken_speakers(judgements)
    assert wrong.loc[0, ["reader", "program"]].tolist() == ["Bo Lind", "Ada Roe"]
    assert by_rule(judgements)["right"].tolist() == [0]
    assert mistaken_speakers([]).empty


# --- the stored figures ---


def test_ours_stand_among_the_others_in_order():
    table = beside_others(stored_figures(), peers())
    for _, group in table.groupby("articles"):
        assert group["hard_f1"].is_monotonic_increasing
        assert OURS in set(group["system"])
    assert (peers()["hard_f1"] >= peers()["joint_hard_f1"]).all()
    assert HUMAN in set(peers()["system"])


def test_charts_say_in_words_what_they_show():
    stored = stored_figures()
    for part in ("PolNeAR", "GUM news"):
        chart = systems_chart(beside_others(stored, peers()), part)
        assert f"{stored['parts'][part]['measures']['hard f1']:.1f}" in chart.title
        assert OURS in chart.description
    chart = reliability_chart(
        pd.DataFrame({"sure_from": [0.9], "statements": [10], "sure": [0.95], "right": [0.85]}), "x"
    )
    assert "10 points" in chart.title


@pytest.mark.parametrize("names", [(), ("recall direct", "recall mixed")])
def test_every_part_has_its_row(names):
    assert measured(stored_figures(), *names)["articles"].tolist() == list(stored_figures()["parts"])


def test_the_least_reliable_form_comes_first():
    assert by_form(stored_figures(), "PolNeAR")["right"].is_monotonic_increasing


def test_confidence_can_be_believed_on_articles_that_the_model_was_not_fitted_to():
    """Mean distance between sureness and share of right ones on PolNeAR's development part, in tenths that hold enough."""
    table = by_confidence(stored_figures(), "PolNeAR").query("statements >= 50")
    gap = (table["statements"] * (table["sure"] - table["right"]).abs()).sum() / table["statements"].sum()
    assert gap <= 0.05


def test_stored_figures_hold_no_text():
    def texts(value):
        if isinstance(value, dict):
            return [text for part in value.values() for text in texts(part)]
        return (
            [text for part in value for text in texts(part)]
            if isinstance(value, list)
            else [value] * isinstance(value, str)
        )

    assert set(texts(stored_figures()["parts"])) <= set(RULES)


@pytest.mark.slow
@pytest.mark.skipif(not GOLD, reason="needs the gold folder: set GOLD")
def test_stored_figures_are_those_of_today():
    """After a change of rules, words or weights: make measures GOLD=…, then make notebooks."""
    assert json.loads(json.dumps(figures(Path(GOLD)))) == stored_figures()["parts"]
