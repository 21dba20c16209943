"""The content of a cue: which words are what was said.

Each function is one form of reporting and returns the content as token ranges of the document, or nothing:

>>> doc = pipeline()("The pact, Ms. Roe said, will hold.")                              # doctest: +SKIP
>>> [doc[a:b].text for a, b in find_content(find_cues(doc)[0], None).ranges]            # doctest: +SKIP
['The pact', 'will hold']

Those that are clauses are found in `helpers.reporting.clauses`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from helpers.knowledge.reporting import reporting_nouns, reporting_verbs
from helpers.parse import Range
from helpers.reporting.borders import Content, is_adjunct, right_end, trimmed, without
from helpers.reporting.clauses import as_clause, clause
from helpers.reporting.cues import CueWords, children
from helpers.reporting.lost_clauses import of_misread, renamed

if TYPE_CHECKING:
    from spacy.tokens import Token


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
                first = token.left_edge
                if mark is None and first.tag_ == "WRB" and cue.head.lemma_ == "ask" and first.i > child.i:
                    mark = first  # asked the minister, Ada Roe, when it would open
                if mark is not None:
                    return Content(((mark.i, token.right_edge.i + 1),), "clause after the listener")
    return None


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
    if cue.opener is None or "according" in cue.frames or cue.noun is cue.head or is_adjunct(cue.opener):
        return None  # spoke on Monday
    return Content(((cue.opener.i + 1, right_end(cue, cue.opener)),), "what follows the preposition of the cue")


def led_infinitive(cue: CueWords, source: Range | None) -> Content | None:
    """Called for *the minister to appear*: where the parser takes the preposition for the mark of a clause."""
    verb = reporting_verbs().get(cue.head.lemma_.lower())
    if verb is None or cue.opener is not None:
        return None
    for clause_ in children(cue.head, "advcl", "ccomp", "xcomp"):
        mark = next((c for c in children(clause_, "mark") if c.lower_ in verb.prepositions), None)
        if mark is not None and mark.i > cue.head.i and children_tagged(clause_, "TO"):
            return Content(((mark.i + 1, right_end(cue, clause_)),), "what follows the preposition of the cue")
    return None


def infinitive(cue: CueWords, source: Range | None) -> Content | None:
    """Vowed to …, urged the council to …, denied having …"""
    if not cue.frames & {"infinitive", "gerund", "noun"}:
        return None
    verb = cue.head
    if (misread := of_misread(cue)) is not None:
        return Content((misread,), "infinitive after the cue")
    inner = next((c for c in verb.children if is_infinitive(c, cue)), None)
    if inner is None:
        return None
    if not cue.frames & ({"gerund", "noun"} if inner.tag_ == "VBG" else {"infinitive", "gerund"}):
        return None
    objects = [c.left_edge.i for c in verb.children if c.dep_ in ("dobj", "dative") and verb.i < c.i < inner.i]
    start = min([inner.left_edge.i, *objects])
    return Content(
        ((start, right_end(cue, inner)),), "infinitive after the cue" if inner.tag_ != "VBG" else "gerund after the cue"
    )


def is_infinitive(child: Token, cue: CueWords) -> bool:
    """Is it the infinitive or gerund that the cue asks for or promises? Also as a circumstance: asked people *to ring*."""
    if child.i < cue.head.i:
        return False
    asked = cue.kind == "demand" and child.dep_ == "advcl" and bool(children(cue.head, "dobj"))
    return child.dep_ in ("xcomp", "ccomp") or (asked and child.tag_ == "VB" and children_tagged(child, "TO"))


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
    if cue.frames & {"as", "name"} and (word := called_so(verb)) is not None:
        return Content(((word.left_edge.i, word.right_edge.i + 1),), "noun phrase after the cue")
    if (named := renamed(cue)) is not None:
        return Content((named,), "noun phrase after the cue")
    if not parts or (verb.lemma_ == "deny" and len(children(verb, "dobj", "dative")) > 1):
        return None  # denied them entry
    first = parts[0]
    if "noun" not in cue.frames:
        second = any(c.lower_ == "as" or (c.dep_ == "xcomp" and not children_tagged(c, "TO")) for c in verb.children)
        second |= any(verb.doc[c.left_edge.i - 1].text != "," for c in children(first, "appos"))  # her son *her hero*
        if not (second or len(parts) > 1 or first.dep_ == "ccomp"):
            return None  # "a group called the Sea Lions"
    return Content(((first.left_edge.i, right_end(cue, first)),), "noun phrase after the cue")


def called_so(verb: Token) -> Token | None:
    """What somebody calls what is named before: what she called *“groundless claims”*, which he described as *a farce*."""
    if not any(c.tag_ in ("WP", "WDT") and c.i < verb.i for c in children(verb, "dobj")):
        return None
    named = children(verb, "oprd") + [
        d for c in children(verb, "prep") if c.lower_ == "as" for d in children(c, "pobj")
    ]
    return next((c for c in named if c.i > verb.i), None)


def children_tagged(token: Token, tag: str) -> bool:
    return any(c.tag_ == tag for c in token.children)


FORMS: tuple[Callable[[CueWords, Range | None], Content | None], ...] = (
    according, noun_clause, as_clause, preposition, led_infinitive, to_infinitive, clause, listener_clause, infinitive,
    shifted, noun_phrase,
)  # fmt: skip
