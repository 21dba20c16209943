"""Who is meant: pronouns, "the minister", "the two leaders" tied to the people of the article.

>>> reads = read_paragraphs(parse(read_text("Ada Roe met Bo Lind. The two leaders agreed. He smiled.")))    # doctest: +SKIP
>>> [(m.text, m.people, m.rule) for m in find_references(reads, find_people(reads))][-2:]                    # doctest: +SKIP
[('The two leaders', ('Ada Roe', 'Bo Lind'), 'plural'), ('He', ('Ada Roe',), 'pronoun')]

No coreference model can be had offline, so these are rules over what is near, what is a subject, and what the
article itself shows about gender. Where they cannot tell, nobody is named.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from helpers.grammar.names import Name
from helpers.grammar.roles import RolePhrase
from helpers.knowledge.vocabulary import honorifics
from helpers.people import GENDERED, PRONOUNS, Read, same_person
from helpers.records import Mention, Person, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

SINGULAR = {
    "he": "he",
    "him": "he",
    "his": "he",
    "himself": "he",
    "she": "she",
    "her": "she",
    "hers": "she",
    "herself": "she",
}
PLURAL = frozenset({"they"})
NUMBERS = {"both": 2, "two": 2, "three": 3, "four": 4, "2": 2, "3": 3, "4": 4, "pair": 2, "duo": 2, "trio": 3}
GROUPS = frozenset(
    "leader minister official counterpart man woman chief diplomat general president politician pair duo trio".split()
)
REACH = 3  # paragraphs back in which the person behind a pronoun is looked for
INDEFINITE = frozenset("a an another one any every each no neither either some".split())
SPOKES = ("spokesman", "spokeswoman", "spokesperson")


@dataclass(frozen=True, slots=True)
class Reference:
    """A place where one or more people are meant, at the tokens `start` to `end` of paragraph `paragraph`."""

    paragraph: int
    start: int
    end: int
    span: Span
    text: str
    people: tuple[str, ...]
    rule: str


@dataclass
class Recent:
    """A person as last mentioned, with what makes it likely to be meant next."""

    name: str
    paragraph: int
    sentence: int
    position: int
    subject: bool


@dataclass
class Memory:
    """What a reader keeps in mind: who was mentioned where, and what is known of each."""

    people: dict[str, Person]
    recent: list[Recent] = field(default_factory=list)
    pronouns: dict[str, str] = field(default_factory=dict)
    plural: tuple[str, ...] = ()


def find_references(reads: Iterable[Read], people: Iterable[Person]) -> list[Reference]:
    """Every place where people of the article are meant: by name, pronoun, role or as a group, in order."""
    memory = Memory({p.name: p for p in people})
    memory.pronouns = {p.name: p.pronouns for p in memory.people.values() if p.pronouns}
    found: list[Reference] = []
    for read in reads:
        sentences = sentence_numbers(read)
        for start, end, event in events(read):
            names, rule = meant(memory, read, sentences, start, event)
            if not names:
                continue
            span = read.parsed.span_of(read.parsed.doc[start:end])
            found.append(Reference(read.parsed.number, start, end, span, span.text, names, rule))
            for name in names:
                memory.recent.append(
                    Recent(name, read.parsed.number, sentences[start], start, is_subject(read.parsed.doc[end - 1]))
                )
            if len(names) > 1:
                memory.plural = names
    return found


def sentence_numbers(read: Read) -> list[int]:
    """The number of the sentence of each token."""
    numbers, n = [], 0
    for token in read.parsed.doc:
        n += bool(token.is_sent_start) and token.i > 0
        numbers.append(n)
    return numbers


Event = Name | RolePhrase | str


def events(read: Read) -> Iterator[tuple[int, int, Event]]:
    """Names, roles that stand alone, groups and pronouns, in the order of the text."""
    doc, found = read.parsed.doc, list[tuple[int, int, Event]]()
    with_name = {role.head_start for name in read.names if (role := name.role)}
    found += [(name.start, name.end, name) for name in read.names]
    covered = {i for start, end, _ in found for i in range(start, end)}
    for role in read.roles:
        if role.head_start not in with_name and role.head_start not in covered:
            start = (
                max(role.start - 1, 0) if role.start and doc[role.start - 1].lower_ in ("the", "both") else role.start
            )
            if role.plural and start and doc[start - 1].lower_ in NUMBERS:
                start -= 1
            found.append((group_start(doc[role.head_start]) if role.plural else start, role.head_end, role))
            covered.update(range(role.start, role.head_end))
    for token in doc:
        if token.lower_ in SINGULAR or token.lower_ in PLURAL:
            found.append((token.i, token.i + 1, token.lower_))
        elif token.i not in covered and is_group(token):
            found.append((group_start(token), token.i + 1, "group"))
    return iter(sorted(found, key=lambda e: (e[0], e[1])))


def is_group(noun: Token) -> bool:
    """Does the noun stand for several people: leaders, officials, the pair?"""
    several = noun.tag_ == "NNS" or (noun.tag_ == "NN" and noun.lower_ in NUMBERS)
    return several and noun.lemma_.lower() in GROUPS


def group_start(noun: Token) -> int:
    """Where "the two leaders" begins, seen from its noun."""
    start = noun.i
    while (
        start > 0
        and noun.doc[start - 1].pos_ in ("DET", "NUM", "ADJ", "PRON")
        and noun.doc[start - 1].head.i >= start - 1
    ):
        start -= 1
    return start


def meant(memory: Memory, read: Read, sentences: list[int], start: int, event: Event) -> tuple[tuple[str, ...], str]:
    """The people an event means, and by which rule."""
    if isinstance(event, Name):
        return named(memory, event)
    here = (read.parsed.number, sentences[start])
    if isinstance(event, RolePhrase) and not event.plural:
        return by_role(memory, read, event, start)
    if isinstance(event, str) and event in SINGULAR:
        return by_pronoun(memory, SINGULAR[event], here, start)
    if isinstance(event, str) and event in PLURAL:
        return (memory.plural, "pronoun") if memory.plural and recently_plural(memory, here) else ((), "")
    words = [t.lower_ for t in read.parsed.doc[start : start + 4]]
    number = next((NUMBERS[w] for w in words if w in NUMBERS), None)
    head = event.head if isinstance(event, RolePhrase) else ""
    return by_number(memory, here, number, head) if number else ((), "")


def named(memory: Memory, name: Name) -> tuple[tuple[str, ...], str]:
    """The person of a name: the one mentioned last of those it fits."""
    order = [r.name for r in reversed(memory.recent)] + list(memory.people)
    for person in dict.fromkeys(order):
        rule = same_person(tuple(person.split()), name.words)
        if rule:
            gender = PRONOUNS.get(honorifics()[name.honorific].gender or "") if name.honorific else None
            gender = gender or (GENDERED.get(name.role.head) if name.role else None)
            if gender:
                memory.pronouns.setdefault(person, gender)
            return (person,), rule
    return (), ""


def by_pronoun(memory: Memory, pronoun: str, here: tuple[int, int], start: int) -> tuple[tuple[str, ...], str]:
    """The likeliest person behind "he" or "she": near, a subject, and of no other gender as far as the text shows."""
    best: dict[str, float] = {}
    for recent in memory.recent:
        back = here[0] - recent.paragraph
        if back > REACH or memory.pronouns.get(recent.name, pronoun) != pronoun:
            continue
        sentences_back = here[1] - recent.sentence if back == 0 else 2 + back
        score = 4.0 / (1 + sentences_back) + 1.5 * recent.subject + (memory.pronouns.get(recent.name) == pronoun)
        best[recent.name] = max(best.get(recent.name, 0.0), score)
    if not best:
        return (), ""
    if len(best) == 1:
        memory.pronouns.setdefault(next(iter(best)), pronoun)
    last = {r.name: i for i, r in enumerate(memory.recent)}
    return (max(best, key=lambda name: (best[name], last[name])),), "pronoun"


def by_role(memory: Memory, read: Read, role: RolePhrase, start: int) -> tuple[tuple[str, ...], str]:
    """The person whose role this is: the one mentioned last of those whose role and country agree."""
    doc = read.parsed.doc
    if any(doc[i].lower_ in INDEFINITE for i in range(max(0, role.start - 1), role.head_start)):
        return (), ""
    for recent in reversed(memory.recent):
        person = memory.people[recent.name]
        same_country = role.country is None or person.country in (None, role.country)
        if person.role and same_country and roles_agree(person.role.lower(), role.title.lower(), role.head):
            return (person.name,), "role"
    return (), ""


def roles_agree(held: str, title: str, head: str) -> bool:
    """Can someone who is `held` be called `title`?

    >>> roles_agree("external affairs minister", "minister", "minister")
    True
    >>> roles_agree("defence minister", "foreign minister", "minister")
    False
    """
    if head in SPOKES:
        return any(s in held for s in SPOKES)
    words = set(title.split())
    return words <= set(held.split()) or held == title


def by_number(memory: Memory, here: tuple[int, int], number: int, head: str) -> tuple[tuple[str, ...], str]:
    """The last `number` people mentioned in this paragraph or, if it names nobody yet, in the one before."""
    here_first = [r for r in memory.recent if r.paragraph == here[0]]
    before = [r for r in memory.recent if r.paragraph == here[0] - 1]
    found: list[str] = []
    for recent in reversed(here_first or before):
        person = memory.people[recent.name]
        held = (person.role or head).lower()
        if head in ("minister", "secretary", "president") and head not in held:
            continue
        if recent.name not in found and len(found) < number:
            found.append(recent.name)
    return (tuple(reversed(found)), "plural") if len(found) == number else ((), "")


def recently_plural(memory: Memory, here: tuple[int, int]) -> bool:
    """Were the people last meant together mentioned in this paragraph?"""
    return any(r.name in memory.plural and r.paragraph == here[0] for r in memory.recent[-6:])


def is_subject(token: Token) -> bool:
    """Is the phrase that ends with `token` the subject of its verb (or joined to one)?"""
    while token.dep_ in ("compound", "flat") and token.head.i != token.i:
        token = token.head
    return token.dep_ in ("nsubj", "nsubjpass") or (token.dep_ == "conj" and token.head.dep_ in ("nsubj", "nsubjpass"))


def with_references(people: Iterable[Person], references: Iterable[Reference]) -> tuple[Person, ...]:
    """The people with every mention: by name, pronoun, role and as part of a group, in the order of the text."""
    mentions: dict[str, list[Mention]] = {}
    for reference in references:
        for name in reference.people:
            mentions.setdefault(name, []).append(Mention(reference.span, reference.paragraph, reference.rule))
    return tuple(replace(p, mentions=tuple(mentions.get(p.name, p.mentions))) for p in people)
