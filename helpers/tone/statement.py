"""Our own verdict on the tone of a whole statement: positive, neutral, negative or mixed, by features that a person can read.

The words and their tone under negation, the verb that reports, the stances towards the targets, and how it is said: with
thanks, as a demand, with a "but" between good and bad.

A linear model weighs them; `helpers.accuracy.training_tone` fits it to sentences of our own. `tone_chances` are plain
probabilities, into which those of another model can be weighed.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from helpers.folders import MODELS
from helpers.knowledge.reporting import cue_class
from helpers.knowledge.tone import tone_attitudes, tone_groups, tone_verbs
from helpers.tone.features import WHOLE, Feature
from helpers.tone.frames import verb_with_particle
from helpers.tone.model import softmax, weighed
from helpers.tone.view import NAME, NUMBER, View
from helpers.tree import Word, children

TONE_WEIGHTS = MODELS / "tone.json"
Four = tuple[float, float, float, float]  # a number for each of TONES
FIGURES = frozenset("CARDINAL DATE TIME PERCENT MONEY QUANTITY ORDINAL".split())
FIRST = {"i": "I", "my": "I", "me": "I", "we": "we", "our": "we", "us": "we"}
MOST = 3.0  # what one kind of words may add up to
LONG = 12  # words of content for one step of length


@dataclass(frozen=True)
class Said:
    """A statement as its verdict reads it: the view, the words that are content, the verb that reports, and how the speaker
    stands towards each target (against, neither, for)."""

    view: View
    content: Sequence[int]
    verb: Word | None
    stances: Sequence[Sequence[float]]

    @property
    def words(self) -> list[Word]:
        return [self.view.words[i] for i in self.content]


def statement_features(said: Said) -> list[Feature]:
    """The features of a statement; each name once, but for those that add up tone."""
    named: dict[str, Feature] = {}
    for finder in (wording, cue, manner, poles):
        for feature in finder(said):
            named.setdefault(feature[0], feature)
    return [*named.values(), *tones(said)]


def wording(said: Said) -> Iterator[Feature]:
    """The words of the content, turned round by a negation or not, and the groups of the vocabulary that they are in."""
    view = said.view
    for word in said.words:
        turn = "not " if view.negated[word.i] else ""
        if word.lower not in (NAME, NUMBER) and word.text.isalpha():
            yield f"word {word.lemma}", word.i, 1.0
        if (tone := view.tones[word.i]) is not None and tone.word:
            yield f"{turn}{tone.kind} words", word.i, 1.0
        if (verb := view.tone_verbs[word.i]) is not None:
            yield f"{turn}{verb.kind} verb", word.i, 1.0


def cue(said: Said) -> Iterator[Feature]:
    """The verb that reports, and the noun of attitude with which the content begins."""
    verb = said.verb
    if verb is not None:
        yield f"cue {cue_class(verb.lemma) or 'other'}", verb.i, 1.0
        yield f"cue {verb.lemma}", verb.i, 1.0
        entry = tone_verbs().get(verb_with_particle(verb))
        if entry is not None:
            yield f"cue is a {entry.kind} verb", verb.i, 1.0
            yield "attitude of the cue", verb.i, float(entry.attitude)
    for word in said.words[:4]:
        for preposition in children(word, "prep"):
            if (found := tone_attitudes().get((word.lemma, preposition.lemma))) is not None:
                yield f"begins with {found.kind}", word.i, 1.0


def manner(said: Said) -> Iterator[Feature]:
    """How it is said: by whom, how long, with figures, as a question, a demand, a condition."""
    view, words, groups = said.view, said.words, tone_groups()
    yield "", WHOLE, 1.0
    yield f"length {min(5, len(words) // LONG)}", WHOLE, 1.0
    figures = [w for w in words if w.lower == NUMBER or w.ent in FIGURES]
    if figures:
        yield "figures", figures[0].i, 1.0
        yield "many figures", figures[0].i, min(3.0, len(figures) / 3)
    for word in words:
        if word.lower in FIRST:
            yield f"says {FIRST[word.lower]}", word.i, 1.0
        if word.tag in ("JJS", "RBS"):
            yield "a superlative", word.i, 1.0
        if word.tag in ("JJR", "RBR"):
            yield f"{'denied ' if view.outdone(view.words[max(0, word.i - 2)]) else ''}comparison", word.i, 1.0
        if word.lower in ("if", "unless", "?", "!"):
            yield f"has {word.lower}", word.i, 1.0
        if word.lemma in groups["demand"]:
            yield "a demand", word.i, 1.0
        if word.tag == "MD":
            yield f"modal {word.lower}", word.i, 1.0
    for token, head in view.denials:
        if head.i in said.content:
            yield "a denial", token.i, 1.0


def poles(said: Said) -> Iterator[Feature]:
    """Good and bad words beside each other, and what stands between them; the stances towards what it speaks of."""
    values = {w.i: theirs / 2 + ours for w in said.words for theirs, ours in [said.view.valences[w.i]]}
    good, bad = sum(max(v, 0.0) for v in values.values()), sum(max(-v, 0.0) for v in values.values())
    yield "good and bad", WHOLE, min(MOST, good, bad)
    if contrast := [w for w in said.words if w.lower in tone_groups()["turning"]]:
        at = contrast[-1].i
        yield "contrast", at, 1.0
        yield f"contrast {contrast[-1].lower}", at, 1.0
        before, after = (sum(v for i, v in values.items() if (i < at) == first) for first in (True, False))
        yield "contrast of good and bad", at, float(before * after < 0)
        yield "after the contrast", at, max(-MOST, min(MOST, after))
        yield "before the contrast", at, max(-MOST, min(MOST, before))
    if said.stances:
        against, toward = max(s[0] for s in said.stances), max(s[2] for s in said.stances)
        yield "most against a target", WHOLE, against
        yield "most for a target", WHOLE, toward
        yield "for one, against another", WHOLE, min(against, toward)
        yield "stances", WHOLE, sum(s[2] - s[0] for s in said.stances) / len(said.stances)


def tones(said: Said) -> Iterator[Feature]:
    """The tone of the words, summed, by VADER's list and by ours; and what kinds of words there are: many figures, few verbs."""
    for word in said.words:
        theirs, ours = said.view.valences[word.i]
        for name, value in (("general", theirs / 2), ("own", ours)):
            if value:
                yield f"{name} {'good' if value > 0 else 'bad'} words", word.i, abs(value)
        yield f"kind {word.tag}", WHOLE, 0.5


# --- the verdict ---


@cache
def tone_weights() -> dict[str, Four]:
    stored = json.loads(TONE_WEIGHTS.read_text(encoding="utf8"))
    return {name: (a, b, c, d) for name, (a, b, c, d) in stored["weights"].items()}


def tone_chances(said: Said) -> tuple[float, ...]:
    """The probabilities of the tones of a statement."""
    return softened(weighed(statement_features(said), tone_weights()))


def softened(found: Iterable[tuple[Feature, Four]]) -> tuple[float, ...]:
    """The probabilities that the features give together.

    >>> softened([(("thanks", 0, 2.0), (0.0, 0.0, 1.0, 0.0))])[2] > 0.6
    True
    """
    negative = neutral = positive = mixed = 0.0
    for (_, _, value), (against, neither, toward, both) in found:
        negative += against * value
        neutral += neither * value
        positive += toward * value
        mixed += both * value
    return tuple(softmax((negative, neutral, positive, mixed)))
