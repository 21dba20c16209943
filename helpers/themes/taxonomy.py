"""The theme taxonomy: what each theme means, and the patterns that find it, from one YAML file.

>>> expand("cyber-attack|hacker on bank")
(('cyber', 'attack', 'on', 'bank'), ('cyberattack', 'on', 'bank'), ('hacker', 'on', 'bank'))

The pattern language is described on top of ``data/vocabulary/themes.yaml``. A file that is wrong raises
`VocabularyProblem`, which names file, line and mend. Matching lives in `helpers.themes.match`.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, fields
from difflib import get_close_matches
from functools import cache, lru_cache
from itertools import pairwise, product
from pathlib import Path

import yaml

from helpers.errors import VocabularyProblem
from helpers.folders import VOCABULARY

THEMES = VOCABULARY / "themes.yaml"
IN_USE = "ON_THE_RECORD_THEMES"
GAP = "..."
PARTS_OF_SPEECH = ("NOUN", "VERB", "ADJ", "ADV")
TEXTS = ("id", "label", "definition", "includes", "excludes")
LISTS = ("patterns", "bystanders", "yields_to", "hints", "blockers", "positive", "negative")
OPTIONAL = frozenset({"includes", "excludes", *LISTS}) - {"patterns"}
MOST_PATTERNS = 50_000  # of a file: more is a mistake, and would make every start slow
MOST_LINES = 200_000
MOST_CHARACTERS = 4_000_000
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
    includes: str
    excludes: str
    patterns: tuple[Pattern, ...]
    blockers: tuple[Pattern, ...]
    positive: tuple[str, ...]
    negative: tuple[str, ...]
    line: int
    hints: tuple[Pattern, ...] = ()
    bystanders: tuple[Pattern, ...] = ()
    yields_to: tuple[str, ...] = ()  # ids of the themes beside which a bystander is no more than a hint

    @property
    def phrases(self) -> tuple[Pattern, ...]:
        """All phrases of the theme, whatever they count for."""
        return (*self.patterns, *self.bystanders, *self.hints, *self.blockers)


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
        if word == GAP:
            choices.append([(GAP,)])
            continue
        optional = word.endswith("?")
        forms = [form for alternative in word.removesuffix("?").split("|") for form in symbols(alternative)]
        choices.append([*forms, ()] if optional else forms)
    size = 1
    for choice in choices:
        size *= len(choice)
    if size > MOST_FORMS:
        raise ValueError(f"{pattern!r} stands for {size:,} phrases; split it (at most {MOST_FORMS:,})")
    found = tuple(dict.fromkeys(tuple(symbol for form in forms for symbol in form) for forms in product(*choices)))
    for form in found:
        if not form or GAP in (form[0], form[-1]) or (GAP, GAP) in pairwise(form):
            raise ValueError(f"{pattern!r} needs a word that is not optional first, last and beside ...")
    return found


class Reader:
    """Reads the nodes of one YAML file, and knows the line of each for the messages."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.forms = 0  # phrases so far, written out

    def problem(self, node: yaml.Node | int, what: str) -> VocabularyProblem:
        line = node if isinstance(node, int) else node.start_mark.line + 1
        return VocabularyProblem(f"{self.path.name}, line {line}: {what}")

    def root(self) -> yaml.Node:
        """The tree of the file."""
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        try:
            text = self.path.read_text(encoding="utf-8-sig")
            self.check_size(text)
            node = yaml.compose(text, Loader=loader)
        except OSError as error:
            raise VocabularyProblem(f"{self.path}: cannot be read ({error.strerror}); correct the path") from error
        except UnicodeDecodeError as error:
            number = self.path.read_bytes()[: error.start].count(b"\n") + 1
            raise self.problem(number, "is not UTF-8; save the file as UTF-8") from error
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

    def check_size(self, text: str) -> None:
        """Refuse a file that would take long to read."""
        if text.count("\n") > MOST_LINES:
            raise self.problem(MOST_LINES + 1, f"over {MOST_LINES:,} lines up to here; use word* or one|other")
        if len(text) > MOST_CHARACTERS:
            raise self.problem(1, f"the file has over {MOST_CHARACTERS:,} characters; use word* or one|other")

    def mapping(self, node: yaml.Node, allowed: tuple[str, ...] | None, what: str) -> dict[str, yaml.Node]:
        """The keys and values of a mapping, none of them unknown (where only some are allowed) or given twice."""
        if not isinstance(node, yaml.MappingNode):
            raise self.problem(node, f"{what} must be 'key: value' lines")
        found: dict[str, yaml.Node] = {}
        for key, value in node.value:
            name = str(key.value)
            if allowed is not None and name not in allowed:
                near = get_close_matches(name, allowed, 1)
                hint = f"did you mean {near[0]!r}?" if near else f"use one of {', '.join(allowed)}"
                raise self.problem(key, f"unknown key {name!r}; {hint}")
            if name in found:
                raise self.problem(key, f"the key {name!r} stands twice in this theme; remove one")
            found[name] = value
        return found

    def text(self, node: yaml.Node, what: str) -> str:
        """The text of a node, which must hold some."""
        if not isinstance(node, yaml.ScalarNode) or not node.value.strip() or node.tag.endswith(":null"):
            raise self.problem(node, f"{what} must be a text, not empty; put it in quotes if it holds ': ', '#' or '['")
        return " ".join(node.value.split())

    def items(self, node: yaml.Node, name: str) -> list[yaml.Node]:
        """The items of a list."""
        if not isinstance(node, yaml.SequenceNode):
            raise self.problem(node, f"{name} must be a list: lines that begin with '- '")
        return list(node.value)

    def texts(self, keys: dict[str, yaml.Node], name: str) -> tuple[str, ...]:
        """The texts under the key `name`: example sentences, or ids of themes."""
        items = self.items(keys[name], name) if name in keys else []
        return tuple(self.text(item, f"each of {name}") for item in items)

    def patterns(self, keys: dict[str, yaml.Node], name: str) -> tuple[Pattern, ...]:
        """The patterns under the key `name`, each of which can be written out."""
        found: list[Pattern] = []
        for item in self.items(keys[name], name) if name in keys else ():
            text = self.text(item, f"each of {name}")
            try:
                self.forms += len(expand(text))
            except ValueError as error:
                raise self.problem(item, str(error)) from error
            if self.forms > MOST_FORMS_IN_ALL:
                what = f"the patterns up to here stand for over {MOST_FORMS_IN_ALL:,} phrases; use fewer one|other"
                raise self.problem(item, what)
            found.append(Pattern(text, item.start_mark.line + 1))
        return tuple(found)

    def entry(self, node: yaml.Node) -> ThemeEntry:
        """One theme."""
        line = node.start_mark.line + 1
        keys = self.mapping(node, TEXTS + LISTS, "a theme")
        for name in TEXTS + LISTS:
            if name not in keys and name not in OPTIONAL:
                raise self.problem(line, f"the theme lacks {name!r}; add the line '{name}: …'")
        texts = {name: self.text(keys[name], name) if name in keys else "" for name in TEXTS}
        if not ID.fullmatch(texts["id"]):
            raise self.problem(keys["id"], f"id {texts['id']!r} must be lower-case letters, digits and _")
        if not (patterns := self.patterns(keys, "patterns")):
            raise self.problem(keys["patterns"], f"the theme {texts['id']!r} has no patterns; add one")
        return ThemeEntry(
            **texts,
            patterns=patterns,
            hints=self.patterns(keys, "hints"),
            bystanders=self.patterns(keys, "bystanders"),
            yields_to=self.texts(keys, "yields_to"),
            blockers=self.patterns(keys, "blockers"),
            positive=self.texts(keys, "positive"),
            negative=self.texts(keys, "negative"),
            line=line,
        )

    def weights(self, node: yaml.Node) -> Weights:
        """The weights, those left out as they are by default."""
        names = tuple(field.name for field in fields(Weights))
        found = {name: self.weight(value, name) for name, value in self.mapping(node, names, "weights").items()}
        return Weights(**found)

    def weight(self, node: yaml.Node, name: str) -> float:
        """A number from 0 to 10; what a theme needs must be more than 0."""
        text = self.text(node, name)
        try:
            number = float(text)
        except ValueError:
            number = -1.0
        if not 0 <= number <= MOST_WEIGHT or (number == 0 and name in ("enough", "inherit")):
            raise self.problem(node, f"{name} is {text!r}; write a number from 0 to {MOST_WEIGHT:g}, such as 0.5")
        return number

    def taxonomy(self) -> Taxonomy:
        """All themes of the file, their ids unique, their patterns not too many."""
        top = self.mapping(self.root(), ("weights", "themes"), "the file")
        if "themes" not in top:
            raise self.problem(1, "the key 'themes:' is missing; begin the file with it")
        weights = self.weights(top["weights"]) if "weights" in top else Weights()
        return Taxonomy(self.path.name, self.themes(top["themes"]), weights)

    def themes(self, node: yaml.Node) -> tuple[ThemeEntry, ...]:
        """The blocks of a list of themes."""
        themes: list[ThemeEntry] = []
        lines: dict[str, int] = {}
        count = 0
        for item in self.items(node, "themes"):
            theme = self.entry(item)
            if theme.id in lines:
                raise self.problem(theme.line, f"id {theme.id!r} stands already in line {lines[theme.id]}; rename one")
            lines[theme.id] = theme.line
            count += len(theme.phrases)
            if count > MOST_PATTERNS:
                raise self.problem(theme.line, f"over {MOST_PATTERNS:,} patterns up to here; use word* or one|other")
            themes.append(theme)
        if not themes:
            raise self.problem(node, "no themes; add a block that begins with '- id: …'")
        for theme in themes:
            if lost := [other for other in theme.yields_to if other not in lines]:
                raise self.problem(
                    theme.line, f"{theme.id!r} yields to {lost[0]!r}, no theme of this file; correct that id"
                )
        return tuple(themes)


def load_taxonomy(path: Path | None = None) -> Taxonomy:
    """The taxonomy of a YAML file; without a path, the one in use, read once.

    >>> load_taxonomy().ids[:3]
    ('cyber', 'space', 'unmanned')
    """
    return read_once(Path(path) if path is not None else themes_file())


def themes_file() -> Path:
    """The file in use: the project's own, or that which the environment variable ``ON_THE_RECORD_THEMES`` names."""
    return Path(os.environ.get(IN_USE) or THEMES)


def use_themes(path: str | Path) -> Taxonomy:
    """Use another file from now on, in this process and those it starts (notebooks). Raises `VocabularyProblem`."""
    taxonomy = load_taxonomy(Path(path))
    os.environ[IN_USE] = str(Path(path).resolve())
    return taxonomy


def read_once(path: Path) -> Taxonomy:
    """The taxonomy of a file, read again only when the file has changed."""
    try:
        state = path.stat()
    except OSError as error:
        raise VocabularyProblem(f"{path}: cannot be read ({error.strerror}); correct the path") from error
    return read_state(path, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=8)
def read_state(path: Path, _changed: int, _size: int) -> Taxonomy:
    """The taxonomy of a file as it was when it had this time and size."""
    return Reader(path).taxonomy()
