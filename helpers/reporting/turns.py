"""Turns: words that a text's layout gives to a speaker: ROE: …, an answer without a name, remarks by Ada Roe.

>>> turns = find_turns(reads, people)                       # doctest: +SKIP
>>> [(n, t.rule, t.speakers[0].name) for n, t in turns.items()]    # doctest: +SKIP
[(2, 'label_of_turn', 'Ada Roe'), (3, 'turn_goes_on', 'Ada Roe')]

Which lines are turns, and who stands on their labels, `helpers.text.transcripts` tells; here each label becomes a speaker.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from helpers.knowledge.reporting import occasions
from helpers.names.matching import likeness
from helpers.names.paragraphs import Read
from helpers.names.roles import roles_agree
from helpers.names.speakers import as_speaker
from helpers.records import Person, Span, Speaker
from helpers.reporting.choose import Model
from helpers.reporting.paragraphs import laid_out
from helpers.reporting.reports import Report
from helpers.text.labels import Label, untitled
from helpers.text.lines import SENTENCE_END
from helpers.text.quotation_marks import find_quotes
from helpers.text.transcripts import FIRST_PERSON, is_heading, spoken, turns_of
from helpers.text.transcripts import Turn as Line

HEADS = 6  # the first paragraphs, one of which may say whose words these are
RUN = 4  # paragraphs of an answer, on average, at most
SHARE = 0.4  # of the paragraphs of somebody's remarks that speak of I, we or you
ADDRESSED = re.compile(r"\byou(?:rs?)?\b", re.I)  # whoever asks somebody does so


@dataclass(frozen=True, slots=True)
class Turn:
    """What one paragraph holds of a turn: its words from the character `start` on, who speaks, and where that is told."""

    start: int
    rule: str
    source: Span | None
    speakers: tuple[Speaker, ...]


def find_turns(reads: Sequence[Read], people: Mapping[str, Person]) -> dict[int, Turn]:
    """The turns of an article, by the number of the paragraph."""
    texts = [read.parsed.text for read in reads]
    lines = turns_of(texts)
    first = min(lines, default=len(reads))
    asked = introduced(reads[:first], people)
    behind: dict[str, tuple[Speaker, ...]] = {}
    found = remarks(reads, texts, first, people)
    for i, line in lines.items():
        if line.label.words not in behind:
            behind[line.label.words] = speakers_behind(line.label, people, asked, reads[:first])
        if line.answered and not line.opens:
            if asked is not None:
                found[reads[i].parsed.number] = Turn(0, "turn_answers", None, (as_speaker(asked, "interviewee"),))
        else:
            found[reads[i].parsed.number] = as_turn(line, i, reads, behind[line.label.words])
    return found


def as_turn(line: Line, i: int, reads: Sequence[Read], speakers: tuple[Speaker, ...]) -> Turn:
    """The turn of a labelled line, or of one under a label."""
    rule = "turn_goes_on" if not line.opens else "label_of_turn" if line.at == i else "label_above"
    source = reads[line.at].parsed.span(line.label.start, line.label.end) if line.opens else None
    return Turn(line.start, rule, source, speakers)


def turn_report(read: Read, turn: Turn, model: Model) -> Report:
    """The report that a turn is."""
    return laid_out(model, turn.rule, (turn.start, len(read.parsed.text.rstrip())))


# --- who speaks ---


def speakers_behind(
    label: Label, people: Mapping[str, Person], asked: Person | None, heads: Sequence[Read]
) -> tuple[Speaker, ...]:
    """Who a label means: a person of the article, else somebody of that name; an outlet itself; nobody for Q."""
    if label.sort == "outlet":
        return (Speaker(re.sub(r"^The ", "", label.words.partition(",")[0]), None, None, False, "label"),)
    if label.sort == "answers":
        return (as_speaker(asked, "interviewee"),) if asked is not None else ()
    if label.name:
        person = initialled(label, people.values()) or called(label.name, people.values())
        if person is not None:
            return (as_speaker(person, "label"),)
        return (Speaker(" ".join(label.name), None, None, False, "label"),)
    held = holders(label.words, people.values())
    held = (named_above(heads, held) or held) if len(held) > 1 else held
    return (as_speaker(held[0], "label"),) if len(held) == 1 else ()


def called(words: tuple[str, ...], people: Iterable[Person]) -> Person | None:
    """The person whom the words name best; nobody where there is none."""
    fits = [(likeness(tuple(person.name.split()), words)[0], person) for person in people]
    best = max(fits, key=lambda fit: fit[0], default=None)
    return best[1] if best is not None and best[0] else None


def initialled(label: Label, people: Iterable[Person]) -> Person | None:
    """The one person whose initials the label is: AR, for Ada Roe."""
    if not (label.capitals and 1 < len(label.words) < 4):
        return None
    words = [(person.name.split(), person) for person in people]
    fits = [person for w, person in words if label.words in (w[0][0] + w[-1][0], "".join(word[0] for word in w))]
    return fits[0] if len(fits) == 1 else None


def holders(words: str, people: Iterable[Person]) -> list[Person]:
    """Those whose role the label of an office tells: Foreign Minister."""
    title = " ".join(word for word in words.split() if word.lower() != "the")
    return [person for person in people if person.role and roles_agree(person.role, title)]


def means(label: str, name: str) -> bool:
    """Do the words of a label mean the person of that name?

    >>> means("SECRETARY ROE", "Ada Roe"), means("MR. LIND", "Bo Lind"), means("Ben Roe", "Ada Roe")
    (True, True, False)
    """
    words, _ = untitled(label)
    return bool(words) and likeness(tuple(name.lower().split()), tuple(w.lower() for w in words))[0] > 0


def introduced(heads: Sequence[Read], people: Mapping[str, Person]) -> Person | None:
    """Who answers in an interview: whom a line above says to speak, else the one person named there; None for several."""
    told = (one_named(read, people) for read in heads[:HEADS] if is_occasion(read.parsed.text))
    named = named_above(heads, people.values())
    return next((found[1] for found in told if found is not None), named[0] if len(named) == 1 else None)


def named_above(heads: Sequence[Read], people: Iterable[Person]) -> list[Person]:
    """Those of the people whom one of the lines above names."""
    lines = {read.parsed.number for read in heads}
    return [person for person in people if any(m.paragraph in lines for m in person.mentions)]


# --- remarks of one speaker ---


def announced(reads: Sequence[Read], people: Mapping[str, Person]) -> tuple[int, Span, Person] | None:
    """Whose remarks follow: the line that names the speaker, where it does, and who that is.

    The occasion and the one name may stand in two lines: Doorstop interview | The Hon Ada Roe MP.
    """
    heads = [i for i in range(min(HEADS, len(reads))) if opens_remarks(reads[i].parsed.text)]
    told = [i for i in heads if is_occasion(reads[i].parsed.text)]
    named = {i: found for i in heads if (found := one_named(reads[i], people)) is not None}
    both = sorted((i for i in told if i in named), key=lambda i: not announces(reads[i].parsed.text))
    at = next(iter(both), next(iter(named)) if told and len(named) == 1 else None)
    return (at, *named[at]) if at is not None else None


def opens_remarks(text: str) -> bool:
    """May the line say whose words follow: a heading, or what ends with a colon: Ada Roe issued this statement:?"""
    return not is_speech(text) or announces(text)


def announces(text: str) -> bool:
    """Does the line lead to what follows: Ada Roe put out this statement:?"""
    return text.rstrip().endswith(":")


def is_occasion(text: str) -> bool:
    """Does the line name an occasion of speaking: an interview, remarks?"""
    return any({word, word.removesuffix("s")} & occasions() for word in re.findall(r"[a-z-]+", text.lower()))


def one_named(read: Read, people: Mapping[str, Person]) -> tuple[Span, Person] | None:
    """The one person whom the line names, and where."""
    number = read.parsed.number
    named = [(m.span, p) for p in people.values() for m in p.mentions if m.paragraph == number]
    return named[0] if len({p.name for _, p in named}) == 1 else None


def remarks(reads: Sequence[Read], lines: Sequence[str], first: int, people: Mapping[str, Person]) -> dict[int, Turn]:
    """The paragraphs before the first label that are what one speaker said, as a line above them tells.

    They speak of I, we or you, and not of the speaker by name: else it is an article about a speech.
    """
    told = announced(reads[:first], people)
    if told is None:
        said, asked = questioned(lines, first)
        return interview(reads, said, asked, people) if said else {}
    at, source, person = told
    names = {person.name.split()[-1].casefold()}
    said = [i for i in spoken(lines, range(at + 1, first), set(), 0) if is_speech(lines[i])]
    own = [i for i in said if FIRST_PERSON.search(outside(lines[i]))]
    least = 1 if announces(lines[at]) else SHARE * len(said)
    if len(said) < 2 or len(own) < least or any(names & set(lines[i].casefold().split()) for i in said):
        return {}
    asked = {i for i in said if lines[i].rstrip().endswith("?")}
    if len(asked) > 1:
        return interview(reads, said, asked, people)
    speakers = (as_speaker(person, "label"),)
    return {reads[i].parsed.number: Turn(0, "remarks_of", source, speakers) for i in said}


def questioned(lines: Sequence[str], first: int) -> tuple[list[int], set[int]]:
    """The lines of an interview that nothing announces, and which of them ask; none where the lines may be an author's own.

    Whoever asks says "you", and is answered in a few paragraphs by somebody who says "we".
    """
    asked = {i for i in range(first) if lines[i].rstrip().endswith("?") and outside(lines[i]) == lines[i]}
    said = list(spoken(lines, range(min(asked), first), set(), 0)) if len(asked) > 1 else []
    answers = [i for i in said if i not in asked]
    own = [i for i in answers if FIRST_PERSON.search(outside(lines[i]))]
    addressed = [i for i in asked if ADDRESSED.search(lines[i])]
    few = len(asked) <= len(answers) <= RUN * len(asked)
    told = few and 2 * len(addressed) >= len(asked) and len(own) > len(answers) / 2
    return (said, asked) if told else ([], set())


def interview(
    reads: Sequence[Read], said: Sequence[int], asked: set[int], people: Mapping[str, Person]
) -> dict[int, Turn]:
    """The questions and answers of an interview without labels; none where it does not tell which official answers."""
    named = named_above(reads[: said[0]], people.values())
    if len(named) > 1:
        named = [p for p in named if p.official] or [p for p in named if titled(p, reads[: said[0]])]
    if len(named) != 1:
        return {}
    answers = (as_speaker(named[0], "interviewee"),)
    return {
        reads[i].parsed.number: Turn(0, "turn_asks", None, ()) if i in asked else Turn(0, "turn_answers", None, answers)
        for i in said
    }


def titled(person: Person, heads: Sequence[Read]) -> bool:
    """Does a title or a member's letters stand beside the name above: The Hon Ada Roe MP?"""
    places = {(m.paragraph, m.span) for m in person.mentions}
    names = ((read, name) for read in heads for name in read.names if name.honorific or name.role)
    return any((r.parsed.number, r.parsed.span_of(r.parsed.doc[n.start : n.end])) in places for r, n in names)


def is_speech(text: str) -> bool:
    """Is it a sentence or more, no heading?"""
    return not is_heading(text) and SENTENCE_END.search(text) is not None


def outside(text: str) -> str:
    """The text without its quotations."""
    kept, at = [], 0
    for quotation in find_quotes(text):
        kept.append(text[at : quotation.start])
        at = max(at, quotation.end)
    return "".join([*kept, text[at:]])
