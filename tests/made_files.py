"""Small fictional files of every kind that is read, each written by a function: what browsers, offices and databases save."""

from __future__ import annotations

import io
import json
import zipfile
from email.message import EmailMessage

FIRST = "Defence Minister Elin Quist said on Monday that the strait was open to ferries again."
SECOND = "“We never closed it,” she told reporters in Lindholm. “We never will.”"
THIRD = "Foreign Minister Bo Lind said that talks with Ostmark would resume in the spring."
BODY = (FIRST, SECOND, THIRD)
TITLE = "Norvia reopens the strait"
TEXT = "\n".join((TITLE, *BODY))
PLAIN = "\n\n".join(BODY)


def page(body="", head="", title=TITLE, paragraphs=BODY):
    """A news page with a menu, an article, links and a foot."""
    text = "".join(f"<p>{words}</p>" for words in paragraphs)
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title} | Harbour Post</title>{head}</head><body>'
        '<nav><ul><li><a href="/">Home</a></li><li><a href="/world">World news</a></li></ul></nav>'
        f"<main><article><h1>{title}</h1>{text}{body}</article>"
        '<aside><h3>Read more</h3><ul><li><a href="/y">Ten facts about the strait</a></li></ul></aside></main>'
        "<footer>© 2031 Harbour Post <a href='/p'>Privacy</a></footer><script>menu({'said': 1})</script></body></html>"
    )


HEAD = (
    '<meta property="og:site_name" content="Harbour Post"><meta name="author" content="Ada Roe">'
    '<meta property="article:published_time" content="2031-10-03T08:00:00+02:00">'
    '<link rel="canonical" href="https://post.example/strait">'
)


def mhtml(source):
    """A page as Chromium saves it in one file."""
    message = EmailMessage()
    message["Snapshot-Content-Location"] = "https://post.example/strait"
    message["Subject"] = TITLE
    message.set_content("x")
    message.make_related()
    part = EmailMessage()
    part.set_content(source, subtype="html", charset="utf-8", cte="quoted-printable")
    message.set_payload([part])
    return message.as_bytes()


def mail(text=PLAIN, page=None, attached=False, subject=f"Fwd: {TITLE}"):
    message = EmailMessage()
    message["From"], message["Subject"], message["Date"] = (
        "Ada Roe <a@post.example>",
        subject,
        "Fri, 03 Oct 2031 08:00:00 +0200",
    )
    if page is None:
        message.set_content(text)
    else:
        message.set_content(page, subtype="html")
    if attached:
        message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="note.pdf")
    return message.as_bytes()


def docx(*paragraphs, title=None):
    import docx as word

    document = word.Document()
    if title:
        document.add_heading(title, 0)
    for words in paragraphs:
        document.add_paragraph(words)
    return saved(document.save)


def xlsx(*rows):
    import openpyxl

    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    return saved(book.save)


def parquet(rows):
    import pyarrow as pa
    import pyarrow.parquet as pq

    return saved(lambda out: pq.write_table(pa.Table.from_pylist(rows), out))


def saved(save):
    out = io.BytesIO()
    save(out)
    return out.getvalue()


def zipped(files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def jsonl(*rows):
    return "\n".join(map(json.dumps, rows)).encode()


def pdf(*pages, locked=b"", created=""):
    """A PDF of pages of lines, each (left, bottom, size, words)."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>",
    ]
    kids = []
    for lines in pages:
        drawn = b"".join(b"BT /F1 %g Tf 1 0 0 1 %g %g Tm (%s) Tj ET\n" % (s, x, y, escaped(t)) for x, y, s, t in lines)
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn))
        content = len(objects)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % content
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(kids))
    if locked or created:
        objects.append(locked or b"<< /CreationDate (D:%s) >>" % created.encode())
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    more = (
        b" /Encrypt %d 0 R /ID [<00><00>]" % len(objects)
        if locked
        else b" /Info %d 0 R" % len(objects)
        if created
        else b""
    )
    end = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    end += b"trailer << /Size %d /Root 1 0 R%s >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, more, len(out))
    return out + end


def escaped(words):
    return words.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


LOCK = b"<< /Filter /Standard /V 1 /R 2 /O (%s) /U (%s) /P -4 >>" % (b"o" * 32, b"u" * 32)


def columns(left, right, head="Harbour Post", number=1, title=TITLE):
    """A page of two columns, drawn row by row, below its head and a title, above its number."""
    lines = [(72, 760, 8, f"{head} {number}"), (72, 720, 20, title)]
    for n, pair in enumerate(zip(left, right, strict=True)):
        lines += [(x, 690 - 12 * n, 8, words) for x, words in zip((72, 320), pair, strict=True) if words]
    return [*lines, (300, 30, 8, str(number))]


# --- exports of news databases ---


def nexis(*articles):
    """The lines of an export of Nexis Uni."""
    yield from (
        "",
        "Date and Time: Friday, 3. October 2031 09:31:00 CEST",
        "Job Number: 1",
        f"Documents ({len(articles)})",
    )
    for number, (title, *_) in enumerate(articles, 1):
        yield from (f"{number}. {title}", "Client/Matter: -None-", "Search Terms: strait")
    for title, outlet, day, byline, body in articles:
        yield from (
            "",
            title,
            outlet,
            day,
            "",
            f"\nCopyright 2031 {outlet} All Rights Reserved",
            "Section:\xa0WORLD; Version:1",
        )
        yield from (
            "Length:\xa0355 words",
            f"Byline:\xa0{byline}",
            "Body",
            "",
            *body,
            "Classification",
            "Language:\xa0ENGLISH",
        )
        yield from ("Load-Date:\xa0October 4, 2031", "\nEnd of Document")


def lexis(*articles):
    """The text of an export of the old LexisNexis."""
    out = "Download Request: Selected Items: 1-2\nTime Of Request: Friday, October 3, 2031\n\n"
    for number, (title, outlet, day, byline, body) in enumerate(articles, 1):
        out += f"\n{' ' * 31}{number} of {len(articles)} DOCUMENTS\n\n\n{' ' * 30}{outlet}\n\n{' ' * 28}{day}\n\n{title}\n\n"
        out += f"BYLINE: {byline}\n\nSECTION: WORLD; Pg. 1\n\nLENGTH: 355 words\n\n"
        out += "\n\n".join(broken(words) for words in body) + "\n\nLOAD-DATE: October 4, 2031\n\nLANGUAGE: ENGLISH\n\n"
        out += f"\n{' ' * 23}Copyright 2031 {outlet}\n{' ' * 30}All Rights Reserved\n"
    return out


def broken(words, width=40):
    import textwrap

    return textwrap.fill(words, width)


def factiva_html(*articles):
    """An export of Factiva with its codes, as a page."""

    def row(code, words):
        return f'<tr><td align="right" class="index"><b>{code}</b> </td><td>{words}</td></tr>'

    out = ""
    for number, (title, outlet, day, byline, body) in enumerate(articles, 1):
        lead, *rest = (f'<p class="articleParagraph enarticleParagraph">{words}</p>\n' for words in body)
        cells = [
            ("SE", "World"),
            ("HD", f'<b class="enHeadline">{title}</b>\n'),
            ("BY", f"By {byline}"),
            ("WC", "355 words"),
        ]
        cells += [
            ("PD", day),
            ("ET", "08:00"),
            ("SN", outlet),
            ("SC", "HARBPO"),
            ("LA", "English"),
            ("CY", f"(c) 2031 {outlet}"),
        ]
        cells += [
            ("LP", lead),
            ("TD", "".join(rest)),
            ("RE", "nor : Norvia"),
            ("AN", f"Document HARBPO0020311003e7a3000{number}x"),
        ]
        out += f'<div class="article enArticle"><table>{"".join(row(*cell) for cell in cells)}</table><br></div><br>'
    return f"<html><head><title>Factiva</title></head><body><form><h1>Factiva</h1>{out}</form></body></html>"


def factiva_lines(*articles):
    """An export of Factiva without codes, as text."""
    for number, (title, outlet, day, byline, body) in enumerate(articles, 1):
        yield from (
            title,
            f"By {byline}",
            "355 words",
            day,
            "08:00",
            outlet,
            "HARBPO",
            "English",
            f"(c) 2031 {outlet}",
            *body,
        )
        yield from (f"Document HARBPO0020311003e7a3000{number}x", "")


def factiva_xml(*articles):
    out = ""
    for number, (title, outlet, _, byline, body) in enumerate(articles, 1):
        lead, *tail = (f"<paragraph display='Proportional'>{words}</paragraph>" for words in body)
        out += (
            f"<ppsarticle><article><accessionNo>HARBPO0020311003e7a3000{number}</accessionNo><headline><paragraph>{title}"
            f"</paragraph></headline><byline>{byline}</byline><leadParagraph>{lead}</leadParagraph><publicationDate><dateTime>"
            f"2031-10-03T08:00:00Z</dateTime></publicationDate><sourceName>{outlet}</sourceName>"
            f"<tailParagraphs>{''.join(tail)}</tailParagraphs></article></ppsarticle>"
        )
    space = 'xmlns="http://global.factiva.com/pps/2.0"'
    out = f"<PPSResponse><ppsArticleResponse {space}>{out}</ppsArticleResponse></PPSResponse>"
    return f'<?xml version="1.0" encoding="utf-8"?>{out}'
