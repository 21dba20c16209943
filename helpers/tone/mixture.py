"""Two verdicts on a stance weighed as one: the readable model's and the encoder's.

>>> mixed((0.2, 0.6, 0.2), (0.9, 0.05, 0.05), Mixing(readable=0.4, encoder=0.7, shift=(0.0, 0.0, 0.0)))
(0.7477, 0.1534, 0.0989)

Both give probabilities; their logarithms are weighed and shifted, and made probabilities again. The few numbers lie in
``data/models/stance_mixture.json``, apart for a holder who speaks of the target ("heard"), one who only acts ("held"), what a
sentence shows of it ("shown"), and the tone of a statement; `training_mixture` in `helpers.accuracy` fits them to sentences
that both had not seen, which also makes the probabilities honest.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import log

import msgspec

from helpers.folders import MODELS
from helpers.tone.model import softmax

MIXTURE = MODELS / "stance_mixture.json"
FAINTEST = 1e-4  # no probability counts as less


@dataclass(frozen=True)
class Mixing:
    """How much each verdict counts, and what is added to each label's score."""

    readable: float
    encoder: float
    shift: tuple[float, ...]


@cache
def mixings() -> dict[str, Mixing]:
    """The numbers as stored, by the kind of verdict."""
    return msgspec.json.decode(MIXTURE.read_bytes(), type=dict[str, Mixing])


def mixed(readable: Sequence[float], encoder: Sequence[float], mixing: Mixing) -> tuple[float, ...]:
    """The probabilities of the labels by both verdicts together."""
    each = zip(readable, encoder, mixing.shift, strict=True)
    return in_decimals(
        [mixing.readable * log(max(r, FAINTEST)) + mixing.encoder * log(max(e, FAINTEST)) + s for r, e, s in each]
    )


def in_decimals(scores: Sequence[float]) -> tuple[float, ...]:
    """Scores as probabilities, four decimals each.

    >>> in_decimals((1.0, 1.0, 1.0, 1.0))
    (0.25, 0.25, 0.25, 0.25)
    """
    return tuple(round(chance, 4) for chance in softmax(scores))
