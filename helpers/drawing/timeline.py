"""Who speaks how much, and where in the article.

>>> timeline(all_tables(analysis)).title                           # doctest: +SKIP
'Pete Hegseth speaks most: 63 of 176 reported words, in 3 of 10 statements'
"""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from helpers.drawing.data import TOP_SPEAKERS, Tables, ranked, statement_columns, top, voices
from helpers.drawing.figures import HOVER, TONES, Chart, axis, figure, nothing, points, rows_axis, rows_height, ticks
from helpers.drawing.words import NO_STATEMENTS, NOTHING_TO_DRAW, in_rows, not_drawn, speaker_labels
from helpers.wording import counted

NEAR = 0.04  # signs nearer to each other than this part of the article stand on two sides of their bars


def timeline(tables: Tables) -> Chart:
    """A row a speaker, a bar a piece of a statement; its colour, and the sign beside it, say the tone.

    The table has: speaker, role, paragraph, start, end (characters), words, sentiment, text.
    Raises InputProblem where the tables are of several articles.
    """
    found = voices(tables)
    table = statement_columns(found, "role", "paragraph", "start", "end", "words", "sentiment", "text")
    if found.empty:
        return nothing("timeline", NO_STATEMENTS, NOTHING_TO_DRAW, table)
    ranks = ranked(found, "words")
    drawn, rest = top(ranks, TOP_SPEAKERS)
    description = timeline_text(found, drawn) + not_drawn(rest, "speaker")
    return Chart("timeline", timeline_title(found, ranks), description, timeline_figure(found, drawn, tables), table)


def timeline_title(found: pd.DataFrame, ranks: pd.DataFrame) -> str:
    """Who speaks most, in a sentence."""
    words = int(found.drop_duplicates("statement_id")["words"].sum())
    statements, lead = counted(found["statement_id"].nunique(), "statement"), ranks.iloc[0]
    if len(ranks) == 1:
        return f"Only {lead['who']} is reported: {statements}, {counted(words, 'word')}"
    return (
        f"{lead['who']} speaks most: {lead['words']} of {words} reported words, in {lead['statements']} of {statements}"
    )


def timeline_text(found: pd.DataFrame, drawn: pd.DataFrame) -> str:
    """The chart in words."""
    each = "; ".join(
        f"{row.who}: {counted(row.statements, 'statement')}, {counted(int(row.words), 'word')}"
        for row in drawn.itertuples()
    )
    joint = " A statement with several speakers counts for each." if found["statement_id"].duplicated().any() else ""
    return (
        "Bars show where in the article each speaker’s statements stand, from its beginning (left) to its end (right); "
        f"colour and sign say the tone. {each}.{joint}"
    )


def timeline_figure(found: pd.DataFrame, drawn: pd.DataFrame, tables: Tables) -> go.Figure:
    """Bars for the pieces of the statements, a sign for each statement, paragraphs along the axis."""
    said = in_rows(found, drawn)
    pieces = said.drop(columns=["start", "end"]).merge(tables["segments"][["statement_id", "start", "end"]])
    signs = pieces.drop_duplicates(["statement_id", "who"])
    end = int(tables["paragraphs"]["end"].max())
    signs = signs.assign(side=crowded(signs, end * NEAR).map({False: -0.34, True: 0.34}))
    bars = [tone_bars(pieces[pieces["tone"] == tone], tone) for tone in TONES if (pieces["tone"] == tone).any()]
    marks = [tone_signs(signs[signs["tone"] == tone], tone) for tone in TONES if (signs["tone"] == tone).any()]
    labels = speaker_labels(drawn)
    return figure(
        [*bars, *marks],
        128 + rows_height(labels),
        barmode="overlay",
        xaxis=axis(title="paragraph of the article", range=[0, end], **paragraph_ticks(tables["paragraphs"])),
        yaxis=rows_axis(labels),
    )


def tone_bars(pieces: pd.DataFrame, tone: str) -> go.Bar:
    """The bars of one tone, from where a piece starts to where it ends."""
    colour = TONES[tone][0]
    return go.Bar(
        orientation="h",
        y=pieces["row"].tolist(),
        base=pieces["start"].tolist(),
        x=(pieces["end"] - pieces["start"]).tolist(),
        width=0.34,
        marker={"color": colour, "line": {"color": colour, "width": 1}},
        hovertext=pieces["hover"].tolist(),
        showlegend=False,
        **HOVER,
    )


def tone_signs(signs: pd.DataFrame, tone: str) -> go.Scatter:
    """The signs of one tone, above or below the middle of their bars."""
    colour, symbol, _ = TONES[tone]
    middle, height = (signs["start"] + signs["end"]) / 2, signs["row"] + signs["side"]
    name = "no score" if tone == "none" else tone
    return points(middle.tolist(), height.tolist(), signs["hover"].tolist(), name, symbol, colour, size=9)


def crowded(signs: pd.DataFrame, least: float) -> pd.Series:
    """Is a statement's sign so near the one before it in its row that it goes under the bar?"""
    near = signs.groupby("row")["start"].diff().lt(least).fillna(False).astype(bool)
    return near & ~near.groupby(signs["row"]).shift(fill_value=False)


def paragraph_ticks(paragraphs: pd.DataFrame) -> dict[str, Any]:
    """A tick where each paragraph begins that is read; where there are many, where every other, third … one does."""
    read = paragraphs[paragraphs["kind"].isin(["title", "body"])]
    read = read.iloc[:: max(1, -(-len(read) // 8))]
    numbers = read["paragraph"].astype(str).tolist()
    return {"tickangle": 0, **ticks(read["start"].tolist(), numbers)}
