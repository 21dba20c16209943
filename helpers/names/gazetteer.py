"""Known names in a parsed text: countries and what stands for them, organisations, places, roles.

>>> doc = pipeline()("New Delhi said no.")                                  # doctest: +SKIP
>>> [(k.text, k.kind, k.name) for k in find_known(doc)]                     # doctest: +SKIP
[('New Delhi', 'capital', 'India')]

One pass over the tokens for all forms of ``data/vocabulary/`` (spaCy's PhraseMatcher); the longest match wins.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from helpers.knowledge.forms import known_forms, role_forms
from helpers.parse import pipeline

if TYPE_CHECKING:
    from spacy.matcher import PhraseMatcher
    from spacy.tokens import Doc


@dataclass(frozen=True, slots=True)
class Known:
    """A known name at the tokens `start` to `end` of a document."""

    start: int
    end: int
    text: str
    kind: str  # country, demonym, capital, metonym, organisation, place
    name: str  # canonical
    country: str | None


@cache
def matcher() -> PhraseMatcher:
    """The matcher of all known forms, built at the first call; roles are matched in lower case by `role_matcher`."""
    return phrase_matcher("ORTH", tuple(known_forms()))


@cache
def role_matcher() -> PhraseMatcher:
    """The matcher of all roles, whatever their capitals, plurals included (ministers, spokesmen)."""
    return phrase_matcher("LOWER", tuple(role_forms()))


def phrase_matcher(attribute: str, phrases: tuple[str, ...]) -> PhraseMatcher:
    from spacy.matcher import PhraseMatcher

    nlp = pipeline()
    found = PhraseMatcher(nlp.vocab, attr=attribute)
    found.add("form", [nlp.make_doc(phrase) for phrase in phrases])
    return found


def longest(matches: list[tuple[int, int, int]]) -> list[tuple[int, int]]:
    """The longest of overlapping matches, in order of the text.

    >>> longest([(0, 1, 2), (0, 1, 4), (0, 3, 5)])
    [(1, 4)]
    """
    found: list[tuple[int, int]] = []
    taken: set[int] = set()
    for _, start, end in sorted(matches, key=lambda m: (m[1] - m[2], m[1])):
        if taken.isdisjoint(range(start, end)):
            taken.update(range(start, end))
            found.append((start, end))
    return sorted(found)


def find_known(doc: Doc) -> list[Known]:
    """Known names of `doc` in order, none overlapping another."""
    forms = known_forms()
    found = []
    for start, end in longest(matcher()(doc)):
        text = doc[start:end].text
        form = forms.get(text)
        if form:
            found.append(Known(start, end, text, form.kind, form.name, form.country))
    return found
