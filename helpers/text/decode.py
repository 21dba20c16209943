"""The text of a file, whatever encoding it was saved in, as long as that can be told.

>>> decode("“No,” she said.\\r\\n".encode("cp1252"), "a.txt")
'“No,” she said.\\n'

Known: UTF-8, UTF-16 (also without a mark at its beginning) and Windows-1252. The mark is dropped, line ends become ``\\n``.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from contextlib import suppress

from helpers.errors import InputProblem

BYTE_ORDER_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f]")  # those above are what a wrong decoding leaves of letters and marks
MOST_CONTROLS = 0.01  # share of control characters that a text may have
UNREADABLE = "\N{REPLACEMENT CHARACTER}"
OTHER_FORMATS = {  # how a text begins that is marked up for another program
    "{\\rtf": "RTF",
    "%pdf-": "PDF",
    "%!ps": "PostScript",
    "<!doctype html": "HTML",
    "<html": "HTML",
    "<?xml": "XML",
}


def decode(data: bytes, where: str) -> str:
    """The text of a file. Raises `InputProblem` for what is no plain text, naming `where` and the mend.

    >>> decode(b"\\xff\\xfeN\\x00o\\x00", "a.txt"), decode(b"N\\x00o\\x00", "a.txt")
    ('No', 'No')
    """
    for text in decodings(data):
        if "\0" not in text and len(CONTROL.findall(text)) <= MOST_CONTROLS * len(text):
            start = text[:200].lstrip().lower()
            if kind := next((name for mark, name in OTHER_FORMATS.items() if start.startswith(mark)), None):
                raise InputProblem(
                    f"{where}: holds {kind}, not plain text; open it, and save or copy the article as .txt"
                )
            return text.replace("\r\n", "\n").replace("\r", "\n")
    raise InputProblem(f"{where}: is not a text file; save the article as plain text in UTF-8")


def decodings(data: bytes) -> Iterator[str]:
    """The text under each encoding that fits, the likeliest first."""
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            yield data[len(mark) :].decode(encoding, "replace")
            return
    even, odd = data[::2].count(0), data[1::2].count(0)
    guess = "utf-8"
    if max(even, odd) > len(data) / 8:  # Latin letters in UTF-16 have a zero byte each
        guess = "utf-16-le" if odd > even else "utf-16-be"
    with suppress(UnicodeDecodeError):
        yield data.decode(guess)
        return
    if (text := damaged_utf8(data)) is not None:
        yield text
    with suppress(UnicodeDecodeError):
        yield data.decode("cp1252")


def damaged_utf8(data: bytes) -> str | None:
    """The text of UTF-8 with a few broken bytes, each as ``\\ufffd``; None if most other bytes are broken too.

    >>> damaged_utf8("“No,” she said. “".encode()[:-1]), damaged_utf8("“No”".encode("cp1252"))
    ('“No,” she said. �', None)
    """
    text = data.decode("utf-8", "replace")
    broken = text.count(UNREADABLE)
    return text if sum(not char.isascii() for char in text) > 2 * broken else None
