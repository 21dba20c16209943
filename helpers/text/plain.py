"""Text files: .txt as it stands, and Markdown without its marks.

>>> unmarked("# Talks\\n\\nMs. Roe said **no** to [them](https://post.example).\\n![A ferry](a.jpg)\\n> Never.")
'Talks\\n\\nMs. Roe said no to them.\\n\\nNever.'
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from helpers.text.decode import decode_and_explain
from helpers.text.found import File, Found
from helpers.text.sheets import row_found

LARGEST = 16_000_000  # bytes
FRONT = re.compile(r"---[ \t]*\n(.*?)\n---[ \t]*(?:\n|$)", re.DOTALL)
MARKS = (
    (re.compile(r"^[ \t]*```.*$|^[ \t]*(?:[-*_][ \t]*){3,}$|!\[[^\]]*\]\([^)]*\)|!\[\[[^\]]*\]\]", re.M), ""),
    (re.compile(r"^[ \t]{0,3}(?:#{1,6}[ \t]+|(?:>[ \t]?)+|[-*+][ \t]+|\[\^[^\]]+\]:[ \t]*)", re.M), ""),
    (re.compile(r"\[\^[^\]]+\]|[ \t]+#+[ \t]*$", re.M), ""),
    (re.compile(r"\[([^\]]*)\](?:\([^)\n]*\)|\[[^\]\n]*\])"), r"\1"),
    (re.compile(r"<(https?://[^>\s]+)>"), r"\1"),
    (re.compile(r"(\*\*|__|~~)(?=\S)(.+?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<![\w*_])([*_])(?=\S)([^*_\n]+?)(?<=\S)\1(?![\w*_])"), r"\2"),
    (re.compile(r"\\([\\`*_{}\[\]()#+.!>~-])"), r"\1"),
)


def text(file: File) -> Iterator[Found]:
    """The text of a file, character for character."""
    content, notices = decode_and_explain(file.read(LARGEST), file.where)
    yield Found(content, notices=notices)


def markdown(file: File) -> Iterator[Found]:
    """The text of a Markdown file. Fields between lines of dashes on top (title, date, author, source) are read as such."""
    content, notices = decode_and_explain(file.read(LARGEST), file.where)
    front = FRONT.match(content)
    told = row_found({**fields(front[1]), "text": ""}, 0) if front else Found("")
    yield replace(
        told, id="", text=unmarked(content[front.end() :] if front else content), notices=(*notices, *told.notices)
    )


def unmarked(content: str) -> str:
    """The text without Markdown's marks."""
    for mark, put in MARKS:
        content = mark.sub(put, content)
    return content


def fields(front: str) -> dict[str, str]:
    """The fields that stand above a text: a name, a colon, a value.

    >>> fields('title: "Talks: day 2"\\nauthor:\\n  - "[[Ada Roe]]"')
    {'title': 'Talks: day 2', 'author': 'Ada Roe'}
    """
    found: dict[str, list[str]] = {}
    name = ""
    for line in front.split("\n"):
        if (key := re.match(r"([\w-]+):(.*)", line)) is not None:
            name, line = key[1], key[2]
        if value := re.sub(r"\[\[(.*?)\]\]", r"\1", line.strip().removeprefix("- ").strip("\"'")):
            found.setdefault(name, []).append(value)
    return {key: ", ".join(values) for key, values in found.items()}
