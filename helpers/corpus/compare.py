"""What changes in a corpus, and what tells two outlets apart, each with how far chance alone would go.

>>> interval([0.2, 0.4, 0.6], ["a", "b", "c"])[0] <= 0.4 <= interval([0.2, 0.4, 0.6], ["a", "b", "c"])[1]
True

Tone by week: the mean, and its 95 % interval by the bootstrap (Efron 1979), in which whole articles are drawn, since the
statements of one article go together. Words: log-odds with an informative prior (Monroe, Colaresi & Quinn 2008), where a word
that both use as often as all others do stands near 0 and z over about 2 is more than chance.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from helpers.corpus.query import query
from helpers.wording import ENOUGH

DRAWS, SEED = 2000, 7
PRIOR = 1000  # words of the whole that each outlet is taken to have used besides its own
WORD = re.compile(r"[^\W\d_]{3,}(?:['’-][^\W\d_]+)*")


def tone_by_week(folder: str | Path, *people: str) -> pd.DataFrame:
    """How each person's tone goes, week by week, in what was said and is no copy.

    Columns: person, week (its Monday), statements, articles, mean, low, high (95 %); a week with fewer than three statements,
    or with one article, which nothing can be drawn from, has no interval, and with fewer than three no mean.
    """
    named = ", ".join("?" for _ in people)
    said = query(
        f"SELECT person, date_trunc('week', day)::DATE AS week, article, sentiment_score AS tone FROM spoken "
        f"WHERE person IN ({named}) AND day IS NOT NULL ORDER BY person, week, article, statement_id",
        folder,
        people,
    )
    rows = []
    for (person, week), those in said.groupby(["person", "week"], sort=True):
        articles = those["article"].nunique()
        enough = len(those) >= ENOUGH
        low, high = interval(those["tone"], those["article"]) if enough and articles > 1 else (math.nan, math.nan)
        mean = float(those["tone"].mean()) if enough else math.nan
        rows.append((person, pd.Timestamp(week), len(those), articles, round(mean, 2), round(low, 2), round(high, 2)))
    return pd.DataFrame(rows, columns=["person", "week", "statements", "articles", "mean", "low", "high"])


def interval(values: Sequence[float], groups: Sequence[str]) -> tuple[float, float]:
    """The 95 % interval of the mean of `values`, where those of one group are drawn together."""
    each = pd.DataFrame({"value": list(values), "group": list(groups)}).groupby("group")["value"].agg(["sum", "count"])
    drawn = np.random.default_rng(SEED).integers(0, len(each), (DRAWS, len(each)))
    means = each["sum"].to_numpy()[drawn].sum(1) / each["count"].to_numpy()[drawn].sum(1)
    low, high = np.percentile(means, [2.5, 97.5])
    return float(low), float(high)


def words_apart(folder: str | Path, one: str, other: str, most: int = 8) -> pd.DataFrame:
    """The words that tell the statements reported by two outlets apart: `most` of each, those of the first on top.

    Columns: word, then the counts of either outlet under its name, and z (over 0: the first outlet's).
    """
    texts = query("SELECT outlet, lower(text) AS text FROM counted WHERE outlet IS NOT NULL", folder)
    counts = {outlet: words_of(those["text"]) for outlet, those in texts.groupby("outlet")}
    first, second = counts.get(one, Counter()), counts.get(other, Counter())
    whole: Counter[str] = sum(counts.values(), Counter())
    table = log_odds(first, second, whole).rename(columns={"one": one, "other": other})
    return pd.concat([table.head(most), table.tail(most)]).drop_duplicates("word").reset_index(drop=True)


def words_of(texts: Sequence[str]) -> Counter[str]:
    """How often each word stands in some texts; words of one or two letters do not count."""
    return Counter(word for text in texts for word in WORD.findall(text))


def log_odds(one: Counter[str], other: Counter[str], whole: Counter[str]) -> pd.DataFrame:
    """How much likelier each word is in one than in the other, in standard errors (z), given how often it stands in the whole.

    >>> log_odds(Counter(sea=9, the=9), Counter(land=9, the=9), Counter(sea=9, land=9, the=18))["word"].tolist()
    ['sea', 'the', 'land']
    """
    rows = []
    share, in_one, in_other = PRIOR / whole.total(), one.total() + PRIOR, other.total() + PRIOR
    for word in sorted(one.keys() | other.keys()):
        prior, a, b = share * whole[word], one[word], other[word]
        odds = math.log((a + prior) / (in_one - a - prior)) - math.log((b + prior) / (in_other - b - prior))
        rows.append((word, a, b, round(odds / math.sqrt(1 / (a + prior) + 1 / (b + prior)), 2)))
    table = pd.DataFrame(rows, columns=["word", "one", "other", "z"])
    return table.sort_values(["z", "word"], ascending=[False, True], ignore_index=True)
