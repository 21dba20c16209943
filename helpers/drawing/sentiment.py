"""The tone of each speaker's statements.

>>> sentiment_by_official(all_tables(analysis)).title              # doctest: +SKIP
'Pete Hegseth speaks in the most positive tone (mean +0.56), Donald Trump in the most negative (−0.54)'
"""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from helpers.drawing import data, figures
from helpers.drawing.words import in_rows, lacking, not_drawn, speaker_labels
from helpers.wording import counted, listing, signed


def sentiment_by_official(tables: data.Tables) -> figures.Chart:
    """A row a speaker, a point a statement at its score (−1 … +1), and an upright line at the speaker's mean.

    The table has: speaker, role, sentiment, sentiment_score, text.
    """
    found = data.voices(tables)
    table = data.own_table(found, "role", "sentiment", "sentiment_score", "text")
    scored = found.dropna(subset=["sentiment_score"])
    if scored.empty:
        return figures.nothing("sentiment_by_official", *lacking(found, "has a score"), table)
    drawn, rest = data.top(data.ranked(scored), data.TOP_SPEAKERS)
    means = scored.groupby("who")["sentiment_score"].mean()
    drawn = drawn.assign(mean=drawn["who"].map(means).astype(float))
    drawn = drawn.sort_values("mean", ascending=False, kind="stable", ignore_index=True)
    title = (f"Of the {len(drawn)} with most statements, " if rest else "") + sentiment_title(drawn)
    each = "; ".join(f"{r.who}: {signed(r.mean)} over {counted(r.statements, 'statement')}" for r in drawn.itertuples())
    description = (
        "Each point is a statement, placed by the tone of its own words from −1 (negative) to +1 (positive); the "
        f"upright line is the speaker’s mean. Means: {each}. A mean over one or two statements says little."
        f"{not_drawn(rest, 'speaker')}"
    )
    return figures.Chart("sentiment_by_official", title, description, sentiment_figure(scored, drawn), table)


def sentiment_title(drawn: pd.DataFrame) -> str:
    """Whose tone is most positive and most negative, in a sentence."""
    high, low = drawn.iloc[0], drawn.iloc[-1]
    if high["mean"] == low["mean"]:
        return f"{listing(drawn['who'].tolist(), 3)}: mean tone {signed(high['mean'])}"
    most, least = f"(mean {signed(high['mean'])})", f"({signed(low['mean'])})"
    return f"{high['who']} speaks in the most positive tone {most}, {low['who']} in the most negative {least}"


def sentiment_figure(scored: pd.DataFrame, drawn: pd.DataFrame) -> go.Figure:
    """Points for the statements over lines for the means."""
    marks = in_rows(scored, drawn)
    marks = marks.assign(row=marks["row"] + nudges(marks))
    hover = [f"mean of {counted(r.statements, 'statement')}: {signed(r.mean)}" for r in drawn.itertuples()]
    means = figures.points(
        drawn["mean"].round(3), range(len(drawn)), hover, "mean", figures.UPRIGHT, figures.INK, size=26, edge=2.5
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
