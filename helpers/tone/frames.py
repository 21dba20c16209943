"""How the words that govern a target say that somebody stands towards it: condemned X, concern over X, need for X.

>>> view = View.of(pipeline()("We refuse to reward aggression."))        # doctest: +SKIP
>>> frame(view, 4).value, frame(view, 4).words                           # doctest: +SKIP
(-1.0, (3, 1))

Each governor turns the value of what stands above it: *condemn* −, *violation of* −, so that whoever condemns the
violation of a border is for the border. The verbs and nouns are in ``tone_verbs.csv`` and ``tone_attitudes.csv``. After the
idea of sentiment composition (Moilanen & Pulman, RANLP 2007) and of connotation frames (Rashkin et al., ACL 2016).
"""

from __future__ import annotations

from helpers.knowledge.tone import DOWNTONERS, tone_attitudes, tone_verbs, vader
from helpers.tone.view import Frame, View

DEEPEST = 8  # governors
PASSING = ("conj", "appos", "compound", "nmod")
OWN = frozenset("we i us our my".split())
WISHED = frozenset(
    "want wish hope intend plan vow pledge promise seek aim strive try urge insist ask call demand propose offer agree decide "
    "need expect commit continue remain stand work act move help prepare resolve undertake strive endeavour endeavor wait".split()
)
MUST = frozenset("must should ought shall will would can need".split())
CONTRASTS = ("but", "yet")
DENIALS = frozenset("deny reject refute dispute doubt rebut disavow false untrue".split())
DEMANDS = frozenset("must should ought need".split())


def frame(view: View, i: int, depth: int = 0) -> Frame | None:
    """The stance that the governors of the token `i` show towards it; None where they show none."""
    if depth > 0:
        return governed(view, i, depth)
    if i not in view.frames:
        view.frames[i] = governed(view, i, 0)
    return view.frames[i]


def governed(view: View, i: int, depth: int) -> Frame | None:
    """The frame of a token, of which `depth` governors were passed."""
    if depth > DEEPEST or view.heads[i] == i:
        return None
    relation, above = view.relations[i], view.heads[i]
    if relation in PASSING:
        return frame(view, above, depth + 1)
    if (opener := view.opener(i)) >= 0:
        return after_preposition(view, opener, depth)
    if relation in ("dobj", "dative", "nsubjpass"):
        return object_of(view, above, verb_with_particle(view, above), depth)
    if relation in ("nsubj", "csubj"):
        return subject_of(view, above)
    if relation == "poss":
        word = view.tones[above]
        return (
            Frame(0.5 if word.tone > 0 else -0.5, (above,)) if word and word.tone and view.tags[i] != "PRP$" else None
        )
    return None


def after_preposition(view: View, preposition: int, depth: int) -> Frame | None:
    """After a preposition: that of a noun with an attitude, or that of a verb ("stand by", "lash out at")."""
    above, word = view.heads[preposition], view.words[preposition]
    if above == preposition:
        return None
    if view.relations[preposition] == "agent":
        verb = tone_verbs().get(view.words[above])
        return Frame(0.5 * verb.subject, (above,)) if verb and verb.subject else None
    entries = tone_attitudes()
    noun = entries.get((view.words[above], word)) or entries.get((view.forms[above], word))
    if word == "than":
        compared = next((t for i in (above, view.heads[above]) if (t := tone_of_phrase(view, i))), None)
        subjects = (c for c in view.children[view.clauses[above]] if view.relations[c] == "nsubj")
        nobody = any("no" in child_words(view, c) for c in subjects)
        return compared.turned(1.0 if nobody else -1.0) if compared else None
    turn = -1.0 if view.negated[above] else 1.0
    if noun is not None and (view.tags[above][0] == "J" or view.tags[above] == "VBN"):
        return Frame(turn * noun.attitude, (above,))
    if noun is not None and view.tags[above][0] == "N":
        base = frame(view, above, depth + 1) or Frame(turn * (noun.self or 1), ())
        return base.turned(noun.attitude, above)
    if view.tags[above][0] == "V":
        for c in view.children[above]:
            if view.relations[c] == "dobj" and c < preposition and (given := entries.get((view.words[c], word))):
                return Frame(turn * given.attitude, (c,))
        key = with_particle(view, above, preposition)
        if key in tone_verbs():
            return object_of(view, above, key, depth)
        if refused(view, above):
            return Frame(-0.5, (above,))
    if word in ("including", "like", "as") and view.tags[above][0] == "N":
        return frame(view, above, depth + 1)
    if word == "against":
        return Frame(-0.5, (preposition,))
    return None


def object_of(view: View, verb: int, key: str, depth: int) -> Frame | None:
    """The object of a verb: the verb's attitude, turned by what is said of the deed."""
    entry = tone_verbs().get(key) or tone_verbs().get(view.words[verb])
    done = deed(view, verb, entry.subject if entry else 0, depth)
    if entry is None or (not entry.attitude and not entry.object):
        if refused(view, verb):
            return Frame(-0.5, (verb,))
        return named_as(view, verb)
    attitude = entry.attitude or entry.object
    return done.turned(attitude / 2, verb)


def refused(view: View, verb: int) -> bool:
    """Will this not be done, as the speaker says: will not, cannot, refuse to?"""
    own = [c for c in view.children[verb] if view.relations[c] in ("neg", "aux")]
    negation = any(view.relations[c] == "neg" for c in own)
    return negation and any(view.words[c] in MUST for c in own)


def named_as(view: View, verb: int) -> Frame | None:
    """Described X as a cornerstone, called X a threat: the tone of what it is named."""
    for c in view.children[verb]:
        heads = [c] if view.relations[c] in ("oprd", "xcomp", "ccomp") else []
        if view.relations[c] == "prep" and view.words[c] == "as":
            heads = [d for d in view.children[c] if view.relations[d] in ("pobj", "amod", "pcomp")]
        for head in heads:
            if found := tone_of_phrase(view, head):
                return found
    return None


def subject_of(view: View, verb: int) -> Frame | None:
    """The subject of a verb: what the verb shows of the one who does it, or what is said of it (is a threat)."""
    entry = tone_verbs().get(view.words[verb])
    if entry and entry.subject:
        return Frame((-0.5 if has_negation(view, verb) else 0.5) * entry.subject, (verb,))
    return None if demanded(view, verb) else said_of_it(view, verb)


def said_of_it(view: View, verb: int) -> Frame | None:
    """What a verb such as "is" says of its subject: the tone of the predicate; of two, that after "but"."""
    for first in view.children[verb]:
        if view.relations[first] not in ("attr", "acomp", "oprd"):
            continue
        predicates = [*joined_words(view, first), *(c for c in joined_words(view, verb) if view.tags[c][0] in "NJ")]
        said = [(c, found) for c in predicates if (found := tone_of_phrase(view, c))]
        if not said:
            continue
        turn = -1.0 if has_negation(view, verb) else 1.0
        but = any(view.words[c] in CONTRASTS for i in (first, verb) for c in view.children[i])
        c, found = said[-1] if but else said[0]
        compared = view.tags[c] in ("JJR", "RBR") or any(view.tags[d] in ("JJR", "RBR") for d in view.children[c])
        if (compared and turn < 0 and "never" in child_words(view, verb)) or c != first:
            return found
        return found.turned(turn)
    return None


def joined_words(view: View, first: int) -> list[int]:
    """A word and those joined to it by "and", "but"."""
    found = [first]
    for at in found:
        found += [c for c in view.children[at] if view.relations[c] == "conj" and view.tags[c][0] in "NJV"]
    return found


def demanded(view: View, verb: int) -> bool:
    """Is it what must or should be, rather than what is?"""
    return bool(DEMANDS & child_words(view, verb))


def child_words(view: View, i: int) -> set[str]:
    return {view.words[c] for c in view.children[i]}


def has_negation(view: View, verb: int) -> bool:
    """Is the verb negated, or its clause denied?"""
    negated = any(view.relations[c] == "neg" for c in view.children[verb])
    if view.relations[verb] != "ccomp":
        return negated
    above = view.heads[verb]
    denied = bool(DENIALS & {view.words[above], *child_words(view, above)})
    return negated != denied


def tone_of_phrase(view: View, head: int) -> Frame | None:
    """The tone of a phrase: that of its head, else that of its adjectives; "no" turns it round."""
    turn = -1.0 if any(view.words[c] == "no" for c in view.children[head]) else 1.0
    for i in (head, *(c for c in view.children[head] if view.relations[c] in ("amod", "compound", "advmod"))):
        tone = entry.tone if (entry := view.tones[i]) else vader().get(view.forms[i], 0.0)
        if abs(tone) >= 1:
            return Frame(0.75 * turn if tone > 0 else -0.75 * turn, (i,))
    return None


def deed(view: View, verb: int, shown: int, depth: int) -> Frame:
    """How the speaker stands towards something being done: wished, refused, or told as it is."""
    turn = -1.0 if has_negation(view, verb) else 1.0
    words: tuple[int, ...] = ()
    at, relation, above = verb, view.relations[verb], view.heads[verb]
    steps = 0
    while relation == "conj" and steps < DEEPEST and not view.has_subject(at):
        at, steps = above, steps + 1
        relation, above = view.relations[at], view.heads[at]
    if relation in ("xcomp", "ccomp", "advcl") and above != at:
        if relation == "xcomp" and view.words[above] in DOWNTONERS:
            return Frame(-turn, (above,))
        if relation == "xcomp" and has_negation(view, above):
            return Frame(-turn, (above,))
        if relation == "advcl" and view.has_child(at, "aux", "to"):
            return Frame(turn, words)  # in order to do it
        if relation == "xcomp" or view.words[above] in WISHED:
            return Frame(turn, words)
    if relation == "pcomp" and above != at:
        preposition, over = view.words[above], view.heads[above]
        entry = tone_verbs().get(f"{view.words[over]} {preposition}") or tone_verbs().get(view.words[over])
        noun = tone_attitudes().get((view.words[over], preposition))
        if noun:
            return Frame(turn * noun.attitude, (over,))
        if preposition in ("against", "from") or (entry and entry.attitude < 0):
            return Frame(-turn, (over,))
        return Frame(turn, words)
    if relation == "acl":
        noun_tone = view.tones[above]
        return Frame(turn * (-1.0 if noun_tone and noun_tone.tone < 0 else 1.0), words)
    doers = ("nsubj", "nsubjpass")  # of a passive, whoever it was: the site was attacked
    subjects = [c for c in view.children[verb] if view.relations[c] in doers]
    ours = any(view.raw[c] in OWN or c in view.holder for c in subjects)
    if shown < 0 and not ours and subjects:
        return Frame(-1.0, words)  # told as a bad deed, or denied: either way the victim has the speaker's sympathy
    return Frame(turn, words)


def with_particle(view: View, verb: int, preposition: int) -> str:
    """The verb with the preposition, and the particle between them if there is one: "lash out at"."""
    particle = next(
        (c for c in view.children[verb] if view.relations[c] in ("prt", "advmod") and verb < c < preposition), None
    )
    word, last = view.words[verb], view.words[preposition]
    if particle is not None and f"{word} {view.words[particle]} {last}" in tone_verbs():
        return f"{word} {view.words[particle]} {last}"
    return f"{word} {last}"


def verb_with_particle(view: View, verb: int) -> str:
    """The verb with its particle or preposition where the list has the two: "lash out at"."""
    verbs, word = tone_verbs(), view.words[verb]
    after = [view.words[c] for c in view.children[verb] if c > verb and view.relations[c] in ("prt", "prep", "advmod")]
    pairs = [f"{word} {a} {b}" for n, a in enumerate(after) for b in after[n + 1 :]]
    return next((key for key in (*pairs, *(f"{word} {a}" for a in after)) if key in verbs), word)
