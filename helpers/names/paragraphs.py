"""The paragraphs of an article as read: each with its known names, roles and names of people. Every later step reads these.

>>> reads = read_paragraphs(parse(read_text("Defence Minister Ada Roe of Norway met Bo Lind.")))    # doctest: +SKIP
>>> [name.text for name in reads[0].names]                                                          # doctest: +SKIP
['Ada Roe', 'Bo Lind']
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from helpers.knowledge.names import KnownForm, fold, towns
from helpers.knowledge.reporting import reporting_verbs
from helpers.names.gazetteer import Known, find_known, tokens_of
from helpers.names.mentions import CAPITALISED, Name, find_names
from helpers.names.own_countries import own_countries
from helpers.names.roles import RolePhrase, after_bracket, find_roles, short_forms
from helpers.names.shared_offices import with_shared
from helpers.parse import Parsed, ParsedParagraph
from helpers.records import Span
from helpers.text.quotation_marks import find_quotes
from helpers.tree import SUBJECTS

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


TITLE_CASE = 0.7  # share of longer words in capitals above which a title is written in title case


@dataclass(frozen=True)
class Read:
    """A parsed paragraph with its known names, roles and names of people: what the next steps read."""

    parsed: ParsedParagraph
    known: tuple[Known, ...]
    roles: tuple[RolePhrase, ...]
    names: tuple[Name, ...]

    def known_at(self, token: int) -> Known | None:
        """The known name at a token."""
        return next((k for k in self.known if k.start <= token < k.end), None)

    def name_at(self, token: int) -> Name | None:
        """The person's name at a token."""
        return next((n for n in self.names if n.start <= token < n.end), None)

    def role_span(self, role: RolePhrase) -> Span:
        """Where a role stands, with its country."""
        return self.parsed.span_of(self.parsed.doc[role.start : role.end])

    @property
    def roles_alone(self) -> list[RolePhrase]:
        """The roles beside which no name stands."""
        with_name = {name.role.head_start for name in self.names if name.role}
        return [role for role in self.roles if role.head_start not in with_name]

    @cached_property
    def quoted(self) -> frozenset[int]:
        """The tokens inside quotation marks: what they speak of is the speaker's world, not the reporter's."""
        quotes = find_quotes(self.parsed.text)
        if not quotes:
            return frozenset()
        begins = self.parsed.doc.to_array("IDX")
        return frozenset(i for q in quotes for i in range(begins.searchsorted(q.start), begins.searchsorted(q.end)))


def read_paragraphs(parsed: Parsed) -> tuple[Read, ...]:
    """Known names, roles and likely names of people, paragraph by paragraph."""
    found = [read_paragraph(paragraph) for paragraph in parsed.paragraphs]
    own = own_countries((r.parsed.doc, r.known, r.roles, r.names) for r in found)
    own |= dict(
        form for r in found for form in (*provinces(r.parsed.doc, r.known), *short_bodies(r.parsed.doc, r.known))
    )
    if own:
        found = [read_paragraph(paragraph, own) for paragraph in parsed.paragraphs]
    short = {form: role for read in found for form, role in short_forms(read.parsed.doc, read.roles).items()}
    found = [with_short_forms(read, short) for read in found] if short else found
    common = frozenset(word for paragraph in parsed.paragraphs for word in re.findall(r"\w+", paragraph.text))
    if any(map(is_headline, found)):
        named = {word for read in found for n in read.names if not is_headline(read) for word in pieces(n.text)}
        found = [without_headline_words(read, named, common) if is_headline(read) and named else read for read in found]
    surnames = {word for read in found for n in read.names if n.rule != CAPITALISED for word in n.words[-2:]}
    return tuple(with_surnames(read, surnames, common) for read in found)


def read_paragraph(paragraph: ParsedParagraph, own: Mapping[str, KnownForm] | None = None) -> Read:
    """One paragraph with its known names, those of the article's own countries included, its roles and its names."""
    known = find_known(paragraph.doc, own)
    roles = find_roles(paragraph.doc, known)
    return Read(paragraph, tuple(known), tuple(roles), names_in(paragraph.doc, known, roles))


def names_in(doc: Doc, known: list[Known], roles: list[RolePhrase]) -> tuple[Name, ...]:
    """The likely names of people, with the offices that each holds alone or shares."""
    return tuple(with_shared(doc, find_names(doc, known, roles), known, roles))


def is_headline(read: Read) -> bool:
    """Is it a title with its words in capitals, where these tell no names: Ada Roe Vows Swift Reply?"""
    if read.parsed.paragraph.kind != "title":
        return False
    words = [w for w in re.findall(r"\w+", read.parsed.text) if len(w) > 3]
    return len(words) > 2 and sum(w[0].isupper() for w in words) > TITLE_CASE * len(words)


def pieces(name: str) -> list[str]:
    """The words of a name, the halves of hyphenated ones apart, in small letters."""
    return re.findall(r"\w+", name.lower())


def without_headline_words(read: Read, named: set[str], common: frozenset[str]) -> Read:
    """The headline with names cut to the words that the article's text has in names: *Ada Roe* Vows Swift Reply; and none of
    words that stand there in small letters: Foreign Minister *Talks* Down Threat."""
    doc, names = read.parsed.doc, []
    for name in read.names:
        ends = [i + 1 for i in range(name.start, name.end) if doc[i].lower_ in named]
        end = ends[-1] if ends else name.end
        if ends or any(t.lower_ not in common for t in doc[name.start : name.end]):
            names.append(replace(name, end=end, text=doc[name.start : end].text))
    return replace(read, names=tuple(names))


def provinces(doc: Doc, known: Iterable[Known]) -> Iterator[tuple[str, KnownForm]]:
    """Countries' names that stand behind a town of another country, and so are provinces: Savannah, *Georgia*."""
    for k in known:
        before = doc[k.start - 2].text if k.start > 1 and doc[k.start - 1].text == "," else ""
        country = towns().get(fold(before)) if before and k.kind == "country" else None
        if country is not None and country != k.country:
            yield k.text, KnownForm("place", k.text, country)


def short_bodies(doc: Doc, known: Iterable[Known]) -> Iterator[tuple[str, KnownForm]]:
    """The short forms in brackets behind bodies of a country, which mean them in this article: Armed Forces of Orsk (*AFO*)."""
    for k in known:
        if k.country and k.kind == "organisation" and after_bracket(doc, k.end) > k.end:
            yield doc[k.end + 1].text, KnownForm("organisation", k.text, k.country)


def with_short_forms(read: Read, short: Mapping[str, RolePhrase]) -> Read:
    """The paragraph with the short forms of offices, given elsewhere in brackets, as these offices: the CDS."""
    doc = read.parsed.doc
    places = [t.i for t in doc if t.text in short and doc[t.i - 1 : t.i].text != "("]
    extra = [replace(short[doc[i].text], start=i, end=i + 1, head_start=i, head_end=i + 1) for i in places]
    if not extra:
        return read
    roles = tuple(sorted((*read.roles, *extra), key=lambda r: r.start))
    return replace(read, roles=roles, names=names_in(doc, list(read.known), list(roles)))


def with_surnames(read: Read, surnames: set[str], common: frozenset[str]) -> Read:
    """The paragraph with the surnames of people named elsewhere that the parser took for something else.

    A word that begins a sentence counts only if the article never writes it small: May, Rice.
    """
    covered = tokens_of((*read.names, *(k for k in read.known if not speaks_as_person(read, k))))
    covered |= {i for r in read.roles for i in range(r.start, r.head_end) if r.head_end - r.start > 1}
    extra = [
        Name(t.i, end, t.doc[t.i : end].text, CAPITALISED)
        for t in read.parsed.doc
        if t.text[0].isupper() and t.i not in covered
        if (end := surname_end(t, surnames))
        if not (t.is_sent_start and t.text.lower() in common)
        if not begins_longer_name(t, end)
    ]
    new = tokens_of(extra)
    roles = tuple(r for r in read.roles if r.head_start not in new)
    known = tuple(k for k in read.known if k.start not in new)
    return replace(read, known=known, roles=roles, names=tuple(sorted((*read.names, *extra), key=lambda n: n.start)))


def speaks_as_person(read: Read, known: Known) -> bool:
    """May a place's name be somebody's surname here, outside quotations the subject of a verb of speech: *Jordan* said?"""
    token = read.parsed.doc[known.end - 1]
    return (
        known.end == known.start + 1
        and known.kind != "organisation"
        and token.i not in read.quoted
        and token.dep_ in SUBJECTS
        and token.head.lemma_.lower() in reporting_verbs()
    )


def surname_end(token: Token, surnames: set[str]) -> int:
    """Where one of `surnames` that begins with `token` ends, hyphens included; 0 where none does."""
    doc = token.doc
    if doc[token.i + 1 : token.i + 2].text != "-":
        return token.i + 1 if token.text in surnames and len(token) > 2 else 0
    ends = (end for end in (token.i + 5, token.i + 3) if end <= len(doc) and doc[token.i : end].text in surnames)
    return next(ends, 0)


def begins_longer_name(token: Token, end: int) -> bool:
    """Does the word open or close a longer name in capitals: Roe Tower?"""
    beside = (*token.doc[max(0, token.i - 1) : token.i], *token.doc[end : end + 1])
    return any(t.pos_ == "PROPN" and t.text[0].isupper() for t in beside)
