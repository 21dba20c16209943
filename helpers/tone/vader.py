"""The tone of words by VADER, a list of words with weights: for teaching, beside the verdict of our own.

>>> tone = vader_tone("talks were a great success, not a failure")
>>> tone.label, tone.score, [word for word, _ in tone.words]
('positive', 0.8886, ['great', 'success', 'not', 'failure'])

Score: VADER's *compound*, from -1 to 1; ±0.05 and beyond are positive and negative (Hutto & Gilbert, ICWSM 2014).
The engine is nltk's, the lexicon that of the vaderSentiment package (MIT), so nothing is downloaded. VADER was made for
social media: it takes "Secretary of War" for a negative and "trade" for a neutral word. Notebook 04 shows what follows.
"""

from __future__ import annotations

import string
from functools import cache
from typing import TYPE_CHECKING

from helpers.knowledge.tone import vader
from helpers.records import Label, Vader

if TYPE_CHECKING:
    from nltk.sentiment.vader import SentimentIntensityAnalyzer

THRESHOLD = 0.05  # of the compound score, as its authors advise


@cache
def analyser() -> SentimentIntensityAnalyzer:
    """nltk's VADER engine with the lexicon of the vaderSentiment package, and no detour on the way to the same scores."""
    from nltk.sentiment.vader import SentimentIntensityAnalyzer, SentiText, VaderConstants

    class Words(SentiText):
        """The words of a text, each looked at once: nltk tries every word of the text with every mark."""

        def _words_and_emoticons(self) -> list[str]:
            return [
                word if word.isalnum() else bare(word, self.PUNC_LIST) for word in self.text.split() if len(word) > 1
            ]

    class OfflineAnalyser(SentimentIntensityAnalyzer):
        """The engine without nltk's downloader, which asks the rules about words of the lexicon only."""

        def __init__(self) -> None:
            self.lexicon = vader()
            self.constants = VaderConstants()

        def polarity_scores(self, text: str) -> dict[str, float]:
            told = Words(text, self.constants.PUNC_LIST, None)
            words = [word.lower() for word in told.words_and_emoticons]
            scores: list[float] = []
            first: dict[str, int] = {}  # nltk judges a word that comes again by its first place
            for place, (token, word) in enumerate(zip(told.words_and_emoticons, words, strict=True)):
                i = first.setdefault(token, place)
                kind_of = word == "kind" and words[i + 1 : i + 2] == ["of"]
                if word in self.lexicon and word not in self.constants.BOOSTER_DICT and not kind_of:
                    self.sentiment_valence(0, told, token, i, scores)
                else:
                    scores.append(0.0)
            return dict(self.score_valence(self._but_check(words, scores), text))

    return OfflineAnalyser()


def bare(word: str, marks: list[str]) -> str:
    """The word without one of VADER's marks before or behind it; with marks on both sides or within, it is left.

    >>> bare("raid!!", ["!!"]), bare("“raid”", ["!!"]), bare("(raid)", ["(", ")"]), bare("non-event.", ["."])
    ('raid', '“raid”', '(raid)', 'non-event.')
    """
    core = word.strip(string.punctuation)
    mark = word.removeprefix(core) if word.startswith(core) else word.removesuffix(core)
    if len(core) < 2 or mark not in marks or not set(core).isdisjoint(string.punctuation):
        return word
    return core


def label_of(score: float) -> Label:
    """The label of a compound score.

    >>> label_of(0.8), label_of(0.0), label_of(-0.05)
    ('positive', 'neutral', 'negative')
    """
    return "positive" if score >= THRESHOLD else "negative" if score <= -THRESHOLD else "neutral"


def vader_tone(text: str) -> Vader:
    """The tone of `text`: label, score and the lexicon's words in it, with their valence there (-4 to 4)."""
    score = float(analyser().polarity_scores(text)["compound"])
    return Vader(label_of(score), score, lexicon_words(text))


def lexicon_words(text: str) -> tuple[tuple[str, float], ...]:
    """The words of `text` that VADER's lexicon knows, with their valence; a negation or an intensifier carries 0.

    >>> lexicon_words("never a great threat")
    (('never', 0.0), ('great', 3.1), ('threat', -2.4))
    """
    lexicon, constants = analyser().lexicon, analyser().constants
    words = [w.strip(".,;:!?“”\"'‘’()—–").lower() for w in text.split()]
    turning, raising = constants.NEGATE, constants.BOOSTER_DICT  # the next word round, or making it stronger: not, very
    return tuple((w, lexicon.get(w, 0.0)) for w in words if w in lexicon or w in turning or w in raising)
