"""How often each rule that places a quotation without asking the model is right: the second half of training.

>>> precision(Counter({("name after a dash", True): 8, ("name after a dash", False): 1}))
{'': 0.82, 'name after a dash': 0.82}
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from helpers.accuracy.measures import clipped, is_statement
from helpers.names.paragraphs import read_paragraphs
from helpers.names.people import find_people
from helpers.parse import parse
from helpers.reporting import decide
from helpers.reporting.confidence import placing_rule
from helpers.reporting.statements import drafts_in
from helpers.reporting.turns import find_turns
from helpers.text.article import structure

Counts = Counter[tuple[str, bool]]  # by rule, and whether a person had marked the same


def precision_of_placing(rows: Sequence[Mapping[str, Any]], weights: Path) -> dict[str, float]:
    """The precision of each placing rule on the annotated articles `rows`, with the model in the file `weights`."""
    with ProcessPoolExecutor(os.cpu_count(), initializer=use, initargs=(weights,)) as pool:
        return precision(sum(pool.map(counts, rows, chunksize=8), Counter()))


def use(weights: Path) -> None:
    """Decide with the weights of this file, in this process."""
    decide.WEIGHTS = weights
    decide.model.cache_clear()


def counts(row: Mapping[str, Any]) -> Counts:
    """The quotations that rules placed in one annotated article; those on attitudes do not count."""
    found: Counts = Counter()
    reads = read_paragraphs(parse(structure(row["id"], row["text"])))
    people = {person.name: person for person in find_people(reads)}
    for read, drafts, _ in drafts_in(reads, people, find_turns(reads, people)):
        start, end = read.parsed.paragraph.span.start, read.parsed.paragraph.span.end
        here = clipped(row["quotes"], start, end)
        for draft in drafts:
            right = is_statement([(s.start, s.end) for s in (read.parsed.span(*r) for r in draft.ranges)], here)
            if draft.content is None and right is not None:
                found[placing_rule(draft), right] += 1
    return found


def precision(found: Counts) -> dict[str, float]:
    """By rule, and of all under "". One right and one wrong are added, so that a rare rule is not taken for certain."""
    names = sorted({rule for rule, _ in found})
    by_rule = {rule: (found[rule, True], found[rule, False]) for rule in names}
    by_rule[""] = (sum(n for (_, ok), n in found.items() if ok), sum(n for (_, ok), n in found.items() if not ok))
    return {rule: round((right + 1) / (right + wrong + 2), 2) for rule, (right, wrong) in sorted(by_rule.items())}
