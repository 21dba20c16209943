"""Which articles a corpus holds: each file read once, and known again by its digest.

>>> told("talks.txt: is empty; put the article's text into it", "talks.txt")
('is empty', "put the article's text into it")

An article's key is a digest of all that was read of it but its id, so that the same text is analysed once. What a file held
is kept in ``read.jsonl`` under the digest of its bytes and of what reads it, so that an unchanged file is not read again
unless an article of it must be analysed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from glob import glob, has_magic
from pathlib import Path

import msgspec

from helpers.corpus.places import LENGTH, digest
from helpers.errors import InputProblem, fault
from helpers.records import Article
from helpers.text.files import Tell, files_in, named, read_articles, split_name

MEMORY = "read.jsonl"


@dataclass(frozen=True, slots=True)
class Entry:
    """An article of the corpus, or (without a key) an input that cannot be used, and why."""

    where: str
    id: str = ""
    key: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class ReadFile:
    """What a file held, as read by one version of the program. `state` is the digest of both."""

    name: str
    state: str
    entries: tuple[Entry, ...]


@dataclass(slots=True)
class Shelf:
    """The files to read, how far reading has come, and what is remembered of earlier times."""

    out: Path
    made: str  # a digest of what reads them
    names: Sequence[str | InputProblem]
    tell: Tell = str  # is told what is passed over
    known: dict[str, ReadFile] = field(default_factory=dict)
    articles: int = 0  # met so far
    ready: int = 0  # those of them for which nothing is to do
    size: int = 0  # bytes of the files that are read
    whole: int = 0  # of all

    def expected(self) -> int:
        """About how many articles there will be, judged by those read so far."""
        return round(self.articles * max(1.0, self.whole / max(1, self.size))) or len(self.names)


def shelf(paths: Iterable[str | Path], out: Path, made: str, tell: Tell = str) -> Shelf:
    """The files at `paths`, with what is remembered of them."""
    names = [name for path in paths for name in files_at(str(path), out, tell)]
    lines = (out / MEMORY).read_bytes().split(b"\n") if (out / MEMORY).exists() else []
    known = {f.name: f for line in lines if (f := remembered(line))}
    return Shelf(out, made, names, tell, known, whole=sum(map(size_of, names)))


def files_at(path: str, out: Path, tell: Tell) -> Iterator[str | InputProblem]:
    """The files of a folder or pattern but for those of a corpus, and what is wrong there; else the path itself."""
    try:
        if Path(path).is_dir():
            files, problems = files_in(Path(path), tell)
            made = {folder: is_in_corpus(folder.resolve(), out) for folder in {file.parent for file in files}}
            yield from (str(file) for file in files if not made[file.parent])
            yield from problems
        elif has_magic(path) and not Path(path).exists() and (found := sorted(glob(path, recursive=True))):
            for name in found:
                yield from files_at(name, out, tell)
        else:
            yield path
    except (InputProblem, OSError, ValueError):
        yield path


def is_in_corpus(folder: Path, out: Path) -> bool:
    """Does a folder lie in `out`, or in that of another corpus?"""
    above = (folder, *folder.parents)
    return any(f == out or ((f / "kept").is_dir() and (f / MEMORY).is_file()) for f in above)


def remembered(line: bytes) -> ReadFile | None:
    """A line of the memory; None for one that was cut short."""
    try:
        return msgspec.json.decode(line, type=ReadFile)
    except msgspec.DecodeError:
        return None


def size_of(name: str | InputProblem) -> int:
    """The bytes of a file; 0 where there is none."""
    try:
        if isinstance(name, InputProblem):
            return 0
        return Path(split_name(name)[0]).stat().st_size
    except (OSError, ValueError):
        return 0


def state_of(name: str, made: str) -> str:
    """A digest of a file's bytes and of what reads it; "" where it cannot be read, which is tried again each time."""
    try:
        with open(split_name(name)[0], "rb") as file:
            return digest(made, hashlib.file_digest(file, "sha256").hexdigest())
    except (OSError, ValueError):
        return ""


def planned(shelf: Shelf, have: set[str]) -> Iterator[tuple[Entry, Article | None]]:
    """Every article in order; the article itself only where its key is not among those that we `have`, to which it
    is then added."""
    seen: dict[str, str] = {}
    for name in shelf.names:
        before = shelf.size
        for entry, article in in_file(shelf, name, have):
            if entry.key:
                entry = called(entry, seen)
                article = article if entry.key else None
            shelf.articles += 1
            shelf.ready += article is None
            shelf.size += len(article.text) if article else 0
            have.add(entry.key)
            yield entry, article
        shelf.size = before + size_of(name)


def called(entry: Entry, seen: dict[str, str]) -> Entry:
    """An article by the id that no other has; or the problem where there is none."""
    try:
        article_id, where = named(entry.id, entry.where, seen)
        return replace(entry, where=where, id=article_id)
    except InputProblem as problem:
        return Entry(entry.where, entry.id, problem=str(problem))


def in_file(shelf: Shelf, name: str | InputProblem, have: Container[str]) -> Iterator[tuple[Entry, Article | None]]:
    """The articles of one file: remembered, or read and then remembered."""
    if isinstance(name, InputProblem):
        yield Entry(str(name).partition(": ")[0], problem=str(name)), None
        return
    state, known = state_of(name, shelf.made), shelf.known.get(name)
    if known and state and known.state == state and all(entry.key in have for entry in known.entries if entry.key):
        yield from ((entry, None) for entry in known.entries)
        return
    entries: list[Entry] = []
    for where, item in read(name, shelf.tell):
        entry = (
            Entry(where, problem=str(item)) if isinstance(item, InputProblem) else Entry(where, item.id, key_of(item))
        )
        entries.append(entry)
        yield entry, item if isinstance(item, Article) and entry.key not in have else None
    if state and (known is None or known != ReadFile(name, state, tuple(entries))):
        with (shelf.out / MEMORY).open("ab") as memory:
            memory.write(b"\n" + msgspec.json.encode(ReadFile(name, state, tuple(entries))))


def read(name: str, tell: Tell) -> Iterator[tuple[str, Article | InputProblem]]:
    """The articles of a file; where a reader breaks on it, that is told, and the other files are still read."""
    try:
        yield from read_articles([name], tell)
    except Exception as error:
        yield name, InputProblem(f"{name}: {fault(error)}")


def key_of(article: Article) -> str:
    """The article's address: a digest of all that was read of it. What it is called does not count."""
    return hashlib.sha256(msgspec.json.encode(replace(article, id=""))).hexdigest()[: 2 * LENGTH]


def told(problem: str, where: str) -> tuple[str, str]:
    """What went wrong and what to do, of a problem's one line."""
    what, _, mend = problem.removeprefix(where).lstrip(":, ").rpartition("; ")
    return what or mend, mend if what else ""
