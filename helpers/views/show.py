"""What a notebook shows: a table without clutter, and text with some of its spans marked.

>>> print(marked("Ms. Okafor said no.", [(4, 10, "official")]))
Ms. [Okafor = official] said no.

Both come as HTML for JupyterLab (no scripts, everything escaped, the same for the same input) and as plain text for
terminals and for the comparison of outputs.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape

import pandas as pd

from helpers.drawing.markup import cell, shorten
from helpers.records import Article

PLAIN_WIDTH = 60  # characters of a cell in the plain text of a table
TINTS = ("#D6E8F5", "#FBE3CE", "#D3EFE5", "#F3DDEB", "#F6EDBE", "#E2E4E8")
SHORT = 24  # characters up to which the cells of a column stay on one line
ONE_LINE = ";white-space:nowrap"
LEFT = "text-align:left;vertical-align:top"
RIGHT = "text-align:right;vertical-align:top" + ONE_LINE
Mark = tuple[int, int, str]  # start, end, what it is


@dataclass(frozen=True)
class Shown:
    """Something to look at, as HTML and as plain text."""

    html: str
    plain: str

    def _repr_html_(self) -> str:
        return self.html

    def __repr__(self) -> str:
        return self.plain


def show(frame: pd.DataFrame, *columns: str, most: int = 30) -> Shown:
    """The table, or only the `columns` named, at most `most` rows of it; it says so when there are more.

    >>> show(pd.DataFrame({"name": ["Ada Roe"], "role": [None]}))
    name     role
    Ada Roe  –
    """
    frame = frame[list(columns)] if columns else frame
    names = [str(name).replace("_", " ") for name in frame.columns]
    numeric = [pd.api.types.is_numeric_dtype(kind) and not pd.api.types.is_bool_dtype(kind) for kind in frame.dtypes]
    columns_shown = [written(frame.iloc[:most, n]) for n in range(len(names))]
    rows = [list(row) for row in zip(*columns_shown, strict=True)]
    left_out = f"… and {len(frame) - most} more" if len(frame) > most else "" if rows else "Nothing found."
    return Shown(html_rows(names, rows, numeric, left_out), plain_rows(names, rows, left_out))


def written(column: pd.Series) -> list[str]:
    """The values as a person reads them; numbers that need only one decimal have only one.

    >>> written(pd.Series([-0.5, 12.0])), written(pd.Series([0.25, None]))
    (['−0.5', '12.0'], ['0.25', '–'])
    """
    if pd.api.types.is_float_dtype(column) and (column.dropna().round(1) == column.dropna()).all():
        return ["–" if pd.isna(value) else f"{value:.1f}".replace("-", "−") for value in column]
    return [cell(value) for value in column]


def html_rows(names: list[str], rows: list[list[str]], numeric: list[bool], left_out: str) -> str:
    """The rows as an HTML table, each cell with its own look: a notebook that is not trusted drops style sheets."""
    short = [all(len(row[n]) <= SHORT for row in rows) for n in range(len(names))]
    styles = [RIGHT if right else LEFT + ONE_LINE * kept for right, kept in zip(numeric, short, strict=True)]
    sides = [style.removesuffix(ONE_LINE) for style in styles]
    head = "".join(f'<th style="{side}">{escape(name)}</th>' for name, side in zip(names, sides, strict=True))
    body = "".join(
        "<tr>" + "".join(f'<td style="{s}">{escape(v)}</td>' for v, s in zip(row, styles, strict=True)) + "</tr>\n"
        for row in rows
    )
    foot = f"<p>{escape(left_out)}</p>" if left_out else ""
    return f'<table class="dataframe">\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody>\n</table>{foot}'


def plain_rows(names: list[str], rows: list[list[str]], left_out: str) -> str:
    """The rows as lines of text, long cells cut."""
    cut = [[shorten(value, PLAIN_WIDTH) for value in row] for row in rows]
    widths = [max(len(value) for value in column) for column in zip(names, *cut, strict=True)]
    lines = ["  ".join(v.ljust(w) for v, w in zip(row, widths, strict=True)).rstrip() for row in [names, *cut]]
    return "\n".join([*lines, *([left_out] if left_out else [])])


def colours_of(marks: Iterable[Mark]) -> dict[str, str]:
    """A colour for each name of the marks, in the order in which they first occur."""
    names = dict.fromkeys(name for _, _, name in sorted(marks))
    return {name: TINTS[n % len(TINTS)] for n, name in enumerate(names)}


def marked(text: str, marks: Iterable[Mark], colours: Mapping[str, str] | None = None) -> Shown:
    """The text with each mark coloured and told what it is; of marks that overlap, the first and longest stays.

    >>> marked("a < b", [(0, 1, "x")]).html.count("&lt;")
    1
    """
    html, plain, at = "", "", 0
    marks = list(marks)
    colours = colours or colours_of(marks)
    for start, end, name in sorted(marks, key=lambda m: (m[0], -m[1])):
        if start < at:
            continue
        look = f"background-color:{colours[name]};color:#1F2430;padding:1px 3px;border-radius:3px"
        said = text[start:end]
        told = f"&nbsp;<small><i>{escape(name)}</i></small>" if name != said else ""
        html += f'{escape(text[at:start])}<mark style="{look}">{escape(said)}{told}</mark>'
        plain += f"{text[at:start]}[{said}{f' = {name}' if told else ''}]"
        at = end
    html, plain = html + escape(text[at:]), plain + text[at:]
    paragraphs = "".join(f'<p style="line-height:1.9">{line}</p>' for line in html.split("\n") if line.strip())
    return Shown(f'<div style="max-width:46em">{paragraphs}</div>', textwrap.fill(plain, 110, replace_whitespace=False))


def marked_paragraphs(
    article: Article, marks: Iterable[Mark], most: int = 3, colours: Mapping[str, str] | None = None
) -> Shown:
    """The first `most` paragraphs that hold marks, `marks` being offsets of the article, with those marks."""
    marks = list(marks)
    colours, found = colours or colours_of(marks), []
    for paragraph in article.body:
        low, high = paragraph.span.start, paragraph.span.end
        here = [(start - low, end - low, name) for start, end, name in marks if low <= start and end <= high]
        if here:
            found.append((paragraph, here))
    shown = [marked(p.span.text.replace("\n", " "), here, colours) for p, here in found[:most]]
    more = f"… and {len(found) - most} more paragraphs" if len(found) > most else "" if found else "Nothing to mark."
    foot = f"<p>{more}</p>" if more else ""
    return Shown(
        "\n".join(s.html for s in shown) + foot, "\n\n".join([*(s.plain for s in shown), *([more] if more else [])])
    )
