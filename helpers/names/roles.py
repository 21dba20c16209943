"""Roles in a parsed text: "Indian Defence Minister", "minister of trade", "spokesperson for the ministry".

>>> doc = pipeline()("U.S. Secretary of War Ada Roe met India's foreign minister.")    # doctest: +SKIP
>>> [(r.title, r.country) for r in find_roles(doc, find_known(doc))]                   # doctest: +SKIP
[('Secretary of War', 'United States'), ("foreign minister", 'India')]

And whose they are: "the defence minister" is the person with that office, never a minister of another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from helpers.knowledge.names import (
    field_words,
    home_bodies,
    modifier_countries,
    modifier_words,
    office_words,
    ranks,
    role_forms,
    small_words,
    state_nouns,
)
from helpers.knowledge.reporting import entity_heads
from helpers.knowledge.vocabulary import Role, gendered_nouns, given_names, honorifics, roles
from helpers.knowledge.writing import labels
from helpers.names.gazetteer import Known, find_forms
from helpers.records import Person

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as TokenSpan

COMPLEMENT_TOKENS = 14  # the longest "of …" or "for …" that is taken as part of a role
LONGEST_OFFICE = 3  # tokens: foreign affairs minister
TOP = ("head_of_state", "head_of_government")
GOVERNMENT = (*TOP, "minister")  # their possessor is a country: Veldania's foreign minister
PLACED_LEVELS = ("official", "legislator")  # which may have their place behind them: Governor Sindh
CHAINED = {*GOVERNMENT, *PLACED_LEVELS, "spokesperson", "other"}  # of which one person often holds two offices
FIELD_LINKS = frozenset((",", "and", "&"))  # between the fields of one office
HYPHENS = ("-", "‑")
POSSESSIVE = ("'s", "’s", "'", "’")
LONGEST_BODY = 8  # tokens of a body's name
IN_BODIES = frozenset(("of", "and", "for", "the", "&"))
OPENS_COMPLEMENT = {"of", "for", "to"}
SENT_TO = {"diplomat", "spokesperson", "other", "official"}  # levels with a "to": ambassador to …, adviser to …
ENDS_COMPLEMENT = {"VERB", "AUX", "SCONJ", "PUNCT", "PRON"}
ENDING = frozenset("in on at with to by from after during".split())  # and these words
DIRECTIONS = frozenset("north south east west".split())
OWNERS = ("country", "demonym", "organisation", "metonym")  # kinds of known names that may stand before a role
BODIES = ("organisation", "metonym")  # of which fields of an office may stand in front
SAME = {
    "defense": "defence",
    "u.s.": "us",
    "advisor": "adviser",
    "pm": "prime minister",
    "fm": "foreign minister",
}  # and all who speak for somebody are one
LEADS = re.compile(
    r"\b(?:head|chief) of the ((?:\w+ )*?)ministry\b|\bministry (?:head|chief)\b"
)  # whoever does so is the minister
BESIDE, TITLE = "beside", "title"  # what tells the country of a role: a word beside it, or the title by itself
MINISTRY = "ministry"
SEATED = ("in", "within", "at")  # before the body in which somebody holds an office
SPOKES = "spokesperson"  # a level of roles.csv
At = Mapping[int, Known]  # the known name at a token


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
    told: str  # what tells the country, of country_evidence.csv

    @property
    def role(self) -> Role:
        return roles()[self.head]


def find_roles(doc: Doc, known: list[Known]) -> list[RolePhrase]:
    """The role phrases of `doc` in order, with what stands before them (country, portfolio) and after ("of trade")."""
    at = {i: k for k in known for i in range(k.start, k.end)}
    forms = [form for form in find_forms(doc, "LOWER", role_forms) if is_role(doc, form, at)]
    ends = {form.end for form in forms}
    forms = [form for form in forms if form.start not in ends or form.text not in given_names()]  # Minister | Amir Roe
    found = [role_phrase(doc, form, at) for form in forms]
    taken = {i for role in found for i in (*range(role.start, role.head_start), *range(role.head_end, role.end))}
    return chained(doc, [role for role in found if role.head_start not in taken])  # Deputy | Foreign Minister


def chained(doc: Doc, roles: Sequence[RolePhrase]) -> list[RolePhrase]:
    """The roles, with two offices of one holder as one: Deputy Prime Minister and Minister of the Interior."""
    found: list[RolePhrase] = []
    for role in roles:
        before = found[-1] if found else None
        linked = before and doc[before.end : role.start].text.lower() in ("and", "&", ", and")
        high = before and {before.role.level, role.role.level} <= CHAINED
        if before and linked and high and doc[before.head_start].text[0].isupper() and not before.plural:
            told = before if before.country else role
            title = f"{before.title} and {role.title}"
            found[-1] = replace(role, start=before.start, title=title, country=told.country, told=told.told)
        elif before and before.told == role.told == BESIDE and not role.country and is_of(doc, before, role):
            found.append(replace(role, country=before.country))
        else:
            found.append(role)
    return found


def is_of(doc: Doc, owner: RolePhrase, role: RolePhrase) -> bool:
    """Is it an office under another: the Norwegian president’s *special envoy*?"""
    return doc[owner.end : role.start].text in POSSESSIVE and role.start == owner.end + 1


def is_role(doc: Doc, form: TokenSpan, at: At) -> bool:
    """Is it a role here: no part of a longer known name (the General Assembly), no adjective, verb or surname?"""
    known, first = at.get(form.start), doc[form.start]
    if known and known.end - known.start > len(form):
        return False
    short = len(form) == 1 and first.text.isupper() and first.text in honorifics()
    if short and roles()[role_forms()[first.lower_]].level not in GOVERNMENT:
        return form.start > 0 and is_portfolio(doc[form.start - 1])  # Defence PS; alone it may be a party, too
    adjective = first.pos_ == "ADJ" and first.text.islower()
    return len(form) > 1 or not (adjective or first.pos_ == "VERB" or is_surname(doc, form.start))


def is_surname(doc: Doc, i: int) -> bool:
    """Is the role at `i` somebody's surname: "Charlie King", "Ms. Pope"? "Mr. President" is none."""
    role = doc[i]
    if i == 0 or not role.text[0].isupper() or role.text.isupper() or role.lower_ in office_words()["addressed"]:
        return False
    before, after = doc[i - 1].text, doc[i + 1 : i + 2]
    if (honorific := honorifics().get(before)) and not honorific.role:
        return True
    return before in given_names() and not any(t.pos_ == "PROPN" for t in after)


def role_phrase(doc: Doc, form: TokenSpan, at: At) -> RolePhrase:
    """The phrase around a role."""
    start, end, words = form.start, after_suffix(doc, form.end), form.text.lower()
    head = role_forms()[words]
    role = roles()[head]
    left = left_edge(doc, start, at)
    after = after_bracket(doc, end)  # Director General (DG) of the board
    right, complement = right_edge(doc, after, at, role.level in SENT_TO)
    right = seat_end(doc, after, role.level in ("minister", "business")) if right == after else right
    right = end if right == after else right
    country, title_start = leading_country(doc, left, start, at)
    country = country or owner_country(doc, left, at)
    if head.split()[-1] in office_words()["mission"]:
        complement = None  # the UN's special envoy for Sudan; but: High Commissioner for Malta
    country = country or complement
    title = doc[title_start:end].text
    if (stop := title_stop(doc, after, right, at) if complement else right) > after:
        title = f"{title} {doc[after:stop].text}"
    elif (held := place_held(doc, after, at)) and role.level in (*PLACED_LEVELS, "diplomat") and right == end:
        country = country if held.kind == "country" else country or held.country
        title = f"{title} {doc[end : held.end].text}"  # Governor Sindh | Ada Roe
        end = right = held.end
    if role.level == "business" and MINISTRY in doc[left:right].text.lower():
        head = "director"  # executive director of the Ministry of Trade
    told = BESIDE if country or is_owned(doc, left) else TITLE
    return RolePhrase(left, right, start, end, title, head, country or role.country, words != role_forms()[words], told)


def after_suffix(doc: Doc, end: int) -> int:
    """Where an office ends that somebody is to take, from token `end` of the office itself: Foreign Minister*-designate*."""
    suffix = doc[end : end + 2]
    return (
        end + 2
        if len(suffix) == 2 and suffix[0].text in HYPHENS and suffix[1].lower_ in office_words()["entering"]
        else end
    )


def place_held(doc: Doc, end: int, at: At) -> Known | None:
    """The place or body that stands between an office in capitals and its holder's name, or "in" and a country."""
    within = doc[end : end + 1].text == "in"
    start = end + within + (within and doc[end + 1 : end + 2].text == "the")
    known = at.get(start)
    kinds = ("country",) if within else ("place", "organisation")
    held = known is not None and known.start == start and known.kind in kinds
    if known is None or not held or not (within or doc[end - 1].text[0].isupper()):
        return None
    name = doc[known.end : known.end + 2]  # two words: Aden Roe may be somebody's whole name
    return known if len(name) == 2 and all(t.text[0].isupper() and t.pos_ == "PROPN" for t in name) else None


def title_stop(doc: Doc, after: int, right: int, at: At) -> int:
    """Where a title ends whose last words name its country: Minister of Trade | of Norway, president | of Orsk."""
    known = at.get(right - 1)
    if known and known.kind == "country":
        stop = known.start - (doc[known.start - 1].lower_ == "the")
        return stop - 1
    return right


def after_bracket(doc: Doc, end: int) -> int:
    """Where a short form in brackets ends that begins at token `end`: (DG); else `end`."""
    bracket = [t.text for t in doc[end : end + 3]]
    return end + 3 if len(bracket) == 3 and bracket[0] == "(" and bracket[2] == ")" and bracket[1].isupper() else end


def short_forms(doc: Doc, roles: Iterable[RolePhrase]) -> dict[str, RolePhrase]:
    """The short forms that stand in brackets behind roles: the Chief of Defence Staff (CDS)."""
    return {doc[r.head_end + 1].text: r for r in roles if after_bracket(doc, r.head_end) > r.head_end}


def left_edge(doc: Doc, start: int, at: At) -> int:
    """Where the words before a role begin: modifiers, portfolios in capitals, the country."""
    first = doc[start].text
    capitalised = first[0].isupper() and not is_post_nominal(first)  # Ada Roe MP
    modifiers, i = modifier_words(), body_before(doc, start, at)
    while i > 0:
        token = doc[i - 1]
        owner = at.get(i - 1 - (token.tag_ == "POS"))
        if owner and owner.kind in OWNERS:
            i = owner.start
            capitalised = capitalised and owner.kind in BODIES  # Ada Roe | Norwegian Ambassador
        elif token.lower_ in modifiers or (capitalised and is_portfolio(token)):
            i -= 1
        elif capitalised and i < start and (before := field_before(doc, i, start)) is not None:
            i = before
        else:
            break
    return i


def body_before(doc: Doc, start: int, at: At) -> int:
    """Where a body's name or short form begins that no list knows: *SANDF* spokesman, *Department of Ports (DoP)* officials."""
    last = doc[start - 1 : start].text
    if doc[start].text[0].islower() and last.isupper() and len(last) > 1 and start - 1 not in at:
        return start - 1
    bracketed = last == ")" and after_bracket(doc, start - 3) == start
    end = i = start - 3 if bracketed else start
    spelled = spelled_out(doc, end, doc[start - 2].text) if bracketed and doc[start].lower_ not in ranks() else end
    if spelled < end:
        return spelled
    while (
        i > 0
        and (doc[i - 1].text[0].isupper() or doc[i - 1].lower_ in IN_BODIES)
        and not doc[i - 1].is_stop | (i - 1 in at)
    ):
        i -= 1
    return i if i < end and doc[i].text in entity_heads() and (end < start or doc[start].text[0].islower()) else start


def spelled_out(doc: Doc, end: int, short: str) -> int:
    """Where the body's name begins whose short form stands in brackets at token `end`: *Norland People's Army* (NPA)."""
    i = first = end
    while (
        i > 0
        and (doc[i - 1].text[0].isupper() or doc[i - 1].lower_ in (*IN_BODIES, *POSSESSIVE))
        and end - i < LONGEST_BODY
    ):
        i -= 1
        first = i if doc[i].text[0] == short[0] else first
    return first


def field_before(doc: Doc, i: int, start: int) -> int | None:
    """Where one more field of an office at `start` begins before token `i`: Trade, *Industry and* Competition Minister."""
    if doc[i - 1].text == "," and not any(t.lower_ in ("and", "&") for t in doc[i:start]):
        return None  # the Security Council, Defence Minister Ada Roe
    links = 0
    while i > links and doc[i - 1 - links].lower_ in FIELD_LINKS:
        links += 1
    first = i - links - 1
    if not links or first < 0 or doc[i].lower_ not in field_words():
        return None
    return first if is_field(doc, first) else None


def is_post_nominal(word: str) -> bool:
    """Do these letters stand behind a name: MP, QC?"""
    return word.isupper() and word.lower() in labels()["title"]


def is_portfolio(token: Token) -> bool:
    """May this capitalised word be the field of an office (Petroleum Minister)? Not so if it is a person's name, or May."""
    field = token.text[0].isupper() and token.text.isalpha() and token.pos_ in ("PROPN", "ADJ", "NOUN")
    return field and token.ent_type_ not in ("PERSON", "DATE")


def right_edge(doc: Doc, end: int, at: At, sent: bool) -> tuple[int, str | None]:
    """Where "of …", "for …" or, for the `sent`, "to …" ends after a role, and the country it names as its own."""
    link = doc[end : end + 1].text.lower()
    if link not in OPENS_COMPLEMENT or (link == "to" and not sent):
        return end, None
    if begins_titled(doc, end + 1, at):
        return end, None  # the spokesman of | President Ada Roe
    named = at.get(end + 1 + (doc[end + 1 : end + 2].text.lower() == "the"))
    if named and named.kind == "country" and link != "to" and doc[named.end : named.end + 1].text in POSSESSIVE:
        return complement_end(
            doc, named.end + 1, named.end + 1
        ), named.country  # Secretary of Armenia’s Security Council
    if named and named.kind == "organisation" and link != "to":
        past = after_bracket(doc, named.end)
        if doc[past : past + 1].text == "of":
            return right_edge(doc, past, at, sent)  # head of the Ministry of Foreign Affairs (MFA) of Norway
    goes_on = (named and doc[named.end : named.end + 1].text in entity_heads()) or (
        named and after_bracket(doc, named.end) > named.end
    )
    if named and named.kind == "country" and link == "of" and sent and doc[named.end : named.end + 1].text == "to":
        return right_edge(doc, named.end, at, sent)[0], named.country  # Ambassador of Norway to NATO
    if named and named.kind in ("country", "organisation") and not goes_on:
        own = named.kind == "country" or named.name in home_bodies()  # Speaker of the Knesset
        return named.end, named.country if own and link != "to" else None
    i = complement_end(doc, end + 1, end + 1)
    if i == end + 1:
        return end, None
    last = at.get(i - 1)
    of_country = last and last.kind == "country" and {"of"} & {t.lower_ for t in doc[last.start - 2 : last.start]}
    if named and named.kind == "demonym" and link != "to" and doc[i - 1].lower_ in state_nouns():
        return i, named.country  # spokesman for the Norwegian embassy
    return i, last.country if last and of_country else None  # Minister of Foreign Affairs of Norway


def seat_end(doc: Doc, end: int, alone: bool) -> int:
    """Where the body ends within which an office is held: Minister *in the President's Office*; not `alone`: adviser *in …* Roe."""
    if doc[end : end + 1].text not in SEATED:
        return end
    first = end + 1 + (doc[end + 1 : end + 2].text == "the")
    stop = complement_end(doc, first, first)
    seat = doc[first:stop]
    named = all(t.text[0].isupper() or t.lower_ in (*IN_BODIES, *POSSESSIVE, ",", MINISTRY) for t in seat)
    named = named and (alone or doc[stop : stop + 1].text[:1].isupper())
    return stop if named and any(t.text in entity_heads() or t.text == MINISTRY for t in seat) else end


def begins_titled(doc: Doc, i: int, at: At) -> bool:
    """Does somebody's name with a high office begin at token `i`: (a spokesman for) Norwegian Prime Minister Ada Roe?"""
    known = at.get(i)
    start = known.end if known and known.kind == "demonym" else i
    for end in (start + n for n in range(1, LONGEST_OFFICE + 1)):
        office = roles().get(role_forms().get(doc[start:end].text.lower(), ""))
        if office and office.level in GOVERNMENT and doc[start].text[0].isupper():
            name = doc[end : end + 1]
            if name and name.text[0].isupper() and name[0].pos_ == "PROPN" and not is_field_word(name[0]):
                return True
    return False


def complement_end(doc: Doc, i: int, first: int) -> int:
    """Where the words end that begin at token `i` and say of what an office is."""
    limit = i + COMPLEMENT_TOKENS
    while i < min(limit, len(doc)):
        token = doc[i]
        field_link = token.text == "," and i > first and is_field(doc, i - 1) and is_field(doc, i + 1)
        bracket = after_bracket(doc, i)
        if bracket > i > first and doc[bracket : bracket + 1].text in entity_heads():
            i = bracket  # the African Union (AU) Commission
            continue
        goes_on = field_link or in_word(doc, i) or (token.lower_ == "on" and doc[i - 1].text in entity_heads())
        owns = token.tag_ == "POS" and doc[i + 1 : i + 2].text in entity_heads()  # Head of the President’s Office
        if not (goes_on or owns) and (token.pos_ in ENDS_COMPLEMENT or token.tag_ == "POS" or token.lower_ in ENDING):
            break
        named = i > first and doc[i - 1].pos_ in ("NOUN", "PROPN")
        if named and begins_person(token):
            break
        i += 1
    return i


def in_word(doc: Doc, i: int) -> bool:
    """Is the token a hyphen between two halves of a word: Secretary-General?"""
    return doc[i].text in HYPHENS and 0 < i < len(doc) - 1 and " " not in doc[i - 1 : i + 2].text


def is_field(doc: Doc, i: int) -> bool:
    """Is the token a word of a ministry's name, in capitals?"""
    return i < len(doc) and doc[i].text[0].isupper() and is_field_word(doc[i])


def is_field_word(token: Token) -> bool:
    """May the word stand in the name of a ministry or a body: Interior, Council?"""
    return token.lower_ in field_words() or token.text in entity_heads()


def begins_person(token: Token) -> bool:
    """Does a person's name begin here, after an office's field: "for Defence | Ada Roe"?"""
    before, text = token.nbor(-1), token.text
    if not text[0].isupper() or is_field_word(token):
        return False
    named = (token.ent_type_ == "PERSON" and token.ent_iob_ == "B") or text in given_names()
    if named and before.ent_type_ != "PERSON" and before.text not in given_names():
        return True
    more = any(is_field_word(t) and t.text[0].isupper() for t in token.doc[token.i + 1 : token.i + 3])
    follows = token.doc[token.i + 1 : token.i + 2].text[:1].isupper() or token.ent_type_ == "PERSON"
    placed = token.ent_type_ in ("NORP", "GPE", "LOC")
    return is_field_word(before) and follows and token.pos_ == "PROPN" and not placed and not more


def owner_country(doc: Doc, left: int, at: At) -> str | None:
    """The country whose office it is, a word or an arm of a state away: *Norway’s* northern army chief; the *Norwegian* army’s."""
    i = left - (left > 0 and doc[left - 1].pos_ == "ADJ" and doc[left - 1].text.islower())
    if i < 2 or not is_owned(doc, i):
        return None
    arm = doc[i - 2].lower_ in state_nouns()
    owner = at.get(i - 2 - arm)
    named = owner is not None and owner.kind in ("country", "demonym") and owner.end == i - 1 - arm
    return owner.country if owner is not None and named and (arm or i < left) else None


def is_owned(doc: Doc, left: int) -> bool:
    """Does a possessor stand before a role that begins at `left`: the North’s, the bank’s?"""
    return left > 0 and doc[left - 1].tag_ == "POS"


def leading_country(doc: Doc, left: int, start: int, at: At) -> tuple[str | None, int]:
    """The country in front of a role, and where the title begins after it."""
    body = doc[start - 1 : start].text == ")"  # the National Union of Teachers (NUT): no Union of states
    words = [] if body else [t.lower_ for t in doc[left:start] if t.i == left or t.nbor(-1).lower_ in modifier_words()]
    country = next((implied for word in words if (implied := modifier_countries().get(word))), None)
    if left < start and at.get(left) is None:  # outgoing Somali ambassador
        owned = (k.country for i in range(left, start) if (k := at.get(i)) and k.kind in OWNERS)
        country = next(filter(None, owned), country)
    i = left
    while i < start and (known := at.get(i)) and known.kind in OWNERS:
        country = known.country or country
        if known.kind in ("organisation", "metonym"):
            break  # "Pentagon" and "White House" stay in the title, and tell the country
        i = known.end + (known.end < start and doc[known.end].tag_ == "POS")
    return country, i


def is_indefinite(doc: Doc, role: RolePhrase) -> bool:
    """Is it somebody in that role, not the one: a minister, a Western diplomat, another general, his lawyer?"""
    articles = (t for t in doc[role.head_end - 1].lefts if t.dep_ == "det")
    before = [*doc[max(0, role.start - 1) : role.head_start], *articles]
    his = role.role.level not in GOVERNMENT and any(t.tag_ == "PRP$" for t in before)
    return his or any(t.lower_ in small_words()["indefinite"] for t in before)


def held_by(person: Person, titles: Iterable[RolePhrase], role: RolePhrase) -> bool:
    """Can `person` be meant by `role`: one of the roles beside the person's name agrees, and so does the country?"""
    gender, country = gendered_nouns().get(role.head), person.country
    if gender and person.pronouns and person.pronouns != gender:
        return False
    if role.country and country and role.country != country:
        return False
    held = [*([person.role] if person.role else []), *(title.title for title in titles)]
    own = role.country == country if role.country else role.role.level in TOP
    leads = role.head in office_words()["top"] and own
    known = [roles()[title.lower()] for title in held if title.lower() in roles()]
    bare = role.head == role.title.lower() or role.role.level not in GOVERNMENT
    if bare and role.head in office_words()["generic"] and any(t.role.level == role.role.level for t in titles):
        return True  # the envoy, for an ambassador; the minister, for a defence secretary
    top = leads and any(other.level in TOP for other in known)
    return top or any(roles_agree(title, role.title) for title in held)


def roles_agree(held: str, title: str) -> bool:
    """Can someone who is `held` be called `title`?

    >>> roles_agree("external affairs minister", "minister"), roles_agree("spokeswoman", "ministry spokesman")
    (True, True)
    >>> roles_agree("defence minister", "foreign minister"), roles_agree("vice president", "president")
    (False, False)
    """
    mine, asked, told = words_of(held), words_of(title), office_words()
    if SPOKES in mine & asked:
        return True
    if "diplomat" in asked:
        return bool(mine & (told["worldwide"] | told["foreign"])) and ("top" not in asked or "minister" in mine)
    if asked == {"general"} and mine & told["civil"]:
        return False
    return asked <= mine and not (mine - asked) & told["other"]


def state_office(role: RolePhrase) -> str:
    """Which office of a state it is, as public figures are known by: head, foreign, defence; "" for all others."""
    if role.role.level in TOP:
        return "head"
    words = words_of(role.title) if role.role.level == "minister" else frozenset()
    fields = [field for field in ("foreign", "defence") if words & office_words()[field]]
    return "" if words & office_words()["other"] or len(fields) != 1 else fields[0]


def words_of(title: str) -> frozenset[str]:
    """The words of a title, spelled one way."""
    words = LEADS.sub(r"\1minister", title.lower().replace("-", " ")).split()
    alike = (SPOKES if word in roles() and roles()[word].level == SPOKES else SAME.get(word, word) for word in words)
    return frozenset(" ".join(alike).split())
