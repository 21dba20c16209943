"""Which themes are in whose statements."""

import pandas as pd
import plotly.graph_objects as go

from helpers.drawing import data, figures
from helpers.drawing.words import column_heads, hover_on, lacking, not_drawn, speaker_labels, theme_label
from helpers.wording import counted, listing


def themes_by_official(tables: data.Tables) -> figures.Chart:
    """Officials × themes: a row a speaker, a column a theme, and in each cell the number of statements.

    The table has: speaker, and a column a theme.
    """
    found = data.voices(tables)
    counts = data.statement_counts(data.exploded(found, "themes"), "who", "item")
    if counts.empty:
        table = pd.DataFrame({"speaker": found["who"].drop_duplicates()})
        return figures.nothing("themes_by_official", *lacking(found, "has a theme"), table)
    counts = counts.assign(item=counts["item"].map(theme_label))
    speakers, themes = data.ranked(found), data.spread(counts, "item")
    grid = counts.pivot(index="who", columns="item", values="statements")
    grid = grid.reindex(index=speakers["who"], columns=themes["item"]).fillna(0).astype(int)
    drawn, others = data.top(speakers, data.TOP_SPEAKERS)
    shown, more = data.top(themes, data.TOP_COLUMNS, "item")
    part = grid.loc[drawn["who"], shown["item"]]
    each = "; ".join(
        f"{who}: {listing(f'{theme} ({n})' for theme, n in row.items() if n)}"
        for who, row in part.iterrows()
        if row.any()
    )
    unsaid = [label for label in map(theme_label, tables["themes"]["theme"].unique()) if label not in grid.columns]
    description = (
        f"For each speaker (row) and theme (column), the number of statements with words of the theme. {each}."
        + (f" In the article, but in nobody’s statement: {listing(unsaid)}." if unsaid else "")
        + not_drawn(others, "speaker")
        + not_drawn(more, "theme")
    )
    table = grid.rename_axis("speaker").rename_axis(None, axis=1).reset_index()
    title, drawing = themes_title(themes, len(speakers)), themes_figure(part, counts, drawn)
    return figures.Chart("themes_by_official", title, description, drawing, table)


def themes_title(themes: pd.DataFrame, speakers: int) -> str:
    """Which theme most speakers share, in a sentence."""
    first = data.leaders(themes["item"], themes["speakers"])
    names = listing(first, 3)
    which = f"The theme {names} is" if len(first) == 1 else f"The themes {names} are each"
    return f"{which} in the statements of {themes['speakers'].max()} of {counted(speakers, 'speaker')}"


def themes_figure(grid: pd.DataFrame, counts: pd.DataFrame, drawn: pd.DataFrame) -> go.Figure:
    """A heat map with the numbers written into it."""
    labels, heads = speaker_labels(drawn), column_heads(grid.columns.tolist())
    said = {(c.who, c.item): c.hover for c in counts.itertuples()}
    hover = [
        [hover_on(who, theme, said.get((who, theme), "no statement")) for theme in grid.columns] for who in grid.index
    ]
    heat = go.Heatmap(
        x=list(range(grid.shape[1])),
        y=list(range(grid.shape[0])),
        z=grid.to_numpy().tolist(),
        zmin=0,
        zmax=max(3, int(grid.to_numpy().max())),
        colorscale=figures.LOOK["blues"],
        showscale=False,
        xgap=3,
        ygap=3,
        text=grid.astype(str).replace("0", "").to_numpy().tolist(),
        texttemplate="%{text}",
        textfont={"size": 13},
        hovertext=hover,
        **figures.HOVER,
    )
    return figures.figure(
        [heat],
        60 + figures.rows_height(labels) + figures.heads_height(heads),
        margin=figures.heads_margin(heads),
        xaxis=figures.columns_axis(heads, gap=0.5),
        yaxis=figures.rows_axis(labels, range=[len(labels) - 0.5, -0.5]),
    )
