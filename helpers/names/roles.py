"""Roles in a parsed text: "Indian Defence Minister", "minister of trade", "spokesperson for the ministry".

>>> doc = pipeline()("U.S. Secretary of War Ada Roe met India's foreign minister.")    # doctest: +SKIP
>>> [(r.title, r.country) for r in find_roles(doc, find_known(doc))]                   # doctest: +SKIP
[('Secretary of War', 'United States'), ("foreign minister", 'India')]
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from helpers.knowledge.forms import modifier_words, role_forms
from helpers.knowledge.names import modifier_countries
from helpers.knowledge.vocabulary import Role, given_names, honorifics, roles
from helpers.names.gazetteer import Known, longest, role_matcher

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

COMPLEMENT_TOKENS = 8  # the longest "of …" or "for …" that is taken as part of a role
GOVERNMENT = (
    "head_of_state",
    "head_of_government",
    "minister",
)  # their possessor is a country: Veldania's foreign minister
OPENS_COMPLEMENT = {"of", "for", "to"}
SENT_TO = {"diplomat", "spokesperson", "other", "official"}  # levels with a "to": ambassador to …, adviser to …
PLAIN_HONORIFICS = frozenset("Mr Mr. Mrs Mrs. Ms Ms. Miss Mx Mx. Dr Dr. Prof Prof. Sir Dame".split())
ADDRESSED = frozenset(
    "president minister secretary speaker chairman chairwoman chair chairperson ambassador chancellor senator commissioner "
    "governor mayor premier director".split()
)  # roles after Mr. and Madam that stay roles
ENDS_COMPLEMENT = {"VERB", "AUX", "SCONJ", "PUNCT", "PRON"}


@dataclass(frozen=True, slots=True)
class RolePhrase:
    """A role at the tokens `start` to `end`; `head_start` to `head_end` are those of the role itself."""

    start: int
    end: int
    head_start: int
    head_end: int
    title: str  # as it stands, without the country
    head: str  # the role of roles.csv
    country: str | None
    plural: bool

    @property
    def role(self) -> Role:
        return roles()[self.head]


def find_roles(doc: Doc, known: list[Known]) -> list[RolePhrase]:
    """The role phrases of `doc` in order, with what stands before them (country, portfolio) and after ("of trade")."""
    at = {i: k for k in known for i in range(k.start, k.end)}
    found: list[RolePhrase] = []
    for start, end in longest(role_matcher()(doc)):
        if start in at and at[start].end - at[start].start > end - start:
            continue  # part of a longer known name: the General Assembly
        adjective = doc[start].pos_ == "ADJ" and doc[start].text.islower()
        if end - start == 1 and (adjective or doc[start].pos_ == "VERB" or is_surname(doc, start)):
            continue
        found.append(role_phrase(doc, start, end, at))
    return found


def is_surname(doc: Doc, i: int) -> bool:
    """Is the role at `i` somebody's surname: "Charlie King", "Ms. Pope"? "Mr. President" is none."""
    if i == 0 or not doc[i].text[0].isupper() or doc[i].text.isupper():
        return False
    before = doc[i - 1]
    if before.text in PLAIN_HONORIFICS:
        return doc[i].lower_ not in ADDRESSED
    if i + 1 < len(doc) and doc[i + 1].text[0].isupper() and doc[i + 1].pos_ == "PROPN":
        return False
    person = before.ent_type_ == "PERSON" and doc[i].ent_type_ == "PERSON" and doc[i].ent_iob_ == "I"
    return (person or before.text in given_names()) and doc[i].lower_ not in ADDRESSED


def role_phrase(doc: Doc, start: int, end: int, at: dict[int, Known]) -> RolePhrase:
    """The phrase around the role at `start` to `end`."""
    form = doc[start:end].text.lower()
    head = role_forms()[form]
    left = left_edge(doc, start, at)
    right, complement = right_edge(doc, end, at, roles()[head].level in SENT_TO)
    country_before, title_start = leading_country(doc, left, start, at)
    country = country_before or complement or roles()[head].country
    if country is None and roles()[head].level in GOVERNMENT:
        country = possessor(doc, left)
        if country is None and (named := of_place(doc, end, right)):
            country = complement = named
    title_end = end if complement else right
    return RolePhrase(left, right, start, end, doc[title_start:title_end].text, head, country, form != head)


def left_edge(doc: Doc, start: int, at: dict[int, Known]) -> int:
    """Where the words before a role begin: modifiers, portfolios in capitals, the country."""
    modifiers, capitalised, i = modifier_words(), doc[start].text[0].isupper(), start
    while i > 0:
        token = doc[i - 1]
        if i - 1 in at and at[i - 1].kind in ("country", "demonym", "organisation"):
            i = at[i - 1].start
        elif token.tag_ == "POS" and i - 2 in at and at[i - 2].kind in ("country", "organisation"):
            i = at[i - 2].start
        elif token.lower_ in modifiers or (capitalised and is_portfolio(token)):
            i -= 1
        else:
            break
    return i


def is_portfolio(token: Token) -> bool:
    """May this capitalised word be the field of an office (Petroleum Minister)? Not so if it is a person's name."""
    return (
        token.text[0].isupper()
        and token.text.isalpha()
        and token.pos_ in ("PROPN", "ADJ", "NOUN")
        and token.ent_type_ != "PERSON"
    )


def right_edge(doc: Doc, end: int, at: dict[int, Known], sent: bool) -> tuple[int, str | None]:
    """Where "of …", "for …" or, for the `sent`, "to …" ends after a role, and the country it names as its own."""
    if end >= len(doc) or doc[end].lower_ not in OPENS_COMPLEMENT or (doc[end].lower_ == "to" and not sent):
        return end, None
    i = end + 1
    while (
        i < min(len(doc), end + 1 + COMPLEMENT_TOKENS) and doc[i].pos_ not in ENDS_COMPLEMENT and doc[i].tag_ != "POS"
    ):
        if doc[i].lower_ in ("in", "on", "at", "with", "to", "by", "from", "after", "during"):
            break
        if i > end + 1 and doc[i - 1].text[0].isupper() and begins_person(doc[i]):
            break
        i += 1
    first = end + 2 if end + 1 < len(doc) and doc[end + 1].lower_ == "the" else end + 1
    if first in at and at[first].kind in ("country", "organisation"):
        own = at[first].kind == "country" and doc[end].lower_ != "to"
        return at[first].end, at[first].country if own else None
    if i == end + 1 or (doc[end].lower_ == "for" and doc[i - 1].pos_ in ("NUM", "SYM")):
        return end, None
    return i, None


def begins_person(token: Token) -> bool:
    """Does a person's name begin here, after an office's field: "for Defence | Ada Roe"?"""
    before = token.nbor(-1)
    if token.ent_type_ == "PERSON" and token.ent_iob_ == "B" and before.ent_type_ != "PERSON":
        return True
    return token.text in given_names() and before.text not in given_names() and before.ent_type_ != "PERSON"


def possessor(doc: Doc, left: int) -> str | None:
    """The name in capitals that owns a role, if there is one: for countries that the vocabulary does not know."""
    if (
        left < 2
        or doc[left - 1].tag_ != "POS"
        or not doc[left - 2].text[0].isupper()
        or doc[left - 2].ent_type_ == "PERSON"
    ):
        return None
    return doc[left - 2].text


def of_place(doc: Doc, end: int, right: int) -> str | None:
    """The place that follows a high office after "of": president of Orsk. None for a field (minister of Trade)."""
    words = doc[end + 1 : right]
    if right - end < 2 or doc[end].lower_ != "of" or any(t.lower_ in modifier_words() for t in words):
        return None
    name = words[1:] if words[0].lower_ == "the" else words
    place = (
        len(name)
        and all(t.text[0].isupper() for t in name)
        and any(t.ent_type_ in ("GPE", "LOC", "NORP") for t in name)
    )
    return name.text if place else None


def leading_country(doc: Doc, left: int, start: int, at: dict[int, Known]) -> tuple[str | None, int]:
    """The country in front of a role, and where the title begins after it."""
    words = doc[left:start].text.lower().split()
    country = next((implied for word in words if (implied := modifier_countries().get(word))), None)
    i = left
    while i < start and i in at and at[i].kind in ("country", "demonym", "organisation"):
        country = at[i].country or country
        if at[i].kind == "organisation":
            break  # "Pentagon" stays in the title, and tells the country
        i = at[i].end
        if i < start and doc[i].tag_ == "POS":
            i += 1
    return country, i


def honorific_at(doc: Doc, end: int) -> tuple[int, str] | None:
    """The honorific that ends at token `end`, as (its first token, its form): Mr., Lt. Gen., Shri."""
    for length in (3, 2, 1):
        if end >= length and doc[end - length : end].text in honorifics():
            return end - length, doc[end - length : end].text
    return None
