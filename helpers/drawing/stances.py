"""How each speaker stands towards each target, with the tone of the whole statement beside it."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from helpers.drawing import data, figures
from helpers.drawing.markup import plotly_text
from helpers.drawing.sentiment import tone_axis
from helpers.drawing.words import hover_lines, lacking, not_drawn, small
from helpers.explain import stance_verdict
from helpers.wording import cited, counted, listing, shorten, signed

COLUMNS = ("role", "target", "label", "sure", "demand", "held_by", "score", "tone", "reasons", "text")
LOOKS = {  # verdict -> name, marker (hollow where unsure), colour
    (verdict := stance_verdict(label, sure)): (verdict, marker + "-open" * (not sure), colour)
    for sure in (True, False)
    for label, (_, marker, colour) in figures.TONES.items()
    if label != "none"
}


def stance_by_official(tables: data.Tables) -> figures.Chart:
    """A row a speaker and target, a mark at the stance (−1 … +1), hollow where unsure; a bar at the tone of the whole statement.

    The table has: speaker, role, target, stance, sure, demand, held_by, score, tone, reasons, text.
    """
    found = data.voices(tables)
    held = found[["article", "statement_id", "who", "role", "start", "text", "sentiment_score"]].merge(
        tables["stances"], on=["article", "statement_id"]
    )
    held = held.assign(tone=held["sentiment_score"], first=held.groupby("who")["start"].transform("min"))
    held = held.sort_values(["first", "who", "target_start"], kind="stable", ignore_index=True)
    table = held[["who", *COLUMNS]].rename(columns={"who": "speaker", "label": "stance"})
    if held.empty:
        return figures.nothing("stance_by_official", *lacking(found, "names something to be for or against"), table)
    verdicts = [stance_verdict(row.label, row.sure) for row in held.itertuples()]
    drawn, rest = held.assign(verdict=verdicts).head(data.TOP_ROWS), held.iloc[data.TOP_ROWS :]
    left = not_drawn(rest["who"].drop_duplicates().tolist(), "stance", number=len(rest))
    return figures.Chart(
        "stance_by_official", stance_title(held), stance_text(drawn) + left, stance_figure(drawn), table
    )


def stance_title(held: pd.DataFrame) -> str:
    """How many targets the speakers are for, neutral to, against or unsure about."""
    verdicts = held["label"].where(held["sure"].astype(bool), "unsure").value_counts()
    sides = {"positive": "for", "neutral": "neutral", "negative": "against", "unsure": "unsure"}
    told = listing(f"{verdicts[label]} {side}" for label, side in sides.items() if label in verdicts)
    return f"{counted(len(held), 'stance')} of speakers: {told}"


def stance_text(drawn: pd.DataFrame) -> str:
    said = drawn.assign(verdict=drawn["verdict"].where(drawn["sure"].astype(bool), drawn["verdict"] + ","))
    each = "; ".join(
        f"{who}: {', '.join(f'{verdict} towards {targets(rows)}' for verdict, rows in part.groupby('verdict', sort=False))}"
        for who, part in said.groupby("who", sort=False)
    )
    other = drawn[drawn["score"] * drawn["tone"].fillna(0) < 0].drop_duplicates("target_start")
    across = f" It is on the other side of zero for {targets(other)}." if len(other) else ""
    return (
        "Each row is something that a speaker speaks of, its mark the speaker’s stance towards it, from −1 (against) to "
        "+1 (for); hollow marks are unsure. The small upright bar is the tone of the whole "
        f"statement.{across} {each}."
    )


def targets(rows: pd.DataFrame) -> str:
    """The targets of several rows, as they stand in the article."""
    return listing(cited(shorten(target, 60)) for target in rows["target"])


def stance_figure(drawn: pd.DataFrame) -> go.Figure:
    """Marks for the stances, and for each row a thin line to the bar of its tone."""
    hover = [hover_stance(row) for row in drawn.itertuples()]
    rows = drawn.assign(row=[float(n) for n in range(len(drawn))], hover=hover)
    labels = [plotly_text(shorten(r.target, 48), 26, 2) + small(shorten(str(r.who), 28)) for r in drawn.itertuples()]
    scored = rows.dropna(subset=["tone"])
    begins = [n - 0.5 for n in range(1, len(drawn)) if drawn["who"].iloc[n] != drawn["who"].iloc[n - 1]]
    border = {
        "type": "line",
        "xref": "paper",
        "x0": 0,
        "x1": 1,
        "line": {"width": 1, "color": figures.STEM},
        "layer": "below",
    }
    return figures.figure(
        [*whole_tones(scored), *figures.by_kind(rows, "verdict", LOOKS, "score")],
        156 + figures.rows_height(labels),
        xaxis=tone_axis("← against · stance · for →"),
        yaxis=figures.rows_axis(labels, showgrid=True),
        shapes=[border | {"y0": y, "y1": y} for y in begins],  # between the rows of two speakers
    )


def hover_stance(row: Any) -> str:
    """Speaker, verdict, the words that decided, and the statement."""
    tone = f"{signed(row.score)}; the whole statement {signed(row.tone)}"
    verdict = f"{row.verdict} towards {cited(shorten(row.target, 60))} ({tone})"
    lines = [
        verdict + (", a demand" if row.demand else ""),
        "" if pd.isna(row.held_by) else f"what {row.held_by} is told to think of it",
        "" if pd.isna(row.reasons) else f"for the words: {row.reasons}",
        shorten(row.text, 300),
    ]
    return hover_lines(row.who, lines)


def whole_tones(scored: pd.DataFrame) -> list[go.Scatter]:
    """A small bar at the tone of each whole statement, and a thin line to it from the stance."""
    if scored.empty:
        return []
    ends = [(x, row.row) for row in scored.itertuples() for x in (row.score, row.tone, None)]
    x, y = zip(*ends, strict=True)
    line = go.Scatter(
        x=x, y=y, mode="lines", line={"width": 1, "color": figures.STEM}, hoverinfo="skip", showlegend=False
    )
    hover = [f"Tone of the whole statement: {signed(score)}" for score in scored["tone"]]
    look = ("tone of the whole statement", figures.UPRIGHT, figures.MUTED, 13)
    return [line, figures.points(scored["tone"], scored["row"], hover, *look, edge=2, legendrank=2000)]
