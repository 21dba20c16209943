"""Protects: our quicker way through spaCy's pipeline gives what spaCy's own gives."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc

from helpers.parse import model_name, parse, pipeline
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


def test_names_are_those_of_the_recogniser_itself(texts):
    nlp = pipeline()
    assert nlp.pipe_names[-1] == "names"
    for ours in nlp.pipe([*texts, " ".join(texts)]):
        own = Doc(nlp.vocab, words=[t.text for t in ours], spaces=[bool(t.whitespace_) for t in ours])
        own = nlp.get_pipe("ner")(own.from_array(["SENT_START"], ours.to_array(["SENT_START"])))
        assert [(e.start, e.end, e.label_) for e in ours.ents] == [(e.start, e.end, e.label_) for e in own.ents]
        assert [t.ent_iob_ for t in ours] == [t.ent_iob_ for t in own]


def test_sums_are_those_of_spacy(texts):
    quick, own = pipeline(), spacy.load(model_name())
    for ours, theirs in zip(quick.pipe(texts[:-2]), own.pipe(texts[:-2]), strict=True):
        assert [(t.tag_, t.dep_, t.head.i, t.ent_type_, t.lemma_) for t in ours] == [
            (t.tag_, t.dep_, t.head.i, t.ent_type_, t.lemma_) for t in theirs
        ]
