"""What is claimed holds: no words that nobody spoke stand in quotation marks, titles rank nothing on a few statements, and
what notebooks say of their cells is so."""

from __future__ import annotations

import ast
import dataclasses
import json
import re
from html import unescape

import pytest
from fictional import make_analysis, make_crowd

from helpers import all_tables, explain, load_taxonomy
from helpers.accuracy.gold import gold_rows
from helpers.commands.execute import NOTEBOOKS
from helpers.drawing.charts import CHARTS, all_charts
from helpers.drawing.report import report_html
from helpers.explain import explain_stance
from helpers.folders import WORKSHOP
from helpers.text.quotation_marks import find_quotes
from helpers.tone.mixture import mixings
from helpers.views.statements import heard
from helpers.views.themes import hits, with_blocker, without_blockers
from helpers.views.tone import stances_by_each

README = NOTEBOOKS.parent / "README.md"
SEED = NOTEBOOKS.parent / "seeds" / "us-india-defence-framework.txt"
MARKED = re.compile(r"“([^“”]*)”")
RETOLD = (
    "Minister Ada Roe said the northern blockade would fail before the winter.",
    "Minister Ada Roe warned of a “cold winter” and condemned the endless raids on the ports.",
    "“We will not pay,” Minister Ada Roe said, adding that unfair tariffs had hurt the ports.",
)


def unquoted(analysis):
    """The words of the statements outside quotation marks, statement by statement."""
    for statement in analysis.statements:
        text = statement.text
        for quote in reversed(find_quotes(text)):
            text = text[: quote.start] + "|" + text[quote.end :]
        yield text


def put_into_mouths(analysis, shown):
    """What stands in quotation marks and is part of a statement's retold words; the source and the cue are named as words."""
    named = {s.text for x in analysis.statements for s in (x.source, x.cue) if s}
    for words in (found.strip(" ,.…") for found in MARKED.findall(unescape(shown))):
        if words and words not in named and any(words in text for text in unquoted(analysis)):
            yield words


@pytest.mark.parametrize("text", [*RETOLD, SEED.read_text(encoding="utf-8")], ids=[*"123", "seed"])
def test_only_what_was_said_word_for_word_stands_in_quotation_marks(text):
    analysis = heard(text)
    charts = all_charts(all_tables(analysis))
    told = "\n".join(
        [
            *map(explain, analysis.statements),
            *(explain_stance(stance) for s in analysis.statements for stance in s.stances),
            *(part for chart in charts for part in (chart.title, chart.description)),
            re.sub(r"(?s)<script.*?</script>|<style.*?</style>", "", report_html(analysis)),
        ]
    )
    assert analysis.statements and list(put_into_mouths(analysis, told)) == []


def test_the_readme_puts_no_words_into_mouths():
    seed, readme = heard(SEED.read_text(encoding="utf-8")), README.read_text(encoding="utf-8")
    assert [words for words in put_into_mouths(seed, readme) if " " in words] == []


def test_the_readme_says_of_the_word_list_what_it_does():
    tones = {s.text: s.vader.label for s in heard(SEED.read_text(encoding="utf-8")).said}
    assert [tone for text, tone in tones.items() if "never been stronger" in text] == ["neutral"]
    assert [tone for text, tone in tones.items() if "hasty concessions" in text] == ["positive"]


def test_a_statement_that_is_nearly_all_quoted_is_told_as_that():
    assert "Nearly all of it stands" in explain(heard("Ada Roe warned of a “cold winter.”").statements[0])
    assert "All of it stands" in explain(heard("“It will be cold,” Ada Roe said.").statements[0])


RANKED = re.compile(r"\b(?:most|least|best|worst|\w+est|mean (?=[+−\d])|average)\b", re.IGNORECASE)
COUNTS = [make for name, make in CHARTS.items() if name not in ("sentiment_by_official", "stance_by_official")]


@pytest.mark.parametrize("make", COUNTS)
@pytest.mark.parametrize("n", range(6))
def test_no_title_ranks_on_fewer_than_three_statements(make, n):
    analysis = make_analysis()
    for few in (analysis.statements[n : n + 1], analysis.statements[n : n + 2]):
        title = make(all_tables(dataclasses.replace(analysis, statements=few))).title
        assert not RANKED.search(title), title


def test_who_speaks_most_has_spoken_often_enough():
    assert "most" not in CHARTS["timeline"](all_tables(make_crowd(60))).title  # a statement each


# --- what the notebooks say ---


def values_of(name, cell):
    """What the assignments of a cell of a notebook make."""
    cells = json.loads((NOTEBOOKS / f"{name}.ipynb").read_text(encoding="utf-8"))["cells"]
    (source,) = ("".join(c["source"]) for c in cells if c["id"] == cell)
    made = {}
    exec("\n".join(re.findall(r"(?ms)^\w+ = (?:\[.*?\]|\".*?\")$", source)), made)
    return made


def test_notebook_02_a_title_decides_whom_she_means():
    story = "Foreign Minister Ada Roe met Defence Minister Bo Lind. {} Roe called it fair. She will return in May."
    found = {}
    for title in ("Ms.", "Mr."):
        entities = all_tables(heard(story.format(title)))["entities"]
        found[title] = entities.query("text == 'She'")["name"].tolist()
    assert found == {"Ms.": ["Ada Roe"], "Mr.": ["Bo Lind"]}


def test_notebook_04_who_saves_a_verdict_and_who_is_outvoted_or_wrong():
    cells = json.loads((NOTEBOOKS / "04_sentiment.ipynb").read_text(encoding="utf-8"))["cells"]
    code = ast.parse("\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "code"))
    calls = [n for n in ast.walk(code) if isinstance(n, ast.Call) and ast.unparse(n.func) == "stances_by_each"]
    differing, wrong = (stances_by_each(ast.literal_eval(call.args[0])) for call in calls)
    right = [
        tuple(str(told).startswith(row.a_reader) for told in (row.readable, row.encoder, row.stance))
        for row in differing.itertuples()
    ]
    assert right[:2] == [(False, True, True)] * 2  # the encoder saves it
    assert right[2] == (True, False, False)  # the readable model is right, and outvoted
    assert differing["encoder"].isna().tolist() == [False] * 3 + [True]
    weights = mixings()
    assert weights["heard"].readable < 0.1 < weights["tone"].readable  # "all but the encoder's", "both count"
    for row in wrong.itertuples():
        assert not {label.split()[0] for label in (row.readable, row.encoder, row.stance)} & {row.a_reader}


def test_notebook_05_blockers_take_some_and_leave_some():
    idioms, ours = values_of("05_themes", "themes-26")["idioms"], load_taxonomy()
    words, careful = hits(without_blockers(ours), *idioms), hits(ours, *idioms)
    assert words["tagged"].all()
    assert 0 < careful["tagged"].sum() < words["tagged"].sum()


def test_notebook_05_its_blocker_breaks_no_example():
    sentence = values_of("05_themes", "themes-30")["sentence"]
    mended = with_blocker(load_taxonomy(), "maritime", "ship come in")
    assert not hits(mended, sentence)["tagged"].any()
    theme = next(t for t in mended.themes if t.id == "maritime")
    assert all(theme.id in set(hits(mended, text)["theme"]) for text in theme.positive)


def test_notebook_08_an_article_has_ten_to_twenty_statements():
    assert all(10 <= len(row["quotes"]) <= 20 for row in gold_rows(WORKSHOP / "articles.jsonl"))
