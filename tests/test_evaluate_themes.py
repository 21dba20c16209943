"""Protects: the accuracy figures of themes mean what the field's do, in our labels or in those of somebody else's set."""

import json

import pytest

from helpers.__main__ import main
from helpers.accuracy.theme_measures import macro_f1, measure_labels, micro, predict_all
from helpers.errors import InputProblem
from helpers.themes.mappings import MAPPINGS, load_mapping, mapping_for
from helpers.themes.taxonomy import load_taxonomy

ROWS = [
    {"id": 1, "text": "Hackers broke into the ministry’s servers.", "labels": ["cyber"]},
    {"id": 2, "text": "It must stop.", "labels": ["cyber"], "prev": "Hackers came.", "next": "Malware was found."},
    {"id": 3, "text": "The choir sang.", "labels": []},
]
ALL = ("economy", "diplomacy", "defence", "law_crime", "energy", "terrorism", "trade", "nuclear_arms_control",
       "environment", "immigration", "space_tech_cyber")  # fmt: skip


def written(path, rows):
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf8")
    return str(path)


def test_measures_by_hand():
    gold, found = [{"a"}, {"a", "b"}, {"b"}, set()], [{"a"}, {"a"}, {"a", "b"}, {"c"}]
    rows = {m.label: (m.precision, m.recall, m.f1, m.support) for m in measure_labels(gold, found)}
    assert rows == {"a": (66.7, 100.0, 80.0, 2), "b": (100.0, 50.0, 66.7, 2)}
    assert macro_f1(measure_labels(gold, found)) == 73.3
    every = micro(gold, found)  # 3 right of 4 found (c is not asked for) and 4 wanted
    assert (every.precision, every.recall, every.f1) == (75.0, 75.0, 75.0)


def test_neighbours_give_a_theme_to_a_sentence_that_has_none():
    assert [p.labels for p in predict_all(ROWS, load_taxonomy())] == [("cyber",), ("cyber",), ()]


def test_evidence_is_in_the_sentence_itself():
    first, second, _ = predict_all(ROWS, load_taxonomy())
    (evidence, *_) = first.record(ROWS[0]["text"])["evidence"]
    assert evidence["text"] == ROWS[0]["text"][evidence["start"] : evidence["end"]] == "Hackers"
    assert second.evidence == ()


@pytest.mark.parametrize("labels", [ALL, ("co", "di", "ec", "hr", "me", "nu")], ids=["sotu", "un"])
def test_built_in_mapping_is_chosen_by_the_labels(labels):
    assert set(labels) <= set(mapping_for(labels).names)
    assert mapping_for([*labels, "no such label"]) is None


@pytest.mark.parametrize("file", sorted(MAPPINGS.glob("*.yaml")), ids=lambda f: f.stem)
def test_built_in_mapping_fits_the_taxonomy(file):
    mapping = load_mapping(file)
    assert set(mapping.labels) <= set(mapping.extend(load_taxonomy()).ids)


def test_single_label_sets_take_the_theme_with_the_best_score(tmp_path):
    text = "The tariff, the quota and the embargo hurt; drones did not."
    row = {"id": "a", "text": text, "labels": list(ALL)}
    (prediction,) = predict_all([row], load_taxonomy(), mapping_for(ALL))
    assert prediction.labels == ("trade",)


def test_command_prints_and_writes(tmp_path, capsys):
    out = tmp_path / "out.jsonl"
    assert main(["evaluate", "themes", written(tmp_path / "gold.jsonl", ROWS), "--predictions", str(out)]) == 0
    printed = capsys.readouterr().out
    assert "3 sentences, 2 labels found" in printed and "macro f1" in printed and "100.0" in printed
    lines = [json.loads(line) for line in out.read_text(encoding="utf8").splitlines()]
    assert [(line["id"], line["labels"]) for line in lines] == [("1", ["cyber"]), ("2", ["cyber"]), ("3", [])]
    assert set(lines[0]["evidence"][0]) == {"label", "start", "end", "text", "pattern"}


def test_mapping_of_your_own(tmp_path, capsys):
    gold = written(tmp_path / "gold.jsonl", [{**row, "labels": ["Netz"] * bool(row["labels"])} for row in ROWS])
    mine = tmp_path / "mine.yaml"
    mine.write_text("about: German names\nlabels:\n  cyber: [Netz]\n", encoding="utf8")
    assert main(["evaluate", "themes", gold, "--mapping", str(mine)]) == 0
    assert "Netz" in capsys.readouterr().out
    assert main(["evaluate", "themes", gold]) == 1
    assert "'Netz' is no theme" in capsys.readouterr().err


BAD_MAPPINGS = [
    ("labels:\n  cyber: [a]\n", "mine.yaml, line 1: the key 'about:' is missing"),
    ("about: x\nlables:\n  cyber: [a]\n", "mine.yaml, line 2: unknown key 'lables'; did you mean 'labels'?"),
    ("about: x\nchoose: some\nlabels:\n  cyber: [a]\n", "mine.yaml, line 2: choose is 'some'; write one of all, best"),
    ("about: x\nlabels:\n  cyber: a\n", "mine.yaml, line 3: cyber must be a list"),
    ("about: x\nlabels:\n  cybre: [a]\n", "mine.yaml: no theme 'cybre' in themes.yaml"),
    ("about: x\nlabels:\n  cyber: [a]\nthemes:\n  - id: u\n", "mine.yaml, line 5: the theme lacks 'label'"),
]


@pytest.mark.parametrize(("text", "message"), BAD_MAPPINGS, ids=[m[:45] for _, m in BAD_MAPPINGS])
def test_bad_mapping_is_named_with_line_and_mend(text, message, tmp_path, capsys):
    mine = tmp_path / "mine.yaml"
    mine.write_text(text, encoding="utf8")
    assert main(["evaluate", "themes", written(tmp_path / "gold.jsonl", ROWS), "--mapping", str(mine)]) == 1
    assert message in capsys.readouterr().err


BAD_GOLD = [
    ("", "holds no rows"),
    ("{\n", "line 1: needs an annotated sentence"),
    ('{"id": 1, "text": "a"}\n', "line 1: needs an annotated sentence"),
    ('{"id": 1, "text": "a", "labels": "cyber"}\n', "labels must be a list of texts"),
    ('{"id": 1, "text": "a", "labels": [], "prev": 3}\n', "text, prev, next and title must be texts"),
    ("[]\n", "line 1: needs an annotated sentence"),
]


@pytest.mark.parametrize(("text", "message"), BAD_GOLD, ids=[m[:45] + str(n) for n, (_, m) in enumerate(BAD_GOLD)])
def test_bad_gold_is_named_with_line_and_mend(text, message, tmp_path, capsys):
    gold = tmp_path / "gold.jsonl"
    gold.write_text(text, encoding="utf8")
    assert main(["evaluate", "themes", str(gold)]) == 1
    error = capsys.readouterr().err
    assert message in error and str(gold) in error and error.count("\n") == 1


def test_a_mapping_must_fit_the_taxonomy():
    with pytest.raises(InputProblem, match="no theme 'cyber' in mine"):
        from helpers.themes.mappings import Mapping
        from helpers.themes.taxonomy import Taxonomy

        Mapping("m.yaml", "x", {"cyber": ("a",)}).extend(Taxonomy("mine.yaml", ()))
