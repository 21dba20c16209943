"""Drafts of statements: what the grammar around each cue proposes, before it is decided which of them are statements.

>>> [d.rules for d in drafts_by_grammar(read, cues, quotations)]      # doctest: +SKIP
[['subject of the cue', 'clause after the cue']]
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from helpers.names.mentions import CAPITALISED
from helpers.names.paragraphs import Read
from helpers.names.speakers import can_speak
from helpers.parse import Range
from helpers.reporting.borders import Content
from helpers.reporting.contents import find_content
from helpers.reporting.cues import UNLISTED, CueWords, find_cues, quotation_verb
from helpers.reporting.sources import ABOVE, AFTER_ACCORDING, find_sources, source_tokens
from helpers.text.quotation_marks import Quotation, find_quotes

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

CLIMBED = (ABOVE, "noun the participle belongs to", "possessor of the deed")
PHRASES = ("noun", "what", "infinitive", "gerund")  # contents that are no clause: here the source must be able to speak
FOR_THOSE_WHO_SPEAK = ("refuse", "promise", "deny", "criticise")  # nothing but a body does so, even as "it"
NEGATED = "negated cue"
WITHOUT_SOURCE = "nobody named"


@dataclass
class Draft:
    """A statement while its paragraph is being read; `ranges` are characters of the paragraph."""

    cue: CueWords | None
    source: Range | None
    ranges: list[Range]
    rules: list[str] = field(default_factory=list)
    head: Token | None = None  # of the source
    content: Content | None = None
    like: Draft | None = None  # the statement whose speaker goes on
    confidence: float = 1.0

    def covers(self, start: int, end: int) -> bool:
        """Does the content hold the characters `start` to `end`?"""
        return any(a <= start and end <= b for a, b in self.ranges)


def quotations_of(read: Read) -> tuple[Quotation, ...]:
    """The quotations of a paragraph; one that never closes ends before the words that tell who said it."""
    return tuple(q if q.closed else ended_by_report(read, q) for q in find_quotes(read.parsed.text))


def ended_by_report(read: Read, quotation: Quotation) -> Quotation:
    """A quotation of one sentence that never closes, up to its attribution: “It will hold, Ms. Roe said later."""
    doc, text = read.parsed.doc, read.parsed.text
    if re.search(r"[.!?]\s", quotation.text):
        return quotation
    for cue in find_cues(doc):
        if "quote" in cue.frames and quotation.start < cue.head.idx < quotation.end:
            source = source_of(read, cue) or name_beside(read, cue)
            if source is None or source[0].lower_ in ("i", "we", "you"):
                continue
            told = min(doc[source_range(read, source[0], cue)[0]].idx, doc[cue.start].idx)
            before = text[:told].rstrip()
            if before.endswith(",") and len(before) > quotation.inner_start + 2:
                inside = text[quotation.start : len(before)]
                return replace(quotation, end=len(before), inner_end=len(before) - 1, text=inside, closed=True)
    return quotation


def cues_of(read: Read, quotations: Sequence[Quotation]) -> tuple[list[CueWords], list[CueWords]]:
    """The cues of a paragraph outside quotations, and those inside."""
    doc = read.parsed.doc
    cues = find_cues(doc)
    heads = {cue.head.i for cue in cues}
    for quotation in quotations:
        if quotation.text.rstrip("”\"'’»")[-1:] in (",", "?", "!", "—"):
            after = quotation_verb(doc, token_from(doc, quotation.end))
            if after is not None and after.head.i not in heads:
                cues.append(after)
    outside: list[CueWords] = []
    inside: list[CueWords] = []
    for cue in cues:
        quoted = any(q.start <= cue.head.idx < q.end for q in quotations)
        (inside if quoted else outside).append(cue)
    return outside, inside


def drafts_by_grammar(read: Read, cues: Sequence[CueWords], quotations: Sequence[Quotation]) -> list[Draft]:
    """The drafts that grammar gives for the cues."""
    return without_doubles([draft for cue in cues if (draft := by_grammar(read, cue, quotations))])


def token_from(doc: Doc, offset: int) -> int:
    """The first token that begins at the character `offset` or after it; the number of tokens if there is none."""
    return int(doc.to_array("IDX").searchsorted(offset))


def by_grammar(read: Read, cue: CueWords, quotations: Sequence[Quotation]) -> Draft | None:
    """The draft that the grammar around `cue` gives, its edges widened to quotation marks."""
    doc = read.parsed.doc
    source = source_of(read, cue) or (None if cue.passive else name_beside(read, cue))
    if source is None and not cue.passive:
        return None
    tokens = source_range(read, source[0], cue) if source else None
    content = find_content(cue, tokens)
    if content is None:
        return None
    ranges = [widened(characters(doc, r), quotations) for r in content.ranges]
    quoted = any(q.start < end and start < q.end for q in quotations for start, end in ranges)
    doubtful = cue.kind == UNLISTED or (content.rule.startswith(PHRASES) and not quoted)
    it = source is not None and source[0].lower_ == "it" and cue.kind in FOR_THOSE_WHO_SPEAK
    if source and doubtful and not (it or can_speak(read, source[0], strict=True) or is_named(source[0])):
        source = name_beside(read, cue)  # a partner at the firm, Bo Lind, called it …
        if source is None:
            return None
        tokens = source_range(read, source[0], cue)
    ranges = [r for r in ranges if not r[0] <= cue.head.idx < r[1]]
    if not ranges:
        return None
    rule = source[1] if source else WITHOUT_SOURCE
    rules = [rule, content.rule]
    if any(child.dep_ == "neg" for child in cue.head.children):
        rules.append(NEGATED)
    return Draft(cue, tokens, ranges, rules, source[0] if source else None, content)


def is_named(head: Token) -> bool:
    """Does a name stand beside the noun: the manufacturer, Aerovolt?"""
    return any(c.dep_ == "appos" and c.pos_ == "PROPN" for c in head.children)


def source_of(read: Read, cue: CueWords) -> tuple[Token, str] | None:
    """The head of the source of `cue` and the rule that found it: the first candidate that can speak."""
    for head, rule in find_sources(cue):
        own = head.tag_ == "PRP$" and cue.opener is None  # her claim that …; but not: her plan for the strait
        own = own or (head.tag_ == "PRP" and rule == AFTER_ACCORDING)  # according to her
        if said_by_it(read, head, cue):
            continue
        if own or can_speak(read, head, strict=rule in CLIMBED):
            return head, rule
    return None


def said_by_it(read: Read, head: Token, cue: CueWords) -> bool:
    """Is the subject that the parser gives to a cue its quotation: “Limits?” interrupted Ms. Roe?"""
    if head.i not in read.quoted or cue.head.i in read.quoted or head.i > cue.head.i:
        return False
    doc = read.parsed.doc
    closing = next(t.i for t in doc[head.i :] if t.i + 1 not in read.quoted)
    return head.i < closing < cue.head.i and (doc[closing - 1].text[-1] in ",?!" or doc[closing + 1].text == ",")


def name_beside(read: Read, cue: CueWords) -> tuple[Token, str] | None:
    """The name next to a cue that the parser gives no subject: said Roe; Roe said; Ada Roe, QC, said."""
    doc = read.parsed.doc
    for name in read.names:
        if name.rule == CAPITALISED and not (cue.lemma == "according to" and name.start == cue.end):
            continue
        apposition = name.end < cue.start <= name.end + 5 and doc[name.end].text == "," == doc[cue.start - 1].text
        titled = cue.end <= name.opening <= cue.end + 3 and all(
            t.pos_ in ("NOUN", "ADJ", "DET", "PROPN") for t in doc[cue.end : name.opening]
        )  # said the opposition deputy Ada Roe
        if cue.start == name.end or cue.end == name.start or titled or apposition:
            return doc[name.end - 1], "name beside the cue"
    return None


def source_range(read: Read, head: Token, cue: CueWords) -> Range:
    """The tokens of the source around `head`; a name is taken whole ("al-Rashid"), with the honorific before it."""
    start, end = source_tokens(head)
    if start < cue.end <= head.i:
        start = cue.end
    for name in read.names:
        if name.start <= head.i < name.end or (name.role and name.role.start <= head.i < name.start <= name.role.end):
            return min(start, name.start), max(end, name.end)
    return start, end


def characters(doc: Doc, tokens: Range) -> Range:
    """Token range -> character range."""
    return doc[tokens[0]].idx, doc[tokens[1] - 1].idx + len(doc[tokens[1] - 1])


def widened(content: Range, quotations: Sequence[Quotation]) -> Range:
    """`content` with each quotation it only partly covers.

    >>> widened((3, 9), [Quotation(0, 8, 1, 7, "", True)])
    (0, 9)
    """
    start, end = content
    for q in quotations:
        if q.start < end and start < q.end:
            start, end = min(start, q.start), max(end, q.end)
    return start, end


def without_doubles(drafts: list[Draft]) -> list[Draft]:
    """Of drafts with the same content the one whose cue stands nearest to it."""
    best: dict[tuple[Range, ...], Draft] = {}
    for draft in drafts:
        key = tuple(draft.ranges)
        if key not in best or distance(draft) < distance(best[key]):
            best[key] = draft
    return list(best.values())


def distance(draft: Draft) -> int:
    """Characters between a draft's cue and its content."""
    if draft.cue is None:
        return 0
    at = draft.cue.head.idx
    return min(min(abs(at - a), abs(at - b)) for a, b in draft.ranges)
