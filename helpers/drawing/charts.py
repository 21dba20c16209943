"""The charts, each an answer to a question, made from the tables alone (saved ones too: no spaCy is needed).

>>> for chart in all_charts(read_tables("data/results")):          # doctest: +SKIP
...     print(chart.id, "–", chart.title)

Each is a `Chart`: its finding as title, a description in words, the figure, and its table. All of them raise InputProblem
where the tables are of several articles.
"""

from collections.abc import Callable

from helpers.drawing.about import who_speaks_about
from helpers.drawing.data import Tables
from helpers.drawing.entities import entities_by_official
from helpers.drawing.figures import Chart
from helpers.drawing.readability import readability_by_statement
from helpers.drawing.sentiment import sentiment_by_official
from helpers.drawing.stances import stance_by_official
from helpers.drawing.themes import themes_by_official
from helpers.drawing.timeline import timeline

MAKERS: tuple[Callable[[Tables], Chart], ...] = (
    timeline,
    sentiment_by_official,
    stance_by_official,
    themes_by_official,
    entities_by_official,
    who_speaks_about,
    readability_by_statement,
)
CHARTS = {make.__name__: make for make in MAKERS}


def all_charts(tables: Tables) -> tuple[Chart, ...]:
    """Every chart of one article's tables, in the order of the report."""
    return tuple(make(tables) for make in CHARTS.values())
