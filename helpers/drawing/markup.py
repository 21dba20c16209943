"""Text of an article made safe for the three places it is shown in: HTML, Plotly's labels, and JSON inside a page.

>>> plotly_text("<b>Tariffs</b> & trade, $5 to $6")
'&lt;b&gt;Tariffs&lt;/b&gt; &amp; trade, &#36;5 to &#36;6'
>>> safe_id("st-91fc2a"), safe_id("a b")
('st-91fc2a', 'a-b-c8687a')

All HTML is written by the templates in `templates/`, which escape whatever is put into them.
"""

import hashlib
import html
import re
import textwrap
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pandas as pd
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from helpers.wording import NONE, minus, one_line, shorten, signed, worded

TEMPLATES = Path(__file__).parent / "templates"
LONG = 36  # characters from which a cell needs room to wrap in


def plotly_text(text: str, width: int | None = None, lines: int | None = None) -> str:
    """Text for a Plotly label or hover, wrapped at `width`: Plotly reads some HTML, and TeX between dollars."""
    text = one_line(text)
    pieces = textwrap.wrap(text, width) if width else [text]
    if lines and len(pieces) > lines:
        pieces = [*pieces[: lines - 1], shorten(" ".join(pieces[lines - 1 :]), width or len(text))]
    return "<br>".join(html.escape(piece, quote=False).replace("$", "&#36;") for piece in pieces)


def safe_id(text: str) -> str:
    """The text as an HTML id: itself where it can be one, else its letters and a short hash that keeps ids apart."""
    clean = re.sub(r"[^A-Za-z0-9_-]+", "-", text).strip("-")[:60]
    if clean and clean == text:
        return clean
    return f"{clean or 'id'}-{hashlib.sha256(text.encode('utf-8', 'replace')).hexdigest()[:6]}"


def script_json(value: Any) -> Markup:
    """The value as JSON that can stand inside a <script> element, whatever text it holds."""
    text = msgspec.json.encode(value, order="sorted").decode()
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)


def cell(value: Any) -> str:
    """A table's value as a person reads it; – where there is none."""
    if pd.isna(value):
        return NONE
    if isinstance(value, float):
        return minus(f"{value:z.2f}")
    return {True: "yes", False: "no"}[bool(value)] if pd.api.types.is_bool(value) else str(value)


def headings(frame: pd.DataFrame) -> tuple[list[str], list[bool]]:
    """The names of a table's columns as words, and which of them hold numbers."""
    types = pd.api.types
    numeric = [types.is_numeric_dtype(kind) and not types.is_bool_dtype(kind) for kind in frame.dtypes]
    return [worded(str(name)) for name in frame.columns], numeric


def html_table(frame: pd.DataFrame, caption: str = "") -> Markup:
    """The table for a page with a style sheet; numbers to the right, nothing cut."""
    names, numeric = headings(frame)
    rows = [[cell(value) for value in row] for row in frame.itertuples(index=False)]
    long = [any(len(row[n]) > LONG for row in rows) for n in range(len(names))]
    return Markup(page("table", names=names, rows=rows, numeric=numeric, long=long, caption=caption))


def page(template: str, **values: Any) -> str:
    return environment().get_template(f"{template}.html.j2").render(values)


def macro(name: str, *values: Any) -> Markup:
    """A small piece of HTML for a notebook: a macro of ``shown.html.j2`` with these values."""
    found: Markup = getattr(environment().get_template("shown.html.j2").module, name)(*values)
    return found


@cache
def environment() -> Environment:
    """Jinja with everything escaped that is not Markup, and an error for every name a template misspells."""
    found = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters.update(signed=signed, script_json=script_json, html_table=html_table)
    return found
