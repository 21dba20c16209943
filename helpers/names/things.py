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
from itertools import chain
from typing import TYPE_CHECKING, Literal

from helpers.knowledge.names import kinds_of_bodies, known_forms, small_words, state_bodies
from helpers.knowledge.reporting import body_nouns, entity_heads, head_nouns, speaker_nouns
from helpers.names.beside import is_body_noun
from helpers.names.gazetteer import after_place_word, tokens_of
from helpers.names.mentions import CAPITALISED, next_part
from helpers.names.paragraphs import Read
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
LINKS = (*TAIL_LINKS, "the", "and", "-")
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


def find_things(reads: Iterable[Read], people: Iterable[Person], home: str | None = None) -> list[Thing]:
    """What bears a name in each paragraph, in the order of the text, outside the names of people.

    The bodies that every state has are those of the country of which the last one so called was, else of `home`, the country
    whose story is told: the Afghan defence ministry … *the defence ministry*.
    """
    reads = tuple(reads)
    named = {m.span.start for p in people for m in p.mentions}
    long_forms = dict(pair for read in reads for pair in acronyms(read.parsed.text))
    found = (thing for read in reads for thing in things_in(read, named, long_forms))
    return list(apart(of_states(found, home)))


def of_states(things: Iterable[Thing], home: str | None) -> Iterator[Thing]:
    """The things, with the countries of bodies that every state has."""
    last: dict[str, str] = {}
    for thing in things:
        if thing.name in state_bodies():
            thing = thing if thing.country or not home else replace(thing, country=last.get(thing.name, home))
            last |= {thing.name: thing.country} if thing.country else {}
        yield thing


def things_in(read: Read, named: set[int], long_forms: Mapping[str, str]) -> list[Thing]:
    """The things of one paragraph; earlier finders win over later ones where they overlap."""
    parsed = read.parsed
    taken = tokens_of(
        n for n in read.names if n.rule != CAPITALISED or parsed.span_of(parsed.doc[n.start]).start in named
    )
    titles = {i for role in read.roles for i in range(role.head_start, role.head_end)}
    found: list[Thing] = []
    for thing in chain(by_acronym(read, long_forms), *(finder(read) for finder in FINDERS)):
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
    text, doc, heads = read.parsed.text, read.parsed.doc, entity_heads()
    for short, long in long_forms.items():
        known = known_forms().get(long) or known_forms().get(short)
        told = (heads[word] for word in reversed(re.findall(r"\w+", long)) if word in heads)
        kind: ThingType = known_type(known.kind) if known else next(told, "organisation")
        for form, rule in ((long, LONG_FORM), (short, "acronym")):
            places = re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", text) if form in text else ()
            for tokens in filter(None, (doc.char_span(*match.span()) for match in places)):
                yield thing_at(read, tokens.start, tokens.end, known.name if known else short, kind, rule)


def known_type(kind: str) -> ThingType:
    """The type of a known name: organisation, else place."""
    return "organisation" if kind == "organisation" else "place"


def by_title(read: Read) -> Iterator[Thing]:
    """Studies under their titles: the Norhaven Harbour Safety Study."""
    for word in read.parsed.tree.words:
        if word.text[0].isupper() and body_nouns().get(word.lower) == "report":
            start = capitals_before(read.parsed.doc, word.i, "PROPN", "ADJ")
            if start < word.i:
                kind: ThingType = "organisation" if word.ent == "ORG" else "document"  # the Geological Survey
                yield thing_at(read, start, word.i + 1, None, kind, "title of a study")


def before_which(read: Read) -> Iterator[Thing]:
    """Names that "which" takes up, and that are no place: Pelagica Cables, which runs the line."""
    doc = read.parsed.doc
    for token in doc[2:] if ", which" in read.parsed.text else ():
        if token.lower_ == "which" and token.nbor(-1).text == ",":
            end = token.i - 1
            start = capitals_before(doc, end, "PROPN")
            if start < end and doc[end - 1].ent_type_ not in ("GPE", "LOC", "FAC", "DATE", "EVENT"):
                yield thing_at(read, start, end, None, "organisation", "name before which")


def capitals_before(doc: Doc, end: int, *parts: str) -> int:
    """Where the words in capitals before the token `end` begin that are such parts of speech."""
    while end > 0 and doc[end - 1].pos_ in parts and doc[end - 1].text[0].isupper():
        end -= 1
    return end


def by_noun_beside(read: Read) -> Iterator[Thing]:
    """Names beside a noun that says what they are: "the operator, Northern Lines," and "the security firm Wachtel.com"."""
    doc, known = read.parsed.doc, {k.start: k for k in read.known}
    for noun in read.parsed.tree.words[:-2]:
        if not is_body_noun(noun.tag, noun.lemma) or noun.text[0].isupper():
            continue
        comma = doc[noun.i + 1].text == ","
        start = end = noun.i + 1 + comma
        while end < len(doc) and (doc[end].text[0].isupper() or doc[end].text[0].isdigit()) and end - start < 6:
            end = next_part(doc, end)
        start += doc[start].lower_ in small_words()["determiner"]
        form = known.get(start)
        if end <= start or doc[start].pos_ == "PRON" or (form and form.kind != "organisation"):
            continue
        if doc[end : end + 1].text in (",", ".") if comma else doc[end - 1].ent_type_ not in NO_BODY:
            kind: ThingType = "document" if speaker_nouns().get(noun.lemma) == "document" else "organisation"
            found = thing_at(read, start, end, form.name if form else None, kind, "noun in apposition")
            yield replace(found, noun=noun.lemma)


def by_head(read: Read) -> Iterator[Thing]:
    """Names that hold Accord, Summit, Ministry …: the capitalised words around such a head."""
    doc, heads, end = read.parsed.doc, entity_heads(), 0
    titles = {i for role in read.roles for i in range(role.start, role.head_end)}
    for word in read.parsed.tree.words:
        if word.text not in heads or word.i < end or word.i in titles:
            continue
        start, end = name_start(doc, word.i), name_end(doc, word.i)
        head = next(t.text for t in reversed(doc[word.i : end]) if t.text in heads and t.i not in titles)
        if heads[word.text] != "organisation" and end - start == 1:
            continue
        owner = next((k.end for k in read.known if k.start == start and k.kind == "country"), start + 1)
        start = without_opener(doc, start, owner, end, heads[head])
        known = known_forms().get(doc[start:end].text)
        if known and known.kind in ("organisation", "place"):
            yield thing_at(read, start, end, known.name, known_type(known.kind), "known name")
        elif not known and end - start > 1:
            linked = doc[word.i + 1 : end][:1].text.lower() in TAIL_LINKS
            yield thing_at(read, start, end, None, heads[word.text if linked else head], f"name with {head}")


def thing_at(read: Read, start: int, end: int, name: str | None, kind: ThingType, rule: str) -> Thing:
    """The thing at the tokens `start` to `end`, under the name that stands there if it has no other."""
    inside = (k.country for k in read.known if start <= k.start < end and k.kind != "place" and k.country)
    country = next(inside, None) or owner_country(read, start, end) if kind == "organisation" else None
    return Thing(read.parsed.number, start, end, name or read.parsed.doc[start:end].text, kind, rule, country)


def owner_country(read: Read, start: int, end: int) -> str | None:
    """The country that a body is said to be of: Japan’s Defense Ministry, the Norwegian council, the Foreign Ministry of Chad."""
    doc = read.parsed.doc
    before = start - (1 if start and doc[start - 1].tag_ != "POS" else 2)
    link = doc[end : end + 1].text == "of"
    after = end + 1 + (doc[end + 1 : end + 2].text.lower() == "the")
    for place in (before, after if link else -1):
        known = read.known_at(place) if place >= 0 else None
        if known and known.kind not in ("place", "organisation"):
            return known.country
    return None


def apart(things: Iterable[Thing]) -> Iterator[Thing]:
    """The things, where bodies of one name are those of two countries: the Ministry of Defence of Norway, and that of Chad."""
    things = tuple(things)
    countries: dict[str, set[str]] = {}
    for thing in things:
        if thing.type == "organisation" and thing.country:
            countries.setdefault(thing.name, set()).add(thing.country)
    for thing in things:
        several = thing.type == "organisation" and thing.country and len(countries[thing.name]) > 1
        yield replace(thing, name=f"{thing.name} of {thing.country}") if several else thing


def name_start(doc: Doc, i: int) -> int:
    """Where the capitalised words before the head at `i` begin: ASEAN-India Defence Ministers' Informal Meeting."""
    start = i
    while start > 0 and i - start < LONGEST and not doc[start].is_sent_start:
        before = doc[start - 1]
        if before.text[0].isupper() and before.text.count(".") != 1:
            start -= 1
        elif (before.tag_ == "POS" or before.text == "-") and doc[start - 2 : start - 1].text[:1].isupper():
            start -= 2
        else:
            break
    return start


def name_end(doc: Doc, i: int) -> int:
    """Where a name with the head at `i` ends: more capitals, or "of …", "on the …" with capitals."""
    end = i + 1
    while end < len(doc) and end - i < LONGEST:
        links = next((n for n, t in enumerate(doc[end : end + 2]) if t.lower_ not in LINKS), 2)
        following = doc[end + links : end + links + 1]
        if not following.text[:1].isupper():
            break
        part = following[0]
        if links:
            apart = end == i + 1 and doc[end].lower_ not in TAIL_LINKS
            if apart or part.pos_ not in ("PROPN", "NOUN", "ADJ") or part.ent_type_ == "DATE":
                break
        elif not part.is_alpha or part.is_sent_start:
            break
        end = part.i + 1
    return end


def without_opener(doc: Doc, start: int, owner: int, end: int, kind: ThingType) -> int:
    """`start` after an article, a possessor ("India’s Act East Policy") or the host of an event ("ASEAN East Asia Summit").

    The possessor ends at token `owner`.
    """
    if doc[start].lower_ in small_words()["determiner"]:
        return start + 1
    if end - owner > 2 and doc[owner].tag_ == "POS":
        return owner + 1
    host = kind == "event" and end - start > 2 and doc[start].text.isupper() and doc[start + 1].text != "-"
    return start + host


def by_list(read: Read) -> Iterator[Thing]:
    """Known names. Capitals and demonyms mean their country; "in New Delhi" is a place."""
    doc = read.parsed.doc
    for k in read.known:
        town = k.kind == "capital" and after_place_word(doc, k.start)
        if town and not any(t.tag_ == "POS" for t in doc[k.end : k.end + 1]):
            yield Thing(read.parsed.number, k.start, k.end, k.text, "place", "capital as a place")
        else:
            kind = known_type(k.kind) if k.kind in ("organisation", "place") else "country"
            country = k.country or (owner_country(read, k.start, k.end) if kind == "organisation" else None)
            yield Thing(read.parsed.number, k.start, k.end, k.name, kind, RULES.get(k.kind, "known name"), country)


def by_recogniser(read: Read) -> Iterator[Thing]:
    """What spaCy's recogniser finds beyond that, without articles, possessives and lower-case finds."""
    for ent in read.parsed.doc.ents:
        kind, label = NER_TYPES.get(ent.label_), ent.label_
        while len(ent) and (ent[0].is_lower or ent[0].lower_ in small_words()["determiner"]):
            ent = ent[1:]
        while len(ent) and (ent[-1].tag_ == "POS" or not ent[-1].text[0].isalnum()):
            ent = ent[:-1]
        if label in DOCUMENTS and any(speaker_nouns().get(noun) == "document" for noun in nouns_of(ent.text)):
            kind = "document"
        if kind and ent.text[:1].isupper() and re.search(r"[a-zA-Z]{2}", ent.text):
            yield thing_at(read, ent.start, ent.end, None, kind, "entity recogniser")


def nouns_of(name: str) -> frozenset[str]:
    """The nouns that may stand for a name: the ministry, for the Ministry of Transport; the party, for a known one."""
    words = {word.lower() for word in (*re.findall(r"\w+", name), kinds_of_bodies().get(name, ""))}
    told = {
        w for w in words if speaker_nouns().get(w) in ("organisation", "document") or body_nouns().get(w) == "company"
    }
    heads = {w for w in words if entity_heads().get(w.capitalize()) == "organisation"}
    return frozenset(told | heads).union(*(head_nouns().get(word, ()) for word in words))


FINDERS: tuple[Callable[[Read], Iterator[Thing]], ...] = (
    by_title,
    by_head,
    by_noun_beside,
    by_list,
    by_recogniser,
    before_which,
)
