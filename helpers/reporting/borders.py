"""Where content begins and ends: what hangs on the cue belongs to it, what tells of the speaking does not.

>>> without((0, 9), (3, 6)), without((0, 9), (0, 4)), without((0, 3), (5, 6))
(((0, 3), (6, 9)), ((4, 9),), ((0, 3),))
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from helpers.knowledge.reporting import ReportingVerb, occasions, reporting_verbs
from helpers.parse import Range
from helpers.reporting.cues import CueWords, children, is_according, misread_verb

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

ALWAYS_TIME = frozenset("during after before ahead amid since until following alongside".split())
TIME_OR_PLACE = frozenset({"on", "at", "in"})
PLACES = ("DATE", "TIME", "GPE", "LOC", "FAC", "EVENT")
ADJUNCTS = ("npadvmod", "advmod")
WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday today yesterday earlier".split())
CIRCUMSTANCES = frozenset("after before when while as without during amid following".split())
INDEFINITE = frozenset("a an his her its their".split())
REMARKS = frozenset(
    "accusation allegation assertion charge claim comment decision development figure move prospect reference remark reversal "
    "shift statement step suggestion".split()
)
UNSAID = frozenset(
    "giving elaborating specifying naming providing identifying offering citing explaining mentioning".split()
)
UNCHANGED = frozenset({"forecast", "broadcast", "put"})  # verbs whose past is like the present
EMPTY = frozenset({"PRON", "DET", "SCONJ", "ADP", "CCONJ", "PUNCT", "PART", "SPACE", "AUX", "SYM"})
EDGE = frozenset({",", ";", ":", "—", "–", "-", ".", "--"})


@dataclass(frozen=True, slots=True)
class Content:
    """The content as token ranges, and the rule that found it."""

    ranges: tuple[Range, ...]
    rule: str


def right_end(cue: CueWords, first: Token) -> int:
    """Where content that begins with `first` ends: with what hangs on the cue, but for joined verbs and adjuncts
    of time and place at the end."""
    doc, end = cue.head.doc, first.right_edge.i + 1
    hanging = [c for c in cue.head.children if c.left_edge.i >= end and c.i > first.i]
    for child in sorted(hanging, key=lambda c: c.i):
        if child.dep_ == "punct":
            continue
        if child.dep_ in ("conj", "cc", "nsubj", "parataxis") and child.pos_ in ("VERB", "AUX", "CCONJ"):
            break
        if child.tag_ == "VBN" and begins_report(child):
            break
        if is_adjunct(child) and not any(c.dep_ in ("xcomp", "ccomp") and c.i > child.i for c in hanging):
            break
        end = child.right_edge.i + 1
    start, end = first.left_edge.i, real_end(doc, end)
    end = cut_at_report(cue, first, cut_at_joined(cue, first, cut_at_cue(doc, start, end)))
    return cut_at_remark(doc, start, cut_at_occasion(doc, start, cut_at_circumstance(doc, start, end)))


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
        told = children(child, "pobj")
        occasion = any(o.ent_type_ in PLACES or o.lemma_.lower() in occasions() for o in told)
        return child.lower_ in ALWAYS_TIME or (child.lower_ in TIME_OR_PLACE and occasion)
    return child.dep_ in ADJUNCTS and (child.ent_type_ in ("DATE", "TIME") or child.pos_ == "ADV")


def cut_at_occasion(doc: Doc, start: int, end: int) -> int:
    """`end`, or an earlier place from which only the occasion of speaking is told: the seizure *in a statement*."""
    for token in doc[start + 1 : end]:
        if token.lower_ in ("in", "at", "during") and token.right_edge.i + 1 == end:
            for told in children(token, "pobj"):
                own = any(d.lower_ in INDEFINITE for d in children(told, "det", "poss"))
                if own and told.lemma_.lower() in occasions():
                    return token.i
    return end


def cut_at_semicolon(doc: Doc, start: int, end: int) -> int:
    """`end`, or an earlier semicolon behind which somebody else speaks: said he had left; *the other called that theatre*."""
    quoted = False
    for token in doc[start:end]:
        quoted ^= token.is_quote
        if token.text == ";" and not quoted and any(reports_anew(t) for t in doc[token.i + 1 : end]):
            return token.i
    return end


def reports_anew(verb: Token) -> bool:
    """Does the verb report with a subject and a tense of its own?"""
    listed = reporting_verbs().get(verb.lemma_.lower()) if verb.tag_ in ("VBD", "VBZ", "VBP") else None
    return listed is not None and listed.kind != "attitude" and bool(children(verb, "nsubj"))


def cut_at_remark(doc: Doc, start: int, end: int) -> int:
    """`end`, or an earlier comma after which the reporter says what it was: could go to court, *a move that worries envoys*."""
    for token in doc[start + 1 : end - 2]:
        after = doc[token.i + 1]
        if (
            token.text == ","
            and after.lower_ in ("a", "an")
            and after.head.i < end
            and after.head.lemma_.lower() in REMARKS
        ):
            return token.i
    return end


def cut_at_circumstance(doc: Doc, start: int, end: int) -> int:
    """`end`, or an earlier place where a circumstance begins after a comma or a closed quotation:
    to set up a hotline, *ending years of silence*; a “technical error”, *without explaining*; “a farce” *after he left*."""
    quoted = False
    for token, following in pairwise(doc[start:end]):
        quoted ^= token.is_quote
        closed = token.is_quote and not quoted
        if closed and following.lower_ in CIRCUMSTANCES and token.i > start:
            return following.i
        comma = token.text == "," and not quoted
        if comma and (following.lower_ == "without" or (following.tag_ == "VBG" and following.dep_ == "advcl")):
            return token.i
    return end


def cut_at_cue(doc: Doc, start: int, end: int) -> int:
    """`end`, or an earlier place where a quotation has closed and a participle goes on: “…,” highlighting …"""
    for i in range(start + 1, end - 1):
        if doc[i].is_quote:
            comma = doc[i + 1].text == "," and i + 2 < end
            if (comma or doc[i - 1].text in ",.!?") and doc[i + 1 + comma].tag_ == "VBG":
                return i + 1
    return end


def cut_at_joined(cue: CueWords, complement: Token, end: int) -> int:
    """`end`, or an earlier place where another cue of the same tense goes on: said he would stay *and warned* against …"""
    for token in complement.subtree:
        if token.dep_ == "amod" and complement.i < token.i < end and misread_verb(token) is not None:
            return token.i - 1
        past = "VBD" if token.lemma_ in UNCHANGED and token.text == token.lemma_ else token.tag_
        if token.dep_ == "conj" and past == cue.head.tag_ in ("VBD", "VBZ") and token.i > complement.i:
            verb = reporting_verbs().get(token.lemma_.lower())
            own = children(token, "nsubj", "nsubjpass")
            before = token.head
            apart = before.tag_ != token.tag_ or bool(children(before, "aux"))
            that = any(t.lower_ == "that" and t.dep_ == "mark" for t in token.doc[token.i + 1 : token.i + 5])
            another = own and bool(children(before, "aux")) and that  # and the other insisted that …
            if verb and verb.kind != "attitude" and (not own or another) and apart and could_report(token, verb):
                joined = next((c.i for c in children(before, "cc") if before.i < c.i < token.i), token.i)
                return min(end, joined)
    return end


def could_report(token: Token, verb: ReportingVerb) -> bool:
    """Does what hangs on the verb fit it: warned *against haste*; but not: had spoken and found *two deaf men*?"""
    if not children(token, "dobj") or verb.frames & {"noun", "listener", "name", "as", "infinitive"}:
        return True
    return bool(children(token, "ccomp", "xcomp"))


def cut_at_report(cue: CueWords, content: Token, end: int) -> int:
    """`end`, or an earlier comma after which another report begins: said it would hold, *adding that* …;
    said it would hold, *while Mr. Lind cautioned* against …"""
    doc = content.doc
    for token in content.subtree:
        if token.lower_ == "per" and content.i < token.i < end and is_according(token):
            return token.i - 1
        if not content.i < token.i < end or not (begins_report(token) or says_no_more(token)):
            continue
        start = token.head.i if says_no_more(token) else token.left_edge.i
        before = start - 2 if doc[start - 1].is_quote else start - 1  # “every letter,” while …
        if start > content.i and doc[before].text == ",":
            return min(end, start - 1 if before == start - 1 else start)
    return end


def says_no_more(verb: Token) -> bool:
    """Is it what the speaker leaves out: said that losses had doubled, *without giving figures*?"""
    return verb.lower_ in UNSAID and verb.dep_ == "pcomp" and verb.head.lower_ == "without"


def begins_report(verb: Token) -> bool:
    """Does this verb, in a participle or a clause with "while", report on its own?"""
    listed = reporting_verbs().get(verb.lemma_.lower())
    if listed is None or listed.kind == "attitude" or verb.dep_ not in ("advcl", "conj", "acl"):
        return False
    if verb.tag_ == "VBN" and verb.dep_ == "advcl":
        # reaffirmed the pact, *condemned* raids
        return bool(children(verb, "dobj")) and not children(verb, "aux", "auxpass")
    if verb.tag_ == "VBG":
        return verb.dep_ == "advcl" and bool(children(verb, "ccomp", "xcomp", "dobj", "prep"))
    contrasts = any(c.lower_ in ("while", "whereas") for c in children(verb, "mark"))
    return contrasts and bool(children(verb, "nsubj"))


def without(whole: Range, aside: Range) -> tuple[Range, ...]:
    """The parts of `whole` that lie outside `aside`."""
    parts = ((whole[0], min(whole[1], aside[0])), (max(whole[0], aside[1]), whole[1]))
    return tuple((a, b) for a, b in parts if a < b)


def trimmed(doc: Doc, ranges: tuple[Range, ...]) -> tuple[Range, ...]:
    """The ranges without edge punctuation, the day of speaking and a leading "that"; those of function words alone go."""
    found = []
    for start, end in ranges:
        start = after_lead(doc, start, end)
        while end > start and (doc[end - 1].is_space or doc[end - 1].text in EDGE or is_left_over(doc, end)):
            end -= 1
        if any(t.pos_ not in EMPTY or t.is_quote for t in doc[start:end]) or is_short_clause(doc, start, end):
            found.append((start, end))
    return tuple(found)


def is_short_clause(doc: Doc, start: int, end: int) -> bool:
    """Is it a clause of function words: said *it would not*?"""
    return any(t.tag_ in ("MD", "VBZ", "VBD", "VBP") and children(t, "nsubj") for t in doc[start:end])


def is_left_over(doc: Doc, end: int) -> bool:
    """Is the last token before `end` an "and" or "but" whose second half is no part of the content?"""
    last = doc[end - 1]
    return last.dep_ == "cc" and end < len(doc) and not doc[end].is_punct


def after_lead(doc: Doc, start: int, end: int) -> int:
    """The first token of content that begins at `start` with punctuation, "only that", "Monday" …"""
    while start < end and (
        doc[start].is_space or (doc[start].is_punct and not doc[start].is_quote and doc[start].text not in "([-")
    ):
        start += 1
    day = start + (start < end and doc[start].lower_ == "on")
    if (
        day + 1 < end
        and doc[day].lower_ in WEEKDAYS
        and doc[day].dep_ in ("npadvmod", "pobj", "advmod", "nmod", "compound")
    ):
        start = day + 1
    adverb = start + 1 < end and doc[start].pos_ == "ADV"
    that = start + adverb
    if that < end and doc[that].lower_ == "that" and is_mark(doc, that):
        start = that + 1
    return start


def is_mark(doc: Doc, that: int) -> bool:
    """Does "that" only open the clause? Also where the parser takes it for "which": said in a note that ships would sail."""
    following = doc[that + 1].pos_ if that + 1 < len(doc) else ""
    return doc[that].dep_ == "mark" or (
        doc[that].tag_ == "WDT" and following in ("DET", "PRON", "NOUN", "PROPN", "ADJ")
    )
