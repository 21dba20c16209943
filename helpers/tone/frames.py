"""How the words that govern a target say that somebody stands towards it: condemned X, concern over X, need for X.

>>> view = View.of(read_tree(pipeline()("We refuse to reward aggression.")).words)    # doctest: +SKIP
>>> frame(view, view.words[4])                                                         # doctest: +SKIP
Frame(value=-1.0, words=(3, 1))

Each governor turns the value of what stands above it: *condemn* −, *violation of* −, so that whoever condemns the
violation of a border is for the border. The verbs and nouns are in ``tone_verbs.csv`` and ``tone_attitudes.csv``. After the
idea of sentiment composition (Moilanen & Pulman, RANLP 2007) and of connotation frames (Rashkin et al., ACL 2016).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from helpers.knowledge.tone import tone_attitudes, tone_groups, tone_verbs, vader
from helpers.tone.view import COMPARATIVES, View
from helpers.tree import SUBJECTS, Word, children, has_child, has_subject, is_passive, opener

DEEPEST = 8  # governors
PARTLY = 0.5  # what of a stance on something goes over to what it belongs to
PASSING = ("conj", "appos", "compound", "nmod")


@dataclass(frozen=True, slots=True)
class Frame:
    """What the governors of a token say: a value from -1 (against) to 1 (for), and the tokens that say it, nearest first.

    It is `fixed` where the form alone settles it, whatever the words: never been better, nothing wrong with it, will not be
    pressed into it.
    """

    value: float
    words: tuple[int, ...]
    fixed: bool = False

    def turned(self, factor: float, *words: Word) -> Frame:
        return Frame(max(-1.0, min(1.0, self.value * factor)), (*(w.i for w in words), *self.words))


def frame(view: View, word: Word, depth: int = 0) -> Frame | None:
    """The stance that the governors of a word show towards it, `depth` of them passed; None where they show none."""
    above, relation = word.head, word.dep
    if depth > DEEPEST or above is word:
        return None
    if relation in PASSING:
        return frame(view, above, depth + 1)
    if (preposition := opener(view.words, word)) is not None:
        return after_preposition(view, preposition, depth)
    if relation in ("dobj", "dative", "nsubjpass"):
        return object_of(view, above, verb_with_particle(above), depth)
    if relation in ("nsubj", "csubj"):
        return subject_of(view, above)
    if relation == "poss":
        tone = view.tones[above.i]
        return Frame(0.5 if tone.tone > 0 else -0.5, (above.i,)) if tone and tone.tone and word.tag != "PRP$" else None
    return None


def after_preposition(view: View, preposition: Word, depth: int) -> Frame | None:
    """After a preposition: that of a noun with an attitude, or that of a verb ("stand by", "lash out at")."""
    above = preposition.head
    if above is preposition:
        return None
    if preposition.dep == "agent":
        return done_by(above)
    if preposition.lemma == "than" or (preposition.lemma == "as" and above.tag[0] in "JR"):
        return than(view, above)
    if (found := nothing_about(view, above, preposition)) is not None:
        return found
    attitudes = tone_attitudes()  # of a noun or adjective: concern over, concerned about
    noun = attitudes.get((above.lemma, preposition.lemma)) or attitudes.get((above.lower, preposition.lemma))
    if noun is not None:
        turn = -1.0 if view.negated[above.i] else 1.0
        if above.tag[0] == "J" or above.tag == "VBN":
            return Frame(turn * noun.attitude, (above.i,))
        if above.tag[0] == "N":
            ours = any(c.dep == "poss" and c.i in view.holder for c in above.children)
            base = None if ours else frame(view, above, depth + 1)  # mocked *their* delight with X
            base = base or Frame(turn * (noun.self or 1), ())
            return base.turned(noun.attitude, above)
    if above.tag[0] == "V" and (done := after_verb(view, above, preposition, depth)) is not None:
        return done
    if preposition.lemma in ("including", "like", "as") and above.tag[0] == "N":
        return frame(view, above, depth + 1)
    if preposition.lemma == "of" and above.tag[0] == "N" and (base := frame(view, above, depth + 1)) is not None:
        return base.turned(PARTLY)  # the terms of X, the timing of X
    return Frame(-0.5, (preposition.i,)) if preposition.lemma == "against" else None


def done_by(verb: Word) -> Frame | None:
    """Of whoever did it: mocked by X, what the verb shows; will not be lectured by X."""
    entry = tone_verbs().get(verb.lemma)
    shown = 0.5 * entry.subject if entry else 0.0
    return Frame(shown or -0.5, (verb.i,), refused(verb)) if shown or refused(verb) else None


def after_verb(view: View, verb: Word, preposition: Word, depth: int) -> Frame | None:
    """After a verb with a preposition: expressed concern over X, lashed out at X, will not yield to X."""
    if given := object_with(view, verb, preposition):
        return given
    key = with_particle(verb, preposition)
    if key in tone_verbs():
        return object_of(view, verb, key, depth)
    return Frame(-0.5, (verb.i,), is_passive(verb)) if refused(verb) else None


def nothing_about(view: View, above: Word, preposition: Word) -> Frame | None:
    """There is *nothing hostile* about X, *something wrong* with X."""
    noun = above.head if above.tag[0] == "J" else above
    if noun.lower not in tone_groups()["anybody"] or preposition.lemma not in ("about", "with", "in"):
        return None
    found = tone_of_phrase(view, noun)
    return (
        replace(found.turned(-1.0 if noun.lower in tone_groups()["negation"] else 1.0), fixed=True) if found else None
    )


def than(view: View, above: Word) -> Frame | None:
    """Of what a comparison measures with, the contrary: better than X; but no one is better than X."""
    compared = next((found for word in (above, above.head) if (found := tone_of_phrase(view, word))), None)
    nobody = any(has_child(subject, "no") for subject in children(view.clauses[above.i], "nsubj"))
    if nobody and compared is None:
        return Frame(0.5, (above.i,))
    return compared.turned(1.0 if nobody else -1.0) if compared else None


def object_with(view: View, verb: Word, preposition: Word) -> Frame | None:
    """The attitude of a verb's object before a preposition: expressed *concern* yesterday over X."""
    for c in children(verb, "dobj"):
        if c.i < preposition.i and (given := tone_attitudes().get((c.lemma, preposition.lemma))):
            return Frame((-1.0 if view.negated[verb.i] else 1.0) * given.attitude, (c.i,))
    return None


def object_of(view: View, verb: Word, key: str, depth: int) -> Frame | None:
    """The object of a verb: the verb's attitude, turned by what is said of the deed."""
    entry = tone_verbs().get(key)
    if entry is None or (not entry.attitude and not entry.object):
        if refused(verb):
            return Frame(-0.5, (verb.i,))
        named = named_as(view, verb)
        return named.turned(-1.0 if is_denied(view, verb) else 1.0) if named else judged_deed(view, verb)
    return deed(view, verb, entry.subject).turned((entry.attitude or entry.object) / 2, verb)


def judged_deed(view: View, verb: Word) -> Frame | None:
    """What is said of a deed is said of its object: regret signing X, look forward to joining X."""
    above = verb.head.head if verb.dep == "pcomp" else verb.head
    entry = tone_verbs().get(verb_with_particle(above))
    if verb.tag != "VBG" or entry is None or not entry.attitude or verb.dep not in ("xcomp", "pcomp", "dobj"):
        return None
    return Frame((-0.25 if is_denied(view, above) else 0.25) * entry.attitude, (above.i,))


def refused(verb: Word) -> bool:
    """Will this not be done, as the speaker says: will not, cannot, refuse to?"""
    duties = tone_groups()["duty"]
    return any(c.dep == "neg" for c in verb.children) and any(c.lemma in duties for c in children(verb, "neg", "aux"))


def named_as(view: View, verb: Word) -> Frame | None:
    """Described X as a cornerstone, called X a threat: the tone of what it is named."""
    for c in verb.children:
        heads = [c] if c.dep in ("oprd", "xcomp", "ccomp") and c.tag[0] in "JN" else []
        if c.dep == "prep" and c.lemma == "as":
            heads = children(c, "pobj", "amod", "pcomp")
        for head in heads:
            if found := tone_of_phrase(view, head):
                return found
    return None


def subject_of(view: View, verb: Word) -> Frame | None:
    """The subject of a verb: what the verb shows of the one who does it, or what is said of it (is a threat)."""
    entry = tone_verbs().get(verb.lemma)
    if entry and entry.subject:
        return Frame((-0.5 if is_denied(view, verb) else 0.5) * entry.subject, (verb.i,))
    if verb.tag[0] in "JN" and verb.dep in ("ccomp", "xcomp"):  # called the timing *unfortunate*
        return tone_of_phrase(view, verb)
    return None if has_one_of("demand", verb) else said_of_it(view, verb)


def said_of_it(view: View, verb: Word) -> Frame | None:
    """What a verb such as "is" says of its subject: the tone of the predicate; of two, that after "but"."""
    for first in predicates_of(verb):
        predicates = [*joined_words(first), *(c for c in joined_words(verb) if c.tag[0] in "NJ")]
        said = [(c, found) for c in predicates if (found := tone_of_phrase(view, c))]
        if not said:
            continue
        c, found = said[-1] if has_one_of("contrast", first) or has_one_of("contrast", verb) else said[0]
        if c is not first:
            return found
        best = c.tag in COMPARATIVES and any(view.outdone(w) for w in view.words[verb.left : c.i])
        return replace(found.turned(-1.0 if is_denied(view, verb) else 1.0), fixed=best)
    hopes = tone_groups()["dashing"]  # hardly serious, far from independent: only what is wished is so denied
    dashed = (w for w, of in view.denials if of is verb and any(view.ends_with(w, phrase.split()) for phrase in hopes))
    return next((Frame(-0.5, (w.i,)) for w in dashed), None)


def predicates_of(verb: Word) -> list[Word]:
    """What a verb says of its subject: is *fair*, is a *threat*, is of great *value*, is far from *fair*."""
    found = children(verb, "attr", "acomp", "oprd")
    for preposition in children(verb, "prep"):
        if preposition.lower == "of" or has_child(preposition, "far"):
            found += children(preposition, "pobj", "amod", "pcomp")
    return found


def joined_words(first: Word) -> list[Word]:
    """A word and those joined to it by "and", "but"."""
    found = [first]
    for at in found:
        found += [c for c in children(at, "conj") if c.tag[0] in "NJV"]
    return found


def has_one_of(group: str, word: Word) -> bool:
    """Does a word of this group of tone_groups.csv hang on it: a "but", a "must"?"""
    found = tone_groups()[group]
    return any(c.lemma in found for c in word.children)


def is_denied(view: View, verb: Word) -> bool:
    negated = verb.i in view.denied
    if verb.dep != "ccomp":
        return negated
    above = verb.head
    return negated != (above.lemma in tone_groups()["denial"] or has_one_of("denial", above) or above.i in view.denied)


def tone_of_phrase(view: View, head: Word) -> Frame | None:
    """The tone of a phrase: that of its head, else that of its adjectives; "no" turns it round."""
    turn = -0.75 if has_child(head, "no") else 0.75
    for word in (head, *children(head, "amod", "compound", "advmod")):
        tone = entry.tone if (entry := view.tones[word.i]) else vader().get(word.lower, 0.0)
        if abs(tone) >= 1:
            return Frame(turn if tone > 0 else -turn, (word.i,))
    return None


def deed(view: View, verb: Word, shown: int) -> Frame:
    """How the speaker stands towards something being done: wished, refused, or told as it is."""
    at, turn = verb, -1.0 if is_denied(view, verb) else 1.0
    for _ in range(DEEPEST):
        if at.dep != "conj" or has_subject(at):
            break
        at = at.head
    above, relation = at.head, at.dep
    if relation in ("xcomp", "ccomp", "advcl"):
        if relation == "xcomp" and (above.lemma in tone_groups()["downtoner"] or is_denied(view, above)):
            return Frame(-turn, (above.i,))
        wished = relation == "xcomp" or above.lemma in tone_groups()["wish"]
        if wished or (relation == "advcl" and has_child(at, "to", "aux")):  # in order to do it
            return Frame(turn, ())
    if relation == "pcomp":
        return turned_gerund(above, turn)
    if relation == "acl":
        tone = view.tones[above.i]
        return Frame(-turn if (tone and tone.tone < 0) or view.negated[above.i] else turn, ())  # no reason to trust it
    subjects = children(verb, *SUBJECTS)  # of a passive, whoever it was: the site was attacked
    ours = any(c.text.lower() in tone_groups()["own_side"] or c.i in view.holder for c in subjects)
    # told as a bad deed, or denied: either way the victim has the speaker's sympathy
    return Frame(-1.0 if shown < 0 and subjects and not ours else turn, ())


def turned_gerund(preposition: Word, turn: float) -> Frame:
    """How the speaker stands towards a deed after a preposition: warned against doing it, plan of doing it."""
    over, word = preposition.head, preposition.lemma
    if noun := tone_attitudes().get((over.lemma, word)):
        return Frame(turn * noun.attitude, (over.i,))
    entry = tone_verbs().get(f"{over.lemma} {word}") or tone_verbs().get(over.lemma)
    if word in ("against", "from") or (entry and entry.attitude < 0):
        return Frame(-turn, (over.i,))
    return Frame(turn, ())


def with_particle(verb: Word, preposition: Word) -> str:
    """The verb with the preposition, and the particle between them if there is one: "lash out at"."""
    between = (c for c in children(verb, "prt", "advmod") if verb.i < c.i < preposition.i)
    if (particle := next(between, None)) is not None:
        key = f"{verb.lemma} {particle.lemma} {preposition.lemma}"
        if key in tone_verbs():
            return key
    return f"{verb.lemma} {preposition.lemma}"


def verb_with_particle(verb: Word) -> str:
    """The verb with its particle or preposition where the list has the two: "lash out at"."""
    verbs, lemma = tone_verbs(), verb.lemma
    after = [c.lemma for c in children(verb, "prt", "prep", "advmod") if c.i > verb.i]
    if not after:
        return lemma
    pairs = [f"{lemma} {a} {b}" for n, a in enumerate(after) for b in after[n + 1 :]]
    return next((key for key in (*pairs, *(f"{lemma} {a}" for a in after)) if key in verbs), lemma)
