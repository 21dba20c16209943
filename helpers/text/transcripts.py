"""Transcripts: which lines of a text are what somebody says by the text's layout, and who stands behind each.

>>> lines = ["ROE: We came to talk.", "(Applause.)", "LIND: So did we.", "ROE: Good."]
>>> found = turns_of(lines)
>>> [(i, lines[i][turn.start :], turn.label.words) for i, turn in found.items()]
[(0, 'We came to talk.', 'ROE'), (2, 'So did we.', 'LIND'), (3, 'Good.', 'ROE')]

A label counts where a dialogue shows: it returns, is a known one, or has a title or a name that the text knows, and somebody
else answers. One that stands once, like an outlet's, counts where a label that does follows. So “Note:”, “Photo:” and a list
of “What: … Where: …” are none.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from helpers.knowledge.reporting import occasions
from helpers.knowledge.vocabulary import given_names
from helpers.knowledge.writing import labels
from helpers.text.labels import Label, label_alone, label_at
from helpers.text.lines import SENTENCE_END

STAGE = re.compile(r"[\[(*].*[\])*]\.?\W*|\*.*|[\W\d_]*|.{0,40}\d[:.]\d\d.{0,25}")
HEADING_WORDS = 12  # a line of fewer words without a full stop is a heading
ASIDES = 6  # paragraphs without a label that still belong to the turn before, where a turn follows
SURE = 3  # labels from which on a text is taken for a transcript as a whole
LONG = 40  # the paragraphs that may then belong to one turn
OCCASION = "briefing|hearing|interview|(?:press )?conference|meeting|session|sitting|debate|transcript|committee|conversation|call"
ENDS_ALL = re.compile(
    rf"\W*(?:ends?|ended)\W*$|\W*(?:the|this) (?:{OCCASION}) (?:was|were|is|has|ended|concluded|adjourned)\b", re.I
)
FIRST_PERSON = re.compile(r"\b(?:I|[Ww]e|[Oo]ur|[Mm]y|us|me|[Yy]ou|[Yy]our)\b")
# Behind a name and a seat, in a copy of a parliament's pages.
SHARED = re.compile(r"\) Share this\b|\| Hansard source\b")
REPORTERS = frozenset("reporter correspondent editor writer".split())
SEAT = re.compile(r"\([^()]{1,60}\)\s*\([^()]{1,20}\)\s*(?:Share this\b.*)?$")  # (Tamar Valley) (Con)


@dataclass(frozen=True, slots=True)
class Turn:
    """What one line holds of a turn: its words from the character `start` on. The label stands in line `at`; `opens` tells
    whether these are the first words after it, and `answered` that nobody is named: it is an answer to a question."""

    start: int
    label: Label
    at: int
    opens: bool
    answered: bool = False


def turns_of(lines: Sequence[str]) -> dict[int, Turn]:
    """The turns of a text by the number of the line; none where no dialogue shows."""
    found = labels_before(lines)
    above = {} if found else labels_above(lines)
    kept = found or above
    alone = {i for i, label in kept.items() if i in above or label.opens >= len(lines[i])}
    places = sorted(kept)
    asked_only = bool(found) and all(label.sort in ("asks", "outlet") for label in found.values())
    turns: dict[int, Turn] = {}
    for place, following in pairwise([*places, len(lines)]):
        label, opens = kept[place], place in alone
        if not opens:
            turns[place] = Turn(label.opens, label, place, True)
        last = following == len(lines)
        between = range(place + 1, following)
        if len(between) > (LONG if len(places) >= SURE else ASIDES) and not opens:
            between = range(0)
        names = {k.key for k in kept.values() if k.name} if last and not opens else set()
        for i in spoken(lines, between, names, len(places)):
            turns[i] = Turn(0, label, place, opens, asked_only)
            opens = False
    return turns


def spoken(lines: Sequence[str], between: Sequence[int], names: set[str], labels: int) -> Iterator[int]:
    """The lines after a label that go on with what is said; after the last one, only until the speakers are spoken of."""
    last = bool(names)
    for i in between:
        line = lines[i]
        if ENDS_ALL.match(line) or (names & set(re.findall(r"[\w-]+", line.casefold())) and last):
            return
        if STAGE.fullmatch(line.strip("“”\"'")) or is_heading(line):
            continue
        if last and (labels < SURE or line[0] in '“"' or not FIRST_PERSON.search(line)):
            return
        yield i


def is_heading(line: str) -> bool:
    """Is it a short line without a full stop, or one that is labelled as something else: Link to the video: …?"""
    first = re.match(r"\W*(\w+)[^.!?:]{0,40}:", line)
    if first and first[1].lower() in labels()["heading"]:
        return True
    return len(line.split()) < HEADING_WORDS and (SENTENCE_END.search(line) is None or line.endswith(":"))


def labels_in(lines: Sequence[str]) -> dict[int, Label]:
    """The labels of a text by the number of the line: before the words of their own lines, else above the words."""
    return labels_before(lines) or labels_above(lines)


def labels_before(lines: Sequence[str]) -> dict[int, Label]:
    """The labels before the words of their own lines."""
    found = {i: label for i, line in enumerate(lines) if (label := label_at(line)) and not titles(line[label.opens :])}
    top = found.get(0)
    if top and not top.capitals and any(k.key == top.key and k.capitals for k in found.values()):
        del found[0]  # a headline: Roe: pact will hold
    if len(found) < 2:
        return {}
    often = Counter(label.key for label in found.values())
    known = named_elsewhere(lines, found)
    sure = {label.key for label in found.values() if often[label.key] > 1 or is_sure(label) or label.key in known}
    capitals = any(label.capitals for label in found.values() if label.key in sure)
    kept = {i: label for i, label in found.items() if label.key in sure or (capitals and label.capitals)}
    kept |= asked_once(found, kept, often, lines)
    # in a list (“Roe: 12 seats”, “Lind: 9 seats”) each name stands once
    dialogue = any(often[k.key] > 1 or is_sure(k) or k.capitals for k in kept.values())
    only_asked = all(k.sort == "asks" for k in kept.values())
    several = len({k.key for k in kept.values()}) > 1 or only_asked
    return dict(sorted(kept.items())) if dialogue and several else {}


def titles(words: str) -> bool:
    """Do the words behind a colon name an occasion rather than being said there: HARBOUR DIARY: Interview with Ada Roe?"""
    first, *more = words.split() or [""]
    return first.lower() in occasions() and more[:1] in (["with"], ["by"], ["of"])


def is_sure(label: Label) -> bool:
    """Is it a label by itself: Q, Moderator, Minister Roe?"""
    return label.sort in ("asks", "answers", "presides") or (label.titled and bool(label.name))


def asked_once(
    found: Mapping[int, Label], kept: Mapping[int, Label], often: Counter[str], lines: Sequence[str]
) -> dict[int, Label]:
    """The labels that stand once: those of outlets, answered by one that returns, and an office that answers a question."""
    near = [(a, b) for a, b in pairwise(sorted(found)) if b - a <= ASIDES]
    outlets = {
        a: found[a] if named_fully(found[a]) else replace(found[a], name=(), sort="outlet")
        for a, b in near
        if b in kept and often[found[b].key] > 1 and (found[a].sort == "outlet" or "?" in lines[a])
    }
    return outlets | {b: found[b] for a, b in near if (found[a].sort, found[b].sort) == ("asks", "office")}


def named_fully(label: Label) -> bool:
    """Does it hold a title or a given name, so that no outlet can be meant?"""
    return (
        not label.name or label.titled or (len(label.name) > 1 and (label.capitals or label.name[0] in given_names()))
    )


def named_elsewhere(lines: Sequence[str], found: Mapping[int, Label]) -> set[str]:
    """The keys of the labels whose names the text has elsewhere, too: Ada Roe, for ROE."""
    keys = {label.key for label in found.values() if label.name}
    told: set[str] = set()
    for i, line in enumerate(lines):
        rest = line[found[i].opens :] if i in found else line
        words = re.findall(r"[^\W\d_][\w'’.-]*", rest)
        told |= {
            key
            for first, second in pairwise(words)
            if first[0].isupper()
            and (key := second.removesuffix("’s").removesuffix("'s").rstrip(".").casefold()) in keys
        }
    return told


def labels_above(lines: Sequence[str]) -> dict[int, Label]:
    """The labels that stand on a line of their own above the words, as in the records of parliaments and their mirrors."""
    found = {i: label for i, line in enumerate(lines[:-1]) if (label := label_alone(line))}
    often = Counter(label.key for label in found.values())
    members = {i for i in found if SEAT.search(lines[i]) or (is_seat(lines[i + 1]) and SEAT.search(lines[i + 1]))}
    seats = {i for i in found if i in members or is_seat(lines[i + 1]) or SHARED.search(lines[i])}
    sure = {found[i].key for i in found if found[i].titled or found[i].sort == "presides" or i in seats}
    office = any("(" in lines[i][k.start : k.end] and k.titled and k.name for i, k in found.items())
    below = [lines[i + 1].lower().split() for i in found]  # the desk or the place of a reporter, as in a live blog
    desk = any(len(words) < 7 and (words[0] == "in" or not REPORTERS.isdisjoint(words)) for words in below)
    if desk or not (office or any(often[key] > 1 for key in sure)):
        return {}
    kept = {
        i: replace(k, member=i in members)
        for i, k in found.items()
        if k.key in sure or (often[k.key] > 1 and len(k.name) > 1)
    }
    return {} if set(kept) & {i + 1 for i in kept} else kept


def is_seat(line: str) -> bool:
    """Is the line a member's seat or party in brackets: (Tamar Valley) (Con)?"""
    line = line.partition("Share this")[0]
    return re.fullmatch(r"\s*(?:\([^()]{1,60}\)\s*){1,3}", line) is not None
