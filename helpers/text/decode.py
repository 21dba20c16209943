"""The text of a file, whatever encoding it was saved in, as long as that can be told.

>>> decode("“No,” she said.\\r\\n".encode("cp1252"), "a.txt")
'“No,” she said.\\n'
>>> decode_and_explain("“No,” she said.\\n".encode() + "“Yes,” he said.".encode("cp1252"), "a.txt")
('“No,” she said.\\n“Yes,” he said.', ('read as Windows-1252, among others in UTF-8: 1 line',))

Known: UTF-8, UTF-16 (also without a mark at its beginning) and Windows-1252. The mark is dropped, line ends become ``\\n``.
"""

import codecs
import re
from collections.abc import Iterator
from contextlib import suppress

from helpers.errors import InputProblem
from helpers.wording import counted

BYTE_ORDER_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f]")  # those above are what a wrong decoding leaves of letters and marks
SURROGATE = re.compile(r"[\ud800-\udfff]")
MOST_CONTROLS = 0.04  # share of control characters that a text may have; noise has a tenth
UNREADABLE = "\N{REPLACEMENT CHARACTER}"
OTHER_FORMATS = {  # how a text begins that is marked up for another program, and how the name of such a file ends
    "{\\rtf": ("RTF", ".rtf"),
    "%pdf-": ("PDF", ".pdf"),
    "%!ps": ("PostScript", ".ps"),
    "<!doctype html": ("HTML", ".html"),
    "<html": ("HTML", ".html"),
    "<?xml": ("XML", ".xml"),
}
Decoded = tuple[str, tuple[str, ...]]  # a text, and what was mended


def decode(data: bytes, where: str) -> str:
    """The text of a file. Raises `InputProblem` for what is no plain text, naming `where` and the mend.

    >>> decode(b"\\xff\\xfeN\\x00o\\x00", "a.txt"), decode(b"N\\x00o\\x00", "a.txt")
    ('No', 'No')
    """
    return decode_and_explain(data, where)[0]


def decode_and_explain(data: bytes, where: str) -> Decoded:
    """The text of a file, and what was mended. Raises `InputProblem` for what is no plain text."""
    text, mended = marked_up(data, where)
    start = text[:200].lstrip().lower()
    if kind := next((names for mark, names in OTHER_FORMATS.items() if start.startswith(mark)), None):
        raise InputProblem(
            f"{where}: holds {kind[0]}, not plain text; let its name end in {kind[1]}, or save the article as .txt"
        )
    return text, mended


def marked_up(data: bytes, where: str) -> Decoded:
    """The text of a file that may be marked up for another program, and what was mended."""
    for text, mended in decodings(data):
        if len(CONTROL.findall(text)) <= MOST_CONTROLS * len(text):
            return text.replace("\r\n", "\n").replace("\r", "\n"), mended
    raise InputProblem(f"{where}: is not a text file; save the article as plain text in UTF-8")


def oddities(text: str) -> Iterator[str]:
    """What is odd in a text, and how it is read.

    >>> list(oddities("No.\\x07"))
    ['not read: 1 control character']
    """
    if controls := len(CONTROL.findall(text)):
        yield f"not read: {counted(controls, 'control character')}"
    if broken := text.count(UNREADABLE) + len(SURROGATE.findall(text)):
        yield f"{counted(broken, 'broken character')}, for which {UNREADABLE} stands"


def decodings(data: bytes) -> Iterator[Decoded]:
    """The text under each encoding that fits, the likeliest first."""
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            body = data[len(mark) :]
            yield by_line(body) if encoding == "utf-8" else (body.decode(encoding, "replace"), ())
            return
    even, odd = data[::2].count(0), data[1::2].count(0)
    if max(even, odd) > len(data) / 8:  # Latin letters in UTF-16 have a zero byte each
        with suppress(UnicodeDecodeError):
            yield data.decode("utf-16-le" if odd > even else "utf-16-be"), ()
            return
    yield by_line(data)


def by_line(data: bytes) -> Decoded:
    """The text of UTF-8 in which some lines, or all, are Windows-1252, or have a few broken bytes."""
    with suppress(UnicodeDecodeError):
        return data.decode(), ()
    lines = data.splitlines(keepends=True)
    sound = [is_utf8(line) for line in lines]
    mixed = any(whole and not line.isascii() for whole, line in zip(sound, lines, strict=True))
    told, others = [], 0
    for whole, line in zip(sound, lines, strict=True):
        text = line.decode("utf-8", "replace")
        parts = mixed and text.count(UNREADABLE) < sum(byte > 127 for byte in line)  # of characters cut in two
        other = not (whole or parts or mostly_sound(text))
        others += other
        told.append(line.decode("cp1252", "replace") if other else text)
    notice = (f"read as Windows-1252, among others in UTF-8: {counted(others, 'line')}",) if mixed and others else ()
    return "".join(told), notice


def is_utf8(line: bytes) -> bool:
    with suppress(UnicodeDecodeError):
        line.decode()
        return True
    return False


def mostly_sound(text: str) -> bool:
    """Was it UTF-8, of which only a few bytes are broken (and stand here as ``\\ufffd``)?

    >>> mostly_sound("“No,” she said. �"), mostly_sound("�No�")
    (True, False)
    """
    return sum(not char.isascii() for char in text) > 2 * text.count(UNREADABLE)
