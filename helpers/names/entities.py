"""Entities of an article: organisations, countries and places, agreements, events, amounts and dates.

>>> entities = find_entities(article, reads, people)                       # doctest: +SKIP
>>> [(e.name, e.type, e.mentions[0].span.text) for e in entities][:2]      # doctest: +SKIP
[('India', 'country', 'New Delhi’s'), ('Logistics Exchange Memorandum of Agreement', 'agreement', 'LEMOA')]

Known names come from ``data/vocabulary/``, other ones from their last word (Accord, Summit, Ministry; see
``entity_heads.csv``) and from spaCy's entity recogniser. An acronym in brackets is paired with its long form
(Schwartz & Hearst 2003). A capital stands for its government, but for "in New Delhi", which is a place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from helpers.knowledge.reporting import entity_heads
from helpers.names.gazetteer import Known, known_forms
from helpers.names.paragraphs import Read
from helpers.names.quantities import find_quantities
from helpers.names.roles import RolePhrase
from helpers.records import Article, Entity, EntityType, Mention, Person, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

LOCATIVE = frozenset("in at near from to into outside around across via through toward towards of".split())
NER_TYPES: dict[str, EntityType] = {
    "ORG": "organisation",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
    "EVENT": "event",
    "LAW": "agreement",
}
NAMED = ("full_name", "surname", "given_name")  # rules of mentions that hold the name itself
TAIL_LINKS = ("of", "for", "on", "against")
LONGEST = 12  # tokens on either side of the head of a name
ACRONYM = re.compile(r"\(\s*([A-Z][A-Za-z]*[A-Z][A-Za-z0-9-]*s?)\s*[,)]")


@dataclass(frozen=True, slots=True)
class Found:
    """An entity at characters `start` to `end` of a paragraph."""

    start: int
    end: int
    name: str
    type: EntityType
    rule: str
    value: float | str | None = None
    unit: str | None = None


def find_entities(article: Article, reads: Iterable[Read], people: Iterable[Person]) -> tuple[Entity, ...]:
    """The entities of an article, people included, in the order of their first mention."""
    reads, people = tuple(reads), tuple(people)
    named: dict[int, list[Span]] = {}
    for mention in (m for p in people for m in p.mentions if m.rule in NAMED):
        named.setdefault(mention.paragraph, []).append(mention.span)
    long_forms = {acronym: long for read in reads for acronym, long, _ in acronyms(read.parsed.text)}
    entities: dict[tuple[str, str], tuple[Found, list[Mention]]] = {}
    places = [(read, found_in(read, long_forms, named.get(read.parsed.number, ()), article.date)) for read in reads]
    names = list(dict.fromkeys(f.name for _, items in places for f in items))
    for read, items in places:
        for found in items:
            name = shorter_form(found, names)
            _, mentions = entities.setdefault((name, found.type), (found, []))
            mentions.append(Mention(read.parsed.span(found.start, found.end), read.parsed.number, found.rule))
    persons = [Entity(p.name, "person", p.mentions) for p in people]
    others = [
        Entity(name, kind, tuple(mentions), first.value, first.unit, long_forms.get(name))
        for (name, kind), (first, mentions) in cast(
            dict[tuple[str, EntityType], tuple[Found, list[Mention]]], entities
        ).items()
    ]
    return tuple(sorted((e for e in [*persons, *others] if e.mentions), key=lambda e: (e.mentions[0].span, e.type)))


def found_in(read: Read, long_forms: dict[str, str], named: Sequence[Span], today: str | None) -> list[Found]:
    """The entities of one paragraph beside the people `named`; earlier finders win over later ones where they overlap."""
    doc, base = read.parsed.doc, read.parsed.paragraph.span.start
    persons = {i - base for span in named for i in range(span.start, span.end)}
    titles = {i for role in read.roles for i in characters_of(doc, role.head_start, role.head_end)}
    finders = (
        acronym_mentions(read.parsed.text, long_forms),
        by_head(doc, read.roles),
        quantities(read.parsed.text, today),
        by_gazetteer(doc, read.known),
        by_recogniser(doc),
    )
    taken = set(persons)
    found = []
    for finder in finders:
        for item in finder:
            place = set(range(item.start, item.end))
            if taken.isdisjoint(place) and (
                item.type not in ("agreement", "event", "organisation") or not place <= titles
            ):
                taken |= place
                found.append(item)
    return sorted(found, key=lambda f: f.start)


def characters_of(doc: Doc, start: int, end: int) -> range:
    return range(doc[start].idx, doc[end - 1].idx + len(doc[end - 1]))


def acronyms(text: str) -> Iterator[tuple[str, str, int]]:
    """Acronyms in brackets with the long form before them, and where it begins.

    >>> [a[:2] for a in acronyms("the Port Amber Memorandum of Agreement (PAMA) and the Coast Guard (CG)")]
    [('PAMA', 'Port Amber Memorandum of Agreement'), ('CG', 'Coast Guard')]

    A letter of the acronym is matched from the right with letters of the words before the bracket, the first one with
    the beginning of a word (Schwartz & Hearst, PSB 2003).
    """
    for match in ACRONYM.finditer(text):
        short = match[1].rstrip("s")
        before = text[: match.start()].rstrip()
        i = len(before)
        for letter in reversed(short.lower()):
            i -= 1
            while i >= 0 and before[i].lower() != letter:
                i -= 1
        while i > 0 and (before[i].lower() != short[0].lower() or before[i - 1].isalnum()):
            i -= 1
        long = before[max(i, 0) :]
        if (
            i >= 0
            and long[:1].isupper()
            and len(long.split()) <= 2 * len(short) + 2
            and not re.search(r"[.;:!?]\s", long)
        ):
            yield match[1], long, i


def acronym_mentions(text: str, long_forms: dict[str, str]) -> Iterator[Found]:
    """Each place where an acronym of the article, or its long form, stands."""
    for short, long in long_forms.items():
        known = known_forms().get(short) or known_forms().get(long)
        name = known.name if known else short
        kind: EntityType = ("organisation" if known.kind == "organisation" else "place") if known else type_of(long)
        for form, rule in ((long, "long form of an acronym"), (short, "acronym")):
            for match in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", text):
                yield Found(match.start(), match.end(), name, kind, rule)


def type_of(name: str) -> EntityType:
    """The type that a word of the name tells, the last one first; organisation where none does."""
    return next(
        (entity_heads()[w] for w in reversed(re.findall(r"\w+", name)) if w in entity_heads()),
        "organisation",
    )


def by_head(doc: Doc, roles: Iterable[RolePhrase]) -> Iterator[Found]:
    """Names that hold Accord, Summit, Ministry …: the capitalised words around such a head."""
    titles = {i for role in roles for i in range(role.start, role.head_end)}
    heads = entity_heads()
    end = 0
    for token in doc:
        if token.i < end or token.text not in heads or token.i in titles:
            continue
        start, end = name_start(doc, token.i), name_end(doc, token.i)
        head = next(t.text for t in reversed(doc[token.i : end]) if t.text in heads and t.i not in titles)
        if heads[token.text] != "organisation" and end == token.i + 1 and start == token.i:
            continue
        start = without_opener(doc, start, end, heads[head])
        kind = heads[token.text] if end > token.i + 1 and doc[token.i + 1].lower_ in TAIL_LINKS else heads[head]
        text = doc[start:end].text
        known = known_forms().get(text)
        if known and known.kind in ("organisation", "place"):
            yield found_at(
                doc, start, end, known.name, "organisation" if known.kind == "organisation" else "place", "known name"
            )
        elif not known and end - start > 1:
            yield found_at(doc, start, end, text, kind, f"name with {head}")


def found_at(doc: Doc, start: int, end: int, name: str, kind: EntityType, rule: str) -> Found:
    """A `Found` for the tokens `start` to `end`."""
    return Found(doc[start].idx, doc[end - 1].idx + len(doc[end - 1]), name, kind, rule)


def name_start(doc: Doc, i: int) -> int:
    """Where the capitalised words before the head at `i` begin: ASEAN-India Defence Ministers' Informal Meeting."""
    start = i
    while start > 0 and i - start < LONGEST and not doc[start].is_sent_start:
        before = doc[start - 1]
        if before.text[0].isupper() and (before.is_alpha or "." not in before.text or before.text.count(".") > 1):
            start -= 1
        elif start > 1 and (before.tag_ == "POS" or before.text == "-") and doc[start - 2].text[0].isupper():
            start -= 2
        else:
            break
    return start


def name_end(doc: Doc, i: int) -> int:
    """Where a name with the head at `i` ends: more capitals, or "of …", "on the …" with capitals."""
    end = i + 1
    while end < len(doc) and end - i < LONGEST:
        if doc[end].text[0].isupper() and doc[end].is_alpha and not doc[end].is_sent_start:
            end += 1
            continue
        j = end
        while j < len(doc) and j - end < 2 and doc[j].lower_ in (*TAIL_LINKS, "the", "and", "-"):
            j += 1
        linked = j > end and j < len(doc) and doc[j].text[0].isupper() and doc[j].pos_ in ("PROPN", "NOUN", "ADJ")
        if not linked or (doc[end].lower_ not in TAIL_LINKS and end == i + 1):
            break
        end = j + 1
    return end


def without_opener(doc: Doc, start: int, end: int, kind: EntityType) -> int:
    """`start` after an article, a possessor ("India’s Act East Policy") or the host of an event ("ASEAN East Asia Summit")."""
    if doc[start].lower_ in ("the", "a", "an", "this", "that", "its", "their", "our"):
        start += 1
    if end - start > 3 and doc[start + 1].tag_ == "POS":
        start += 2
    if kind == "event" and end - start > 2 and doc[start].text.isupper() and doc[start + 1].text != "-":
        start += 1
    return start


def quantities(text: str, today: str | None) -> Iterator[Found]:
    for q in find_quantities(text, today):
        yield Found(q.start, q.end, q.text, q.type, "quantity", q.value, q.unit)


def by_gazetteer(doc: Doc, known: Iterable[Known]) -> Iterator[Found]:
    """Known names. Capitals and demonyms mean their country; "in New Delhi" is a place."""
    for k in known:
        start, end = doc[k.start].idx, doc[k.end - 1].idx + len(doc[k.end - 1])
        if (
            k.kind == "capital"
            and k.start > 0
            and doc[k.start - 1].lower_ in LOCATIVE
            and not followed_by_possessive(doc, k.end)
        ):
            yield Found(start, end, k.text, "place", "capital as a place")
        elif k.kind in ("organisation", "place"):
            yield Found(start, end, k.name, "organisation" if k.kind == "organisation" else "place", "known name")
        else:
            rules = {
                "capital": "capital stands for its government",
                "metonym": "seat of government",
                "demonym": "demonym",
            }
            yield Found(start, end, k.name, "country", rules.get(k.kind, "known name"))


def followed_by_possessive(doc: Doc, i: int) -> bool:
    return i < len(doc) and doc[i].tag_ == "POS"


def by_recogniser(doc: Doc) -> Iterator[Found]:
    """What spaCy's recogniser finds beyond that, without articles, possessives and lower-case finds."""
    for ent in doc.ents:
        kind = NER_TYPES.get(ent.label_)
        if kind is None:
            continue
        text = re.sub(r"(?:['’]s?|\s*\()$", "", ent.text)
        lead = re.match(r"(?:the|a|an|this|its|their)\s+", text, re.I)
        cut = lead.end() if lead else 0
        name = text[cut:]
        if len(name) > 1 and name[0].isupper() and not name.isdigit() and re.search(r"[a-zA-Z]{2}", name):
            yield Found(ent.start_char + cut, ent.start_char + len(text), name, kind, "entity recogniser")


def shorter_form(found: Found, names: list[str]) -> str:
    """The name under which different forms of one agreement or event meet: the shortest that ends the longer one."""
    if found.type not in ("agreement", "event"):
        return found.name
    fits = [n for n in names if found.name.endswith(" " + n) and len(n.split()) > 1]
    return min(fits, key=len, default=found.name)
