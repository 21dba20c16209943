"""Words by what they tell: verbs and nouns of speech, nouns that can be a source, last words of names.

>>> reporting_verbs()["condemn"].kind, sorted(reporting_verbs()["vow"].frames)
('criticise', ['clause', 'infinitive', 'quote'])
>>> "voice" in reporting_nouns()["concern"].verbs
True

The lists are CSV files in ``data/vocabulary/``; see `helpers.knowledge.vocabulary` for how they are read and checked.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import cast

from helpers.knowledge.vocabulary import (
    FOLDER,
    Row,
    bare,
    by_kind,
    column,
    each,
    listed,
    one_of,
    organisations,
    read_csv_vocabulary,
)
from helpers.knowledge.writing import labels
from helpers.records import EntityType

FRAMES = "quote clause noun infinitive gerund as name listener"


@dataclass(frozen=True, slots=True)
class ReportingVerb:
    """A verb that tells of somebody's words: what is done by it, and what may stand as its content."""

    lemma: str
    kind: str  # the class: say, warn, praise, … or attitude
    frames: frozenset[str]
    prepositions: dict[str, str]  # each with the class it gives: called *for* is a demand


@dataclass(frozen=True, slots=True)
class ReportingNoun:
    """A noun that makes a speech act with one of `verbs`: voiced *concern* over."""

    noun: str
    verbs: frozenset[str]
    kind: str
    prepositions: frozenset[str]


def verb_of(row: Row, _: Path) -> ReportingVerb:
    """The verb of a row of reporting_verbs.csv."""
    frames = frozenset(one_of(row | {"frame": frame}, "frame", FRAMES) for frame in listed(row["frames"]))
    opened = (item.partition("=") for item in listed(row["preps"]))
    return ReportingVerb(row["lemma"], row["class"], frames, {word: kind or row["class"] for word, _, kind in opened})


reporting_verbs = each("reporting_verbs.csv", "lemma class", "frames preps", verb_of)
reporting_nouns = each(
    "reporting_nouns.csv",
    "noun class",
    "verbs preps",
    lambda row, _: ReportingNoun(
        row["noun"], frozenset(listed(row["verbs"])), row["class"], frozenset(listed(row["preps"]))
    ),
)


@cache
def cue_class(lemma: str) -> str | None:
    """What is done by a cue, told by its lemma: the class of its noun, else that of its verb and preposition.

    >>> cue_class("wonder about"), cue_class("call for"), cue_class("raise question about")
    ('ask', 'demand', 'ask')
    """
    verbs, nouns = reporting_verbs(), reporting_nouns()
    first, *more = lemma.split()
    if (noun := next((nouns[w] for w in more if w in nouns and first in nouns[w].verbs), None)) is not None:
        return noun.kind
    verb = verbs.get(lemma) or verbs.get(" ".join((first, *more[:1]))) or verbs.get(first)
    return verb.prepositions.get(more[-1] if more else "", verb.kind) if verb is not None else None


# Nouns that can stand as a source without a name, and their kind, and nouns that organisations and documents are called
# by, and their group: company, report, or either (people, too).
speaker_nouns = column("speaker_nouns.csv", "noun", "kind", "person organisation document")
body_nouns = column("body_nouns.csv", "noun", "group", "company report either")
# The last words of names, and the type they tell: Accord, Summit, Ministry.
entity_heads = cast(
    Callable[..., dict[str, EntityType]], column("entity_heads.csv", "head", "type", "agreement event organisation")
)

# Words that tell whether what a verb of speech reports was spoken: *declined* to say, *expected* to say.
unspoken = by_kind("unspoken.csv", "kind", "withheld ahead kept told unnamed")
occasions = bare("occasions.csv", "noun")  # of speaking: in a *statement*, at a *briefing*


@cache
def newsrooms() -> frozenset[str]:
    """Every form of the agencies and papers of organisations.csv."""
    return frozenset(form for body in organisations() if body.kind == "news" for form in body.forms)


@cache
def outlets() -> frozenset[str]:
    """Words with which the name of an agency or a paper ends, in small letters: gazette, media, reuters."""
    return labels()["outlet"] | {form.split()[-1].lower() for form in newsrooms()}


@cache
def head_nouns(folder: Path = FOLDER) -> dict[str, frozenset[str]]:
    """Last words of names that are taken up by other nouns: "the paper", for the Harbour Gazette."""
    rows = read_csv_vocabulary(folder / "entity_heads.csv", ("head", "type"), ("nouns",), key="head")
    return {row["head"].lower(): frozenset(listed(row["nouns"])) for row in rows if row["nouns"]}
