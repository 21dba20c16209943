"""Countries that no list knows, where the article treats them so: Orsk’s foreign ministry, the president of Orsk, Orskan troops.

>>> own_countries(read_paragraphs_plainly(parse(read_text("Orsk's government fell. Orskan troops left."))))    # doctest: +SKIP
{'Orsk': KnownForm('country', 'Orsk', 'Orsk'), 'Orskan': KnownForm('demonym', 'Orsk', 'Orsk')}

Analysts write scenarios, teachers invent states, and lists grow old: such a country is found like any other once signs
enough speak for it: it owns a ministry or a high office, its people bear its name, it acts, things happen there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from helpers.knowledge.names import (
    KnownForm,
    fold,
    known_forms,
    modifier_words,
    name_words,
    state_nouns,
    towns,
)
from helpers.names.gazetteer import Known, after_place_word, tokens_of
from helpers.names.mentions import CAPITALISED, Name
from helpers.names.roles import DIRECTIONS, GOVERNMENT, POSSESSIVE, TOP, RolePhrase
from helpers.tree import SUBJECTS

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

SIGNS = {"rules": 4, "owns": 4, "people": 3, "has": 1, "acts": 1, "place": 1}  # how much each tells, once an article
ENOUGH = 4  # what makes a country
STATE_NOUNS = frozenset("ministry government army navy parliament embassy premier".split())
REALMS = frozenset("Kingdom Republic Sultanate Emirate Principality Federation".split())
PLACES = ("GPE", "LOC", "NORP")  # what the entity recogniser may take a country or a people for
NEAR = 4  # tokens behind a possessor within which such a noun stands
SHORTEST = 4  # letters that a people's name and its country's share at least
ENDINGS = frozenset("n ns an ans ian ians i is ish ese er ers ic nian nians".split())  # of a people's name
Piece = tuple["Doc", Sequence[Known], Sequence[RolePhrase], Sequence[Name]]


def own_countries(pieces: Iterable[Piece]) -> dict[str, KnownForm]:
    """The countries of an article that no list knows, and the names of their peoples: what each form means."""
    pieces = tuple(pieces)
    signs: defaultdict[str, set[str]] = defaultdict(set)
    for doc, known, roles, names in pieces:
        listed = tokens_of(known)
        words = map(doc.vocab.strings.__getitem__, doc.to_array("ORTH").tolist())
        for token in [doc[i] for i, word in enumerate(words) if may_be_state(word) and i not in listed]:
            if token.tag_ not in ("NNS", "NNPS"):  # Teachers’ union
                signs[token.text].update(signs_of(token, known, roles, names))
    people = {word for *_, names in pieces for n in names if n.rule != CAPITALISED for word in n.text.split()}
    for word in sorted(signs):
        for other in (w for w in signs if is_adjective_of(w, word)):
            signs[word] |= {"people", *signs[other] & {"has"}}
    told = {word: sum(SIGNS[sign] for sign in found) for word, found in signs.items()}
    least = ENOUGH - (max(told.values(), default=0) >= ENOUGH)
    states = {word for word, much in told.items() if much >= least and ("people" in signs[word] or word not in people)}
    states -= {word for word in states if any(is_adjective_of(word, other) for other in states)}
    own = {name: KnownForm("country", name, name) for name in states}
    for word in signs.keys() - states - people:
        if state := next((name for name in sorted(states) if is_adjective_of(word, name)), None):
            own[word] = KnownForm("demonym", state, state)
    return own


def signs_of(token: Token, known: Sequence[Known], roles: Sequence[RolePhrase], names: Sequence[Name]) -> Iterator[str]:
    """What shows a word in capitals as a country where it stands."""
    doc, i = token.doc, token.i
    if is_ruled(token, known, roles, names):
        yield "rules"
    owned = doc[i + 1 : i + 2].text in POSSESSIVE
    first = i + 1 + owned
    if token.ent_type_ != "PERSON":
        if owned and owns_state(doc, first, roles):
            yield "owns"
        if doc[first : first + 1].text.lower() in state_nouns():
            yield "has"
    if not doc[i + 1 : i + 2].text[:1].isupper():
        if token.dep_ in SUBJECTS and token.head.pos_ == "VERB":
            yield "acts"
        if owned or after_place_word(doc, i) or token.ent_type_ in PLACES:
            yield "place"


def is_ruled(token: Token, known: Sequence[Known], roles: Sequence[RolePhrase], names: Sequence[Name]) -> bool:
    """Does it stand behind a high office, its holder or a form of state: President (Ada Roe) of *Orsk*, Kingdom of *Orsk*?"""
    doc, i = token.doc, token.i
    if i < 2 or doc[i - 1].text != "of":
        return False
    led = any(n.end == i - 1 and n.role is not None and n.role.role.level in GOVERNMENT for n in names)
    levels = TOP if token.ent_type_ not in PLACES else GOVERNMENT
    body = any(k.end == i - 1 and k.kind == "organisation" for k in known)
    return (
        led
        or body
        or doc[i - 2].text in REALMS
        or any(r.head_end < i and i in (r.head_end + 1, r.end - 1) and r.role.level in levels for r in roles)
    )


def owns_state(doc: Doc, first: int, roles: Sequence[RolePhrase]) -> bool:
    """Does a ministry, a government or a high office begin at token `first`?"""
    following = doc[first : first + NEAR]
    noun = next((t for t in following if t.lower_ in STATE_NOUNS), None)
    plain = noun is not None and all(t.pos_ in ("NOUN", "PROPN", "ADJ") for t in doc[first : noun.i])
    return plain or any(r.start == first and r.role.level in GOVERNMENT and not r.plural for r in roles)


@lru_cache(maxsize=8192)
def may_be_state(word: str) -> bool:
    """May it name a state that no list knows: a word in capitals, no field of an office, no direction and none like Monday?"""
    if not (word[0].isupper() and word.isalpha() and len(word) >= SHORTEST):
        return False
    other = word.lower() in modifier_words() or word.lower() in DIRECTIONS or word in name_words()["never"]
    return not (other or word in known_forms() or fold(word) in towns())


def is_adjective_of(word: str, state: str) -> bool:
    """May the word be the name of the state's people?

    >>> is_adjective_of("Kordavian", "Kordavia"), is_adjective_of("Morvan", "Morvania"), is_adjective_of("Kordax", "Kordavia")
    (True, True, False)
    """
    shared = next((n for n, (a, b) in enumerate(zip(word, state, strict=False)) if a != b), min(len(word), len(state)))
    ending, rest = word[shared:], state[shared:]
    return shared >= max(SHORTEST, len(state) - 2) and (ending in ENDINGS if ending else rest in ("a", "ia"))
