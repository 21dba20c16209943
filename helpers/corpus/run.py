"""A run over a corpus: read what is new, have it analysed, lay out the tables. Begun again, it goes on where it was cut off.

>>> for step in make_corpus(["articles"], "corpus", Crew(workers=2)):          # doctest: +SKIP
...     print(step.doing, step.done, step.expected)

What is done is on disk as soon as it is done: a batch of analyses, then a part of the tables. Both are named by what made
them, so it does not matter how often, by how many workers or in which order they were made.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice
from pathlib import Path

from locket import LockError, lock_file

from helpers.corpus.crew import Crew, cores
from helpers.corpus.keep import Batch, Job, analyse_batch, kept_files, made_of
from helpers.corpus.manifest import finish, with_rows_before
from helpers.corpus.parts import Part, is_made, make_part, parts
from helpers.corpus.plan import Entry, Shelf, planned, shelf
from helpers.errors import InputProblem, SetupProblem
from helpers.made_with import themes_digest
from helpers.records import Article
from helpers.tables.store import written_aside
from helpers.text.files import Tell
from helpers.themes.taxonomy import load_taxonomy, themes_in_use
from helpers.tone.second import is_fast

ARTICLES, CHARACTERS = 32, 64_000  # of a batch, at most, unless one article is longer
LAST = 4  # articles of the last batches
LOCK = "lock"  # the file that the run at work holds
FEW = 40  # articles that one process does sooner than others are started


@dataclass(frozen=True, slots=True)
class Step:
    """How far a run has come: what it is doing, how many are done, and about how many there are."""

    doing: str
    done: int
    expected: int


def make_corpus(paths: Sequence[str | Path], out: str | Path, crew: Crew, tell: Tell = str) -> Iterator[Step]:
    """Make the corpus of the articles at `paths` in the folder `out`, by the themes in use (and as fast as is set), step by step.
    `tell` is told what is passed over.

    Raises `InputProblem` where the folder cannot be written to.
    """
    job = job_in(Path(out).resolve(), is_fast())
    with alone_in(job.out):
        entries: list[Entry] = []
        lost: dict[str, str] = {}
        kept = kept_files(job.out, job.made)
        books = shelf(paths, job.out, job.made, tell)
        yield from read_and_analyse(books, crew, job, set(kept), entries, lost)
        if any(entry.key and entry.key not in kept for entry in entries):
            kept = kept_files(job.out, job.made, kept)
        whole = list(parts((entry for entry in entries if entry.key in kept), kept, job))
        missing = [part for part in whole if not is_made(part.name, job.out)]
        yield from lay_out(with_rows_before(missing, job), crew, job)
        finish(job, whole, [failure(entry, lost) for entry in entries if entry.key not in kept])


@contextmanager
def alone_in(out: Path) -> Iterator[None]:
    """No other run in this folder meanwhile. Raises `InputProblem` where one is at work; what was killed holds nobody up."""
    try:
        with lock_file(str(out / LOCK), timeout=0):
            yield
    except LockError as problem:
        raise InputProblem(
            f"{out}: another run is at work there; wait for its end, or give another folder"
        ) from problem


def read_and_analyse(
    books: Shelf, crew: Crew, job: Job, kept: set[str], entries: list[Entry], lost: dict[str, str]
) -> Iterator[Step]:
    """Read the articles and keep an analysis of each; note all in `entries`, and which are `lost`."""
    yield Step("reading", 0, books.expected())

    def unread() -> Iterator[tuple[str, Article]]:
        for entry, article in planned(books, kept):
            entries.append(entry)
            if article is not None:
                yield entry.key, article

    articles = unread()
    first = list(islice(articles, FEW if crew.workers is None else 1))
    call_in(crew, len(first) == FEW)
    if first:
        crew.get_ready()
    done = 0
    for batch, problem in analysed(chain(first, articles), crew, job, books):
        done += len(batch)
        if problem:
            lost[batch[0][0]] = problem
        yield Step("analysing", books.ready + done, books.expected())


def lay_out(missing: Sequence[Part], crew: Crew, job: Job) -> Iterator[Step]:
    """Make the tables of the parts that have none."""
    call_in(crew, len(missing) > 1)
    done, whole = 0, sum(len(part.entries) for part in missing)
    for part, error in crew.done(partial(make_part, job=job), missing):
        if error:
            why = f"{job.out}: the tables cannot be laid out ({cause(error)}); run again with fewer workers"
            raise SetupProblem(why) from error
        done += len(part.entries)
        yield Step("laying out tables", done, whole)


def job_in(out: Path, fast: bool) -> Job:
    """What is to be done in a folder. The themes are copied there, where every worker finds them."""
    job = Job(out, made_of(fast), themes_digest(load_taxonomy()), fast)
    try:
        if not job.file.exists():
            with written_aside(job.file) as aside:
                aside.write_bytes(themes_in_use().read_bytes())
        (out / LOCK).touch()
    except OSError as problem:
        raise InputProblem(f"{out}: cannot be written to ({problem.strerror}); give another folder") from problem
    return job


def call_in(crew: Crew, many: bool) -> None:
    """Where nobody said how many workers: one for a little work, else as many as the machine has room for."""
    if crew.workers is None:
        crew.workers = cores() if many else None  # which is one, for now


def analysed(
    articles: Iterable[tuple[str, Article]], crew: Crew, job: Job, books: Shelf
) -> Iterator[tuple[Batch, str]]:
    """Batches once they are kept; an article by itself, with the reason, where its worker was lost each time."""
    work = partial(analyse_batch, job=job)
    again: list[Batch] = []
    for batch, error in crew.done(work, batches(articles, crew, books)):
        if error:
            again += [[one] for one in batch]
        else:
            yield batch, ""
    for batch, error in crew.done(work, again):
        yield (
            batch,
            f"the process that analysed it ended or failed each time ({cause(error)}); split it, or give each worker more memory"
            if error
            else "",
        )


def cause(error: Exception) -> str:
    """What happened, in few words."""
    return type(error).__name__ if len(str(error)) > 200 else " ".join(f"{type(error).__name__}: {error}".split())


def batches(articles: Iterable[tuple[str, Article]], crew: Crew, books: Shelf) -> Iterator[Batch]:
    """The articles in batches: small at first, so that soon something is known of the speed, and at the end, so that no worker
    does a long one when the others have none."""
    batch: list[tuple[str, Article]] = []
    size = 0
    for number, one in enumerate(articles, 1):
        batch.append(one)
        size += len(one[1].text)
        left = books.expected() - books.ready - number
        share = max(LAST, left // crew.at_once())
        if len(batch) >= min(ARTICLES, (1 + number) // 2, share) or size >= CHARACTERS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def failure(entry: Entry, lost: dict[str, str]) -> Entry:
    """An entry that is in no table, with the reason."""
    return (
        entry if entry.problem else Entry(entry.where, entry.id, problem=lost.get(entry.key, "not analysed; run again"))
    )
