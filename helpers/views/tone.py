"""Views of tone for the notebooks: words with their weights, stances with theirs, a verdict beside a reader's.

>>> tones("The talks were a success.")["words"].item()
'success +2.7'
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from html import escape

import pandas as pd

from helpers.drawing.markup import signed
from helpers.explain import explain_stance, stance_verdict
from helpers.records import LABELS, Analysis, Sentiment, Stance, Statement
from helpers.tone.sentiment import analyser, sentiment
from helpers.views.show import Mark, Shown, marked, marked_paragraphs
from helpers.views.statements import heard

VERDICTS = ("positive", "neutral", "negative", "unsure")
TARGET, FOR, AGAINST = "#E2E4E8", "#D6E8F5", "#FBE3CE"  # as the other tints: pale, told apart by the sign of the weight
COLOURS = dict(zip(VERDICTS, (FOR, TARGET, AGAINST, "#F6EDBE"), strict=True))


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


def stances_listed(analysis: Analysis) -> pd.DataFrame:
    """Each stance beside VADER's score of its statement. Columns: speakers, target, stance, score, vader, words,
    demand (does the speaker say how it must be?), held_by (who is told to stand so, if not the speaker), and the three
    probabilities: negative, neutral, positive."""
    rows = [
        {
            "speakers": " and ".join(p.name for p in s.speakers),
            "target": t.target.text,
            "stance": stance_verdict(t.label, t.sure),
            "score": t.score,
            "vader": s.sentiment.score if s.sentiment else None,
            "words": words_of(t),
            "demand": t.demand,
            "held_by": t.held_by.text if t.held_by else None,
            **dict(zip(LABELS, t.probabilities, strict=True)),
        }
        for s, t in held(analysis)
    ]
    return pd.DataFrame(
        rows, columns=["speakers", "target", "stance", "score", "vader", "words", "demand", "held_by", *LABELS]
    )


def held(analysis: Analysis) -> list[tuple[Statement, Stance]]:
    """Each stance with its statement, in the order of the article."""
    return [(s, t) for s in analysis.statements for t in s.stances]


def words_of(stance: Stance) -> str | None:
    """The words that decided, with their weights: "condemned −7.98"."""
    return ", ".join(f"{r.span.text} {signed(r.weight)}" for r in stance.reasons) or None


def stances_judged(cases: Sequence[tuple[str, str, str]]) -> pd.DataFrame:
    """Stances in short texts beside a reader's verdict, for cases of text, target and verdict.

    Columns: text, target, a_reader, stance, vader (its label for the statement), words. A target that is not found, or a
    text without a statement, has no stance.
    """
    rows = []
    for text, target, verdict in cases:
        found = [(s, t) for s, t in held(heard(text)) if target in t.target.text]
        said, stance = found[0] if found else (None, None)
        rows.append(
            {
                "text": text,
                "target": target,
                "a_reader": verdict,
                "stance": stance_verdict(stance.label, stance.sure) if stance else None,
                "vader": said.sentiment.label if said and said.sentiment else None,
                "words": words_of(stance) if stance else None,
            }
        )
    return pd.DataFrame(rows, columns=["text", "target", "a_reader", "stance", "vader", "words"])


def by_official(analysis: Analysis) -> pd.DataFrame:
    """What each official is for and against. Columns: official, statements, positive, neutral, negative, unsure (targets),
    vader (the mean of the statements' scores)."""
    rows = []
    for name in dict.fromkeys(p.name for s in analysis.statements for p in s.speakers if p.official):
        said = [s for s in analysis.statements if name in {p.name for p in s.speakers}]
        verdicts = [t.label if t.sure else "unsure" for s in said for t in s.stances]
        scores = [s.sentiment.score for s in said if s.sentiment]
        counts = {label: verdicts.count(label) for label in VERDICTS}
        mean = round(sum(scores) / len(scores), 2) if scores else None
        rows.append({"official": name, "statements": len(said), **counts, "vader": mean})
    return pd.DataFrame(rows, columns=["official", "statements", *VERDICTS, "vader"]).astype({"vader": float})


def targets_marked(analysis: Analysis, most: int = 3) -> Shown:
    """The first `most` paragraphs with targets, each target in the colour of its verdict: for, against, neutral, unsure."""
    marks = [(t.target.start, t.target.end, t.label if t.sure else "unsure") for _, t in held(analysis)]
    return marked_paragraphs(analysis.article, marks, most, COLOURS)


def deciding(analysis: Analysis, target: str = "", most: int = 3) -> Shown:
    """The stances (towards targets with the words `target`): each sentence with the words that decided, and the verdict.

    The target is grey, a word for it blue, one against it orange, each with its weight.
    """
    found = [(s, t) for s, t in held(analysis) if target in t.target.text]
    parts = [coloured(analysis.article.text, s, t) for s, t in found[:most]]
    left_out = len(found) - most
    more = f"… and {left_out} more" if left_out > 0 else "" if found else "No such target."
    return Shown(
        "".join(part.html for part in parts) + (f"<p>{more}</p>" if more else ""),
        "\n\n".join([*(part.plain for part in parts), *([more] if more else [])]),
    )


def coloured(text: str, statement: Statement, stance: Stance) -> Shown:
    """The text of a statement from source to content, with what decided a stance in colours, and the verdict under it."""
    beside = [span for span in (statement.cue, statement.source) if span is not None]
    spans = [*statement.segments, *beside, stance.target, *(r.span for r in stance.reasons)]
    low, high = min(span.start for span in spans), max(span.end for span in spans)
    words = [(r.span.start - low, r.span.end - low, signed(r.weight)) for r in stance.reasons]
    colours = {"target": TARGET} | {signed(r.weight): FOR if r.weight > 0 else AGAINST for r in stance.reasons}
    here = text[low:high].replace("\n", " ")
    marks = [
        *words,
        *((a, b, "target") for a, b in around(stance.target.start - low, stance.target.end - low, words, here)),
    ]
    shown, told = marked(here, marks, colours), explain_stance(stance)
    return Shown(f"{shown.html}<p>{escape(told)}</p>", f"{shown.plain}\n{textwrap.fill(told, 110)}")


def around(start: int, end: int, marks: Iterable[Mark], text: str) -> list[tuple[int, int]]:
    """What the marks leave of the characters `start` to `end`, without spaces at its edges.

    >>> around(0, 9, [(5, 6, "+1.00")], "free & up")
    [(0, 4), (7, 9)]
    """
    cuts = sorted((max(a, start), min(b, end)) for a, b, _ in marks if a < end and start < b)
    edges = [start, *(edge for cut in cuts for edge in cut), end]
    pieces = zip(edges[::2], edges[1::2], strict=True)
    trimmed = [(b - len(text[a:b].lstrip()), a + len(text[a:b].rstrip())) for a, b in pieces]
    return [(a, b) for a, b in trimmed if a < b]
