"""What speaks for and against a candidate, as plain words: the features that `helpers.reporting.choose` weighs.

>>> features(scene, cue, source, candidate)[:3]      # doctest: +SKIP
['any', 'verb say', 'class say']

Those of the cue are made once for all its candidates, those of a form once a form, those of a border once a border.
No feature holds more than a single word of vocabulary.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from helpers.knowledge.reporting import occasions, reporting_verbs
from helpers.names.speakers import can_speak
from helpers.reporting.borders import topmost
from helpers.reporting.candidates import Candidate, Scene, led_from, quoting
from helpers.reporting.cues import CueWords
from helpers.reporting.sources import Source
from helpers.tree import FINITE, SUBJECTS, Word, child

SHAPES = dict.fromkeys(("noun_after", "preposition_after", "infinitive_after", "gerund_after", "done_to"), "phrase")
GAPS, FAR = (0, 1, 2, 4, 8), 40  # words between content and cue; words in which a finite verb is looked for
TENSED = FINITE | {"MD"}
CLOSED = frozenset({"ADP", "SCONJ", "CCONJ", "PRON", "DET", "PART", "AUX", "PUNCT", "ADV"})  # words told by name
HANGING = ("dobj", "xcomp", "ccomp", "prep", "dative", "oprd", "advcl", "acomp", "prt")
# which frame of a verb a form fills
FRAME = {
    "clause_after": "clause", "clause_after_listener": "clause", "noun_after": "noun",
    "infinitive_after": "infinitive", "gerund_after": "gerund", "clause_before": "quote", "clause_around": "quote",
    "quotation_after": "quote", "quotation_beside": "quote", "done_to": "noun",
}  # fmt: skip
UNDER = ("xcomp", "ccomp", "advcl", "conj", "pcomp", "acl", "relcl", "dobj", "pobj")


@dataclass(frozen=True, slots=True)
class Described:
    """A cue with its source: its features, and those already made of its forms and borders."""

    scene: Scene
    cue: CueWords
    source: Source | None
    of_cue: tuple[str, ...]
    speaks: str  # can the source speak: strictly, loosely
    quoted_behind: int | None  # a word of the quotation that stands right behind the cue, and of the one before
    quoted_before: int | None
    has: tuple[str, ...]  # what hangs on the cue behind it
    forms: dict[tuple[str | int, ...], list[str]] = field(default_factory=dict)


def describe(scene: Scene, cue: CueWords, source: Source | None) -> Described:
    """A cue with its features, ready for its candidates."""
    speaks = "nobody"
    if source is not None:
        head = scene.read.parsed.doc[source.head.i]
        speaks = "speaks" if can_speak(scene.read, head, strict=True) else "thing"
    has = tuple(sorted({c.dep for c in cue.head.children if c.i > cue.head.i and c.dep in HANGING}))
    names = tuple(cue_features(cue, source))
    return Described(scene, cue, source, names, speaks, *quotation_beside(scene, cue), has)


def features(cue: Described, candidate: Candidate) -> list[str]:
    """All that speaks for or against a candidate."""
    return [name for _, names in groups(cue, candidate) for name in names]


# features, and before them by what the candidates that share them know them; () for no other
Group = tuple[tuple[str | int, ...], Sequence[str]]


def groups(cue: Described, candidate: Candidate) -> Iterator[Group]:
    """The features in groups, so that those of the cue, of a form and of a border are weighed once."""
    opener = candidate.opener.lower if candidate.opener is not None else ""
    yield ("cue",), cue.of_cue
    yield ("form", candidate.rule, opener), form_features(cue, candidate)
    yield (), start_features(cue, candidate)
    yield from end_features(cue, candidate)
    yield (), whole_features(cue, candidate)


def cue_features(cue: CueWords, source: Source | None) -> list[str]:
    """What speaks for the cue reporting anything at all."""
    head = cue.head
    names = [
        "any",
        f"verb {lemma_of(cue)}",
        f"class {cue.kind}",
        f"sort {cue.sort}",
        f"cue tag {head.tag}",
        f"sort {cue.sort}, source rule {rule_of(source)}",
    ]
    for c in head.children:
        if c.i < head.i:
            if c.dep == "aux" and c.tag != "MD":
                names.append(f"aux {c.lemma}")
            elif c.dep in ("neg", "mark") or c.tag in ("MD", "WDT", "WP", "WRB"):
                names.append(f"{c.dep} {c.lower}")
    if head.dep in UNDER:
        above = reporting_verbs().get(head.head.lemma)
        names.append(f"{head.dep} of {above.kind if above else head.head.pos}")
    return names


def lemma_of(cue: CueWords) -> str:
    """The word by which the cue is known: of a speech act the noun."""
    return cue.noun.lemma if cue.noun is not None else cue.head.lemma


def rule_of(source: Source | None) -> str:
    return source.rule if source is not None else "none"


def form_features(cue: Described, candidate: Candidate) -> list[str]:
    """What speaks for the form of reporting with this cue."""
    opener = candidate.opener.lower if candidate.opener is not None else ""
    key = candidate.rule, opener
    if key in cue.forms:
        return cue.forms[key]
    rule, c, lemma = candidate.rule, cue.cue, lemma_of(cue.cue)
    names = [
        f"form {rule}",
        f"class {c.kind}, form {rule}",
        f"verb {lemma}, form {rule}",
        f"cue tag {c.head.tag}, form {rule}",
        f"cue relation {c.head.dep}, form {rule}",
        f"source rule {rule_of(cue.source)}, form {rule}",
        *(f"frame {frame}, form {rule}" for frame in sorted(c.frames)),
        *(f"has {relation}, form {rule}" for relation in cue.has),
        f"source {cue.speaks}, form {rule}",
        f"source {cue.speaks}, class {c.kind}",
        f"source {cue.speaks}, sort {c.sort}, {fits(c, rule, opener)}",
        f"{fits(c, rule, opener)}, form {rule}",
    ]
    if opener:
        names.append(f"verb {lemma}, opener {opener}")
    cue.forms[key] = names
    return names


def fits(cue: CueWords, rule: str, opener: str) -> str:
    """Does the vocabulary know the cue with this form: vow *to* …, but hardly: vow *a pact*?"""
    if opener:
        return "fits" if opener in cue.prepositions else "misfits"
    frame = FRAME.get(rule)
    if frame is None or cue.sort != "verb":
        return "fits"
    if frame == "noun" and cue.frames & {"as", "name"}:
        return "fits as"
    return "fits" if frame in cue.frames else "misfits"


def start_features(cue: Described, candidate: Candidate) -> list[str]:
    """What speaks for content beginning there."""
    words, rule = cue.scene.tree.words, candidate.rule
    at, piece = candidate.ranges[0][0], candidate.piece
    first, before = words[at], words[at - 1] if at else None
    names = [
        f"begins {token_class(first)}, form {rule}",
        f"begins {first.tag}, form {rule}",
        f"after {token_class(before) if before is not None else 'nothing'}, form {rule}",
        "begins sentence" if at == first.begins else "begins within",
    ]
    if piece is not None:
        names.append(f"piece {piece.dep} {piece.tag}, form {rule}")
    if at >= cue.cue.end:
        skipped = words[cue.cue.end : min(at, cue.cue.end + 6)]
        if skipped:
            names.append(f"skips {token_class(skipped[0])}, form {rule}")
            names.append(f"skips {len(skipped)}, form {rule}")
    return names


def end_features(cue: Described, candidate: Candidate) -> Iterator[Group]:
    """What speaks for content ending there: what stands last, what follows, and at what it might have ended before."""
    words, rule = cue.scene.tree.words, candidate.rule
    first, end = candidate.ranges[-1]
    for place in cue.scene.borders.ends(first, end)[:-1]:
        yield ("keeps", rule, place), kept_features(cue, place, rule)
    if end >= len(words) or end >= words[end - 1].ends:
        yield (), [f"ends sentence, form {rule}", "ends paragraph" if end >= len(words) else "ends sentence"]
        return
    yield ("cut", rule, end), cut_features(cue, end, rule)
    yield (), [f"ends {words[end - 1].pos}"]
    if candidate.piece is not None:
        relation = border(cue, end)[1]
        yield (), [f"cut {'in' if end <= candidate.piece.right else 'behind'} piece {relation}"]


def kept_features(cue: Described, place: int, rule: str) -> list[str]:
    """What speaks for content going on at a place where it might end."""
    key = "keeps", rule, place
    if key not in cue.forms:
        following, relation, kind, _ = border(cue, place)
        cue.forms[key] = [f"keeps {relation}, form {rule}", f"keeps {relation} {kind}", f"keeps {following}"]
    return cue.forms[key]


def cut_features(cue: Described, place: int, rule: str) -> list[str]:
    """What speaks for content ending at a place."""
    key, shape = ("cut", rule, place), SHAPES.get(rule, "clause")
    if key not in cue.forms:
        following, relation, kind, where = border(cue, place)
        cue.forms[key] = [
            f"cut {relation}, form {rule}",
            f"cut {relation} {kind}",
            f"cut {relation} {kind}, {shape}",
            f"cut {following}",
            f"cut {following}, hangs on {where}",
            f"cut {relation}, hangs on {where}, {shape}",
        ]
    return cue.forms[key]


def border(cue: Described, place: int) -> tuple[str, str, str, str]:
    """What follows a place: the first word, its relation with the marks before it, what it begins, and what that hangs on."""
    words, after, marks = cue.scene.tree.words, place, ""
    if place and words[place - 1].pos == "PUNCT":
        marks = words[place - 1].text
    while after < len(words) - 1 and words[after].pos in ("PUNCT", "SPACE") and after < place + 2:
        marks += words[after].text
        after += 1
    following = words[after]
    if following.begins >= place and place > 0 and after == following.begins:
        return f"{marks}new sentence", f"{marks}new sentence", "", "own"
    top = topmost(following)
    where = "cue's" if top.head is quoting(cue.cue.head) else "own"
    return f"{marks}{token_class(following)}", f"{marks}{top.dep}", following_class(top), where


def following_class(top: Word) -> str:
    """What follows the end of content: another report, a time, a place, an occasion …"""
    listed = reporting_verbs().get(top.lemma) if top.pos == "VERB" else None
    if listed is not None:
        subject = "with subject" if child(top, *SUBJECTS) is not None else "without subject"
        return f"{listed.kind if listed.kind == 'attitude' else 'report'} {top.tag} {subject}"
    if top.dep == "prep":
        told = child(top, "pobj")
        if told is None:
            return f"{top.lower} clause"
        return f"{top.lower} {'occasion' if told.lemma in occasions() else told.ent or 'noun'}"
    if top.pos in ("VERB", "AUX"):
        subject = "with subject" if child(top, *SUBJECTS) is not None else "without subject"
        return f"{top.tag} {subject}"
    return f"{top.tag} {top.ent}"


def whole_features(cue: Described, candidate: Candidate) -> list[str]:
    """What speaks for the content as a whole."""
    rule, (first, end) = candidate.rule, (candidate.ranges[0][0], candidate.ranges[-1][1])
    share, verb = quoted_share(cue.scene, candidate), "finite verb" if has_finite(cue, candidate) else "no finite verb"
    names = [
        f"quotes {share}",
        f"quotes {share}, form {rule}",
        f"quotes {share}, class {cue.cue.kind}",
        f"segments {len(candidate.ranges)}, form {rule}",
        f"{verb}, form {rule}",
        f"{verb}, class {cue.cue.kind}, {SHAPES.get(rule, 'clause')}",
        f"apart {apart(cue.cue, first, end)}, form {rule}",
        *left_out(cue, candidate),
    ]
    above = cue.cue.head.head
    if above is not cue.cue.head and any(a <= above.i < b for a, b in candidate.ranges):
        names.append(f"holds word above, form {rule}")
        names.append(f"holds word above, form {rule}, relation {cue.cue.head.dep}")
    if candidate.piece is not None:
        last = candidate.piece.right + 1
        names.append(f"{'short of' if end < last - 1 else 'beyond' if end > last else 'all of'} piece, form {rule}")
    return names


def has_finite(cue: Described, candidate: Candidate) -> bool:
    """Does the content hold a finite verb, near enough its beginning?"""
    words = cue.scene.tree.words
    return any(w.tag in TENSED for a, b in candidate.ranges for w in words[a : min(b, a + FAR)])


def apart(cue: CueWords, first: int, end: int) -> int:
    """About how many words stand between content and cue."""
    gap = first - cue.end if first >= cue.end else led_from(cue) - end
    return max((n for n in GAPS if n <= gap), default=0)


def left_out(cue: Described, candidate: Candidate) -> Iterator[str]:
    """Does the content leave out a quotation that stands right beside the cue: asked whether it was open, she said, | “No.”?"""
    for where, number in (("behind", cue.quoted_behind), ("before", cue.quoted_before)):
        if number is not None:
            held = any(a <= number < b for a, b in candidate.ranges)
            yield f"{'holds' if held else 'leaves out'} quotation {where} cue"


def quotation_beside(scene: Scene, cue: CueWords) -> tuple[int | None, int | None]:
    """The first word of a quotation that begins right behind the cue, and of one that ends right before it."""
    words, quoted = scene.tree.words, scene.borders.quoted
    first, last = cue.start, cue.end
    behind = next((i for i in range(last, min(last + 2, len(words))) if quoted[i] >= 0), None)
    before = next((i for i in range(first - 1, max(first - 3, -1), -1) if quoted[i] >= 0), None)
    return behind, before


def quoted_share(scene: Scene, candidate: Candidate) -> str:
    """How much of the content stands in quotation marks: none, some, all; does it begin or end with a quotation?"""
    quoted = scene.borders.quoted
    (first, _), (_, last) = candidate.ranges[0], candidate.ranges[-1]
    begins, ends = quoted[first] >= 0, quoted[last - 1] >= 0
    if begins and ends:
        return "all"
    if ends:
        return "end"
    if begins:
        return "beginning"
    inside = any(first < a < last for a, _ in scene.borders.tokens)
    return "within" if inside else "none"


def token_class(word: Word) -> str:
    """A word of grammar by name, any other by its tag."""
    return word.lower if word.pos in CLOSED else word.ent if word.ent in ("DATE", "TIME") else word.tag
