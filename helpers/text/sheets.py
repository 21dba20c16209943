"""Tables of articles, one a row: .csv, .tsv, .xlsx, .parquet, .jsonl, .json. Their columns are known by their names.

>>> row = {"Headline": "Talks resume", "Outlet": "Harbour Post", "Body": "Ms. Roe said no.", "Pages": None}
>>> found = row_found(row, 2)
>>> found.title, found.source, found.text, found.named("press")
('Talks resume', 'Harbour Post', 'Ms. Roe said no.', 'press-2')

The names stand in ``data/vocabulary/fields.csv``. A text is taken as it stands, unless it is the source of a web page.
"""

import codecs
import csv
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from functools import cache, lru_cache
from itertools import chain
from typing import Any, BinaryIO
from warnings import filterwarnings

from helpers.errors import InputProblem
from helpers.knowledge.writing import field_names
from helpers.text.days import SLASHED, day, order_of
from helpers.text.decode import by_line, decode
from helpers.text.found import File, Found

LONGEST_LINE = 32_000_000  # bytes; an article of the greatest length, every character of it escaped
LARGEST_JSON = 256_000_000  # bytes of one JSON value, which is held as a whole
DEEPEST = 3  # objects in objects, in which the list of articles is looked for
AT_ONCE = 64  # rows of a Parquet file
DELIMITERS = ",;\t|"
OTHER_MARKS = re.compile(r"[^\w.]|_")
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
DOCUMENT = re.compile(rb"\s*(?:\[|\{\s*[\r\n])")  # how JSON begins that is one value, and no lines
PAGE = re.compile(r"<(?:!doctype|html|head|body|script|style|article|main|div)\b", re.I)

Row = dict[str, Any]
Rows = Iterator[tuple[int, Row | InputProblem]]  # each with its number, as a spreadsheet or an editor counts


def articles(file: File) -> Iterator[Found | InputProblem]:
    rows = TABLES[file.suffix]

    @cache
    def order() -> str:
        """Whether days or months come first; all dates are asked, once one is met that can be read in two ways."""
        return order_of(cell(row, "date") for _, row in rows(file) if not isinstance(row, InputProblem))

    found = False
    for number, row in rows(file):
        found = True
        try:
            yield row if isinstance(row, InputProblem) else row_found(row, number, order)
        except InputProblem as problem:
            yield InputProblem(f"{place(file, number)}: {problem}")
    if not found:
        raise InputProblem(f"{file.where}: holds no article; add one a line")


def place(file: File, number: int) -> str:
    """Where a row is, for a person."""
    return f"{file.where}, {'line' if file.suffix in JSON else 'row'} {number}"


def row_found(row: Row, number: int, order: Callable[[], str] = str) -> Found:
    """The article of one row. Raises `InputProblem`, without the place, for a row without text."""
    if not has_text(row):
        raise InputProblem(f"has no text (its fields: {fields(row)}); call the one that holds the article “text”")
    if not isinstance(text := cell(row, "text"), str):
        raise InputProblem(
            f"has {'no text' if text is None else 'a text that is none'}; leave the row out, or put it in"
        )
    title, byline, source, url, own = (words(cell(row, name)) for name in ("title", "byline", "source", "url", "id"))
    when = words(cell(row, "date"))
    if when and SLASHED.match(when):
        with suppress(ValueError):  # which is told where the article is made
            when = day(when, order()) or when
    notices: tuple[str, ...] = ()
    if PAGE.search(text):
        from helpers.text.web import inner_text

        text, notices = inner_text(text), ("its text was taken out of HTML",)
    return Found(text, own or "", number, title, byline, when, source, url, notices=notices)


@lru_cache(maxsize=64)
def columns_of(names: Sequence[str]) -> dict[str, str]:
    """Which column holds which field.

    >>> columns_of(("Doc ID", "Publication", "Publication Date", "Full_Text"))
    {'text': 'Full_Text', 'date': 'Publication Date', 'source': 'Publication', 'id': 'Doc ID'}
    """
    plain = {OTHER_MARKS.sub("", name.casefold()): name for name in reversed(names)}
    found = {
        field: next((plain[form] for form in forms if form in plain), None) for field, forms in field_names().items()
    }
    return {field: name for field, name in found.items() if name is not None}


def cell(row: Row, field: str) -> Any:
    """What a row has for a field; a list of texts as lines."""
    value = row.get(columns_of(tuple(row)).get(field, ""))
    if isinstance(value, list):
        names = (v.get("name", v.get("text")) if isinstance(v, dict) else v for v in value)
        value = ("\n" if field == "text" else ", ").join(v for v in names if isinstance(v, str))
    return None if value != value else value  # NaN is nothing


def words(value: Any) -> str | None:
    """A cell as words on one line; None where it is empty."""
    return (" ".join(str(value).split()) or None) if isinstance(value, (str, int, float, date)) else None


def fields(names: Iterable[str]) -> str:
    """The names of some fields, for a person."""
    return ", ".join(list(names)[:12]) or "none"


# --- JSON ---


def json_rows(file: File) -> Rows:
    """The objects of JSON Lines, or of one JSON value; a line that is none is a problem, and the others go on."""
    with file.open() as stream:
        start = stream.read(4096).removeprefix(codecs.BOM_UTF8)
    whole = DOCUMENT.match(start) is not None
    if whole or file.suffix == ".json":
        text = decode(file.read(LARGEST_JSON), file.where).strip()
        if whole or "}\n" not in text:
            yield from enumerate(objects_in(json_value(text, file.where)), 1)
            return
    for number, line in enumerate(text_lines(file), 1):
        where = place(file, number)
        if isinstance(line, InputProblem):
            yield number, InputProblem(f"{where}: {line}")
        elif line.strip():
            try:
                yield from ((number, row) for row in objects_in(json_value(line, where)))
            except InputProblem as problem:
                yield number, problem


def json_value(text: str, where: str) -> Any:
    """The value that JSON says. Raises `InputProblem`."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputProblem(f"{where}: is not JSON ({error}); write one object a line") from None


def objects_in(value: Any, deep: int = 0) -> list[Row]:
    """The rows that a JSON value holds: itself, those of its list, or of the first list in it that has texts.

    >>> objects_in({"status": "ok", "articles": [{"source": {"name": "Post"}, "content": "No."}]})
    [{'content': 'No.', 'source.name': 'Post'}]
    """
    if isinstance(value, list):
        return [row for item in value for row in (objects_in(item, deep + 1) if isinstance(item, dict) else [{}])]
    if not isinstance(value, dict):
        return [{}]
    row = {name: v for name, v in value.items() if not isinstance(v, dict)}
    row |= {f"{name}.{key}": v for name, held in value.items() if isinstance(held, dict) for key, v in held.items()}
    if has_text(row) or deep > DEEPEST:
        return [row]
    inner = (objects_in(v, deep + 1) for v in value.values() if isinstance(v, (dict, list)))
    return next((rows for rows in inner if any(map(has_text, rows))), [row])


def has_text(row: Row) -> bool:
    return "text" in columns_of(tuple(row))


# --- lines and cells ---


def text_lines(file: File) -> Iterator[str | InputProblem]:
    """The lines of a file, each decoded by itself, so that one in another encoding, or far too long, spoils no other."""
    with file.open() as stream:
        start = stream.read(1000)
    if start.startswith(UTF_16) or b"\0" in start:
        yield from decode(file.read(LARGEST_JSON), file.where).split("\n")
        return
    with file.open() as stream:
        for line in bounded_lines(stream):
            if line is None:
                yield InputProblem(f"has over {LONGEST_LINE:,} bytes, far more than an article; is a line end missing?")
                continue
            for part in re.split(rb"(?<=\r)(?!\n)", line.removeprefix(codecs.BOM_UTF8)):
                yield by_line(part)[0].replace("\r\n", "\n").replace("\r", "\n")


def bounded_lines(stream: BinaryIO) -> Iterator[bytes | None]:
    """The lines of a stream; None for one that is too long to be held."""
    while line := stream.readline(LONGEST_LINE):
        if len(line) < LONGEST_LINE or line.endswith(b"\n"):
            yield line
            continue
        while (more := stream.readline(LONGEST_LINE)) and not more.endswith(b"\n"):
            pass
        yield None


def csv_rows(file: File) -> Rows:
    """The rows of a table of text, below the line that names its columns."""
    lines, quotes = text_lines(file), 0

    def sound() -> Iterator[str]:
        nonlocal quotes
        for line in lines:
            if isinstance(line, InputProblem):
                raise InputProblem(f"{file.where}: a line {line}")
            quotes += line.count('"')
            yield line

    rest = sound()
    first = next(rest, "")
    delimiter = max(DELIMITERS, key=re.sub(r'"[^"]*"', "", first).count)
    csv.field_size_limit(LONGEST_LINE)
    try:
        yield from below_header(file, enumerate(csv.reader(chain([first], rest), delimiter=delimiter), 1))
    except csv.Error as error:
        raise InputProblem(f"{file.where}: is no sound table ({error}); is a quotation mark missing?") from None
    if quotes % 2:
        raise InputProblem(f'{file.where}: has a mark " without its fellow, which joins rows; put one in, or double it')


def below_header(file: File, rows: Iterator[tuple[int, Sequence[Any]]]) -> Rows:
    """The rows of cells as rows of fields. Raises `InputProblem` where no column holds a text."""
    header: list[str] = next(([str(c if c is not None else "").strip() for c in r] for _, r in rows if any(r)), [])
    if "text" not in columns_of(tuple(header)):
        raise InputProblem(
            f"{file.where}: has no column of texts (its columns: {fields(filter(None, header))}); "
            "call the one that holds the articles “text”"
        )
    for number, cells in rows:
        filled = [n for n, value in enumerate(cells) if value not in (None, "")]
        if filled and filled[-1] >= len(header):
            more = f"{len(cells)} cells where the columns are {len(header)}; put a cell that holds a comma in quotes"
            yield number, InputProblem(f"{place(file, number)}: has {more}")
        elif filled:
            yield number, dict(zip(header, cells, strict=False))


def xlsx_rows(file: File) -> Rows:
    """The rows of every sheet that has a column of texts."""
    import openpyxl

    from helpers.text.archives import checked

    filterwarnings("ignore", module="openpyxl")  # of what only a spreadsheet needs

    with file.open() as stream:
        book = openpyxl.load_workbook(checked(stream, file.where), read_only=True, data_only=True)
        last, problems = 0, []
        for sheet in book.worksheets:
            try:
                for number, row in below_header(file, enumerate(sheet.iter_rows(values_only=True), last + 1)):
                    last = number
                    yield number, row
            except InputProblem as problem:
                problems.append(problem)
    if problems and not last:
        raise problems[0]


def parquet_rows(file: File) -> Rows:
    """The rows of a Parquet file, of which only the columns are read that are used."""
    import pyarrow.parquet as pq

    with file.open() as stream:
        table = pq.ParquetFile(stream)
        columns = columns_of(tuple(table.schema_arrow.names))
        used = list(columns.values()) if "text" in columns else None
        values = (value for batch in table.iter_batches(AT_ONCE, columns=used) for value in batch.to_pylist())
        yield from ((number, row) for number, value in enumerate(values, 1) for row in objects_in(value))


JSON = (".jsonl", ".ndjson", ".json")
TABLES: dict[str, Callable[[File], Rows]] = {
    **dict.fromkeys(JSON, json_rows),
    **dict.fromkeys((".csv", ".tsv", ".tab"), csv_rows),
    ".xlsx": xlsx_rows,
    ".xlsm": xlsx_rows,
    ".parquet": parquet_rows,
}
