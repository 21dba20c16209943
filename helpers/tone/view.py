"""A sentence as plain lists: what the features of stance read, made once for all targets in it.

>>> view = View.of(pipeline()("Ada Roe did not condemn the raid."))      # doctest: +SKIP
>>> view.words, view.negated[4]                                          # doctest: +SKIP
(['NAME', 'NAME', 'do', 'not', 'condemn', 'the', 'raid', '.'], True)

Names of people and places are masked, so that nothing is learnt about anybody in particular.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from helpers.knowledge.reporting import reporting_verbs
from helpers.knowledge.tone import (
    DOWNTONERS,
    NEGATIONS,
    ToneVerb,
    ToneWord,
    tone_phrases,
    tone_verbs,
    tone_words,
    vader,
)

if TYPE_CHECKING:
    from spacy.tokens import Token

NAME, NUMBER = "NAME", "NUMBER"
CLAUSES = frozenset("ROOT ccomp advcl relcl acl parataxis csubj pcomp".split())
TURNED = -0.7  # what a negation leaves of a weight
UNTOLD = ToneWord("", "part of a phrase", 0)
OPENING, CLOSING = "“«", "”»"
PLAIN = frozenset("say claim suggest stress ask discuss describe express attitude".split())  # classes without a tone
NAMED = frozenset("PERSON NORP GPE ORG LOC FAC".split())  # entity types of the parser whose words are masked
DENIED = ("deny", "refute", "disavow")  # verbs that turn the whole clause they govern round
REACH = 3  # tokens before a word in which a negation without a tree counts


@dataclass(frozen=True, slots=True)
class Frame:
    """What the governors of a token say: a value from -1 (against) to 1 (for), and the tokens that say it, nearest first."""

    value: float
    words: tuple[int, ...]

    def turned(self, factor: float, *words: int) -> Frame:
        return Frame(max(-1.0, min(1.0, self.value * factor)), (*words, *self.words))


@dataclass(frozen=True)
class View:
    """Tokens by number, each list as long as the sentence. Heads are numbers of tokens; a root is its own head."""

    words: list[str]  # lower-case lemmas; names masked
    forms: list[str]  # lower-case forms; names masked
    raw: list[str]  # lower-case forms, names too
    relations: list[str]
    tags: list[str]
    heads: list[int]
    holder: frozenset[int] = frozenset()

    @classmethod
    def of(cls, tokens: Iterable[Token], holder: Collection[int] = ()) -> View:
        """The view of these tokens of a document, all or a part; those in `holder` (their numbers there) are masked.

        A token whose head is left out hangs on the nearest one above it that is not; where there is none it is a root.
        """
        items = list(tokens)
        place = {t.i: n for n, t in enumerate(items)}
        tags = [t.tag_ for t in items]
        raw = [t.lower_ for t in items]
        forms = [masked(t, tag) if t.i not in holder else NAME for t, tag in zip(items, tags, strict=True)]
        words = [f if f in (NAME, NUMBER) else t.lemma_.lower() for t, f in zip(items, forms, strict=True)]
        heads = [place[t.i] if (above := kept_head(t, place)) is None else above for t in items]
        relations = [t.dep_ if heads[n] != n else "ROOT" for n, t in enumerate(items)]
        return cls(words, forms, raw, relations, tags, heads, frozenset(place[i] for i in holder if i in place))

    def __len__(self) -> int:
        return len(self.words)

    @cached_property
    def frames(self) -> dict[int, Frame | None]:
        """The frames found so far, by token (see `helpers.tone.frames`)."""
        return {}

    @cached_property
    def children(self) -> list[list[int]]:
        found: list[list[int]] = [[] for _ in self.heads]
        for i, head in enumerate(self.heads):
            if head != i:
                found[head].append(i)
        return found

    @cached_property
    def linked(self) -> list[tuple[int, ...]]:
        """Of each token those one step away: its children and its head."""
        return [(*below, head) for below, head in zip(self.children, self.heads, strict=True)]

    @cached_property
    def clauses(self) -> list[int]:
        """The number of the verb that heads the clause of each token."""
        found = [-1] * len(self)
        for i in range(len(self)):
            trail, at = [], i
            while found[at] < 0 and not self.heads_clause(at):
                trail.append(at)
                at = self.heads[at]
            top = found[at] if found[at] >= 0 else at
            found[at] = top
            for passed in trail:
                found[passed] = top
        return found

    def heads_clause(self, i: int) -> bool:
        relation = self.relations[i]
        return relation in CLAUSES or (relation == "conj" and self.tags[i][0] in "VM" and self.has_subject(i))

    def has_child(self, i: int, relation: str, word: str) -> bool:
        return any(self.relations[c] == relation and self.words[c] == word for c in self.children[i])

    def has_subject(self, i: int) -> bool:
        return any(self.relations[c] in ("nsubj", "nsubjpass") for c in self.children[i])

    @cached_property
    def negated(self) -> list[bool]:
        """Does a negation turn each token round: its own, its verb's, or one a few words before?"""
        found = [False] * len(self)
        for i, form in enumerate(self.forms):
            if self.words[i] in DENIED:
                for c in self.children[i]:
                    if self.relations[c] == "ccomp":
                        found[self.leftmost(c) : self.rightmost(c) + 1] = [True] * (
                            self.rightmost(c) + 1 - self.leftmost(c)
                        )
            if form == "never" and self.compares(i):
                continue  # never been stronger
            if form in NEGATIONS or self.words[i] in DOWNTONERS:
                head = self.heads[i] if self.relations[i] in ("neg", "advmod", "det", "preconj") else i
                if i > head and self.tags[head][0] in "NJ":
                    head = i  # trust, not leverage: what follows is denied
                found[head] = True
                if self.relations[i] not in ("neg", "advmod") or self.words[i] in DOWNTONERS:
                    for c in self.children[i]:
                        if c > i:
                            found[c] = True
                for j in range(i + 1, min(i + 1 + REACH, len(self))):
                    if self.forms[j] in (",", ".", ";", "but"):
                        break
                    found[j] = True
                for c in self.children[head]:
                    if c > head and self.relations[c] in ("acomp", "attr", "xcomp", "dobj", "oprd"):
                        found[c] = True
        return found

    def compares(self, i: int) -> bool:
        """Does the negation at `i` stand before a comparative within its clause: never been stronger, no better friend?"""
        return any(tag in ("JJR", "RBR") for tag in self.tags[i + 1 : i + 5])

    @cached_property
    def tones(self) -> list[ToneWord | None]:
        """Of each token the entry of tone_words.csv, if it is one; that of a phrase stands at its last word."""
        single, phrases = tone_words(), tone_phrases()
        pairs = list(zip(self.forms, self.words, strict=True))
        found = [single.get(form) or single.get(word) for form, word in pairs]
        for i, (form, word) in enumerate(pairs):
            if form not in phrases and word not in phrases:
                continue
            for phrase in phrases.get(form, ()) or phrases.get(word, ()):
                end = i + len(phrase)
                if end <= len(self) and all(
                    w in (self.forms[j], self.words[j], self.raw[j]) for j, w in enumerate(phrase, i)
                ):
                    found[i:end] = [UNTOLD] * (len(phrase) - 1) + [single[" ".join(phrase)]]
                    break
        return found

    @cached_property
    def valences(self) -> list[tuple[float, float]]:
        """Of each token the weight in VADER's list and in the project's own, turned round by a negation."""
        general, reporting, found = vader(), reporting_verbs(), []
        for form, word, tag, tone, negated in zip(
            self.forms, self.words, self.tags, self.tones, self.negated, strict=True
        ):
            theirs = general.get(form, general.get(word, 0.0)) if tone is None or tone.tone else 0.0
            plain = tag[0] == "V" and (told := reporting.get(word)) is not None and told.kind in PLAIN
            if plain or (tone is None and not theirs):
                found.append((0.0, 0.0))
                continue
            if tone and theirs * tone.tone < 0:
                theirs = 0.0  # the project's own list knows this prose better
            sign = TURNED if negated else 1.0
            found.append((sign * theirs, sign * tone.tone if tone else 0.0))
        return found

    @cached_property
    def tone_verbs(self) -> list[ToneVerb | None]:
        """Of each verb the entry of tone_verbs.csv."""
        verbs = tone_verbs()
        return [verbs.get(w) if tag[0] == "V" else None for w, tag in zip(self.words, self.tags, strict=True)]

    @cached_property
    def named(self) -> list[int]:
        """The tokens that are heads of names."""
        return [i for i, form in enumerate(self.forms) if form == NAME and self.relations[i] != "compound"]

    @cached_property
    def quoted(self) -> list[bool]:
        """Does each token stand in quotation marks?"""
        found, inside = [], False
        for form in self.forms:
            inside = form in OPENING or (inside and form not in CLOSING) if form != '"' else not inside
            found.append(inside)
        return found

    def opener(self, i: int) -> int:
        """The preposition that opens the phrase of a token, or -1: need *for* peace, need *for* them to act."""
        if self.relations[i] == "pobj":
            return self.heads[i]
        before = self.leftmost(i) - 1
        if self.relations[i] == "nsubj" and before >= 0 and self.forms[before] == "for" == self.words[before]:
            return before if self.relations[before] == "prep" else -1
        return -1

    def leftmost(self, i: int) -> int:
        """The first token of the phrase of a token."""
        while (first := min(self.children[i], default=i)) < i:
            i = first
        return i

    def rightmost(self, i: int) -> int:
        """The last token of the phrase of a token."""
        while (last := max(self.children[i], default=i)) > i:
            i = last
        return i

    def line(self, i: int) -> list[int]:
        """The token and those above it, up to the root."""
        found = [i]
        while self.heads[i] != i:
            i = self.heads[i]
            found.append(i)
        return found

    def below(self, i: int) -> list[int]:
        """The token and all that hangs on it, directly or not."""
        found = [i]
        for at in found:
            found += self.children[at]
        return found

    def distances(self, *starts: int) -> list[int]:
        """The number of dependency steps from the nearest of `starts` to each token; 99 where there is no way."""
        found = [99] * len(self)
        for start in starts:
            found[start] = 0
        queue = list(starts)
        for at in queue:
            further = found[at] + 1
            for other in self.linked[at]:
                if found[other] > further:
                    found[other] = further
                    queue.append(other)
        return found


def kept_head(token: Token, place: Mapping[int, int]) -> int | None:
    """The place of the nearest token above this one that is kept, or None."""
    at, head = token, token.head
    while head.i != at.i:
        if head.i in place:
            return place[head.i]
        at, head = head, head.head
    return None


def masked(token: Token, tag: str) -> str:
    """The lower-case form of a token, or what stands for a name (also as an adjective: Russian) or a number."""
    if tag in ("NNP", "NNPS") or (tag == "JJ" and token.ent_type_ in NAMED):
        return NAME
    return NUMBER if tag == "CD" else token.lower_
