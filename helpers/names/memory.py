"""What a reader keeps in mind of an article: who was mentioned where, and whom a name, a pronoun or a role then means.

>>> by_pronoun(memory, "she", paragraph=2, sentence=5, quoted=False)      # doctest: +SKIP
(('Ada Roe',), 'pronoun')

Each function gives the people meant and the rule; nobody where it cannot be told.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace

from helpers.names.offices import held_by, is_indefinite
from helpers.names.paragraphs import Read
from helpers.names.roles import RolePhrase
from helpers.records import Person, Span

REACH = 3  # paragraphs back in which the person behind a pronoun is looked for
SOMEBODY = ""  # whoever is spoken of without a name: a pronoun may mean them
# What speaks for a person behind a pronoun, weighed; the first four count the less, the farther back the mention is.
NAMED, SUBJECT, SPEAKER, QUOTED, KNOWN, OFTEN = 2.0, 1.5, 1.0, 0.4, 0.4, 0.03


@dataclass
class Recent:
    """A person as last mentioned, with what makes it likely to be meant next."""

    name: str
    paragraph: int
    sentence: int  # counted over the whole article, without those that are all quotation
    subject: float  # 1 in a main clause, 0.5 in a clause under another
    speaker: bool
    quoted: bool


@dataclass
class Memory:
    """What a reader keeps in mind: who was mentioned where, and what is known of each."""

    people: dict[str, Person]
    recent: list[Recent] = field(default_factory=list)
    pronouns: dict[str, str] = field(default_factory=dict)
    plural: tuple[str, ...] = ()
    times: Counter[str] = field(default_factory=Counter)
    named: dict[Span, tuple[str, str]] = field(default_factory=dict)
    titles: dict[str, list[RolePhrase]] = field(default_factory=dict)


def nearest(memory: Memory, people: list[str]) -> list[str]:
    """Those of `people` who were mentioned last, all of one sentence. Everybody, if nobody was yet."""
    last: dict[str, int] = {}
    for recent in memory.recent:
        if recent.name in people and not recent.quoted:
            last[recent.name] = recent.sentence
    latest = max(last.values(), default=None)
    return [p for p in people if last.get(p) == latest] if last else people


def by_pronoun(
    memory: Memory, pronoun: str, paragraph: int, sentence: int, quoted: bool
) -> tuple[tuple[str, ...], str]:
    """The likeliest person behind "he" or "she": near, a subject, a speaker, and of no other gender as far as is known."""
    best: dict[str, float] = {}
    for recent in memory.recent:
        back = paragraph - recent.paragraph
        if back > REACH or memory.pronouns.get(recent.name, pronoun) != pronoun:
            continue
        weight = NAMED + SUBJECT * recent.subject + SPEAKER * recent.speaker
        if recent.quoted and not quoted:
            weight = QUOTED
        score = weight / (1 + sentence - recent.sentence + back / 2)
        score += KNOWN * (memory.pronouns.get(recent.name) == pronoun) + OFTEN * min(10, memory.times[recent.name])
        best[recent.name] = max(best.get(recent.name, -9.0), score)
    if not best:
        return (), ""
    last = {r.name: i for i, r in enumerate(memory.recent)}
    person = max(best, key=lambda name: (best[name], last[name]))
    if person == SOMEBODY:
        return (), ""
    if len(best) == 1:
        memory.pronouns.setdefault(person, pronoun)
    return (person,), "pronoun"


def by_role(memory: Memory, read: Read, role: RolePhrase) -> tuple[tuple[str, ...], str]:
    """The person whose role this is; of several the one mentioned nearest. A role told first may be of one named later."""
    if is_indefinite(read.parsed.doc, role):
        return (), ""
    fits = [p.name for p in memory.people.values() if held_by(p, memory.titles.get(p.name, ()), role)]
    seen = [name for name in fits if memory.times[name]]
    if len(seen) > 1:
        seen = nearest(memory, seen)
    chosen = seen or fits
    return ((chosen[0],), "role") if len(chosen) == 1 else ((), "")


def by_roles(memory: Memory, read: Read, roles: RolePhrase) -> tuple[tuple[str, ...], str]:
    """The holders of a role in the plural, where the article names just two: "the foreign ministers"."""
    before = read.parsed.doc[max(0, roles.start - 1) : roles.head_start]
    one = replace(roles, title=roles.head, country=None)
    fits = [p.name for p in memory.people.values() if held_by(p, memory.titles.get(p.name, ()), one)]
    words = set(roles.title.lower().split()) - {roles.title.lower().split()[-1]}
    fits = [name for name in fits if words <= set((memory.people[name].role or "").lower().split())]
    definite = len(before) > 0 and before[0].lower_ == "the"
    return (tuple(fits), "plural") if definite and len(fits) == 2 else ((), "")


def by_number(memory: Memory, here: tuple[int, int], number: int, head: str) -> tuple[tuple[str, ...], str]:
    """The last `number` people mentioned in this paragraph or, if it names nobody yet, in the one before."""
    here_first = [r for r in memory.recent if r.paragraph == here[0] and r.name]
    before = [r for r in memory.recent if r.paragraph == here[0] - 1 and r.name]
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
