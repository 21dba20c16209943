"""People of an article under one canonical name each, with role, country and every mention by name.

>>> people = find_people(parse(read_text("Defence Minister Ada Roe of Norway met Bo Lind. Roe spoke.")))    # doctest: +SKIP
>>> [(p.name, p.role, len(p.mentions)) for p in people]                                                     # doctest: +SKIP
[('Ada Roe', 'Defence Minister', 2), ('Bo Lind', None, 1)]

A person with a public role is an *official*. Pronouns and role-only mentions are added by `helpers.names.references`.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.knowledge.vocabulary import FOLDER, given_names, honorifics, read_csv_vocabulary
from helpers.names.matching import likeness
from helpers.names.mentions import CAPITALISED, INITIAL, Name
from helpers.names.paragraphs import Read
from helpers.names.pronouns import bound_pronouns, gender_beside, gender_of_nouns, likelier
from helpers.names.roles import RolePhrase
from helpers.parse import ParsedParagraph
from helpers.records import Mention, Person, Span

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass
class Draft:
    """A person while the article is being read."""

    words: tuple[str, ...]
    mentions: list[Mention] = field(default_factory=list)
    roles: list[tuple[RolePhrase, Span]] = field(default_factory=list)
    ranks: list[tuple[str, Span]] = field(default_factory=list)  # roles that an honorific shortens: Gen., Sen.
    pronouns: str | None = None  # by honorific, office or a noun in apposition
    votes: Counter[str] = field(default_factory=Counter)  # pronouns that its own sentences tie to it


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


def find_people(reads: Iterable[Read]) -> tuple[Person, ...]:
    """The people of an article in the order of their first mention."""
    reads = tuple(reads)
    drafts: list[Draft] = []
    strong = [n for read in reads for n in read.names if n.rule != CAPITALISED]
    for name in strong:
        draft, _ = match(drafts, name)
        if draft is None or namesakes(strong, draft.words, name):
            drafts.append(Draft(name.words, pronouns=gender_beside(name)))
        else:
            draft.words = longer_name(draft.words, name.words)
            if match(drafts, name, sure=True)[0] is draft:
                draft.pronouns = draft.pronouns or gender_beside(name)
    placed = [
        (read, [(name, draft) for name in read.names if (draft := placed_name(drafts, name, read))]) for read in reads
    ]
    for read, names in placed:
        for draft, pronoun in bound_pronouns(read, names):
            draft.votes[pronoun] += 1
    people = [as_person(draft) for draft in drafts if draft.mentions]
    return tuple(sorted(people, key=lambda p: p.mentions[0].span))


def namesakes(strong: list[Name], known: tuple[str, ...], name: Name) -> bool:
    """Are "President Roe", often so named, and a "Ben Roe" met only later and without an office two people?"""
    if len(known) > 1 or len(name.words) == 1 or " ".join(name.words) in known_people():
        return False
    bare = [n for n in strong if n.words == known]
    full = [n for n in strong if n.words == name.words]
    titled = any(n.role and n.role.role.public for n in bare)
    return titled and len(bare) > 2 and not any(n.role for n in full) and len(full) < len(bare)


def placed_name(drafts: list[Draft], name: Name, read: Read) -> Draft | None:
    """The person whom `name` means, with this mention added."""
    draft, rule = match(drafts, name, sure=True)
    if draft is not None:
        note(draft, name, rule, read.parsed)
    return draft


def match(drafts: list[Draft], name: Name, sure: bool = False) -> tuple[Draft | None, str]:
    """The person whom `name` means, and by which rule: whom it fits best, then by role; where two fit, only if not `sure`."""
    gender, words = gender_beside(name), name.words
    fits = [(*likeness(draft.words, words), draft) for draft in drafts]
    fits = [fit for fit in fits if fit[0] and not (gender and fit[2].pronouns and gender != fit[2].pronouns)]
    if not fits:
        return None, "full_name"
    best = max(rank for rank, _, _ in fits)
    fits = [fit for fit in fits if fit[0] == best]
    if name.role and len(fits) > 1:
        held = name.role.title.lower()
        fits = [fit for fit in fits if any(role.title.lower() == held for role, _ in fit[2].roles)] or fits
    _, rule, draft = fits[-1]
    return (None, "") if sure and len(fits) > 1 else (draft, rule)


def longer_name(known: tuple[str, ...], words: tuple[str, ...]) -> tuple[str, ...]:
    """The fuller of two forms of one name.

    >>> longer_name(("S.", "Jaishankar"), ("Subrahmanyam", "Jaishankar"))
    ('Subrahmanyam', 'Jaishankar')
    """
    if known[-len(words) :] == words or words[-len(known) :] == known:  # one has more in front: Republican Ada Roe?
        shorter, longer = sorted((known, words), key=len)
        return (
            shorter if len(shorter) > 1 and shorter[0] in given_names() and longer[0] not in given_names() else longer
        )
    if words[: len(known)] == known and len(known) > 1 and len(words) > len(known) + 1:
        return known  # in a headline: Ada Roe Endorses Bo Lind
    spelled_out = INITIAL.match(known[0]) and len(words) == len(known) > 1
    return words if len(words) > len(known) or spelled_out else known


def note(draft: Draft, name: Name, rule: str, paragraph: ParsedParagraph) -> None:
    """Add one mention, with what stands beside it, to the person."""
    draft.words = longer_name(draft.words, name.words)
    draft.mentions.append(Mention(paragraph.span_of(paragraph.doc[name.start : name.end]), paragraph.number, rule))
    if name.role:
        draft.roles.append((name.role, paragraph.span_of(paragraph.doc[name.role.start : name.role.end])))
    if name.honorific:
        shortened = honorifics()[name.honorific].role
        if shortened and not name.role:
            draft.ranks.append(
                (shortened, paragraph.span_of(paragraph.doc[name.start - len(name.honorific.split()) : name.start]))
            )
    draft.pronouns = draft.pronouns or gender_beside(name) or gender_of_nouns(paragraph.doc, name)


def as_person(draft: Draft) -> Person:
    """The person as a record: of several public roles the first with a country, else the first, else a rank."""
    name = " ".join(draft.words)
    pronouns = draft.pronouns or likelier(draft.votes)
    public = [(role, span) for role, span in draft.roles if role.role.public]
    if public:
        role, span = next(((r, s) for r, s in public if r.country), public[0])
        return Person(
            name, role.title, role.country or known_people().get(name), tuple(draft.mentions), (span,), pronouns
        )
    if draft.ranks:
        rank, span = draft.ranks[0]
        return Person(name, rank, known_people().get(name), tuple(draft.mentions), (span,), pronouns)
    return Person(name, None, None, tuple(draft.mentions), (), pronouns)
