"""Cues: the words by which somebody's words are reported.

>>> tree = read_tree(pipeline()("Ms. Roe voiced concerns over tariffs, warning of delays."))    # doctest: +SKIP
>>> [(cue.head.text, cue.kind) for cue in find_cues(tree)]                                  # doctest: +SKIP
[('voiced', 'express'), ('warning', 'warn')]

Which verbs and nouns report is data (``reporting_verbs.csv``, ``reporting_nouns.csv``); a verb in no list may where a quotation
stands beside it. Whether anything was reported is chosen later (`helpers.reporting.choose`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from helpers.knowledge.reporting import ReportingVerb, reporting_nouns, reporting_verbs, speaker_nouns, unspoken
from helpers.text.quotation_marks import Quotation
from helpers.tree import FINITE, Tree, Word, child, children, is_passive

UNLISTED = "other"  # the class of a verb that is in no list
NEAR = 48  # characters between a quotation and such a verb
NO_FRAMES: frozenset[str] = frozenset()
VERBAL = frozenset({"VB", "VBD", "VBG", "VBN", "VBP", "VBZ"})


@dataclass(frozen=True, slots=True)
class CueWords:
    """A word that may report. `sort` is what it is: verb, act, noun, according (to); `start` and `end` are
    those of the cue without what the content brings along (called *for*)."""

    head: Word
    sort: str
    kind: str
    frames: frozenset[str]
    start: int
    end: int
    lemma: str
    prepositions: dict[str, str]
    passive: bool = False
    noun: Word | None = None  # of a speech act: voiced *concern*


def find_cues(tree: Tree, quotations: Sequence[Quotation] = ()) -> list[CueWords]:
    """The cues of a paragraph in the order of the text."""
    found: list[CueWords] = []
    for word in tree.words:
        cue = None
        if word.tag in VERBAL:
            if word.lower == "according":
                cue = according(word, tree)
            elif word.pos in ("VERB", "AUX", "NOUN"):
                cue = verb_cue(word, tree) or unlisted_verb(word, quotations)
        elif word.pos == "NOUN":
            cue = noun_cue(word)
        elif word.lower == "per":
            cue = per(word)
        if cue is not None:
            found.append(cue)
    return found


def according(word: Word, tree: Tree) -> CueWords | None:
    """*According to* Ms. Roe, …"""
    if word.i + 1 >= len(tree.words) or tree.words[word.i + 1].lower != "to":
        return None
    return CueWords(word, "according", "say", NO_FRAMES, word.i, word.i + 2, "according to", {})


def per(word: Word) -> CueWords | None:
    """No promise was made, *per* Ms. Roe; but not: ten dollars per barrel."""
    named = any(c.pos == "PROPN" or child(c, "appos") for c in children(word, "pobj"))
    return CueWords(word, "according", "say", NO_FRAMES, word.i, word.i + 1, "per", {}) if named else None


def verb_cue(word: Word, tree: Tree) -> CueWords | None:
    """The cue that a reporting verb makes, with its particle (rule *out*, put *it*) or the noun of a speech act."""
    listed, beside = listed_verb(word, tree)
    noun = speech_act(word)
    if noun is not None and (listed is None or listed.kind != "stress"):
        entry = reporting_nouns()[noun.lemma]
        opened = dict.fromkeys(entry.prepositions, entry.kind)
        start = negated_start(word, tree)
        return CueWords(
            word, "act", entry.kind, NO_FRAMES, start, max(word.i, noun.i) + 1, f"{word.lemma} {noun.lemma}", opened,
            is_passive(word), noun,
        )  # fmt: skip
    if listed is None or listed.kind == "attitude" or tells_of_nothing(word, listed):
        return None
    end = max([word.i, *beside]) + 1
    passive = is_passive(word) or is_bare_participle(word)
    start = negated_start(word, tree)
    return CueWords(word, "verb", listed.kind, listed.frames, start, end, listed.lemma, listed.prepositions, passive)


def tells_of_nothing(verb: Word, listed: ReportingVerb) -> bool:
    """Does the verb tell of no speaking of its own? It leads to another's words: *quoted* Roe as saying …; it is a deed:
    *recalled* its envoy; it names who told it: *citing* the ministry; it failed: could not *verify* the toll; it is
    an idle word: it must be *said*; it is between a source and the newsroom: *asked* not to be named."""
    if any(c.lemma in unspoken()["unnamed"] and is_passive(c) for c in children(verb, "xcomp", "advcl")):
        return True
    for prep in children(verb, "prep"):
        if prep.lower == "as" and any(c.lemma in reporting_verbs() for c in children(prep, "pcomp")):
            return True
    if listed.lemma in ("cite", "recall"):
        return any(speaker_nouns().get(c.lemma) in ("person", "organisation") for c in children(verb, "dobj"))
    if listed.lemma == "verify":
        return child(verb, "neg") is not None
    idle = any(c.lower == "it" for c in children(verb, "nsubjpass"))
    return idle and any(c.tag == "MD" for c in children(verb, "aux"))


def listed_verb(word: Word, tree: Tree) -> tuple[ReportingVerb | None, tuple[int, ...]]:
    """The reporting verb that the word is, with the place of the particle that is part of it: made it *clear*, wanted to *know*."""
    behind = (w for w in tree.words[word.i + 1 : word.i + 4] if w.pos == "ADJ")
    for c in (*word.children, *behind):
        joined = f"to {c.lower}" if c.dep == "xcomp" and c.tag == "VB" else c.lower
        if c.i > word.i and (verb := reporting_verbs().get(f"{word.lemma} {joined}")):
            return verb, (c.i,)
    particle = tuple(c.i for c in word.children if c.dep == "prt" and c.i > word.i)
    return reporting_verbs().get(word.lemma), particle[:1]


def speech_act(verb: Word) -> Word | None:
    """The noun with which a verb makes a speech act: voiced *concerns* over, issued a *warning* that."""
    nouns = ((c, reporting_nouns().get(c.lemma)) for c in children(verb, "dobj", "nsubjpass"))
    return next((word for word, noun in nouns if noun is not None and verb.lemma in noun.verbs), None)


def is_bare_participle(verb: Word) -> bool:
    """Is it a participle that tells what was done to somebody or something: the plan *proposed* by …?"""
    return verb.tag == "VBN" and verb.dep in ("acl", "advcl") and child(verb, "aux", "nsubj", "dobj") is None


def negated_start(verb: Word, tree: Tree) -> int:
    """Where a cue begins: at its verb, or with the negation before it: *did not mention*."""
    negation = next((c.i for c in verb.children if c.dep == "neg" and verb.i - 3 < c.i < verb.i), verb.i)
    before = tree.words[negation - 1] if negation else None
    helps = negation < verb.i and before is not None and before.dep in ("aux", "auxpass") and before.head is verb
    return negation - 1 if helps else negation


def unlisted_verb(verb: Word, quotations: Sequence[Quotation]) -> CueWords | None:
    """A verb in no list close beside a quotation: “It is over,” Roe *quacked*; “Bo,” she finally *manages*, “…”"""
    known = verb.lemma in reporting_verbs() or verb.lemma in ("be", "have", "do")
    if known or verb.pos != "VERB" or verb.tag not in FINITE or child(verb, "nsubj") is None:
        return None
    if not any(0 <= verb.idx - q.end <= NEAR or 0 <= q.start - verb.end <= NEAR for q in quotations):
        return None
    return CueWords(verb, "verb", UNLISTED, frozenset({"quote"}), verb.i, verb.i + 1, verb.lemma, {}, is_passive(verb))


def noun_cue(noun: Word) -> CueWords | None:
    """The cue that a noun makes with what hangs on it: her *claim* that …, a *call* for …, *criticism* of …"""
    entry = reporting_nouns().get(noun.lemma)
    if entry is None:
        return None
    if noun.dep in ("dobj", "nsubjpass") and noun.head.lemma in entry.verbs:
        return None  # that verb makes the cue
    opener = any(c.dep == "prep" and c.lower in entry.prepositions for c in noun.children)
    if not (opener or children(noun, "acl", "ccomp", "relcl")):
        return None
    opened = dict.fromkeys(entry.prepositions, entry.kind)
    return CueWords(noun, "noun", entry.kind, NO_FRAMES, noun.i, noun.i + 1, noun.lemma, opened, noun=noun)
