"""Measures: what finding statements costs beside the parse alone, and which step costs what."""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from importlib import import_module
from time import perf_counter

import pytest
import spacy
from bench_texts import articles, show_table

from helpers.parse import BATCH, model_name, pipeline

road = import_module("helpers.analyse")
AT_LEAST = 0.87  # of the bare parse's articles a second
ROUNDS = 5
STEPS = ("read_paragraphs", "find_people", "find_things", "find_references", "with_references", "find_entities", "read_sentences",
         "themed_paragraphs", "find_statements", "sentiment", "stances", "readability", "entities_in", "themes_in")  # fmt: skip


def seconds(*works):
    """How long each of `works` takes at best; they take turns, since machines are now fast, now slow."""
    tries = [[] for _ in works]
    for _ in range(ROUNDS):
        for work, took in zip(works, tries, strict=True):
            before = perf_counter()
            work()
            took.append(perf_counter() - before)
    return [min(took) for took in tries]


@pytest.mark.bench
def test_analysis_keeps_most_of_the_speed_of_the_parse():
    texts, plain = articles(), spacy.load(model_name())  # as spaCy comes
    list(road.analyse_many(texts[:2], fast=False))
    pieces = [paragraph.span.text for article in texts for paragraph in article.body]
    bare, apart, whole, both = seconds(
        lambda: list(plain.pipe([article.text for article in texts])),
        lambda: list(pipeline().pipe(pieces, batch_size=BATCH)),
        lambda: list(road.analyse_many(texts, fast=True)),
        lambda: list(road.analyse_many(texts, fast=False)),
    )
    words = sum(len(article.text.split()) for article in texts)
    show_table(
        f"Analysis of {len(texts)} articles, {words:,} words",
        [
            ("bare nlp.pipe, articles a second", len(texts) / bare),
            ("our parse by paragraph", len(texts) / apart),
            ("analyse_many without the encoder", len(texts) / whole),
            ("analyse_many, words a second", words / whole),
            ("with the encoder, articles a second", len(texts) / both),
            ("with the encoder, ratio to bare nlp.pipe", bare / both),
            (f"ratio to bare nlp.pipe (at least {AT_LEAST})", bare / whole),
        ],
    )
    assert bare / whole >= AT_LEAST


@contextmanager
def timed(monkeypatch, spent):
    """Note the time of every step of the road."""

    def watch(name, step):
        def run(*arguments, **named):
            before = perf_counter()
            try:
                return step(*arguments, **named)
            finally:
                spent[name] += perf_counter() - before

        return run

    with monkeypatch.context() as patch:
        for name in STEPS:
            patch.setattr(road, name, watch(name, getattr(road, name)))
        yield


@pytest.mark.bench
def test_cost_of_each_step(monkeypatch):
    texts, spent = articles(), Counter()
    list(road.analyse_many(texts[:2]))
    before = perf_counter()
    with timed(monkeypatch, spent):
        list(road.analyse_many(texts))
    whole = perf_counter() - before
    rows = [(name, 100 * value / whole) for name, value in spent.most_common()]
    show_table(
        "Share of each step in the analysis, percent", [("parse, and all else", 100 - sum(v for _, v in rows)), *rows]
    )
