"""What notebooks show of statements: a short text analysed, a statement taken apart, the program beside a reader.

>>> verb_classes().columns.tolist()
['class', 'verbs', 'examples']
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import get_args

import pandas as pd

from helpers.explain import explain
from helpers.records import Analysis, Statement, StatementKind
from helpers.views.show import Mark, Shown


def heard(text: str) -> Analysis:
    """The analysis of a short text written in a notebook; nothing is stored."""
    from helpers.analyse import analyse
    from helpers.text.article import structure

    return analyse(structure("mini", text))


def parts(statement: Statement) -> pd.DataFrame:
    """A statement taken apart. Columns: part, text, start, end; speakers stand last, without a place of their own."""
    rows: list[tuple[str, str, int | None, int | None]] = []
    if statement.source:
        rows.append(("source", statement.source.text, statement.source.start, statement.source.end))
    if statement.cue:
        rows.append(("cue", statement.cue.text, statement.cue.start, statement.cue.end))
    rows += [("content", s.text, s.start, s.end) for s in statement.segments]
    rows.append(("speaker", " and ".join(s.name for s in statement.speakers) or "not told", None, None))
    frame = pd.DataFrame(rows, columns=["part", "text", "start", "end"])
    return frame.astype({"start": "Int64", "end": "Int64"})


def statement_marks(statements: Iterable[Statement]) -> list[Mark]:
    """Source, cue and content of each statement as marks."""
    found: list[Mark] = []
    for statement in statements:
        if statement.source:
            found.append((statement.source.start, statement.source.end, "source"))
        if statement.cue:
            found.append((statement.cue.start, statement.cue.end, "cue"))
        found += [(s.start, s.end, "content") for s in statement.segments]
    return found


def explained(statements: Iterable[Statement]) -> Shown:
    """Why each statement is what it is (`helpers.explain`), as a paragraph and a list."""
    texts = [explain(statement) for statement in statements] or ["Nobody's words are reported here."]
    html = ""
    for text in texts:
        first, *reasons = text.split("\n")
        rows = "".join(f"<li>{escape(reason.removeprefix('- '))}</li>" for reason in reasons)
        who, colon, said = first.partition(":")
        html += f"<p><b>{escape(who + colon)}</b>{escape(said)}</p><ul>{rows}</ul>\n"
    return Shown(f'<div style="max-width:60em">{html}</div>', "\n\n".join(texts))


def verb_classes() -> pd.DataFrame:
    """The reporting verbs by class. Columns: class, verbs, examples."""
    from helpers.knowledge.reporting import reporting_verbs

    by_class: dict[str, list[str]] = {}
    for verb in reporting_verbs().values():
        by_class.setdefault(verb.kind, []).append(verb.lemma)
    rows = [{"class": kind, "verbs": len(verbs), "examples": ", ".join(verbs[:6])} for kind, verbs in by_class.items()]
    return pd.DataFrame(rows).sort_values("verbs", ascending=False, kind="stable", ignore_index=True)


def kinds_of(analysis: Analysis) -> pd.DataFrame:
    """How many statements, and words, are quoted or retold. Columns: kind, statements, words, example."""
    rows = []
    for kind in get_args(StatementKind):
        here = [s for s in analysis.statements if s.kind == kind]
        words = sum(s.readability.words for s in here if s.readability)
        rows.append({"kind": kind, "statements": len(here), "words": words, "example": here[0].text if here else None})
    return pd.DataFrame(rows)


def found_for(cases: Sequence[tuple[str, str]]) -> pd.DataFrame:
    """What the program finds in short texts, beside a reader's answer. Columns: text, a_reader, the_program."""
    rows = [{"text": text, "a_reader": reader, "the_program": in_short(heard(text))} for text, reader in cases]
    return pd.DataFrame(rows, columns=["text", "a_reader", "the_program"])


def in_short(analysis: Analysis) -> str:
    """The statements in one line: "Ada Roe: the fleet will sail"; "no statement" where there is none."""
    said = [f"{' and '.join(p.name for p in s.speakers) or 'nobody named'}: {s.text}" for s in analysis.statements]
    return "; ".join(said) or "no statement"
