r"""What stands above an article's text, told by its form: title, byline, dateline, date.

>>> looks_like_title("Talks resume in Lindholm"), looks_like_title("Talks resumed in Lindholm on Monday.")
(True, False)
>>> find_dateline("LINDHOLM, Oct 31 (Northwire) - Talks resumed.")
31
>>> iso_date("Friday, July 21, 2017")
'2017-07-21'
"""

import re
from contextlib import suppress
from datetime import datetime
from functools import cache

from helpers.knowledge.vocabulary import countries_by_form, honorifics, organisations, places, roles
from helpers.knowledge.writing import calendar, labels

TITLE_WORDS = 25  # a first line of more words than this is a paragraph
SMALL_IN_TITLES = frozenset(
    "a an and as at but by for from in into nor of off on or over per the to up via vs with".split()
)
KICKER_WORDS = 3  # a section's name above the title has no more
LONGEST_DATELINE = 80  # characters
MONTH = rf"(?:{'|'.join(form for name, short in calendar()['month'].items() for form in (name, *short))})\b\.?"
DAY = rf"(?:\b(?:{'|'.join(form for name, short in calendar()['day'].items() for form in (name, *short))})\b\.?,?\s+)?"
YEAR = r"(?:19|20)\d\d"
MIDDLE = r"(?:-\d\d?-|/\d\d?/|\.\d\d?\.)"
DATE = (
    rf"{DAY}(?:{MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+{YEAR}|\d{{1,2}}(?:st|nd|rd|th)?\s+{MONTH},?\s+{YEAR}"
    rf"|{YEAR}{MIDDLE}\d\d?|\d\d?{MIDDLE}{YEAR})"
)
TIMED = r"(?:[\s,|·•–—-]+(?:at\s+)?\d{1,2}[:.]\d\d.{0,60}|T\d\d:.{0,30})"
TRAILER = r"(?:\s*[|·•(–—-][^.!?]{0,60}|,?\s+(?:updated|published)\b.{0,60})"
CALLED = (
    r"(?:(?:first\s+|originally\s+|last\s+)?(?:published|updated|posted|modified|created|dated?)(?:\s+(?:on|at))?\W+)?"
)
ONLY_DATE = re.compile(rf"\W*{CALLED}{DATE}(?:{TIMED}|{TRAILER})?\W*$", re.I)
CAPITAL = "[A-ZÀ-ÖØ-ÞĀ-Ž]"
NAME = rf"{CAPITAL}[\w.'’-]*"
AGENCY = rf"\({CAPITAL}[\w.,/& -]{{1,30}}\)|/{CAPITAL}\w+/\.?"
PLACE = (
    rf"(?:(?P<place>{NAME}(?:(?:\s*[/,]\s*|\s+)(?:{NAME}|de|la|al|el|of|the))*(?:\s*\[{NAME}\])?)"
    rf"(?:,?\s+(?P<date>{DATE}|{MONTH}\s+\d{{1,2}}\b|\d{{1,2}}(?:st|nd|rd|th)?\s+{MONTH})\.?)?)?"
)
DATELINE = re.compile(
    rf"{PLACE}(?P<agency>\s*(?:{AGENCY})|,?\s+[A-Z]{{2,8}}\b)?"
    rf"(?P<mark>\s*[—–]\s*|\s+--?\s+|(?<=\))\s*-(?={CAPITAL})|\.-\s+|\s*:\s+(?=[{CAPITAL[1:-1]}“\"‘])|\s*$)"
)
DATELINE_WITHOUT_MARK = re.compile(rf"{PLACE}(?P<agency>\s*(?:{AGENCY}))(?P<mark>)\s+(?={CAPITAL}|[“\"‘])")
BYLINE = re.compile(
    rf"{NAME}(?:\s+(?:de|van|von|der|al|bin|{NAME})){{1,4}}(?:(?:,|\s+and|\s+&)\s+{NAME}(?:\s+{NAME}){{1,3}})*"
    rf"(?:\s+in\s+{NAME}(?:\s+{NAME}){{0,2}}|\s*[,|]\s.{{2,60}})?$|(?:Source|Agency|By)\s*:?\s+{NAME}(?:\s+{NAME}){{0,3}}$"
)


def looks_like_title(line: str) -> bool:
    """Is this first line a headline: short, and without a full stop or with a capital on every word but the small ones?

    >>> looks_like_title("Can the ceasefire hold?"), looks_like_title("NORVIA REOPENS STRAIT."), looks_like_title("Yes, she said.")
    (True, True, False)
    """
    words = re.findall(r"[^\W\d_][\w’'-]*", line)
    if not words or len(words) > TITLE_WORDS:
        return False
    if not re.search(r"(?:(?<!\.)\.|[!:,;])['’\"”)]*$", line):
        return True
    long_words = [w for w in words if len(w) > 3]
    return len(long_words) > 2 and all(w[0].isupper() or w in SMALL_IN_TITLES for w in words)


def looks_like_kicker(line: str, following: str) -> bool:
    """Is this first line a section's name above the title ("World News")?

    >>> looks_like_kicker("World News", "Norvia reopens the northern strait"), looks_like_kicker("War averted", "By Ada Roe")
    (True, False)
    """
    enough = len(following.split()) > KICKER_WORDS + 1 and looks_like_title(following)
    return len(line.split()) <= KICKER_WORDS and enough and not find_dateline(following)


def looks_like_byline(line: str) -> bool:
    """Is this line, above the text, a name and perhaps a place or desk?

    >>> [looks_like_byline(line) for line in ("Ada Roe in Port Amber", "Source: Northwire", "Talks failed")]
    [True, True, False]
    """
    official = {word.lower() for word in line.split()} & labels()["title"]  # The Hon Ada Roe MP
    return BYLINE.match(line) is not None and not official and not line.endswith((".", "!", "?", ":"))


def find_dateline(line: str, transcript: bool = False) -> int:
    """How many characters the dateline at the start of `line` takes; 0 without one.

    >>> find_dateline("LINDHOLM, Oct 31 (Northwire) - Talks resumed."), find_dateline("Talks resumed - again.")
    (31, 0)

    In a `transcript`, capitals before a colon are a speaker.
    """
    start = line[: LONGEST_DATELINE + 20]
    match = DATELINE.match(start) or DATELINE_WITHOUT_MARK.match(start)
    if not match or not 0 < match.end() <= LONGEST_DATELINE:
        return 0
    place, mark, rest = match["place"] or "", match["mark"].strip(), line[match.end() :]
    agency = (match["agency"] or "").strip().startswith(("(", "/"))
    if (not mark and not rest and place.endswith((".", ":"))) or (transcript and mark == ":"):
        return 0  # a heading, or somebody who speaks
    certain = match["date"] is not None or (match.re is DATELINE and (agency or certain_place(place, rest)))
    return match.end() if certain else 0


def certain_place(place: str, rest: str) -> bool:
    """Can only a place stand before the mark? So if it is in capitals and nothing else that we know, or a known place.

    >>> certain_place("PORT AMBER", "The"), certain_place("MINISTER ROE", "We")
    (True, False)
    >>> certain_place("Cairo", "The"), certain_place("Cairo", "once")
    (True, False)
    """
    first, *more = (part.strip() for part in re.split(r"[,/\[]", place))
    label = any(first.lower() in labels()[kind] for kind in ("heading", "asks", "answers"))  # BREAKING, QUESTION
    if len(first) < 4 or label or not_places() & {word.casefold() for word in (first, *first.split())}:
        return False
    named = known_places() & {first, *(more if rest else ())}  # Metro Amber, Norway — …
    return first.isupper() or (bool(named) and not rest[:1].islower())


@cache
def known_places() -> frozenset[str]:
    """Every form of a country, capital or place."""
    return frozenset(countries_by_form()) | {form for place in places() for form in place.forms}


@cache
def not_places() -> frozenset[str]:
    """What may stand in capitals before a colon and is no place: organisations, roles and honorifics, in small letters."""
    forms = {form for organisation in organisations() for form in organisation.forms}
    words = {form.casefold() for form in (*forms, *roles(), *honorifics())}
    return frozenset(words - {form.casefold() for form in known_places()})


def iso_date(words: str | None) -> str | None:
    """The date written in `words` as ISO 8601, or None.

    >>> iso_date("Friday, July 21, 2017"), iso_date("2017-07-21T09:00:00Z"), iso_date("soon")
    ('2017-07-21', '2017-07-21', None)

    ``3/4/2031`` is 3 April or March 4, and so is no date here.
    """
    found = re.search(DATE, words or "", re.I)
    if not found:
        return None
    plain = re.sub(rf"^{DAY}|(?<=\d)(?:st|nd|rd|th)|(?<=[a-z])\.|,", "", found[0], flags=re.I)
    plain = re.sub(r"[A-Za-z]+", lambda m: m[0][:3].title(), plain)
    plain = " ".join(re.sub(r"(?<=\d)[/.-](?=\d)", "-", plain).split())
    dates = set()
    for form in ("%Y-%m-%d", "%b %d %Y", "%d %b %Y", "%d-%m-%Y", "%m-%d-%Y"):
        with suppress(ValueError):
            dates.add(datetime.strptime(plain, form).date().isoformat())
    return dates.pop() if len(dates) == 1 else None
