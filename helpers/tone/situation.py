"""In what situation a speaker names a target: said or left unsaid, the speaker's view or another's, wished, demanded, supposed.

>>> view = View.of(read_tree(pipeline()("Roe never said that the pact was dead.")).words)      # doctest: +SKIP
>>> unsaid(view, view.words[2], view.words[5])                                  # doctest: +SKIP
1

What a sentence shows of a target is the speaker's stance only in some of these; `helpers.accuracy.training_tone` learns
how much each counts.
"""

from collections.abc import Collection, Iterator

from helpers.knowledge.reporting import cue_class, reporting_verbs, speaker_nouns
from helpers.knowledge.tone import tone_groups, tone_verbs
from helpers.knowledge.vocabulary import roles
from helpers.tone.features import WHOLE, Feature
from helpers.tone.frames import Frame, has_one_of, verb_with_particle
from helpers.tone.view import View
from helpers.tree import SUBJECTS, Word, ancestors, child, children, has_child, is_passive, opener

UNSAID, ANOTHERS, MUST_BE = "unsaid", "another's view", "said how it must be"
SILENT = frozenset((UNSAID, ANOTHERS, MUST_BE))  # in which what the sentence shows is not the speaker's stance
# classes of verbs by which somebody speaks out: where they are denied, nothing was said
SPOKEN = frozenset("say claim suggest stress warn complain criticise praise describe ask discuss".split())


def situation(view: View, head: Word, said: Frame | None, verb: Word | None, another: bool) -> list[Feature]:
    """The situation of the target at `head`: what governs it (`said`), the speaker's verb, whether the view is another's, and
    whether it was said at all."""
    found: list[Feature] = [("speaker", WHOLE, 1.0)]
    silence = unsaid(view, verb, head) if verb is not None else None
    if silence is not None:
        return [*found, (UNSAID, silence, 1.0)]
    if another:
        return [*found, (ANOTHERS, WHOLE, 1.0)]
    asked = deed_asked(head)
    if asked is not None and child(asked, "acomp", "attr", "oprd") is not None:
        return [*found, (MUST_BE, asked.i, 1.0)]
    found += circumstances(view, head, verb)
    if said is None:
        return [*found, ("not governed", WHOLE, 1.0)]
    token, supposed = said.words[0] if said.words else WHOLE, any(name == "supposed" for name, _, _ in found)
    where = "governed, supposed" if supposed else "governed"
    return [
        *found,
        (f"{where} by words {'for' if said.value > 0 else 'against'}", token, 1.0),
        (where, token, said.value),
    ]


def circumstances(view: View, head: Word, verb: Word | None) -> Iterator[Feature]:
    """How the speaker speaks, and what is asked, supposed or placed."""
    place = "subject" if head.dep in SUBJECTS else "elsewhere"
    clause = view.clauses[head.i]
    if clause.i in view.denied and clause is not verb:
        yield f"in a denied clause, {place}", clause.i, 1.0
    if (preposition := opener(view.words, head)) is not None and preposition.lemma in tone_groups()["place"]:
        yield "after a preposition of place", preposition.i, 1.0
    if (asked := deed_asked(head)) is not None:
        entry = tone_verbs().get(verb_with_particle(asked))
        punished = is_passive(asked) and entry is not None and entry.object < 0
        wrong = asked.lemma in tone_groups()["amends"] or punished or any(c.dep == "neg" for c in asked.children)
        yield f"asked to {'stop a wrong' if wrong else 'do something'}", asked.i, 1.0
    if (condition := supposed(head)) is not None:
        yield "supposed", condition.i, 1.0


def deed_asked(head: Word) -> Word | None:
    """What the target is asked to do: must *end* it, urged X to *stop*, demanded that X *leave*."""
    above = head.head
    if head.dep in SUBJECTS:
        if has_one_of("demand", above):
            return above
        if above.dep in ("ccomp", "xcomp", "advcl") and demands(above.head):
            return above
    if head.dep == "pobj" and above.head.tag[0] == "V" and above.i < head.i:
        above = above.head
    elif head.dep not in ("dobj", "dative"):
        return None
    return child(above, "xcomp", "ccomp", "advcl") if demands(above) else None


def demands(verb: Word) -> bool:
    """Is it a verb by which something is demanded?"""
    entry, told = tone_verbs().get(verb_with_particle(verb)), reporting_verbs().get(verb.lemma)
    return (entry is not None and entry.kind == "demand") or (told is not None and told.kind == "demand")


def supposed(head: Word) -> Word | None:
    """The "if" under which a target, or what is said of it, stands."""
    for clause in (head, *ancestors(head)):
        if clause.dep == "advcl" and (mark := condition_of(clause)) is not None:
            return mark
        modal = any(
            c.tag == "MD" and c.lower in ("would", "might", "could", "’d", "'d", "will") for c in clause.children
        )
        for other in children(clause, "advcl") if modal else ():
            if (mark := condition_of(other)) is not None:
                return mark
    return None


def condition_of(clause: Word) -> Word | None:
    """The word that makes a clause a condition."""
    words = tone_groups()["condition"]
    return next((c for c in clause.children if c.dep in ("mark", "advmod") and c.lower in words), None)


def unsaid(view: View, verb: Word, head: Word) -> int | None:
    """The word by which nothing was said: *never* said, *declined* to say, has *yet* to condemn, had he said, asked whether."""
    told = cue_class(verb.lemma)
    above = verb.head
    if told in SPOKEN and not has_modal(verb) and (denial := denied_by(view, verb)) is not None:
        return denial.i
    groups = tone_groups()
    if told in SPOKEN and has_child(verb, "nothing", "dobj"):
        return verb.i
    inner = next((c for c in children(verb, "xcomp") if cue_class(c.lemma) in SPOKEN), None)
    if inner is not None and (verb.lemma in groups["withheld"] or any(c.lower == "yet" for c in verb.children)):
        return verb.i
    if verb.lemma in groups["withheld"] and cue_class(verb.lemma) != "refuse" and has_modal(verb):
        return verb.i
    if above is not verb and verb.dep in ("xcomp", "pcomp") and above.head.lemma in groups["withheld"]:
        return above.i
    if (mark := condition_of(verb)) is not None or inverted(verb):
        return mark.i if mark is not None else verb.i
    return next((w.i for w in ancestors(head) if w.lower == "asked" and w.dep == "advcl"), None)


def denied_by(view: View, verb: Word) -> Word | None:
    """What denies a verb right before it: did *not* say; but "Nothing, he said, …" denies what is said."""
    before = (word for word, of in view.denials if of is verb and word.i < verb.i)
    return next((w for w in before if all(other.lower != "," for other in view.words[w.i : verb.i])), None)


def has_modal(verb: Word) -> bool:
    """Does the verb say what will or would be done, rather than what was?"""
    return any(c.tag == "MD" for c in verb.children)


def inverted(verb: Word) -> bool:
    """Does an auxiliary stand before the subject: *did* she reject it, *had* he said so?"""
    subject, aux = child(verb, *SUBJECTS), child(verb, "aux")
    return (
        subject is not None and aux is not None and aux.i < subject.left and aux.lower in ("did", "had", "has", "does")
    )


def is_another(view: View, who: Word, others: Collection[int]) -> bool:
    """Is it somebody who is neither the speaker nor of the speaker's side: Lind, critics, the fishermen, they?"""
    groups, kind = tone_groups(), speaker_nouns().get(who.lemma)
    if any(who.left <= i <= who.right for i in view.holder):
        return False
    if who.lower == "they" and any(view.words[i].tag in ("NNS", "NNPS", "CC") for i in view.holder):
        return False
    if who.i in others or who.lemma in groups["opponent"] or who.lower in groups["somebody"]:
        return True
    if who.lower in groups["own_side"] or any(c.lower in groups["whose"] for c in who.children):
        return False
    if kind == "person" or who.lemma in roles():
        return True
    if kind is not None:
        return kind == "organisation" and any(c.i in others for c in who.children)
    return who.tag == "NNS" and who.lemma not in groups["evidence"]
