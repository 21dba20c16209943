"""A report: what one paragraph tells of somebody's words, before it is known who that somebody is."""

from __future__ import annotations

from dataclasses import dataclass

from helpers.parse import Range
from helpers.records import Asserted
from helpers.reporting.rules import MOODS, RULES


@dataclass(frozen=True, slots=True)
class CueAt:
    """A cue as it stands in a paragraph: its words, its lemma and its class."""

    start: int
    end: int
    lemma: str
    kind: str


@dataclass(frozen=True, slots=True)
class Report:
    """What was said: `ranges` are characters of the paragraph. `source` are words of it; where there is none and the rules
    say that a speaker goes on, it is whoever spoke before."""

    rules: tuple[str, ...]
    ranges: tuple[Range, ...]
    confidence: float
    cue: CueAt | None = None
    source: Range | None = None

    def has(self, *rules: str) -> bool:
        """Was it made by one of these rules?"""
        return any(rule in self.rules for rule in rules)

    @property
    def asserted(self) -> Asserted:
        """Was it said, or not, or is it only supposed?"""
        return next((MOODS[rule] for rule in self.rules if rule in MOODS), "said")

    def __post_init__(self) -> None:
        unknown = set(self.rules) - set(RULES)
        assert not unknown, unknown
