"""Clauses as content: after the cue, before it, around it, or with the cue as an aside.

>>> doc = pipeline()("The pact, Ms. Roe said, will hold.")                         # doctest: +SKIP
>>> [doc[a:b].text for a, b in clause(find_cues(doc)[0], (2, 4)).ranges]           # doctest: +SKIP
['The pact,', 'will hold.']
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.knowledge.reporting import reporting_verbs
from helpers.parse import Range
from helpers.reporting.borders import (
    Content,
    cut_at_cue,
    cut_at_joined,
    cut_at_remark,
    cut_at_report,
    cut_at_semicolon,
    without,
)
from helpers.reporting.cues import CueWords, children, has_that
from helpers.reporting.lost_clauses import (
    before_the_source,
    behind_occasion,
    beside_relative,
    cut_off_behind_adjunct,
    led_by_condition,
    of_misread,
)

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

JOINING = frozenset({"so", "but", "and", "yet"})


def clause(cue: CueWords, source: Range | None) -> Content | None:
    """Said that …; …, she said; the pact, she said, will hold."""
    if not cue.frames & {"clause", "quote"}:
        return None
    verb = cue.head
    complement = complement_of(cue)
    if complement is None and verb.dep_ in ("parataxis",) and verb.head.pos_ in ("VERB", "AUX"):
        whole = (min(verb.left_edge.i, verb.head.left_edge.i), max(verb.head.right_edge.i, verb.right_edge.i) + 1)
        aside = (min(cue.start, source[0] if source else cue.start), max(cue.end, source[1] if source else cue.end))
        whole = (after_semicolon(verb.doc, whole[0], aside[0], source), whole[1])
        if is_quotation(verb.doc, whole[0], aside[0]) and not any(t.is_quote for t in verb.doc[aside[1] : whole[1]]):
            before = (whole[0], aside[0])  # “We are,” she said, and the lamps went out
            return Content((before,), "clause before the cue")
        return Content(without(whole, aside), "sentence around the cue")
    if complement is None:
        return lost_clause(cue, source)
    start, end = complement.left_edge.i, complement.right_edge.i + 1
    for more in verb.children:  # the parser may cut one clause in two: revealed that [a man called Lind] [was arrested]
        if more.i > complement.i and end > verb.i and goes_with(more, end):
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
        end = with_second_verb(cue, complement, end)
        listener = next(
            (c for c in verb.children if c.dep_ in ("dobj", "dative") and c.i < start and "listener" in cue.frames),
            None,
        )
        named = next((c.left_edge.i for c in children(verb, "dobj") if verb.i < c.i < start), start)
        start = named if "name" in cue.frames else start  # calling *Mr. Lind “the best we have”*
        rule = "clause after the cue" if listener is None else "clause after the listener"
        end = cut_at_remark(verb.doc, start, cut_at_semicolon(verb.doc, start, end))
        end = cut_at_report(cue, complement, cut_at_joined(cue, complement, cut_at_cue(verb.doc, start, end)))
        return Content(led_by_condition(cue, source, (start, end)), rule)
    if goes_its_own_way(cue, end) and not starts_quoted(verb.doc, start):
        return None
    return before_cue(cue, source, (start, end))


def complement_of(cue: CueWords) -> Token | None:
    """The clause that is the object of the cue: of two, the one after it, but for “…,” she said, “…”."""
    clauses = [c for c in cue.head.children if is_complement(c, cue) and c.i not in range(cue.start, cue.end)]
    after = next((c for c in clauses if c.i > cue.head.i), None)
    before = clauses[0] if clauses else None
    if before is None or after is None or before is after:
        return before
    doc, first = before.doc, after.left_edge.i
    if doc[before.right_edge.i].is_quote or starts_quoted(doc, before.left_edge.i):
        return before
    if starts_quoted(doc, first) or before.left_edge.pos_ in ("ADP", "SCONJ"):
        return after
    added = "," in (doc[first].text, doc[first - 1].text) and doc[before.right_edge.i + 1].text == ","
    return before if added and not children(after, "mark") else after  # it will close, she said Tuesday, a step …


def is_complement(child: Token, cue: CueWords) -> bool:
    """Is this clause the cue's object? Also where the parser takes one right after it for a circumstance:
    have not said *when it would open*, wrote in the night *that it was open*."""
    if child.dep_ == "ccomp":
        return True
    if child.dep_ == "xcomp" and child.tag_ == "VBG" and not cue.frames & {"gerund", "noun"}:
        return child.i > cue.head.i and bool(children(child, "ccomp"))  # say taxing consumption encourages savings
    if child.dep_ != "advcl" or child.i < cue.head.i:
        return False
    first = child.left_edge
    asked = cue.head.lemma_ == "ask" and any(c.i < first.i for c in children(cue.head, "dobj"))  # asked Ms. Roe when …
    return first.lower_ == "that" or (first.tag_ in ("WRB", "WP") and (asked or first.i == cue.end))


def goes_with(clause_: Token, end: int) -> bool:
    """Does the clause go on with content that ends at token `end`: right behind it, or with a further "that"?"""
    first = clause_.left_edge.i
    if clause_.dep_ == "ccomp" and first == end:
        return True
    between = clause_.doc[end:first]
    linked = first >= end and all(t.is_punct or t.is_quote or t.dep_ == "cc" for t in between)
    return linked and has_that(clause_) and clause_.dep_ in ("ccomp", "conj")


def with_second_verb(cue: CueWords, complement: Token, end: int) -> int:
    """`end`, or that of a second verb of the clause that the parser joins to the cue, though the "and" to the clause:
    told me that Lind counted the loaves *and came up short*."""
    last = cue.head.doc[end - 1]
    following = next((c for c in children(cue.head, "conj") if c.i >= end), None)
    if following is None or children(following, "nsubj"):
        return end
    joined = last.dep_ == "cc" and last.head.i == complement.i and following.left_edge.i == end
    modals = [{c.lower_ for c in children(v, "aux") if c.tag_ == "MD"} for v in (complement, following)]
    if not joined and not modals[0] & modals[1]:  # said he *would* come, but *would* not talk
        return end
    return end if following.lemma_.lower() in reporting_verbs() else following.right_edge.i + 1


def goes_its_own_way(cue: CueWords, end: int) -> bool:
    """Does the cue begin anew after the clause that ends at token `end`: it is not retroactive, *so* the sums asked …?"""
    between = range(end, cue.head.i)
    joined = any(c.i in between and c.lower_ in JOINING for c in cue.head.children)
    return joined or any(cue.head.doc[i].text == ";" for i in between)


def before_cue(cue: CueWords, source: Range | None, content: Range) -> Content | None:
    """A clause before the cue: from the last semicolon on, up to the comma before the source, and what goes on behind it:
    the risk is “low”, in this year at least, *the report concludes*, but could grow."""
    doc, verb = cue.head.doc, cue.head
    start = after_semicolon(doc, *content, source)
    if start > content[0] and doc[start].tag_ in ("VBN", "VBG"):
        return None  # …; asked by a reporter, she promised an answer
    end = up_to_source(cue, source, content[1])
    open_ended = end < verb.i and not is_quotation(doc, start, end)
    after = next((c for c in verb.children if goes_on_behind(cue, c)), None) if open_ended else None
    ranges = ((start, end),) if after is None else ((start, end), (after.left_edge.i, after.right_edge.i + 1))
    return Content(ranges, "clause before the cue" if after is None else "clause around the cue")


def after_semicolon(doc: Doc, start: int, end: int, source: Range | None) -> int:
    """`start`, or the token after the last semicolon outside quotation marks; also after a colon that leads from somebody
    to their words, where a pronoun is the source: the general corrected herself: *the notice*, she said, *came late*."""
    colon = source is not None and doc[source[0]].tag_ == "PRP"
    quoted, told = False, False
    for token in doc[start:end]:
        quoted ^= token.is_quote
        told |= token.dep_ == "nsubj" and token.pos_ != "DET" and not quoted
        led = token.text == ":" and colon and told
        if (led or token.text == ";") and not quoted and token.i + 1 < end:
            start = token.i + 1
    return start


def up_to_source(cue: CueWords, source: Range | None, end: int) -> int:
    """`end`, or the comma right before the source where only an adjunct stands between: due, *in the second half*, it added."""
    if source is None or not end < source[0] - 1 < cue.head.i or cue.head.doc[source[0] - 1].text != ",":
        return end
    between = [c for c in cue.head.children if end <= c.i < source[0] and c.dep_ != "punct"]
    return source[0] - 1 if between and all(c.dep_ == "prep" for c in between) else end


def goes_on_behind(cue: CueWords, verb: Token) -> bool:
    """Does the content go on with a verb that the parser joins to the cue: X is low, she said, *but Y is high*?"""
    doc, first = verb.doc, verb.left_edge.i
    if verb.dep_ != "conj" or verb.i < cue.end or verb.lemma_.lower() in reporting_verbs():
        return False
    joined = next((c.i for c in children(cue.head, "cc") if cue.end <= c.i < verb.i), first)
    told = max([cue.end, *(c.right_edge.i + 1 for c in children(cue.head, "dobj", "dative") if c.i < joined)])
    if joined != told + 1 or doc[told].text != ",":
        return False
    return bool(children(verb, "nsubj", "nsubjpass", "expl")) if joined < first else verb.tag_ in ("VBG", "VBN")


def lost_clause(cue: CueWords, source: Range | None) -> Content | None:
    """A clause that the parser does not hang on the cue, behind it or before it."""
    if "clause" in cue.frames:
        finders = (cut_off_behind_adjunct, behind_occasion, beside_relative, of_misread)
        after = next((found for finder in finders if (found := finder(cue)) is not None), None)
        if after is not None:
            return Content((after,), "clause after the cue")
    before = before_the_source(cue, source)
    return before_cue(cue, source, before) if before is not None else None


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
    put = cue.lemma == "put it" and any(t.text == "," for t in verb.doc[cue.end : cue.end + 1])
    last = cue.end if put else verb.right_edge.i + 1
    return Content(
        without((start, cut_at_cue(verb.doc, start, head.right_edge.i + 1)), (verb.left_edge.i, last)),
        "sentence around the cue",
    )


def is_quotation(doc: Doc, start: int, end: int) -> bool:
    """Does a quotation open at token `start` and close at `end`, or next to it?"""
    return starts_quoted(doc, start) and any(t.is_quote for t in doc[end - 1 : end + 2])


def starts_quoted(doc: Doc, i: int) -> bool:
    """Does a quotation open at token `i`, or just before it?"""
    return doc[i].is_quote or (i > 0 and doc[i - 1].is_quote)
