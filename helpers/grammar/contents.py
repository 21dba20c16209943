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

from helpers.grammar.cues import CueWords, children
from helpers.knowledge.reporting import reporting_nouns, reporting_verbs

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Range = tuple[int, int]
TIME_AND_PLACE = frozenset("on at in during after before ahead amid since until following alongside".split())
ADJUNCTS = ("npadvmod", "advmod")


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
        return None
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
        listener = next(
            (c for c in verb.children if c.dep_ in ("dobj", "dative") and c.i < start and "listener" in cue.frames),
            None,
        )
        rule = "clause after the cue" if listener is None else "clause after the listener"
        return Content(((start, cut_at_joined(cue, complement, cut_at_cue(verb.doc, start, end))),), rule)
    return Content(((start, end),), "clause before the cue")


def as_clause(cue: CueWords, source: Range | None) -> Content | None:
    """As Ms. Roe said, …: the sentence around the clause with "as"."""
    verb = cue.head
    if verb.dep_ != "advcl" or not any(
        c.lower_ == "as" and c.i < verb.i and c.dep_ in ("mark", "advmod", "prep") for c in verb.children
    ):
        return None
    if any(c.dep_ in ("ccomp", "xcomp") for c in verb.children) or not cue.frames & {"clause", "quote"}:
        return None
    head = verb.head
    if head.pos_ not in ("VERB", "AUX"):
        return None
    return Content(
        without((head.left_edge.i, head.right_edge.i + 1), (verb.left_edge.i, verb.right_edge.i + 1)),
        "sentence around the cue",
    )


def listener_clause(cue: CueWords, source: Range | None) -> Content | None:
    """Told reporters in Lindholm that …: where the parser hangs the clause on the listener or a noun after the cue."""
    if "listener" not in cue.frames and "clause" not in cue.frames:
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
    clauses = [c for c in cue.head.children if c.dep_ == "ccomp" and c.i not in range(cue.start, cue.end)]
    after = next((c for c in clauses if c.i > cue.head.i), None)
    before = clauses[0] if clauses else None
    if before is None or after is None or before is after:
        return before
    return (
        before if before.doc[before.right_edge.i].is_quote or starts_quoted(before.doc, before.left_edge.i) else after
    )


def noun_clause(cue: CueWords, source: Range | None) -> Content | None:
    """Voiced concerns over …, issued a warning that …"""
    if cue.noun is None:
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
    if cue.opener is None or "according" in cue.frames:
        return None
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


def noun_phrase(cue: CueWords, source: Range | None) -> Content | None:
    """Condemned the attack, described the pact as …, called it a mistake."""
    if not cue.frames & {"noun", "as", "name"} or cue.noun is not None:
        return None
    verb = cue.head
    if cue.passive:
        subject = next((c for c in verb.children if c.dep_ == "nsubjpass"), None)
        if subject is None:
            return None
        return Content(((subject.left_edge.i, subject.right_edge.i + 1),), "what the cue was done to")
    first = next(
        (c for c in verb.children if c.dep_ in ("dobj", "dative", "oprd", "ccomp", "attr") and c.i > verb.i), None
    )
    if first is None:
        return None
    if not cue.frames & {"noun"} and not any(
        c.lower_ == "as" or c.dep_ in ("oprd", "ccomp", "xcomp")
        for c in verb.children
        if c.i > verb.i and not any(to.tag_ == "TO" for to in c.children)
    ):
        return None
    return Content(((first.left_edge.i, right_end(cue, first)),), "noun phrase after the cue")


FORMS: tuple[Callable[[CueWords, Range | None], Content | None], ...] = (
    according, noun_clause, as_clause, preposition, to_infinitive, clause, listener_clause, infinitive, noun_phrase
)  # fmt: skip


def starts_quoted(doc: Doc, i: int) -> bool:
    """Does a quotation open at token `i`, or just before it?"""
    return doc[i].is_quote or (i > 0 and doc[i - 1].is_quote)


def right_end(cue: CueWords, first: Token) -> int:
    """Where content that begins with `first` ends: with what hangs on the cue, but for joined verbs and adjuncts
    of time and place at the end."""
    end = first.right_edge.i + 1
    for child in sorted(cue.head.children, key=lambda c: c.i):
        if child.left_edge.i < end or child.i <= first.i:
            continue
        if child.dep_ in ("conj", "cc", "punct", "nsubj", "parataxis") and child.pos_ in (
            "VERB",
            "AUX",
            "CCONJ",
            "PUNCT",
        ):
            if child.dep_ == "punct":
                continue
            break
        if is_adjunct(child):
            break
        end = child.right_edge.i + 1
    return cut_at_cue(cue.head.doc, first.left_edge.i, real_end(cue.head.doc, end))


def real_end(doc: Doc, end: int) -> int:
    """`end`, or the end of the next parsed sentence where the parser has ended one without any punctuation."""
    if end < len(doc) and doc[end].is_sent_start and doc[end - 1].text[-1] not in '.!?:;”"' and not doc[end].is_punct:
        return doc[end].sent.end
    return end


def is_adjunct(child: Token) -> bool:
    """Time, place or circumstance of the speaking, not part of what was said."""
    if child.dep_ == "advcl":
        return child.tag_ == "VBG" or any(
            c.dep_ == "mark" and c.lower_ in ("as", "while", "when", "after", "before") for c in child.children
        )
    if child.dep_ == "prep":
        return child.lower_ in TIME_AND_PLACE
    return child.dep_ in ADJUNCTS and (child.ent_type_ in ("DATE", "TIME") or child.pos_ == "ADV")


def cut_at_cue(doc: Doc, start: int, end: int) -> int:
    """`end`, or an earlier place where a quotation has closed and a participle goes on: “…,” highlighting …"""
    for i in range(start + 1, end - 1):
        if doc[i].is_quote and doc[i - 1].text in ",.!?" and doc[i + 1].tag_ in ("VBG",) and i + 1 > start:
            return i + 1
    return end


def cut_at_joined(cue: CueWords, complement: Token, end: int) -> int:
    """`end`, or an earlier place where another cue of the same tense goes on: said he would stay *and warned* against …"""
    for token in complement.subtree:
        if token.dep_ == "conj" and token.tag_ == cue.head.tag_ in ("VBD", "VBZ") and token.i > complement.i:
            verb = reporting_verbs().get(token.lemma_.lower())
            own = any(c.dep_ in ("nsubj", "nsubjpass") for c in token.children)
            before = token.head
            if verb and verb.kind != "attitude" and not own and (before.tag_ != token.tag_ or has_modal(before)):
                joined = next((c.i for c in before.children if c.dep_ == "cc" and before.i < c.i < token.i), token.i)
                return min(end, joined)
    return end


def has_modal(token: Token) -> bool:
    return any(c.dep_ == "aux" for c in token.children)


def without(whole: Range, aside: Range) -> tuple[Range, ...]:
    """The parts of `whole` that lie outside `aside`.

    >>> without((0, 9), (3, 6)), without((0, 9), (0, 4)), without((0, 3), (5, 6))
    (((0, 3), (6, 9)), ((4, 9),), ((0, 3),))
    """
    parts = ((whole[0], min(whole[1], aside[0])), (max(whole[0], aside[1]), whole[1]))
    return tuple((a, b) for a, b in parts if a < b)


def trimmed(doc: Doc, ranges: tuple[Range, ...]) -> tuple[Range, ...]:
    """The ranges without edge punctuation and a leading "that"; quotation marks stay, empty ranges go."""
    found = []
    for start, end in ranges:
        while start < end and (
            doc[start].is_space or (doc[start].is_punct and not doc[start].is_quote and doc[start].text not in "([-")
        ):
            start += 1
        if start < end and doc[start].lower_ == "that" and doc[start].dep_ == "mark":
            start += 1
        while end > start and (doc[end - 1].is_space or doc[end - 1].text in {",", ";", ":", "—", "–", "-", ".", "--"}):
            end -= 1
        if any(t.is_alpha or t.like_num for t in doc[start:end]):
            found.append((start, end))
    return tuple(found)
