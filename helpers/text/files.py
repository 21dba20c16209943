"""Read articles: a file of any kind in `READERS`, a folder or an archive of these, a pattern (``press/*.html``), ``-``.

>>> article = read_article("seeds/us-india-defence-framework.txt")    # doctest: +SKIP
>>> article.id, len(article.body)                                      # doctest: +SKIP
('us-india-defence-framework', 5)

Offsets are into the article's text: of a .txt file the decoded file (the byte order mark dropped, line ends turned into
``\\n``), of a row the text as it stands, else the text that was taken out of the file, a paragraph a line. What cannot be used
is an `InputProblem` that names the file and the mend; what was mended is told in the article's notices.
"""

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from glob import glob, has_magic
from importlib import import_module
from io import BytesIO
from pathlib import Path, PurePath

from helpers.errors import InputProblem
from helpers.records import Article
from helpers.text.article import structure
from helpers.text.days import day, is_none
from helpers.text.decode import SURROGATE, UNREADABLE, oddities
from helpers.text.folders import chosen, walk
from helpers.text.found import File, Found, Reader, on_disk
from helpers.text.language import other_language
from helpers.text.newsbanks import split

LONGEST = 4_000_000  # characters; more than the longest novels
LARGEST_INPUT = 512_000_000  # bytes of standard input
STDIN = "-"
ARCHIVE = ".zip"
READERS = {  # the end of a file's name, and the function of helpers.text that reads it
    **dict.fromkeys((".txt", ".text"), "plain.text"),
    **dict.fromkeys((".md", ".markdown"), "plain.markdown"),
    **dict.fromkeys((".html", ".htm", ".xhtml"), "web.pages"),
    **dict.fromkeys((".mhtml", ".mht"), "mail.pages"),
    ".epub": "web.book",
    ".eml": "mail.mails",
    ".pdf": "pdf.document",
    ".docx": "word.docx",
    ".rtf": "word.rtf",
    ".xml": "newsbanks.factiva_xml",
    **dict.fromkeys(
        (".csv", ".tsv", ".tab", ".xlsx", ".xlsm", ".parquet", ".jsonl", ".ndjson", ".json"), "sheets.articles"
    ),
}
HOLD_ARTICLES = {  # often; what to do with kinds that are not read
    **dict.fromkeys((".doc", ".odt", ".pages", ".wpd"), "open it in a word processor, and save it as .docx"),
    **dict.fromkeys((".xls", ".ods", ".numbers"), "open it in a spreadsheet program, and save it as .xlsx or .csv"),
    **dict.fromkeys((".7z", ".rar", ".gz", ".tgz", ".tar"), "unpack it, and name the folder"),
    ".msg": "save the mail as .eml",
    ".webarchive": "save the page as .html or .mhtml",
}
IMAGES = dict.fromkeys((".jpg", ".jpeg", ".png", ".tif", ".tiff", ".gif"), "let a program recognise its text (OCR)")
INSTEAD = HOLD_ARTICLES | IMAGES
ADDRESS = re.compile(r"(?:https?|ftp):/|www\.", re.I)

Item = tuple[str, Article | InputProblem]  # where it came from ("file.txt", "file.jsonl#id"), and what it is
Tell = Callable[[str], object]


def read_article(path: str | Path) -> Article:
    """The one article at `path`: a file of one, or one of several as ``file.jsonl#id``.

    Raises `InputProblem` when it cannot be used, or when there is more than one.
    """
    found = list(read_articles([path]))
    if problem := next((item for _, item in found if isinstance(item, InputProblem)), None):
        raise problem
    if len(found) > 1:
        raise InputProblem(f"{path}: holds {len(found)} articles; name one of them, as in {found[0][0]}")
    return next(item for _, item in found if isinstance(item, Article))


def read_articles(paths: Iterable[str | Path], tell: Tell = str) -> Iterator[Item]:
    """Every article at `paths`, in order, each with where it came from (what `read_article` takes).

    A problem is handed out in its place, so that the others are still read. An id that an article of another file has
    already gets a part of the path before it. `tell` is told of files that are passed over.
    """
    seen: dict[str, str] = {}
    for path in paths:
        for where, item in read_path(str(path), tell):
            if isinstance(item, InputProblem):
                yield where, item
                continue
            try:
                name, where = named(item.id, where, seen)
                yield where, item if name == item.id else replace(item, id=name)
            except InputProblem as problem:
                yield where, problem


def named(article_id: str, where: str, seen: dict[str, str]) -> tuple[str, str]:
    """The id by which an article goes, and where it then is: another than its own, if one of another file has that.

    Raises `InputProblem` where there is none. `seen` is told.
    """
    name = article_id
    if article_id in seen:
        path, first = (place.removesuffix(f"#{article_id}") for place in (where, seen[article_id]))
        other = next((name for name in names_of(path, article_id) if name not in seen), None)
        if other is None or Path(first).absolute() == Path(path).absolute():
            mend = "give it another" if path != where else "name it once"
            raise InputProblem(f"{where}: the id {article_id!r} was already used by {seen[article_id]}; {mend}")
        name, where = other, f"{path}#{other}"
    seen[name] = where
    return name, where


def names_of(path: str, article_id: str) -> Iterator[str]:
    """The ids that an article may go by: its own, then with more and more of its path before it.

    >>> list(names_of("press/post/1.html", "1")), list(names_of("press/a.csv", "7"))
    (['1', 'post/1', 'press/post/1'], ['7', 'a/7', 'press/a/7'])
    """
    parts = [part for part in re.split(r"[/\\#]", path) if part not in ("", ".", "..")]
    stem = PurePath(parts.pop()).stem if parts else ""
    name = article_id
    yield name
    for part in reversed(parts if article_id.startswith(stem) else [*parts, stem]):
        name = f"{part}/{name}"
        yield name


def read_path(name: str, tell: Tell = str) -> Iterator[Item]:
    """The articles of one file, folder, archive or pattern, or the one that ``file.jsonl#id`` names."""
    try:
        path, wanted = split_name(name)
        if name == STDIN:
            yield from read_file(standard_input(), wanted, tell)
        elif ADDRESS.match(name) and not Path(name).exists():
            raise InputProblem(
                f"{name}: is an address, and nothing here goes to the network; open the page in a browser, save it "
                "(Ctrl+S: a whole page, or one file .mhtml; or print it as PDF), and name that file"
            )
        elif Path(path).is_dir():
            yield from read_folder(Path(path), tell)
        elif not Path(path).exists():
            yield from read_pattern(path, tell)
        else:
            yield from read_file(on_disk(Path(path)), wanted, tell)
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
    if "#" in name and not Path(name).exists():
        for mark in re.finditer("#", name):
            path = Path(name[: mark.start()])
            if path.is_file() or path.suffix.lower() in (*READERS, ARCHIVE):
                return name[: mark.start()], name[mark.end() :]
    return name, ""


def read_pattern(pattern: str, tell: Tell) -> Iterator[Item]:
    """The articles of the files that a pattern matches."""
    found = sorted(glob(pattern, recursive=True)) if has_magic(pattern) else []
    if not found:
        what = "no file is named like this" if has_magic(pattern) else "there is no such file or folder"
        raise InputProblem(f"{pattern}: {what}; check the name and the folder you are in")
    for name in found:
        yield from read_path(name, tell)


def read_folder(folder: Path, tell: Tell) -> Iterator[Item]:
    """The articles of `folder` and its sub-folders, in the order of their names; files of other kinds are passed over."""
    files, problems = files_in(folder, tell)
    for file in files:
        yield from read_path(str(file), tell)
    yield from ((str(problem).partition(": ")[0], problem) for problem in problems)


def files_in(folder: Path, tell: Tell = str) -> tuple[list[Path], list[InputProblem]]:
    """The files of `folder` and its sub-folders that are read, and what cannot be. Raises `InputProblem` where none is."""
    found, problems = walk(folder)
    files = chosen(found, (*READERS, ARCHIVE), str(folder), tell, HOLD_ARTICLES)
    if not files and not problems:
        kinds = "(.txt, .html, .pdf, .docx, .csv …)"
        raise InputProblem(f"{folder}: holds no article; put files there that are read {kinds}")
    return files, problems


def read_archive(file: File, wanted: str, tell: Tell, deep: int) -> Iterator[Item]:
    """The articles of the files in an archive; `wanted` is the name of one of them, or one in it."""
    from helpers.text.archives import members, opened

    if deep:
        raise InputProblem(f"{file.where}: is an archive in an archive; unpack the outer one, and name the folder")
    with opened(file) as archive:
        found = list(members(file, archive))
        named = {item.name: item for item in found if isinstance(item, File)}
        kept = chosen(list(named), (*READERS, ARCHIVE), file.where, tell if not wanted else str, HOLD_ARTICLES)
        yield from ((file.where, item) for item in found if isinstance(item, InputProblem) and not wanted)
        if not kept:
            raise InputProblem(f"{file.where}: holds no article; pack files that are read (.txt, .html, .pdf, .csv …)")
        for name in kept:
            if not wanted or f"{wanted}#".startswith(f"{name}#"):
                yield from read_file(named[name], wanted[len(str(name)) + 1 :], tell, deep + 1)
                if wanted:
                    return
        if wanted:
            raise InputProblem(f"{file.where}: holds no file {wanted!r}; its first is {str(kept[0])!r}")


def read_file(file: File, wanted: str, tell: Tell, deep: int = 0) -> Iterator[Item]:
    """The articles of one file; with `wanted`, only the first that goes by that id."""
    try:
        if file.suffix == ARCHIVE:
            yield from read_archive(file, wanted, tell, deep)
            return
        found = False
        for where, item in articles_in(file):
            if not wanted:
                yield where, item
            elif isinstance(item, Article) and wanted in names_of(file.where, item.id):
                yield f"{file.where}#{wanted}", replace(item, id=wanted)
                return
            elif where == f"{file.where}#{wanted}":
                yield where, item
                return
            found = True
        if wanted or not found:
            raise InputProblem(f"{file.where}: holds no article" + (f" with the id {wanted!r}" if wanted else ""))
    except InputProblem as problem:
        yield file.where, problem
    except OSError as error:
        yield file.where, InputProblem(f"{file.where}: cannot be read ({error.strerror}); check that you may open it")
    except Exception as error:  # whatever a library says of a file that is damaged
        why = " ".join(f"{type(error).__name__}: {error}".split())[:200]
        mend = "open it in the program that made it, and save it anew"
        yield file.where, InputProblem(f"{file.where}: is damaged, or not what its name says ({why}); {mend}")


def articles_in(file: File) -> Iterator[Item]:
    """What the reader of this kind of file finds, as articles; those of an export of a news database one by one."""
    for found in reader_of(file)(file):
        if isinstance(found, InputProblem):
            yield file.where, found
            continue
        for one in split(found) if not found.number else (found,):
            several = one.number or one.id
            name = without_surrogates(one.named(file.name.stem))
            where = f"{file.where}#{name}" if several else file.where
            try:
                yield where, article_of(name, one, where)
            except InputProblem as problem:
                yield where, problem


def reader_of(file: File) -> Reader:
    """The reader of a file's kind, loaded when it is needed. Raises `InputProblem` for a kind that is not read."""
    if file.suffix not in READERS:
        otherwise = "save the article as .txt, .docx or .pdf, or many as .csv or .jsonl"
        raise InputProblem(f"{file.where}: this kind of file is not read; {INSTEAD.get(file.suffix, otherwise)}")
    module, function = READERS[file.suffix].split(".")
    reader: Reader = getattr(import_module(f"helpers.text.{module}"), function)
    return reader


def standard_input() -> File:
    """What comes by standard input: a .jsonl if it looks like one, else a .txt."""
    data = sys.stdin.buffer.read(LARGEST_INPUT)
    kind = ".jsonl" if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"[{")) else ".txt"
    return File(STDIN, lambda: BytesIO(data), PurePath(f"stdin{kind}"))


def article_of(article_id: str, found: Found, where: str) -> Article:
    """The article, once its text is known to be usable: not blank, not too long, English."""
    text = found.text
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
    told = {name: without_surrogates(v) for name in ("title", "byline", "source") if (v := getattr(found, name))}
    given, notices = given_day(found, where)
    sure = given is not None and found.date_source != "properties"
    made = structure(article_id, without_surrogates(text), **told, date=given if sure else None)
    return replace(
        made,
        url=without_surrogates(found.url or "") or None,
        date=made.date or given,
        date_source=found.date_source if given and (sure or not made.date) else made.date_source,
        notices=(*found.notices, *notices, *oddities(text)),
    )


def given_day(found: Found, where: str) -> tuple[str | None, list[str]]:
    """The day that the file tells, or that it could not be read. Raises `InputProblem` for one that no calendar has."""
    said = found.date or ""
    try:
        given = day(said)
    except ValueError as error:
        raise InputProblem(f"{where}: {error}; put the date right, or leave it out") from None
    odd = [] if given or is_none(said) else [f"its date could not be read ({said[:40]!r}); write it as 2031-10-25"]
    return given, odd


def without_surrogates(text: str) -> str:
    """`text` with halves of characters (as broken JSON and file names hold them) replaced, which no file could store.

    >>> without_surrogates("a\\ud800b") == "a\N{REPLACEMENT CHARACTER}b"
    True
    """
    return SURROGATE.sub(UNREADABLE, text)
