"""A file of themes of one's own: read, used by the whole run, and refused with line and mend where it is wrong."""

from __future__ import annotations

import csv
import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from theming import hits

from helpers.__main__ import main
from helpers.errors import VocabularyProblem
from helpers.folders import RESULTS
from helpers.made_with import made_with
from helpers.tables import store
from helpers.themes.taxonomy import IN_USE, THEMES, Weights, load_taxonomy

BLOCK = "themes:\n  - id: t\n    label: T\n    definition: D.\n    patterns:\n      - drone\n"


# --- files that are used ---


def test_own_weights_are_read(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("weights:\n  heading: 0.5\n" + BLOCK, encoding="utf-8")
    assert load_taxonomy(path).weights == replace(Weights(), heading=0.5)


def test_themes_of_your_own_from_the_command_line(tmp_path: Path, monkeypatch, capfd) -> None:
    monkeypatch.setenv(IN_USE, "")
    mine, article = tmp_path / "mine.yaml", tmp_path / "a.txt"
    mine.write_text(BLOCK.replace("drone", "teapot"), encoding="utf-8")
    article.write_text("“The teapot and the drone are here,” Ada Roe said.", encoding="utf-8")
    assert main(["statements", str(article), "--themes", str(mine)]) == 0
    assert [t["theme"] for t in json.loads(capfd.readouterr().out)["themes"]] == ["t"]
    mine.write_text(BLOCK.replace("label", "lable"), encoding="utf-8")
    assert main(["statements", str(article), "--themes", str(mine)]) == 1
    assert capfd.readouterr().err.startswith("mine.yaml, line 3: unknown key 'lable'")


OWN = """
  - id: ceremony
    label: Ceremony
    definition: Honours, dinners and rites that states perform when officials meet.
    patterns:
      - state banquet|dinner
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("themes", "found"),
    [(THEMES.read_text(encoding="utf-8").rstrip() + OWN, {"ceremony", "maritime", "defence"}), ("themes:" + OWN, {"ceremony"})],
    ids=["one more theme", "nothing but an own theme"],
)  # fmt: skip
def test_the_whole_run_with_themes_of_your_own(tmp_path: Path, monkeypatch, themes: str, found: set[str]) -> None:
    monkeypatch.setenv(IN_USE, "")
    monkeypatch.setattr(store, "RESULTS", tmp_path / "results")
    folder = tmp_path / "my own files"
    folder.mkdir()
    mine, article = folder / "my themes.yaml", folder / "an article.txt"
    mine.write_text(themes, encoding="utf-8")
    said = "“The state banquet was held beside the frigates,” Defence Minister Elin Quist said."
    article.write_text(said, encoding="utf-8")
    assert main(["run", str(article), "--themes", str(mine)]) == 0
    (results,) = (tmp_path / "results").iterdir()
    with (results / "tables" / "themes.csv").open(encoding="utf-8-sig", newline="") as table:
        assert {row["theme"] for row in csv.DictReader(table)} == found
    shutil.rmtree(RESULTS / results.name, ignore_errors=True)  # what the notebooks, in processes of their own, kept
    assert "Ceremony" in (results / "report.html").read_text(encoding="utf-8")
    assert "ceremony" in (results / "notebooks" / "05_themes.ipynb").read_text(encoding="utf-8")


def test_results_say_which_themes_made_them(tmp_path: Path, monkeypatch) -> None:
    mine = tmp_path / "mine.yaml"
    mine.write_text(BLOCK, encoding="utf-8")
    before = made_with()
    monkeypatch.setenv(IN_USE, str(mine))
    assert made_with()["themes"] != before["themes"]


# --- files that are wrong ---

BAD_FILES = [
    (BLOCK.replace("label", "lable"), "line 3: unknown key 'lable'; did you mean 'label'?"),
    (BLOCK.replace("    definition: D.\n", ""), "line 2: the theme lacks 'definition'; add the line"),
    (BLOCK + BLOCK.removeprefix("themes:\n"), "line 7: id 't' stands already in line 2; rename one"),
    (BLOCK + "    label: U\n", "line 7: the key 'label' stands twice"),
    (BLOCK + "      -\n", "line 7: each of patterns must be a text, not empty"),
    (BLOCK + "      - [a, b]\n", "line 7: each of patterns must be a text"),
    (BLOCK + "      - a||b\n", "line 7: '' is no word"),
    (BLOCK + "      - drone/NOUM\n", "line 7: 'NOUM' in 'drone/NOUM' is no part of speech; use one of NOUN"),
    (BLOCK + "      - dro*ne\n", "line 7: 'dro*ne' is no word"),
    (BLOCK + "      - sign ... pact?\n", "line 7: 'sign ... pact?' needs a word that is not optional"),
    (BLOCK + "      - a ... ... b\n", "needs a word that is not optional first, last and beside ..."),
    (BLOCK + "      - (drone\n", "line 7: '(drone' is no word"),
    (BLOCK + f"      - {' '.join(['a|b|c|d'] * 7)}\n", "stands for 16,384 phrases; split it"),
    (BLOCK.replace("id: t", "id: My Theme"), "line 2: id 'My Theme' must be lower-case"),
    (BLOCK.replace("    patterns:\n      - drone\n", "    patterns: drone\n"), "line 5: patterns must be a list"),
    (
        BLOCK.replace("    patterns:\n      - drone\n", "    patterns: []\n"),
        "line 5: patterns must not be empty; add one",
    ),
    (BLOCK + "   - x: [\n", "is not YAML"),
    ("", "line 1: the file is empty"),
    ("themes: []\n", "line 1: themes must not be empty; add one"),
    (BLOCK + "    yields_to: [u]\n", "line 2: 't' yields to 'u', no theme of this file; correct"),
    ("- a\n", "line 1: the file must be 'key: value' lines"),
    (BLOCK + "".join(f"      - word{n}\n" for n in range(1_000_000)), "line 1: the file has over 4,000,000 characters"),
    (BLOCK + "".join(f"      - w{n} {' '.join(['a|b'] * 10)}\n" for n in range(300)), "line 202: the patterns up to"),
    (BLOCK + f"      - [{'a, ' * 2_000_000}]\n", "line 1: the file has over 4,000,000 characters"),
    ("weights:\n  sentense: 1\n" + BLOCK, "line 2: unknown key 'sentense'; did you mean 'sentence'?"),
    ("weights:\n  sentence: much\n" + BLOCK, "line 2: sentence is 'much'; write a number from 0 to 10, such as 0.5"),
    ("weights:\n  sentence: .nan\n" + BLOCK, "line 2: sentence is '.nan'; write a number"),
    ("weights:\n  sentence: nan\n" + BLOCK, "line 2: sentence is 'nan'; write a number"),
    ("weights:\n  enough: 0\n" + BLOCK, "line 2: enough is '0'; write a number"),
    ("weights: 3\n" + BLOCK, "line 1: weights must be 'key: value' lines"),
    (BLOCK + "    hints:\n      - a||b\n", "line 8: '' is no word"),
]


@pytest.mark.parametrize(("text", "message"), BAD_FILES, ids=[message[:50] for _, message in BAD_FILES])
def test_bad_file_is_named_with_line_and_mend(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(VocabularyProblem) as caught:
        load_taxonomy(path)
    assert message in str(caught.value) and str(caught.value).startswith("mine.yaml, line ")
    assert "\n" not in str(caught.value)


def test_missing_file_and_wrong_encoding(tmp_path: Path) -> None:
    with pytest.raises(VocabularyProblem, match="cannot be read"):
        load_taxonomy(tmp_path / "none.yaml")
    (tmp_path / "latin.yaml").write_bytes((BLOCK + "      - caf\xe9\n").encode("latin-1"))
    with pytest.raises(VocabularyProblem, match=r"latin\.yaml, line 7: is not UTF-8"):
        load_taxonomy(tmp_path / "latin.yaml")


def test_a_second_taxonomy_stands_alone(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(BLOCK, encoding="utf-8")
    mine = load_taxonomy(path)
    assert hits("The drone met a warship.", mine) == ["drone"] and mine.ids == ("t",)
