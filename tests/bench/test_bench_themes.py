"""Measures: what matching themes costs beside the parse, and how that grows with the number of patterns."""

from __future__ import annotations

from dataclasses import replace
from time import perf_counter

import pytest
from bench_texts import articles, show_table

from helpers.parse import parse_many
from helpers.themes.context import read_sentences, themed_paragraphs
from helpers.themes.taxonomy import Pattern, Taxonomy, load_taxonomy

OF_THE_PARSE, GROWTH = 0.05, 0.2
ROUNDS = 15


def seconds(parsed, *taxonomies):
    """How long matching takes at best with each taxonomy, by turns so that a busy moment is nobody's, all words met before."""
    tries = [[] for _ in taxonomies]
    for _ in range(ROUNDS):
        for taxonomy, times in zip(taxonomies, tries, strict=True):
            before = perf_counter()
            for article in parsed:
                themed_paragraphs(article.article.text, read_sentences(article, taxonomy), taxonomy)
            times.append(perf_counter() - before)
    return [min(times) for times in tries]


def doubled(taxonomy: Taxonomy) -> Taxonomy:
    """The taxonomy with as many patterns again, of other words."""
    themes = (
        replace(theme, patterns=theme.patterns + tuple(Pattern(other_words(p.text), p.line) for p in theme.patterns))
        for theme in taxonomy.themes
    )
    return Taxonomy(taxonomy.file, tuple(themes))


def other_words(pattern: str) -> str:
    """A pattern of the same shape that matches nothing."""
    return " ".join(
        "|".join(f"qx{part}" if part[:1].isalpha() else part for part in word.split("|")) for word in pattern.split()
    )


@pytest.mark.bench
def test_themes_cost_little_and_grow_little():
    texts = articles()
    before = perf_counter()
    parsed = list(parse_many(texts))
    parse = perf_counter() - before
    one, two = seconds(parsed, load_taxonomy(), doubled(load_taxonomy()))
    rows = [
        ("of the parse, percent (under 5)", 100 * one / parse),
        ("growth with twice the patterns, percent (under 20)", 100 * (two / one - 1)),
    ]
    show_table("Matching of themes", rows)
    assert one < OF_THE_PARSE * parse
    assert two < (1 + GROWTH) * one
