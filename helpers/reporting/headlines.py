"""Headlines: what somebody says in them, with a colon or with a verb that the parser takes for a noun.

>>> headline_reports([], read, people, model)[0].rules        # doctest: +SKIP
('headline_label',)

“Roe: pact will hold”, “Pact will hold – ministry”, “Court rules pact is void”. A headline drops articles and says "is" by a comma,
so the parser, made for whole sentences, often reads it wrongly.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from helpers.knowledge.reporting import newsrooms, reporting_verbs, speaker_nouns
from helpers.names.paragraphs import Read
from helpers.parse import Range
from helpers.records import Person
from helpers.reporting.choose import Model
from helpers.reporting.paragraphs import laid_out
from helpers.reporting.reports import CueAt, Report
from helpers.reporting.turns import means
from helpers.text.transcripts import is_heading

DASH = re.compile(r"(?<=\s)[–—-](?=\s|[^\W\d_])")
LONGEST_LABEL, SHORTEST_HEADLINE = 4, 4  # words
SHORT_FORM = 6  # letters of a body's short form are fewer


def headline_reports(found: Sequence[Report], read: Read, people: Mapping[str, Person], model: Model) -> list[Report]:
    """What a headline reports: by its colon, by its verb, or as `found`."""
    labelled = by_colon(read, people, model)
    if labelled is not None:
        return [labelled]
    verb = by_verb(read, people, model)
    return list(found) if verb is None else [verb]


def heading_report(read: Read, people: Mapping[str, Person], model: Model) -> Report | None:
    """What a heading within the text says that somebody said, as in a live blog; none where it holds no verb: Photo: …"""
    text = read.parsed.text
    told = by_colon(read, people, model) if is_heading(text) else None
    if told is None:
        return None
    start, end = told.ranges[0]
    acts = any(t.pos_ in ("VERB", "AUX") for t in read.parsed.doc if start <= t.idx < end)
    return told if acts and told.source is not None and not is_newsroom(read, told.source) else None


def is_newsroom(read: Read, source: Range) -> bool:
    """Is it an agency's name, as below a picture?"""
    return read.parsed.doc[source[0] : source[1]].text in newsrooms()


def by_colon(read: Read, people: Mapping[str, Person], model: Model) -> Report | None:
    """What a headline says somebody said, before or after a colon: “Roe: pact will hold”, “Pact will hold: ministry”."""
    text = read.parsed.text
    for label, content in parted(text):
        words = text[slice(*label)]
        if len(text[slice(*content)].split()) < SHORTEST_HEADLINE:
            continue
        tokens = [t.i for t in read.parsed.doc if label[0] <= t.idx < label[1]]
        if tokens and (can_be_label(read, words, tokens, people) or is_body(read, words, tokens, label > content)):
            return laid_out(model, "headline_label", content, (tokens[0], tokens[-1] + 1))
    return None


def parted(text: str) -> Iterator[tuple[Range, Range]]:
    """The label of a headline and what it says, as they may stand around its one colon, or around its last dash."""
    if text.count(":") == 1:
        colon = text.index(":")
        before, after = span_between(text, 0, colon), span_between(text, colon + 1, len(text))
        yield from ((before, after), (after, before))
    for dash in list(DASH.finditer(text))[-1:]:
        yield span_between(text, dash.end(), len(text)), span_between(text, 0, dash.start())


def by_verb(read: Read, people: Mapping[str, Person], model: Model) -> Report | None:
    """Who – verb – what was said: “Court rules pact is void”."""
    doc = read.parsed.doc
    for token in doc[1 : LONGEST_LABEL + 2]:
        verb = next((v for form in lemmas(token.lower_) if (v := reporting_verbs().get(form))), None)
        if verb is None or verb.kind == "attitude" or not verb.frames & {"clause", "noun"} or token.i + 2 >= len(doc):
            continue
        if any(role.start <= token.i < role.head_end for role in read.roles):
            continue  # the secretary of state
        who = range(token.i)
        if doc[who[-1]].lemma_.lower() in speaker_nouns() or can_be_label(read, doc[: token.i].text, who, people):
            cue = CueAt(token.i, token.i + 1, verb.lemma, verb.kind)
            content = span_between(read.parsed.text, doc[token.i + 1].idx, len(read.parsed.text))
            return laid_out(model, "headline_verb", content, (0, token.i), cue)
    return None


def lemmas(word: str) -> list[str]:
    """What a verb in the present tense may be a form of.

    >>> lemmas("denies"), lemmas("says")
    (['denies', 'deny', 'deni', 'denie'], ['says', 'say'])
    """
    endings = {"ies": "y", "es": "", "s": ""}
    return [word, *(word.removesuffix(end) + kept for end, kept in endings.items() if word.endswith(end))]


def span_between(text: str, start: int, end: int) -> tuple[int, int]:
    """`start` and `end` without the white space at the edges."""
    inside = text[start:end]
    return start + len(inside) - len(inside.lstrip()), end - len(inside) + len(inside.rstrip())


def can_be_label(read: Read, words: str, tokens: Sequence[int], people: Mapping[str, Person]) -> bool:
    """Is the label of a headline a person of the article, somebody's role, or a poll or a report?"""
    named = any(means(words, name) for name in people) or words.lower() in speaker_nouns()
    return named or any(r.start <= tokens[0] and tokens[-1] < r.head_end for r in read.roles)


def is_body(read: Read, words: str, tokens: Sequence[int], behind: bool) -> bool:
    """Is the label a body or a seat of government: Kremlin; `behind` what is said, also a country or a short form: MND?"""
    known = read.known_at(tokens[0])
    kinds = ("organisation", "metonym", "capital", "country") if behind else ("metonym",)
    whole = known is not None and known.kind in kinds and known.end == tokens[-1] + 1
    return whole or (behind and words.isupper() and words.isalpha() and len(words) < SHORT_FORM)
