"""Protects: who is behind a source, by phenomenon (tests/cases/names.json). People and countries are fictional.

A case holds sources of its text as they stand, each with the people or bodies behind it; "" where it cannot be told.
"""

import json
from pathlib import Path

import pytest

from helpers.analyse import analyse
from helpers.explain import SPEAKERS
from helpers.text.article import structure

CASES = json.loads((Path(__file__).parent / "cases/names.json").read_text(encoding="utf8"))
MARKS = ", "


def case(entry):
    marks = [pytest.mark.xfail(strict=True, reason=entry["fails"])] if "fails" in entry else []
    return pytest.param(entry, id=f"{entry['phenomenon']}: {entry['label']}", marks=marks)


@pytest.mark.parametrize("entry", [case(entry) for entry in CASES])
def test_who_is_behind_a_source(entry):
    statements = analyse(structure("case", entry["text"], title="A case")).statements
    found = [[s.source.text.strip(MARKS), " + ".join(p.name for p in s.speakers)] for s in statements if s.source]
    assert [pair for pair in entry["expected"] if pair not in found] == [], found
    assert {p.resolved_by for s in statements for p in s.speakers} <= set(SPEAKERS)  # and the reason can be told


def test_every_case_is_its_own():
    assert len({entry["text"] for entry in CASES}) == len(CASES)
