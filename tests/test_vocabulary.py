"""The word lists: every row sound, every example of a pattern true, every fault named with file, line and mend."""

from __future__ import annotations

import re
import shutil
import time
from collections import Counter
from pathlib import Path

import pytest

from helpers.errors import VocabularyProblem
from helpers.knowledge import amounts, names, reporting, tone
from helpers.knowledge import vocabulary as words
from helpers.knowledge.reporting import cue_class

SHARED_DEMONYMS = {"Congolese", "Dominican", "Dominicans", "Korean", "Koreans"}  # the text decides which state
READERS = (
    words.countries,
    words.organisations,
    words.places,
    words.roles,
    words.role_modifiers,
    words.honorifics,
    words.surnames_first,
    words.given_names,
    words.gendered_nouns,
    words.boilerplate,
    amounts.all_amounts,
    names.name_words,
    names.small_words,
    names.office_words,
    names.public_figures,
    names.towns,
    names.parties,
    names.outlet_countries,
    names.abroad,
    names.story_signs,
    names.country_evidence,
    names.modifier_countries,
    reporting.body_nouns,
    reporting.speaker_nouns,
    reporting.entity_heads,
    reporting.head_nouns,
    tone.tone_words,
    tone.tone_verbs,
    tone.tone_attitudes,
    tone.hollow_nouns,
    tone.tone_groups,
)
PATTERNS = words.boilerplate()


def country(name: str) -> words.Country:
    return next(c for c in words.countries() if c.name == name)


def test_country_codes_are_three_capitals_and_unique() -> None:
    codes = [c.iso3 for c in words.countries()]
    assert all(re.fullmatch("[A-Z]{3}", code) for code in codes)
    assert len(set(codes)) == len(codes) >= 197


def test_only_listed_forms_mean_two_countries() -> None:
    assert {form for form, found in words.countries_by_form().items() if len(found) > 1} == SHARED_DEMONYMS


@pytest.mark.parametrize(
    ("form", "name"),
    [
        ("US", "United States"),
        ("U.S.", "United States"),
        ("White House", "United States"),
        ("Indian", "India"),
        ("New Delhi", "India"),
        ("Britons", "United Kingdom"),
        ("Filipinos", "Philippines"),
        ("Philippine", "Philippines"),
        ("Kremlin", "Russia"),
        ("Élysée", "France"),
        ("Blue House", "South Korea"),
        ("Holy See", "Vatican City"),
        ("Taipei", "Taiwan"),
    ],
)
def test_form_means_country(form: str, name: str) -> None:
    assert [c.name for c in words.countries_by_form()[form]] == [name]


def test_matching_words_of_countries_are_no_common_words() -> None:
    assert not words.countries_by_form().keys() & {"us", "turkey", "china", "the", "European Union", "EU", "Pentagon"}


def test_no_form_belongs_to_two_rows() -> None:
    rows = [*words.organisations(), *words.places()]
    forms = Counter(form for row in rows for form in set(row.forms))
    assert [form for form, times in forms.items() if times > 1] == []
    assert [form for form in forms if form in words.countries_by_form()] == []


@pytest.mark.parametrize("path", sorted(words.FOLDER.glob("*.csv")), ids=lambda p: p.name)
def test_file_begins_with_a_comment_and_ends_with_a_line_end(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# ") and text.endswith("\n") and "\r" not in text


@pytest.mark.parametrize(("name", "column"), [("countries", "name"), ("organisations", "name"), ("roles", "head")])
def test_file_is_sorted(name: str, column: str) -> None:
    def plain(text: str) -> str:
        return text.translate(str.maketrans("éÉçãíôñáüöåøğşê", "eEcaionauoaogse")).lower()

    cells = [plain(row[column]) for row in words.read_csv_vocabulary(words.FOLDER / f"{name}.csv")]
    assert cells == sorted(cells)


def test_a_public_figure_has_one_country() -> None:
    rows = words.read_csv_vocabulary(words.FOLDER / "public_figures.csv")
    told = {(name, row["country"]) for row in rows for name in words.listed(row["names"])}
    assert [name for name, times in Counter(name for name, _ in told).items() if times > 1] == []
    assert len(told) > 20_000 and len({country for _, country in told}) > 190


def test_lists_hold_no_form_twice_in_a_row() -> None:
    rows = [*words.organisations(), *words.places()]
    assert [row.name for row in rows if len(set(row.forms)) < len(row.forms)] == []


@pytest.mark.parametrize(
    ("head", "public", "level", "home"),
    [
        ("secretary of state", True, "minister", "United States"),
        ("secretary of war", True, "minister", "United States"),
        ("external affairs minister", True, "minister", "India"),
        ("prime minister", True, "head_of_government", None),
        ("spokeswoman", True, "spokesperson", None),
        ("admiral", True, "military", None),
        ("senator", True, "legislator", None),
        ("professor", False, "expert", None),
        ("ceo", False, "business", None),
        ("activist", False, "civil", None),
    ],
)
def test_role(head: str, public: bool, level: str, home: str | None) -> None:
    role = words.roles()[head]
    assert (role.public, role.level, role.country) == (public, level, home)


def test_honorifics_shorten_known_roles() -> None:
    assert [form for form, h in words.honorifics().items() if h.role and h.role not in words.roles()] == []
    assert words.honorifics()["Smt."].gender == "f" and words.honorifics()["Gen."].role == "general"


def test_modifiers_and_surnames() -> None:
    assert words.role_modifiers()["former"] == "time" and words.role_modifiers()["deputy"] == "rank"
    assert words.surnames_first()["Nguyen"] == ("Vietnamese",) and "Kim" in words.surnames_first()


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda p: p.where)
def test_pattern_matches_its_examples_and_no_article(pattern: words.BoilerplatePattern) -> None:
    assert [e for e in pattern.examples if not pattern.matches(e)] == []
    assert [n for other in PATTERNS for n in other.not_examples if pattern.matches(n)] == []


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda p: p.where)
def test_first_match_gives_the_kind(pattern: words.BoilerplatePattern) -> None:
    first = {e: next(p.kind for p in PATTERNS if p.matches(e)) for e in pattern.examples}
    assert first == dict.fromkeys(pattern.examples, pattern.kind)


BAD_FILES = [  # file, its text, the message
    ("roles.csv", "head,country_default\n", "roles.csv, line 1: the column 'level' is missing"),
    ("roles.csv", "# note\nhead,level,country_default\n,minister,\n", "roles.csv, line 3: the cell 'head' is empty"),
    ("roles.csv", "head,level,country_default\nking,royal,\n", "roles.csv, line 2: level 'royal' is unknown; use"),
    ("roles.csv", "head,level,country_default\nking,other,Erewhon\n", "line 2: country_default 'Erewhon' is no name"),
    ("roles.csv", "head,level,country_default\na,other,\n\na,other,\n", "line 4: head 'a' stands already in line 2"),
    ("roles.csv", "head,level,country_default\na,b,other,\n", "line 2: 4 cells where the columns are 3"),
    ("roles.csv", 'head,level,country_default\n"a,other,\n', "roles.csv, line 2: unexpected end of data; close each"),
    ("roles.csv", "", "roles.csv, line 1: the column 'head' is missing"),
    ("countries.csv", "iso3,name,aliases,demonyms,capital,metonyms\nAAA,,,,,\n", "line 2: the cell 'name' is empty"),
    ("organisations.csv", "name,aliases,kind,country\nX,,club,\n", "organisations.csv, line 2: kind 'club' is unknown"),
    ("places.csv", "name,aliases,kind,country\nX,,planet,\n", "places.csv, line 2: kind 'planet' is unknown"),
    ("role_modifiers.csv", "word,kind\nold,age\n", "role_modifiers.csv, line 2: kind 'age' is unknown"),
    ("honorifics.csv", "form,gender,role\nMr,x,\n", "honorifics.csv, line 2: gender 'x' is unknown"),
    ("name_words.csv", "word,kind\nvan,car\n", "name_words.csv, line 2: kind 'car' is unknown"),
    ("small_words.csv", "word,tells\nin,time\n", "small_words.csv, line 2: tells 'time' is unknown"),
    ("office_words.csv", "word,tells\nvice,low\n", "office_words.csv, line 2: tells 'low' is unknown"),
    ("public_figures.csv", "country,office,names\nErewhon,head,Ada Roe\n", "line 2: country 'Erewhon' is no name"),
    (
        "public_figures.csv",
        "country,office,names\nNorway,king,Ada Roe\n",
        "line 2: office 'king' is unknown; use one of",
    ),
    ("body_nouns.csv", "noun,group\nfirm,club\n", "body_nouns.csv, line 2: group 'club' is unknown"),
    ("amounts.csv", "form,kind,means\nyen,coin,JPY\n", "amounts.csv, line 2: kind 'coin' is unknown"),
    ("amounts.csv", "form,kind,means\nyen,currency,¥\n", "means '¥' is not a currency of ISO 4217; correct it"),
    ("tone_groups.csv", "group,words\nmaybe,might\n", "tone_groups.csv, line 2: group 'maybe' is unknown; use one of"),
    ("tone_groups.csv", "group,words\nwish,want\nwish,hope\n", "line 3: group 'wish' stands already in line 2"),
    ("boilerplate.csv", "kind,pattern,example,not_example,comment\nlink,a(,b,,\n", "the pattern 'a(' is broken"),
]


@pytest.mark.parametrize(("name", "text", "message"), BAD_FILES)
def test_bad_file_is_named_with_line_and_mend(tmp_path: Path, name: str, text: str, message: str) -> None:
    shutil.copytree(words.FOLDER, tmp_path, dirs_exist_ok=True)
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(VocabularyProblem) as caught:
        for read in READERS:
            read(tmp_path)
        [pattern.matches("") for pattern in words.boilerplate(tmp_path)]
    assert message in str(caught.value) and "\n" not in str(caught.value)


def test_file_that_is_not_utf8(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_bytes("word\na\n\xe9t\xe9\n".encode("latin-1"))
    with pytest.raises(VocabularyProblem, match=r"mine\.csv, line 3: is not UTF-8; save"):
        words.read_csv_vocabulary(path, ("word",))


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(VocabularyProblem, match=r"mine\.csv: cannot be read .*put the file back"):
        words.read_csv_vocabulary(tmp_path / "mine.csv", ("word",))


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_bytes("\ufeff# note\r\nword,kind\r\nacting,time\r\n".encode())
    assert words.read_csv_vocabulary(path, ("word", "kind"), key="word")[0]["kind"] == "time"


def test_given_names_stand_once() -> None:
    rows = words.read_csv_vocabulary(words.FOLDER / "given_names.csv")
    names = [name for row in rows for name in words.listed(row["names"])]
    assert len(names) == len(set(names)) == len(words.given_names()) > 2500


@pytest.mark.bench
def test_all_files_are_read_in_thirty_milliseconds(tmp_path: Path) -> None:
    shutil.copytree(words.FOLDER, tmp_path, dirs_exist_ok=True)
    start = time.perf_counter()
    for read in READERS:
        read(tmp_path)
    assert time.perf_counter() - start < 0.03


TONE = (("tone_words.csv", tone.tone_words), ("tone_verbs.csv", tone.tone_verbs), ("hollow_nouns.csv", tone.hollow_nouns),
        ("tone_attitudes.csv", tone.tone_attitudes))  # fmt: skip


@pytest.mark.parametrize(("name", "reader"), TONE, ids=lambda x: x if isinstance(x, str) else "")
def test_a_word_of_tone_stands_once(tmp_path, name, reader):
    text = (words.FOLDER / name).read_text(encoding="utf8")
    last = text.rstrip("\n").rpartition("\n")[2]
    (tmp_path / name).write_text(f"{text.rstrip()}\nsecond{last[last.index(',') :]}\n", encoding="utf8")
    with pytest.raises(VocabularyProblem, match=rf"{name}, line \d+: .* stands already in the group .*; remove one"):
        reader(tmp_path)


def test_a_tone_is_a_number_within_its_bounds(tmp_path):
    (tmp_path / "tone_words.csv").write_text("class,tone,words\nodd,9,weird\n", encoding="utf8")
    with pytest.raises(VocabularyProblem, match=r"line 2: tone '9' is no number from -3 to 3; mend it"):
        tone.tone_words(tmp_path)


def test_tone_lists_are_generous_and_in_lower_case_lemmas() -> None:
    assert len(tone.tone_words()) > 2500 and len(tone.tone_verbs()) > 800 and len(tone.tone_attitudes()) > 800
    everything = [*tone.tone_words(), *tone.tone_verbs(), *(w for w, _ in tone.tone_attitudes()), *tone.hollow_nouns()]
    assert all(word == word.lower() == " ".join(word.split()) for word in everything)
    assert all(entry.tone == 0 for entry in tone.tone_words().values() if entry.kind == "military")


def test_groups_of_small_words_are_all_there_each_word_once() -> None:
    rows = words.read_csv_vocabulary(words.FOLDER / "tone_groups.csv", ("group", "words", "example"), key="group")
    assert [row["group"] for row in rows] == tone.GROUPS.split()
    assert all(len(set(listed)) == len(listed) for row in rows if (listed := words.listed(row["words"])))
    assert all(word == word.lower() for group in tone.tone_groups().values() for word in group)


@pytest.mark.parametrize(
    ("lemma", "kind"),
    [("discuss", "discuss"), ("wonder about", "ask"), ("want to know", "ask"), ("call for", "demand"),
     ("raise question about", "ask"), ("according to", None), ("say", "say")],
)  # fmt: skip
def test_class_of_a_cue_is_told_by_its_lemma(lemma: str, kind: str | None) -> None:
    assert cue_class(lemma) == kind
