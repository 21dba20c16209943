"""What the encoder says of the statements of an article, weighed into what the readable models say.

>>> analysis = analyse(read_text("Ada Roe condemned the raid on the port."))                      # doctest: +SKIP
>>> with_encoder(analysis.statements, analysis.article.text)[0].stances[0].probabilities       # doctest: +SKIP
(0.9, 0.06, 0.04)

Where its situation settles a stance, since nothing was said or it is another's view, the encoder is not asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from helpers.records import Sentiment, Span, Stance, Statement
from helpers.tone.encoder import Asked, Numbers, Range, by_encoder
from helpers.tone.mixture import both, in_decimals, mixed, mixings
from helpers.tone.model import label_of, model
from helpers.tone.verdict import tone_of


def with_encoder(statements: Sequence[Statement], text: str) -> tuple[Statement, ...]:
    """The statements of an article with both verdicts in their stances and sentiments; all are read together."""
    targets = [asked_about(s, text, stance.target) for s in statements for stance in s.stances if not stance.settled]
    contents = [asked_about(s, text) for s in statements if s.sentiment]
    stances, tones = (iter(scores) for scores in by_encoder(targets, contents))
    return tuple(
        replace(
            s,
            stances=tuple(stance if stance.settled else weighed_stance(stance, next(stances)) for stance in s.stances),
            sentiment=weighed_sentiment(s.sentiment, next(tones)) if s.sentiment else None,
        )
        for s in statements
    )


def asked_about(statement: Statement, text: str, target: Span | None = None) -> Asked:
    """The words from the first to the last of source, cue and content, and what is asked: a target, or the content."""
    spans = [*statement.segments, *(span for span in (statement.cue, statement.source) if span is not None)]
    start, end = min(span.start for span in spans), max(span.end for span in spans)

    def within(span: Span) -> Range:
        return span.start - start, span.end - start

    return Asked(
        text[start:end],
        target=within(target) if target else None,
        holder=within(statement.source) if statement.source else None,
        contents=() if target else tuple(map(within, statement.segments)),
    )


def weighed_stance(stance: Stance, scores: Numbers) -> Stance:
    """The stance by both verdicts."""
    chances = both(stance.probabilities, in_decimals(scores.tolist()), "held")
    return replace(
        stance,
        label=label_of(chances),
        score=round(chances[2] - chances[0], 4),
        probabilities=chances,
        sure=max(chances) >= model().sure,
    )


def weighed_sentiment(sentiment: Sentiment, scores: Numbers) -> Sentiment:
    """The tone of a statement by both verdicts."""
    chances = mixed(sentiment.probabilities, in_decimals(scores.tolist()), mixings()["tone"])
    against, neither, toward, ambivalent = chances
    score = round(toward - against, 4)
    return replace(sentiment, label=tone_of(chances), score=score, probabilities=(against, neither, toward, ambivalent))
