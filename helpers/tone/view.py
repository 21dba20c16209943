"""A sentence, or the part of it that somebody says, as the features of stance read it, made once for all targets in it.

>>> view = View.of(read_tree(pipeline()("Ada Roe did not condemn the raid.")).words)     # doctest: +SKIP
>>> [word.lemma for word in view.words], view.negated[4]                                  # doctest: +SKIP
(['NAME', 'NAME', 'do', 'not', 'condemn', 'the', 'raid', '.'], True)

It is a tree of its own, numbered from 0: where a word's head is left out, the word hangs on the nearest above it that is
not. Names of people and places are masked in it, so that nothing is learnt about anybody in particular.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import chain

from helpers.knowledge.reporting import reporting_verbs
from helpers.knowledge.tone import Tone, tone_groups, tone_phrases, tone_verbs, tone_words, vader
from helpers.tree import SUBJECTS, Word, ancestors, children, clause_heads, linked, nearest

NAME, NUMBER = "NAME", "NUMBER"
TURNED = -0.7  # what a negation leaves of a weight
UNTOLD = Tone("", "part of a phrase", 0)
PLAIN = frozenset("say claim suggest stress ask discuss describe express attitude".split())  # classes without a tone
NAMED = frozenset("PERSON NORP GPE ORG LOC FAC".split())  # entity types of the parser whose words are masked
REACH = 3  # tokens before a word in which a negation without a tree counts
STOPS = (",", ".", ";", "but")  # and what ends that reach
AHEAD = 7  # tokens after a negation in which a comparison turns it into praise
COMPARATIVES = ("JJR", "RBR")
COMPLEMENTS = ("acomp", "attr", "xcomp", "dobj", "oprd")


@dataclass(frozen=True)
class View:
    """Words with lower-case forms and lemmas, names masked; those of `holder` are masked whatever they are."""

    words: tuple[Word, ...]
    holder: frozenset[int] = frozenset()

    @classmethod
    def of(cls, words: Sequence[Word], holder: Collection[int] = ()) -> View:
        """The view of these words of a tree, all or a part; `holder` are numbers in that tree."""
        place = {word.i: n for n, word in enumerate(words)}
        copies, heads, size = [], [], len(words)
        for n, w in enumerate(words):
            above = place.get(w.head.i) if w.head is not w else None
            if above is None and (kept := nearest(w, place)) is not None:
                above = place[kept.i]
            form = NAME if w.i in holder else masked(w)
            lemma = form if form in (NAME, NUMBER) else w.lemma
            relation = w.dep if above is not None else "ROOT"
            copies.append(Word(n, w.idx, w.text, form, lemma, w.tag, w.pos, relation, w.ent, n, n, 0, size))
            heads.append(n if above is None else above)
        return cls(linked(copies, heads).words, frozenset(place[i] for i in holder if i in place))

    def __len__(self) -> int:
        return len(self.words)

    @cached_property
    def clauses(self) -> list[Word]:
        """The verb that heads the clause of each token."""
        return clause_heads(self.words)

    @cached_property
    def denials(self) -> list[tuple[Word, Word]]:
        """The words and phrases that turn something round, each with what it belongs to: *not* done, *hardly* a success,
        *by no means* generous; but "never been stronger" and "could not be better" praise."""
        negations, phrases = tone_groups()["negation"], negating_phrases()
        found = []
        for word in self.words:
            if word.lower in negations and not self.outdone(word):
                subject = word.dep in ("det", "preconj", "cc") and word.head.dep in SUBJECTS and word.lower != "no"
                found.append((word, self.clauses[word.i] if subject or word.dep in SUBJECTS else head_denied(word)))
            for phrase in phrases.get(word.lower, ()):
                if self.ends_with(word, phrase):
                    first, after = self.words[word.i + 1 - len(phrase)], self.words[word.i + 1 : word.i + 2]
                    outside = (w for w in ancestors(first) if not first.i <= w.i <= word.i)
                    deed = (w for w in after if w.tag == "VBG")  # far from *weakening* it
                    found.append((word, next(chain(deed, outside), word)))
        return found

    def outdone(self, word: Word) -> bool:
        """Does a comparison make praise of the negation: *never* been stronger, could *not* be better?"""
        could = word.dep == "neg" and any(c.lower == "could" for c in word.head.children)
        ahead = self.words[word.i + 1 : word.i + AHEAD]
        return (could or word.lower == "never") and any(w.tag in COMPARATIVES for w in ahead)

    def ends_with(self, word: Word, phrase: Sequence[str]) -> bool:
        return [w.lower for w in self.words[max(0, word.i + 1 - len(phrase)) : word.i + 1]] == list(phrase)

    @cached_property
    def denied(self) -> frozenset[int]:
        """The words that a negation belongs to."""
        return frozenset(head.i for _, head in self.denials)

    @cached_property
    def negated(self) -> list[bool]:
        """Does a negation turn each token round: its own, its verb's, or one a few words before?"""
        downtoners, denying = tone_groups()["downtoner"], tone_groups()["denying"]
        found = [False] * len(self)
        for word in self.words:
            if word.lemma in denying:
                for clause in children(word, "ccomp"):
                    found[clause.left : clause.right + 1] = [True] * (clause.right + 1 - clause.left)
        turning = [*self.denials, *((word, word) for word in self.words if word.lemma in downtoners)]
        for word, head in turning:
            for i in self.turned_by(word, head):
                found[i] = True
        return found

    def turned_by(self, word: Word, head: Word) -> Iterator[int]:
        """The tokens that a negation turns round: what it belongs to, the next few words, what its verb makes of something."""
        yield head.i
        if word is head or word.dep not in ("neg", "advmod"):
            yield from (c.i for c in word.children if c.i > word.i)
        for other in self.words[word.i + 1 : word.i + 1 + REACH]:
            if other.lower in STOPS:
                break
            yield other.i
        yield from (c.i for c in children(head, *COMPLEMENTS) if c.i > head.i)

    @cached_property
    def tones(self) -> list[Tone | None]:
        """Of each token the entry of tone_words.csv, if it is one; that of a phrase stands at its last word."""
        single, phrases = tone_words(), tone_phrases()
        found = [single.get(word.lower) or single.get(word.lemma) for word in self.words]
        for i, word in enumerate(self.words):
            if word.lower not in phrases and word.lemma not in phrases:
                continue
            for phrase in phrases.get(word.lower, ()) or phrases.get(word.lemma, ()):
                there = self.words[i : i + len(phrase)]
                if len(there) == len(phrase) and all(
                    p in (w.lower, w.lemma, w.text.lower()) for p, w in zip(phrase, there, strict=True)
                ):
                    found[i : i + len(phrase)] = [UNTOLD] * (len(phrase) - 1) + [single[" ".join(phrase)]]
                    break
        return found

    @cached_property
    def valences(self) -> list[tuple[float, float]]:
        """Of each token the weight in VADER's list and in the project's own, turned round by a negation."""
        general, reporting, found = vader(), reporting_verbs(), []
        for word, tone, negated in zip(self.words, self.tones, self.negated, strict=True):
            theirs = 0.0
            if tone is None or tone.tone:
                theirs = general.get(word.lower, general.get(word.lemma, 0.0))
            plain = word.tag[0] == "V" and (told := reporting.get(word.lemma)) is not None and told.kind in PLAIN
            if plain or (tone is None and not theirs):
                found.append((0.0, 0.0))
                continue
            if tone and theirs * tone.tone < 0:
                theirs = 0.0  # the project's own list knows this prose better
            sign = TURNED if negated else 1.0
            found.append((sign * theirs, sign * tone.tone if tone else 0.0))
        return found

    @cached_property
    def tone_verbs(self) -> list[Tone | None]:
        """Of each verb the entry of tone_verbs.csv."""
        verbs = tone_verbs()
        return [verbs.get(word.lemma) if word.tag[0] == "V" else None for word in self.words]

    @cached_property
    def named(self) -> list[Word]:
        return [word for word in self.words if word.lower == NAME and word.dep != "compound"]


@cache
def negating_phrases() -> dict[str, list[list[str]]]:
    """The phrases that turn something round as lists of words, by their last word."""
    found: dict[str, list[list[str]]] = {}
    for words in (phrase.split() for phrase in tone_groups()["negating"] if " " in phrase):
        found.setdefault(words[-1], []).append(words)
    return found


def head_denied(word: Word) -> Word:
    """What a negating word belongs to; of "trust, not leverage" what follows is denied."""
    head = word.head if word.dep in ("neg", "advmod", "det", "preconj") else word
    return word if word.i > head.i and head.tag[0] in "NJ" else head


def masked(word: Word) -> str:
    """The lower-case form of a word, or what stands for a name (also as an adjective: Russian) or a number."""
    if word.tag in ("NNP", "NNPS") or (word.tag == "JJ" and word.ent in NAMED):
        return NAME
    return NUMBER if word.tag == "CD" else word.lower
