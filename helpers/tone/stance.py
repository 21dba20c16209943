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

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from helpers.knowledge.reporting import reporting_verbs
from helpers.parse import ParsedParagraph
from helpers.records import Cue, EntityInStatement, Reason, Span, Stance, Statement
from helpers.tone.features import features, head_of
from helpers.tone.frames import demanded, frame
from helpers.tone.holder import held_view, inner_holder
from helpers.tone.model import Three, Weighed, held_scores, label_of, model, probabilities, scores, weighed
from helpers.tone.targets import Named, Target, find_targets
from helpers.tone.view import PLAIN, View

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

UNMOVED = ("discuss", "ask")  # classes of cues that show no stance: reviewed the situation, asked about it
BEINGS = ("person", "organisation", "country")  # entities that may take a stance themselves
REASONS = 4  # deciding words that are kept
TELLING = 0.2  # the least weight of a deciding word
MUTE = frozenset(
    "DET ADP AUX CCONJ SCONJ PART PRON PUNCT NUM SYM SPACE X".split()
)  # parts of speech not named as reasons
VOCAL = frozenset("must should ought no not n't n’t against than without".split())  # but these are


def stances(
    statement: Statement, paragraph: ParsedParagraph, entities: Iterable[EntityInStatement] = ()
) -> tuple[Stance, ...]:
    """The speaker's stance towards each target in the content, in the order of the text; none where no target is found."""
    items, content = tokens_of(statement, paragraph)
    if not content:
        return ()
    source = statement.source
    start, end = paragraph.within(source) if source else (0, 0)
    holder = {t.i for t in items if start <= t.idx < end}
    view = View.of(items, holder)
    own = {s.name for s in statement.speakers} | {s.country for s in statement.speakers if s.country}
    named = [n for e in entities if (n := named_at(e, own, items, paragraph)) is not None]
    expressive = not any(f"cue: {kind}" in statement.why for kind in UNMOVED)
    targets = find_targets(view, items, content, named)
    others = {i: n.tokens for n in named if not n.own and n.type in BEINGS for i in n.tokens}
    return tuple(stance(view, items, target, paragraph, expressive, others) for target in targets)


def tokens_of(statement: Statement, paragraph: ParsedParagraph) -> tuple[list[Token], set[int]]:
    """The tokens of source, cue and content in order, and which of them (by place in that list) are content."""
    doc = paragraph.doc
    said = {i for span in statement.segments for i in tokens_in(span, paragraph)}
    beside = (span for span in (statement.cue, statement.source) if span is not None)
    kept = said.union(*(tokens_in(span, paragraph) for span in beside))
    kept |= {doc[i].head.i for i in said if doc[i].dep_ == "pobj"}  # called instead *for* dialogue
    items = [doc[i] for i in sorted(kept)]
    return items, {n for n, token in enumerate(items) if token.i in said}


def tokens_in(span: Span | Cue, paragraph: ParsedParagraph) -> range:
    """The numbers of the tokens that a span of the article touches."""
    found = paragraph.doc.char_span(*paragraph.within(span), alignment_mode="expand")
    return range(found.start, found.end) if found is not None else range(0)


def named_at(
    entity: EntityInStatement, own: set[str], items: Sequence[Token], paragraph: ParsedParagraph
) -> Named | None:
    """The mention of an entity as tokens of the view; `own` names the speakers and their countries: the own side."""
    start, end = paragraph.within(entity)
    tokens = tuple(n for n, t in enumerate(items) if start <= t.idx < end)
    return Named(tokens, entity.type, entity.name in own) if tokens else None


def stance(
    view: View,
    items: Sequence[Token],
    target: Target,
    paragraph: ParsedParagraph,
    expressive: bool,
    others: Mapping[int, Sequence[int]],
) -> Stance:
    """The verdict on one target. `others` are the tokens that name somebody not of the speaker's side, with the whole name."""
    found = weighed(features(view, target.tokens))
    asked = target.frame is None and demand(view, target.head)
    said = target.frame.value if target.frame else 0.0
    held_by = None
    if (another := inner_holder(view, target.head, others)) is not None:  # their words, not the speaker's
        who, verb = another
        told = set(view.below(verb))
        found, said, expressive = [w for w in found if w[0][1] not in told], 0.0, False
        if who != target.head:
            held_by = words_at(items, others.get(who, [who]), paragraph)
    chances = probabilities(held_scores(scores(found), said, together=expressive, demand=asked))
    label = label_of(chances)
    return Stance(
        target=words_at(items, range(target.start, target.end), paragraph),
        label=label,
        score=round(chances[2] - chances[0], 4),
        probabilities=(round(chances[0], 4), round(chances[1], 4), round(chances[2], 4)),
        sure=max(chances) >= model().sure,
        demand=asked,
        held_by=held_by,
        reasons=reasons(found, view, items, paragraph),
    )


def words_at(items: Sequence[Token], tokens: Sequence[int], paragraph: ParsedParagraph) -> Span:
    """The article's span from the first to the last of some tokens of a view."""
    last = items[tokens[-1]]
    return paragraph.span(items[tokens[0]].idx, last.idx + len(last.text))


def demand(view: View, head: int) -> bool:
    """Does the speaker say how the target must or should be?"""
    verb = view.heads[head]
    return view.relations[head] in ("nsubj", "nsubjpass") and demanded(view, verb)


def reasons(
    found: Sequence[Weighed], view: View, items: Sequence[Token], paragraph: ParsedParagraph
) -> tuple[Reason, ...]:
    """The words that decided, the weightiest first: what their features together add for (+) or against (-) the target."""
    sums: dict[int, float] = {}
    best: dict[int, tuple[float, str]] = {}
    spoken = 2 * model().spoken
    for (name, token, value), weight in found:
        if token < 0:
            continue
        pull = (weight[2] - weight[0] + (spoken if name == "frame" else 0.0)) * value
        sums[token] = sums.get(token, 0.0) + pull
        if token not in best or abs(pull) > abs(best[token][0]):
            best[token] = (pull, name)
    heavy = [t for t in sums if abs(sums[t]) >= TELLING and not is_mute(view, t, items[t].pos_)]
    telling = sorted(heavy, key=lambda t: (-abs(sums[t]), t))[:REASONS]
    return tuple(Reason(words_at(items, [t], paragraph), round(sums[t], 3), best[t][1]) for t in telling)


def is_mute(view: View, i: int, part_of_speech: str) -> bool:
    """Is it a word that tells a reader nothing, whatever its weight: the, of, said?"""
    verb = reporting_verbs().get(view.words[i])
    plain = part_of_speech == "VERB" and verb is not None and verb.kind in PLAIN
    return plain or (part_of_speech in MUTE and view.raw[i] not in VOCAL)


def judged(doc: Doc, target: Sequence[int], holder: Sequence[int] = ()) -> Three:
    """The probabilities of the stance towards the tokens `target` of a sentence: that of `holder`, else what it shows.

    >>> judged(pipeline()("Roe praised Lind."), [2], [0])[2] > 0.5      # doctest: +SKIP
    True
    """
    if not holder or set(holder) & set(target):
        return probabilities(scores(weighed(features(View.of(doc), target))))
    view, target, together = held_view(doc, holder, target)
    said = frame(view, head_of(view, target)) if together else None
    return probabilities(held_scores(scores(weighed(features(view, target))), said.value if said else 0.0, together))
