"""From the source as it stands ("He", "the two leaders", "the ministry") to the speakers behind it.

>>> speakers_of(read, source, references, people)[0].name    # doctest: +SKIP
'Piyush Goyal'

People come from `helpers.names.references`; countries and organisations speak under their own names, with the rule
``country`` or ``organisation``. Where it cannot be told who spoke, nobody is named.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from helpers.knowledge.reporting import entity_heads, speaker_nouns
from helpers.names.mentions import CAPITALISED
from helpers.names.organisations import DESCRIBED, is_label
from helpers.names.paragraphs import Read
from helpers.names.references import Reference
from helpers.names.single_names import has_who
from helpers.parse import Range
from helpers.records import Person, Speaker

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

PERSONAL = frozenset(
    "he she they we i you who some other others many all both each one those most several few everyone everybody someone "
    "somebody anyone nobody another any neither none two three".split()
)
BODILY = frozenset({"it"})  # a body or a document: "it added"
UNDER = ("prep", "pobj", "poss", "appos", "relcl", "acl", "advcl")
BODIES = ("ORG", "GPE", "NORP")
ARTICLES = ("the ", "a ", "an ", "its ", "their ", "his ", "her ")


def can_speak(read: Read, head: Token, strict: bool) -> bool:
    """Can this be a source? Strictly: a person, a body, a document; else anything but "it", "there", "this"."""
    if any(known.start <= head.i < known.end for known in read.known):
        return True
    if head.tag_ in ("WP", "WDT"):
        return can_speak(read, head.head.head, strict) if head.head.dep_ == "relcl" else False
    if head.pos_ == "ADJ" and (head.lower_ in PERSONAL or is_share(head)):
        return True  # several of them, a third
    if head.pos_ in ("PRON", "DET", "ADV", "NUM") or head.tag_ in ("DT", "EX"):
        return head.lower_ in PERSONAL or is_share(head) or (head.lower_ in BODILY and not strict)
    if head.lemma_.lower() in speaker_nouns() or head.lower_ == "others" or head.ent_type_ in ("PERSON", *BODIES):
        return True
    if any(name.start <= head.i < name.end for name in read.names if name.rule != CAPITALISED or head.dep_ == "nsubj"):
        return True
    if any(role.start <= head.i < role.head_end for role in read.roles):
        return True
    return (head.pos_ == "NOUN" and has_who(head)) or (not strict and head.pos_ in ("PROPN", "NOUN"))  # strikers who …


def is_share(head: Token) -> bool:
    """Is it a number of people: nine out of ten, nearly a third?"""
    return head.lower_ in ("half", "third", "quarter") or (head.pos_ == "NUM" and head.ent_type_ != "MONEY")


def speakers_of(
    read: Read, source: Range, references: Sequence[Reference], people: Mapping[str, Person]
) -> tuple[Speaker, ...]:
    """The speakers behind the source at the tokens `source`: all of them where it is joined or plural."""
    heads = joined_heads(read, source)
    found: list[Speaker] = []
    for head in heads:
        found += [s for s in head_speakers(read, head, source, references, people) if s not in found]
    return tuple(found)


def joined_heads(read: Read, source: Range) -> list[Token]:
    """The head of the source and what is joined to it with "and", also where the parser has not joined them."""
    doc = read.parsed.doc
    phrase = doc[source[0] : source[1]]
    root = phrase.root
    heads = [root]
    for token in phrase:
        if token.dep_ == "conj" and any(token.head.i == h.i for h in heads):
            heads.append(token)
    if any(t.lower_ in ("and", "&") for t in phrase):
        last = [
            doc[n.end - 1] for n in read.names if source[0] <= n.start and n.end <= source[1] and n.rule != CAPITALISED
        ]
        heads += [token for token in last if token not in heads and beside(token, root)]
    return sorted(heads, key=lambda token: token.i)


def beside(token: Token, root: Token) -> bool:
    """Does the name that ends with `token` stand beside `root`, not under a preposition, a possessor or a clause?"""
    while token.i != root.i:
        if token.dep_ in UNDER or token.head.i == token.i:
            return False
        token = token.head
    return True


def head_speakers(
    read: Read, head: Token, source: Range, references: Sequence[Reference], people: Mapping[str, Person]
) -> list[Speaker]:
    """The speakers behind one head."""
    if head.tag_ in ("WP", "WDT") and head.head.dep_ == "relcl":
        return relative_speakers(read, head, source, references, people)
    reference = next((r for r in references if r.start <= head.i < r.end), None)
    if reference is None:  # the parser took the title before the name for the head
        names = [n.start for n in read.names if n.role and n.role.start <= head.i < n.start <= n.role.end]
        reference = next((r for r in references if r.start in names), None)
    if reference is None and (beside := in_apposition(head)):
        there = [r for r in references if any(r.start <= place < r.end for place in beside)]
        if len(there) > 1 and head.tag_ == "NNS" and all(r.people for r in there):  # the ministers, Ada Roe and Bo Lind
            return [person_speaker(people[name], r.rule) for r in there for name in r.people]
        reference = next(iter(there), None)
    if reference is None and (start := name_between_commas(read, head)) is not None:
        reference = next((r for r in references if r.start == start and r.people), None)
    if reference is not None and reference.body:
        return [Speaker(reference.body.name, None, reference.body.country, False, reference.rule)]
    if reference is not None:
        return [person_speaker(people[name], reference.rule) for name in reference.people]
    for known in read.known:
        if known.start <= head.i < known.end and known.kind == "organisation" and is_label(read.parsed.doc, known):
            return []
        if known.start <= head.i < known.end and known.kind != "demonym":
            rule = "organisation" if known.kind == "organisation" else "country"
            return [Speaker(known.name, None, known.country, False, rule)]
    if (owner := owner_of(head)) is not None:
        found = head_speakers(read, owner, source, references, people)
        return [replace(s, resolved_by="owner") for s in found]
    role = any(role.head_start <= head.i < role.head_end for role in read.roles)
    if not role and (is_body(head)):
        return [Speaker(body_name(read.parsed.doc, head, source), None, country_in(read, source), False, DESCRIBED)]
    if head.tag_ == "NNP" and not (role or any(n.start <= head.i < n.end for n in read.names)):
        named = any(k.start <= head.i < k.end for k in read.known)
        return [] if named else [Speaker(body_name(read.parsed.doc, head, source), None, None, False, "as_named")]
    return []


def in_apposition(head: Token) -> list[int]:
    """The tokens that stand in apposition to a noun, and those joined to them."""
    found = [c for c in head.children if c.dep_ == "appos"]
    for token in found:
        found += [c for c in token.children if c.dep_ == "conj"]
    return [token.i for token in found]


def name_between_commas(read: Read, head: Token) -> int | None:
    """Where the name of a person begins that stands between commas after a role: the chair of the forum, Ada Roe, said."""
    doc = read.parsed.doc
    if head.pos_ not in ("NOUN", "PROPN") or not can_speak(read, head, strict=True):
        return None
    for name in read.names:
        before = name.opening
        if head.i < before - 1 < name.end < len(doc) and doc[before - 1].text == "," == doc[name.end].text:
            between = doc[head.i + 1 : before - 1]
            told = any(role.head_start <= head.i < role.head_end for role in read.roles)
            plain = all(t.pos_ not in ("VERB", "AUX", "PUNCT", "PRON", "SCONJ") for t in between)
            return name.start if plain and (told or speaker_nouns().get(head.lemma_.lower()) == "person") else None
    return None


def relative_speakers(
    read: Read, pronoun: Token, source: Range, references: Sequence[Reference], people: Mapping[str, Person]
) -> list[Speaker]:
    """Who "who" or "which" stands for; for "who" a person: "Ada Roe, a lawyer for the club, who said"."""
    antecedent = pronoun.head.head
    for noun in (antecedent, *antecedent.ancestors):
        if noun.pos_ not in ("NOUN", "PROPN", "PRON", "ADP"):
            break
        found = head_speakers(read, noun, source, references, people) if noun.pos_ != "ADP" else []
        if found and (pronoun.lower_ != "who" or found[0].name in people):
            return [replace(s, resolved_by="relative") for s in found]
    return []


def owner_of(head: Token) -> Token | None:
    """Whose document it is: "an estimate by the Audit Office", "a ministry statement", "the bank’s report"."""
    if speaker_nouns().get(head.lemma_.lower()) != "document" or not head.text.islower():
        return None
    for child in head.children:
        if child.dep_ == "prep" and child.lower_ in ("by", "from"):
            return next((c for c in child.children if c.dep_ == "pobj" and c.pos_ != "PRON"), None)
        if child.dep_ in ("poss", "compound") and child.i < head.i and (is_body(child) or child.ent_type_ in BODIES):
            return child
    return None


def is_body(head: Token) -> bool:
    """Is this the head of an organisation's name, or a noun like "ministry"?"""
    named = head.ent_type_ == "ORG" or entity_heads().get(head.text) == "organisation"
    if head.tag_ == "NNS" and not head.ent_type_ and head.lower_ not in ("police", "forces"):
        return False  # governments, two sides
    return named or speaker_nouns().get(head.lemma_.lower()) == "organisation"


def person_speaker(person: Person, rule: str) -> Speaker:
    return Speaker(person.name, person.role, person.country, person.official, rule)


def body_name(doc: Doc, head: Token, source: Range) -> str:
    """The name of a body as it stands, without its article: "Indian defence ministry"."""
    start = max(source[0], head.left_edge.i)
    end = max([head.i + 1, *(t.i + 1 for t in doc[head.i : source[1]] if t.ent_iob_ == "I" and t.ent_type_ == "ORG")])
    text = doc[start:end].text
    for article in ARTICLES:
        if text.lower().startswith(article):
            return text[len(article) :]
    return text


def country_in(read: Read, source: Range) -> str | None:
    """The country that a source names: "India's ministry", "the Indian army"."""
    return next(
        (k.country for k in read.known if source[0] <= k.start < source[1] and k.kind != "place" and k.country), None
    )
