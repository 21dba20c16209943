"""The report as a file: whole, the same every time, small enough, and asking for nothing."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from itertools import pairwise

import pytest
from fictional import make_analysis, make_empty, make_hostile

from helpers.drawing import report
from helpers.drawing.report import lead, report_html, write_report
from helpers.errors import InputProblem
from helpers.records import Stance


@pytest.fixture(scope="module")
def page(analysis) -> str:
    return report_html(analysis)


def test_it_is_the_same_every_time(page):
    assert report_html(make_analysis()) == page


def test_it_is_small_enough_and_holds_plotly_once(page):
    assert len(page.encode("utf-8")) < 6_000_000
    assert page.count("plotly.js v") == 1


def test_its_policy_names_the_scripts_it_runs(page):
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page).group(1).replace("&#39;", "'")
    scripts = re.findall(r"<script>(.*?)</script>", page, re.S)
    assert len(scripts) == 2
    for script in scripts:
        digest = base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode()
        assert f"'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy and "connect-src" not in policy


def test_it_names_no_address_but_those_inside_plotly(page):
    without = re.sub(r"<script>.*?</script>", "", page, flags=re.S)
    assert "http://" not in without and "https://" not in without


def test_its_headings_are_in_order(page):
    levels = [int(level) for level in re.findall(r"<h([1-6])", page)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_every_link_leads_somewhere(page):
    ids = re.findall(r' id="([^"]+)"', page)
    assert set(re.findall(r' href="#([^"]+)"', page)) <= set(ids)
    assert len(ids) == len(set(ids))


def test_the_lead_says_how_many_by_whom_and_how(analysis):
    assert lead(analysis) == (
        "The article reports 6 statements by 2 speakers from Norvia and Zemland. 2 hold quoted words; the others are "
        "given in the article’s own words. Of 1 the speaker is not named."
    )
    assert lead(make_empty()).startswith("No statements were found")


def test_each_statement_shows_its_stances_and_what_is_unsure():
    analysis = make_analysis()
    first, *rest = analysis.statements
    held = (Stance(first.segments[0], "positive", 0.9), Stance(first.segments[0], "neutral", 0.1, sure=False))
    html = report_html(replace(analysis, statements=(replace(first, stances=held), *rest)))
    shown = re.findall(
        r'<li><span class="tone-(\w+)"><span aria-hidden="true">(.)</span> ([^<]*)</span> towards \[', html
    )
    assert shown[:2] == [("positive", "▲", "positive +0.90"), ("neutral", "○", "unsure, rather neutral +0.10")]


def test_an_empty_article_gives_a_report_that_says_so():
    html = report_html(make_empty())
    assert "No statements were found in this article" in html


def test_nothing_of_a_hostile_article_is_markup():
    html = report_html(make_hostile())
    assert "<img" not in re.sub(r"<script>.*?</script>", "", html, flags=re.S)
    assert html.count("<script>") == 2


def test_it_is_written_whole_or_not_at_all(analysis, tmp_path, monkeypatch):
    path = write_report(analysis, tmp_path / "new" / "report.html")
    assert path.read_text("utf-8") == report_html(analysis)
    assert [p.name for p in path.parent.iterdir()] == ["report.html"]

    def full(*args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(report, "write_text", full)
    with pytest.raises(InputProblem, match=r"report\.html: cannot write the report \(No space left"):
        write_report(analysis, path)
    assert path.read_text("utf-8").startswith("<!doctype html>")
