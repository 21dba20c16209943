"""Charts: made from tables alone, true to them, readable without seeing them, and never a way to run anything."""

from __future__ import annotations

import dataclasses
import json
import subprocess
import sys

import pandas as pd
import pytest
from fictional import ATTACK, make_analysis, make_crowd, make_empty, make_hostile

from helpers.drawing.charts import CHARTS, all_charts
from helpers.drawing.markup import plotly_text, safe_id, script_json
from helpers.errors import InputProblem
from helpers.records import Stance
from helpers.tables.tables import all_tables, read_tables, save_tables
from helpers.wording import shorten, signed

TABLES = all_tables(make_analysis())
EACH = pytest.mark.parametrize("make", CHARTS.values(), ids=CHARTS)


@EACH
def test_each_has_title_description_marks_and_table(make):
    chart = make(TABLES)
    assert CHARTS[chart.id] is make
    assert len(chart.title) > 20 and len(chart.description) > 60
    assert chart.figure.data and len(chart.table)


@EACH
def test_each_shows_its_description_where_it_cannot_be_drawn(make):
    chart = make(TABLES)
    bundle = chart._repr_mimebundle_()
    assert bundle["text/plain"] == f"{chart.title}\n\n{chart.description}"
    assert f'id="chart-{chart.id}-plot"' in bundle["text/html"]
    assert "<table" in bundle["text/html"]
    json.dumps(bundle["application/vnd.plotly.v1+json"], allow_nan=False)


@EACH
def test_each_is_the_same_every_time_and_from_saved_tables(make, tmp_path):
    save_tables(TABLES, tmp_path)
    assert make(TABLES)._repr_mimebundle_() == make(read_tables(tmp_path))._repr_mimebundle_()


@EACH
def test_each_says_so_where_there_are_no_statements(make):
    chart = make(all_tables(make_empty("Nothing was said.")))
    assert chart.title == "No statements found"
    assert not chart.figure.data
    assert "No statements found" in str(chart.spec())


@EACH
@pytest.mark.parametrize("n", range(6))
def test_each_works_for_a_single_statement(make, n):
    analysis = make_analysis()
    one = all_tables(dataclasses.replace(analysis, statements=analysis.statements[n : n + 1]))
    assert make(one)._repr_mimebundle_()


@EACH
def test_each_names_what_it_has_no_room_for(make):
    chart = make(all_tables(make_crowd(60)))
    assert len(chart.spec()["layout"].get("yaxis", {}).get("ticktext", [])) <= 30
    assert chart.spec()["layout"]["height"] < 2200
    assert "Not drawn, but in the table" in chart.description
    if chart.id != "readability_by_statement":
        assert "Speaker Number 59" in chart.description


def strings(value):
    if isinstance(value, dict):
        return [s for v in value.values() for s in strings(v)]
    if isinstance(value, list):
        return [s for v in value for s in strings(v)]
    return [value] if isinstance(value, str) else []


@EACH
def test_nothing_of_a_hostile_article_is_markup(make):
    bundle = make(all_tables(make_hostile()))._repr_mimebundle_()
    for text in strings(bundle["application/vnd.plotly.v1+json"]):
        assert "<script" not in text and "<img" not in text
    assert "<img" not in bundle["text/html"]
    assert bundle["text/html"].count("<script") == 2 and bundle["text/html"].count("</script>") == 2


def test_unnamed_sources_are_shown_as_such():
    timeline = CHARTS["timeline"](TABLES)
    assert "Unnamed source: “The ministry”" in set(timeline.table["speaker"])
    assert any("Unnamed source" in label for label in timeline.spec()["layout"]["yaxis"]["ticktext"])


def test_a_joint_statement_counts_for_each_speaker():
    timeline = CHARTS["timeline"](TABLES)
    assert timeline.table["speaker"].value_counts().to_dict() == {
        "Elin Sørby": 3,
        "Bo Lind": 3,
        "Unnamed source: “The ministry”": 1,
    }


def test_tone_is_told_by_shape_as_well_as_colour():
    marks = {t["name"]: t["marker"] for t in CHARTS["sentiment_by_official"](TABLES).spec()["data"] if "name" in t}
    assert len({m["symbol"] for m in marks.values()}) == len(marks) == 4  # with the mean of three statements


def stances(analysis, *found):
    """The chart of stances where the first statement of `analysis` has just these, as keywords of `Stance`."""
    first, *rest = analysis.statements
    held = tuple(Stance(first.segments[0], **values) for values in found)
    changed = dataclasses.replace(analysis, statements=(dataclasses.replace(first, stances=held), *rest))
    return CHARTS["stance_by_official"](all_tables(changed))


def marks_of(chart):
    return {trace["name"]: trace for trace in chart.spec()["data"] if "name" in trace}


def test_an_unsure_stance_is_hollow_and_told_as_unsure():
    sure, unsure = {"label": "positive", "score": 0.9}, {"label": "positive", "score": 0.2, "sure": False}
    chart = stances(make_analysis(), sure, unsure)
    marks = marks_of(chart)
    assert marks["positive"]["marker"]["symbol"] == "triangle-up"
    assert marks["unsure, rather positive"]["marker"]["symbol"] == "triangle-up-open"
    assert "unsure, rather positive, towards" in chart.description
    assert chart.title == "3 stances of speakers: 1 for, 1 against and 1 unsure"


def test_an_unsure_stance_is_no_finding():
    chart = stances(make_analysis(), {"label": "negative", "score": -0.9, "sure": False})
    assert chart.title == "2 stances of speakers: 1 against and 1 unsure"


def test_each_stance_has_the_tone_of_the_whole_statement_beside_it():
    analysis = make_analysis()
    chart = stances(analysis, {"label": "negative", "score": -0.9})
    tone = analysis.statements[0].sentiment.score
    marks = marks_of(chart)
    assert tone in marks["tone of the whole statement"]["x"]
    assert any(f"the whole statement {signed(tone)})" in hover for hover in marks["negative"]["hovertext"])
    assert chart.table["tone"].iloc[0] == tone and chart.table["score"].iloc[0] == -0.9


def test_a_joint_stance_is_held_by_each_speaker():
    analysis = make_analysis()
    joint = next(s for s in analysis.statements if len(s.speakers) == 2)
    analysis = dataclasses.replace(analysis, statements=(joint,))
    table = stances(analysis, {"label": "neutral", "score": 0.0}).table
    assert sorted(table["speaker"]) == ["Bo Lind", "Elin Sørby"]


def test_themes_are_counted_by_statement():
    grid = CHARTS["themes_by_official"](TABLES).table.set_index("speaker")
    assert grid.loc["Bo Lind", "Maritime"] == 2
    assert grid.loc["Elin Sørby"].to_dict() == {"Maritime": 1, "undersea cables": 1, "Cyber": 0}
    assert "nobody’s statement: Trade" in CHARTS["themes_by_official"](TABLES).description


def test_who_speaks_about_leaves_out_what_is_nobody():
    about = CHARTS["who_speaks_about"](TABLES).table
    assert set(about["about"]) == {"Zemland", "Bo Lind"}  # not 2031
    assert set(CHARTS["entities_by_official"](TABLES).table["entity"]) == {"Zemland", "Bo Lind", "2031"}


def test_tables_of_two_articles_are_refused():
    two = {name: pd.concat([frame, frame.assign(article="other")]) for name, frame in TABLES.items()}
    with pytest.raises(InputProblem, match="tables of 2 articles"):
        all_charts(two)


def test_charts_do_not_import_spacy():
    code = "import sys, helpers.drawing.charts; sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("text", ["a & b < c", "$5 and $6", "line\nbreak\ttab\u2028x\0", ATTACK, "", "   "])
def test_text_for_plotly_has_no_markup_but_our_line_breaks(text):
    shown = plotly_text(text, 10).replace("<br>", "")
    assert not set("<>$\n\t\0") & set(shown)


def test_shortened_texts_fit_and_say_so():
    assert shorten("one two three four", 10) == "one two…"
    assert shorten("x" * 50, 10) == "x" * 9 + "…"
    assert shorten("short", 10) == "short"


def test_ids_are_safe_and_stay_apart():
    made = {safe_id(text) for text in ("a b", "a-b", "a<b", "é", "ü", "", ATTACK)}
    assert len(made) == 7
    assert all(id_.replace("-", "").replace("_", "").isalnum() and id_.isascii() for id_ in made)


def test_json_in_a_page_cannot_close_its_script():
    assert "</" not in script_json({"text": ATTACK})
    assert json.loads(str(script_json({"text": ATTACK}))) == {"text": ATTACK}
