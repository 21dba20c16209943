"""What each row of an article's tables is of, and its cells."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from itertools import accumulate, takewhile
from typing import Any

from helpers.records import Analysis, Span, Statement
from helpers.tables.schemas import Row, cells


def rows_of(analysis: Analysis, name: str) -> list[dict[str, Any]]:
    return cells(name, ({"article": analysis.article.id, **row} for row in ROWS[name](analysis)))


def rows_of_statements(parts: str) -> Callable[[Analysis], Iterator[Row]]:
    """Rows of the parts of statements (their speakers, stances, segments), one by one."""
    return lambda analysis: (
        {"it": part, "statement": s, "statement_id": s.statement_id, "segment": n}
        for s in analysis.statements
        for n, part in enumerate(getattr(s, parts), 1)
    )


def mention_rows(analysis: Analysis) -> list[Row]:
    """The mentions of entities, in the order of the article."""
    holder = innermost(analysis.statements)
    found = [(mention, entity) for entity in analysis.entities for mention in entity.mentions]
    found.sort(key=lambda pair: (pair[0].span.start, pair[0].span.end, pair[1].name))
    return [{"it": m, "entity": e, "statement_id": holder(m.span)} for m, e in found]


def evidence_rows(analysis: Analysis) -> list[Row]:
    """The pieces of evidence of themes, in the order of the article; a piece that two places have is one row."""
    holder = innermost(analysis.statements)
    found = [(p.paragraph, theme) for p in analysis.themes for theme in p.themes]
    found += [(s.paragraph, theme) for s in analysis.statements for theme in s.themes]
    rows = {
        (span.start, span.end, theme.theme): {
            "it": span,
            "theme": theme.theme,
            "paragraph": number,
            "pattern": theme.patterns[n] if n < len(theme.patterns) else None,
            "statement_id": holder(span),
        }
        for number, theme in reversed(found)  # so that the paragraph's own entry stands where both have it
        for n, span in enumerate(theme.evidence)
    }
    return [rows[key] for key in sorted(rows)]


def level_rows(analysis: Analysis) -> list[Row]:
    """The readability of each statement, and last that of the whole article (its statement_id is missing)."""
    scored = [*((s.statement_id, s.readability) for s in analysis.statements), (None, analysis.readability)]
    return [{"it": level, "statement_id": id_} for id_, level in scored if level]


ROWS: dict[str, Callable[[Analysis], Iterable[Row]]] = {
    "paragraphs": lambda analysis: ({"it": paragraph} for paragraph in analysis.article.paragraphs),
    "people": lambda analysis: ({"it": person} for person in analysis.people),
    "entities": mention_rows,
    "statements": lambda analysis: ({"it": statement} for statement in analysis.statements),
    "segments": rows_of_statements("segments"),
    "speakers": rows_of_statements("speakers"),
    "themes": evidence_rows,
    "readability": level_rows,
    "stances": rows_of_statements("stances"),
}


def innermost(statements: Iterable[Statement]) -> Callable[[Span], str | None]:
    """A function that gives the id of the shortest statement with a span inside one of its segments, or None."""
    held = sorted((g.start, g.end, s.end - s.start, s.statement_id) for s in statements for g in s.segments)
    starts = [start for start, *_ in held]
    reach = list(accumulate((end for _, end, *_ in held), max))  # how far the segments up to here go

    def find(span: Span) -> str | None:
        last = bisect_right(starts, span.start) - 1
        near = takewhile(lambda n: reach[n] >= span.end, range(last, -1, -1))
        holding = [held[n] for n in near if held[n][1] >= span.end]
        return min(holding, key=lambda segment: segment[2])[3] if holding else None

    return find
