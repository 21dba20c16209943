"""Mails (.eml), and web pages that a browser saved as one file in the form of a mail (.mhtml)."""

import email
import re
from codecs import BOM_UTF8
from collections.abc import Iterator
from contextlib import suppress
from email.message import EmailMessage, MIMEPart
from email.policy import default

from helpers.errors import InputProblem
from helpers.text.decode import marked_up
from helpers.text.found import File, Found, headed, tidy
from helpers.text.web import found_in, inner_text, markup
from helpers.wording import counted, listing

NOT_TRUSTED = ("utf-8", "us-ascii", "iso-8859-1", "windows-1252")  # what many programs write, whatever it is
PREFIXES = re.compile(r"^(?:\s*(?:re|fwd?):)+", re.I)
SENT_ON = re.compile(
    r"^[-_ \t]*(?:begin )?(?:forwarded|original) (?:message|mail).*\n\s*(?:(?:From|Date|Sent|Subject|To|Cc|Reply-To):.*\n)+",
    re.I | re.M,
)


def mails(file: File) -> Iterator[Found]:
    """The text of a mail: its plain part, or else its page. The subject is the title, the sender the author."""
    message = parsed(file)
    body = message.get_body(("plain", "html"))
    if body is None:
        raise InputProblem(f"{file.where}: is a mail without text; save what is attached to it, and name those files")
    data = part_bytes(body)
    page = body.get_content_type() == "text/html"
    source = markup(data, file.where) if page else marked_up(data, file.where)[0]
    names = [name for part in message.iter_attachments() if (name := part.get_filename())]
    yield Found(
        headed(subject(message), SENT_ON.sub("", mail_text(source, file.where) if page else source)),
        title=subject(message),
        byline=str(message["from"].addresses[0].display_name) or None if message["from"] else None,
        date=str(message["date"].datetime.date()) if message["date"] and message["date"].datetime else None,
        notices=(f"not read: {counted(len(names), 'attachment')} ({listing(names[:5])}); save and name them",)
        if names
        else (),
    )


def mail_text(source: str, where: str) -> str:
    """The text of a mail that is written as a page."""
    with suppress(InputProblem):
        return found_in(source, where).text
    return inner_text(source)


def subject(message: EmailMessage) -> str | None:
    """The subject, without the marks of an answer or of one sent on."""
    return tidy(PREFIXES.sub("", str(message["subject"] or ""))) or None


def pages(file: File) -> Iterator[Found]:
    """The article of a page that was saved as .mhtml. Raises `InputProblem` where it holds no page."""
    message = parsed(file)
    for part in message.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            source = markup(part_bytes(part), file.where)
            address = str(message["Snapshot-Content-Location"] or part["Content-Location"] or "").strip()
            yield found_in(source, file.where, address if address.startswith("http") else None)
            return
    raise InputProblem(f"{file.where}: holds no web page; save the page anew, as .html or .mhtml")


def parsed(file: File) -> EmailMessage:
    return email.message_from_bytes(file.read(), policy=default)


def part_bytes(part: MIMEPart) -> bytes:
    """The bytes of a part, out of the form in which mails send them; of a rare encoding, as UTF-8 with its mark."""
    data, charset = part.get_payload(decode=True), part.get_content_charset()
    if not isinstance(data, bytes):
        return b""
    if charset in (None, *NOT_TRUSTED):
        return data
    with suppress(LookupError):
        return BOM_UTF8 + data.decode(charset, "replace").encode()
    return data
