"""Stance of a statement's speaker towards each target in its content, the tone of the whole, and the words that decided.

>>> stances = analyse(read_text("Ada Roe condemned the raid on the port.")).statements[0].stances    # doctest: +SKIP
>>> stances[0].target.text, stances[0].label                                                        # doctest: +SKIP
('raid on the port', 'negative')

The holder is the speaker, never the target. Steps: the words of source, cue and content make a view of the sentence
(`helpers.tone.view`); rules find the targets (`helpers.tone.targets`); a linear model weighs readable features of each
(`helpers.tone.features`, `helpers.tone.model`), a second one in which situation the speaker names it
(`helpers.tone.situation`). Score: P(positive) − P(negative), from -1 to 1. Neutral is a verdict of its own; a stance is
`sure` where its label's calibrated probability is at least that of the model card.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from helpers.knowledge.reporting import reporting_verbs
from helpers.knowledge.tone import tone_groups
from helpers.parse import ParsedParagraph
from helpers.records import LABELS, TONES, EntityInStatement, Reason, Sentiment, Span, Stance, Statement
from helpers.tone.features import Feature, features
from helpers.tone.frames import Frame, frame, has_one_of
from helpers.tone.holder import held_view, inner_holder, role_of_holder, speaks
from helpers.tone.mixture import mixed, mixings
from helpers.tone.model import (
    SHARE,
    Three,
    Weighed,
    cooled,
    heard_scores,
    held_scores,
    holder_weights,
    likeliest,
    model,
    probabilities,
    scores,
    weighed,
)
from helpers.tone.situation import SILENT, UNSAID, situation
from helpers.tone.statement import Said, softened, statement_features, tone_weights
from helpers.tone.targets import Named, Target, find_targets
from helpers.tone.view import NAME, PLAIN, View
from helpers.tree import SUBJECTS, Word, head_of, read_tree

if TYPE_CHECKING:
    from spacy.tokens import Doc

BEINGS = ("person", "organisation", "country")  # entities that may take a stance themselves
REASONS = 4  # deciding words that are kept
TELLING = 0.2  # the least weight of a deciding word
# parts of speech not named as reasons
MUTE = frozenset("DET ADP AUX CCONJ SCONJ PART PRON PUNCT NUM SYM SPACE X".split())


@dataclass(frozen=True)
class Utterance:
    """A statement as it is judged: the view of its words, those that are content, and who is named in it."""

    paragraph: ParsedParagraph
    view: View
    content: Collection[int]
    named: Sequence[Named] = ()
    others: Mapping[int, Sequence[int]] = field(default_factory=dict)  # tokens of others' names, with the whole name


def utterance(
    statement: Statement, paragraph: ParsedParagraph, entities: Iterable[EntityInStatement] = ()
) -> Utterance | None:
    """The statement as it is judged; none where the parse holds no word of it."""
    words, said = words_of(statement, paragraph)
    if not said:
        return None
    starts = [word.idx for word in words]

    def places(span: Span | EntityInStatement) -> range:
        """The words that begin in a span of the article, by their place in the view."""
        start, end = paragraph.within(span)
        return range(bisect_left(starts, start), bisect_left(starts, end))

    source = statement.source
    holder = {words[n].i for n in places(source)} if source else ()
    own = {name for speaker in statement.speakers for name in (speaker.name, speaker.country)}
    named = [Named(tokens, e.type, e.name in own) for e in entities if (tokens := places(e))]
    others = {i: n.tokens for n in named if not n.own and n.type in BEINGS for i in n.tokens}
    content = {n for n, word in enumerate(words) if word.i in said}
    return Utterance(paragraph, View.of(words, holder), content, named, others)


def words_of(statement: Statement, paragraph: ParsedParagraph) -> tuple[list[Word], set[int]]:
    """The words of source, cue and content in order, and the numbers of those that are content."""
    tree = paragraph.tree
    words, beside = tree.words, (span for span in (statement.cue, statement.source) if span is not None)
    said = {i for span in statement.segments for i in tree.touched(*paragraph.within(span))}
    kept = said.union(*(tree.touched(*paragraph.within(span)) for span in beside))
    kept |= {words[i].head.i for i in said if words[i].dep == "pobj"}  # called instead *for* dialogue
    return [words[i] for i in sorted(kept)], said


def stances(said: Utterance) -> tuple[Stance, ...]:
    """The speaker's stance towards each target in the content, in the order of the text; none where no target is found."""
    return tuple(stance(said, target) for target in find_targets(said.view, said.content, said.named))


def stance(said: Utterance, target: Target) -> Stance:
    view, head = said.view, target.head
    shown = weighed(features(view, target.tokens))
    another = inner_holder(view, head, said.others)
    verb = role_of_holder(view)[1]
    found = situation(view, head, target.frame, verb, another is not None)
    sums = heard_scores(found, shown, target.frame.value if target.frame else 0.0)
    chances = probabilities(sums)
    held_by = None
    if another is not None and another[0] is not head:
        held_by = span_of(view, said.others.get(another[0].i, [another[0].i]), said.paragraph)
    label = likeliest(chances, LABELS)
    telling = reasons(pulls(found, shown), view, said.paragraph)
    return Stance(
        target=span_of(view, range(target.start, target.end), said.paragraph),
        label=label,
        score=round(chances[2] - chances[0], 4),
        probabilities=tuple(round(chance, 4) for chance in chances),
        sure=max(chances) >= model().sure and all(name != UNSAID for name, _, _ in found),
        demand=target.frame is None and head.dep in SUBJECTS and has_one_of("demand", head.head),
        held_by=held_by,
        reasons=telling,
        rest=round(sums[2] - sums[0] - sum(r.weight for r in telling), 3),
        settled=is_settled(found, target.frame),
    )


def stances_in(view: View, content: Collection[int]) -> list[Three]:
    """The probabilities of the speaker's stance towards each target in the content of a view."""
    return [probabilities(heard_scores(*heard(view, target.tokens))) for target in find_targets(view, content, [])]


def heard(view: View, target: Sequence[int]) -> tuple[list[Feature], list[Weighed], float]:
    """In which situation the holder speaks of a target, what the sentence shows of it, and what the words that govern it say."""
    head = head_of([view.words[i] for i in target])
    others = {w.i for w in view.words if w.lower == NAME} - view.holder - set(target)
    said, another = frame(view, head), inner_holder(view, head, others) is not None
    found = situation(view, head, said, role_of_holder(view)[1], another)
    return found, weighed(features(view, target)), said.value if said else 0.0


def is_settled(found: Sequence[Feature], said: Frame | None) -> bool:
    """Does the situation, or the form of what is said, settle the stance whatever the words?"""
    return any(name in SILENT for name, _, _ in found) or (said is not None and said.fixed)


def sentiment(said: Utterance, held: Sequence[Stance]) -> Sentiment:
    """The tone of the whole statement, in which the stances in it count."""
    whole = Said(said.view, sorted(said.content), role_of_holder(said.view)[1], [s.probabilities for s in held])
    found = weighed(statement_features(whole), tone_weights())
    chances = softened(found)
    deciding = [(token, (w[2] - w[0]) * value, name) for (name, token, value), w in found]
    return Sentiment(
        label=likeliest(chances, TONES),
        score=round(chances[2] - chances[0], 4),
        probabilities=tuple(round(chance, 4) for chance in chances),
        reasons=reasons(deciding, said.view, said.paragraph),
    )


def span_of(view: View, tokens: Sequence[int], paragraph: ParsedParagraph) -> Span:
    """The article's span from the first to the last of some tokens of a view."""
    return paragraph.span(view.words[tokens[0]].idx, view.words[tokens[-1]].end)


def pulls(found: Sequence[Feature], shown: Iterable[Weighed]) -> list[tuple[int, float, str]]:
    """Of each feature the token that it comes from, how far it pulls for (+) or against (-) the target, and its name."""
    own = [(token, weights[3] * value, name) for (name, token, value), weights in weighed(found, holder_weights())]
    if any(name in SILENT for name, _, _ in found):
        return own
    share = SHARE / model().temperature
    return [*own, *((token, share * weights[3] * value, name) for (name, token, value), weights in shown)]


def reasons(found: Sequence[tuple[int, float, str]], view: View, paragraph: ParsedParagraph) -> tuple[Reason, ...]:
    """The words that decided, the weightiest first: what their features together add for (+) or against (-)."""
    sums = [0.0] * (len(view) + 1)  # the last is that of the sentence as a whole
    for token, pull, _ in found:
        sums[token] += pull
    heavy = [w for w in view.words if abs(sums[w.i]) >= TELLING and not is_mute(w)]
    telling = sorted(heavy, key=lambda w: -abs(sums[w.i]))[:REASONS]
    strongest = {w.i: (-1.0, "") for w in telling}
    for token, pull, name in found:
        if token in strongest and abs(pull) > strongest[token][0]:
            strongest[token] = abs(pull), name
    return tuple(Reason(span_of(view, [w.i], paragraph), round(sums[w.i], 3), strongest[w.i][1]) for w in telling)


def is_mute(word: Word) -> bool:
    """Is it a word that tells a reader nothing, whatever its weight: the, of, said?"""
    verb = reporting_verbs().get(word.lemma) if word.pos == "VERB" else None
    if verb is not None and verb.kind in PLAIN:
        return True
    return word.pos in MUTE and word.text.lower() not in tone_groups()["telling"]


def judged(
    doc: Doc, target: Sequence[int], holder: Sequence[int] = (), encoder: Sequence[float] | None = None
) -> tuple[float, ...]:
    """The probabilities of the stance towards the tokens `target` of a sentence: that of `holder`, else what it shows.

    What the `encoder` gives counts too, but where the situation itself decides: what was not said, and others' views.

    >>> judged(pipeline()("Roe praised Lind."), [2], [0])[2] > 0.5      # doctest: +SKIP
    True
    """
    chances, kind = readable_verdict(doc, target, holder)
    return mixed(chances, encoder, mixings()[kind]) if kind and encoder is not None else chances


def readable_verdict(doc: Doc, target: Sequence[int], holder: Sequence[int] = ()) -> tuple[Three, str]:
    """What the readable models give, and whether it is a stance "shown", "held" or "heard"; "" where it is settled."""
    tree = read_tree(doc)
    if not holder or set(holder) & set(target):
        return probabilities(cooled(scores(weighed(features(View.of(tree.words), target))))), "shown"
    view, target, together = held_view(tree, holder, target)
    told = frame(view, head_of([view.words[i] for i in target]))
    if speaks(view):
        found, shown, said = heard(view, target)
        return probabilities(heard_scores(found, shown, said)), "" if is_settled(found, told) else "heard"
    sums = held_scores(scores(weighed(features(view, target))), told.value if told and together else 0.0, together)
    return probabilities(cooled(sums)), "held"
