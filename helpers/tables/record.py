"""The statement record: what `python -m helpers statements` writes, one JSON object a line.

>>> statement_record(analysis.statements[0])["kind"]         # doctest: +SKIP
'direct'

Spans, cue, speakers, entities and readability have the keys of their records in `helpers.records`. All keys and their
meaning: docs/CODEBOOK.md.
"""

from collections.abc import Iterable
from typing import Any

import msgspec

from helpers.records import LABELS, TONES, Sentiment, Span, Stance, Statement, Theme

KEYS = (
    "article statement_id kind segments cue source speakers asserted sentiment vader stances themes entities readability "
    "confidence why"
).split()
STANCE_KEYS = "target label score sure demand held_by".split()


def json_text(value: Any, indent: int = 0) -> str:
    """A value (records too) as JSON: on one line, or indented.

    >>> json_text({"span": Span(0, 4, "“No”"), "why": ()})
    '{"span": {"start": 0, "end": 4, "text": "“No”"}, "why": []}'
    """
    return msgspec.json.format(msgspec.json.encode(value), indent=indent).decode()


def json_lines(values: Iterable[Any]) -> str:
    return "".join(json_text(value) + "\n" for value in values)


def theme_record(theme: Theme) -> dict[str, Any]:
    """A theme with its score and the words that gave it; `context` are further words around it that add to the score.

    Of an inherited theme all evidence stands around the statement; `where` says so of each piece.
    """
    own = [with_span(e, where="statement") for e in theme.evidence]
    around = [with_span(c.span, where=c.where) for c in theme.context]
    return {
        "theme": theme.theme,
        "score": theme.score,
        "inherited": theme.inherited,
        "evidence": own + around if theme.inherited else own,
        "context": [] if theme.inherited else around,
    }


def stance_record(stance: Stance) -> dict[str, Any]:
    """A stance: target, verdict, calibrated probabilities, and the words that decided."""
    return {**{key: getattr(stance, key) for key in STANCE_KEYS}, **judged(stance)}


def judged(verdict: Stance | Sentiment) -> dict[str, Any]:
    """The probabilities by their labels, those of the verdict and those of either model, None where it was not asked; and the
    words that decided, each with its place, weight and strongest feature."""
    labels = LABELS if isinstance(verdict, Stance) else TONES
    parts = {name: getattr(verdict, name) for name in ("probabilities", "readable", "encoder")}
    reasons = [with_span(r.span, weight=r.weight, feature=r.feature) for r in verdict.reasons]
    return {name: part and dict(zip(labels, part, strict=True)) for name, part in parts.items()} | {"reasons": reasons}


def with_span(span: Span, **more: Any) -> dict[str, Any]:
    """A span's own keys, and what else is told of it."""
    return {"start": span.start, "end": span.end, "text": span.text, **more}


def statement_record(statement: Statement) -> dict[str, Any]:
    """The public record of a statement; every span keeps its offsets into the article's text."""
    tone, words = statement.sentiment, statement.vader
    record = {
        **{key: getattr(statement, key) for key in KEYS},
        "sentiment": {"label": tone.label, "score": tone.score, **judged(tone)} if tone else None,
        "vader": {"label": words.label, "score": words.score} if words else None,
        "stances": [stance_record(s) for s in statement.stances],
        "themes": [theme_record(theme) for theme in statement.themes],
    }
    plain: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(record))
    return plain
