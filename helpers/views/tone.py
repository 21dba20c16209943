"""Views of tone for the notebooks: words with their weights, statements ranked, a verdict beside a reader's.

>>> tones("The talks were a success.")["words"].item()
'success +2.7'
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from helpers.records import Analysis, Sentiment
from helpers.sentiment import analyser, sentiment


def tones(*texts: str) -> pd.DataFrame:
    """The tone of each text. Columns: text, score, label, words (those that decided, with their weight)."""
    found = [(text, sentiment(text)) for text in texts]
    rows = [{"text": text, "score": tone.score, "label": tone.label, "words": weighed(tone)} for text, tone in found]
    return pd.DataFrame(rows, columns=["text", "score", "label", "words"])


def judged(cases: Sequence[tuple[str, str]]) -> pd.DataFrame:
    """The tone of texts beside a reader's verdict. Columns: text, a_reader, vader, score, words."""
    frame = tones(*(text for text, _ in cases)).rename(columns={"label": "vader"})
    frame.insert(1, "a_reader", [verdict for _, verdict in cases])
    return frame[["text", "a_reader", "vader", "score", "words"]]


def weighed(tone: Sentiment) -> str | None:
    """The words of a tone with their weights: "success +2.7, not" (a negation or intensifier has none of its own)."""
    return ", ".join(f"{w} {weight:+.1f}".replace("-", "−") if weight else w for w, weight in tone.words) or None


def weights(*words: str) -> pd.DataFrame:
    """What the lexicon says of each word by itself. Columns: word, weight (missing where it is not listed)."""
    lexicon = analyser().lexicon
    return pd.DataFrame({"word": list(words), "weight": [float(lexicon[w]) if w in lexicon else None for w in words]})


def ranking(analysis: Analysis) -> pd.DataFrame:
    """The statements from most negative to most positive. Columns: score, label, speakers, words, text."""
    rows = [
        {
            "score": t.score,
            "label": t.label,
            "speakers": " and ".join(p.name for p in s.speakers),
            "words": weighed(t),
            "text": s.text,
        }
        for s in analysis.statements
        if (t := s.sentiment)
    ]
    frame = pd.DataFrame(rows, columns=["score", "label", "speakers", "words", "text"])
    return frame.sort_values("score", kind="stable", ignore_index=True)


def by_official(analysis: Analysis) -> pd.DataFrame:
    """The tone of each official's statements. Columns: official, statements, lowest, mean, highest."""
    rows = [
        {"official": p.name, "score": s.sentiment.score}
        for s in analysis.statements
        for p in s.speakers
        if p.official and s.sentiment
    ]
    frame = pd.DataFrame(rows, columns=["official", "score"]).astype({"score": float})
    scores = frame.groupby("official", sort=False)["score"]
    found = scores.agg(statements="count", lowest="min", mean="mean", highest="max").round(2).reset_index()
    return found.sort_values("mean", ascending=False, kind="stable", ignore_index=True)


def known_share(analysis: Analysis) -> pd.DataFrame:
    """How many words of each statement the lexicon knows. Columns: label, score, known, words, text."""
    rows = [
        {
            "label": t.label,
            "score": t.score,
            "known": sum(bool(w) for _, w in t.words),
            "words": s.readability.words,
            "text": s.text,
        }
        for s in analysis.statements
        if (t := s.sentiment) and s.readability
    ]
    return pd.DataFrame(rows, columns=["label", "score", "known", "words", "text"])


def tone_and_grade(analysis: Analysis) -> pd.DataFrame:
    """Tone and difficulty side by side. Columns: speakers, score, label, words, flesch_kincaid_grade, text."""
    from helpers.tables import statements_table

    frame = statements_table(analysis).rename(columns={"sentiment_score": "score", "sentiment": "label"})
    return frame[["speakers", "score", "label", "words", "flesch_kincaid_grade", "text"]]
