"""Measures: what a corpus costs beside the parse alone, on one process and on several; what it costs again; and its memory.

All on the same articles, in one run; without the encoder unless ON_THE_RECORD_FAST is 0. `ARTICLES` in the environment asks for
more of them than 60.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from pathlib import Path
from time import perf_counter, process_time

import numpy as np
import pyarrow as pa
import pytest
import spacy
from bench_texts import OWN, ROOT, lines, show_table
from corpora import inputs, kill_when, made, make

from helpers.analyse import analyse_many
from helpers.corpus import places
from helpers.corpus.manifest import Manifest
from helpers.corpus.query import VIEWS, query
from helpers.parse import model_name, pipeline
from helpers.records import Article
from helpers.tables.record import json_text
from helpers.text.files import read_articles
from helpers.themes.taxonomy import THEMES
from helpers.tone.second import FAST

ARTICLES = int(os.environ.get("ARTICLES", 60))
OF_THE_PARSE, TWO_WORKERS, AGAIN, NEW_THEMES, MEMORY, VIEW = 0.80, 1.7, 0.02, 0.15, 1.2, 1.0
TURNS = 2  # of which the better counts: machines are now fast, now slow


@pytest.fixture(autouse=True)
def fast(monkeypatch):
    """The encoder is no component of spaCy's pipeline."""
    monkeypatch.setenv(FAST, os.environ.get(FAST, "1"))


@pytest.fixture(scope="module")
def texts() -> list[str]:
    """Different articles: those of the workshop, each time with another last sentence."""
    found = [json.loads(line)["text"] for line in lines(OWN)]
    return [f"{found[n % len(found)]}\nThe paper printed {n} copies." for n in range(ARTICLES)]


@pytest.fixture(scope="module")
def folder(texts, tmp_path_factory) -> Path:
    there = tmp_path_factory.mktemp("in")
    for n, text in enumerate(texts):
        (there / f"a{n:05}.txt").write_text(text, encoding="utf8")
    return there


RUN = """
import os, sys
from time import perf_counter, process_time
from helpers.corpus.crew import Crew
from helpers.corpus.run import make_corpus
from helpers.corpus.warm import load
folder, out, workers, themes = sys.argv[1:]
with Crew(int(workers)) as crew:
    load()
    crew.alone or crew.client.run(load)
    os.environ["ON_THE_RECORD_THEMES"] = themes
    began, wall = process_time(), perf_counter()
    for _ in make_corpus([folder], out, crew):
        pass
    print(process_time() - began, perf_counter() - wall)
"""


def timed(folder: Path, out: Path, workers: int = 1, themes: Path = THEMES) -> tuple[float, float]:
    """Seconds of this process's time, and by the clock, that a run takes in a process of its own, in which all is loaded and no
    article was met: so no test makes another one's work lighter."""
    call = [sys.executable, "-c", RUN, str(folder), str(out), str(workers), str(themes)]
    done = subprocess.run(call, cwd=ROOT, capture_output=True, check=True, encoding="utf8")
    processor, clock = map(float, done.stdout.split())
    return processor, clock


@pytest.mark.bench
def test_one_process_keeps_four_fifths_of_the_speed_of_the_parse(texts, folder, tmp_path):
    make([inputs(tmp_path / "warm")], tmp_path / "warm out")
    tries, plain = [], spacy.load(model_name())  # as spaCy comes
    for n in range(2):
        before = process_time()  # one process: what else the machine does should not count
        list(plain.pipe(texts))
        bare = process_time() - before
        before = process_time()
        list(pipeline().pipe(texts))
        ours = process_time() - before
        before = process_time()
        list(analyse_many(item for _, item in read_articles([folder]) if isinstance(item, Article)))
        alone = process_time() - before
        before = process_time()
        make([folder], tmp_path / f"out{n}", workers=1)
        tries.append((bare, ours, alone, process_time() - before))
    bare, ours, alone, whole = (min(taken) for taken in zip(*tries, strict=True))
    rows = [
        ("bare nlp.pipe, articles a second", ARTICLES / bare),
        ("our own parse", ARTICLES / ours),
        ("analyse_many", ARTICLES / alone),
        ("corpus, one process", ARTICLES / whole),
        ("ratio to analyse_many", alone / whole),
        (f"ratio (at least {OF_THE_PARSE})", bare / whole),
    ]
    show_table(f"A corpus of {ARTICLES} articles", rows)
    assert bare / whole >= OF_THE_PARSE


BARE = """
import json, sys
from time import perf_counter
from helpers.parse import model_name, pipeline
texts = json.loads(sys.stdin.readline())
list(pipeline().pipe(texts[:2]))
print(flush=True)
sys.stdin.readline()
before = perf_counter()
list(pipeline().pipe(texts))
print(perf_counter() - before)
"""


def parsing(texts: list[str], processes: int) -> float:
    """Seconds that so many processes, each with its share of the texts, take for the bare parse: what this machine can give."""
    call = [sys.executable, "-c", BARE]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    those = [subprocess.Popen(call, cwd=ROOT, **pipes) for _ in range(processes)]
    for n, one in enumerate(those):
        one.stdin.write(json.dumps(texts[n::processes]) + "\n")
        one.stdin.flush()
    for one in those:
        one.stdout.readline()
    return max(float(one.communicate("\n")[0]) for one in those)


@pytest.mark.bench
def test_two_workers_and_four(texts, folder, tmp_path):
    ceiling, numbers = parsing(texts, 1) / parsing(texts, 2), (1, 2, 4)
    tries = [[timed(folder, tmp_path / f"{n} {turn}", n)[1] for n in numbers] for turn in range(TURNS)]
    taken = dict(zip(numbers, map(min, zip(*tries, strict=True)), strict=True))
    rows = [(f"{n} workers, articles a second", ARTICLES / took) for n, took in taken.items()]
    rows += [
        (f"two beside one (at least {TWO_WORKERS})", taken[1] / taken[2]),
        ("of two bare parses beside one", ceiling),
        *((f"{n} workers, with their start, seconds", called(folder, tmp_path / f"called {n}", n)) for n in numbers),
    ]
    show_table("Workers", rows)
    assert made(tmp_path / "1 0") == made(tmp_path / "2 0") == made(tmp_path / "4 0")
    assert taken[1] / taken[2] >= TWO_WORKERS


def called(folder: Path, out: Path, workers: int) -> float:
    """Seconds from the call of the command to its end."""
    before = perf_counter()
    call = [sys.executable, "-m", "helpers", "corpus", str(folder), "--out", str(out), "--workers", str(workers)]
    subprocess.run(call, cwd=ROOT, capture_output=True, check=True)
    return perf_counter() - before


@pytest.mark.bench
def test_what_is_done_again(folder, tmp_path):
    out, mine = tmp_path / "out", tmp_path / "mine.yaml"
    ours = THEMES.read_text(encoding="utf8")
    mine.write_text(ours.replace("    patterns:\n", "    patterns:\n      - ferry\n", 1), encoding="utf8")
    first, _ = timed(folder, out)
    again, _ = timed(folder, out)
    themes, _ = timed(folder, out, themes=mine)
    rows = [
        ("first run, seconds", first),
        (f"again, share of the first (at most {AGAIN})", again / first),
        (f"new themes, share of the first (at most {NEW_THEMES})", themes / first),
    ]
    show_table("Done again", rows, "{:10.3f}")
    assert again <= AGAIN * first
    assert themes <= NEW_THEMES * first


def short(texts: list[str], number: int) -> list[str]:
    """So many different articles of one paragraph."""
    paragraphs = [line for text in texts for line in text.split("\n") if 200 < len(line) < 500]
    return [f"{paragraphs[n % len(paragraphs)]} It was number {n}." for n in range(number)]


@pytest.mark.bench
def test_one_new_article_in_a_thousand(texts, tmp_path):
    there, out = tmp_path / "in", tmp_path / "out"
    there.mkdir()
    for n, text in enumerate(short(texts, 1000)):
        (there / f"{n}.txt").write_text(text, encoding="utf8")
    (there / "alone").mkdir()
    first, _ = timed(there, out)
    again, _ = timed(there, out)
    (there / "alone" / "new.txt").write_text(texts[0], encoding="utf8")
    new, _ = timed(there, out)
    alone, _ = timed(there / "alone", tmp_path / "alone out")
    rows = [
        ("first run of 1,000 short articles, seconds", first),
        (f"again, share of the first (at most {AGAIN})", again / first),
        ("one new article of the usual length, seconds more than again", new - again),
        ("a corpus of it alone, seconds", alone),
    ]
    show_table("One new article", rows, "{:10.3f}")
    assert again <= AGAIN * first


PEAK = r"""
import re, sys
from pathlib import Path
from helpers.corpus.crew import Crew
from helpers.corpus.run import make_corpus
with Crew(1) as crew:
    for _ in make_corpus([sys.argv[1]], sys.argv[2], crew):
        pass
print(re.search(r"VmHWM:\s*(\d+)", Path("/proc/self/status").read_text())[1])  # getrusage tells the caller's, too
"""


@pytest.mark.bench
@pytest.mark.skipif(sys.platform != "linux", reason="needs /proc")
def test_memory_does_not_grow_with_the_corpus(texts, tmp_path):
    peaks = {}
    for number in (400, 4000):
        rows = [{"id": str(n), "text": text} for n, text in enumerate(short(texts, number))]
        file = tmp_path / f"{number}.jsonl"
        file.write_text("\n".join(map(json_text, rows)), encoding="utf8")
        call = [sys.executable, "-c", PEAK, str(file), str(tmp_path / f"out{number}")]
        done = subprocess.run(call, cwd=ROOT, capture_output=True, check=True, encoding="utf8")
        peaks[number] = int(done.stdout) / 1024
    rows = [(f"{number:,} articles", peak) for number, peak in peaks.items()]
    show_table("Peak memory, MiB", [*rows, (f"ratio (at most {MEMORY})", peaks[4000] / peaks[400])])
    assert peaks[4000] <= MEMORY * peaks[400]


# --- questions ---


SIZES = {
    "articles": 12_500,
    "statements": 100_000,
    "speakers": 100_000,
    "stances": 150_000,
    "entities": 600_000,
    "people": 50_000,
    "joined": 50_000,
    "duplicates": 500,
}
NAMES = [f"Person {n // (1 + n % 40)}" for n in range(1600)]  # a few are named often
PICKS = {
    "date": [f"2031-{month:02}-{day:02}" for month in range(1, 13) for day in range(1, 29)],
    "source": [f"Outlet {n}" for n in range(12)],
    "type": ["person", "country", "event", "organisation", "date", "money"],
    "asserted": ["said"] * 9 + ["not said"],
    "kind": ["direct", "indirect", "mixed"],
    "sentiment": ["positive", "neutral", "negative", "mixed"],
    "label": ["positive", "neutral", "negative"],
    "name": NAMES,
    "person": NAMES,
    "themes": ["trade", "trade; cyber", "defence; maritime", None],
    "target": [f"target {n}" for n in range(300)],
}


def column(field: pa.Field, number: int, chance: np.random.Generator) -> pa.Array:
    """A column of a table of so many rows, made by chance; half of the entities stand in no statement."""
    if field.name in PICKS:
        picks = PICKS[field.name]
        return pa.array([picks[n] for n in chance.integers(len(picks), size=number)], pa.string())
    if field.name == "article":
        return pa.array([f"a{n * 12_500 // number}" for n in range(number)])
    if field.name == "statement_id":
        missing = number == SIZES["entities"]
        return pa.array(
            [None if missing and n % 2 else f"s{n * 100_000 // number}" for n in range(number)], pa.string()
        )
    if pa.types.is_floating(field.type):
        return pa.array(chance.uniform(-1, 1, number))
    if pa.types.is_boolean(field.type):
        return pa.array(chance.uniform(size=number) < 0.8)
    if pa.types.is_integer(field.type):
        return pa.array(chance.integers(20, size=number))
    return pa.nulls(number, field.type)


def parts(table: str) -> list[str]:
    """The names of its files, as a run would make about as many: one where it is made of all articles together."""
    return ["all"] if table in places.ACROSS else [f"{part:03}" for part in range(100)]


@pytest.fixture(scope="module")
def large(tmp_path_factory) -> Path:
    """A corpus of 12,500 articles with 100,000 statements, made by chance."""
    out, chance = tmp_path_factory.mktemp("large"), np.random.default_rng(1)
    for table in places.TABLES:
        number = SIZES.get(table, 0)
        fields = places.arrow_schema(table)
        whole = pa.table({field.name: column(field, number, chance) for field in fields}, schema=fields)
        for name in (names := parts(table)):
            rows = whole.slice(names.index(name) * number // len(names), number // len(names))
            places.write_table(rows, places.table_file(out, table, name))
    manifest = Manifest("", "", {}, {table: parts(table) for table in places.TABLES}, {})
    (out / "manifest.json").write_text(json_text(manifest), encoding="utf8")
    return out


@pytest.mark.bench
def test_each_view_over_100_000_statements_takes_under_a_second(large):
    query("SELECT 1", large)
    taken = []
    for view in VIEWS:
        tries = []
        for _ in range(3):
            before = process_time()
            found = query(f"SELECT * FROM {view.name}", large)
            tries.append(process_time() - before)
        taken.append((f"{view.name}, {len(found):,} rows", min(tries)))
    show_table("Seconds of each view over 100,000 statements", taken, "{:10.3f}")
    assert max(took for _, took in taken) < VIEW


# --- kill -9 ---


@pytest.mark.bench
@pytest.mark.skipif(os.name == "nt", reason="needs kill -9")
def test_killed_at_twenty_moments(tmp_path):
    there = inputs(tmp_path / "in")
    whole = made(make([there], tmp_path / "whole"))
    files = sum(path.is_file() for path in (tmp_path / "whole").rglob("*"))
    chance = random.Random(1)
    for n in range(20):
        kill_when(there, tmp_path / f"out{n % 4}", chance.randint(1, files))  # four runs, each killed five times
    for n in range(4):
        assert made(make([there], tmp_path / f"out{n}")) == whole
