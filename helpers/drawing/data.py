"""From the tables to what charts need: a row a voice, ranked speakers, counts.

A *voice* is who stands behind a statement: a speaker, or the source as it stands where nobody is named.

>>> unnamed("the ministry")
'Unnamed source: “the ministry”'
"""

from collections.abc import Iterable, Mapping

import pandas as pd

from helpers.drawing.markup import plotly_text
from helpers.errors import InputProblem
from helpers.wording import shorten

Tables = Mapping[str, pd.DataFrame]
NOBODY = "Source not named"
TOP_SPEAKERS, TOP_ROWS, TOP_COLUMNS = 15, 30, 10  # more do not fit a screen: the chart's description names the rest


def voices(tables: Tables) -> pd.DataFrame:
    """One row for each statement that was said and each voice behind it, in the order of the article.

    The columns of the table statements, and: who (name, or the source as it stands), role, country, named (bool).
    Raises InputProblem where the tables are of several articles.
    """
    statements, people = tables["statements"].query("asserted == 'said'"), tables["speakers"]
    articles = statements["article"].unique()
    if len(articles) > 1:
        mend = f"take the rows where article == {articles[0]!r}"
        raise InputProblem(f"tables of {len(articles)} articles, and these charts show one: {mend}")
    found = statements.merge(people.drop(columns="official"), how="left", on=["article", "statement_id"])
    source = found["source"].map(unnamed, na_action="ignore").astype("string").fillna(NOBODY)
    found = found.assign(named=found["name"].notna(), who=found["name"].fillna(source))
    return found.drop_duplicates(["statement_id", "who"], ignore_index=True)


def unnamed(source: str) -> str:
    """How a source is called that no person stands behind."""
    return f"Unnamed source: “{shorten(source, 60)}”"


def ranked(found: pd.DataFrame, by: str = "statements") -> pd.DataFrame:
    """One row a voice, the one with most statements (or words) first: who, role, country, named, statements, words."""
    ranks = found.groupby("who", sort=False).agg(
        role=("role", "first"),
        country=("country", "first"),
        named=("named", "first"),
        statements=("statement_id", "nunique"),
        words=("words", "sum"),
        start=("start", "min"),
    )
    order = [by, "statements", "words", "start"]
    return ranks.reset_index().sort_values(order, ascending=[False, False, False, True], ignore_index=True)


def top(frame: pd.DataFrame, most: int, name: str = "who") -> tuple[pd.DataFrame, list[str]]:
    """The first rows, as many as there is room for, and the names of the others."""
    return frame.head(most), frame[name].iloc[most:].tolist()


def exploded(found: pd.DataFrame, column: str) -> pd.DataFrame:
    """One row a voice and `item` of a joined column (themes, entities); rows without any are gone."""
    items = found.assign(item=found[column].str.split("; ")).explode("item")
    return items.dropna(subset="item").reset_index(drop=True)


def typed_items(found: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    """One row a voice and entity that it names, with the entity's type."""
    known = dict(zip(tables["entities"]["name"], tables["entities"]["type"], strict=True))
    known |= dict.fromkeys(tables["people"]["name"], "person")
    items = exploded(found, "entities")
    return items.assign(type=[known.get(item, "other") for item in items["item"]])


def statement_counts(items: pd.DataFrame, *by: str) -> pd.DataFrame:
    """How many statements each combination of the columns `by` has, and their words for a hover."""
    if items.empty:
        return items.assign(statements=0, hover="")[[*by, "statements", "hover"]]
    counts = items.groupby(list(by), sort=False).agg(statements=("statement_id", "nunique"), hover=("text", quotes))
    return counts.reset_index()


def spread(counts: pd.DataFrame, *by: str) -> pd.DataFrame:
    """How many speakers, and statements, each item has; the most widespread first."""
    sums = counts.groupby(list(by), sort=False).agg(speakers=("who", "nunique"), statements=("statements", "sum"))
    order = ["speakers", "statements"]
    return sums.reset_index().sort_values(order, ascending=False, kind="stable", ignore_index=True)


def leaders(names: pd.Series, numbers: pd.Series) -> list[str]:
    """The names that share the highest number, in their order."""
    return [str(name) for name in names[numbers == numbers.max()]]


def quotes(texts: Iterable[str]) -> str:
    """The first statements of several, as the lines of a hover."""
    texts = list(dict.fromkeys(texts))
    lines = [plotly_text("– " + shorten(text, 180), 50) for text in texts[:3]]
    return "<br>".join([*lines, *([f"… and {len(texts) - 3} more"] if len(texts) > 3 else [])])


def own_table(found: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """The chart's own table: speaker, and the columns asked for."""
    return found[["who", *columns]].rename(columns={"who": "speaker"})
