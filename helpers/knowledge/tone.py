"""Words and verbs that show how somebody stands: the project's own lists, and VADER's beside them.

>>> tone_words()["equitable"].kind, tone_verbs()["condemn"].object
('harmony', -2)

The lists are the files ``tone_….csv`` and ``hollow_nouns.csv`` in ``data/vocabulary/``, a group of words a row.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import product
from pathlib import Path
from typing import TypeVar

from helpers.errors import VocabularyProblem
from helpers.knowledge.vocabulary import FOLDER, Row, listed, one_of, read_csv_vocabulary

Key = TypeVar("Key")

GROUPS = (
    "negation negating dashing downtoner denying denial withheld amends wish duty demand contrast turning beside "
    "own_side whose evidence taking_up anybody somebody opponent undertaking link telling place condition"
)


@dataclass(frozen=True, slots=True)
class Tone:
    """What a word shows by itself (`tone`, -3 to 3; of a noun with a preposition `self`, -1 to 1), and the group it is in.

    A verb shows something of who does it, of what it is done to, and of how the first stands towards the second (-2 to 2);
    a noun or adjective with a preposition, how it stands towards what follows (-1 or 1).
    """

    word: str
    kind: str
    tone: int = 0
    subject: int = 0
    object: int = 0
    attitude: int = 0
    self: int = 0


def tones(file: str, words: str, **most: int) -> Callable[..., dict[str, Tone]]:
    """A reader of a list of groups of words, with some numbers for each group, from -most to most."""

    @cache
    def read(folder: Path = FOLDER) -> dict[str, Tone]:
        found: dict[str, Tone] = {}
        for row in read_csv_vocabulary(folder / file, ("class", *most, words), key="class"):
            shown = {column: number(row, column, limit) for column, limit in most.items()}
            found |= {once(word, found, row): Tone(word, row["class"], **shown) for word in listed(row[words])}
        return found

    return read


tone_words = tones("tone_words.csv", "words", tone=3)
tone_verbs = tones("tone_verbs.csv", "verbs", subject=2, object=2, attitude=2)  # also with a particle: stand by
hollow_nouns = tones("hollow_nouns.csv", "nouns")  # the need, the time: no targets by themselves


@cache
def tone_phrases(folder: Path = FOLDER) -> dict[str, list[list[str]]]:
    """The phrases of tone_words.csv as lists of words, longest first, by their first word."""
    found: dict[str, list[list[str]]] = {}
    for phrase in sorted((w.split() for w in tone_words(folder) if " " in w), key=len, reverse=True):
        found.setdefault(phrase[0], []).append(phrase)
    return found


@cache
def tone_attitudes(folder: Path = FOLDER) -> dict[tuple[str, str], Tone]:
    """The words of tone_attitudes.csv by word and preposition.

    >>> tone_attitudes()["concern", "over"].attitude, tone_attitudes()["concern", "for"].attitude
    (-1, 1)
    """
    found: dict[tuple[str, str], Tone] = {}
    columns = ("class", "self", "attitude", "preps", "words")
    for row in read_csv_vocabulary(folder / "tone_attitudes.csv", columns, key="class"):
        shown = {column: number(row, column, 1) for column in ("self", "attitude")}
        for word, preposition in product(listed(row["words"]), listed(row["preps"])):
            found[once((word, preposition), found, row)] = Tone(word, row["class"], **shown)
    return found


@cache
def tone_groups(folder: Path = FOLDER) -> dict[str, frozenset[str]]:
    """The small words and verbs of tone_groups.csv by what they do to a stance.

    >>> "must" in tone_groups()["demand"]
    True
    """
    rows = read_csv_vocabulary(folder / "tone_groups.csv", ("group", "words"), key="group")
    found = {one_of(row, "group", GROUPS): frozenset(listed(row["words"])) for row in rows}
    return {group: found.get(group, frozenset()) for group in GROUPS.split()}


def number(row: dict[str, str], column: str, most: int) -> int:
    """The cell as a whole number from -most to most."""
    if not re.fullmatch(r"-?\d", row[column]) or abs(int(row[column])) > most:
        raise VocabularyProblem(
            f"{row['_where']}: {column} {row[column]!r} is no number from -{most} to {most}; mend it"
        )
    return int(row[column])


def once(key: Key, found: Mapping[Key, Tone], row: Row) -> Key:
    """`key`, if it does not stand in the list already; else raises `VocabularyProblem`."""
    if key in found:
        first = found[key].kind
        raise VocabularyProblem(f"{row['_where']}: {key!r} stands already in the group {first!r}; remove one")
    return key


@cache
def vader() -> dict[str, float]:
    """The words of VADER's list with their valence, -4 to 4 (vaderSentiment, MIT)."""
    lines = files("vaderSentiment").joinpath("vader_lexicon.txt").read_text(encoding="utf8").splitlines()
    return {word: float(weight) for word, weight in (line.split("\t")[:2] for line in lines if "\t" in line)}
