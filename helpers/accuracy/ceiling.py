"""The ceiling: how much of what readers marked would be found if an oracle chose among the proposals.

For each cue the oracle takes the candidate that is most like what was marked, or nothing; quotations, and what the layout
gives, it takes whole. What is missing here no choice can find: no form proposes it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from helpers.accuracy.gold import articles_of
from helpers.accuracy.measures import RULES, Quote, clipped, count_article, share
from helpers.accuracy.training import Ranges, likeness, place, spans_of
from helpers.analyse import read, statements_in
from helpers.names.paragraphs import Read
from helpers.parse import parse_many
from helpers.reporting.candidates import candidates
from helpers.reporting.paragraphs import read_cues
from helpers.reporting.rules import PLACED


def ceiling(rows: Iterable[Mapping[str, Any]]) -> dict[str, float | None]:
    """Recall in per cent by rule of matching, if the best candidate of each cue were chosen."""
    rows, counts = list(rows), Counter[str]()
    for row, reading in zip(rows, map(read, parse_many(articles_of(rows))), strict=True):
        found = {(s.start, s.end) for st in statements_in(reading) if PLACED & set(st.why) for s in st.segments}
        found |= {
            span for paragraph in reading.paragraphs for span in best_spans(paragraph, row["text"], row["quotes"])
        }
        counts += count_article(row["text"], row["quotes"], [{"start": a, "end": b} for a, b in sorted(found)])
    return {rule: share(counts[f"{rule} right"], counts[f"{rule} gold"]) for rule in RULES}


def best_spans(read: Read, text: str, quotes: Iterable[Quote]) -> Iterator[tuple[int, int]]:
    """The spans that the oracle takes in one paragraph, in characters of the article."""
    paragraph = read.parsed.paragraph.span
    marked = [(q["start"], q["end"]) for q in clipped(quotes, paragraph.start, paragraph.end)]
    cued = read_cues(read)
    for cue, source in cued.outside:
        spans = spans_of(cued.scene, candidates(cued.scene, cue, source))
        yield from max(spans, key=lambda span: likeness(text, span, met(span, marked)), default=[])
    yield from (place(read, q.start, q.end) for q in cued.quotations)


def met(span: Ranges, marked: Ranges) -> Ranges:
    """What of the marked ranges the span touches."""
    return [(a, b) for a, b in marked if any(a < d and c < b for c, d in span)]
