"""Protects: what a careful reader finds in the seed article, the program finds (tests/cases/seed.json)."""

import json
from pathlib import Path

import pytest

from helpers.analyse import analyse
from helpers.text.files import read_article

ROOT = Path(__file__).parents[1]
GOLD = json.loads((ROOT / "tests/cases/seed.json").read_text(encoding="utf8"))
MARKS = "“”\"' ,.;"


@pytest.fixture(scope="module")
def found():
    return analyse(read_article(ROOT / "seeds/us-india-defence-framework.txt"))


def test_officials_with_role_and_country(found):
    officials = [{"name": p.name, "role": p.role, "country": p.country} for p in found.officials]
    assert officials == GOLD["officials"]


def test_every_mention_of_every_official(found):
    assert {p.name: [m.span.text for m in p.mentions] for p in found.officials} == GOLD["mentions"]


def test_statements_and_nothing_else(found):
    assert [s.text.strip(MARKS) for s in found.statements] == [g["content"].strip(MARKS) for g in GOLD["statements"]]


@pytest.mark.parametrize("n", range(len(GOLD["statements"])), ids=lambda n: GOLD["statements"][n]["cue"])
def test_statement(found, n):
    statement, gold = found.statements[n], GOLD["statements"][n]
    assert statement.kind in gold["kinds"]
    assert statement.cue.text == gold["cue"]
    assert statement.source.text == gold["source"]
    assert [s.name for s in statement.speakers] == gold["speakers"]
    assert {s.resolved_by for s in statement.speakers} == {gold["resolved_by"]}


@pytest.mark.parametrize("gold", GOLD["entities"], ids=lambda gold: gold["name"])
def test_entity(found, gold):
    entity = next((e for e in found.entities if (e.name, e.type) == (gold["name"], gold["type"])), None)
    assert entity is not None, [(e.name, e.type) for e in found.entities]
    assert [m.span.text.removesuffix(" region") for m in entity.mentions] == gold["texts"]
    for key in ("value", "unit", "long_form"):
        if key in gold:
            assert getattr(entity, key) == gold[key]


def test_no_entity_beside_those_of_the_gold(found):
    known = {(e["name"], e["type"]) for e in GOLD["entities"]} | {(p["name"], "person") for p in GOLD["officials"]}
    assert {(e.name, e.type) for e in found.entities} <= known


@pytest.mark.parametrize("theme", GOLD["themes"])
def test_theme_with_its_evidence(found, theme):
    evidence = [span for p in found.themes for t in p.themes if t.theme == theme for span in t.evidence]
    starts = [found.article.text.index(words) for words in GOLD["themes"][theme]]
    for start, words in zip(starts, GOLD["themes"][theme], strict=True):
        assert any(e.start < start + len(words) and start < e.end for e in evidence), (
            words,
            [e.text for e in evidence],
        )


def test_links_are_listed_and_kept_out(found):
    assert [p.span.text for p in found.article.left_out] == GOLD["left_out"]
    outside = [p.span for p in found.article.left_out]
    spans = [m.span for e in found.entities for m in e.mentions] + [
        e for p in found.themes for t in p.themes for e in t.evidence
    ]
    spans += [segment for s in found.statements for segment in s.segments]
    assert not any(span.overlaps(out) for span in spans for out in outside)


def test_every_span_is_what_the_article_says_there(found):
    text = found.article.text
    spans = [m.span for e in found.entities for m in e.mentions]
    spans += [
        span
        for s in found.statements
        for span in (*s.segments, s.source, s.cue, *(e for t in s.themes for e in t.evidence), *s.entities)
        if span
    ]
    spans += [span for p in found.people for span in p.evidence]
    assert len(spans) > 80
    assert all(text[s.start : s.end] == s.text for s in spans)
