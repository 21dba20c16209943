"""Offices in the plural that several people share: the foreign ministers of Orsk and Norway, Ada Roe and Bo Lind.

>>> [name.title for name in with_shared(doc, find_names(doc, known, roles), known, roles)]     # doctest: +SKIP
['Foreign Minister', 'Foreign Minister']
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from helpers.names.gazetteer import Known
from helpers.names.mentions import NAMED, Name, in_brackets
from helpers.names.roles import BESIDE, RolePhrase

LINKS = frozenset(("and", "of", "the", "&"))  # between a holder and the next one's country

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.tokens import Span as TokenSpan


def with_shared(doc: Doc, names: list[Name], known: list[Known], roles: list[RolePhrase]) -> list[Name]:
    """The names, with an office in the plural shared out: his Georgian and Turkish counterparts, Ada Roe and Bo Lind."""
    found = list(names)
    for role in (r for r in roles if r.plural and r.role.level not in ("civil", "business", "expert")):
        for i, land in alternating(doc, known, found, role):
            found[i] = replace(found[i], rule=NAMED, role=one_of(doc, role, land))
        owners, end = joined_countries(doc, known, role)
        listed = list_of_names(doc, found, end)
        if len(listed) < 2 or any(found[i].role for i in listed):
            continue
        for i, country in zip(listed, owners if len(owners) == len(listed) else [None] * len(listed), strict=True):
            found[i] = replace(found[i], rule=NAMED, role=one_of(doc, role, country))
    return found


def one_of(doc: Doc, role: RolePhrase, country: str | None) -> RolePhrase:
    """The office of one who shares it: foreign *minister* of Norway."""
    several = doc[role.head_start : role.head_end].text
    one = role.title.replace(several, role.head if several.islower() else role.head.title(), 1)
    return replace(role, title=one, country=country, plural=False, told=BESIDE if country else role.told)


def alternating(doc: Doc, known: list[Known], names: list[Name], role: RolePhrase) -> list[tuple[int, str]]:
    """The holders of an office by their places in the list, each behind his country: of *Norway*, Ada Roe, and *Peru*, Bo Lind."""
    pairs: list[tuple[int, str]] = []
    end = role.head_end
    for k in (k for k in known if k.kind == "country" and k.start > end):
        i = next((i for i, n in enumerate(names) if n.start == k.end + 1 and doc[k.end].text in (",", "(")), None)
        if i is None or not all(t.is_punct or t.lower_ in LINKS for t in doc[end : k.start]):
            break
        pairs.append((i, str(k.country)))
        end = names[i].end
    return pairs if len(pairs) > 1 else []


def list_of_names(doc: Doc, names: list[Name], end: int) -> list[int]:
    """The names in a row behind an office in the plural that ends at token `end`, by their places in the list."""
    listed: list[int] = []
    for i, name in enumerate(names):
        gap = doc[end : name.opening] if name.opening >= end else doc[0:0]
        if name.start >= end and all(t.is_punct or t.pos_ == "CCONJ" for t in gap):
            if len(gap) > (2 if listed else 4):
                break
            listed += [] if in_brackets(doc, name) else [i]  # Ada Roe (Fisheries)
            end = name.end
        elif name.start >= end:
            break
    return listed


def joined_countries(doc: Doc, known: list[Known], role: RolePhrase) -> tuple[list[str], int]:
    """The countries of an office in the plural, of Guatemala and Honduras, Georgian and Turkish, and where it ends."""
    chain: list[str] = []
    end = role.end
    for k in (k for k in known if k.country):
        gap = doc[end : k.start] if k.start >= end else doc[0:0]
        if role.head_end <= k.start < role.end or (chain and 0 < len(gap) < 3 and is_joint(gap)):
            chain.append(str(k.country))
            end = k.end
    if chain:
        return chain, end
    start = role.head_start
    for k in reversed([k for k in known if k.country and k.end <= role.head_start]):
        gap = doc[k.end : start]
        if k.start < role.start and not is_joint(gap):
            break
        chain.insert(0, str(k.country))
        start = k.start
    return chain, role.end


def is_joint(gap: TokenSpan) -> bool:
    """Is there only a comma or an "and" between two countries?"""
    return 0 < len(gap) < 3 and all(t.lower_ in ("and", ",", "&") for t in gap)
