"""The words of the project as frozen records. Everything found is a `Span` and says why it was found.

>>> span_at("Ms. Okafor said: no.", 4, 10)
Span(start=4, end=10, text='Okafor')

Offsets are Python string offsets into the article's text (Unicode code points, end exclusive), so that
``article.text[span.start:span.end] == span.text`` holds for every span of every record.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

ParagraphKind = Literal["title", "byline", "dateline", "date", "body", "link", "caption", "boilerplate"]
EntityType = Literal[
    "person",
    "organisation",
    "country",
    "place",
    "agreement",
    "event",
    "money",
    "percent",
    "quantity",
    "date",
    "duration",
]
StatementKind = Literal["direct", "indirect", "mixed"]
Asserted = Literal["said", "not said", "supposed"]  # or declined, denied to have been said; or imagined, asked, planned
Label = Literal["positive", "neutral", "negative"]
LABELS: tuple[Label, ...] = ("negative", "neutral", "positive")  # the order of a stance's probabilities
ToneLabel = Literal["positive", "neutral", "negative", "mixed"]
TONES: tuple[ToneLabel, ...] = ("negative", "neutral", "positive", "mixed")  # the order of a tone's probabilities
DateSource = Literal[
    "field", "page", "text", "properties"
]  # a field of the input, a web page's own, or the file's making
Where = Literal["statement", "sentence", "neighbours", "heading"]  # in its content, or how far from it

INHERITED = "theme inherited"  # a rule of `Statement.why`: its name, then the theme and from where


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A piece of the article: ``start`` and ``end`` are offsets into its text."""

    start: int
    end: int
    text: str

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end


def span_at(text: str, start: int, end: int, base: int = 0) -> Span:
    """The span of `text` from `start` to `end`, without the white space at its edges; `base` is where `text` begins."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(base + start, base + end, text[start:end])


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line or block of the article and what it is: text of the article, or something to keep out."""

    number: int  # 1, 2, 3 … over all paragraphs, those kept out included
    kind: ParagraphKind
    span: Span
    why: str  # the rule that decided the kind
    without: tuple[Span, ...] = ()  # a page's header, footer or number inside it, which is not read

    @property
    def kept(self) -> bool:
        """Is it read by the later steps?"""
        return self.kind in ("title", "body")


@dataclass(frozen=True, slots=True)
class Article:
    """One article as it came and its paragraphs. Title, byline, dateline, date (ISO 8601: 2025-10-31) and source
    (the outlet) are filled where the input names them or a paragraph of that kind holds them.

    `notices` tell what was mended, or could not be used, when it was read."""

    id: str
    text: str
    paragraphs: tuple[Paragraph, ...]
    title: str | None = None
    byline: str | None = None
    dateline: str | None = None
    date: str | None = None
    source: str | None = None
    url: str | None = None
    date_source: DateSource | None = None
    notices: tuple[str, ...] = ()

    @property
    def body(self) -> tuple[Paragraph, ...]:
        """The paragraphs that the later steps read."""
        return tuple(p for p in self.paragraphs if p.kept)

    @property
    def left_out(self) -> tuple[Paragraph, ...]:
        """Links, captions, bylines and boilerplate: listed, but kept out of every later step."""
        return tuple(p for p in self.paragraphs if not p.kept)


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where an entity is named (or meant, as with "He"). `rule` says how it was tied to its name."""

    span: Span
    paragraph: int
    rule: str


@dataclass(frozen=True, slots=True)
class Entity:
    """Something the article speaks of, under its canonical name, with each of its mentions.

    `value` and `unit` are for amounts (500e9, "USD"), percentages (25.0, "percent"), quantities and durations
    (``P10Y``, ISO 8601) and dates (``2030``, ISO 8601), and hold
    both ends of a range (``10..25``); `long_form` is what an acronym stands for.
    """

    name: str
    type: EntityType
    mentions: tuple[Mention, ...]
    value: float | str | None = None
    unit: str | None = None
    long_form: str | None = None


@dataclass(frozen=True, slots=True)
class CountryEvidence:
    """Words that speak for one country as somebody's own, what kind of evidence they are, and how much it counts."""

    country: str
    kind: str  # a word of country_evidence.csv
    span: Span
    weight: float


@dataclass(frozen=True, slots=True)
class Person:
    """A person of the article. With a public role the person is an *official*; `evidence` holds the words
    that give role and country."""

    name: str
    role: str | None
    country: str | None
    mentions: tuple[Mention, ...]
    evidence: tuple[Span, ...] = ()
    pronouns: str | None = None  # "he", "she" or "they", only where the article shows it
    country_evidence: tuple[CountryEvidence, ...] = ()  # all that was weighed, also where it does not decide

    @property
    def official(self) -> bool:
        return self.role is not None


@dataclass(frozen=True, slots=True)
class Cue:
    """The word or words that report: *said*, *according to*, *voiced concerns over*."""

    start: int
    end: int
    text: str
    lemma: str


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who stands behind a source. `resolved_by` is the rule: full_name, surname, pronoun, plural, role, …"""

    name: str
    role: str | None
    country: str | None
    official: bool
    resolved_by: str
    country_evidence: tuple[CountryEvidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Vader:
    """The tone of a statement's words by VADER's list: `score` from -1 to 1; `words` are those in it, with weights."""

    label: Label
    score: float
    words: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """A word that decided on a stance or a tone: its weight for (+) or against (-), and its strongest feature."""

    span: Span
    weight: float
    feature: str


@dataclass(frozen=True, slots=True)
class Sentiment:
    """Our own verdict on the tone of a whole statement. `score` is P(positive) - P(negative)."""

    label: ToneLabel
    score: float
    probabilities: tuple[float, ...] = (0.0, 0.0, 0.0, 0.0)  # in the order of TONES
    reasons: tuple[Reason, ...] = ()  # the words that decided, the weightiest first
    readable: tuple[float, ...] | None = None  # what the readable model says by itself …
    encoder: tuple[float, ...] | None = None  # … and the encoder, where it was asked


@dataclass(frozen=True, slots=True)
class Stance:
    """How the speaker stands towards `target`, a span inside the statement. `score` is P(positive) - P(negative)."""

    target: Span
    label: Label
    score: float
    probabilities: tuple[float, ...] = (0.0, 0.0, 0.0)  # in the order of LABELS
    sure: bool = True  # is the label's probability high enough? Else it is shown as unsure
    demand: bool = False  # the speaker says how the target must be, rather than how it is
    held_by: Span | None = None  # who takes it, if not the speaker: Roe said *Lind* had condemned it
    reasons: tuple[Reason, ...] = ()  # the words that decided, the weightiest first
    rest: float = 0.0  # what all else in the sentence adds, for (+) or against (-)
    settled: bool = False  # did its situation alone decide: nothing was said of it, or it is another's view?
    readable: tuple[float, ...] | None = None  # what the readable model says by itself …
    encoder: tuple[float, ...] | None = None  # … and the encoder, where it was asked


@dataclass(frozen=True, slots=True)
class ContextEvidence:
    """Words around a statement that speak for one of its themes: the pattern they match, and where they stand."""

    span: Span
    pattern: str
    where: Where


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme of a statement or paragraph, with the words that are its evidence and, for each, the pattern it matched.

    `context` is what stands around a statement and adds to the score. A statement that names no theme itself may inherit
    one from its context."""

    theme: str
    evidence: tuple[Span, ...]
    patterns: tuple[str, ...] = ()
    score: float = 1.0
    context: tuple[ContextEvidence, ...] = ()
    inherited: bool = False


@dataclass(frozen=True, slots=True)
class EntityInStatement:
    """An entity that a statement's content speaks of, under its canonical name, at its place."""

    name: str
    type: EntityType
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Readability:
    """How hard a text is to read (textstat). Grades are US school years; see docs/CODEBOOK.md."""

    words: int
    sentences: int
    flesch_reading_ease: float
    flesch_kincaid_grade: float
    gunning_fog: float
    dale_chall: float


@dataclass(frozen=True, slots=True)
class Statement:
    """Who said what: content segments, the cue that reports them, the source as it stands, and its speakers.

    `confidence` is the chance that a careful reader would mark these words as somebody's; not whether the speaker is right.
    `asserted` tells whether they were said at all; what was not has neither tone nor stance.
    """

    article: str
    statement_id: str
    kind: StatementKind
    segments: tuple[Span, ...]
    cue: Cue | None
    source: Span | None
    speakers: tuple[Speaker, ...] = ()
    sentiment: Sentiment | None = None
    stances: tuple[Stance, ...] = ()
    themes: tuple[Theme, ...] = ()
    entities: tuple[EntityInStatement, ...] = ()
    readability: Readability | None = None
    why: tuple[str, ...] = ()
    paragraph: int = 0
    confidence: float = 1.0  # 0 to 1
    asserted: Asserted = "said"
    vader: Vader | None = None  # for teaching, beside `sentiment`

    @property
    def text(self) -> str:
        """The content as one string; `…` stands where the article interrupts it."""
        return " … ".join(s.text for s in self.segments)

    @property
    def start(self) -> int:
        return self.segments[0].start

    @property
    def end(self) -> int:
        return self.segments[-1].end


@dataclass(frozen=True, slots=True)
class ThemedParagraph:
    """The themes of one paragraph, whether or not somebody's statement carries them."""

    paragraph: int
    themes: tuple[Theme, ...]


@dataclass(frozen=True, slots=True)
class Analysis:
    """All that was found in one article: what every table, chart, the reader and the report are made from."""

    article: Article
    entities: tuple[Entity, ...] = ()
    people: tuple[Person, ...] = ()
    statements: tuple[Statement, ...] = ()
    themes: tuple[ThemedParagraph, ...] = ()
    readability: Readability | None = None
    made_with: dict[str, str] = field(default_factory=dict)  # versions of the project, spaCy and its model

    @property
    def said(self) -> tuple[Statement, ...]:
        """The statements that were said: all but what was declined, denied to have been said, or only imagined."""
        return tuple(s for s in self.statements if s.asserted == "said")

    @property
    def officials(self) -> tuple[Person, ...]:
        return tuple(p for p in self.people if p.official)
