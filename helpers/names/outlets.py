"""Whose outlet is it? A paper writes of its own ministers without their country: there a bare title is one of its state.

>>> outlet_of(Article("a", "", (), url="https://www.dawn.com/news/1")), outlet_of(Article("a", "", (), source="Reuters"))
('Pakistan', None)

What outlets there are stands in ``data/vocabulary/outlets.csv``, by their addresses and names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from urllib.parse import urlsplit

from helpers.knowledge.names import KnownForm, known_forms, outlet_countries
from helpers.names.gazetteer import Known
from helpers.records import Article

CREDIT = (
    r"(?:\b(?:told|[Pp]ublished in|[Ss]ource:|[Cc]ourtesy of)|©|\()\s*(?:the )?({0})(?!\w)"
    r"|(?<!\w)({0})(?=['’]s (?:quer|report|question)| (?:reported|understands|has learned|has learnt)\b)"
    r"|^({0})$"
    r"|^.{{0,40}}(?:, |\d |\()({1})\)?\s?[-–—]"  # Accra, May 4, GNA –; ACCRA (GNA) —
    r"|[.!?”’\"]\s{{0,2}}\(?({1})\)?$"
)


def outlet_of(article: Article, known: Iterable[Known] = ()) -> str | None:
    """The country for which the outlet of an article writes, by its address or its name; `known` is what the article names."""
    host, source = urlsplit(article.url or "").hostname, article.source or ""
    forms = known_forms() | {k.text: KnownForm(k.kind, k.name, k.country) for k in known}
    return country_of_host(host or source) or country_of_name(source, forms)


def country_of_host(host: str) -> str | None:
    """The country of the longest listed end of an address.

    >>> country_of_host("www.dawn.com"), country_of_host("www.bbc.co.uk"), country_of_host("ft.lk")
    ('Pakistan', None, 'Sri Lanka')
    """
    domains, parts = outlet_countries()["domain"], host.casefold().split(".")
    ends = (".".join(parts[i:]) for i in range(len(parts))) if len(parts) > 1 else ()
    return next((domains[end] for end in ends if end in domains), None)


def country_of_name(source: str, forms: Mapping[str, KnownForm]) -> str | None:
    """The country of an outlet that is known by its name, or bears its country's: Orskan Telegraph, Kenya News Agency."""
    if source in outlet_countries()["name"]:
        return outlet_countries()["name"][source]
    known = (forms.get(word) for word in re.findall(r"\w+", source))
    return next((k.country for k in known if k and k.kind in ("country", "demonym", "capital")), None)


def credited(text: str) -> str | None:
    """The country of the outlet that a text credits first.

    >>> credited("“We shall see,” she told Dawn. Agencies"), credited("The sun rose at dawn.")
    ('Pakistan', None)
    """
    match = credit().search(text)
    return outlet_countries()["name"][match[match.lastindex or 0]] if match else None


@cache
def credit() -> re.Pattern[str]:
    """What credits an outlet by its name, one in brackets only in a dateline or behind a sentence at the end of its paragraph."""
    names, shared = (sorted(outlet_countries()[kind], key=len, reverse=True) for kind in ("name", "shared"))
    sure = [name for name in names if name not in shared]
    return re.compile(CREDIT.format(*("|".join(map(re.escape, each)) for each in (sure, shared))), re.MULTILINE)
