"""Who speaks about whom."""

from itertools import cycle

import pandas as pd
import plotly.graph_objects as go

from helpers.drawing import data, figures
from helpers.drawing.markup import plotly_text
from helpers.drawing.words import each_of, hover_on, lacking, not_drawn
from helpers.wording import capital, counted, listing, shorten

ACTORS = ("person", "organisation", "country", "place")


def who_speaks_about(tables: data.Tables) -> figures.Chart:
    """Streams from speakers to the people, organisations, countries and places in their statements.

    The table has: speaker, about, type, statements.
    """
    found = data.voices(tables)
    items = data.typed_items(found, tables)
    items = items[items["type"].isin(ACTORS)]
    counts = data.statement_counts(items, "who", "item", "type")
    table = counts.drop(columns="hover").rename(columns={"who": "speaker", "item": "about"})
    if counts.empty:
        return figures.nothing("who_speaks_about", *lacking(found, f"names a {', '.join(ACTORS[:-1])} or place"), table)
    heard = data.spread(counts, "item")
    left, others = data.top(data.ranked(items), data.TOP_SPEAKERS)
    right, more = data.top(heard, data.TOP_ROWS, "item")
    links = counts[counts["who"].isin(left["who"]) & counts["item"].isin(right["item"])]
    description = (
        "Streams run from speakers (left) to the people, organisations, countries and places named in their statements "
        f"(right); the width is the number of statements. {each_of(links, ' on ')}."
        f"{not_drawn(others, 'speaker')}{not_drawn(more, 'entity', 'entities')}"
    )
    drawing = about_figure(links, left["who"].tolist(), right["item"].tolist())
    return figures.Chart("who_speaks_about", about_title(counts, heard), description, drawing, table)


def about_title(counts: pd.DataFrame, heard: pd.DataFrame) -> str:
    """Who or what most speakers speak about, in a sentence."""
    first, many = data.leaders(heard["item"], heard["speakers"]), int(heard["speakers"].max())
    if len(first) > 1:
        return f"{capital(listing(first, 3))} are each spoken about by {counted(many, 'speaker')}"
    by = listing(counts.loc[counts["item"] == first[0], "who"].tolist(), 3)
    return f"{capital(first[0])} is spoken about by " + (by if many == 1 else f"{many} speakers: {by}")


def about_figure(links: pd.DataFrame, left: list[str], right: list[str]) -> go.Figure:
    """A Sankey diagram, speakers on the left."""
    colours = dict(zip(left, cycle(figures.PALETTE)))
    node = {
        "label": [plotly_text(shorten(name, 24)) for name in (*left, *right)],
        "color": [*colours.values(), *[figures.TONES["neutral"][2]] * len(right)],
        "pad": 22,
        "thickness": 14,
        "line": {"width": 0},
        "customdata": [plotly_text(name, 50) for name in (*left, *right)],
        "hovertemplate": "%{customdata}: %{value}<extra></extra>",
    }
    link = {
        "source": [left.index(who) for who in links["who"]],
        "target": [len(left) + right.index(item) for item in links["item"]],
        "value": links["statements"].tolist(),
        "color": [faint(colours[who]) for who in links["who"]],
        "customdata": [hover_on(r.who, r.item, r.hover) for r in links.itertuples()],
        "hovertemplate": "%{customdata}<extra></extra>",
    }
    streams = go.Sankey(
        arrangement="fixed", node=node, link=link, textfont={"size": 13, "color": figures.INK}, valueformat="d"
    )
    place = {"y": 1, "yanchor": "bottom", "yshift": 6, "xref": "paper", "yref": "paper"}
    heads = [
        figures.note("speaker", x=0, xanchor="left", **place),
        figures.note("speaks about", x=1, xanchor="right", **place),
    ]
    height = 120 + 46 * max(len(left), len(right))
    # Without a drag mode plotly.js cannot draw a Sankey diagram a second time, as JupyterLab does at once.
    return figures.figure([streams], height, margin={"b": 16}, annotations=heads, dragmode="zoom")


def faint(colour: str) -> str:
    """The colour as a transparent one, for streams.

    >>> faint("#0072B2")
    'rgba(0,114,178,0.35)'
    """
    red, green, blue = bytes.fromhex(colour[1:])
    return f"rgba({red},{green},{blue},0.35)"
