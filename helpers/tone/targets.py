"""Targets: what a statement speaks *of* and may take a stance on, found by rule, few and whole.

>>> [t.text for t in stances_of("We welcome the pact with Norland but fear new tariffs.")]     # doctest: +SKIP
['the pact with Norland', 'new tariffs']

A target is a noun phrase or a deed (a gerund, or what will not be done) that stands in a place where stance shows:
what the cue is done to, subject and object of the main clauses, what a word of attitude governs (need for …, concern
over …), and every named person, organisation or country that is no mere part of another target.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from helpers.knowledge.tone import ToneAttitude, hollow_nouns, tone_attitudes, tone_verbs
from helpers.tone.features import head_of
from helpers.tone.frames import CONTRASTS, Frame, demanded, frame, refused, said_of_it
from helpers.tone.view import View

if TYPE_CHECKING:
    from spacy.tokens import Token

MOST, AT_MOST = 3, 8  # targets of a short statement, and of any; one more for every so many words
WORDS_FOR_MORE = 25
LONGEST = 9  # tokens of a target
GOOD_ENOUGH, BETTER_THAN_NONE = 2.0, 0.0  # ratings that a target needs: beside others, and alone
ARGUMENTS = frozenset("nsubj nsubjpass dobj pobj dative conj ROOT appos poss".split())
BEGUN = frozenset(
    "attempt decision plan effort move bid proposal threat pledge promise intention failure refusal right".split()
)
SIDE_BY_SIDE = ("while", "whereas")  # open a clause as weighty as the main one
TAKING_UP = ("it", "they", "he", "she")
LINKS = frozenset("of with on for to in between against over from towards toward among into".split())
WITHIN = frozenset("compound amod nmod nummod poss quantmod det predet advmod case neg npadvmod punct".split())

UNNAMED = frozenset(
    "i we you it they he she this that these those who which what there here us me them him her".split()
)
ANYBODY = frozenset(
    "nobody nothing anybody anyone anything everybody everyone everything somebody someone something none".split()
)
ENTITY_TYPES = frozenset(("person", "organisation", "country", "place", "agreement", "event"))


@dataclass(frozen=True, slots=True)
class Target:
    """Tokens `start` to `end` of a view; `tokens` are those that are masked for the model, `head` the one on which they hang."""

    start: int
    end: int
    head: int
    tokens: tuple[int, ...]
    frame: Frame | None


@dataclass(frozen=True, slots=True)
class Named:
    """An entity's mention: its tokens in the view, its type, and whether it is the speaker's own side."""

    tokens: tuple[int, ...]
    type: str
    own: bool


def find_targets(view: View, items: Sequence[Token], content: Collection[int], named: Sequence[Named]) -> list[Target]:
    """The targets of a statement in the order of the text. `content` are the tokens of the view that are content."""
    rated = sorted(candidates(view, items, content, named), key=lambda pair: (-pair[0], pair[1].start))
    most = min(MOST + len(content) // WORDS_FOR_MORE, AT_MOST)
    chosen: list[Target] = []
    for rating, target in rated:
        if rating < (GOOD_ENOUGH if chosen else BETTER_THAN_NONE) or len(chosen) == most:
            break
        if not any(target.start < other.end and other.start < target.end for other in chosen):
            chosen.append(target)
    return sorted(chosen, key=lambda t: t.start)


def candidates(
    view: View, items: Sequence[Token], content: Collection[int], named: Sequence[Named]
) -> Iterator[tuple[float, Target]]:
    """Each phrase that may be a target, with how well it stands for one."""
    entity_at = {i: entity for entity in named for i in entity.tokens}
    for i in sorted(content):
        tag, relation = view.tags[i], view.relations[i]
        entity = entity_at.get(i)
        if entity is not None and (entity.own or entity.type not in ENTITY_TYPES):
            continue
        if (tag[0] == "N" and relation in ARGUMENTS) or (entity is not None and head_of(view, entity.tokens) == i):
            whose = relation == "poss" and view.words[view.heads[i]] not in hollow_nouns()
            if not any(map(str.isalnum, items[i].text)):
                continue  # the hyphen of a word that was cut
            if entity is None and (whose or hollow_nouns().get(view.words[i]) == "time" or nobody(view, i)):
                continue
            found = noun_target(view, items, i, content, entity)
        elif tag[0] == "V":
            found = deed_target(view, i, content)
        else:
            continue
        if found is not None:
            yield rating(view, found, content, entity), found


def rating(view: View, target: Target, content: Collection[int], entity: Named | None) -> float:
    """How well a phrase stands for a target: by what governs it, what it is, and where it stands."""
    i, at, value = target.head, target.head, 0.0
    if target.frame is not None:
        value += 1.5 + abs(target.frame.value)
    if entity is not None:
        value += 2.0 if entity.type in ("person", "organisation", "country") else 1.0
        value -= 1.5 if view.relations[i] in ("compound", "amod", "nmod", "poss") else 0.0
    elif view.words[i] in hollow_nouns():
        value -= 2.0
    if opens_attitude(view, i):
        value -= 3.0  # grief over the deaths: of the deaths
    if (tone := view.tones[i]) is not None and tone.tone:
        value += 0.5
    if view.tags[i][0] == "V":
        return value + 2.0  # a deed that is judged
    while view.relations[at] in ("conj", "appos") and view.heads[at] in content and view.tags[view.heads[at]][0] == "N":
        at, value = view.heads[at], value - 0.5
    if view.relations[at] == "poss" and view.words[view.heads[at]] in hollow_nouns():
        at = view.heads[at]  # the pact's focus
    while (opened := attitude_above(view, at)) is not None:
        noun, at = opened
        value -= 2.0 if noun.self else 0.0  # the violation itself is what is spoken of
    return value + place_of(view, at, content)


def place_of(view: View, i: int, content: Collection[int]) -> float:
    """How weighty the place of a phrase is: what the cue is done to, subject or object of a main clause, or elsewhere."""
    relation, above, clause = view.relations[i], view.heads[i], view.clauses[i]
    value = 0.0
    subject = relation in ("nsubj", "nsubjpass") and main(view, above, content)
    if subject or above == i or above not in content:
        value += 2.0
    elif relation == "dobj" and main(view, above, content):
        value += 1.5
    elif relation == "pobj" and view.heads[above] not in content:  # offered condolences *to the families*
        value += 1.0
    if view.relations[clause] in ("relcl", "acl", "advcl") and not main(view, clause, content):
        value -= 1.0
    if example(view, i) or (relation == "pobj" and demanded(view, clause)):
        value -= 1.5
    return value


def attitude_above(view: View, i: int) -> tuple[ToneAttitude, int] | None:
    """The noun of attitude that a phrase follows, and its place: need for *engagement*."""
    preposition = view.opener(i)
    if preposition < 0:
        return None
    noun = view.heads[preposition]
    entry = tone_attitudes().get((view.words[noun], view.words[preposition]))
    return (entry, noun) if entry is not None and noun < i else None


def nobody(view: View, i: int) -> bool:
    """Is it no one at all, or anybody: no country, nobody, everything?"""
    return view.words[i] in ANYBODY or any(
        view.words[c] == "no" and view.relations[c] == "det" for c in view.children[i]
    )


def opens_attitude(view: View, i: int) -> bool:
    """Is the noun an attitude towards what follows it, rather than something to have a stance on?"""
    entries = ((view.words[i], view.words[c]) for c in view.children[i] if view.relations[c] == "prep")
    return any((entry := tone_attitudes().get(pair)) is not None and not entry.self for pair in entries)


def example(view: View, i: int) -> bool:
    """Is the phrase an example: such as piracy, including terrorism?"""
    above = view.heads[i]
    return view.relations[i] == "pobj" and view.words[above] in ("as", "like", "including")


def main(view: View, verb: int, content: Collection[int]) -> bool:
    """Is the verb that of a main clause of the content, or joined to it?"""
    for _ in range(4):
        above = view.heads[verb]
        if above == verb or above not in content:
            return True
        beside = view.relations[verb] == "advcl" and any(view.words[c] in SIDE_BY_SIDE for c in view.children[verb])
        if not beside and view.relations[verb] not in ("conj", "ccomp", "xcomp", "aux", "parataxis"):
            return False
        verb = above
    return False


def noun_target(
    view: View, items: Sequence[Token], head: int, content: Collection[int], entity: Named | None
) -> Target | None:
    """The phrase around a noun: its modifiers before it, and "of …", "with …" after it, but no clause."""
    start, end = head, head + 1
    for child in reversed([c for c in view.children[head] if c < head]):
        left = view.leftmost(child)
        if view.relations[child] not in WITHIN or view.rightmost(child) + 1 != start or left not in content:
            break
        start = left
    if entity is not None:
        start, end = min(start, *entity.tokens), max(end, entity.tokens[-1] + 1)
        if view.relations[head] == "poss":
            start = entity.tokens[0]
    else:
        end = with_deed(view, head, with_links(view, head, content), content)
    while start < head and (
        items[start].is_punct
        or view.forms[start]
        in ("the", "a", "an", "this", "that", "these", "those", "its", "our", "their", "his", "her", "my", "your")
    ):
        start += 1
    while start < head and (view.tags[start] in ("POS", "CC") or items[start].is_punct):
        start += 1
    while end > head + 1 and (items[end - 1].is_punct or view.tags[end - 1] in ("IN", "POS", "CC")):
        end -= 1
    if end - start > LONGEST + 3 or not all(i in content for i in range(start, end)):
        start, end = head, head + 1
    tokens = entity.tokens if entity is not None else (head,)
    taken_up = taken_up_by(view, head)
    if taken_up >= 0:
        return Target(start, end, taken_up, (taken_up,), frame(view, taken_up))
    return Target(start, end, head, tuple(tokens), frame(view, head))


def taken_up_by(view: View, head: int) -> int:
    """The pronoun that takes up a subject in the clause that counts, or -1: although the pact is young, *it* holds;
    the pact sounds good, but *it* is a trap."""
    clause = view.heads[head]
    if view.relations[head] not in ("nsubj", "nsubjpass"):
        return -1
    clauses = []
    if view.relations[clause] == "advcl" and clause < view.heads[clause]:
        clauses.append(view.heads[clause])
    if any(view.words[c] in CONTRASTS for c in view.children[clause]):
        clauses += [c for c in view.children[clause] if view.relations[c] == "conj"]
    subjects = (c for other in clauses for c in view.children[other] if view.relations[c] in ("nsubj", "nsubjpass"))
    return next((c for c in subjects if c > clause and view.words[c] in TAKING_UP), -1)


def with_links(view: View, head: int, content: Collection[int]) -> int:
    """The end of a noun phrase with what "of", "with" … hang on to it, as long as it is short and holds no clause."""
    end = head + 1
    for child in view.children[head]:
        if child < end:
            continue
        last = view.rightmost(child)
        if child != end or view.relations[child] != "prep" or view.words[child] not in LINKS:
            break
        last = next((i for i in range(child, last + 1) if breaks(view, i)), last + 1)
        if last - head > LONGEST or (last not in content and last - 1 not in content):
            break
        end = last
    return end


def with_deed(view: View, head: int, end: int, content: Collection[int]) -> int:
    """The end of "attempt to divide the island": such a noun is nothing without its infinitive."""
    if view.words[head] in BEGUN:
        for child in view.children[head]:
            if view.relations[child] in ("acl", "relcl") and view.has_child(child, "aux", "to"):
                last = end_of_deed(view, child)
                return last if last - head <= LONGEST + 2 and last - 1 in content else end
    return end


def breaks(view: View, i: int) -> bool:
    """Does a clause, an addition or an aside begin at this token?"""
    relation = view.relations[i]
    return (
        relation in ("relcl", "acl", "advcl", "cc", "xcomp", "aux", "mark", "ROOT")
        or (
            view.forms[i] in (",", ";", ":", "—", "-", "“", "”", '"', "(", "that", "which", "who", "to")
            and relation != "prep"
        )
        or (view.words[i] == "such" and i + 1 < len(view) and view.words[i + 1] == "as")
    )


def deed_target(view: View, verb: int, content: Collection[int]) -> Target | None:
    """A deed: what will not be suffered ("pressured into hasty concessions"), what it would be a mistake to do, or a
    gerund after "against", "fear of" …"""
    passive = any(view.relations[c] in ("auxpass", "nsubjpass") for c in view.children[verb])
    value: Frame | None = None
    if passive and refused(view, verb):
        value = Frame(-0.75, tuple(c for c in view.children[verb] if view.relations[c] == "neg"))
    elif view.has_child(verb, "aux", "to") and view.relations[verb] in ("xcomp", "ccomp", "acl", "advcl"):
        value = judged_deed(view, verb)
    elif view.tags[verb] == "VBG" and view.relations[verb] in ("pcomp", "csubj", "dobj"):
        value = deed_frame(view, verb)
        if value is not None and value.value > 0:
            return None  # of what is wished, the object is the target
    if value is None:
        return None
    end = end_of_deed(view, verb)
    while end > verb + 1 and end - 1 not in content:
        end -= 1
    return Target(verb, end, verb, (verb,), value)


def end_of_deed(view: View, verb: int) -> int:
    """The end of a verb with its object and what hangs on it, without further clauses."""
    end = verb + 1
    for child in view.children[verb]:
        if child >= end and view.relations[child] in ("dobj", "prep", "prt", "agent"):
            last = view.rightmost(child)
            last = next((i for i in range(child, last + 1) if breaks(view, i)), last + 1)
            if last - verb <= LONGEST:
                end = max(end, last)
    return end


def judged_deed(view: View, verb: int) -> Frame | None:
    """It would be a mistake to do so: what the sentence says of a deed."""
    over = view.heads[verb]
    over = view.heads[over] if view.relations[over] in ("attr", "acomp") else over
    return said_of_it(view, over) if view.has_child(over, "nsubj", "it") else None


def deed_frame(view: View, verb: int) -> Frame | None:
    """What a gerund's governors say against the deed: warned against doing, opposed doing, fear of doing."""
    above = view.heads[verb]
    if view.relations[verb] == "dobj":
        entry = tone_verbs().get(view.words[above])
        return Frame(entry.attitude / 2, (above,)) if entry and entry.attitude else None
    if view.relations[verb] == "pcomp":
        over, word = view.heads[above], view.words[above]
        key = f"{view.words[over]} {word}"
        if key in tone_verbs() and tone_verbs()[key].attitude:
            return Frame(tone_verbs()[key].attitude / 2, (over,))
        if (view.words[over], word) in tone_attitudes():
            return Frame(float(tone_attitudes()[view.words[over], word].attitude), (over,))
        if word == "against":
            return Frame(-0.75, (above,))
    return None
