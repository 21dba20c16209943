"""Protects: agreement between annotators is measured as the field does, and the workshop's sentences keep their promises."""

import csv
import json
import re
from collections import Counter

import pytest

from helpers.accuracy.agreement import alpha, by_theme, disagreements, on_theme, read_labels
from helpers.errors import InputProblem
from helpers.themes.taxonomy import load_taxonomy
from helpers.views.agreement import (
    SENTENCES,
    alphas,
    disagreed,
    themes_measured,
    workshop_sentences,
)


def test_alpha_of_one_theme_by_hand():
    # Krippendorff's own example of two observers and ten binary units (2011): alpha = 0.095, here to two decimals
    first = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0]
    second = [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    a, b = ({str(n): {"t"} if given else set() for n, given in enumerate(row)} for row in (first, second))
    assert on_theme("t", a, b).alpha == 0.1


def test_no_theme_at_all_is_an_answer_too():
    a = {"1": set(), "2": {"x"}, "3": set()}
    assert alpha(a, a) == alpha(a, a, "jaccard") == 1.0
    assert alpha(a, {"1": {"x"}, "2": set(), "3": {"x"}}) < 0


def test_part_of_a_set_is_better_than_none_of_it():
    a = {"1": {"x", "y"}, "2": {"z"}, "3": {"x"}}
    assert alpha(a, {**a, "1": {"x"}}) > alpha(a, {**a, "1": {"z"}})


def test_theme_given_to_every_sentence_has_no_alpha():
    a = {"1": {"x"}, "2": {"x"}}
    assert [(row.theme, row.alpha) for row in by_theme(a, a)] == [("x", None)]


def test_tables_of_disagreement():
    a, b = {"1": {"x"}, "2": {"y"}}, {"1": {"x"}, "2": {"x", "z"}}
    assert disagreements(a, b) == [("2", {"y"}, {"x", "z"})]
    texts = {"1": "One.", "2": "Two."}
    assert disagreed(a, b, texts).to_dict("records") == [{"sentence": "Two.", "only_a": "y", "only_b": "x, z"}]
    assert len(disagreed(a, b, texts, "q")) == 0
    assert alphas(a, b)["alike"].tolist() == [1, 1]


def test_labels_that_are_wrong_are_named_with_their_line(tmp_path):
    path = tmp_path / "labels.jsonl"
    path.write_text('{"id": "a", "labels": []}\n{"id": "b"}\n', encoding="utf8")
    with pytest.raises(InputProblem, match="line 2: needs"):
        read_labels(path)


def test_workshop_sentences_are_three_hundred_and_each_is_one_of_its_kind():
    texts = workshop_sentences()
    assert len(texts) == 300 == len(set(texts.values()))
    assert list(texts) == [f"s{n:03}" for n in range(1, 301)]
    assert all(text == text.strip() and re.search(r"[.?!”A-Za-z]$", text) for text in texts.values())


def labelled():
    return sorted(SENTENCES.parent.glob("theme_labels_*.jsonl")) + sorted(SENTENCES.parent.glob("theme_gold.jsonl"))


@pytest.mark.parametrize("path", labelled(), ids=lambda p: p.stem)
def test_labels_are_themes_and_cover_every_sentence_once(path):
    ids = [json.loads(line)["id"] for line in path.read_text(encoding="utf8").splitlines()]
    assert ids == list(workshop_sentences())
    given = Counter(label for labels in read_labels(path).values() for label in labels)
    assert set(given) == set(load_taxonomy().ids)
    assert min(given[theme] for theme in ("cyber", "space", "unmanned")) >= 40


def test_gold_keeps_what_both_annotators_gave_and_adds_nothing_of_its_own():
    a, b, gold = (read_labels(SENTENCES.parent / f"theme_{name}.jsonl") for name in ("labels_a", "labels_b", "gold"))
    assert all(a[key] & b[key] <= gold[key] <= a[key] | b[key] for key in gold)
    rows = map(json.loads, (SENTENCES.parent / "theme_gold.jsonl").read_text(encoding="utf8").splitlines())
    assert {row["id"]: row["text"] for row in rows} == workshop_sentences()


@pytest.mark.parametrize(("name", "file"), [("mended", "theme_gold"), ("unseen", "theme_unseen")])
def test_measures_kept_are_those_of_todays_list_and_reach_the_bars(name, file):
    path = SENTENCES.parent / f"{file}.jsonl"
    now = themes_measured(read_labels(path), workshop_sentences(path), load_taxonomy()).set_index("theme")
    with (SENTENCES.parent / "theme_measures.csv").open(encoding="utf8") as table:
        kept = [row for row in csv.DictReader(table) if row["list"] == name]
    assert [row["theme"] for row in kept] == ["cyber", "space", "unmanned"]
    for row in kept:
        precision, recall = now.loc[row["theme"], ["precision", "recall"]]
        assert (precision, recall) == (float(row["precision"]), float(row["recall"]))
        assert precision >= 90 and recall >= 85


def test_unseen_sentences_are_others():
    seen, unseen = (workshop_sentences(SENTENCES.parent / f"theme_{name}.jsonl") for name in ("seen", "unseen"))
    assert (len(seen), len(unseen)) == (240, 120)
    assert len({*seen.values(), *unseen.values(), *workshop_sentences().values()}) == 660
