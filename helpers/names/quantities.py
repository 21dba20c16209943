"""Amounts, percentages, durations and dates with a normalised value.

>>> [(q.text, q.value, q.unit) for q in find_quantities("a 25 percent tariff, €2–4 billion by 2030")]
[('25 percent', 25.0, 'percent'), ('€2–4 billion', '2000000000..4000000000', 'EUR'), ('2030', '2030', None)]

Money is in units of its currency (ISO 4217), dates and durations are ISO 8601 (`helpers.names.dates`). Quantities of
things keep their noun as the unit. A range has both its ends as value; where a value could be false, there is none.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from typing import Literal

from helpers.knowledge.amounts import amounts, currencies
from helpers.names.dates import DATE_WORDS, DATES, RELATIVE, Ahead, date_value, year_pattern
from helpers.names.numbers import ALONE, NUMBER, amount, both_ends, one_of, worth

QuantityType = Literal["money", "percent", "quantity", "date", "duration"]
Kind = QuantityType | Literal["label"]  # of a number that only numbers something: Article 5

DIGIT, SHARE = frozenset("0"), frozenset("percent percentage cent pc %".split())
ANY_DIGIT = re.compile(r"\d")  # also ٣
WORD_OR_SIGN = re.compile(r"[a-z]+|[0%]")
BETWEEN = r"(?:(?<=between )(?P<between>))?"
TO = r"(?:[–—-]| [–—] |-?(?(between) and |(?: to | or )))"
AMBIGUOUS = re.compile(r"(?<![\d.])\d{1,3}\.\d{3}\W")  # 12.500 tonnes: twelve, or twelve thousand?
SHARES = r"(?:per[ -]?cent|%|percentage points?|(?-i:pc))(?!\w)"


@cache
def patterns() -> tuple[tuple[Kind, frozenset[str], re.Pattern[str]], ...]:
    """What each type looks like, with the words or signs of which a text must hold one: most need not be searched."""
    counted = rf"(?:[ -]?(?:%|per[ -]?cent|(?:[a-z]+ )?(?:{one_of('measure', 'currency', 'time')})|{one_of('scale')}))"
    needed: tuple[tuple[Kind, frozenset[str], str], ...] = (
        ("label", DIGIT, labels()),
        ("money", DIGIT, after_sign()),
        ("money", each("currency") | DIGIT | {code.lower() for code in codes()}, rf"{ranged(amount())}{currency()}"),
        ("percent", SHARE, rf"{ranged(amount('an?'))}[ -]?{SHARES}"),
        ("date", DIGIT | DATE_WORDS, rf"\b{DATES}(?!\w)"),
        ("date", DIGIT, year_pattern(counted)),
        ("date", DATE_WORDS, rf"\b{RELATIVE}\b"),
        ("quantity", each("measure"), rf"{ranged(amount())}{things()}"),
        ("duration", each("time"), rf"(?!three[ -]quarters|one day\b(?! (?:after|before|later|earlier)))"
         rf"{ranged(amount('an?'))}{time()}"),
    )  # fmt: skip
    return tuple((kind, words, re.compile(text, re.IGNORECASE)) for kind, words, text in needed)


def ranged(pattern: str) -> str:
    """A pattern for one amount, or for both ends of a range of them."""
    begins = "".join(sorted({form[0] for form in amounts("number")}))  # most places are passed at their first letter
    return rf"(?=[\d½¼¾{begins}]){ALONE}{BETWEEN}(?P<low>{pattern})(?:{TO}(?P<high>{pattern}))?"


def labels() -> str:
    """Numbers that only number something, and the time of day: Resolutions 1718 and 2087, Type 99, 1900 GMT."""
    of = rf"\b(?:{one_of('label')})(?:\.? (?:no\.? )?\d[\d/–-]*|s \d[\d/–-]*(?:(?:, and |, | and )\d[\d/–-]*)*)"
    return rf"{of}(?!\w)|\b\d{{4}} ?(?:{one_of('clock')})\b|(?<=\bat )\d{{4}} h(?:ou)?rs\b"


def after_sign() -> str:
    """An amount behind the sign or the code of its currency; "to" and "and" need a sign or a scale behind them."""
    sign = rf"{coded()}|{one_of('sign')}"
    scale = rf"(?:(?:[ -]?(?:{one_of('scale')})s?\b){{1,3}}|[ -]?(?:{one_of('short_scale')})\b)"
    number = rf"{NUMBER}{scale}?"
    between = rf"(?:[–—-](?:(?P=sign)\s?)?|{TO}(?=(?P=sign)|{NUMBER}{scale})(?:(?P=sign)\s?)?)"
    return rf"(?<!\w){BETWEEN}(?P<sign>{sign})\s?(?P<low>{number})(?:{between}(?P<high>{number}))?"


def currency() -> str:
    """What stands behind an amount of money: dollars, US dollars, USD, €; no euro zone, and no pounds of rice."""
    nouns = rf"(?!(?<!ion )(?<!and )(?<!red )(?<!\d )won\b)(?:US |U\.S\. |American )?(?P<noun>{one_of('currency')}|{coded()})s?\b"
    return rf"(?:[ -]{nouns}(?!(?<=\bpounds) of|[ -]zone\b|[ -]area\b)|\s?(?P<after>[€£₽₴₺₹])(?!\s?\d))"


def things() -> str:
    """What is counted or measured, with at most two adjectives before it."""
    no_adjective = rf"(?:{one_of('no_adjective', 'number', 'scale')})s?\b"
    return rf"(?:[ -]|(?<=\d))(?:(?!{no_adjective})[a-z]+(?:-[a-z]+)? ){{0,2}}?(?P<noun>{one_of('measure')})\b"


def time() -> str:
    """A unit of time behind its number: no age, no "second" or "quarter" that is a rank or a share."""
    unit = rf"(?!(?<=[a-z][ -])second\b|(?<=[ea][ -])quarter)(?P<unit>{one_of('time')})s?\b"
    return rf"[ -]{unit}(?![ -]olds?| of age|-to-|(?<=quarters) of)"


def coded() -> str:
    """A pattern for the code of a currency, in capitals."""
    return rf"(?-i:{'|'.join(sorted(codes()))})"


@cache
def codes() -> frozenset[str]:
    """The codes of the currencies that are known by a sign or a noun."""
    return frozenset(code for kind in ("sign", "currency") for form in amounts(kind) for code in currencies(form))


def each(kind: str) -> frozenset[str]:
    """The last words of the forms of a kind, and their plurals."""
    return frozenset(form for word in amounts(kind) for form in (word.split()[-1], word.split()[-1] + "s"))


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity at the characters `start` to `end` of a text."""

    type: QuantityType
    start: int
    end: int
    text: str
    value: float | str | None
    unit: str | None


def find_quantities(
    text: str, today: str | None = None, ahead: Ahead | None = None, countries: Collection[str] = ()
) -> list[Quantity]:
    """The quantities of `text` in order, none overlapping; `today` is the article's date (ISO 8601).

    `ahead` tells whether the day that is written at some characters lies ahead of the article's date; `countries` are
    those that the article names, and tell whose rupees are meant.
    """
    held = set(WORD_OR_SIGN.findall(ANY_DIGIT.sub("0", text.casefold())))
    taken: set[int] = set()
    found = []
    for kind, needed, pattern in patterns():
        if held.isdisjoint(needed):
            continue
        for match in pattern.finditer(text):
            start, end = match.span()
            rate = kind == "duration" and match[0].lower().startswith("a") and start - 2 in taken  # $5 a day
            if not rate and taken.isdisjoint(range(start, end)):
                taken.update(range(start, end))
                if kind == "date":
                    lies_ahead = ahead(start, end) if ahead and today else None
                    found.append(Quantity(kind, start, end, match[0], date_value(match[0], today, lies_ahead), None))
                elif kind != "label":
                    found += measured(kind, match, countries)
    return sorted(found, key=lambda q: q.start)


def measured(kind: QuantityType, match: re.Match[str], countries: Collection[str]) -> list[Quantity]:
    """The quantity of a match, a range as one; two where they fall: from 25 to 10 percent."""
    groups = match.groupdict("")
    unit = unit_of(kind, match[0].lower(), groups, countries)
    ends = both_ends(groups["low"], groups["high"]) if groups["high"] else (worth(groups["low"]),)
    values = [end for end in ends if end is not None]
    if len(values) < len(ends) or (kind == "quantity" and AMBIGUOUS.search(match[0])):
        values = []
    parts = [(match.start(), match.end(), values)]
    if values[1:] and values[0] > values[1]:
        second = match.string.find(groups.get("sign", ""), match.end("low"), match.start("high"))
        second = match.start("high") if second <= match.end("low") else second
        parts = [(match.start(), match.end("low"), values[:1]), (second, match.end(), values[1:])]
    return [Quantity(kind, a, b, match.string[a:b], *told(kind, ends, unit)) for a, b, ends in parts]


def told(kind: QuantityType, values: list[float], unit: str | None) -> tuple[float | str | None, str | None]:
    """Value and unit as they are given: a range with both ends, a length of time in one text with its unit."""
    if kind == "duration":
        return "..".join(lasting(value, unit or "") for value in values) or None, None
    if values[1:]:
        return "..".join(f"{value:.15g}" for value in values), unit
    return (values[0] if values else None), unit


def lasting(times: float, unit: str) -> str:
    """So many times a length of time: ``lasting(3, "10Y") == "P30Y"``."""
    return "P" + re.sub(r"\d+", lambda length: f"{times * int(length[0]):g}", unit)


def unit_of(kind: QuantityType, text: str, groups: dict[str, str], countries: Collection[str]) -> str | None:
    """The unit of a match in small letters: a currency, percent, the noun of what is counted, a length of time."""
    if kind == "percent":
        return "percentage points" if "point" in text else "percent"
    if kind == "duration":
        return amounts("time")[groups["unit"].lower()]
    noun = groups.get("noun", "").lower()
    if kind == "quantity":
        return amounts("measure")[noun] or noun
    sign = groups.get("sign") or groups.get("after") or noun
    form = next((form for form in (*amounts("sign"), *amounts("currency")) if form.lower() == sign.lower()), None)
    return currency_of(form, countries) if form else sign.upper()


def currency_of(form: str, countries: Collection[str]) -> str | None:
    """The currency of a sign or noun: the only one of a country that is named; the first if none is, none if several are.

    >>> currency_of("rupee", ["Pakistan"]), currency_of("rupee", []), currency_of("rupee", ["India", "Nepal"])
    ('PKR', 'INR', None)
    """
    meant = currencies(form)
    named = [code for code, country in meant.items() if country in countries] or list(meant)[:1]
    return named[0] if len(named) == 1 else None
