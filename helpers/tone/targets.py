"""Targets: what a statement speaks *of* and may take a stance on, found by rule, few and whole.

A target is a noun phrase or a deed (a gerund, or what will not be done) that stands in a place where stance shows:
what the cue is done to, subject and object of the main clauses, what a word of attitude governs (need for …, concern
over …), and every named person, organisation or country that is no mere part of another target.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from unicodedata import category

from helpers.knowledge.names import small_words
from helpers.knowledge.tone import Tone, hollow_nouns, tone_attitudes, tone_groups, tone_verbs
from helpers.tone.frames import Frame, frame, has_one_of, refused, said_of_it
from helpers.tone.view import View
from helpers.tree import SUBJECTS, Word, children, has_child, head_of, is_passive, opener

MOST, AT_MOST = 3, 8  # targets of a short statement, and of any; one more for every so many words
WORDS_FOR_MORE = 25
LONGEST = 9  # tokens of a target
GOOD_ENOUGH, BETTER_THAN_NONE = 2.0, 0.0  # ratings that a target needs: beside others, and alone
ARGUMENTS = frozenset("nsubj nsubjpass dobj pobj dative conj ROOT appos poss".split())
WITHIN = frozenset("compound amod nmod nummod poss quantmod det predet advmod case neg npadvmod punct".split())
ENTITY_TYPES = frozenset(("person", "organisation", "country", "place", "agreement", "event"))
BREAKING = frozenset("relcl acl advcl cc xcomp aux mark ROOT".split())  # relations of what no target goes on with
BREAKS = frozenset((",", ";", ":", "—", "-", "“", "”", '"', "(", "that", "which", "who", "to"))  # and its words


@dataclass(frozen=True, slots=True)
class Target:
    """Tokens `start` to `end` of a view; `tokens` are those that are masked for the model, `head` the one on which they hang."""

    start: int
    end: int
    head: Word
    tokens: tuple[int, ...]
    frame: Frame | None


@dataclass(frozen=True, slots=True)
class Named:
    """An entity's mention: its tokens in the view, its type, and whether it is the speaker's own side."""

    tokens: Sequence[int]
    type: str
    own: bool


def find_targets(view: View, content: Collection[int], named: Sequence[Named]) -> list[Target]:
    """The targets of a statement in the order of the text. `content` are the tokens of the view that are content."""
    rated = sorted(candidates(view, content, named), key=lambda pair: (-pair[0], pair[1].start))
    most = min(MOST + len(content) // WORDS_FOR_MORE, AT_MOST)
    chosen: list[Target] = []
    for rating, target in rated:
        if rating < (GOOD_ENOUGH if chosen else BETTER_THAN_NONE) or len(chosen) == most:
            break
        if not any(target.start < other.end and other.start < target.end for other in chosen):
            chosen.append(target)
    return sorted(chosen, key=lambda t: t.start)


def candidates(view: View, content: Collection[int], named: Sequence[Named]) -> Iterator[tuple[float, Target]]:
    """Each phrase that may be a target, with how well it stands for one."""
    entity_at = {i: entity for entity in named for i in entity.tokens}
    for i in sorted(content):
        word, entity = view.words[i], entity_at.get(i)
        if entity is not None and (entity.own or entity.type not in ENTITY_TYPES):
            continue
        if (word.tag[0] == "N" and word.dep in ARGUMENTS) or (
            entity and head_of([view.words[t] for t in entity.tokens]) is word
        ):
            letters = any(map(str.isalnum, word.text))  # else it is the hyphen of a word that was cut
            wanted = letters and (entity is not None or not is_empty(word))
            found = noun_target(view, word, content, entity) if wanted else None
        else:
            found = deed_target(view, word, content) if word.tag[0] == "V" else None
        if found is not None:
            yield rating(view, found, content, entity), found


def is_empty(word: Word) -> bool:
    """Is it nobody or anybody (no country, everything), only whose something is, or when?"""
    hollow = hollow_nouns()
    whose = word.dep == "poss" and word.head.lemma not in hollow
    nobody = word.lemma in tone_groups()["anybody"] or has_child(word, "no", "det")
    return whose or nobody or (word.lemma in hollow and hollow[word.lemma].kind == "time")


def rating(view: View, target: Target, content: Collection[int], entity: Named | None) -> float:
    """How well a phrase stands for a target: by what governs it, what it is, and where it stands."""
    head, value = target.head, 0.0
    if target.frame is not None:
        value += 1.5 + abs(target.frame.value)
    if entity is not None:
        value += 2.0 if entity.type in ("person", "organisation", "country") else 1.0
        value -= 1.5 if head.dep in ("compound", "amod", "nmod", "poss") else 0.0
    elif head.lemma in hollow_nouns():
        value -= 2.0
    opened = (tone_attitudes().get((head.lemma, c.lemma)) for c in children(head, "prep"))
    if any(entry is not None and not entry.self for entry in opened):
        value -= 3.0  # grief over the deaths: the stance is on the deaths
    if (tone := view.tones[head.i]) is not None and tone.tone:
        value += 0.5
    if head.tag[0] == "V":
        return value + 2.0  # a deed that is judged
    return value + place_of(view, head, content)


def place_of(view: View, at: Word, content: Collection[int]) -> float:
    """How weighty the place of a phrase is, or that of what it is joined to, belongs to or is felt for."""
    value = 0.0
    while at.dep in ("conj", "appos") and at.head.i in content and at.head.tag[0] == "N":
        at, value = at.head, value - 0.5
    if at.dep == "poss" and at.head.lemma in hollow_nouns():
        at = at.head  # the pact's focus
    while (opened := attitude_above(view, at)) is not None:
        noun, at = opened
        value -= 2.0 if noun.self else 0.0  # the violation itself is what is spoken of
    return value + weight_of(at, view.clauses[at.i], content)


def weight_of(word: Word, clause: Word, content: Collection[int]) -> float:
    """How weighty a place is: what the cue is done to, subject or object of a main clause, or elsewhere."""
    relation, above, value = word.dep, word.head, 0.0
    subject = relation in SUBJECTS and main(above, content)
    if subject or above is word or above.i not in content:
        value += 2.0
    elif relation == "dobj" and main(above, content):
        value += 1.5
    elif relation == "pobj" and above.head.i not in content:  # offered condolences *to the families*
        value += 1.0
    if clause.dep in ("relcl", "acl", "advcl") and not main(clause, content):
        value -= 1.0
    example = relation == "pobj" and above.lemma in ("as", "like", "including")  # such as piracy
    return value - (1.5 if example or (relation == "pobj" and has_one_of("demand", clause)) else 0.0)


def attitude_above(view: View, word: Word) -> tuple[Tone, Word] | None:
    """The noun of attitude that a phrase follows: need for *engagement*."""
    preposition = opener(view.words, word)
    if preposition is None:
        return None
    noun = preposition.head
    entry = tone_attitudes().get((noun.lemma, preposition.lemma))
    return (entry, noun) if entry is not None and noun.i < word.i else None


def main(verb: Word, content: Collection[int]) -> bool:
    for _ in range(4):
        above = verb.head
        if above is verb or above.i not in content:
            return True
        beside = verb.dep == "advcl" and has_one_of("beside", verb)
        if not beside and verb.dep not in ("conj", "ccomp", "xcomp", "aux", "parataxis"):
            return False
        verb = above
    return False


def noun_target(view: View, head: Word, content: Collection[int], entity: Named | None) -> Target | None:
    """The phrase around a noun: its modifiers before it, and "of …", "with …" after it, but no clause."""
    start, end = with_modifiers(head, content), head.i + 1
    if entity is not None:
        start, end = min(start, *entity.tokens), max(end, entity.tokens[-1] + 1)
        if head.dep == "poss":
            start = entity.tokens[0]
    else:
        end = with_deed(view, head, with_links(view, head, content), content)
    start, end = trimmed(view, start, head.i, end)
    if end - start > LONGEST + 3 or not all(i in content for i in range(start, end)):
        start, end = head.i, head.i + 1
    if (taken_up := taken_up_by(head)) is not None:
        return Target(start, end, taken_up, (taken_up.i,), frame(view, taken_up))
    return Target(start, end, head, tuple(entity.tokens) if entity is not None else (head.i,), frame(view, head))


def with_modifiers(head: Word, content: Collection[int]) -> int:
    """Where a noun begins with the words that hang on it before it, without a gap."""
    start = head.i
    for child in reversed([c for c in head.children if c.i < head.i]):
        if child.dep not in WITHIN or child.right + 1 != start or child.left not in content:
            break
        start = child.left
    return start


def trimmed(view: View, start: int, head: int, end: int) -> tuple[int, int]:
    """The tokens from `start` to `end` without articles and marks before the head, and without loose ends behind it."""
    words, determiners = view.words, small_words()["determiner"]
    while start < head and (is_mark(words[start]) or words[start].lower in determiners):
        start += 1
    while start < head and (is_mark(words[start]) or words[start].tag in ("POS", "CC")):
        start += 1
    while end > head + 1 and (is_mark(words[end - 1]) or words[end - 1].tag in ("IN", "POS", "CC")):
        end -= 1
    return start, end


def taken_up_by(subject: Word) -> Word | None:
    """The pronoun that takes up a subject in the clause that counts: although the pact is young, *it* holds; the pact
    sounds good, but *it* is a trap."""
    clause = subject.head
    if subject.dep not in SUBJECTS:
        return None
    clauses = []
    if clause.dep == "advcl" and clause.i < clause.head.i:
        clauses.append(clause.head)
    if has_one_of("contrast", clause):
        clauses += children(clause, "conj")
    subjects = (c for other in clauses for c in children(other, *SUBJECTS))
    return next((c for c in subjects if c.i > clause.i and c.lemma in tone_groups()["taking_up"]), None)


def with_links(view: View, head: Word, content: Collection[int]) -> int:
    """The end of a noun phrase with what "of", "with" … hang on to it, as long as it is short and holds no clause."""
    end = head.i + 1
    for child in head.children:
        if child.i < end:
            continue
        if child.i != end or child.dep != "prep" or child.lemma not in tone_groups()["link"]:
            break
        last = unbroken(view, child)
        if last - head.i > LONGEST or (last not in content and last - 1 not in content):
            break
        end = last
    return end


def with_deed(view: View, head: Word, end: int, content: Collection[int]) -> int:
    """The end of "attempt to divide the island": such a noun is nothing without its infinitive."""
    if head.lemma in tone_groups()["undertaking"]:
        for child in children(head, "acl", "relcl"):
            if has_child(child, "to", "aux"):
                last = end_of_deed(view, child)
                return last if last - head.i <= LONGEST + 2 and last - 1 in content else end
    return end


def unbroken(view: View, word: Word) -> int:
    """The end of a phrase before the first clause, addition or aside in it."""
    inside = view.words[word.i : word.right + 1]
    breaks = (w.i for w in inside if w.dep in BREAKING or (w.lower in BREAKS and w.dep != "prep"))
    return next(breaks, word.right + 1)


def deed_target(view: View, verb: Word, content: Collection[int]) -> Target | None:
    """A deed: what will not be suffered ("pressured into hasty concessions"), what it would be a mistake to do, or a
    gerund after "against", "fear of" …"""
    value = stance_on_deed(view, verb)
    if value is None:
        return None
    end = end_of_deed(view, verb)
    while end - 1 not in content:
        end -= 1
    return Target(verb.i, end, verb, (verb.i,), value)


def stance_on_deed(view: View, verb: Word) -> Frame | None:
    """What is said of a deed; of what is wished, the object is the target instead."""
    if is_passive(verb) and refused(verb):
        return Frame(-0.75, tuple(c.i for c in children(verb, "neg")), fixed=True)
    if verb.dep in ("xcomp", "ccomp", "acl", "advcl") and has_child(verb, "to", "aux"):
        over = verb.head.head if verb.head.dep in ("attr", "acomp") else verb.head
        return said_of_it(view, over) if has_child(over, "it", "nsubj") else None  # it would be a mistake to do so
    if verb.tag == "VBG" and (value := deed_frame(verb)) is not None and value.value <= 0:
        return value
    return None


def end_of_deed(view: View, verb: Word) -> int:
    """The end of a verb with its object and what hangs on it, without further clauses."""
    end = verb.i + 1
    for child in children(verb, "dobj", "prep", "prt", "agent"):
        if child.i >= end and (last := unbroken(view, child)) - verb.i <= LONGEST:
            end = max(end, last)
    return end


def deed_frame(verb: Word) -> Frame | None:
    """What a gerund's governors say against the deed: warned against doing, opposed doing, fear of doing."""
    above = verb.head
    if verb.dep == "dobj":
        entry = tone_verbs().get(above.lemma)
        return Frame(entry.attitude / 2, (above.i,)) if entry and entry.attitude else None
    if verb.dep == "pcomp":
        over = above.head
        entry = tone_verbs().get(f"{over.lemma} {above.lemma}")
        if entry and entry.attitude:
            return Frame(entry.attitude / 2, (over.i,))
        if (noun := tone_attitudes().get((over.lemma, above.lemma))) is not None:
            return Frame(float(noun.attitude), (over.i,))
        if above.lemma == "against":
            return Frame(-0.75, (above.i,))
    return None


def is_mark(word: Word) -> bool:
    return not word.text[0].isalnum() and all(category(c)[0] == "P" for c in word.text)
