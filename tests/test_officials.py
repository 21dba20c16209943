"""Protects: who the officials are, role and country, by phenomenon (tests/cases/officials.json). People are fictional.

A case lists people of its text with their role and country; null where the article does not tell.
"""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from helpers.analyse import analyse
from helpers.explain import of_country
from helpers.knowledge.names import country_evidence
from helpers.text.article import structure

CASES = json.loads((Path(__file__).parent / "cases/officials.json").read_text(encoding="utf8"))


def case(entry):
    marks = [pytest.mark.xfail(strict=True, reason=entry["fails"])] if "fails" in entry else []
    return pytest.param(entry, id=f"{entry['phenomenon']}: {entry['label']}", marks=marks)


def article_of(entry):
    return replace(structure("case", entry["text"], source=entry.get("source")), url=entry.get("url"))


@pytest.mark.parametrize("entry", [case(entry) for entry in CASES])
def test_role_and_country_of_an_official(entry):
    found = {p.name: [p.name, p.role, p.country] for p in analyse(article_of(entry)).people}
    assert [found.get(name) for name, _, _ in entry["expected"]] == entry["expected"], found


@pytest.mark.parametrize("entry", [case(entry) for entry in CASES if "fails" not in entry])
def test_evidence_for_a_country_stands_where_it_says(entry):
    analysis = analyse(article_of(entry))
    for person in analysis.people:
        assert not person.country or person.country_evidence
        for e in person.country_evidence:
            assert analysis.article.text[e.span.start : e.span.end] == e.span.text
            assert e.kind in country_evidence() and e.weight == country_evidence()[e.kind].weight


def test_an_outlet_tells_by_the_title_that_stands_bare_in_it():
    text = (
        "Defence Minister Ada Roe said that two patrols would sail. Talks with Somalia had failed, Minister Roe said."
    )
    (roe,) = analyse(article_of({"text": text, "url": "https://www.capitalfm.co.ke/1"})).people
    assert [(e.country, e.kind) for e in roe.country_evidence] == [("Kenya", "outlet")]
    assert roe.country_evidence[0].span.text in ("Defence Minister", "Minister")


def test_each_phenomenon_has_two_cases():
    kinds = [entry["phenomenon"] for entry in CASES]
    assert len({entry["text"] for entry in CASES}) == len(CASES)
    assert {kind for kind in kinds if kinds.count(kind) < 2} <= {"labels of a round-up", "headlines"}


def test_an_explanation_tells_what_speaks_for_the_country():
    text = "QUITO — Foreign Minister Rosa Vega said on Monday that two patrols would sail."
    (statement,) = analyse(structure("case", text)).statements
    (speaker,) = statement.speakers
    assert of_country(speaker) == (
        "Rosa Vega is taken for an official of Ecuador: [QUITO] is where the story is told from (Ecuador)."
    )
