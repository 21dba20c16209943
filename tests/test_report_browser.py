"""The report in a real browser, without a network: every chart drawn, nothing asked for, nothing cut off."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from browser import Visit
from fictional import make_analysis, make_crowd, make_empty, make_hostile

from helpers.drawing.charts import CHARTS, all_charts
from helpers.drawing.report import write_report
from helpers.records import Analysis
from helpers.tables.tables import all_tables

pytestmark = pytest.mark.browser
MARKS = ".point, .points path, .bars path, .hm image, .heatmaplayer image, .sankey-link, .sankey-node"


def crowd() -> Analysis:
    return make_crowd(60)


def few() -> Analysis:
    return make_crowd(7)


def until(page: Any, condition: str, seconds: int = 30) -> None:
    """Wait until the condition holds; the page's policy forbids Playwright's own way of waiting."""
    for _ in range(10 * seconds):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(100)
    pytest.fail(f"after {seconds} s still not: {condition}")


@pytest.fixture(scope="module")
def open_report(tmp_path_factory, visit):
    """``open_report(make, width)`` gives the visit when all charts are drawn; each report is opened once a width."""
    folder = tmp_path_factory.mktemp("reports")

    @cache
    def written(make: Callable[[], Analysis]) -> Path:
        return write_report(make(), folder / f"{make.__name__}.html")

    @cache
    def opened(make: Callable[[], Analysis], width: int = 1280) -> Visit:
        seen = visit(written(make), width)
        until(seen.page, "document.querySelectorAll('figure[data-drawn]').length === 7")
        return seen

    return opened


@pytest.mark.parametrize("width", [1280, 400])
def test_every_chart_is_drawn_and_nothing_is_asked_for(open_report, width):
    seen = open_report(make_analysis, width)
    for id_ in CHARTS:
        figure = seen.page.locator(f"#chart-{id_}")
        assert figure.locator("svg.main-svg").count() >= 1
        assert figure.locator(MARKS).count() >= 1, f"{id_} is blank"
    assert seen.requests == []
    assert seen.complaints == []


@pytest.mark.parametrize("width", [1280, 400])
@pytest.mark.parametrize("make", [make_analysis, make_empty, make_hostile, crowd])
def test_the_page_never_scrolls_sideways(open_report, make, width):
    seen = open_report(make, width)
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= width
    seen.page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= width
    assert seen.requests == [] and seen.complaints == []


OUTSIDE = """() => [...document.querySelectorAll('figure[data-chart]')].flatMap(figure => {
    const edge = figure.getBoundingClientRect();
    return [...figure.querySelectorAll('.xtick text, .ytick text, .legendtext, .annotation-text, .node-label, .xtitle')]
        .map(text => [text.textContent, text.getBoundingClientRect()])
        .filter(([_, box]) => box.width && (box.left < edge.left - 1 || box.right > edge.right + 1
            || box.top < edge.top - 1 || box.bottom > edge.bottom + 1))
        .map(([words]) => figure.id + ': ' + words);
})"""


@pytest.mark.parametrize("width", [1280, 400])
@pytest.mark.parametrize("make", [make_analysis, make_empty, few, crowd])
def test_no_label_is_cut_off(open_report, make, width):
    assert open_report(make, width).page.evaluate(OUTSIDE) == []


OVERLAPPING = """() => [...document.querySelectorAll('figure[data-chart]')].flatMap(figure => {
    const clash = (selector) => {
        const all = [...figure.querySelectorAll(selector)];
        const boxes = all.map(text => text.getBoundingClientRect());
        return all.slice(1).filter((_, n) => {
            const [a, b] = [boxes[n], boxes[n + 1]];
            return a.right > b.left + 1 && b.right > a.left + 1 && a.bottom > b.top + 1 && b.bottom > a.top + 1;
        }).map(text => figure.id + ': ' + text.textContent);
    };
    return [...clash('.ytick text'), ...clash('.xtick text'), ...clash('.legendtext')];
})"""


@pytest.mark.parametrize("width", [1280, 400])
@pytest.mark.parametrize("make", [make_analysis, few, crowd])
def test_labels_do_not_cover_each_other(open_report, make, width):
    assert open_report(make, width).page.evaluate(OVERLAPPING) == []


def test_charts_follow_the_width_of_the_page(open_report):
    seen = open_report(make_analysis, 1000)
    seen.page.set_viewport_size({"width": 500, "height": 900})
    until(seen.page, "[...document.querySelectorAll('svg.main-svg')].every(svg => svg.clientWidth <= 500)")
    redraw = "Promise.all([...document.querySelectorAll('.plot')].map(plot => Plotly.redraw(plot))).then(() => 'drawn')"
    assert seen.page.evaluate(redraw) == "drawn"  # as JupyterLab does
    assert seen.complaints == []


def test_a_hostile_article_runs_nothing(open_report):
    seen = open_report(make_hostile)
    seen.page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    for mark in seen.page.locator(".otr-said").all():
        mark.focus()
    assert seen.page.evaluate("window.PWNED") is None
    assert seen.page.locator("main img, main script:not([type='application/json'])").count() == 0
    assert seen.requests == [] and seen.complaints == []


def test_its_policy_stops_a_script_that_is_not_its_own(open_report):
    page = open_report(make_analysis).page
    page.evaluate(
        "() => { const script = document.createElement('script'); script.textContent = 'window.PWNED = 1';"
        "document.body.append(script); }"
    )
    assert page.evaluate("window.PWNED") is None


def test_focus_shows_how_a_statement_was_found_and_hover_too(open_report):
    page = open_report(make_analysis, 400).page
    mark = page.locator("#said-lighthouse-s-5")
    card = mark.locator(".otr-card")
    assert not card.is_visible()
    mark.focus()
    assert card.is_visible() and "“said” (say)" in card.inner_text()
    box = card.bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 400
    page.evaluate("document.activeElement.blur()")
    assert not card.is_visible()
    mark.hover(position={"x": 30, "y": 8})
    assert card.is_visible()


def test_a_link_in_the_table_leads_to_the_words(open_report):
    page = open_report(make_analysis).page
    page.locator('a[href="#said-lighthouse-s-5"]').click()
    page.wait_for_timeout(800)  # it scrolls smoothly
    top = page.locator("#said-lighthouse-s-5").bounding_box()["y"]
    assert 0 < top < 900


def test_hovering_a_mark_shows_the_words(open_report):
    page = open_report(make_analysis).page
    point = page.locator("#chart-sentiment_by_official .point").last
    point.scroll_into_view_if_needed()
    point.hover(force=True)
    assert page.locator("#chart-sentiment_by_official .hoverlayer .hovertext").count() >= 1


def test_a_chart_draws_itself_in_a_page_that_has_plotly(visit, tmp_path):
    from plotly.offline import get_plotlyjs

    charts = "".join(chart._repr_mimebundle_()["text/html"] for chart in all_charts(all_tables(make_analysis())))
    for name, script in (("with", f"<script>{get_plotlyjs()}</script>"), ("without", "")):
        path = tmp_path / f"{name}.html"
        path.write_text(f"<!doctype html><meta charset=utf-8>{script}{charts}", encoding="utf-8")
        seen = visit(path)
        assert seen.page.locator("svg.main-svg").count() >= (6 if script else 0)
        assert seen.page.locator("details[open] table").count() == (0 if script else 7)
        assert seen.requests == [] and seen.complaints == []
