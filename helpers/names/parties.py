"""The parties of a meeting or a call, named once at the top of a readout: whom "the Leaders" and "both sides" mean below.

>>> parties = parties_of(read_paragraphs(parse(read_text("President Ada Roe met Minister Bo Lind."))), people)  # doctest: +SKIP
>>> parties.names                                                                                            # doctest: +SKIP
('Ada Roe', 'Bo Lind')
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from helpers.knowledge.amounts import amounts
from helpers.knowledge.vocabulary import roles
from helpers.names.paragraphs import Read
from helpers.names.roles import RolePhrase, roles_agree
from helpers.records import Person

TOP = 4  # the first paragraphs of text, in one of which the parties are named
MOST = 4  # people
LEADERS = frozenset("leaders sides parties counterparts interlocutors".split())
TWO = frozenset({"two", "pair", "duo"})


@dataclass(frozen=True, slots=True)
class Parties:
    """Those who met or spoke with each other, each with the titles beside the name, and the paragraph that names them."""

    paragraph: int
    end: int  # of the last of their names there
    titles: Mapping[str, tuple[str, ...]]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self.titles)


def parties_of(reads: Sequence[Read], people: Mapping[str, Person]) -> Parties | None:
    """Who met or spoke, as one of the first paragraphs tells; None where that is not clear.

    Two to four people with roles, no more, who stand outside quotations.
    """
    for read in [read for read in reads if read.parsed.paragraph.kind == "body"][:TOP]:
        number = read.parsed.number
        names = [(n, read.parsed.span_of(read.parsed.doc[n.start])) for n in read.names if n.start not in read.quoted]
        named: dict[str, tuple[str, ...]] = {}
        end = 0
        for person in people.values():
            spans = [m.span for m in person.mentions if m.paragraph == number]
            here = [n for n, at in names if any(span.overlaps(at) for span in spans)] if spans else []
            if any(n.role for n in here):
                end = max(end, here[0].end)
                named[person.name] = tuple(n.role.title for n in here if n.role)
        if 2 <= len(named) <= MOST:
            return Parties(number, end, named)
    return None


def is_called(held: str, title: str) -> bool:
    """May who is `held` be called so among others: a foreign secretary, one of the ministers?"""
    office = roles().get(held.lower())
    return roles_agree(held, title) or (title == "minister" and office is not None and office.level == "minister")


def both(read: Read, start: int, end: int, role: RolePhrase | None, parties: Parties) -> tuple[str, ...]:
    """The parties meant by the words at the tokens `start` to `end`: the two leaders, both Prime Ministers; () where none are."""
    words = [t.lower_ for t in read.parsed.doc[start:end]]
    above = (read.parsed.number, start) < (parties.paragraph, parties.end)
    title = words[role.start - start :] if role is not None else words[-1:]
    between = [word for word in words[1 : len(words) - len(title)] if word != "the"]
    if above or words[0] not in ("the", "both", "all") or not amounts("number").keys() >= {*between}:
        return ()
    number = next((int(amounts("number")[w]) for w in between), 2 if words[0] == "both" or words[-1] in TWO else 0)
    if len(title) == 1 and title[0] in LEADERS | TWO:
        names = parties.names
    elif role is not None:
        parts = " ".join(title).removeprefix("the ").split(" and ")  # the Deputy Secretary and Vice Ministers
        offices = [role.head, *(part.removesuffix("s") for part in parts)]
        names = tuple(n for n, told in parties.titles.items() if any(is_called(t, o) for t in told for o in offices))
    else:
        return ()
    return names if len(names) > 1 and number in (0, len(names)) else ()
