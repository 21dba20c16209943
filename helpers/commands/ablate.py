"""What each form, each group of features and each repair of the parse is worth: ``python -m helpers.commands.ablate GOLD``.

Fits a model to a sample of the training articles of the folder GOLD, then measures on its development parts and on the
project's own articles what is lost when one thing is switched off, the model fitted anew. Prints a table, stores nothing.
"""

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from helpers.accuracy.annotation import GOLD
from helpers.accuracy.gold import articles_of, checked_article, gold_rows
from helpers.accuracy.measures import evaluate, quotes_of
from helpers.accuracy.stored import development
from helpers.accuracy.training import THRESHOLD, TRAINING, Unit, cue_units, fitted, quotation_units
from helpers.analyse import Reading, read, statements_in
from helpers.parse import ParsedParagraph, parse_many
from helpers.repairs import REPAIRS, Repair, repaired
from helpers.reporting.choose import Model
from helpers.reporting.rules import PLACED, RULES
from helpers.tree import read_tree

SAMPLE = 8  # every so manieth training article
MEASURES = ("easy f1", "hard f1", "exact f1", "hard joint f1")
GROUPS = {  # the beginnings of the features of each group
    "single words": ("verb ",),
    "classes": ("class ",),
    "sources": ("source ",),
    "frames": ("frame ", "fits", "misfits"),
    "where it begins": ("begins ", "after ", "skips ", "piece "),
    "where it ends": ("cut ", "keeps ", "ends "),
    "distance": ("apart ",),
    "clauses": ("finite ", "no finite "),
    "quotation marks": ("quotes ", "holds quotation", "leaves out"),
    "what the cue hangs on": ("cue relation", "cue tag", "holds word above"),
}


Ready = tuple[Mapping[str, Any], Reading]  # an annotated article, read as far as nothing switched off changes it


def ready(rows: Sequence[Mapping[str, Any]]) -> list[Ready]:
    """The annotated articles, read."""
    parsed = parse_many(articles_of(rows))
    return [(row, read(article)) for row, article in zip(rows, parsed, strict=True)]


def figures(articles: Sequence[Ready], model: Model) -> tuple[float, ...]:
    found = {}
    for row, reading in articles:
        found[row["id"]] = quotes_of(statements_in(reading, model))
    measured = evaluate([row for row, _ in articles], found)
    return tuple(measured[name] or 0.0 for name in MEASURES)


def ablations(gold: Path) -> Iterable[tuple[str, str, tuple[float, ...]]]:
    """What is switched off, the part, and how much is lost by it in each measure; first the figures with all."""
    sample = gold_rows(gold / TRAINING, checked_article)[::SAMPLE]
    training = ready(sample)
    units = [unit for row, reading in training for unit in cue_units(row, reading)]
    cues = Model(fitted(units), THRESHOLD, {})
    left = fitted(unit for row, reading in training for unit in quotation_units(row, reading, cues))
    paths = {**development(gold), "own": GOLD}
    parts = {name: ready(gold_rows(path, checked_article)) for name, path in paths.items()}
    whole = Model({**fitted(units), **left}, THRESHOLD, {})
    best = {name: figures(articles, whole) for name, articles in parts.items()}
    yield from (("nothing", name, found) for name, found in best.items())
    for what, model in switched_off(units, left, whole):
        for name, articles in parts.items():
            found = figures(articles, model)
            yield what, name, lost(best[name], found)
    for repair in REPAIRS:
        for name, articles in parts.items():
            found = figures([(row, without_repair(reading, repair)) for row, reading in articles], whole)
            yield repair.__name__, name, lost(best[name], found)


def lost(best: tuple[float, ...], found: tuple[float, ...]) -> tuple[float, ...]:
    """How much is missing in each measure."""
    return tuple(round(a - b, 1) for a, b in zip(best, found, strict=True))


def switched_off(units: Sequence[Unit], left: Mapping[str, float], whole: Model) -> Iterable[tuple[str, Model]]:
    """The models that lack one form, or one group of features."""
    for rule in RULES.values():
        if rule.about == "content" and rule.id not in PLACED:
            yield rule.id, replace(whole, without=frozenset({rule.id}))
    for group, begins in GROUPS.items():
        kept = [without(unit, begins) for unit in units]
        yield f"features: {group}", replace(whole, weights={**fitted(kept), **left})


def without_repair(reading: Reading, repair: Repair) -> Reading:
    """The article, read again as the parser left it where `repair` would mend."""
    kept = tuple(other for other in REPAIRS if other is not repair)
    paragraphs = [ParsedParagraph(p.paragraph, p.doc) for p in reading.parsed.paragraphs]
    for paragraph in paragraphs:
        vars(paragraph)["tree"] = read_tree(paragraph.doc, partial(repaired, repairs=kept))
    return read(replace(reading.parsed, paragraphs=tuple(paragraphs)))


def without(unit: Unit, begins: tuple[str, ...]) -> Unit:
    return Unit(tuple(tuple(n for n in names if not n.startswith(begins)) for names in unit.names), unit.right)


def main(gold: Path) -> None:
    """Print the table, a line as soon as it is measured."""
    print(json.dumps({"measures": MEASURES}))
    for what, part, lost in ablations(gold):
        print(f"{what:<36}{part:<10}" + "".join(f"{value:>8}" for value in lost), flush=True)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m helpers.commands.ablate GOLD (the folder with statements/polnear_train.jsonl)")
    main(Path(sys.argv[1]))
