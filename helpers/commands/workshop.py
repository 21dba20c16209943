"""Turn the annotated articles of data/workshop into rows with offsets: ``python -m helpers.commands.workshop``.

>>> gold_lines(WORKSHOP / "annotated") == GOLD.read_text(encoding="utf8")
True

A test fails when ``articles.jsonl`` is not what this writes.
"""

from __future__ import annotations

import json
from pathlib import Path

from helpers.annotation import annotated_articles
from helpers.folders import WORKSHOP
from helpers.store import write_text

GOLD = WORKSHOP / "articles.jsonl"


def gold_lines(folder: Path) -> str:
    """The annotated articles of a folder as JSON Lines for `python -m helpers evaluate statements`."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in annotated_articles(folder))


if __name__ == "__main__":
    print(write_text(GOLD, gold_lines(WORKSHOP / "annotated")))
