"""How hard each statement is to read."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from helpers.drawing import data, figures
from helpers.drawing.markup import plotly_text
from helpers.drawing.words import hover_statement, lacking, small
from helpers.wording import counted, listing, shorten

FEW_WORDS = 10  # a grade made from fewer words says little
GRADE = "flesch_kincaid_grade"


def readability_by_statement(tables: data.Tables) -> figures.Chart:
    """A row a statement, a point at its Flesch–Kincaid grade, and a line at that of the article.

    The table has: speaker, paragraph, words, flesch_kincaid_grade (US school years), text.
    """
    said = joint_voices(data.voices(tables))
    table = data.own_table(said, "paragraph", "words", GRADE, "text")
    graded = said.dropna(subset=[GRADE])
    if graded.empty:
        return figures.nothing("readability_by_statement", *lacking(said, "has a grade"), table)
    drawn = graded.loc[graded.nlargest(data.TOP_ROWS, "words").index.sort_values()].reset_index(drop=True)
    scores = tables["readability"]
    whole = next(iter(scores.loc[scores["statement_id"].isna(), GRADE].dropna()), None)
    left = len(graded) - len(drawn)
    each = "; ".join(f"{r.who}, paragraph {r.paragraph}: {r.flesch_kincaid_grade:.0f}" for r in drawn.itertuples())
    description = (
        "Each point is a statement, placed by its Flesch–Kincaid grade: roughly the years of school in the US system "
        f"that reading it takes. {each}. Hollow points have fewer than {FEW_WORDS} words, for which a grade means "
        "little." + (f" Not drawn, but in the table: {counted(left, 'shorter statement')}." if left else "")
    )
    title, drawing = readability_title(graded, whole), readability_figure(drawn, whole)
    return figures.Chart("readability_by_statement", title, description, drawing, table)


def joint_voices(found: pd.DataFrame) -> pd.DataFrame:
    """One row a statement, its voices together."""
    joint = found.groupby("statement_id", sort=False)["who"].agg(lambda names: listing(names.tolist(), 3))
    said = found.drop_duplicates("statement_id", ignore_index=True)
    return said.assign(who=said["statement_id"].map(joint), role=pd.NA, country=pd.NA)


def readability_title(graded: pd.DataFrame, whole: float | None) -> str:
    """Between which grades the statements lie, in a sentence; short ones do not count."""
    long = graded.loc[graded["words"] >= FEW_WORDS, GRADE].round()
    title = "Every statement is too short for a grade to mean much"
    if len(long):
        low, high = f"{long.min():.0f}", f"{long.max():.0f}"
        title = f"{counted(len(long), 'statement')} of {FEW_WORDS} words or more, read at grade {low}"
        title += f" to {high}" * (low != high)
    return title if whole is None else f"{title} (the whole article: {whole:.0f})"


def readability_figure(drawn: pd.DataFrame, whole: float | None) -> go.Figure:
    """Points on stems; hollow ones for short statements."""
    hover = [
        f"{hover_statement(r)}<br>Grade {r.flesch_kincaid_grade:.1f}, {counted(r.words, 'word')}"
        for r in drawn.itertuples()
    ]
    drawn = drawn.assign(row=range(len(drawn)), hover=hover, enough=drawn["words"] >= FEW_WORDS)
    colour = figures.TONES["positive"][2]
    looks = {True: ("statement", "circle", colour), False: (f"fewer than {FEW_WORDS} words", "circle-open", colour)}
    low, high = min(0.0, drawn[GRADE].min()) * 1.1, max(drawn[GRADE].max(), whole or 0.0, 1.0) * 1.08
    labels = [
        f"<b>{plotly_text(shorten(row.who, 24))}</b>, ¶{row.paragraph}{small(shorten(row.text, 28))}"
        for row in drawn.itertuples()
    ]
    stems = go.Bar(
        orientation="h",
        x=drawn[GRADE].tolist(),
        y=drawn["row"].tolist(),
        width=0.05,
        marker={"color": figures.STEM},
        hoverinfo="skip",
        showlegend=False,
    )
    return figures.figure(
        [stems, *figures.by_kind(drawn, "enough", looks, GRADE, size=12)],
        150 + 44 * len(drawn),
        xaxis={"title": "grade (US school years)", "range": [low, high]},
        yaxis=figures.rows_axis(labels),
        **({} if whole is None else article_line(whole, right=whole > (low + high) / 2)),
    )


def article_line(grade: float, right: bool) -> dict[str, Any]:
    """A dashed line at the grade of the whole article, and its label on the side that has more room."""
    look = {"dash": "dash", "width": 1.5, "color": figures.MUTED}
    line = {"type": "line", "x0": grade, "x1": grade, "y0": 0, "y1": 1, "yref": "paper", "line": look}
    side = {"xanchor": "right", "xshift": -4} if right else {"xanchor": "left", "xshift": 4}
    place = {"x": grade, "y": 0, "yref": "paper", "yanchor": "bottom", "bgcolor": "rgba(255,255,255,.85)"}
    return {"shapes": [line], "annotations": [figures.note(f"whole article: {grade:.1f}", **place, **side)]}
