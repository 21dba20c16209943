"""Quotations that no cue's grammar reaches: to the cue beside them, to the name that signs them, or to who was speaking.

>>> place_quotations(read, quotations, cues, drafts, proposed, before)     # doctest: +SKIP

Names of works (on "Face the Coast"), nicknames (Marcia "Cia" Price) and scare quotes are nobody's statement.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from helpers.names.paragraphs import Read
from helpers.parse import Range
from helpers.reporting.borders import after_lead
from helpers.reporting.cues import CueWords, children
from helpers.reporting.drafts import Draft, name_beside, source_of, source_range, token_from
from helpers.text.quotation_marks import Quotation

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

SPEECH_WORDS = 4  # a quotation of fewer words with no cue beside it is not taken for speech
TITLE_WORDS = 8  # the name of a work is no longer than this
OPENING_MARKS = "“\"'‘«„`"
BETWEEN = re.compile(r"[\s,;:—–.…-]*(?:(?:and|but|or|then)\s+)*")
NEAR = 12  # characters between two pieces of one statement with nothing but BETWEEN there
BESIDE = 12  # tokens within which a cue counts as standing beside a quotation
AFTER_COLON = "paragraph after a colon"
SIGNED = re.compile(r"\s*(?:[—–―~-]|--)\s*")
SENTENCE_END = re.compile(r"[.!?;]")
NEXT_SENTENCE = re.compile(r"[^\W\d_]{2}\.\s+[A-Z]")


def place_quotations(
    read: Read,
    quotations: Sequence[Quotation],
    cues: Sequence[CueWords],
    drafts: list[Draft],
    proposed: Sequence[Draft],
    before: Draft | None,
) -> None:
    """Give each quotation that no draft covers to a draft, an old one or a new one; `drafts` is changed.

    `proposed` are all drafts of the grammar, also those that were dropped; `before` is the last draft of the
    paragraphs before.
    """
    for quotation in quotations:
        if any(d.covers(quotation.start, quotation.end) for d in drafts) or names_something(read, quotation):
            continue
        if any(within(read, quotation, cue) for cue in cues):
            continue  # expressed “serious concern” over …
        if not by_cue(read, quotation, cues, drafts, proposed):
            by_neighbour(read, quotation, drafts, before)
    drafts += [draft for q in quotations if (draft := led(read, q, cues, drafts)) is not None]


def within(read: Read, quotation: Quotation, cue: CueWords) -> bool:
    """Is the quotation part of the cue's own words?"""
    doc = read.parsed.doc
    return doc[cue.start].idx <= quotation.start and quotation.end <= doc[cue.end - 1].idx + len(doc[cue.end - 1])


def by_cue(
    read: Read, quotation: Quotation, cues: Sequence[CueWords], drafts: list[Draft], proposed: Sequence[Draft]
) -> bool:
    """Give the quotation to the nearest cue beside it that has a source."""
    whole = (quotation.start, quotation.end)
    for cue in cues_beside(read, quotation, cues):
        if any(d.cue is not cue and d.covers(cue.head.idx, cue.head.idx + 1) for d in drafts):
            continue  # part of what somebody else said
        own = next((d for d in drafts if d.cue is cue), None)
        if own is not None:
            kept = [r for r in own.ranges if not (whole[0] <= r[0] and r[1] <= whole[1])]
            own.ranges = sorted([*kept, carried_on(read, own, quotation, cues)])
            return True
        dropped = next((d for d in proposed if d.cue is cue and d.covers(*whole)), None)
        if dropped is not None:  # the model doubted it, but it holds a quotation
            drafts.append(dropped)
            return True
        if (source := source_of(read, cue) or name_beside(read, cue)) is not None:
            drafts.append(beside(read, cue, source, quotation))
            return True
    return False


def beside(read: Read, cue: CueWords, source: tuple[Token, str], quotation: Quotation) -> Draft:
    """The quotation as what `source`, a head and the rule that found it, says by the cue beside it."""
    tokens = source_range(read, source[0], cue)
    behind = cue.head.idx >= quotation.end
    start = said_before(read, cue, quotation) if behind else begun(read, cue, tokens, quotation)
    return Draft(cue, tokens, [(start, quotation.end)], [source[1], "quotation beside the cue"])


def said_before(read: Read, cue: CueWords, quotation: Quotation) -> int:
    """Where the clause begins that ends with a quotation: *He is “relaxed”*, in the words of a friend."""
    if cue.noun is not cue.head:
        return quotation.start
    doc = read.parsed.doc
    start = doc[token_from(doc, quotation.inner_start)].sent.start
    return doc[start].idx if doc[start].idx < quotation.start and not read.quoted & {start} else quotation.start


def begun(read: Read, cue: CueWords, source: Range, quotation: Quotation) -> int:
    """Where what was said begins, of which the quotation is the end: said *the papers were* “cut and paste”."""
    doc, first = read.parsed.doc, token_from(read.parsed.doc, quotation.start)
    between = doc[cue.end : first]
    if not len(between) or any(t.is_punct for t in doc[first - 1 : first]) or source[1] > cue.end:
        return quotation.start
    start = next((t.i + 1 for t in between if t.lower_ == "that"), cue.end)
    if start == cue.end and ("listener" in cue.frames or between[0].pos_ in ("ADP", "SCONJ")):
        return quotation.start  # told the house “…”, said in a letter “…”
    start = after_lead(doc, start, first)
    aside = start < first and doc[start].pos_ == "ADV"  # explained earlier in the hearing “…”
    return doc[start].idx if start < first and not aside else quotation.start


def led(read: Read, quotation: Quotation, cues: Sequence[CueWords], drafts: Sequence[Draft]) -> Draft | None:
    """A quotation in another's content right behind a cue of its own: said all they got was a message stating, “…”"""
    doc = read.parsed.doc
    if not any(d.covers(quotation.start, quotation.end) for d in drafts):
        return None
    first = token_from(doc, quotation.start)
    cue = next((c for c in cues if c.end + 1 == first and doc[c.end].text in ",:"), None)
    if cue is None or "quote" not in cue.frames or any(d.cue is cue for d in drafts):
        return None
    source = source_of(read, cue)
    return beside(read, cue, source, quotation) if source is not None else None


def by_neighbour(read: Read, quotation: Quotation, drafts: list[Draft], before: Draft | None) -> None:
    """Give the quotation to the statement it goes on, to the name that signs it, or to who was speaking."""
    whole = (quotation.start, quotation.end)
    text = read.parsed.text
    if (joined := next((d for d in drafts if goes_on(text, d.ranges[-1][1], whole[0])), None)) is not None:
        joined.ranges.append(whole)
        return
    if (signed := signature(read, quotation)) is not None:
        drafts.append(Draft(None, signed, [whole], ["name after a dash"]))
        return
    earlier = [d for d in drafts if d.ranges[0][0] < whole[0]]
    opened = before is not None and AFTER_COLON in before.rules and not earlier
    if not (opened or is_speech(read, quotation, earlier)):
        return
    if earlier and earlier[-1].cue is not None:
        earlier[-1].ranges.append(whole)
        earlier[-1].rules.append("quotation goes on")
    elif opened:
        drafts.append(Draft(None, None, [whole], [AFTER_COLON], like=before))
    elif earlier or before is not None:
        like = earlier[-1] if earlier else before
        assert like is not None
        drafts.append(Draft(None, None, [whole], ["speaker before goes on"], like=like.like or like))
    else:
        drafts.append(Draft(None, None, [whole], ["quotation without a cue"]))


def goes_on(text: str, end: int, start: int) -> bool:
    """Does what begins at `start` follow what ends at `end` after no more than "and", "but" or punctuation?

    >>> goes_on("it is “big” and “bad”", 11, 16), goes_on("“big.” He is “bad”", 6, 13)
    (True, False)
    """
    return end <= start < end + NEAR and BETWEEN.fullmatch(text, end, start) is not None and "." not in text[end:start]


def carried_on(read: Read, draft: Draft, quotation: Quotation, cues: Sequence[CueWords]) -> Range:
    """The quotation, with the words that lead to it from the draft's content where the sentence just goes on:
    said the bridge would open, and there was “no hurry” to widen it."""
    start, end = quotation.start, quotation.end
    last = max(draft.ranges)[1]
    assert draft.cue is not None
    if not draft.cue.head.idx < last <= start or SENTENCE_END.search(read.parsed.text, last - 1, start):
        return start, end
    token = read.parsed.doc[token_from(read.parsed.doc, quotation.inner_start)]
    while token.head.i not in (token.i, draft.cue.head.i):
        token = token.head
    if token.head.i == draft.cue.head.i < token.i:
        edge = token.right_edge
        end = max(end, edge.idx + (0 if edge.is_punct else len(edge)))
    if any(last <= cue.head.idx < end for cue in cues):
        return quotation.start, quotation.end
    return last, end


def names_something(read: Read, quotation: Quotation) -> bool:
    """Is the quotation the name of a work (on CNN's "State of the Union") or a nickname (Marcia "Cia" Price)?"""
    doc = read.parsed.doc
    first, after = token_from(doc, quotation.start), token_from(doc, quotation.end)
    if first == 0 or not in_title_case(quotation):
        return False
    before = doc[first - 1]
    nickname = before.pos_ == "PROPN" and after < len(doc) and doc[after].text[0].isupper()
    return nickname or before.tag_ in ("POS", "IN") or (before.pos_ in ("NOUN", "PROPN") and quotation.words > 1)


def in_title_case(quotation: Quotation) -> bool:
    """Are all its longer words capitals, as in the name of a work?"""
    words = re.findall(r"[^\W_]+", quotation.text)
    longer = [word for word in words if len(word) > 3] or words
    marked = any(mark in quotation.text for mark in "!?")
    return quotation.words <= TITLE_WORDS and not marked and all(word[0].isupper() for word in longer)


def starts_quoted(text: str) -> bool:
    """Does the text begin with a quotation mark?

    >>> starts_quoted(" “Yes”"), starts_quoted("Yes")
    (True, False)
    """
    return text.lstrip()[:1] in OPENING_MARKS


def is_speech(read: Read, quotation: Quotation, earlier: Sequence[Draft]) -> bool:
    """Is a quotation with no cue somebody's words, rather than a title or a scare quote? So if it is a sentence."""
    text = quotation.text.strip("“”\"'‘’«»„` ")
    spoken = any(read.parsed.text[d.ranges[-1][0]] in OPENING_MARKS for d in earlier)
    enough = quotation.words >= (2 if spoken else SPEECH_WORDS)
    if quotation.words > 1 and in_title_case(quotation) and quotation.start > 0:
        return False
    ended = text[-1:] in ".!?,…—" or NEXT_SENTENCE.search(text) is not None
    return enough and (not quotation.closed or (text[:1].isupper() and ended))


def signature(read: Read, quotation: Quotation) -> Range | None:
    """The name that signs a quotation after a dash: “…” — Ada Roe."""
    dash = SIGNED.match(read.parsed.text, quotation.end)
    if dash is None or not dash[0].strip():
        return None
    names = (n for n in read.names if read.parsed.doc[n.start].idx == dash.end())
    return next(((n.start, n.end) for n in names), None)


def cues_beside(read: Read, quotation: Quotation, cues: Sequence[CueWords]) -> list[CueWords]:
    """The cues that may introduce or follow the quotation, in its own sentence or right after it, nearest first."""
    doc = read.parsed.doc
    first, last = token_from(doc, quotation.start), token_from(doc, quotation.end)
    ended = quotation.closed and quotation.text[:-1].rstrip("”\"'’").endswith(".")  # “We tried.” She added that …
    found: list[tuple[int, CueWords]] = []
    for cue in cues:
        loose = cue.head.dep_ == "amod" and not last <= cue.head.i <= last + 1  # an “absurd” proposed rule
        if "quote" not in cue.frames or loose or in_subject(cue, first, last):
            continue
        after = not ended and last <= cue.head.i <= last + BESIDE and not stops(doc, last, cue.head.i)
        ahead = first - BESIDE <= cue.head.i < first and not stops(doc, cue.head.i + 1, first)
        if ahead and doc[first - 1].text == ":":
            found.append((0, cue))  # wrote on social media: “Who pays?” The ministry rejected …
        elif after or ahead:
            found.append((cue.head.i - last if after else first - cue.head.i, cue))
    return [cue for _, cue in sorted(found, key=lambda pair: pair[0])]


def in_subject(cue: CueWords, first: int, last: int) -> bool:
    """Is the quotation part of who speaks: the “History” section explains; rather than taken for it: “Limits?” she asked?"""
    return any(
        s.left_edge.i <= first <= s.right_edge.i and not first <= s.i < last
        for s in children(cue.head, "nsubj", "nsubjpass")
        if s.i < cue.head.i and not s.is_quote
    )


def stops(doc: Doc, start: int, end: int) -> bool:
    """Does a sentence end, or a quotation open, between these tokens?"""
    return any(t.text in (".", "!", "?", "“", ";") for t in doc[start:end])
