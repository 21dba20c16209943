"""Protects: the rooms of helpers/, what their digests cover, and the names that the package offers."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports
from inputs import ROOT, SEED

import helpers
from helpers.errors import SetupProblem
from helpers.made_with import MAKERS, encoder_digest, made_with, rules_digest
from helpers.themes.taxonomy import load_taxonomy

ROOMS = sorted(p.name for p in (ROOT / "helpers").iterdir() if p.is_dir() and p.name != "__pycache__")
SPINE = sorted(p.name for p in (ROOT / "helpers").glob("*.py"))
SHOWING = {"accuracy", "commands", "corpus", "drawing", "tables", "views"}  # how results are stored, shown and measured


def test_imports_only_go_down(monkeypatch):
    monkeypatch.chdir(ROOT)
    assert lint_imports(no_cache=True) == EXIT_STATUS_SUCCESS


# --- the page that describes it ---

PAGE = (ROOT / "docs/ARCHITECTURE.md").read_text(encoding="utf8")
DRAWING, TABLE = PAGE.split("**The road.**")[0], PAGE.split("## To add a … touch …")[1]
UNDRAWN = {"__init__.py", "__main__.py", "made_with.py"}  # the door, the command line, and what a digest is told of


def test_the_page_draws_every_room():
    drawn = re.findall(r"^(?:    |       \|   )([a-z_]+(?:/|\.py))", DRAWING, re.MULTILINE)
    assert sorted(drawn) == sorted({f"{room}/" for room in ROOMS} | (set(SPINE) - UNDRAWN))


@pytest.mark.parametrize("name", sorted(set(re.findall(r"`([\w/]+\.[a-z]+|[\w/]+/)`", TABLE))))
def test_the_page_names_files_that_exist(name):
    assert any((ROOT / base / name).exists() for base in ("", "data", "data/vocabulary")), name


@pytest.mark.parametrize("target", sorted(set(re.findall(r"`make (\w+)", TABLE))))
def test_the_page_names_commands_that_exist(target):
    assert f"\n{target}:" in (ROOT / "Makefile").read_text(encoding="utf8")


# --- digests ---


@pytest.fixture(scope="module")
def checkout(tmp_path_factory) -> Path:
    """A copy of what the digests read."""
    there = tmp_path_factory.mktemp("checkout")
    for part in ("helpers", "data/vocabulary", "data/models"):
        shutil.copytree(ROOT / part, there / part, ignore=shutil.ignore_patterns("__pycache__"))
    return there


def digest_of(checkout: Path) -> str:
    rules_digest.cache_clear()
    return rules_digest(checkout)


def edited(checkout: Path, file: str) -> bool:
    """Does the digest change when this file does?"""
    path, before = checkout / file, digest_of(checkout)
    kept = path.read_bytes()
    path.write_bytes(kept + b"\n# edited\n")
    after = digest_of(checkout)
    path.write_bytes(kept)
    assert digest_of(checkout) == before
    return after != before


@pytest.mark.parametrize("room", ROOMS)
def test_digest_changes_with_every_file_of_a_room_that_makes_results(checkout, room):
    files = [f.relative_to(checkout).as_posix() for f in (checkout / "helpers" / room).glob("*.py")]
    assert {edited(checkout, file) for file in files} == {room not in SHOWING}


@pytest.mark.parametrize("file", SPINE)
def test_digest_changes_with_the_spine_where_it_makes_results(checkout, file):
    shown = {
        "__init__.py",
        "__main__.py",
        "copying.py",
        "errors.py",
        "explain.py",
        "folders.py",
        "made_with.py",
        "wording.py",
    }
    assert edited(checkout, f"helpers/{file}") == (file not in shown)


def test_digest_covers_vocabulary_and_weights(checkout):
    files = [
        f for part in ("vocabulary", "models") for f in sorted((checkout / "data" / part).iterdir()) if f.is_file()
    ]
    unread = {f.name for f in files if not edited(checkout, f.relative_to(checkout).as_posix())}
    assert unread == {"themes.yaml", "stance_encoder.npz"}  # they have digests of their own
    assert set(MAKERS) <= {*ROOMS, *SPINE}


def test_themes_have_a_digest_of_their_own(tmp_path):
    mine = tmp_path / "mine.yaml"
    mine.write_text((ROOT / "data/vocabulary/themes.yaml").read_text(encoding="utf8"), encoding="utf8")
    assert made_with(load_taxonomy(mine)) == made_with()
    mine.write_text(mine.read_text(encoding="utf8").replace("Cyber", "Cybers", 1), encoding="utf8")
    other = made_with(load_taxonomy(mine))
    assert {key for key, value in made_with().items() if other[key] != value} == {"themes"}


def test_the_encoder_has_a_digest_of_its_own_and_may_be_left_out(tmp_path):
    stored = tmp_path / "weights.npz"
    np.savez(stored, one=np.zeros(3))
    before = encoder_digest(stored)
    np.savez(tmp_path / "other.npz", one=np.ones(3))
    assert encoder_digest(tmp_path / "other.npz") != before
    other = made_with(fast=True)
    assert {key for key, value in made_with(fast=False).items() if other[key] != value} == {"encoder"}
    with pytest.raises(SetupProblem, match="is missing; restore it"):
        encoder_digest(tmp_path / "none.npz")


@pytest.mark.slow
@pytest.mark.parametrize("fast", [True, False])
def test_without_the_weights_of_the_encoder_only_fast_works_and_it_is_said(checkout, fast):
    weights = checkout / "data/models/stance_encoder.npz"
    kept = weights.read_bytes()
    weights.unlink()
    command = [sys.executable, "-m", "helpers", "statements", str(SEED), "--format", "csv", *["--fast"] * fast]
    done = subprocess.run(command, cwd=checkout, capture_output=True, text=True)
    weights.write_bytes(kept)
    assert done.returncode == (0 if fast else 1)
    if fast:
        assert "Hegseth" in done.stdout and not done.stderr
    else:
        assert (
            len(done.stderr.splitlines()) == 1 and "is missing; restore it" in done.stderr and "--fast" in done.stderr
        )


# --- the door ---


def test_package_offers_what_it_says():
    assert all(callable(getattr(helpers, name)) for name in helpers.HOME)
    with pytest.raises(AttributeError, match="it offers"):
        helpers.nothing_of_the_kind  # noqa: B018


ASKED = """
import sys
from helpers import {name}
print({name}.__name__, *sorted({{"spacy", "pandas", "nltk"}} & set(sys.modules)))
"""


@pytest.mark.parametrize("first", ["", "import helpers.{name}\n"], ids=["alone", "after the file of that name"])
@pytest.mark.parametrize("name", ["analyse", "explain"])
def test_names_are_functions_whatever_was_loaded_before(first, name):
    done = subprocess.run(
        [sys.executable, "-c", (first + ASKED).format(name=name)], cwd=ROOT, capture_output=True, encoding="utf8"
    )
    assert done.stdout.split()[:1] == [name], done.stderr


def test_reading_an_article_loads_no_parser_and_no_tables():
    code = "import sys; from helpers import read_article; read_article('seeds/us-india-defence-framework.txt'); "
    code += "print({'spacy', 'pandas', 'nltk'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, encoding="utf8")
    assert done.stdout == "set()\n", done.stderr
