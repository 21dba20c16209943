"""Words and verbs that show how somebody stands: the project's own lists, and VADER's beside them.

>>> tone_words()["equitable"].kind, tone_verbs()["condemn"].object
('harmony', -2)

The lists are the files ``tone_….csv`` and ``hollow_nouns.csv`` in ``data/vocabulary/``, a group of words a row.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from helpers.errors import VocabularyProblem
from helpers.knowledge.vocabulary import FOLDER, listed, one_of, read_csv_vocabulary

GROUPS = (
    "negation downtoner denying denial wish duty demand contrast beside own_side taking_up anybody opponent undertaking "
    "link determiner telling"
)


@dataclass(frozen=True, slots=True)
class ToneWord:
    """A word that is good or bad in this prose, and the group it belongs to."""

    word: str
    kind: str
    tone: int  # -3 … 3


@dataclass(frozen=True, slots=True)
class ToneVerb:
    """What a verb shows of who does it, of what it is done to, and of how the first stands towards the second."""

    verb: str
    kind: str
    subject: int  # -2 … 2, as the other two
    object: int
    attitude: int


@dataclass(frozen=True, slots=True)
class ToneAttitude:
    """How a noun or adjective stands towards what follows its preposition, and whether it is good or bad by itself."""

    word: str
    kind: str
    self: int  # -1, 0, 1
    attitude: int  # -1 or 1


@cache
def tone_words(folder: Path = FOLDER) -> dict[str, ToneWord]:
    """The words of tone_words.csv."""
    found: dict[str, ToneWord] = {}
    for row in read_csv_vocabulary(folder / "tone_words.csv", ("class", "tone", "words"), key="class"):
        tone = number(row, "tone", 3)
        for word in listed(row["words"]):
            once(found, word, row["_where"])
            found[word] = ToneWord(word, row["class"], tone)
    return found


@cache
def tone_phrases(folder: Path = FOLDER) -> dict[str, list[list[str]]]:
    """The phrases of tone_words.csv as lists of words, longest first, by their first word."""
    found: dict[str, list[list[str]]] = {}
    for phrase in sorted((w.split() for w in tone_words(folder) if " " in w), key=len, reverse=True):
        found.setdefault(phrase[0], []).append(phrase)
    return found


@cache
def tone_verbs(folder: Path = FOLDER) -> dict[str, ToneVerb]:
    """The verbs of tone_verbs.csv by lemma, with their particle or preposition where they have one.

    >>> tone_verbs()["stand by"].attitude
    2
    """
    columns = ("class", "subject", "object", "attitude", "verbs")
    found: dict[str, ToneVerb] = {}
    for row in read_csv_vocabulary(folder / "tone_verbs.csv", columns, key="class"):
        shown = [number(row, name, 2) for name in columns[1:4]]
        for verb in listed(row["verbs"]):
            once(found, verb, row["_where"])
            found[verb] = ToneVerb(verb, row["class"], *shown)
    return found


@cache
def tone_attitudes(folder: Path = FOLDER) -> dict[tuple[str, str], ToneAttitude]:
    """The words of tone_attitudes.csv by word and preposition.

    >>> tone_attitudes()["concern", "over"].attitude, tone_attitudes()["concern", "for"].attitude
    (-1, 1)
    """
    columns = ("class", "self", "attitude", "preps", "words")
    found: dict[tuple[str, str], ToneAttitude] = {}
    for row in read_csv_vocabulary(folder / "tone_attitudes.csv", columns, key="class"):
        shown = number(row, "self", 1), number(row, "attitude", 1)
        for word in listed(row["words"]):
            for preposition in listed(row["preps"]):
                if (word, preposition) in found:
                    where, first = row["_where"], found[word, preposition].kind
                    raise VocabularyProblem(
                        f"{where}: {word!r} with {preposition!r} stands already in the group {first!r}; remove one"
                    )
                found[word, preposition] = ToneAttitude(word, row["class"], *shown)
    return found


@cache
def hollow_nouns(folder: Path = FOLDER) -> dict[str, str]:
    """The nouns of hollow_nouns.csv and their group.

    >>> hollow_nouns()["need"]
    'attitude'
    """
    found: dict[str, str] = {}
    for row in read_csv_vocabulary(folder / "hollow_nouns.csv", ("class", "nouns"), key="class"):
        for noun in listed(row["nouns"]):
            if noun in found:
                where = row["_where"]
                raise VocabularyProblem(f"{where}: {noun!r} stands already in the group {found[noun]!r}; remove one")
            found[noun] = row["class"]
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
    try:
        value = int(row[column])
    except ValueError:
        value = most + 1
    if abs(value) > most:
        raise VocabularyProblem(
            f"{row['_where']}: {column} {row[column]!r} is no number from -{most} to {most}; mend it"
        )
    return value


def once(found: dict[str, ToneWord] | dict[str, ToneVerb], word: str, where: str) -> None:
    """Raises `VocabularyProblem` where `word` stands already in the list."""
    if word in found:
        raise VocabularyProblem(f"{where}: {word!r} stands already in the group {found[word].kind!r}; remove one")


@cache
def vader() -> dict[str, float]:
    """The words of VADER's list with their valence, -4 to 4 (vaderSentiment, MIT)."""
    lines = files("vaderSentiment").joinpath("vader_lexicon.txt").read_text(encoding="utf8").splitlines()
    return {word: float(weight) for word, weight in (line.split("\t")[:2] for line in lines if "\t" in line)}
