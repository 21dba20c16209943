"""Names of people in a parsed text, each with the title and role that stand beside it.

>>> doc = pipeline()("U.S. Secretary of War Ada Roe met Mr. Lind’s team.")    # doctest: +SKIP
>>> [(n.text, n.rule) for n in find_names(doc, find_known(doc), roles)]       # doctest: +SKIP
[('Ada Roe', 'title before name'), ('Lind', 'honorific before name')]

A possessive, an honorific or a role is never part of a name. A name is taken for a person's because of what stands
beside it (role, honorific), because the parser's entity recogniser says so, or because somebody of that name was named.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from helpers.grammar.gazetteer import Known
from helpers.grammar.roles import RolePhrase, honorific_at
from helpers.knowledge.reporting import entity_heads
from helpers.knowledge.vocabulary import honorifics

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

PARTICLES = frozenset(
    "al el ul bin ibn bint abu de da do del della di du des dos das la le las los van von der den ter ten zu zum y e af av".split()
)
INITIAL = re.compile(r"(?:[A-Z]\.){1,3}$|[A-Z]$")
SUFFIXES = frozenset({"Jr.", "Jr", "Sr.", "Sr", "II", "III", "IV"})
DASHES = ("—", "–", "―", "-", "--", "~")  # between a quotation and the name that signs it
OPENING_MARKS = ("“", '"', "‘", "«")
CLOSING_MARKS = tuple("”\"'’»")
CAPITALISED = "capitalised word"  # the rule of a name with no other evidence
LONGEST_NAME = 6  # tokens
APPOSITION = 14  # tokens within which the role of "Ada Roe, the country's defence minister," is looked for
NOT_NAMES = frozenset(
    "God Internet Twitter Facebook Instagram YouTube Parliament Cabinet State Government Constitution".split()
)


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name at the tokens `start` to `end` of a document, without title or possessive."""

    start: int
    end: int
    text: str
    rule: str
    role: RolePhrase | None = None
    honorific: str | None = None

    @property
    def words(self) -> tuple[str, ...]:
        """The words of the name, initials and particles included, suffixes (Jr., III) and nicknames left out."""
        return tuple(w for w in self.text.split() if w not in SUFFIXES and w[0] not in OPENING_MARKS)


def find_names(doc: Doc, known: list[Known], roles: list[RolePhrase]) -> list[Name]:
    """Likely names of people, in order. Single words without other evidence carry the rule "capitalised word"."""
    taken = {i for k in known for i in range(k.start, k.end)}
    for role in roles:
        taken.update(range(role.start if role.start < role.head_start else role.head_start, role.head_end))
    found = []
    for start, end in capital_runs(doc, taken):
        name = as_name(doc, start, end, roles)
        if name:
            found.append(name)
    return [with_apposition(doc, name, roles) for name in found]


def capital_runs(doc: Doc, taken: set[int]) -> list[tuple[int, int]]:
    """Runs of tokens that look like parts of a name, as (start, end); none over a possessive or a known name."""
    runs: list[tuple[int, int]] = []
    i = 0
    while i < len(doc):
        if not starts_name(doc, i, taken):
            i += 1
            continue
        start = i
        i = next_part(doc, i)
        while i < len(doc) and i - start < 2 * LONGEST_NAME:
            j = after_nickname(doc, i)
            while j < len(doc) and doc[j].lower_ in PARTICLES and j not in taken and j - i < 2:
                j += 1
                if j < len(doc) and doc[j].text == "-":
                    j += 1
            if j < len(doc) and j not in taken and is_name_part(doc[j]):
                i = next_part(doc, j)
            elif i < len(doc) and doc[i].text in SUFFIXES:
                i += 1
                break
            else:
                break
        runs.append((start, i))
    return runs


def starts_name(doc: Doc, i: int, taken: set[int]) -> bool:
    """Can a name begin at token `i`? Also with "al-" before a capital."""
    if i in taken:
        return False
    if doc[i].lower_ in ("al", "el", "ul", "bin", "ibn", "abu") and i + 2 < len(doc) and doc[i + 1].text == "-":
        return is_name_part(doc[i + 2]) and i + 2 not in taken
    return is_name_part(doc[i])


def after_nickname(doc: Doc, i: int) -> int:
    """The token after a nickname at `i`, if there is one: Marcia “Cia” Price."""
    nickname = i + 3 < len(doc) and doc[i].is_quote and doc[i + 2].is_quote and doc[i + 1].text[0].isupper()
    return i + 3 if nickname else i


def next_part(doc: Doc, i: int) -> int:
    """The token after the name part at `i`, hyphens and their second half included: Ye-rin, al-Rashid."""
    end = i + 1
    while (
        end + 1 < len(doc) and doc[end].text in ("-", "‑") and not doc[end - 1].whitespace_ and not doc[end].whitespace_
    ):
        if not doc[end + 1].is_alpha:
            break
        end += 2
    return end


def is_name_part(token: Token) -> bool:
    """Does this token look like a given name, surname or initial?"""
    text = token.text
    if not text[0].isupper() or text in NOT_NAMES:
        return False
    if INITIAL.match(text):
        return text not in ("I", "A") or token.ent_type_ == "PERSON"
    letters = re.sub(r"['’‑-]", "", text)
    if not letters.isalpha() or (letters.isupper() and len(letters) > 1 and token.ent_type_ != "PERSON"):
        return False
    return token.pos_ == "PROPN" or token.ent_type_ == "PERSON"


def as_name(doc: Doc, start: int, end: int, roles: list[RolePhrase]) -> Name | None:
    """The run `start` to `end` as a person's name, or None where nothing speaks for a person."""
    honorific = None
    for cut in range(start + 1, min(start + 4, end)):
        if doc[start:cut].text in honorifics():
            start, honorific = cut, doc[start:cut].text
            break
    if honorific is None and (before := honorific_at(doc, start)):
        honorific = before[1]
    if honorific is None and start > 0 and doc[start].text + "." in honorifics() and start + 1 < end:
        start, honorific = start + 1, doc[start].text
    name = Name(start, end, doc[start:end].text, CAPITALISED, honorific=honorific)
    title_end = start - len(honorific.split()) if honorific else start  # Vice Admiral Sheikh Khalid …
    role = next((r for r in roles if {r.end, r.head_end} & {start, title_end}), None)
    if role and not role.plural:
        return replace(name, rule="title before name", role=role)
    if honorific:
        return replace(name, rule="honorific before name")
    if start > 1 and signs(doc[start - 2].text + doc[start - 1].text) and len(name.words) > 1:
        return replace(name, rule="name after a quotation and a dash")
    labels = [token.ent_type_ for token in doc[start:end]]
    if len(name.words) > LONGEST_NAME or doc[end - 1].text in entity_heads():
        return None
    if labels.count("PERSON") * 2 > len(labels) and len(name.words) > 1:
        return replace(name, rule="person by the entity recogniser")
    if len(name.words) > 1 and set(labels) & {
        "ORG",
        "GPE",
        "LOC",
        "FAC",
        "EVENT",
        "LAW",
        "NORP",
        "WORK_OF_ART",
        "PRODUCT",
    }:
        return None
    if len(name.words) == 1:
        return name
    head = doc[end - 1]
    if head.dep_ in ("nsubj", "appos", "conj") and len(name.words) <= 4 and not head.is_sent_start:
        return replace(name, rule="name in a person's place")
    return None


def signs(before: str) -> bool:
    """Are the two tokens before a name a quotation mark and a dash?

    >>> signs("”—"), signs(".”―"), signs("is-")
    (True, True, False)
    """
    return before.endswith(DASHES) and before.rstrip("".join(DASHES))[-1:] in CLOSING_MARKS


def with_apposition(doc: Doc, name: Name, roles: list[RolePhrase]) -> Name:
    """The name with the role of an apposition: "Ada Roe, India's defence minister," or "the minister, Ada Roe"."""
    if name.role or (len(name.words) < 2 and not name.honorific):
        return name
    for role in roles:
        if role.plural:
            continue
        after = (
            name.end < role.start <= name.end + APPOSITION
            and doc[name.end].text in (",", "(")
            and joins(doc, name.end + 1, role.start)
        )
        before = role.end == name.start - 1 and doc[role.end].text == ","
        if after or before:
            rule = name.rule if name.rule.startswith("honorific") else "role in apposition"
            return replace(name, rule=rule, role=role)
    return name


def joins(doc: Doc, start: int, end: int) -> bool:
    """Are the tokens between a name's comma and the role only its determiners and modifiers?"""
    return all(
        t.pos_ in ("DET", "ADJ", "NOUN", "PROPN", "PART", "ADP", "NUM", "ADV", "PRON") or t.lower_ in ("and", "-", "/")
        for t in doc[start:end]
    ) and not any(t.is_sent_start for t in doc[start + 1 : end])
