"""Reports inside what somebody says: “Mr. Lind said the port was safe,” Ms. Roe told reporters.

Only a report with a subject of its own that names a person, an office or a body, in a finite verb of speech and with a
clause for its content, is taken: “people say”, “he will say”, “if Mr. Lind says” report nothing that was said.
"""

from __future__ import annotations

from helpers.reporting.candidates import Candidate, Scene
from helpers.reporting.cues import CueWords
from helpers.reporting.rules import OWN_SOURCE
from helpers.reporting.sources import Source, source_kind
from helpers.text.quotation_marks import Quotation
from helpers.tree import FINITE

CLAUSES = ("clause_after", "clause_after_listener", "quotation_after", "beside_according")
SPEAKERS = ("person", "role", "organisation", "country")
BODY = "organisation noun"
PERSONS = ("pronoun he", "pronoun she")  # in a transcript, where the turns before tell who they are
NOT_TOLD = ("MD", "TO", "WP", "WRB")  # children of a verb that tells no more of what was said: may, to, what, when
CONDITIONS = frozenset({"if", "whether", "unless", "until", "lest"})


def is_told(
    scene: Scene, cue: CueWords, source: Source | None, candidate: Candidate, quotation: Quotation, persons: bool
) -> bool:
    """Does a named source say a clause here, all of it inside the quotation?"""
    if source is None or source.rule not in OWN_SOURCE or candidate.rule not in CLAUSES:
        return False
    if not took_place(cue):
        return False
    kind = source_kind(scene.read, source)
    named = kind in SPEAKERS or kind.startswith("name ") or (persons and kind in PERSONS)
    if not named and not (kind == BODY and is_definite(source)):
        return False
    words = scene.tree.words
    return all(
        quotation.inner_start <= words[a].idx and words[b - 1].end <= quotation.inner_end for a, b in candidate.ranges
    )


def took_place(cue: CueWords) -> bool:
    """Does the verb tell of a speaking that took place, rather than one that may, should or did not?"""
    return cue.head.tag in FINITE and not any(
        c.tag in NOT_TOLD or c.dep == "neg" or (c.dep == "mark" and c.lower in CONDITIONS) for c in cue.head.children
    )


def is_definite(source: Source) -> bool:
    """Is it one body that is known: the navy, your ministry?"""
    return source.head.tag != "NNS" and any(c.tag == "PRP$" or c.lower == "the" for c in source.head.children)
