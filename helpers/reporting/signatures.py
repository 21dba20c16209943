"""Signatures: lines below a quotation or a post that tell whose words they are.

>>> POST.match("— Port Authority (@portamber) October 3, 2031")["name"]
'Port Authority'

A press release sets “…” and below it – Ada Roe, Premier of Lindholm; a live blog embeds a post and its writer's name and date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from helpers.names.paragraphs import Read
from helpers.names.speakers import as_speaker
from helpers.records import Article, Paragraph, Person, Span, Speaker
from helpers.reporting.turns import Turn, called
from helpers.text.lines import SENTENCE_END
from helpers.text.quotation_marks import find_quotes

DASH = re.compile(r"\s*(?:[—–―~-]|--)\s*")
POST = re.compile(
    r"\s*(?:[—–―~-]|--)?\s*(?P<name>[^@()\n]{2,60}?)\s*\(@\w{1,30}\)\W*(?:[^\W\d_]+\s\d|\d{1,2}\s[^\W\d_]+|$)"
)
MOST_WORDS = 25  # of a line that signs
SIGNED = "signed_below"  # the rule
Named = tuple[Span, Person]


def signed_turns(article: Article, reads: Sequence[Read], people: Mapping[str, Person]) -> dict[int, Turn]:
    """The paragraphs whose writer or speaker a line below them tells, by number."""
    found: dict[int, Turn] = {}
    by_number = {read.parsed.number: i for i, read in enumerate(reads)}
    named = named_in(people)
    for paragraph in article.paragraphs[1:]:
        i, above = by_number.get(paragraph.number), by_number.get(paragraph.number - 1)
        if (post := signed_post(paragraph, people)) is not None:
            if above is not None:
                found[paragraph.number - 1] = Turn(0, SIGNED, *post)
        elif i is not None and (quoted := signed_quotation(reads[i], named)) is not None:
            found |= {read.parsed.number: Turn(0, SIGNED, *quoted) for read in quoted_above(reads[:i])}
    return found


def named_in(people: Mapping[str, Person]) -> dict[int, list[Named]]:
    """The people mentioned in each paragraph, and where."""
    found: dict[int, list[Named]] = {}
    for person in people.values():
        for mention in person.mentions:
            found.setdefault(mention.paragraph, []).append((mention.span, person))
    return found


def signed_post(paragraph: Paragraph, people: Mapping[str, Person]) -> tuple[Span, tuple[Speaker, ...]] | None:
    """Who signs an embedded post, if the paragraph is such a line: a name, a handle and a date."""
    found = POST.match(paragraph.span.text[:200])
    if found is None:
        return None
    start, end = found.span("name")
    span = Span(paragraph.span.start + start, paragraph.span.start + end, found["name"])
    person = called(tuple(found["name"].split()), people.values())
    if person is not None:
        return span, (as_speaker(person, "label"),)
    name = re.split(r"\s+[–—|-]\s+", found["name"])[0]
    return span, (Speaker(name, None, None, False, "label"),)


def signed_quotation(read: Read, named: Mapping[int, Sequence[Named]]) -> tuple[Span, tuple[Speaker, ...]] | None:
    """Who signs the quotation above, if the paragraph is a short line that begins with a name, mostly after a dash."""
    text, doc = read.parsed.text, read.parsed.doc
    if len(text.split()) > MOST_WORDS or (SENTENCE_END.search(text) and text.rstrip()[-1] != "."):
        return None
    dash = DASH.match(text)
    begins = dash.end() if dash else len(text) - len(text.lstrip())
    name = next((n for n in read.names if doc[n.opening].idx <= begins or (dash and n.opening < 8)), None)
    if name is None or any(t.pos_ in ("VERB", "AUX") and t.i > name.end for t in doc):
        return None
    span = read.parsed.span_of(doc[name.start : name.end])
    person = next((person for place, person in named.get(read.parsed.number, ()) if place == span), None)
    return (span, (as_speaker(person, "label"),)) if person is not None else None


def quoted_above(reads: Sequence[Read]) -> Iterator[Read]:
    """The last paragraphs that are one quotation from end to end: the very last is closed, those before it are not."""
    for n, read in enumerate(reversed(reads)):
        text = read.parsed.text.strip()
        marked = find_quotes(text)
        if len(marked) != 1 or marked[0].start > 0 or marked[0].end < len(text) - 1 or marked[0].closed == (n > 0):
            return
        yield read
