"""Candidates: every way in which the words around a cue may be what was said, one generator a form of reporting.

>>> tree = read_tree(pipeline()("The pact, Ms. Roe said, will hold."))                       # doctest: +SKIP
>>> [(c.rule, c.ranges) for c in candidates(scene, find_cues(tree)[0], source)]         # doctest: +SKIP
[('clause_around', ((0, 2), (7, 9)))]

A generator knows where content of its form begins; where it ends is left open: every place at which something closed ends
(`helpers.reporting.borders`) makes a candidate, the short tail and the long one. `helpers.reporting.choose` weighs them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice, pairwise

from helpers.knowledge.reporting import reporting_nouns
from helpers.names.paragraphs import Read
from helpers.names.speakers import can_speak
from helpers.parse import Range
from helpers.reporting.borders import Borders, topmost, trimmed_end, trimmed_start
from helpers.reporting.cues import CueWords
from helpers.reporting.sources import SPEAKING_AS_IT, Source
from helpers.tree import SUBJECTS, Tree, Word, ancestors, child, children, has_that

SIDES = frozenset({"sidelines", "margins"})
HALTS = frozenset({";", ":", "—", "–", "--"})
DASHES = frozenset({"—", "–", "--", "-"})
NAMING = frozenset("name nickname alias codename dub nicknamed codenamed".split())
NICKNAME = 3  # the most words of one
COMMAS = DASHES | {","}
FAR_BACK, MOST = 60, 6  # words back in which a colon counts, and beginnings that are weighed
CIRCUMSTANCES = frozenset({"before", "when", "while"})
CLIMB = 4  # words above a participle among which the verb is looked for that it leads to
BESIDE = 12  # words within which a quotation stands beside a cue


@dataclass(frozen=True, slots=True)
class Scene:
    """A paragraph as the generators see it."""

    read: Read
    tree: Tree
    borders: Borders


@dataclass(frozen=True, slots=True)
class Start:
    """A place where content may begin: the word, the rule, the head of the piece, and the preposition that opens it."""

    at: int
    rule: str
    piece: Word | None = None
    opener: Word | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """One way to read a cue: the content as ranges of words. `piece` is the head of what it begins with."""

    rule: str
    ranges: tuple[Range, ...]
    piece: Word | None = None
    opener: Word | None = None


Generator = Callable[[Scene, CueWords, Source | None], Iterator[Candidate]]


def candidates(scene: Scene, cue: CueWords, source: Source | None) -> list[Candidate]:
    """The candidates of a cue, each content once, by the first form that gives it."""
    if source is None and cue.sort in ("verb", "act") and not cue.passive:
        return []
    able = source is None or speaks(scene.read, source, cue)
    found: dict[tuple[Range, ...], Candidate] = {}
    for generate in GENERATORS:
        for candidate in generate(scene, cue, source):
            if candidate.ranges not in found and is_allowed(scene, cue, able, candidate):
                found[candidate.ranges] = candidate
    return list(found.values())


PHRASES = frozenset({"noun_after", "preposition_after", "infinitive_after", "gerund_after"})


def is_allowed(scene: Scene, cue: CueWords, able: bool, candidate: Candidate) -> bool:
    """May this be content, of a source that is `able` to speak or not named?

    What is no clause and holds no quotation asks for a source that can speak, and for a verb that the vocabulary knows with
    it: *Ms. Roe* condemned *the raid*, but neither: *the hall* offered *views*; she read *a book*."""
    if candidate.rule not in PHRASES:
        return True
    if cue.passive and candidate.piece is not None and not is_told_to(cue, candidate):
        return False
    if scene.borders.quoted[candidate.ranges[0][0]] >= 0:
        return True
    if not able:
        return False
    if cue.sort != "noun" and candidate.rule == "preposition_after":
        return candidate.opener is None or opens(scene, cue, candidate, candidate.opener)
    if cue.sort != "verb":
        return True
    if candidate.rule == "noun_after" and "name" in cue.frames and is_called_up(scene, cue):
        return False
    opened = candidate.opener is not None and candidate.opener.lower in cue.prepositions
    return opened or bool(cue.frames & FILLS[candidate.rule])


def opens(scene: Scene, cue: CueWords, candidate: Candidate, opener: Word) -> bool:
    """May the preposition open this content: no day nor occasion (made a statement *on Monday*, *on the sidelines*), nor
    somebody who is visited (called *on* the mayor) rather than asked to act?"""
    dated = opener.lower in ("on", "in", "at") and any(
        c.ent in ("DATE", "TIME") or c.lower in SIDES for c in children(opener, "pobj")
    )
    if opener.lower not in cue.prepositions or dated:
        return False
    first, last = candidate.ranges[0][0], candidate.ranges[-1][1]
    asked = cue.prepositions[opener.lower] == "demand" and opener.lower in ("on", "upon") and cue.lemma == "call"
    return not asked or any(w.lower in ("to", "for") for w in scene.tree.words[first:last])


FILLS = {
    "noun_after": frozenset({"noun", "as", "name"}),
    "infinitive_after": frozenset({"infinitive", "gerund", "noun"}),
    "gerund_after": frozenset({"gerund", "noun"}),
}


def is_called_up(scene: Scene, cue: CueWords) -> bool:
    """Is somebody called, rather than called something: *called the ministry* by telephone?"""
    parts = [c for c in children(cue.head, "dobj", "dative", "oprd", "ccomp", "attr", "acomp") if c.i > cue.head.i]
    return len(parts) == 1 and can_speak(scene.read, scene.read.parsed.doc[parts[0].i], strict=True)


def is_told_to(cue: CueWords, candidate: Candidate) -> bool:
    """After a passive, is it more than what somebody got: was told *to leave*, was accused of *haste*; were denied visas?"""
    return candidate.rule != "noun_after" and child(cue.head, "dobj") is None


def speaks(read: Read, source: Source, cue: CueWords) -> bool:
    """Can the source speak: somebody, a body, a document; "it" where nothing but a body does so?"""
    head = source.head
    asks = cue.prepositions.values() if cue.head.tag == "VBD" else ()  # it called on us; but: it calls for caution
    bodily = cue.head.tag != "VBG" and SPEAKING_AS_IT & {cue.kind, *asks}
    if head.tag == "PRP$" or (head.lower == "it" and bodily):
        return True
    named = any(c.pos == "PROPN" for c in children(head, "appos"))
    return named or can_speak(read, read.parsed.doc[head.i], strict=True)


# --- content behind the cue ---


def behind(scene: Scene, cue: CueWords, source: Source | None) -> Iterator[Candidate]:
    """Said *that* …, condemned *the raid* …, called for *talks* …, vowed *to* …: begins with a piece behind the cue."""
    for start in starts(scene, cue, source):
        last = far_end(scene, cue, start)
        for end in scene.borders.ends(start.at, last):
            yield from candidate(scene, cue, start, (start.at, end))


def candidate(scene: Scene, cue: CueWords, start: Start, *ranges: Range) -> Iterator[Candidate]:
    """The candidate of these ranges, each widened to whole quotations and without punctuation at its edges."""
    kept = []
    for a, b in ranges:
        a = trimmed_start(scene.tree.words, a, b)
        a, b = scene.borders.widened(a, trimmed_end(scene.tree.words, a, b))
        if a < b:
            kept += without_asides(scene, a, b)
    if kept and not any(a <= cue.head.i < b for a, b in kept):
        yield Candidate(start.rule, tuple(kept), start.piece, start.opener)


def without_asides(scene: Scene, start: int, end: int) -> list[Range]:
    """The words without what stands between dashes from one quotation to the next: “That ridge” – *he nods* – “has changed.”"""
    words, pieces, tokens = scene.tree.words, [], scene.borders.tokens
    first, last = bisect_left(tokens, (start, 0)), bisect_right(tokens, (end, 0))
    for (_, b), (c, _) in pairwise(tokens[first:last]):
        if c - b > 2 and words[b].text in DASHES and words[c - 1].text in DASHES:
            pieces.append((start, b))
            start = c
    return [*pieces, (start, end)]


def far_end(scene: Scene, cue: CueWords, start: Start) -> int:
    """The farthest place where content behind a cue may end: with its sentence; before the verb that a participle leads to:
    *citing* the weather, | she *stayed*."""
    word = scene.tree.words[start.at]
    last = max(word.ends, start.piece.right + 1 if start.piece is not None else 0)
    if start.rule in PHRASES:
        clauses = [c for c in children(cue.head, "advcl") if c.left > start.at and is_circumstance(c)]
        last = min([last, *(c.left for c in clauses)])
    led_to = next((a.i for a in islice(ancestors(cue.head), CLIMB) if a.i > cue.head.right), None)
    return cue.head.right + 1 if led_to is not None and start.at <= cue.head.right < led_to < last else last


def is_circumstance(clause: Word) -> bool:
    """Does a clause tell when something was said rather than what: *before he flew home*?"""
    return any(c.dep in ("mark", "advmod") and c.lower in CIRCUMSTANCES for c in clause.children)


def starts(scene: Scene, cue: CueWords, source: Source | None) -> Iterator[Start]:
    """Where content behind the cue may begin."""
    after = max(
        cue.end, source.end if source is not None and source.start >= cue.end and source.start < cue.end + 4 else 0
    )
    found = list(pieces(scene, cue, after))
    if cue.frames & {"clause", "quote"}:
        found += loose_starts(scene, cue, after)
    seen: set[int] = set()
    for start in found:
        if start.at >= after and start.at not in seen and start.at < len(scene.tree.words):
            seen.add(start.at)
            yield start


PIECES = {
    "ccomp": "clause_after", "dobj": "noun_after", "dative": "noun_after", "oprd": "noun_after", "attr": "noun_after",
    "acomp": "noun_after", "nmod": "noun_after",
}  # fmt: skip


def pieces(scene: Scene, cue: CueWords, after: int) -> Iterator[Start]:
    """The beginnings of the pieces that hang on the cue behind it."""
    if cue.sort == "according":
        return
    opened = cue.sort == "act" and any(c.lower in cue.prepositions for c in children(cue.head, "prep"))
    for part in parts_of(cue):
        for c in part.children:
            if c.i > cue.head.i and c.right >= after and not (opened and c.dep == "advcl"):
                yield from piece_starts(cue, c)
    if cue.sort == "act" and cue.noun is not None:
        for c in cue.noun.children:
            if c.i > cue.noun.i:
                yield from piece_starts(cue, c)


def parts_of(cue: CueWords) -> list[Word]:
    """The verb of a cue, and what is part of it: let *slip* that …, made *clear* that …"""
    within = (c for c in cue.head.children if cue.sort == "verb" and cue.head.i < c.i < cue.end)
    return [cue.head, *(c for c in within if c.pos in ("VERB", "ADJ"))]


def piece_starts(cue: CueWords, c: Word) -> Iterator[Start]:
    """The beginnings that one piece offers."""
    if c.dep in ("prep", "prt") or (c.dep == "dative" and c.pos == "ADP"):
        yield Start(c.i + 1, "preposition_after", c, c)
    elif c.dep == "xcomp":
        yield Start(c.left, "gerund_after" if c.tag == "VBG" else "infinitive_after", c)
    elif c.dep in ("acl", "relcl", "advcl", "csubj"):
        yield from clause_starts(cue, c)
    elif c.dep in PIECES:
        deed = deed_behind(cue, c)
        if deed is not None:
            yield Start(c.left, "infinitive_after", deed)
        else:
            yield Start(c.left, PIECES[c.dep], c)
        if c.pos == "NOUN" and c.lemma in reporting_nouns() and cue.sort == "verb":  # denied *claims* | that …
            yield from (Start(d.left, "clause_after", d) for d in children(c, "acl", "ccomp", "relcl") if d.i > c.i)


def deed_behind(cue: CueWords, object_: Word) -> Word | None:
    """What the object of a cue is to do: urged *the council to act*."""
    if cue.sort != "verb" or "infinitive" not in cue.frames or object_.dep not in ("dobj", "dative"):
        return None
    deeds = [c for c in children(cue.head, "xcomp", "advcl") if c.i > object_.i]
    if "noun" not in cue.frames:
        deeds += children(object_, "acl")  # directed *the missions to register* them
    return next(filter(is_infinitive, deeds), None)


def is_infinitive(verb: Word) -> bool:
    """Is it a verb behind "to"?"""
    return verb.tag == "VB" and any(c.tag == "TO" for c in verb.children)


def clause_starts(cue: CueWords, clause: Word) -> Iterator[Start]:
    """A clause that the parser takes for a circumstance, or the one of a noun: a warning *that it was open*, asked *when* …"""
    if is_infinitive(clause):
        mark = child(clause, "mark")
        yield Start(clause.left if mark is None else mark.i + 1, "infinitive_after", clause, mark)
    else:
        yield Start(clause.left, "clause_after", clause)


def loose_starts(scene: Scene, cue: CueWords, after: int) -> Iterator[Start]:
    """Where the parser hangs the clause elsewhere: told reporters in Lindholm *that* …; warned without ships, *the guard* …

    Behind "that", "whether" or a question word in the same sentence; at a quotation.
    """
    words, last = scene.tree.words, cue.head.ends
    quoted = scene.borders.quoted
    for i in range(after, min(last, after + BESIDE + 4)):
        word = words[i]
        if quoted[i] >= 0:
            yield Start(i, "quotation_after", None)
            return
        if word.lower in ("that", "whether", "if", "how", "why", "when") and i > after:
            yield Start(i, "clause_after_listener", topmost(word))
        if word.text in ":;":
            return


# --- the cue as an aside ---


def around(scene: Scene, cue: CueWords, source: Source | None) -> Iterator[Candidate]:
    """*The pact will hold*, she said; *the pact*, she said, *will hold*; according to Ms. Roe, *it holds*."""
    aside = aside_of(cue, source)
    if aside is None:
        return
    first, last, rule, carrier = aside
    begins = beginnings(scene, cue, carrier, first) if first > cue.head.begins else []
    behind = [] if is_nickname(scene, last) else after_aside(scene, cue, carrier, last)
    again = spoken_again(scene, first, last, cue.head.ends)
    for begin in begins:
        start = Start(begin, rule, carrier)
        yield from candidate(scene, cue, start, (begin, first))
        joined = Start(begin, "clause_around" if rule == "clause_before" else rule, carrier)
        for end in behind:
            yield from candidate(scene, cue, joined, (begin, first), (again if end > again else last, end))
    if not begins or rule != "clause_before":
        for end in behind:
            yield from candidate(scene, cue, Start(last, rule, carrier), (last, end))


def is_nickname(scene: Scene, i: int) -> bool:
    """Does the word stand in a quotation that is what somebody is called: who goes by the name *“Shorty”*; known as …?"""
    words, number = scene.tree.words, scene.borders.quoted[i] if i < len(scene.tree.words) else -1
    opens = scene.borders.tokens[number][0] if number >= 0 else 0
    if opens < 2:
        return False
    quotation, before = scene.borders.quotations[number], words[opens - 1]
    named = before.lemma in NAMING or (before.lower == "as" and words[opens - 2].lemma == "know")
    return named and quotation.words <= NICKNAME and quotation.text[1:2].isupper()


def spoken_again(scene: Scene, first: int, last: int, end: int) -> int:
    """Where content goes on behind the cue: at `last`, or at the quotation that follows one right before the cue, after an
    aside between commas or dashes: “Our border,” said Ms. Roe, *whose party lost*, “will open.”"""
    words, tokens, quoted = scene.tree.words, scene.borders.tokens, scene.borders.quoted
    number = max((quoted[i] for i in (first - 1, first - 2) if i >= 0), default=-1)
    if number < 0 or number + 1 >= len(tokens) or last >= len(words):
        return last
    opened = tokens[number + 1][0]
    set_apart = last + 1 < opened < min(end, last + BESIDE) and words[last].text in COMMAS
    return opened if set_apart and words[opened - 1].text in COMMAS else last


def aside_of(cue: CueWords, source: Source | None) -> tuple[int, int, str, Word | None] | None:
    """Where the aside begins and ends, the rule, and the verb of the clause that it stands in."""
    head = cue.head
    first = min(cue.start, source.start if source is not None and source.start <= cue.start else cue.start)
    last = max(cue.end, source.end if source is not None else 0)
    if source is not None and cue.start <= source.start < cue.end + 4 and source.head.head is head:
        last = max(last, source.head.right + 1)  # said Bo Lind, an economist at the centre
    if cue.sort == "according":
        named = child(head, "prep") if head.lower == "according" else head
        whole = max([last, *(c.right + 1 for c in children(named, "pobj"))])
        last = whole if whole < head.ends - 1 else last  # where the parser hangs all the rest on the source
        return first, last, "beside_according", next(reversed([*ancestors(head)]), None)
    if cue.sort in ("noun", "act") or not cue.frames & {"clause", "quote"}:
        return None
    mark = next((c for c in head.children if c.lower == "as" and c.i < head.i), None)
    if head.dep == "advcl" and mark is not None and not tells_itself(head):
        return min(mark.i, head.left), max(last, head.right + 1), "sentence_around", head.head
    if head.dep == "parataxis":
        return first, last, "sentence_around", head.head
    teller = quoting(head)
    first = min(first, led_from(cue))
    before = [c for c in children(teller, "ccomp", "nsubj", "dep", "advcl", "csubj") if c.left < first]
    return first, last, "clause_before", before[0] if before else None


def tells_itself(head: Word) -> bool:
    """Has a verb behind "as" words of its own: even as Ms. Roe stressed *that …*?"""
    return any(c.i > head.i and has_that(c) for c in children(head, "ccomp"))


def quoting(head: Word) -> Word:
    """The verb that leads to a cue in somebody's words: *quoted* Ms. Roe as saying; else the cue itself."""
    return head.head.head if head.dep == "pcomp" and head.head.lower == "as" else head


def led_from(cue: CueWords) -> int:
    """The word from which on a cue is told: *the agency* quoted Ms. Roe as saying; else its own first."""
    teller = quoting(cue.head)
    if teller is cue.head:
        return cue.start
    return min([cue.start, teller.i, *(c.left for c in children(teller, *SUBJECTS))])


def beginnings(scene: Scene, cue: CueWords, carrier: Word | None, first: int) -> list[int]:
    """Where content may begin that ends before the aside: with its clause, its sentence, behind a semicolon or a colon."""
    words, begins = scene.tree.words, cue.head.begins
    found = [carrier.left] if carrier is not None else []
    quoted = scene.borders.quoted
    if words[first - 1].pos == "PUNCT" or quoted[first - 1] >= 0:
        found.append(begins)
        marks = range(max(begins, first - FAR_BACK), first - 2)
        found += [i + 1 for i in marks if words[i].text in HALTS and quoted[i] < 0]
        number = max(quoted[first - 1], quoted[first - 2] if first > 1 and words[first - 1].text == "," else -1)
        found += [scene.borders.tokens[number][0]] if number >= 0 else []
    return sorted(set(found))[:MOST]


def after_aside(scene: Scene, cue: CueWords, carrier: Word | None, last: int) -> list[int]:
    """The ends of content that goes on behind the aside."""
    words = scene.tree.words
    if last >= len(words) or last >= cue.head.ends:
        return []
    held = carrier is not None and carrier.right >= last and carrier is not cue.head
    if not (held or cue.sort == "according" or words[last].text in COMMAS):
        return []
    return scene.borders.ends(trimmed_start(words, last, cue.head.ends), cue.head.ends)


# --- the passive, and quotations beside ---


def done_to(scene: Scene, cue: CueWords, source: Source | None) -> Iterator[Candidate]:
    """*The raid* was condemned by Ms. Roe: what the cue was done to."""
    if not cue.passive or any(c.dep in ("dobj", "oprd", "xcomp", "ccomp") for c in cue.head.children):
        return
    if any(c.dep == "prep" and c.lower in cue.prepositions for c in cue.head.children):
        return  # is accused *of* …
    subject = child(cue.head, "nsubjpass")
    if subject is None or subject.i > cue.start:
        return
    start = Start(subject.left, "done_to", subject)
    yield from candidate(scene, cue, start, (subject.left, min(subject.right + 1, cue.start)))


def beside_quotation(scene: Scene, cue: CueWords, source: Source | None) -> Iterator[Candidate]:
    """“…,” said Ms. Roe; Ms. Roe in her letter: “…”: the quotation that stands beside the cue, before or behind."""
    if cue.sort == "noun" or (cue.sort == "verb" and not cue.frames & {"quote", "clause"}):
        return
    words = scene.tree.words
    first = min(cue.start, source.start if source is not None and source.start < cue.start else cue.start)
    tokens = scene.borders.tokens
    near = tokens[bisect_left(tokens, (first - FAR_BACK, 0)) : bisect_right(tokens, (cue.end + 2 * BESIDE, 0))]
    for a, b in near:
        before = first - BESIDE <= b <= first + 1
        if before or (cue.end <= a and not stops(words, cue.end, a)):
            yield Candidate("quotation_beside", ((a, b),))


def stops(words: tuple[Word, ...], start: int, end: int) -> bool:
    """Does a sentence end, or a quotation open, between these words?"""
    return any(word.text in (".", "!", "?", "“", ";") for word in words[start:end])


GENERATORS: tuple[Generator, ...] = (behind, around, done_to, beside_quotation)
