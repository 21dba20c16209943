"""Tables: columns and types as promised, nothing lost, and safe to open in a spreadsheet."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from fictional import TEXT, make_empty, make_hostile
from hypothesis import given
from hypothesis import strategies as st

from helpers.commands.codebook import codebook_markdown
from helpers.errors import InputProblem
from helpers.records import Analysis
from helpers.tables import schemas
from helpers.tables.tables import all_tables, read_tables, save_tables, table


@pytest.fixture(scope="module")
def tables(analysis: Analysis) -> dict[str, pd.DataFrame]:
    return all_tables(analysis)


def test_every_table_is_there_with_its_columns_and_types(tables):
    assert list(tables) == list(schemas.SCHEMAS)
    for name, frame in tables.items():
        found = {column: str(kind).partition("[")[0] for column, kind in frame.dtypes.items()}
        assert found == schemas.columns(name)


def test_an_article_without_anything_gives_empty_tables_of_the_same_types():
    for name, frame in all_tables(make_empty()).items():
        assert frame.empty
        assert {c: str(k).partition("[")[0] for c, k in frame.dtypes.items()} == schemas.columns(name)


def test_every_place_holds_the_text_it_says(tables):
    for name in ("paragraphs", "entities", "segments", "themes"):
        for row in tables[name].itertuples():
            assert TEXT[row.start : row.end] == row.text
    for row in tables["statements"].dropna(subset=["cue"]).itertuples():
        assert TEXT[row.cue_start : row.cue_end] == row.cue
        assert TEXT[row.source_start : row.source_end] == row.source


def test_statements_join_their_speakers_themes_and_entities(tables):
    said = tables["statements"].set_index("statement_id")
    assert said.loc["s-4", "speakers"] == "Bo Lind; Elin Sørby"
    assert said.loc["s-5", "themes"] == "cyber; maritime"
    assert said.loc["s-2", "entities"] == "Zemland; Bo Lind"
    assert said.loc["s-5", "text"] == "“We will not pay,” … “for cyber attacks on our ports.”"


def test_what_is_missing_is_missing_not_empty(tables):
    unnamed = tables["statements"].set_index("statement_id").loc["s-6"]
    assert pd.isna(unnamed["speakers"]) and pd.isna(unnamed["sentiment"]) and pd.isna(unnamed["sentiment_score"])
    assert unnamed["source"] == "The ministry"
    assert "s-6" not in set(tables["speakers"]["statement_id"])


def test_the_innermost_statement_is_named_for_a_mention(tables):
    mentions = tables["entities"].set_index("text")["statement_id"]
    assert mentions["2031"] == "s-3"  # inside s-2 as well
    assert pd.isna(mentions["Norvia"]).all()


def test_evidence_that_only_a_statement_has_is_not_lost(tables):
    found = tables["themes"]
    assert ["maritime", "port*", "s-5"] in found[["theme", "pattern", "statement_id"]].to_numpy().tolist()
    assert not found.duplicated(["theme", "start", "end"]).any()


def test_the_last_row_of_readability_is_the_article(tables):
    assert pd.isna(tables["readability"]["statement_id"].iloc[-1])
    assert tables["readability"]["words"].iloc[-1] == 58


@pytest.mark.parametrize("wrong", [{"kind": "shouted"}, {"sentiment_score": 1.5}, {"start": -1}, {"text": None}])
def test_a_value_that_is_not_allowed_is_refused(tables, wrong):
    row = tables["statements"].iloc[0].to_dict() | wrong
    with pytest.raises(ValueError, match=f"{next(iter(wrong))} may not be"):
        table("statements", [row])


def test_saved_tables_come_back_the_same(tables, tmp_path):
    paths = save_tables(tables, tmp_path / "new" / "folder")
    assert sorted(p.name for p in (tmp_path / "new" / "folder").iterdir()) == sorted(p.name for p in paths)
    for name, frame in read_tables(tmp_path / "new" / "folder").items():
        pd.testing.assert_frame_equal(frame, tables[name])


def test_empty_tables_come_back_with_their_types(tmp_path):
    tables = all_tables(make_empty("Nothing was said."))
    save_tables(tables, tmp_path)
    for name, frame in read_tables(tmp_path).items():
        pd.testing.assert_frame_equal(frame, tables[name])


def cells(folder: Path) -> list[str]:
    rows = [row for path in folder.glob("*.csv") for row in csv.reader(path.read_text("utf-8-sig").splitlines(True))]
    return [cell for row in rows for cell in row]


def test_no_cell_of_a_saved_table_is_a_formula(tables, tmp_path):
    save_tables(tables, tmp_path)
    texts = [cell for cell in cells(tmp_path) if not cell.lstrip("-").replace(".", "").isdigit()]
    assert not [cell for cell in texts if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert any(cell.startswith("'=unfair") for cell in texts)
    assert "-0.55" in cells(tmp_path)  # numbers stay numbers


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1), min_size=1))
def test_any_text_survives_saving(tmp_path_factory, texts):
    folder = tmp_path_factory.mktemp("any")
    rows = [{"article": "a", "statement_id": "s", "segment": 1, "start": 0, "end": 1, "text": text} for text in texts]
    rows += [{**rows[0], "text": sign + texts[0]} for sign in ("=", "+", "-", "@", "\t", "\r", "'", "'=")]
    frame = table("segments", rows)
    save_tables({"segments": frame}, folder)
    pd.testing.assert_frame_equal(read_tables(folder, ["segments"])["segments"], frame)


def test_a_missing_table_names_the_file_and_the_mend(tmp_path):
    with pytest.raises(InputProblem, match=r"statements\.csv: no such table; make it first"):
        read_tables(tmp_path, ["statements"])


def test_a_table_that_was_changed_by_hand_is_refused_with_its_name(tables, tmp_path):
    save_tables(tables, tmp_path)
    (tmp_path / "speakers.csv").write_text("article,who\nlighthouse,nobody\n")
    with pytest.raises(InputProblem, match="not the table speakers") as problem:
        read_tables(tmp_path)
    assert "\n" not in str(problem.value)


def test_tables_that_cannot_be_written_leave_the_old_ones(tables, tmp_path, monkeypatch):
    save_tables(tables, tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    def full(*args: object, **more: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pd.DataFrame, "to_csv", full)
    with pytest.raises(InputProblem, match="No space left"):
        save_tables(tables, tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_hostile_article_keeps_its_tables(tmp_path):
    tables = all_tables(make_hostile())
    save_tables(tables, tmp_path)
    for name, frame in read_tables(tmp_path).items():
        pd.testing.assert_frame_equal(frame, tables[name])


WIDER = {  # two more columns, declared as in columns.yaml
    "as_named": {"at": "statement.source.text", "missing": True, "meaning": "The source as the article has it."},
    "length": {"type": "whole", "at": "name", "put": "count", "unit": "characters", "meaning": "Length of the name."},
}


def with_columns(monkeypatch, **more):
    held = schemas.SCHEMAS["speakers"]
    wider = (*held.columns, *(schemas.Column(name, **told) for name, told in more.items()))
    monkeypatch.setitem(schemas.SCHEMAS, "speakers", replace(held, columns=wider))


def test_a_column_is_added_by_its_declaration_alone(monkeypatch, analysis, tmp_path):
    with_columns(monkeypatch, **WIDER)
    frame = all_tables(analysis)["speakers"]
    assert frame["as_named"].tolist()[:2] == [s.source.text for s in analysis.statements for _ in s.speakers][:2]
    assert frame["length"].tolist() == frame["name"].str.len().tolist()
    save_tables({"speakers": frame}, tmp_path)
    pd.testing.assert_frame_equal(read_tables(tmp_path, ["speakers"])["speakers"], frame)
    assert all_tables(make_empty())["speakers"].dtypes.astype(str).to_dict()["length"] == "Int64"
    assert "| `as_named` | string | The source as the article has it. May be missing. |" in codebook_markdown()


def test_a_column_that_stands_nowhere_is_an_error(monkeypatch, analysis):
    with_columns(monkeypatch, nothing={"at": "statement.sauce", "meaning": "Nothing."})
    with pytest.raises(AttributeError):
        all_tables(analysis)


def test_the_codebook_describes_every_column():
    book = schemas.codebook()
    assert set(book["table"]) == set(schemas.SCHEMAS)
    assert book["meaning"].str.endswith((".", "?", "…")).all()
    assert book.query("table == 'statements' and column == 'kind'")["values"].item() == "direct, indirect, mixed"
