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

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

FEWEST_WORDS = 5  # fewer words in Latin letters do not show their language
SAMPLE = 5_000  # characters
CERTAIN = 0.9  # probability
ENGLISH = frozenset("the of and to that with from said by has have which would were their been".split())
ENGLISH_SHARE = 0.1  # of the words of a text; running English has 0.2 to 0.35, other languages under 0.05
ALIKE = [set(group.split()) for group in ("id ms jv", "bs hr sr", "da nb nn no", "cs sk", "es gl", "af nl", "fa ps ur")]
WORD = re.compile(r"[^\W\d_]{2,}")
LATIN = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ]")


@cache
def identifier() -> LanguageIdentifier:
    """py3langid's model, loaded at the first call."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def other_language(text: str) -> str | None:
    """The name of the language if it can be told and is not English, else None."""
    sample = sample_of(text)
    words = WORD.findall(sample.lower())
    if not words:
        return None
    latin = mostly_latin(sample)
    if latin and (len(words) < FEWEST_WORDS or sum(word in ENGLISH for word in words) >= ENGLISH_SHARE * len(words)):
        return None
    code, probability = likeliest(sample)
    return (
        None if latin and (code == "en" or probability < CERTAIN) else LANGUAGES.get(code, f"another language ({code})")
    )


def likeliest(text: str) -> tuple[str, float]:
    """The code of the likeliest language, and the probability that it is this one or one that looks like it."""
    ranked = identifier().rank(text)
    code = ranked[0][0]
    alike = next((group for group in ALIKE if code in group), {code})
    return code, sum(float(probability) for other, probability in ranked if other in alike)


def sample_of(text: str) -> str:
    """The beginning and the middle of a text."""
    half = SAMPLE // 2
    return text if len(text) <= SAMPLE else text[:half] + " " + text[len(text) // 2 :][:half]


def mostly_latin(text: str) -> bool:
    """Are at least half of the letters Latin?"""
    return 2 * len(LATIN.findall(text)) >= sum(char.isalpha() for char in text)


LANGUAGES = {
    "en": "another script",  # letters that are not Latin, in a language that was not recognised
    "af": "Afrikaans", "am": "Amharic", "ar": "Arabic", "az": "Azerbaijani", "be": "Belarusian", "bg": "Bulgarian",
    "bn": "Bengali", "bs": "Bosnian", "ca": "Catalan", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek",
    "es": "Spanish", "et": "Estonian", "fa": "Persian", "fi": "Finnish", "fr": "French", "gl": "Galician",
    "gu": "Gujarati", "ha": "Hausa", "he": "Hebrew", "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian",
    "hy": "Armenian", "id": "Indonesian", "it": "Italian", "ja": "Japanese", "ka": "Georgian", "kk": "Kazakh",
    "km": "Khmer", "kn": "Kannada", "ko": "Korean", "lt": "Lithuanian", "lv": "Latvian", "ml": "Malayalam",
    "mr": "Marathi", "ms": "Malay", "my": "Burmese", "nb": "Norwegian", "ne": "Nepali", "nl": "Dutch",
    "nn": "Norwegian", "no": "Norwegian", "pa": "Punjabi", "pcm": "Nigerian Pidgin", "pl": "Polish", "ps": "Pashto",
    "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "si": "Sinhala", "sk": "Slovak", "sl": "Slovenian",
    "so": "Somali", "sq": "Albanian", "sr": "Serbian", "sv": "Swedish", "sw": "Swahili", "ta": "Tamil",
    "te": "Telugu", "th": "Thai", "tl": "Tagalog", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu", "uz": "Uzbek",
    "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip
