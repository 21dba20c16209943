"""The rules of reporting as things: each has an id that never changes, and an explanation that may.

>>> RULES["clause_after"].about
'content'

Candidates, features and `Statement.why` hold ids; `helpers.explain` and the codebook render the explanations. Nothing asks
what an explanation says. {cue}, {source} stand for the words of the statement.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from helpers.records import Asserted


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its id, what it tells, and how it is explained to a person."""

    id: str
    about: Literal["source", "content", "mood"]
    explanation: str


LISTED = (
    Rule("source_subject", "source", "“{source}” is the subject of “{cue}”, so it is the source."),
    Rule("source_above", "source", "“{cue}” has no subject of its own; that of the verb it hangs on is “{source}”."),
    Rule("source_according", "source", "“{source}” follows “according to”, so it is the source."),
    Rule("source_quoted", "source", "“{source}” is quoted as “{cue}” what follows."),
    Rule("source_by", "source", "“{cue}” is passive, and “by {source}” names who did it."),
    Rule("source_beside", "source", "The name “{source}” stands right beside “{cue}”."),
    Rule("source_relative", "source", "“{source}” stands for the words before it; that is who speaks."),
    Rule("source_possessor", "source", "“{cue}” is somebody's: that of “{source}”."),
    Rule("source_owner", "source", "“{cue}” hangs on a deed, and the deed is that of “{source}”."),
    Rule("source_noun", "source", "“{cue}” belongs to “{source}”, beside which it stands."),
    Rule("source_unnamed", "source", "Nobody is named as having said it by “{cue}”."),
    Rule("signed", "source", "“{source}” stands behind the quotation after a dash, or before it with a colon."),
    Rule("label_of_turn", "source", "“{source}” stands before the words with a colon, as in a transcript."),
    Rule("label_above", "source", "“{source}” stands on a line of its own above the words, as in the records of parliaments."),
    Rule("remarks_of", "source", "A line above says that these are the words of “{source}”."),
    Rule("turn_answers", "source", "A question stands above it and no name, so it is the answer of whoever is asked."),
    Rule("signed_below", "source", "“{source}” signs the words in the line below them."),
    Rule("turn_asks", "source", "It is a question in an interview without labels; whoever asks is not named."),
    Rule("headline_label", "source", "In the headline, “{source}” stands beside a colon, and the rest is what was said."),
    Rule("clause_after", "content", "What was said is the clause that follows “{cue}”."),
    Rule("clause_after_listener", "content", "What was said is the clause after the one who was told."),
    Rule("clause_before", "content", "What was said stands before “{cue}”."),
    Rule("clause_around", "content", "“{cue}” stands in the midst of what was said; the words on both sides belong together."),
    Rule("sentence_around", "content", "“{cue}” is an aside; the rest of the sentence is what was said."),
    Rule("beside_according", "content", "The rest of the sentence is what was said."),
    Rule("preposition_after", "content", "What was said follows “{cue}”."),
    Rule("infinitive_after", "content", "What was said is what “{cue}” announces or asks for (an infinitive)."),
    Rule("gerund_after", "content", "What was said is the deed that “{cue}” speaks of."),
    Rule("noun_after", "content", "What was said is named by the words after “{cue}”, not by a sentence."),
    Rule("done_to", "content", "“{cue}” is passive; its subject is what was said."),
    Rule("quotation_after", "content", "What was said begins with a quotation behind “{cue}”."),
    Rule("quotation_beside", "content", "A quotation stands beside “{cue}”."),
    Rule("headline_verb", "content", "In the headline, what was said is all that follows “{cue}”."),
    Rule("joined", "content", "A further quotation goes on with it in the same sentence."),
    Rule("goes_on", "content", "A further quotation follows with no speaker of its own: the same speaker goes on."),
    Rule("speaker_before", "content", "It is a quotation without a speaker of its own, so whoever spoke before is taken to go on."),
    Rule("turn_goes_on", "content", "In a transcript, a paragraph without a name belongs to whoever was speaking."),
    Rule("after_colon", "content", "The paragraph before ends with “{cue}” and a colon; what was said is this paragraph."),
    Rule("quotation_goes_on", "content", "It stands in the midst of a quotation that began in an earlier paragraph."),
    Rule("without_cue", "content", "It is a quotation, and nothing near it tells who speaks."),
    Rule("told_within", "content", "It stands inside what somebody else says."),
    Rule("not_said", "mood", "It was not said: “{cue}” is declined, denied or negated."),
    Rule("supposed", "mood", "It is only supposed to be said: “{cue}” is imagined, asked or planned."),
)  # fmt: skip
RULES = {rule.id: rule for rule in LISTED}
MOODS: dict[str, Asserted] = {"not_said": "not said", "supposed": "supposed"}
# the layout says that these are the speaker's own words
TURNS = frozenset(
    {"label_of_turn", "label_above", "remarks_of", "turn_answers", "turn_asks", "turn_goes_on", "signed_below"}
)
VERBATIM = TURNS | {"after_colon", "quotation_goes_on"}
PLACED = VERBATIM | {"headline_label", "headline_verb"}  # by layout alone
OWN_SOURCE = frozenset({"source_subject", "source_by", "source_according"})  # the cue itself names who speaks
