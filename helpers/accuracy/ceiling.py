"""The ceiling: how much of what readers marked would be found if an oracle chose among the proposals.

>>> ceiling(rows)["easy"]      # doctest: +SKIP
95.0

For each cue the oracle takes the candidate that is most like what was marked, or nothing; quotations it takes whole. What is
missing here no choice can find: no form proposes it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from helpers.accuracy.gold import articles_of
from helpers.accuracy.measures import RULES, Quote, count_article, share
from helpers.accuracy.training import place
from helpers.names.paragraphs import Read, read_paragraphs
from helpers.parse import parse_many
from helpers.reporting.candidates import candidates
from helpers.reporting.paragraphs import read_cues


def ceiling(rows: Iterable[Mapping[str, Any]]) -> dict[str, float | None]:
    """Recall in per cent by rule of matching, if the best candidate of each cue were chosen."""
    rows, counts = list(rows), Counter[str]()
    for row, parsed in zip(rows, parse_many(articles_of(rows)), strict=True):
        found = {span for read in read_paragraphs(parsed) for span in best_spans(read, row["quotes"])}
        counts += count_article(row["text"], row["quotes"], [{"start": a, "end": b} for a, b in sorted(found)])
    return {rule: share(counts[f"{rule} right"], counts[f"{rule} gold"]) for rule in RULES}


def best_spans(read: Read, quotes: Iterable[Quote]) -> Iterator[tuple[int, int]]:
    """The spans that the oracle takes in one paragraph, in characters of the article."""
    paragraph = read.parsed.paragraph.span
    here = [(q["start"], q["end"]) for q in quotes if q["start"] < paragraph.end and q["end"] > paragraph.start]
    cued = read_cues(read)
    words = cued.scene.tree.words
    for cue, source in cued.outside:
        spans = [
            [place(read, words[a].idx, words[b - 1].end) for a, b in c.ranges]
            for c in candidates(cued.scene, cue, source)
        ]
        best = max(spans, key=lambda span: overlap(span, here), default=[])
        if overlap(best, here):
            yield from best
    yield from (place(read, q.start, q.end) for q in cued.quotations)


def overlap(found: Iterable[tuple[int, int]], marked: Iterable[tuple[int, int]]) -> float:
    """The best intersection over union of one of the ranges with one of those marked."""
    pairs = [(max(0, min(b, d) - max(a, c)), max(b, d) - min(a, c)) for a, b in found for c, d in marked]
    return max((common / union for common, union in pairs if common), default=0.0)
