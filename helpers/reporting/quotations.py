"""Quotations that no cue reaches: to the cue beside them, to the name that signs them, to who was speaking, or to nobody.

>>> option_for(read, quotation, None, heard=True).rule      # doctest: +SKIP
'speaker_before'

Names of works (on "Face the Coast"), nicknames (Marcia "Cia" Price) and scare quotes are nobody's statement. The same model
that chooses among a cue's candidates weighs these.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from helpers.names.paragraphs import Read
from helpers.parse import Range
from helpers.reporting.candidates import Scene, is_nickname
from helpers.reporting.reports import Report
from helpers.text.quotation_marks import Quotation

MOST_PARAGRAPHS = 12  # over which a quotation is followed that none of them re-opens
TITLE_WORDS = 8  # the name of a work is no longer than this
OPENING_MARKS = "“\"'‘«„`"
BETWEEN = re.compile(r"[\s,;:—–.…-]*(?:(?:and|but|or|then)\s+)*")
NEAR = 12  # characters between two pieces of one statement with nothing but BETWEEN there
SIGNED = re.compile(r"\s*(?:[—–―~-]|--)\s*")
NEXT_SENTENCE = re.compile(r"[^\W\d_]{2}\.\s+[A-Z]")
WORDS = (1, 2, 3, 5, 8, 15)  # the upper ends of the length features


@dataclass(frozen=True, slots=True)
class Option:
    """One way to place a quotation: the rule, and the words that sign it."""

    rule: str
    source: Range | None = None

    @property
    def goes_on(self) -> bool:
        """Does it go on with the report before it?"""
        return self.rule in ("goes_on", "joined")


def option_for(read: Read, quotation: Quotation, earlier: Report | None, heard: bool) -> Option:
    """The way to place a quotation, if it is somebody's words. `earlier`: the last report that begins before it; `heard`: was
    somebody speaking before the paragraph?"""
    if (signed := signature(read, quotation) or colon_before(read, quotation)) is not None:
        return Option("signed", signed)
    if earlier is not None:
        return Option("joined" if goes_on(read.parsed.text, earlier.ranges[-1][1], quotation.start) else "goes_on")
    return Option("speaker_before" if heard else "without_cue")


def option_features(scene: Scene, quotation: Quotation, option: Option, first: bool) -> list[str]:
    """What speaks for a quotation being somebody's words, placed so."""
    text, whole = scene.read.parsed.text, quotation.text.strip("“”\"'‘’«»„` ")
    words = next((n for n in WORDS if quotation.words <= n), 99)
    ended = whole[-1:] in ".!?,…—" or NEXT_SENTENCE.search(whole) is not None
    sentence = f"{'capital' if whole[:1].isupper() else 'small'}, {'ended' if ended else 'open'}"
    alone = "all of paragraph" if len(text.strip()) <= len(quotation.text) + 3 else "part of paragraph"
    begins = (
        "begins paragraph" if not text[: quotation.start].strip() else f"after {text[: quotation.start].rstrip()[-1:]}"
    )
    if begins[-1].isalnum():
        begins = "after a word"
    rule = option.rule
    follows = text[quotation.end : quotation.end + 2].strip()[:1]
    names = [
        "quotation",
        f"quotation {rule}",
        f"quotation {sentence}, {rule}",
        f"quotation words {words}, {rule}",
        f"quotation words {words}, {sentence}",
        f"quotation {begins}, {rule}",
        f"quotation {begins}, {sentence}",
        f"quotation {alone}, {rule}",
        f"quotation {'closed' if quotation.closed else 'unclosed'}, {rule}",
        f"quotation {'first' if first else 'later'}, {rule}",
        f"quotation followed by {follows if not follows.isalnum() else 'a word'}",
        f"quotation paragraph {scene.read.parsed.paragraph.kind}",
        f"quotation marks {quotation.text[:1]}",
    ]
    if quotation.words > 1 and in_title_case(quotation):
        names += ["quotation in title case", f"quotation in title case, {sentence}"]
    if names_something(scene, quotation):
        names.append("quotation names something")
    return names


def goes_on(text: str, end: int, start: int) -> bool:
    """Does what begins at `start` follow what ends at `end` after no more than "and", "but" or punctuation?

    >>> goes_on("it is “big” and “bad”", 11, 16), goes_on("“big.” He is “bad”", 6, 13)
    (True, False)
    """
    return end <= start < end + NEAR and BETWEEN.fullmatch(text, end, start) is not None and "." not in text[end:start]


def names_something(scene: Scene, quotation: Quotation) -> bool:
    """Is the quotation the name of a work (on CNN's "State of the Union") or a nickname (Marcia "Cia" Price)?"""
    words = scene.tree.words
    first, after = scene.tree.at(quotation.start), scene.tree.at(quotation.end)
    if first == 0 or not in_title_case(quotation):
        return False
    before = words[first - 1]
    nickname = before.pos == "PROPN" and after < len(words) and words[after].text[0].isupper()
    return (
        is_nickname(scene, first)
        or nickname
        or before.tag in ("POS", "IN")
        or (before.pos in ("NOUN", "PROPN") and quotation.words > 1)
    )


def in_title_case(quotation: Quotation) -> bool:
    """Are all its longer words capitals, as in the name of a work?"""
    words = re.findall(r"[^\W_]+", quotation.text)
    return quotation.words <= TITLE_WORDS and all(word[0].isupper() for word in words if len(word) > 3)


def open_quotations(reads: Sequence[Read]) -> dict[int, int]:
    """By number, the paragraphs that go on with a quotation which an earlier one opens and none re-opens, up to the one that
    closes it, each with where its content ends: “The round is over. | *We need a truce.* | *There will be more.”*"""
    found: dict[int, int] = {}
    for n, read in enumerate(reads):
        text = read.parsed.text
        if read.parsed.number in found or not text.lstrip().startswith("“") or "”" in text:
            continue
        further = [(r.parsed.number, r.parsed.text.rstrip()) for r in reads[n + 1 : n + 1 + MOST_PARAGRAPHS]]
        marked = next((k for k, (_, t) in enumerate(further) if "“" in t or "”" in t), None)
        if marked is not None and further[marked][1].endswith("”") and "“" not in further[marked][1]:
            found |= {number: len(t) for number, t in further[: marked + 1]}
    return found


def starts_quoted(text: str) -> bool:
    """Does the text begin with a quotation mark?

    >>> starts_quoted(" “Yes”"), starts_quoted("Yes")
    (True, False)
    """
    return text.lstrip()[:1] in OPENING_MARKS


def signature(read: Read, quotation: Quotation) -> Range | None:
    """The name that signs a quotation after a dash: “…” — Ada Roe."""
    dash = SIGNED.match(read.parsed.text, quotation.end)
    if dash is None or not dash[0].strip():
        return None
    names = (n for n in read.names if dash.end() in (read.parsed.doc[n.start].idx, read.parsed.doc[n.opening].idx))
    return next(((n.start, n.end) for n in names), None)


def colon_before(read: Read, quotation: Quotation) -> Range | None:
    """The name that stands before a quotation with a colon: Ada Roe, the spokesperson, on state television: “…”"""
    before = read.parsed.text[: quotation.start].rstrip()
    if not before.endswith(":"):
        return None
    doc = read.parsed.doc
    colon = next((t.i for t in doc if t.idx == len(before) - 1), 0)
    begins = next((t.i + 1 for t in reversed(doc[:colon]) if t.text in (".", ";", "!", "?")), 0)
    names = [(n.start, n.end) for n in read.names if begins <= n.start < colon]
    subjects = {t.i for t in doc[begins:colon] if t.dep_ == "nsubj"}
    return min(names, key=lambda name: not subjects & {*range(*name)}, default=None)
