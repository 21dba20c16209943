"""Sentiment of a statement's own words with VADER, and the words that decided.

>>> tone = sentiment("talks were a great success, not a failure")
>>> tone.label, tone.score, [word for word, _ in tone.words]
('positive', 0.8886, ['great', 'success', 'not', 'failure'])

Score: VADER's *compound*, from -1 to 1; ±0.05 and beyond are positive and negative (Hutto & Gilbert, ICWSM 2014).
The engine is nltk's, the lexicon that of the vaderSentiment package (MIT), so nothing is downloaded. VADER was made for
social media: it takes "Secretary of War" for a negative and "trade" for a neutral word. Notebook 04 shows what follows.
"""

from __future__ import annotations

from copy import copy
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from helpers.records import Label, Sentiment

if TYPE_CHECKING:
    from nltk.sentiment.vader import SentimentIntensityAnalyzer

THRESHOLD = 0.05  # of the compound score, as its authors advise


@cache
def analyser() -> SentimentIntensityAnalyzer:
    """nltk's VADER engine with the lexicon of the vaderSentiment package."""
    from nltk.sentiment.vader import SentimentIntensityAnalyzer, VaderConstants

    class OfflineAnalyser(SentimentIntensityAnalyzer):
        """The engine without nltk's downloader: the lexicon comes as text."""

        def __init__(self) -> None:
            self.lexicon_file = files("vaderSentiment").joinpath("vader_lexicon.txt").read_text(encoding="utf8")
            self.lexicon = self.make_lex_dict()
            self.constants = VaderConstants()

        def polarity_scores(self, text: str) -> dict[str, float]:
            """The same scores in half the time: no token ends in a mark that the text does not hold."""
            marks = VaderConstants()
            marks.PUNC_LIST = [mark for mark in marks.PUNC_LIST if mark in text]
            engine = copy(self)
            engine.constants = marks
            return SentimentIntensityAnalyzer.polarity_scores(engine, text)

    return OfflineAnalyser()


@cache
def modifiers() -> frozenset[str]:
    """The words that turn the next one round or strengthen it: not, very."""
    constants = analyser().constants
    return frozenset((*constants.NEGATE, *constants.BOOSTER_DICT))


def label_of(score: float) -> Label:
    """The label of a compound score.

    >>> label_of(0.8), label_of(0.0), label_of(-0.05)
    ('positive', 'neutral', 'negative')
    """
    return "positive" if score >= THRESHOLD else "negative" if score <= -THRESHOLD else "neutral"


def sentiment(text: str) -> Sentiment:
    """The tone of `text`: label, score and the lexicon's words in it, with their valence there (-4 to 4)."""
    score = float(analyser().polarity_scores(text)["compound"])
    return Sentiment(label_of(score), score, lexicon_words(text))


def lexicon_words(text: str) -> tuple[tuple[str, float], ...]:
    """The words of `text` that VADER's lexicon knows, with their valence; a negation or an intensifier carries 0.

    >>> lexicon_words("never a great threat")
    (('never', 0.0), ('great', 3.1), ('threat', -2.4))
    """
    lexicon, helpers = analyser().lexicon, modifiers()
    words = [w.strip(".,;:!?“”\"'‘’()—–").lower() for w in text.split()]
    return tuple((w, float(lexicon.get(w, 0.0))) for w in words if w in lexicon or w in helpers)
