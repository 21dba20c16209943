"""Things that bear names: organisations, agreements, events, places, countries and studies, found once for all.

>>> things = find_things(read_paragraphs(parse(read_text("Delhi and the UN signed the Amber Accord."))), ())  # doctest: +SKIP
>>> [(t.name, t.type, t.rule) for t in things][1:]                                                            # doctest: +SKIP
[('United Nations', 'organisation', 'known name'), ('Amber Accord', 'agreement', 'name with Accord')]

Known names come from ``data/vocabulary/``, other ones from their last word (Accord, Summit, Ministry; see
``entity_heads.csv``), from a noun beside them ("the operator, Northern Lines,") and from spaCy's entity recogniser. An
acronym in brackets is paired with its long form (Schwartz & Hearst 2003). A capital stands for its government, but for
"in New Delhi", which is a place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from helpers.knowledge.forms import known_forms
from helpers.knowledge.names import small_words
from helpers.knowledge.reporting import body_nouns, entity_heads, head_nouns, speaker_nouns
from helpers.names.mentions import CAPITALISED, next_part
from helpers.names.paragraphs import Read
from helpers.names.single_names import is_body_noun
from helpers.records import EntityType, Person

if TYPE_CHECKING:
    from spacy.tokens import Doc

ThingType = EntityType | Literal["document"]
NER_TYPES: dict[str, ThingType] = {
    "ORG": "organisation",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
    "EVENT": "event",
    "LAW": "agreement",
}
DOCUMENTS = ("LAW", "WORK_OF_ART", "EVENT", "PRODUCT")  # what the recogniser may take a study for
NO_BODY = ("DATE", "PERSON", "GPE", "NORP")
LONG_FORM = "long form of an acronym"
RULES = {
    "capital": "capital stands for its government",
    "metonym": "seat of government",
    "demonym": "demonym",
}
TAIL_LINKS = ("of", "for", "on", "against")
OPENERS = ("the", "a", "an", "this", "that", "its", "their", "our")
LONGEST = 12  # tokens on either side of the head of a name
ACRONYM = re.compile(r"\(\s*([A-Z][A-Za-z]*[A-Z][A-Za-z0-9-]*s?)\s*[,)]")


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that bears a name, at the tokens `start` to `end` of paragraph `paragraph`."""

    paragraph: int
    start: int
    end: int
    name: str
    type: ThingType
    rule: str
    country: str | None = None
    noun: str | None = None  # the noun that stands beside it: the operator, Northern Lines


def find_things(reads: Iterable[Read], people: Iterable[Person]) -> list[Thing]:
    """What bears a name in each paragraph, in the order of the text, outside the names of people."""
    reads = tuple(reads)
    named = {m.span.start for p in people for m in p.mentions}
    long_forms = dict(pair for read in reads for pair in acronyms(read.parsed.text))
    return [thing for read in reads for thing in things_in(read, named, long_forms)]


def things_in(read: Read, named: set[int], long_forms: Mapping[str, str]) -> list[Thing]:
    """The things of one paragraph; earlier finders win over later ones where they overlap."""
    first = ((n, read.parsed.span_of(read.parsed.doc[n.start]).start) for n in read.names)
    people = (n for n, start in first if n.rule != CAPITALISED or start in named)
    taken = {i for n in people for i in range(n.start, n.end)}
    titles = {i for role in read.roles for i in range(role.head_start, role.head_end)}
    found: list[Thing] = []
    for finder in FINDERS:
        for thing in finder(read, long_forms):
            place = set(range(thing.start, thing.end))
            if taken.isdisjoint(place) and (thing.type in ("place", "country") or not place <= titles):
                taken |= place
                found.append(thing)
    return sorted(found, key=lambda thing: thing.start)


def acronyms(text: str) -> Iterator[tuple[str, str]]:
    """Acronyms in brackets with the long form before them.

    >>> dict(acronyms("the Port Amber Memorandum of Agreement (PAMA) and the Coast Guard (CG)"))
    {'PAMA': 'Port Amber Memorandum of Agreement', 'CG': 'Coast Guard'}

    A letter of the acronym is matched from the right with letters of the words before the bracket, the first one with
    the beginning of a word (Schwartz & Hearst, PSB 2003).
    """
    for match in ACRONYM.finditer(text):
        short, before = match[1].rstrip("s").lower(), text[: match.start()].rstrip()
        small = "".join(char.lower() if len(char.lower()) == 1 else char for char in before)  # each in its place
        i = len(before)
        for letter in reversed(short):
            i = small.rfind(letter, 0, max(i, 0))
        while i > 0 and (before[i].lower() != short[0] or before[i - 1].isalnum()):
            i -= 1
        long = before[max(i, 0) :]
        fits = len(long.split()) <= 2 * len(short) + 2 and not re.search(r"[.;:!?]\s", long)
        if i >= 0 and long[:1].isupper() and fits:
            yield match[1], long


def by_acronym(read: Read, long_forms: Mapping[str, str]) -> Iterator[Thing]:
    """Each place where an acronym of the article, or its long form, stands."""
    for short, long in long_forms.items():
        known = known_forms().get(short) or known_forms().get(long)
        kind = known_type(known.kind) if known else type_of(long)
        for form, rule in ((long, LONG_FORM), (short, "acronym")):
            for match in (
                re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", read.parsed.text) if form in read.parsed.text else ()
            ):
                if tokens := read.parsed.doc.char_span(*match.span()):
                    yield thing_at(read, tokens.start, tokens.end, known.name if known else short, kind, rule)


def known_type(kind: str) -> ThingType:
    """The type of a known name: organisation, else place."""
    return "organisation" if kind == "organisation" else "place"


def type_of(name: str) -> ThingType:
    """The type that a word of the name tells, the last one first; organisation where none does."""
    told = (entity_heads()[word] for word in reversed(re.findall(r"\w+", name)) if word in entity_heads())
    return next(told, "organisation")


def by_title(read: Read, _: object) -> Iterator[Thing]:
    """Studies under their titles: the Norhaven Harbour Safety Study."""
    doc = read.parsed.doc
    for token in doc:
        if body_nouns().get(token.lower_) != "report" or not token.text[0].isupper():
            continue
        start = token.i
        while start > 0 and doc[start - 1].pos_ in ("PROPN", "ADJ") and doc[start - 1].text[0].isupper():
            start -= 1
        if start < token.i:
            kind: ThingType = "organisation" if token.ent_type_ == "ORG" else "document"  # the Geological Survey
            yield thing_at(read, start, token.i + 1, doc[start : token.i + 1].text, kind, "title of a study")


def by_noun_beside(read: Read, _: object) -> Iterator[Thing]:
    """Names beside a noun that says what they are: "the operator, Northern Lines," and "the security firm Wachtel.com"."""
    doc = read.parsed.doc
    known = {k.start: k for k in read.known}
    for noun in doc[:-2]:
        if not is_body_noun(noun) or noun.text[0].isupper():
            continue
        comma = doc[noun.i + 1].text == ","
        start = end = noun.i + 1 + comma
        while end < len(doc) and (doc[end].text[0].isupper() or doc[end].text[0].isdigit()) and end - start < 6:
            end = next_part(doc, end)
        start += doc[start].lower_ in OPENERS
        if end <= start or doc[start].pos_ == "PRON" or (start in known and known[start].kind != "organisation"):
            continue
        closed = end < len(doc) and doc[end].text in (",", ".")
        if closed if comma else doc[end - 1].ent_type_ not in NO_BODY:
            form = known.get(start)
            kind: ThingType = "document" if speaker_nouns().get(noun.lemma_) == "document" else "organisation"
            name = form.name if form else doc[start:end].text
            yield replace(thing_at(read, start, end, name, kind, "noun in apposition"), noun=noun.lemma_)


def by_head(read: Read, _: object) -> Iterator[Thing]:
    """Names that hold Accord, Summit, Ministry …: the capitalised words around such a head."""
    doc, heads, end = read.parsed.doc, entity_heads(), 0
    titles = {i for role in read.roles for i in range(role.start, role.head_end)}
    for token in doc:
        if token.i < end or token.text not in heads or token.i in titles:
            continue
        start, end = name_start(doc, token.i), name_end(doc, token.i)
        head = next(t.text for t in reversed(doc[token.i : end]) if t.text in heads and t.i not in titles)
        if heads[token.text] != "organisation" and end == token.i + 1 and start == token.i:
            continue
        owner = next((k.end for k in read.known if k.start == start and k.kind == "country"), start + 1)
        start = without_opener(doc, start, owner, end, heads[head])
        linked = end > token.i + 1 and doc[token.i + 1].lower_ in TAIL_LINKS
        known = known_forms().get(doc[start:end].text)
        if known and known.kind in ("organisation", "place"):
            yield thing_at(read, start, end, known.name, known_type(known.kind), "known name")
        elif not known and end - start > 1:
            kind = heads[token.text if linked else head]
            yield thing_at(read, start, end, doc[start:end].text, kind, f"name with {head}")


def thing_at(read: Read, start: int, end: int, name: str, kind: ThingType, rule: str) -> Thing:
    """The thing at the tokens `start` to `end`."""
    inside = (k.country for k in read.known if start <= k.start < end and k.kind != "place" and k.country)
    country = next(inside, None) if kind == "organisation" else None
    return Thing(read.parsed.number, start, end, name, kind, rule, country)


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
        linked = linked and doc[j].ent_type_ != "DATE"
        if not linked or (doc[end].lower_ not in TAIL_LINKS and end == i + 1):
            break
        end = j + 1
    return end


def without_opener(doc: Doc, start: int, owner: int, end: int, kind: ThingType) -> int:
    """`start` after an article, a possessor ("India’s Act East Policy") or the host of an event ("ASEAN East Asia Summit").

    The possessor ends at token `owner`.
    """
    if doc[start].lower_ in OPENERS:
        return start + 1
    if end - owner > 2 and doc[owner].tag_ == "POS":
        return owner + 1
    host = kind == "event" and end - start > 2 and doc[start].text.isupper() and doc[start + 1].text != "-"
    return start + host


def by_list(read: Read, _: object) -> Iterator[Thing]:
    """Known names. Capitals and demonyms mean their country; "in New Delhi" is a place."""
    doc = read.parsed.doc
    for k in read.known:
        town = k.kind == "capital" and k.start > 0 and doc[k.start - 1].lower_ in small_words()["place"]
        if town and not (k.end < len(doc) and doc[k.end].tag_ == "POS"):
            yield Thing(read.parsed.number, k.start, k.end, k.text, "place", "capital as a place")
        else:
            kind = known_type(k.kind) if k.kind in ("organisation", "place") else "country"
            yield Thing(read.parsed.number, k.start, k.end, k.name, kind, RULES.get(k.kind, "known name"), k.country)


def by_recogniser(read: Read, _: object) -> Iterator[Thing]:
    """What spaCy's recogniser finds beyond that, without articles, possessives and lower-case finds."""
    doc = read.parsed.doc
    for ent in doc.ents:
        start, end = ent.start, ent.end
        while start < end and (doc[start].is_lower or doc[start].lower_ in OPENERS):
            start += 1
        while end > start and (doc[end - 1].tag_ == "POS" or not doc[end - 1].text[0].isalnum()):
            end -= 1
        name = doc[start:end].text
        kind = NER_TYPES.get(ent.label_)
        if ent.label_ in DOCUMENTS and any(speaker_nouns().get(noun) == "document" for noun in nouns_of(name)):
            kind = "document"
        if kind and name[:1].isupper() and re.search(r"[a-zA-Z]{2}", name):
            yield thing_at(read, start, end, name, kind, "entity recogniser")


def before_which(read: Read, _: object) -> Iterator[Thing]:
    """Names that "which" takes up, and that are no place: Pelagica Cables, which runs the line."""
    if ", which" not in read.parsed.text:
        return
    doc = read.parsed.doc
    for token in doc[2:]:
        start = end = token.i - 1
        if token.lower_ != "which" or doc[end].text != ",":
            continue
        while start > 0 and doc[start - 1].pos_ == "PROPN" and doc[start - 1].text[0].isupper():
            start -= 1
        if start < end and doc[end - 1].ent_type_ not in ("GPE", "LOC", "FAC", "DATE", "EVENT"):
            yield thing_at(read, start, end, doc[start:end].text, "organisation", "name before which")


def nouns_of(name: str) -> frozenset[str]:
    """The nouns in a name that may stand for it: the ministry, for the Ministry of Transport."""
    words = {word.lower() for word in re.findall(r"\w+", name)}
    told = {
        w for w in words if speaker_nouns().get(w) in ("organisation", "document") or body_nouns().get(w) == "company"
    }
    heads = {w for w in words if entity_heads().get(w.capitalize()) == "organisation"}
    return frozenset(told | heads).union(*(head_nouns().get(word, ()) for word in words))


Finder = Callable[[Read, Mapping[str, str]], Iterator[Thing]]
FINDERS: tuple[Finder, ...] = (
    by_acronym,
    by_title,
    by_head,
    by_noun_beside,
    by_list,
    by_recogniser,
    before_which,
)
