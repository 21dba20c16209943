"""What all charts share: the look, the colours, and `Chart`, which a notebook and a report can both show.

>>> chart = nothing("timeline", "No statements found", "The article reports nobody's words.", pd.DataFrame())
>>> chart.title
'No statements found'
>>> sorted(chart._repr_mimebundle_())
['application/vnd.plotly.v1+json', 'text/html', 'text/plain']
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
import pandas as pd
import plotly.graph_objects as go

from helpers.drawing.markup import html_table, page, plotly_text

# After Okabe and Ito, whom colour-blind readers can tell apart; also as pale tints behind text, so only one is blue.
PALETTE = ("#0072B2", "#D55E00", "#009E73", "#B85C9A", "#C9A400", "#5F6570", "#6A4FB3", "#8B5A2B")
TONES = {  # label of a sentiment -> colour, marker, sign in text
    "positive": ("#0072B2", "triangle-up", "▲"),
    "neutral": ("#767B84", "circle", "●"),
    "negative": ("#C75000", "triangle-down", "▼"),
    "none": ("#8E939C", "circle-open", "○"),
}
INK, MUTED, LINE, PAPER, STEM = "#1F2430", "#5A6070", "#DDE1E8", "#FFFFFF", "#B9BDC4"
BLUES = [[0.0, "#F3F6FA"], [0.001, "#DCEAF5"], [0.35, "#8FBEDF"], [0.7, "#2F86BF"], [1.0, "#004F80"]]
FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"
HOVER = {"hovertemplate": "%{hovertext}<extra></extra>"}
CONFIG: dict[str, Any] = {  # offline: no link to any service; the page scrolls under a finger that rests on a chart
    "displaylogo": False,
    "plotlyServerURL": "",
    "showEditInChartStudio": False,
    "showSendToCloud": False,
    "showLink": False,
    "responsive": True,
    "scrollZoom": False,
    "modeBarButtons": [["toImage"]],
}


@dataclass(frozen=True, eq=False)
class Chart:
    """A chart with its finding as title, a description for those who cannot see it, and the table it is made from."""

    id: str
    title: str
    description: str
    figure: go.Figure
    table: pd.DataFrame

    def spec(self, title: bool = True) -> dict[str, Any]:
        """The figure as plain JSON values; without its title where the page already has it as a heading."""
        spec: dict[str, Any] = msgspec.json.decode(self.figure.to_json())
        if title:
            text = plotly_text(self.title, 80)
            spec["layout"]["title"] = {"text": text}
            more = 20 * text.count("<br>")
            spec["layout"]["margin"]["t"] += more
            spec["layout"]["height"] += more
        else:
            spec["layout"]["margin"]["t"] = 32
        return {**spec, "config": CONFIG}

    def html(self) -> str:
        """The chart as HTML that draws itself where Plotly is on the page, and else shows description and table."""
        return page("chart", chart=self, table=html_table(self.table, self.title), spec=self.spec(title=False))

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        return {
            # a chart that follows its container collapses to a line when JupyterLab's window changes its size
            "application/vnd.plotly.v1+json": {**self.spec(), "config": CONFIG | {"responsive": False}},
            "text/html": self.html(),
            "text/plain": f"{self.title}\n\n{self.description}",
        }


def axis(**more: Any) -> dict[str, Any]:
    """An axis in our look, which does not catch a finger or the mouse wheel."""
    look = {"gridcolor": LINE, "linecolor": LINE, "zeroline": False, "ticks": "", "automargin": True}
    title = {"font": {"size": 12, "color": MUTED}, "standoff": 10, "text": more.pop("title", "")}
    return {**look, "fixedrange": True, "title": title, "tickfont": {"size": 12}, **more}


def ticks(values: Sequence[float], labels: Sequence[str]) -> dict[str, Any]:
    """Where an axis has its labels."""
    return {"tickmode": "array", "tickvals": list(values), "ticktext": list(labels)}


def rows_axis(labels: Sequence[str], **more: Any) -> dict[str, Any]:
    """A y axis of labelled rows, the first on top."""
    look = {"ticklabelstandoff": 5, "showgrid": False, "tickfont": {"size": 12, "color": INK}}
    return axis(**{**ticks(range(len(labels)), labels), **look, "range": [len(labels) - 0.45, -0.55], **more})


def columns_axis(labels: Sequence[str], gap: float = 0.6) -> dict[str, Any]:
    """An x axis of labelled columns, on top; the labels turn where there is no room for them."""
    look = {
        "side": "top",
        "showgrid": False,
        "autotickangles": [0, -90],
        "tickfont": {"size": 12 if len(labels) < 8 else 11, "color": INK},
    }
    return axis(**ticks(range(len(labels)), labels), **look, range=[-gap, len(labels) - 1 + gap])


def rows_height(labels: Sequence[str]) -> int:
    """The pixels that rows with these labels need."""
    return len(labels) * (10 + 15 * max((label.count("<br>") + 1 for label in labels), default=1))


def heads_height(labels: Sequence[str]) -> int:
    """The pixels that the heads of columns need where they stand upright."""
    return 7 * max((len(line) for label in labels for line in label.split("<br>")), default=0)


def note(text: str, **more: Any) -> dict[str, Any]:
    """A few words on the figure, without an arrow."""
    return {"text": plotly_text(text, 34), "showarrow": False, "font": {"size": 12, "color": MUTED}, **more}


def template() -> go.layout.Template:
    """The look of every chart: system fonts, quiet lines, room for a title."""
    place = {"x": 0, "xref": "container", "xanchor": "left", "y": 1, "yref": "container", "yanchor": "top"}
    legend = {"orientation": "h", "x": 0, "xanchor": "left", "y": 1.0, "yanchor": "bottom", "yref": "paper"}
    layout = {
        "font": {"family": FONT, "size": 12, "color": INK},
        "paper_bgcolor": PAPER,
        "plot_bgcolor": PAPER,
        "colorway": list(PALETTE),
        "title": {**place, "pad": {"l": 12, "t": 18}, "font": {"size": 16}},
        "hoverlabel": {
            "bgcolor": PAPER,
            "bordercolor": "#9AA1AD",
            "align": "left",
            "namelength": -1,
            "font": {"family": FONT, "size": 12, "color": INK},
        },
        "xaxis": axis(),
        "yaxis": axis(),
        "legend": {**legend, "font": {"size": 12}, "itemclick": False, "itemdoubleclick": False},
        "hovermode": "closest",
        "dragmode": False,
    }
    return go.layout.Template(layout=layout)


def figure(traces: list[Any], height: float, **layout: Any) -> go.Figure:
    """A figure in our look, `height` pixels high, as wide as its place."""
    margin = {"l": 12, "r": 16, "t": 76, "b": 44, **layout.pop("margin", {})}
    whole = {"template": template(), "height": round(height), "autosize": True, "margin": margin, **layout}
    return go.Figure(traces, whole)


def points(
    x: Sequence[float], y: Sequence[float], hover: Sequence[str], name: str, symbol: str, colour: str, size: int
) -> go.Scatter:
    """Markers in one colour and shape, with a legend entry."""
    edge = colour if symbol.endswith("open") else PAPER
    marker = {"symbol": symbol, "size": size, "color": colour, "line": {"width": 1.5, "color": edge}}
    return go.Scatter(x=list(x), y=list(y), mode="markers", name=name, hovertext=list(hover), marker=marker, **HOVER)


def row_points(part: pd.DataFrame, x: str, name: str, symbol: str, colour: str, size: int) -> list[go.Scatter]:
    """The rows of a table as points at their `x`, each in its `row` with its `hover`; nothing where there are none."""
    across, down, hover = (part[column].tolist() for column in (x, "row", "hover"))
    return [points(across, down, hover, name, symbol, colour, size)] if len(part) else []


def uprights(
    x: Sequence[float],
    y: Sequence[float],
    hover: Sequence[str],
    name: str,
    size: int,
    line: dict[str, Any],
    **more: Any,
) -> go.Scatter:
    """Small upright bars, with a legend entry."""
    marker = {"symbol": "line-ns", "size": size, "line": line}
    return go.Scatter(x=x, y=y, mode="markers", name=name, hovertext=hover, marker=marker, **HOVER, **more)


def nothing(id: str, title: str, description: str, table: pd.DataFrame) -> Chart:
    """The chart for an article that has nothing to draw: it says so."""
    says = note(title, x=0.5, y=0.5, xref="paper", yref="paper", font={"size": 15, "color": MUTED})
    hidden = {"visible": False, "range": [0, 1]}
    return Chart(id, title, description, figure([], 190, annotations=[says], xaxis=hidden, yaxis=hidden), table)
