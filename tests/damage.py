"""Texts with damage done to them, as strategies for property tests: characters lost, marks flipped, anything put in."""

from __future__ import annotations

import re

from hypothesis import strategies as st

MARKS = ["“", "”", '"', "'", "‘", "’", "''", "``", "«", "»", "„", "‟", "‹", "›", "「", "」", "＂", "′", "″"]
MARK = re.compile("|".join(map(re.escape, sorted(MARKS, key=len, reverse=True))))
MOST = 12  # places damaged in one text


@st.composite
def with_characters_lost(draw, text):
    """The text without some runs of characters."""
    for _ in range(draw(st.integers(1, MOST))):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + text[at + draw(st.integers(1, 20)) :]
    return text


@st.composite
def with_marks_flipped(draw, text):
    """The text with some of its quotation marks put for others, dropped or doubled."""
    found = list(MARK.finditer(text))
    for mark in reversed(found[:200]):
        put = draw(st.sampled_from([mark[0], mark[0], "", mark[0] * 2, *MARKS]))
        text = text[: mark.start()] + put + text[mark.end() :]
    return text


@st.composite
def with_anything_put_in(draw, text):
    """The text with runs of any characters, or lone marks, in some places."""
    for _ in range(draw(st.integers(1, MOST))):
        at = draw(st.integers(0, len(text)))
        text = (
            text[:at]
            + draw(st.sampled_from(MARKS) | st.text(st.characters(exclude_categories=["Cs"]), max_size=5))
            + text[at:]
        )
    return text


DAMAGES = {
    "characters-lost": with_characters_lost,
    "marks-flipped": with_marks_flipped,
    "anything-put-in": with_anything_put_in,
}
