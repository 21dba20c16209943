"""People of an article under one canonical name each, with role, country and every mention by name.

>>> people = find_people(parse(read_text("Defence Minister Ada Roe of Norway met Bo Lind. Roe spoke.")))    # doctest: +SKIP
>>> [(p.name, p.role, len(p.mentions)) for p in people]                                                     # doctest: +SKIP
[('Ada Roe', 'Defence Minister', 2), ('Bo Lind', None, 1)]

A person with a public role is an *official*. Pronouns and role-only mentions are added by `helpers.grammar.resolve`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.grammar.gazetteer import Known, find_known
from helpers.grammar.names import CAPITALISED, INITIAL, Name, find_names
from helpers.grammar.roles import RolePhrase, find_roles
from helpers.knowledge.vocabulary import FOLDER, honorifics, read_csv_vocabulary, surnames_first
from helpers.parse import Parsed, ParsedParagraph
from helpers.records import Mention, Person, Span

if TYPE_CHECKING:
    from collections.abc import Iterable

PRONOUNS = {"m": "he", "f": "she"}
GENDERED = {"spokesman": "he", "spokeswoman": "she", "king": "he", "queen": "she", "prince": "he", "princess": "she"}


@dataclass(frozen=True)
class Read:
    """A parsed paragraph with its known names, roles and names of people: what the next steps read."""

    parsed: ParsedParagraph
    known: tuple[Known, ...]
    roles: tuple[RolePhrase, ...]
    names: tuple[Name, ...]


@dataclass
class Draft:
    """A person while the article is being read."""

    words: tuple[str, ...]
    mentions: list[Mention] = field(default_factory=list)
    roles: list[tuple[RolePhrase, Span]] = field(default_factory=list)
    ranks: list[tuple[str, Span]] = field(default_factory=list)  # roles that an honorific shortens: Gen., Sen.
    pronouns: str | None = None


@cache
def known_people(folder: Path = FOLDER) -> dict[str, str]:
    """The countries of well-known public figures, for articles that leave it out ("President Trump").

    >>> known_people()["Donald Trump"]
    'United States'
    """
    return {
        r["name"]: r["country"]
        for r in read_csv_vocabulary(folder / "public_figures.csv", ("name", "country"), key="name")
    }


def read_paragraphs(parsed: Parsed) -> tuple[Read, ...]:
    """Known names, roles and likely names of people, paragraph by paragraph."""
    found = []
    for paragraph in parsed.paragraphs:
        known = find_known(paragraph.doc)
        roles = find_roles(paragraph.doc, known)
        found.append(Read(paragraph, tuple(known), tuple(roles), tuple(find_names(paragraph.doc, known, roles))))
    return tuple(found)


def find_people(reads: Iterable[Read]) -> tuple[Person, ...]:
    """The people of an article in the order of their first mention."""
    drafts: list[Draft] = []
    for read in reads:
        for name in read.names:
            draft, rule = match(drafts, name)
            if draft is None:
                if name.rule == CAPITALISED:
                    continue
                draft = Draft(name.words)
                drafts.append(draft)
            note(draft, name, rule, read.parsed)
    return tuple(as_person(draft) for draft in drafts)


def match(drafts: list[Draft], name: Name) -> tuple[Draft | None, str]:
    """The person whom `name` means, and by which rule; the one named last where two would fit."""
    for draft in reversed(drafts):
        rule = same_person(draft.words, name.words)
        if rule:
            return draft, rule
    return None, "full_name"


def same_person(known: tuple[str, ...], words: tuple[str, ...]) -> str:
    """The rule by which `words` mean the person named `known`, or "".

    >>> same_person(("Subrahmanyam", "Jaishankar"), ("S.", "Jaishankar")), same_person(("Ada", "Roe"), ("Roe",))
    ('full_name', 'surname')
    >>> same_person(("Kim", "Ye-rin"), ("Kim",)), same_person(("Ada", "Roe"), ("Ben", "Roe"))
    ('surname', '')
    """
    if words == known:
        return "full_name"
    if len(words) == 1:
        if words[0] == surname(known) or words[0] == known[-1] or words[0] == " ".join(particles_and_surname(known)):
            return "surname"
        return "given_name" if words[0] == known[0] and not INITIAL.match(words[0]) else ""
    if len(known) == 1:
        return "full_name" if known[0] in (surname(words), words[-1]) else ""
    if words == particles_and_surname(known):
        return "surname"
    if words[-1] != known[-1]:
        return ""
    return "full_name" if given_names_agree(known[0], words[0]) else ""


def surname(words: tuple[str, ...]) -> str:
    """The surname: the first word where English news writes it first (Xi, Kim, Nguyen), else the last."""
    if len(words) > 1 and words[0] in surnames_first():
        return words[0]
    return words[-1]


def particles_and_surname(words: tuple[str, ...]) -> tuple[str, ...]:
    """The surname with the particles before it: von der Leyen, al-Rashid."""
    start = len(words) - 1
    while start > 1 and words[start - 1][0].islower():
        start -= 1
    return words[start:]


def given_names_agree(first: str, second: str) -> bool:
    """Can these be the same given name? "S." agrees with "Subrahmanyam".

    >>> given_names_agree("S.", "Subrahmanyam"), given_names_agree("Ada", "Ben")
    (True, False)
    """
    if INITIAL.match(first) or INITIAL.match(second):
        return first[0] == second[0]
    return first == second


def note(draft: Draft, name: Name, rule: str, paragraph: ParsedParagraph) -> None:
    """Add one mention, with what stands beside it, to the person."""
    if len(name.words) > len(draft.words) or (
        INITIAL.match(draft.words[0]) and len(name.words) == len(draft.words) > 1
    ):
        draft.words = name.words
    draft.mentions.append(Mention(paragraph.span_of(paragraph.doc[name.start : name.end]), paragraph.number, rule))
    if name.role:
        draft.roles.append((name.role, paragraph.span_of(paragraph.doc[name.role.start : name.role.end])))
        draft.pronouns = draft.pronouns or GENDERED.get(name.role.head)
    if name.honorific:
        shortened = honorifics()[name.honorific].role
        if shortened and not name.role:
            draft.ranks.append(
                (shortened, paragraph.span_of(paragraph.doc[name.start - len(name.honorific.split()) : name.start]))
            )
        draft.pronouns = draft.pronouns or PRONOUNS.get(honorifics()[name.honorific].gender or "")


def as_person(draft: Draft) -> Person:
    """The person as a record: of several public roles the first with a country, else the first, else a rank."""
    name = " ".join(draft.words)
    public = [(role, span) for role, span in draft.roles if role.role.public]
    if public:
        role, span = next(((r, s) for r, s in public if r.country), public[0])
        return Person(
            name, role.title, role.country or known_people().get(name), tuple(draft.mentions), (span,), draft.pronouns
        )
    if draft.ranks:
        rank, span = draft.ranks[0]
        return Person(name, rank, known_people().get(name), tuple(draft.mentions), (span,), draft.pronouns)
    return Person(name, None, None, tuple(draft.mentions), (), draft.pronouns)
