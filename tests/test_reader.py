"""The reader: the article's text as it is, each statement marked as its speaker's, none of the text run as markup."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from fictional import ATTACK, make_analysis, make_empty, make_hostile, span
from hypothesis import given
from hypothesis import strategies as st

from helpers.drawing.reader import Layer, Reader, anchor, pieces, reader_html, stripes
from helpers.records import Paragraph, Span


class Page(HTMLParser):
    """The words of the article in the HTML, without labels and cards; and all ids and tags."""

    OURS = ("otr-card", "otr-name", "otr-n", "otr-why", "otr-legend")

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.stack: list[bool] = []
        self.paragraphs: list[str] = []
        self.ids: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs
        found = dict(attrs)
        self.ids += [found["id"]] if "id" in found else []
        ours = any(name in (found.get("class") or "").split() for name in self.OURS) or tag == "style"
        self.stack.append(ours or any(self.stack[-1:]))
        if tag == "p" and not self.stack[-1]:
            self.paragraphs.append("")

    def handle_endtag(self, tag):
        self.stack.pop()

    def handle_data(self, data):
        if self.paragraphs and not self.stack[-1]:
            self.paragraphs[-1] += data


def test_the_text_is_all_there_unchanged(analysis):
    page = Page(reader_html(analysis))
    assert [p.rstrip("\n") for p in page.paragraphs] == [p.span.text for p in analysis.article.paragraphs]


def test_it_is_the_same_every_time():
    assert reader_html(make_analysis()) == reader_html(make_analysis())


def test_ids_are_there_once_and_lead_to_each_statement(analysis):
    page = Page(reader_html(analysis))
    assert len(page.ids) == len(set(page.ids))
    assert {anchor("lighthouse", s.statement_id) for s in analysis.statements} <= set(page.ids)


def test_each_statement_names_its_speaker_and_can_be_reached_by_key(analysis):
    html = reader_html(analysis)
    names = re.findall(r'class="otr-name"[^>]*><span[^>]*>(.*?)<i ', html)
    both = "Bo Lind and Elin Sørby"
    assert names == [
        "Elin Sørby",
        "Elin Sørby",
        "Bo Lind",
        both,
        "Bo Lind",
        "Bo Lind",
        "Unnamed source: “The ministry”",
    ]
    assert html.count('tabindex="0"') == 7


def test_a_statement_inside_another_shows_both(analysis):
    html = reader_html(analysis)
    inner = re.search(r'<mark[^>]*id="said-lighthouse-s-3".*?</mark>', html, re.S).group()
    assert inner.count('class="otr-cards"') == 2
    assert "“promised” (promise)" in inner and "coordination" in inner
    assert "repeating-linear-gradient" in inner


def test_the_card_tells_how_it_was_found(analysis):
    html = reader_html(analysis)
    last = re.search(r'<mark[^>]*id="said-lighthouse-s-5".*?</mark>', html, re.S).group()
    for words in (
        "“Lind”",
        "“said” (say)",
        "quotation",
        "Negative (70 %), for [attacks] (−2.10).",
        "cyber attacks on our ports",
    ):
        assert words in last
    assert "Bo Lind, President, Zemland (found by surname)" in last


def test_what_was_left_out_is_grey_and_says_why(analysis):
    html = reader_html(analysis)
    assert html.count("otr-p otr-out") == 2
    assert "left out – link: as in the example" in html


def test_themes_are_underlined_with_their_name(analysis):
    html = reader_html(analysis)
    assert 'title="theme: Cyber, Maritime"' in html  # ports, inside cyber attacks on our ports
    assert 'title="theme: undersea cables"' in html


def test_nothing_of_a_hostile_article_is_markup():
    page = Page(reader_html(make_hostile()))
    assert not {"script", "img"} & set(page.tags)
    assert not [name for name, _ in page.attributes if name.startswith("on")]
    assert all(ATTACK not in id_ for id_ in page.ids)
    assert page.paragraphs[0].rstrip("\n") == make_hostile().article.text


@pytest.mark.parametrize("text", ["", "Nothing was said."])
def test_an_article_without_statements_is_shown_as_it_is(text):
    html = reader_html(make_empty(text))
    assert "No statements found" in html
    assert text in html


def test_in_a_notebook_it_is_html_and_as_text_a_list(analysis):
    assert Reader(analysis)._repr_html_() == reader_html(analysis)
    assert repr(Reader(analysis)).splitlines()[:2] == [
        "lighthouse: 6 statements",
        "- Elin Sørby: the pact “will protect every cable”",
    ]


LAYERS = st.lists(st.tuples(st.integers(-5, 40), st.integers(-5, 40), st.sampled_from(["statement", "theme", "cue"])))


@given(st.text(min_size=1, max_size=30), LAYERS)
def test_the_pieces_of_a_paragraph_are_its_text_however_layers_overlap(text, places):
    layers = [Layer(*sorted((a, b)), role, str(n)) for n, (a, b, role) in enumerate(places)]
    paragraph = Paragraph(1, "body", Span(3, 3 + len(text), text), "running text")
    found = list(pieces(paragraph, layers))
    assert "".join(piece.text for piece in found) == text
    assert all(a.end == b.start for a, b in pairwise(found))
    for layer in layers:
        covers = [p for p in found if layer in p.layers]
        assert sum(p.end - p.start for p in covers) == max(0, min(layer.end, 3 + len(text)) - max(layer.start, 3))


def test_stripes_only_where_there_are_several_colours():
    assert stripes(["#0072B2", "#0072B2"]) == "background-color:#D1E6F1"
    assert "#D1E6F1 0px 9px,#F7E2D1 9px 18px" in stripes(["#0072B2", "#D55E00"])


def test_spans_of_the_example_are_true(analysis):
    assert all(span(g.text) for s in analysis.statements for g in s.segments)
    assert all(analysis.article.text[g.start : g.end] == g.text for s in analysis.statements for g in s.segments)
