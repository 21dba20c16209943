"""Stance of a statement's speaker towards each target in its content, and the words that decided.

>>> stances = analyse(read_text("Ada Roe condemned the raid on the port.")).statements[0].stances    # doctest: +SKIP
>>> stances[0].target.text, stances[0].label                                                        # doctest: +SKIP
('raid on the port', 'negative')

The holder is the speaker, never the target. Steps: the words of source, cue and content make a view of the sentence
(`helpers.tone.view`); rules find the targets (`helpers.tone.targets`); a linear model weighs readable features of each
(`helpers.tone.features`, `helpers.tone.model`). Score: P(positive) − P(negative), from -1 to 1. Neutral is a verdict of
its own; a stance is `sure` where its label's calibrated probability is at least that of the model card.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from helpers.knowledge.reporting import cue_class, reporting_verbs
from helpers.knowledge.tone import tone_groups
from helpers.parse import ParsedParagraph
from helpers.records import EntityInStatement, Reason, Span, Stance, Statement
from helpers.tone.features import Feature, features
from helpers.tone.frames import frame, has_one_of
from helpers.tone.holder import held_view, inner_holder, speaks, verb_of_holder
from helpers.tone.model import (
    Three,
    Weighed,
    cooled,
    held_scores,
    holder_weights,
    label_of,
    model,
    probabilities,
    scores,
    weighed,
)
from helpers.tone.situation import situation
from helpers.tone.targets import Named, Target, find_targets
from helpers.tone.view import NAME, PLAIN, View
from helpers.tree import SUBJECTS, Word, below, head_of, read_tree

if TYPE_CHECKING:
    from spacy.tokens import Doc

UNMOVED = ("discuss", "ask")  # classes of cues that show no stance: reviewed the situation, asked about it
BEINGS = ("person", "organisation", "country")  # entities that may take a stance themselves
REASONS = 4  # deciding words that are kept
TELLING = 0.2  # the least weight of a deciding word
# parts of speech not named as reasons
MUTE = frozenset("DET ADP AUX CCONJ SCONJ PART PRON PUNCT NUM SYM SPACE X".split())


def stances(
    statement: Statement, paragraph: ParsedParagraph, entities: Iterable[EntityInStatement] = ()
) -> tuple[Stance, ...]:
    """The speaker's stance towards each target in the content, in the order of the text; none where no target is found."""
    words, said = words_of(statement, paragraph)
    if not said:
        return ()
    starts = [word.idx for word in words]

    def places(span: Span | EntityInStatement) -> range:
        """The words that begin in a span of the article, by their place in the view."""
        start, end = paragraph.within(span)
        return range(bisect_left(starts, start), bisect_left(starts, end))

    source, cue = statement.source, statement.cue
    holder = {words[n].i for n in places(source)} if source else ()
    view = View.of(words, holder)
    own = {name for speaker in statement.speakers for name in (speaker.name, speaker.country)}
    named = [Named(tokens, e.type, e.name in own) for e in entities if (tokens := places(e))]
    content = {n for n, word in enumerate(words) if word.i in said}
    expressive = cue is None or cue_class(cue.lemma) not in UNMOVED
    others = {i: n.tokens for n in named if not n.own and n.type in BEINGS for i in n.tokens}
    return tuple(stance(view, target, paragraph, expressive, others) for target in find_targets(view, content, named))


def words_of(statement: Statement, paragraph: ParsedParagraph) -> tuple[list[Word], set[int]]:
    """The words of source, cue and content in order, and the numbers of those that are content."""
    tree = paragraph.tree
    words, beside = tree.words, (span for span in (statement.cue, statement.source) if span is not None)
    said = {i for span in statement.segments for i in tree.touched(*paragraph.within(span))}
    kept = said.union(*(tree.touched(*paragraph.within(span)) for span in beside))
    kept |= {words[i].head.i for i in said if words[i].dep == "pobj"}  # called instead *for* dialogue
    return [words[i] for i in sorted(kept)], said


def stance(
    view: View, target: Target, paragraph: ParsedParagraph, expressive: bool, others: Mapping[int, Sequence[int]]
) -> Stance:
    """The verdict on one target. `others` are the tokens that name somebody not of the speaker's side, with the whole name."""
    found = weighed(features(view, target.tokens))
    subject = target.frame is None and target.head.dep in SUBJECTS
    asked = subject and has_one_of("demand", target.head.head)  # how the target must or should be
    said = target.frame.value if target.frame else 0.0
    held_by = None
    if (another := inner_holder(view, target.head, others)) is not None:  # their words, not the speaker's
        who, verb = another
        told = {word.i for word in below(verb)}
        found, said, expressive = [w for w in found if w[0][1] not in told], 0.0, False
        if who is not target.head:
            held_by = span_of(view, others.get(who.i, [who.i]), paragraph)
    chances = probabilities(held_scores(scores(found), said, together=expressive, demand=asked))
    label = label_of(chances)
    return Stance(
        target=span_of(view, range(target.start, target.end), paragraph),
        label=label,
        score=round(chances[2] - chances[0], 4),
        probabilities=(round(chances[0], 4), round(chances[1], 4), round(chances[2], 4)),
        sure=max(chances) >= model().sure,
        demand=asked,
        held_by=held_by,
        reasons=reasons(found, view, paragraph),
    )


def span_of(view: View, tokens: Sequence[int], paragraph: ParsedParagraph) -> Span:
    """The article's span from the first to the last of some tokens of a view."""
    return paragraph.span(view.words[tokens[0]].idx, view.words[tokens[-1]].end)


def reasons(found: Sequence[Weighed], view: View, paragraph: ParsedParagraph) -> tuple[Reason, ...]:
    """The words that decided, the weightiest first: what their features together add for (+) or against (-) the target."""
    sums = [0.0] * (len(view) + 1)  # the last is that of the sentence as a whole
    for (_, token, value), weights in found:
        sums[token] += weights[3] * value
    heavy = [w for w in view.words if abs(sums[w.i]) >= TELLING and not is_mute(w)]
    telling = sorted(heavy, key=lambda w: -abs(sums[w.i]))[:REASONS]
    strongest = {w.i: (-1.0, "") for w in telling}
    for (name, token, value), weights in found:
        if token in strongest and abs(weights[3] * value) > strongest[token][0]:
            strongest[token] = abs(weights[3] * value), name
    return tuple(Reason(span_of(view, [w.i], paragraph), round(sums[w.i], 3), strongest[w.i][1]) for w in telling)


def is_mute(word: Word) -> bool:
    """Is it a word that tells a reader nothing, whatever its weight: the, of, said?"""
    verb = reporting_verbs().get(word.lemma) if word.pos == "VERB" else None
    if verb is not None and verb.kind in PLAIN:
        return True
    return word.pos in MUTE and word.text.lower() not in tone_groups()["telling"]


def judged(doc: Doc, target: Sequence[int], holder: Sequence[int] = ()) -> Three:
    """The probabilities of the stance towards the tokens `target` of a sentence: that of `holder`, else what it shows.

    >>> judged(pipeline()("Roe praised Lind."), [2], [0])[2] > 0.5      # doctest: +SKIP
    True
    """
    tree = read_tree(doc)
    if not holder or set(holder) & set(target):
        return probabilities(cooled(scores(weighed(features(View.of(tree.words), target)))))
    view, target, together = held_view(tree, holder, target)
    if speaks(verb_of_holder(view)):
        return probabilities(scores(weighed(heard(view, target), holder_weights())))
    said = frame(view, head_of([view.words[i] for i in target])) if together else None
    return probabilities(
        cooled(held_scores(scores(weighed(features(view, target))), said.value if said else 0.0, together))
    )


def heard(view: View, target: Sequence[int]) -> list[Feature]:
    """In which situation the holder speaks of the target, and what the sentence shows of it."""
    head = head_of([view.words[i] for i in target])
    others = {w.i for w in view.words if w.lower == NAME} - view.holder - set(target)
    another = inner_holder(view, head, others) is not None
    shown = cooled(scores(weighed(features(view, target))))
    return situation(view, head, frame(view, head), verb_of_holder(view), another, shown)
