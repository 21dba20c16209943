"""The words of a text with nltk: where each stands, how often, and in what company.

>>> [text for _, _, text in word_spans("It’s a 10-year pact.")]
['It', '’', 's', 'a', '10-year', 'pact', '.']
>>> concordance("A trade deal is a deal.", "deal", 12)[["before", "word", "after"]].values.tolist()
[['A trade', 'deal', 'is a deal.'], ['deal is a', 'deal', '.']]

nltk's own data sets are not needed for any of it.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

import pandas as pd

from helpers.knowledge.writing import nltk_abbreviations
from helpers.parse import Parsed
from helpers.records import Article
from helpers.views.show import framed
from helpers.wording import one_line

if TYPE_CHECKING:
    from nltk.tokenize import PunktSentenceTokenizer

CONTENT_WORDS = ("NOUN", "PROPN", "VERB", "ADJ")


@cache
def sentence_tokenizer() -> PunktSentenceTokenizer:
    """nltk's sentence tokenizer with our abbreviations instead of trained data (it would have to be downloaded)."""
    from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer

    parameters = PunktParameters()
    parameters.abbrev_types = set(nltk_abbreviations())
    return PunktSentenceTokenizer(parameters)


def word_spans(text: str) -> list[tuple[int, int, str]]:
    """The tokens of `text` by nltk, each with start and end.

    >>> word_spans("No, never.")[1]
    (2, 3, ',')
    """
    from nltk.tokenize import NLTKWordTokenizer

    found, words = [], NLTKWordTokenizer()
    for base, end in sentence_tokenizer().span_tokenize(text):
        sentence = text[base:end]
        try:
            spans = list(words.span_tokenize(sentence))
        except ValueError:  # nltk loses its place where straight and doubled quotation marks are mixed
            spans = list(words.span_tokenize(sentence.replace('"', "“")))
        found += [(base + start, base + stop, sentence[start:stop]) for start, stop in spans]
    return found


def concordance(text: str, word: str, width: int = 40) -> pd.DataFrame:
    """Each place of `word` in `text` (whatever its capitals), with `width` characters before and after.

    Columns: before, word, after, start (offset of the word in the text).
    """
    rows = []
    for start, end, token in word_spans(text):
        if token.casefold() == word.casefold():
            before, after = text[max(0, start - width) : start], text[end : end + width]
            before = before if start <= width else before.partition(" ")[2]
            after = after if end + width >= len(text) else after.rpartition(" ")[0]
            rows.append((one_line(before), token, one_line(after), start))
    return framed("before word after start", rows)


def body_text(article: Article) -> str:
    """The text that is read, a paragraph a line, with what is left out blanked: every offset stays what it was."""
    text = list(" " * len(article.text))
    for paragraph in article.body:
        text[paragraph.span.start : paragraph.span.end] = paragraph.span.text
        text[paragraph.span.end : paragraph.span.end + 1] = "\n"[: len(article.text) - paragraph.span.end]
    return "".join(text)


def frequent_words(parsed: Parsed, most: int = 12) -> pd.DataFrame:
    """The commonest nouns, verbs and adjectives, counted by their base form. Columns: base_form, times, forms."""
    from nltk import ConditionalFreqDist

    words = [
        (t.lemma_.lower(), t.text) for p in parsed.paragraphs for t in p.doc if t.pos_ in CONTENT_WORDS and t.is_alpha
    ]
    forms = ConditionalFreqDist(words)
    rows = [
        (lemma, forms[lemma].N(), ", ".join(sorted(forms[lemma])))
        for lemma in sorted(forms, key=lambda word: (-forms[word].N(), word))[:most]
    ]
    return framed("base_form times forms", rows)


def cut_differently(parsed: Parsed) -> pd.DataFrame:
    """Where spaCy and nltk cut the text into different tokens. Columns: text, spacy, nltk, times."""
    rows: Counter[tuple[str, ...]] = Counter()
    for paragraph in parsed.paragraphs:
        text = paragraph.doc.text
        ours = [(t.idx, t.idx + len(t.text)) for t in paragraph.doc]
        theirs = [(start, end) for start, end, _ in word_spans(text)]
        for start, end in disputed(ours, theirs):
            pieces = (" · ".join(text[a:b] for a, b in cuts if start <= a and b <= end) for cuts in (ours, theirs))
            rows[(text[start:end], *pieces)] += 1
    return framed("text spacy nltk times", [(*cut, times) for cut, times in rows.items()])


def disputed(ours: list[tuple[int, int]], theirs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The stretches that two ways of cutting cover differently.

    >>> disputed([(0, 2), (2, 3), (3, 7), (8, 9)], [(0, 7), (8, 9)])
    [(0, 7)]
    """
    found: list[tuple[int, int]] = []
    for start, end in sorted(set(ours) ^ set(theirs)):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found
