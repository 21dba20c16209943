"""One HTML file that shows everything found in an article, offline: statements, the marked text, charts, limits.

>>> write_report(analysis, "report.html")             # doctest: +SKIP
PosixPath('report.html')

The file holds Plotly once and asks for nothing from outside; a content security policy lets only its own scripts run.
"""

import base64
import hashlib
import re
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import pandas as pd
import plotly
from markupsafe import Markup
from plotly.offline import get_plotlyjs

from helpers.drawing.charts import all_charts
from helpers.drawing.figures import SIGNS
from helpers.drawing.markup import TEMPLATES, page
from helpers.drawing.reader import anchor, reader_html, voice
from helpers.drawing.words import given_theme, theme_label
from helpers.errors import InputProblem
from helpers.explain import stance_verdict
from helpers.knowledge.writing import with_the
from helpers.records import Analysis, Statement
from helpers.tables.store import write_text
from helpers.tables.tables import all_tables
from helpers.wording import cited, counted, listing, one_line, shorten


def report_html(analysis: Analysis, tables: Mapping[str, pd.DataFrame] | None = None) -> str:
    """The whole report as HTML, the same for the same analysis; `tables` where they are made already."""
    tables = all_tables(analysis) if tables is None else tables
    code = (get_plotlyjs(), (TEMPLATES / "report.js").read_text(encoding="utf-8"))
    scripts = [Markup(re.sub(r"\r\n?", "\n", text)) for text in code]  # line ends as the browser hashes them
    return page(
        "report",
        analysis=analysis,
        title=heading(analysis),
        policy=policy(scripts),
        style=Markup((TEMPLATES / "report.css").read_text(encoding="utf-8")),
        scripts=scripts,
        lead=lead(analysis),
        reader=Markup(reader_html(analysis)),
        charts={chart.id: chart for chart in all_charts(tables)},
        tables=tables,
        themes=theme_rows(tables),
        entities=entity_rows(tables["entities"]),
        versions={**analysis.made_with, "pandas": pd.__version__, "plotly": plotly.__version__},
        signs=SIGNS,
        **{
            function.__name__: function
            for function in (anchor, cited, given_theme, one_line, posts, stance_verdict, voice)
        },
    )


def write_report(analysis: Analysis, path: str | Path, tables: Mapping[str, pd.DataFrame] | None = None) -> Path:
    """Write the report to `path`, whole or not at all: aside first, then renamed. Gives the path.

    Raises InputProblem where the file cannot be written.
    """
    path, html = Path(path), report_html(analysis, tables)
    try:
        return write_text(path, html)
    except OSError as problem:
        raise InputProblem(f"{path}: cannot write the report ({problem.strerror}); give another place") from problem


def policy(scripts: list[Markup]) -> str:
    """A content security policy that lets these scripts run, no others, and nothing be fetched."""
    hashes = (base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii") for script in scripts)
    allowed = " ".join(f"'sha256-{digest}'" for digest in hashes)
    rest = "style-src 'unsafe-inline'; img-src data: blob:; base-uri 'none'; form-action 'none'"
    return f"default-src 'none'; script-src {allowed}; {rest}"


def heading(analysis: Analysis) -> str:
    """The article's title; where it has none, how it begins; where it has no text, its id."""
    article = analysis.article
    if article.title:
        return one_line(article.title)
    return next((shorten(p.span.text, 110) for p in article.body if p.span.text.strip()), article.id)


def lead(analysis: Analysis) -> str:
    """How many statements, by whom, and how they are given, in prose."""
    statements, unsaid = analysis.said, len(analysis.statements) - len(analysis.said)
    if not statements:
        return "No statements were found in this article: nobody in it is reported as having said something."
    speakers = {p.name: p for s in statements for p in s.speakers}
    countries = sorted({p.country for p in speakers.values() if p.country})
    quoted = sum(s.kind != "indirect" for s in statements)
    unknown = sum(not s.speakers for s in statements)
    by = f" by {counted(len(speakers), 'speaker')}" if speakers else ""
    where = f" from {listing(map(with_the, countries), 4)}" if countries else ""
    holding = "None holds" if quoted == 0 else f"{quoted} {'holds' if quoted == 1 else 'hold'}"
    if 1 < quoted == len(statements):
        holding = "Every one holds"
    return (
        f"The article reports {counted(len(statements), 'statement')}{by}{where}. "
        f"{holding} quoted words; the others are given in the article’s own words."
        + (f" Of {unknown} the speaker is not named." if unknown else "")
        + (f" Listed apart: {unsaid} declined, denied or only supposed." if unsaid else "")
    )


def posts(statement: Statement) -> list[str]:
    """Role and country of each speaker, as far as they are known."""
    known = (", ".join(filter(None, (speaker.role, speaker.country))) for speaker in statement.speakers)
    return list(dict.fromkeys(filter(None, known)))


def theme_rows(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """One row a theme: how often, its words with their paragraphs, and whose statements hold some of them."""
    said = tables["statements"].query("asserted == 'said'")
    said = said.assign(theme=said["themes"].str.split("; ")).explode("theme")
    said = said.assign(who=said["speakers"].fillna(said["source"]).str.split("; ")).explode("who").dropna(subset="who")
    whose = said.groupby("theme")["who"].agg(lambda names: listing(names.unique()))
    rows = []
    for theme, part in tables["themes"].groupby("theme", sort=True):
        places = part.groupby("text", sort=False)["paragraph"].unique()
        words = listing(f"{text} (¶{', '.join(map(str, numbers))})" for text, numbers in places.items())
        rows.append((theme_label(theme), len(part), words, whose.get(theme)))
    frame = pd.DataFrame(rows, columns=["theme", "times", "evidence", "in statements by"])
    return frame.sort_values("times", ascending=False, kind="stable", ignore_index=True)


def entity_rows(entities: pd.DataFrame) -> pd.DataFrame:
    """One row an entity: kind, value, number of mentions, and the forms it has in the text."""
    values = [amount(value, unit) for value, unit in zip(entities["value"], entities["unit"], strict=True)]
    groups = entities.assign(value=values).groupby(["name", "type"], sort=False)
    rows = groups.agg(
        value=("value", "first"),
        long_form=("long_form", "first"),
        mentions=("text", "size"),
        forms=("text", lambda texts: ", ".join(dict.fromkeys(texts))),
    ).reset_index()
    rows = rows.rename(columns={"forms": "as written", "long_form": "stands for"}).sort_values(
        "mentions", ascending=False, kind="stable"
    )
    return rows.dropna(axis="columns", how="all") if len(rows) else rows


def amount(value: object, unit: object) -> str | None:
    """A value as a person reads it, both ends of a range.

    >>> amount("500000000000", "USD"), amount("10..25", "percent"), amount("2030", None)
    ('500,000,000,000 USD', '10 to 25 percent', '2030')
    """
    if pd.isna(value):
        return None
    ends = str(value).split("..")
    if pd.isna(unit):
        return " to ".join(ends)
    with suppress(ValueError):
        ends = [f"{float(end):,}".removesuffix(".0") for end in ends]
    return f"{' to '.join(ends)} {unit}"
