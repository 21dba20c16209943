"""Measures: how many statements a second get their stances, after the parse, on one core."""

from __future__ import annotations

from importlib import import_module
from time import process_time

import pytest
from bench_texts import articles, show_table

road = import_module("helpers.analyse")
AT_LEAST = 1500  # statements a second, on one core
ROUNDS = 5


@pytest.mark.bench
def test_stances_of_many_statements(monkeypatch):
    calls, stances = [], road.stances
    with monkeypatch.context() as patch:
        patch.setattr(road, "stances", lambda *given: calls.append(given) or ())
        list(road.analyse_many(articles()))
    tries = []
    for _ in range(ROUNDS):
        before = process_time()
        found = sum(len(stances(*given)) for given in calls)
        tries.append(process_time() - before)
    speed = len(calls) / min(tries)
    rows = [
        ("statements", len(calls)),
        ("stances", found),
        (f"statements a second (at least {AT_LEAST})", speed),
    ]
    show_table("Stances, after the parse", rows, "{:10.0f}")
    assert speed >= AT_LEAST
