"""The content of a cue: which words are what was said.

Each function is one form of reporting and returns the content as token ranges of the document, or nothing:

>>> doc = pipeline()("The pact, Ms. Roe said, will hold.")                              # doctest: +SKIP
>>> [doc[a:b].text for a, b in find_content(find_cues(doc)[0], None).ranges]            # doctest: +SKIP
['The pact', 'will hold']
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from helpers.grammar.borders import (
    Range,
    cut_at_cue,
    cut_at_joined,
    cut_at_report,
    is_adjunct,
    right_end,
    trimmed,
    without,
)
from helpers.grammar.cues import CueWords, children, cut_off
from helpers.knowledge.reporting import reporting_nouns

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

JOINING = frozenset({"so", "but", "and", "yet"})


@dataclass(frozen=True, slots=True)
class Content:
    """The content as token ranges, and the rule that found it."""

    ranges: tuple[Range, ...]
    rule: str


def find_content(cue: CueWords, source: Range | None) -> Content | None:
    """The content of `cue`, by the first form of reporting that fits."""
    for form in FORMS:
        content = form(cue, source)
        if content and (ranges := trimmed(cue.head.doc, content.ranges)):
            return Content(ranges, content.rule)
    return None


def according(cue: CueWords, source: Range | None) -> Content | None:
    """According to X, …: the rest of the clause."""
    if "according" not in cue.frames or source is None:
        return None
    head, sentence = cue.head.head, cue.head.sent
    rule = "rest of the sentence beside according to"
    if head.i == cue.head.i or head.i in range(cue.start, source[1]):  # the parser found nothing that it belongs to
        return Content(without((sentence.start, sentence.end), (cue.start, source[1])), rule)
    while head.dep_ not in ("ROOT", "ccomp", "conj", "parataxis", "relcl") and head.head.i != head.i:
        head = head.head
    named = children(cue.opener, "pobj")
    aside_end = max([source[1], *(name.right_edge.i + 1 for name in named)])
    return Content(without((head.left_edge.i, head.right_edge.i + 1), (cue.start, aside_end)), rule)


def clause(cue: CueWords, source: Range | None) -> Content | None:
    """Said that …; …, she said; the pact, she said, will hold."""
    if not cue.frames & {"clause", "quote"}:
        return None
    verb = cue.head
    complement = complement_of(cue)
    if complement is None and verb.dep_ in ("parataxis",) and verb.head.pos_ in ("VERB", "AUX"):
        whole = (min(verb.left_edge.i, verb.head.left_edge.i), max(verb.head.right_edge.i, verb.right_edge.i) + 1)
        aside = (min(cue.start, source[0] if source else cue.start), max(cue.end, source[1] if source else cue.end))
        return Content(without(whole, aside), "sentence around the cue")
    if complement is None:
        return clause_cut_off(cue)
    start, end = complement.left_edge.i, complement.right_edge.i + 1
    for more in verb.children:  # the parser may cut one clause in two: revealed that [a man called Lind] [was arrested]
        if more.dep_ == "ccomp" and more.left_edge.i == end > verb.i:
            end = more.right_edge.i + 1
    if start <= verb.i < end:
        aside = (
            min(verb.i, source[0] if source else verb.i),
            max(cue.end, source[1] if source and source[0] < end else cue.end),
        )
        return Content(without((start, end), aside), "clause around the cue")
    if start > verb.i:
        if "clause" not in cue.frames and not starts_quoted(verb.doc, start):
            return None
        start = next((m.i for m in children(complement, "mark") if m.lower_ == "that" and m.i > start), start)
        listener = next(
            (c for c in verb.children if c.dep_ in ("dobj", "dative") and c.i < start and "listener" in cue.frames),
            None,
        )
        rule = "clause after the cue" if listener is None else "clause after the listener"
        end = cut_at_report(cue, complement, cut_at_joined(cue, complement, cut_at_cue(verb.doc, start, end)))
        return Content(((start, end),), rule)
    if goes_its_own_way(cue, end) and not starts_quoted(verb.doc, start):
        return None
    return Content(((start, end),), "clause before the cue")


def goes_its_own_way(cue: CueWords, end: int) -> bool:
    """Does the cue begin anew after the clause that ends at token `end`: it is not retroactive, *so* the sums asked …?"""
    between = range(end, cue.head.i)
    joined = any(c.i in between and c.lower_ in JOINING for c in cue.head.children)
    return joined or any(cue.head.doc[i].text == ";" for i in between)


def clause_cut_off(cue: CueWords) -> Content | None:
    """Warned without new ships, the guard could not patrol: a clause that the parser does not hang on the cue."""
    main = cut_off(cue.head) if "clause" in cue.frames else None
    return Content(((cue.end, main.right_edge.i + 1),), "clause after the cue") if main is not None else None


def as_clause(cue: CueWords, source: Range | None) -> Content | None:
    """As Ms. Roe said, …: the sentence around the clause with "as"."""
    verb = cue.head
    if verb.dep_ != "advcl" or not any(
        c.lower_ == "as" and c.i < verb.i and c.dep_ in ("mark", "advmod", "prep") for c in verb.children
    ):
        return None
    if children(verb, "ccomp", "xcomp") or not cue.frames & {"clause", "quote"}:
        return None
    if "noun" in cue.frames and children(verb, "dobj"):
        return None  # as officials praised the protests
    head = verb.head
    if head.pos_ not in ("VERB", "AUX"):
        return None
    start = head.left_edge.i
    return Content(
        without((start, cut_at_cue(verb.doc, start, head.right_edge.i + 1)), (verb.left_edge.i, verb.right_edge.i + 1)),
        "sentence around the cue",
    )


def listener_clause(cue: CueWords, source: Range | None) -> Content | None:
    """Told reporters in Lindholm that …: where the parser hangs the clause on the listener or a noun after the cue."""
    if not cue.frames & ({"listener"} if cue.passive else {"listener", "clause"}):
        return None
    for child in cue.head.children:
        if child.i < cue.head.i or child.dep_ not in ("dobj", "dative", "prep"):
            continue
        for token in child.subtree:
            if token.dep_ in ("acl", "relcl") and (
                token.head.dep_ != "dobj" or token.head.lemma_ not in reporting_nouns()
            ):
                mark = next((c for c in token.children if c.dep_ == "mark" and c.lower_ == "that"), None)
                if mark is not None:
                    return Content(((mark.i, token.right_edge.i + 1),), "clause after the listener")
    return None


def complement_of(cue: CueWords) -> Token | None:
    """The clause that is the object of the cue: of two, the one after it, but for “…,” she said, “…”."""
    clauses = [c for c in cue.head.children if is_complement(c, cue) and c.i not in range(cue.start, cue.end)]
    after = next((c for c in clauses if c.i > cue.head.i), None)
    before = clauses[0] if clauses else None
    if before is None or after is None or before is after:
        return before
    return (
        before if before.doc[before.right_edge.i].is_quote or starts_quoted(before.doc, before.left_edge.i) else after
    )


def is_complement(child: Token, cue: CueWords) -> bool:
    """Is this clause the cue's object? Also where the parser takes one right after it for a circumstance:
    have not said *when it would open*, wrote in the night *that it was open*."""
    if child.dep_ == "ccomp":
        return True
    if child.dep_ != "advcl" or child.i < cue.head.i:
        return False
    first = child.left_edge
    return first.lower_ == "that" or (first.tag_ in ("WRB", "WP") and first.i == cue.end)


def noun_clause(cue: CueWords, source: Range | None) -> Content | None:
    """Voiced concerns over …, issued a warning that …"""
    if cue.noun is None or "noun_clause" not in cue.frames:
        return None
    if cue.opener is not None:
        end = max(right_end(cue, cue.opener), cue.noun.right_edge.i + 1)  # "concerns over tariffs and rising costs"
        return Content(((cue.opener.i + 1, end),), "what the speech act is about")
    inner = next((c for c in cue.noun.children if c.dep_ in ("acl", "ccomp", "relcl") and c.i > cue.noun.i), None)
    if inner is None:
        return None
    return Content(((inner.left_edge.i, inner.right_edge.i + 1),), "what the speech act is about")


def preposition(cue: CueWords, source: Range | None) -> Content | None:
    """Called for …, warned against …"""
    if cue.opener is None or "according" in cue.frames or is_adjunct(cue.opener):
        return None  # spoke on Monday
    return Content(((cue.opener.i + 1, right_end(cue, cue.opener)),), "what follows the preposition of the cue")


def infinitive(cue: CueWords, source: Range | None) -> Content | None:
    """Vowed to …, urged the council to …, denied having …"""
    if not cue.frames & {"infinitive", "gerund"}:
        return None
    verb = cue.head
    inner = next((c for c in verb.children if c.dep_ in ("xcomp", "ccomp") and c.i > verb.i), None)
    if inner is None:
        return None
    if inner.tag_ == "VBG" and "gerund" not in cue.frames:
        return None
    objects = [c.left_edge.i for c in verb.children if c.dep_ in ("dobj", "dative") and verb.i < c.i < inner.i]
    start = min([inner.left_edge.i, *objects])
    return Content(
        ((start, right_end(cue, inner)),), "infinitive after the cue" if inner.tag_ != "VBG" else "gerund after the cue"
    )


def to_infinitive(cue: CueWords, source: Range | None) -> Content | None:
    """Vowed to …: ahead of a clause before the cue, which the parser may take for its content by mistake."""
    if any(c.dep_ == "xcomp" and c.tag_ == "VB" and c.i > cue.head.i for c in cue.head.children):
        return infinitive(cue, source)
    return None


def shifted(cue: CueWords, source: Range | None) -> Content | None:
    """Dismissed as “absurd” claims that …: where what is described follows its description."""
    following = cue.head.doc[cue.end] if cue.end < len(cue.head.doc) else None
    if "as" not in cue.frames or cue.passive or following is None or following.lower_ != "as":
        return None
    if following.head.i != cue.head.i:
        return None
    return Content(((cue.end + 1, right_end(cue, following)),), "noun phrase after the cue")


def noun_phrase(cue: CueWords, source: Range | None) -> Content | None:
    """Condemned the attack, described the pact as …, called it a mistake."""
    if not cue.frames & {"noun", "as", "name"} or cue.noun is not None:
        return None
    verb = cue.head
    if cue.passive:
        subject = next(iter(children(verb, "nsubjpass")), None)
        if subject is None or children(verb, "dobj", "oprd"):
            return None  # "were denied visas": done to them, and nothing was said
        return Content(((subject.left_edge.i, subject.right_edge.i + 1),), "what the cue was done to")
    parts = [c for c in children(verb, "dobj", "dative", "oprd", "ccomp", "attr") if c.i > verb.i]
    if not parts:
        return None
    first = parts[0]
    if "noun" not in cue.frames:
        second = any(c.lower_ == "as" or (c.dep_ == "xcomp" and not children_tagged(c, "TO")) for c in verb.children)
        if not (second or len(parts) > 1 or first.dep_ == "ccomp"):
            return None  # "a group called the Sea Lions"
    return Content(((first.left_edge.i, right_end(cue, first)),), "noun phrase after the cue")


def children_tagged(token: Token, tag: str) -> bool:
    return any(c.tag_ == tag for c in token.children)


FORMS: tuple[Callable[[CueWords, Range | None], Content | None], ...] = (
    according, noun_clause, as_clause, preposition, to_infinitive, clause, listener_clause, infinitive, shifted, noun_phrase
)  # fmt: skip


def starts_quoted(doc: Doc, i: int) -> bool:
    """Does a quotation open at token `i`, or just before it?"""
    return doc[i].is_quote or (i > 0 and doc[i - 1].is_quote)
