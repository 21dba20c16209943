"""The statement record: what `python -m helpers statements` writes, one JSON object a line.

>>> record = statement_record(analysis.statements[0])      # doctest: +SKIP
>>> record["kind"], record["segments"][0]["start"]         # doctest: +SKIP
('direct', 394)

Keys and their meaning: docs/CODEBOOK.md.
"""

from __future__ import annotations

import json
from typing import Any

from helpers.records import LABELS, Span, Stance, Statement, Theme


def span_record(span: Span) -> dict[str, Any]:
    """A span as start, end and text."""
    return {"start": span.start, "end": span.end, "text": span.text}


def theme_record(theme: Theme) -> dict[str, Any]:
    """A theme with its score and the words that gave it; `context` are further words around it that add to the score.

    Of an inherited theme all evidence stands around the statement; `where` says so of each piece.
    """
    own = [{**span_record(e), "where": "statement"} for e in theme.evidence]
    around = [{**span_record(c.span), "where": c.where} for c in theme.context]
    return {
        "theme": theme.theme,
        "score": theme.score,
        "inherited": theme.inherited,
        "evidence": own + around if theme.inherited else own,
        "context": [] if theme.inherited else around,
    }


def statement_record(statement: Statement) -> dict[str, Any]:
    """The public record of a statement; every span keeps its offsets into the article's text."""
    tone, level, cue = statement.sentiment, statement.readability, statement.cue
    return {
        "article": statement.article,
        "statement_id": statement.statement_id,
        "kind": statement.kind,
        "segments": [span_record(s) for s in statement.segments],
        "cue": {"start": cue.start, "end": cue.end, "text": cue.text, "lemma": cue.lemma} if cue else None,
        "source": span_record(statement.source) if statement.source else None,
        "speakers": [
            {
                "name": s.name,
                "role": s.role,
                "country": s.country,
                "official": s.official,
                "resolved_by": s.resolved_by,
            }
            for s in statement.speakers
        ],
        "sentiment": {"label": tone.label, "score": tone.score} if tone else None,
        "stances": [stance_record(s) for s in statement.stances],
        "themes": [theme_record(theme) for theme in statement.themes],
        "entities": [
            {"name": e.name, "type": e.type, "start": e.start, "end": e.end, "text": e.text} for e in statement.entities
        ],
        "readability": {name: getattr(level, name) for name in level.__slots__} if level else None,
        "confidence": statement.confidence,
        "why": list(statement.why),
    }


def stance_record(stance: Stance) -> dict[str, Any]:
    """A stance: target, verdict, calibrated probabilities, and the words that decided."""
    return {
        "target": span_record(stance.target),
        "label": stance.label,
        "score": stance.score,
        "probabilities": dict(zip(LABELS, stance.probabilities, strict=True)),
        "sure": stance.sure,
        "demand": stance.demand,
        "held_by": span_record(stance.held_by) if stance.held_by else None,
        "reasons": [{**span_record(r.span), "weight": r.weight, "feature": r.feature} for r in stance.reasons],
    }


def json_line(statement: Statement) -> str:
    """The record as one line of JSON."""
    return json.dumps(statement_record(statement), ensure_ascii=False)
