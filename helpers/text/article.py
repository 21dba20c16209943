r"""Structure: split a text into paragraphs and tell what each of them is.

>>> article = structure("talks", "Talks resume in Lindholm\nBy Ada Roe\n\nMs. Okafor said no.\nAlso Read: Ten facts")
>>> [(p.kind, p.span.text) for p in article.paragraphs][1:]
[('byline', 'By Ada Roe'), ('body', 'Ms. Okafor said no.'), ('link', 'Also Read: Ten facts')]
>>> article.title
'Talks resume in Lindholm'

No character is changed or removed: links, captions, bylines and boilerplate are marked, listed, and kept out of
the later steps. Their patterns stand in ``data/vocabulary/boilerplate.csv``. What each is, is told by what is read of it.
"""

import re
from bisect import bisect, bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from helpers.knowledge.vocabulary import boilerplate
from helpers.records import Article, Paragraph, ParagraphKind, Span, span_at
from helpers.text.found import single_spaced
from helpers.text.heads import (
    ONLY_DATE,
    find_dateline,
    iso_date,
    looks_like_byline,
    looks_like_kicker,
    looks_like_title,
)
from helpers.text.labels import Label
from helpers.text.lines import SENTENCE_END, page_lines, paragraph_spans
from helpers.text.readable import Readable, readable
from helpers.text.transcripts import labels_in

DATELINE_WITHIN = 3  # the first paragraphs of text, in one of which a dateline may stand
LINKS, HEADING = 8, 4  # titles below a heading of links, and the words of such a heading
STAMP = re.compile(r"^\d{1,2}[:.h]\d\d(?:\s?[A-Za-z.]{2,6})?\s*[–—|-]\s+")  # before an entry of a live blog
LONGEST_FURNITURE = 600  # characters; a longer paragraph is no link, byline or boilerplate

Piece = tuple[ParagraphKind, Span, str]  # what a paragraph is, where, and why


def structure(
    article_id: str,
    text: str,
    *,
    title: str | None = None,
    byline: str | None = None,
    date: str | None = None,
    source: str | None = None,
) -> Article:
    """The article made of `text`: its paragraphs, each with its kind and the rule that decided it.

    `title`, `byline`, `date` and `source` come from the input's own fields where it has them, and are else looked for.
    """
    pages = page_lines(text)
    pieces = text_where_only_a_title(list(told(text, list(paragraph_spans(text, pages)), title, pages)))
    lines = sorted(pages)
    paragraphs = tuple(Paragraph(n, *piece, within(piece[1], lines)) for n, piece in enumerate(pieces, 1))
    found: dict[ParagraphKind, str] = {}
    for paragraph in paragraphs:
        found.setdefault(paragraph.kind, single_spaced(reading_of(paragraph).text))
    dates = (iso_date(reading_of(p).text) for p in paragraphs if p.kind in ("date", "dateline", "byline"))
    given, told_of = iso_date(date), next(filter(None, dates), None)
    return Article(
        id=article_id,
        text=text,
        paragraphs=paragraphs,
        title=title or found.get("title"),
        byline=byline or found.get("byline"),
        dateline=found.get("dateline"),
        date=given or told_of,
        source=source,
        date_source="field" if given else "text" if told_of else None,
    )


def within(span: Span, pages: Sequence[Span]) -> tuple[Span, ...]:
    """What of the lines `pages`, in order and apart, the span holds; a long paragraph may be parted in the midst of one."""
    first, last = bisect(pages, span.start, key=lambda p: p.end), bisect_left(pages, span.end, key=lambda p: p.start)
    ends = ((max(p.start, span.start) - span.start, min(p.end, span.end) - span.start) for p in pages[first:last])
    return tuple(span_at(span.text, start, end, span.start) for start, end in ends)


def reading_of(paragraph: Paragraph) -> Readable:
    base = paragraph.span.start
    return readable(paragraph.span.text, tuple((line.start - base, line.end - base) for line in paragraph.without))


def told(text: str, spans: Sequence[Span], title: str | None, pages: frozenset[Span]) -> Iterator[Piece]:
    """What each paragraph is. Two pieces where a dateline stands before the first sentence."""
    readings = [readable(span.text) for span in spans]
    words = [single_spaced(reading.text) for reading in readings]
    spoken = labels_in(words)
    speakers = {label.key for label in spoken.values() if label.name}
    furniture = [
        PAGE if span in pages else None if n in spoken else furniture_kind(line)
        for n, (span, line) in enumerate(zip(spans, words, strict=True))
    ]
    furniture = with_links(words, furniture, spoken)
    lines = [line for line, known in zip(words, furniture, strict=True) if not known]
    labelled = [n in spoken for n, known in enumerate(furniture) if not known]
    number, texts, prose, titled, placed = -1, 0, False, False, False
    for span, reading, known in zip(spans, readings, furniture, strict=True):
        if known:
            yield known[0], span, known[1]
            continue
        number += 1
        line, following = lines[number], lines[number + 1] if number + 2 < len(lines) else ""
        if not texts and not titled and not labelled[number] and (kind := title_kind(line, following, title)):
            titled = kind[0] == "title"
            yield kind[0], span, kind[1]
            continue
        late = placed or texts >= DATELINE_WITHIN or labelled[number]
        cut = 0 if late else find_dateline(reading.text, len(spoken) > 0)
        if cut and (cut < len(reading.text) or (titled and not prose)):
            placed, border = True, span.start + reading.original(0, cut)[1] if cut < len(reading.text) else span.end
            yield "dateline", span_at(text, span.start, border), "place, date or agency before the text"
            if border == span.end:
                continue
            span = span_at(text, border, span.end)
        elif not prose and (titled or title) and looks_like_byline(line) and not names_one(line, speakers):
            yield "byline", span, "a name between the title and the text"
            continue
        texts += 1
        prose = prose or SENTENCE_END.search(line) is not None
        yield "body", span, "text"


def names_one(line: str, speakers: set[str]) -> bool:
    return not speakers.isdisjoint(word.casefold() for word in line.replace(",", " ").split())


PAGE: tuple[ParagraphKind, str] = ("boilerplate", "a page’s header, footer or number")
BEGINS = {
    "link": "reads like a link to another page",
    "caption": "reads like a caption or a picture credit",
    "byline": "names who wrote it",
    "boilerplate": "reads like a notice of the site",
    "date": "a line that is only a date",
}


def with_links(
    lines: Sequence[str], furniture: Sequence[tuple[ParagraphKind, str] | None], spoken: Mapping[int, Label]
) -> list[tuple[ParagraphKind, str] | None]:
    """What each line is that is no text, with the few titles below a heading of links (Read more) among it."""
    found, below = list(furniture), 0
    for n, (line, known) in enumerate(zip(lines, furniture, strict=True)):
        if known and known[0] == "link":
            below = LINKS if len(line.split()) <= HEADING else 0
        elif below and not known and n not in spoken and looks_like_title(line) and not SENTENCE_END.search(line):
            found[n], below = ("link", "a title below a heading of links"), below - 1
        elif not known:
            below = 0
    return found


def furniture_kind(line: str) -> tuple[ParagraphKind, str] | None:
    """What a paragraph is that does not belong to the text, and why; None for text."""
    if not any(char.isalnum() for char in line):
        return "boilerplate", "a line without words"
    if len(line) > LONGEST_FURNITURE:
        return None
    line = STAMP.sub("", line)
    for pattern in boilerplate():
        if pattern.matches(line):
            return cast(ParagraphKind, pattern.kind), f"{BEGINS[pattern.kind]} ({pattern.where})"
    return ("date", "a line that is only a date") if ONLY_DATE.match(line) else None


def title_kind(line: str, following: str, title: str | None) -> tuple[ParagraphKind, str] | None:
    """Is this line above the text its title, or a section's name above it? None for neither.

    `title` is what the input itself gives; then only the same words are the title.
    """
    if title is not None:
        same = single_spaced(readable(title).text).casefold() == line.casefold()
        return ("title", "the title that the input gives") if same else None
    if not looks_like_title(line) or 0 < find_dateline(line) < len(line):
        return None
    if looks_like_kicker(line, following):
        return "boilerplate", "a section's name above the title"
    return "title", "a short first line without a full stop, or in capitals"


def text_where_only_a_title(pieces: list[Piece]) -> list[Piece]:
    """A title with no text after it is the text itself (an article of one line)."""
    if any(kind == "body" for kind, _, _ in pieces):
        return pieces
    return [("body", span, "text") if kind == "title" else (kind, span, why) for kind, span, why in pieces]
