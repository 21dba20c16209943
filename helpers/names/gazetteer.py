"""Known names in a parsed text: countries and what stands for them, organisations, places.

>>> doc = pipeline()("New Delhi said no.")                                  # doctest: +SKIP
>>> [(k.text, k.kind, k.name) for k in find_known(doc)]                     # doctest: +SKIP
[('New Delhi', 'capital', 'India')]

One pass over the tokens for all forms of ``data/vocabulary/`` (spaCy's PhraseMatcher); the longest match wins.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol

from helpers.knowledge.names import KnownForm, known_forms, small_words
from helpers.parse import pipeline

if TYPE_CHECKING:
    from spacy.matcher import PhraseMatcher
    from spacy.tokens import Doc
    from spacy.tokens import Span as TokenSpan

Forms = Callable[[], Mapping[str, Any]]  # what gives the forms that are looked for


class Stretch(Protocol):
    """Whatever stands at the tokens `start` to `end` of a document."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Known:
    """A known name at the tokens `start` to `end` of a document."""

    start: int
    end: int
    text: str
    kind: str  # country, demonym, capital, metonym, organisation, place
    name: str  # canonical
    country: str | None


def find_known(doc: Doc, own: Mapping[str, KnownForm] | None = None) -> list[Known]:
    """Known names of `doc` in order, none overlapping another; `own` are single words that the article itself makes known."""
    forms = known_forms()
    spans = ((span, forms[span.text]) for span in find_forms(doc, "ORTH", known_forms) if span.text in forms)
    found = [Known(span.start, span.end, span.text, form.kind, form.name, form.country) for span, form in spans]
    if not own:
        return found
    found = [k for k in found if k.text not in own]
    taken = tokens_of(found)
    extra = ((t, own[t.text]) for t in doc if t.text in own and t.i not in taken)
    found += [Known(t.i, t.i + 1, t.text, form.kind, form.name, form.country) for t, form in extra]
    return sorted(found, key=lambda k: k.start)


def find_forms(doc: Doc, attribute: str, forms: Forms) -> list[TokenSpan]:
    """The forms that stand in `doc`, in order; of those that overlap the longest. `attribute`: ORTH, or LOWER for any capitals."""
    from spacy.util import filter_spans

    return filter_spans(matcher(attribute, forms)(doc, as_spans=True))


@cache
def matcher(attribute: str, forms: Forms) -> PhraseMatcher:
    """The matcher of such forms, built at the first call."""
    from spacy.matcher import PhraseMatcher

    nlp = pipeline()
    found = PhraseMatcher(nlp.vocab, attr=attribute)
    found.add("form", [nlp.make_doc(form) for form in forms()])
    return found


def after_place_word(doc: Doc, i: int) -> bool:
    """Does "in", "near" … stand before the token: in New Delhi?"""
    return doc[i - 1 : i].text.lower() in small_words()["place"]


def tokens_of(found: Iterable[Stretch]) -> set[int]:
    """All the tokens at which something was found."""
    return {i for stretch in found for i in range(stretch.start, stretch.end)}
