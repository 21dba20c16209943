"""Statements: who said what. A cue proposes, its grammar and the quotation marks set the content, the source speaks.

>>> [(s.source.text, s.text) for s in analyse(read_text("Ms. Roe said that talks failed.")).statements]    # doctest: +SKIP
[('Ms. Roe', 'talks failed')]

Steps, in this order: content by grammar for each cue; quotation marks widen it; quotations that no cue's grammar
reaches go to the cue beside them or to the speaker before; the source is tied to its speakers.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from helpers.names.paragraphs import Read
from helpers.names.references import Reference
from helpers.names.speakers import speakers_of
from helpers.parse import Range
from helpers.records import Article, Cue, Person, Span, Speaker, Statement, StatementKind
from helpers.reporting.confidence import confidence
from helpers.reporting.decide import decided
from helpers.reporting.drafts import Draft, cues_of, drafts_by_grammar, quotations_of
from helpers.reporting.headlines import HEADLINE, headline_draft, headline_verb
from helpers.reporting.placing import goes_on, place_quotations, starts_quoted
from helpers.reporting.retold import TOLD_WITHIN, retold, retold_in_turn
from helpers.reporting.turns import (
    AFTER_COLON,
    LABELLED,
    VERBATIM,
    Turn,
    block,
    find_turns,
    introduced,
    labelled_speakers,
    means,
    opening,
    turn_draft,
)
from helpers.text.quotation_marks import find_quotes, quotes_inside

DIRECT = 0.9  # share of the letters inside quotation marks from which a statement is direct


@dataclass(frozen=True, slots=True)
class Voice:
    """Who is heard in a statement, and by which cue."""

    source: Span | None = None
    speakers: tuple[Speaker, ...] = ()
    cue: Cue | None = None


def find_statements(
    article: Article, reads: Iterable[Read], people: Iterable[Person], references: Iterable[Reference]
) -> tuple[Statement, ...]:
    """The statements of an article in the order of their first words."""
    reads = list(reads)
    by_name = {p.name: p for p in people}
    references = list(references)
    found: list[Statement] = []
    voices: dict[int, Voice] = {}  # by the identity of the draft: a later one may go on with an earlier one's
    turns = find_turns(reads, by_name)
    answers = introduced(by_name, turns)
    for read, drafts, opening_draft in drafts_in(reads, by_name, turns):
        here = [r for r in references if r.paragraph == read.parsed.number]
        for draft in [*drafts, *([opening_draft] if opening_draft else [])]:
            voices[id(draft)] = voice_of(read, draft, here, by_name, voices, answers)
        found += [as_statement(article, read, draft, voices[id(draft)]) for draft in drafts]
    return tuple(sorted(found, key=lambda s: (s.start, s.end)))


def drafts_in(
    reads: Sequence[Read], people: Mapping[str, Person], turns: Mapping[int, Turn]
) -> Iterator[tuple[Read, list[Draft], Draft | None]]:
    """Each paragraph with its statements as drafts, and the cue at its end that opens the next paragraph, if there is one."""
    last: Draft | None = None
    opened: Draft | None = None
    for read in reads:
        turn = turns.get(read.parsed.number)
        drafts, opens = [], None
        if turn is not None:
            drafts = [turn_draft(read, turn, last)]
            drafts += retold_in_turn(read, drafts[0])
        elif read.parsed.paragraph.kind == "title":
            headline = headline_draft(read, people)
            drafts = [headline] if headline else headline_verb(drafts_of(read, last, opened)[0], read, people)
        else:
            drafts, opens = drafts_of(read, last, opened)
        yield read, drafts, opens
        last, opened = next((d for d in reversed(drafts) if TOLD_WITHIN not in d.rules), last), opens


def voice_of(
    read: Read,
    draft: Draft,
    references: list[Reference],
    people: Mapping[str, Person],
    voices: dict[int, Voice],
    answers: Person | None,
) -> Voice:
    """Who is heard in `draft`: its own source, or that of the draft it goes on with."""
    if draft.like is not None:
        return voices.get(id(draft.like), Voice())
    source = read.parsed.span_of(read.parsed.doc[slice(*draft.source)]) if draft.source else None
    cue = None
    if draft.cue is not None:
        span = read.parsed.span_of(read.parsed.doc[draft.cue.start : draft.cue.end])
        cue = Cue(span.start, span.end, span.text, draft.cue.lemma)
    if source is None or draft.source is None:
        return Voice(cue=cue)
    if LABELLED in draft.rules or (
        HEADLINE in draft.rules and any(means(read.parsed.words(source), name) for name in people)
    ):
        return Voice(source, labelled_speakers(read.parsed.words(source), people, answers), cue)
    return Voice(source, speakers_of(read, draft.source, references, people), cue)


def drafts_of(read: Read, before: Draft | None, opened: Draft | None) -> tuple[list[Draft], Draft | None]:
    """The statements of one paragraph as drafts, and the cue with a colon at its end that opens the next paragraph.

    `before` is the last draft of the paragraphs before it, `opened` the cue that the paragraph before it ends with.
    """
    quotations = quotations_of(read)
    if opened is not None and not starts_quoted(read.parsed.text) and not read.parsed.text.rstrip().endswith(":"):
        return [block(read, opened)], None
    cues, inner_cues = cues_of(read, quotations)
    proposed = drafts_by_grammar(read, cues, quotations)
    drafts = decided(read, proposed, quotations)
    place_quotations(read, quotations, cues, drafts, proposed, opened or before)
    drafts += retold(read, drafts, inner_cues, quotations)
    for draft in drafts:
        draft.ranges = joined_ranges(read.parsed.text, draft.ranges)
    return sorted(drafts, key=lambda d: d.ranges[0]), opening(read, cues, drafts)


def joined_ranges(text: str, ranges: list[Range]) -> list[Range]:
    """The ranges in order, those made one between which nothing stands but "and", "but" or punctuation.

    >>> joined_ranges("it is “big” and “bad”, she said", [(16, 21), (0, 11)])
    [(0, 21)]
    """
    found: list[Range] = []
    for start, end in sorted(set(ranges)):
        if found and text[found[-1][1] - 1] not in ".!?" and goes_on(text, found[-1][1], start):
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        elif not found or start >= found[-1][1]:
            found.append((start, end))
    return found


def as_statement(article: Article, read: Read, draft: Draft, voice: Voice) -> Statement:
    """The draft as a record."""
    segments = tuple(read.parsed.span(*r) for r in draft.ranges)
    cue = voice.cue if draft.like is None or AFTER_COLON in draft.rules else None
    rules = [f"cue: {draft.cue.kind}"] if draft.cue else []
    return Statement(
        article=article.id,
        statement_id=statement_id(article.text, segments, cue),
        kind="direct" if VERBATIM & set(draft.rules) else kind_of(read, draft),
        segments=segments,
        cue=cue,
        source=voice.source,
        speakers=voice.speakers,
        why=(*rules, *draft.rules, *(f"speaker by {r}" for r in dict.fromkeys(s.resolved_by for s in voice.speakers))),
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
    marked = find_quotes(text)
    if TOLD_WITHIN in draft.rules:  # marks around all of it tell of somebody else's words
        first, last = draft.ranges[0][0], draft.ranges[-1][1]
        around = [q for q in marked if q.inner_start <= first and last <= q.inner_end]
        marked = tuple(q for q in marked if q not in around) + tuple(
            q for outer in around for q in quotes_inside(outer)
        )
    letters = inside = 0
    for start, end in draft.ranges:
        letters += sum(map(str.isalnum, text[start:end]))
        for q in marked:
            inside += sum(map(str.isalnum, text[max(start, q.inner_start) : max(start, min(end, q.inner_end))]))
    share = inside / max(1, letters)
    return "direct" if share >= DIRECT else "mixed" if share > 0 else "indirect"
