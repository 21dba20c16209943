"""Reports inside what somebody says: “Mr. Lind said the port was safe,” Ms. Roe told reporters.

>>> [d.rules for d in retold(read, drafts, cues, quotations)]      # doctest: +SKIP
[['subject of the cue', 'clause after the cue', 'told within a quotation']]

Only a report with a subject of its own that names a person, an office or a body, in a finite verb of speech and with a
clause for its content, is taken: “people say”, “he will say”, “if Mr. Lind says” report nothing that was said.
"""

from __future__ import annotations

from collections.abc import Sequence

from helpers.names.paragraphs import Read
from helpers.reporting.cues import UNLISTED, CueWords
from helpers.reporting.decide import SURE, likelihood, source_kind
from helpers.reporting.drafts import Draft, by_grammar, cues_of
from helpers.text.quotation_marks import Quotation, quotes_inside

TOLD_WITHIN = "told within a quotation"
OWN_SOURCE = ("subject of the cue", "source after by", "source after according to")
CLAUSES = ("clause after", "rest of the sentence")
SPEAKERS = ("person", "role", "organisation", "country")
BODY = "organisation noun"
PERSONS = ("pronoun he", "pronoun she")  # in a transcript, where the turns before tell who they are
NOT_TOLD = ("MD", "TO", "WP", "WRB")  # children of a verb that tells no more of what was said: may, to, what, when
CONDITIONS = frozenset({"if", "whether", "unless", "until", "lest"})


def retold(
    read: Read,
    drafts: Sequence[Draft],
    cues: Sequence[CueWords],
    quotations: Sequence[Quotation],
    kinds: Sequence[str] = (),
) -> list[Draft]:
    """The reports inside the quotations that are statements; `cues` are those inside quotations.

    `kinds` of source are taken beside those that name somebody.
    """
    said = [q for q in quotations if any(d.covers(q.inner_start, q.inner_end) for d in drafts)]
    found = []
    for cue in cues:
        quotation = next((q for q in said if q.start < cue.head.idx < q.end), None)
        if quotation is None or cue.kind == UNLISTED or not took_place(cue):
            continue
        draft = by_grammar(read, cue, quotes_inside(quotation))
        if draft is None or not is_report(read, draft, quotation, kinds):
            continue
        draft.confidence = likelihood(draft, read, [draft], quotations)
        if draft.confidence >= SURE:
            draft.rules.append(TOLD_WITHIN)
            found.append(draft)
    return found


def retold_in_turn(read: Read, turn: Draft) -> list[Draft]:
    """The reports inside a turn of a transcript, which is one quotation without marks."""
    (start, end), *_ = turn.ranges
    whole = Quotation(start, end, start, end, read.parsed.text[start:end], True)
    outside, inside = cues_of(read, quotes_inside(whole))
    return retold(read, [turn], [*outside, *inside], [whole], PERSONS)


def took_place(cue: CueWords) -> bool:
    """Does the verb tell of a speaking that took place, rather than one that may, should or did not?"""
    verb = cue.head
    if verb.dep_ == "relcl" or (verb.lower_ != "according" and verb.tag_ not in ("VBD", "VBZ", "VBP", "VBN")):
        return False
    return not any(
        c.tag_ in NOT_TOLD or c.dep_ == "neg" or (c.dep_ == "mark" and c.lower_ in CONDITIONS) for c in verb.children
    )


def is_report(read: Read, draft: Draft, quotation: Quotation, kinds: Sequence[str]) -> bool:
    """Does a named source say a clause here, all of it inside the quotation?"""
    assert draft.content is not None
    if draft.rules[0] not in OWN_SOURCE or not draft.content.rule.startswith(CLAUSES):
        return False
    kind = source_kind(draft, read)
    named = kind in SPEAKERS or kind in kinds or kind.startswith("name ") or (kind == BODY and is_definite(draft))
    return named and all(quotation.inner_start <= a and b <= quotation.inner_end for a, b in draft.ranges)


def is_definite(draft: Draft) -> bool:
    """Is it one body that is known: the navy, your ministry?"""
    return (
        draft.head is not None
        and draft.head.tag_ != "NNS"
        and any(c.tag_ == "PRP$" or c.lower_ == "the" for c in draft.head.children)
    )
