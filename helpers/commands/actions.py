"""What the commands do. Each returns an exit status and does as much as can be done."""

from __future__ import annotations

import csv
import shutil
import sys
import textwrap
import traceback
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from helpers.commands.progress import printable, progress, tell
from helpers.errors import InputProblem, OnTheRecordError
from helpers.folders import PROJECT
from helpers.records import Analysis, Article, Statement
from helpers.text.files import read_articles
from helpers.text.labels import label_at

Problems = list[Exception]


def statements(paths: Sequence[str | Path], form: str) -> int:
    """Print the statements of every article at `paths`, as soon as each article is done."""
    problems: Problems = []
    write = {"jsonl": write_jsonl, "csv": write_csv, "table": write_table}[form]
    write(progress(analyses(paths, problems), "articles"))
    return 1 if problems else 0


def analyses(paths: Sequence[str | Path], problems: Problems) -> Iterator[Analysis]:
    """Analyse every article at `paths`; what cannot be read is told on standard error and noted in `problems`.

    So is an article on which a rule breaks: the others are still done.
    """
    from helpers.analyse import analyse_parsed
    from helpers.parse import parse_many
    from helpers.themes.taxonomy import load_taxonomy

    taxonomy = load_taxonomy()
    for parsed in parse_many(article for _, article in usable(paths, problems)):
        with going_on(parsed.article.id, problems):
            analysis = analyse_parsed(parsed, taxonomy)
            if not analysis.statements and (why := why_silent(parsed.article)):
                tell(f"{printable(parsed.article.id)}: {why}")
            yield analysis


def why_silent(article: Article) -> str:
    """Why a transcript gives no statement; "" for another text without one."""
    found = [label.words for paragraph in article.body if (label := label_at(paragraph.span.text))]
    if not found:
        return ""
    named = ", ".join(printable(words) for words in list(dict.fromkeys(found))[:3])
    return (
        f"no statement: it looks like a transcript, but no label returns or is answered by another (found: {named}); "
        "put each speaker’s name and a colon before the words"
    )


@contextmanager
def going_on(article_id: str, problems: Problems) -> Iterator[None]:
    """Where a rule breaks on an article, tell it and go on."""
    try:
        yield
    except (OnTheRecordError, OSError):
        raise
    except Exception as error:
        problems.append(error)
        tell(fault(article_id, error))


def fault(article_id: str, error: Exception) -> str:
    """One line for an article on which a rule breaks, with the place in our code.

    >>> fault("talks", IndexError("list index out of range"))
    'talks: a rule broke on this article (IndexError: list index out of range); please report it, with the article'
    """
    ours = {str(path) for path in (PROJECT / "helpers").rglob("*.py")} - {__file__}
    places = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename in ours]
    place = f" in {Path(places[-1].filename).name}, line {places[-1].lineno}" if places else ""
    what = f"{type(error).__name__}: {error}"
    return f"{article_id}: a rule broke on this article{place} ({what}); please report it, with the article"


def usable(paths: Sequence[str | Path], problems: Problems) -> Iterator[tuple[str, Article]]:
    """The articles that can be read, each with where it came from; what was mended in them is told."""
    for where, item in read_articles(paths, tell):
        if isinstance(item, InputProblem):
            problems.append(item)
            tell(str(item))
        else:
            for notice in item.notices:
                tell(f"{where}: {notice}")
            yield where, item


def write_jsonl(found: Iterable[Analysis]) -> None:
    """One record a line, as each article is done."""
    from helpers.tables.record import json_line

    for analysis in found:
        for statement in analysis.statements:
            sys.stdout.buffer.write(json_line(statement).encode("utf8") + b"\n")
        sys.stdout.buffer.flush()


def write_csv(found: Iterable[Analysis]) -> None:
    """The statements as CSV, columns as in the table ``statements`` (docs/CODEBOOK.md)."""
    from helpers.tables.tables import csv_safe, table_of

    header = True
    for analysis in found:
        table = csv_safe(table_of(analysis, "statements"))
        text = table.to_csv(None, index=False, header=header, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC)
        sys.stdout.buffer.write(text.encode("utf8"))
        sys.stdout.buffer.flush()
        header = False


def write_table(found: Iterable[Analysis]) -> None:
    """The statements to read in a terminal."""
    for analysis in found:
        print(f"{printable(analysis.article.id)} ({len(analysis.statements)} statements)")
        for statement in analysis.statements:
            print(entry(statement))
        sys.stdout.flush()


def entry(statement: Statement, width: int | None = None) -> str:
    """A statement for the terminal: who, by which cue, in what tone; below it the words."""
    who = " and ".join(s.name for s in statement.speakers) or (
        statement.source.text if statement.source else "not told"
    )
    kind = statement.kind if statement.asserted == "said" else f"{statement.kind}, {statement.asserted}"
    cue = statement.cue.text if statement.cue else "goes on"
    tone = f"{statement.sentiment.label} {statement.sentiment.score:+.2f}" if statement.sentiment else ""
    themes = ", ".join(t.theme + " (inherited)" * t.inherited for t in statement.themes) or "no theme"
    width = width or min(shutil.get_terminal_size().columns, 110)
    words = textwrap.fill(statement.text, width, initial_indent="    ", subsequent_indent="    ")
    return printable(f"\n  {who} | {cue} | {kind} | {tone} | {themes}\n{words}")


def run(paths: Sequence[str | Path]) -> int:
    """The main job: for each article analyse it, execute notebooks 01 to 06, write tables, statements and the report."""
    from helpers.commands.execute import NotebookFailed, run_article
    from helpers.tables.store import analysis_of

    problems: Problems = []
    for where, article in usable(paths, problems):
        with going_on(article.id, problems):
            try:
                analysis = analysis_of(article)
                folder = run_article(analysis, where)
            except (NotebookFailed, InputProblem) as error:
                problems.append(error)
                tell(f"{where}: {error}")
            else:
                name = " ".join(article.id.split())
                print(printable(f"{name}: {summary(analysis)}\n  open {folder / 'report.html'}"), flush=True)
    return 1 if problems else 0


def summary(analysis: Analysis) -> str:
    """One line on what was found.

    >>> from helpers.text.article import structure
    >>> summary(Analysis(structure("a", "Nothing was said.")))
    '0 statements, 0 of them by 0 named officials'
    """
    officials = {s.name for st in analysis.said for s in st.speakers if s.official}
    by_officials = sum(any(s.official for s in st.speakers) for st in analysis.said)
    return f"{len(analysis.said)} statements, {by_officials} of them by {len(officials)} named officials"
