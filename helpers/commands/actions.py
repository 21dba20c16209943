"""What the commands do. Each returns an exit status and does as much as can be done."""

import codecs
import csv
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from helpers.commands.progress import is_quiet, note, printable, progress, tell
from helpers.errors import InputProblem, OnTheRecordError, fault
from helpers.records import Analysis, Article
from helpers.tables.store import results_folder, written_aside
from helpers.text.files import LARGEST_INPUT, STDIN, read_articles, standard_input
from helpers.text.labels import label_at
from helpers.wording import counted

Problems = list[Exception]


def statements(paths: Sequence[str | Path], form: str = "", output: str | None = None) -> int:
    """Write the statements of every article at `paths`, to standard output as soon as each article is done.

    A file `output` is written when all are done, whole or not at all; its ending tells the form where none is named.
    """
    problems: Problems = []
    form = form or FORMS.get(Path(output or "").suffix.lower(), "jsonl")
    found = progress(analyses(paths, problems), "articles")
    if output in (None, "-"):
        WRITERS[form](found, sys.stdout.buffer)
    else:
        with binary_file(Path(str(output))) as stream:
            if form == "csv":
                stream.write(codecs.BOM_UTF8)  # which spreadsheets need
            WRITERS[form](found, stream)
    return 1 if problems else 0


@contextmanager
def binary_file(path: Path) -> Iterator[BinaryIO]:
    """A file to write, that takes its place only when all went well; a device is written as it is."""
    try:
        if path.exists() and not path.is_file():
            with path.open("wb") as stream:
                yield stream
        else:
            with written_aside(path.resolve()) as aside, aside.open("wb") as stream:
                yield stream
    except KeyboardInterrupt:
        raise KeyboardInterrupt(f"{path} was not written") from None


def analyses(paths: Sequence[str | Path], problems: Problems) -> Iterator[Analysis]:
    """Analyse every article at `paths`; what cannot be read is told on standard error and noted in `problems`.

    So is an article on which a rule breaks: the others are still done.
    """
    from helpers.analyse import analyse_parsed, get_ready
    from helpers.parse import parse_many
    from helpers.themes.taxonomy import load_taxonomy
    from helpers.tone.second import is_fast

    get_ready(is_fast())
    taxonomy = load_taxonomy()
    for parsed in parse_many(article for _, article in usable(paths, problems)):
        with going_on(parsed.article.id, problems):
            analysis = analyse_parsed(parsed, taxonomy)
            if not analysis.statements and (why := why_silent(parsed.article)):
                note(f"{printable(parsed.article.id)}: {why}")
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
        tell(f"{article_id}: {fault(error)}")


def usable(paths: Sequence[str | Path], problems: Problems) -> Iterator[tuple[str, Article]]:
    """The articles that can be read, each with where it came from; what was mended in them is told."""
    for where, item in read_articles(paths, note):
        if isinstance(item, InputProblem):
            problems.append(item)
            tell(str(item))
        else:
            for notice in item.notices:
                note(f"{where}: {notice}")
            yield where, item


def write_jsonl(found: Iterable[Analysis], stream: BinaryIO) -> None:
    """One record a line, as each article is done."""
    from helpers.tables.record import json_lines, statement_record

    for analysis in found:
        stream.write(json_lines(map(statement_record, analysis.statements)).encode("utf8"))
        stream.flush()


def write_csv(found: Iterable[Analysis], stream: BinaryIO) -> None:
    """The statements as CSV, columns as in the table ``statements`` (docs/CODEBOOK.md)."""
    from helpers.tables.tables import csv_safe, table_of

    header = True
    for analysis in found:
        table = csv_safe(table_of(analysis, "statements"))
        text = table.to_csv(None, index=False, header=header, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC)
        stream.write(text.encode("utf8"))
        stream.flush()
        header = False


def write_table(found: Iterable[Analysis], stream: BinaryIO) -> None:
    """The statements to read in a terminal, in its encoding."""
    from helpers.commands.terminal import table_text

    encoding = (sys.stdout.encoding if stream is sys.stdout.buffer else None) or "utf8"
    drawable = "utf" in encoding.lower()
    for n, analysis in enumerate(found):
        text = table_text(analysis, shutil.get_terminal_size().columns, drawable)
        stream.write(("\n" * bool(n) + text).encode(encoding, "replace"))
        stream.flush()


WRITERS = {"jsonl": write_jsonl, "csv": write_csv, "table": write_table}
FORMS = {".csv": "csv", ".txt": "table"}  # by the ending of a file; else jsonl


def run(paths: Sequence[str | Path]) -> int:
    """The main job: for each article tables, statements and the report, and then notebooks 01 to 06.

    What is there is told as soon as it is; when it is stopped, what is kept.
    """
    from helpers.commands.execute import NotebookFailed, run_notebooks, write_results
    from helpers.commands.kernels import get_ready
    from helpers.tables.store import analysis_of

    problems: Problems = []
    kept: list[str] = []
    get_ready()
    try:
        for where, article in usable([on_disk(path) for path in paths], problems):
            with going_on(article.id, problems):
                try:
                    analysis = analysis_of(article)
                    folder = write_results(analysis)
                    kept.append(str(folder / "report.html"))
                    told(f"{' '.join(article.id.split())}: {summary(analysis)}", f"  report: {folder / 'report.html'}")
                    run_notebooks(folder, where)
                except (NotebookFailed, InputProblem) as error:
                    problems.append(error)
                    tell(f"{where}: {error}")
                else:
                    told(f"  notebooks: {folder / 'notebooks'}")
    except KeyboardInterrupt:
        raise KeyboardInterrupt(f"these are done: {', '.join(kept)}" if kept else "nothing was done") from None
    return 1 if problems else 0


def on_disk(path: str | Path) -> str | Path:
    """The path; for standard input a file with what came, beside its results and named by it: notebooks read files."""
    if path != STDIN:
        return path
    came = standard_input()
    data = came.read(LARGEST_INPUT)
    if not data.strip():
        return path  # which is told where it is read
    name = f"{came.name.stem}-{sha256(data).hexdigest()[:8]}"
    file = results_folder(name) / f"{name}{came.suffix}"
    with written_aside(file) as aside:
        aside.write_bytes(data)
    return file


def told(*lines: str) -> None:
    """Print lines at once, unless it was told to keep quiet."""
    if not is_quiet():
        print(printable("\n".join(lines)), flush=True)


def summary(analysis: Analysis) -> str:
    """One line on what was found.

    >>> from helpers.text.article import structure
    >>> summary(Analysis(structure("a", "Nothing was said.")))
    '0 statements, 0 of them by 0 named officials'
    """
    officials = {s.name for st in analysis.said for s in st.speakers if s.official}
    by_officials = sum(any(s.official for s in st.speakers) for st in analysis.said)
    statements = counted(len(analysis.said), "statement")
    return f"{statements}, {by_officials} of them by {counted(len(officials), 'named official')}"
