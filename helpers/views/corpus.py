"""What notebook 07 shows of a corpus: what it holds, one event in two newsrooms, who speaks of whom and when.

>>> held(corpus_of("../data/workshop/crisis/articles.jsonl", "../data/results/crisis"))      # doctest: +SKIP
{'articles': 44, 'copies among them': 3, …}
"""

from pathlib import Path

import pandas as pd

from helpers.corpus.crew import Crew
from helpers.corpus.manifest import manifest_of
from helpers.corpus.query import query
from helpers.corpus.run import make_corpus


def corpus_of(articles: str | Path, folder: str | Path) -> Path:
    """The corpus of the articles at a path, made or brought up to date in `folder`; the folder."""
    with Crew(1) as crew:
        for _ in make_corpus([articles], folder, crew):
            pass
    return Path(folder)


def held(folder: str | Path) -> dict[str, int]:
    """How much a corpus holds."""
    counts = manifest_of(folder).counts
    names = {"articles": "articles", "duplicates": "copies among them", "people": "people", "statements": "statements"}
    return {shown: int(counts[name]) for name, shown in names.items()}


def told_by(folder: str | Path, *articles: str) -> pd.DataFrame:
    """What some articles let be said, a row a statement. Columns: outlet, speaker, cue, tone, score, text."""
    rows = [
        query(
            "SELECT a.source AS outlet, s.speakers AS speaker, s.cue, s.sentiment AS tone, s.sentiment_score AS score, s.text "
            "FROM statements AS s JOIN articles AS a USING (article) WHERE article = ? AND asserted = 'said' ORDER BY s.start",
            folder,
            [article],
        )
        for article in articles
    ]
    return pd.concat(rows, ignore_index=True)


def spoken_of(folder: str | Path, first: str, last: str) -> pd.DataFrame:
    """Which officials speak of which from one day to another. Columns: person, of, statements, mean_tone."""
    return query(
        "SELECT person, of, count(DISTINCT (article, statement_id)) AS statements, round(avg(sentiment_score), 2) AS mean_tone "
        "FROM named_by WHERE official AND of_official AND day BETWEEN CAST(? AS DATE) AND CAST(? AS DATE) "
        "GROUP BY ALL ORDER BY statements DESC, person, of",
        folder,
        [first, last],
    )
