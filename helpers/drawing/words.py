"""The words of charts: sentences about the data, and labels and hovers safe for Plotly.

>>> not_drawn(["Okafor", "Lind"], "speaker")
' Not drawn, but in the table: 2 speakers (Okafor and Lind).'
"""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from helpers.drawing.figures import MUTED
from helpers.drawing.markup import plotly_text
from helpers.records import Theme
from helpers.themes.taxonomy import load_taxonomy
from helpers.wording import counted, listing, shorten, signed, worded

FEW_COLUMNS = 5  # up to here the heads of columns have two lines


def not_drawn(names: Sequence[str], noun: str, many: str = "", number: int | None = None) -> str:
    """A sentence that names what, or whose, the chart had no room for; empty where it had room for all."""
    return (
        f" Not drawn, but in the table: {counted(number or len(names), noun, many)} ({listing(names, 60)})."
        if names
        else ""
    )


def lacking(found: pd.DataFrame, lack: str = "") -> tuple[str, str]:
    """Title and description of a chart that has nothing to show."""
    if found.empty:
        return "No statements found", "The article reports nobody’s words, so there is nothing to draw."
    return f"No statement {lack}", f"The article has statements, but none {lack}."


def each_of(counts: pd.DataFrame, between: str) -> str:
    """Every speaker with the items of his or her statements, as prose."""
    parts = counts.groupby("who", sort=False)["item"]
    return "; ".join(f"{who}{between}{listing(items.tolist())}" for who, items in parts)


def theme_label(theme: str) -> str:
    """A theme as people read it: its label in the vocabulary; where it has none, its id as words."""
    return next((entry.label for entry in load_taxonomy().themes if entry.id == theme), worded(theme))


def given_theme(theme: Theme) -> str:
    """The label of a statement's theme, with a word if it comes from the text around the statement.

    >>> given_theme(Theme("cyber", (), inherited=True))
    'Cyber (inherited)'
    """
    return theme_label(theme.theme) + (" (inherited)" if theme.inherited else "")


def column_heads(names: Sequence[str]) -> list[str]:
    """The heads of columns: on two lines where columns are few, else on one, as they will stand upright."""
    if len(names) <= FEW_COLUMNS:
        return [plotly_text(shorten(name, 34), 18, 2) for name in names]
    return [plotly_text(shorten(name, 24)) for name in names]


def post(row: Any) -> list[str]:
    """Role and country of a voice, as far as they are known."""
    return [str(part) for part in (row.role, row.country) if not pd.isna(part)]


def speaker_labels(rows: pd.DataFrame, width: int = 22) -> list[str]:
    """Name in bold, and under it role and country: the labels of speakers' rows."""
    return [
        f"<b>{plotly_text(row.who, width, 2)}</b>" + "".join(small(shorten(part, width + 2)) for part in post(row))
        for row in rows.itertuples()
    ]


def small(text: str) -> str:
    """A second, smaller line of a label."""
    return f'<br><span style="font-size:11px;color:{MUTED}">{plotly_text(text)}</span>' if text else ""


def hover_on(who: str, item: str, hover: str) -> str:
    """Who speaks of what, and the statements in which."""
    return f"<b>{plotly_text(who, 50)}</b> on {plotly_text(item, 46)}<br>{hover}"


def in_rows(found: pd.DataFrame, drawn: pd.DataFrame) -> pd.DataFrame:
    """The statements of the voices drawn, with the row of each, its tone, and its hover."""
    rows = {who: float(n) for n, who in enumerate(drawn["who"])}
    said = found[found["who"].isin(list(rows))]
    hover = [hover_statement(row) for row in said.itertuples()]
    return said.assign(row=said["who"].map(rows).astype(float), tone=said["sentiment"].fillna("none"), hover=hover)


def hover_statement(row: Any) -> str:
    """Speaker, role, cue, words and tone of a statement."""
    cue = "" if pd.isna(row.cue) else f"“{row.cue}”, "
    tone = "" if pd.isna(row.sentiment) else f"Tone: {row.sentiment} ({signed(row.sentiment_score)})"
    lines = [", ".join(post(row)), f"{cue}{row.kind}, paragraph {row.paragraph}", shorten(row.text, 420), tone]
    return hover_lines(row.who, lines)


def hover_lines(who: str, lines: Sequence[str]) -> str:
    """Who, in bold, and below it the lines that are not empty."""
    return f"<b>{plotly_text(who, 50)}</b><br>" + "<br>".join(plotly_text(line, 50) for line in lines if line)
