"""What the model of stance reads about one target in a sentence, each feature by a name that a person can read.

>>> view = View.of(read_tree(pipeline()("Ada Roe condemned the raid.")).words)    # doctest: +SKIP
>>> [name for name, token, value in features(view, [4]) if token == 2][:4]        # doctest: +SKIP
['word condemn', 'clause condemn', 'near condemn', 'before 1 condemned']

A feature is a name, the token that it comes from (-1: the sentence as a whole) and a value.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from helpers.knowledge.reporting import reporting_verbs
from helpers.knowledge.tone import tone_verbs
from helpers.tone.frames import frame, verb_with_particle
from helpers.tone.view import NAME, NUMBER, View
from helpers.tree import Word, children, distances, head_of, quoted, way

Feature = tuple[str, int, float]
TARGET = "TARGET"
SKIPPED = frozenset((NAME, NUMBER, TARGET, ",", ".", "“", "”", '"', "the", "a", "an"))
PRONOUNS = ("PRP", "PRP$")
BESIDE = 4  # words on each side that count as beside the target
STEPS = (0, 1, 2, 3, 4, 4, 6)  # bins of the number of dependency steps
WHOLE = -1
ABOVE = 6  # words above the target that count
ROLES = {
    "nsubjpass": "passive",
    "dobj": "object",
    "dative": "object",
    "iobj": "object",
    "attr": "attribute",
    "oprd": "attribute",
    "acomp": "attribute",
}


def features(view: View, target: Sequence[int]) -> list[Feature]:
    """The features of the target at the tokens `target` of `view`; each name once, but for those that add up tone."""
    place = Place.of(view, target)
    named: dict[str, Feature] = {}
    for finder in (words, neighbours, relations, governed, framed, above, hanging, kinds, circumstances):
        for feature in finder(place):
            named.setdefault(feature[0], feature)
    return [*named.values(), *tones(place)]


@dataclass(frozen=True)
class Place:
    """A target in its sentence, with what all features need of it."""

    view: View
    inside: frozenset[int]
    first: int  # of its tokens, and the last
    last: int
    head: Word
    role: str
    verb: Word | None  # which governs the target
    slot: str  # and what the target is to it
    words: list[str]  # the lemmas of the sentence, the target masked
    distance: list[int]  # of each token, the steps from the target's head

    @classmethod
    def of(cls, view: View, target: Sequence[int]) -> Place:
        inside, head = frozenset(target), head_of([view.words[i] for i in target])
        lemmas = [TARGET if word.i in inside else word.lemma for word in view.words]
        return cls(view, inside, min(target), max(target), head, *role_of(head), lemmas, distances(view.words, head))

    @cached_property
    def clause(self) -> list[bool]:
        """Is each token in the clause of the target?"""
        own = self.view.clauses[self.head.i]
        return [clause is own for clause in self.view.clauses]

    @cached_property
    def rival(self) -> list[int]:
        """The steps from each token to the nearest name outside the target; far where there is none."""
        return distances(self.view.words, *(word for word in self.view.named if word.i not in self.inside))

    def masked(self, i: int) -> bool:
        """Is the token a name inside the target? Common nouns have a tone of their own there: the aggression."""
        return i in self.inside and self.view.words[i].lower == NAME

    def steps(self, i: int) -> int:
        return STEPS[min(self.distance[i], 6)]


def words(place: Place) -> Iterator[Feature]:
    """The words of the sentence, of the target's clause, and those at most two steps away in the tree."""
    for i, (word, near, steps) in enumerate(zip(place.words, place.clause, place.distance, strict=True)):
        if word not in SKIPPED:
            yield f"word {word}", i, 1.0
            if near:
                yield f"clause {word}", i, 1.0
            if steps <= 2:
                yield f"near {word}", i, 1.0


def neighbours(place: Place) -> Iterator[Feature]:
    """Pairs of words, and the words beside the target."""
    forms = [TARGET if word.i in place.inside else word.lower for word in place.view.words]
    kept = [i for i, form in enumerate(forms) if not (i and form in (TARGET, NAME) and forms[i - 1] == form)]
    yield from [(f"pair {forms[a]} {forms[b]}", b, 1.0) for a, b in pairwise(kept)]
    middle = next(n for n, i in enumerate(kept) if forms[i] == TARGET)
    left, right = kept[:middle][::-1], kept[middle + 1 :]
    for side, beside in (("before", left), ("after", right)):
        for n, i in enumerate(beside[:BESIDE], 1):
            yield f"{side} {forms[i]}", i, 1.0
            if n <= 2:
                yield f"{side} {n} {forms[i]}", i, 1.0
        if len(beside) > 1:
            yield f"{side} {forms[beside[0]]} {forms[beside[1]]}", beside[1], 1.0


def relations(place: Place) -> Iterator[Feature]:
    """The role of the target, and the verb that governs it: what it shows of somebody in that role."""
    slot, verb = place.slot, place.verb
    yield f"role {place.role}", WHOLE, 1.0
    yield f"relation {place.head.dep}", WHOLE, 1.0
    if verb is None:
        return
    negated, key = place.view.negated[verb.i], verb_with_particle(verb)
    yield f"{slot} of {key}", verb.i, 1.0
    yield f"governed by {verb.lemma}", verb.i, 1.0
    if negated:
        yield f"{slot} of a negated verb", verb.i, 1.0
    if tone := tone_verbs().get(key):
        shown = {"object": tone.object, "passive": tone.object, "subject": tone.subject}.get(slot, 0)
        if shown:
            yield f"{slot} shown by the verb", verb.i, shown * (-1.0 if negated else 1.0)
        yield f"{slot} of a {tone.kind} verb", verb.i, 1.0
        if negated:
            yield f"{slot} of a negated {tone.kind} verb", verb.i, 1.0


def governed(place: Place) -> Iterator[Feature]:
    """What else hangs on the verb that governs the target."""
    slot, names = place.slot, place.words
    for child in place.verb.children if place.verb is not None else ():
        if child.i in place.inside or child.dep in ("punct", "det"):
            continue
        yield f"{slot}, {child.dep} {names[child.i]}", child.i, 1.0
        yield f"beside {names[child.i]}", child.i, 1.0
        for word in children(child, "pobj", "amod", "dobj", "compound"):
            yield f"{slot}, {child.dep} {word.dep} {names[word.i]}", word.i, 1.0


def framed(place: Place) -> Iterator[Feature]:
    """What the words that govern the target say of it."""
    if said := frame(place.view, place.head):
        side, token = "for" if said.value > 0 else "against", said.words[0] if said.words else WHOLE
        yield f"frame {side}", token, abs(said.value)
        yield f"frame {side}, {place.role}", token, 1.0
        yield "frame", token, said.value


def above(place: Place) -> Iterator[Feature]:
    """The words above the target in the tree, and the way to them."""
    trail: list[str] = []
    at = place.head
    while at.head is not at and len(trail) < ABOVE:
        trail.append(at.dep)
        at = at.head
        name = place.words[at.i]
        yield f"above {name}", at.i, 1.0
        told = reporting_verbs().get(name)
        if told and trail[-1] in ("ccomp", "dobj", "prep", "parataxis", "xcomp"):
            yield f"told by a {told.kind} verb", at.i, 1.0
        if len(trail) <= 3:
            yield f"way {' '.join(trail)} {name}", at.i, 1.0
    yield f"way {' '.join(trail)}", WHOLE, 1.0


def hanging(place: Place) -> Iterator[Feature]:
    """What hangs on the target, and whose it is."""
    head = place.head
    for child in head.children:
        if child.i not in place.inside and child.dep != "punct":
            yield f"has {child.dep} {place.words[child.i]}", child.i, 1.0
    if head.dep == "poss":
        yield f"whose {place.words[head.head.i]}", head.head.i, 1.0


def kinds(place: Place) -> Iterator[Feature]:
    """The groups of the vocabulary in the sentence, by their place in the tree."""
    view = place.view
    for i, (tone, verb, (theirs, ours)) in enumerate(zip(view.tones, view.tone_verbs, view.valences, strict=True)):
        if tone is None and verb is None and not theirs:
            continue
        turn = "not " if view.negated[i] else ""
        masked, steps = place.masked(i), min(place.steps(i), 4)
        if tone is not None and tone.word and not masked:
            yield f"{turn}{tone.kind} words {steps} steps away", i, 1.0
            if place.clause[i]:
                yield f"{turn}{tone.kind} words in its clause", i, 1.0
        if verb is not None:
            yield f"{turn}{verb.kind} verb {steps} steps away", i, 1.0
            yield f"{turn}{verb.kind} verb", i, 1.0
        value = ours or theirs
        if place.distance[i] <= 4 and not masked and (value or verb is not None):
            path = way(place.head, view.words[i])
            if value:
                yield f"{'good' if value > 0 else 'bad'} by {path}", i, 1.0
            if verb is not None:
                yield f"{turn}{verb.kind} by {path}", i, 1.0


def tones(place: Place) -> Iterator[Feature]:
    """The tone of the words, summed by their place: in the sentence, the clause, by steps in the tree and by words."""
    view = place.view
    for i, (theirs, ours) in enumerate(view.valences):
        if (not theirs and not ours) or place.masked(i):
            continue
        gap = min(abs(i - place.first), abs(i - place.last))
        within = 2 if gap <= 2 else 5 if gap <= 5 else 10 if gap <= 10 else 20
        side = "before" if i < place.first else "after"
        nearer = "it" if place.rival[i] >= place.distance[i] else "another"
        if (tone := view.tones[i]) is not None and tone.tone:
            yield f"{'not ' if view.negated[i] else ''}{tone.kind} words", i, 0.5
        for name, value in (("general", theirs / 2), ("own", ours)):
            if not value:
                continue
            good, size = f"{name} {'good' if value > 0 else 'bad'}", abs(value)
            yield f"{good} words in the sentence", i, size
            yield f"{good} words in the sentence, {place.role}", i, size
            yield f"{good} words {place.steps(i)} steps away", i, size
            yield f"{good} words within {within} {side}", i, size
            yield f"{good} words nearer to {nearer}", i, size
            if place.clause[i]:
                yield f"{good} words in its clause", i, size
                yield f"{good} words in its clause, {place.role}", i, size


def circumstances(place: Place) -> Iterator[Feature]:
    """The sentence: where the target stands in it, its length, quotation marks, a question."""
    view, marks = place.view, quoted(place.view.words)
    yield "", WHOLE, 1.0
    yield f"place {min(4, 5 * place.first // len(view))}", WHOLE, 1.0
    yield f"length {min(6, len(view) // 8)}", WHOLE, 1.0
    yield "in quotation marks" if marks[place.head.i] else "outside quotation marks", WHOLE, 1.0
    if any(marks):
        yield "a quotation in the sentence", WHOLE, 1.0
    if any(word.lower == "?" for word in view.words):
        yield "question", WHOLE, 1.0
    if place.first == place.last and place.head.tag in PRONOUNS:
        yield f"pronoun {place.head.lower}", WHOLE, 1.0


def role_of(head: Word) -> tuple[str, Word | None, str]:
    """The role of a word in short, the verb or adjective that governs it, and its slot there."""
    at, via = head, ""
    for _ in range(6):
        relation, above = at.dep, at.head
        if above is at:
            return "root", None, "root"
        if relation == "pobj":
            top = above.head
            if above.dep == "agent":
                return f"{via}agent", top, f"{via}agent"
            if top.tag[0] in "VJ" or top is above:
                return f"{via}prep", top, f"{via}{above.lemma}"
            via, at = via or f"{above.lemma} ", top
        elif relation in ("nsubj", "csubj"):
            speaks = above.lemma in reporting_verbs()
            return f"{via}{'speaker' if speaks else 'subject'}", above, f"{via}subject"
        elif relation in ("poss", "conj", "appos", "compound", "nmod", "amod"):
            via, at = via or ("whose " if relation == "poss" else ""), above
        else:
            name = ROLES.get(relation, relation)
            return f"{via}{name}", above, f"{via}{name}"
    return "deep", None, "deep"
