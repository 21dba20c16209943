"""Who stands as the source of a cue in a parsed text, and how far the words go that name the source.

>>> doc = pipeline()("Ms. Roe voiced concerns over tariffs, warning of delays.")    # doctest: +SKIP
>>> [next(find_sources(c)) for c in find_cues(doc)]                                 # doctest: +SKIP
[(Roe, 'subject of the cue'), (Roe, 'subject of the verb above the cue')]
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from helpers.knowledge.reporting import reporting_verbs
from helpers.reporting.cues import CueWords, children, is_main_verb

if TYPE_CHECKING:
    from spacy.tokens import Token

SOURCE_LINKS = ("of", "out", "for", "from", "in", "at", "with", "as")  # prepositions that belong to a source
BRINGING_ABOUT = frozenset("get make have lead prompt force convince persuade compel cause bring help".split())
CLIMB = 6  # how many verbs above a participle its subject is looked for
QUOTED = "whom the verb above quotes"
ABOVE = "subject of the verb above the cue"
AFTER_ACCORDING = "source after according to"


def find_sources(cue: CueWords) -> Iterator[tuple[Token, str]]:
    """The head tokens that may be the source of `cue`, likeliest first, each with the rule that found it.

    Subject of the verb; agent of a passive ("by the ministry"); for a participle or an infinitive the subject of
    the verb it hangs on, and of those above; for one on a noun that noun, or its possessor ("Trump's imposition, citing").
    """
    if "according" in cue.frames:
        yield from ((c, AFTER_ACCORDING) for c in children(cue.opener, "pobj"))
    elif cue.noun is cue.head:
        yield from ((c, "possessor of the speech") for c in children(cue.head, "poss"))
        if cue.opener is not None and cue.opener.lower_ == "of":
            yield from ((c, "possessor of the speech") for c in children(cue.opener, "pobj"))
    elif cue.passive:
        yield from ((c, "source after by") for by in children(cue.head, "agent") for c in children(by, "pobj"))
    elif cue.head.dep_ == "pcomp" and cue.head.head.lower_ == "as" and (quoted := quoted_people(cue.head.head.head)):
        yield quoted[0], QUOTED
    else:
        yield from controllers(cue.head)


def controllers(verb: Token) -> Iterator[tuple[Token, str]]:
    """The subjects that govern `verb`: its own, else those of the verbs above it, from near to far.

    A verb with a subject of its own ends the climb, but for a participle or a joined verb, which the parser often
    hangs too low: he declared that “ties are strong,” highlighting … (who highlights is he, not the ties).
    """
    if verb.dep_ == "amod":  # taken for an adjective
        above = [t for t in verb.ancestors if t.pos_ == "VERB" and t.lemma_.lower() in reporting_verbs()]
        for teller in sorted(above, key=lambda t: t.tag_ not in ("VBD", "VBZ", "VBP")):
            yield from ((s, ABOVE) for s in reversed(children(teller, "nsubj")))
        return
    loose, own, climbed = verb.tag_ in ("VBG", "VBN") or verb.dep_ == "conj", True, 0
    participle = verb
    while climbed < CLIMB:
        subjects = children(verb, "nsubj", "nsubjpass")
        if not own and loose and (reported(verb, participle) or disagrees(verb, participle)):
            subjects = []  # said the navy fired first, adding that …: who adds is who said
        for subject in reversed(subjects):
            if subject.tag_ in ("WP", "WDT") and verb.dep_ == "relcl":
                yield subject, "who, of the words before"
            elif not (own and subject.dep_ == "nsubjpass"):
                yield subject, "subject of the cue" if own else ABOVE
        if subjects and (own or not loose):
            return
        if own and verb.dep_ == "advcl" and verb.lemma_ == "put":  # as a diplomat put it
            yield from (
                (c, "subject of the cue")
                for p in children(verb, "prep")
                if p.lower_ == "as"
                for c in children(p, "pobj")
            )
        if own and (parted := verb.sent.root if is_main_verb(verb) else parted_subject(verb)) is not None:
            yield parted, "subject of the cue"
            return
        if verb.dep_ in ("acl", "relcl", "prep") and verb.head.pos_ in ("NOUN", "PROPN", "PRON"):
            yield of_noun(verb.head)
            if verb.head.pos_ != "NOUN":
                return
        if verb.head.i == verb.i:
            aside = (s for c in children(verb, "advcl") if c.i < participle.i for s in children(c, "nsubj"))
            yield from ((s, ABOVE) for s in aside)  # tears came as *he* spoke and urged …
            return
        if (made := made_to(verb)) is not None:
            if verb.head.lemma_.lower() in BRINGING_ABOUT:
                yield made, ABOVE
            return
        verb, own, climbed = verb.head, False, climbed + 1


def made_to(verb: Token) -> Token | None:
    """Who is to do what an infinitive tells, where another wants it: got *the deputy* to agree. Whether it was done, the verb
    above tells: the party asks *members* to sign, agreeing to pay."""
    if verb.dep_ != "xcomp" or verb.tag_ != "VB" or verb.head.lemma_ in ("promise", "threaten", "vow"):
        return None
    return next((c for c in children(verb.head, "dobj") if verb.head.i < c.i < verb.i), None)


def quoted_people(verb: Token) -> list[Token]:
    """Whom a verb quotes: quoted *Roe* as saying; *it* was quoted as saying."""
    return children(verb, "dobj") or (children(verb, "nsubjpass") if verb.lemma_ in ("quote", "cite") else [])


def disagrees(verb: Token, joined: Token) -> bool:
    """Can `joined` not go with the subject of the relative clause that it is hung on: opposes plans that *harm* and *urges* …?"""
    return joined.dep_ == "conj" and verb.dep_ == "relcl" and {verb.tag_, joined.tag_} == {"VBP", "VBZ"}


def parted_subject(verb: Token) -> Token | None:
    """The subject that the parser gives to a relative clause in its place: *Ms. Roe*, whose party rules, told the house …"""
    clause = next((c for c in children(verb, "ccomp") if c.i < verb.i), None)
    subject = next(iter(children(clause, "nsubj")), None)
    if clause is None or subject is None or subject.i + 2 >= clause.i or verb.nbor(-1).text != ",":
        return None
    after = verb.doc[subject.i + 1 : subject.i + 3]
    return subject if after[0].text == "," and after[1].tag_ in ("WP", "WP$", "WDT") else None


def reported(verb: Token, participle: Token) -> bool:
    """Is `verb` what somebody reports, and does the participle follow it after a comma?"""
    if participle.dep_ == "conj" and participle.tag_ == "VBD" and verb.dep_ == "ccomp" and verb.head.tag_ == "VBD":
        return verb.tag_ in ("VB", "VBN") and bool(children(verb, "aux"))  # said it would go, and *urged* others to
    before = participle.doc[participle.left_edge.i - 1] if participle.left_edge.i else None
    comma = participle.tag_ == "VBG" and before is not None and before.text == ","
    return comma and verb.dep_ == "ccomp" and verb.head.lemma_.lower() in reporting_verbs()


def of_noun(noun: Token) -> tuple[Token, str]:
    """Who stands behind a noun that a participle hangs on: the possessor of a deed, or the noun itself."""
    possessor = next((c for c in noun.children if c.dep_ == "poss"), None)
    if possessor is not None and noun.pos_ == "NOUN":
        return possessor, "possessor of the deed"
    return noun, "noun the participle belongs to"


def source_tokens(head: Token) -> tuple[int, int]:
    """First and last+1 token of the source around `head`: its modifiers and titles, no clause and no possessive."""
    start, end = head.left_edge.i, head.i + 1
    for child in head.children:
        if child.i < head.i and child.dep_ in ("punct", "appos", "relcl", "acl", "advcl") and child.i >= start:
            start = max(start, child.right_edge.i + 1)
    for child in sorted(head.children, key=lambda c: c.i):
        if child.i < head.i:
            continue
        if (
            (
                child.dep_ == "prep"
                and child.lower_ in SOURCE_LINKS
                and child.left_edge.i == end
                and not has_clause(child)
            )
            or (
                child.dep_ in ("cc", "conj")
                and child.pos_ in ("CCONJ", "PROPN", "NOUN", "PRON")
                and child.i == end
                and not has_clause(child)
            )
            or (
                child.dep_ in ("nummod", "compound", "flat", "appos")
                and child.left_edge.i == end
                and not has_clause(child)
            )
        ):
            end = child.right_edge.i + 1
        elif child.dep_ not in ("case",):
            break
    doc = head.doc
    while end > start + 1 and (doc[end - 1].is_punct or doc[end - 1].tag_ in ("POS", "CC")):
        end -= 1
    while start < head.i and (doc[start].is_punct or doc[start].tag_ in ("CC", "IN")):
        start += 1
    return start, end


def has_clause(token: Token) -> bool:
    """Does the subtree of `token` hold a finite clause or a comma?"""
    return any(
        t.dep_ in ("relcl", "acl", "advcl", "ccomp", "appos") or t.text == "," for t in token.subtree if t.i != token.i
    )
