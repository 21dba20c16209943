"""How our themes are called in somebody else's annotated sentences: one small YAML file a set.

>>> mapping = mapping_for({"space_tech_cyber", "economy"})
>>> mapping.labels["cyber"]
('space_tech_cyber',)

The files lie in ``data/vocabulary/mappings/``; each says in comments which label means what, and why a theme is mapped as
it is. A set whose labels are our own ids needs none.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

import yaml

from helpers.errors import InputProblem
from helpers.folders import VOCABULARY
from helpers.themes.taxonomy import ANY, Pattern, Reader, Taxonomy, ThemeEntry, pattern, text, theme

MAPPINGS = VOCABULARY / "mappings"
CHOICES = ("all", "best")


@dataclass(frozen=True, eq=False)
class Mapping:
    """Our theme ids and the labels they stand for; `themes` are further ones that only this set asks for, and `blockers`
    are phrases by which the set does not mean what our theme does."""

    file: str
    about: str
    labels: dict[str, tuple[str, ...]]
    choose: str = CHOICES[0]  # "all" themes of a sentence, or only the "best", for sets with one label a sentence
    broad: tuple[str, ...] = ()  # where the best theme decides, these count half
    themes: tuple[ThemeEntry, ...] = ()
    blockers: dict[str, tuple[Pattern, ...]] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        """The set's labels, in the file's order."""
        return tuple(dict.fromkeys(label for labels in self.labels.values() for label in labels))

    def extend(self, taxonomy: Taxonomy) -> Taxonomy:
        """The taxonomy with this set's own themes. Raises `InputProblem` for a theme that neither has."""
        ours = (replace(t, blockers=(*t.blockers, *self.blockers.get(t.id, ()))) for t in taxonomy.themes)
        both = replace(taxonomy, themes=(*ours, *self.themes))
        if unknown := [theme for theme in (*self.labels, *self.broad, *self.blockers) if theme not in both.ids]:
            raise InputProblem(f"{self.file}: no theme {unknown[0]!r} in {taxonomy.file}; it has {', '.join(both.ids)}")
        return both


def choice(reader: Reader, node: yaml.Node, what: str) -> str:
    """One of the ways to choose."""
    found = text(reader, node, what)
    if found not in CHOICES:
        raise reader.problem(node, f"choose is {found!r}; write one of {', '.join(CHOICES)}")
    return found


KEYS = {
    "about": text,
    "choose": choice,
    "broad": [text],
    "labels": {ANY: [text]},
    "blockers": {ANY: [pattern]},
    "themes": [theme],
}


def load_mapping(path: Path) -> Mapping:
    """The mapping of a file. Raises `VocabularyProblem`, which names the line."""
    return Mapping(path.name, **Reader(path).file(KEYS, "about", "labels"))


def mapping_for(labels: Iterable[str]) -> Mapping | None:
    """The built-in mapping that knows all these labels, or None."""
    wanted = set(labels)
    found = (load_mapping(path) for path in sorted(MAPPINGS.glob("*.yaml")))
    return next((mapping for mapping in found if wanted <= set(mapping.names)), None)
