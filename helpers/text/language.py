"""Is a text English? What is not is said, and not guessed at.

>>> other_language("Le ministre a déclaré mardi que les négociations avec les alliés seraient longues et difficiles.")
'French'
>>> other_language("Phạm Minh Chính and Tô Lâm said that talks with the envoys from Hà Nội and Đà Nẵng had failed.")

py3langid tells the language of an ordinary text. The names in a short one (as above) may mislead it, so a text with
the share of small words that only English has is English.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from helpers.knowledge.writing import languages
from helpers.text.readable import readable

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

FEWEST_WORDS = 5  # fewer words in Latin letters do not show their language
SAMPLE = 5_000  # characters
CERTAIN = 0.9  # probability
ENGLISH = frozenset("the of and to that with from said by has have which would were their been".split())
ENGLISH_SHARE = 0.1  # of the words of a text; running English has 0.2 to 0.35, other languages under 0.05
WORD = re.compile(r"[^\W\d_]{2,}")
LATIN = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ]")


@cache
def identifier() -> LanguageIdentifier:
    """py3langid's model, loaded at the first call."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def other_language(text: str) -> str | None:
    """The name of the language if it can be told and is not English, else None."""
    half = SAMPLE // 2  # of the beginning and of the middle
    sample = readable(text if len(text) <= SAMPLE else text[:half] + " " + text[len(text) // 2 :][:half]).text
    words = WORD.findall(sample.lower())
    if not words:
        return None
    latin = 2 * len(LATIN.findall(sample)) >= sum(char.isalpha() for char in sample)
    if latin and (len(words) < FEWEST_WORDS or sum(word in ENGLISH for word in words) >= ENGLISH_SHARE * len(words)):
        return None
    code, probability = likeliest(sample)
    if latin and (code == "en" or probability < CERTAIN):
        return None
    if code == "en":
        return "another script"  # letters that are not Latin, in a language that was not recognised
    return languages()[code].name if code in languages() else f"another language ({code})"


def likeliest(text: str) -> tuple[str, float]:
    """The code of the likeliest language, and the probability that it is this one or one that looks like it."""
    ranked = identifier().rank(text)
    code = ranked[0][0]
    alike = {code, *(languages()[code].like if code in languages() else ())}
    return code, sum(float(probability) for other, probability in ranked if other in alike)
