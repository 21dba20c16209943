"""Labels: the words at the head of a line that tell who speaks, in transcripts, interviews and parliaments' records.

>>> label = label_at("MS. ROE (via video): Yes.")
>>> label.name, label.sort, "MS. ROE (via video): Yes."[label.opens :]
(('Roe',), 'named', 'Yes.')
>>> label_at("Minister for Defence (Deputy Ada Roe): I thank the Deputy.").name, label_at("He added: No.")
(('Ada', 'Roe'), None)

Here a line is looked at by itself; whether a label is one, `helpers.text.transcripts` tells by its fellows.
"""

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from helpers.knowledge.names import modifier_words, name_words, role_forms
from helpers.knowledge.reporting import newsrooms
from helpers.knowledge.vocabulary import given_names, honorifics
from helpers.knowledge.writing import labels

Sort = Literal["asks", "answers", "presides", "outlet", "office", "named"]
LONGEST = 110  # characters of a label
MOST_WORDS = 14
LONGEST_NAME = 5  # words
ASIDE = r"(?:\s?[(\[][^()\[\]\n]{1,110}[)\]])"
EDGE = r"[“\"'‘«„`*_>#\s]*"
BOLD = r"[*_]{0,2}"
WORDS = r"[^\W\d_][^:()\[\]\n?!;“”\"]{0,90}?"
ASKED = r"(?:\sto the [^:\n]{5,80})"  # 3. Ada ROE (Harbour) to the Minister of Trade: When …?
COLON = re.compile(
    rf"{EDGE}(?:\d+\.\s+(?=[^:]*{ASKED}:))?(?P<label>{WORDS}{ASIDE}{{0,3}}){ASKED}?{BOLD}\s?:{BOLD}(?:\s+(?=\S)|$)"
)
TIGHT = re.compile(rf"{EDGE}(?P<label>[A-Z]{{2,}}(?:[ .-]{{1,2}}[A-Z]+){{0,3}}):(?=[A-Z“\"])")  # ROE:We came
INITIALS = re.compile(rf"{EDGE}(?P<label>[QA])\d{{0,2}}(?:[.:)]{BOLD}|(?<=Q)(?=\s+[A-Z“\"]))\s+(?=\S)")
STOP = re.compile(rf"{EDGE}(?P<label>(?:[^\W\d_][\w'’-]*\.?\s){{1,4}}[^\W\d_][\w'’-]+)\.(?:\s?[—–-]+)?\s+(?=\S)")
# Mr ROE (4.50 pm) —I do.
DASH = re.compile(
    rf"{EDGE}(?P<label>[^\W\d_][^—–:()\[\]\n?!;,“”\"]{{1,60}}?{ASIDE}{{0,2}})\s?[—–]{{1,2}}(?=[A-Z“\"'‘])"
)
ALONE = re.compile(rf"{EDGE}(?P<label>[^\W\d_][^:\n?!;“”\"]{{1,{LONGEST}}}?){BOLD}\s*$")
PORTRAIT = re.compile(  # the alternative text of a picture, in copies of parliaments' pages
    r"(?P<name>[^\W\d_].{1,40}?) Portrait (?=\S)|Photo of (?P<twice>.{3,40}?)(?=(?P=twice))"
)
# Buttons behind a name, in such copies.
SHARE = re.compile(r"\s*(?:Share this\b.{0,60}|\|.{0,60}Hansard source.{0,20})$")
IN_BRACKETS = re.compile(r"\s?[(\[]([^()\[\]]*)[)\]]")
NO_NAME = frozenset("in for the to on and &".split())  # small words that stand in offices and in no name
LINKS = frozenset("of for and the to & on in de".split())


@dataclass(frozen=True, slots=True)
class Label:
    """Who a line says that speaks: the characters of the label, where the words spoken begin, and what the label tells."""

    start: int
    end: int
    opens: int
    words: str
    name: tuple[str, ...]
    sort: Sort
    titled: bool = False  # does a title or an office stand beside the name?
    member: bool = False  # do a member's seat and party?

    @property
    def key(self) -> str:
        """What is the same in each label of one speaker: the surname, else all of it."""
        surname = next(
            (w for w in self.name if w.isupper() and len(w) > 2 and "." not in w),
            self.name[-1] if self.name else self.words,
        )
        return surname.casefold().rstrip(".")

    @property
    def capitals(self) -> bool:
        return self.words.isupper() and len(self.words) > 1


def label_at(line: str) -> Label | None:
    """The label before a colon or, with a title, a full stop, at the head of a line.

    >>> label_at("Q: Will it hold?").sort, label_at("Harbour News: Will it?").sort, label_at("Senator ROE.— I do.").name
    ('asks', 'outlet', ('Roe',))
    >>> label_at("SUBJECTS: The strait; the ferries")
    """
    if found := INITIALS.match(line) or COLON.match(line) or TIGHT.match(line):
        return as_label(found, line)
    if (found := DASH.match(line)) and (label := as_label(found, line)):
        return label if label.titled or label.sort == "presides" else None
    if (found := STOP.match(line)) and (label := as_label(found, line)) and (label.titled or label.sort == "presides"):
        last = found["label"].split()[-1]
        chair = label.sort == "presides" and (last.isupper() or "—" in found[0])
        return label if chair or (len(label.name) == 1 and last[0].isupper()) else None
    return None


def label_alone(line: str) -> Label | None:
    """The label that is all of a line, as in Hansard: a name, an office, or an office with a name in brackets.

    >>> label_alone("The Secretary of State for Defence (Ada Roe)").name, label_alone("Mr Speaker").sort
    (('Ada', 'Roe'), 'presides')
    >>> label_alone("The talks have failed") is None
    True
    """
    line = SHARE.sub("", line)
    picture = PORTRAIT.match(line)
    found = ALONE.match(line, picture.end() if picture else 0)
    label = as_label(found, line) if found else None
    if picture and label:
        name = spelled(untitled(picture["name"] or picture["twice"])[0])
        return replace(label, start=picture.start(), name=name, sort="named", titled=True)
    return label if label and (label.titled or len(label.name) > 1 or label.sort == "presides") else None


def as_label(found: re.Match[str], line: str) -> Label | None:
    """What matched as a label, if its words can be one."""
    words = found["label"].strip(" *_")
    bare = " ".join(IN_BRACKETS.sub("", words).split())
    told = plain(bare)
    if not told or not any(char.isalpha() for char in line[found.end() :] or "a"):
        return None
    first, last = told.split()[0], told.split()[-1]
    if {first, last, told} & labels()["heading"]:
        return None
    start, end = found.span("label")
    name, titled = named_in(words, bare)
    made = known_sort(told, bare)
    if made and not (made == "presides" and name and "(" in words):
        return Label(start, end, found.end(), bare, (), made)
    if not proper(bare) or not (name or titled):
        return None
    return Label(start, end, found.end(), bare, name, "named" if name else "office", titled)


def plain(words: str) -> str:
    """The words in lower case, without "the", full stops and numbers."""
    return re.sub(r"^the ", "", re.sub(r"[.\d]+", "", words.lower())).strip()


def known_sort(told: str, bare: str) -> Sort | None:
    """Of which sort the label is if the vocabulary knows it: Question; Ada Roe, Host; the Harbour Daily; NHK, Lind."""
    kinds: tuple[Sort, ...] = ("asks", "answers", "presides")
    if whole := next((kind for kind in kinds if told in labels()[kind]), None):
        return whole
    first = told.partition(",")[0]
    if told.split()[0].strip(",") in labels()["asks"] and not role_end(told.split()):
        return "asks"
    news = bare.split(",")[0] in newsrooms() or first.split()[-1] in labels()["outlet"]
    return "outlet" if news else None


def proper(bare: str) -> bool:
    """Are these few words, all with a capital but the small ones of titles and names?"""
    words = bare.replace(",", " ").split()
    small = LINKS | name_words()["particle"]
    return 0 < len(words) <= MOST_WORDS and words[0][0].isupper() and all(w[0].isupper() or w in small for w in words)


def named_in(words: str, bare: str) -> tuple[tuple[str, ...], bool]:
    """The name in a label, and whether a title stands beside it.

    >>> named_in("FOREIGN MINISTER LIND", "FOREIGN MINISTER LIND"), named_in("ROE Ada, Minister", "ROE Ada, Minister")
    ((('Lind',), True), (('ROE', 'Ada'), True))
    """
    for inside in IN_BRACKETS.findall(words):
        outside, _ = untitled(bare.partition(",")[0])
        if (
            (not outside or plain(bare) in labels()["presides"])
            and (named := untitled(inside))[0]
            and (named[1] or len(named[0]) > 1)
        ):
            return spelled(named[0]), True
    first, _, rest = bare.partition(",")
    name, titled = untitled(first)
    if not name and titled and rest:
        name, _ = untitled(rest)
    return spelled(name), titled or role_end(rest.split()) > 0 or plain(rest) in labels()["asks"]


def untitled(words: str) -> tuple[tuple[str, ...], bool]:
    """The words without titles before and behind them, and whether there were any; no words where only an office stands.

    >>> untitled("The Hon Ada Roe MP"), untitled("Minister for Foreign Affairs"), untitled("Senator ROE")
    ((('Ada', 'Roe'), True), ((), True), (('ROE',), True))
    """
    left = words.split()
    before = len(left)
    end = role_end(left)
    if end and left[end : end + 1] and left[end].lower() in ("of", "for"):
        given = (i for i in range(end + 1, len(left)) if left[i].capitalize() in given_names())
        end = next(given, len(left))
    left = left[end:]
    if left and left[0].lower() == "the":
        left = left[1:]
        if left and not honorific_length(left):
            return (), False  # The Study
    while left and (cut := honorific_length(left)):
        left = left[cut:]
    while left and left[-1].lower().strip(".,") in labels()["title"] and left[-1].isupper():
        left = left[:-1]
    links = {word.lower() for word in left} & NO_NAME or left[:1] == ["of"]
    name = tuple(left) if len(left) <= LONGEST_NAME and not links else ()
    return name, len(left) < before


def role_end(words: list[str]) -> int:
    """Where the last role of the words ends before which only titles stand; 0 without one."""
    lower, end = [word.lower().strip(".,") for word in words], 0
    for start in range(len(lower)):
        length = next(
            (n for n in range(min(5, len(lower) - start), 0, -1) if " ".join(lower[start : start + n]) in role_forms()),
            0,
        )
        if length:
            end = max(end, start + length)
        elif start >= end and lower[start] not in modifier_words() | LINKS and not is_honorific(words[start]):
            break
    return end


def honorific_length(words: list[str]) -> int:
    """How many of the first words are a title: Lt. Gen., The Hon, Shri; 0 where none is."""
    if words[0].lower().strip(".") in labels()["title"]:
        return 1
    return next((n for n in (3, 2, 1) if len(words) >= n and is_honorific(" ".join(words[:n]))), 0)


def is_honorific(words: str) -> bool:
    return words.lower().rstrip(".") in lower_honorifics()


@cache
def lower_honorifics() -> frozenset[str]:
    """The honorifics in lower case, without a last full stop."""
    return frozenset(form.lower().rstrip(".") for form in honorifics())


def spelled(name: tuple[str, ...]) -> tuple[str, ...]:
    """A name in capitals throughout, as prose has it; particles small.

    >>> spelled(("ADA", "VAN", "DER", "LIND-ROE")), spelled(("ROE", "Ada"))
    (('Ada', 'van', 'der', 'Lind-Roe'), ('ROE', 'Ada'))
    """
    name = tuple(word.strip(",*_ ") for word in name)
    if not all(word.isupper() for word in name):
        return name
    small = name_words()["particle"]
    return tuple(w.lower() if i and w.lower() in small else capitalised(w) for i, w in enumerate(name))


def capitalised(word: str) -> str:
    """DELACROIX-HUNT as Delacroix-Hunt, O'NEILL as O'Neill; initials stay.

    >>> [capitalised(word) for word in ("DELACROIX-HUNT", "O'NEILL", "A.K.")]
    ['Delacroix-Hunt', "O'Neill", 'A.K.']
    """
    if "." in word or not re.search("[AEIOUYÀ-Ý]", word):
        return word
    return re.sub(r"[^\W\d_]+", lambda part: part[0].capitalize(), word)
