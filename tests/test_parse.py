"""Protects: our quicker way through spaCy's pipeline gives what spaCy's own gives."""

from __future__ import annotations

from pathlib import Path

import pytest
from spacy.pipeline import AttributeRuler

from helpers.parse import parse, pipeline
from helpers.text.files import read_article

SEED = Path(__file__).parents[1] / "seeds/us-india-defence-framework.txt"
ODD = (
    "",
    " ",
    "\n\n  \t",
    "Who's that? They've gone; it'll hold, won't it?",
    "Gonna leave. She'd said so — he's “been” there...",
    "U.S. forces' Mr. Lind, 3rd of the 1990s, paid $5m :) http://x.example/a",
)


@pytest.fixture(scope="module")
def texts():
    return [paragraph.text for paragraph in parse(read_article(SEED)).paragraphs] + [*ODD]


def test_remembered_rules_match_as_the_ruler_itself(texts):
    nlp = pipeline()
    ruler, pipes = nlp.get_pipe("attribute_ruler"), dict(nlp.pipeline)
    for text in (*texts, *texts):  # the second time all is remembered
        doc = nlp.make_doc(text)
        for name in ("tok2vec", "tagger", "parser"):
            doc = pipes[name](doc)
        assert ruler.match(doc) == AttributeRuler.match(ruler, doc), text
