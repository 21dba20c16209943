"""Protects: articles as outlets write them, then damaged, break nothing, and what is found in them is true.

The articles are the annotated ones that GOLD names; without that folder, the project's own (data/workshop) must do.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from damage import DAMAGES
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_properties import check

GOLD = os.environ.get("GOLD")
ROOT = Path(__file__).parents[1]
PARTS = {
    "workshop": ROOT / "data/workshop/articles.jsonl",
    "polnear_dev": Path(GOLD or "") / "statements/polnear_dev.jsonl",
    "gumnews_dev": Path(GOLD or "") / "statements/gumnews_dev.jsonl",
}
PARAGRAPHS = 6  # of an article at a time
EXAMPLES = 60  # a damage and a part

pytestmark = pytest.mark.usefixtures("without_encoder")


def pieces(part):
    """Some neighbouring paragraphs of an article."""
    texts = [json.loads(line)["text"] for line in PARTS[part].read_text(encoding="utf8").splitlines() if line.strip()]
    return st.sampled_from(texts).flatmap(
        lambda text: st.integers(0, max(0, len(text.split("\n")) - PARAGRAPHS)).map(
            lambda first: "\n".join(text.split("\n")[first : first + PARAGRAPHS])
        )
    )


@pytest.mark.slow
@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("damage", DAMAGES)
def test_spans_in_damaged_articles_are_true(part, damage):
    if not PARTS[part].is_file():
        pytest.skip(f"needs {part}: set GOLD to the folder of annotated articles")

    @settings(max_examples=EXAMPLES, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
    @given(pieces(part).flatmap(DAMAGES[damage]))
    def holds(text):
        check(text)

    holds()
