"""Protects: looking at each word once leaves every score of nltk’s engine as it is."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.tone.vader import analyser

WORDS = "not never very great GREAT success threat war but kind of the bomb :) :-( don't least yeah-right crisis-hit".split()
MARKS = [".", "!", "!!", "!!!", "????", "?!?", ",", ";", ":", "-", "'", '"', "“", "’", "—", "…", "(", ""]
TOKENS = st.builds(lambda before, word, after: before + word + after, *map(st.sampled_from, (MARKS, WORDS, MARKS)))


@settings(derandomize=True, deadline=None, max_examples=500)
@given(st.lists(TOKENS | st.text(max_size=5), max_size=14).map(" ".join))
def test_scores_are_those_of_the_engine_itself(text):
    engine = analyser()
    assert engine.polarity_scores(text) == super(type(engine), engine).polarity_scores(text)
