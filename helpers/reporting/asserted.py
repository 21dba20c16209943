"""Was it said at all? What was declined, denied to have been said or only imagined is found, too, and told apart here.

>>> cue = find_cues(read_tree(pipeline()("The ministry declined to say whether it was sold.")))[-1]    # doctest: +SKIP
>>> asserted(cue, None, quoted=False)                                                                      # doctest: +SKIP
'not said'

A denial is something said (*denied that* …), and so is to have nothing to add; *has not denied that* … is not. The words that
take away that something was spoken are data (``unspoken.csv``).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from helpers.knowledge.reporting import reporting_nouns, reporting_verbs, unspoken
from helpers.records import Asserted
from helpers.reporting.cues import CueWords
from helpers.tree import SUBJECTS, Tree, Word, ancestors, child, children

CLIMBED = frozenset({"xcomp", "pcomp", "acl", "acomp", "oprd"})
CONDITIONS = frozenset({"if", "unless", "whether", "lest"})
NOT_DONE = frozenset({"may", "might", "could", "should", "must", "ought"})
AHEAD = frozenset({"will", "would", "shall", "'ll", "’ll", "'d", "’d"})
HABIT = frozenset(
    "later often always sometimes eventually subsequently repeatedly frequently usually only then".split()
)
FAR = 6  # words above a verb of speech that are asked whether it came to pass
NOBODY = frozenset({"nobody", "none", "neither", "no-one", "nothing"})
NO = frozenset({"no", "neither", "not"})
QUOTES = frozenset('“”"‘’«»')


def asserted(tree: Tree, cue: CueWords, piece: Word | None, quoted: bool) -> Asserted:
    """Was said what the cue reports? `piece` is the head of its content; `quoted`: some of that stands in quotation marks."""
    if cue.sort == "according":
        return "said"
    asked = cue.sort == "noun" and cue.kind == "ask"  # did not take *questions*
    line = list(verbs_above(verb_of(cue.head) if asked else cue.head))
    if withheld(cue, piece) or is_denied(tree, cue, line):
        return "not said"
    if any(is_condition(verb) for verb in line) or is_question(tree, cue.head):
        return "supposed"
    return "supposed" if cue.head.lemma not in unspoken()["kept"] and is_ahead(line, quoted) else "said"


def verbs_above(word: Word) -> Iterator[Word]:
    """The word, and those above it that tell whether it came to pass: *yet* to *be expected* to say."""
    yield word
    for above in islice(ancestors(word), FAR):
        if word.dep not in CLIMBED and not goes_with(word):
            return
        word = above
        yield word


def verb_of(noun: Word) -> Word:
    """The verb that a noun hangs on, with or without a preposition: respond *to questions*."""
    return noun.head.head if noun.head.dep == "prep" else noun.head


def goes_with(word: Word) -> bool:
    """Is the word done, or not done, along with what it hangs on: *in order* | to say, stopped *short* | of, say | *or deny*?"""
    if word.dep == "prep":
        return word.head.pos in ("ADV", "ADJ") or word.head.lemma in unspoken()["withheld"]  # refrained | from
    return word.dep == "advmod" or (word.dep in ("conj", "advcl") and word.tag == "VB")


def withheld(cue: CueWords, piece: Word | None) -> bool:
    """Is the cue a refusal to speak, or did it say nothing: *declined* to comment, *said* nothing, *made* no mention of?"""
    if cue.noun is not None and child_lower(cue.noun, "det") in NO:
        return True
    if piece is None:
        return False
    if piece.dep == "dobj" and piece.lower == "nothing":
        return True
    return cue.kind != "deny" and cue.head.lemma in unspoken()["withheld"] and is_telling(piece)


def is_telling(word: Word) -> bool:
    """Would it be speaking: to *say*, a *comment*, to give *details*; but not: to rule out, to sign?"""
    if word.lemma in unspoken()["kept"]:
        return False
    listed = reporting_verbs() if word.pos in ("VERB", "AUX") else reporting_nouns()
    return word.lemma in unspoken()["told"] or word.lemma in listed


def is_denied(tree: Tree, cue: CueWords, line: list[Word]) -> bool:
    """Did it not come to pass: *never* said, *no official* would say, *yet* to say, *without* saying, *neither* … *nor* denied?
    But it did where she could *not resist* saying it."""
    words = unspoken()
    for verb in line[1:]:
        if verb.lemma in words["withheld"]:
            return not is_negated(tree, verb)
    if any(is_put_off(verb) for verb in line):
        return True
    if cue.lemma in words["kept"]:
        return False
    return any(is_negated(tree, verb) for verb in line)


def is_put_off(verb: Word) -> bool:
    """Does a small word take the verb away: has *yet* to say, rather *than* say?"""
    yet = verb.dep == "xcomp" and any(c.lower == "yet" for c in children(verb.head, "advmod"))
    return yet or any(c.lower in unspoken()["withheld"] for c in children(verb, "mark"))


def is_negated(tree: Tree, verb: Word) -> bool:
    """Is the verb negated, or what does it: did *not* say, *nobody* said, no *plans* to say? Not *only* said is said."""
    if any(c.i < verb.i and not is_but_only(c) and not apart(tree, c, verb) for c in children(verb, "neg")):
        return True
    joined = [verb, verb.head] if verb.dep == "conj" else [verb]
    if any(c.lower in ("neither", "nor") for one in joined for c in children(one, "cc", "preconj")):
        return True
    subject = child(verb, *SUBJECTS)
    who = (verb if verb.pos == "NOUN" else None) if subject is None else subject
    if who is None:
        return False
    return who.lower in NOBODY or child_lower(who, "det") in NO


def apart(tree: Tree, word: Word, verb: Word) -> bool:
    """Does a quotation mark stand between a word and the verb behind it: “*Not* yet,” the general replied?"""
    return any(w.text in QUOTES for w in tree.words[word.i : verb.i])


def is_but_only(negation: Word) -> bool:
    """Does it say more rather than less: not *only*, not *merely*?"""
    return any(
        c.lower in ("only", "just", "merely") and c.i <= negation.i + 1
        for c in negation.head.children + negation.children
    )


def child_lower(word: Word, relation: str) -> str:
    """The child of a word in this relation, as it is written in small letters; empty if there is none."""
    found = child(word, relation)
    return found.lower if found is not None else ""


def is_condition(verb: Word) -> bool:
    """Is the verb but a condition, or one thing that may be: *if* she said, *had she* said, *whether* she said?"""
    inverted = verb.dep == "advcl" and is_inverted(verb)
    inverted = inverted or (verb.dep == "ccomp" and verb.head.dep == "advcl" and verb.head.lower == "had")
    return inverted or any(c.lower in CONDITIONS for c in children(verb, "mark"))


def is_inverted(verb: Word) -> bool:
    """Does a helping verb, or the verb itself, stand before the subject: *had* she said, *did* he say?"""
    subject = child(verb, "nsubj", "nsubjpass")
    if subject is None:
        return False
    return (child(verb, "aux", "auxpass") or verb).i < subject.i


def is_question(tree: Tree, verb: Word) -> bool:
    """Does the article ask whether it was said: *Did he say* that it was sold? *Who said* so?"""
    if not asks(tree, verb):
        return False
    subject = child(verb, "nsubj")
    return verb.dep == "ROOT" and (is_inverted(verb) or (subject is not None and subject.tag in ("WP", "WDT")))


def asks(tree: Tree, word: Word) -> bool:
    """Does the sentence of a word end with a question mark, outside of quotation marks?"""
    return next(w.text for w in reversed(tree.words[word.i : word.ends]) if w.pos != "SPACE" or w is word) == "?"


def is_ahead(line: list[Word], quoted: bool) -> bool:
    """Is it yet to be said, or may it be: *expected* to say, *might* say, *will* say? Words that are quoted have been given
    out, though they *will* be spoken on Monday; and who *would later* say did."""
    for n, verb in enumerate(line):
        helping = {c.lower for c in verb.children if c.tag == "MD" and c.i < verb.i}
        later = any(c.lower in HABIT for c in children(verb, "advmod"))
        if n and not quoted and is_planned(verb, line[n - 1]):
            return True
        if n and verb.lemma in unspoken()["kept"]:
            continue
        if helping & NOT_DONE and "only" not in {c.lower for c in verb.children}:
            return True
        if helping & AHEAD and not later and not quoted:
            return True
    return False


def is_planned(above: Word, verb: Word) -> bool:
    """Does what stands above a verb put it off: *expected* to announce, *is* to announce?"""
    return above.lemma in unspoken()["ahead"] or (above.lemma == "be" and any(c.tag == "TO" for c in verb.children))
