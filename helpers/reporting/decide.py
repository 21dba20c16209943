"""Which drafts are statements: a linear model over features that a person can read.

>>> features(draft, read, drafts)[:3]      # doctest: +SKIP
['verb say', 'class say', 'form clause after the cue']

Grammar proposes (`helpers.reporting.drafts`), this decides: the probability is the logistic of the sum of the weights of a
draft's features. The weights lie in ``data/models/statements.json``, beside their card; `helpers.accuracy.training` makes them.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from helpers.folders import MODELS
from helpers.knowledge.reporting import reporting_verbs, speaker_nouns
from helpers.names.mentions import CAPITALISED
from helpers.names.paragraphs import Read
from helpers.reporting.drafts import WITHOUT_SOURCE, Draft
from helpers.reporting.sources import ABOVE
from helpers.text.quotation_marks import Quotation

if TYPE_CHECKING:
    from spacy.tokens import Token

WEIGHTS = MODELS / "statements.json"
SURE = 0.6  # from this probability on, what nobody is named for and what stands inside another's content is kept
LENGTHS = (1, 2, 4, 8, 15, 30)  # words; the upper ends of the length features


@cache
def model() -> tuple[dict[str, float], float]:
    """The weights by feature, and the probability from which a draft is kept."""
    stored = json.loads(WEIGHTS.read_text(encoding="utf8"))
    return stored["weights"], stored["threshold"]


def decided(read: Read, drafts: list[Draft], quotations: Sequence[Quotation]) -> list[Draft]:
    """The drafts that are statements, each with its probability as `confidence`."""
    threshold = model()[1]
    kept = []
    for draft in drafts:
        draft.confidence = likelihood(draft, read, drafts, quotations)
        if draft.confidence >= (SURE if draft.rules[0] == WITHOUT_SOURCE else threshold):
            kept.append(draft)
    kept = [draft for draft in kept if not is_infinitive_inside(draft, kept)]
    return [draft for draft in kept if not inner(draft, kept)]


def is_infinitive_inside(draft: Draft, drafts: list[Draft]) -> bool:
    """Is the cue the verb of an infinitive that is itself content: refused to *say whether* …, vowed to *raise the matter*?"""
    if draft.rules[0] != ABOVE or draft.cue is None or draft.cue.head.dep_ != "xcomp":
        return False
    return any(d.cue is not None and d.cue.head.i == draft.cue.head.head.i for d in drafts)


def inner(draft: Draft, drafts: list[Draft]) -> bool:
    """Is a doubtful draft whose cue has no subject of its own part of another's content?"""
    if draft.rules[0] != ABOVE or draft.cue is None or draft.confidence >= SURE:
        return False
    at = draft.cue.head.idx
    return any(other.covers(at, at + 1) for other in drafts if other is not draft)


def likelihood(draft: Draft, read: Read, drafts: list[Draft], quotations: Sequence[Quotation]) -> float:
    """The probability that a draft is a statement, among all `drafts` of its paragraph."""
    return probability(features(draft, read, drafts, quotations), model()[0])


def probability(names: list[str], weights: dict[str, float]) -> float:
    """The logistic of the sum of the weights; a feature that has none counts nothing.

    >>> probability(["a"], {"a": 2.0, "": -2.0})
    0.5
    """
    return 1.0 / (1.0 + math.exp(-sum(weights.get(name, 0.0) for name in ["", *names])))


def features(draft: Draft, read: Read, drafts: list[Draft], quotations: Sequence[Quotation]) -> list[str]:
    """What speaks for or against a draft, as plain words."""
    cue, content = draft.cue, draft.content
    assert cue is not None and content is not None
    verb, form, doc = cue.head, content.rule, read.parsed.doc
    lemma = cue.noun.lemma_.lower() if cue.noun is not None else verb.lemma_.lower()
    words = sum(len(read.parsed.text[a:b].split()) for a, b in draft.ranges)
    inside = [d for d in drafts if d is not draft and d.covers(verb.idx, verb.idx + 1)]
    source = source_kind(draft, read)
    first = doc[content.ranges[0][0]]
    names = [
        f"verb {lemma}",
        f"class {cue.kind}",
        f"form {form}",
        f"source rule {draft.rules[0]}",
        f"source {source}",
        f"class {cue.kind}, form {form}",
        f"verb {lemma}, form {form}",
        f"source {source}, form {form}",
        f"cue tag {verb.tag_}",
        f"cue tag {verb.tag_}, form {form}",
        f"cue relation {verb.dep_}",
        f"content begins {first.tag_}",
        f"content begins {first.tag_}, form {form}",
        f"length {next((n for n in LENGTHS if words <= n), 99)}",
        f"quotes {quoted_share(draft, quotations)}",
        f"quotes {quoted_share(draft, quotations)}, form {form}",
        f"opener {cue.opener.lower_ if cue.opener is not None else 'none'}",
        f"paragraph {read.parsed.paragraph.kind}",
        f"segments {len(draft.ranges)}",
    ]
    if inside:
        outer = max(inside, key=lambda d: d.confidence)
        names += [
            "in another's content",
            f"in another's content, form {form}",
            f"in another's content, source rule {draft.rules[0]}",
        ]
        names.append(f"in another's content by {outer.rules[1]}")
    names += [f"cue has {name}" for name in circumstances(verb)]
    return names


def circumstances(verb: Token) -> list[str]:
    """What stands around the cue: negation, a modal, "to", "if" …"""
    found = []
    for child in verb.children:
        if child.dep_ == "neg":
            found.append("negation")
        elif child.tag_ == "MD":
            found.append(f"modal {child.lower_}")
        elif child.tag_ == "TO":
            found.append("to")
        elif child.dep_ == "mark" and child.i < verb.i:
            found.append(f"mark {child.lower_}")
        elif child.dep_ == "aux" and child.lemma_ in ("have", "be", "do"):
            found.append(f"auxiliary {child.lemma_}")
        elif child.dep_ in ("dobj", "dative") and child.i < verb.i + 3:
            found.append("object beside")
        elif child.dep_ == "advmod" and child.tag_ == "WRB":
            found.append("wh-adverb")
        elif child.dep_ == "dobj" and child.tag_ in ("WP", "WDT"):
            found.append("wh-object")
    above = verb.head.lemma_.lower()
    if verb.dep_ in ("xcomp", "ccomp", "advcl", "conj", "pcomp", "acl", "relcl"):
        found.append(
            f"{verb.dep_} of a reporting verb" if above in reporting_verbs() else f"{verb.dep_} of another word"
        )
    if verb.dep_ in ("xcomp", "ccomp", "pcomp") and above in reporting_verbs():
        found.append(f"{verb.dep_} of class {reporting_verbs()[above].kind}")
    return found


def source_kind(draft: Draft, read: Read) -> str:
    """What the source is: a person by name, a pronoun, a role, a body, a noun."""
    head = draft.head
    if head is None:
        return "none"
    if head.pos_ == "PRON" or head.tag_ in ("WP", "WDT", "DT"):
        return f"pronoun {head.lower_}"
    if any(name.start <= head.i < name.end and name.rule != CAPITALISED for name in read.names):
        return "person"
    if any(role.head_start <= head.i < role.head_end for role in read.roles):
        return "role"
    known = next((k.kind for k in read.known if k.start <= head.i < k.end), None)
    if known:
        return known
    noun = speaker_nouns().get(head.lemma_.lower())
    if noun:
        return f"{noun} noun"
    return f"name {head.ent_type_ or 'unknown'}" if head.pos_ == "PROPN" else f"noun {head.ent_type_ or 'unknown'}"


def quoted_share(draft: Draft, quotations: Sequence[Quotation]) -> str:
    """How much of the content stands in quotation marks: none, some, all."""
    length = sum(b - a for a, b in draft.ranges)
    inside = sum(max(0, min(b, q.end) - max(a, q.start)) for a, b in draft.ranges for q in quotations)
    return "none" if not inside else "all" if inside >= 0.9 * length else "some"
