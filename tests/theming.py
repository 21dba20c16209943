"""Small taxonomies for trying the matching, and what they find."""

from __future__ import annotations

from helpers.parse import pipeline
from helpers.themes.match import match_themes
from helpers.themes.taxonomy import Pattern, Taxonomy, ThemeEntry


def one_theme(*patterns: str, blockers: tuple[str, ...] = ()) -> Taxonomy:
    """A taxonomy of one theme, for trying the pattern language."""
    lines = tuple(Pattern(p, 1) for p in patterns)
    walls = tuple(Pattern(p, 1) for p in blockers)
    return Taxonomy("test", (ThemeEntry("t", "T", "T", lines, 1, blockers=walls),))


def hits(text: str, taxonomy: Taxonomy) -> list[str]:
    """The words that the patterns of `taxonomy` find in `text`."""
    return [text[hit.start : hit.end] for hit in match_themes(pipeline()(text), taxonomy)]
