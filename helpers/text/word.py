"""Files of word processors: .docx by python-docx, .rtf by striprtf."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from helpers.errors import InputProblem
from helpers.text.archives import checked
from helpers.text.found import LARGEST, File, Found, tidy

if TYPE_CHECKING:
    from lxml.etree import _Element

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TAKEN_OUT = {f"{WORD}{name}" for name in ("del", "moveFrom", "instrText")}  # tracked changes, codes of fields
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"  # a text box, for old programs again
PUT = {f"{WORD}tab": "\t", f"{WORD}br": "\n", f"{WORD}cr": "\n", f"{WORD}noBreakHyphen": "-"}
LOCKED = b"\xd0\xcf\x11\xe0"  # how the old .doc begins, and a .docx with a password
TITLES = ("title", "heading 1")  # styles
TITLE_WITHIN = 3  # paragraphs


def docx(file: File) -> Iterator[Found]:
    """The text of a Word file, a paragraph a line; what was struck out stays out. Raises `InputProblem`."""
    from docx import Document

    with file.open() as stream:
        if stream.read(4) == LOCKED:
            raise InputProblem(
                f"{file.where}: is locked by a password, or an old .doc; open it, and save it as .docx without"
            )
        stream.seek(0)
        document = Document(checked(stream, file.where))
    paragraphs = list(document.element.body.iter(f"{WORD}p"))
    text = tidy("\n".join(map(words, paragraphs)))
    first = [p for p in document.paragraphs if p.text.strip()][:TITLE_WITHIN]
    heads = (p for p in first if p.style is not None and (p.style.name or "").lower() in TITLES)
    yield Found(text, title=next((" ".join(p.text.split()) for p in heads), None))


def words(paragraph: _Element) -> str:
    """The words of a paragraph, without those of paragraphs inside it (in text boxes), which come by themselves."""
    parts: list[str] = []

    def walk(element: _Element) -> None:
        for child in element:
            if child.tag in TAKEN_OUT or child.tag in (f"{WORD}p", FALLBACK):
                continue
            parts.append(PUT.get(child.tag, "") if child.tag != f"{WORD}t" else child.text or "")
            walk(child)

    walk(paragraph)
    return "".join(parts)


def rtf(file: File) -> Iterator[Found]:
    from striprtf.striprtf import rtf_to_text

    data = file.read(LARGEST // 4)
    if not data.lstrip().startswith(b"{\\rtf"):
        raise InputProblem(f"{file.where}: is no RTF; let its name end as what it is, or save it anew as .rtf")
    yield Found(tidy(rtf_to_text(data.decode("cp1252", "replace"), errors="ignore")))
