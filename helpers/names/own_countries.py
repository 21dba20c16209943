"""Countries that no list knows, where the article treats them so: Orsk’s foreign ministry, the president of Orsk, Orskan troops.

>>> own_countries(read_paragraphs_plainly(parse(read_text("Orsk's government fell. Orskan troops left."))))    # doctest: +SKIP
{'Orsk': KnownForm('country', 'Orsk', 'Orsk'), 'Orskan': KnownForm('demonym', 'Orsk', 'Orsk')}

Analysts write scenarios, teachers invent states, and lists grow old: such a country is found like any other once its name
owns a ministry, a government or a high office, and is nobody's surname.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from helpers.knowledge.names import KnownForm, fold, known_forms, modifier_words, name_words, small_words, towns
from helpers.names.gazetteer import Known, after_place_word
from helpers.names.mentions import CAPITALISED, Name
from helpers.names.roles import DIRECTIONS, GOVERNMENT, TOP, RolePhrase

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

STATE_NOUNS = frozenset("ministry government army navy parliament embassy premier".split())
REALMS = frozenset("Kingdom Republic Sultanate Emirate Principality Federation".split())
NEAR = 4  # tokens behind a possessor within which such a noun stands
SHORTEST = 4  # letters that a people's name and its country's share at least
Piece = tuple["Doc", Sequence[Known], Sequence[RolePhrase], Sequence[Name]]


def own_countries(pieces: Iterable[Piece]) -> dict[str, KnownForm]:
    """The countries of an article that no list knows, and the names of their peoples: what each form means."""
    pieces = tuple(pieces)
    claimed = {name for piece in pieces for name in claims(*piece)}
    peoples = {word for doc, known, roles, _ in pieces for word in unknown_peoples(doc, known, roles)}
    led = {word for doc, known, roles, _ in pieces for word in ruled(doc, known, roles)}
    if not (claimed or peoples or led):
        return {}
    people = {word for *_, names in pieces for n in names if n.rule != CAPITALISED for word in n.text.split()}
    words = {t.text for doc, *_ in pieces for t in doc if t.text[0].isupper() and t.is_alpha and len(t) >= SHORTEST}
    asked = words | led
    placed = {t.text for doc, *_ in pieces for t in doc if t.text in asked and stands_as_place(t)}
    named = {w for w in words & placed for a in peoples if w != a and len(w) >= len(a) - 3 and is_adjective_of(a, w)}
    states = {
        name
        for name in (claimed | named | (led & placed)) - people
        if name not in known_forms() and fold(name) not in towns()
    }
    own = {name: KnownForm("country", name, name) for name in states}
    for word in words - states - set(known_forms()) - people:
        if state := next((name for name in sorted(states) if is_adjective_of(word, name)), None):
            own[word] = KnownForm("demonym", state, state)
    return own


def where(doc: Doc, attribute: str, values: Iterable[str]) -> list[int]:
    """The numbers of the tokens of which an attribute has one of these values, without making a token of each."""
    wanted = {doc.vocab.strings[value] for value in values}
    return [i for i, value in enumerate(doc.to_array(attribute).tolist()) if value in wanted]


def claims(doc: Doc, known: Sequence[Known], roles: Sequence[RolePhrase], names: Sequence[Name]) -> Iterator[str]:
    """The names in capitals that own a ministry, a government or a high office, and that no list knows."""
    listed = {i for k in known for i in range(k.start, k.end)}
    offices = {role.start: role for role in roles if role.role.level in GOVERNMENT and not role.plural}
    for mark in (doc[i] for i in where(doc, "TAG", ["POS"]) if i > 0):
        owner = doc[mark.i - 1]
        following = doc[mark.i + 1 : mark.i + 1 + NEAR]
        noun = next((t for t in following if t.lower_ in STATE_NOUNS), None)
        plain = noun is not None and all(t.pos_ in ("NOUN", "PROPN", "ADJ") for t in doc[mark.i + 1 : noun.i])
        if owner.i not in listed and may_be_state(owner) and (plain or mark.i + 1 in offices):
            yield owner.text
    for name in names:
        place = doc[name.end + 1] if doc[name.end : name.end + 1].text == "of" and name.end + 1 < len(doc) else None
        leads = name.role is not None and name.role.role.level in GOVERNMENT
        if leads and place is not None and place.i not in listed and is_state_word(place):
            yield place.text  # President Ada Roe of *Orsk*
    for realm in (doc[i] for i in where(doc, "ORTH", REALMS) if i + 2 < len(doc)):
        place = doc[realm.i + 2]
        if doc[realm.i + 1].text == "of" and place.i not in listed and is_state_word(place):
            yield place.text  # the Kingdom of *Orsk*
    for role in offices.values():
        place = doc[role.head_end + 1] if doc[role.head_end : role.head_end + 2].text.startswith("of ") else None
        located = place is not None and place.ent_type_ in ("GPE", "LOC", "NORP")
        if place is not None and located and place.i not in listed and may_be_state(place):
            yield place.text


def unknown_peoples(doc: Doc, known: Sequence[Known], roles: Sequence[RolePhrase]) -> Iterator[str]:
    """The words in capitals before high offices that no list knows: the *Norvanian* foreign minister."""
    listed = {i for k in known for i in range(k.start, k.end)}
    for role in roles:
        first = doc[role.start] if role.start < role.head_start else doc[max(role.start - 1, 0)]
        if role.role.level in GOVERNMENT and first.i not in listed and is_state_word(first) and len(first) > SHORTEST:
            yield first.text


def ruled(doc: Doc, known: Sequence[Known], roles: Sequence[RolePhrase]) -> list[str]:
    """What stands behind "President of" and no list knows, whatever the parser takes it for: President of *Orsk* Ada Roe."""
    listed = {i for k in known for i in range(k.start, k.end)}
    places = (
        doc[r.head_end + 1]
        for r in roles
        if r.role.level in TOP and doc[r.head_end : r.head_end + 1].text == "of" and r.head_end + 1 < len(doc)
    )
    return [place.text for place in places if place.i not in listed and is_state_word(place)]


def stands_as_place(token: Token) -> bool:
    """Does the word stand where a country does, by itself: in Orsk, Orsk’s?"""
    after = token.doc[token.i + 1 : token.i + 2]
    alone = not after.text[:1].isupper() and token.ent_type_ != "PERSON"
    return alone and (
        after_place_word(token.doc, token.i) or token.ent_type_ in ("GPE", "LOC") or any(t.tag_ == "POS" for t in after)
    )


def may_be_state(token: Token) -> bool:
    """Is it one word in capitals that may be a state's name?"""
    return not doc_before(token)[:1].isupper() and token.ent_type_ != "PERSON" and is_state_word(token)


def is_state_word(token: Token) -> bool:
    """Is it a word in capitals that is no field of an office, no direction and no word like Monday?"""
    other = token.lower_ in modifier_words() or token.lower_ in DIRECTIONS or token.text in name_words()["never"]
    return token.text[0].isupper() and token.is_alpha and not other


def doc_before(token: Token) -> str:
    """The word before a token in its sentence, unless a small word in capitals begins it."""
    before = token.doc[token.i - 1] if token.i > token.sent.start else None
    return (
        "" if before is None or before.lower_ in small_words()["determiner"] | small_words()["place"] else before.text
    )


def is_adjective_of(word: str, state: str) -> bool:
    """May the word be the name of the state's people?

    >>> is_adjective_of("Kordavian", "Kordavia"), is_adjective_of("Morvan", "Morvania"), is_adjective_of("Kordax", "Kordavia")
    (True, True, False)
    """
    shared = next((n for n, (a, b) in enumerate(zip(word, state, strict=False)) if a != b), min(len(word), len(state)))
    ending = word[shared:]
    return shared >= max(SHORTEST, len(state) - 2) and ending in ENDINGS


ENDINGS = frozenset(
    ("", "n", "ns", "an", "ans", "ian", "ians", "i", "is", "ish", "ese", "er", "ers", "ic", "nian", "nians")
)
