"""Protects: what is said of a corpus is told with its counts and intervals, never from too little, and drawn as it is."""

from __future__ import annotations

import json
from collections import Counter

import numpy as np
import pandas as pd
import pytest
from corpora import make
from hypothesis import given
from hypothesis import strategies as st

from helpers.accuracy.gold import checked_article, gold_rows
from helpers.corpus.compare import interval, log_odds, tone_by_week, words_apart
from helpers.corpus.query import query
from helpers.drawing.trends import beside, tone_over_weeks, who_speaks_of_whom
from helpers.folders import WORKSHOP
from helpers.views.corpus import held, spoken_of, told_by

CRISIS = WORKSHOP / "crisis"
PRAISE, BLAME = "thanked the ferry crews for their superb help", "condemned the brutal raid on the ferries"
REST = (
    "Divers searched the eastern pier until dusk and found an anchor chain.",
    "Grain prices rose by four per cent in the markets of the capital.",
    "A museum of lighthouses opened in the old customs house beside the canal.",
    "The ice on the upper river broke two weeks earlier than last year.",
    "Schools in the harbour quarter stayed shut because a boiler had burst.",
)
WEEKS = {"2031-03-03": PRAISE, "2031-03-04": PRAISE, "2031-03-05": PRAISE, "2031-03-10": BLAME, "2031-03-11": BLAME}


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    """Five short articles of two weeks and two outlets; three statements in the first week, two in the second."""
    there = tmp_path_factory.mktemp("weeks")
    rows = [
        {
            "id": f"a{n}",
            "date": day,
            "source": "Gazette" if n % 2 else "Herald",
            "text": f"Norwegian Defence Minister Elin Quist {words}. {REST[n]}",
        }
        for n, (day, words) in enumerate(WEEKS.items())
    ]
    (there / "in.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf8")
    return make([there / "in.jsonl"], there / "out")


def test_a_mean_has_its_count_and_none_is_told_of_two_statements(corpus):
    found = tone_by_week(corpus, "Elin Quist (Norway)")
    assert found["statements"].tolist() == [3, 2] and found["articles"].tolist() == [3, 2]
    first, second = found.to_dict("records")
    assert first["low"] <= first["mean"] <= first["high"] and first["mean"] > 0
    assert pd.isna(second["mean"]) and pd.isna(second["low"])


@given(st.lists(st.floats(-1, 1), min_size=1, max_size=30), st.integers(1, 5))
def test_an_interval_lies_within_the_values(values, groups):
    low, high = interval(values, [str(n % groups) for n in range(len(values))])
    assert min(values) - 1e-9 <= low <= high <= max(values) + 1e-9


def test_statements_of_one_article_are_drawn_together():
    apart = interval([0.0, 1.0] * 10, [str(n) for n in range(20)])
    together = interval([0.0] * 10 + [1.0] * 10, ["a"] * 10 + ["b"] * 10)
    assert together[1] - together[0] > apart[1] - apart[0]


def test_words_of_both_stand_between_those_of_either():
    whole = Counter(sea=9, land=9, the=40)
    found = log_odds(Counter(sea=9, the=20), Counter(land=9, the=20), whole).set_index("word")["z"]
    assert found["sea"] > 0 > found["land"] and found["the"] == pytest.approx(0)
    assert found["sea"] == -found["land"]


def test_outlets_are_told_apart_by_their_own_words(corpus):
    found = words_apart(corpus, "Gazette", "Herald", most=2)
    assert list(found.columns) == ["word", "Gazette", "Herald", "z"]
    assert np.isfinite(found["z"]).all()


def test_a_chart_of_weeks_draws_only_what_is_told(corpus):
    chart = tone_over_weeks(tone_by_week(corpus, "Elin Quist (Norway)"))
    (line,) = chart.figure.data
    assert len(line.x) == 1 and list(line.text) == ["3"]
    assert "1 week with fewer than three statements" in chart.description


def test_a_network_has_a_line_for_each_pair_in_its_own_picture():
    one = pd.DataFrame(
        [("Ada Roe (Norway)", "Bo Lind (Sweden)", 3, -0.4)], columns="person of statements mean_tone".split()
    )
    other = pd.DataFrame([("Bo Lind (Sweden)", "Ada Roe (Norway)", 1, 0.4)], columns=one.columns)
    chart = who_speaks_of_whom({"before": one, "after": other})
    lines = [trace for trace in chart.figure.data if trace.mode == "lines+markers"]
    assert [(line.xaxis, line.line.dash) for line in lines] == [("x", "dash"), ("x2", "solid")]
    assert lines[0].line.width > lines[1].line.width
    assert "Ada Roe of Bo Lind 3" in chart.description


def test_an_empty_network_can_be_drawn():
    nobody = pd.DataFrame(columns="person of statements mean_tone".split())
    assert "nobody" in who_speaks_of_whom({"before": nobody}).description


def test_names_stand_outside_the_ring():
    assert [beside(0, 1), beside(0, -1), beside(1, 0), beside(-1, 0)] == [
        "top center",
        "bottom center",
        "middle right",
        "middle left",
    ]


def test_views_of_a_corpus(corpus):
    assert held(corpus)["articles"] == 5
    assert told_by(corpus, "a0")["speaker"].tolist() == ["Elin Quist"]
    assert spoken_of(corpus, "2031-03-01", "2031-03-31").empty
    assert query("SELECT count(*) AS n FROM articles WHERE source = ?", corpus, ["Gazette"])["n"].item() == 2


# --- the crisis of notebook 07 ---


def test_the_crisis_is_as_its_page_says():
    rows = [json.loads(line) for line in (CRISIS / "articles.jsonl").read_text(encoding="utf8").splitlines()]
    assert len(rows) == len({row["id"] for row in rows}) == 44
    assert len({row["source"] for row in rows}) == 11
    assert min(row["date"] for row in rows) == "2031-03-03" and max(row["date"] for row in rows) <= "2031-04-27"
    assert len(gold_rows(CRISIS / "gold.jsonl", checked_article)) == 14


def test_the_cast_of_the_crisis_has_one_office_at_a_time():
    cast = pd.read_csv(CRISIS / "officials.csv")
    assert set(cast.columns) == {"name", "role", "country", "from", "to"}
    moved = cast[cast["name"] == "Rashko Temirel"].sort_values("from")
    assert moved["role"].tolist()[-2:] == ["Deputy Foreign Minister", "Defence Minister"]
