"""Protects: what was declined, denied to have been said or only supposed is told apart (tests/cases/asserted.json)."""

import json
from pathlib import Path

import pytest

from helpers.analyse import analyse
from helpers.drawing.data import voices
from helpers.drawing.report import lead
from helpers.explain import explain
from helpers.tables.tables import all_tables
from helpers.text.article import structure
from helpers.views.statements import kinds_of, unsaid

CASES = json.loads((Path(__file__).parent / "cases/asserted.json").read_text(encoding="utf8"))
BOTH = "Foreign Minister Ada Roe declined to say whether the treaty was bad and warned that the raid was a disgrace."


@pytest.mark.parametrize("entry", [pytest.param(entry, id=entry["label"]) for entry in CASES])
def test_was_it_said(entry):
    found = analyse(structure("case", entry["text"], title="A case")).statements
    assert [s.asserted for s in found] == entry["expected"]


def test_what_was_not_said_is_listed_apart():
    analysis = analyse(structure("case", BOTH, title="A case"))
    declined, warned = analysis.statements
    assert declined.sentiment is None and declined.stances == () and warned.sentiment is not None
    assert voices(all_tables(analysis))["statement_id"].tolist() == [warned.statement_id]
    assert unsaid(analysis)["text"].tolist() == [declined.text]
    assert kinds_of(analysis)["statements"].sum() == 1
    assert "1 statement by" in lead(analysis) and "Listed apart: 1" in lead(analysis)
    assert explain(declined).startswith("Ada Roe did not say it:")
