"""What a reader of files is given and gives back: a `File`, and each article `Found` in it.

>>> Found("Ms. Roe said no.", number=3).named("talks")
'talks-3'
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import BinaryIO

from helpers.errors import InputProblem
from helpers.records import DateSource

LARGEST = 64_000_000  # bytes of a file that holds one article, pictures and all
LINE_END = re.compile(r"\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class File:
    """A file on disk or in an archive. `where` is what a person is told; nothing is read before it is opened."""

    where: str
    open: Callable[[], BinaryIO]
    name: PurePath

    @property
    def suffix(self) -> str:
        return self.name.suffix.lower()

    def read(self, most: int = LARGEST) -> bytes:
        """All its bytes. Raises `InputProblem` where there are more than `most`."""
        if isinstance(self.name, Path) and self.name.is_file() and self.name.stat().st_size <= most:
            return self.name.read_bytes()
        with self.open() as stream:
            data = stream.read(most + 1)
        if len(data) > most:
            raise InputProblem(f"{self.where}: has over {most:,} bytes, which are read at most; split it, or take less")
        return data


def on_disk(path: Path) -> File:
    return File(str(path), lambda: path.open("rb"), path)


@dataclass(frozen=True, slots=True)
class Found:
    """One article in a file: its text, and what the file tells of it. `number` is its place among several."""

    text: str
    id: str = ""
    number: int = 0
    title: str | None = None
    byline: str | None = None
    date: str | None = None  # as it stands there
    source: str | None = None
    url: str | None = None
    date_source: DateSource = "field"
    notices: tuple[str, ...] = ()

    def named(self, stem: str) -> str:
        """Its own id, or one made of the file's name and its number."""
        return self.id or (f"{stem}-{self.number}" if self.number else stem)


Reader = Callable[[File], Iterator[Found | InputProblem]]


def single_spaced(words: str) -> str:
    """The words on one line, with single spaces."""
    return " ".join(words.split())


def tidy(lines: str) -> str:
    """Lines without white space at their edges, and none that is blank.

    >>> tidy(" No. \\r\\n\\n Yes.")
    'No.\\nYes.'
    """
    return "\n".join(line for part in LINE_END.split(lines) if (line := part.strip()))


def headed(title: str | None, text: str) -> str:
    """The text below its title, unless it already begins with it.

    >>> headed("Talks", "Ms. Roe said no."), headed("Talks", "TALKS\\nMs. Roe said no.")
    ('Talks\\nMs. Roe said no.', 'TALKS\\nMs. Roe said no.')
    """
    title, first = single_spaced(title or ""), single_spaced(text.partition("\n")[0])
    return text if not title or first.casefold() == title.casefold() else f"{title}\n{text}"
