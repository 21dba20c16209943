"""Who is meant: pronouns, "the minister", "the two leaders" tied to the people of the article.

>>> reads = read_paragraphs(parse(read_text("Ada Roe met Bo Lind. The two leaders agreed. He smiled.")))    # doctest: +SKIP
>>> [(m.span.text, m.people, m.rule) for m in find_references(reads, find_people(reads))][-2:]                    # doctest: +SKIP
[('The two leaders', ('Ada Roe', 'Bo Lind'), 'plural'), ('He', ('Ada Roe',), 'pronoun')]

No coreference model can be had offline, so these are rules over what is near, what is a subject, and what the
article itself shows about gender. Where they cannot tell, nobody is named.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from helpers.knowledge.amounts import amounts
from helpers.knowledge.reporting import reporting_verbs, speaker_nouns
from helpers.knowledge.vocabulary import gendered_nouns
from helpers.names.antecedents import (
    GROUP,
    OF_TWO,
    PLURAL,
    SOMEBODY,
    Heard,
    Meant,
    Place,
    Sought,
    by_description,
    count_of,
    meant,
)
from helpers.names.gazetteer import tokens_of
from helpers.names.mentions import Name
from helpers.names.organisations import Body, find_bodies
from helpers.names.paragraphs import Read
from helpers.names.parties import LEADERS, Parties, both, parties_of
from helpers.names.pronouns import SINGULAR, he_or_she, is_subject, joined_head
from helpers.names.roles import RolePhrase, is_indefinite, roles_agree
from helpers.names.things import Thing
from helpers.records import Mention, Person, Span
from helpers.tree import SUBJECTS, Word

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan
    from spacy.tokens import Token

UNDER = ("ccomp", "relcl", "advcl", "acl", "pcomp")  # clauses under another
Event = Name | Sought  # what may mean somebody


@dataclass(frozen=True, slots=True)
class Reference:
    """A place where one or more people are meant, at the tokens `start` to `end` of paragraph `paragraph`."""

    paragraph: int
    start: int
    end: int
    span: Span
    people: tuple[str, ...]
    rule: str
    body: Body | None = None  # an organisation or a document instead of people


def find_references(reads: Iterable[Read], people: Iterable[Person], things: Iterable[Thing]) -> list[Reference]:
    """Every place where people of the article, or bodies, are meant: by name, pronoun, role or as a group, in order."""
    reads = tuple(reads)
    found = list(of_people(reads, {p.name: p for p in people}))
    taken = {(r.paragraph, i) for r in found for i in range(r.start, r.end)}
    for read, start, end, body in find_bodies(reads, things, taken):
        span = read.parsed.span_of(read.parsed.doc[start:end])
        found.append(Reference(read.parsed.number, start, end, span, (), body.rule, body))
    return found


def of_people(reads: Iterable[Read], people: Mapping[str, Person]) -> Iterator[Reference]:
    """Every place where people are meant, in the order of the text."""
    by_name: dict[tuple[int, Span], Meant] = {
        (m.paragraph, m.span): ((p.name,), m.rule) for p in people.values() for m in p.mentions
    }
    titles: dict[str, list[RolePhrase]] = {}
    heard: list[Heard] = []
    parties = parties_of(tuple(reads), people)
    others: set[str] = set()
    held_by_name = {span: name for name, person in people.items() for span in person.evidence}
    narrated = 0
    for read in reads:
        sentences = sentence_numbers(read, narrated)
        narrates = any(word.i not in read.quoted and word.text.isalpha() for word in read.parsed.tree.words)
        narrated = max(sentences, default=narrated) + narrates
        for start, end, event in events(read):
            place = Place(read.parsed.number, sentences[start], start in read.quoted)
            span = read.parsed.span_of(read.parsed.doc[start:end])
            if isinstance(event, Name):
                names, rule = by_name.get((read.parsed.number, span), ((), ""))
                if names:  # an office and the rank before the name: Rear Admiral Ada Roe, the fleet's commander
                    held = (r for r in read.roles if r is event.role or r.end == event.start)
                    titles.setdefault(names[0], []).extend(held)
            else:
                fits = people
                if isinstance(event, RolePhrase) and not (event.country or event.plural):
                    met = (by_name.get((read.parsed.number, read.parsed.span_of(span))) for span in met_by(read, event))
                    others.update(name for found in met if found for name in found[0])
                    fits = {name: p for name, p in people.items() if name not in others} if others else people
                names, rule = meant(event, (start, end), read, place, heard, fits, titles)
                if not names and parties and (told := of_parties(event, read, start, end, parties)):
                    names, rule = told, "plural"
                if not names and isinstance(event, RolePhrase) and (holder := held_by_name.get(read.role_span(event))):
                    names, rule = (holder,), "role"  # named in a later paragraph
                if not names and isinstance(event, RolePhrase) and speaks(read.parsed.doc[event.head_end - 1]):
                    names, rule = by_description(event, read, heard, people, titles)
            if names:
                yield Reference(read.parsed.number, start, end, span, names, rule)
            heard += as_heard(read, start, end, event, names, place)


def met_by(read: Read, role: RolePhrase) -> Iterator[TokenSpan]:
    """The names of others in that office, of whom its sentence tells: *the prime minister* met Prime Minister *Roe* of Norway."""
    doc = read.parsed.doc
    if not is_subject(doc[role.head_end - 1]) or is_indefinite(doc, role):
        return
    end = doc[role.start].sent.end
    for name in read.names:
        held = name.role if role.head_end < name.start < end else None
        if held and held.country and not is_subject(doc[name.end - 1]) and roles_agree(held.title, role.title):
            yield doc[name.start : name.end]


def of_parties(event: Event, read: Read, start: int, end: int, parties: Parties) -> tuple[str, ...]:
    """Whom a group or a role in the plural means of those named at the top of a readout."""
    if isinstance(event, RolePhrase):
        return both(read, start, end, event, parties) if event.plural else ()
    return both(read, start, end, None, parties) if event == GROUP else ()


def as_heard(read: Read, start: int, end: int, event: Event, names: tuple[str, ...], place: Place) -> list[Heard]:
    """What to keep in mind of a mention; of somebody without a name only as a subject outside quotations."""
    doc = read.parsed.doc
    if event in OF_TWO:  # tells the two apart, and leaves them in their order
        return []
    head = doc[start:end].root
    if isinstance(event, Name) and event.role and is_subject(doc[event.role.head_end - 1]):
        head = doc[event.role.head_end - 1]  # the *minister*, Ada Roe, said
    if head.dep_ == "nmod" and doc[head.i + 1 : head.i + 2].text == "and":
        head = head.head  # *Minister Roe* and Minister Lind said, where the parser hangs the first on the last
    subject = is_subject(head) or head.dep_ == "ROOT"
    if not names and not (subject and not place.quoted and one_person(head, event)):
        return []
    weight = subject * (0.5 if verb_of(head).dep_ in UNDER else 1.0)
    gender = SINGULAR.get(head.lower_) or gendered_nouns().get(head.lower_)
    verb = verb_of(head).i if subject else None
    return [Heard(names or (SOMEBODY,), place, weight, speaks(head), gender, verb)]


def verb_of(subject: Token) -> Token:
    """The verb of a subject, also of one joined to it or in apposition."""
    return joined_head(subject, "flat", "appos", "conj").head


def speaks(noun: Token) -> bool:
    """Is it the subject of a reporting verb: the expert said?"""
    return is_subject(noun) and verb_of(noun).lemma_ in reporting_verbs()


def one_person(head: Token, event: Event) -> bool:
    """Is somebody spoken of here, one person, without a name?"""
    if isinstance(event, RolePhrase):
        noun = head.doc[event.head_end - 1]
        definite = any(t.lower_ == "the" for t in noun.children)
        return not (event.plural or definite or has_apposition(noun)) and noun.dep_ in (*SUBJECTS, "ROOT")
    return event in SINGULAR or event == SOMEBODY


def sentence_numbers(read: Read, first: int) -> list[int]:
    """The number of the sentence of each token, from `first` on; sentences that are all quotation are not counted."""
    numbers: list[int] = []
    n, told = first, False
    for word in read.parsed.tree.words:
        if word.begins == word.i > 0:
            n, told = n + told, False
        told = told or (word.i not in read.quoted and word.text.isalpha())
        numbers.append(n)
    return numbers


def events(read: Read) -> list[tuple[int, int, Event]]:
    """Names, roles that stand alone, groups and pronouns, in the order of the text."""
    doc, covered = read.parsed.doc, tokens_of(read.names)
    found: list[tuple[int, int, Event]] = [(name.start, name.end, name) for name in read.names]
    for role in read.roles_alone:
        if role.head_start not in covered:
            start = role.start - (doc[role.start - 1 : role.start].text.lower() in ("the", "both"))
            found.append((group_start(doc[role.start]) if role.plural else start, role.head_end, role))
            covered.update(range(role.start, role.head_end))
    for word in read.parsed.tree.words:
        if he_or_she(word.text) or word.lower in PLURAL or (word.lower in OF_TWO and word.dep in SUBJECTS):
            found.append((word.i, word.i + 1, word.lower))
        elif word.tag in ("CD", "DT") and word.dep in SUBJECTS and count_of(word.lower):
            found.append((group_start(doc[word.i]), word.i + 1, GROUP))  # the two noted; both agreed
        elif (word.tag in ("NN", "NNS") or word.lower in LEADERS) and word.i not in covered:
            if is_group(word):
                found.append((group_start(doc[word.i]), word.i + 1, GROUP))
            elif is_somebody(doc[word.i]):
                found.append((word.i, word.i + 1, SOMEBODY))
    return sorted(found, key=lambda e: (e[0], e[1]))


def is_somebody(noun: Token) -> bool:
    """Does the noun stand for one person without a name: a resident, the woman?"""
    if noun.tag_ != "NN" or noun.dep_ not in SUBJECTS or speaker_nouns().get(noun.lemma_.lower()) != "person":
        return False
    return not has_apposition(noun)


def has_apposition(noun: Token) -> bool:
    """Does a name or another noun stand beside it for the same: "its chair, Ada Roe,"?"""
    return any(child.dep_ == "appos" for child in noun.children)


def is_group(noun: Word) -> bool:
    """Does the noun stand for several people: leaders, officials, the pair?"""
    several = noun.tag == "NNS" and speaker_nouns().get(noun.lemma) == "person"
    acts = noun.dep in SUBJECTS or noun.head.dep == "agent"  # not: teams from both sides
    return several or (acts and (noun.lower in amounts("group") or noun.lower in LEADERS))


def group_start(noun: Token) -> int:
    """Where "the two leaders" begins, seen from its noun."""
    start = noun.i
    while start > 0:
        before = noun.doc[start - 1]
        if before.pos_ not in ("DET", "NUM", "ADJ", "PRON") or before.head.i < before.i:
            break
        start -= 1
    return start


def with_references(people: Iterable[Person], references: Iterable[Reference]) -> tuple[Person, ...]:
    """The people with every mention: by name, pronoun, role and as part of a group, in the order of the text."""
    mentions: dict[str, list[Mention]] = {}
    for reference in references:
        for name in reference.people:
            mentions.setdefault(name, []).append(Mention(reference.span, reference.paragraph, reference.rule))
    return tuple(replace(p, mentions=tuple(mentions.get(p.name, p.mentions))) for p in people)
