"""Each statement that a reader marked beside the one that was found: right, or wrong in which way, and why.

>>> [(j.verdict, j.reason) for j in judged([row])]      # doctest: +SKIP
[('missed', 'No reporting word stands beside it.')]

Rows are annotated articles as `helpers evaluate statements` reads them, with the people behind each source as `speakers`.
`helpers.accuracy.measures` counts by the field's definitions; this looks at one statement at a time.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from helpers.accuracy.gold import articles_of
from helpers.accuracy.measures import LEVELS, Quote, clipped, coverage, excused, head_word, is_statement, pairs
from helpers.records import Analysis, Article, Span, Statement
from helpers.wording import per_cent, worded

Verdict = Literal["right", "another speaker", "nobody named", "too long", "too short", "missed", "not marked"]
MUCH_LONGER = 2.0  # times the marked words; from here on a statement is called too long
LEAST_SURE, STEP = 30, 10  # per cent: where the first tenth of the reliability table begins, and how wide each is


@dataclass(frozen=True)
class Judgement:
    """A marked quotation, what was found of it, and the verdict. `gold` is None where nobody marked what was found."""

    article: Article
    gold: Quote | None
    found: Statement | None
    segment: Span | None  # of the statement found
    verdict: Verdict
    reason: str

    @property
    def place(self) -> tuple[int, int]:
        """Where it stands: the words marked, else those found."""
        if self.gold:
            return self.gold["start"], self.gold["end"]
        return (self.segment.start, self.segment.end) if self.segment else (0, 0)


def judged(rows: Iterable[Mapping[str, Any]]) -> list[Judgement]:
    """The judgements on annotated articles, in the order of their texts."""
    from helpers.analyse import analyse_read, read
    from helpers.parse import parse_many
    from helpers.reporting.paragraphs import cue_places
    from helpers.themes.taxonomy import load_taxonomy

    rows, taxonomy, found = list(rows), load_taxonomy(), list[Judgement]()
    for row, parsed in zip(rows, parse_many(articles_of(rows)), strict=True):
        reading = read(parsed)
        known = {p.parsed.span(place, place + 1).start for p in reading.paragraphs for place in cue_places(p)}
        found += judge(row, analyse_read(reading, taxonomy), known)
    return found


def judge(row: Mapping[str, Any], analysis: Analysis, known: Iterable[int]) -> Iterator[Judgement]:
    """The judgements on one article; `known` are the places of all words taken for cues."""
    needed = sorted((g for g in row["quotes"] if g.get("statement", True)), key=lambda q: (q["start"], q["end"]))
    free = [g for g in row["quotes"] if not g.get("statement", True)]
    pieces = sorted(((g, s) for s in analysis.statements for g in s.segments), key=lambda pair: pair[0])
    spans: list[Quote] = [{"start": segment.start, "end": segment.end} for segment, _ in pieces]
    partner = dict(pairs(needed, spans, coverage, LEVELS["easy"]))
    known = sorted(known)
    for i, gold in enumerate(needed):
        segment, statement = pieces[partner[i]] if i in partner else (None, None)
        if segment is None or statement is None:
            yield Judgement(analysis.article, gold, None, None, "missed", why_missed(gold, analysis, known))
            continue
        verdict = compared(gold, segment, statement)
        reason = why(verdict, gold, segment, statement)
        yield Judgement(analysis.article, gold, statement, segment, verdict, reason)
    for j, (segment, statement) in enumerate(pieces):
        if j not in partner.values() and not excused(spans[j], free):
            reason = f"Here a reader marks nothing; the program was {per_cent(statement.confidence)} sure."
            yield Judgement(analysis.article, None, statement, segment, "not marked", reason)


def compared(gold: Quote, segment: Span, found: Statement) -> Verdict:
    """The verdict on a marked quotation and what was found of it."""
    if coverage(gold, {"start": segment.start, "end": segment.end}) <= LEVELS["hard"]:
        return "too short"
    if len(segment.text) >= MUCH_LONGER * (gold["end"] - gold["start"]):
        return "too long"
    names = {head_word(s.name) for s in found.speakers}
    wanted = {head_word(name) for name in gold.get("speakers", [])}
    if wanted and not names:
        return "nobody named"
    return "right" if names == wanted else "another speaker"


def why(verdict: Verdict, gold: Quote, segment: Span, found: Statement) -> str:
    """What went wrong, as far as it shows, in a sentence."""
    source = f"“{found.source.text}”" if found.source else "nobody"
    if verdict == "too short":
        return f"Only {len(segment.text.split())} words of it were found."
    if verdict == "too long":
        return "The words around it were taken for part of it."
    if verdict == "nobody named":
        return f"The source, {source}, could not be tied to a name." if found.source else "No source was found."
    if verdict == "another speaker" and found.source and gold.get("speaker_text"):
        if found.source.start >= gold["speaker_end"] or gold["speaker_start"] >= found.source.end:
            return f"The source was taken to be {source}, not “{gold['speaker_text']}”."
        return f"{source[0]}{source[1:]} was tied to the wrong name (rule: {rules_of(found)})."
    return "" if verdict == "right" else f"The speaker before was taken to go on (source: {source})."


def rules_of(found: Statement) -> str:
    """The rules that tied the source to its speakers, in words."""
    return " and ".join(dict.fromkeys(worded(speaker.resolved_by) for speaker in found.speakers))


def why_missed(gold: Quote, analysis: Analysis, known: Sequence[int]) -> str:
    """Why a marked quotation was not found, as far as it shows."""
    if gold.get("cue_start") is None:
        return "No reporting word stands beside it."
    cue = f"“{gold['cue_text']}”"
    for statement in analysis.statements:
        if any(s.start <= gold["cue_start"] and gold["cue_end"] <= s.end for s in statement.segments):
            return f"{cue} was taken for part of another statement."
    if any(gold["cue_start"] <= place < gold["cue_end"] for place in known):
        return f"{cue} is known as a reporting word, but what it reports was looked for elsewhere or held too doubtful."
    return f"{cue} was not taken for a reporting word."


def sureness(row: Mapping[str, Any], analysis: Analysis) -> Iterator[tuple[Statement, bool]]:
    """Each statement found, and whether a reader marked the same in its paragraph; those on attitudes are left out."""
    paragraphs = {p.number: clipped(row["quotes"], p.span.start, p.span.end) for p in analysis.article.body}
    for statement in analysis.statements:
        right = is_statement([(s.start, s.end) for s in statement.segments], paragraphs[statement.paragraph])
        if right is not None:
            yield statement, right


def reliability(said: Iterable[tuple[float, bool]]) -> list[dict[str, Any]]:
    """By tenths of confidence: how many statements, how sure of them on average, and which part was right.

    >>> reliability([(0.91, True), (0.97, True), (0.95, False)])
    [{'from': 0.9, 'statements': 3, 'sure': 0.94, 'right': 0.67}]
    """
    tenths: dict[int, list[tuple[float, bool]]] = {}
    for sure, right in said:
        tenth = max(LEAST_SURE, min(100 - STEP, int(100 * sure + 1e-6) // STEP * STEP))
        tenths.setdefault(tenth, []).append((sure, right))
    rows = []
    for tenth, here in sorted(tenths.items()):
        sure, right = (round(sum(values) / len(here), 2) for values in zip(*here, strict=True))
        rows.append({"from": tenth / 100, "statements": len(here), "sure": sure, "right": right})
    return rows
