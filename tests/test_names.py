"""Protects: who is behind a source, by phenomenon (tests/cases/names.json). People and countries are fictional.

A case holds sources of its text as they stand, each with the people or bodies behind it; "" where it cannot be told.
"""

import json
from pathlib import Path

import pytest
from inputs import ROOT

from helpers.analyse import analyse, analyse_many
from helpers.explain import SPEAKERS
from helpers.text.article import structure

CASES = json.loads((Path(__file__).parent / "cases/names.json").read_text(encoding="utf8"))
OWN = ROOT / "data/workshop/articles.jsonl"
MARKS = ", "


def case(entry):
    marks = [pytest.mark.xfail(strict=True, reason=entry["fails"])] if "fails" in entry else []
    return pytest.param(entry, id=f"{entry['phenomenon']}: {entry['label']}", marks=marks)


@pytest.mark.parametrize("entry", [case(entry) for entry in CASES])
def test_who_is_behind_a_source(entry):
    statements = analyse(structure("case", entry["text"], title="A case")).statements
    found = [[s.source.text.strip(MARKS), " + ".join(p.name for p in s.speakers)] for s in statements if s.source]
    assert entry["expected"]  # else it could not fail
    assert [pair for pair in entry["expected"] if pair not in found] == [], found
    assert {p.resolved_by for s in statements for p in s.speakers} <= set(SPEAKERS)  # and the reason can be told


def test_every_case_is_its_own():
    assert len({entry["text"] for entry in CASES}) == len(CASES)


def test_every_organisation_that_speaks_is_an_entity_under_the_same_name():
    found = analyse_many(
        structure(row["id"], row["text"]) for row in map(json.loads, OWN.read_text("utf8").splitlines())
    )
    for analysis in found:
        others = {p.name for p in analysis.people} | {e.name for e in analysis.entities if e.type == "country"}
        named = {e.name for e in analysis.entities if e.type == "organisation"}
        for speaker in (s for statement in analysis.statements for s in statement.speakers):
            if speaker.name not in others and speaker.resolved_by in (
                "organisation",
                "antecedent",
                "owner",
                "relative",
            ):
                assert speaker.name in named, (analysis.article.id, speaker)


@pytest.mark.parametrize("named, told", [("Norwegian", "Norway"), ("Danish", "Denmark")])
def test_a_bare_ministry_is_that_of_the_country_named_last_and_not_of_the_dateline(named, told):
    text = f"LONDON — The {named} defence ministry said that talks had failed.\n\nThe defence ministry urged calm."
    statements = analyse(structure("case", text, title="A case")).statements
    assert [s.speakers[0].country for s in statements] == [told, told]
