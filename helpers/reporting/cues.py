"""Cues in a parsed text: the words that report somebody's words.

>>> doc = pipeline()("Ms. Roe voiced concerns over tariffs, warning of delays.")    # doctest: +SKIP
>>> [(c.text, c.kind) for c in find_cues(doc)]                                      # doctest: +SKIP
[('voiced concerns over', 'warn'), ('warning of', 'warn')]

Which verbs and nouns report is data: ``reporting_verbs.csv`` and ``reporting_nouns.csv``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from helpers.knowledge.reporting import ReportingVerb, acting_verbs, reporting_nouns, reporting_verbs

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

UNLISTED = "other"  # the class of a verb that is in no list
PARTICIPLES = ("VBG", "VBN", "VBD")
ASKED = ("ask", "demand")
CHECKS = ("verify", "confirm")
NEAR_VERB = 6  # tokens after a quotation within which its verb is looked for


@dataclass(frozen=True, slots=True)
class CueWords:
    """A cue at `start` to `end` of a document. `head` is the verb (or "according"); the content is opened by
    `opener`, a preposition, where the cue has one."""

    head: Token
    start: int
    end: int
    text: str
    lemma: str
    kind: str
    frames: frozenset[str]
    opener: Token | None = None
    noun: Token | None = None
    passive: bool = False


def find_cues(doc: Doc) -> list[CueWords]:
    """The cues of `doc` in order of the text."""
    found = []
    for token in doc:
        kind = token.pos_
        if token.dep_ == "amod" and (verb := misread_verb(token)) is not None:
            found.append(CueWords(token, token.i, token.i + 1, token.text, verb.lemma, verb.kind, verb.frames))
            continue
        if kind in ("ADP", "SCONJ", "VERB") and token.lower_ == "according":
            if token.i + 1 < len(doc) and token.nbor().lower_ == "to":
                found.append(according_to(doc, token))
        elif token.lower_ == "per" and is_according(token):
            found.append(
                CueWords(token, token.i, token.i + 1, token.text, "per", "say", frozenset({"according"}), token)
            )
        elif kind in ("VERB", "AUX") or (kind == "NOUN" and is_verb(token)):
            if cue := speech_act(token) or verb_cue(token):
                found.append(cue)
        elif kind == "NOUN" and (cue := in_words(token) or possessed_noun(token)):
            found.append(cue)
    return found


def misread_verb(token: Token) -> ReportingVerb | None:
    """The verb that the parser takes for an adjective: praised the crews and *urged* young officers to stay."""
    doc, noun = token.doc, token.head
    if token.i < 2 or not token.text.endswith("ed") or doc[token.i - 1].dep_ != "cc" or noun.i < token.i:
        return None
    own = any(c.dep_ in ("det", "poss") for c in noun.children)
    told = noun.i + 1 < len(doc) and (doc[noun.i + 1].tag_ == "TO" or is_clause_subject(noun))
    if own or not told:
        return None
    stems = (token.text[:-2], token.text[:-1], token.text[:-3])
    return next((verb for stem in stems if (verb := reporting_verbs().get(stem.lower())) is not None), None)


def is_clause_subject(noun: Token) -> bool:
    """Is it the subject of a finite verb right behind it: repairs *would take* weeks?"""
    return noun.dep_ in ("nsubj", "nsubjpass") and noun.head.i > noun.i and noun.nbor(1).pos_ in ("AUX", "VERB")


def is_verb(noun: Token) -> bool:
    """Is the word a verb after all: as the ministry *notes*, …; but not: *the* ruling."""
    if noun.tag_ in PARTICIPLES:
        return not children(noun, "det")
    return noun.dep_ in ("advcl", "ROOT", "ccomp") and bool(children(noun, "nsubj"))


def quotation_verb(doc: Doc, start: int) -> CueWords | None:
    """The verb that reports a quotation ending just before token `start`, be it in no list: “Bo,” she finally manages, “…”"""
    for token in doc[start : start + NEAR_VERB]:
        if token.is_punct or token.is_sent_start:
            return None
        if token.tag_ in ("VBD", "VBZ", "VBP") and token.pos_ == "VERB":
            if any(c.lemma_.lower() in reporting_verbs() for c in children(token, "xcomp")):
                return None  # liked to say: a cue of its own
            subjects = [c for c in children(token, "nsubj") if start <= c.i <= token.i + NEAR_VERB]
            frames = frozenset({"quote"})
            cue = CueWords(token, *extent([token]), "say", frames)
            return cue if subjects and not children(token, "dobj", "ccomp") else None
    return None


def is_according(per: Token) -> bool:
    """Does it name where something is known from: no promise was made, *per* Ms. Roe; but not: ten dollars per barrel?"""
    named = (c for c in children(per, "pobj") if c.pos_ == "PROPN" or children(c, "appos"))
    return per.i > 0 and per.nbor(-1).text == "," and next(named, None) is not None


def according_to(doc: Doc, token: Token) -> CueWords:
    end = token.i + 2
    return CueWords(
        token, token.i, end, doc[token.i : end].text, "according to", "say", frozenset({"according"}), doc[token.i + 1]
    )


def verb_cue(token: Token) -> CueWords | None:
    """The cue that a reporting verb makes, with its particle and the preposition that opens its content."""
    verb, beside = listed_verb(token)
    if verb is None:
        return understood(token) or unknown_verb(token)
    if (question := wish_to_know(token)) is not None:
        return question
    if verb.kind == "attitude" or (verb.kind in ASKED and is_asked(token)) or quotes_another(token):
        return None
    if is_wished(token) or is_undone(token):
        return None
    parts = [token, *(c for c in token.children if c.i > token.i and (c.dep_ == "prt" or c.i in beside))]
    clauses = children(token, "ccomp", "xcomp")
    opener = next(
        (c for c in token.children if c.dep_ in ("prep", "prt") and c.lower_ in verb.prepositions and c.i > token.i),
        None,
    )
    if opener is not None and clauses and opener.i > token.i + len(parts):
        opener = None  # but: called on the council to act
    if opener is not None and any(c.i < token.i for c in clauses):
        opener = None  # “…,” she said of the plan
    if opener is not None and "listener" not in verb.frames and any(o.i < opener.i for o in children(token, "dobj")):
        opener = None  # "condemned the state for …": the object is the content's beginning
    if opener is not None and opener.i == parts[-1].i + 1:
        parts.append(opener)
    led = next(
        (c.lower_ for a in children(token, "advcl") for c in children(a, "mark") if c.lower_ in verb.prepositions), ""
    )
    kind = verb.prepositions.get(opener.lower_ if opener is not None else led, verb.kind)  # called *for* ships to sail
    return CueWords(token, *extent(parts), kind, verb.frames, opener, passive=is_passive(token))


def quotes_another(verb: Token) -> bool:
    """Does the verb only lead to another's words: quoted Roe as *saying* …?"""
    return any(
        c.lower_ == "as" and any(d.lemma_.lower() in reporting_verbs() for d in children(c, "pcomp"))
        for c in children(verb, "prep")
    )


def is_wished(verb: Token) -> bool:
    """Is it a speaking that somebody only calls for: demanded that the council *disclose* the letter?"""
    above = reporting_verbs().get(verb.head.lemma_.lower())
    called_for = verb.dep_ == "ccomp" and above is not None and above.kind == "demand"
    return called_for and verb.tag_ in ("VB", "VBP") and has_that(verb)


def is_undone(verb: Token) -> bool:
    """Is nothing said by it: the agency could not *verify* the toll; it must be *said*?"""
    if verb.lemma_.lower() in CHECKS:
        unable = verb.dep_ == "xcomp" and verb.head.lower_ == "unable"
        return unable or bool(children(verb, "neg"))
    idle = any(c.lower_ == "it" for c in children(verb, "nsubjpass"))
    return idle and any(c.tag_ == "MD" for c in children(verb, "aux"))


def understood(verb: Token) -> CueWords | None:
    """It is understood that …: somebody said so, and is not named."""
    if verb.lemma_ != "understand" or not any(c.lower_ == "it" for c in children(verb, "nsubjpass")):
        return None
    return CueWords(verb, *extent([verb]), "say", frozenset({"clause"}), passive=True)


def is_asked(token: Token) -> bool:
    """Is this "Asked whether …, she said", where nobody is named as asking?"""
    return token.tag_ == "VBN" and token.dep_ == "advcl" and not children(token, "agent", "nsubj", "aux", "auxpass")


def listed_verb(token: Token) -> tuple[ReportingVerb | None, frozenset[int]]:
    """The reporting verb that `token` is, with the place of the word that is part of it: rule *out*, put *it*."""
    lemma = token.lemma_.lower()
    for child in token.children:
        if child.i > token.i and (verb := reporting_verbs().get(f"{lemma} {child.lower_}")):
            return verb, frozenset({child.i})
    return reporting_verbs().get(lemma), frozenset()


def wish_to_know(verb: Token) -> CueWords | None:
    """Wanted to know when …: a question, told by two verbs."""
    if verb.lemma_ != "know" or verb.dep_ != "xcomp" or verb.head.lemma_ not in ("want", "ask", "demand", "seek"):
        return None
    clause = next((c for c in children(verb, "ccomp") if c.i > verb.i), None)
    if clause is None or not (
        clause.left_edge.tag_ in ("WRB", "WP", "WDT") or clause.left_edge.lower_ in ("if", "whether")
    ):
        return None
    start, end = verb.head.i, verb.i + 1
    text = verb.doc[start:end].text
    return CueWords(verb, start, end, text, f"{verb.head.lemma_} to know", "ask", frozenset({"clause"}))


def unknown_verb(token: Token) -> CueWords | None:
    """A verb that is in no list but has a clause with "that" and a subject: it may report."""
    clause = next((c for c in token.children if c.dep_ == "ccomp" and c.i > token.i), None)
    if clause is None or token.pos_ != "VERB" or token.lemma_ in ("be", "have") or not has_that(clause):
        return None
    return CueWords(token, token.i, token.i + 1, token.text, token.lemma_.lower(), UNLISTED, frozenset({"clause"}))


def in_words(token: Token) -> CueWords | None:
    """In her words, “…”; in the words of Ms. Roe, “…”."""
    if token.lower_ != "words" or token.head.lower_ != "in" or token.dep_ != "pobj":
        return None
    of = next((c for c in children(token, "prep") if c.lower_ == "of"), None)
    if of is None and not children(token, "poss"):
        return None
    first = token.head.i
    end = of.i + 1 if of is not None else token.i + 1
    return CueWords(
        token, first, end, token.doc[first:end].text, "in the words", "say", frozenset({"quote"}), of, token
    )


def possessed_noun(token: Token) -> CueWords | None:
    """The cue that a noun makes with its possessor: "his claim that …", "the ministry's warning of …"."""
    noun = reporting_nouns().get(token.lemma_.lower())
    owner = next((c for c in token.children if c.dep_ == "poss"), None)
    if noun is None or owner is None or token.tag_ not in ("NN", "NNS"):
        return None
    above = reporting_verbs().get(token.head.lemma_.lower())
    if token.dep_ == "dobj" and (token.head.lemma_.lower() in noun.verbs or (above and "noun" in above.frames)):
        return None  # that verb makes the cue
    opener = next((c for c in token.children if c.dep_ == "prep" and c.lower_ in noun.prepositions), None)
    if opener is None and not any(c.dep_ in ("acl", "ccomp") and c.i > token.i for c in token.children):
        return None
    parts = [token] + ([opener] if opener is not None and opener.i == token.i + 1 else [])
    return CueWords(token, *extent(parts), noun.kind, frozenset({"noun_clause"}), opener, token)


def speech_act(token: Token) -> CueWords | None:
    """The cue that a verb makes with its noun: "voiced concerns over", "issued a warning that"."""
    lemma = token.lemma_.lower()
    if lemma not in acting_verbs():
        return None
    if lemma in reporting_verbs() and reporting_verbs()[lemma].kind == "stress":
        return None  # reiterated its commitment to …: the commitment is what was said
    objects = [c for c in token.children if c.dep_ in ("dobj", "nsubjpass") and c.i > token.i]
    if token.dep_ == "amod" and children(token, "nsubj"):
        objects.append(token.head)  # the parser took "she voiced concern" for a concern that was voiced
    for child in objects:
        noun = reporting_nouns().get(child.lemma_.lower())
        if noun is None or lemma not in noun.verbs:
            continue
        prepositions = noun.prepositions
        opener = next((c for c in child.children if c.dep_ == "prep" and c.lower_ in prepositions), None)
        opener = opener or next(
            (c for c in token.children if c.dep_ == "prep" and c.lower_ in prepositions and c.i > child.i), None
        )
        clause = any(c.dep_ in ("acl", "ccomp", "relcl") and c.i > child.i for c in child.children)
        if opener is None and not clause:
            continue
        parts = [token, child] + ([opener] if opener is not None and opener.i <= child.i + 2 else [])
        return CueWords(token, *extent(parts), noun.kind, frozenset({"noun_clause"}), opener, child, is_passive(token))
    return None


def negated_start(verb: Token) -> int:
    """Where a cue begins: at its verb, or with the negation before it ("did not mention")."""
    negation = next((c.i for c in verb.children if c.dep_ == "neg" and verb.i - 3 < c.i < verb.i), verb.i)
    auxiliary = negation - 1
    helps = negation < verb.i and auxiliary >= 0 and verb.doc[auxiliary].dep_ in ("aux", "auxpass")
    return auxiliary if helps and verb.doc[auxiliary].head.i == verb.i else negation


def extent(parts: list[Token]) -> tuple[int, int, str, str]:
    """Start, end, text and lemma of a cue made of these tokens."""
    start, end = negated_start(parts[0]), parts[-1].i + 1
    lemma = " ".join(p.lemma_.lower() if p.pos_ != "ADP" else p.lower_ for p in parts)
    return start, end, parts[0].doc[start:end].text, lemma


def cut_off(verb: Token) -> Token | None:
    """The verb of a clause with no "that" which the parser loses behind an adjunct, None where there is none.

    *Lind warned without new ships, the guard could not patrol*: it makes the clause one that the cue hangs on, one that
    is joined without "and", or it takes the cue for a participle and gives the clause two subjects.
    """
    doc = verb.doc
    lead = next((c for c in verb.children if c.i > verb.i), None)
    if lead is None or lead.dep_ not in ("prep", "agent") or children(verb, "dobj", "xcomp", "ccomp", "auxpass"):
        return None
    main = next((c for c in children(verb, "conj") if c.i > verb.i and not children(verb, "cc")), None)
    if main is None and (verb.dep_ == "ccomp" or (verb.dep_ == "acl" and verb.head.dep_ == "nsubj")):
        main = verb.head if verb.dep_ == "ccomp" else verb.head.head
    after = lead.right_edge.i + 1
    if main is None or main.i < after or doc[after].text != ",":
        return None
    return main if any(c.i > after for c in children(main, "nsubj", "nsubjpass", "csubj", "expl")) else None


def is_passive(token: Token) -> bool:
    """Is the verb passive: the plan *proposed* by …, *asked* whether …, he?"""
    condemned = token.dep_ == "advcl" and children(token, "dobj")  # reaffirmed the pact, *condemned* the raids
    finite = children(token, "aux") or condemned
    loose = token.dep_ in ("acl", "advcl") and token.tag_ == "VBN" and not finite
    return (loose and cut_off(token) is None and not is_main_verb(token)) or bool(
        children(token, "nsubjpass", "auxpass")
    )


def is_main_verb(token: Token) -> bool:
    """Is it the verb of a sentence that the parser leaves without one: *the general in charge conceded that …*?"""
    if token.dep_ != "acl" or not children(token, "ccomp"):
        return False
    noun = token.sent.root
    return noun.i < token.i and noun.pos_ in ("NOUN", "PROPN") and not children(noun, "cop", "nsubj")


def has_that(verb: Token) -> bool:
    """Does "that" open the clause of the verb?"""
    return any(c.lower_ == "that" for c in children(verb, "mark"))


def children(token: Token | None, *relations: str) -> list[Token]:
    """The children of `token` in one of these dependency relations."""
    return [c for c in token.children if c.dep_ in relations] if token is not None else []
