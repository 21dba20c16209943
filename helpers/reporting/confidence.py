"""How sure a statement is: the chance that a careful reader would mark the same words as somebody's.

>>> confidence(Draft(None, None, [(0, 9)], ["quotation without a cue"])) < 1
True

A draft of the grammar has the probability that the model gave it (`helpers.reporting.decide`). A quotation that a rule
placed without asking the model has the precision of that rule on the training articles, which
`helpers.accuracy.training` measures and stores beside the weights. Notebook 08 checks both on other articles.
"""

from __future__ import annotations

import json
from functools import cache

from helpers.reporting import decide
from helpers.reporting.drafts import Draft


def confidence(draft: Draft) -> float:
    """From 0 to 1, in steps of 0.01. It says nothing of whether the speaker is the right one."""
    if draft.content is not None:
        return round(draft.confidence, 2)
    measured = placed()
    return measured.get(placing_rule(draft), measured[""])


def placing_rule(draft: Draft) -> str:
    """The rule that placed a quotation: the first, or the one after the rule of its source.

    >>> placing_rule(Draft(None, None, [(0, 9)], ["speaker before goes on"]))
    'speaker before goes on'
    """
    return draft.rules[1 if draft.cue is not None else 0]


@cache
def placed() -> dict[str, float]:
    """The precision of each placing rule; under "", that of all of them, for rules the training articles never needed."""
    stored: dict[str, float] = json.loads(decide.WEIGHTS.read_text(encoding="utf8"))["placed"]
    return stored
