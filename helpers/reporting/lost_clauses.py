"""Content that the parser hangs elsewhere than on its cue: as tokens, or nothing.

>>> doc = pipeline()("Nine concerned seals, it said.")                       # doctest: +SKIP
>>> doc[slice(*before_the_source(find_cues(doc)[0], (5, 6)))].text           # doctest: +SKIP
'Nine concerned seals'

The small parser errs most where a report is turned round, where a place or an occasion stands between cue and clause, and
where a noun could be a verb. Each function knows one such error by its traces, and is asked only where no clause was found.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.knowledge.reporting import occasions, speaker_nouns
from helpers.parse import Range
from helpers.reporting.cues import CueWords, children, cut_off, misread_verb

if TYPE_CHECKING:
    from spacy.tokens import Token

CONDITIONS = frozenset("when if whether because unless once although though until".split())
# what a lost clause is hung on the cue as
LEFT_OVER = ("nsubj", "dep", "advcl", "npadvmod", "attr", "dobj", "meta", "intj")


def cut_off_behind_adjunct(cue: CueWords) -> Range | None:
    """Warned without new ships, *the guard could not patrol*."""
    main = cut_off(cue.head)
    return (cue.end, main.right_edge.i + 1) if main is not None else None


def behind_occasion(cue: CueWords) -> Range | None:
    """Said in a press release that *a group would meet*: the parser takes "that" for "which"."""
    for prep in children(cue.head, "prep"):
        for noun in children(prep, "pobj"):
            if prep.i < cue.head.i or not is_occasion(noun):
                continue
            for verb in children(noun, "relcl", "acl"):
                first = verb.left_edge
                subjects = [c for c in children(verb, "nsubj", "nsubjpass", "expl") if c.i > first.i]
                if first.lower_ == "that" and first.i == noun.i + 1 and subjects:
                    return first.i + 1, verb.right_edge.i + 1
    return None


def beside_relative(cue: CueWords) -> Range | None:
    """Roe, who brags *she has held a hundred meetings*: the parser hangs both verbs on Roe."""
    verb, doc = cue.head, cue.head.doc
    if verb.dep_ != "relcl" or cue.end >= len(doc) or children(verb, "dobj") or doc[cue.end].tag_ in ("WP", "WDT"):
        return None
    after = doc[cue.end].head
    beside = after.dep_ in ("relcl", "acl") and after.head.i == verb.head.i and after.i > cue.end
    subject = any(c.i >= cue.end for c in children(after, "nsubj", "nsubjpass", "expl"))
    return (cue.end, after.right_edge.i + 1) if beside and subject else None


def is_occasion(noun: Token) -> bool:
    """Is it something in which people speak or write: a statement, a release, a letter?"""
    lemma = noun.lemma_.lower()
    return lemma in occasions() or speaker_nouns().get(lemma) == "document"


def before_the_source(cue: CueWords, source: Range | None) -> Range | None:
    """*Nine concerned seals*, it said; *Drevian ships surveyed nine cables last year*, the agency says in its report."""
    verb = cue.head
    if source is None or not 0 < source[0] <= verb.i or source[1] < cue.start - 2:
        return None
    doc, start = verb.doc, verb.sent.start
    comma = source[0] - 1
    if doc[comma].text != "," or comma - start < 2 or doc[start].pos_ in ("ADP", "SCONJ", "ADV"):
        return None
    if children(verb, "ccomp", "xcomp", "dobj"):
        return None
    hung = [c for c in verb.children if c.i < comma and c.right_edge.i == comma - 1]
    if not hung or hung[0].dep_ not in LEFT_OVER or not tells(hung[0]):
        return None
    return start, comma


def led_by_condition(cue: CueWords, source: Range | None, after: Range) -> tuple[Range, ...]:
    """The content with the condition before an inserted cue: *when the rule takes effect*, she added, *it will help*."""
    doc, start = cue.head.doc, cue.head.sent.start
    if source is None or not start < source[0] <= cue.start or doc[start].lower_ not in CONDITIONS:
        return (after,)
    inserted = doc[source[0] - 1].text == "," and cue.end < len(doc) and doc[cue.end].text == ","
    lead = doc[start : source[0] - 1]
    if (
        not inserted
        or any(t.lemma_ in ("ask", "press") for t in lead)
        or not any(t.tag_.startswith("VB") for t in lead)
    ):
        return (after,)
    return (start, source[0] - 1), after


def tells(head: Token) -> bool:
    """Could the phrase be a sentence that was taken for a phrase: has it a word for a deed?"""
    if head.dep_ == "advcl":
        return head.tag_ == "VB" and not children(head, "mark", "aux", "advmod")  # strip out the options, he said
    deeds = [
        c for c in head.children if c.dep_ in ("acl", "amod") and (c.tag_ in ("VBN", "VBD") or c.text.endswith("ed"))
    ]
    return any(c.i > head.left_edge.i for c in deeds)


def of_misread(cue: CueWords) -> Range | None:
    """What a verb says that is taken for an adjective: and urged *young officers to stay*; and estimated *repairs would take
    three weeks*."""
    noun = cue.head.head
    if cue.head.dep_ != "amod" or misread_verb(cue.head) is None:
        return None
    after = noun.doc[noun.i + 1]
    verb = after.head if after.tag_ == "TO" and after.head.i > after.i else noun.head
    return (cue.end, verb.right_edge.i + 1) if verb.i > noun.i else None


def renamed(cue: CueWords) -> Range | None:
    """Called *the withdrawal reckless*: the parser takes the two for one noun."""
    named = children(cue.head, "oprd")
    # a group called the Sea Lions
    participle = cue.head.tag_ in ("VBN", "VBD") and not children(cue.head, "nsubj", "aux")
    if "name" not in cue.frames or len(named) != 1 or participle or children(cue.head, "dobj", "nsubjpass", "auxpass"):
        return None
    start, end = named[0].left_edge.i, named[0].i + 1
    return (start, end) if start > cue.head.i and end - start > 2 and named[0].doc[start].pos_ == "DET" else None
