"""How hard a text is to read, with textstat.

>>> level = readability("Negotiators discussed the agreement. Both sides said it would hold.")
>>> level.words, level.sentences, level.flesch_kincaid_grade
(10, 2, 6.4)

Flesch reading ease runs from 100 (easy) down; the grades are US school years (Flesch 1948; Kincaid et al. 1975;
Gunning 1952; Dale & Chall 1948/1995). They were made for passages of 100 words: a single statement gives a hint, no more.
"""

from __future__ import annotations

import re
from functools import cache
from types import ModuleType

from helpers.records import Readability


@cache
def engine() -> ModuleType:
    """textstat, loaded at the first call (its word lists take half a second)."""
    import textstat

    return textstat


def readability(text: str) -> Readability:
    """The scores of `text`, rounded to one decimal; a text without words scores 0 throughout."""
    words = len(re.findall(r"\w[\w'’.-]*", text))
    if words == 0:
        return Readability(0, 0, 0.0, 0.0, 0.0, 0.0)
    measure = engine()
    return Readability(
        words=words,
        sentences=measure.sentence_count(text),
        flesch_reading_ease=round(measure.flesch_reading_ease(text), 1),
        flesch_kincaid_grade=round(measure.flesch_kincaid_grade(text), 1),
        gunning_fog=round(measure.gunning_fog(text), 1),
        dale_chall=round(measure.dale_chall_readability_score(text), 1),
    )
