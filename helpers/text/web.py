"""Web pages that were saved: the article's text without menus, and what the page says of it, by trafilatura.

>>> inner_text("<div><h2>Talks</h2>Ms. Roe said <b>no</b>.<br>Mr. Lind said yes.</div><script>menu()</script>")
'Talks\\nMs. Roe said no.\\nMr. Lind said yes.'

Nothing is fetched. A title, an author, a date, an outlet are taken as the page's own metadata name them.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from helpers.errors import InputProblem
from helpers.knowledge.writing import html_tags
from helpers.text.archives import members, opened
from helpers.text.decode import BYTE_ORDER_MARKS, by_line, decodings
from helpers.text.found import File, Found, headed, tidy
from helpers.text.lines import SENTENCE_END
from helpers.text.newsbanks import FACTIVA_PAGE

if TYPE_CHECKING:
    from lxml.html import HtmlElement

CHARSET = re.compile(
    rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w-]{3,20})|^\s*<\?xml[^>]*encoding=["']([\w-]+)""", re.I
)
MARKS = tuple(mark for mark, _ in BYTE_ORDER_MARKS)
NOT_SAID = {"iso-8859-1", "latin-1", "latin1", "ascii", "us-ascii"}  # what browsers read as Windows-1252
EMBEDDED = re.compile(r"data:[\w/+.;=-]{1,80},[A-Za-z0-9+/=%\s]{200,}")  # pictures and fonts
SAVED_FROM = re.compile(r"(?:saved from url=\(\d+\)|Page saved with SingleFile\s+url:)\s*(https?://[^\s\"'<>]+)")
NO_TEXT = "script style noscript template nav footer aside button select svg iframe figcaption head".split()
PASSWORD = re.compile(r"<input[^>]{0,300}type\s*=\s*[\"']?password", re.I)
FEWEST_WORDS = 4  # of a line that is a sentence
SIGNING_IN = 60  # words, which a page to sign in does not reach
LATEST = "2199-12-31"  # dates are not measured by the day on which a page is read
for name in ("trafilatura", "htmldate"):  # what they would tell, our own messages tell
    logging.getLogger(name).addHandler(logging.NullHandler())
DATES = {"original_date": True, "extensive_search": False, "max_date": LATEST}


def pages(file: File) -> Iterator[Found]:
    """The article of a saved page, or all of an export of Factiva."""
    yield found_in(markup(file.read(), file.where), file.where)


def book(file: File) -> Iterator[Found]:
    """The chapters or articles of an .epub, which is an archive of pages; those without text (covers, lists) left out."""
    with opened(file) as archive:
        number = 0
        for page in members(file, archive):
            if isinstance(page, File) and page.suffix in (".xhtml", ".html", ".htm"):
                with suppress(InputProblem):
                    found = found_in(markup(page.read(), page.where), page.where)
                    yield replace(found, number=(number := number + 1))


def markup(data: bytes, where: str) -> str:
    """The source of a page, in the encoding that it names, or that its bytes show."""
    named = CHARSET.search(data[:4096])
    encoding = (named[1] or named[2]).decode().lower() if named else ""
    if data.startswith(MARKS) or not encoding or encoding in NOT_SAID:
        text = next(decodings(data))[0]
    else:
        try:
            text = data.decode(encoding)
        except (LookupError, UnicodeDecodeError):
            text = by_line(data)[0]
    return EMBEDDED.sub("data:,", text.removeprefix("\ufeff").replace("\0", ""))


def found_in(source: str, where: str, url: str | None = None) -> Found:
    """The article of a page's source. Raises `InputProblem` where there is none."""
    from trafilatura import bare_extraction
    from trafilatura.settings import Document

    if FACTIVA_PAGE.search(source):
        return Found(tidy(lines_of(source)))
    read = bare_extraction(
        source, with_metadata=True, include_comments=False, include_tables=False, date_extraction_params=DATES
    )
    text = without_links(tidy((isinstance(read, Document) and read.text) or ""), source)
    inner = without_links(inner_text(source), source)
    if len(text) < len(inner) / 3 and not sentences(text):
        text = inner
    if not sentences(text) or (PASSWORD.search(source) and len(text.split()) < SIGNING_IN):
        raise InputProblem(
            f"{where}: no article could be told from the menus and links of this page; "
            "save the article’s own page, or copy its text into a .txt file"
        )
    saved = SAVED_FROM.search(source[:5000])
    if not isinstance(read, Document):
        return Found(text, url=url or (saved[1] if saved else None))
    return Found(
        headed(read.title, text),
        title=read.title or None,
        byline=(read.author or "").replace("; ", ", ") or None,
        date=read.date or None,
        source=read.sitename or None,
        url=url or read.url or (saved[1] if saved else None),
        date_source="page",
    )


def sentences(text: str) -> list[str]:
    return [line for line in text.split("\n") if SENTENCE_END.search(line) and len(line.split()) >= FEWEST_WORDS]


def without_links(text: str, source: str) -> str:
    """The text without lines that are only the words of a link: menus, and titles of other articles."""
    links = {" ".join(a.text_content().split()) for a in parsed(source).iter("a")}
    lines = (re.sub(r"^[-•*]\s+", "", line) for line in text.split("\n"))
    kept = (line for line in lines if SENTENCE_END.search(line) or " ".join(line.split()) not in links)
    return "\n".join(line for line in kept if any(char.isalnum() for char in line))


def parsed(source: str) -> HtmlElement:
    """The tree of a page's source; an empty one where it holds nothing."""
    from lxml import etree, html

    try:
        return html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", source))
    except (etree.ParserError, ValueError):
        return html.document_fromstring("<p></p>")


def inner_text(source: str) -> str:
    """All the text of a page or a piece of one, a paragraph a line, without scripts and menus."""
    return tidy(re.sub(r"[ \t]+", " ", lines_of(source)))


def lines_of(source: str) -> str:
    """The text of mark-up, with a line end where a block begins or ends, and a tab before a cell."""
    from lxml import etree

    tree = parsed(source)
    etree.strip_tags(tree, etree.Comment, etree.ProcessingInstruction)
    etree.strip_elements(tree, *NO_TEXT, with_tail=False)
    parts: list[str] = []
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        name = element.tag
        block = "\t" if name in ("td", "th") else "\n" if html_tags().get(name) == "block" else ""
        words = element.text if event == "start" else element.tail
        parts += [block if event == "start" or block == "\n" else "", " ".join(re.split(r"[\s\xa0]+", words or ""))]
    return "".join(parts)
