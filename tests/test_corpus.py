"""Protects: the tables of many articles: complete, the same however they were made, and never made twice."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from importlib import import_module

import openpyxl
import pandas as pd
import pytest
from corpora import TEXTS, inputs, kill_when, made, make
from inputs import ROOT
from made_files import zipped

from helpers.__main__ import main
from helpers.analyse import analyse_many
from helpers.corpus import crew, keep, parts, plan, run
from helpers.corpus.duplicates import Told, copies, signature
from helpers.corpus.export import export
from helpers.corpus.joined import Named, joined
from helpers.corpus.places import SHARED, TABLES
from helpers.corpus.query import VIEWS, query
from helpers.errors import InputProblem, SetupProblem
from helpers.records import Article
from helpers.tables.rows import rows_of
from helpers.tables.schemas import columns
from helpers.tables.tables import table
from helpers.text.files import read_articles
from helpers.themes.taxonomy import IN_USE, THEMES


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return inputs(tmp_path_factory.mktemp("corpus") / "in")


@pytest.fixture(scope="module")
def corpus(folder, tmp_path_factory):
    return make([folder], tmp_path_factory.mktemp("made"))


@pytest.fixture
def idle(monkeypatch):
    """Fails where anything is analysed or laid out."""

    def never(_, work, tasks):
        assert not list(tasks), "nothing was to do"
        return iter(())

    monkeypatch.setattr(crew.Crew, "done", never)


@pytest.fixture
def counted(monkeypatch):
    """The articles that are analysed."""
    seen: list[str] = []
    batches = run.batches

    def watched(*given):
        for batch in batches(*given):
            seen.extend(article.id for _, article in batch)
            yield batch

    monkeypatch.setattr(run, "batches", watched)
    return seen


# --- what the tables hold ---


def test_shared_tables_are_those_of_each_article(folder, corpus):
    analyses = list(analyse_many(item for _, item in read_articles([folder]) if isinstance(item, Article)))
    assert len(analyses) == len(TEXTS)
    for name in SHARED:
        expected = table(name, (row for analysis in analyses for row in rows_of(analysis, name)))
        found = query(f"SELECT * FROM {name}", corpus).astype(columns(name))
        pd.testing.assert_frame_equal(found, expected)


def test_articles_are_described(corpus):
    found = query("SELECT * FROM articles", corpus)
    assert list(found["article"]) == ["c1", *list(TEXTS)[:-1]]
    assert list(found.columns) == list(columns("articles", TABLES))
    assert list(found["source"].dropna().unique()) == ["The Gazette", "The Courier"]
    assert found["statements"].sum() == len(query("SELECT * FROM statements WHERE asserted = 'said'", corpus))


def test_each_input_that_failed_is_one_row(corpus, folder):
    found = query("SELECT * FROM errors", corpus)
    assert list(found["file"]) == [f"{folder}/empty.txt", f"{folder}/many.jsonl"]
    assert found["what"][1].startswith("line 7: ")
    assert found["what"][0] == "is empty"
    assert all(found["mend"].notna())


def test_a_rule_that_breaks_is_one_row_and_the_others_are_done(folder, tmp_path, monkeypatch):
    road = import_module("helpers.analyse")
    analyse = road.analyse_read

    def breaks(reading, *more):
        if reading.parsed.article.id == "b2":
            raise IndexError("list index\nout of range")
        return analyse(reading, *more)

    monkeypatch.setattr(road, "analyse_read", breaks)
    make([folder], tmp_path)
    found = query("SELECT * FROM errors WHERE article IS NOT NULL", tmp_path)
    assert list(found["article"]) == ["b2"]
    assert "a rule broke on this article" in found["what"][0]
    assert len(query("SELECT * FROM articles", tmp_path)) == len(TEXTS) - 1


def test_what_no_table_takes_is_one_row(folder, tmp_path, monkeypatch):
    rows = parts.rows_of

    def nameless(analysis, name):
        bad = analysis.article.id == "b2" and name == "people"
        return [{**row, "name": None} if bad else row for row in rows(analysis, name)]

    monkeypatch.setattr(parts, "rows_of", nameless)
    make([folder], tmp_path)
    assert list(query("SELECT article FROM errors WHERE article IS NOT NULL", tmp_path)["article"]) == ["b2"]
    assert len(query("SELECT * FROM articles", tmp_path)) == len(TEXTS) - 1


def test_copies_are_linked_and_not_counted(corpus):
    found = query("SELECT article, copy_of, kind FROM duplicates", corpus)
    assert found.values.tolist() == [["a2", "a1", "exact"], ["a3", "a1", "near"]]
    assert set(query("SELECT DISTINCT article FROM counted", corpus)["article"]) == {"a1", "b1", "b2", "b3", "c1"}


def test_a_copy_of_a_near_copy_is_a_near_one():
    first = [*"the minister said on monday that the strait would be open to every ferry again before".split()] * 3
    signs = {"a": signature(first), "b": signature([*first, "today"])}
    told = [Told("a1", "a", None, signs["a"]), Told("b1", "b", None, signs["b"]), Told("b2", "b", None, signs["b"])]
    found = list(copies(told))
    assert [(copy.article, copy.copy_of, copy.kind) for copy in found] == [("b1", "a1", "near"), ("b2", "a1", "near")]
    assert found[0].similarity == found[1].similarity < 1


def test_same_id_in_two_files_is_told_apart(folder, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "b1.txt").write_text("Elin Quist said no.", encoding="utf8")
    make([folder, tmp_path / "in"], tmp_path / "out")
    found = query("SELECT article FROM articles WHERE article LIKE '%b1'", tmp_path / "out")
    assert set(found["article"]) == {"b1", "in/b1"}


# --- nothing is done twice ---


def test_nothing_is_done_where_nothing_is_new(folder, corpus, idle):
    before = made(corpus)
    make([folder], corpus)
    assert made(corpus) == before


def test_only_a_new_article_is_analysed_and_laid_out(folder, tmp_path, counted, monkeypatch):
    there, out = inputs(tmp_path / "in"), tmp_path / "out"
    make([there], out)
    rows, laid = parts.rows_of, set()
    monkeypatch.setattr(parts, "rows_of", lambda found, name: laid.add(found.article.id) or rows(found, name))
    (there / "d1.txt").write_text("Aino Lind said the harbour was safe.", encoding="utf8")
    counted.clear()
    make([there], out)
    assert (counted, laid) == (["d1"], {"d1"})
    fresh = made(make([there], tmp_path / "fresh"))
    assert made(out) == fresh


def test_a_corpus_is_no_input(folder, tmp_path):
    there = inputs(tmp_path / "in")
    first = made(make([there], there / "out"))
    assert made(make([there], there / "out")) == first
    assert made(make([there], there / "other")) == first


def test_the_same_text_is_analysed_once(folder, tmp_path, counted):
    (tmp_path / "in").mkdir()
    for name in ("a", "b"):
        (tmp_path / "in" / f"{name}.txt").write_text("Aino Lind said the harbour was safe.", encoding="utf8")
    make([tmp_path / "in"], tmp_path / "out")
    assert counted == ["a"]
    assert list(query("SELECT article FROM statements", tmp_path / "out")["article"]) == ["a", "b"]


def test_new_themes_are_put_on_without_a_parse(folder, corpus, tmp_path, monkeypatch, counted):
    out = make([folder], tmp_path / "out")
    mine = tmp_path / "mine.yaml"
    text = THEMES.read_text(encoding="utf8")
    mine.write_text(text.replace("    patterns:\n", "    patterns:\n      - ferry\n", 1), encoding="utf8")
    assert mine.read_text(encoding="utf8") != text
    monkeypatch.setenv(IN_USE, str(mine))
    counted.clear()
    make([folder], out)
    assert counted == []
    changed = made(out)
    assert changed == made(make([folder], tmp_path / "fresh"))
    assert changed != made(corpus)
    monkeypatch.delenv(IN_USE)
    counted.clear()
    make([folder], out)
    assert (counted, made(out)) == ([], made(corpus))


def test_a_kept_file_that_was_cut_short_is_made_again(folder, tmp_path, corpus, counted):
    out = make([folder], tmp_path)
    file = max((out / "kept").iterdir())
    file.write_bytes(file.read_bytes()[:50])
    (out / "read.jsonl").write_bytes((out / "read.jsonl").read_bytes()[:-20])
    for table_file in (out / "tables" / "statements").iterdir():
        table_file.unlink()
    counted.clear()
    make([folder], out)
    assert counted
    assert made(out) == made(corpus)


def test_ends_of_parts_are_told_by_the_articles(monkeypatch):
    monkeypatch.setattr(parts, "LEAST", 4)
    monkeypatch.setattr(parts, "USUAL", 4)
    monkeypatch.setattr(parts, "MOST", 16)
    entries = [plan.Entry(str(n), str(n), plan.digest(n) * 2) for n in range(400)]
    before = {tuple(run) for run in parts.runs(entries)}
    after = {tuple(run) for run in parts.runs([*entries[:100], plan.Entry("new", "new", "1" * 32), *entries[100:]])}
    assert len(after - before) <= 4
    assert max(map(len, after)) <= 16


def test_nothing_heavy_is_loaded_where_nothing_is_new(folder, tmp_path):
    paths = [folder / "c1.txt"]
    make(paths, tmp_path)
    again = (
        "import sys; from helpers.__main__ import main; status = main(sys.argv[1:]); "
        "print(status, *{'pandas', 'spacy', 'distributed', 'helpers.analyse'} & {*sys.modules})"
    )
    call = [sys.executable, "-c", again, "corpus", *map(str, paths), "--out", str(tmp_path)]
    done = subprocess.run(call, cwd=ROOT, capture_output=True, encoding="utf8")
    assert done.stdout.splitlines()[1:] == ["0"], done.stderr


# --- stopped, killed, spread ---


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="needs kill -9")
def test_killed_at_any_moment_it_ends_with_the_same_tables(folder, corpus, tmp_path):
    for files in (3, 10):  # a batch is kept, some tables are laid out
        kill_when(folder, tmp_path, files)
    assert made(make([folder], tmp_path)) == made(corpus)


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="needs kill -9")
def test_a_worker_that_is_killed_loses_nothing(tmp_path):
    from distributed import Client, LocalCluster

    there = tmp_path / "in"
    there.mkdir()
    for n in range(24):
        (there / f"a{n}.txt").write_text(
            f"Elin Quist said on Monday that {n + 2} ferries had left. " * 3, encoding="utf8"
        )
    alone = make([there], tmp_path / "alone")
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        with Client(cluster) as client, crew.Crew(scheduler=cluster.scheduler_address) as workers:
            killed = False
            for step in run.make_corpus([there], tmp_path / "spread", workers):
                if not killed and step.done > 4:
                    os.kill(next(iter(client.run(os.getpid).values())), signal.SIGKILL)
                    killed = True
        assert killed
    assert made(tmp_path / "spread") == made(alone)


def test_an_article_that_ends_every_worker_is_told(folder, tmp_path, monkeypatch):
    work = keep.analyse_batch

    def dies(batch, job):
        if any(article.id == "b2" for _, article in batch):
            raise MemoryError
        return work(batch, job)

    monkeypatch.setattr(run, "analyse_batch", dies)
    make([folder], tmp_path)
    found = query("SELECT * FROM errors WHERE article IS NOT NULL", tmp_path)
    assert (list(found["article"]), "MemoryError" in found["what"][0]) == (["b2"], True)
    assert len(query("SELECT * FROM articles", tmp_path)) == len(TEXTS) - 1


def test_stopped_it_says_how_much_is_kept(folder, tmp_path, capsys, monkeypatch):
    whole = run.lay_out

    def stops(*given):
        yield from whole(*given)
        raise KeyboardInterrupt

    monkeypatch.setattr(run, "lay_out", stops)
    assert main(["corpus", str(folder), "--out", str(tmp_path)]) == 130
    end = capsys.readouterr().err.splitlines()[-1]
    assert end == "stopped; 9 of about 9 articles are done, and kept; give the same command again to go on"
    assert main(["corpus", str(folder), "--out", str(tmp_path)]) == 130
    assert capsys.readouterr().err.splitlines()[-1].startswith("stopped; what was done is kept; give")


def test_two_runs_in_one_folder_are_refused(folder, tmp_path, capsys):
    with run.alone_in(tmp_path):
        assert main(["corpus", str(folder), "--out", str(tmp_path)]) == 1
    assert capsys.readouterr().err == (
        f"{tmp_path}: another run is at work there; wait for its end, or give another folder\n"
    )
    make([folder], tmp_path)


def test_worker_with_other_rules_is_refused(tmp_path):
    with pytest.raises(SetupProblem, match="another version"):
        keep.analyse_batch([], replace(run.job_in(tmp_path, False), made="other"))


def test_scheduler_that_does_not_answer(tmp_path, folder, monkeypatch):
    monkeypatch.setattr(crew, "PATIENCE", "1s")
    with pytest.raises(SetupProblem, match="no workers there"):
        make([folder], tmp_path, scheduler="tcp://127.0.0.1:9")


# --- people across articles ---


def persons(*named, decisions=None):
    return [one.person for one in joined(named, decisions)]


@pytest.mark.parametrize(("workers", "articles"), [(2, 60), (4, 500)])
def test_no_worker_does_a_long_batch_when_the_others_have_none(tmp_path, workers, articles):
    books = plan.Shelf(tmp_path, "", (), articles=articles)
    given = ((str(n), Article(str(n), "He said no.", ())) for n in range(articles))
    sizes = [len(batch) for batch in run.batches(given, crew.Crew(workers), books)]
    assert sum(sizes) == articles
    assert max(sizes) <= run.ARTICLES
    assert max(sizes[-workers:]) <= run.LAST


def test_people_are_joined_by_country_or_role():
    a = Named("a", "Elin Quist", "Defence Minister", "Norland")
    assert persons(a, Named("b", "Elin Quist", "Prime Minister", "Norland")) == ["Elin Quist (Norland)"] * 2
    assert persons(a, Named("b", "Elin Quist", "minister of defence", None)) == ["Elin Quist (Norland)"] * 2
    assert (
        persons(Named("a", "Élin Quist", "envoy", None), Named("b", "Elin Quist", "Envoy", None))[0]
        == "Elin Quist (envoy)"
    )


@pytest.mark.parametrize(
    "other",
    [
        Named("b", "Elin Quist", "Defence Minister", "Sudland"),
        Named("b", "Elin Quist", None, None),
        Named("b", "Elin Quist", "Trade Minister", None),
        Named("b", "Quist", "Defence Minister", "Norland"),
    ],
    ids=["another country", "nothing told", "another role, no country", "only a surname"],
)
def test_people_are_not_joined_without_evidence(other):
    one, two = persons(Named("a", "Elin Quist", "Defence Minister", "Norland"), other)
    assert one != two


def test_a_role_that_two_countries_have_joins_nobody():
    homes = {"a": "Norland", "b": "Sudland", "c": None}
    rows = [Named(article, "Elin Quist", "envoy", country) for article, country in homes.items()]
    assert len(set(persons(*rows))) == 3


def test_roles_carry_their_dates(corpus):
    held = query(
        "SELECT role, country, first, last, articles FROM offices WHERE person = 'Elin Quist (Norway)'", corpus
    )
    assert list(held["country"].unique()) == ["Norway"]
    assert held["first"].min() == "2031-02-03"
    assert held["last"].max() == "2031-02-17"
    assert len(held) == 2


def test_a_join_is_undone_in_the_file(folder, tmp_path):
    make([folder], tmp_path)
    with (tmp_path / "joins.csv").open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.DictReader(file))
    line = next(line for line in lines if line["name"] == "Elin Quist" and "rime" in line["role"])
    assert (line["person"], line["reason"]) == ("Elin Quist (Norway)", "same full name and country")
    line["decision"] = "apart"
    with (tmp_path / "joins.csv").open("w", encoding="utf8", newline="") as file:
        writer = csv.DictWriter(file, list(line))
        writer.writeheader()
        writer.writerows(lines)
    make([folder], tmp_path)
    found = query("SELECT person, reason FROM joined WHERE article = 'b3' AND name = 'Elin Quist'", tmp_path)
    assert found.values.tolist() == [["Elin Quist (in b3)", "decided in joins.csv"]]
    make([folder], tmp_path)  # and so it stays
    assert "Elin Quist (in b3)" in (tmp_path / "joins.csv").read_text(encoding="utf-8-sig")


def test_a_file_of_joins_that_is_none_is_told(folder, tmp_path):
    make([folder], tmp_path)
    (tmp_path / "joins.csv").write_text("nonsense\n1\n", encoding="utf8")
    with pytest.raises(InputProblem, match=r"joins\.csv: not the list of joins"):
        make([folder], tmp_path)


# --- questions ---


@pytest.mark.parametrize("view", [view.name for view in VIEWS])
def test_ready_views_answer(corpus, view):
    assert len(query(f"SELECT * FROM {view}", corpus)) > 0
    assert next(v.about for v in VIEWS if v.name == view)


def test_weeks_begin_on_monday_and_copies_do_not_count(corpus):
    found = query("SELECT week, statements FROM statements_per_week WHERE person = 'Elin Quist (Norway)'", corpus)
    assert [str(week)[:10] for week in found["week"]] == ["2031-02-03", "2031-02-10", "2031-02-17"]
    alone = query("SELECT count(*) AS n FROM statements WHERE article = 'a1' AND asserted = 'said'", corpus)
    assert found["statements"][0] == alone["n"][0]


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_csv('/etc/hostname')",
        "SELECT * FROM '/etc/hostname'",
        "COPY (SELECT 1) TO 'gone.csv'",
        "DROP VIEW counted",
        "SELECT 1; SELECT 2",
        "SET enable_external_access = true",
        "ATTACH 'gone.db'",
        "SELECT nothing FROM articles",
        "",
    ],
)
def test_a_query_reads_the_tables_and_does_nothing_else(corpus, sql, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputProblem, match="the query"):
        query(sql, corpus)
    assert not list(tmp_path.iterdir())


def test_no_corpus_there(tmp_path):
    with pytest.raises(InputProblem, match="holds no corpus"):
        query("SELECT 1", tmp_path)


# --- exports ---


@pytest.fixture(scope="module")
def sly(tmp_path_factory):
    """A corpus whose cells a spreadsheet could run."""
    there = tmp_path_factory.mktemp("sly")
    text = "“=1+1 is what\twe “want”\n and @more,” Defence Minister Elin Quist said."
    (there / "-a.txt").write_text(text, encoding="utf8")
    told = {"id": "@b", "source": "+The Gazette", "text": "The minister, Elin Quist, said: “\x0b+41 is our number.”"}
    (there / "b.jsonl").write_text(json.dumps(told), encoding="utf8")
    return make([there], there / "out")


def is_safe(cell):
    return (
        not isinstance(cell, str)
        or cell[:1] not in tuple("=+-@\t\r")
        or cell.replace("-", "", 1).replace(".", "", 1).isdigit()
    )


def test_csv_is_safe_and_complete(sly):
    written = export(sly, "csv")
    assert {path.stem for path in written} == {*TABLES, "codebook"}
    for path in written:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
        assert all(is_safe(cell) for row in rows for cell in row), path
        if path.stem != "codebook":
            assert rows[0] == list(columns(path.stem, TABLES))
            assert len(rows) - 1 == len(query(f"SELECT * FROM {path.stem}", sly))


def test_workbook_is_safe_and_complete(sly):
    book = openpyxl.load_workbook(export(sly, "xlsx")[0])
    assert book.sheetnames == list(TABLES)
    for sheet in book:
        cells = [cell for row in sheet.iter_rows() for cell in row]
        assert all(cell.data_type != "f" and is_safe(cell.value) for cell in cells)
    assert book["articles"].max_row == 3


# --- as a user calls it ---


def test_command_tells_what_it_made_and_what_failed(tmp_path, capsys):
    folder = inputs(tmp_path / "in")
    (folder / "notes.pages").write_bytes(b"PK")
    (folder / "more.zip").write_bytes(zipped({"map.svg": b"<svg/>", "d1.txt": b"Aino Lind said the harbour was safe."}))
    assert main(["corpus", str(folder), "--out", str(tmp_path / "out"), "--workers", "1", "--export", "csv"]) == 1
    told = capsys.readouterr()
    assert f"{tmp_path / 'out'}: 8 articles, 2 copies among them; " in told.out
    assert "empty.txt: is empty; put the article's text into it" in told.err
    assert "many.jsonl, line 7: is not JSON" in told.err
    mend = ".pages: open it in a word processor, and save it as .docx"
    assert f"{folder}: passed over 1 file of another kind (.pages); {mend}" in told.err
    assert f"{folder / 'more.zip'}: passed over 1 file of another kind (.svg)" in told.err
    assert main(["query", str(tmp_path / "out"), "SELECT article FROM duplicates"]) == 0
    assert capsys.readouterr().out == "article\na2\na3\n"
    assert main(["query", str(tmp_path / "out")]) == 0
    assert "statements_per_week" in capsys.readouterr().out


@pytest.mark.parametrize("number", ["0", "-1", "two"])
def test_number_of_workers_is_checked(number, capsys):
    with pytest.raises(SystemExit):
        main(["corpus", "a", "--out", "b", "--workers", number])
    assert "no number of workers" in capsys.readouterr().err


def test_folder_that_cannot_be_written_to(folder, tmp_path, capsys):
    (tmp_path / "out").write_text("a file", encoding="utf8")
    assert main(["corpus", str(folder), "--out", str(tmp_path / "out")]) == 1
    assert "give another folder" in capsys.readouterr().err
