"""Offices whose holder the next paragraphs name without a title: the foreign minister warned … | Ada Roe said …

>>> {words: lead.role.title for words, lead in named_later(reads, people).items()}     # doctest: +SKIP
{('Ada', 'Roe'): 'foreign minister'}

So newspapers begin a story: the lead tells the office, the paragraph behind it the name. It counts where nobody of that office is
named with it, and the name that follows is a whole one that begins a sentence, new, and without anything beside it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from helpers.knowledge.names import ranks
from helpers.knowledge.vocabulary import honorifics
from helpers.names.mentions import CAPITALISED, Name, is_rank
from helpers.names.paragraphs import Read
from helpers.names.pronouns import is_subject
from helpers.names.roles import GOVERNMENT, RolePhrase, is_field_word, is_indefinite, roles_agree

if TYPE_CHECKING:
    from spacy.tokens import Doc

HELD = (*GOVERNMENT, "military", "diplomat", "spokesperson", "official", "legislator")  # levels of such offices
FURTHER = 2  # paragraphs behind the office in which the name is looked for
OPENS = frozenset(("PUNCT", "CCONJ", "SCONJ", "ADV"))  # what may stand before the name in its sentence: But Ada Roe …
SET_APART = frozenset((",", "(", "–", "—"))  # marks behind a name that tells more of itself
Named = tuple[Read, Name, tuple[str, ...]]  # a name, where it stands, and whom it means


@dataclass(frozen=True, slots=True)
class Lead:
    """An office without a name, and its paragraph."""

    read: Read
    role: RolePhrase


def named_later(reads: Sequence[Read], named: Sequence[Named]) -> Mapping[tuple[str, ...], Lead]:
    """The offices of those whom a later paragraph names without one."""
    held = [name.role for _, name, _ in named if name.role]
    ranked = {words for _, name, words in named if is_ranked(name)}
    titled = {words for _, name, words in named if name.title and not is_ranked(name)}
    found: dict[tuple[str, ...], Lead] = {}
    for n, read in enumerate(reads):
        offices = [r for r in read.roles_alone if leads(read.parsed.doc, r)]
        if len(offices) != 1 or any(roles_agree(h.title, offices[0].title) for h in held):
            continue
        new = first_named(
            reads[n + 1 :], named, {words for r, _, words in named if r.parsed.number <= read.parsed.number}
        )
        soldier = new in ranked and offices[0].role.level in GOVERNMENT
        if new is not None and new not in titled and not soldier:
            found.setdefault(new, Lead(read, offices[0]))
    offices_of = [lead.role.title.lower() for lead in found.values()]
    return {words: lead for words, lead in found.items() if offices_of.count(lead.role.title.lower()) == 1}


def is_ranked(name: Name) -> bool:
    """Does a rank alone stand beside the name, which leaves the office open: *Adm.* Ada Roe?"""
    return is_rank(name.role) if name.role else bool(name.honorific and honorifics()[name.honorific].role in ranks())


def leads(doc: Doc, role: RolePhrase) -> bool:
    """Is it one public office of one holder, the subject of its clause: *Norway's foreign minister* has warned …?"""
    before = doc[max(0, role.start - 1)]
    definite = role.country is not None or before.lower_ == "the" or before.tag_ == "POS"
    one = definite and not role.plural and not is_indefinite(doc, role)
    return one and role.role.level in HELD and is_subject(doc[role.head_end - 1])


def first_named(reads: Sequence[Read], named: Sequence[Named], known: set[tuple[str, ...]]) -> tuple[str, ...] | None:
    """The first person whom the next paragraphs name, if that is new and the subject of a sentence that the name begins."""
    following = {read.parsed.number for read in islice(reads, FURTHER)}
    sure = [(r, n, w) for r, n, w in named if r.parsed.number in following and n.rule != CAPITALISED]
    first = next(iter(sure), None)
    if first is None or first[2] in known or len(first[1].words) < 2:
        return None
    return first[2] if begins_alone(first[0].parsed.doc, first[1]) else None


def begins_alone(doc: Doc, name: Name) -> bool:
    """Does the name begin its sentence, as the subject, with nothing that says who it is?"""
    before = doc[doc[name.start].sent.start : name.opening]
    apart = doc[name.end : name.end + 1].text in SET_APART
    opens = all(t.pos_ in OPENS or is_field_word(t) for t in before)  # Navy | Adm. Ada Roe
    return not apart and opens and is_subject(doc[name.end - 1])
