"""How right the statements are: our figures among others', and whether the program is as right as it is sure."""

import pandas as pd
import plotly.graph_objects as go

from helpers.drawing import figures

OURS, HUMAN = "On the Record", "one human against another"
MEASURES = {  # name in the legend, marker, colour
    "hard_f1": ("found (hard)", "circle", figures.PALETTE[0]),
    "joint_hard_f1": ("found, right speaker (joint)", "diamond", figures.PALETTE[1]),
    "exact_f1": ("same borders (exact)", "square-open", figures.MUTED),
}


def systems_chart(table: pd.DataFrame, articles: str) -> figures.Chart:
    """The F1 of every system on one set of articles, a row a system, the best on top.

    `table` has: articles, system, hard_f1, joint_hard_f1, exact_f1.
    """
    here = table[table["articles"] == articles].iloc[::-1].reset_index(drop=True)
    mine = float(here.loc[here["system"] == OURS, "hard_f1"].iloc[0])
    rivals = here[~here["system"].isin([OURS, HUMAN])]
    best = rivals.loc[rivals["hard_f1"].idxmax()]
    title = f"{articles}, hard F1: {OURS} {mine:.1f}, then {best['system']} {best['hard_f1']:.1f}"
    if best["hard_f1"] > mine:
        title = f"{articles}, hard F1: {best['system']} {best['hard_f1']:.1f}, {OURS} {mine:.1f}"
    each = "; ".join(f"{r.system}: {r.hard_f1:.1f}, {r.joint_hard_f1:.1f}, {r.exact_f1:.1f}" for r in here.itertuples())
    description = f"F1 in per cent; for each system hard, joint hard, and exact. {each}."
    marks = here.reset_index(names="row").melt(["row", "system"], list(MEASURES), "measure", "f1")
    marks["hover"] = [f"{r.system}: {MEASURES[r.measure][0]} {r.f1:.1f}" for r in marks.itertuples()]
    labels = [f"<b>{name}</b>" if name == OURS else name for name in here["system"]]
    drawn = figures.figure(
        figures.by_kind(marks, "measure", MEASURES, "f1"),
        150 + figures.rows_height(labels),
        xaxis={"title": "F1, per cent", "range": [20, 100], "dtick": 20},
        yaxis=figures.rows_axis(labels, showgrid=True),
    )
    return figures.Chart(f"systems-{articles.split()[0].lower()}", title, description, drawn, here)


def reliability_chart(table: pd.DataFrame, articles: str) -> figures.Chart:
    """Confidence against the share that was right; on the line, the program is as right as it is sure.

    `table` has: sure_from, statements, sure, right.
    """
    gap = (table["statements"] * (table["sure"] - table["right"]).abs()).sum() / table["statements"].sum()
    title = f"{articles}: on average, sureness and share of right ones differ by {100 * gap:.0f} points"
    each = "; ".join(f"sure {r.sure:.2f}: right {r.right:.2f} of {r.statements}" for r in table.itertuples())
    hover = [f"{r.statements} statements, sure {r.sure:.2f}, right {r.right:.2f}" for r in table.itertuples()]
    line = go.Scatter(
        x=[0, 1],
        y=[0, 1],
        mode="lines",
        name="as right as sure",
        line={"color": figures.INK, "dash": "dot"},
        **figures.HOVER,
    )
    dots = figures.points(
        table["sure"], table["right"], hover, "a tenth of sureness", "circle", figures.PALETTE[0], size=12
    )
    counts = [
        figures.note(f"{r.statements}", x=r.sure, y=r.right, xanchor="left", yanchor="top", xshift=8, yshift=-2)
        for r in table.itertuples()
    ]
    ticks = {"dtick": 0.2, "tickformat": ".1f"}
    drawn = figures.figure(
        [line, dots],
        420,
        xaxis={"title": "how sure (mean confidence)", "range": [0.2, 1.03], **ticks},
        yaxis={"title": "share that a reader had marked", "range": [-0.04, 1.06], **ticks},
        annotations=counts,
    )
    return figures.Chart(
        "reliability", title, f"The number beside a point counts its statements. {each}.", drawn, table
    )
