"""Whose document speaks: the ministry said in a statement that …; “…”, *the statement* added.

>>> issued = documents(reads, references, people)                   # doctest: +SKIP
>>> [s.name for s in spoken_in(reads[1], (9, 11), issued)]          # doctest: +SKIP
['Ministry of Fisheries']
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from helpers.knowledge.names import small_words
from helpers.knowledge.reporting import reporting_nouns, speaker_nouns
from helpers.names.paragraphs import Read
from helpers.names.references import Reference
from helpers.names.speakers import speakers_of
from helpers.parse import Range
from helpers.records import Person, Speaker
from helpers.reporting.sources import extent, issuers
from helpers.tree import Word, agent, children, head_of

BY_WAY = frozenset({"in", "by", "via", "through"})
OF_A_GOVERNMENT = frozenset("statement communique communiqué declaration release".split())  # one may be called another
Issued = Mapping[tuple[int, int], tuple[Speaker, ...]]  # by paragraph and word of the document


def documents(reads: Iterable[Read], references: Mapping[int, list[Reference]], people: Mapping[str, Person]) -> Issued:
    """Whose words the documents of an article hold; one of which no more is told, "the statement", is the last one so called."""
    found: dict[tuple[int, int], tuple[Speaker, ...]] = {}
    last: dict[str, tuple[Speaker, ...]] = {}
    for read in reads:
        here = references.get(read.parsed.number, [])
        for word in read.parsed.tree.words:
            if word.tag == "NNS" or speaker_nouns().get(word.lemma) != "document" or word.i in read.quoted:
                continue
            proposed = [extent(read.parsed.tree, head) for head in behind(word)]
            told = next(filter(None, (speakers_of(read, r, here, people) for r in proposed)), ())
            if told or not any(c.lower in small_words()["definite"] for c in word.children):
                last.pop(word.lemma, None)  # a post: another one
                last[word.lemma] = tuple(replace(s, resolved_by="owner") for s in told)
            alike = [who for called, who in last.items() if {called, word.lemma} <= OF_A_GOVERNMENT]
            latest = last.get(word.lemma, alike[-1] if alike else ())  # the communiqué, for a statement
            found[read.parsed.number, word.i] = latest if told or not proposed else ()
    return found


def behind(noun: Word) -> Iterator[Word]:
    """Who may stand behind a document: *the ministry's* statement; one *of both*, issued *by it*; *Ms. Roe* said in a statement."""
    verb, way = (noun.head.head, noun.head.lower) if noun.dep == "pobj" else (noun.head, "")
    issues = noun.dep == "dobj" and verb.lemma in reporting_nouns()["statement"].verbs
    says = way in BY_WAY
    yield from (who for done in children(noun, "acl") if (who := agent(done)) is not None)
    yield from (c for p in children(noun, "prep") if p.lower == "of" for c in children(p, "pobj") if c.ent)
    yield from (c for c in children(noun, "compound") if speaker_nouns().get(c.lemma) == "organisation")
    yield from (head for head, rule in issuers(noun) if rule != "source_above" or issues or says)


def spoken_in(read: Read, source: Range, issued: Issued) -> tuple[Speaker, ...]:
    """Who speaks in the document that the words `source` stand for; nobody where they are no document."""
    head = head_of(read.parsed.tree.words[slice(*source)])
    return issued.get((read.parsed.number, head.i), ())
