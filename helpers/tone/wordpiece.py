"""A sentence as the numbers that the encoder reads: BERT's uncased WordPiece, with the place of each piece.

>>> WordPiece(["[UNK]", "un", "##moved", "roe"]).pieces("Roe: unmoved")    # doctest: +ELLIPSIS
[Piece(number=3, start=0, end=3), ..., Piece(number=1, start=5, end=7), Piece(number=2, start=7, end=12)]
"""

import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import regex

UNKNOWN = "[UNK]"
LONGEST = 100  # characters of a word; a longer one is unknown
LOST = (0, 0xFFFD)  # code points that stand for nothing
MARKS = "$+<=>^`|~"  # of ASCII, counted with the punctuation
IDEOGRAPHS = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002a6df\U0002a700-\U0002ceaf\U0002f800-\U0002fa1f"

SINGLE = rf"\p{{P}}{regex.escape(MARKS)}{IDEOGRAPHS}"
WORDS = regex.compile(
    rf"[{SINGLE}]|[^\s{SINGLE}]+"
)  # a mark or an ideograph by itself, or all up to the next or white space


class Piece(NamedTuple):
    """A word or a part of one: its number in the vocabulary, and the characters of the text that it stands for."""

    number: int
    start: int
    end: int


class WordPiece:
    """The pieces of a vocabulary, in which each but the first of a word begins with ##."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self.numbers = {piece: number for number, piece in enumerate(vocabulary)}
        self.unknown = self.numbers[UNKNOWN]
        self.words: dict[str, list[Piece]] = {}

    def pieces(self, text: str) -> list[Piece]:
        plain, places = plainly(text)
        found = []
        for word in WORDS.finditer(plain):
            first = word.start()
            for number, start, end in self.parts(word.group()):
                found.append(Piece(number, places[first + start], places[first + end - 1] + 1))
        return found

    def parts(self, word: str) -> list[Piece]:
        """The longest pieces from left to right; the whole is unknown where one of them is."""
        if word not in self.words:
            self.words[word] = self.split(word) or [Piece(self.unknown, 0, len(word))]
        return self.words[word]

    def split(self, word: str) -> list[Piece]:
        """The pieces of a word; none where they do not cover it."""
        found: list[Piece] = []
        start = 0
        while start < len(word) <= LONGEST:
            lead = "##" if start else ""
            ends = (end for end in range(len(word), start, -1) if lead + word[start:end] in self.numbers)
            end = next(ends, None)
            if end is None:
                return []
            found.append(Piece(self.numbers[lead + word[start:end]], start, end))
            start = end
        return found


def plainly(text: str) -> tuple[str, list[int]]:
    """The text in lower case without accents and control characters, and the place in `text` of each of its characters.

    >>> plainly("Éa")
    ('ea', [0, 1])
    """
    forms = [plain_form(character) for character in text]
    places = [place for place, form in enumerate(forms) for _ in form]
    return "".join(forms), places


@cache
def plain_form(character: str) -> str:
    """A character in lower case without its accents; nothing for one that stands for nothing."""
    if ord(character) in LOST or (character not in "\t\n\r" and unicodedata.category(character)[0] == "C"):
        return ""
    bare = "".join(c for c in unicodedata.normalize("NFD", character) if unicodedata.category(c) != "Mn")
    return bare.lower()
