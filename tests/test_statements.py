"""Protects: each form of reporting, one case each (tests/cases/statements.json). People and countries are fictional."""

import json
from pathlib import Path

import pytest

from helpers.analyse import analyse
from helpers.explain import explain
from helpers.text.article import structure

CASES = json.loads((Path(__file__).parent / "cases/statements.json").read_text(encoding="utf8"))
MARKS = "“”\"'«»‘’ ,.;"


def found(text: str, title: str | None = "A case") -> list[list[str]]:
    statements = analyse(structure("case", text, title=title)).statements
    return [[" + ".join(p.name for p in s.speakers), s.text.strip(MARKS), s.kind] for s in statements]


def case(entry):
    marks = [pytest.mark.xfail(strict=True, reason=entry["fails"])] if "fails" in entry else []
    return pytest.param(entry, id=entry["label"], marks=marks)


@pytest.mark.parametrize("entry", [case(entry) for entry in CASES])
def test_form_of_reporting(entry):
    statements = found(entry["text"], None if entry.get("untitled") else "A case")
    if "expected_last" in entry:
        assert statements[-1] == entry["expected_last"]
    else:
        assert statements == entry["expected"]


@pytest.mark.parametrize("entry", [case(e) for e in CASES if e.get("expected") and "fails" not in e])
def test_every_rule_is_explained(entry):
    """`explain` gives one reason a rule, one for the kind, one for how sure, one for each country (or for nobody named)."""
    for statement in analyse(structure("case", entry["text"], title="A case")).statements:
        reasons = explain(statement).splitlines()[1:]
        assert len(reasons) == len(statement.why) + 2 + (not statement.speakers) + sum(
            bool(s.country_evidence) for s in statement.speakers
        )


@pytest.mark.parametrize("entry", [case(e) for e in CASES if "cue" in e])
def test_cue_as_it_stands(entry):
    assert [s.cue.text for s in analyse(structure("case", entry["text"], title="A case")).statements] == [entry["cue"]]
