"""The theme taxonomy: what each theme means, and the patterns that find it, from one YAML file.

>>> expand("cyber-attack|hacker on bank")
(('cyber', 'attack', 'on', 'bank'), ('cyberattack', 'on', 'bank'), ('hacker', 'on', 'bank'))

The pattern language is described on top of ``data/vocabulary/themes.yaml``. A file that is wrong raises
`VocabularyProblem`, which names file, line and mend. Matching lives in `helpers.themes.match`.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from difflib import get_close_matches
from functools import cache, lru_cache
from itertools import pairwise, product
from math import prod
from pathlib import Path
from typing import Any

import yaml

from helpers.errors import VocabularyProblem
from helpers.folders import VOCABULARY
from helpers.knowledge.vocabulary import vocabulary_text

THEMES = VOCABULARY / "themes.yaml"
IN_USE = "ON_THE_RECORD_THEMES"
GAP = "..."
PARTS_OF_SPEECH = ("NOUN", "VERB", "ADJ", "ADV")
NEVER_EMPTY = ("themes", "patterns")
ANY = "*"  # in the shape of a file: a key of whatever name
MOST_CHARACTERS = 4_000_000  # of a file: more is a mistake, and would make every start slow
MOST_WEIGHT = 10.0
MOST_FORMS = 2_000  # of one pattern, written out
MOST_FORMS_IN_ALL = 200_000  # of all patterns: more would fill the memory

WORD = re.compile(r"(?P<word>[^\W_](?:[\w.'’&+-]*[\w.+])?)(?P<prefix>\*)?(?:/(?P<pos>[A-Za-z]+))?")
ID = re.compile(r"[a-z][a-z0-9_]*")

Form = tuple[str, ...]  # the words of a pattern, one symbol a word


@dataclass(frozen=True, slots=True)
class Pattern:
    """A phrase that is evidence of a theme (or that cancels it), as written, and where it stands."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Weights:
    """What a piece of evidence counts by where it stands, and the scores that a theme needs. See `helpers.themes.context`."""

    statement: float = 1.0  # each pattern in the words themselves
    sentence: float = 0.5  # something in the rest of the sentence
    neighbours: float = 0.25  # something in the sentence before; as much again for the one after
    heading: float = 0.25  # something in the title
    hint: float = 0.5  # a hint, as a share of a pattern
    enough: float = 1.0  # the score from which a text has the theme
    inherit: float = 0.5  # the score from which words without any theme take one over from those around them


@dataclass(frozen=True, slots=True)
class ThemeEntry:
    """One theme of the taxonomy: its definition, for people, and its patterns, for the machine."""

    id: str
    label: str
    definition: str
    patterns: tuple[Pattern, ...]
    line: int
    includes: str = ""
    excludes: str = ""
    blockers: tuple[Pattern, ...] = ()
    hints: tuple[Pattern, ...] = ()
    bystanders: tuple[Pattern, ...] = ()
    yields_to: tuple[str, ...] = ()  # ids of the themes beside which a bystander is no more than a hint
    positive: tuple[str, ...] = ()
    negative: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)  # compared and hashed by identity: each load is one taxonomy with one matcher
class Taxonomy:
    """The themes of a file, in its order."""

    file: str
    themes: tuple[ThemeEntry, ...]
    weights: Weights = Weights()

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(theme.id for theme in self.themes)


def symbols(alternative: str) -> list[Form]:
    """One alternative of a pattern's word, written out: with its hyphens as spaces, and joined.

    >>> symbols("cyber-attack"), symbols("cyber*"), symbols("drone/NOUN"), symbols("WHO")
    ([('cyber', 'attack'), ('cyberattack',)], [('cyber*',)], [('drone/NOUN',)], [('WHO',)])

    A word in capitals stays so, and is matched as it stands; all others are matched in lower case.
    """
    found = WORD.fullmatch(alternative)
    if found is None:
        raise ValueError(f"{alternative!r} is no word; write a word, word*, word/NOUN or one|other")
    if (pos := found["pos"]) and pos not in PARTS_OF_SPEECH:
        raise ValueError(f"{pos!r} in {alternative!r} is no part of speech; use one of {', '.join(PARTS_OF_SPEECH)}")
    word = found["word"] if len(found["word"]) > 1 and found["word"].isupper() else found["word"].lower()
    end = (found["prefix"] or "") + (f"/{pos}" if pos else "")
    if "*/" in end:
        raise ValueError(f"{alternative!r} has both * and a part of speech; use one of them")
    parts = [part for part in word.split("-") if part]
    forms = [(*parts[:-1], parts[-1] + end)]
    return forms if len(parts) == 1 else [*forms, ("".join(parts) + end,)]


@cache
def expand(pattern: str) -> tuple[Form, ...]:
    """All the word sequences that a pattern stands for. Raises `ValueError` saying what is wrong with it.

    >>> expand("joint naval? drill"), expand("sign ... pact")
    ((('joint', 'naval', 'drill'), ('joint', 'drill')), (('sign', '...', 'pact'),))
    """
    choices: list[list[Form]] = []
    words = pattern.replace("…", GAP).split()
    if not words:
        raise ValueError("the pattern is empty; write a phrase or delete the line")
    for word in words:
        alternatives = word.removesuffix("?").split("|")
        forms: list[Form] = (
            [(GAP,)] if word == GAP else [form for alternative in alternatives for form in symbols(alternative)]
        )
        choices.append([*forms, ()] if word.endswith("?") else forms)
    if (size := prod(map(len, choices))) > MOST_FORMS:
        raise ValueError(f"{pattern!r} stands for {size:,} phrases; split it (at most {MOST_FORMS:,})")
    found = tuple(dict.fromkeys(tuple(symbol for form in forms for symbol in form) for forms in product(*choices)))
    for form in found:
        if not form or GAP in (form[0], form[-1]) or (GAP, GAP) in pairwise(form):
            raise ValueError(f"{pattern!r} needs a word that is not optional first, last and beside ...")
    return found


class Reader:
    """Reads one YAML file by the shape it must have, and knows the line of each node for the messages.

    A shape is a reader of a single value (`text`, `pattern` …), a list of one such, or a dict: of the keys that may stand
    there, or of `ANY`, whatever they are called.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.forms = 0  # phrases so far, written out

    def problem(self, node: yaml.Node | int, what: str) -> VocabularyProblem:
        line = node if isinstance(node, int) else node.start_mark.line + 1
        return VocabularyProblem(f"{self.path.name}, line {line}: {what}")

    def root(self) -> yaml.Node:
        text = vocabulary_text(self.path)
        if len(text) > MOST_CHARACTERS:
            raise self.problem(1, f"the file has over {MOST_CHARACTERS:,} characters; use word* or one|other")
        try:
            node = yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            what = f"is not YAML ({error.problem}); check the indent and put text that holds ': ' or '#' in quotes"
            last = len(text.splitlines()) or 1  # what is missed at the end is missed after the last line
            raise self.problem(min(mark.line + 1, last) if mark else 1, what) from error
        except yaml.YAMLError as error:
            raise self.problem(1, f"is not YAML ({error})".replace("\n", " ")) from error
        if node is None:
            raise self.problem(1, "the file is empty; begin with 'themes:' and a block for each theme")
        return node

    def read(self, node: yaml.Node, shape: Any, what: str) -> Any:
        """What a node holds: a value, a tuple of them, or a dict."""
        if callable(shape):
            return shape(self, node, what)
        if isinstance(shape, dict):
            return {name: self.read(value, keys, name) for name, value, keys in self.items(node, shape, what)}
        if not isinstance(node, yaml.SequenceNode):
            raise self.problem(node, f"{what} must be a list: lines that begin with '- '")
        if not node.value and what in NEVER_EMPTY:
            raise self.problem(node, f"{what} must not be empty; add one")
        return tuple(self.read(item, shape[0], f"each of {what}") for item in node.value)

    def items(self, node: yaml.Node, shape: dict[str, Any], what: str) -> Iterator[tuple[str, yaml.Node, Any]]:
        """The keys and values of a mapping with the shape of each, no key unknown or given twice."""
        if not isinstance(node, yaml.MappingNode):
            raise self.problem(node, f"{what} must be 'key: value' lines")
        seen: set[str] = set()
        for key, value in node.value:
            name = str(key.value)
            if name not in shape and ANY not in shape:
                near = get_close_matches(name, shape, 1)
                hint = f"did you mean {near[0]!r}?" if near else f"use one of {', '.join(shape)}"
                raise self.problem(key, f"unknown key {name!r}; {hint}")
            if name in seen:
                raise self.problem(key, f"the key {name!r} stands twice in this theme; remove one")
            seen.add(name)
            yield name, value, shape.get(name, shape.get(ANY))

    def file(self, shape: dict[str, Any], *required: str) -> dict[str, Any]:
        found: dict[str, Any] = self.read(self.root(), shape, "the file")
        for name in required:
            if name not in found:
                raise self.problem(1, f"the key '{name}:' is missing; add it")
        return found


# --- the readers of single values ---


def text(reader: Reader, node: yaml.Node, what: str) -> str:
    """A text, which must not be empty."""
    if not isinstance(node, yaml.ScalarNode) or not node.value.strip() or node.tag.endswith(":null"):
        raise reader.problem(node, f"{what} must be a text, not empty; put it in quotes if it holds ': ', '#' or '['")
    return " ".join(node.value.split())


def identity(reader: Reader, node: yaml.Node, what: str) -> str:
    found = text(reader, node, what)
    if not ID.fullmatch(found):
        raise reader.problem(node, f"id {found!r} must be lower-case letters, digits and _")
    return found


def pattern(reader: Reader, node: yaml.Node, what: str) -> Pattern:
    """A pattern that can be written out; not too many phrases in all."""
    found = text(reader, node, what)
    try:
        reader.forms += len(expand(found))
    except ValueError as error:
        raise reader.problem(node, str(error)) from error
    if reader.forms > MOST_FORMS_IN_ALL:
        most = f"the patterns up to here stand for over {MOST_FORMS_IN_ALL:,} phrases; use fewer one|other"
        raise reader.problem(node, most)
    return Pattern(found, node.start_mark.line + 1)


def weight(reader: Reader, node: yaml.Node, what: str) -> float:
    """A number from 0 to 10; what a theme needs must be more than 0."""
    found = text(reader, node, what)
    try:
        number = float(found)
    except ValueError:
        number = -1.0
    if not 0 <= number <= MOST_WEIGHT or (number == 0 and what in ("enough", "inherit")):
        raise reader.problem(node, f"{what} is {found!r}; write a number from 0 to {MOST_WEIGHT:g}, such as 0.5")
    return number


THEME: dict[str, Any] = {
    "id": identity,
    **dict.fromkeys(("label", "definition", "includes", "excludes"), text),
    **{name: [pattern] for name in ("patterns", "bystanders", "hints", "blockers")},
    **{name: [text] for name in ("yields_to", "positive", "negative")},
}
REQUIRED = ("id", "label", "definition", "patterns")


def theme(reader: Reader, node: yaml.Node, what: str) -> ThemeEntry:
    """One block of the list of themes."""
    line, found = node.start_mark.line + 1, reader.read(node, THEME, "a theme")
    for name in REQUIRED:
        if name not in found:
            raise reader.problem(line, f"the theme lacks {name!r}; add the line '{name}: …'")
    return ThemeEntry(**found, line=line)


FILE = {"weights": {field.name: weight for field in fields(Weights)}, "themes": [theme]}


@lru_cache(maxsize=8)
def read_taxonomy(path: Path, _changed: int, _size: int) -> Taxonomy:
    """All themes of a file as it was when it had this time and size: no two share an id, and those that another yields to
    are there."""
    reader = Reader(path)
    found = reader.file(FILE, "themes")
    taxonomy = Taxonomy(path.name, found["themes"], Weights(**found.get("weights", {})))
    lines: dict[str, int] = {}
    for entry in taxonomy.themes:
        if (first := lines.setdefault(entry.id, entry.line)) != entry.line:
            raise reader.problem(entry.line, f"id {entry.id!r} stands already in line {first}; rename one")
        if lost := [other for other in entry.yields_to if other not in taxonomy.ids]:
            what = f"{entry.id!r} yields to {lost[0]!r}, no theme of this file; correct that id"
            raise reader.problem(entry.line, what)
    return taxonomy


def load_taxonomy(path: Path | None = None) -> Taxonomy:
    """The taxonomy of a YAML file, read again only when it has changed; without a path, the one in use: the project's own,
    or that which the environment variable ``ON_THE_RECORD_THEMES`` names.

    >>> load_taxonomy().ids[:3]
    ('cyber', 'space', 'unmanned')
    """
    path = path or themes_in_use()
    try:
        state = path.stat()
    except OSError as error:
        raise VocabularyProblem(f"{path}: cannot be read ({error.strerror}); correct the path") from error
    return read_taxonomy(path, state.st_mtime_ns, state.st_size)


def themes_in_use() -> Path:
    return Path(os.environ.get(IN_USE) or THEMES)


def use_themes(path: str | Path) -> Taxonomy:
    """Use another file from now on, in this process and those it starts (notebooks). Raises `VocabularyProblem`."""
    taxonomy = load_taxonomy(Path(path))
    os.environ[IN_USE] = str(Path(path).resolve())
    return taxonomy
