"""Dates as they are written, and the days they mean: ISO 8601, as far as they are given.

>>> date_value("July 21, 2017"), date_value("October 2025"), date_value("2020s"), date_value("1914–18"), date_value("today")
('2017-07-21', '2025-10', '202X', '1914..1918', None)

"today", "Friday" and "May 3" are told from the article's date, and from whether the day lies ahead of it or behind it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from helpers.knowledge.writing import calendar
from helpers.text.heads import iso_date
from helpers.tree import Word, ancestors

Ahead = Callable[[int, int], bool | None]

SHORT = [form for short in calendar()["month"].values() for form in short]
FORMS = [*calendar()["month"], *SHORT]
MONTH = (  # not the verbs may and march
    rf"(?-i:(?:{'|'.join(form + '|' + form.upper() for form in calendar()['month'])})\b"
    rf"|(?:{'|'.join(form + '|' + form.upper() for form in SHORT)})\b\.?)"
)
DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
NUMBER = r"(?<![\w.,-])\d{1,2}(?:st|nd|rd|th)?"
CENTURIES = r"(?:1[6-9]|20|21)\d\d"
YEAR = rf"(?:,? {CENTURIES}\b(?!,\d))?"
UP_TO = r"(?:(?:[–-]| to )\d{1,2}(?!\d| (?!to\b|for\b|in\b|at\b|and\b)[a-z]))?"
DATES = (
    rf"(?:(?:{DAY},? )?(?:{MONTH} {NUMBER}{UP_TO}{YEAR}"
    rf"|{NUMBER}(?:(?:[–-]| to | and )\d{{1,2}}(?:st|nd|rd|th)?)? (?:of )?{MONTH}{YEAR}"
    r"|\d{4}-\d\d-\d\d|\d\d?[/.-]\d\d?[/.-](?:19|20)\d\d)"
    rf"|{MONTH},? {CENTURIES}\b(?!,\d)"
    rf"|(?:(?-i:[Mm]id|[Ee]arly|[Ll]ate|[Ll]ast|[Nn]ext|[Tt]his)[ -]{MONTH}|(?:(?<=\bin )|(?<=since )|(?<=until )){MONTH}(?!['’]s))"
    r"(?! ?\d))"
)
RELATIVE = (
    rf"(?-i:today|yesterday|tomorrow|tonight|(?<!\w )(?:Today|Yesterday|Tomorrow|Tonight)|(?:(?:[Ll]ast|[Nn]ext|[Tt]his) )?{DAY}"
    r"|(?:[Ll]ast|[Nn]ext|[Tt]his) (?:week|month|year))"
)
DATE_WORDS = frozenset(
    word.lower() for word in (*"today yesterday tomorrow tonight week month year".split(), *FORMS, *calendar()["day"])
)
DAYS = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?(?:[–-]| to | and )(\d{1,2})(?:st|nd|rd|th)?(?!\d)")
YEARS = re.compile(r"(\d{4})[–-](\d\d(?:\d\d)?)")
MONTHS = {name[:3].lower(): number for number, name in enumerate(calendar()["month"], 1)}
WEEKDAYS = [name[:3].lower() for name in calendar()["day"]]
NEAR = timedelta(days=120)  # of a day without a year or a tense
SHIFTS = {"last": -1, "next": 1, "yesterday": -1, "tomorrow": 1}


def year_pattern(counted: str) -> str:
    """A pattern for years, decades and fiscal years; not for a number of what is `counted`, unless "in" stands before it."""
    until = r"(?:[–-]\d\d(?:\d\d)?)?"
    years = rf"(?:(?<=\bin )|(?<=\bsince )|(?<=\bthe )|(?!\d{{4}}{counted}\b)){CENTURIES}{until}(?-i:s)?"
    return rf"\b(?:{years}|(?-i:fiscal |financial year |FY ?)(?:{CENTURIES}|['’]?\d\d){until})\b(?![,.]\d)"


def date_value(words: str, today: str | None = None, ahead: bool | None = None) -> str | None:
    """A date as ISO 8601; both ends of a range; None where it cannot be told. `ahead` of the article's date, or behind?

    >>> date_value("Tuesday", "2025-10-31", False), date_value("Tuesday", "2025-10-31", True), date_value("Tuesday", "2025-10-31")
    ('2025-10-28', '2025-11-04', None)
    >>> date_value("January 5", "2025-12-20"), date_value("28 December", "2026-01-02"), date_value("July 8-9", "2026-06-30")
    ('2026-01-05', '2025-12-28', '2026-07-08..2026-07-09')
    """
    if days := DAYS.search(words) if re.search(MONTH, words) else None:
        ends = [date_value(DAYS.sub(day, words, 1), today, ahead) for day in days.groups()]
        return f"{ends[0]}..{ends[1]}" if all(ends) else None
    if full := iso_date(words):
        return full
    month = re.search(MONTH, words, re.I)
    if year := re.search(r"\d{4}", words):
        return f"{year[0]}-{MONTHS[month[0][:3].lower()]:02d}" if month else year_value(words)
    if short := re.fullmatch(r"(?i)FY ?['’]?(\d\d)", words):
        return f"20{short[1]}"
    if today is None:
        return None
    day = date.fromisoformat(today)
    return month_value(words, month[0], day, ahead) if month else relative_date(words.lower(), day, ahead)


def year_value(words: str) -> str | None:
    """A year, a decade or both ends of a range of years: 2030, 199X, 2025..2026; None for 1900s, a decade or a century."""
    if years := YEARS.search(words):
        last = years[2] if len(years[2]) == 4 else years[1][:2] + years[2]
        return f"{years[1]}..{last}" if last > years[1] else None
    year = re.findall(r"\d{4}", words)[0]
    if not words.endswith("s"):
        return year
    return None if year[2:] == "00" and year < "2000" else year[:3] + "X"


def month_value(words: str, month: str, today: date, ahead: bool | None) -> str | None:
    """What "May 3" and "mid-May" mean on the day `today`: the next one or the last; without a tense, a day near by."""
    direction = {"last": False, "next": True}.get(words.lower().split(" ")[0], ahead)
    number = MONTHS[month[:3].lower()]
    if day := re.search(r"\d+", words):
        dates = [iso_date(f"{day[0]} {month} {today.year + shift}") for shift in (-1, 0, 1)]
        near = sorted((abs(date.fromisoformat(d) - today), d) for d in dates if d)
        fits = [d for far, d in near if (far < NEAR if direction is None else not far or (d > str(today)) == direction)]
        return fits[0] if fits else None
    if direction is None:
        return None
    return (
        f"{today.year + (number < today.month and direction) - (number > today.month and not direction)}-{number:02d}"
    )


def relative_date(words: str, today: date, ahead: bool | None) -> str | None:
    """What "tomorrow", "Tuesday", "last year" mean on the day `today`; None for a bare day of which no tense tells."""
    direction, _, name = words.rpartition(" ")
    shift = SHIFTS.get(direction or name, 0)
    if name in ("today", "tonight", "yesterday", "tomorrow"):
        return (today + timedelta(days=shift)).isoformat()
    if name[:3] in WEEKDAYS and name.endswith("day"):
        return weekday(direction, (WEEKDAYS.index(name[:3]) - today.weekday()) % 7, today, ahead)
    if name == "month":
        months = today.year * 12 + today.month - 1 + shift
        return f"{months // 12}-{months % 12 + 1:02d}"
    if name == "week":
        return f"{today + timedelta(weeks=shift):%G-W%V}"
    return str(today.year + shift) if name == "year" else None


def weekday(direction: str, days: int, today: date, ahead: bool | None) -> str | None:
    """The day of the week that comes `days` after `today`, or a week before. "Next Friday" within this week may be two."""
    this = direction == "this"
    ahead = {"last": False, "next": True, "this": ahead is not False}.get(direction, ahead)
    if ahead is None or (direction == "next" and days and today.weekday() + days < 7):
        return None
    if ahead:
        return (today + timedelta(days=days or 7 * (not this))).isoformat()
    return (today - timedelta(days=7 - days if days or direction == "last" else 0)).isoformat()


def lies_ahead(day: Word) -> bool | None:
    """Does the day lie ahead, as the tense tells: will meet on Friday, met on Friday? None where no verb tells."""
    intended = False
    for word in ancestors(day):
        if word.lower in ("after", "following", "ahead"):
            return word.lower == "ahead"
        if word.lemma in calendar()["scheduled"] and word.tag in ("VBN", "JJ"):
            return True
        if word.pos in ("VERB", "AUX"):
            if intended and word.lemma in calendar()["intended"]:
                return True
            if (told := tense(word)) is not None:
                return told
            intended = True
    return None


def tense(verb: Word) -> bool | None:
    """Does the form of the verb tell of what is to come?"""
    helping = {c.lower: c.tag for c in verb.children if c.dep in ("aux", "auxpass")}
    if "MD" in helping.values():
        return "have" not in helping or None
    if "TO" in helping.values():  # to meet: as the verb above it tells
        return None
    if verb.tag == "VBG" and helping:
        return "VBD" not in helping.values()
    if verb.tag in ("VBD", "VBN"):
        return False
    return verb.lemma not in ("say", "tell") if verb.tag in ("VBZ", "VBP") else None
