"""Analyse a batch of articles and keep what was found: one Parquet file a batch, added to the others and never changed.

A row holds the analysis, the words of the parse that themes are looked for in, and what tells copies. A rule that breaks on an
article breaks on it the next time, too, so its fault is kept in the place of an analysis.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pyarrow as pa

from helpers.corpus.duplicates import signature, words_read
from helpers.corpus.places import digest, read_table, write_table
from helpers.errors import OnTheRecordError, SetupProblem, fault
from helpers.made_with import made_with, themes_digest
from helpers.parse import Parsed, ParsedParagraph, parse, parse_many
from helpers.records import Analysis, Article

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

    from helpers.themes.taxonomy import Taxonomy

KEPT = pa.schema(
    [("key", pa.string()), ("made", pa.string()), ("date", pa.string()), ("text", pa.string()), ("problem", pa.string()),
     ("signature", pa.binary()), ("analysis", pa.binary()), ("words", pa.binary())]
)  # fmt: skip
READ_OF_WORDS: list[int | str] = ["ORTH", "LEMMA", "POS", "SPACY", "SENT_START"]

Numbers = list[int]
Row = dict[str, Any]
Batch = Sequence[tuple[str, Article]]  # each article with its key


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be done with every article: where it is kept, by which rules and themes it is read."""

    out: Path
    made: str  # a digest of the rules
    themes: str  # their digest
    fast: bool = False  # without the encoder

    @property
    def file(self) -> Path:
        """The themes, where every worker finds them."""
        return self.out / f"themes-{self.themes}.yaml"

    @property
    def taxonomy(self) -> Taxonomy:
        """The themes: those in use where they are the same, which are loaded already."""
        from helpers.themes.taxonomy import load_taxonomy

        ours = load_taxonomy()
        return ours if themes_digest(ours) == self.themes else load_taxonomy(self.file)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of an article's paragraphs, as numbers of `forms`: as they stand, their base form, their part of speech;
    whether a blank follows, whether a sentence begins. `titles` are people's titles in each paragraph, by its number."""

    forms: list[str]
    paragraphs: list[tuple[Numbers, Numbers, Numbers, Numbers, Numbers]]
    titles: dict[int, list[tuple[int, int]]]


def made_of(fast: bool) -> str:
    """A digest of all that makes an analysis but for its themes."""
    return digest({key: value for key, value in made_with(fast=fast).items() if key != "themes"})


# --- written ---


def analyse_batch(batch: Batch, job: Job) -> int:
    """Analyse these articles and keep the results; how many there are.

    Raises `SetupProblem` on a machine that has other rules than the one that asks.
    """
    if made_of(job.fast) != job.made:
        raise SetupProblem("a worker has another version of the project; install the same one on every machine")
    from helpers.analyse import get_ready

    get_ready(job.fast)
    articles = [article for _, article in batch]
    rows = [row_of(article, parsed, job) for article, parsed in zip(articles, parsed_each(articles), strict=True)]
    table = pa.Table.from_pylist(
        [{"key": key, "made": job.made, **row} for (key, _), row in zip(batch, rows, strict=True)], KEPT
    )
    write_table(table, job.out / "kept" / f"{digest(job.made, [key for key, _ in batch])}.parquet")
    return len(batch)


def parsed_each(articles: Sequence[Article]) -> list[Parsed | Exception]:
    """The parse of each article, in one stream; one by one where that breaks, to tell on which."""
    try:
        return list(parse_many(articles))
    except MemoryError:
        raise
    except Exception:
        return [parsed_alone(article) for article in articles]


def parsed_alone(article: Article) -> Parsed | Exception:
    """The parse of an article, or what broke on it."""
    try:
        return parse(article)
    except MemoryError:
        raise
    except Exception as error:
        return error


def row_of(article: Article, parsed: Parsed | Exception, job: Job) -> Row:
    """What is kept of an article: all that was found, or on what a rule broke."""
    from helpers.analyse import analyse_read, read, titles_in

    text = words_read(article)
    row: Row = {"date": article.date, "text": digest(text) if text else "", "signature": signature(text)}
    try:
        if isinstance(parsed, Exception):
            raise parsed
        reading = read(parsed)
        analysis = analyse_read(reading, job.taxonomy, job.fast)
        words = words_of(parsed, titles_in(reading.paragraphs))
        return {**row, "analysis": msgspec.json.encode(analysis), "words": msgspec.msgpack.encode(words)}
    except (OnTheRecordError, OSError, MemoryError):
        raise
    except Exception as error:
        return {**row, "problem": fault(error)}


def words_of(parsed: Parsed, titles: dict[int, list[tuple[int, int]]]) -> Words:
    """The words of a parse."""
    numbers: dict[str, int] = {}
    paragraphs = []
    for paragraph in parsed.paragraphs:
        strings = paragraph.doc.vocab.strings
        columns = paragraph.doc.to_array(READ_OF_WORDS).T.tolist()
        named = ([numbers.setdefault(strings[form], len(numbers)) for form in column] for column in columns[:3])
        paragraphs.append((*named, columns[3], [int(begins == 1) for begins in columns[4]]))
    return Words(list(numbers), paragraphs, titles)


# --- read ---


def kept_files(out: Path, made: str, known: Mapping[str, Path] | None = None) -> dict[str, Path]:
    """The keys of the articles that these rules have read, and in which file each is kept; files `known` are not read again."""
    found = dict(known or {})
    for file in sorted({*(out / "kept").glob("*.parquet")} - {*found.values()}):
        try:
            table = read_table(file, ["key", "made"])
        except (pa.ArrowInvalid, OSError):  # cut short when the machine, not the program, stopped
            file.unlink(missing_ok=True)
            continue
        found |= {
            key: file for key, by in zip(*(column.to_pylist() for column in table.columns), strict=True) if by == made
        }
    return found


def kept_rows(files: Sequence[Path], keys: Container[str], columns: Sequence[str], made: str) -> Iterator[Row]:
    """Some columns of what is kept of these articles, file by file."""
    for file in files:
        table = read_table(file, ["key", "made", *columns])
        yield from (row for row in table.to_pylist() if row["made"] == made and row["key"] in keys)


def analysis_with(kept: Row, article_id: str, job: Job) -> Analysis:
    """A kept analysis, of an article of this id, by the themes of the job."""
    analysis = called(msgspec.json.decode(kept["analysis"], type=Analysis), article_id)
    if analysis.made_with["themes"] == job.themes:
        return analysis
    from helpers.analyse import rethemed
    from helpers.themes.context import read_sentences

    taxonomy = job.taxonomy
    words = msgspec.msgpack.decode(kept["words"], type=Words)
    return rethemed(analysis, read_sentences(parsed_again(analysis.article, words), taxonomy, words.titles), taxonomy)


def called(analysis: Analysis, article_id: str) -> Analysis:
    """The analysis of an article under this id."""
    if analysis.article.id == article_id:
        return analysis
    statements = tuple(replace(statement, article=article_id) for statement in analysis.statements)
    return replace(analysis, article=replace(analysis.article, id=article_id), statements=statements)


def parsed_again(article: Article, words: Words) -> Parsed:
    """The article with its words as `themes` reads them; there is no grammar in it."""
    found = (doc_of(columns, words.forms, blank_vocabulary()) for columns in words.paragraphs)
    return Parsed(
        article, tuple(ParsedParagraph(paragraph, doc) for paragraph, doc in zip(article.body, found, strict=True))
    )


def blank_vocabulary() -> Vocab:
    """A vocabulary without a model; a new one for each article, so that none grows."""
    from spacy.vocab import Vocab

    return Vocab()


def doc_of(columns: Sequence[Numbers], forms: Sequence[str], vocabulary: Vocab) -> Doc:
    """A paragraph's words as spaCy has them."""
    from spacy.tokens import Doc

    words, lemmas, kinds = ([forms[number] for number in column] for column in columns[:3])
    begins: list[bool | int | None] = list(map(bool, columns[4]))
    blanks = list(map(bool, columns[3]))
    return Doc(vocabulary, words=words, spaces=blanks, lemmas=lemmas, pos=kinds, sent_starts=begins)
