"""What the model of stance reads about one target in a sentence, each feature by a name that a person can read.

>>> view = View.of(pipeline()("Ada Roe condemned the raid."))                # doctest: +SKIP
>>> [name for name, token, value in features(view, [4]) if token == 2][:4]   # doctest: +SKIP
['word condemn', 'clause condemn', 'near condemn', 'before1 condemned']

A feature is a name, the token that it comes from (-1: the sentence as a whole) and a value.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise

from helpers.knowledge.reporting import reporting_verbs
from helpers.knowledge.tone import tone_verbs
from helpers.tone.frames import frame, verb_with_particle
from helpers.tone.view import NAME, NUMBER, View

Feature = tuple[str, int, float]
TARGET = "TARGET"
SKIPPED = frozenset((NAME, NUMBER, TARGET, ",", ".", "“", "”", '"', "the", "a", "an"))
PRONOUNS = ("PRP", "PRP$")
BESIDE = 4  # words on each side that count as beside the target
STEPS = (0, 1, 2, 3, 4, 4, 6)  # bins of the number of dependency steps
WHOLE = -1


def features(view: View, target: Sequence[int]) -> list[Feature]:
    """The features of the target at the tokens `target` of `view`; each name once, but for those that add up tone."""
    place = Place(view, target)
    named: dict[str, Feature] = {}
    for finder in (words, neighbours, relations, kinds, circumstances):
        for feature in finder(place):
            named.setdefault(feature[0], feature)
    return [*named.values(), *tones(place)]


class Place:
    """A target in its sentence, with what all features need of it."""

    def __init__(self, view: View, target: Sequence[int]) -> None:
        self.view, self.inside = view, set(target)
        self.first, self.last = min(target), max(target)
        self.head = head_of(view, target)
        self.words = [TARGET if i in self.inside else w for i, w in enumerate(view.words)]
        self.distance = view.distances(self.head)
        self.clause = view.clauses[self.head]
        self.role, self.verb, self.slot = role_of(view, self.head)

    @cached_property
    def rival(self) -> list[int]:
        """The steps from each token to the nearest name outside the target; 99 where there is none."""
        return self.view.distances(*(i for i in self.view.named if i not in self.inside))

    def masked(self, i: int) -> bool:
        """Is the token a name inside the target? Common nouns have a tone of their own there: the aggression."""
        return i in self.inside and self.view.forms[i] == NAME

    def steps(self, i: int) -> int:
        return STEPS[min(self.distance[i], 6)]


def words(place: Place) -> Iterator[Feature]:
    """The words of the sentence, of the target's clause, and those at most two steps away in the tree."""
    clauses, distance = place.view.clauses, place.distance
    for i, word in enumerate(place.words):
        if word not in SKIPPED:
            yield f"word {word}", i, 1.0
            if clauses[i] == place.clause:
                yield f"clause {word}", i, 1.0
            if distance[i] <= 2:
                yield f"near {word}", i, 1.0


def neighbours(place: Place) -> Iterator[Feature]:
    """Pairs of words, and the words beside the target."""
    forms = [TARGET if i in place.inside else form for i, form in enumerate(place.view.forms)]
    kept = [i for i, form in enumerate(forms) if not (i and form in (TARGET, NAME) and forms[i - 1] == form)]
    for a, b in pairwise(kept):
        yield f"pair {forms[a]} {forms[b]}", b, 1.0
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
    """The role of the target, the verb that governs it and what else hangs on that, the way up, what hangs on it."""
    view, role, verb, slot, names = place.view, place.role, place.verb, place.slot, place.words
    yield f"role {role}", WHOLE, 1.0
    yield f"relation {view.relations[place.head]}", WHOLE, 1.0
    if verb >= 0:
        turn = " negated" if view.negated[verb] else ""
        key = verb_with_particle(view, verb)
        yield f"{slot} of {key}", verb, 1.0
        yield f"governed by {view.words[verb]}", verb, 1.0
        if turn:
            yield f"{slot} of a negated verb", verb, 1.0
        if tone := tone_verbs().get(key):
            shown = {"object": tone.object, "passive": tone.object, "subject": tone.subject}.get(slot, 0)
            if shown:
                yield f"{slot} shown by the verb", verb, shown * (-1.0 if turn else 1.0)
            yield f"{slot} of a {tone.kind} verb", verb, 1.0
            if turn:
                yield f"{slot} of a negated {tone.kind} verb", verb, 1.0
        for child in view.children[verb]:
            relation = view.relations[child]
            if child in place.inside or relation in ("punct", "det"):
                continue
            yield f"{slot}, {relation} {names[child]}", child, 1.0
            yield f"beside {names[child]}", child, 1.0
            for below in view.children[child]:
                if view.relations[below] in ("pobj", "amod", "dobj", "compound"):
                    yield f"{slot}, {relation} {view.relations[below]} {names[below]}", below, 1.0
    if said := frame(view, place.head):
        side, token = "for" if said.value > 0 else "against", said.words[0] if said.words else WHOLE
        yield f"frame {side}", token, abs(said.value)
        yield f"frame {side}, {role}", token, 1.0
        yield "frame", token, said.value
    yield from above(place)
    for child in view.children[place.head]:
        if child not in place.inside and view.relations[child] != "punct":
            yield f"has {view.relations[child]} {names[child]}", child, 1.0
    if view.relations[place.head] == "poss":
        yield f"whose {names[view.heads[place.head]]}", view.heads[place.head], 1.0


def above(place: Place, most: int = 6) -> Iterator[Feature]:
    """The words above the target in the tree, and the way to them."""
    view, at = place.view, place.head
    trail: list[str] = []
    while view.heads[at] != at and len(trail) < most:
        trail.append(view.relations[at])
        at = view.heads[at]
        yield f"above {place.words[at]}", at, 1.0
        told = reporting_verbs().get(place.words[at])
        if told and trail[-1] in ("ccomp", "dobj", "prep", "parataxis", "xcomp"):
            yield f"told by a {told.kind} verb", at, 1.0
        if len(trail) <= 3:
            yield f"way {' '.join(trail)} {place.words[at]}", at, 1.0
    yield f"way {' '.join(trail)}", WHOLE, 1.0


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
            if view.clauses[i] == place.clause:
                yield f"{turn}{tone.kind} words in its clause", i, 1.0
        if verb is not None:
            yield f"{turn}{verb.kind} verb {steps} steps away", i, 1.0
            yield f"{turn}{verb.kind} verb", i, 1.0
        value = ours or theirs
        if place.distance[i] <= 4 and not masked and (value or verb is not None):
            path = way(view, place.head, i)
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
            if view.clauses[i] == place.clause:
                yield f"{good} words in its clause", i, size
                yield f"{good} words in its clause, {place.role}", i, size


def circumstances(place: Place) -> Iterator[Feature]:
    """The sentence: where the target stands in it, its length, quotation marks, a question."""
    view = place.view
    yield "", WHOLE, 1.0
    yield f"place {min(4, 5 * place.first // len(view))}", WHOLE, 1.0
    yield f"length {min(6, len(view) // 8)}", WHOLE, 1.0
    yield "in quotation marks" if view.quoted[place.head] else "outside quotation marks", WHOLE, 1.0
    if any(view.quoted):
        yield "a quotation in the sentence", WHOLE, 1.0
    if "?" in view.forms:
        yield "question", WHOLE, 1.0
    if place.first == place.last and view.tags[place.head] in PRONOUNS:
        yield f"pronoun {view.forms[place.head]}", WHOLE, 1.0


def way(view: View, start: int, end: int) -> str:
    """The relations on the way from one token to another: up (^), then down."""
    up = view.line(start)
    down = []
    at = end
    while at not in up:
        down.append(at)
        if view.heads[at] == at:
            return "nowhere"
        at = view.heads[at]
    rising = (f"^{view.relations[i]}" for i in up[: up.index(at)])
    return " ".join([*rising, *(view.relations[i] for i in reversed(down))])


def head_of(view: View, tokens: Sequence[int]) -> int:
    """The token of a phrase on which its others hang."""
    inside = set(tokens)
    return next((i for i in tokens if view.heads[i] not in inside or view.heads[i] == i), tokens[-1])


def role_of(view: View, head: int) -> tuple[str, int, str]:
    """The role of a token in short, the verb or adjective that governs it (or -1), and its slot there."""
    at, via = head, ""
    for _ in range(6):
        relation, above = view.relations[at], view.heads[at]
        if above == at:
            return "root", -1, "root"
        if relation == "pobj":
            preposition, top = view.words[above], view.heads[above]
            if view.relations[above] == "agent":
                return f"{via}agent", top, f"{via}agent"
            if view.tags[top][0] in "VJ" or top == above:
                return f"{via}prep", top, f"{via}{preposition}"
            via, at = via or f"{preposition} ", top
        elif relation in ("nsubj", "csubj"):
            speaks = view.words[above] in reporting_verbs()
            return f"{via}{'speaker' if speaks else 'subject'}", above, f"{via}subject"
        elif relation in ("poss", "conj", "appos", "compound", "nmod", "amod"):
            via, at = via or ("whose " if relation == "poss" else ""), above
        else:
            name = ROLES.get(relation, relation)
            return f"{via}{name}", above, f"{via}{name}"
    return "deep", -1, "deep"


ROLES = {
    "nsubjpass": "passive",
    "dobj": "object",
    "dative": "object",
    "iobj": "object",
    "attr": "attribute",
    "oprd": "attribute",
    "acomp": "attribute",
}
