"""The model of stance: a weight for each feature and label, probabilities, and the words that decided.

>>> model().temperature > 0
True

The weights lie in ``data/models/stance.json``, beside their card; `helpers.accuracy.training_tone` makes them.
"""

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

from helpers.folders import MODELS
from helpers.tone.features import Feature
from helpers.tone.situation import SILENT

STANCE_WEIGHTS = MODELS / "stance.json"
HOLDER_WEIGHTS = MODELS / "holder.json"
SHARE = 0.6  # of what a sentence shows, where somebody speaks; chosen by cross-validation
Some = TypeVar("Some", bound=str)
Three = tuple[float, float, float]  # a number for each of LABELS
Weights = tuple[float, float, float, float]  # one for each of LABELS, and how far they pull from against to for
Weighed = tuple[Feature, Weights]


@dataclass(frozen=True)
class Model:
    """Weights by feature, and the few numbers beside them."""

    weights: dict[str, Weights]
    temperature: float  # scores are divided by it, which makes the probabilities honest
    held: float  # these four are for a named holder: added to neutral
    apart: float  # added to neutral where holder and target have no verb in common
    spoken: float  # times the frame's value: added to positive and taken from negative
    sure: float  # from this probability on, a stance is sure


@cache
def model() -> Model:
    stored = json.loads(STANCE_WEIGHTS.read_text(encoding="utf8"))
    weights = {name: (a, b, c, c - a) for name, (a, b, c) in stored.pop("weights").items()}
    a, b, c, pull = weights["frame"]
    return Model(weights | {"frame": (a, b, c, pull + 2 * stored["spoken"])}, **stored)


@cache
def holder_weights() -> dict[str, Weights]:
    """What each situation counts in which somebody speaks of a target, as stored."""
    stored = json.loads(HOLDER_WEIGHTS.read_text(encoding="utf8"))
    return {name: (a, b, c, c - a) for name, (a, b, c) in stored["weights"].items()}


def weighed(found: Iterable[Feature], weights: Mapping[str, Weights] | None = None) -> list[Weighed]:
    """The features that have weights, with them: those of the sentence, if no others are given."""
    weights = model().weights if weights is None else weights
    return [(feature, weight) for feature in found if (weight := weights.get(feature[0])) is not None]


def scores(found: Iterable[Weighed]) -> Three:
    """The sum of the weights of the features, for each label."""
    negative = neutral = positive = 0.0
    for (_, _, value), (against, neither, toward, _) in found:
        negative += against * value
        neutral += neither * value
        positive += toward * value
    return negative, neutral, positive


def heard_base(found: Iterable[Feature], shown: Iterable[Weighed], said: float) -> Three:
    """The part in the scores that what a sentence shows has where somebody speaks: none in a situation that makes it silent."""
    if any(name in SILENT for name, _, _ in found):
        return 0.0, 0.0, 0.0
    against, neither, toward = cooled(held_scores(scores(shown), said))
    return SHARE * against, SHARE * neither, SHARE * toward


def heard_scores(found: Sequence[Feature], shown: Iterable[Weighed], said: float) -> Three:
    """The scores of a stance where somebody speaks: what the sentence shows, and the situation in which it is said."""
    base, own = heard_base(found, shown, said), scores(weighed(found, holder_weights()))
    return base[0] + own[0], base[1] + own[1], base[2] + own[2]


def held_scores(sums: Three, said: float = 0.0, together: bool = True) -> Three:
    """The scores where a holder is named who does not speak: what the frame says (`said`, -1 to 1) counts, and neutral is
    likelier."""
    m = model()
    negative, neutral, positive = sums
    return negative - m.spoken * said, neutral + m.held + (0.0 if together else m.apart), positive + m.spoken * said


def cooled(sums: Three) -> Three:
    """The scores of what a sentence shows, made honest."""
    heat = model().temperature
    return sums[0] / heat, sums[1] / heat, sums[2] / heat


def probabilities(sums: Three) -> Three:
    """Probabilities of the labels.

    >>> [round(p, 2) for p in probabilities((0.0, 0.0, 0.0))]
    [0.33, 0.33, 0.33]
    """
    negative, neutral, positive = softmax(sums)
    return negative, neutral, positive


def softmax(scores: Sequence[float]) -> list[float]:
    """Scores as probabilities.

    >>> softmax((1.0, 1.0, 1.0, 1.0))
    [0.25, 0.25, 0.25, 0.25]
    """
    raised = [math.exp(score - max(scores)) for score in scores]
    total = sum(raised)
    return [one / total for one in raised]


def likeliest(chances: Sequence[float], labels: Sequence[Some]) -> Some:
    """The likeliest of the labels, the first of equals.

    >>> likeliest((0.2, 0.3, 0.5), ("negative", "neutral", "positive"))
    'positive'
    """
    return labels[max(range(len(labels)), key=chances.__getitem__)]
