"""Turns: words that layout gives to a speaker, NAME: at the head of a paragraph.

>>> labels_of(["ROE: We came to talk.", "(Applause.)", "LIND: So did we.", "ROE: Good."])
{0: 'ROE', 2: 'LIND', 3: 'ROE'}

A label counts where a dialogue shows: it returns, or names a person of the article, and somebody else answers. So
“Note:”, “Photo:” and a list of “What: … Where: …” are none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from helpers.knowledge.vocabulary import honorifics, roles
from helpers.names.matching import same_person
from helpers.names.mentions import PARTICLES
from helpers.names.paragraphs import Read
from helpers.records import Person, Speaker
from helpers.reporting.choose import Model
from helpers.reporting.paragraphs import laid_out
from helpers.reporting.quotations import OPENING_MARKS
from helpers.reporting.reports import Report

WORDS = r"[^\W\d_][\w.'’\-–]*(?: [\w.'’\-–]+){0,5}?"
OPENS, BOLD = rf"[{OPENING_MARKS}*_>\s]*", r"[*_]{0,2}"
LABEL = re.compile(rf"{OPENS}(?P<label>{WORDS})\s?(?:\([^)]{{1,30}}\)\s?)?{BOLD}:{BOLD}\s+(?=\S)")
INITIALS = re.compile(rf"{OPENS}(?P<label>[QA])(?:[.:)]{BOLD}|(?<=Q)(?=\s+[A-Z“\"]))\s+(?=\S)")
NOBODY = frozenset(
    "q a question answer moderator interviewer reporter host anchor journalist audience voice announcer operator".split()
)
NO_LABELS = frozenset("what when where who why how which note read more photo image video also see".split())
STAGE = re.compile(r"[\[(].*[\])]\.?\W*")
ASIDES = 6  # paragraphs without a label that still belong to the turn before, where a turn follows


@dataclass(frozen=True, slots=True)
class Turn:
    """What one paragraph holds of a turn: its words from the character `start` on. `label` is None where it goes on."""

    start: int
    label: tuple[int, int] | None


def label_at(text: str) -> re.Match[str] | None:
    """The label at the head of a paragraph, if there is one.

    >>> label_at("Q: Will it hold?")["label"], label_at("MS. ROE (via video): Yes.")["label"]
    ('Q', 'MS. ROE')
    >>> label_at("He added: No.") is None
    True
    """
    found = INITIALS.match(text) or LABEL.match(text)
    if found is None or not any(char.isalpha() for char in text[found.end() :]):
        return None
    words = found["label"].split()
    if words[0].lower().strip(".") in NO_LABELS:
        return None
    if words[0][0].isupper() and all(word[0].isupper() or word.lower() in PARTICLES for word in words):
        return found
    return None


def labels_of(texts: Sequence[str], names: Sequence[str] = ()) -> dict[int, str]:
    """The labels of the paragraphs that have one, by the paragraph's place; none where no dialogue shows.

    `names` are the people of the article.
    """
    found = {i: match["label"] for i, text in enumerate(texts) if (match := label_at(text))}
    often = Counter(found.values())
    sure = {s for s in often if often[s] > 1 or is_nobody(s) or any(means(s, name) for name in names)}
    capitals = any(label.isupper() for label in sure)
    kept = {i: label for i, label in found.items() if label in sure or (capitals and label.isupper())}
    # in a list (“Roe: 12 seats”, “Lind: 9 seats”) each name stands once
    dialogue = any(often[label] > 1 or is_nobody(label) or label.isupper() for label in kept.values())
    return kept if dialogue and len(set(kept.values())) > 1 else {}


def is_nobody(label: str) -> bool:
    """Is the label one of those that name nobody: Q, MODERATOR?"""
    return label.rstrip(".").lower() in NOBODY


def means(label: str, name: str) -> bool:
    """Does the label mean the person of that name?

    >>> means("SECRETARY ROE", "Ada Roe"), means("MR. LIND", "Bo Lind"), means("Ben Roe", "Ada Roe")
    (True, True, False)
    """
    words = tuple(word.lower() for word in name_words(label))
    return bool(words) and bool(same_person(tuple(name.lower().split()), words))


def name_words(label: str) -> list[str]:
    """The words of a label without honorifics and roles."""
    words = [w for w in label.split() if w.rstrip(".").lower() not in TITLES]
    return [w for w in words if w.lower() not in roles() and w.lower() not in ("of", "the")]


TITLES = frozenset(h.rstrip(".").lower() for h in honorifics())


def find_turns(reads: Sequence[Read], people: Mapping[str, Person]) -> dict[int, Turn]:
    """The turns of an article, by the number of the paragraph."""
    labels = labels_of([read.parsed.text for read in reads], list(people))
    found: dict[int, Turn] = {}
    places = sorted(labels)
    for place, following in pairwise([*places, None]):
        assert place is not None
        text = reads[place].parsed.text
        match = label_at(text)
        assert match is not None
        found[reads[place].parsed.number] = Turn(match.end(), match.span("label"))
        between = reads[place + 1 : following] if following is not None and following - place <= ASIDES else []
        for read in between:
            if not STAGE.fullmatch(read.parsed.text.strip("“”\"'")):
                found[read.parsed.number] = Turn(0, None)
    return found


def turn_report(read: Read, turn: Turn, model: Model) -> Report:
    """The report that a turn is."""
    text = read.parsed.text
    whole = (turn.start, len(text.rstrip()))
    if turn.label is None:
        return laid_out(model, "turn_goes_on", whole)
    tokens = [t.i for t in read.parsed.doc if turn.label[0] <= t.idx < turn.label[1]]
    return laid_out(model, "label_of_turn", whole, (tokens[0], tokens[-1] + 1))


def introduced(people: Mapping[str, Person], turns: Mapping[int, Turn]) -> Person | None:
    """Who answers in an interview: the one person that is named before its first turn; None where there are several."""
    first = min(turns, default=0)
    named = [p for p in people.values() if any(m.paragraph < first for m in p.mentions)]
    return named[0] if len(named) == 1 else None


def labelled_speakers(label: str, people: Mapping[str, Person], answers: Person | None = None) -> tuple[Speaker, ...]:
    """Who a label means: a person of the article, else somebody of that name; nobody for Q or MODERATOR.

    A and ANSWER mean whoever `answers`.

    >>> labelled_speakers("MR. LIND", {})[0].name, labelled_speakers("Q", {})
    ('Lind', ())
    """
    if answers is not None and label.rstrip(".").lower() in ("a", "answer"):
        return (Speaker(answers.name, answers.role, answers.country, answers.official, "interviewee"),)
    if is_nobody(label):
        return ()
    person = next((p for p in people.values() if means(label, p.name)), None)
    if person is not None:
        return (Speaker(person.name, person.role, person.country, person.official, "label"),)
    words = name_words(label)
    if not words:
        title = " ".join(w for w in label.lower().split() if w != "the")
        held = [p for p in people.values() if p.role and title in p.role.lower()]
        return tuple(Speaker(p.name, p.role, p.country, p.official, "label") for p in held if len(held) == 1)
    name = " ".join(w.capitalize() if w.isupper() and len(w) > 3 else w for w in words)
    return (Speaker(name, None, None, False, "label"),)
