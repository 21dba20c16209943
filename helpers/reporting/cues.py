"""Cues: the words by which somebody's words are reported.

>>> tree = read_tree(pipeline()("Ms. Roe voiced concerns over tariffs, warning of delays."))    # doctest: +SKIP
>>> [(cue.head.text, cue.kind) for cue in find_cues(tree, ())]                                  # doctest: +SKIP
[('voiced', 'express'), ('warning', 'warn')]

Which verbs and nouns report is data (``reporting_verbs.csv``, ``reporting_nouns.csv``); a verb in no list is proposed where
a clause or a quotation stands beside it. Whether anything was reported is chosen later (`helpers.reporting.choose`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from helpers.knowledge.reporting import ReportingVerb, reporting_nouns, reporting_verbs, speaker_nouns, unspoken
from helpers.text.quotation_marks import Quotation
from helpers.tree import FINITE, Tree, Word, child, children, has_that, is_passive

UNLISTED = "other"  # the class of a verb that is in no list
NEAR = 6  # words between a quotation and a verb in no list that tells who said it
COMPLEMENTS = ("prep", "acl", "ccomp", "relcl")
NO_FRAMES: frozenset[str] = frozenset()
CLAUSE_MARKS = frozenset({"WRB", "WP", "WDT"})
VERBAL = frozenset({"VB", "VBD", "VBG", "VBN", "VBP", "VBZ"})


@dataclass(frozen=True, slots=True)
class CueWords:
    """A word that may report. `sort` is what it is: verb, noun, according (to), words (in her words); `start` and `end`
    are those of the cue without what the content brings along (called *for*)."""

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


def find_cues(tree: Tree, quotations: Sequence[Quotation]) -> list[CueWords]:
    """The cues of a paragraph in the order of the text."""
    found: list[CueWords] = []
    for word in tree.words:
        cue = None
        if word.tag in VERBAL:
            if word.lower == "according":
                cue = according(word, tree)
            elif word.pos in ("VERB", "AUX", "NOUN"):
                cue = verb_cue(word, tree) or unlisted_verb(word, tree, quotations)
        elif word.pos == "NOUN":
            cue = noun_cue(word) or in_words(word)
        elif word.lower in ("according", "per"):
            cue = according(word, tree) if word.lower == "according" else per(word, tree)
        if cue is not None:
            found.append(cue)
    return found


def according(word: Word, tree: Tree) -> CueWords | None:
    """*According to* Ms. Roe, …"""
    if word.i + 1 >= len(tree.words) or tree.words[word.i + 1].lower != "to":
        return None
    return CueWords(word, "according", "say", NO_FRAMES, word.i, word.i + 2, "according to", {})


def per(word: Word, tree: Tree) -> CueWords | None:
    """No promise was made, *per* Ms. Roe; but not: ten dollars per barrel."""
    named = child(word, "pobj")
    if word.i == 0 or tree.words[word.i - 1].text != "," or named is None:
        return None
    if named.pos != "PROPN" and child(named, "appos") is None:
        return None
    return CueWords(word, "according", "say", NO_FRAMES, word.i, word.i + 1, "per", {})


def in_words(noun: Word) -> CueWords | None:
    """*In her words*, “…”; *in the words of* Ms. Roe, “…”"""
    if noun.lower != "words" or noun.head.lower != "in" or noun.dep != "pobj":
        return None
    of = next((c for c in children(noun, "prep") if c.lower == "of"), None)
    if of is None and child(noun, "poss") is None:
        return None
    end = of.i + 1 if of is not None else noun.i + 1
    return CueWords(noun, "words", "say", frozenset({"quote"}), noun.head.i, end, "in the words", {})


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
    if listed is None or word.lemma == "know":
        return wish_to_know(word)
    if listed.kind == "attitude" or tells_of_nothing(word, listed):
        return None
    end = max([word.i, *beside]) + 1
    passive = is_passive(word) or is_bare_participle(word)
    start = negated_start(word, tree)
    return CueWords(word, "verb", listed.kind, listed.frames, start, end, listed.lemma, listed.prepositions, passive)


def tells_of_nothing(verb: Word, listed: ReportingVerb) -> bool:
    """Does the verb tell of no speaking of its own? It leads to another's words: *quoted* Roe as saying …; it was only called
    for: demanded that the council *disclose* it; it failed: could not *verify* the toll; it is a deed: *recalled* its envoy; it
    is an idle word: it must be *said*; it names who told it: *citing* the ministry; it is between a source and the newsroom:
    *asked* not to be named."""
    if any(
        c.lemma in unspoken()["unnamed"] and is_passive(c) and child(c, "neg") for c in children(verb, "xcomp", "advcl")
    ):
        return True
    for prep in children(verb, "prep"):
        if prep.lower == "as" and any(c.lemma in reporting_verbs() for c in children(prep, "pcomp")):
            return True
    above = reporting_verbs().get(verb.head.lemma)
    if verb.dep == "ccomp" and above is not None and above.kind == "demand" and verb.tag in ("VB", "VBP"):
        return has_that(verb)
    if listed.lemma == "cite":
        return any(speaker_nouns().get(c.lemma) in ("person", "organisation") for c in children(verb, "dobj"))
    if listed.lemma == "recall":
        return any(speaker_nouns().get(c.lemma) == "person" for c in children(verb, "dobj"))
    if listed.lemma == "verify":
        return child(verb, "neg") is not None or (verb.dep == "xcomp" and verb.head.lower == "unable")
    idle = any(c.lower == "it" for c in children(verb, "nsubjpass"))
    return idle and any(c.tag == "MD" for c in children(verb, "aux"))


def wish_to_know(verb: Word) -> CueWords | None:
    """*Wanted to know* when …: a question, told by two verbs."""
    if verb.lemma != "know" or verb.dep != "xcomp" or verb.head.lemma not in ("want", "ask", "demand", "seek"):
        return None
    clause = next((c for c in children(verb, "ccomp") if c.i > verb.i), None)
    if clause is None or not any(c.tag in CLAUSE_MARKS or c.lower in ("if", "whether") for c in clause.children):
        return None
    lemma = f"{verb.head.lemma} to know"
    return CueWords(verb, "verb", "ask", frozenset({"clause"}), verb.head.i, verb.i + 1, lemma, {})


def listed_verb(word: Word, tree: Tree) -> tuple[ReportingVerb | None, tuple[int, ...]]:
    """The reporting verb that the word is, with the place of the particle that is part of it: made it *clear*."""
    behind = (w for w in tree.words[word.i + 1 : word.i + 4] if w.pos == "ADJ")
    for c in (*word.children, *behind):
        if c.i > word.i and (verb := reporting_verbs().get(f"{word.lemma} {c.lower}")):
            return verb, (c.i,)
    particle = tuple(c.i for c in word.children if c.dep == "prt" and c.i > word.i)
    return reporting_verbs().get(word.lemma), particle[:1]


def speech_act(verb: Word) -> Word | None:
    """The noun with which a verb makes a speech act: voiced *concerns* over, issued a *warning* that."""
    for c in verb.children:
        noun = reporting_nouns().get(c.lemma) if c.dep in ("dobj", "nsubjpass") else None
        if (
            noun is not None
            and verb.lemma in noun.verbs
            and any(
                d.i > c.i and (d.dep in COMPLEMENTS or d.lower in noun.prepositions)
                for d in (*c.children, *children(verb, "prep", "dative"))
            )
        ):
            return c
    return None


def is_bare_participle(verb: Word) -> bool:
    """Is it a participle that tells what was done to a noun: the plan *proposed* by …?"""
    if verb.tag != "VBN" or verb.dep not in ("acl", "advcl"):
        return False
    return child(verb, "aux", "nsubj") is None and (verb.dep == "acl" or child(verb, "dobj") is None)


def negated_start(verb: Word, tree: Tree) -> int:
    """Where a cue begins: at its verb, or with the negation before it: *did not mention*."""
    negation = next((c.i for c in verb.children if c.dep == "neg" and verb.i - 3 < c.i < verb.i), verb.i)
    before = tree.words[negation - 1] if negation else None
    helps = negation < verb.i and before is not None and before.dep in ("aux", "auxpass") and before.head is verb
    return negation - 1 if helps else negation


def unlisted_verb(word: Word, tree: Tree, quotations: Sequence[Quotation]) -> CueWords | None:
    """A verb in no list that has a clause with a subject or a quotation beside it: “Bo,” she finally *manages*, “…”"""
    if word.pos != "VERB" or word.lemma in ("be", "have", "do") or word.lemma in reporting_verbs():
        return None
    clause = next((c for c in children(word, "ccomp") if child(c, "nsubj", "nsubjpass", "expl") is not None), None)
    beside = word.tag in FINITE and any(True for _ in near(word, quotations))
    if clause is None and not beside:
        return None
    if clause is not None and not (has_that(clause) or beside or clause.i < word.i):
        return None
    frames = frozenset({"quote"} if clause is None else {"clause", "quote"})
    start = negated_start(word, tree)
    return CueWords(word, "verb", UNLISTED, frames, start, word.i + 1, word.lemma, {}, is_passive(word))


def near(word: Word, quotations: Sequence[Quotation]) -> Iterator[Quotation]:
    """The quotations that end or begin close beside a word, outside of which it stands."""
    reach = 8 * NEAR
    for q in quotations:
        if q.end <= word.idx <= q.end + reach or q.start - reach <= word.end <= q.start:
            yield q


def noun_cue(noun: Word) -> CueWords | None:
    """The cue that a noun makes with what hangs on it: her *claim* that …, a *call* for …, *criticism* of …"""
    entry = reporting_nouns().get(noun.lemma)
    if entry is None:
        return None
    if noun.dep in ("dobj", "nsubjpass") and noun.head.lemma in entry.verbs:
        return None  # that verb makes the cue
    opener = any(c.dep == "prep" and c.lower in entry.prepositions for c in noun.children)
    clause = any(c.dep in ("acl", "ccomp", "relcl") and c.i > noun.i for c in noun.children)
    if not (opener or clause):
        return None
    opened = dict.fromkeys(entry.prepositions, entry.kind)
    return CueWords(noun, "noun", entry.kind, NO_FRAMES, noun.i, noun.i + 1, noun.lemma, opened, noun=noun)
