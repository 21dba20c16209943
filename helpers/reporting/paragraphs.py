"""What is reported in one paragraph: its cues and quotations, the choice among their candidates, and what is told within.

>>> [report.rules for report in read_reports(read, heard).reports]      # doctest: +SKIP
[('source_subject', 'clause_after')]
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from helpers.names.mentions import CAPITALISED
from helpers.names.paragraphs import Read
from helpers.names.speakers import can_speak
from helpers.parse import Range
from helpers.reporting.asserted import asserted
from helpers.reporting.borders import read_borders
from helpers.reporting.candidates import Candidate, Scene, candidates
from helpers.reporting.choose import SURE, Chosen, Model, choose, score, selected, shares
from helpers.reporting.cues import CueWords, find_cues
from helpers.reporting.features import describe, quoted_share
from helpers.reporting.quotations import Option, goes_on, option_features, option_for, starts_quoted
from helpers.reporting.reports import CueAt, Report
from helpers.reporting.retold import is_told
from helpers.reporting.rules import MOODS
from helpers.reporting.sources import Source, extent, find_source
from helpers.text.quotation_marks import Quotation, find_quotes, quotes_inside
from helpers.tree import children

UNMEASURED = 0.9  # the confidence of what a layout gives that the training articles hardly hold
NEAR_COLON = 12  # words between the cue and the colon that ends its paragraph


@dataclass(frozen=True, slots=True)
class Heard:
    """What went before a paragraph: did somebody speak, did the paragraph before end with a cue and a colon?"""

    before: bool = False
    opened: bool = False


@dataclass(frozen=True, slots=True)
class Opening:
    """The cue whose words the next paragraph holds, with its source: the paragraph ends with it and a colon. Without a cue it is
    who acts in the last sentence, of whom a quotation may follow: Ms. Roe took another view:"""

    cue: CueAt | None
    source: Range


@dataclass(frozen=True, slots=True)
class Cued:
    """A paragraph with its cues, outside and inside quotations, each with its source."""

    scene: Scene
    quotations: tuple[Quotation, ...]
    outside: tuple[tuple[CueWords, Source | None], ...]
    inside: tuple[CueWords, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """What a paragraph reports, in order, and the cue at its end that opens the next paragraph, if there is one."""

    reports: tuple[Report, ...]
    opening: Opening | None = None


def read_reports(read: Read, heard: Heard, model: Model) -> Paragraph:
    """The reports of one paragraph."""
    text = read.parsed.text
    if heard.opened and not starts_quoted(text) and not text.rstrip().endswith(":"):
        start = len(text) - len(text.lstrip())
        whole = laid_out(model, "after_colon", (start, len(text.rstrip())))
        return Paragraph((whole, *told_in_turn(read, whole, model)))
    cued = read_cues(read)
    kept = selected(chosen_of(cued, model), model.threshold)
    reports = with_quotations(cued, kept, heard.before, model)
    told = retold(cued, reports, model)
    ordered = sorted((*reports, *told), key=lambda report: report.ranges[0])
    return Paragraph(tuple(ordered), opening(cued, ordered))


def read_cues(read: Read) -> Cued:
    """The cues and quotations of a paragraph."""
    tree = read.parsed.tree
    quotations = tuple(find_quotes(read.parsed.text))
    borders = read_borders(tree, quotations)
    outside: list[tuple[CueWords, Source | None]] = []
    inside: list[CueWords] = []
    for cue in find_cues(tree, quotations):
        if borders.quoted[cue.head.i] >= 0:
            inside.append(cue)
        else:
            outside.append((cue, find_source(read, tree, cue)))
    return Cued(Scene(read, tree, borders), quotations, tuple(outside), tuple(inside))


def cue_places(read: Read) -> list[int]:
    """Where the words stand that are taken for cues, in characters of the paragraph."""
    cued = read_cues(read)
    return [cue.head.idx for cue in (*(cue for cue, _ in cued.outside), *cued.inside)]


def chosen_of(cued: Cued, model: Model) -> Iterator[Chosen]:
    """The candidates of each cue outside quotations by their probability."""
    for cue, source in cued.outside:
        found = [c for c in candidates(cued.scene, cue, source) if c.rule not in model.without]
        if found:
            yield choose(describe(cued.scene, cue, source), found, model)


# --- reports ---


def laid_out(model: Model, rule: str, content: Range, source: Range | None = None, cue: CueAt | None = None) -> Report:
    """A report that the layout alone makes: a turn, a headline, a paragraph after a colon."""
    rules = ("source_subject", rule) if cue is not None else (rule,)
    return Report(rules, (content,), model.layout.get(rule, UNMEASURED), cue, source)


def as_report(scene: Scene, chosen: Chosen, *rules: str) -> Report:
    """What was chosen as a report."""
    words, best, cue = scene.tree.words, chosen.best, chosen.cue
    ranges = tuple((words[a].idx, words[b - 1].end) for a, b in best.ranges)
    source = chosen.source
    mood = asserted(scene.tree, cue, best.piece, quoted_share(scene, best) != "none")
    moods = (rule for rule in MOODS if MOODS[rule] == mood)
    return Report(
        (source.rule if source is not None else "source_unnamed", best.rule, *moods, *rules),
        ranges,
        round(chosen.sure, 2),
        cue_at(cue, best),
        (source.start, source.end) if source is not None else None,
    )


def cue_at(cue: CueWords, best: Candidate) -> CueAt:
    """The cue as it stands: with the preposition that opens its content, if it stands next to it."""
    opener = best.opener
    joined = opener is not None and cue.end <= opener.i <= cue.end + (cue.sort == "act")
    kind = cue.prepositions.get(opener.lower, cue.kind) if opener is not None else cue.kind
    if opener is None or not joined:
        return CueAt(cue.start, cue.end, cue.lemma, kind)
    return CueAt(cue.start, opener.i + 1, f"{cue.lemma} {opener.lower}", kind)


@dataclass(frozen=True, slots=True)
class Asked:
    """A quotation that no cue reaches: how it would be placed, the number of the report before it, and what speaks for it."""

    quotation: Quotation
    option: Option
    after: int | None
    names: tuple[str, ...]


def asked(cued: Cued, kept: Sequence[Chosen], reports: Sequence[Report], before: bool) -> Iterator[Asked]:
    """The quotations that no cue reaches, each with how it would be placed; `before`: was somebody speaking before?"""
    starts = [report.ranges[0][0] for report in reports]
    first = True
    for quotation in unreached(cued, kept):
        number = bisect_left(starts, quotation.start) - 1
        earlier = reports[number] if number >= 0 else None
        option = option_for(cued.scene.read, quotation, earlier, before)
        names = option_features(cued.scene, quotation, option, first and earlier is None)
        yield Asked(quotation, option, number if number >= 0 else None, tuple(names))
        first = False


def with_quotations(cued: Cued, kept: Sequence[Chosen], before: bool, model: Model) -> list[Report]:
    """The reports of the cues, each with the quotations that go on with it, and those of quotations that stand alone."""
    found = [as_report(cued.scene, chosen) for chosen in kept]
    alone: list[Report] = []
    for q in asked(cued, kept, found, before):
        sure = 1.0 - shares([score(q.names, model)])[1]
        whole = (q.quotation.start, q.quotation.end)
        if sure < SURE or q.option.rule in model.without:
            continue
        if q.after is not None and q.option.goes_on:
            earlier = found[q.after]
            found[q.after] = replace(
                earlier, ranges=(*earlier.ranges, whole), rules=tuple(dict.fromkeys((*earlier.rules, q.option.rule)))
            )
        else:
            alone.append(Report((q.option.rule,), (whole,), round(sure, 2), None, q.option.source))
    return [replace(r, ranges=joined_ranges(cued.scene.read.parsed.text, r.ranges)) for r in (*found, *alone)]


def unreached(cued: Cued, kept: Sequence[Chosen]) -> Iterator[Quotation]:
    """The quotations that no content holds and that are no part of a cue's own words: expressed “serious concern” over …"""
    first_words = [a for a, _ in cued.scene.borders.tokens]
    reached: set[int] = set()
    spans = [r for chosen in kept for r in chosen.best.ranges] + [(cue.start, cue.end) for cue, _ in cued.outside]
    for a, b in spans:
        for number in range(bisect_left(first_words, a), bisect_left(first_words, b)):
            if cued.scene.borders.tokens[number][1] <= b:
                reached.add(number)
    yield from (q for number, q in enumerate(cued.quotations) if number not in reached)


def joined_ranges(text: str, ranges: Iterable[Range]) -> tuple[Range, ...]:
    """The ranges in order, those made one between which nothing stands but "and", "but" or punctuation.

    >>> joined_ranges("it is “big” and “bad”, she said", [(16, 21), (0, 11)])
    ((0, 21),)
    """
    found: list[Range] = []
    for start, end in sorted(set(ranges)):
        if found and goes_on(text, found[-1][1], start):
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        elif not found or start >= found[-1][1]:
            found.append((start, end))
    return tuple(found)


# --- told within ---


def retold(cued: Cued, reports: Sequence[Report], model: Model) -> list[Report]:
    """The reports inside the quotations that are statements: “Mr. Lind said the port was safe,” Ms. Roe told reporters."""
    if not cued.inside or "told_within" in model.without:
        return []
    held = [r for report in reports for r in report.ranges]
    said = [q for q in cued.quotations if any(a <= q.inner_start and q.inner_end <= b for a, b in held)]
    return told_within(cued.scene, cued.inside, said, model)


def told_within(
    scene: Scene,
    cues: Iterable[CueWords],
    said: Sequence[Quotation],
    model: Model,
    persons: bool = False,
) -> list[Report]:
    """The reports by `cues` inside the quotations `said`; with `persons`, also those of "he" and "she"."""
    inner = tuple(q for outer in said for q in quotes_inside(outer))
    within = replace(scene, borders=read_borders(scene.tree, inner))
    found = []
    for cue in cues:
        quotation = next((q for q in said if q.start < cue.head.idx < q.end), None)
        if quotation is None:
            continue
        source = find_source(scene.read, scene.tree, cue)
        options = [c for c in candidates(within, cue, source) if is_told(within, cue, source, c, quotation, persons)]
        if options:
            chosen = choose(describe(within, cue, source), options, model)
            if chosen.sure >= SURE:
                found.append(as_report(within, chosen, "told_within"))
    return found


def told_in_turn(read: Read, turn: Report, model: Model) -> list[Report]:
    """The reports inside a turn of a transcript, which is one quotation without marks."""
    start, end = turn.ranges[0]
    whole = Quotation(start, end, start, end, read.parsed.text[start:end], True)
    tree = read.parsed.tree
    scene = Scene(read, tree, read_borders(tree, ()))
    return told_within(scene, find_cues(tree), [whole], model, persons=True)


# --- a cue that opens the next paragraph ---


def opening(cued: Cued, reports: Sequence[Report]) -> Opening | None:
    """The cue whose words the next paragraph holds: the paragraph ends with it and a colon. It has no content here."""
    read, words = cued.scene.read, cued.scene.tree.words
    if not read.parsed.text.rstrip().endswith(":"):
        return None
    cue, source = cued.outside[-1] if cued.outside else (None, None)
    if cue is None or words[-1].begins > cue.head.i or len(words) - cue.end > NEAR_COLON:
        return acting(cued.scene)
    if any(r.cue is not None and r.cue.start == cue.start and r.ranges[-1][1] > cue.head.idx for r in reports):
        return None
    if source is None:
        return acting(cued.scene)
    return Opening(CueAt(cue.start, cue.end, cue.lemma, cue.kind), (source.start, source.end))


def acting(scene: Scene) -> Opening | None:
    """Who acts in the last sentence of a paragraph, if that is somebody who can speak; else the only person named in it."""
    words = scene.tree.words
    named = [n for n in scene.read.names if n.start >= words[-1].begins and n.rule != CAPITALISED]
    subjects = (c for w in words[words[-1].begins :] if w.dep == "ROOT" for c in children(w, "nsubj"))
    who = next((c for c in subjects if can_speak(scene.read, scene.read.parsed.doc[c.i], strict=True)), None)
    if who is not None:
        return Opening(None, extent(scene.tree, who))
    return Opening(None, (named[0].opening, named[0].end)) if len(named) == 1 else None
