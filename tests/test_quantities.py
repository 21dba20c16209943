"""Amounts, dates and durations: the cases, and that looking for a sign or word first loses none of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from helpers.names.quantities import find_quantities, patterns

CASES = json.loads(Path("tests/cases/quantities.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_quantities_have_a_value_and_a_unit(case):
    assert [[q.type, q.text, q.value, q.unit] for q in find_quantities(case["input"])] == case["expected"]


WORDS = [word for case in CASES for word in case["input"].split()]
TEXTS = [" ".join(WORDS[i : i + 5]).swapcase() if i % 2 else " ".join(WORDS[i : i + 5]) for i in range(len(WORDS) - 4)]


def test_a_pattern_left_out_would_have_found_nothing():
    for text in TEXTS:
        found = {(q.start, q.end) for q in find_quantities(text)}
        for _, _, pattern in patterns():
            for match in pattern.finditer(text):
                assert any(start < match.end() and match.start() < end for start, end in found), (text, match)
