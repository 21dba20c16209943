"""Entities of an article: people, organisations, countries and places, agreements, events, amounts and dates.

>>> entities = find_entities(article, reads, people, things)               # doctest: +SKIP
>>> [(e.name, e.type, e.mentions[0].span.text) for e in entities][:2]      # doctest: +SKIP
[('India', 'country', 'New Delhi’s'), ('Logistics Exchange Memorandum of Agreement', 'agreement', 'LEMOA')]
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from helpers.names.dates import lies_ahead
from helpers.names.paragraphs import Read
from helpers.names.quantities import Quantity, find_quantities
from helpers.names.things import Thing, acronyms
from helpers.parse import ParsedParagraph
from helpers.records import Article, Entity, Mention, Person, Span

NAMED = ("full_name", "surname", "given_name")  # rules of mentions that hold the name itself


def find_entities(
    article: Article, reads: Iterable[Read], people: Iterable[Person], things: Iterable[Thing]
) -> tuple[Entity, ...]:
    """The entities of an article, people included, in the order of their first mention."""
    reads, things, people = tuple(reads), tuple(things), tuple(people)
    placed: dict[int, list[Thing]] = defaultdict(list)  # by paragraph, as the next
    named: dict[int, list[Span]] = defaultdict(list)
    for thing in things:
        placed[thing.paragraph].append(thing)
    for mention in (m for p in people for m in p.mentions if m.rule in NAMED):
        named[mention.paragraph].append(mention.span)
    names = list(dict.fromkeys(thing.name for thing in things))
    long_forms = dict(pair for read in reads for pair in acronyms(read.parsed.text))
    countries = {thing.name for thing in things if thing.type == "country"}
    mentions: dict[Entity, list[Mention]] = defaultdict(list)
    for read in reads:
        number = read.parsed.number
        spans = {read.parsed.span_of(read.parsed.doc[t.start : t.end]): t for t in placed[number]}
        quantities = {read.parsed.span(q.start, q.end): q for q in quantities_of(read.parsed, article.date, countries)}
        for span, thing in spans.items():
            if thing.type != "document" and not covered(span, quantities):
                name = shorter_form(thing, names)
                entity = Entity(name, thing.type, (), long_form=long_forms.get(name))
                mentions[entity].append(Mention(span, number, thing.rule))
        for span, q in quantities.items():
            if not covered(span, [*spans, *named[number]]):
                mentions[Entity(q.text, q.type, (), q.value, q.unit)].append(Mention(span, number, "quantity"))
    found = [Entity(p.name, "person", p.mentions) for p in people if p.mentions]
    found += [replace(entity, mentions=tuple(places)) for entity, places in mentions.items()]
    return tuple(sorted(found, key=lambda e: (e.mentions[0].span, e.type)))


def quantities_of(parsed: ParsedParagraph, today: str | None, countries: Collection[str]) -> list[Quantity]:
    """The quantities of a paragraph; whether a day lies ahead is told by the verb on which its last word hangs."""
    tree = parsed.tree

    def ahead(start: int, end: int) -> bool | None:
        return lies_ahead(tree.words[tree.touched(start, end)[-1]])

    return find_quantities(parsed.text, today, ahead, countries)


def covered(span: Span, others: Iterable[Span]) -> bool:
    """Does a longer one of the spans `others` overlap this one, or one as long?"""
    length = span.end - span.start
    return any(span.overlaps(other) and other.end - other.start >= length for other in others)


def shorter_form(thing: Thing, names: Sequence[str]) -> str:
    """The name under which different forms of one agreement or event meet: the shortest that ends the longer one."""
    if thing.type not in ("agreement", "event"):
        return thing.name
    fits = [name for name in names if thing.name.endswith(" " + name) and len(name.split()) > 1]
    return min(fits, key=len, default=thing.name)
