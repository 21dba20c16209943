"""The tone of each speaker's statements."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from helpers.drawing import data, figures
from helpers.drawing.words import in_rows, lacking, not_drawn, speaker_labels
from helpers.wording import ENOUGH, counted, listing, signed


def sentiment_by_official(tables: data.Tables) -> figures.Chart:
    """A row a speaker, a point a statement at its score (−1 … +1), and an upright line at the mean of three or more.

    The table has: speaker, role, sentiment, sentiment_score, text.
    """
    found = data.voices(tables)
    table = data.own_table(found, "role", "sentiment", "sentiment_score", "text")
    scored = found.dropna(subset=["sentiment_score"])
    if scored.empty:
        return figures.nothing("sentiment_by_official", *lacking(found, "has a tone"), table)
    drawn, rest = data.top(data.ranked(scored), data.TOP_SPEAKERS)
    means = scored.groupby("who")["sentiment_score"].mean()
    enough = drawn["statements"] >= ENOUGH
    drawn = drawn.assign(mean=drawn["who"].map(means).astype(float).where(enough))
    tones = tables["statements"].groupby("statement_id")["sentiment"].first().value_counts()
    title = f"Tone of {counted(int(tones.sum()), 'statement')}: {tones_told(tones)}"
    by_voice = {who: tones_told(part["sentiment"].value_counts()) for who, part in scored.groupby("who")}
    each = "; ".join(
        f"{r.who}: {by_voice[r.who]}" + ("" if pd.isna(r.mean) else f", mean {signed(r.mean)}")
        for r in drawn.itertuples()
    )
    description = (
        "Each point is a statement, placed by the tone of the whole of it from −1 (negative) to +1 (positive); the "
        f"upright line is the mean of a speaker with at least three statements. {each}.{not_drawn(rest, 'speaker')}"
    )
    return figures.Chart("sentiment_by_official", title, description, sentiment_figure(scored, drawn), table)


def tones_told(counts: pd.Series) -> str:
    """How many statements have each tone: "2 positive, 1 mixed"."""
    return listing(f"{counts[tone]} {tone}" for tone in figures.TONES if tone in counts.index)


def sentiment_figure(scored: pd.DataFrame, drawn: pd.DataFrame) -> go.Figure:
    """Points for the statements over lines for the means."""
    marks = in_rows(scored, drawn)
    marks = marks.assign(row=marks["row"] + nudges(marks))
    told = drawn.assign(row=range(len(drawn))).dropna(subset=["mean"])
    hover = [f"mean of {counted(r.statements, 'statement')}: {signed(r.mean)}" for r in told.itertuples()]
    means = figures.points(
        told["mean"].round(3), told["row"], hover, "mean", figures.UPRIGHT, figures.INK, size=26, edge=2.5
    )
    labels = speaker_labels(drawn)
    return figures.figure(
        [means, *figures.by_kind(marks, "tone", figures.TONES, "sentiment_score")],
        142 + figures.rows_height(labels),
        xaxis=tone_axis("← negative · tone · positive →"),
        yaxis=figures.rows_axis(labels, showgrid=True),
    )


def tone_axis(title: str) -> dict[str, Any]:
    """An x axis from −1 to +1, with a stronger line at 0."""
    halves = figures.ticks([-1, -0.5, 0, 0.5, 1], ["−1", "−½", "0", "+½", "+1"])
    zero = {"zeroline": True, "zerolinecolor": "#9AA1AD", "zerolinewidth": 1.5}
    return {"title": title, "range": [-1.08, 1.08], "tickangle": 0, **halves, **zero}


def nudges(marks: pd.DataFrame) -> pd.Series:
    """How far up or down to move points of one row that would cover each other."""
    near = (marks["sentiment_score"] * 10).round().astype(int)
    nth = marks.groupby([marks["row"], near]).cumcount()
    return nth.map(lambda n: 0.14 * ((n + 1) // 2) * (1 if n % 2 else -1) + 0.0).clip(-0.4, 0.4)
