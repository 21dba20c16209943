"""Names of people in a parsed text, each with the title and role that stand beside it.

>>> doc = pipeline()("U.S. Secretary of War Ada Roe met Mr. Lind’s team.")    # doctest: +SKIP
>>> [(n.text, n.title) for n in find_names(doc, find_known(doc), roles)]      # doctest: +SKIP
[('Ada Roe', 'Secretary of War'), ('Lind', None)]

A possessive, an honorific or a role is never part of a name. A name is taken for a person's because of what stands
beside it (role, honorific), because the parser's entity recogniser says so, or because somebody of that name was named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import takewhile
from typing import TYPE_CHECKING

from helpers.knowledge.names import kinds_of_bodies, name_words, public_figures, ranks
from helpers.knowledge.reporting import entity_heads, reporting_verbs, speaker_nouns
from helpers.knowledge.vocabulary import given_names, honorifics
from helpers.names.beside import body_noun_before, followed_by
from helpers.names.gazetteer import Known, tokens_of
from helpers.names.roles import (
    BESIDE,
    GOVERNMENT,
    HYPHENS,
    IN_BODIES,
    POSSESSIVE,
    SEATED,
    TITLE,
    RolePhrase,
    is_field_word,
    is_post_nominal,
)

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

PARTICLES = name_words()["particle"]
INITIAL = re.compile(r"(?:[A-Z]\.){1,3}$|[A-Z]$")
ELIDED = re.compile(r"(?:d|dell|dall|l|t|n)['’][A-ZÀ-Þ]\w")  # a particle that has lost its vowel
OPENING_MARKS = ("“", '"', "‘", "«")
NAMED = "named"  # the rule of a name that is surely a person's
CAPITALISED = "capitalised word"  # the rule of a single word with no other evidence, which may be a town or a firm
LABEL = "label"  # the rule of a name that a label of a transcript gives
UNLIKELY = "unlikely"  # several words that only a role in apposition makes a person's name
LONGEST_NAME = 6  # tokens
LONGEST_BRACKET = 12  # tokens between a title and a name
APPOSITION = 14  # tokens within which the role of "Ada Roe, the country's defence minister," is looked for
LONGEST_SEAT = 9  # tokens between an office and its holder that say where it is held
MODIFIERS = frozenset("DET ADJ NOUN PROPN PART ADP NUM ADV PRON".split())
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
        return words_of(self.text)

    @property
    def title(self) -> str | None:
        """The role beside the name, or the one that its honorific shortens: Gen., Sen."""
        if self.role:
            return self.role.title
        return honorifics()[self.honorific].role if self.honorific else None

    @property
    def opening(self) -> int:
        """The token at which its role and honorific begin: *opposition leader Ms.* Ada Roe."""
        if self.role and self.role.end == self.start:
            return self.role.start  # an honorific there is a word of the role: Brigadier General
        return self.start - (len(self.honorific.split()) if self.honorific else 0)


@lru_cache(maxsize=8192)
def words_of(name: str) -> tuple[str, ...]:
    """The words of a name, without suffixes and nicknames, and without the capitals in which a tabloid begins.

    >>> words_of("ADA Roe Jr"), words_of("ROE Ada")
    (('Ada', 'Roe'), ('ROE', 'Ada'))
    >>> words_of("Jr")
    ()
    """
    words = tuple(w for w in name.split() if w not in name_words()["suffix"] and w[0] not in OPENING_MARKS)
    tabloid = len(words) > 1 and words[0].isupper() and not words[1].isupper()
    given = words[0].capitalize() if tabloid else ""
    return (given, *words[1:]) if given in given_names() else words


def find_names(doc: Doc, known: list[Known], roles: list[RolePhrase]) -> list[Name]:
    """Likely names of people, in order. Single words without other evidence carry the rule "capitalised word"."""
    ends = {role.end for role in roles}
    taken = tokens_of(k for k in known if not (is_surname_here(doc, k) or is_titled(doc, k, ends)))
    taken.update(i for role in roles for i in range(role.start, role.head_end))
    fields = (i for role in roles for i in range(role.head_end, role.end))  # of Foreign Trade
    taken.update(i for i in fields if is_field_word(doc[i]))
    countries = {k.start: k.name for k in known if k.kind == "country"}
    runs = capital_runs(doc, taken, ends)
    named = [with_letters(doc, name) for run in runs if (name := as_name(doc, *run, roles))]
    whole = {name.end for name in named}
    named = [name for name in named if not (name.start - 1 in whole and is_seat_behind(doc, name))]
    held = {name.role.head_start for name in named if name.role}
    found: list[Name] = []
    for name in named:  # A, minister of one thing, B, minister of another: each role is one name's
        free = [role for role in roles if role.head_start not in held]
        found.append(with_apposition(doc, with_country(doc, name, countries), free))
        held |= {role.head_start for role in [found[-1].role] if role}
    return [name for name in found if name.rule != UNLIKELY]


def is_seat_behind(doc: Doc, name: Name) -> bool:
    """Is it a seat or a party behind somebody's name, and no person: Ada Roe (*Mid Lindholm*)?"""
    return not (name.role or name.honorific) and in_brackets(doc, name)


def in_brackets(doc: Doc, name: Name) -> bool:
    """Does it fill a bracket?"""
    return doc[name.start - 1 : name.start].text + doc[name.end : name.end + 1].text == "()"


def with_letters(doc: Doc, name: Name) -> Name:
    """The name with the letters that stand behind it, which are no word of it: Ada Roe MP."""
    end = name.end
    while is_post_nominal(doc[end : end + 1].text):
        end += 1
    return replace(name, end=end)


def capital_runs(doc: Doc, taken: set[int], ends: set[int]) -> Iterator[tuple[int, int]]:
    """Runs of tokens that look like parts of a name, as (start, end); none over a possessive or a known name.

    At the tokens `ends` a role has ended, and a name begins anew: "Minister of State for Defence Ada Roe".
    """
    parts = {t.i for t in doc if t.i not in taken and is_name_part(t)}
    end = 0
    for start in range(len(doc)):
        if start < end or start not in parts:
            continue
        end = next_part(doc, start)
        while end not in ends and (part := part_after(doc, end)) in parts:
            end = next_part(doc, part)
        yield with_particles(doc, start, ends), end


def with_particles(doc: Doc, start: int, ends: set[int]) -> int:
    """Where a surname begins whose small words stand right behind a title: President *al-*Roe, Mr *van der* Hoeven."""
    first = start
    while first > 0 and (doc[first - 1].text in PARTICLES or doc[first - 1].text in HYPHENS):
        first -= 1
    opens = first < start and doc[first].text in PARTICLES
    return first if opens and (first in ends or honorific_before(doc, first)) else start


def part_after(doc: Doc, i: int) -> int:
    """Where a name may go on, after a nickname or small words: Marcia “Cia” *Price*, Ada van der *Hoeven*."""
    marked = i < len(doc) and doc[i].is_quote and [t.is_quote for t in doc[i + 1 : i + 3]] == [False, True]
    if marked:
        return i + 3
    end = i
    while doc[end : end + 1].text in PARTICLES:
        end += 1 + (doc[end + 1 : end + 2].text == "-")
    return end


def next_part(doc: Doc, i: int) -> int:
    """The token after the name part at `i`, hyphens and their second half included: Ye-rin, al-Rashid."""
    end = i + 1
    while doc[end : end + 1].text in HYPHENS and doc[end - 1 : end + 2].text.count(" ") == 0:
        if not any(t.is_alpha for t in doc[end + 1 : end + 2]):
            break
        end += 2
    return end


def is_name_part(token: Token) -> bool:
    """Does this token look like a given name, surname or initial?"""
    text = token.text
    if not text[0].isupper():
        return not text.isalpha() and ELIDED.match(text) is not None  # Thibault d’Arcimoles
    if text in name_words()["never"]:
        return False
    if INITIAL.match(text):
        return text not in ("I", "A") or token.ent_type_ == "PERSON"
    return token.pos_ == "PROPN" or token.ent_type_ == "PERSON"


def as_name(doc: Doc, start: int, end: int, roles: list[RolePhrase]) -> Name | None:
    """The run `start` to `end` as a person's name, by the first rule that fits; None where it names no person."""
    start = after_honorifics(doc, after_field(doc, start, end), end)
    name = Name(start, end, doc[start:end].text, CAPITALISED, honorific=honorific_before(doc, start))
    if not 0 < len(name.words) <= LONGEST_NAME or names_thing(doc, name) or honorific_form(doc, start, end):
        return None
    ends = title_ends(doc, start, {r.end: r.head_start for r in roles if is_military_rank(r)})
    role = next((r for r in roles if not r.plural and (r.end in ends or r.head_end in ends)), None)
    if role:
        return replace(name, rule=NAMED, role=role)
    return replace(name, rule=rule_of(doc, name))


def title_ends(doc: Doc, start: int, ranked: Mapping[int, int]) -> set[int]:
    """Where a title may end before the name at `start`, over honorifics, ranks and short brackets: Adviser (NSA) Lt. Gen. (retd).

    `ranked` tells of each rank where it begins, by its end: Chief of Staff | General.
    """
    ends = {start}
    while True:
        end = before_bracket(doc, min(ends))
        end = ranked.get(end, start_of(doc, end, honorific_before(doc, end)))
        if end in ends:
            return ends
        ends |= {end, before_bracket(doc, end)}


def before_bracket(doc: Doc, end: int) -> int:
    """Where a bracket that ends before token `end` begins; else `end`: Lt. Gen. | (retd), Joint Secretary | (East and Gulf)."""
    if end < 1 or doc[end - 1].text != ")":
        return end
    opening = next((i for i in range(end - 2, max(-1, end - LONGEST_BRACKET), -1) if doc[i].text in ("(", ")")), None)
    return opening if opening is not None and doc[opening].text == "(" else end


def names_thing(doc: Doc, name: Name) -> bool:
    """Is a thing named: the Riverside Accord, the Harbour Safety Study, the Harbour Gazette, Lind Cables, which …?"""
    if followed_by(doc, name.end, "which"):
        return True
    if len(name.words) == 1:
        return not name.honorific and entity_heads().get(name.text) == "organisation"  # Commissioner *Office*
    last, given = doc[name.end - 1].text, name.words[0] in given_names()
    document = speaker_nouns().get(last.lower()) == "document" and not given
    return not is_recognised(doc, name) and (document or last in entity_heads())


def is_recognised(doc: Doc, name: Name) -> bool:
    """Does the entity recogniser take most of the name for a person's?"""
    return 2 * sum(t.ent_type_ == "PERSON" for t in doc[name.start : name.end]) > name.end - name.start


def speaks_alone(doc: Doc, name: Name) -> bool:
    """Is it one word that the recogniser takes for a person's name, and does it speak: Lindqvist said?"""
    word = doc[name.start]
    told = word.ent_type_ == "PERSON" and word.dep_ == "nsubj" and word.head.lemma_.lower() in reporting_verbs()
    bare = not word.text.isupper() and doc[name.start - 1 : name.start].text.lower() != "the"
    return len(name.words) == 1 and told and bare


def in_persons_place(doc: Doc, name: Name) -> bool:
    """Does it stand where people do, and is it no firm by the noun beside it: the operator, Northern Lines?"""
    head = doc[name.end - 1]
    likely = head.dep_ in ("nsubj", "appos", "conj") and len(name.words) <= 4 and not head.is_sent_start
    return likely and not body_noun_before(doc, name.start)


def rule_of(doc: Doc, name: Name) -> str:
    """How surely a run of capitals is a person's name, by what stands beside it, by the recogniser or by its place."""
    told = name.honorific or followed_by(doc, name.end, "who", "whom")
    if told or speaks_alone(doc, name) or doc[name.start : name.end].text in public_figures():
        return NAMED
    if len(name.words) == 1:
        return CAPITALISED
    likely = is_recognised(doc, name) or name.words[0] in given_names() or in_persons_place(doc, name)
    return NAMED if likely else UNLIKELY


def is_surname_here(doc: Doc, known: Known) -> bool:
    """Is a place the surname of a person here: "Michael Jordan said", Zora Kayo Wagner, Maria de Lima?"""
    first, before = doc[known.start], doc[known.start - 1 : known.start]
    given = doc[known.start - 2 : known.start - 1] if before.text in PARTICLES else before
    surname = given.text in given_names() or (known.kind != "capital" and is_last(first))
    return surname and known.end == known.start + 1


def is_last(token: Token) -> bool:
    """Does the recogniser take the word for the last of a person's name: Zora Kayo *Wagner*; not: Ottoman Turks?"""
    inside = token.ent_type_ == "PERSON" and token.ent_iob_ == "I" and not token.text.endswith("s")
    return inside and token.nbor(-1).dep_ == "compound"


def is_titled(doc: Doc, known: Known, ends: set[int]) -> bool:
    """Does a place stand where a person is named, behind a title: Minister *Chad* Roe, Ms *London*, Minister, Ada *Jordan*?"""
    start, end = known.start, known.end
    outlet = kinds_of_bodies().get(known.name) == "news" and start in ends  # spokesperson *Tasnim* Roe
    if end > start + 1 or (known.kind == "organisation" and not outlet):
        return False
    following = end < len(doc) and is_name_part(doc[end]) and not doc[end].is_sent_start
    given = start > 0 and is_name_part(doc[start - 1]) and doc[start - 1].text not in honorifics()
    for first, whole in ((start, following), (start - 1, given)):
        comma = first > 1 and doc[first - 1].text == "," and first - 1 in ends
        if whole and first > 0 and (first in ends or comma or honorific_before(doc, first)):
            return True
    recognised = following and doc[start].ent_type_ == doc[end].ent_type_ == "PERSON"
    return recognised or honorific_before(doc, start) is not None


def with_country(doc: Doc, name: Name, countries: dict[int, str]) -> Name:
    """The name with the country after it: President Ada Roe of Norway."""
    if not name.role or name.role.country or doc[name.end : name.end + 1].text != "of":
        return name
    first = name.end + 1 + (doc[name.end + 1 : name.end + 2].text == "the")
    if first not in countries:
        return name
    return replace(name, role=replace(name.role, country=countries[first], told=BESIDE))


def after_field(doc: Doc, start: int, end: int) -> int:
    """Where a run goes on behind the field or the arm of an office: *Defence* CS Ada Roe; *Air Force* Maj. Gen. Bo Lind."""
    i = next((i for i in range(start, end) if not is_field_word(doc[i])), end)
    forms = (honorific_form(doc, i, stop) for stop in (i + 2, i + 1) if start < i < stop < end)
    form = next(filter(None, forms), None)
    return i if form and honorifics()[form].role else start


def after_honorifics(doc: Doc, start: int, end: int) -> int:
    """Where the name begins after the honorifics that open the run: (His) Highness Sheikh Ada."""
    while start + 1 < end:
        cuts = (cut for cut in range(min(start + 3, end - 1), start, -1) if honorific_form(doc, start, cut))
        after = next(cuts, start)
        if after == start:
            break
        start = after
    return start


def honorific_form(doc: Doc, start: int, end: int) -> str | None:
    """The honorific that the tokens are, with or without its full stop, or without the "His" before them; DR, for Dr."""
    text = doc[start:end].text
    cut = doc[max(0, start - 2) : end].text  # Dato | ’ | Seri
    forms = (text, f"{text}.", f"{doc[start - 1 : start].text} {text}", text.title() if text.isupper() else text, cut)
    return next((form for form in forms if form in honorifics()), None)


@cache
def honorific_endings() -> frozenset[str]:
    """Whatever an honorific may end with, as a quick look at one token."""
    return frozenset(form[i:] for form in honorifics() for i in range(len(form)))


def honorific_before(doc: Doc, end: int) -> str | None:
    """The honorific that ends before token `end`: Mr., Lt. Gen., Shri, Lt. Gen. (retd)."""
    end = before_bracket(doc, end)
    if end < 1 or doc[end - 1].text not in honorific_endings():
        return None
    forms = (doc[end - length : end].text for length in range(min(3, end), 0, -1))
    return next((form for form in forms if form in honorifics()), None)


def start_of(doc: Doc, end: int, honorific: str | None) -> int:
    """The token at which an honorific that ends before token `end` begins, however it is cut: Maj | - | Gen."""
    starts = (i for i in range(end - 1, max(-1, end - 6), -1) if doc[i:end].text == honorific)
    return next(starts, end)


def with_apposition(doc: Doc, name: Name, roles: list[RolePhrase]) -> Name:
    """The name with the role of an apposition: "Ada Roe, India's defence minister," or "the minister, Ada Roe"."""
    if told := office_told(doc, name, roles):
        return replace(name, rule=NAMED, role=told)
    if name.role and not is_rank(name.role):
        return name
    sure = name.rule not in (CAPITALISED, UNLIKELY)
    head, following = doc[name.end - 1], doc[name.end : name.end + 1]
    for role in roles:
        owner = doc[role.head_end : role.head_end + 1].text in POSSESSIVE  # the president’s envoy
        if role.plural or owner or name.start <= role.end < name.end:
            continue
        joined = sure
        if role.start >= name.end:
            noun = doc[role.head_end - 1]
            joined = joined or (noun.dep_ == "appos" and name.start <= noun.head.i < name.end)
            joined = joined and following.text in (",", "(") and joins(doc, name.end + 1, role.start)
            joined = joined or follows_at_once(doc, name, role)
        else:  # Suharyono, the head of …, said
            joined = (joined or head.dep_ in IN_APPOSITION) and not tells_of_another(doc, name, role)
            titled = name.role is not None and name.role.end in (name.opening, name.start)
            comma = (name.role.start if name.role and titled else min(title_ends(doc, name.start, {}))) - 1
            apart = doc[comma].text == "," and (
                role.end in (comma, before_bracket(doc, comma)) or is_seat(doc, role.end, comma)
            )
            joined = joined and apart
        if joined:
            return replace(name, rule=NAMED, role=role)
    return name


def follows_at_once(doc: Doc, name: Name, role: RolePhrase) -> bool:
    """Does an office with its country follow a whole name without a comma: Ada Roe (*the*) *Norwegian Ambassador*?"""
    start = name.end + (doc[name.end : name.end + 1].text.lower() == "the")
    office = role.start == start and role.told == BESIDE and role.country is not None
    return office and len(name.words) > 1 and doc[role.head_start].text[0].isupper()


def tells_of_another(doc: Doc, name: Name, role: RolePhrase) -> bool:
    """Does an office end what somebody tells, who is named behind a comma: it hailed Norland's president, *Roe* said?"""
    speaks = doc[name.start - 1].text == "," and any(t.pos_ == "VERB" for t in doc[name.end : name.end + 1])
    before = takewhile(lambda t: not t.is_quote, reversed(doc[doc[role.start].sent.start : role.start]))
    return speaks and any(t.pos_ in ("VERB", "AUX") for t in before)


def office_told(doc: Doc, name: Name, roles: list[RolePhrase]) -> RolePhrase | None:
    """The office that a clause tells of somebody: Ada Roe, *who is* Norway’s Minister of Works; of two, that of a government."""
    if not followed_by(doc, name.end, "who") or doc[name.end + 2 : name.end + 3].text not in ("is", "was"):
        return None
    start = name.end + 3
    told = next((r for r in roles if r.start >= start and not r.plural and joins(doc, start, r.start)), None)
    higher = told is not None and told.role.level in GOVERNMENT
    return told if higher or not name.role else None


def is_seat(doc: Doc, start: int, end: int) -> bool:
    """Do the tokens say where an office is held: the counsellor *in Lima*, Roe; the secretary, *Ministry of Trade*, Roe?"""
    between = doc[start:end]
    if not 1 < len(between) <= LONGEST_SEAT:
        return False
    opens = between[0].lower_ in SEATED or (between[0].text == "," and between[1].text in entity_heads())
    return opens and all(t.text[0].isupper() or t.lower_ in (*IN_BODIES, *POSSESSIVE) for t in between[1:])


def is_military_rank(role: RolePhrase) -> bool:
    """Is it a soldier's rank, whatever stands before it: *General* Ada Roe?"""
    return role.role.level == "military" and role.head in ranks()


def is_rank(role: RolePhrase) -> bool:
    """Is it only a rank, beside which the office counts: the army chief, *General* Ada Roe?"""
    words = role.title.lower()
    alike = words in ranks() or (role.role.level == "military" and ranks() >= set(words.split()))  # Colonel Major
    return role.told == TITLE and alike and role.role.level not in GOVERNMENT


def joins(doc: Doc, start: int, end: int) -> bool:
    """Are the tokens between a name's comma and the role, which are few, only its determiners and modifiers?"""
    few = end - start < APPOSITION
    return few and all(t.pos_ in MODIFIERS or t.lower_ in ("and", "-", "/") for t in doc[start:end])
