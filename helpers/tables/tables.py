"""What was found, as pandas tables: one function a table, each checked against its schema.

>>> tables = all_tables(analysis)                                  # doctest: +SKIP
>>> tables["statements"][["speakers", "cue", "text", "sentiment"]]  # doctest: +SKIP

Columns, types and units are in `helpers.tables.schemas` (and docs/CODEBOOK.md). `save_tables` and `read_tables` keep them as
CSV files: UTF-8 with a byte order mark, which spreadsheets need to read “quotes” right. A text cell that a spreadsheet
would take for a formula (it begins with = + - @, a tab or a line end) is written with an apostrophe before it, which
`read_tables` takes off again.
"""

from __future__ import annotations

import csv
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from itertools import accumulate, takewhile
from pathlib import Path
from typing import Any

import pandas as pd
import pandera.errors

from helpers.errors import InputProblem
from helpers.records import LABELS, Analysis, Readability, Span, Statement
from helpers.tables.schemas import SCHEMAS, columns, schema
from helpers.tables.store import written_aside

Rows = Iterable[Mapping[str, Any]]
FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")  # what a spreadsheet may run, and what we would have written for it


def all_tables(analysis: Analysis) -> dict[str, pd.DataFrame]:
    """Every table of one article, by name.

    >>> sorted(all_tables(analysis))                               # doctest: +SKIP
    ['entities', 'paragraphs', 'people', 'readability', 'segments', 'speakers', 'stances', 'statements', 'themes']
    """
    makers = {
        "paragraphs": paragraphs_table,
        "people": people_table,
        "entities": entities_table,
        "statements": statements_table,
        "segments": segments_table,
        "speakers": speakers_table,
        "themes": themes_table,
        "readability": readability_table,
        "stances": stances_table,
    }
    return {name: make(analysis) for name, make in makers.items()}


def table(name: str, rows: Rows) -> pd.DataFrame:
    """The rows as the table `name`: its columns in order, its types, checked. Empty texts become missing.

    >>> table("segments", []).dtypes.astype(str).to_dict()["start"]
    'Int64'

    Raises pandera's SchemaError where a value is not allowed.
    """
    records = [dict(row) for row in rows]
    types = columns(name)
    frame = pd.DataFrame({column: typed([r.get(column) for r in records], kind) for column, kind in types.items()})
    return schema(name).validate(frame)


def typed(values: list[Any], kind: str) -> pd.Series:
    """A column of the pandas type `kind`."""
    if kind == "string":
        values = [None if v is None or v == "" else str(v) for v in values]
    return pd.Series(values, dtype=kind)


def paragraphs_table(analysis: Analysis) -> pd.DataFrame:
    """One row a paragraph: number, kind, offsets, text and why it is what it is."""
    rows = ({"paragraph": p.number, "kind": p.kind, **place(p.span), "why": p.why} for p in analysis.article.paragraphs)
    return table("paragraphs", with_article(analysis, rows))


def people_table(analysis: Analysis) -> pd.DataFrame:
    """One row a person, officials among them: role, country, mentions, and the words that give the role."""
    rows = (
        {
            "name": p.name,
            "role": p.role,
            "country": p.country,
            "official": p.official,
            "pronouns": p.pronouns,
            "mentions": len(p.mentions),
            "first_start": min((m.span.start for m in p.mentions), default=None),
            "evidence": joined(s.text for s in p.evidence),
        }
        for p in analysis.people
    )
    return table("people", with_article(analysis, rows))


def entities_table(analysis: Analysis) -> pd.DataFrame:
    """One row a mention of an entity, in the order of the article."""
    holder = innermost(analysis.statements)
    rows = (
        {
            "name": e.name,
            "type": e.type,
            "value": plain(e.value),
            "unit": e.unit,
            "long_form": e.long_form,
            "paragraph": m.paragraph,
            **place(m.span),
            "rule": m.rule,
            "statement_id": holder(m.span),
        }
        for e in analysis.entities
        for m in e.mentions
    )
    return table("entities", with_article(analysis, sorted(rows, key=lambda r: (r["start"], r["end"], r["name"]))))


def statements_table(analysis: Analysis) -> pd.DataFrame:
    """One row a statement: content, cue, source, speakers, tone, themes, entities, length and grade."""
    return table("statements", (statement_row(s) for s in analysis.statements))


def statement_row(s: Statement) -> dict[str, Any]:
    """A statement as a row of the table statements."""
    cue, source = s.cue, s.source
    return {
        "article": s.article,
        "statement_id": s.statement_id,
        "kind": s.kind,
        "paragraph": s.paragraph,
        "start": s.start,
        "end": s.end,
        "text": s.text,
        **({"cue": cue.text, "cue_lemma": cue.lemma, "cue_start": cue.start, "cue_end": cue.end} if cue else {}),
        **({"source": source.text, "source_start": source.start, "source_end": source.end} if source else {}),
        "speakers": joined(p.name for p in s.speakers),
        **({"sentiment": s.sentiment.label, "sentiment_score": s.sentiment.score} if s.sentiment else {}),
        "stances": joined(f"{t.label}{'' if t.sure else '?'}: {t.target.text}" for t in s.stances),
        "themes": joined(t.theme for t in s.themes if not t.inherited),
        "themes_inherited": joined(t.theme for t in s.themes if t.inherited),
        "entities": joined(e.name for e in s.entities),
        "words": s.readability.words if s.readability else len(s.text.replace("…", " ").split()),
        "flesch_kincaid_grade": s.readability.flesch_kincaid_grade if s.readability else None,
        "confidence": s.confidence,
        "why": joined(s.why),
    }


def segments_table(analysis: Analysis) -> pd.DataFrame:
    """One row a piece of a statement's content."""
    rows = (
        {"article": s.article, "statement_id": s.statement_id, "segment": n, **place(span)}
        for s in analysis.statements
        for n, span in enumerate(s.segments, 1)
    )
    return table("segments", rows)


def speakers_table(analysis: Analysis) -> pd.DataFrame:
    """One row for each statement and each speaker behind it; statements without a known speaker have none."""
    rows = (
        {
            "article": s.article,
            "statement_id": s.statement_id,
            "name": p.name,
            "role": p.role,
            "country": p.country,
            "official": p.official,
            "resolved_by": p.resolved_by,
        }
        for s in analysis.statements
        for p in s.speakers
    )
    return table("speakers", rows)


def themes_table(analysis: Analysis) -> pd.DataFrame:
    """One row a piece of evidence, in the order of the article."""
    holder = innermost(analysis.statements)
    found = [(p.paragraph, theme) for p in analysis.themes for theme in p.themes]
    found += [(s.paragraph, theme) for s in analysis.statements for theme in s.themes]
    rows = {
        (span.start, span.end, theme.theme): {
            "theme": theme.theme,
            "paragraph": number,
            **place(span),
            "pattern": theme.patterns[n] if n < len(theme.patterns) else None,
            "statement_id": holder(span),
        }
        for number, theme in reversed(found)  # so that the paragraph's own entry stands where both have it
        for n, span in enumerate(theme.evidence)
    }
    return table("themes", with_article(analysis, (rows[key] for key in sorted(rows))))


def readability_table(analysis: Analysis) -> pd.DataFrame:
    """One row a statement, and a last one for the whole article (its statement_id is missing)."""
    scored: list[tuple[str | None, Readability | None]] = [(s.statement_id, s.readability) for s in analysis.statements]
    scored.append((None, analysis.readability))
    measures = columns("readability")
    rows = (
        {"statement_id": id_, **{m: getattr(r, m, None) for m in measures if m not in ("article", "statement_id")}}
        for id_, r in scored
        if r
    )
    return table("readability", with_article(analysis, rows))


def stances_table(analysis: Analysis) -> pd.DataFrame:
    """One row for each target that a speaker takes a stance on."""
    rows = (
        {
            "article": s.article,
            "statement_id": s.statement_id,
            "target_start": t.target.start,
            "target_end": t.target.end,
            "target": t.target.text,
            "label": t.label,
            "score": t.score,
            **dict(zip(LABELS, t.probabilities, strict=True)),
            "sure": t.sure,
            "demand": t.demand,
            "held_by": t.held_by.text if t.held_by else None,
            "reasons": joined(f"{r.span.text} {r.weight:+.2f}".replace("-", "−") for r in t.reasons),
        }
        for s in analysis.statements
        for t in s.stances
    )
    return table("stances", rows)


def with_article(analysis: Analysis, rows: Rows) -> Iterator[dict[str, Any]]:
    return ({"article": analysis.article.id, **row} for row in rows)


def place(span: Span) -> dict[str, Any]:
    return {"start": span.start, "end": span.end, "text": span.text}


def joined(names: Iterable[str]) -> str:
    """The different names in order, as one cell: ``joined(["India", "ASEAN", "India"]) == "India; ASEAN"``."""
    return "; ".join(dict.fromkeys(name.replace(";", ",") for name in names))


def plain(value: float | str | None) -> str | None:
    """A normalised value as text, whole numbers without a decimal point: ``plain(500e9) == "500000000000"``."""
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() else repr(value)
    return None if value is None else str(value)


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


def save_tables(tables: Mapping[str, pd.DataFrame], folder: str | Path) -> list[Path]:
    """Write each table to `folder`/NAME.csv, and give the paths.

    >>> save_tables(all_tables(analysis), "data/results")          # doctest: +SKIP

    All are first written aside and then renamed, so no file is ever half there. Raises InputProblem where the folder
    cannot be written to.
    """
    folder = Path(folder)
    paths = [folder / f"{name}.csv" for name in tables]
    try:
        with ExitStack() as stack:
            for path, frame in zip(paths, tables.values(), strict=True):
                aside = stack.enter_context(written_aside(path))
                csv_safe(frame).to_csv(aside, index=False, encoding="utf-8-sig", quoting=csv.QUOTE_NONNUMERIC)
    except OSError as problem:
        raise InputProblem(f"{folder}: cannot write the tables ({problem.strerror}); give another folder") from problem
    return paths


def read_tables(folder: str | Path, names: Iterable[str] = tuple(SCHEMAS)) -> dict[str, pd.DataFrame]:
    """The tables that `save_tables` wrote, with their types; `names` for only some of them.

    >>> statements = read_tables("data/results")["statements"]     # doctest: +SKIP

    Raises InputProblem where a file is missing or not as its schema says.
    """
    return {name: read_table(Path(folder) / f"{name}.csv", name) for name in names}


def read_table(path: Path, name: str) -> pd.DataFrame:
    """The file at `path` as the table `name`."""
    types = columns(name)
    try:
        frame = pd.read_csv(path, dtype=types, encoding="utf-8-sig", keep_default_na=False, na_values=[""])
        texts = [column for column, kind in types.items() if kind == "string"]
        frame[texts] = frame[texts].apply(
            lambda column: column.map(without_apostrophe, na_action="ignore").astype("string")
        )
        return schema(name).validate(frame)
    except FileNotFoundError as problem:
        raise InputProblem(f"{path}: no such table; make it first (`make run`)") from problem
    except (ValueError, KeyError, pandera.errors.SchemaError) as problem:
        reason = " ".join(str(problem).split())[:200]
        raise InputProblem(f"{path}: not the table {name} as saved ({reason}); make it again") from problem


def csv_safe(frame: pd.DataFrame) -> pd.DataFrame:
    """The table with an apostrophe before each text cell that a spreadsheet could run as a formula."""
    texts = frame.select_dtypes("string").columns
    return frame.assign(**{column: frame[column].map(with_apostrophe, na_action="ignore") for column in texts})


def with_apostrophe(cell: str) -> str:
    return f"'{cell}" if FORMULA.match(cell) else cell


def without_apostrophe(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell) else cell
