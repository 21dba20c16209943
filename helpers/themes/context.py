"""What hits of themes amount to: each counts by where it stands, and a theme needs a score.

>>> hit = ThemeHit("unmanned", 4, 9, "drone/NOUN")
>>> weigh([("sentence", [hit]), ("heading", [hit])], Weights())
{'unmanned': 0.75}

In the words themselves every hit counts; in the rest of the sentence, in each neighbouring sentence and in the heading
a theme counts once, however often it is named. The weights stand on top of the file of themes. A statement that names no
theme itself inherits the strongest of those around it, and says so.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from helpers.parse import Parsed, ParsedParagraph, Range
from helpers.records import INHERITED, ContextEvidence, Span, Statement, Theme, ThemedParagraph, Where
from helpers.themes.match import ThemeHit, match_themes
from helpers.themes.taxonomy import Taxonomy, Weights

Place = tuple[Where, Sequence[ThemeHit]]  # hits of one place: this sentence's rest, the sentence before …


@dataclass(frozen=True, slots=True)
class ThemedSentence:
    """One sentence of the article and the hits in it, all in the article's offsets."""

    paragraph: int
    heading: bool
    span: Span
    hits: tuple[ThemeHit, ...]


def weigh(places: Iterable[Place], weights: Weights) -> dict[str, float]:
    """The score of each theme that has any hit. A hint said twice in one place counts once: two different ones are enough.

    >>> ward, fever = (ThemeHit("health", n, n + 4, word, hint=True) for n, word in enumerate(["ward", "feverish"]))
    >>> weigh([("statement", [ward, ward])], Weights()), weigh([("statement", [ward, fever])], Weights())
    ({'health': 0.5}, {'health': 1.0})
    """
    scores: dict[str, float] = defaultdict(float)
    for where, hits in places:
        sums: dict[str, float] = defaultdict(float)
        for hit in {(hit.theme, hit.pattern if hit.hint else hit.start): hit for hit in hits}.values():
            sums[hit.theme] += weights.hint if hit.hint else 1.0
        for theme, amount in sums.items():
            scores[theme] += getattr(weights, where) * (amount if where == "statement" else min(1.0, amount))
    return {theme: round(score, 3) for theme, score in scores.items()}


def decide(places: Sequence[Place], taxonomy: Taxonomy) -> dict[str, tuple[float, bool]]:
    """The themes that a text has, in the taxonomy's order: score, and whether it is inherited.

    A text has a theme of its own if it holds evidence of it and the score is enough. Where there is none, it inherits
    the one that the places around it speak of most, if that much is said (several if they are level).
    """
    weights = taxonomy.weights
    scores = weigh(places, weights)
    own = {hit.theme for where, hits in places if where == "statement" for hit in hits}
    around = {hit.theme for where, hits in places if where != "statement" for hit in hits}
    had = {theme for theme in own if scores[theme] >= weights.enough}
    if had:
        return {theme: (scores[theme], False) for theme in taxonomy.ids if theme in had}
    most = max((scores[theme] for theme in around), default=0.0)
    if most < weights.inherit:
        return {}
    return {theme: (most, True) for theme in taxonomy.ids if theme in around and scores[theme] == most}


def read_sentences(
    parsed: Parsed, taxonomy: Taxonomy, titles: Mapping[int, Sequence[Range]] | None = None
) -> tuple[ThemedSentence, ...]:
    """Every sentence of the title and body with its hits, in the order of the text.

    What stands inside a person's title is no hit: a Secretary of War makes nothing about war. `titles` are those of each
    paragraph, by its number, as characters of its readable text.
    """
    places = titles or {}
    return tuple(s for p in parsed.paragraphs for s in sentences_of(p, taxonomy, places.get(p.number, ())))


def sentences_of(
    paragraph: ParsedParagraph, taxonomy: Taxonomy, titles: Sequence[Range] = ()
) -> Iterator[ThemedSentence]:
    found = match_themes(paragraph.doc, taxonomy)
    hits = [h for h in found if not any(start <= h.start and h.end <= end for start, end in titles)]
    for sentence in paragraph.doc.sents:
        inside = (placed(h, paragraph) for h in hits if sentence.start_char <= h.start < sentence.end_char)
        heading = paragraph.paragraph.kind == "title"
        yield ThemedSentence(paragraph.number, heading, paragraph.span_of(sentence), tuple(inside))


def placed(hit: ThemeHit, paragraph: ParsedParagraph) -> ThemeHit:
    """The hit in the article's offsets."""
    span = paragraph.span(hit.start, hit.end)
    return replace(hit, start=span.start, end=span.end)


def themed_paragraphs(
    text: str, sentences: Iterable[ThemedSentence], taxonomy: Taxonomy
) -> tuple[ThemedParagraph, ...]:
    """The themes of each paragraph: those that a sentence of it has by itself."""
    found: dict[int, dict[str, list[ThemeHit]]] = defaultdict(lambda: defaultdict(list))
    for sentence in sentences:
        scores = weigh([("statement", sentence.hits)], taxonomy.weights)
        for hit in sentence.hits:
            if scores[hit.theme] >= taxonomy.weights.enough:
                found[sentence.paragraph][hit.theme].append(hit)
    themed = []
    for number, by_theme in found.items():
        places: list[Place] = [("statement", hits) for hits in by_theme.values()]
        scores = weigh(places, taxonomy.weights)
        themes = (theme_of(name, places, text, scores[name]) for name in taxonomy.ids if name in by_theme)
        themed.append(ThemedParagraph(number, tuple(themes)))
    return tuple(themed)


def theme_of(name: str, places: Sequence[Place], text: str, score: float, inherited: bool = False) -> Theme:
    """The theme `name` with its evidence in these places; what stands around the statement is its context."""
    found = [
        ContextEvidence(Span(hit.start, hit.end, text[hit.start : hit.end]), hit.pattern, where)
        for where, hits in places
        for hit in hits
        if hit.theme == name
    ]
    own = [evidence for evidence in found if evidence.where == "statement"]
    around = tuple(evidence for evidence in found if evidence.where != "statement")
    return Theme(name, tuple(e.span for e in own), tuple(e.pattern for e in own), score, around, inherited)


def places_around(statement: Statement, sentences: Sequence[ThemedSentence]) -> list[Place]:
    """The hits inside a statement's content, in the rest of its sentences, in those beside them, and in the heading.

    The words that name the source or report do not count: "the energy minister said" makes nothing about energy.
    """
    first = bisect_left(sentences, statement.paragraph, key=lambda s: s.paragraph)
    here = takewhile(lambda n: sentences[n].paragraph == statement.paragraph, range(first, len(sentences)))
    own = [n for n in here if any(sentences[n].span.overlaps(segment) for segment in statement.segments)]
    if not own:
        return []
    hits = [hit for n in own for hit in sentences[n].hits]
    inside = [h for h in hits if any(s.start <= h.start and h.end <= s.end for s in statement.segments)]
    frame = [span for span in (statement.source, statement.cue) if span]
    rest = [h for h in hits if h not in inside and not any(h.start < f.end and f.start < h.end for f in frame)]
    places: list[Place] = [("statement", inside), ("sentence", rest)]
    beside = (n for n in (own[0] - 1, own[-1] + 1) if 0 <= n < len(sentences))
    places += [("neighbours", sentences[n].hits) for n in beside if not sentences[n].heading]
    places += [("heading", [h for n, s in enumerate(sentences) if s.heading and n not in own for h in s.hits])]
    return places


def themes_in(
    statement: Statement, sentences: Sequence[ThemedSentence], taxonomy: Taxonomy, text: str
) -> tuple[Theme, ...]:
    """The themes of a statement, each with its evidence in the content and around it."""
    places = places_around(statement, sentences)
    return tuple(
        theme_of(name, places, text, score, inherited) for name, (score, inherited) in decide(places, taxonomy).items()
    )


def inheritance(themes: Iterable[Theme]) -> tuple[str, ...]:
    """What `why` says of themes that a statement takes over from the words around it.

    >>> inheritance([Theme("cyber", (), inherited=True, context=(ContextEvidence(Span(0, 5, "Cyber"), "cyber*", "heading"),))])
    ('theme inherited: cyber from heading',)
    """
    return tuple(
        f"{INHERITED}: {theme.theme} from {', '.join(dict.fromkeys(c.where for c in theme.context))}"
        for theme in themes
        if theme.inherited
    )
