"""Who stands as the source of a cue, and how far the words go that name the source.

>>> tree = read_tree(pipeline()("Ms. Roe voiced concerns over tariffs, warning of delays."))    # doctest: +SKIP
>>> [next(proposed(cue)) for cue in find_cues(tree, ())]                                        # doctest: +SKIP
[(Roe, 'source_subject'), (Roe, 'source_above')]
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from helpers.knowledge.reporting import occasions, reporting_verbs, speaker_nouns
from helpers.names.mentions import CAPITALISED
from helpers.names.paragraphs import Read
from helpers.names.roles import HYPHENS
from helpers.names.speakers import can_speak
from helpers.reporting.cues import UNLISTED, CueWords
from helpers.tree import SUBJECTS, Tree, Word, child, children, has_that

Range = tuple[int, int]
BEFORE = ("punct", "appos", "relcl", "acl", "advcl")  # behind which a source begins
LINKS = frozenset("of out for from in at with as".split())  # prepositions that belong to a source
BRINGING_ABOUT = frozenset("get make have lead prompt force convince persuade compel cause bring help".split())
ISSUING = frozenset({"by", "from", "of"})
MEMBERS = 9  # of a list of names
CLIMB = 6  # how many verbs above a participle its subject is looked for
HELD_APART = frozenset({"relcl", "acl", "advcl", "ccomp", "appos"})
CLIMBED = ("source_above", "source_noun", "source_owner")
SPEAKING_AS_IT = ("refuse", "promise", "deny", "criticise")  # nothing but a body does so, even as "it"


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
        if said_by_it(read, tree, head, cue):
            continue
        own = head.tag == "PRP$" or (head.tag == "PRP" and rule == "source_according")
        if own or can_speak(read, read.parsed.doc[head.i], strict=rule in CLIMBED):
            if own or not is_doubtful(read, head, cue):
                return as_source(read, tree, head, rule, cue)
            break
    return None if cue.passive else name_beside(read, tree, cue)


def is_doubtful(read: Read, head: Word, cue: CueWords) -> bool:
    """Must it be somebody who can speak, and is not: what *the law* calls a harbour?"""
    if cue.kind != UNLISTED:
        return False
    named = any(c.pos == "PROPN" for c in children(head, "appos"))
    return not (named or can_speak(read, read.parsed.doc[head.i], strict=True))


def as_source(read: Read, tree: Tree, head: Word, rule: str, cue: CueWords) -> Source:
    """The source around `head`; a name is taken whole ("al-Rashid"), with the honorific before it."""
    start, end = extent(tree, head)
    if start < cue.end <= head.i:
        start = cue.end
    for name in read.names:
        if name.start <= head.i < name.end or (name.role and name.role.start <= head.i < name.start <= name.role.end):
            start, end = min(start, name.start), max(end, name.end)
            break
    if (known := read.known_at(head.i)) is not None:  # No. 10, which the parser takes apart
        start, end = min(start, known.start), max(end, known.end)
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
    elif cue.sort in ("noun", "words"):
        yield from issuers(head)
    elif cue.passive:
        yield from ((c, "source_by") for by in children(head, "agent") for c in children(by, "pobj"))
    elif head.dep == "pcomp" and head.head.lower == "as" and (quoted := quoted_people(head.head.head)):
        yield quoted[0], "source_quoted"
    else:
        yield from controllers(head)


def issuers(noun: Word) -> Iterator[tuple[Word, str]]:
    """Who a claim comes from: *her* claim; a claim *by Ms. Roe*; *Ms. Roe* made the claim, in a letter to …"""
    yield from ((c, "source_possessor") for c in children(noun, "poss"))
    for prep in children(noun, "prep"):
        if prep.lower in ISSUING and (prep.lower != "of" or noun.lower == "words"):
            yield from ((c, "source_possessor") for c in children(prep, "pobj"))
    if noun.lower == "words":
        return
    yield from (
        (c, "source_possessor") for c in children(noun, "compound", "amod") if c.ent in ("ORG", "GPE", "PERSON")
    )
    above = noun.head
    if above.dep == "prep" and above.head.pos in ("VERB", "AUX"):
        above = above.head
    if above.pos in ("VERB", "AUX") and noun.dep in ("dobj", "pobj"):
        yield from ((s, "source_above") for s in subjects_above(above))


def subjects_above(verb: Word) -> Iterator[Word]:
    """The subject of a verb, or of the nearest one above it that has one."""
    for _ in range(CLIMB):
        own = children(verb, "nsubj")
        if own or verb.head is verb:
            yield from own
            return
        verb = verb.head


def controllers(verb: Word) -> Iterator[tuple[Word, str]]:
    """The subjects that govern `verb`: its own, else those of the verbs above it, from near to far.

    A verb with a subject of its own ends the climb, but for a participle or a joined verb, which the parser often
    hangs too low: he declared that “ties are strong,” highlighting … (who highlights is he, not the ties).
    """
    loose, participle = verb.tag in ("VBG", "VBN") or verb.dep == "conj", verb
    own_subjects = list(own_subjects_of(verb))
    yield from own_subjects
    if children(verb, *SUBJECTS) and (own_subjects or not loose):
        return
    for _ in range(CLIMB):
        if verb.dep in ("acl", "relcl", "prep") and verb.head.pos in ("NOUN", "PROPN", "PRON"):
            yield of_noun(verb.head)
            if verb.head.pos != "NOUN":
                return
        if verb.head is verb:
            yield from asides(verb, participle)
            return
        if (made := made_to(verb)) is not None:
            if verb.head.lemma in BRINGING_ABOUT:
                yield made, "source_above"
            return
        verb = verb.head
        subjects = [] if loose and hung_too_low(verb, participle) else children(verb, *SUBJECTS)
        yield from ((s, "source_relative" if is_relative(s) else "source_above") for s in reversed(subjects))
        if subjects and not loose:
            return


def own_subjects_of(verb: Word) -> Iterator[tuple[Word, str]]:
    """The subject of the verb itself: *Ms. Roe* said, *who* said; as *a diplomat* put it, where "as" takes the subject."""
    for subject in reversed(children(verb, *SUBJECTS)):
        if is_relative(subject):
            yield subject, "source_relative"
        elif subject.dep != "nsubjpass":
            yield subject, "source_subject"
    if verb.lemma == "put":
        yield from (
            (c, "source_subject") for p in children(verb, "prep") if p.lower == "as" for c in children(p, "pobj")
        )


def is_relative(subject: Word) -> bool:
    """Does the subject stand for words before it: Ms. Roe, *who* said …?"""
    return subject.tag in ("WP", "WDT") and subject.head.dep == "relcl"


def asides(verb: Word, participle: Word) -> Iterator[tuple[Word, str]]:
    """Tears came as *he* spoke and urged …: the subject of a clause before, where the main verb has taken the joined one."""
    for clause in children(verb, "advcl"):
        if clause.i < participle.i:
            yield from ((s, "source_above") for s in children(clause, "nsubj"))


def made_to(verb: Word) -> Word | None:
    """Who is to do what an infinitive tells, where another wants it: got *the deputy* to agree. Whether it was done, the verb
    above tells: the party asks *members* to sign, agreeing to pay. But nobody else is meant who used *a speech* to announce."""
    if verb.dep != "xcomp" or verb.tag != "VB" or verb.head.lemma in ("promise", "threaten", "vow"):
        return None
    made = (c for c in children(verb.head, "dobj") if verb.head.i < c.i < verb.i)
    return next((c for c in made if c.pos != "NOUN" or c.lemma not in occasions()), None)


def quoted_people(verb: Word) -> list[Word]:
    """Whom a verb quotes: quoted *Roe* as saying; *it* was quoted as saying."""
    return children(verb, "dobj") or (children(verb, "nsubjpass") if verb.lemma in ("quote", "cite") else [])


def hung_too_low(verb: Word, joined: Word) -> bool:
    """Does `joined` follow a verb that it does not go with? Said the navy fired first, *adding* that …; opposes plans that
    *harm* and *urges* …; said it would go, and *urged* others to."""
    if joined.dep == "conj" and verb.dep == "relcl" and {verb.tag, joined.tag} == {"VBP", "VBZ"}:
        return True
    if joined.dep == "conj" and joined.tag == "VBD" and verb.dep == "ccomp" and verb.head.tag == "VBD":
        if any(c.text == ":" for c in joined.children):  # said Norland was ready and *added*: “…”
            return True
        return verb.tag in ("VBP", "VBZ") or (verb.tag != "VBD" and child(verb, "aux") is not None)
    told = verb.head.head if verb.dep == "acl" and has_that(verb) else verb.head if verb.dep == "ccomp" else verb
    return joined.tag == "VBG" and told is not verb and told.lemma in reporting_verbs() and has_comma_before(joined)


def has_comma_before(word: Word) -> bool:
    """Does a comma stand right before all that hangs on the word?"""
    return any(c.text == "," and c.i == word.left - 1 for c in word.head.children)


def of_noun(noun: Word) -> tuple[Word, str]:
    """Who stands behind a noun that a participle hangs on: the possessor of a deed, or the noun itself."""
    possessor = child(noun, "poss")
    if possessor is not None and noun.pos == "NOUN":
        return possessor, "source_owner"
    return noun, "source_noun"


def said_by_it(read: Read, tree: Tree, head: Word, cue: CueWords) -> bool:
    """Is the subject that the parser gives to a cue its quotation: “Limits?” interrupted Ms. Roe?"""
    if head.i not in read.quoted or cue.head.i in read.quoted or head.i > cue.head.i:
        return False
    closing = next(word.i for word in tree.words[head.i :] if word.i + 1 not in read.quoted)
    if not head.i < closing < cue.head.i:
        return False
    return tree.words[closing - 1].text[-1] in ",?!" or tree.words[closing + 1].text == ","


def name_beside(read: Read, tree: Tree, cue: CueWords) -> Source | None:
    """The name next to a cue that the parser gives no subject: said Roe; Roe said; Ada Roe, QC, said."""
    words = tree.words
    quoting = "quote" in cue.frames and cue.start > 0 and words[cue.start - 1].text in ("”", '"', "’", "»")
    for name in read.names:
        if name.rule == CAPITALISED and not ((quoting or cue.sort == "according") and name.start == cue.end):
            continue
        apart = name.end < cue.start <= name.end + 5
        apposition = apart and words[name.end].text + words[cue.start - 1].text in (",,", "()", "[]")
        titled = cue.end <= name.opening <= cue.end + 3 and all(
            word.pos in ("NOUN", "ADJ", "DET", "PROPN") for word in words[cue.end : name.opening]
        )  # said the opposition deputy Ada Roe
        if cue.start == name.end or cue.end == name.start or titled or apposition:
            return as_source(read, tree, words[name.end - 1], "source_beside", cue)
    return None


def extent(tree: Tree, head: Word) -> Range:
    """First and last+1 word of the source around `head`: its modifiers and titles, no clause and no possessive."""
    words, start, end = tree.words, head.left, head.i + 1
    for c in head.children:
        if start <= c.i < head.i and c.dep in BEFORE and c.text not in HYPHENS:
            start = max(start, c.right + 1)
    for c in sorted(head.children, key=lambda c: c.i):
        if c.i < head.i:
            continue
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
        return word.pos == "PROPN" and word.left <= end + 1 and word.right - word.i < 2 * MEMBERS
    if holds_clause(word):
        return False
    if word.dep == "prep":
        return word.lower in LINKS and word.left == end
    if word.dep in ("cc", "conj"):
        return word.pos in ("CCONJ", "PROPN", "NOUN", "PRON") and word.left == end
    return word.dep in ("nummod", "compound", "flat", "appos") and word.left == end


def is_list(word: Word) -> bool:
    """Is it the first of names parted by commas, the last by "and", with nothing else between them?"""
    chain = [word]
    while (following := child(chain[-1], "conj")) is not None and following.pos == "PROPN":
        chain.append(following)
    between = {c.lower for w in chain for c in w.children if c.i > w.i and c.dep != "conj"}
    return len(chain) > 2 and between == {",", "and"}


def holds_clause(word: Word) -> bool:
    """Does a finite clause or a comma stand in all that hangs on the word?"""
    return any(c.dep in HELD_APART or c.text == "," or holds_clause(c) for c in word.children)


def source_kind(read: Read, source: Source | None) -> str:
    """What the source is: a person by name, a pronoun, a role, a body, a noun."""
    if source is None:
        return "none"
    head = source.head
    if head.pos == "PRON" or head.tag in ("WP", "WDT", "DT"):
        return f"pronoun {head.lower}"
    if any(name.start <= head.i < name.end and name.rule != CAPITALISED for name in read.names):
        return "person"
    if any(role.head_start <= head.i < role.head_end for role in read.roles):
        return "role"
    known = next((k.kind for k in read.known if k.start <= head.i < k.end), None)
    if known:
        return known
    noun = speaker_nouns().get(head.lemma)
    if noun:
        return f"{noun} noun"
    return f"name {head.ent or 'unknown'}" if head.pos == "PROPN" else f"noun {head.ent or 'unknown'}"
