"""Statements: who said what. A cue proposes, its grammar and the quotation marks set the content, the source speaks.

>>> [(s.source.text, s.text) for s in analyse(read_text("Ms. Roe said that talks failed.")).statements]    # doctest: +SKIP
[('Ms. Roe', 'talks failed')]

Steps, in this order: content by grammar for each cue; quotation marks widen it; quotations that no cue's grammar
reaches go to the cue beside them or to the speaker before; the source is tied to its speakers.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from helpers.grammar.confidence import confidence
from helpers.grammar.contents import Range
from helpers.grammar.cues import CueWords
from helpers.grammar.decide import decided
from helpers.grammar.drafts import Draft, drafts_by_grammar, name_beside, source_of, source_range
from helpers.grammar.names import DASHES
from helpers.grammar.quotes import Quotation, find_quotes
from helpers.grammar.resolve import Reference
from helpers.grammar.speakers import speakers_of
from helpers.people import Read
from helpers.records import Article, Cue, Person, Span, Speaker, Statement, StatementKind

if TYPE_CHECKING:
    from spacy.tokens import Doc

SPEECH_WORDS = 4  # a quotation of fewer words with no cue beside it is not taken for speech
OPENING_MARKS = "“\"'‘«„`"
BETWEEN = re.compile(r"[\s,;:—–.…-]*(?:(?:and|but|or|then)\s+)*")
BESIDE = 12  # tokens within which a cue counts as standing beside a quotation
DIRECT = 0.9  # share of the letters inside quotation marks from which a statement is direct


def find_statements(
    article: Article, reads: Iterable[Read], people: Iterable[Person], references: Iterable[Reference]
) -> tuple[Statement, ...]:
    """The statements of an article in the order of their first words."""
    by_name = {p.name: p for p in people}
    references = list(references)
    found: list[Statement] = []
    last: Draft | None = None
    speakers: dict[int, tuple[Span | None, tuple[Speaker, ...]]] = {}
    for read in reads:
        here = [r for r in references if r.paragraph == read.parsed.number]
        for draft in drafts_of(read, last):
            if draft.like is not None:
                source, who = speakers.get(id(draft.like), (None, ()))
            elif draft.source is not None:
                source = read.parsed.span_of(read.parsed.doc[slice(*draft.source)])
                who = speakers_of(read, draft.source, here, by_name)
            else:
                source, who = None, ()
            speakers[id(draft)] = (source, who)
            found.append(as_statement(article, read, draft, source, who))
            last = draft
    return tuple(sorted(found, key=lambda s: (s.start, s.end)))


def drafts_of(read: Read, before: Draft | None) -> list[Draft]:
    """The statements of one paragraph as drafts. `before` is the last one of the paragraphs before it."""
    quotations = find_quotes(read.parsed.text)
    cues, proposed = drafts_by_grammar(read, quotations)
    drafts = decided(read, proposed, quotations)
    for quotation in quotations:
        if not any(d.covers(quotation.start, quotation.end) for d in drafts):
            place_quotation(read, quotation, cues, drafts, before)
    for draft in drafts:
        draft.ranges = joined_ranges(read.parsed.text, draft.ranges)
    return sorted(drafts, key=lambda d: d.ranges[0])


def joined_ranges(text: str, ranges: list[Range]) -> list[Range]:
    """The ranges in order, those made one between which nothing stands but "and", "but" or punctuation.

    >>> joined_ranges("it is “big” and “bad”, she said", [(16, 21), (0, 11)])
    [(0, 21)]
    """
    found: list[Range] = []
    for start, end in sorted(set(ranges)):
        if (
            found
            and start - found[-1][1] < 12
            and BETWEEN.fullmatch(text, found[-1][1], start)
            and text[found[-1][1] - 1] not in ".!?"
        ):
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        elif not found or start >= found[-1][1]:
            found.append((start, end))
    return found


def place_quotation(
    read: Read, quotation: Quotation, cues: list[CueWords], drafts: list[Draft], before: Draft | None
) -> None:
    """Give a quotation that no grammar reached to the cue beside it, else to the speaker who was speaking."""
    whole = (quotation.start, quotation.end)
    cue = cue_beside(read, quotation, cues)
    if cue is not None:
        own = next((d for d in drafts if d.cue is cue), None)
        if own is not None:
            own.ranges = sorted([r for r in own.ranges if not (whole[0] <= r[0] and r[1] <= whole[1])] + [whole])
            return
        source = source_of(read, cue) or name_beside(read, cue)
        if source is not None:
            drafts.append(Draft(cue, source_range(read, source[0]), [whole], [source[1], "quotation beside the cue"]))
            return
    if (joined := next((d for d in drafts if goes_on(read, d, quotation)), None)) is not None:
        joined.ranges.append(whole)
        return
    if (signed := signature(read, quotation)) is not None:
        drafts.append(Draft(None, signed, [whole], ["name after a dash"]))
        return
    earlier = [d for d in drafts if d.ranges[0][0] < whole[0]]
    if not is_speech(read, quotation, earlier):
        return
    if earlier and earlier[-1].cue is not None:
        earlier[-1].ranges.append(whole)
        earlier[-1].rules.append("quotation goes on")
    elif earlier or before is not None:
        like = earlier[-1] if earlier else before
        assert like is not None
        drafts.append(Draft(None, None, [whole], ["speaker before goes on"], like=like.like or like))
    else:
        drafts.append(Draft(None, None, [whole], ["quotation without a cue"]))


def goes_on(read: Read, draft: Draft, quotation: Quotation) -> bool:
    """Does the quotation follow the draft's content after no more than "and" or "but"?"""
    end = draft.ranges[-1][1]
    between = read.parsed.text[end : quotation.start]
    return end <= quotation.start and len(between) < 12 and bool(BETWEEN.fullmatch(between)) and "." not in between


def is_speech(read: Read, quotation: Quotation, earlier: list[Draft]) -> bool:
    """Is a quotation with no cue somebody's words, rather than a title or a scare quote? So if it is a sentence."""
    text = quotation.text.strip("“”\"'‘’«»„` ")
    spoken = any(read.parsed.text[d.ranges[-1][0]] in OPENING_MARKS for d in earlier)
    enough = quotation.words >= (2 if spoken else SPEECH_WORDS)
    return enough and (not quotation.closed or (text[:1].isupper() and text[-1:] in ".!?,…—"))


def signature(read: Read, quotation: Quotation) -> Range | None:
    """The name that signs a quotation after a dash: “…” — Ada Roe."""
    doc = read.parsed.doc
    after = token_from(doc, quotation.end)
    if after < len(doc) and doc[after].text in DASHES:
        for name in read.names:
            if after < name.start <= after + 2:
                return name.start, name.end
    return None


def cue_beside(read: Read, quotation: Quotation, cues: list[CueWords]) -> CueWords | None:
    """The nearest cue that may introduce or follow the quotation, in its own sentence or right after it."""
    doc = read.parsed.doc
    first, last = token_from(doc, quotation.start), token_from(doc, quotation.end)
    ended = quotation.closed and quotation.text[:-1].rstrip("”\"'’").endswith(".")  # “We tried.” She added that …
    best: tuple[int, CueWords] | None = None
    for cue in cues:
        if "quote" not in cue.frames:
            continue
        after = not ended and last <= cue.head.i <= last + BESIDE and not stops(doc, last, cue.head.i)
        ahead = first - BESIDE <= cue.head.i < first and not stops(doc, cue.head.i + 1, first)
        if after or ahead:
            away = cue.head.i - last if after else first - cue.head.i
            if best is None or away < best[0]:
                best = (away, cue)
    return best[1] if best else None


def token_from(doc: Doc, offset: int) -> int:
    """The first token that begins at the character `offset` or after it; the number of tokens if there is none."""
    return next((token.i for token in doc if token.idx >= offset), len(doc))


def stops(doc: Doc, start: int, end: int) -> bool:
    """Does a sentence end, or a quotation open, between these tokens?"""
    return any(t.text in (".", "!", "?", "“", ";") for t in doc[start:end])


def as_statement(
    article: Article, read: Read, draft: Draft, source: Span | None, who: tuple[Speaker, ...]
) -> Statement:
    """The draft as a record."""
    segments = tuple(read.parsed.span(*r) for r in draft.ranges)
    cue = None
    if draft.cue is not None:
        span = read.parsed.span_of(read.parsed.doc[draft.cue.start : draft.cue.end])
        cue = Cue(span.start, span.end, span.text, draft.cue.lemma)
    rules = [f"cue: {draft.cue.kind}"] if draft.cue else []
    return Statement(
        article=article.id,
        statement_id=statement_id(article.text, segments, cue),
        kind=kind_of(read, draft),
        segments=segments,
        cue=cue,
        source=source,
        speakers=who,
        why=(*rules, *draft.rules, *(f"speaker by {rule}" for rule in dict.fromkeys(s.resolved_by for s in who))),
        paragraph=read.parsed.number,
        confidence=confidence(draft),
    )


def statement_id(text: str, segments: tuple[Span, ...], cue: Cue | None = None) -> str:
    """Stable name of a statement: from the article's text and the offsets of content and cue.

    >>> statement_id("Roe said no.", (Span(9, 11, "no"),), Cue(4, 8, "said", "say"))
    '658856f3-9-11-4'
    """
    places = [segments[0].start, segments[-1].end] + ([cue.start] if cue else [])
    return "-".join([digest_of(text), *map(str, places)])


@lru_cache(maxsize=8)
def digest_of(text: str) -> str:
    return hashlib.sha256(text.encode("utf8", "surrogatepass")).hexdigest()[:8]


def kind_of(read: Read, draft: Draft) -> StatementKind:
    """Direct if nearly all letters stand in quotation marks, mixed if some do, else indirect."""
    text = read.parsed.text
    letters = inside = 0
    for start, end in draft.ranges:
        letters += sum(map(str.isalnum, text[start:end]))
        for q in find_quotes(text):
            inside += sum(map(str.isalnum, text[max(start, q.inner_start) : max(start, min(end, q.inner_end))]))
    share = inside / max(1, letters)
    return "direct" if share >= DIRECT else "mixed" if share > 0 else "indirect"
