"""Unlabelled targets for the encoder's students: ``python -m helpers.accuracy.transfer_rows ARTICLES OUT.jsonl``.

ARTICLES is a .jsonl of articles (``id``, ``text``). Each row is a target as the project itself finds it in a statement, with
its source; an ensemble of encoders labels them (`helpers.accuracy.training_encoder`).
"""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from helpers.accuracy.gold import articles_of, checked_text, gold_rows
from helpers.analyse import analyse_parsed
from helpers.parse import parse_many
from helpers.records import Article
from helpers.tables.record import json_lines
from helpers.tables.store import write_text
from helpers.themes.taxonomy import load_taxonomy
from helpers.tone.second import asked_about

LONGEST = 700  # characters


def transfer_rows(articles: Iterable[Article]) -> Iterator[dict[str, Any]]:
    """The targets in the statements of articles."""
    for parsed in parse_many(articles):
        for statement in analyse_parsed(parsed, load_taxonomy(), fast=True).statements:
            for stance in statement.stances:
                asked = asked_about(statement, parsed.by_number[statement.paragraph], stance.target)
                if asked.target is not None and 0 <= asked.target[0] < asked.target[1] <= len(asked.text) <= LONGEST:
                    row = {"text": asked.text, "target_start": asked.target[0], "target_end": asked.target[1]}
                    holder = asked.holder
                    yield row | ({"source_start": holder[0], "source_end": holder[1]} if holder else {})


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: python -m helpers.accuracy.transfer_rows ARTICLES OUT.jsonl")
    articles = articles_of(gold_rows(sys.argv[1], checked_text)[::2])
    print(write_text(Path(sys.argv[2]), json_lines(transfer_rows(articles))))
