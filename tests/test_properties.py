"""Protects: no text breaks the program, and whatever it finds in any text is true of that text, each time."""

from __future__ import annotations

import dataclasses
import json
import tempfile
from itertools import pairwise
from pathlib import Path

import pytest
from damage import DAMAGES, MARKS
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from inputs import LONG

from helpers.analyse import analyse, analyse_many
from helpers.errors import InputProblem
from helpers.records import Article
from helpers.tables.record import json_text, statement_record
from helpers.tables.store import save_analysis, stored_in, usable
from helpers.text.article import structure
from helpers.text.files import article_of, read_article
from helpers.text.sheets import json_value, row_found

SEED = read_article(Path(__file__).parents[1] / "seeds/us-india-defence-framework.txt").text
SAME_EACH_TIME = {"derandomize": True, "deadline": None, "suppress_health_check": list(HealthCheck)}

NEWLINES = ["\n", "\n\n", "\r\n", "\r", "\u2028", "\u2029", "\x0b", "\x0c", "\x85", " \n\t\n"]
ODDITIES = ["\0", "\x1b[2J", "\u202e", "\u200b", "\ufeff", "\u00ad", "\u00a0", "🙂", "👩‍👩‍👧", "🇮🇳", "e\u0301", "\u0301", "ﬁ", "İ", "ß", "Ǆ",
            "السلام", "שלום", "战争", "नमस्ते", "\U0010ffff", "𝔘", "…", "—", "–", "-", "(", ")", "[", "]", "{", "<b>", "&amp;", "|", "#", "*"]  # fmt: skip
WORDS = """said says told added warned that he she they who it them his her we I Mr. Ms. Dr. Gen. President Minister Defence Foreign
 Prime Secretary of State War the two leaders both ministers ministry spokesperson Elin Quist Bo Lind Rajnath Singh Jaishankar Rubio
 Hegseth al-Rashid van der Berg India Indian U.S. US China’s New Delhi Washington NATO ASEAN LEMOA COMCASA and or but not never no
 according to by on in at for from with, while after reviewed reaffirming highlighting voiced concerns over described as called
 drone cyber trade tariff oil navy $500 billion 25 percent 10-year 2030 Monday October 31, 2031 30 km Rs. 5 crore €3bn
 Also Read: Photo: By (PTI) (With inputs from agencies) LINDHOLM, Oct 31 (Northwire) - statement. deal. . , : ; ! ?""".split()
PIECES = st.sampled_from(WORDS * 3 + MARKS * 4 + NEWLINES + ODDITIES) | st.text(max_size=6)
TEXTS = st.builds(str.join, st.sampled_from([" ", " ", " ", ""]), st.lists(PIECES, max_size=70))

SOURCES = ["Defence Minister Elin Quist", "Quist", "He", "She", "the two leaders", "The ministry", "Bo Lind, the president of Ostrava,", "they",
           "Ms. Quist and Mr. Lind", "a senior official", "Lind’s spokesman", "Who", "the minister", "President Lind", "NATO", "New Delhi", "some"]  # fmt: skip
CUES = "said told|reporters added warned noted insisted says|he|said claimed asked declared highlighting reaffirmed voiced|concerns|over".split()
CONTENTS = ["the strait is open", "ties have never been stronger", "no", "he would send two ships to New Delhi", "we will not — as some say — pay",
            "trade worth $5 billion", "selective tariffs", "she said that he was wrong", "what the ministry called “a mistake”", "to sign the pact"]  # fmt: skip
FORMS = ["{q}{a},{p} {s} {c}.", "{s} {c} that {a}.", "{s} {c}, {q}{a}.{p}", "{q}{a},{p} {s} {c}, {q}{b}.{p}", "{a}, {s} {c}.", "According to {s}, {a}.",
         "{s} {c} that {a} and that {b}.", "{q}{a}.{p} {q}{b},{p} {c} {s}.", "{a} — {s} {c} — {b}.", "{s} {c} {q}{a}{p} and {q}{b}{p}.",
         "{s}, {c} {a}, met {t}.", "{q}{a}", "{a}{p} {s} {c}.", "{s} and {t} {c} {a}."]  # fmt: skip


def said(form, quotes, s, t, c, a, b):
    """A sentence in which somebody says something."""
    sentence = form.format(q=quotes[0], p=quotes[-1], s=s, t=t, c=c.replace("|", " "), a=a, b=b)
    return sentence[:1].upper() + sentence[1:]


QUOTES = st.sampled_from(["“”", '""', "‘’", "''", ["``", "''"], "”“", "“", "„“"])
SENTENCES = st.builds(
    said, st.sampled_from(FORMS), QUOTES, st.sampled_from(SOURCES), st.sampled_from(SOURCES), st.sampled_from(CUES),
    st.sampled_from(CONTENTS), st.sampled_from(CONTENTS)
)  # fmt: skip
STORIES = st.lists(SENTENCES | PIECES, min_size=1, max_size=12).flatmap(
    lambda parts: st.lists(
        st.sampled_from([" ", " ", " ", "\n", "\n\n", ""]), min_size=len(parts), max_size=len(parts)
    ).map(lambda gaps: "".join(part + gap for part, gap in zip(parts, gaps, strict=True)))
)


@st.composite
def changed_seeds(draw, paragraphs=2):
    """Paragraphs of the seed with pieces deleted or doubled, and marks put for others or between letters."""
    lines = SEED.splitlines()
    first = draw(st.integers(0, len(lines) - 1))
    text = "\n".join(lines[first : first + paragraphs])
    for _ in range(draw(st.integers(1, 12))):
        at, length = draw(st.integers(0, len(text))), draw(st.integers(0, 12))
        put = draw(st.sampled_from(["", "", text[at : at + length] * 2, *MARKS, *NEWLINES[:4]]))
        text = text[:at] + put + text[at + (length if put == "" or len(put) > 2 else 1) :]
    return text


def spans_of(found):
    """Everything in a record that has start, end and text of its own, however deep."""
    if dataclasses.is_dataclass(found):
        names = [field.name for field in dataclasses.fields(found)]
        if {"start", "end", "text"} <= {*names}:
            yield found
        for name in names:
            yield from spans_of(getattr(found, name))
    elif isinstance(found, (list, tuple)):
        for item in found:
            yield from spans_of(item)


def check_article(article):
    assert all(article.text[s.start : s.end] == s.text for s in spans_of(article.paragraphs))
    for before, after in pairwise(article.paragraphs):
        assert before.span.end <= after.span.start
    covered = [s for paragraph in article.paragraphs for s in range(paragraph.span.start, paragraph.span.end)]
    assert {i for i, char in enumerate(article.text) if not char.isspace()} <= set(covered)
    assert [p.number for p in article.paragraphs] == list(range(1, len(article.paragraphs) + 1))


def check_analysis(analysis):
    text = analysis.article.text
    for span in spans_of(analysis):
        assert 0 <= span.start < span.end <= len(text), span
        assert text[span.start : span.end] == span.text, span
    kept = [paragraph.span for paragraph in analysis.article.body]
    for statement in analysis.statements:
        assert statement.segments
        for before, after in pairwise(statement.segments):
            assert before.end <= after.start, statement
        assert all(any(span.contains(segment) for span in kept) for segment in statement.segments), statement
    for someone in analysis.people:
        assert someone.name.strip() == someone.name != ""
        assert someone.mentions


def check(text):
    article = structure("a", text)
    check_article(article)
    check_analysis(analyse(article))


# --- whatever is found is true ---


@settings(max_examples=400, **SAME_EACH_TIME)
@given(TEXTS)
def test_paragraphs_of_any_text_hold_all_of_it(text):
    check_article(structure("a", text))


@settings(max_examples=150, **SAME_EACH_TIME)
@given(TEXTS)
def test_spans_in_any_text_are_true(text):
    check(text)


@settings(max_examples=150, **SAME_EACH_TIME)
@given(STORIES)
def test_spans_in_any_story_are_true(text):
    check(text)


@settings(max_examples=60, **SAME_EACH_TIME)
@given(changed_seeds())
def test_spans_in_a_damaged_article_are_true(text):
    check(text)


@pytest.mark.parametrize("damage", DAMAGES)
def test_spans_in_a_damaged_story_are_true(damage):
    @settings(max_examples=60, **SAME_EACH_TIME)
    @given(STORIES.flatmap(DAMAGES[damage]))
    def holds(text):
        check(text)

    holds()


ODD_TEXTS = {
    "nothing": "",
    "blank": " \n\t\r\n",
    "one-letter": "a",
    "one-mark": "“",
    "only-marks": "“”\"'’‘''``",
    "marks-on-lines": "“\n”\n\"\n'",
    "only-said": "said",
    "only-pronoun": "He",
    "only-title": "Prime Minister",
    "crlf": "Talks resume\r\n\r\nMs. Quist said:\r\n“No.”\r\n",
    "no-break-spaces": "Defence\u00a0Minister\u00a0Elin\u00a0Quist said\u00a0that “no\u202fone” won.",
    "right-to-left": "President Bo Lind said “\u202eשלום\u202c” twice.",
    "name-of-marks": "“””, said ““ and ‘’ of “, he said.",
    "nested": "“He said ‘she said “they said ‘no’”’,” Quist said.",
    "combining": "Pre\u0301sident E\u0301lin Q\u0301uist said “no\u0301”.",
    "upper-grows": "DIŞİŞLERİ Minister İİ ŞŞ said ﬁne, ßß and ŉ.",
}


@pytest.mark.parametrize("name", ODD_TEXTS)
def test_odd_text(name):
    check(ODD_TEXTS[name])


@settings(max_examples=60, **SAME_EACH_TIME)
@given(
    st.text(st.characters()) | st.lists(PIECES | st.sampled_from(["\ud83d", "\udc00 said"]), max_size=30).map(" ".join)
)
def test_any_json_string_is_read_or_refused(text):
    try:
        row = json_value(json.dumps({"id": "a", "text": text, "title": text}), "line 1")
        read = article_of("a", row_found(row, 1), "line 1")
    except InputProblem:
        return
    if isinstance(read, Article):
        read.text.encode("utf8")
        check_article(read)
        check_analysis(analyse(read))


# --- the same each time ---


@settings(max_examples=25, **SAME_EACH_TIME)
@given(st.lists(TEXTS | STORIES | changed_seeds(1), max_size=4))
def test_many_articles_give_what_each_gives(texts):
    articles = [structure(str(number), text) for number, text in enumerate(texts)]
    assert list(analyse_many(articles)) == [analyse(article) for article in articles]


@settings(max_examples=25, **SAME_EACH_TIME)
@given(TEXTS | STORIES | changed_seeds(1))
def test_stored_analysis_comes_back_equal(text):
    analysis = analyse(structure("a", text))
    with tempfile.TemporaryDirectory() as folder:
        save_analysis(analysis, Path(folder))
        assert usable(stored_in(Path(folder)), analysis.article) == analysis


@settings(max_examples=25, **SAME_EACH_TIME)
@given(TEXTS | STORIES | changed_seeds(1))
def test_records_are_one_line_of_json_each(text):
    for statement in analyse(structure("a\nb", text)).statements:
        line = json_text(statement_record(statement))
        assert len(line.splitlines()) == 1
        assert json.loads(line)["segments"] == [dataclasses.asdict(segment) for segment in statement.segments]


# --- long texts ---


@pytest.mark.slow
@pytest.mark.parametrize("name", ["no-space", "capitals", "marks", "brackets", "blanks", "newlines", "digits"])
def test_long_text_is_analysed(name):
    check_analysis(analyse(structure("a", LONG[name])))


# --- each statement can be told from the others ---

SAME_PLACE = [
    "The minister said that he was wrong — some said — to sign the pact.",
    "“We are ready,” Elin Quist said. Elin Quist, said we will not — as some say — pay, met Bo Lind.",
]


@pytest.mark.parametrize("text", SAME_PLACE)
def test_statements_around_dashes_have_ids_of_their_own(text):
    names = [statement.statement_id for statement in analyse(structure("a", text)).statements]
    assert len(names) == len(set(names))


CUT_SHORT = 4  # words at most that are lost from the end of a case


@pytest.mark.usefixtures("without_encoder")
def test_no_case_breaks_when_its_end_is_lost():
    """A paragraph may end anywhere, also right behind a cue and without a full stop: as Ms. Roe put it"""
    cases = json.loads((Path(__file__).parent / "cases/statements.json").read_text(encoding="utf8"))
    texts = [
        " ".join(words[: len(words) - lost]).rstrip(".,;:!?”\"’'»")
        for case in cases
        for lost in range(CUT_SHORT)
        if len(words := case["text"].split(" ")) > lost
    ]
    texts += ["The ships were late, as Ms. Roe put it", "No promise was made, per", "Ms. Roe wanted to know"]
    articles = [structure(str(number), text, title="A case") for number, text in enumerate(texts)]
    for analysis in analyse_many(articles):
        whole = analysis.article.text
        assert all(whole[s.start : s.end] == s.text for found in analysis.statements for s in found.segments)
