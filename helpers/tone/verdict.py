"""Our own verdict on the tone of a whole statement: positive, neutral, negative or mixed, and the words that decided.

>>> analyse(read_text("Roe thanked the crew for their courage.")).statements[0].sentiment.label     # doctest: +SKIP
'positive'

A linear model weighs the named features of `helpers.tone.statement`; `helpers.accuracy.training_tone` fits it to sentences
of our own. `chances` are plain probabilities, into which those of another model can be weighed.
"""

import json
from collections.abc import Iterable
from functools import cache

from helpers.folders import MODELS
from helpers.tone.features import Feature
from helpers.tone.model import softmax, weighed
from helpers.tone.statement import Said, statement_features

WEIGHTS = MODELS / "tone.json"
Four = tuple[float, float, float, float]  # a number for each of TONES


@cache
def tone_weights() -> dict[str, Four]:
    stored = json.loads(WEIGHTS.read_text(encoding="utf8"))
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
