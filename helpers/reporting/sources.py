"""Who stands as the source of a cue, and how far the words go that name the source.

>>> tree = read_tree(pipeline()("Ms. Roe voiced concerns over tariffs, warning of delays."))    # doctest: +SKIP
>>> [next(proposed(cue)) for cue in find_cues(tree)]                                            # doctest: +SKIP
[(Roe, 'source_subject'), (Roe, 'source_above')]
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from helpers.knowledge.reporting import occasions, reporting_verbs
from helpers.names.mentions import CAPITALISED
from helpers.names.paragraphs import Read
from helpers.names.speakers import can_speak
from helpers.reporting.cues import CueWords
from helpers.tree import SUBJECTS, Tree, Word, below, child, children, doer_of, has_that

Range = tuple[int, int]
BRINGING_ABOUT = frozenset("get make have lead prompt force convince persuade compel cause bring help".split())
CLIMB = 6  # how many verbs above a participle its subject is looked for
LINKS = frozenset("of out for from in at with as".split())  # prepositions that belong to a source
PARTS = ("cc", "conj", "nummod", "compound", "flat", "appos")  # of a source, behind its head
CLIMBED = ("source_above", "source_noun", "source_owner")
SPEAKING_AS_IT = frozenset("refuse promise deny criticise demand".split())  # nothing but a body does so, even as "it"


@dataclass(frozen=True, slots=True)
class Source:
    """A source: its tokens, its head and the rule that found it."""

    start: int
    end: int
    head: Word
    rule: str


def find_source(read: Read, tree: Tree, cue: CueWords) -> Source | None:
    """The likeliest source of a cue that can speak, or the name right beside it."""
    for head, rule in proposed(cue):
        own = head.tag == "PRP$" or (head.tag == "PRP" and rule == "source_according")
        able = own or can_speak(read, read.parsed.doc[head.i], strict=rule in CLIMBED)
        if able and not said_by_it(read, tree, head, cue):
            return as_source(read, tree, head, rule)
    return None if cue.passive else name_beside(read, tree, cue)


def as_source(read: Read, tree: Tree, head: Word, rule: str) -> Source:
    """The source around `head`; a name is taken whole: al-Rashid, No. 10, which the parser takes apart."""
    start, end = extent(tree, head)
    for name in (*read.names, read.known_at(head.i)):
        if name is not None and name.start <= head.i < name.end:
            start, end = min(start, name.start), max(end, name.end)
    return Source(start, end, head, rule)


def proposed(cue: CueWords) -> Iterator[tuple[Word, str]]:
    """The head words that may be the source of `cue`, likeliest first, each with the rule that found it.

    Subject of the verb; agent of a passive ("by the ministry"); for a participle or an infinitive the subject of the verb
    it hangs on, and of those above; for one on a noun that noun, or its possessor ("Trump's imposition, citing").
    """
    head = cue.head
    if cue.sort == "according":
        opener = child(head, "prep") if head.lower == "according" else head
        yield from ((c, "source_according") for c in children(opener, "pobj"))
    elif cue.sort == "noun":
        yield from issuers(head)
    elif cue.passive:
        yield from ((c, "source_by") for by in children(head, "agent") for c in children(by, "pobj"))
    elif head.dep == "pcomp" and head.head.lower == "as" and (quoted := child(head.head.head, "dobj", "nsubjpass")):
        yield quoted, "source_quoted"
    else:
        yield from controllers(head)


def issuers(noun: Word) -> Iterator[tuple[Word, str]]:
    """Who a claim comes from: *her* claim; a claim *by Ms. Roe*; *Ms. Roe* made the claim, in a letter to …"""
    yield from ((c, "source_possessor") for c in children(noun, "poss"))
    for prep in children(noun, "prep"):
        if prep.lower in ("by", "from"):
            yield from ((c, "source_possessor") for c in children(prep, "pobj"))
    yield from ((c, "source_possessor") for c in children(noun, "compound", "amod") if c.ent)
    verb = noun.head.head if noun.dep == "pobj" else noun.head
    if noun.dep in ("dobj", "pobj") and (doer := doer_of(verb)) is not None:
        yield doer, "source_above"


def controllers(verb: Word) -> Iterator[tuple[Word, str]]:
    """The subjects that govern `verb`: its own, else those of the verbs above it, from near to far.

    A verb with a subject of its own ends the climb, but for a participle or a joined verb, which the parser often
    hangs too low: he declared that “ties are strong,” highlighting … (who highlights is he, not the ties).
    """
    loose, participle = verb.tag in ("VBG", "VBN") or verb.dep == "conj", verb
    own = children(verb, "nsubj")
    yield from ((s, subject_rule(s, "source_subject")) for s in reversed(own))
    if own:
        return
    for _ in range(CLIMB):
        if verb.dep in ("acl", "relcl", "prep") and verb.head.pos in ("NOUN", "PROPN", "PRON"):
            yield of_noun(verb.head)
        if verb.head is verb:
            yield from asides(verb, participle)
            return
        if (made := made_to(verb)) is not None:
            if verb.head.lemma in BRINGING_ABOUT:
                yield made, "source_above"
            return
        verb = verb.head
        subjects = [] if loose and hung_too_low(verb, participle) else children(verb, *SUBJECTS)
        yield from ((s, subject_rule(s, "source_above")) for s in reversed(subjects))
        if subjects and not loose:
            return


def subject_rule(subject: Word, rule: str) -> str:
    """The rule that finds a subject: another one for *who* and *which*, which stand for words before them."""
    return "source_relative" if subject.tag in ("WP", "WDT") else rule


def asides(verb: Word, participle: Word) -> Iterator[tuple[Word, str]]:
    """Tears came as *he* spoke and urged …: the subject of a clause before, where the main verb has taken the joined one; and
    of what a headline tells first: *Roe* blames the union, says the pact is dead."""
    told = any(c.i > verb.i for c in children(verb, "ccomp"))
    for clause in children(verb, "advcl", *(["ccomp"] if told else [])):
        if clause.i < participle.i:
            yield from ((s, "source_above") for s in children(clause, "nsubj"))


def made_to(verb: Word) -> Word | None:
    """Who is to do what an infinitive tells, where another wants it: got *the deputy* to agree. Whether it was done, the verb
    above tells: the party asks *members* to sign, agreeing to pay. But nobody else is meant who used *a speech* to announce."""
    made = children(verb.head, "dobj") if verb.dep == "xcomp" and verb.tag == "VB" else []
    return next((c for c in made if c.lemma not in occasions()), None)


def hung_too_low(verb: Word, joined: Word) -> bool:
    """Does `joined` follow a told verb that it does not go with: said the navy fired first, *adding* that …; said it would go,
    and *urged* others to?"""
    apart = child(verb, "aux") is not None or any(c.text == ":" for c in joined.children)
    past = joined.dep == "conj" and joined.tag == "VBD" and apart
    told = has_that(verb) or (verb.dep == "ccomp" and verb.head.lemma in reporting_verbs())
    return told and (past or joined.tag == "VBG")


def of_noun(noun: Word) -> tuple[Word, str]:
    """Who stands behind a noun that a participle hangs on: the possessor of a deed, or the noun itself."""
    possessor = child(noun, "poss")
    return (noun, "source_noun") if possessor is None else (possessor, "source_owner")


def said_by_it(read: Read, tree: Tree, head: Word, cue: CueWords) -> bool:
    """Is the subject that the parser gives to a cue its quotation: “Limits?” interrupted Ms. Roe?"""
    if head.i not in read.quoted or cue.head.i in read.quoted or head.i > cue.head.i:
        return False
    closing = next(word.i for word in tree.words[head.i :] if word.i + 1 not in read.quoted)
    return tree.words[closing - 1].text[-1] in ",?!" or tree.words[closing + 1].text == ","


def name_beside(read: Read, tree: Tree, cue: CueWords) -> Source | None:
    """The name next to a cue that the parser gives no subject: said the deputy Ada Roe; Roe said; Ada Roe, QC, said."""
    words = tree.words
    for name in read.names:
        apposition = name.end < cue.start <= name.end + 5 and words[name.end].text + words[cue.start - 1].text in (
            ",,",
            "()",
        )
        beside = cue.start == name.end or apposition or cue.end <= name.opening <= cue.end + 3
        if beside and (name.rule != CAPITALISED or name.start == cue.end):
            return as_source(read, tree, words[name.end - 1], "source_beside")
    return None


def extent(tree: Tree, head: Word) -> Range:
    """First and last+1 word of the source around `head`: its modifiers and titles, no clause and no possessive."""
    words, start, end = tree.words, head.left, head.i + 1
    for c in (c for c in head.children if c.i > head.i):
        if belongs(c, end):
            end = c.right + 1
        elif c.dep != "case" and not (c.text == "," and is_list(head)):
            break
    while end > start + 1 and (words[end - 1].pos == "PUNCT" or words[end - 1].tag in ("POS", "CC")):
        end -= 1
    while start < head.i and (words[start].pos == "PUNCT" or words[start].tag in ("CC", "IN")):
        start += 1
    return start, end


def belongs(word: Word, end: int) -> bool:
    """Does what hangs on a source behind it still name the source: minister *of defence*, *and* the envoy?"""
    if word.dep == "conj" and is_list(word.head):  # Norland, *Sweden and Finland*
        return True
    if word.left > end or word.pos in ("VERB", "AUX") or any(w.text == "," for w in below(word)):
        return False
    return word.dep in PARTS or (word.dep == "prep" and word.lower in LINKS)


def is_list(word: Word) -> bool:
    """Is it the first of three or more?"""
    return child(child(word, "conj"), "conj") is not None
