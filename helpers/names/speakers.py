"""From the source as it stands ("He", "the two leaders", "the ministry") to the speakers behind it.

>>> speakers_of(read, source, references, people)[0].name    # doctest: +SKIP
'Piyush Goyal'

People come from `helpers.names.references`; countries and organisations speak under their own names, with the rule
``country`` or ``organisation``. Where it cannot be told who spoke, nobody is named.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import TYPE_CHECKING

from helpers.knowledge.names import small_words
from helpers.knowledge.reporting import entity_heads, speaker_nouns
from helpers.knowledge.vocabulary import honorifics
from helpers.names.beside import has_who
from helpers.names.mentions import CAPITALISED
from helpers.names.organisations import is_label
from helpers.names.paragraphs import Read
from helpers.names.references import Reference
from helpers.parse import Range
from helpers.records import Person, Speaker

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

DESCRIBED = "described"  # the rule of a body without a name of its own
UNDER = ("prep", "pobj", "poss", "appos", "relcl", "acl", "advcl")
BODILY = frozenset({"it"})  # a body or a document: "it added"
ARTICLES = ("the", "a", "an", "its", "their", "his", "her")  # "this newspaper" keeps its "this"
BODIES = ("ORG", "GPE", "NORP")


def can_speak(read: Read, head: Token, strict: bool) -> bool:
    """Can this be a source? Strictly: a person, a body, a document; else anything but "it", "there", "this"."""
    if read.known_at(head.i):
        return True
    if head.tag_ in ("WP", "WDT"):
        meant = stands_for(read, head)
        return meant is not None and can_speak(read, meant, strict)
    if head.pos_ in ("ADJ", "NOUN") and (head.lower_ in small_words()["people"] or is_share(head)):
        return True  # several of them, a third, the latter
    if head.pos_ in ("PRON", "DET", "ADV", "NUM"):
        return head.lower_ in small_words()["people"] or is_share(head) or (head.lower_ in BODILY and not strict)
    if head.lemma_.lower() in speaker_nouns() or head.lower_ == "others" or head.ent_type_ in ("PERSON", *BODIES):
        return True
    if (name := read.name_at(head.i)) and (name.rule != CAPITALISED or head.dep_ == "nsubj"):
        return True
    if any(role.start <= head.i < role.head_end for role in read.roles):
        return True
    return (head.pos_ == "NOUN" and has_who(head)) or (not strict and head.pos_ in ("PROPN", "NOUN"))  # strikers who …


def is_share(head: Token) -> bool:
    """Is it a number of people: nine out of ten, nearly a third?"""
    return head.lower_ in small_words()["share"] or (head.pos_ == "NUM" and head.ent_type_ != "MONEY")


@dataclass(frozen=True, slots=True)
class Source:
    """One head of a source, and what is known of its paragraph and of the article's people."""

    read: Read
    head: Token
    tokens: Range
    references: Sequence[Reference]
    people: Mapping[str, Person]


def speakers_of(
    read: Read, source: Range, references: Sequence[Reference], people: Mapping[str, Person]
) -> tuple[Speaker, ...]:
    """The speakers behind the source at the tokens `source`: all of them where it is joined or plural."""
    found = (s for head in joined_heads(read, source) for s in heard(Source(read, head, source, references, people)))
    return tuple(dict.fromkeys(found))


def joined_heads(read: Read, source: Range) -> list[Token]:
    """The head of the source and what is joined to it with "and", also where the parser has not joined them."""
    doc = read.parsed.doc
    phrase = doc[source[0] : source[1]]
    heads = [phrase.root]
    named = [doc[n.end - 1].i for n in read.names if n.opening <= phrase.root.i < n.end]  # Minister Roe | and Bo Lind
    for token in phrase:
        if token.dep_ == "conj" and token.head.i in (*named, *(head.i for head in heads)):
            heads.append(token)
    heads += [token for token in listed_beside(read, source) if token not in heads]
    if any(t.lower_ in ("and", "&") for t in phrase):
        names = (n for n in read.names if source[0] <= n.start and n.end <= source[1] and n.rule != CAPITALISED)
        heads += [doc[n.end - 1] for n in names if doc[n.end - 1] not in heads and beside(doc[n.end - 1], phrase.root)]
    return sorted(heads, key=lambda token: token.i)


def listed_beside(read: Read, source: Range) -> list[Token]:
    """The last words of names in one list with the source's: *President Ada Roe*, Minister Bo Lind, and Envoy Eva Holm said."""
    doc = read.parsed.doc
    names = [n for n in read.names if n.rule != CAPITALISED]
    own = [i for i, n in enumerate(names) if source[0] <= n.start < source[1]]
    if not own:
        return []
    first, last = own[0], own[-1]
    while first and in_list(doc, names[first - 1].end, names[first].opening):
        first -= 1
    while last + 1 < len(names) and in_list(doc, names[last].end, names[last + 1].opening):
        last += 1
    gap = doc[names[last - 1].end : names[last].opening] if last > first else doc[0:0]
    if last - first < 2 or not any(t.lower_ in ("and", "&") for t in gap):
        return []
    return [doc[n.end - 1] for n in names[first : last + 1]]


def in_list(doc: Doc, end: int, start: int) -> bool:
    """Are two names parted by a comma or "and" alone, or with a suffix between: Roe Jr., and Lind?"""
    words = {t.lower_ for t in doc[end:start]} - {"jr.", "sr.", "the"}
    return bool(words) and words <= {",", "and", "&"}


def beside(token: Token, root: Token) -> bool:
    """Does the name that ends with `token` stand beside `root`, not under a preposition, a possessor or a clause?"""
    above = takewhile(lambda t: t.i != root.i, (token, *token.ancestors))
    return not any(t.dep_ in UNDER for t in above)


def heard(source: Source) -> list[Speaker]:
    """The speakers behind one head, by the first rule that knows it."""
    found = next((found for rule in RULES if (found := rule(source)) is not None), [])
    return [speaker for speaker in found if speaker.name]  # behind "that" stands nothing by which to call somebody


def relative(source: Source) -> list[Speaker] | None:
    """Who "who" or "which" stands for: "Ada Roe, who said"."""
    pronoun = source.head
    meant = stands_for(source.read, pronoun) if pronoun.tag_ in ("WP", "WDT") else None
    if meant is None:
        return None
    return [replace(s, resolved_by="relative") for s in heard(replace(source, head=meant))]


def stands_for(read: Read, pronoun: Token) -> Token | None:
    """The word that "who" or "which" stands for: for who the name before its comma, else by the mended parse."""
    doc, clause = read.parsed.doc, read.parsed.tree.words[pronoun.i].head
    before = doc[max(0, pronoun.i - 2) : pronoun.i]
    if (
        pronoun.lower_ == "who"
        and before[-1:].text == ","
        and (name := read.name_at(before[0].i))
        and name.rule != CAPITALISED
    ):
        return before[0]
    return doc[clause.head.i] if clause.dep == "relcl" else None


def referred(source: Source) -> list[Speaker] | None:
    """Whom a reference at the head means, or one beside it: Minister *Ada Roe*; its chair, *Ada Roe*,."""
    head = source.head
    named = [n.start for n in source.read.names if n.role and n.role.start <= head.i < n.role.end]
    here = [r for r in source.references if r.start in named and r.people]  # the parser took the title for the head
    here = here or [r for r in source.references if r.start <= head.i < r.end][:1]
    if not here:
        beside = [t.i for t in head.children if t.dep_ == "appos"]
        here = [r for r in source.references if any(r.start <= place < r.end for place in beside)][:1]
    return [speaker for r in here for speaker in behind(r, source.people)] if here else None


def behind(reference: Reference, people: Mapping[str, Person]) -> list[Speaker]:
    """Those whom a reference means, as speakers."""
    if body := reference.body:
        return [Speaker(body.name, None, body.country, False, reference.rule)]
    return [as_speaker(people[name], reference.rule) for name in reference.people]


def as_speaker(person: Person, rule: str) -> Speaker:
    """The person as a speaker, tied to the source by such a rule."""
    return Speaker(person.name, person.role, person.country, person.official, rule, person.country_evidence)


def known_name(source: Source) -> list[Speaker] | None:
    """A country or organisation of the vocabulary; nobody for a label of many people: Democrats."""
    known = source.read.known_at(source.head.i)
    if known is None or known.kind == "demonym":
        return None
    rule = "organisation" if known.kind == "organisation" else "country"
    if rule == "organisation" and is_label(source.read.parsed.doc, known):
        return []
    return [Speaker(known.name, None, known.country, False, rule)]


def as_described(source: Source) -> list[Speaker] | None:
    """A body without a name of its own, or somebody of whom the article tells no more than this name."""
    head, read = source.head, source.read
    if is_title(read, head) or read.parsed.doc[slice(*source.tokens)].text in honorifics():
        return None
    if is_body(head):
        first, last = source.tokens
        named = (k.country for k in read.known if first <= k.start < last and k.kind != "place")
        return [Speaker(as_it_stands(source), None, next(filter(None, named), None), False, DESCRIBED)]
    name = read.name_at(head.i)
    if read.known_at(head.i) or (name and name.rule != CAPITALISED) or head.tag_ != "NNP":
        return None
    return [Speaker(as_it_stands(source), None, None, False, "as_named")]


RULES: tuple[Callable[[Source], list[Speaker] | None], ...] = (relative, referred, known_name, as_described)


def is_title(read: Read, head: Token) -> bool:
    """Is the word part of a role?"""
    return any(role.head_start <= head.i < role.head_end for role in read.roles)


def is_body(head: Token) -> bool:
    """Is this the head of an organisation's name, or a noun like "ministry"?"""
    named = head.ent_type_ == "ORG" or entity_heads().get(head.text) == "organisation"
    if head.tag_ == "NNS" and not head.ent_type_ and head.lower_ not in ("police", "forces"):
        return False  # governments, two sides
    return named or speaker_nouns().get(head.lemma_.lower()) == "organisation"


def as_it_stands(source: Source) -> str:
    """The head with what stands before it in the source, without its article: "Indian defence ministry"."""
    doc, head = source.read.parsed.doc, source.head
    start, end = max(source.tokens[0], head.left_edge.i), head.i + 1
    return str(doc[start + (doc[start].lower_ in ARTICLES and end > start + 1) : end].text)
