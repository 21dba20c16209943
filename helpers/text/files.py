"""Read articles: a .txt file, a .jsonl of articles, or a folder of these.

>>> article = read_article("seeds/us-india-defence-framework.txt")    # doctest: +SKIP
>>> article.id, len(article.body)                                      # doctest: +SKIP
('us-india-defence-framework', 5)

Offsets are into the decoded text: the byte order mark dropped and, in a .txt file, line ends turned into ``\\n``.
The text of a .jsonl row is taken as it stands. What cannot be used is an `InputProblem` that names the file and the mend.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from helpers.errors import InputProblem
from helpers.records import Article
from helpers.text.article import structure
from helpers.text.decode import UNREADABLE, decode
from helpers.text.language import other_language

SUFFIXES = (".txt", ".jsonl")
LONGEST = 1_000_000  # characters; more than a long novel
SURROGATE = re.compile(r"[\ud800-\udfff]")
FIELDS = ("title", "date", "source")  # of a row of a .jsonl, beside id and text
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

Item = tuple[str, Article | InputProblem]  # where it came from ("file.txt", "file.jsonl#id"), and what it is


def read_article(path: str | Path) -> Article:
    """The one article at `path`: a .txt file, or one of a .jsonl as ``file.jsonl#id``.

    Raises `InputProblem` when it cannot be used, or when there is more than one.
    """
    found = list(read_articles([path]))
    if problem := next((item for _, item in found if isinstance(item, InputProblem)), None):
        raise problem
    if len(found) > 1:
        raise InputProblem(f"{path}: holds {len(found)} articles; name one of them, as in {found[0][0]}")
    return next(item for _, item in found if isinstance(item, Article))


def read_articles(paths: Iterable[str | Path]) -> Iterator[Item]:
    """Every article at `paths`, in order, each with where it came from (what `read_article` takes).

    A problem is handed out in its place, so that the others are still read.
    """
    seen: dict[str, str] = {}
    for path in paths:
        for where, item in read_path(str(path)):
            if isinstance(item, InputProblem):
                yield where, item
                continue
            try:
                named(item.id, where, seen)
                yield where, item
            except InputProblem as problem:
                yield where, problem


def named(article_id: str, where: str, seen: dict[str, str]) -> tuple[str, str]:
    """The id by which an article goes, and where it then is. Raises `InputProblem` where another has it; `seen` is told."""
    if article_id in seen:
        raise InputProblem(f"{where}: the id {article_id!r} was already used by {seen[article_id]}; give it another")
    seen[article_id] = where
    return article_id, where


def read_path(name: str) -> Iterator[Item]:
    """The articles of one file or folder, or the one that ``file.jsonl#id`` names."""
    try:
        path, wanted = split_name(name)
        file = Path(path)
        if file.is_dir():
            yield from read_folder(file)
        elif not file.exists():
            raise InputProblem(f"{path}: there is no such file or folder; check the name and the folder you are in")
        elif file.suffix.lower() == ".jsonl":
            yield from read_jsonl(file, wanted)
        elif file.suffix.lower() == ".txt":
            yield path, article_of(file.stem, decode(read_bytes(file), path), path)
        else:
            raise InputProblem(f"{path}: this kind of file is not read; save the article as .txt, or many as .jsonl")
    except InputProblem as problem:
        yield name, problem
    except (OSError, ValueError) as error:  # a name that the system does not take, or a folder that may not be searched
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        yield name, InputProblem(f"{name}: cannot be read ({reason}); check the name, and that you may open it")


def split_name(name: str) -> tuple[str, str]:
    """The file and, where one is named, the id of the article in it.

    >>> split_name("articles.jsonl#talks-1"), split_name("talks.txt")
    (('articles.jsonl', 'talks-1'), ('talks.txt', ''))
    """
    if not Path(name).exists():
        for mark in re.finditer("#", name):
            if name[: mark.start()].lower().endswith(".jsonl"):
                return name[: mark.start()], name[mark.end() :]
    return name, ""


def read_folder(folder: Path) -> Iterator[Item]:
    """The articles of the .txt and .jsonl files of `folder` and its sub-folders; other files are passed over."""
    for file in files_in(folder)[0]:
        yield from read_path(str(file))


def files_in(folder: Path) -> tuple[list[Path], list[InputProblem]]:
    """The files of `folder` and its sub-folders that are read, and what cannot be. Raises `InputProblem` where none is."""
    found = (p for p in sorted(folder.rglob("*")) if p.suffix.lower() in SUFFIXES and p.is_file())
    files = [p for p in found if not any(part.startswith(".") for part in p.relative_to(folder).parts)]
    if not files:
        raise InputProblem(f"{folder}: holds no article; put .txt or .jsonl files there")
    return files, []


def read_jsonl(path: Path, wanted: str = "") -> Iterator[Item]:
    """The articles of a JSON Lines file: objects with ``id``, ``text`` and, optionally, ``title``, ``date``, ``source``.

    With `wanted`, only the first article of that id. Raises `InputProblem` when there is none, or no JSON Lines at all.
    """
    found = False
    for where, item in rows(path):
        found = found or not wanted
        if isinstance(item, InputProblem):
            if not wanted:
                yield where, item
        elif item["id"] == wanted or not wanted:
            yield f"{path}#{item['id']}", row_article(item, where)
            if wanted:
                return
    if not found:
        raise InputProblem(f"{path}: holds no article" + (f" with the id {wanted!r}" if wanted else "; add one a line"))


def rows(path: Path) -> Iterator[tuple[str, dict[str, Any] | InputProblem]]:
    """The rows of a .jsonl, each with its place ("articles.jsonl, line 3"), or what is wrong with it."""
    data = read_bytes(path)
    if re.match(
        rb"\s*(?:\[|\{\s*[\r\n])", data.removeprefix(codecs.BOM_UTF8)
    ):  # one value over several lines, or a list
        raise InputProblem(
            f"{path}: is JSON, but not JSON Lines; write each article as one object on one line, with no list around"
        )
    for number, line in enumerate(file_lines(data, str(path)), 1):
        where = f"{path}, line {number}"
        if line.strip():
            try:
                yield where, json_row(line if isinstance(line, str) else decode(line, where), where)
            except InputProblem as problem:
                yield where, problem


def file_lines(data: bytes, where: str) -> Sequence[str | bytes]:
    """The lines of a file, as bytes where each can be decoded by itself, so that one in another encoding spoils no other."""
    if data.startswith(UTF_16) or b"\0" in data[:1000]:
        return decode(data, where).split("\n")
    return re.split(rb"\r\n|\n|\r", data)


def json_row(line: str, where: str) -> dict[str, Any]:
    """One row of a .jsonl as a dictionary with ``id`` and ``text`` as strings. Raises `InputProblem`."""
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputProblem(f"{where}: is not JSON ({error}); write one object a line") from None
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        raise InputProblem(f'{where}: needs an object with "id" and "text", both strings')
    if isinstance(row.get("id"), int) and not isinstance(row["id"], bool):
        row["id"] = str(row["id"])
    if not isinstance(row.get("id"), str) or not row["id"].strip():
        raise InputProblem(f'{where}: needs an "id", a string that no other article has')
    return {key: without_surrogates(value) if isinstance(value, str) else value for key, value in row.items()}


def row_article(row: dict[str, Any], where: str) -> Article | InputProblem:
    """The article of a row, or what is wrong with it."""
    fields = {name: row[name] for name in FIELDS if isinstance(row.get(name), str) and row[name].strip()}
    try:
        return article_of(row["id"], row["text"], where, **fields)
    except InputProblem as problem:
        return problem


def article_of(article_id: str, text: str, where: str, **fields: str) -> Article:
    """The article, once its text is known to be usable: not blank, not too long, English."""
    if not any(char.isalnum() for char in text):
        raise InputProblem(
            f"{where}: {'holds no words' if text.strip() else 'is empty'}; put the article's text into it"
        )
    if len(text) > LONGEST:
        raise InputProblem(
            f"{where}: has {len(text):,} characters, and {LONGEST:,} are read at most; split it into several articles"
        )
    if (language := other_language(text)) is not None:
        raise InputProblem(f"{where}: seems to be written in {language}; only English is read, so translate it first")
    return structure(without_surrogates(article_id), without_surrogates(text), **fields)


def without_surrogates(text: str) -> str:
    """`text` with halves of characters (as broken JSON and file names hold them) replaced, which no file could store.

    >>> without_surrogates("a\\ud800b") == "a\N{REPLACEMENT CHARACTER}b"
    True
    """
    return SURROGATE.sub(UNREADABLE, text)


def read_bytes(path: Path) -> bytes:
    """The bytes of a file. Raises `InputProblem` when it may not be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputProblem(f"{path}: cannot be read ({error.strerror}); check that you may open it") from None
