"""Do two annotators mean the same by the themes? Krippendorff's alpha, over all labels and for each theme.

>>> a = {"s1": {"cyber"}, "s2": {"space"}, "s3": set()}
>>> b = {"s1": {"cyber"}, "s2": {"space", "cyber"}, "s3": set()}
>>> alpha(a, a), round(alpha(a, b), 2)
(1.0, 0.72)
>>> [(row.theme, row.a, row.b, row.both, row.alpha) for row in by_theme(a, b)]
[('cyber', 1, 2, 1, 0.44), ('space', 1, 1, 1, 1.0)]

Alpha is 1 where they always agree, 0 where they agree as often as chance would, below 0 where they agree less. A set of
labels is compared with another by MASI distance, which forgives part of a set more than none of it (Passonneau 2006);
one theme alone is given or not. Krippendorff (2004) asks for .80 to rely on labels, and .667 to draw tentative conclusions.
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path

from nltk.metrics.agreement import AnnotationTask
from nltk.metrics.distance import jaccard_distance, masi_distance

from helpers.accuracy.gold import checked_labels, gold_rows

Labels = Mapping[str, Set[str]]  # by the sentence's id
NONE = frozenset({"no theme"})  # what stands for an empty set, which no distance can measure
DISTANCES = {"masi": masi_distance, "jaccard": jaccard_distance}


@dataclass(frozen=True, slots=True)
class ThemeAgreement:
    """One theme: how many sentences each annotator gave it, how many both did, and alpha (None of nothing)."""

    theme: str
    a: int
    b: int
    both: int
    alpha: float | None


def read_labels(path: str | Path) -> dict[str, frozenset[str]]:
    """The labels of a .jsonl of ``{"id", "labels"}``, by id. Raises `InputProblem`, which names the line."""
    return {row["id"]: row["labels"] for row in gold_rows(path, checked_labels)}


def alpha(a: Labels, b: Labels, distance: str = "masi") -> float:
    """Krippendorff's alpha over whole sets of labels, for the sentences that both labelled."""
    shared = [key for key in a if key in b]
    data = [(who, key, frozenset(said[key]) or NONE) for who, said in (("a", a), ("b", b)) for key in shared]
    return float(AnnotationTask(data, distance=DISTANCES[distance]).alpha())


def by_theme(a: Labels, b: Labels) -> list[ThemeAgreement]:
    """The agreement on each theme that either gave, the lowest first."""
    found = [on_theme(theme, a, b) for theme in set[str]().union(*a.values(), *b.values())]
    return sorted(found, key=lambda row: (row.alpha is None, row.alpha, row.theme))


def on_theme(theme: str, a: Labels, b: Labels) -> ThemeAgreement:
    """The agreement on one theme, given or not given."""
    shared = [key for key in a if key in b]
    ours, theirs = ({key: said[key] & {theme} for key in shared} for said in (a, b))
    one, other = (sum(map(len, said.values())) for said in (ours, theirs))
    both = sum(len(ours[key] & theirs[key]) for key in shared)
    mixed = 0 < one + other < 2 * len(shared)  # otherwise chance alone explains it
    return ThemeAgreement(theme, one, other, both, round(alpha(ours, theirs), 2) if mixed else None)


def disagreements(a: Labels, b: Labels) -> Sequence[tuple[str, Set[str], Set[str]]]:
    """The sentences labelled differently: id, what only the first gave, and what only the second gave."""
    return [(key, a[key] - b[key], b[key] - a[key]) for key in a if key in b and a[key] != b[key]]
