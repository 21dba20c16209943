"""Protects: our own verdict on the tone of a statement, its reasons, its measure, and that its weights can be made again."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from inputs import with_and_without_encoder

from helpers.accuracy import training_tone
from helpers.accuracy.gold import checked_tone, gold_rows
from helpers.accuracy.tone_rows import said_of
from helpers.analyse import analyse
from helpers.commands.score import evaluate_tone
from helpers.errors import InputProblem
from helpers.folders import MODELS
from helpers.records import TONES
from helpers.tables.record import statement_record
from helpers.text.article import structure
from helpers.text.files import read_article
from helpers.tone.model import likeliest
from helpers.tone.statement import tone_chances

ROOT = Path(__file__).parents[1]
CASES = json.loads((ROOT / "tests/cases/tone.json").read_text(encoding="utf8"))


@pytest.mark.parametrize(("entry", "fast"), with_and_without_encoder(CASES))
def test_tone_by_phenomenon(entry, fast):
    (statement,) = analyse(structure("case", entry["text"], title="A case"), fast=fast).statements
    assert statement.sentiment.label in entry["expected"]


@pytest.fixture(scope="module")
def seed():
    return analyse(read_article(ROOT / "seeds/us-india-defence-framework.txt"))


def test_a_refusal_is_not_positive_and_ties_never_stronger_are(seed):
    tones = {words: s.sentiment.label for s in seed.statements for words in ("hasty", "stronger") if words in s.text}
    assert tones["hasty"] != "positive" and tones["stronger"] == "positive"


def test_reasons_are_spans_and_numbers_agree(seed):
    for s in seed.statements:
        tone = s.sentiment
        assert all(seed.article.text[r.span.start : r.span.end] == r.span.text for r in tone.reasons)
        assert sum(tone.probabilities) == pytest.approx(1, abs=1e-3)
        assert tone.label == likeliest(tone.probabilities, TONES)
        assert tone.score == pytest.approx(tone.probabilities[2] - tone.probabilities[0], abs=1e-3)


def test_the_record_has_our_verdict_and_the_word_lists_beside_it(seed):
    record = statement_record(seed.statements[0])
    assert set(record["sentiment"]["probabilities"]) == set(TONES)
    assert set(record["vader"]) == {"label", "score"}


def test_a_statement_is_measured_by_its_content(tmp_path, capsys):
    row = {"id": 1, "text": "Roe praised the crew.", "content": "the crew", "speaker": "Roe", "label": "positive"}
    file = tmp_path / "gold.jsonl"
    file.write_text(json.dumps(row), encoding="utf8")
    assert evaluate_tone(file) == 0
    assert "our verdict" in capsys.readouterr().out
    file.write_text(json.dumps(row | {"content": "nowhere"}), encoding="utf8")
    with pytest.raises(InputProblem, match="line 1"):
        evaluate_tone(file)


def test_a_text_without_its_speaker_has_a_tone_too():
    (said,) = said_of([{"text": "A fine pact.", "content": "A fine pact."}])
    assert said.verb is None and sum(tone_chances(said)) == pytest.approx(1)


def test_the_training_statements_are_whole():
    rows = gold_rows(training_tone.STATEMENTS, checked_tone)
    assert len({row["id"] for row in rows}) == len(rows) == len({row["text"] for row in rows})


@pytest.mark.skipif("GOLD" not in os.environ, reason="GOLD names no folder with annotated sentences: half a minute")
def test_the_same_sentences_give_the_same_weights(tmp_path, monkeypatch):
    for name in ("HOLDER_WEIGHTS", "TONE_WEIGHTS"):
        monkeypatch.setattr(training_tone, name, tmp_path / f"{name}.json")
    made = training_tone.train()
    assert [path.read_bytes() for path in made] == [(MODELS / n).read_bytes() for n in ("holder.json", "tone.json")]
