"""Protects: no text breaks the matching, and no file of themes does worse than be refused with file, line and mend."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from damage import DAMAGES
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.errors import VocabularyProblem
from helpers.parse import pipeline
from helpers.themes.context import decide
from helpers.themes.match import match_themes, matcher
from helpers.themes.taxonomy import THEMES, Taxonomy, expand, load_taxonomy

TAXONOMY = load_taxonomy()
SAME_EACH_TIME = {"derandomize": True, "deadline": None}
FILE = """weights:
  heading: 0.5
themes:
  - id: drones
    label: Drones
    definition: Aircraft without a crew.
    patterns:
      - drone/NOUN
      - sign ... naval? pact|treaty
    hints:
      - swarm
    blockers:
      - "drone on"
    positive:
      - A drone fell.
  - id: sea
    label: Sea
    definition: The sea.
    patterns: [ship*, WHO]
"""
PLACED = re.compile(r"mine\.yaml, line (\d+): \S.*")
KEYS = [
    "id",
    "label",
    "definition",
    "patterns",
    "hints",
    "blockers",
    "weights",
    "themes",
    "lable",
    "",
    "<<",
    "!!python/object:os",
]
VALUES = [
    *"~ [] {} [[a]] &x *x a| | ( ... ? a/X * 1 yes 2031-10-31 ' nan -1 drones 😀 م \0".split(),
    *["", "- a", "a ... ", '"', ": ", "# a", "\t", "a" * 3000, "a|b " * 30, "!!binary YQ==", "? a"],
]
WORDS = st.sampled_from(
    "drone drones swarm cyber cyber-attack ship breathing space WHO UAVs tanker - — “ ” 's , . ; … 🚀 ''".split()
)
TEXTS = st.lists(WORDS | st.text(max_size=5), max_size=40).map(" ".join)
PATTERN_PIECES = st.sampled_from([*"a ship* WHO air-strike drone/NOUN a|b c? ... | / * - ? ( [a-z]+ é".split(), ""])


@st.composite
def changed_files(draw: st.DrawFn) -> str:
    """The file with lines lost, doubled, indented otherwise, or with another key or value."""
    lines = FILE.splitlines()
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(lines) - 1))
        key, colon, value = lines[at].partition(":")
        change = draw(st.integers(0, 4))
        lines[at : at + 1] = [
            [],
            [lines[at], lines[at]],
            [" " * draw(st.integers(0, 7)) + lines[at].strip()],
            [f"{key[: len(key) - len(key.lstrip())]}{draw(st.sampled_from(KEYS))}:{value}"],
            [f"{key}{colon} {draw(st.sampled_from(VALUES))}"],
        ][change]
        lines = lines or [""]
    return "\n".join(lines) + "\n"


def loaded(text: str) -> Taxonomy | None:
    """The taxonomy of a file with this text; None if it is refused as it should be, in one line that names a line of it."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "mine.yaml"
        path.write_text(text, encoding="utf-8", errors="replace", newline="")
        try:
            return load_taxonomy(path)
        except VocabularyProblem as problem:
            found = PLACED.fullmatch(str(problem))
            assert found, str(problem)
            assert 1 <= int(found[1]) <= max(1, len(text.splitlines())), str(problem)
            return None


def check_taxonomy(text: str) -> None:
    taxonomy = loaded(text)
    if taxonomy is not None:
        assert taxonomy.ids and len(set(taxonomy.ids)) == len(taxonomy.ids)
        assert all(theme.label and theme.definition and theme.patterns for theme in taxonomy.themes)
        assert matcher(taxonomy).words


def test_what_is_missing_at_the_end_is_named_with_the_last_line() -> None:
    assert loaded(FILE + "“") is None


def test_the_file_that_is_changed_is_a_good_one() -> None:
    assert loaded(FILE) is not None


@settings(**SAME_EACH_TIME, max_examples=400)
@given(changed_files())
def test_a_changed_file_is_read_or_refused_with_its_line(text: str) -> None:
    check_taxonomy(text)


@pytest.mark.parametrize("kind", DAMAGES)
@settings(**SAME_EACH_TIME, max_examples=60)
@given(data=st.data())
def test_a_damaged_file_is_read_or_refused_with_its_line(kind: str, data: st.DataObject) -> None:
    check_taxonomy(data.draw(DAMAGES[kind](FILE)))


@settings(**SAME_EACH_TIME, max_examples=400)
@given(st.lists(PATTERN_PIECES, max_size=6).map(" ".join) | st.text(max_size=12))
def test_a_pattern_is_written_out_or_refused(pattern: str) -> None:
    try:
        forms = expand(pattern)
    except ValueError as error:
        assert str(error)
    else:
        assert forms and all(form and form[0] != "..." != form[-1] for form in forms)


def check_hits(text: str) -> None:
    doc = pipeline()(text)
    hits = match_themes(doc, TAXONOMY)
    assert hits == match_themes(doc, TAXONOMY)
    assert [hit.start for hit in hits] == sorted(hit.start for hit in hits)
    assert all(0 <= hit.start < hit.end <= len(text) for hit in hits)
    for theme in TAXONOMY.ids:
        assert all(a.end <= b.start for a, b in pairwise(hit for hit in hits if hit.theme == theme))
    had = decide([("statement", hits)], TAXONOMY)
    assert list(had) == [theme for theme in TAXONOMY.ids if theme in had]
    assert had.keys() <= {hit.theme for hit in hits}


@settings(**SAME_EACH_TIME, max_examples=150)
@given(TEXTS)
def test_hits_are_true_of_any_text(text: str) -> None:
    check_hits(text)


def test_hits_are_true_of_the_themes_own_file() -> None:
    check_hits(THEMES.read_text(encoding="utf-8")[:60_000])
