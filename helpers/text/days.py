"""The day that a field of an input names, in whatever form programs write it.

>>> day("2031-10-03T08:00:00Z"), day("20311003"), day("Fri, 03 Oct 2031 08:00:00 GMT"), day(1948780800)
('2031-10-03', '2031-10-03', '2031-10-03', '2031-10-03')
>>> day("3/4/2031"), day("3/4/2031", "dm"), day("3/4/31", "md"), day("soon")
(None, '2031-04-03', '2031-03-04', None)
>>> day("2031-02-30")
Traceback (most recent call last):
ValueError: there is no such day as '2031-02-30'
"""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from helpers.text.heads import DATE, iso_date

NONE = re.compile(r"(?:0000-00-00.*|n/?a|nan|nat|none|null|nil|unknown|undated|n\.?d\.?|[-–—?.]*)$", re.I)
SLASHED = re.compile(r"(\d\d?)([/.-])(\d\d?)\2((?:\d\d)?\d\d)(?:$|[\s,T])")
COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(?:T?\d{4,6}Z?)?$")
SECONDS = re.compile(r"(\d{10})(?:\d{3}|\.\d+)?$")


def day(value: Any, order: str = "") -> str | None:
    """The day as ISO 8601; None where `value` names none, or one of two: `order` tells "dm" or "md".

    Raises ValueError for a day that no calendar has.
    """
    if isinstance(value, date):
        return value.isoformat()[:10]
    words = "" if value is None else str(value).strip()
    if is_none(words):
        return None
    if stamp := SECONDS.match(words):
        return datetime.fromtimestamp(int(stamp[1]), UTC).date().isoformat()
    if found := COMPACT.match(words):
        words = "-".join(found.groups())
    elif found := SLASHED.match(words):
        return slashed(words, found, order)
    if iso := iso_date(words):
        return iso
    if re.search(DATE, words, re.I):
        raise ValueError(f"there is no such day as {words[:40]!r}")
    return None


def is_none(words: str) -> bool:
    """Does a cell say that there is no date?"""
    return NONE.match(words) is not None


def slashed(words: str, found: re.Match[str], order: str) -> str | None:
    """The day of numbers with marks between: 3/4/2031."""
    first, second, year = int(found[1]), int(found[3]), int(found[4])
    year += 0 if year > 99 else 2000 if year < 70 else 1900
    months = [(m, d) for m, d in {(first, second), (second, first)} if 0 < m <= 12 and 0 < d <= 31]
    if len(months) > 1:
        months = [(first, second)] if order == "md" else [(second, first)] if order == "dm" else []
        if not months:
            return None
    try:
        return date(year, *months[0]).isoformat()
    except (IndexError, ValueError):
        raise ValueError(f"there is no such day as {words[:40]!r}") from None


def order_of(values: Iterable[Any]) -> str:
    """Whether the day or the month comes first ("dm", "md"), told by those dates that can be read in one way only.

    >>> order_of(["3/4/2031", "25/4/2031"]), order_of(["3/4/2031"]), order_of(["25/4/2031", "4/25/2031"])
    ('dm', '', '')
    """
    seen = set()
    for value in values:
        found = SLASHED.match(str(value).strip()) if value is not None else None
        if found and (int(found[1]) > 12) != (int(found[3]) > 12):
            seen.add("dm" if int(found[1]) > 12 else "md")
    return seen.pop() if len(seen) == 1 else ""
