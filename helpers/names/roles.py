"""Roles in a parsed text: "Indian Defence Minister", "minister of trade", "spokesperson for the ministry".

>>> doc = pipeline()("U.S. Secretary of War Ada Roe met India's foreign minister.")    # doctest: +SKIP
>>> [(r.title, r.country) for r in find_roles(doc, find_known(doc))]                   # doctest: +SKIP
[('Secretary of War', 'United States'), ("foreign minister", 'India')]

And whose they are: "the defence minister" is the person with that office, never a minister of another.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from helpers.knowledge.names import modifier_countries, modifier_words, office_words, role_forms, small_words
from helpers.knowledge.vocabulary import Role, gendered_nouns, given_names, honorifics, roles
from helpers.knowledge.writing import labels
from helpers.names.gazetteer import Known, find_forms
from helpers.records import Person

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as TokenSpan

COMPLEMENT_TOKENS = 8  # the longest "of …" or "for …" that is taken as part of a role
TOP = ("head_of_state", "head_of_government")
GOVERNMENT = (*TOP, "minister")  # their possessor is a country: Veldania's foreign minister
OPENS_COMPLEMENT = {"of", "for", "to"}
SENT_TO = {"diplomat", "spokesperson", "other", "official"}  # levels with a "to": ambassador to …, adviser to …
ENDS_COMPLEMENT = {"VERB", "AUX", "SCONJ", "PUNCT", "PRON"}
ENDING = frozenset("in on at with to by from after during".split())  # and these words
OWNERS = ("country", "demonym", "organisation")  # kinds of known names that may stand before a role
SAME = {"defense": "defence", "u.s.": "us", "advisor": "adviser"}  # and all who speak for somebody are one
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

    @property
    def role(self) -> Role:
        return roles()[self.head]


def find_roles(doc: Doc, known: list[Known]) -> list[RolePhrase]:
    """The role phrases of `doc` in order, with what stands before them (country, portfolio) and after ("of trade")."""
    at = {i: k for k in known for i in range(k.start, k.end)}
    return [role_phrase(doc, form, at) for form in find_forms(doc, "LOWER", role_forms) if is_role(doc, form, at)]


def is_role(doc: Doc, form: TokenSpan, at: At) -> bool:
    """Is it a role here: no part of a longer known name (the General Assembly), no adjective, verb or surname?"""
    known, first = at.get(form.start), doc[form.start]
    if known and known.end - known.start > len(form):
        return False
    adjective = first.pos_ == "ADJ" and first.text.islower()
    return len(form) > 1 or not (adjective or first.pos_ == "VERB" or is_surname(doc, form.start))


def is_surname(doc: Doc, i: int) -> bool:
    """Is the role at `i` somebody's surname: "Charlie King", "Ms. Pope"? "Mr. President" is none."""
    role = doc[i]
    if i == 0 or not role.text[0].isupper() or role.text.isupper() or role.lower_ in office_words()["addressed"]:
        return False
    before, after = doc[i - 1], doc[i + 1 : i + 2]
    if (honorific := honorifics().get(before.text)) and not honorific.role:
        return True
    if after.text[:1].isupper() and after[0].pos_ == "PROPN":
        return False
    return before.text in given_names() or before.ent_type_ == role.ent_type_ == "PERSON"


def role_phrase(doc: Doc, form: TokenSpan, at: At) -> RolePhrase:
    """The phrase around a role."""
    start, end, words = form.start, form.end, form.text.lower()
    head = role_forms()[words]
    role = roles()[head]
    left = left_edge(doc, start, at)
    right, complement = right_edge(doc, end, at, role.level in SENT_TO)
    country, title_start = leading_country(doc, left, start, at)
    country = country or complement or role.country
    if country is None and role.level in GOVERNMENT:
        country = possessor(doc, left)
        if country is None:
            country = complement = of_place(doc, end, right)
    title = doc[title_start : end if complement else right].text
    return RolePhrase(left, right, start, end, title, head, country, words != head)


def left_edge(doc: Doc, start: int, at: At) -> int:
    """Where the words before a role begin: modifiers, portfolios in capitals, the country."""
    first = doc[start].text
    capitalised = first[0].isupper() and not is_post_nominal(first)  # Ada Roe MP
    modifiers, i = modifier_words(), start
    while i > 0:
        token, known = doc[i - 1], at.get(i - 1)
        owner = at.get(i - 2) if token.tag_ == "POS" else None
        if known and known.kind in OWNERS:
            i = known.start
        elif owner and owner.kind in ("country", "organisation"):
            i = owner.start
        elif token.lower_ in modifiers or (capitalised and is_portfolio(token)):
            i -= 1
        else:
            break
    return i


def is_post_nominal(word: str) -> bool:
    """Do these letters stand behind a name: MP, QC?"""
    return word.isupper() and word.lower() in labels()["title"]


def is_portfolio(token: Token) -> bool:
    """May this capitalised word be the field of an office (Petroleum Minister)? Not so if it is a person's name."""
    field = token.text[0].isupper() and token.text.isalpha() and token.pos_ in ("PROPN", "ADJ", "NOUN")
    return field and token.ent_type_ != "PERSON"


def right_edge(doc: Doc, end: int, at: At, sent: bool) -> tuple[int, str | None]:
    """Where "of …", "for …" or, for the `sent`, "to …" ends after a role, and the country it names as its own."""
    link = doc[end : end + 1].text.lower()
    if link not in OPENS_COMPLEMENT or (link == "to" and not sent):
        return end, None
    i = end + 1
    for token in doc[i : i + COMPLEMENT_TOKENS]:
        if token.pos_ in ENDS_COMPLEMENT or token.tag_ == "POS" or token.lower_ in ENDING:
            break
        if i > end + 1 and doc[i - 1].text[0].isupper() and begins_person(token):
            break
        i += 1
    named = at.get(end + 1 + (doc[end + 1 : end + 2].text.lower() == "the"))
    if named and named.kind in ("country", "organisation"):
        return named.end, named.country if named.kind == "country" and link != "to" else None
    if i == end + 1 or (link == "for" and doc[i - 1].pos_ in ("NUM", "SYM")):
        return end, None
    return i, None


def begins_person(token: Token) -> bool:
    """Does a person's name begin here, after an office's field: "for Defence | Ada Roe"?"""
    before = token.nbor(-1)
    named = (token.ent_type_ == "PERSON" and token.ent_iob_ == "B") or token.text in given_names()
    return named and before.ent_type_ != "PERSON" and before.text not in given_names()


def possessor(doc: Doc, left: int) -> str | None:
    """The name in capitals that owns a role, if there is one: for countries that the vocabulary does not know."""
    owner = doc[left - 2] if left > 1 and doc[left - 1].tag_ == "POS" else None
    if owner is None or not owner.text[0].isupper() or owner.ent_type_ == "PERSON":
        return None
    return owner.text


def of_place(doc: Doc, end: int, right: int) -> str | None:
    """The place that follows a high office after "of": president of Orsk. None for a field (minister of Trade)."""
    words = doc[end + 1 : right]
    if doc[end:right].text[:3].lower() != "of " or any(t.lower_ in modifier_words() for t in words):
        return None
    name = words[1:] if words[0].lower_ == "the" else words
    located = any(t.ent_type_ in ("GPE", "LOC", "NORP") for t in name)
    return name.text if located and all(t.text[0].isupper() for t in name) else None


def leading_country(doc: Doc, left: int, start: int, at: At) -> tuple[str | None, int]:
    """The country in front of a role, and where the title begins after it."""
    words = doc[left:start].text.lower().split()
    country = next((implied for word in words if (implied := modifier_countries().get(word))), None)
    i = left
    while i < start and (known := at.get(i)) and known.kind in OWNERS:
        country = known.country or country
        if known.kind == "organisation":
            break  # "Pentagon" stays in the title, and tells the country
        i = known.end + (known.end < start and doc[known.end].tag_ == "POS")
    return country, i


def is_indefinite(doc: Doc, role: RolePhrase) -> bool:
    """Is it somebody in that role, not the one: a minister, another general, his lawyer?"""
    before = doc[max(0, role.start - 1) : role.head_start]
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
    leads = role.head in office_words()["top"] and role.country is not None and role.country == country
    known = [roles()[title.lower()] for title in held if title.lower() in roles()]
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
    if asked == {"general"} and mine & told["civil"]:
        return False
    return asked <= mine and not (mine - asked) & told["other"]


def words_of(title: str) -> frozenset[str]:
    """The words of a title, spelled one way."""
    words = title.lower().replace("-", " ").split()
    return frozenset(
        SPOKES if word in roles() and roles()[word].level == SPOKES else SAME.get(word, word) for word in words
    )
