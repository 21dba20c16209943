"""Amounts, percentages, durations and dates with a normalised value.

>>> [(q.type, q.text, q.value, q.unit) for q in find_quantities("a 25 percent tariff, $500 billion by 2030, a 10-year pact")]
[('percent', '25 percent', 25.0, 'percent'), ('money', '$500 billion', 500000000000.0, 'USD'), ('date', '2030', '2030', None), ('duration', '10-year', 'P10Y', None)]

Money is in units of its currency (ISO 4217), dates and durations are ISO 8601; relative dates ("today", "Tuesday")
are resolved against the article's date where it has one. Quantities of things keep their noun as the unit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from helpers.text.article import MONTH, iso_date

QuantityType = Literal["money", "percent", "quantity", "date", "duration"]

SCALES = {"hundred": 1e2, "thousand": 1e3, "k": 1e3, "lakh": 1e5, "million": 1e6, "mn": 1e6, "m": 1e6, "crore": 1e7, "billion": 1e9, "bn": 1e9, "b": 1e9, "trillion": 1e12, "tn": 1e12}  # fmt: skip
WORDS = {w: n for n, w in enumerate("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split())}  # fmt: skip
WORDS |= {w: 10 * n for n, w in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
CURRENCIES = {"US$": "USD", "A$": "AUD", "C$": "CAD", "NZ$": "NZD", "HK$": "HKD", "S$": "SGD", "NT$": "TWD", "R$": "BRL", "$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "Rs.": "INR", "Rs": "INR", "₩": "KRW", "₽": "RUB", "₺": "TRY", "₴": "UAH"}  # fmt: skip
CURRENCY_NOUNS = {"dollar": "USD", "euro": "EUR", "pound": "GBP", "yen": "JPY", "yuan": "CNY", "rupee": "INR", "rouble": "RUB", "ruble": "RUB", "won": "KRW", "shekel": "ILS", "hryvnia": "UAH", "riyal": "SAR", "dirham": "AED", "rand": "ZAR", "real": "BRL", "lira": "TRY", "zloty": "PLN", "franc": "CHF", "ringgit": "MYR", "rupiah": "IDR", "peso": "MXN", "baht": "THB"}  # fmt: skip
UNITS = {"second": "S", "minute": "M", "hour": "H", "day": "D", "week": "W", "month": "M", "quarter": "M", "year": "Y", "decade": "Y", "century": "Y"}  # fmt: skip
FACTOR = {"quarter": 3, "decade": 10, "century": 100}
MEASURES = "kilometres kilometers km miles metres meters feet nautical tonnes tons kilograms kg barrels megawatts gigawatts mw gw kilotons knots litres acres hectares square troops soldiers personnel people aircraft jets warships ships vessels missiles drones tanks submarines helicopters sorties launchers warheads rounds".split()

NUMBER = r"(?:\d{1,3}(?:,\d{2,3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
SPELLED = r"(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[ -](?:one|two|three|four|five|six|seven|eight|nine))?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|a|an|half a)"
SCALE = r"(?:hundred thousand|hundred million|thousand|lakh crore|lakh|million|crore|billion|trillion)s?"
SYMBOL = "|".join(re.escape(s) for s in CURRENCIES)
NOUNS = "|".join(CURRENCY_NOUNS)
AMOUNT = rf"(?P<number>{NUMBER}|{SPELLED})(?:[ -]?(?P<scale>{SCALE}|(?<=\d)(?:bn|mn|tn|[kmb])\b))?"


def each(words: Iterable[str]) -> frozenset[str]:
    """The words and their plurals."""
    return frozenset(form for word in words for form in (word, word + "s"))


DIGIT = frozenset("0")
DAYS = (
    "today yesterday tomorrow tonight week month year monday tuesday wednesday thursday friday saturday sunday".split()
)
# Each with the words or signs of which a text must hold one: most texts need not be searched at all.
PATTERNS: tuple[tuple[QuantityType, frozenset[str], re.Pattern[str]], ...] = (
    ("money", DIGIT, re.compile(rf"(?P<symbol>{SYMBOL})\s?(?P<number>{NUMBER})(?:[ -]?(?P<scale>{SCALE}|(?:bn|mn|tn|[kmb])\b))?", re.I)),
    ("money", each(CURRENCY_NOUNS), re.compile(rf"\b{AMOUNT}[ -](?:US |U\.S\. |American )?(?P<noun>{NOUNS})s?\b", re.I)),
    ("percent", frozenset(("percent", "percentage", "cent", "%")), re.compile(rf"\b(?P<number>{NUMBER}|{SPELLED})[ -]?(?:percent|per cent|%|percentage points?)(?!\w)", re.I)),
    ("duration", each((*UNITS, "centurie")), re.compile(rf"\b(?P<number>{NUMBER}|{SPELLED})[ -](?P<unit>{'|'.join(UNITS)}|centurie)s?\b(?![ -]olds?)", re.I)),
    ("date", DIGIT, re.compile(rf"\b(?:{MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?:,? \d{{4}})?|\d{{1,2}}(?:st|nd|rd|th)? {MONTH}(?:,? \d{{4}})?|(?-i:{MONTH}) \d{{4}}|\d{{4}}-\d\d-\d\d)\b", re.I)),
    ("date", DIGIT, re.compile(r"\b(?:fiscal |financial year |FY ?)?(?:1[6-9]|20|21)\d\d(?:[–-]\d\d(?:\d\d)?)?(?:s)?\b(?![,.]\d|\s?(?:%|percent|people|troops|km))")),
    ("date", frozenset(DAYS), re.compile(r"\b(?:today|yesterday|tomorrow|tonight|(?:(?:last|next|this) )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:last|next|this) (?:week|month|year))\b")),
    ("quantity", frozenset(MEASURES), re.compile(rf"\b{AMOUNT}[ -](?:(?:[a-z]+ ){{0,2}})?(?P<noun>{'|'.join(MEASURES)})\b", re.I)),
)  # fmt: skip
ANY_DIGIT = re.compile(r"\d")  # also ٣
WORD_OR_SIGN = re.compile(r"[a-z]+|[0%]")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


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
    for kind, needed, pattern in PATTERNS:
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
    groups = match.groupdict()
    value = number(groups["number"]) * scale(groups.get("scale") or "")
    if kind == "duration":
        unit = groups["unit"].lower().replace("centurie", "century")
        amount = value * FACTOR.get(unit, 1)
        time = "T" if UNITS[unit] in "SH" or unit == "minute" else ""
        return f"P{time}{amount:g}{UNITS[unit]}", None
    if kind == "money":
        symbol = next(
            (code for sign, code in CURRENCIES.items() if sign.lower() == (groups.get("symbol") or "").lower()), None
        )
        return round(value, 2), symbol or CURRENCY_NOUNS[(groups.get("noun") or "dollar").lower()]
    if kind == "percent":
        return round(value, 4), "percentage points" if "point" in match[0] else "percent"
    return value, (groups.get("noun") or "").lower()


def number(words: str) -> float:
    """The value of a number in digits or words.

    >>> number("2,790"), number("twenty-five"), number("half a"), number("1,50,000")
    (2790.0, 25.0, 0.5, 150000.0)
    """
    words = words.lower().strip()
    if words[0].isdigit():
        return float(words.replace(",", ""))
    if words == "half a":
        return 0.5
    return float(sum(WORDS.get(word, 1 if word in ("a", "an") else 0) for word in re.split(r"[ -]", words)))


def scale(words: str) -> float:
    """The factor of "million", "bn" or "lakh crore".

    >>> scale("billion"), scale("lakh crore"), scale("")
    (1000000000.0, 1000000000000.0, 1.0)
    """
    factor = 1.0
    for word in words.lower().split():
        factor *= SCALES.get(word, SCALES.get(word.rstrip("s"), 1.0))
    return factor


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
    month = re.match(MONTH, words, re.I)
    if year and month:
        return f"{year[0]}-{MONTHS[words[:3].lower()]:02d}"
    if year:
        return year[0]
    if today is None:
        return None
    if day_and_month := iso_date(f"{words}, {today[:4]}"):
        return day_and_month
    return relative_date(words.lower(), date.fromisoformat(today))


MONTHS = {m: n for n, m in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}


def relative_date(words: str, today: date) -> str | None:
    """What "tomorrow", "Tuesday", "last year" mean on the day `today`; a bare weekday is the last one, as in news."""
    if words in ("today", "tonight", "yesterday", "tomorrow"):
        return (today + timedelta(days={"yesterday": -1, "tomorrow": 1}.get(words, 0))).isoformat()
    direction, _, name = words.rpartition(" ")
    shift = {"last": -1, "next": 1}.get(direction, 0)
    if name[:3] in WEEKDAYS and name.endswith("day"):
        back = (today.weekday() - WEEKDAYS.index(name[:3])) % 7
        days = 7 - back if direction in ("next", "this") else -(back or 7 if direction == "last" else back)
        return (today + timedelta(days=days)).isoformat()
    if name == "year":
        return str(today.year + shift)
    if name == "month":
        months = today.year * 12 + today.month - 1 + shift
        return f"{months // 12}-{months % 12 + 1:02d}"
    return iso_week(today + timedelta(weeks=shift)) if name == "week" else None


def iso_week(day: date) -> str:
    """The ISO week of a day: 2025-W44."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"
