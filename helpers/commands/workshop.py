"""Turn the annotated articles of data/workshop into rows with offsets: ``python -m helpers.commands.workshop``.

>>> gold_lines(WORKSHOP / "annotated") == GOLD.read_text(encoding="utf8")
True

A test fails when a file of rows is not what this writes of its folder.
"""

from __future__ import annotations

import json
from pathlib import Path

from helpers.accuracy.annotation import annotated_articles
from helpers.folders import WORKSHOP
from helpers.tables.store import write_text

GOLD = WORKSHOP / "articles.jsonl"
SEEN, UNSEEN = WORKSHOP / "statement_seen.jsonl", WORKSHOP / "statement_unseen.jsonl"
ROWS = {"annotated": GOLD, "seen": SEEN, "unseen": UNSEEN}  # folder of marked articles -> file of their rows


def gold_lines(folder: Path) -> str:
    """The annotated articles of a folder as JSON Lines for `python -m helpers evaluate statements`."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in annotated_articles(folder))


if __name__ == "__main__":
    for name, path in ROWS.items():
        print(write_text(path, gold_lines(WORKSHOP / name)))
