"""Protects: our accuracy figures mean what the field's do, and agree with the shared scorer where it is there."""

import importlib.util
import json
import os
from pathlib import Path

import pytest

from helpers.accuracy.measures import evaluate, quotes_of

GOLD = os.environ.get("GOLD")
ROW = {
    "id": "a",
    "text": "Ada Roe said that talks failed. She hopes for peace. “No,” said Bo Lind.",
    "quotes": [
        {
            "start": 13,
            "end": 30,
            "kind": "indirect",
            "speaker_start": 0,
            "speaker_end": 7,
            "speaker_text": "Ada Roe",
            "source": "Ada Roe",
        },
        {"start": 42, "end": 51, "kind": "indirect", "statement": False},
        {
            "start": 53,
            "end": 58,
            "kind": "direct",
            "speaker_start": 64,
            "speaker_end": 71,
            "speaker_text": "Bo Lind",
            "source": "Bo Lind",
        },
    ],
}


def predicted(*quotes):
    return {"a": [{"start": a, "end": b, "speaker_text": name, "speaker_name": name} for a, b, name in quotes]}


def test_all_right():
    measured = evaluate([ROW], predicted((18, 30, "Ada Roe"), (53, 58, "Bo Lind")))
    assert measured["exact f1"] == measured["exact joint f1"] == measured["hard name"] == 100.0


def test_attitudes_are_neither_asked_for_nor_punished():
    with_hope = evaluate([ROW], predicted((13, 30, "Ada Roe"), (42, 51, "Ada Roe"), (53, 58, "Bo Lind")))
    assert with_hope["hard precision"] == with_hope["hard recall"] == 100.0


def test_a_wrong_speaker_counts_against_joint_only():
    measured = evaluate([ROW], predicted((13, 30, "Bo Lind"), (53, 58, "Bo Lind")))
    assert (measured["hard f1"], measured["hard joint f1"], measured["hard name"]) == (100.0, 50.0, 50.0)


def test_half_a_quotation_is_easy_but_not_hard():
    measured = evaluate([ROW], predicted((13, 22, "Ada Roe")))
    assert (measured["easy recall"], measured["hard recall"]) == (50.0, 0.0)


@pytest.mark.slow
@pytest.mark.skipif(not GOLD, reason="needs the gold folder: set GOLD")
@pytest.mark.parametrize("part", ["gumnews_dev", "polnear_dev"])
def test_same_figures_as_the_shared_scorer(part):
    from helpers.analyse import analyse_many
    from helpers.text.article import structure

    place = Path(GOLD) / "../tools/score_statements.py"
    if not place.exists():
        pytest.skip("the shared scorer is not there")
    spec = importlib.util.spec_from_file_location("score_statements", place)
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    rows = [
        json.loads(line) for line in (Path(GOLD) / f"statements/{part}.jsonl").read_text(encoding="utf8").splitlines()
    ][:12]
    found = {a.article.id: quotes_of(a.statements) for a in analyse_many(structure(r["id"], r["text"]) for r in rows)}
    theirs = scorer.score(rows, [{"id": key, "quotes": quotes} for key, quotes in found.items()])
    ours = evaluate(rows, found)
    for rule in ("easy", "hard", "exact"):
        assert ours[f"{rule} f1"] == pytest.approx(100 * theirs[rule]["f1"], abs=0.06)
        assert ours[f"{rule} joint f1"] == pytest.approx(100 * theirs[rule]["joint"]["f1"], abs=0.06)
        assert ours[f"{rule} speaker"] == pytest.approx(100 * theirs[rule]["speaker_acc"], abs=0.06)
