"""Who is the same person in several articles: only on evidence, each time with its reason, and yours to undo.

>>> rows = [Named("a", "Elin Quist", "Defence Minister", "Norland"), Named("b", "Elin Quist", "minister of defence", None)]
>>> [(found.person, found.reason) for found in joined(rows)][1]
('Elin Quist (Norland)', 'same full name and role')

Two articles mean one person where they give the same full name, and the same country or the same office, in whatever words.
Without either, people of one name stay apart. Every such form of a person is a line of ``joins.csv``; what you write there under
`decision` holds.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from helpers.errors import InputProblem
from helpers.names.roles import roles_agree
from helpers.tables.store import FORMULA, written_aside

FILE = "joins.csv"
FORM = ("name", "role", "country")  # what tells the people of a line
LINE = (*FORM, "article", "person", "articles", "reason", "decision")
APART = "apart"
ALONE, SURNAME, BARE, DECIDED = (
    "no other article gives this name with this role or country",
    "only one word of the name is given",
    "neither role nor country is given",
    f"decided in {FILE}",
)
CLEARLY = 3  # how many times as often as all others a country is given, to be the one

Decisions = Mapping[tuple[str, ...], str]  # by name, role, country and article; of all articles where that is empty


@dataclass(frozen=True, slots=True)
class Named:
    """A person as one article gives them."""

    article: str
    name: str
    role: str | None
    country: str | None
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Joined:
    """Whom a person of an article is in the corpus, and why."""

    named: Named
    person: str
    reason: str


def folded(words: str) -> str:
    """Words without accents, dots and capitals: ``folded("José  T. Roe") == "jose t roe"``."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", words) if not unicodedata.combining(c))
    return " ".join(plain.replace(".", " ").casefold().split())


def joined(people: Sequence[Named], decisions: Decisions | None = None) -> list[Joined]:
    """Each person of each article with whom it means, in the order given."""
    groups: dict[str, list[Named]] = defaultdict(list)
    for named in people:
        groups[folded(named.name)].append(named)
    found = {id(one.named): one for name, group in groups.items() for one in in_group(group, " " in name)}
    return [decided(found[id(named)], decisions or {}) for named in people]


def in_group(group: Sequence[Named], full: bool) -> list[Joined]:
    """Whom people of one name mean."""
    name = max(sorted({named.name for named in group}), key=len)  # one spelling for all
    if not full:
        return [Joined(named, f"{name} (in {named.article})", SURNAME) for named in group]
    found: list[Joined] = []
    for people in parted(group):
        countries = Counter(named.country for named in people if named.country)
        home = countries.most_common(1)[0][0] if countries else None
        mark = home or next((n.role.casefold() for n in people if n.role), f"in {people[0].article}")
        many = len({named.article for named in people}) > 1
        found += [Joined(named, f"{name} ({mark})", why(named, home, many)) for named in people]
    return found


def parted(group: Sequence[Named]) -> list[list[Named]]:
    """The people of one full name, those together whom evidence makes one: a country, or an office that only one of them holds.

    A country given a few times beside another that is given many times counts for nothing: articles err.

    >>> rows = [Named("a", "Ada Roe", "envoy", "Norland"), Named("b", "Ada Roe", "Envoy", None), Named("c", "Ada Roe", "", "")]
    >>> [len(people) for people in parted(rows)]
    [2, 1]
    """
    forms: dict[tuple[str, str, str], list[Named]] = defaultdict(list)
    for named in (n for n in group if n.role or n.country):
        forms[form_of(named)].append(named)
    bare = [[named] for named in group if not (named.role or named.country)]
    counts = Counter(named.country for named in group if named.country)
    clear = [country for country, count in counts.items() if count >= CLEARLY * (counts.total() - count)]
    people = [[form for form in forms if form[2] == country] for country in clear or sorted(counts)]
    rest = [form for form in forms if not any(form in one for one in people)]
    while fitting := [(form, held[0]) for form in rest if len(held := [p for p in people if has_office(p, form)]) == 1]:
        for form, one in fitting:
            one.append(form)
            rest.remove(form)
    others: list[list[tuple[str, str, str]]] = []
    for form in rest:
        known = next((one for one in others if has_office(one, form)), None)
        if known is None:
            others.append([form])
        else:
            known.append(form)
    return [*([named for form in one for named in forms[form]] for one in (*people, *others)), *bare]


def has_office(people: Iterable[tuple[str, str, str]], form: tuple[str, str, str]) -> bool:
    """Does one of some people of one name (name, role, country) hold the office of another, in these words or fewer?"""
    _, role, _ = form
    return bool(role) and any(roles_agree(held, role) or roles_agree(role, held) for _, held, _ in people if held)


def why(named: Named, home: str | None, many: bool) -> str:
    """Why somebody is the one of that name, or nobody else."""
    if not many:
        return ALONE if named.role or named.country else BARE
    return "same full name and country" if named.country and named.country == home else "same full name and role"


def decided(one: Joined, decisions: Decisions) -> Joined:
    """What a person decided instead."""
    form = form_of(one.named)
    decision = decisions.get((*form, one.named.article)) or decisions.get((*form, ""))
    if not decision:
        return one
    apart = f"{one.named.name} (in {one.named.article})"
    return Joined(one.named, apart if decision.casefold() == APART else decision, DECIDED)


def form_of(named: Named) -> tuple[str, str, str]:
    """What stands in a line of joins.csv."""
    return named.name, named.role or "", named.country or ""


# --- the file ---


def read_decisions(out: Path) -> dict[tuple[str, ...], str]:
    """What was decided in joins.csv. Raises `InputProblem` where it is no such file any more."""
    path = out / FILE
    if not path.exists():
        return {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            dialect = csv.Sniffer().sniff(file.readline(), ",;\t")  # a spreadsheet may have saved it with its own
            file.seek(0)
            lines = list(csv.DictReader(file, delimiter=dialect.delimiter, restval=""))
        cells = [
            [re.sub(f"^'(?={FORMULA})", "", line[key]).strip() for key in (*FORM, "article", "decision")]
            for line in lines
        ]
    except (OSError, ValueError, KeyError, csv.Error) as problem:
        raise InputProblem(
            f"{path}: not the list of joins as saved ({problem}); mend it, or delete it to undo all decisions"
        ) from problem
    return {tuple(form): decision for *form, decision in cells if decision}


def write_joins(out: Path, found: Iterable[Joined], decisions: Decisions) -> None:
    """Every form of a person with the one whom it means, and the decisions as they stand."""
    lines: dict[tuple[str, ...], list[Joined]] = defaultdict(list)
    for one in found:
        form = form_of(one.named)
        mine = (*form, one.named.article)
        lines[mine if mine in decisions or one.reason in (BARE, SURNAME) else (*form, "")].append(one)
    rows = [
        (*key, of[0].person, str(len({one.named.article for one in of})), of[0].reason, decisions.get(key, ""))
        for key, of in sorted(lines.items())
    ]
    with written_aside(out / FILE) as aside, aside.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(LINE)
        writer.writerows([re.sub(f"^(?={FORMULA})", "'", cell) for cell in row] for row in rows)


# --- what they were, and when ---


def offices(found: Iterable[Joined]) -> list[dict[str, str | int | None]]:
    """Role and country of each person, with the first and the last date on which articles give them."""
    held: dict[tuple[str, str, str], list[Named]] = defaultdict(list)
    for one in found:
        if one.named.role or one.named.country:
            held[one.person, one.named.role or "", one.named.country or ""].append(one.named)
    rows = []
    for (person, role, country), those in held.items():
        dated = sorted((named.date, named.article) for named in those if named.date)
        first, last = (dated[0], dated[-1]) if dated else ((None, those[0].article), (None, ""))
        among = len({named.article for named in those})
        rows.append(
            {
                "article": first[1],
                "person": person,
                "role": role,
                "country": country,
                "first": first[0],
                "last": last[0],
                "articles": among,
            }
        )
    return sorted(rows, key=lambda row: (row["person"], row["first"] or "9999", row["role"], row["country"]))
