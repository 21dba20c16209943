"""What notebooks show of a text before anybody is named: paragraphs, sentences, tokens; and what was written where.

>>> from helpers.text.article import structure
>>> about(structure("mini", "Talks resume\\n\\nMs. Okafor said no."))["title"]
'Talks resume'

The views only show what the steps have found; nothing is found here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import astuple
from itertools import islice
from typing import TYPE_CHECKING

import pandas as pd

from helpers.parse import Parsed, ParsedParagraph
from helpers.records import Analysis, Article, Readability
from helpers.tables.store import RESULTS, folder_of
from helpers.views.show import framed

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan
    from spacy.tokens import Token


def about(article: Article) -> dict[str, str | None]:
    """What is known of the article as a whole."""
    named = {name: getattr(article, name) for name in ("id", "title", "byline", "dateline", "date")}
    return {
        **named,
        "characters": f"{len(article.text):,}",
        "paragraphs that are read": str(len(article.body)),
        "paragraphs that are left out": str(len(article.left_out)),
    }


def paragraphs(article: Article) -> pd.DataFrame:
    """The table of the article's paragraphs, before anything else is known of it."""
    from helpers.tables.tables import table_of

    return table_of(Analysis(article), "paragraphs")


def installed() -> dict[str, str]:
    """What is installed here: the versions of Python and of the packages that matter most."""
    import platform
    from importlib.metadata import version

    packages = ("on-the-record", "jupyterlab", "pandas", "plotly", "spacy", "nltk", "textstat")
    return {"Python": platform.python_version(), **{name: version(name) for name in packages}}


def saved(analysis: Analysis, *names: str) -> pd.DataFrame:
    """Write the tables `names` of an article as CSV. Gives what was written: file (from data/ on), rows, columns."""
    from helpers.tables.tables import all_tables, save_tables

    tables = all_tables(analysis)
    save_tables({name: tables[name] for name in names}, folder_of(analysis.article) / "tables")
    folder = folder_of(analysis.article).relative_to(RESULTS.parents[1]) / "tables"
    rows = [((folder / f"{name}.csv").as_posix(), len(tables[name]), ", ".join(tables[name].columns)) for name in names]
    return framed("file rows columns", rows)


def spans_hold(analysis: Analysis) -> bool:
    """Is every span of every statement, mention and piece of evidence what the article says at its offsets?"""
    text = analysis.article.text
    spans = [m.span for e in analysis.entities for m in e.mentions]
    spans += [e for p in analysis.themes for t in p.themes for e in t.evidence]
    for s in analysis.statements:
        spans += [*s.segments, *([s.source] if s.source else [])]
    return all(text[span.start : span.end] == span.text for span in spans)


def scores(**levels: Readability | None) -> pd.DataFrame:
    """Readability side by side, a row a text. Columns: text, and those of `Readability`."""
    rows = [(name, *astuple(level)) for name, level in levels.items() if level]
    return framed(" ".join(("text", *Readability.__slots__)), rows)


def sentences(parsed: Parsed) -> pd.DataFrame:
    """One row a sentence. Columns: paragraph, sentence, start, tokens, text."""
    rows = [
        (p.number, n, (span := p.span_of(s)).start, len(s), span.text)
        for n, (p, s) in enumerate(each_sentence(parsed), 1)
    ]
    return framed("paragraph sentence start tokens text", rows)


def each_sentence(parsed: Parsed) -> Iterator[tuple[ParsedParagraph, TokenSpan]]:
    for paragraph in parsed.paragraphs:
        for sentence in paragraph.doc.sents:
            yield paragraph, sentence


def nth_sentence(parsed: Parsed, number: int) -> Iterator[tuple[ParsedParagraph, TokenSpan]]:
    return islice(each_sentence(parsed), number - 1, number)


def tokens(parsed: Parsed, sentence: int = 1) -> pd.DataFrame:
    """The tokens of one sentence. Columns: token, base_form, part_of_speech, hangs_on, relation, start, end."""
    rows = []
    for p, found in nth_sentence(parsed, sentence):
        for t in found:
            above, place = "" if t.head.i == t.i else t.head.text, p.span_of(t)
            rows.append((t.text, t.lemma_, in_words(t.pos_), above, relation(t), place.start, place.end))
    return framed("token base_form part_of_speech hangs_on relation start end", rows)


def in_words(label: str) -> str:
    """A label of spaCy's spelled out: PROPN is "proper noun"."""
    import spacy

    return spacy.explain(label) or label


def relation(token: Token) -> str:
    """How `token` hangs on the one above it, in words."""
    return "root" if token.head.i == token.i else in_words(token.dep_)


def tree(parsed: Parsed, sentence: int = 1) -> str:
    """A sentence as a tree of its dependencies, one token a line, punctuation left out."""
    drawn = ["\n".join(branches(found.root)) for _, found in nth_sentence(parsed, sentence)]
    return "".join(drawn) or "no such sentence"


def branches(token: Token, indent: str = "") -> Iterator[str]:
    """The lines of the tree below `token`."""
    if not token.is_punct:
        yield f"{indent}{token.text}  ({relation(token)})"
        for child in token.children:
            yield from branches(child, indent + "    ")
