"""Reports inside what somebody says: “Mr. Lind said the port was safe,” Ms. Roe told reporters.

Only a report with a subject of its own that names a person, an office or a body, in a finite verb of speech and with a
clause for its content, is taken: “people say”, “he will say”, “if Mr. Lind says” report nothing that was said.
"""

from __future__ import annotations

from helpers.knowledge.reporting import speaker_nouns
from helpers.names.paragraphs import Read
from helpers.reporting.candidates import Candidate, Scene
from helpers.reporting.cues import CueWords
from helpers.reporting.rules import OWN_SOURCE
from helpers.reporting.sources import Source
from helpers.text.quotation_marks import Quotation
from helpers.tree import FINITE, Word

CLAUSES = ("clause_after", "clause_after_listener", "quotation_after", "beside_according")
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
    if not (is_named(scene.read, source.head) or (persons and source.head.lower in ("he", "she"))):
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


def is_named(read: Read, head: Word) -> bool:
    """Is it somebody by name or by office, or one body that is known: Ms. Roe, an official, the navy, your ministry?"""
    one = head.tag == "NN" and any(c.tag == "PRP$" or c.lower == "the" for c in head.children)
    known = one and speaker_nouns().get(head.lemma) == "organisation"
    return known or head.pos == "PROPN" or any(role.head_start <= head.i < role.head_end for role in read.roles)
