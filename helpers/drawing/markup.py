"""Text of an article made safe for the three places it is shown in: HTML, Plotly's labels, and JSON inside a page.

>>> plotly_text("<b>Tariffs</b> & trade, $5 to $6")
'&lt;b&gt;Tariffs&lt;/b&gt; &amp; trade, &#36;5 to &#36;6'
>>> shorten("the need for deeper engagement", 18)
'the need for…'
>>> safe_id("st-91fc2a"), safe_id("a b")
('st-91fc2a', 'a-b-c8687a')
"""

from __future__ import annotations

import hashlib
import html
import json
import re
import textwrap
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

TEMPLATES = Path(__file__).parent / "templates"
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]+")


def one_line(text: str) -> str:
    """The text on one line: line breaks, tabs and control characters become single spaces."""
    return " ".join(CONTROL.sub(" ", text).split())


def shorten(text: str, width: int) -> str:
    """At most `width` characters, cut between words where that loses little, with … where something is left out."""
    text = one_line(text)
    if len(text) <= width:
        return text
    cut = text[: width - 1]
    at_word = cut.rpartition(" ")[0]
    return (at_word if len(at_word) >= width // 2 else cut).rstrip(" ,;:–—-") + "…"


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
    return (
        clean
        if clean and clean == text
        else f"{clean or 'id'}-{hashlib.sha256(text.encode('utf-8', 'replace')).hexdigest()[:6]}"
    )


def script_json(value: Any) -> Markup:
    """The value as JSON that can stand inside a <script> element, whatever text it holds."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)


def worded(name: str) -> str:
    """An id of the vocabulary as words: ``worded("supply_chain") == "supply chain"``."""
    return name.replace("_", " ")


def signed(number: float) -> str:
    """A score with its sign and a true minus: ``signed(-0.5) == "−0.50"``."""
    return (
        "–" if pd.isna(number) else f"{number:+.2f}".replace("-", "−").replace("+0.00", "0.00").replace("−0.00", "0.00")
    )


def cell(value: Any) -> str:
    """A table's value as a person reads it; – where there is none."""
    if pd.isna(value):
        return "–"
    if isinstance(value, float):
        return f"{value:.2f}".replace("-", "−")
    return {True: "yes", False: "no"}[bool(value)] if pd.api.types.is_bool(value) else str(value)


def html_table(frame: pd.DataFrame, caption: str = "") -> Markup:
    """The table as escaped HTML; numbers to the right, nothing cut."""
    numeric = [pd.api.types.is_numeric_dtype(kind) and not pd.api.types.is_bool_dtype(kind) for kind in frame.dtypes]
    rows = [[cell(value) for value in row] for row in frame.itertuples(index=False)]
    long = [any(len(row[n]) > 36 for row in rows) for n in range(len(numeric))]  # columns that need room to wrap in
    names = [str(name).replace("_", " ") for name in frame.columns]
    return Markup(
        environment()
        .get_template("table.html.j2")
        .render(names=names, rows=rows, numeric=numeric, long=long, caption=caption)
    )


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
    found.filters.update(safe_id=safe_id, signed=signed, script_json=script_json, html_table=html_table)
    return found
