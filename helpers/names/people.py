"""People of an article under one canonical name each, with role, country and every mention by name.

>>> people = find_people(read_paragraphs(parse(read_text("Defence Minister Ada Roe of Norway spoke. Roe left."))))  # doctest: +SKIP
>>> [(p.name, p.role, len(p.mentions)) for p in people]                                                             # doctest: +SKIP
[('Ada Roe', 'Defence Minister', 2)]

A person with a public role is an *official*. Pronouns and role-only mentions are added by `helpers.names.references`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from helpers.knowledge.names import public_figures
from helpers.names.homes import Office, held_elsewhere, offices_alone, own_evidence, weighed
from helpers.names.leads import Lead, is_ranked, named_later
from helpers.names.matching import Words, figure_country, likeness
from helpers.names.mentions import CAPITALISED, Name
from helpers.names.paragraphs import Read
from helpers.names.pronouns import bound_pronouns, gender_beside, likelier
from helpers.names.roles import BESIDE, RolePhrase, roles_agree, state_office
from helpers.names.signs import parties_in
from helpers.names.story import Story, near, told
from helpers.records import CountryEvidence, Mention, Person, Span

Cast = Mapping[Words, str | None]  # the fullest name of each person, and he or she where it is known
BEHIND = 3  # tokens between a name and the party behind it
OUTLET = "outlet"  # what tells the country of a title that stands bare
ROLE = "role"  # the rule of a mention by role alone


@dataclass(frozen=True, slots=True)
class Placed:
    """A name and whom it can mean: one person where that is sure, several of one name where it is not."""

    read: Read
    name: Name
    people: tuple[Words, ...]
    rule: str

    @property
    def at(self) -> tuple[int, int]:
        """Its paragraph, and its first token there."""
        return self.read.parsed.number, self.name.start

    def span(self, start: int, end: int) -> Span:
        """The span of the tokens `start` to `end` in the paragraph of the name."""
        return self.read.parsed.span_of(self.read.parsed.doc[start:end])


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words that tell a role, and how much they count."""

    span: Span
    role: str
    weight: int


def find_people(reads: Iterable[Read], story: Story) -> tuple[Person, ...]:
    """The people of an article in the order of their first mention."""
    reads = tuple(reads)
    cast = cast_of(reads)
    placed = [Placed(read, name, *best_fits(name, cast)) for read in reads for name in read.names]
    sure = [p for p in placed if len(p.people) == 1]
    sure = [with_partners_office(p, sure) for p in sure]
    offices = tuple(office for read in reads for office in offices_alone(read))
    leads = named_later(reads, [(p.read, p.name, p.people[0]) for p in sure])
    pronouns = pronouns_of(sure, cast)
    mentions: dict[Words, list[Mention]] = {}
    for p in settled(placed, pronouns):
        mention = Mention(p.span(p.name.start, p.name.end), p.read.parsed.number, p.rule)
        mentions.setdefault(p.people[0], []).append(mention)
    people = [
        as_person(
            words,
            [p for p in sure if p.people[0] == words],
            tuple(found),
            pronouns[words],
            story,
            offices,
            leads.get(words),
        )
        for words, found in mentions.items()
    ]
    return tuple(sorted(people, key=lambda p: p.mentions[0].span))


def with_partners_office(placed: Placed, sure: Sequence[Placed]) -> Placed:
    """Somebody's counterpart with the office of who was named before: Roe … his Dutch colleague, Eva Holm; else with none."""
    role = placed.name.role
    if role is None or role.role.level != "counterpart":
        return placed
    earlier = (p.name.role for p in reversed(sure) if p.name.role and p.at < placed.at)
    office = next((o for o in earlier if o.role.level != "counterpart"), None)
    same = replace(role, title=office.title, head=office.head, told="counterpart") if office else None
    return replace(placed, name=replace(placed.name, role=same))


def cast_of(reads: Iterable[Read]) -> Cast:
    """Everybody who is surely named, with the pronoun that honorific or office tell."""
    cast: dict[Words, str | None] = {}
    for name in (n for read in reads for n in read.names if n.rule != CAPITALISED):
        fits, _ = best_fits(name, cast)
        known, gender = fits[-1] if fits else name.words, gender_beside(name) if len(fits) < 2 else None
        fuller = longer_name(known, name.words)
        cast = {fuller if words == known else words: told for words, told in (cast | {known: cast.get(known)}).items()}
        cast[fuller] = cast[fuller] or gender
    return cast


def best_fits(name: Name, cast: Cast) -> tuple[tuple[Words, ...], str]:
    """Those whom a name fits best, and the rule; nobody who is written of as he where the name shows a she."""
    gender, own = gender_beside(name), name.words
    fits = [(*likeness(words, own), words) for words, g in cast.items() if not gender or g in (None, gender)]
    best, rule, _ = max(fits, key=lambda fit: fit[0], default=(0, "", ()))
    return tuple(words for rank, _, words in fits if rank == best > 0), rule


def longer_name(known: Words, words: Words) -> Words:
    """The fuller of two forms of one name.

    >>> longer_name(("S.", "Jaishankar"), ("Subrahmanyam", "Jaishankar"))
    ('Subrahmanyam', 'Jaishankar')
    """
    return max(known, words, key=lambda form: (len(form), len("".join(form))))


def pronouns_of(sure: Iterable[Placed], cast: Cast) -> Cast:
    """He or she: by honorific and office, else by the pronouns that its sentences tie to it."""
    votes: dict[Words, Counter[str]] = {words: Counter() for words in cast}
    for _, group in groupby(sure, key=lambda p: p.read.parsed.number):
        named = list(group)
        for words, pronoun in bound_pronouns(named[0].read, [(p.name, p.people[0]) for p in named]):
            votes[words][pronoun] += 1
    return {words: pronoun or likelier(votes[words]) for words, pronoun in cast.items()}


def settled(placed: Sequence[Placed], pronouns: Cast) -> Iterator[Placed]:
    """The names that mean one person: one that fits several means whom it last meant, else the public figure, or nobody."""
    said: dict[Words, int] = {}
    titles = titles_of(placed)
    for n, found in enumerate(placed):
        gender = gender_beside(found.name)
        fits = [words for words in found.people if not gender or pronouns[words] in (None, gender)]
        fits = in_that_office(fits, found.name.title, titles) or fits
        named = sorted((words for words in fits if words in said), key=lambda words: said[words])
        people = named[-1:] or known_to_all(fits) or fits
        if len(people) == 1:
            said[people[0]] = n
            yield replace(found, people=tuple(people))


def titles_of(placed: Iterable[Placed]) -> Mapping[Words, set[str]]:
    """The titles beside the names that mean one person."""
    found: dict[Words, set[str]] = {}
    for p in placed:
        if len(p.people) == 1 and p.name.title:
            found.setdefault(p.people[0], set()).add(p.name.title)
    return found


def in_that_office(people: Iterable[Words], title: str | None, titles: Mapping[Words, set[str]]) -> list[Words]:
    """Those of one surname who hold the office beside it: *Secretary* Roe, of Secretary of State Ada Roe and Bo Roe."""
    return [words for words in people if title and any(roles_agree(held, title) for held in titles.get(words, ()))]


def known_to_all(people: Iterable[Words]) -> tuple[Words, ...]:
    """The public figures among people of one name."""
    return tuple(words for words in people if " ".join(words) in public_figures())


def as_person(
    words: Words,
    named: Sequence[Placed],
    mentions: tuple[Mention, ...],
    pronouns: str | None,
    story: Story,
    offices: Sequence[Office],
    lead: Lead | None,
) -> Person:
    """The person as a record: the role for which there is the best evidence, and the country for which all of it speaks."""
    name = " ".join(words)
    told_role = max((e for p in named for e in evidence_of(p)), key=fullness, default=None)
    ranked = told_role is None or all(is_ranked(p.name) for p in named if p.name.title)
    if ranked and lead is not None and figure_country(words) in (None, lead.role.country):
        return named_behind(lead, Person(name, None, None, mentions, (), pronouns), story)
    if told_role is None:
        country = figure_country(words)
        well_known = (told(country, "figure", mentions[0].span),) if country and country in story.shows else ()
        return Person(name, None, weighed(well_known), mentions, (), pronouns, well_known)
    # an outlet tells once, however many titles stand bare in it
    evidence = tuple({(e.kind == OUTLET) or e: e for p in named for e in countries_of(p, story)}.values())
    held = [p.name.role for p in named if p.name.role]
    evidence = (*evidence, *held_elsewhere(held, offices, {m.paragraph for m in mentions}))
    evidence = (*evidence, *known_figure(words, held, mentions))
    return Person(name, told_role.role, weighed(evidence), mentions, (told_role.span,), pronouns, evidence)


def known_figure(words: Words, held: Iterable[RolePhrase], mentions: Sequence[Mention]) -> Iterator[CountryEvidence]:
    """What the list of public figures tells of somebody with these offices."""
    if country := figure_country(words, set(map(state_office, held))):
        yield told(country, "figure", mentions[0].span)


def named_behind(lead: Lead, person: Person, story: Story) -> Person:
    """The person with the office that the lead tells, and its country."""
    role = lead.role
    span = lead.read.role_span(role)
    figure = known_figure(tuple(person.name.split()), [role], person.mentions)
    evidence = (*own_evidence(lead.read, role, span, story), *figure)
    return replace(person, role=role.title, country=weighed(evidence), evidence=(span,), country_evidence=evidence)


def fullness(evidence: Evidence) -> tuple[int, int]:
    """What makes one form of an office the better: more of its words, for headlines shorten, then that its country is beside it."""
    return len(evidence.role.split()), evidence.weight


def countries_of(placed: Placed, story: Story) -> Iterator[CountryEvidence]:
    """What the public role beside a name tells of its country."""
    role, name = placed.name.role, placed.name
    for party in parties_in(placed.read) if name.title else ():
        if 0 <= party.start - name.end < BEHIND:
            yield told(party.country, "party", placed.span(party.start, party.end))
    if role and role.role.public:
        yield from own_evidence(placed.read, role, placed.span(role.start, role.end), story)
    elif (
        placed.name.title
        and not role
        and (home := story.home_of(placed.name.title, near(placed.read, placed.name.start)))
    ):
        yield story.evidence_of(home, placed.span(name.opening, name.start))  # a rank: Gen. Ada Roe


def evidence_of(placed: Placed) -> Iterator[Evidence]:
    """What stands beside a name: a public role, which counts most with a country, or a rank (Gen., Sen.)."""
    name, role = placed.name, placed.name.role
    if role and role.role.public:
        yield Evidence(placed.span(role.start, role.end), role.title, 3 if role.told == BESIDE else 2)
    elif name.title and not role:
        yield Evidence(placed.span(name.opening, name.start), name.title, 1)
