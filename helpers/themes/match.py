"""Find the themes of a text: one pass over its words for all patterns of the taxonomy at once.

>>> doc = pipeline()("Drones and a cyber-attack hit the port.")                     # doctest: +SKIP
>>> [(hit.theme, hit.pattern) for hit in match_themes(doc, load_taxonomy())]        # doctest: +SKIP
[('unmanned', 'drone/NOUN'), ('cyber', 'cyber*')]

Each hit names the pattern that made it. A word of a pattern meets a word of the text in its base form or as it
stands; a blocker cancels the hits it overlaps; of two hits of one theme that overlap, the longer stays, but never a
hint in the place of a pattern. A bystander is a hint beside a theme that its own theme yields to. What hits amount to is
decided in `helpers.themes.context`.
"""

from __future__ import annotations

from bisect import bisect
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import count
from typing import TYPE_CHECKING

from helpers.themes.taxonomy import GAP, Form, Taxonomy, expand

if TYPE_CHECKING:
    from spacy.tokens import Doc

LONGEST_GAP = 3  # words that "..." may stand for, 0 to this
COLUMNS: list[int | str] = ["ORTH", "LEMMA", "POS", "IDX", "LENGTH"]  # what is read of each token
MOST_WORDS = 200_000  # kept in the matcher's memory of words
SKIPPED = frozenset("- – ‑ “ ” \" ' ‘ ’ « » '' `` 's ’s".split())  # stand inside a phrase without breaking it
NOUNS = frozenset({"NOUN", "PROPN"})  # names count as nouns: headlines write Drones and Missiles with capitals

Symbols = tuple[str, ...]  # what a word of the text answers to; no pattern holds one of the next four
SKIP, COMMA, BREAK, SPLIT = ("<skip>",), ("<comma>",), ("<break>",), ("<split>",)
Word = tuple[Symbols, int, int]  # with start and end in the text

PATTERN, BYSTANDER, HINT, BLOCKER = range(4)
ROOT = 0
End = tuple[int, str, int]  # what ends at a knot: theme number, pattern, and which of the four it is


@dataclass(frozen=True, slots=True)
class ThemeHit:
    """A place where a pattern (or a hint) of a theme matches: `start` and `end` are characters of the parsed text."""

    theme: str
    start: int
    end: int
    pattern: str
    hint: bool = False


@dataclass(slots=True)
class Matcher:
    """All patterns of a taxonomy as one tree, and the words met so far with the symbols they answer to. The knots of the tree
    are numbers: as objects they would be half of all that Python looks through when it looks for garbage."""

    ways: dict[int, dict[str, int]] = field(default_factory=lambda: {ROOT: {}})  # from a knot, by a word, to the next
    ends: dict[int, tuple[End, ...]] = field(default_factory=dict)  # the patterns that end at a knot
    words: frozenset[str] = frozenset()
    prefixes: dict[str, tuple[str, ...]] = field(default_factory=dict)  # by their first two letters
    bystanders: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)  # (theme, pattern) -> yields to
    memory: dict[tuple[int, int, int], Symbols] = field(default_factory=dict)


@lru_cache(maxsize=8)
def matcher(taxonomy: Taxonomy) -> Matcher:
    """The matcher of a taxonomy, built once."""
    found, numbers = Matcher(), count(1)
    for number, theme in enumerate(taxonomy.themes):
        for kind, patterns in enumerate((theme.patterns, theme.bystanders, theme.hints, theme.blockers)):
            for pattern in patterns:
                for form in expand(pattern.text):
                    add(found, form, (number, pattern.text, kind), numbers)
    found.words = frozenset(word for ways in found.ways.values() for word in ways) - {GAP}
    for word in sorted(found.words):
        if word.endswith("*"):
            found.prefixes[word[:2]] = (*found.prefixes.get(word[:2], ()), word)
    found.bystanders = {(t.id, pattern.text): t.yields_to for t in taxonomy.themes for pattern in t.bystanders}
    return found


def add(known: Matcher, form: Form, end: End, numbers: Iterator[int]) -> None:
    """Hang one phrase into the tree; new knots get the next numbers."""
    knot = ROOT
    for word in form:
        ways = known.ways.setdefault(knot, {})
        if word not in ways:
            ways[word] = next(numbers)
        knot = ways[word]
    if end not in (ends := known.ends.get(knot, ())):
        known.ends[knot] = (*ends, end)


def forms_of(text: str, lemma: str, pos: str) -> set[str]:
    """The forms under which a pattern may name a word of the text.

    >>> sorted(forms_of("UAVs", "uavs", "NOUN")), sorted(forms_of("Treaties", "Treaties", "PROPN"))
    (['UAV', 'uav', 'uavs'], ['treaties', 'treaty'])
    """
    found = {text.lower(), lemma.lower()}
    if text.isupper():
        found.add(text)
    if len(text) > 3 and text.endswith("s"):
        if text[:-1].isupper():  # the plural of an acronym
            found |= {text[:-1], text[:-1].lower()}
        elif pos == "PROPN":  # names keep their plural as base form, and headlines turn nouns into names
            found.add(text[:-3].lower() + "y" if text.endswith("ies") else text[:-1].lower())
    return found


def symbols_of(text: str, lemma: str, pos: str, known: Matcher) -> Symbols:
    """The symbols of the patterns that a word of the text answers to; mostly none."""
    if text in SKIPPED or text.isspace():
        return SKIP
    if not any(char.isalnum() for char in text):
        return COMMA if text == "," else BREAK
    if "-" in text.strip("-"):
        return SPLIT
    found = forms_of(text, lemma, pos)
    kind = "NOUN" if pos in NOUNS else pos
    tagged = found | {f"{form}/{kind}" for form in found}
    candidates = ((form, prefix) for form in found for prefix in known.prefixes.get(form[:2], ()))
    begun = (prefix for form, prefix in candidates if form.startswith(prefix[:-1]))
    return (*sorted(tagged & known.words), *dict.fromkeys(begun))


def words_of(doc: Doc, known: Matcher) -> list[Word]:
    """The words of a text as the patterns see them; hyphens and quotation marks are left out.

    Works on spaCy's numbers and remembers the answer for each (form, base form, part of speech), since most words
    of a text have been met before.
    """
    strings, memory = doc.vocab.strings, known.memory
    if len(memory) > MOST_WORDS:
        memory.clear()
    words: list[Word] = []
    for orth, lemma, pos, start, length in doc.to_array(COLUMNS).tolist():
        key = (orth, lemma, pos)
        if (symbols := memory.get(key)) is None:
            symbols = memory[key] = symbols_of(strings[orth], strings[lemma] or strings[orth], strings[pos], known)
        if symbols is SPLIT:
            words.extend(parts_of(strings[orth], start, known))
        elif symbols is not SKIP:
            words.append((symbols, start, start + length))
    return words


def parts_of(text: str, start: int, known: Matcher) -> list[Word]:
    """The parts of a word that spaCy left hyphenated ("F-16s"), each with its place."""
    found: list[Word] = []
    at = start
    for part in text.split("-"):
        if part:
            found.append((symbols_of(part, part, "PROPN", known), at, at + len(part)))
        at += len(part) + 1
    return found


def reach_of_gap(words: list[Word], at: int) -> Iterator[int]:
    """Where a phrase may go on after a gap at word `at`: over a few words, and commas, within the sentence."""
    left = LONGEST_GAP
    for reach in range(at, len(words)):
        symbols = words[reach][0]
        if symbols is BREAK:
            return
        if symbols is not COMMA:
            yield reach
            left -= 1
            if left < 0:
                return


def ends_from(words: list[Word], first: int, known: Matcher) -> list[tuple[int, End]]:
    """The patterns that begin at word `first`: the word after each, and what ends there."""
    found: list[tuple[int, End]] = []
    stack = [(ROOT, first)]
    while stack:
        knot, at = stack.pop()
        found.extend((at, end) for end in known.ends.get(knot, ()))
        if (ways := known.ways.get(knot)) is None:
            continue
        if (gap := ways.get(GAP)) is not None:
            stack.extend((gap, reach) for reach in reach_of_gap(words, at))
        if at < len(words):
            for symbol in words[at][0]:
                if (way := ways.get(symbol)) is not None:
                    stack.append((way, at + 1))
    return found


def longest(hits: list[ThemeHit]) -> list[ThemeHit]:
    """Of hits of one theme that overlap, the longest, hints last; in the order of the text."""
    kept: list[ThemeHit] = []
    for hit in sorted(hits, key=lambda h: (h.hint, h.start - h.end, h.start, h.pattern)):
        if not any(hit.start < other.end and other.start < hit.end for other in kept):
            kept.append(hit)
    return sorted(kept, key=lambda h: h.start)


def match_themes(doc: Doc, taxonomy: Taxonomy) -> list[ThemeHit]:
    """All hits of the taxonomy's patterns in a parsed text, in the order of the text.

    Themes may overlap each other ("nuclear-powered submarine" is nuclear and maritime); hits of one theme do not.
    """
    known = matcher(taxonomy)
    words = words_of(doc, known)
    hits: dict[int, list[ThemeHit]] = defaultdict(list)
    blocked: dict[int, list[tuple[int, int]]] = defaultdict(list)
    starters = known.ways[ROOT].keys()
    for first, (symbols, start, _) in enumerate(words):
        if not symbols or starters.isdisjoint(symbols):
            continue
        for after, (number, pattern, kind) in ends_from(words, first, known):
            end = words[after - 1][2]
            if kind == BLOCKER:
                blocked[number].append((start, end))
            else:
                hits[number].append(ThemeHit(taxonomy.themes[number].id, start, end, pattern, kind == HINT))
    found: list[tuple[int, int, ThemeHit]] = []
    for number, of_theme in hits.items():
        walls = blocked.get(number, ())
        free = [h for h in of_theme if not any(h.start < end and start < h.end for start, end in walls)]
        found.extend((hit.start, number, hit) for hit in longest(free))
    return yielding([hit for _, _, hit in sorted(found, key=lambda item: item[:2])], doc, known)


def yielding(hits: list[ThemeHit], doc: Doc, known: Matcher) -> list[ThemeHit]:
    """The hits, where a bystander is a hint if its sentence has a pattern of a theme it yields to.

    The army that *buys* a tank is a bystander, and the sentence is about the purchase; the army that fights is not.
    """
    if known.bystanders.keys().isdisjoint((hit.theme, hit.pattern) for hit in hits):
        return hits
    ends = [sentence.end_char for sentence in doc.sents]
    told = {(bisect(ends, hit.start), hit.theme) for hit in hits if not hit.hint}
    return [
        replace(hit, hint=True)
        if any((bisect(ends, hit.start), other) in told for other in known.bystanders.get((hit.theme, hit.pattern), ()))
        else hit
        for hit in hits
    ]
