"""PDF files, by PDFium: columns one after the other, without the heads and feet of pages, words and paragraphs made whole.

>>> undivided(["The allies agreed on co-", "operation with the Anglo-", "Norvian fleet."])
'The allies agreed on cooperation with the Anglo-Norvian fleet.'
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median
from string import ascii_lowercase
from typing import TYPE_CHECKING

from helpers.errors import InputProblem
from helpers.text.found import LARGEST, File, Found
from helpers.text.lines import SENTENCE_END
from helpers.text.readable import is_whole
from helpers.wording import counted

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

MOST_PAGES = 2000
EDGE = 2  # lines of a page that its head, or its foot, may have
APART = 1.6  # times its height, by which it stands apart from the text
GUTTER = 7  # points between columns, at least
CROSSING = 0.5  # share of the lines that may cross a gutter: titles, a summary, captions
A_SIDE = 0.15  # share of the lines that must stand on either side of it
FEWEST_WORDS = 3  # on a page, on average; a scan has none
MOST = 0.8  # of the lines of a column end before its right edge, or at it
SOFT = "\u00ad\x02\ufffe"  # what PDFium or a writer puts where a word is divided
HYPHENS = f"-‐{SOFT}"
DIGITS = re.compile(r"\d+")
PRINTED = re.compile(r"(https?://\S+)\s+\d+/\d+$|\d\d?/\d\d?/\d\d(?:\d\d)?, \d\d?:\d\d(?:\s[AP]M)?\b")  # by a browser
DIVIDED = re.compile(rf"([^\W\d_]+)[{HYPHENS}]$")
BULLETS = "•▪●◦–"
ITEM = re.compile(rf"[{BULLETS}]|\(?\w{{1,2}}[.)]\s")  # of a list; its other lines are indented
CREATED = re.compile(r"D:(\d{4})(\d\d)(\d\d)")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page or a piece of one, with its edges in points from the lower left corner."""

    left: float
    bottom: float
    right: float
    top: float
    text: str

    @property
    def height(self) -> float:
        return self.top - self.bottom


def document(file: File) -> Iterator[Found]:
    """The text of a PDF. Raises `InputProblem` for one that is locked, damaged, or only pictures."""
    import pypdfium2 as pdfium

    try:
        pdf = pdfium.PdfDocument(file.read(2 * LARGEST))
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise InputProblem(
                f"{file.where}: is locked by a password; open it, and save or print a copy without"
            ) from None
        raise InputProblem(f"{file.where}: is a damaged PDF, or none; save or download it anew") from None
    try:
        if len(pdf) > MOST_PAGES:
            raise InputProblem(f"{file.where}: has {len(pdf):,} pages, and {MOST_PAGES:,} are read at most; split it")
        pages = [page_pieces(page) for page in pdf]
        created = CREATED.match(pdf.get_metadata_dict().get("CreationDate", ""))
    finally:
        pdf.close()
    if sum(len(line.text.split()) for lines in pages for line in lines) < FEWEST_WORDS * len(pages):
        raise InputProblem(
            f"{file.where}: holds pictures of pages (a scan) and no text; let a program recognise the text (OCR) first"
        )
    address = next((m[1] for lines in pages for line in lines if (m := PRINTED.match(line.text)) and m[1]), None)
    kept = without_edges(pages)
    text = "\n".join(paragraphs([line for lines in kept for line in in_columns(lines)]))
    bare = sum(not lines for lines in pages)
    notices = (f"not read: {counted(bare, 'page')} without text (pictures of pages?)",) if bare else ()
    yield Found(
        text,
        url=address,
        notices=notices,
        date="-".join(created.groups()) if created else None,
        date_source="properties",
    )


def page_pieces(page: PdfPage) -> list[Line]:
    """The pieces of text of a page, each on one line without wide gaps; their height is their font's."""
    from pypdfium2 import raw

    text, box = page.get_textpage(), raw.FS_RECTF()
    found: list[tuple[list[float], list[str]]] = []
    edges: list[float] = []
    for n in range(raw.FPDFText_CountChars(text)):
        char = chr(raw.FPDFText_GetUnicode(text, n))
        if char.isspace() or not raw.FPDFText_GetLooseCharBox(text, n, box) or box.right <= box.left:
            char = " "
        elif edges and follows(edges, box.left, box.bottom):
            edges[2] = max(edges[2], box.right)
        else:
            edges = [box.left, box.bottom, box.right, box.top]
            found.append((edges, []))
        if found:
            found[-1][1].append(char)
    text.close()
    told = ((e, " ".join("".join(chars).split())) for e, chars in found)
    return [Line(e[0], e[1], e[2], e[3], words) for e, words in told if words]


def follows(edges: Sequence[float], left: float, bottom: float) -> bool:
    """Does the next character stand behind a piece, on its line?"""
    height = edges[3] - edges[1]
    return abs(edges[1] - bottom) < 0.5 * height and -1 < (left - edges[2]) / height < 0.7


def without_edges(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """The lines of each page without those at its edges that return on others, but for a number, or that a browser prints."""
    edges = [edge_of(page) for page in pages]
    often = Counter(key for edge in edges for key in {unnumbered(line) for line in edge})
    enough = 2 if len(pages) < 6 else 3

    def goes(line: Line) -> bool:
        words = unnumbered(line)
        return words == "#" or often[words] >= enough or PRINTED.match(line.text) is not None

    out = [set(filter(goes, edge)) for edge in edges]
    return [[line for line in page if line not in gone] for page, gone in zip(pages, out, strict=True)]


def edge_of(page: Sequence[Line]) -> list[Line]:
    """The lines of a page's head and foot: the first or last few, apart from the others; and a number there."""
    levels = sorted({round(line.bottom) for line in page})
    found = [line for line in page if unnumbered(line) == "#" and round(line.bottom) in (levels[0], levels[-1])]
    for order in (levels, levels[::-1]):
        for n in range(1, min(EDGE, len(order) - 1) + 1):
            if abs(order[n] - order[n - 1]) > APART * min(li.height for li in page if round(li.bottom) == order[n - 1]):
                found += [line for line in page if round(line.bottom) in order[:n]]
                break
    return found


def unnumbered(line: Line) -> str:
    """The words of a line, each number as #."""
    return DIGITS.sub("#", line.text).casefold()


def in_columns(pieces: Sequence[Line]) -> list[Line]:
    """The lines in the order of reading: down each column, and those across columns where they stand.

    >>> rows = [Line(0, 90, 100, 99, "Talks"), *(Line(x, y, x + 40, y + 9, f"{x} {y}") for y in (70, 60, 50) for x in (0, 60))]
    >>> [line.text for line in in_columns(rows)]
    ['Talks', '0 70', '0 60', '0 50', '60 70', '60 60', '60 50']
    """
    gutters = gutters_of(pieces)
    bands: list[list[list[Line]]] = [[[] for _ in range(len(gutters) + 1)]]
    for piece in sorted(pieces, key=lambda p: -p.bottom):
        if any(piece.left < gutter < piece.right for gutter in gutters):
            bands += [[[piece]], [[] for _ in range(len(gutters) + 1)]]
        else:
            bands[-1][sum(gutter <= piece.left for gutter in gutters)].append(piece)
    return [line for band in bands for column in band for line in in_rows(column)]


def in_rows(pieces: Sequence[Line]) -> list[Line]:
    """Pieces that stand on one line (words in italics, a link), from the left to the right, as one."""
    rows: list[list[Line]] = []
    for piece in pieces:
        if rows and abs(rows[-1][0].bottom - piece.bottom) < 0.5 * max(rows[-1][0].height, piece.height):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [whole(sorted(row, key=lambda p: p.left)) for row in rows]


def whole(row: Sequence[Line]) -> Line:
    """The pieces of a row as one line, with a space where there is a gap; its height is that of most of it."""
    text = row[0].text
    for last, piece in pairwise(row):
        text += (" " if piece.left - last.right > 0.15 * piece.height else "") + piece.text
    main = max(row, key=lambda p: p.right - p.left)
    return Line(row[0].left, main.bottom, max(p.right for p in row), main.top, text)


def gutters_of(pieces: Sequence[Line]) -> list[float]:
    """Where the page is parted into columns, from left to right: strips that hardly a line crosses."""
    cover = Counter(x for piece in pieces for x in range(int(piece.left), int(piece.right) + 1))
    few, side = CROSSING * max(cover.values(), default=0), max(A_SIDE * len(pieces), 3)
    free = [x for x in range(min(cover, default=0), max(cover, default=0)) if cover[x] <= few]
    strips = [[x for _, x in run] for _, run in groupby(enumerate(free), key=lambda pair: pair[1] - pair[0])]
    middles = [(strip[0] + strip[-1] + 1) / 2 for strip in strips if len(strip) >= GUTTER]
    sides = {m: (sum(p.right <= m for p in pieces), sum(p.left >= m for p in pieces)) for m in middles}
    return [middle for middle, counts in sides.items() if min(counts) >= side]


def paragraphs(lines: Sequence[Line]) -> list[str]:
    """The paragraphs that the lines make, divided words made whole."""
    steps = [(a.bottom - b.bottom) / a.height for a, b in pairwise(lines)]
    leading = median([step for step in steps if 0 < step < 3] or [0.0])
    rights: dict[int, list[float]] = {}
    for line in lines:
        rights.setdefault(margin(line), []).append(line.right)
    ends = {left: sorted(found)[int(MOST * (len(found) - 1))] for left, found in rights.items()}
    hyphened = {word.lower() for line in lines for word in re.findall(r"[^\W\d_]+-[^\W\d_]+", line.text)}
    groups: list[list[Line]] = []
    for line in lines:
        if not groups or begins(groups[-1], line, leading, ends[margin(groups[-1][-1])]):
            groups.append([])
        groups[-1].append(line)
    return [undivided([line.text for line in group], hyphened) for group in groups]


def margin(line: Line) -> int:
    """Where a line begins, roughly: those of one column begin alike."""
    return round(line.left / 24)


def begins(group: Sequence[Line], line: Line, leading: float, end: float) -> bool:
    """Does `line` begin a new paragraph below those of `group`, whose lines reach to `end`, or on top of another column?"""
    last, step = group[-1], group[-1].bottom - line.bottom
    ended = SENTENCE_END.search(last.text) is not None
    if abs(line.height - last.height) > 0.12 * max(line.height, last.height) or line.text[0] in BULLETS:
        return True
    if step < 0 or step > 3 * last.height:
        return ended or not (line.text[0].islower() or last.text[-1] in HYPHENS or len(group) > 1)
    item = len(group) == 1 and ITEM.match(last.text)
    if step > 1.35 * leading * line.height or (line.left - last.left > 0.8 * line.height and not item):
        return True
    right = max(end, line.right)
    short = last.right < right - (0.2 if ended else 0.4) * (right - last.left)
    return short and line.text[0] not in ascii_lowercase


def undivided(lines: Sequence[str], hyphened: Collection[str] = ()) -> str:
    """Lines as one, with the words that their ends divide made whole, but those that are written with a hyphen elsewhere."""
    text = lines[0]
    for line in lines[1:]:
        divided, following = DIVIDED.search(text), re.match(r"[^\W\d_]+", line)
        if divided and following:
            word = f"{divided[1]}-{following[0]}".lower()
            soft = text[-1] in SOFT or (word not in hyphened and is_whole(divided[1], following[0]))
            text = (text[:-1] if soft and following[0][0].islower() else f"{text[:-1]}-") + line
        else:
            text += f" {line}"
    return text.translate(dict.fromkeys(map(ord, SOFT)))
