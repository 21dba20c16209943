"""Views of tone for the notebooks: words with their weights, stances with theirs, a verdict beside a reader's.

>>> tones("The talks were a success.")["words"].item()
'success +2.7'
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import pandas as pd

from helpers.explain import explain_stance, said_by, stance_verdict
from helpers.parse import parse
from helpers.records import LABELS, Analysis, Stance, Statement
from helpers.tables.tables import all_tables
from helpers.tone.second import left_out
from helpers.tone.vader import analyser, vader_tone
from helpers.views.show import Mark, Shown, captioned, framed, marked, marked_paragraphs, rest, stacked
from helpers.views.statements import heard
from helpers.wording import minus, signed

REASONS, TELLING = 4, 0.05  # words left out that are shown, and the least that one of them must do
VERDICTS = ("positive", "neutral", "negative", "unsure")
TARGET, FOR, AGAINST = "#E2E4E8", "#D6E8F5", "#FBE3CE"  # as the other tints: pale, told apart by the sign of the weight
COLOURS = dict(zip(VERDICTS, (FOR, TARGET, AGAINST, "#F6EDBE"), strict=True))


def tones(*texts: str) -> pd.DataFrame:
    """The tone of each text by VADER. Columns: text, score, label, words (those that decided, with their weight)."""
    rows = []
    for text in texts:
        tone = vader_tone(text)  # a negation or an intensifier has no weight of its own
        words = ", ".join(minus(f"{word} {weight:+.1f}") if weight else word for word, weight in tone.words)
        rows.append((text, tone.score, tone.label, words or None))
    return framed("text score label words", rows)


def tones_judged(cases: Sequence[tuple[str, str]]) -> pd.DataFrame:
    """The tone of texts by VADER beside a reader's verdict. Columns: text, a_reader, vader, score, words."""
    frame = tones(*(text for text, _ in cases)).rename(columns={"label": "vader"})
    frame.insert(1, "a_reader", [verdict for _, verdict in cases])
    return frame[["text", "a_reader", "vader", "score", "words"]]


def weights(*words: str) -> pd.DataFrame:
    """What the lexicon says of each word by itself. Columns: word, weight (missing where it is not listed)."""
    lexicon = analyser().lexicon
    return pd.DataFrame({"word": list(words), "weight": [float(lexicon[w]) if w in lexicon else None for w in words]})


def verdicts_listed(analysis: Analysis) -> pd.DataFrame:
    """The statements in the order of the article. Columns: tone (our verdict), score, words (that decided), vader (the word
    list's label), speakers, text."""
    rows = [
        (
            t.label,
            t.score,
            ", ".join(f"{r.span.text} {signed(r.weight)}" for r in t.reasons) or None,
            s.vader.label if s.vader else None,
            " and ".join(p.name for p in s.speakers),
            s.text,
        )
        for s in analysis.statements
        if (t := s.sentiment)
    ]
    return framed("tone score words vader speakers text", rows)


def stances_listed(analysis: Analysis) -> pd.DataFrame:
    """The table of stances, and beside each: speakers, stance (the verdict in words), words (that decided), and of its
    statement the tone (our verdict) and VADER's score (vader)."""
    tables = all_tables(analysis)
    said = tables["statements"][["statement_id", "speakers", "sentiment", "vader_score"]]
    found = tables["stances"].merge(said, on="statement_id")
    found["stance"] = [stance_verdict(row.label, row.sure) for row in found.itertuples()]
    return found.rename(columns={"sentiment": "tone", "vader_score": "vader", "reasons": "words"})


def held(analysis: Analysis) -> list[tuple[Statement, Stance]]:
    return [(s, t) for s in analysis.statements for t in s.stances]


def stances_judged(cases: Sequence[tuple[str, str, str]]) -> pd.DataFrame:
    """Stances in short texts beside a reader's verdict, for cases of text, target and verdict.

    Columns: text, target, a_reader, stance, tone (of the statement), words. A target that is not found, or a
    text without a statement, has no stance.
    """
    rows = []
    for text, target, verdict in cases:
        found = stances_listed(heard(text))
        first = found[found["target"].str.contains(target, regex=False)].head(1).to_dict("records")
        rows.append({**dict(*first), "text": text, "target": target, "a_reader": verdict})
    return pd.DataFrame(rows, columns=["text", "target", "a_reader", "stance", "tone", "words"])


def stances_by_each(cases: Sequence[tuple[str, str, str]]) -> pd.DataFrame:
    """What either model says of the stances in short texts, and both together, beside a reader's verdict.

    Columns: text, target, a_reader, readable, encoder (each a label with its probability), stance (both).
    """
    rows = []
    for text, target, verdict in cases:
        stance = next((t for _, t in held(heard(text)) if target in t.target.text), None)
        told = [said_by(p, LABELS) if p else None for p in (stance.readable, stance.encoder)] if stance else [None] * 2
        rows.append((text, target, verdict, *told, stance and stance_verdict(stance.label, stance.sure)))
    return framed("text target a_reader readable encoder stance", rows)


def words_left_out(analysis: Analysis, target: str = "") -> Shown:
    """The first stance (towards a target with the words `target`) that the encoder was asked about, and how far its verdict
    falls where one word is left out: blue words pull it towards for, orange ones towards against."""
    for statement, stance in held(analysis):
        if target in stance.target.text and stance.encoder:
            paragraph = parse(analysis.article).by_number[statement.paragraph]
            found = [r for r in left_out(statement, paragraph, stance.target) if abs(r.weight) >= TELLING]
            words = replace(stance, reasons=tuple(found[:REASONS]), readable=None)
            return captioned(
                coloured_words(analysis.article.text, statement, words),
                foot=f"The encoder alone: {said_by(stance.encoder, LABELS)}.",
            )
    return stacked([], "No such target of which the encoder was asked.")


def by_official(analysis: Analysis) -> pd.DataFrame:
    """What each official is for and against. Columns: official, statements, positive, neutral, negative, unsure (targets)."""
    rows = []
    for name in dict.fromkeys(p.name for s in analysis.said for p in s.speakers if p.official):
        said = [s for s in analysis.said if name in {p.name for p in s.speakers}]
        verdicts = [t.label if t.sure else "unsure" for s in said for t in s.stances]
        rows.append((name, len(said), *(verdicts.count(label) for label in VERDICTS)))
    return framed(f"official statements {' '.join(VERDICTS)}", rows)


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
    return stacked(parts, rest(len(found), most, "No such target."))


def coloured(text: str, statement: Statement, stance: Stance) -> Shown:
    """The text of a statement from source to content, with what decided a stance in colours, and the verdict under it."""
    return captioned(coloured_words(text, statement, stance), foot=explain_stance(stance))


def coloured_words(text: str, statement: Statement, stance: Stance) -> Shown:
    """The text of a statement with the reasons of a stance in colours: for the target blue, against it orange."""
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
    return marked(here, marks, colours)


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
