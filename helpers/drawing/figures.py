"""What all charts share: the look, the colours, and `Chart`, which a notebook and a report can both show.

>>> chart = nothing("timeline", "No statements found", "The article reports nobody's words.", pd.DataFrame())
>>> chart.title
'No statements found'
>>> sorted(chart._repr_mimebundle_())
['application/vnd.plotly.v1+json', 'text/html', 'text/plain']
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
import pandas as pd
import plotly.graph_objects as go

from helpers.drawing.markup import TEMPLATES, html_table, page, plotly_text

LOOK: dict[str, Any] = msgspec.yaml.decode((TEMPLATES / "look.yaml").read_bytes())
INK, MUTED, PAPER, STEM = (LOOK[name] for name in ("ink", "muted", "paper", "stem"))
PALETTE: list[str] = LOOK["palette"]
TONES: dict[str, tuple[str, str, str]] = {label: tuple(look[:3]) for label, look in LOOK["tones"].items()}
SIGNS: dict[str, str] = {label: sign for label, (*_, sign) in LOOK["tones"].items()}
TEMPLATE = go.layout.Template(layout=LOOK["layout"])
UPRIGHT = "line-ns"  # the marker that is a small upright bar
HEADS_FIT = 600  # pixels of heads side by side, beyond which they turn in a notebook
HOVER = {"hovertemplate": "%{hovertext}<extra></extra>"}


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
        return {**spec, "config": LOOK["config"]}

    def html(self) -> str:
        """The chart as HTML that draws itself where Plotly is on the page, and else shows description and table."""
        return page("chart", chart=self, table=html_table(self.table, self.title), spec=self.spec(title=False))

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        return {
            # a chart that follows its container collapses to a line when JupyterLab's window changes its size
            "application/vnd.plotly.v1+json": {**self.spec(), "config": LOOK["config"] | {"responsive": False}},
            "text/html": self.html(),
            "text/plain": f"{self.title}\n\n{self.description}",
        }


def ticks(values: Sequence[float], labels: Sequence[str]) -> dict[str, Any]:
    return {"tickmode": "array", "tickvals": list(values), "ticktext": list(labels)}


def rows_axis(labels: Sequence[str], **more: Any) -> dict[str, Any]:
    """A y axis of labelled rows, the first on top."""
    look = {"ticklabelstandoff": 5, "showgrid": False, "tickfont": {"size": 12, "color": INK}}
    return {**ticks(range(len(labels)), labels), **look, "range": [len(labels) - 0.45, -0.55], **more}


def columns_axis(labels: Sequence[str], gap: float = 0.6) -> dict[str, Any]:
    """An x axis of labelled columns, on top; the labels turn where there is no room for them."""
    font = {"size": 12 if len(labels) < 8 else 11, "color": INK}
    look = {"side": "top", "showgrid": False, "autotickangles": [0, -90], "tickfont": font}
    return {**ticks(range(len(labels)), labels), **look, "range": [-gap, len(labels) - 1 + gap]}


def rows_height(labels: Sequence[str]) -> int:
    return len(labels) * (10 + 15 * max((label.count("<br>") + 1 for label in labels), default=1))


def heads_height(labels: Sequence[str]) -> int:
    """The pixels that the heads of columns need where they stand upright."""
    return 7 * max((len(line) for label in labels for line in label.split("<br>")), default=0)


def heads_margin(labels: Sequence[str]) -> dict[str, int]:
    """The margins of a figure with heads of columns: on top room for title and heads, which stand upright if they are many.

    >>> heads_margin(["Diplomacy and treaties"] * 9)["t"] - heads_margin(["Trade"])["t"]
    122
    """
    upright = sum(7 * len(label) for label in labels) > HEADS_FIT
    return {"t": 44 + max(32, heads_height(labels) if upright else 0), "b": 8}


def note(text: str, **more: Any) -> dict[str, Any]:
    """A few words on the figure, without an arrow."""
    return {"text": plotly_text(text, 34), "showarrow": False, "font": {"size": 12, "color": MUTED}, **more}


def figure(traces: list[Any], height: float, **layout: Any) -> go.Figure:
    """A figure in our look, `height` pixels high, as wide as its place."""
    margin = {"l": 12, "r": 16, "t": 76, "b": 44, **layout.pop("margin", {})}
    whole = {"template": TEMPLATE, "height": round(height), "autosize": True, "margin": margin, **layout}
    return go.Figure(traces, whole)


def points(
    x: Iterable[float],
    y: Iterable[float],
    hover: Iterable[str],
    name: str,
    symbol: str,
    colour: str,
    size: int,
    edge: float = 1.5,
    **more: Any,
) -> go.Scatter:
    """Markers in one colour and shape, with a legend entry; `edge` is the width of their line."""
    line = {"width": edge, "color": colour if symbol.endswith(("open", UPRIGHT)) else PAPER}
    marker = {"symbol": symbol, "size": size, "color": colour, "line": line}
    return go.Scatter(
        x=list(x), y=list(y), mode="markers", name=name, hovertext=list(hover), marker=marker, **HOVER, **more
    )


def by_kind(
    frame: pd.DataFrame, kind: str, looks: Mapping[Any, tuple[str, str, str]], x: str, y: str = "row", size: int = 13
) -> list[go.Scatter]:
    """The rows of a table as points with their `hover`: for each `kind` that is there its name, marker and colour."""
    parts = ((frame[frame[kind] == value], look) for value, look in looks.items())
    return [points(part[x], part[y], part["hover"], *look, size) for part, look in parts if len(part)]


def nothing(id: str, title: str, description: str, table: pd.DataFrame) -> Chart:
    """The chart for an article that has nothing to draw: it says so."""
    says = note(title, x=0.5, y=0.5, xref="paper", yref="paper", font={"size": 15, "color": MUTED})
    hidden = {"visible": False, "range": [0, 1]}
    return Chart(id, title, description, figure([], 190, annotations=[says], xaxis=hidden, yaxis=hidden), table)
