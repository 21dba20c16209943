r"""Exports of news databases, told by their form and split into their articles: Nexis Uni, LexisNexis, Factiva.

>>> text = "HD\tTalks resume\nPD\t3 October 2031\nSN\tHarbour Post\nLP\nMs. Roe said no.\nAN\nDocument HARBPO0020311003e7a30001"
>>> [(f.id, f.title, f.date, f.source, f.text) for f in split(Found(text))]
[('HARBPO0020311003e7a30001', 'Talks resume', '3 October 2031', 'Harbour Post', 'Talks resume\nMs. Roe said no.')]

Each works on plain lines, so that it does not matter whether the export was saved as .txt, .rtf, .docx, .pdf or .html.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from helpers.errors import InputProblem
from helpers.text.days import day
from helpers.text.found import File, Found, headed, single_spaced, tidy

if TYPE_CHECKING:
    from lxml.etree import _Element

LEXIS = re.compile(r"^[ \t]*\d+ of \d+ DOCUMENTS[ \t]*$", re.M)
END = re.compile(r"^[ \t]*End of Document[ \t]*$", re.M | re.I)
LABEL = re.compile(r"^([A-Z][A-Za-z]+(?:-[A-Za-z]+)?|[A-Z][A-Z -]{2,20}):[ \t\xa0]*(.*)$")
HEAD_LABELS = {"byline", "section", "length", "dateline", "highlight", "series", "column"}
TAIL = re.compile(
    r"^(?:(?:LOAD-DATE|LANGUAGE|PUBLICATION-TYPE|DOCUMENT-TYPE|JOURNAL-CODE|GRAPHIC|SUBJECT|NOTES|CORRECTION-DATE)\s*:"
    r"|(?:Load-Date|Language|Publication-Type|Journal Code)\s*:|(?:Classification|Graphic|Notes|Bibliography)$"
    r"|Copyright (?:©|\(c\)|\d{4}))"
)
RIGHTS = re.compile(r"^(?:\(c\)|©|copyright\b)", re.I)
DOCUMENT = re.compile(r"^[ \t|]*(?:AN[ \t|]+)?Document ([A-Z]{3,8}[0-9A-Za-z]{15,30})[ \t|]*$", re.M)
FACTIVA_PAGE = re.compile(r"""class=["']article [a-z]{2}Article["']""")
CODES = "HD SE BY CR WC PD ET SN SC ED PG VOL LA CY LP TD CT RF CO IN NS RE IPC IPD PUB AN NGC GC CX CLM ART".split()
CODE = re.compile(rf"({'|'.join(CODES)})(?:[ ]*[\t|]\s*|[ ]{{2,}}|$)(.*)")
WORDS = re.compile(r"^[\d,.]+ words$", re.I)
CLOCK = re.compile(r"^\d{1,2}[:.]\d\d\b")
BY = re.compile(r"^(?:by|byline)\b:?\s*", re.I)
XML = ("headline", "byline", "publicationDate", "sourceName", "accessionNo")


def split(found: Found) -> Iterator[Found]:
    """The articles of an export; what is none is given back as it is."""
    read = next((read for mark, read in EXPORTS.items() if mark.search(found.text)), None)
    articles = list(read(found.text)) if read else []
    for number, article in enumerate(articles, 1):
        yield replace(article, number=number, notices=found.notices)
    if not articles:
        yield found


def made(title: str, body: Sequence[str], byline: str = "", date: str = "", source: str = "", key: str = "") -> Found:
    """An article of an export; what is empty is not told."""
    title, byline, date, source = map(single_spaced, (title, byline, date, source))
    text = headed(title, "\n".join(body))
    return Found(text, single_spaced(key), 0, title or None, BY.sub("", byline) or None, date or None, source or None)


# --- Nexis ---


def nexis_articles(text: str) -> Iterator[Found]:
    """The articles of Nexis Uni: each has a line "Body", and ends with "End of Document"."""
    for chunk in END.split(text):
        lines = [single_spaced(line) for line in chunk.split("\n") if line.strip()]
        if "Body" in lines:
            at = lines.index("Body")
            yield nexis_article(lines[:at], lines[at + 1 :])


def lexis_articles(text: str) -> Iterator[Found]:
    """The articles of the old LexisNexis, each below "3 of 10 DOCUMENTS"; paragraphs are parted by blank lines."""
    borders = [*LEXIS.finditer(text)]
    for mark, end in zip(borders, [*(m.start() for m in borders[1:]), len(text)], strict=True):
        parts = [single_spaced(part) for part in re.split(r"\n\s*\n", text[mark.end() : end]) if part.strip()]
        last = max((n for n, part in enumerate(parts) if label(part) in HEAD_LABELS), default=min(2, len(parts) - 1))
        dated = next((n for n, part in enumerate(parts[: last + 1]) if day_in(part)), 0)
        above, title, below = parts[: dated + 1], parts[dated + 1 : dated + 2], parts[dated + 2 : last + 1]
        yield nexis_article([*title, *above, *below], parts[last + 1 :])


def nexis_article(head: Sequence[str], body: Sequence[str]) -> Found:
    """An article of Nexis: title, outlet and day above, each on a line, then labels; its text up to the first label below."""
    told = {found[1].lower(): found[2] for line in head if (found := LABEL.match(line))}
    bare = [line for line in head if not LABEL.match(line) and not RIGHTS.match(line)]
    dated = next((n for n in range(len(bare) - 1, -1, -1) if day_in(bare[n])), 0)
    title, source, date = bare[dated - 2 : dated + 1] if dated > 1 else (*bare, "", "", "")[:3]
    end = next((n for n, line in enumerate(body) if TAIL.match(line)), len(body))
    above = [words for name in ("highlight", "dateline") if (words := told.get(name))]
    return made(title, [*above, *body[:end]], told.get("byline", ""), date, source)


def label(line: str) -> str:
    """The label before the colon, in small letters; "" without one."""
    found = LABEL.match(line)
    return found[1].lower() if found else ""


def day_in(line: str) -> str | None:
    """The day that a line of a head names, if it is no label's."""
    try:
        return day(line) if len(line) < 60 and not LABEL.match(line) else None
    except ValueError:
        return None


# --- Factiva ---


def factiva_articles(text: str) -> Iterator[Found]:
    """The articles of Factiva, each of which ends with the number of its document; by its codes, or by the order of lines."""
    ends = [*DOCUMENT.finditer(text)]
    for (start, end), mark in zip(pairwise([0, *(m.end() for m in ends)]), ends, strict=True):
        lines = tidy(text[start:end]).split("\n")[:-1]
        first = next((n for n, line in enumerate(lines) if code_of(line)[0] in ("SE", "HD")), None)
        yield replace(in_order(lines) if first is None else by_codes(lines[first:]), id=mark[1])


def code_of(line: str) -> tuple[str, str]:
    """The code with which a line begins, and what stands behind it.

    >>> code_of("HD\\tTalks"), code_of("LP"), code_of("IN brief")
    (('HD', 'Talks'), ('LP', ''), ('', 'IN brief'))
    """
    found = CODE.match(line)
    return (found[1], found[2].strip(" |\t")) if found else ("", line)


def by_codes(lines: Sequence[str]) -> Found:
    """An article whose lines begin with codes: HD the headline, LP and TD the text."""
    told: dict[str, list[str]] = {}
    code = ""
    for line in lines:
        begun, words = code_of(line)
        code = begun or code
        told.setdefault(code, []).append(words)
    body = [line for code in ("LP", "TD") for line in told.get(code, ()) if line]
    title, byline, date, source = (" ".join(told.get(code, ())) for code in ("HD", "BY", "PD", "SN"))
    return made(title, body, byline, date, source)


def in_order(lines: Sequence[str]) -> Found:
    """An article without codes: headline, author, number of words, day, time, outlet, its code, language, rights, text."""
    at = next((n for n, line in enumerate(lines) if WORDS.match(line)), 0)
    above, below = lines[max(0, at - 4) : at], lines[at + 1 :]
    byline = next((line for line in above if BY.match(line)), "")
    title = next((line for line in reversed(above) if not BY.match(line)), "")
    rights = next((n for n, line in enumerate(below[:12]) if RIGHTS.match(line)), -1)
    told = [line for line in below[: rights if rights > 0 else 4] if not CLOCK.match(line)]
    date, source = (*told, "", "")[:2]
    return made(title, below[rights + 1 :], byline, date, source)


EXPORTS: dict[re.Pattern[str], Callable[[str], Iterator[Found]]] = {
    LEXIS: lexis_articles,
    END: nexis_articles,
    DOCUMENT: factiva_articles,
}


def factiva_xml(file: File) -> Iterator[Found]:
    """The articles of Factiva's XML. Raises `InputProblem` for other XML."""
    from lxml import etree

    try:
        tree = etree.fromstring(file.read(), etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        raise InputProblem(f"{file.where}: is broken XML ({error.msg}); export it anew") from None
    entries = [e for e in tree.iter("{*}article") if e.find("{*}headline") is not None]
    if not entries:
        raise InputProblem(f"{file.where}: is XML, but no export of Factiva; save its articles as .html or .txt")
    for number, entry in enumerate(entries, 1):
        title, byline, date, source, key = ("".join(entry.xpath(f"string(*[local-name()='{name}'])")) for name in XML)
        yield replace(made(title, paragraphs(entry), byline, date, source, key), number=number)


def paragraphs(entry: _Element) -> list[str]:
    """The text of an article in XML, a paragraph a line: its own, or those that begin with spaces."""
    parts = [*entry.iterfind("{*}leadParagraph"), *entry.iterfind("{*}tailParagraphs")]
    inside = [piece for part in parts for piece in (list(part.iterfind("{*}paragraph")) or [part])]
    pieces = (piece for p in inside for piece in re.split(r"\n\s*\n|\n[ \t]{2,}(?=\S)", "".join(p.itertext())))
    return [words for piece in pieces if (words := single_spaced(piece))]
