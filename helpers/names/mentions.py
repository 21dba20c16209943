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

from helpers.knowledge.reporting import entity_heads, speaker_nouns
from helpers.knowledge.vocabulary import given_names, honorifics, surnames_first
from helpers.names.gazetteer import Known
from helpers.names.roles import RolePhrase, honorific_at
from helpers.names.single_names import (
    BODIES_TOO,
    NEWSPAPERS,
    THINGS,
    evidence,
    followed_by,
    is_namesake,
    told_as_person,
)

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
UNLIKELY = "unlikely"  # several words that only a role in apposition makes a person's name
LONGEST_NAME = 6  # tokens
APPOSITION = 14  # tokens within which the role of "Ada Roe, the country's defence minister," is looked for
NOT_NAMES = frozenset(
    "God Internet Twitter Facebook Instagram YouTube Parliament Cabinet State Government Constitution Monday Tuesday "
    "Wednesday Thursday Friday Saturday Sunday January February March July September October November December "
    "Republican Republicans Democrat Democrats Democratic".split()
)
BEFORE_NAMES = frozenset(
    "neighbouring neighboring nearby former retired outgoing incoming late veteran fellow then ex newly rival".split()
)  # words in capitals at the beginning of a sentence that are no part of the name after them
AGE = range(10, 111)
IN_APPOSITION = ("appos", "nsubj", "nsubjpass", "conj")


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

    @property
    def title(self) -> str | None:
        """The role beside the name, or the one that its honorific shortens: Gen., Sen."""
        if self.role:
            return self.role.title
        return honorifics()[self.honorific].role if self.honorific else None

    @property
    def opening(self) -> int:
        """The token at which its role and honorific begin: *opposition leader Ms.* Ada Roe."""
        first = self.role.start if self.role and self.role.end == self.start else self.start
        return first - (len(self.honorific.split()) if self.honorific else 0)


def find_names(doc: Doc, known: list[Known], roles: list[RolePhrase]) -> list[Name]:
    """Likely names of people, in order. Single words without other evidence carry the rule "capitalised word"."""
    taken = {i for k in known for i in range(k.start, k.end) if not is_surname_here(doc, k)}
    for role in roles:
        taken.update(range(role.start if role.start < role.head_start else role.head_start, role.head_end))
    found = []
    countries = {k.start: k.name for k in known if k.kind == "country"}
    ends = {role.end for role in roles if role.start < role.end}
    for start, end in capital_runs(doc, taken, ends):
        name = as_name(doc, start, end, roles)
        if name:
            found.append(with_country(doc, name, countries))
    return [name for n in found if (name := with_apposition(doc, n, roles)).rule != UNLIKELY]


def capital_runs(doc: Doc, taken: set[int], ends: set[int]) -> list[tuple[int, int]]:
    """Runs of tokens that look like parts of a name, as (start, end); none over a possessive or a known name.

    At the tokens `ends` a role has ended, and a name begins anew: "Minister of State for Defence Ada Roe".
    """
    runs: list[tuple[int, int]] = []
    i = 0
    while i < len(doc):
        if not starts_name(doc, i, taken):
            i += 1
            continue
        start = i
        i = next_part(doc, i)
        while i < len(doc) and i not in ends and i - start < 2 * LONGEST_NAME:
            j = after_nickname(doc, i)
            while j < len(doc) and doc[j].text in PARTICLES and j not in taken and j - i < 2:
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
    token = doc[i]
    if token.lower_ in ("al", "el", "ul", "bin", "ibn", "abu") and i + 2 < len(doc) and doc[i + 1].text == "-":
        return is_name_part(doc[i + 2]) and i + 2 not in taken
    return is_name_part(token)


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
    if text.lower() in BEFORE_NAMES and token.is_sent_start:
        return False
    if token.is_stop and len(text) > 3 and text not in given_names() and text != "Will":
        return False  # in a headline: Beyond Roe
    if not letters.isalpha() or (letters.isupper() and len(letters) > 1 and token.ent_type_ != "PERSON"):
        return False
    return token.pos_ == "PROPN" or token.ent_type_ == "PERSON"


def as_name(doc: Doc, start: int, end: int, roles: list[RolePhrase]) -> Name | None:
    """The run `start` to `end` as a person's name, or None where nothing speaks for a person."""
    start, honorific = after_honorifics(doc, start, end)
    while end - start > 2 and doc[start].ent_type_ != "PERSON" and doc[start + 1].text in given_names():
        if doc[start].text in given_names() or doc[start].text in surnames_first() or INITIAL.match(doc[start].text):
            break
        start += 1  # Republican Ada Roe
    if honorific is None and (before := honorific_at(doc, start)):
        honorific = before[1]
    name = Name(start, end, doc[start:end].text, CAPITALISED, honorific=honorific)
    labels = [token.ent_type_ for token in doc[start:end]]
    person = labels.count("PERSON") * 2 > len(labels)
    if len(name.words) > LONGEST_NAME or not name.words:
        return None
    if len(name.words) > 1 and not person and is_thing(doc[end - 1].text, name.words):
        return None
    paper = len(name.words) > 1 and name.words[-1].lower() in NEWSPAPERS and name.words[0] not in given_names()
    if paper or followed_by(doc, end, "which"):
        return None
    title_end = start - len(honorific.split()) if honorific else start  # Vice Admiral Sheikh Khalid …
    role = next((r for r in roles if {r.end, r.head_end} & {start, title_end}), None)
    if role and not role.plural and not in_one_body(doc, role.head_start, start):
        return replace(name, rule="title before name", role=role)
    if honorific and not (title_end > 0 and doc[title_end - 1].lower_ in ("a", "an", "former", "reigning")):
        return replace(name, rule="honorific before name")  # but not "a former Miss Universe"
    if start > 1 and signs(doc[start - 2].text + doc[start - 1].text) and len(name.words) > 1:
        return replace(name, rule="name after a quotation and a dash")
    if aged(doc, end):
        return replace(name, rule="name with an age")
    if len(name.words) == 1:
        return replace(name, rule=evidence(doc, start) or CAPITALISED) if end == start + 1 else name
    if person:
        return replace(name, rule="person by the entity recogniser")
    if begins_with_given_name(name.words):
        return replace(name, rule="given name")
    if told := told_as_person(doc, start, end):
        return replace(name, rule=told)
    if THINGS & set(labels):
        return replace(name, rule=UNLIKELY)
    head = doc[end - 1]
    if head.dep_ in ("nsubj", "appos", "conj") and len(name.words) <= 4 and not head.is_sent_start:
        return replace(name, rule="name in a person's place")
    return replace(name, rule=UNLIKELY)


def is_thing(last: str, words: tuple[str, ...]) -> bool:
    """Does the last word tell that a thing is named: the Riverside Accord, the Harbour Safety Study?"""
    document = speaker_nouns().get(last.lower()) == "document" and not begins_with_given_name(words)
    return document or last in entity_heads()


def is_surname_here(doc: Doc, known: Known) -> bool:
    """Is a place the name of a person here: "Michael Jordan said", first in "Gao Wei said", alone in "his wife, Sofia"?"""
    if known.end == known.start + 1 and is_namesake(doc, known.start):
        return True
    first, after = doc[known.start], doc[known.end] if known.end < len(doc) else None
    if first.text in surnames_first() and after is not None and after.pos_ == "PROPN":
        return known.end == known.start + 1 and first.dep_ == "compound" and first.head.i == after.i
    before = doc[known.start - 1] if known.start else None
    return known.end == known.start + 1 and before is not None and before.text in given_names() and not before.is_punct


def with_country(doc: Doc, name: Name, countries: dict[int, str]) -> Name:
    """The name with the country after it: President Ada Roe of Norway."""
    if name.role and not name.role.country and name.end + 1 < len(doc) and doc[name.end].lower_ == "of":
        country = countries.get(name.end + 1) or countries.get(
            name.end + 2 if doc[name.end + 1].lower_ == "the" else -1
        )
        return replace(name, role=replace(name.role, country=country)) if country else name
    return name


def after_honorifics(doc: Doc, start: int, end: int) -> tuple[int, str | None]:
    """Where the name begins after the honorifics that open the run, and the last of these: (His) Highness Sheikh Ada."""
    honorific = None
    while start + 1 < end:
        cut = next((c for c in range(min(start + 4, end) - 1, start, -1) if is_honorific(doc, start, c)), None)
        if cut is None:
            break
        start, honorific = cut, doc[start:cut].text
    if honorific and honorific not in honorifics():
        honorific = honorific + "." if honorific + "." in honorifics() else "His " + honorific
    return start, honorific


def is_honorific(doc: Doc, start: int, end: int) -> bool:
    """Are the tokens an honorific, with or without its full stop, or without its "His"?"""
    text = doc[start:end].text
    if text in honorifics() or text + "." in honorifics():
        return True
    return start > 0 and doc[start - 1].text + " " + text in honorifics()


def in_one_body(doc: Doc, role: int, name: int) -> bool:
    """Are the role and the name parts of one name of an organisation: Marine Accident Board?"""
    return doc[role].ent_type_ == "ORG" and all(
        t.ent_type_ == "ORG" and t.ent_iob_ == "I" for t in doc[role + 1 : name + 1]
    )


def aged(doc: Doc, end: int) -> bool:
    """Does an age between commas follow: "Ada Roe, 47, said"?"""
    if end + 2 >= len(doc) or doc[end].text != "," or doc[end + 2].text not in (",", "."):
        return False
    return doc[end + 1].text.isdigit() and int(doc[end + 1].text) in AGE


def begins_with_given_name(words: tuple[str, ...]) -> bool:
    """Do the words hold a given name where one stands: first, or second after a surname that is written first?

    >>> begins_with_given_name(("Katalin", "Roe")), begins_with_given_name(("Northern", "Lines"))
    (True, False)
    """
    if words[0] in given_names():
        return True
    second = words[1]
    return words[0] in surnames_first() and (second in given_names() or bool(re.match(r"[A-Z]\w+-[a-z]", second)))


def signs(before: str) -> bool:
    """Are the two tokens before a name a quotation mark and a dash?

    >>> signs("”—"), signs(".”―"), signs("is-")
    (True, True, False)
    """
    return before.endswith(DASHES) and before.rstrip("".join(DASHES))[-1:] in CLOSING_MARKS


def with_apposition(doc: Doc, name: Name, roles: list[RolePhrase]) -> Name:
    """The name with the role of an apposition: "Ada Roe, India's defence minister," or "the minister, Ada Roe"."""
    if name.role:
        return name
    sure = name.rule not in (CAPITALISED, UNLIKELY)
    for role in roles:
        if role.plural or role.end in range(name.start, name.end) or is_owner(doc, role):
            continue  # "Ada Roe, the minister’s daughter" is no minister
        after = (
            name.end < role.start <= name.end + APPOSITION
            and doc[name.end].text in (",", "(")
            and joins(doc, name.end + 1, role.start)
        )
        comma = name.start - 1 - (len(honorific_tokens(doc, name)) if name.honorific else 0)
        before = role.end == comma and doc[comma].text == ","
        if (after or before) and (sure or is_apposition(doc, name, role, after)):
            rule = name.rule if name.rule.startswith("honorific") else "role in apposition"
            return replace(name, rule=rule, role=role)
    return name


def honorific_tokens(doc: Doc, name: Name) -> range:
    """The tokens of the honorific before a name."""
    at = honorific_at(doc, name.start)
    return range(at[0], name.start) if at else range(0)


def is_owner(doc: Doc, role: RolePhrase) -> bool:
    """Does something belong to the holder of the role: "the minister’s daughter"?"""
    return role.head_end < len(doc) and doc[role.head_end].tag_ == "POS"


def is_apposition(doc: Doc, name: Name, role: RolePhrase, after: bool) -> bool:
    """Does the parser join a single or doubtful name with the role beside it? "Suharyono, the head of …, said"."""
    head, noun = doc[name.end - 1], doc[role.head_end - 1]
    if role.head in BODIES_TOO and name.rule == UNLIKELY:
        return False
    if name.start and doc[name.start - 1].pos_ == "ADP" and doc[name.start - 1].lower_ != "by":
        return False  # in Port Amber, the minister …
    if after:
        return noun.dep_ == "appos" and name.start <= noun.head.i < name.end
    return (
        head.dep_ in IN_APPOSITION and name.end < len(doc) and (doc[name.end].is_punct or doc[name.end].pos_ == "VERB")
    )


def joins(doc: Doc, start: int, end: int) -> bool:
    """Are the tokens between a name's comma and the role only its determiners and modifiers?"""
    return all(
        t.pos_ in ("DET", "ADJ", "NOUN", "PROPN", "PART", "ADP", "NUM", "ADV", "PRON") or t.lower_ in ("and", "-", "/")
        for t in doc[start:end]
    ) and not any(t.is_sent_start for t in doc[start + 1 : end])
