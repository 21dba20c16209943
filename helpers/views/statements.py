"""What notebooks show of statements: a short text analysed, a statement taken apart, the program beside a reader.

>>> verb_classes().columns.tolist()
['class', 'verbs', 'examples']
"""

from collections.abc import Iterable, Sequence
from typing import Any, get_args

import pandas as pd

from helpers.drawing.markup import macro
from helpers.explain import explain
from helpers.records import Analysis, Cue, Span, Statement, StatementKind
from helpers.views.show import Mark, Shown, framed, ordered


def heard(text: str) -> Analysis:
    """The analysis of a short text written in a notebook; nothing is stored."""
    from helpers.analyse import analyse
    from helpers.text.article import structure

    return analyse(structure("mini", text))


def parts(statement: Statement) -> pd.DataFrame:
    """A statement taken apart. Columns: part, text, start, end; speakers stand last, without a place of their own."""
    rows: list[Sequence[Any]] = [(name, span.text, span.start, span.end) for name, span in parts_of(statement)]
    rows.append(("speaker", " and ".join(s.name for s in statement.speakers) or "not told", None, None))
    return framed("part text start end", rows).astype({"start": "Int64", "end": "Int64"})


def parts_of(statement: Statement) -> list[tuple[str, Span | Cue]]:
    """Source, cue and content of a statement, each with its name."""
    told = [("source", statement.source), ("cue", statement.cue), *(("content", s) for s in statement.segments)]
    return [(name, span) for name, span in told if span]


def statement_marks(statements: Iterable[Statement]) -> list[Mark]:
    """Source, cue and content of each statement as marks."""
    return [(span.start, span.end, name) for statement in statements for name, span in parts_of(statement)]


def explained(statements: Iterable[Statement]) -> Shown:
    """Why each statement is what it is (`helpers.explain`), as a paragraph and a list."""
    texts = [explain(statement) for statement in statements] or ["Nobody's words are reported here."]
    parts = []
    for text in texts:
        first, *reasons = text.split("\n")
        who, colon, said = first.partition(":")
        parts.append((who + colon, said, [reason.removeprefix("- ") for reason in reasons]))
    return Shown(macro("explained", parts), "\n\n".join(texts))


def verb_classes() -> pd.DataFrame:
    """The reporting verbs by class. Columns: class, verbs, examples."""
    from helpers.knowledge.reporting import reporting_verbs

    by_class: dict[str, list[str]] = {}
    for verb in reporting_verbs().values():
        by_class.setdefault(verb.kind, []).append(verb.lemma)
    rows = [(kind, len(verbs), ", ".join(verbs[:6])) for kind, verbs in by_class.items()]
    return ordered(framed("class verbs examples", rows), "verbs", ascending=False)


def kinds_of(analysis: Analysis) -> pd.DataFrame:
    """How many statements, and words, are quoted or retold. Columns: kind, statements, words, example."""
    rows = []
    for kind in get_args(StatementKind):
        here = [s for s in analysis.said if s.kind == kind]
        words = sum(s.readability.words for s in here if s.readability)
        rows.append((kind, len(here), words, here[0].text if here else None))
    return framed("kind statements words example", rows)


def unsaid(analysis: Analysis) -> pd.DataFrame:
    """What was declined, denied to have been said, or only supposed. Columns: asserted, speakers, cue, text."""
    rows = [
        (s.asserted, " and ".join(p.name for p in s.speakers) or None, s.cue.text if s.cue else None, s.text)
        for s in analysis.statements
        if s.asserted != "said"
    ]
    return framed("asserted speakers cue text", rows)


def found_for(cases: Sequence[tuple[str, str]]) -> pd.DataFrame:
    """What the program finds in short texts, beside a reader's answer. Columns: text, a_reader, the_program."""
    rows = []
    for text, reader in cases:
        said = [f"{' and '.join(p.name for p in s.speakers) or 'nobody named'}: {s.text}" for s in heard(text).said]
        rows.append((text, reader, "; ".join(said) or "no statement"))
    return framed("text a_reader the_program", rows)
