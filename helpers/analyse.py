"""The one road: article -> parse -> people, entities -> statements -> tone, themes, readability.

>>> analysis = analyse(read_article("seeds/us-india-defence-framework.txt"))    # doctest: +SKIP
>>> analysis.statements[0].speakers[0].name                                      # doctest: +SKIP
'Pete Hegseth'

Notebooks show these steps one by one; the command line and the tests call `analyse`. Whoever needs what lies between the
parse and the statements (measuring and training do) starts from `read`. There is no other composition.
"""

from __future__ import annotations

import gc
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from helpers.made_with import made_with, themes_digest
from helpers.names.entities import find_entities
from helpers.names.labelled import with_labels
from helpers.names.paragraphs import Read, read_paragraphs
from helpers.names.people import find_people
from helpers.names.references import Reference, find_references, with_references
from helpers.names.story import story_of
from helpers.names.things import Thing, find_things
from helpers.parse import Parsed, ParsedParagraph, parse_many
from helpers.records import INHERITED, Analysis, Article, Entity, EntityInStatement, Person, Statement
from helpers.reporting.choose import Model
from helpers.reporting.statements import find_statements
from helpers.text.article import structure
from helpers.text.readability import readability
from helpers.themes.context import ThemedSentence, inheritance, read_sentences, themed_paragraphs, themes_in
from helpers.themes.taxonomy import Taxonomy, load_taxonomy
from helpers.tone.second import is_fast, with_encoder
from helpers.tone.stance import sentiment, stances, utterance
from helpers.tone.vader import vader_tone

SENTENCES = (
    "“The strait is open,” Defence Minister Elin Quist said on Monday. She warned of drones and condemned the raid."
)


def analyse(article: Article, taxonomy: Taxonomy | None = None, fast: bool | None = None) -> Analysis:
    """All that is found in one article; with `fast` without the encoder's word on its tone (else as the process is set)."""
    return next(analyse_many([article], taxonomy, fast))


def analyse_many(
    articles: Iterable[Article], taxonomy: Taxonomy | None = None, fast: bool | None = None
) -> Iterator[Analysis]:
    """Analyse many articles in one stream, in order; the same result as `analyse` on each."""
    get_ready(is_fast(fast))
    themes = taxonomy or load_taxonomy()
    for parsed in parse_many(articles):
        yield analyse_parsed(parsed, themes, fast)


@cache
def get_ready(fast: bool) -> None:
    """Go the road once, so that model and word lists are there; and let the collector of garbage never look through them,
    which would take a quarter of the time, here and later.

    >>> get_ready(fast=True)
    """
    often = gc.get_threshold()
    gc.set_threshold(0)  # since spaCy undoes a `gc.disable`
    try:
        for parsed in parse_many([structure("", SENTENCES)]):
            analyse_parsed(parsed, load_taxonomy(), fast)
    finally:
        gc.set_threshold(*often)
    gc.freeze()


@dataclass(frozen=True, slots=True)
class Reading:
    """An article as it was read before its statements are looked for: its paragraphs with their names, its people and what else
    bears a name, and whom each mention means."""

    parsed: Parsed
    paragraphs: tuple[Read, ...]
    people: tuple[Person, ...]
    things: tuple[Thing, ...]
    references: tuple[Reference, ...]


def read(parsed: Parsed) -> Reading:
    """The steps from the parse to people and references."""
    paragraphs = with_labels(read_paragraphs(parsed))
    story = story_of(parsed.article, paragraphs)
    named = find_people(paragraphs, story)
    things = tuple(find_things(paragraphs, named, story.home))
    references = tuple(find_references(paragraphs, named, things))
    return Reading(parsed, paragraphs, with_references(named, references), things, references)


def analyse_parsed(parsed: Parsed, taxonomy: Taxonomy, fast: bool | None = None) -> Analysis:
    """Everything after the parse."""
    return analyse_read(read(parsed), taxonomy, fast)


def analyse_read(reading: Reading, taxonomy: Taxonomy, fast: bool | None = None) -> Analysis:
    """Everything that is found in an article once it is read."""
    parsed, article = reading.parsed, reading.parsed.article
    entities = find_entities(article, reading.paragraphs, reading.people, reading.things)
    sentences = read_sentences(parsed, taxonomy, titles_in(reading.paragraphs))
    paragraphs = parsed.by_number
    named = entities_by_paragraph(entities)
    statements = tuple(
        describe(s, paragraphs[s.paragraph], article, named[s.paragraph], sentences, taxonomy)
        for s in statements_in(reading)
    )
    return Analysis(
        article=article,
        entities=entities,
        people=reading.people,
        statements=statements if is_fast(fast) else with_encoder(statements, paragraphs),
        themes=themed_paragraphs(article.text, sentences, taxonomy),
        readability=readability("\n".join(p.text for p in parsed.paragraphs)),
        made_with=made_with(taxonomy, fast),
    )


def titles_in(paragraphs: Iterable[Read]) -> dict[int, list[tuple[int, int]]]:
    """Where people's titles stand in each paragraph, as characters of its readable text."""
    return {
        read.parsed.number: [
            (words.start_char, words.end_char) for r in read.roles for words in [read.parsed.doc[r.start : r.end]]
        ]
        for read in paragraphs
    }


def statements_in(reading: Reading, model: Model | None = None) -> tuple[Statement, ...]:
    """The bare statements of an article once it is read, by the stored model or another."""
    return find_statements(reading.parsed.article, reading.paragraphs, reading.people, reading.references, model)


def describe(
    statement: Statement,
    paragraph: ParsedParagraph,
    article: Article,
    entities: Sequence[EntityInStatement],
    sentences: Sequence[ThemedSentence],
    taxonomy: Taxonomy,
) -> Statement:
    """The statement with what its content speaks of, its themes and how hard it is to read; what was said
    gets a tone and stances, too."""
    words = paragraph.words(*statement.segments)
    named = entities_in(statement, entities)
    said = utterance(statement, paragraph, named) if statement.asserted == "said" else None
    held = stances(said) if said else ()
    return replace(
        themed(statement, sentences, taxonomy, article.text),
        sentiment=sentiment(said, held) if said else None,
        vader=vader_tone(words) if statement.asserted == "said" else None,
        stances=held,
        entities=named,
        readability=readability(words),
    )


def themed(statement: Statement, sentences: Sequence[ThemedSentence], taxonomy: Taxonomy, text: str) -> Statement:
    """The statement with its themes, and where they come from if it names none itself."""
    themes = themes_in(statement, sentences, taxonomy, text)
    others = (rule for rule in statement.why if not rule.startswith(INHERITED))
    return replace(statement, themes=themes, why=(*others, *inheritance(themes)))


def rethemed(analysis: Analysis, sentences: Sequence[ThemedSentence], taxonomy: Taxonomy) -> Analysis:
    """The analysis with the themes of another taxonomy, and all else as it was; `sentences` are read by that taxonomy."""
    text = analysis.article.text
    return replace(
        analysis,
        statements=tuple(themed(s, sentences, taxonomy, text) for s in analysis.statements),
        themes=themed_paragraphs(text, sentences, taxonomy),
        made_with={**analysis.made_with, "themes": themes_digest(taxonomy)},
    )


def entities_by_paragraph(entities: Iterable[Entity]) -> Mapping[int, Sequence[EntityInStatement]]:
    """The entities mentioned in each paragraph, in the order of the text."""
    found: dict[int, list[EntityInStatement]] = defaultdict(list)
    for entity in entities:
        for mention in entity.mentions:
            place = EntityInStatement(entity.name, entity.type, mention.span.start, mention.span.end, mention.span.text)
            found[mention.paragraph].append(place)
    for places in found.values():
        places.sort(key=lambda e: (e.start, e.end, e.name))
    return found


def entities_in(statement: Statement, entities: Sequence[EntityInStatement]) -> tuple[EntityInStatement, ...]:
    """Those of a paragraph's entities, which are in order, that are mentioned inside the statement's content."""
    first, last = (bisect_left(entities, at, key=lambda e: e.start) for at in (statement.start, statement.end))
    return tuple(
        e for e in entities[first:last] if any(s.start <= e.start and e.end <= s.end for s in statement.segments)
    )
