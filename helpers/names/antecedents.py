"""Who is meant by a pronoun, a role or a group, as far as what was mentioned before it tells.

>>> by_pronoun("she", Place(2, 5, quoted=False), before, people)      # doctest: +SKIP
(('Ada Roe',), 'pronoun')

Each function gives the people meant and the rule; nobody where it cannot be told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from helpers.knowledge.amounts import amounts
from helpers.knowledge.names import office_words, small_words
from helpers.knowledge.vocabulary import gendered_nouns
from helpers.names.matching import figure_country
from helpers.names.paragraphs import Read
from helpers.names.pronouns import SINGULAR
from helpers.names.roles import BESIDE, GOVERNMENT, RolePhrase, held_by, is_indefinite, roles_agree
from helpers.parse import Range
from helpers.records import Person

LATELY = 60  # mentions back
GROUP, SOMEBODY = "group", ""  # several people, and whoever is spoken of, without a name: a pronoun may mean them
PLURAL = frozenset({"they"})
OF_TWO = {"former": 0, "latter": 1}
# What speaks for a person behind a pronoun, weighed; the first four count the less, the farther back the mention is.
NAMED, SUBJECT, SPEAKER, QUOTED, KNOWN, OFTEN = 2.0, 1.5, 1.0, 0.4, 0.4, 0.03
Sought = RolePhrase | str  # what may mean somebody: a role, else a pronoun, or a noun for a GROUP or for SOMEBODY
Meant = tuple[tuple[str, ...], str]  # people, and the rule
NOBODY: Meant = ((), "")
People = Mapping[str, Person]
Titles = Mapping[str, Sequence[RolePhrase]]  # the roles beside the names of each


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is mentioned: sentences are counted over the whole article, without those that are all quotation."""

    paragraph: int
    sentence: int
    quoted: bool


@dataclass(frozen=True, slots=True)
class Heard:
    """People as mentioned at one place, with what makes them likely to be meant next."""

    people: tuple[str, ...]
    place: Place
    subject: float = 0.0  # 1 in a main clause, 0.5 in a clause under another
    speaker: bool = False
    gender: str | None = None  # he or she, where the mention tells it
    verb: int | None = None  # the token of which it is the subject, alone or with others


def meant(
    sought: Sought, at: Range, read: Read, place: Place, heard: Sequence[Heard], people: People, titles: Titles
) -> Meant:
    """The people whom a role, a pronoun or a group means that stands at the tokens `at`, and by which rule."""
    role = sought if isinstance(sought, RolePhrase) else None
    if role and not role.plural:
        return by_role(role, read, heard, people, titles)
    if sought in SINGULAR:
        return by_pronoun(SINGULAR[sought], place, beyond_opening(read, at[0], place, heard), people)
    if sought in PLURAL:
        return together(heard), "pronoun"
    if sought in OF_TWO:
        two, _ = by_number(2, heard)
        return ((two[OF_TWO[sought]],), "plural") if two else NOBODY
    words = [t.lower_ for t in read.parsed.doc[max(0, at[0] - 1) : at[1]]]
    number = next(filter(None, map(count_of, words)), 0)
    definite = set(words[:3]) & (small_words()["definite"] | {"all"})  # two officials are any two
    return by_number(number, heard) if number and definite else NOBODY


def count_of(word: str) -> int:
    """How many people a word counts, up to four: two, both, the trio; else 0."""
    told = amounts("group").get(word) or amounts("number").get(word) or word
    return int(told) if told in ("2", "3", "4") else 0


def lately(before: Sequence[Heard]) -> Iterator[tuple[str, Heard]]:
    """Each person mentioned a little before, the last one first."""
    return ((name, heard) for heard in reversed(before[-LATELY:]) for name in heard.people)


def by_pronoun(pronoun: str, place: Place, before: Sequence[Heard], people: People) -> Meant:
    """The likeliest person behind "he" or "she": near, a subject, a speaker, and of no other gender as far as is known."""
    best: dict[str, float] = {}
    recent = list(lately(before))
    times = Counter(name for name, _ in recent)
    told = {name: heard.gender for name, heard in reversed(recent) if heard.gender and heard.subject}
    for name, heard in recent:
        gender = (people[name].pronouns if name else None) or told.get(name)
        if gender not in (None, pronoun):
            continue
        weight = QUOTED if heard.place.quoted else NAMED + SUBJECT * heard.subject + SPEAKER * heard.speaker
        back = (place.paragraph - heard.place.paragraph) / 2
        score = weight / (1 + place.sentence - heard.place.sentence + back)
        score += KNOWN * (gender == pronoun) + OFTEN * min(10, times[name])
        best[name] = max(best.get(name, -9.0), score)
    person = max(best, key=lambda name: best[name], default=SOMEBODY)  # the first of equals was mentioned last
    return NOBODY if person == SOMEBODY else ((person,), "pronoun")


def beyond_opening(read: Read, start: int, place: Place, before: Sequence[Heard]) -> Sequence[Heard]:
    """What was heard, without whom the words that open the sentence only mention: in a swipe at Mr. Lind, *she* said …"""
    word = read.parsed.doc[start]
    told = [h for h in before if h.subject or h.place.sentence != place.sentence]
    return told if word.dep_ == "nsubj" and word.head.dep_ == "ROOT" else before


def together(before: Sequence[Heard]) -> tuple[str, ...]:
    """The people last mentioned as one: the two leaders; Roe and Lind said."""
    recent = before[-LATELY:]
    found = (h.people if len(h.people) > 1 else joint(h, recent) for h in reversed(recent))
    return next((people for people in found if len(people) > 1), ())


def joint(heard: Heard, before: Sequence[Heard]) -> tuple[str, ...]:
    """Those who are subjects of one verb with somebody."""
    here = (h for h in before if h.verb == heard.verb is not None and h.place.paragraph == heard.place.paragraph)
    return tuple(dict.fromkeys(name for h in here for name in h.people if name))


def by_role(role: RolePhrase, read: Read, before: Sequence[Heard], people: People, titles: Titles) -> Meant:
    """The person whose role this is, mentioned before; of several the one mentioned nearest."""
    if role.role.level == "counterpart":
        return by_counterpart(role, people)
    if is_indefinite(read.parsed.doc, role):
        return NOBODY
    fits = {name for name, person in people.items() if held_by(person, titles.get(name, ()), role)}
    if not any(people[name].country == role.country for name in fits):
        fits = {name for name, person in people.items() if leads_by_name(person, role)} or fits
    likely = nearest(fits, before) or fits
    chosen = {name for name in likely if is_at_home(people[name])} or likely
    return ((chosen.pop(),), "role") if len(chosen) == 1 else NOBODY


def is_at_home(person: Person) -> bool:
    """Does no word beside the name tell its country? Then a bare office is likelier that of this one."""
    return all(e.kind != BESIDE for e in person.country_evidence)


def by_counterpart(role: RolePhrase, people: People) -> Meant:
    """The one person of that country whose office somebody else holds, too: her Norlandic counterpart."""
    held = [(name, p.country, p.role) for name, p in people.items() if p.role and p.country]
    fits = [
        name
        for name, country, own in held
        if country == role.country and any(other != country and roles_agree(own, told) for _, other, told in held)
    ]
    return ((fits[0],), "role") if len(fits) == 1 else NOBODY


def leads_by_name(person: Person, role: RolePhrase) -> bool:
    """Is it a public figure, and `role` an office of the country that it leads: the Russian president?"""
    return role.country is not None and figure_country(tuple(person.name.split()), ("head",)) == role.country


def nearest(people: set[str], before: Sequence[Heard]) -> set[str]:
    """Those of `people` who were mentioned last, all of one sentence; who speaks there, if somebody does."""
    last = [h for h in before if people & set(h.people)]
    here = [h for h in last if h.place.sentence == last[-1].place.sentence]
    return {name for h in ([h for h in here if h.speaker] or here) for name in h.people} & people


def by_description(role: RolePhrase, read: Read, before: Sequence[Heard], people: People, titles: Titles) -> Meant:
    """Who spoke last, where a noun describes rather than names an office, and nothing speaks against it: the expert, the
    former premier, the officials."""
    doc = read.parsed.doc
    if doc[max(0, role.start - 1) : role.head_end].text.lower().split()[0] != "the":
        return NOBODY
    near = [h for h in before if h.subject]
    last = together(near) if role.plural else spoke_last(near)
    fits = all(is_described(people[name], titles.get(name, ()), role) for name in last)
    return (last, "plural" if role.plural else "role") if fits else NOBODY


def spoke_last(before: Sequence[Heard]) -> tuple[str, ...]:
    """The subject of the last sentence, where it speaks."""
    return before[-1].people if before and before[-1].speaker and before[-1].people != (SOMEBODY,) else ()


def is_described(person: Person, titles: Sequence[RolePhrase], role: RolePhrase) -> bool:
    """May the noun, by what is known of the person: the expert, of nobody in office; the lawmaker, of no minister?"""
    gender, known = gendered_nouns().get(role.head), {t.role.level for t in titles}
    he = not gender or person.pronouns in (None, gender)
    if not he or (role.country and person.country not in (None, role.country)):
        return False
    if office_words()["past"] & set(role.title.lower().split()):
        return True
    if role.role.level in GOVERNMENT or any(t.role.public != role.role.public for t in titles):
        return False
    tells = role.head in office_words()["describing"]
    return tells or not role.role.public or (role.head in office_words()["generic"] and not known - {role.role.level})


def by_number(number: int, before: Sequence[Heard]) -> Meant:
    """So many people: three as last mentioned together, else the last ones mentioned."""
    if number > 2 and len(last := together(before)) == number:
        return last, "plural"
    names = [*dict.fromkeys(name for name, _ in lately(before) if name)]
    return (tuple(reversed(names[:number])), "plural") if len(names) >= number else NOBODY
