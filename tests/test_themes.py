"""Themes: every example of the taxonomy, the pattern language, hints and places, and the seed."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from theming import hits, one_theme

from helpers.analyse import analyse
from helpers.parse import ParsedParagraph, pipeline
from helpers.records import Paragraph, Statement, span_at
from helpers.tables.record import theme_record
from helpers.text.article import structure
from helpers.themes.context import decide, sentences_of, themed_paragraphs
from helpers.themes.match import match_themes, matcher
from helpers.themes.suggest import SURE, suggest
from helpers.themes.taxonomy import Pattern, Taxonomy, ThemeEntry, expand, load_taxonomy

TAXONOMY = load_taxonomy()
IDS = (
    "cyber space unmanned maritime nuclear missiles terrorism intelligence trade energy supply_chain climate_disaster "
    "exercises_interoperability arms_industry migration human_rights diplomacy_treaties health defence economy crime"
).split()


@cache
def seed_themes() -> dict[str, set[str]]:
    """The evidence of each theme in the seed's text, its links left out."""
    text = (Path(__file__).parents[1] / "seeds" / "us-india-defence-framework.txt").read_text(encoding="utf-8")
    found: dict[str, set[str]] = {}
    for paragraph in text.split("\n"):
        if not paragraph.startswith("Also Read:"):
            for hit in match_themes(pipeline()(paragraph), TAXONOMY):
                if hit.hint:
                    continue
                found.setdefault(hit.theme, set()).add(paragraph[hit.start : hit.end])
    return found


# --- the taxonomy ---


def test_ids_are_the_closed_list_in_order() -> None:
    assert list(TAXONOMY.ids) == IDS


@pytest.mark.parametrize("theme", TAXONOMY.themes, ids=lambda t: t.id)
def test_theme_is_described_and_has_enough_examples(theme: ThemeEntry) -> None:
    assert theme.label and theme.definition.endswith(".") and theme.includes and theme.excludes
    assert len(set(theme.positive)) >= 8 and len(set(theme.negative)) >= 6


@pytest.mark.parametrize("theme", TAXONOMY.themes, ids=lambda t: t.id)
def test_examples(theme: ThemeEntry) -> None:
    def has_theme(doc: object) -> bool:
        return theme.id in decide([("statement", match_themes(doc, TAXONOMY))], TAXONOMY)

    missed = [doc.text for doc in pipeline().pipe(theme.positive) if not has_theme(doc)]
    false = [doc.text for doc in pipeline().pipe(theme.negative) if has_theme(doc)]
    assert (missed, false) == ([], [])


@pytest.mark.parametrize("theme", TAXONOMY.themes, ids=lambda t: t.id)
def test_no_pattern_twice(theme: ThemeEntry) -> None:
    texts = [p.text for p in (*theme.patterns, *theme.bystanders, *theme.hints, *theme.blockers)]
    assert sorted(texts) == sorted(set(texts))


# --- the pattern language ---

LANGUAGE = [  # pattern, text, what it finds
    ("warship", "Two Warships met a warship.", ["Warships", "warship"]),
    ("cyber*", "Cyberspace and cybersecurity, not psycyber.", ["Cyberspace", "cybersecurity"]),
    ("space-based", "A space-based or space based radar.", ["space-based", "space based"]),
    ("air-strike", "An airstrike, an air-strike and an air strike.", ["airstrike", "air-strike", "air strike"]),
    ("drone/NOUN", "The drone fell while he droned on.", ["drone"]),
    ("joint|combined naval? drill", "A joint drill, a combined naval drill.", ["joint drill", "combined naval drill"]),
    ("sign ... treaty", "They signed a long, secret treaty.", ["signed a long, secret treaty"]),
    ("sign ... treaty", "They signed one long and very secret treaty.", []),
    ("sign ... treaty", "They signed. The treaty failed.", []),
    ("WHO", "The WHO asked who knew.", ["WHO"]),
    ("UAV", "Ten UAVs and one UAV.", ["UAVs", "UAV"]),
    ("S-400", "The S-400 and 400 men.", ["S-400"]),
    ("kamikaze drone", "So-called “kamikaze” drones.", ["kamikaze” drones"]),
    ("state secret", "The state's secret is out.", ["state's secret"]),
    ("press freedom", "He met the press, freedom in mind.", []),
]


@pytest.mark.parametrize(("pattern", "text", "found"), LANGUAGE)
def test_pattern_finds(pattern: str, text: str, found: list[str]) -> None:
    assert hits(text, one_theme(pattern)) == found


def test_expansion_counts() -> None:
    assert len(expand("a|b c? d-e")) == 8


def test_the_longest_of_a_themes_hits_stays() -> None:
    assert hits("A trade war.", one_theme("trade", "trade war", "war")) == ["trade war"]


def test_blocker_cancels_what_it_overlaps() -> None:
    taxonomy = one_theme("nuclear", blockers=("nuclear family",))
    assert hits("A nuclear family near the nuclear plant.", taxonomy) == ["nuclear"]


def test_blocker_of_one_theme_leaves_the_others() -> None:
    other = replace(one_theme("family").themes[0], id="u")
    taxonomy = Taxonomy("test", (*one_theme("nuclear", blockers=("nuclear family",)).themes, other))
    assert [hit.theme for hit in match_themes(pipeline()("A nuclear family."), taxonomy)] == ["u"]


def test_hit_names_its_pattern_and_themes_may_overlap() -> None:
    found = match_themes(pipeline()("A nuclear submarine left port."), TAXONOMY)
    assert {(hit.theme, hit.start) for hit in found} >= {("nuclear", 2), ("maritime", 10)}
    assert all(
        hit.pattern in {p.text for t in TAXONOMY.themes for p in (*t.patterns, *t.bystanders, *t.hints)}
        for hit in found
    )


@pytest.mark.parametrize("text", ["", " ", "...", "“”", "-", "\u200b 🚀 —", "US " * 300])
def test_no_text_breaks_the_matcher(text: str) -> None:
    assert isinstance(match_themes(pipeline()(text), TAXONOMY), list)


def test_answer_does_not_depend_on_what_was_read_before() -> None:
    doc = pipeline()("Drones and pirates met at sea.")
    first = match_themes(doc, TAXONOMY)
    matcher(TAXONOMY).memory.clear()
    assert match_themes(doc, TAXONOMY) == first


# --- hints and places ---


def hinted() -> Taxonomy:
    theme = replace(one_theme("drone").themes[0], hints=(Pattern("propeller", 1), Pattern("swarm", 1)))
    return replace(one_theme("drone"), themes=(theme,))


@pytest.mark.parametrize(
    ("text", "has"),
    [
        ("A propeller.", False),
        ("A propeller by a propeller.", False),
        ("A propeller, a swarm.", True),
        ("A drone.", True),
        ("A bird.", False),
    ],
)
def test_one_pattern_or_two_different_hints_are_enough(text: str, has: bool) -> None:
    taxonomy = hinted()
    assert bool(decide([("statement", match_themes(pipeline()(text), taxonomy))], taxonomy)) is has


def test_blocker_cancels_hints_too() -> None:
    theme = replace(hinted().themes[0], blockers=(Pattern("propeller hat", 1),))
    assert hits("A propeller hat.", replace(hinted(), themes=(theme,))) == []


@pytest.mark.parametrize(
    ("text", "has"),
    [
        ("The army left.", {"t"}),
        ("The army ordered a drone.", {"other"}),
        ("The army ordered a drone and fought.", {"t", "other"}),
        ("The army left. A drone fell.", {"t", "other"}),
        ("The army saw a feather.", {"t"}),
    ],
)
def test_bystander_is_a_hint_beside_a_pattern_of_a_theme_it_yields_to(text: str, has: set[str]) -> None:
    theme = replace(one_theme("fight").themes[0], bystanders=(Pattern("army", 1),), yields_to=("other",))
    other = replace(one_theme("drone").themes[0], id="other", hints=(Pattern("feather", 1),))
    taxonomy = replace(one_theme("fight"), themes=(theme, other))
    assert set(decide([("statement", match_themes(pipeline()(text), taxonomy))], taxonomy)) == has


def said(text: str, taxonomy: Taxonomy = TAXONOMY) -> list[Statement]:
    return list(analyse(structure("a", text), taxonomy).statements)


def test_statement_without_a_theme_inherits_from_its_sentence_and_says_so() -> None:
    (statement,) = said("“It must stop,” Governor Ada Roe said after the drone attacks on Halm.")
    (theme,) = statement.themes
    assert (theme.theme, theme.inherited, theme.evidence, theme.score) == ("unmanned", True, (), 0.5)
    assert [(c.span.text, c.where) for c in theme.context] == [("drone", "sentence")]
    assert "theme inherited: unmanned from sentence" in statement.why
    record = theme_record(theme)
    assert record["inherited"] and [(e["text"], e["where"]) for e in record["evidence"]] == [("drone", "sentence")]


def test_statement_with_a_theme_inherits_none_but_its_score_grows() -> None:
    (statement,) = said("“Hospitals must be spared by drones,” Governor Ada Roe said after the drone attacks on Halm.")
    assert [(t.theme, t.score, t.inherited) for t in statement.themes] == [
        ("unmanned", 1.5, False),
        ("health", 1.0, False),
    ]
    assert not any(rule.startswith("theme inherited") for rule in statement.why)
    record = theme_record(statement.themes[0])
    assert [e["where"] for e in record["evidence"]] == ["statement"] and record["context"][0]["where"] == "sentence"


def test_an_office_gives_no_theme() -> None:
    (statement,) = said("“It must stop,” said Energy Minister Ada Roe.")
    assert statement.themes == ()


def test_weights_of_the_file_are_used() -> None:
    taxonomy = replace(TAXONOMY, weights=replace(TAXONOMY.weights, inherit=0.75))
    (statement,) = said("“It must stop,” Governor Ada Roe said after the drone attacks on Halm.", taxonomy)
    assert statement.themes == ()


# --- suggestions ---


def test_suggestions_are_what_the_theme_keeps_company_with_and_does_not_know() -> None:
    texts = ["The drone circled over the quarry."] * 6 + ["The cook peeled an onion."] * 20
    found = suggest(pipeline().pipe(texts), one_theme("drone"), "t")
    assert [(s.phrase, s.inside, s.outside) for s in found] == [("quarry", 6, 0)]
    assert found[0].example == texts[0] and found[0].log_likelihood > SURE


def test_suggestions_name_the_themes_there_are() -> None:
    with pytest.raises(ValueError, match="no theme 'u'; the taxonomy has t"):
        suggest([], one_theme("drone"), "u")


# --- paragraphs ---


def test_evidence_is_in_the_articles_own_offsets() -> None:
    text = "Title\nThe frigate met two drones."
    paragraph = Paragraph(2, "body", span_at(text, 6, len(text)), "test")
    doc = pipeline()(paragraph.span.text)
    (found,) = themed_paragraphs(text, sentences_of(ParsedParagraph(paragraph, doc), TAXONOMY), TAXONOMY)
    evidence = {theme.theme: [span.text for span in theme.evidence] for theme in found.themes}
    assert evidence == {"unmanned": ["drones"], "maritime": ["frigate"], "defence": ["frigate"]}
    assert all(text[s.start : s.end] == s.text for theme in found.themes for s in theme.evidence)
    assert [t.theme for t in found.themes] == ["unmanned", "maritime", "defence"] and found.paragraph == 2
    assert found.themes[0].patterns == ("drone/NOUN",)


SEED = {
    "cyber": "cyber warfare",
    "space": "space-based surveillance",
    "unmanned": "unmanned aerial platforms",
    "maritime": "maritime order",
    "terrorism": "terrorism",
    "intelligence": "intelligence sharing",
    "trade": "retaliatory tariff",
    "energy": "crude oil",
    "supply_chain": "supply chain disruptions",
    "climate_disaster": "climate-induced disasters",
    "exercises_interoperability": "joint training exercises",
    "arms_industry": "co-development",
    "diplomacy_treaties": "Framework Agreement",
    "defence": "deterrence",
    "economy": "developing economies",
}


@pytest.mark.parametrize(("theme", "evidence"), SEED.items())
def test_seed_theme(theme: str, evidence: str) -> None:
    assert evidence in seed_themes()[theme]


def test_seed_has_no_other_themes() -> None:
    assert set(seed_themes()) == set(SEED)
