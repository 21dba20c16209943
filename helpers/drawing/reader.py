"""The article as HTML: each statement in its speaker's colour, and on hover or focus everything known about it.

The text is cut at every boundary of a statement, cue, source or theme, so spans may overlap as they like. Colour is
never alone: the speaker's name stands at the beginning of each statement, and each theme has its own kind of line.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle, groupby, pairwise
from typing import Literal

from helpers.drawing.data import NOBODY, unnamed
from helpers.drawing.figures import PALETTE
from helpers.drawing.markup import page, safe_id
from helpers.drawing.words import given_theme, theme_label
from helpers.explain import explain_stance, explain_tone
from helpers.records import Analysis, Paragraph, Statement, ThemedParagraph
from helpers.wording import counted, listing, one_line, shorten, worded

LINES = ("solid", "dotted", "dashed", "double", "wavy")  # with the 4 colours 20 looks, which tell themes apart
THEME_COLOURS = ("#4A4F5C", "#8A3FA0", "#00705A", "#A34700")
Role = Literal["statement", "cue", "source", "theme"]


@dataclass(frozen=True, slots=True)
class Layer:
    """One thing that covers some characters: a piece of a statement, its cue, its source, or a theme's evidence."""

    start: int
    end: int
    role: Role
    key: str  # the statement's id, or the theme


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters that the same layers cover."""

    text: str
    start: int
    end: int
    layers: tuple[Layer, ...]

    def keys(self, role: Role) -> tuple[str, ...]:
        return tuple(dict.fromkeys(layer.key for layer in self.layers if layer.role == role))


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring pieces inside the same statements (or inside none)."""

    statements: tuple[str, ...]
    begins: tuple[str, ...]  # the statements whose segment begins here: these get the speaker's name
    first: tuple[str, ...]  # those of them that have not been there before: here is their anchor
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Reader:
    """The reader for a notebook: ``Reader(analysis)`` at the end of a cell shows it."""

    analysis: Analysis

    def _repr_html_(self) -> str:
        return reader_html(self.analysis)

    def __repr__(self) -> str:
        count = len(self.analysis.statements)
        lines = (f"- {voice(s)}: {shorten(s.text, 100)}" for s in self.analysis.statements)
        return "\n".join([f"{self.analysis.article.id}: {counted(count, 'statement')}", *lines])


def reader_html(analysis: Analysis) -> str:
    """The article as a piece of HTML with its own style, the same for the same analysis; it needs no script."""
    statements = {s.statement_id: s for s in analysis.statements}
    speakers = dict.fromkeys(name for s in statements.values() for name in voices_of(s))  # as they first speak
    colours = dict(zip(speakers, cycle(PALETTE)))
    layers = list(dict.fromkeys(layers_of(analysis)))
    themes = sorted({layer.key for layer in layers if layer.role == "theme"})
    firsts = {id_: s.start for id_, s in statements.items()}
    return page(
        "reader",
        article=analysis.article,
        blocks=[(paragraph, list(runs(paragraph, here, firsts))) for paragraph, here in placed(analysis, layers)],
        statements=statements,
        colours={id_: [colours[name] for name in voices_of(s)] for id_, s in statements.items()},
        speakers=colours,
        looks={theme: f"{line} {colour}" for theme, line, colour in zip(themes, cycle(LINES), cycle(THEME_COLOURS))},
        **{function.__name__: function for function in (anchor, card, stripes, theme_label, tint, voice)},
    )


def anchor(article: str, statement_id: str) -> str:
    """The HTML id of the place in the reader where a statement begins."""
    return f"said-{safe_id(article)}-{safe_id(statement_id)}"


def voices_of(statement: Statement) -> tuple[str, ...]:
    """Whose words: the speakers' names, or the source as it stands."""
    if statement.speakers:
        return tuple(dict.fromkeys(speaker.name for speaker in statement.speakers))
    return (unnamed(statement.source.text) if statement.source else NOBODY,)


def voice(statement: Statement) -> str:
    return listing(voices_of(statement))


def card(statement: Statement) -> list[tuple[str, str]]:
    """What hover and focus show of a statement, as label and value."""
    speakers = "; ".join(
        ", ".join(filter(None, (s.name, s.role, s.country))) + f" (found by {worded(s.resolved_by)})"
        for s in statement.speakers
    )
    tone, grade = statement.sentiment, statement.readability
    shown = {
        "Speaker": speakers or voice(statement),
        "Source": f"“{one_line(statement.source.text)}”" if statement.source else "",
        "Cue": f"“{one_line(statement.cue.text)}” ({statement.cue.lemma})" if statement.cue else "",
        "Kind": statement.kind,
        "Said": "" if statement.asserted == "said" else f"no: it is {statement.asserted}",
        "Sure": f"{round(100 * statement.confidence)} in 100",
        "Rules": "; ".join(worded(rule) for rule in statement.why),
        "Tone": one_line(explain_tone(tone)) if tone else "",
        "Stance": one_line(" ".join(explain_stance(stance) for stance in statement.stances)),
        "Themes": "; ".join(
            f"{given_theme(t)} ({', '.join(one_line(e.text) for e in t.evidence or [c.span for c in t.context])})"
            for t in statement.themes
        ),
        "Speaks of": ", ".join(dict.fromkeys(e.name for e in statement.entities)),
        "Reading": f"grade {grade.flesch_kincaid_grade:.1f}, {grade.words} words" if grade else "",
    }
    return [(label, value) for label, value in shown.items() if value]


def layers_of(analysis: Analysis) -> Iterator[Layer]:
    """The pieces of each statement, its cue and its source, and the evidence of the themes."""
    for s in analysis.statements:
        yield from (Layer(g.start, g.end, "statement", s.statement_id) for g in s.segments)
        if s.cue:
            yield Layer(s.cue.start, s.cue.end, "cue", s.statement_id)
        if s.source:
            yield Layer(s.source.start, s.source.end, "source", s.statement_id)
    themed: list[ThemedParagraph | Statement] = [*analysis.themes, *analysis.statements]
    for about in themed:
        yield from (Layer(e.start, e.end, "theme", t.theme) for t in about.themes for e in t.evidence)


def placed(analysis: Analysis, layers: Iterable[Layer]) -> list[tuple[Paragraph, list[Layer]]]:
    """Each paragraph with the layers that touch it."""
    blocks: list[tuple[Paragraph, list[Layer]]] = [(paragraph, []) for paragraph in analysis.article.paragraphs]
    starts = [paragraph.span.start for paragraph, _ in blocks]
    for layer in layers:
        n = max(bisect_right(starts, layer.start) - 1, 0)
        while n < len(blocks) and starts[n] < layer.end:
            blocks[n][1].append(layer)
            n += 1
    return blocks


def pieces(paragraph: Paragraph, layers: Sequence[Layer]) -> Iterator[Piece]:
    """The paragraph cut at every boundary of a layer; put together again, the pieces are its text."""
    low, high, text = paragraph.span.start, paragraph.span.end, paragraph.span.text
    here = [layer for layer in layers if layer.start < high and low < layer.end and layer.start < layer.end]
    cuts = sorted({low, high, *(min(max(at, low), high) for layer in here for at in (layer.start, layer.end))})
    for start, end in pairwise(cuts):
        yield Piece(
            text[start - low : end - low], start, end, tuple(x for x in here if x.start <= start and end <= x.end)
        )


def runs(paragraph: Paragraph, layers: Sequence[Layer], firsts: Mapping[str, int]) -> Iterator[Run]:
    """The pieces of a paragraph, those inside the same statements together; `firsts`: where each statement begins."""
    found = pieces(paragraph, layers if paragraph.kept else ())
    for statements, group in groupby(found, key=lambda piece: piece.keys("statement")):
        inside = tuple(group)
        at = inside[0].start
        begins = tuple(layer.key for layer in inside[0].layers if layer.role == "statement" and layer.start == at)
        yield Run(statements, begins, tuple(key for key in begins if firsts[key] == at), inside)


def tint(colour: str) -> str:
    """The colour as a pale one, to stand behind text: ``tint("#0072B2") == "#D1E6F1"``."""
    parts = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{round(255 - 0.18 * (255 - part)):02X}" for part in parts)


def stripes(colours: Sequence[str]) -> str:
    """The background of a statement, as CSS: its speaker's colour, or stripes of several."""
    tints = list(dict.fromkeys(tint(colour) for colour in colours))
    plain = f"background-color:{tints[0]}"  # also for JupyterLab, which shows no stripes before a notebook is trusted
    bands = ",".join(f"{shade} {9 * n}px {9 * n + 9}px" for n, shade in enumerate(tints))
    return plain if len(tints) == 1 else f"{plain};background-image:repeating-linear-gradient(135deg,{bands})"
