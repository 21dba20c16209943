"""Phrases that keep company with a theme in your corpus and are not in it yet: for you to judge, never added by themselves.

A phrase is one to three words that end in a noun. Its company with the theme is the log-likelihood ratio of finding it in
sentences that have the theme rather than in others (Dunning 1993, with nltk's association measures). Words that the
theme's patterns match already, and names of people, are left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from nltk.metrics.association import BigramAssocMeasures

from helpers.themes.context import decide
from helpers.themes.match import match_themes
from helpers.themes.taxonomy import Taxonomy

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Words

NOUNS = ("NOUN", "PROPN")
BEFORE_NOUN = ("ADJ", *NOUNS)
MOST_WORDS = 3
SURE = 3.84  # the log-likelihood that chance alone reaches once in twenty times (chi-squared, one degree of freedom)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A phrase in its base form: in how many sentences with and without the theme, how telling that is, and one of them."""

    phrase: str
    inside: int
    outside: int
    log_likelihood: float
    example: str


def suggest(docs: Iterable[Doc], taxonomy: Taxonomy, theme: str, least: int = 2, most: int = 15) -> list[Suggestion]:
    """The phrases that stand with `theme` in at least `least` sentences, the most telling first.

    Raises `ValueError` for a theme that the taxonomy does not have.
    """
    if theme not in taxonomy.ids:
        raise ValueError(f"no theme {theme!r}; the taxonomy has {', '.join(taxonomy.ids)}")
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    examples: dict[str, str] = {}
    sentences = [0, 0]  # with the theme, without it
    for doc in docs:
        hits = [hit for hit in match_themes(doc, taxonomy) if hit.theme == theme]
        for sentence in doc.sents:
            inside = [h for h in hits if sentence.start_char <= h.start < sentence.end_char]
            without = int(theme not in decide([("statement", inside)], taxonomy))
            sentences[without] += 1
            for phrase in phrases(sentence, [(h.start, h.end) for h in inside]):
                counts[phrase][without] += 1
                if not without:
                    examples.setdefault(phrase, sentence.text.strip())
    found = [
        Suggestion(phrase, n, other, round(log_likelihood(n, other, *sentences), 1), examples[phrase])
        for phrase, (n, other) in counts.items()
        if n >= least and n * sentences[1] > other * sentences[0]  # oftener with the theme than without it
    ]
    found = [s for s in found if s.log_likelihood >= SURE]
    return sorted(found, key=lambda s: (-s.log_likelihood, s.phrase))[:most]


def log_likelihood(inside: int, outside: int, with_theme: int, without: int) -> float:
    """How telling it is that a phrase stands in so many of the sentences with the theme, and of those without it.

    >>> log_likelihood(5, 0, 10, 90) > log_likelihood(5, 5, 10, 90) > 0
    True
    """
    return float(BigramAssocMeasures.likelihood_ratio(inside, (inside + outside, with_theme), with_theme + without))


def phrases(sentence: Words, known: list[tuple[int, int]]) -> set[str]:
    """The runs of adjectives and nouns in a sentence, none of them in the places `known` already."""
    found: set[str] = set()
    for run in runs(sentence):
        free = [t for t in run if not any(a < t.idx + len(t) and t.idx < b for a, b in known)]
        for start in range(len(free)):
            for part in (free[start : start + n] for n in range(1, MOST_WORDS + 1) if start + n <= len(free)):
                if part[-1].pos_ in NOUNS and part[-1].i - part[0].i == len(part) - 1:
                    found.add(" ".join(token.lemma_.lower() for token in part))
    return found


def runs(sentence: Words) -> Iterator[list[Token]]:
    """The longest runs of adjectives and nouns, people's names left out."""
    for kept, run in groupby(sentence, lambda t: t.pos_ in BEFORE_NOUN and t.is_alpha and t.ent_type_ != "PERSON"):
        if kept:
            yield list(run)
