"""Who speaks how much, and where in the article."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from helpers.drawing import data, figures
from helpers.drawing.words import in_rows, lacking, not_drawn, speaker_labels
from helpers.wording import ENOUGH, counted

NEAR = 0.04  # signs nearer to each other than this part of the article stand on two sides of their bars


def timeline(tables: data.Tables) -> figures.Chart:
    """A row a speaker, a bar a piece of a statement; its colour, and the sign beside it, say the tone.

    The table has: speaker, role, paragraph, start, end (characters), words, sentiment, text.
    """
    found = data.voices(tables)
    table = data.own_table(found, "role", "paragraph", "start", "end", "words", "sentiment", "text")
    if found.empty:
        return figures.nothing("timeline", *lacking(found), table)
    ranks = data.ranked(found, "words")
    drawn, rest = data.top(ranks, data.TOP_SPEAKERS)
    each = "; ".join(
        f"{row.who}: {counted(row.statements, 'statement')}, {counted(int(row.words), 'word')}"
        for row in drawn.itertuples()
    )
    joint = " A statement with several speakers counts for each." if found["statement_id"].duplicated().any() else ""
    description = (
        "Bars show where in the article each speaker’s statements stand, from its beginning (left) to its end (right); "
        f"colour and sign say the tone. {each}.{joint}{not_drawn(rest, 'speaker')}"
    )
    return figures.Chart(
        "timeline", timeline_title(found, ranks), description, timeline_figure(found, drawn, tables), table
    )


def timeline_title(found: pd.DataFrame, ranks: pd.DataFrame) -> str:
    """Who speaks most, in a sentence, if it can be told from enough statements; else how much is said, and by how many."""
    words = int(found.drop_duplicates("statement_id")["words"].sum())
    statements, lead = counted(found["statement_id"].nunique(), "statement"), ranks.iloc[0]
    if len(ranks) == 1:
        return f"Only {lead['who']} is reported: {statements}, {counted(words, 'word')}"
    if lead["statements"] < ENOUGH or lead["words"] == ranks.iloc[1]["words"]:
        return f"{statements} by {counted(len(ranks), 'voice')}: {counted(words, 'reported word')}"
    return (
        f"{lead['who']} speaks most: {lead['words']} of {words} reported words, in {lead['statements']} of {statements}"
    )


def timeline_figure(found: pd.DataFrame, drawn: pd.DataFrame, tables: data.Tables) -> go.Figure:
    """Bars for the pieces of the statements, a sign for each statement beside its bars, paragraphs along the axis."""
    said = in_rows(found, drawn)
    pieces = said.drop(columns=["start", "end"]).merge(tables["segments"][["statement_id", "start", "end"]])
    signs = pieces.drop_duplicates(["statement_id", "who"])
    end = int(tables["paragraphs"]["end"].max())
    side = crowded(signs, end * NEAR).map({False: -0.34, True: 0.34})
    signs = signs.assign(middle=(signs["start"] + signs["end"]) / 2, height=signs["row"] + side)
    bars = [bars_of(pieces[pieces["tone"] == tone], look[2]) for tone, look in figures.TONES.items()]
    labels = speaker_labels(drawn)
    return figures.figure(
        [*filter(None, bars), *figures.by_kind(signs, "tone", figures.TONES, "middle", "height", size=9)],
        128 + figures.rows_height(labels),
        barmode="overlay",
        xaxis={"title": "paragraph of the article", "range": [0, end], **paragraph_ticks(tables["paragraphs"])},
        yaxis=figures.rows_axis(labels),
    )


def bars_of(pieces: pd.DataFrame, colour: str) -> go.Bar | None:
    """The bars of one tone, from where a piece starts to where it ends."""
    if pieces.empty:
        return None
    return go.Bar(
        orientation="h",
        y=pieces["row"].tolist(),
        base=pieces["start"].tolist(),
        x=(pieces["end"] - pieces["start"]).tolist(),
        width=0.34,
        marker={"color": colour, "line": {"color": colour, "width": 1}},
        hovertext=pieces["hover"].tolist(),
        showlegend=False,
        **figures.HOVER,
    )


def crowded(signs: pd.DataFrame, least: float) -> pd.Series:
    """Is a statement's sign so near the one before it in its row that it goes under the bar?"""
    near = signs.groupby("row")["start"].diff().lt(least).fillna(False).astype(bool)
    return near & ~near.groupby(signs["row"]).shift(fill_value=False)


def paragraph_ticks(paragraphs: pd.DataFrame) -> dict[str, Any]:
    """A tick where each paragraph begins that is read; where there are many, where every other, third … one does."""
    read = paragraphs[paragraphs["kind"].isin(["title", "body"])]
    read = read.iloc[:: max(1, -(-len(read) // 8))]
    return {"tickangle": 0, **figures.ticks(read["start"].tolist(), read["paragraph"].astype(str).tolist())}
