"""What notebooks show: no text of an article is markup in it, nothing is lost, and it says what it leaves out."""

from __future__ import annotations

from html.parser import HTMLParser

import pandas as pd
import pytest
from fictional import ATTACK, make_hostile
from hypothesis import given
from hypothesis import strategies as st

from helpers.views.names import officials_marked
from helpers.views.show import captioned, marked, show, stacked
from helpers.views.statements import explained, statement_marks
from helpers.views.themes import evidence_marked
from helpers.views.tone import deciding, targets_marked

OURS = {"table", "thead", "tbody", "tr", "th", "td", "p", "div", "mark", "small", "i", "b", "ul", "li"}
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\0"))


class Seen(HTMLParser):
    """The tags, attributes and words of some HTML."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.words = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data):
        self.words += data


def hostile(attack: str):
    analysis = make_hostile()
    body = marked(attack, [(0, len(attack), attack)])
    yield show(pd.DataFrame({attack: [attack]}))
    yield show(pd.DataFrame({"a": [attack] * 3}), most=1)
    yield body
    yield captioned(body, attack, attack)
    yield stacked([body, body], attack)
    yield marked(analysis.article.text, statement_marks(analysis.statements))
    yield explained(analysis.statements)
    yield from (view(analysis) for view in (targets_marked, deciding, evidence_marked, officials_marked))


@pytest.mark.parametrize(
    "attack", [ATTACK, '"><script>x</script>', "' onmouseover='x", "{{ 7 * 7 }}{% raw %}", "&lt;b&gt;"]
)
def test_nothing_of_an_article_is_markup(attack):
    for shown in hostile(attack):
        seen = Seen(shown._repr_html_())
        assert seen.tags <= OURS and seen.attributes <= {"style", "class"}
        assert "49" not in seen.words


@given(TEXTS, st.lists(st.tuples(st.integers(0, 30), st.integers(1, 9), TEXTS)))
def test_marked_text_is_the_text(text, marks):
    marks = [(start, min(start + length, len(text)), name) for start, length, name in marks if start < len(text)]
    shown = marked(text, [mark for mark in marks if mark[2]], dict.fromkeys((name for *_, name in marks), "#FFFFFF"))
    words = Seen(marked(text, [])._repr_html_()).words
    assert words == "".join(line for line in text.split("\n") if line.strip())
    assert Seen(shown._repr_html_()).tags <= OURS


def test_a_mark_over_a_line_end_is_closed_on_each_line():
    html = marked("one\ntwo", [(0, 7, "x")]).html
    assert html.count("<mark") == html.count("</mark>") == html.count("<p ") == 2


def test_it_says_what_it_leaves_out():
    people = pd.DataFrame({"name": ["Ada Roe", "Bo Lind"]})
    assert show(people, most=1).plain.endswith("… and 1 more")
    assert show(people.iloc[:0]).plain.endswith("Nothing found.")
