"""How right the statements are, as it was measured and stored: ``python -m helpers.accuracy.stored GOLD``.

>>> sorted(stored_figures())
['made', 'parts', 'stances', 'tones']

Measures the development parts of the folder GOLD and the project's own articles, and stores the figures in
``data/evaluation/statements.json``: counts and shares, no text. Notebook 08 shows them.
"""

import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from helpers.accuracy.annotation import GOLD, SEEN, UNSEEN
from helpers.accuracy.gold import articles_of, checked_article, checked_target, checked_tone, gold_rows
from helpers.accuracy.judge import reliability, sureness
from helpers.accuracy.measures import evaluate, quotes_of
from helpers.accuracy.tone_judged import ToneJudged, judged_stances, judged_tones
from helpers.analyse import analyse_many
from helpers.folders import EVALUATION, WORKSHOP
from helpers.made_with import made_with
from helpers.records import Statement
from helpers.reporting.rules import RULES
from helpers.tables.record import json_text
from helpers.tables.store import write_text

FIGURES = EVALUATION / "statements.json"
DEVELOPMENT = {"PolNeAR": "polnear_dev", "GUM news": "gumnews_dev"}  # name in tables -> file in GOLD/statements
OWN = {
    "own articles": GOLD,
    "seen articles": SEEN,
    "unseen articles": UNSEEN["unseen"],
    "unseen, other outlets": UNSEEN["unseen_2"],
}
TARGETS = {  # name in tables -> file in GOLD/stance
    "NewsMTSC, one person": "newsmtsc_rw_dev",
    "NewsMTSC, several": "newsmtsc_mt_dev",
    "DSE": "dse_dev",
}
OWN_TARGETS = {
    "unseen, every kind": WORKSHOP / "stance_unseen.jsonl",
    "unseen, made to be hard": WORKSHOP / "stance_cases_unseen.jsonl",
}
OWN_TONES = {"unseen statements": WORKSHOP / "tone_unseen.jsonl"}
LEAST = 20  # statements of a form from which its share is told


def figures(gold: Path) -> dict[str, Any]:
    """The figures of every part: measures, reliability and precision by form."""
    paths = {**development(gold), **OWN}
    return {name: part_figures(gold_rows(path, checked_article)) for name, path in paths.items()}


def development(gold: Path) -> dict[str, Path]:
    """The files of the development parts in the folder GOLD."""
    return {name: gold / "statements" / f"{part}.jsonl" for name, part in DEVELOPMENT.items()}


def part_figures(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    analyses = list(analyse_many(articles_of(rows), fast=True))
    found = {analysis.article.id: quotes_of(analysis.statements) for analysis in analyses}
    sure = [pair for row, a in zip(rows, analyses, strict=True) for pair in sureness(row, a)]
    return {
        "articles": len(rows),
        "measures": evaluate(rows, found),
        "reliability": reliability((statement.confidence, right) for statement, right in sure),
        "forms": forms(sure),
    }


def forms(sure: Iterable[tuple[Statement, bool]]) -> list[dict[str, Any]]:
    """By the rule that found the content: how many statements, and which part of them a reader had marked."""
    contents = {rule.id for rule in RULES.values() if rule.about == "content"}
    by_form: dict[str, list[bool]] = {}
    for statement, right in sure:
        if form := next((rule for rule in statement.why if rule in contents), None):
            by_form.setdefault(form, []).append(right)
    found = ((form, rights) for form, rights in sorted(by_form.items()) if len(rights) >= LEAST)
    return [{"form": form, "statements": len(n), "right": round(sum(n) / len(n), 2)} for form, n in found]


def tone_figures(gold: Path) -> dict[str, dict[str, Any]]:
    """How right stances and tones are, part by part: the measures of each system, and how sure our verdict is."""
    targets = {name: gold / "stance" / f"{part}.jsonl" for name, part in TARGETS.items()} | OWN_TARGETS
    return {
        "stances": {name: told(judged_stances(gold_rows(path, checked_target))) for name, path in targets.items()},
        "tones": {name: told(judged_tones(gold_rows(path, checked_tone))) for name, path in OWN_TONES.items()},
    }


def told(judged: ToneJudged) -> dict[str, Any]:
    """The figures of a part, as they are stored."""
    return {"count": len(judged.answers), "measures": judged.measures, "reliability": reliability(judged.sureness)}


def store_figures(gold: Path) -> Path:
    """Measure, and write the figures with what made them."""
    made = {"date": datetime.now(UTC).date().isoformat(), "command": "python -m helpers.accuracy.stored GOLD"}
    stored = {"made": {**made, **made_with(fast=False)}, "parts": figures(gold), **tone_figures(gold)}
    return write_text(FIGURES, json_text(stored, indent=1) + "\n")


def stored_figures() -> Mapping[str, Any]:
    """The figures that were stored: what made them, and those of each part."""
    found: Mapping[str, Any] = msgspec.json.decode(FIGURES.read_bytes())
    return found


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m helpers.accuracy.stored GOLD (the folder with statements/polnear_dev.jsonl)")
    print(store_figures(Path(sys.argv[1])))
