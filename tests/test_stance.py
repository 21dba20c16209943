"""Protects: the stance of a speaker towards each target, case by case (tests/cases/stance.json), and its explanation."""

import json
import os
from collections import Counter
from pathlib import Path

import pytest
from inputs import with_and_without_encoder

from helpers.accuracy.gold import checked_target, gold_rows
from helpers.accuracy.measures import label_measures
from helpers.accuracy.tone_judged import afinn_label
from helpers.accuracy.tone_rows import holder_in, tokens_at
from helpers.accuracy.training_tone import fitted_stance
from helpers.analyse import analyse
from helpers.commands.score import evaluate_stance
from helpers.errors import InputProblem
from helpers.explain import explain_stance
from helpers.parse import pipeline
from helpers.records import LABELS
from helpers.text.article import structure
from helpers.text.files import read_article
from helpers.tone.model import STANCE_WEIGHTS, likeliest, probabilities
from helpers.tone.stance import judged, readable_verdict

ROOT = Path(__file__).parents[1]
GOLD = os.environ.get("GOLD")
CASES = json.loads((ROOT / "tests/cases/stance.json").read_text(encoding="utf8"))
PHENOMENA = ("negation", "concession", "comparison", "demand", "warning", "denial", "condolence", "two targets", "euphemism",
             "trade talk", "military terms", "good words, bad stance", "another's view", "attitude verb", "topic")  # fmt: skip


def stances_of(text, fast=True):
    analysis = analyse(structure("case", text, title="A case"), fast=fast)
    return [s for statement in analysis.statements for s in statement.stances]


def towards(stances, start, end):
    """The labels of the stances whose target meets the characters `start` to `end`."""
    return [s.label for s in stances if s.target.start < end and start < s.target.end]


@pytest.mark.parametrize(("entry", "fast"), with_and_without_encoder(CASES))
def test_stance_by_phenomenon(entry, fast):
    start = entry["text"].index(entry["target"])
    found = set(towards(stances_of(entry["text"], fast), start, start + len(entry["target"])))
    assert found == ({entry["expected"]} if entry["expected"] else set())  # null: not said, so there is no stance


def test_every_phenomenon_has_its_cases():
    counts = Counter(entry["phenomenon"] for entry in CASES)
    assert set(counts) == set(PHENOMENA)
    assert min(counts.values()) >= 8


# --- the seed ---


@pytest.fixture(scope="module")
def seed():
    return analyse(read_article(ROOT / "seeds/us-india-defence-framework.txt"))


def said_of(seed, speaker, words):
    """The stances of a speaker whose target holds the words."""
    found = [
        stance
        for statement in seed.statements
        if speaker in [s.name for s in statement.speakers]
        for stance in statement.stances
        if words in stance.target.text
    ]
    assert found, f"{speaker} takes no stance on {words!r}"
    return found


@pytest.mark.parametrize(
    ("speaker", "target", "label"),
    [
        ("S. Jaishankar", "selective application of global trade principles", "negative"),
        ("S. Jaishankar", "restrictions on energy flows", "negative"),
        ("Pete Hegseth", "partnership", "positive"),
        ("Piyush Goyal", "pressured into hasty concessions", "negative"),
        ("Rajnath Singh", "engagement with ASEAN", "positive"),
    ],
)
def test_officials_of_the_seed(seed, speaker, target, label):
    assert {s.label for s in said_of(seed, speaker, target)} == {label}


def test_an_equitable_deal_is_demanded_not_praised(seed):
    (stance,) = said_of(seed, "Piyush Goyal", "any trade deal")
    assert stance.demand and stance.label == "neutral"


def test_nobody_takes_a_stance_on_themselves(seed):
    for statement in seed.statements:
        names = {s.name for s in statement.speakers} | {s.country for s in statement.speakers}
        assert not names & {stance.target.text for stance in statement.stances}


# --- what a stance holds ---


def test_targets_and_reasons_are_spans_of_the_article(seed):
    text, stances = seed.article.text, [s for st in seed.statements for s in st.stances]
    spans = [span for s in stances for span in (s.target, *(r.span for r in s.reasons))]
    assert len(spans) > 30
    assert all(text[span.start : span.end] == span.text for span in spans)
    for statement in seed.statements:
        assert all(any(g.contains(s.target) for g in statement.segments) for s in statement.stances)


def test_numbers_of_a_stance_agree(seed):
    for stance in (s for statement in seed.statements for s in statement.stances):
        assert sum(stance.probabilities) == pytest.approx(1, abs=1e-3)
        assert stance.label == likeliest(stance.probabilities, LABELS)
        assert stance.score == pytest.approx(stance.probabilities[2] - stance.probabilities[0], abs=1e-3)


def test_few_targets_and_none_inside_another(seed):
    for statement in seed.statements:
        targets = [s.target for s in statement.stances]
        assert 1 <= len(targets) <= 5
        assert not any(a.overlaps(b) for a in targets for b in targets if a is not b)


def test_explanation_names_verdict_target_and_deciding_words():
    (stance,) = stances_of("Defence Minister Elin Quist condemned the raid.")
    assert stance.reasons[0].span.text == "condemned" and stance.reasons[0].weight < 0
    told = explain_stance(stance)
    assert told.startswith("Negative towards [raid]") and "[condemned] (−" in told


def test_shown_words_and_the_rest_are_the_whole_sum():
    for stance in (s for case in CASES for s in stances_of(case["text"])):
        told = explain_stance(stance)
        assert ("The rest of the sentence adds" in told) == (abs(stance.rest) >= 0.2)
        whole = stance.rest + sum(reason.weight for reason in stance.reasons)
        if stance.sure and stance.label != "neutral" and not stance.held_by:
            assert (whole > 0) == (stance.label == "positive"), told


def test_an_unsure_verdict_says_so():
    stance = next(s for c in CASES for s in stances_of(c["text"]) if not s.sure)
    assert explain_stance(stance).startswith(f"Unsure, rather {stance.label}")


def test_holder_and_target_are_not_confused():
    """Who praises is not praised by it."""
    doc = pipeline()("Elin Quist praised Bo Lind, while Ada Roe stayed silent.")
    praised, praiser = judged(doc, [3, 4], [0, 1]), judged(doc, [0, 1], [3, 4])
    assert likeliest(praised, LABELS) == "positive"
    assert likeliest(praiser, LABELS) == "neutral"
    assert likeliest(judged(doc, [3, 4], [7, 8]), LABELS) == "neutral"


def test_names_do_not_decide():
    one, other = (pipeline()(f"Elin Quist accused {name} of fraud.") for name in ("Lind", "Roe"))
    assert judged(one, [3], [0, 1]) == judged(other, [3], [0, 1])


@pytest.mark.parametrize(
    ("text", "target", "decides"),
    [
        ("Elin Quist never said that the pact was dead.", "pact", True),
        ("Elin Quist has neither welcomed nor condemned the pact.", "pact", True),
        ("In no sense, Elin Quist told reporters, was the trial fair.", "trial", False),
        ("Nothing good, Elin Quist said on Monday, had come from the pact.", "pact", False),
        ("Elin Quist did not dispute that the radar was slow.", "radar", False),
        ("Elin Quist does not deny that the ferry was late.", "ferry", False),
        ("Elin Quist recalled that Bo Lind had admired the pact.", "pact", True),
        ("According to Elin Quist, the opposition calls the pact a betrayal.", "pact", True),
        ("The pact, which Elin Quist condemned as an insult, will pass, Bo Lind said.", "pact", False),
        ("Bo Lind said that the ferry, which Elin Quist hailed as a triumph, was full.", "ferry", False),
    ],
)
def test_a_situation_decides_only_where_it_is_the_speakers_own(text, target, decides):
    """What is denied is the saying, not what is said; and whoever tells of the speaker is no other whom the speaker tells of."""
    doc = pipeline()(text)
    words = [token.text for token in doc]
    holder = words.index("Elin")
    assert (readable_verdict(doc, [words.index(target)], [holder, holder + 1])[1] == "") == decides


# --- bad input ---


@pytest.mark.parametrize("text", ["“”", "“—”", "“…!”", "“1”", "“ ”"])
def test_content_without_words_has_no_stance_and_breaks_nothing(text):
    assert stances_of(f"{text} Minister Elin Quist said.") == []


def test_ten_thousand_words_have_few_targets():
    stances = stances_of("Minister Elin Quist said that " + "the treaty is good for trade and " * 1500 + "all is well.")
    assert len(stances) <= 8 * 7  # long paragraphs are cut


def test_probabilities_without_any_feature_are_even():
    assert probabilities((0.0, 0.0, 0.0)) == pytest.approx((1 / 3, 1 / 3, 1 / 3))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"target_end": 99}, "lies outside the text"),
        ({"target_start": -1}, "lies outside the text"),
        ({"target_start": 3, "target_end": 3}, "lies outside the text"),
        ({"text": ""}, "lies outside the text"),
        ({"label": "good"}, "none of negative, neutral, positive"),
        ({"target_start": None}, "not supported"),
    ],
)
def test_bad_row_is_told_with_its_line(tmp_path, change, reason):
    row = {"id": 1, "text": "Roe won.", "target_start": 0, "target_end": 3, "label": "positive", **change}
    (tmp_path / "gold.jsonl").write_text("\n" + json.dumps(row), encoding="utf8")
    with pytest.raises(InputProblem, match=rf"(?s)gold.jsonl, line 2: needs a target .*{reason}"):
        evaluate_stance(tmp_path / "gold.jsonl")


@pytest.mark.parametrize("content", ["", "\n\n", "[]", "{}", "nonsense", "1"])
def test_file_that_is_no_gold(tmp_path, content):
    (tmp_path / "gold.jsonl").write_text(content, encoding="utf8")
    with pytest.raises(InputProblem, match=r"gold\.jsonl"):
        gold_rows(tmp_path / "gold.jsonl", checked_target)


def test_holder_by_place_by_words_or_not_in_the_text():
    doc = pipeline()("Elin Quist praised Bo Lind.")
    placed = {"text": doc.text, "source": "Elin Quist", "source_start": 0, "source_end": 10}
    assert holder_in(doc, placed) == [0, 1]
    assert holder_in(doc, {"speaker": "Elin Quist"}) == [0, 1]
    assert holder_in(doc, {"speaker": "Somebody Else"}) == holder_in(doc, {}) == []
    assert tokens_at(doc, 10, 11) == [2]  # a space: the nearest token


# --- the measures ---


def test_evaluation_prints_all_three_and_writes_predictions(tmp_path, capsys):
    rows = [
        {"id": n, "text": f"Bo Lind {did} her.", "target_start": 0, "target_end": 7, "label": label}
        for n, (did, label) in enumerate([("murdered", "negative"), ("met", "neutral"), ("rescued", "positive")])
    ]
    rows[2] |= {"speaker": "Bo Lind"}
    (tmp_path / "gold.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf8")
    assert evaluate_stance(tmp_path / "gold.jsonl", tmp_path / "out.jsonl") == 0
    shown = capsys.readouterr().out
    assert "3 targets, 1 of them with a named holder" in shown
    assert all(
        f"\n{name}" in shown
        for name in ("our verdict", "without the encoder", "encoder alone", "VADER", "AFINN", "unsure")
    )
    lines = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf8").splitlines()]
    assert [line["id"] for line in lines] == ["0", "1", "2"]
    assert all(set(line["probabilities"]) == set(LABELS) for line in lines)


def test_measures_of_a_known_table():
    import numpy as np

    found = label_measures([0, 0, 1, 2], np.array([[1, 0, 0], [0, 1, 0], [0, 1, 0], [0, 0, 1.0]]), LABELS)
    assert found["f1 negative"] == found["f1 neutral"] == 66.7 and found["f1 positive"] == 100
    assert found["accuracy"] == 75.0 and found["macro f1"] == 77.8 and found["ece"] == 25.0


def test_word_list_baseline():
    assert [afinn_label(t) for t in ("a superb ally", "a brutal war", "a table")] == ["positive", "negative", "neutral"]


# --- the weights ---


def test_weights_are_small_and_hold_no_running_text():
    assert STANCE_WEIGHTS.stat().st_size < 5_000_000
    names = json.loads(STANCE_WEIGHTS.read_text(encoding="utf8"))["weights"]
    assert max(len(name.split()) for name in names) <= 12
    assert not any(len(name.split()) > 4 for name in names if name.startswith(("pair ", "before ", "word ")))


def test_fit_is_the_same_each_time_and_learns():
    data = [({"": 1.0, "word good": 1.0}, 2), ({"": 1.0, "word bad": 1.0}, 0), ({"": 1.0, "word so": 1.0}, 1)] * 20
    weights = fitted_stance(data)
    assert weights == fitted_stance(data)
    assert weights["word good"][2] > weights["word good"][0]


BARS = {"newsmtsc_rw_dev": 81, "newsmtsc_mt_dev": 73, "dse_dev": 69}


@pytest.mark.slow
@pytest.mark.skipif(not GOLD, reason="GOLD names no folder with annotated sentences")
def test_accuracy_on_the_development_parts(capsys, tmp_path):
    found = {}
    for name in BARS:
        evaluate_stance(Path(GOLD) / "stance" / f"{name}.jsonl", tmp_path / "out.jsonl")
        lines = capsys.readouterr().out.splitlines()
        scores = {
            system: float(line.removeprefix(system).split()[0])
            for line in lines
            for system in ("our verdict", "without the encoder (--fast)", "VADER", "AFINN")
            if line.startswith(system)
        }
        found[name] = scores["our verdict"]
        assert found[name] > scores["without the encoder (--fast)"] + 5
        assert found[name] > max(scores["VADER"], scores["AFINN"]) + 10
    assert all(found[name] >= least for name, least in BARS.items())
    assert (found["newsmtsc_rw_dev"] + found["newsmtsc_mt_dev"]) / 2 >= 78


def test_a_row_keeps_its_other_keys():
    row = {"id": 1, "text": "Roe won.", "target_start": 0, "target_end": 3, "label": "positive", "speaker": "Roe"}
    assert checked_target(row)["speaker"] == "Roe"
