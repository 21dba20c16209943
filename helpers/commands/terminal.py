"""Statements as a table to read in a terminal: a row each, columns aligned, as wide as the window.

>>> print(table_text(analysis, width=100))        # doctest: +SKIP

Wide characters (Chinese, Japanese, Korean) take two places, and what would steer the terminal is shown as a sign.
"""

from io import StringIO

from helpers.commands.progress import printable
from helpers.records import Analysis, Statement
from helpers.wording import counted, signed, worded

LEAST, GAP = 72, 2
CUE, HOW, THEMES = 12, 8, 13  # places, so that no ordinary word is broken


def widths(width: int) -> dict[str, int]:
    """How wide the columns are in a window.

    >>> widths(80)
    {'who': 12, 'cue': 12, 'said what': 27, 'how': 8, 'themes': 13}
    """
    rest = max(width, LEAST) - CUE - HOW - THEMES - 4 * GAP
    who = min(30, rest // 4 + 3)
    return {"who": who, "cue": CUE, "said what": rest - who, "how": HOW, "themes": THEMES}


def cells(statement: Statement) -> tuple[str, ...]:
    """What stands in the row of a statement, column by column."""
    told = statement.source.text if statement.source else "not told"
    how = [statement.kind, statement.asserted if statement.asserted != "said" else ""]
    if tone := statement.sentiment:
        how += [f"{tone.label} {signed(tone.score)}"]
    return (
        " and ".join(s.name for s in statement.speakers) or told,
        statement.cue.text if statement.cue else "goes on",
        statement.text,
        " ".join(how),
        ", ".join(worded(t.theme) + " (inherited)" * t.inherited for t in statement.themes),
    )


def table_text(analysis: Analysis, width: int, unicode: bool = True) -> str:
    """The statements of an article as a table, `width` wide; without `unicode` its lines are drawn in ASCII."""
    from rich.box import ASCII2, SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    box = SIMPLE_HEAD if unicode else ASCII2
    table = Table(box=box, pad_edge=False, show_edge=False, leading=1, padding=(0, GAP - 1, 0, 0))
    for name, places in widths(width).items():
        table.add_column(name, width=places, overflow="fold")
    for statement in analysis.statements:
        table.add_row(*(Text(" ".join(printable(cell).split())) for cell in cells(statement)))
    drawn = Console(file=StringIO(), width=max(width, LEAST), color_system=None, legacy_windows=False)
    with drawn.capture() as captured:
        if analysis.statements:
            drawn.print(table)
    head = f"{printable(analysis.article.id)}: {counted(len(analysis.statements), 'statement')}"
    return "\n".join(line.rstrip() for line in [head, *captured.get().splitlines()]) + "\n"
