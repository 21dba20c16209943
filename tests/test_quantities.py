"""Amounts, dates and durations: the cases, and that looking for a sign or word first loses none of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from helpers import analyse
from helpers.knowledge.amounts import amounts, currencies
from helpers.knowledge.vocabulary import countries
from helpers.names import quantities
from helpers.names.quantities import find_quantities
from helpers.text.article import structure

CASES = json.loads(Path("tests/cases/quantities.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_quantities_have_a_value_and_a_unit(case):
    found = find_quantities(case["input"], case.get("today"))
    assert [[q.type, q.text, q.value, q.unit] for q in found] == case["expected"]


WORDS = [word for case in CASES for word in case["input"].split()]
TEXTS = [" ".join(WORDS[i : i + 5]).swapcase() if i % 2 else " ".join(WORDS[i : i + 5]) for i in range(len(WORDS) - 4)]


def test_a_pattern_left_out_would_have_found_nothing(monkeypatch):
    found = [find_quantities(text) for text in TEXTS]
    words = frozenset(quantities.WORD_OR_SIGN.findall(quantities.ANY_DIGIT.sub("0", " ".join(TEXTS).casefold())))
    all_tried = tuple((kind, words, pattern) for kind, _, pattern in quantities.patterns())
    monkeypatch.setattr(quantities, "patterns", lambda: all_tried)
    assert [find_quantities(text) for text in TEXTS] == found


@pytest.mark.parametrize(
    ("sentence", "unit"),
    [
        ("Pakistan will spend Rs 750 crore, Ada Roe said.", "PKR"),
        ("The state will spend Rs 750 crore, Ada Roe said.", "INR"),
        ("India lent Nepal 5 billion rupees, Ada Roe said.", None),
        ("The Philippines will pay 20 million pesos, Ada Roe said.", "PHP"),
    ],
)
def test_the_articles_countries_tell_whose_rupees_are_meant(sentence, unit):
    entities = analyse(structure("loans", sentence)).entities
    assert [e.unit for e in entities if e.type == "money"] == [unit]


def test_a_currency_is_that_of_a_known_country():
    told = {country for kind in ("sign", "currency") for form in amounts(kind) for country in currencies(form).values()}
    assert told - {""} <= {country.name for country in countries()}


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("Ada Roe met Bo Lind on Friday.", "2026-11-20"),
        ("Ada Roe will meet Bo Lind on Friday.", "2026-11-27"),
        ("Ada Roe said she would meet Bo Lind on Friday.", "2026-11-27"),
        ("Ada Roe said on Friday that the talks would resume.", "2026-11-20"),
        ("Ada Roe agreed to resign on Friday.", "2026-11-27"),
        ("Ada Roe agreed on Friday to resign.", "2026-11-20"),
        ("The talks scheduled for Friday were cancelled.", "2026-11-27"),
        ("The summit begins on Friday, Ada Roe said.", "2026-11-27"),
        ("Ahead of Friday's vote, Ada Roe warned Bo Lind.", "2026-11-27"),
        ("Talks on Friday", None),
        ("The treaty was signed in May.", "2026-05"),
        ("Elections will be held in May.", "2027-05"),
        ("The siege began on December 28.", "2025-12-28"),
        ("Bo Lind will leave on January 5.", "2027-01-05"),
    ],
)
def test_a_day_lies_ahead_or_behind_as_the_tense_tells(sentence, day):
    analysis = analyse(structure("talks", sentence, date="2026-11-25"))
    assert [e.value for e in analysis.entities if e.type == "date"] == [day]
