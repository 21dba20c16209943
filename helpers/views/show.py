"""What a notebook shows: a table without clutter, and text with some of its spans marked.

>>> print(marked("Ms. Okafor said no.", [(4, 10, "official")]))
Ms. [Okafor = official] said no.

Both come as HTML for JupyterLab (no scripts, everything escaped, the same for the same input) and as plain text for
terminals and for the comparison of outputs.
"""

import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, is_dataclass
from typing import Any

import pandas as pd
from markupsafe import Markup

from helpers.drawing.markup import cell, headings, macro
from helpers.records import Article
from helpers.wording import NONE, minus, shorten

PLAIN_WIDTH = 60  # characters of a cell in the plain text of a table
TEXT_WIDTH = 110  # characters of a line of text
TINTS = ("#D6E8F5", "#FBE3CE", "#D3EFE5", "#F3DDEB", "#F6EDBE", "#E2E4E8")
SHORT = 24  # characters up to which the cells of a column stay on one line
ONE_LINE = ";white-space:nowrap"
LEFT, RIGHT = "text-align:left;vertical-align:top", "text-align:right;vertical-align:top"
Mark = tuple[int, int, str]  # start, end, what it is
Stretch = tuple[str, str | None]  # a stretch of text, and what it is where it is marked


@dataclass(frozen=True)
class Shown:
    """Something to look at, as HTML and as plain text."""

    html: Markup
    plain: str

    def _repr_html_(self) -> str:
        return str(self.html)

    def __repr__(self) -> str:
        return self.plain


def framed(columns: str, rows: Iterable[Sequence[Any]]) -> pd.DataFrame:
    """Rows as a table: ``framed("name role", [("Ada Roe", None)])``."""
    return pd.DataFrame(list(rows), columns=columns.split())


def ordered(frame: pd.DataFrame, *by: str, ascending: bool | list[bool] = True) -> pd.DataFrame:
    """The table by these columns; rows that are alike stay in their order."""
    return frame.sort_values(list(by), ascending=ascending, kind="stable", ignore_index=True)


def show(things: Any, *columns: str, most: int = 30) -> Shown:
    """A table, or only the `columns` named, at most `most` rows of it; it says so when there are more.

    >>> show(pd.DataFrame({"name": ["Ada Roe"], "role": [None]}))
    name     role
    Ada Roe  –
    """
    frame = frame_of(things)
    frame = frame[list(columns)] if columns else frame
    names, numeric = headings(frame)
    values = [written(frame.iloc[:most, n]) for n in range(len(names))]
    sides = [RIGHT if right else LEFT for right in numeric]
    short = [all(len(value) <= SHORT for value in column) for column in values]
    styles = [(side, side + ONE_LINE * (side == RIGHT or one)) for side, one in zip(sides, short, strict=True)]
    rows, more = list(zip(*values, strict=True)), rest(len(frame), most, "Nothing found.")
    return Shown(macro("table", names, rows, styles, more), plain_rows(names, rows, more))


def frame_of(things: Any) -> pd.DataFrame:
    """The things to show as a table: records with a row each, one record or a mapping with a row for each name in it.

    >>> frame_of({"Ada Roe": 3}).values.tolist()
    [['Ada Roe', 3]]
    """
    if isinstance(things, pd.DataFrame):
        return things
    things = asdict(things) if is_dataclass(things) and not isinstance(things, type) else things
    return framed("what value", things.items()) if isinstance(things, Mapping) else pd.DataFrame(list(things))


def written(column: pd.Series) -> list[str]:
    """The values as a person reads them; numbers that need only one decimal have only one.

    >>> written(pd.Series([-0.5, 12.0])), written(pd.Series([0.25, None]))
    (['−0.5', '12.0'], ['0.25', '–'])
    """
    if pd.api.types.is_float_dtype(column) and (column.dropna().round(1) == column.dropna()).all():
        return [NONE if pd.isna(value) else minus(f"{value:z.1f}") for value in column]
    if pd.api.types.is_datetime64_dtype(column):  # of days, not of hours
        return [NONE if pd.isna(value) else f"{value:%Y-%m-%d}" for value in column]
    return [cell(value) for value in column]


def rest(count: int, most: int, none: str, noun: str = "") -> str:
    """What is said of things of which `most` are shown: how many more there are, or that there is `none`."""
    return f"… and {count - most} more{noun}" if count > most else "" if count else none


def plain_rows(names: Sequence[str], rows: Sequence[Sequence[str]], more: str) -> str:
    """The rows as lines of text, long cells cut."""
    cut = [[shorten(value, PLAIN_WIDTH) for value in row] for row in rows]
    widths = [max(len(value) for value in column) for column in zip(names, *cut, strict=True)]
    lines = ["  ".join(v.ljust(w) for v, w in zip(row, widths, strict=True)).rstrip() for row in [names, *cut]]
    return "\n".join([*lines, *([more] if more else [])])


def colours_of(marks: Iterable[Mark]) -> dict[str, str]:
    """A colour for each name of the marks, in the order in which they first occur."""
    names = dict.fromkeys(name for _, _, name in sorted(marks))
    return {name: TINTS[n % len(TINTS)] for n, name in enumerate(names)}


def marked(text: str, marks: Iterable[Mark], colours: Mapping[str, str] | None = None) -> Shown:
    """The text with each mark coloured and told what it is; of marks that overlap, the first and longest stays.

    >>> marked("a < b", [(0, 1, "x")]).html.count("&lt;")
    1
    """
    marks = list(marks)
    cut = list(cut_at(marks, text))
    plain = "".join(said if name is None else f"[{said}{f' = {name}' * (name != said)}]" for said, name in cut)
    html = macro("marked", lines(cut), colours or colours_of(marks))
    return Shown(html, textwrap.fill(plain, TEXT_WIDTH, replace_whitespace=False))


def cut_at(marks: Iterable[Mark], text: str) -> Iterator[Stretch]:
    at = 0
    for start, end, name in sorted(marks, key=lambda m: (m[0], -m[1])):
        if start >= at:
            yield text[at:start], None
            yield text[start:end], name
            at = end
    yield text[at:], None


def lines(cut: Iterable[Stretch]) -> list[list[Stretch]]:
    """The stretches by the lines in which they stand, lines without words left out."""
    found: list[list[Stretch]] = [[]]
    for said, name in cut:
        first, *others = said.split("\n")
        found[-1].append((first, name))
        found += [[(other, name)] for other in others]
    return [line for line in found if any(said.strip() for said, _ in line)]


def stacked(parts: Sequence[Shown], more: str = "") -> Shown:
    """Several things one below the other, and what is left to say."""
    html = macro("stacked", [part.html for part in parts], more)
    return Shown(html, "\n\n".join([*(part.plain for part in parts), *([more] if more else [])]))


def captioned(body: Shown, head: str = "", foot: str = "") -> Shown:
    """Something to look at with a line above or below it."""
    plain = [*([head] if head else []), body.plain, *([textwrap.fill(foot, TEXT_WIDTH)] if foot else [])]
    return Shown(macro("captioned", body.html, head, foot), "\n".join(plain))


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
            found.append((paragraph.span.text.replace("\n", " "), here))
    more = rest(len(found), most, "Nothing to mark.", " paragraphs")
    return stacked([marked(text, here, colours) for text, here in found[:most]], more)
