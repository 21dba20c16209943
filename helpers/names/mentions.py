"""Names of people in a parsed text, each with the title and role that stand beside it.

>>> doc = pipeline()("U.S. Secretary of War Ada Roe met Mr. Lind’s team.")    # doctest: +SKIP
>>> [(n.text, n.rule) for n in find_names(doc, find_known(doc), roles)]       # doctest: +SKIP
[('Ada Roe', 'title before name'), ('Lind', 'honorific before name')]

A possessive, an honorific or a role is never part of a name. A name is taken for a person's because of what stands
beside it (role, honorific), because the parser's entity recogniser says so, or because somebody of that name was named.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from helpers.knowledge.names import name_words
from helpers.knowledge.reporting import entity_heads, head_nouns, reporting_verbs, speaker_nouns
from helpers.knowledge.vocabulary import given_names, honorifics, surnames_first
from helpers.names.gazetteer import Known
from helpers.names.roles import RolePhrase, honorific_at
from helpers.names.single_names import body_noun_before, followed_by, is_namesake, person_noun_before, taken_up

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

PARTICLES = name_words()["particle"]
INITIAL = re.compile(r"(?:[A-Z]\.){1,3}$|[A-Z]$")
OPENING_MARKS = ("“", '"', "‘", "«")
CAPITALISED = "capitalised word"  # the rule of a name with no other evidence
UNLIKELY = "unlikely"  # several words that only a role in apposition makes a person's name
LONGEST_NAME = 6  # tokens
APPOSITION = 14  # tokens within which the role of "Ada Roe, the country's defence minister," is looked for
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
        return tuple(w for w in self.text.split() if w not in name_words()["suffix"] and w[0] not in OPENING_MARKS)

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
            elif i < len(doc) and doc[i].text in name_words()["suffix"]:
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
    if token.lower_ in name_words()["article"] and i + 2 < len(doc) and doc[i + 1].text == "-":
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
    if not text[0].isupper() or text in name_words()["never"]:
        return False
    if INITIAL.match(text):
        return text not in ("I", "A") or token.ent_type_ == "PERSON"
    if token.is_sent_start and text.lower() in name_words()["before"]:
        return False
    if token.is_stop and len(text) > 3 and text not in given_names() and text != "Will":
        return False  # in a headline: Beyond Roe
    if not re.sub(r"['’‑-]", "", text).isalpha():
        return False
    return token.pos_ == "PROPN" or token.ent_type_ == "PERSON"


def as_name(doc: Doc, start: int, end: int, roles: list[RolePhrase]) -> Name | None:
    """The run `start` to `end` as a person's name, by the first rule that fits; None where it names no person."""
    start, honorific = after_honorifics(doc, start, end)
    start = after_label(doc, start, end)
    if honorific is None and (before := honorific_at(doc, start)):
        honorific = before[1]
    name = Name(start, end, doc[start:end].text, CAPITALISED, honorific=honorific)
    if not 0 < len(name.words) <= LONGEST_NAME or names_thing(doc, name):
        return None
    title_end = start - len(honorific.split()) if honorific else start  # Vice Admiral Sheikh Khalid …
    role = next((r for r in roles if {r.end, r.head_end} & {start, title_end} and not r.plural), None)
    if role:
        return replace(name, rule="title before name", role=role)
    return replace(name, rule=next(rule for rule, holds in RULES if holds(doc, name)))


def after_label(doc: Doc, start: int, end: int) -> int:
    """Where the name begins after a word that is none: Republican *Ada Roe*."""
    while end - start > 2 and doc[start].ent_type_ != "PERSON" and doc[start + 1].text in given_names():
        first = doc[start].text
        if first in given_names() or first in surnames_first() or INITIAL.match(first):
            break
        start += 1
    return start


def names_thing(doc: Doc, name: Name) -> bool:
    """Is a thing named: the Riverside Accord, the Harbour Safety Study, the Harbour Gazette, Lind Cables, which …?"""
    if followed_by(doc, name.end, "which"):
        return True
    if len(name.words) == 1:
        return False
    last, given = doc[name.end - 1].text, begins_with_given_name(name.words)
    if last.lower() in head_nouns():
        return name.words[0] not in given_names()
    document = speaker_nouns().get(last.lower()) == "document" and not given
    return not is_recognised(doc, name) and (document or last in entity_heads())


def is_recognised(doc: Doc, name: Name) -> bool:
    """Does the entity recogniser take most of the name for a person's?"""
    return 2 * sum(t.ent_type_ == "PERSON" for t in doc[name.start : name.end]) > name.end - name.start


def is_single(doc: Doc, name: Name) -> bool:
    """One word: many peoples bear one name only; but it may be a town or a firm, too."""
    return len(name.words) == 1


def speaks_alone(doc: Doc, name: Name) -> bool:
    """Is it one word that the recogniser takes for a person's name, and does it speak: Lindqvist said?"""
    word = doc[name.start]
    told = word.ent_type_ == "PERSON" and word.dep_ == "nsubj" and word.head.lemma_.lower() in reporting_verbs()
    bare = not word.text.isupper() and not (name.start and doc[name.start - 1].lower_ == "the")
    return is_single(doc, name) and told and bare


def in_persons_place(doc: Doc, name: Name) -> bool:
    """Does it stand where people do, and is it no firm by the noun beside it: the operator, Northern Lines?"""
    head = doc[name.end - 1]
    likely = head.dep_ in ("nsubj", "appos", "conj") and len(name.words) <= 4 and not head.is_sent_start
    return likely and not body_noun_before(doc, name.start)


Rule = Callable[["Doc", Name], bool]
RULES: tuple[tuple[str, Rule], ...] = (  # what makes a run of capitals a person's name; the first that holds is told
    ("honorific before name", lambda doc, name: name.honorific is not None),
    ("name with an age", lambda doc, name: aged(doc, name.end)),
    ("noun in apposition", lambda doc, name: name.end == name.start + 1 and person_noun_before(doc, name.start)),
    ("name before who", lambda doc, name: followed_by(doc, name.end, "who", "whom")),
    ("name of somebody who speaks", speaks_alone),
    (CAPITALISED, is_single),
    ("person by the entity recogniser", is_recognised),
    ("given name", lambda doc, name: begins_with_given_name(name.words)),
    ("name taken up by a pronoun", lambda doc, name: taken_up(doc, name.end)),
    ("name in a person's place", in_persons_place),
    (UNLIKELY, lambda doc, name: True),
)


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


def with_apposition(doc: Doc, name: Name, roles: list[RolePhrase]) -> Name:
    """The name with the role of an apposition: "Ada Roe, India's defence minister," or "the minister, Ada Roe"."""
    if name.role:
        return name
    sure = name.rule not in (CAPITALISED, UNLIKELY)
    for role in roles:
        if role.plural or role.end in range(name.start, name.end):
            continue
        after = (
            name.end < role.start <= name.end + APPOSITION
            and doc[name.end].text in (",", "(")
            and joins(doc, name.end + 1, role.start)
        )
        before = role.end == name.opening - 1 and doc[role.end].text == ","
        if (after or before) and (sure or is_apposition(doc, name, role, after)):
            rule = name.rule if name.honorific else "role in apposition"
            return replace(name, rule=rule, role=role)
    return name


def is_apposition(doc: Doc, name: Name, role: RolePhrase, after: bool) -> bool:
    """Does the parser join a single or doubtful name with the role beside it? "Suharyono, the head of …, said"."""
    head, noun = doc[name.end - 1], doc[role.head_end - 1]
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
