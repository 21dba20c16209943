"""Protects: the engine that proposes and chooses statements – its candidates, its choice, its rules and its model."""

import json
from dataclasses import replace

import pytest

from helpers.accuracy.annotation import annotated
from helpers.accuracy.ceiling import ceiling
from helpers.accuracy.training import Unit, calibration, cue_units, fitted
from helpers.analyse import analyse, read
from helpers.explain import explain
from helpers.names.paragraphs import read_paragraphs
from helpers.parse import parse
from helpers.reporting import rules
from helpers.reporting.candidates import candidates
from helpers.reporting.choose import WEIGHTS, Model, selected, shares, stored_model, sureness
from helpers.reporting.features import describe, features
from helpers.reporting.paragraphs import chosen_of, read_cues
from helpers.reporting.statements import find_statements
from helpers.text.article import structure

TEXT = (
    "Foreign Minister Ada Roe said on Monday that talks had failed, adding that ships would sail. “We tried,” she said. "
    "“Nobody came.” According to Defence Minister Bo Lind, the plan condemned by the council will hold. Mr. Lind denied "
    "claims of a raid and urged the council to act."
)


def cued(text=TEXT):
    [read] = read_paragraphs(parse(structure("case", text, title="A case")))[-1:]
    return read_cues(read)


def proposals(text=TEXT):
    scene = cued(text)
    return [(cue, source, candidates(scene.scene, cue, source)) for cue, source in scene.outside]


def contents(text):
    scene = cued(text)
    words = scene.scene.tree.words
    return {
        (c.rule, " … ".join(" ".join(w.text for w in words[a:b]) for a, b in c.ranges))
        for cue, source in scene.outside
        for c in candidates(scene.scene, cue, source)
    }


# --- candidates ---


def test_short_and_long_tails_are_both_proposed():
    found = contents("Foreign Minister Ada Roe said that talks had failed, while envoys waited in the hall.")
    assert ("clause_after", "talks had failed") in found
    assert ("clause_after", "talks had failed , while envoys waited in the hall") in found


@pytest.mark.parametrize(
    ("text", "rule", "content"),
    [
        ("Ada Roe vowed to reopen the harbour.", "infinitive_after", "to reopen the harbour"),
        ("Ada Roe urged the council to act.", "infinitive_after", "the council to act"),
        ("Ada Roe condemned the raid.", "noun_after", "the raid"),
        ("Ada Roe called for an inquiry.", "preposition_after", "an inquiry"),
        ("The raid was condemned by Ada Roe.", "done_to", "The raid"),
        ("The pact, Ada Roe said, will hold.", "sentence_around", "The pact … will hold"),
        ("The pact will hold, Ada Roe said.", "clause_before", "The pact will hold"),
        ("According to Ada Roe, the pact will hold.", "beside_according", "the pact will hold"),
        ("Her denial of a raid was brief.", "preposition_after", "a raid"),
    ],
)
def test_each_form_is_proposed(text, rule, content):
    assert (rule, content) in contents(text)


def test_candidates_hold_ids_of_rules_and_each_content_once():
    for _, _, found in proposals():
        assert {c.rule for c in found} <= set(rules.RULES)
        assert len({c.ranges for c in found}) == len(found)


def test_no_candidate_cuts_a_quotation_in_two():
    scene = cued("Ada Roe said the plan was “dead, and buried” in the hall.")
    for cue, source in scene.outside:
        for c in candidates(scene.scene, cue, source):
            for start, end in scene.scene.borders.tokens:
                assert not any(a < start < b < end or start < a < end < b for a, b in c.ranges)


# --- the choice ---


def test_shares_of_candidates_and_nothing_make_one():
    chances, nothing = shares([2.0, -1.0, 700.0])
    assert sum(chances) + nothing == pytest.approx(1.0)
    assert chances[2] == pytest.approx(1.0)


def test_what_is_selected_does_not_cross():
    kept = selected(chosen_of(cued(), stored_model()), 0.1)
    ranges = [r for chosen in kept for r in chosen.best.ranges]
    assert not any(a < c < b < d for a, b in ranges for c, d in ranges)


def test_with_all_weights_nought_nothing_is_likelier_than_one_of_two():
    model = replace(stored_model(), weights={}, threshold=0.99)
    text = "Ada Roe said that talks had failed."
    article = structure("case", text, title="A case")
    reads = read_paragraphs(parse(article))
    assert find_statements(article, reads, (), (), model) == ()


@pytest.mark.parametrize("form", ["clause_before", "goes_on", "told_within"])
def test_a_form_that_is_switched_off_gives_nothing(form):
    text = "“Minister Bo Lind said that the port was safe,” Ada Roe told reporters. “Talks failed.”"
    article = structure("case", text, title="A case")
    reads = read_paragraphs(parse(article))
    model = stored_model()
    by = [find_statements(article, reads, (), (), m) for m in (model, replace(model, without=frozenset({form})))]
    assert [any(form in s.why for s in found) for found in by] == [True, False]


# --- rules ---


def test_no_result_hangs_on_how_a_rule_is_explained(monkeypatch):
    before = analyse(structure("case", TEXT, title="A case")).statements
    for name, rule in rules.RULES.items():
        monkeypatch.setitem(rules.RULES, name, replace(rule, explanation=f"Reworded: {name}."))
    after = analyse(structure("case", TEXT, title="A case")).statements
    assert after == before
    assert "Reworded: clause_after." in explain(after[0])


def test_every_rule_of_a_statement_has_an_explanation():
    for statement in analyse(structure("case", TEXT, title="A case")).statements:
        known = [rule for rule in statement.why if not rule.startswith(("cue: ", "speaker by ", "theme inherited"))]
        assert known
        assert set(known) <= set(rules.RULES)


# --- the model ---


def test_the_model_is_small_and_holds_no_running_text():
    assert WEIGHTS.stat().st_size < 400_000
    stored = json.loads(WEIGHTS.read_text(encoding="utf8"))
    assert all(round(weight, 3) == weight for weight in stored["weights"].values())
    assert all(len(name.split()) <= 16 for name in stored["weights"])


def test_features_are_plain_words():
    scene = cued()
    cue, source = scene.outside[0]
    found = candidates(scene.scene, cue, source)
    described = describe(scene.scene, cue, source)
    assert "verb say" in features(described, found[0])
    assert all(isinstance(name, str) for c in found for name in features(described, c))


def test_training_is_deterministic_and_learns_what_is_right():
    units = [Unit((("a", "x"), ("b", "x")), (1.0, 0.0)), Unit((("b",),), (0.0,))] * 20
    weights = fitted(units)
    assert weights == fitted(units)
    assert weights["a"] > weights["b"]


def test_what_a_reader_marked_by_a_cue_is_right_and_what_stands_inside_it_is_left_out():
    row = annotated(
        "talks", "source: x\n\nForeign Minister {1|Ada Roe} <1|said> that [1i|Bo Lind had warned of haste]."
    )
    [unit] = cue_units(row, read(parse(structure(row["id"], row["text"]))))
    assert max(unit.right) == 1.0


def test_confidence_is_brought_down_to_the_share_that_was_right():
    boasting = [(0.95, number % 10 < 8) for number in range(100)] + [(0.6, number % 2 == 0) for number in range(100)]
    model = Model({}, 0.5, {}, calibration(boasting))
    assert abs(sureness(0.05, model) - 0.8) < 0.02 and abs(sureness(0.4, model) - 0.5) < 0.02


def test_the_ceiling_is_the_recall_of_an_oracle():
    row = annotated("talks", "source: x\n\nForeign Minister {1|Ada Roe} <1|said> that [1i|talks had failed].")
    assert ceiling([row]) == {"easy": 100.0, "hard": 100.0, "exact": 100.0}
