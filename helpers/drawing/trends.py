"""Many articles as pictures: how a person's tone goes over the weeks, and who speaks of whom, before and after."""

import math
from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from helpers.drawing import figures
from helpers.drawing.markup import plotly_text
from helpers.wording import counted, minus

SYMBOLS = ("circle", "square", "diamond", "triangle-up")
MOST = 10  # people in a network


def tone_over_weeks(table: pd.DataFrame) -> figures.Chart:
    """A line a person: the mean tone of each week's statements, its 95 % interval as an upright bar, and how many there were.

    `table` has: person, week, statements, articles, mean, low, high. Weeks without a mean are no points.
    """
    told = table.dropna(subset=["mean"])
    people = list(dict.fromkeys(table["person"]))
    told_of = {person: told[told["person"] == person] for person in people}
    means = {
        person: ", ".join(f"{minus(f'{r.mean:+.2f}')} ({r.week:%d %b}, {r.statements})" for r in those.itertuples())
        for person, those in told_of.items()
    }
    each = "; ".join(f"{person}: {found or 'none'}" for person, found in means.items())
    left = int(table["mean"].isna().sum())
    less = f" {counted(left, 'week')} with fewer than three statements of a person not drawn." if left else ""
    description = (
        "A point is the mean tone of a person’s statements in a week, from −1 to 1; the upright bar its 95 % interval, where "
        f"there is more than one article to draw from; the number beside it counts the statements. {each}.{less}"
    )
    drawn = figures.figure(
        [trend(those, person, n) for n, (person, those) in enumerate(told_of.items())],
        430,
        xaxis={"title": "week (from Monday)", "tickformat": "%-d %b", "tickvals": sorted(told["week"].unique())},
        yaxis={"title": "mean tone", "range": [-1.08, 1.08], "dtick": 0.5, "zeroline": True},
    )
    title = f"Tone by week: {' and '.join(short(person) for person in people)}"
    return figures.Chart("tone_over_weeks", title, description, drawn, table)


def trend(those: pd.DataFrame, person: str, number: int) -> go.Scatter:
    colour = figures.PALETTE[number % len(figures.PALETTE)]
    above, below = (those["high"] - those["mean"]).fillna(0), (those["mean"] - those["low"]).fillna(0)
    return go.Scatter(
        x=list(those["week"]),
        y=list(those["mean"]),
        mode="lines+markers+text",
        name=plotly_text(person, 40),
        text=[str(n) for n in those["statements"]],
        textposition="top right",
        textfont={"size": 11, "color": figures.MUTED},
        line={"color": colour},
        marker={"symbol": SYMBOLS[number % len(SYMBOLS)], "size": 9, "color": colour},
        error_y={"type": "data", "symmetric": False, "array": list(above), "arrayminus": list(below), "color": colour},
        hovertext=[
            plotly_text(f"{r.person}, week of {r.week:%d %B}: mean {minus(f'{r.mean:+.2f}')} of {r.statements}", 60)
            for r in those.itertuples()
        ],
        **figures.HOVER,
    )


def short(person: str) -> str:
    """A person without what tells them from others: ``short("Ada Roe (Norland)") == "Ada Roe"``."""
    return person.partition(" (")[0]


def who_speaks_of_whom(periods: Mapping[str, pd.DataFrame]) -> figures.Chart:
    """Who speaks of whom in each period: people on a ring, at the same place in all, and a line for each pair.

    Each table has: person, of, statements, mean_tone. The line is the wider the more statements, and dashed where their mean
    tone is under zero; a small ring stands at the one who is spoken of.
    """
    whole = pd.concat([table.assign(period=name) for name, table in periods.items()], ignore_index=True)
    heard = pd.concat([whole["person"], whole["of"]]).value_counts(sort=False)
    people = sorted(heard.index, key=lambda name: (-heard[name], name))[:MOST]
    kept = whole[whole["person"].isin(people) & whole["of"].isin(people)]
    place = {
        p: (math.sin(2 * math.pi * n / len(people)), math.cos(2 * math.pi * n / len(people)))
        for n, p in enumerate(people)
    }
    traces: list[go.Scatter] = []
    for n, name in enumerate(periods, 1):
        axes = {"xaxis": f"x{n}", "yaxis": f"y{n}"}
        traces += [edge(place[r.person], place[r.of], r, axes) for r in kept.itertuples() if r.period == name]
        traces.append(nodes(place, axes))
    here = {name: kept[kept["period"] == name] for name in periods}
    pairs = {
        name: ", ".join(f"{short(r.person)} of {short(r.of)} {r.statements}" for r in those.itertuples())
        for name, those in here.items()
    }
    told = "; ".join(f"{name}: {found or 'nobody'}" for name, found in pairs.items())
    description = (
        "People stand on a ring, in the same places in each picture. A line goes from a speaker to whom they speak of, and ends "
        f"in a small circle there; dashed where the mean tone of those statements is negative. Statements: {told}."
    )
    counts = ", ".join(f"{counted(len(those), 'pair')} in {name}" for name, those in here.items())
    title = f"Who speaks of whom: {counts}"
    return figures.Chart("who_speaks_of_whom", title, description, panels(traces, list(periods)), kept)


def edge(start: tuple[float, float], end: tuple[float, float], row: pd.Series, axes: Mapping[str, str]) -> go.Scatter:
    """The line from a speaker to the one spoken of."""
    near = tuple(s + (e - s) * 0.9 for s, e in zip(start, end, strict=True))
    colour = figures.TONES["negative" if row.mean_tone < 0 else "positive"][2]
    tone = minus(f"{row.mean_tone:+.2f}")
    return go.Scatter(
        x=[start[0], near[0]],
        y=[start[1], near[1]],
        mode="lines+markers",
        line={
            "width": 1 + 1.5 * math.log2(1 + row.statements),
            "color": colour,
            "dash": "dash" if row.mean_tone < 0 else "solid",
        },
        marker={"size": [0, 7], "color": colour, "symbol": "circle-open"},
        hovertext=[plotly_text(f"{row.person} of {row.of}: {counted(row.statements, 'statement')}, tone {tone}", 60)]
        * 2,
        showlegend=False,
        **figures.HOVER,
        **axes,
    )


def nodes(place: Mapping[str, tuple[float, float]], axes: Mapping[str, str]) -> go.Scatter:
    return go.Scatter(
        x=[x for x, _ in place.values()],
        y=[y for _, y in place.values()],
        mode="markers+text",
        text=[plotly_text(short(name).split()[-1], 20) for name in place],
        textposition=[beside(x, y) for x, y in place.values()],
        marker={"size": 10, "color": figures.INK},
        hovertext=[plotly_text(name, 60) for name in place],
        showlegend=False,
        **figures.HOVER,
        **axes,
    )


def beside(x: float, y: float) -> str:
    """On which side of a point of the ring its name stands: outside."""
    if abs(y) > 0.6:
        return "top center" if y > 0 else "bottom center"
    return "middle right" if x > 0 else "middle left"


def panels(traces: list[go.Scatter], names: list[str]) -> go.Figure:
    """Pictures side by side, each with its name above."""
    hidden = {"visible": False, "range": [-1.75, 1.75]}
    layout: dict[str, object] = {}
    for n, _ in enumerate(names):
        left = n / len(names)
        layout[f"xaxis{n + 1}"] = {**hidden, "domain": [left, left + 0.96 / len(names)], "anchor": f"y{n + 1}"}
        layout[f"yaxis{n + 1}"] = {**hidden, "anchor": f"x{n + 1}"}
    heads = [
        figures.note(name, x=(n + 0.48) / len(names), y=1.02, xref="paper", yref="paper", yanchor="bottom")
        for n, name in enumerate(names)
    ]
    return figures.figure(traces, 460, annotations=heads, **layout)
