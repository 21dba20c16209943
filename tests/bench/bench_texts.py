"""The articles that the benchmarks read, and their small tables."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from helpers.records import Article
from helpers.text.article import structure

ROOT = Path(__file__).parents[2]
OWN = ROOT / "data/workshop/articles.jsonl"  # the seed is one of them
SEED = ROOT / "seeds/us-india-defence-framework.txt"
MOST = 60  # articles


def articles() -> list[Article]:
    """The gold folder's articles where $GOLD names it; else the seed and the invented articles of the workshop."""
    folder = os.environ.get("GOLD")
    found = list(gold_texts(Path(folder))) if folder else [json.loads(line)["text"] for line in lines(OWN)]
    return [structure(str(number), found[number % len(found)]) for number in range(MOST)]


def gold_texts(folder: Path) -> Iterable[str]:
    """The texts of the gold articles for development."""
    for name in ("gumnews_dev", "polnear_dev"):
        for line in lines(folder / "statements" / f"{name}.jsonl"):
            yield json.loads(line)["text"]


def lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf8").splitlines()


def show_table(title: str, rows: Sequence[tuple[str, float]], form: str = "{:10.2f}") -> None:
    """A small table on standard output."""
    width = max(len(name) for name, _ in rows)
    print(f"\n\n{title}")
    for name, value in rows:
        print(f"  {name:<{width}} {form.format(value)}")
