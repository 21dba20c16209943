"""Which entities each speaker speaks of."""

import pandas as pd
import plotly.graph_objects as go

from helpers.drawing import data, figures
from helpers.drawing.markup import plotly_text
from helpers.drawing.words import FEW_COLUMNS, column_heads, each_of, hover_on, lacking, not_drawn, small
from helpers.wording import counted, listing, shorten


def entities_by_official(tables: data.Tables) -> figures.Chart:
    """A row an entity, a column a speaker, and where they meet the number of statements.

    The table has: entity, type, speaker, statements.
    """
    found = data.voices(tables)
    items = data.typed_items(found, tables)
    counts = data.statement_counts(items, "item", "type", "who")
    table = counts.drop(columns="hover").rename(columns={"item": "entity", "who": "speaker"})
    if counts.empty:
        return figures.nothing("entities_by_official", *lacking(found, "names an entity"), table)
    columns, others = data.top(data.ranked(items), data.TOP_COLUMNS)
    rows, more = data.top(data.spread(counts, "item", "type"), data.TOP_ROWS, "item")
    silent = [who for who in data.ranked(found)["who"] if who not in set(counts["who"])]
    description = (
        "For each entity (row) and speaker (column), the number of statements in which the speaker names it. "
        f"{each_of(counts[counts['who'].isin(columns['who'])], ': ')}."
        + (f" No entity is named in the statements of {listing(silent)}." if silent else "")
        + not_drawn(others, "speaker")
        + not_drawn(more, "entity", "entities")
    )
    named, speakers = counts["item"].drop_duplicates().tolist(), counted(counts["who"].nunique(), "speaker")
    title = f"{speakers} name {counted(len(named), 'entity', 'entities')}: {listing(named, 4)}"
    drawing = entities_figure(counts, rows, columns["who"].tolist())
    return figures.Chart("entities_by_official", title, description, drawing, table)


def entities_figure(counts: pd.DataFrame, rows: pd.DataFrame, columns: list[str]) -> go.Figure:
    """Numbers in dots where an entity's row and a speaker's column meet."""
    labels = [f"<b>{plotly_text(shorten(r.item, 42), 22, 2)}</b>" + small(r.type) for r in rows.itertuples()]
    heads, few = column_heads(columns), len(columns) <= FEW_COLUMNS
    cells = counts.merge(rows.reset_index(names="row")[["item", "type", "row"]])
    cells = cells[cells["who"].isin(columns)]
    dots = go.Scatter(
        x=[columns.index(who) for who in cells["who"]],
        y=cells["row"].tolist(),
        mode="markers+text",
        text=cells["statements"].astype(str).tolist(),
        textfont={"color": "white", "size": 12 if few else 10},
        marker={"color": figures.PALETTE[0], "size": 22 if few else 16, "opacity": 1},
        hovertext=[hover_on(c.who, c.item, c.hover) for c in cells.itertuples()],
        showlegend=False,
        **figures.HOVER,
    )
    return figures.figure(
        [dots],
        60 + 44 * len(rows) + figures.heads_height(heads),
        margin=figures.heads_margin(heads),
        xaxis=figures.columns_axis(heads),
        yaxis=figures.rows_axis(labels, showgrid=True),
    )
