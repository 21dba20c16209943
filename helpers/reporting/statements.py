"""Statements: who said what.

>>> [(s.source.text, s.text) for s in analyse(read_text("Ms. Roe said that talks failed.")).statements]    # doctest: +SKIP
[('Ms. Roe', 'talks failed')]

Every cue proposes candidates, a linear model chooses among them (`helpers.reporting.paragraphs`), layout gives turns and
headlines; here each report is tied to its speakers and becomes a record.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from helpers.names.paragraphs import Read
from helpers.names.references import Reference
from helpers.names.speakers import speakers_of
from helpers.parse import Range
from helpers.records import Article, Cue, Person, Span, Speaker, Statement, StatementKind
from helpers.reporting.choose import Model, stored_model
from helpers.reporting.documents import Issued, documents, spoken_in
from helpers.reporting.headlines import heading_report, headline_reports
from helpers.reporting.paragraphs import UNMEASURED, Heard, Paragraph, read_reports, told_in_turn
from helpers.reporting.quotations import open_quotations, starts_quoted
from helpers.reporting.reports import CueAt, Report
from helpers.reporting.rules import TURNS, VERBATIM
from helpers.reporting.signatures import SIGNED, signed_turns
from helpers.reporting.turns import Turn, find_turns, turn_report
from helpers.text.quotation_marks import find_quotes, quotes_inside

BODIES = frozenset({"organisation", "described", "antecedent", "owner", "country"})  # rules that tell of no person
DIRECT = 0.9  # share of the letters inside quotation marks from which a statement is direct


@dataclass(frozen=True, slots=True)
class Voice:
    """Who is heard in a statement, and by which cue."""

    source: Span | None = None
    speakers: tuple[Speaker, ...] = ()
    cue: Cue | None = None


@dataclass(frozen=True, slots=True)
class Cast:
    """Who may be heard in an article."""

    people: Mapping[str, Person]
    references: Mapping[int, list[Reference]]  # by paragraph
    turns: Mapping[int, Turn]  # by paragraph
    issued: Issued


def find_statements(
    article: Article,
    reads: Iterable[Read],
    people: Iterable[Person],
    references: Iterable[Reference],
    model: Model | None = None,
) -> tuple[Statement, ...]:
    """The statements of an article in the order of their first words, by the stored model or another."""
    reads, model = list(reads), model or stored_model()
    by_name = {p.name: p for p in people}
    turns = find_turns(reads, by_name) or signed_turns(article, reads, by_name)
    ends = open_quotations(reads)
    referred = by_paragraph(references)
    cast = Cast(by_name, referred, turns, documents(reads, referred, by_name))
    found: list[Statement] = []
    before: Voice | None = None
    opened: Voice | None = None
    waiting: list[int] = []  # statements of quotations that run on into the next paragraph, and that nobody signs yet
    for read in reads:
        heard = Heard(before is not None, opened is not None and opened.cue is not None)
        paragraph = within(read, ends) or reports_of(read, by_name, turns, heard, model)
        outer = opened or before
        running: list[int] = []
        for report in paragraph.reports:
            if is_writers(read, report):
                continue
            own = report.source or report.cue or report.has(*TURNS)
            voice = going_on(voice_of(read, report, cast), before) if own else outer or Voice()
            if waiting and begins(read, report):
                running = [] if own else waiting
                for i in waiting if own else ():
                    found[i] = signed_later(found[i], voice)
            if not own and runs_on(read, report):
                running = [*running, len(found)]
            found.append(as_statement(article, read, report, voice))
            if not report.has("told_within"):
                before = outer = voice
        waiting = running
        opening = paragraph.opening
        opened = voice_at(read, opening.source, opening.cue, cast) if opening is not None else None
    return tuple(sorted(found, key=lambda s: (s.start, s.end)))


def within(read: Read, ends: Mapping[int, int]) -> Paragraph | None:
    """A paragraph in the midst of a quotation that began in an earlier one."""
    end = ends.get(read.parsed.number)
    return None if end is None else Paragraph((Report(("quotation_goes_on",), ((0, end),), UNMEASURED),))


def begins(read: Read, report: Report) -> bool:
    """Does the report begin its paragraph, with a quotation mark?"""
    text = read.parsed.text
    return starts_quoted(text) and not text[: report.ranges[0][0]].strip()


def runs_on(read: Read, report: Report) -> bool:
    """Is it all of its paragraph, a quotation that is not closed there: “We begin. | “We end,” Ms. Roe said?"""
    quotations = find_quotes(read.parsed.text)
    return begins(read, report) and len(quotations) == 1 and not quotations[0].closed


def signed_later(statement: Statement, voice: Voice) -> Statement:
    """The statement with the voice that the end of its quotation tells, in a later paragraph."""
    why = [w for w in statement.why if not w.startswith("speaker by")]
    told = (f"speaker by {rule}" for rule in dict.fromkeys(s.resolved_by for s in voice.speakers))
    return replace(statement, source=voice.source, speakers=voice.speakers, why=(*why, *told))


def by_paragraph(references: Iterable[Reference]) -> dict[int, list[Reference]]:
    """The references of each paragraph."""
    found: dict[int, list[Reference]] = {}
    for reference in references:
        found.setdefault(reference.paragraph, []).append(reference)
    return found


def reports_of(
    read: Read, people: Mapping[str, Person], turns: Mapping[int, Turn], heard: Heard, model: Model
) -> Paragraph:
    """The reports of a paragraph: of a turn, a headline, or of its cues and quotations."""
    turn = turns.get(read.parsed.number)
    if turn is not None:
        report = turn_report(read, turn, model)
        return Paragraph((report, *told_in_turn(read, report, model)))
    if not heard.opened and (labelled := heading_report(read, people, model)) is not None:
        return Paragraph((labelled,))
    found = read_reports(read, heard, model)
    if read.parsed.paragraph.kind == "title":
        told = (
            () if any(turn.rule != SIGNED for turn in turns.values()) else found.reports
        )  # above a transcript, a heading tells the occasion
        return Paragraph(tuple(headline_reports(told, read, people, model)))
    return found


def is_writers(read: Read, report: Report) -> bool:
    """Is it what the article's writer says in her own voice: “I would answer that …” in a column?"""
    if report.source is None:
        return False
    first, last = report.source
    return last == first + 1 and read.parsed.doc[first].text == "I" and first not in read.quoted


def voice_of(read: Read, report: Report, cast: Cast) -> Voice:
    """Who is heard in a report with a source or a cue of its own."""
    if report.has(*TURNS):
        turn = cast.turns[read.parsed.number]
        return Voice(turn.source, turn.speakers)
    return voice_at(read, report.source, report.cue, cast)


def going_on(voice: Voice, before: Voice | None) -> Voice:
    """The voice; "it", where nothing else tells what that is, is the body or the document heard before."""
    if voice.speakers or voice.source is None or voice.source.text.lower() != "it" or before is None:
        return voice
    bodies = all(s.resolved_by in BODIES for s in before.speakers)
    return replace(voice, speakers=tuple(replace(s, resolved_by="antecedent") for s in before.speakers if bodies))


def voice_at(read: Read, source: Range | None, cue: CueAt | None, cast: Cast) -> Voice:
    """The voice of the words `source` of a paragraph, with its cue."""
    doc, record = read.parsed.doc, None
    if cue is not None:
        span = read.parsed.span_of(doc[cue.start : cue.end])
        record = Cue(span.start, span.end, span.text, cue.lemma)
    if source is None:
        return Voice(cue=record)
    here = cast.references.get(read.parsed.number, [])
    speakers = speakers_of(read, source, here, cast.people) or spoken_in(read, source, cast.issued)
    return Voice(read.parsed.span_of(doc[slice(*source)]), speakers, record)


def as_statement(article: Article, read: Read, report: Report, voice: Voice) -> Statement:
    """The report as a record."""
    segments = tuple(span for r in report.ranges for span in read.parsed.spans(*r))
    cue = voice.cue if report.cue is not None or report.has("after_colon") else None
    kind = [f"cue: {report.cue.kind}"] if report.cue is not None else []
    return Statement(
        article=article.id,
        statement_id=statement_id(article.text, segments, cue),
        kind="direct" if report.has(*VERBATIM) else kind_of(read, report),
        segments=segments,
        cue=cue,
        source=voice.source,
        speakers=voice.speakers,
        why=(*kind, *report.rules, *(f"speaker by {r}" for r in dict.fromkeys(s.resolved_by for s in voice.speakers))),
        paragraph=read.parsed.number,
        confidence=report.confidence,
        asserted=report.asserted,
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


def kind_of(read: Read, report: Report) -> StatementKind:
    """Direct if nearly all letters stand in quotation marks, mixed if some do, else indirect."""
    text = read.parsed.text
    marked = find_quotes(text)
    if report.has("told_within"):  # marks around all of it tell of somebody else's words
        first, last = report.ranges[0][0], report.ranges[-1][1]
        around = [q for q in marked if q.inner_start <= first and last <= q.inner_end]
        marked = tuple(q for q in marked if q not in around) + tuple(
            q for outer in around for q in quotes_inside(outer)
        )
    letters = inside = 0
    for start, end in report.ranges:
        letters += sum(map(str.isalnum, text[start:end]))
        for q in marked:
            inside += sum(map(str.isalnum, text[max(start, q.inner_start) : max(start, min(end, q.inner_end))]))
    share = inside / max(1, letters)
    return "direct" if share >= DIRECT else "mixed" if share > 0 else "indirect"
