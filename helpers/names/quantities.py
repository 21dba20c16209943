"""Amounts, percentages, durations and dates with a normalised value.

>>> [(q.text, q.value, q.unit) for q in find_quantities("a 25 percent tariff, $500 billion by 2030")]
[('25 percent', 25.0, 'percent'), ('$500 billion', 500000000000.0, 'USD'), ('2030', '2030', None)]

Money is in units of its currency (ISO 4217), dates and durations are ISO 8601; relative dates ("today", "Tuesday")
are resolved against the article's date where it has one. Quantities of things keep their noun as the unit.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Literal

from helpers.knowledge.amounts import amounts
from helpers.knowledge.writing import calendar
from helpers.text.article import MONTH, iso_date

QuantityType = Literal["money", "percent", "quantity", "date", "duration"]

NUMBER = r"(?:\d{1,3}(?:,\d{2,3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
FULL_DATE = (
    rf"(?:{MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?:,? \d{{4}})?|\d{{1,2}}(?:st|nd|rd|th)? {MONTH}(?:,? \d{{4}})?"
    rf"|(?-i:{MONTH}) \d{{4}}|\d{{4}}-\d\d-\d\d)"
)
YEAR = (
    r"(?-i:(?:fiscal |financial year |FY ?)?(?:1[6-9]|20|21)\d\d(?:[–-]\d\d(?:\d\d)?)?(?:s)?\b"
    r"(?![,.]\d|\s?(?:%|percent|people|troops|km)))"
)
RELATIVE = (
    rf"(?-i:today|yesterday|tomorrow|tonight|(?:(?:last|next|this) )?{DAY}|(?:last|next|this) (?:week|month|year))"
)
DIGIT, SHARE = frozenset("0"), frozenset("percent percentage cent %".split())
DAYS = frozenset(
    "today yesterday tomorrow tonight week month year monday tuesday wednesday thursday friday saturday sunday".split()
)
ANY_DIGIT = re.compile(r"\d")  # also ٣
WORD_OR_SIGN = re.compile(r"[a-z]+|[0%]")
MONTHS = {name[:3].lower(): number for number, name in enumerate(calendar()["month"], 1)}
WEEKDAYS = [name[:3].lower() for name in calendar()["day"]]


@cache
def patterns() -> tuple[tuple[QuantityType, frozenset[str], re.Pattern[str]], ...]:
    """What each type looks like, with the words or signs of which a text must hold one: most need not be searched."""
    tens = "|".join(word for word, value in amounts("number").items() if float(value) >= 20)
    ones = "|".join(word for word, value in amounts("number").items() if 1 <= float(value) < 10 and len(word) > 2)
    number = rf"(?P<number>{NUMBER}|(?:{tens})(?:[ -](?:{ones}))?|{one_of('number')})"
    scale = rf"(?:{one_of('scale')})s?"
    short = rf"(?:{one_of('short_scale')})\b"
    amount = rf"{number}(?:[ -]?(?P<scale>{scale}|(?<=\d){short}))?"
    american = r"(?:US |U\.S\. |American )?"
    needed: tuple[tuple[QuantityType, frozenset[str], str], ...] = (
        ("money", DIGIT, rf"(?P<sign>{one_of('sign')})\s?(?P<number>{NUMBER})(?:[ -]?(?P<scale>{scale}|{short}))?"),
        ("money", each("currency"), rf"\b{amount}[ -]{american}(?P<noun>{one_of('currency')})s?\b"),
        ("percent", SHARE, rf"\b{number}[ -]?(?:per ?cent|%|percentage points?)(?!\w)"),
        ("duration", each("time"), rf"\b{number}[ -](?P<unit>{one_of('time')})s?\b(?![ -]olds?)"),
        ("date", DIGIT, rf"\b{FULL_DATE}\b"),
        ("date", DIGIT, rf"\b{YEAR}"),
        ("date", DAYS, rf"\b{RELATIVE}\b"),
        ("quantity", each("measure"), rf"\b{amount}[ -](?:[a-z]+ ){{0,2}}(?P<noun>{one_of('measure')})\b"),
    )
    return tuple((kind, words, re.compile(text, re.IGNORECASE)) for kind, words, text in needed)


def one_of(kind: str) -> str:
    """A pattern for any form of a kind."""
    return "|".join(map(re.escape, amounts(kind)))


def each(kind: str) -> frozenset[str]:
    """The forms of a kind and their plurals."""
    return frozenset(form for word in amounts(kind) for form in (word, word + "s"))


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity at the characters `start` to `end` of a text."""

    type: QuantityType
    start: int
    end: int
    text: str
    value: float | str | None
    unit: str | None


def find_quantities(text: str, today: str | None = None) -> list[Quantity]:
    """The quantities of `text` in order, none overlapping; `today` is the article's date (ISO 8601)."""
    held = set(WORD_OR_SIGN.findall(ANY_DIGIT.sub("0", text.casefold())))
    taken: set[int] = set()
    found = []
    for kind, needed, pattern in patterns():
        if held.isdisjoint(needed):
            continue
        for match in pattern.finditer(text):
            if taken.isdisjoint(range(*match.span())):
                taken.update(range(*match.span()))
                value, unit = normalised(kind, match, today)
                found.append(Quantity(kind, match.start(), match.end(), match[0], value, unit))
    return sorted(found, key=lambda q: q.start)


def normalised(kind: QuantityType, match: re.Match[str], today: str | None) -> tuple[float | str | None, str | None]:
    """Value and unit of one match."""
    if kind == "date":
        return date_value(match[0], today), None
    groups = match.groupdict("")
    value = number(groups["number"]) * scale(groups.get("scale", ""))
    if kind == "duration":
        unit = amounts("time")[groups["unit"].lower()]
        return "P" + re.sub(r"\d+", lambda times: f"{value * int(times[0]):g}", unit), None
    if kind == "percent":
        return round(value, 4), "percentage points" if "point" in match[0] else "percent"
    noun = groups.get("noun", "").lower()
    if kind == "quantity":
        return value, noun
    signs = {sign.lower(): code for sign, code in amounts("sign").items()}
    return round(value, 2), amounts("currency").get(noun) or signs.get(groups.get("sign", "").lower())


def number(words: str) -> float:
    """The value of a number in digits or words.

    >>> number("2,790"), number("twenty-five"), number("half a"), number("1,50,000")
    (2790.0, 25.0, 0.5, 150000.0)
    """
    words = words.lower().strip()
    if words[0].isdigit():
        return float(words.replace(",", ""))
    known = amounts("number")
    return float(known[words]) if words in known else sum(float(known[word]) for word in re.split(r"[ -]", words))


def scale(words: str) -> float:
    """The factor of "million", "bn" or "lakh crore".

    >>> scale("billion"), scale("lakh crores"), scale("")
    (1000000000.0, 1000000000000.0, 1.0)
    """
    known, words = amounts("scale") | amounts("short_scale") | {"": "1"}, words.lower()
    return float(known[words] if words in known else known[words.rstrip("s")])


def date_value(words: str, today: str | None) -> str | None:
    """A date as ISO 8601 as far as it is given: 2025-10-31, 2025-10, 2030, 2020s as 202X; None where it cannot be told.

    >>> date_value("July 21, 2017", None), date_value("October 2025", None), date_value("2020s", None), date_value("today", None)
    ('2017-07-21', '2025-10', '202X', None)
    >>> date_value("Tuesday", "2025-10-31"), date_value("tomorrow", "2025-10-31"), date_value("3 May", "2025-10-31")
    ('2025-10-28', '2025-11-01', '2025-05-03')
    """
    if full := iso_date(words):
        return full
    if decade := re.fullmatch(r"(\d{3})0s", words):
        return decade[1] + "X"
    year = re.search(r"\b\d{4}\b", words)
    if year:
        month = MONTHS.get(words[:3].lower()) if re.match(MONTH, words, re.I) else None
        return f"{year[0]}-{month:02d}" if month else year[0]
    if today is None:
        return None
    return iso_date(f"{words}, {today[:4]}") or relative_date(words.lower(), date.fromisoformat(today))


def relative_date(words: str, today: date) -> str | None:
    """What "tomorrow", "Tuesday", "last year" mean on the day `today`; a bare weekday is the last one, as in news."""
    direction, _, name = words.rpartition(" ")
    shift = {"last": -1, "next": 1, "yesterday": -1, "tomorrow": 1}.get(direction or name, 0)
    if name in ("today", "tonight", "yesterday", "tomorrow"):
        return (today + timedelta(days=shift)).isoformat()
    if name[:3] in WEEKDAYS and name.endswith("day"):
        back = (today.weekday() - WEEKDAYS.index(name[:3])) % 7
        days = 7 - back if direction in ("next", "this") else -(back or 7 if direction == "last" else back)
        return (today + timedelta(days=days)).isoformat()
    if name == "month":
        months = today.year * 12 + today.month - 1 + shift
        return f"{months // 12}-{months % 12 + 1:02d}"
    if name == "week":
        return f"{today + timedelta(weeks=shift):%G-W%V}"
    return str(today.year + shift) if name == "year" else None
