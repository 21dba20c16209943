"""What the encoder says of the statements of an article, weighed into what the readable models say; unless all is to go fast.

>>> analysis = analyse(read_text("Ada Roe condemned the raid on the port."))                      # doctest: +SKIP
>>> with_encoder(analysis.statements, paragraphs)[0].stances[0].probabilities                  # doctest: +SKIP
(0.9, 0.06, 0.04)

Where its situation settles a stance, since nothing was said or it is another's view, the encoder is not asked.
"""

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar, cast

from helpers.parse import ParsedParagraph
from helpers.records import LABELS, TONES, Reason, Sentiment, Span, Stance, Statement
from helpers.tone.encoder import Asked, Numbers, Range, by_encoder
from helpers.tone.mixture import in_decimals, mixed, mixings
from helpers.tone.model import likeliest, model

WORD = re.compile(r"\w[\w’'-]*")
Verdict = TypeVar("Verdict", Stance, Sentiment)
FAST = "ON_THE_RECORD_FAST"  # in the environment, so that the notebooks a command starts do as it does


def use_fast() -> None:
    """Do without the encoder from now on, in this process and those it starts."""
    os.environ[FAST] = "1"


def is_fast(asked: bool | None = None) -> bool:
    """Is the encoder left out: as it was `asked`, else as the process is set?"""
    return os.environ.get(FAST) == "1" if asked is None else asked


def with_encoder(statements: Sequence[Statement], paragraphs: Mapping[int, ParsedParagraph]) -> tuple[Statement, ...]:
    """The statements of an article with both verdicts in their stances and sentiments; all are read together."""
    placed = [(s, paragraphs[s.paragraph]) for s in statements]
    targets = [asked_about(s, at, stance.target) for s, at in placed for stance in s.stances if not stance.settled]
    contents = [asked_about(s, at) for s, at in placed if s.sentiment]
    stances, tones = (iter(scores) for scores in by_encoder(targets, contents))
    return tuple(
        replace(
            s,
            stances=tuple(stance if stance.settled else weighed_stance(stance, next(stances)) for stance in s.stances),
            sentiment=weighed(s.sentiment, next(tones), "tone") if s.sentiment else None,
        )
        for s in statements
    )


def left_out(statement: Statement, paragraph: ParsedParagraph, target: Span | None = None) -> tuple[Reason, ...]:
    """What the encoder makes of each word: how far its verdict would fall, from for to against, without that word.

    >>> left_out(statement, paragraph, statement.stances[0].target)[0].span.text         # doctest: +SKIP
    'condemned'

    The weightiest first. This describes what the encoder does; it is no rule that it follows. One reading a word.
    """
    asked, start = asked_about(statement, paragraph, target), extent(statement, paragraph)[0]
    kept = [span for span in (asked.target, asked.holder) if span]
    words = [m.span() for m in WORD.finditer(asked.text) if not any(a < m.end() and m.start() < b for a, b in kept)]
    each = [asked, *(without(asked, *word) for word in words)]
    scores = by_encoder(*((each, ()) if target else ((), each)))[0 if target else 1]
    whole, *others = (chances[2] - chances[0] for chances in map(in_decimals, scores.tolist()))
    found = [
        Reason(paragraph.span(start + a, start + b), round(whole - other, 3), "left out")
        for (a, b), other in zip(words, others, strict=True)
    ]
    return tuple(sorted(found, key=lambda reason: -abs(reason.weight)))


def without(asked: Asked, start: int, end: int) -> Asked:
    """The same question without the word from `start` to `end`, and the space behind it.

    >>> without(Asked("Roe fully backed it", target=(17, 19), holder=(0, 3)), 4, 9)
    Asked(text='Roe backed it', target=(11, 13), holder=(0, 3), contents=())
    """

    end += asked.text[end : end + 1].isspace()

    def moved(span: Range | None) -> Range | None:
        return span and (span[0] - cut(span[0]), span[1] - cut(span[1]))

    def cut(place: int) -> int:
        return max(0, min(place, end) - start)

    return Asked(
        asked.text[:start] + asked.text[end:],
        moved(asked.target),
        moved(asked.holder),
        tuple((a - cut(a), b - cut(b)) for a, b in asked.contents),
    )


def extent(statement: Statement, paragraph: ParsedParagraph) -> Range:
    """Where the first of source, cue and content begins in what is read of the paragraph, and the last ends."""
    beside = (span for span in (statement.cue, statement.source) if span is not None)
    ranges = [paragraph.within(span) for span in (*statement.segments, *beside)]
    return min(start for start, _ in ranges), max(end for _, end in ranges)


def asked_about(statement: Statement, paragraph: ParsedParagraph, target: Span | None = None) -> Asked:
    """What is read from the first to the last of source, cue and content, and what is asked: a target, or the content."""
    first, last = extent(statement, paragraph)

    def within(span: Span) -> Range:
        start, end = paragraph.within(span)
        return start - first, end - first

    return Asked(
        paragraph.text[first:last],
        target=within(target) if target else None,
        holder=within(statement.source) if statement.source else None,
        contents=() if target else tuple(map(within, statement.segments)),
    )


def weighed(verdict: Verdict, scores: Numbers, kind: str) -> Verdict:
    """The stance, or the tone of a statement, by both verdicts."""
    said = in_decimals(scores.tolist())
    chances, labels = mixed(verdict.probabilities, said, mixings()[kind]), TONES if kind == "tone" else LABELS
    return replace(
        verdict,
        label=likeliest(chances, cast(Any, labels)),
        score=round(chances[2] - chances[0], 4),
        probabilities=chances,
        readable=verdict.probabilities,
        encoder=said,
    )


def weighed_stance(stance: Stance, scores: Numbers) -> Stance:
    """A stance by both verdicts, and whether it is sure."""
    found = weighed(stance, scores, "heard")
    return replace(found, sure=max(found.probabilities) >= model().sure)
