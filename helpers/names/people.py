"""People of an article under one canonical name each, with role, country and every mention by name.

>>> people = find_people(parse(read_text("Defence Minister Ada Roe of Norway met Bo Lind. Roe spoke.")))    # doctest: +SKIP
>>> [(p.name, p.role, len(p.mentions)) for p in people]                                                     # doctest: +SKIP
[('Ada Roe', 'Defence Minister', 2), ('Bo Lind', None, 1)]

A person with a public role is an *official*. Pronouns and role-only mentions are added by `helpers.names.references`.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.knowledge.vocabulary import FOLDER, given_names, honorifics, read_csv_vocabulary
from helpers.names.gazetteer import Known, find_known
from helpers.names.matching import likeness
from helpers.names.mentions import CAPITALISED, INITIAL, Name, find_names
from helpers.names.pronouns import bound_pronouns, gender_beside, gender_of_nouns, likelier
from helpers.names.roles import RolePhrase, find_roles
from helpers.parse import Parsed, ParsedParagraph
from helpers.records import Mention, Person, Span
from helpers.text.quotation_marks import find_quotes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Token


@dataclass(frozen=True)
class Read:
    """A parsed paragraph with its known names, roles and names of people: what the next steps read."""

    parsed: ParsedParagraph
    known: tuple[Known, ...]
    roles: tuple[RolePhrase, ...]
    names: tuple[Name, ...]

    @cached_property
    def quoted(self) -> frozenset[int]:
        """The tokens inside quotation marks: what they speak of is the speaker's world, not the reporter's."""
        quotes = find_quotes(self.parsed.text)
        if not quotes:
            return frozenset()
        begins = self.parsed.doc.to_array("IDX")
        return frozenset(i for q in quotes for i in range(begins.searchsorted(q.start), begins.searchsorted(q.end)))


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


def read_paragraphs(parsed: Parsed) -> tuple[Read, ...]:
    """Known names, roles and likely names of people, paragraph by paragraph."""
    found = []
    for paragraph in parsed.paragraphs:
        known = find_known(paragraph.doc)
        roles = find_roles(paragraph.doc, known)
        found.append(Read(paragraph, tuple(known), tuple(roles), tuple(find_names(paragraph.doc, known, roles))))
    surnames = {word for read in found for n in read.names if n.rule != CAPITALISED for word in n.words[-2:]}
    common = words_of(parsed)
    return tuple(with_surnames(read, surnames, common) for read in found)


def words_of(parsed: Parsed) -> frozenset[str]:
    """The words of the article as it writes them: small letters or capitals."""
    return frozenset(word for paragraph in parsed.paragraphs for word in re.findall(r"\w+", paragraph.text))


def with_surnames(read: Read, surnames: set[str], common: frozenset[str]) -> Read:
    """The paragraph with the surnames of people named elsewhere that the parser took for something else.

    A word that begins a sentence counts only if the article never writes it small: May, Rice.
    """
    if not any(word in read.parsed.text for word in surnames):
        return read
    covered = {i for n in read.names for i in range(n.start, n.end)}
    covered |= {i for k in read.known for i in range(k.start, k.end)}
    titles = {i for r in read.roles for i in range(r.start, r.head_end) if r.head_end - r.start > 1}
    extra = [
        Name(t.i, end, t.doc[t.i : end].text, CAPITALISED)
        for t in read.parsed.doc
        if t.text[0].isupper() and len(t) > 1 and t.i not in covered | titles
        if (end := surname_end(t, surnames))
        if not (t.text.lower() in common and (t.is_sent_start or t.pos_ not in ("PROPN", "NOUN")))
        if not begins_longer_name(t, end)
    ]
    if not extra:
        return read
    new = {i for n in extra for i in range(n.start, n.end)}
    roles = tuple(r for r in read.roles if r.head_start not in new)
    kept = (n for n in read.names if new.isdisjoint(range(n.start, n.end)))
    return replace(read, roles=roles, names=tuple(sorted((*kept, *extra), key=lambda n: n.start)))


def surname_end(token: Token, surnames: set[str]) -> int:
    """Where one of `surnames` that begins with `token` ends, hyphens included; 0 where none does."""
    if token.text in surnames and len(token) > 2 and not (token.i + 1 < len(token.doc) and token.nbor(1).text == "-"):
        return token.i + 1
    for end in (token.i + 5, token.i + 3):
        if end <= len(token.doc) and token.nbor(1).text == "-" and token.doc[token.i : end].text in surnames:
            return end
    return 0


def begins_longer_name(token: Token, end: int) -> bool:
    """Does the word open or close a longer name in capitals: Roe Tower?"""
    doc = token.doc
    after = end < len(doc) and doc[end].pos_ == "PROPN" and doc[end].text[0].isupper()
    before = token.i > 0 and doc[token.i - 1].pos_ == "PROPN" and not doc[token.i - 1].is_sent_start
    return after or (before and doc[token.i - 1].text[0].isupper())


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
