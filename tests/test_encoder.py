"""Protects: the encoder's arithmetic and its pieces, whatever it is asked together, and what it says of a bad file."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from inputs import ROOT

from helpers.analyse import analyse
from helpers.errors import SetupProblem
from helpers.parse import parse, pipeline
from helpers.text.article import structure
from helpers.tone.encoder import Asked, by_encoder, encoder, read, read_pieces
from helpers.tone.mixture import Mixing, mixed
from helpers.tone.second import left_out, with_encoder
from helpers.tone.stance import judged, readable_verdict
from helpers.tone.wordpiece import WordPiece

WIDTH, INNER = 24, 48
VOCABULARY = "[PAD] [UNK] [CLS] [SEP] roe praised the treaty raid ##s , . con ##demned he said".split()
SENTENCE = "Roe praised the treaty, he said, Roe condemned the raids."


def arrays(layers: int = 2) -> dict[str, np.ndarray]:
    """A small network of chance numbers, as it would be stored."""
    rng = np.random.default_rng(7)
    shapes = {"word": (len(VOCABULARY), WIDTH), "place": (192, WIDTH)}
    for n in range(layers):
        shapes |= {f"layers.{n}.{part}": (WIDTH, WIDTH) for part in "qkvo"}
        shapes |= {f"layers.{n}.f1": (INNER, WIDTH), f"layers.{n}.f2": (WIDTH, INNER)}
    shapes |= {"heads.0.1": (WIDTH, 3 * WIDTH), "heads.0.4": (3, WIDTH)}
    shapes |= {"heads.1.1": (WIDTH, 3 * WIDTH), "heads.1.4": (4, WIDTH)}
    found = {}
    for name, shape in shapes.items():
        found[f"{name}.weight"] = rng.integers(-127, 128, shape).astype(np.int8)
        found[f"{name}.weight.scale"] = np.full(shape[0], 0.004, np.float32)
        found[f"{name}.bias"] = rng.normal(size=shape[0]).astype(np.float32)
    for norm in ("norm", *(f"layers.{n}.n{k}" for n in range(layers) for k in (1, 2))):
        found |= {f"{norm}.weight": np.ones(WIDTH, np.float32), f"{norm}.bias": np.zeros(WIDTH, np.float32)}
    found |= {"nobody": np.zeros(WIDTH, np.float32)}
    told = json.dumps(
        {
            "layers": list(range(layers)),
        }
    )
    found["setting"] = np.frombuffer(told.encode(), np.uint8)
    found["vocabulary"] = np.frombuffer("\n".join(VOCABULARY).encode(), np.uint8)
    return found


@pytest.fixture(scope="module")
def small():
    return read(arrays())


# --- pieces ---


@given(st.text(st.characters(max_codepoint=0x2FFF), max_size=60))
def test_pieces_stand_in_the_text_one_after_another(text):
    found = WordPiece(VOCABULARY).pieces(text)
    assert all(0 <= p.start < p.end <= len(text) for p in found)
    assert all(a.end <= b.start or a.start == b.start for a, b in pairwise(found))


def test_a_long_text_is_read_around_its_target():
    text = "raid " * 300 + "treaty " + "raid " * 300
    found = read_pieces(Asked(text, (1500, 1506)), WordPiece(VOCABULARY))
    assert len(found.numbers) == 128
    assert [found.numbers[i] for i in found.asked] == [VOCABULARY.index("treaty")]


# --- arithmetic ---


def test_what_is_asked_together_makes_no_difference(small):
    targets = [
        Asked(SENTENCE, (16, 22), (0, 3)),
        Asked("Roe praised the raids.", (16, 21)),
        Asked("Raid", (0, 4), (0, 4)),
    ]
    contents = [Asked(SENTENCE, None, (0, 3), ((4, 22), (33, 56)))]
    together = by_encoder(targets * 40, contents, small)
    alone = np.concatenate([by_encoder([a], (), small)[0] for a in targets])
    assert np.allclose(together[0], np.tile(alone, (40, 1)), atol=1e-4)
    assert np.allclose(together[1], by_encoder((), contents, small)[1], atol=1e-4)


def test_target_holder_and_nobody_differ(small):
    asked = [Asked(SENTENCE, (16, 22), (0, 3)), Asked(SENTENCE, (16, 22)), Asked(SENTENCE, (50, 55), (0, 3))]
    found = by_encoder(asked, (), small)[0]
    assert len({tuple(np.round(row, 3)) for row in found}) == 3


@pytest.mark.parametrize("text", ["", " ", "\u0000", "[CLS]", "…"])
def test_an_empty_sentence_has_scores_too(small, text):
    stances, tones = by_encoder([Asked(text, (0, 0))], [Asked(text)], small)
    assert stances.shape == (1, 3) and tones.shape == (1, 4)
    assert np.isfinite(stances).all() and np.isfinite(tones).all()


def test_nothing_asked_nothing_read(small):
    stances, tones = by_encoder((), (), small)
    assert stances.shape == (0, 3) and tones.shape == (0, 4)


# --- the file ---


def test_a_missing_file_is_named_with_the_mend(tmp_path):
    with pytest.raises(SetupProblem, match=r"none\.npz: is missing; restore it with `git checkout"):
        encoder(tmp_path / "none.npz")


@pytest.mark.parametrize("damage", ["cut", "turned", "no such array", "empty", "pickled"])
def test_a_damaged_file_is_named_with_the_mend(tmp_path, damage):
    path, found = tmp_path / "weights.npz", arrays()
    if damage == "no such array":
        del found["nobody"]
    if damage == "pickled":
        found["nobody"] = np.array([{"a": 1}], dtype=object)
    np.savez(path, **found)
    whole = path.read_bytes()
    if damage == "cut":
        path.write_bytes(whole[: len(whole) // 2])
    if damage == "turned":
        middle = len(whole) // 2
        path.write_bytes(whole[:middle] + bytes(255 - b for b in whole[middle : middle + 40]) + whole[middle + 40 :])
    if damage == "empty":
        path.write_bytes(b"")
    with pytest.raises(SetupProblem, match=r"weights\.npz: is damaged; restore it") as told:
        encoder(path)
    assert "\n" not in str(told.value)


# --- the stored network ---

CASES = json.loads((ROOT / "tests/cases/encoder.json").read_text(encoding="utf8"))  # as torch and tokenizers gave them


def asked_of(given, about):
    spans = tuple(tuple(span) for span in given["contents"]) if about == "tone" else ()
    target = tuple(given["target"]) if about == "stance" else None
    return Asked(given["text"], target, given["holder"] and tuple(given["holder"]), spans)


@pytest.mark.parametrize("entry", CASES, ids=lambda entry: entry["label"])
def test_scores_are_those_of_the_network_that_was_trained(entry):
    stance = asked_of(entry["input"], "stance")
    tones = [asked_of(entry["input"], "tone")] if "tone" in entry["expected"] else []
    found = by_encoder([stance], tones)
    assert np.allclose(found[0], [entry["expected"]["stance"]], atol=2e-3)
    assert np.allclose(found[1], [entry["expected"]["tone"]] if tones else np.empty((0, 4)), atol=2e-3)


@pytest.mark.parametrize("entry", [e for e in CASES if "pieces" in e["expected"]], ids=lambda entry: entry["label"])
def test_pieces_are_those_of_its_training(entry):
    pieces = encoder().pieces
    names = list(pieces.numbers)
    assert [names[p.number] for p in pieces.pieces(entry["input"]["text"])] == entry["expected"]["pieces"]


# --- with the readable models ---


def test_both_verdicts_make_one():
    even = Mixing(1.0, 1.0, (0.0, 0.0, 0.0))
    assert mixed((0.2, 0.5, 0.3), (1 / 3, 1 / 3, 1 / 3), even) == (0.2, 0.5, 0.3)
    doc = pipeline()("Roe praised Lind.")  # where the encoder gives none, the readable one alone counts
    assert judged(doc, [2], [0]) == readable_verdict(doc, [2], [0])[0] != judged(doc, [2], [0], (1.0, 0.0, 0.0))
    assert sum(mixed((0.0, 1.0, 0.0), (1.0, 0.0, 0.0), even)) == pytest.approx(1, abs=1e-3)


@pytest.fixture(scope="module")
def analysed():
    text = (
        "KESRA, March 3 — Deputy Premier Ilse Okonjo condemned the shelling of the Varda bridge. “We thank our neighbours "
        "for every tent,” Ambassador Noor Salim said. Minister Ravi Sen declined to say whether the pact was a failure."
    )
    article = structure("second", text, title="A bridge")
    return analyse(article, fast=True), parse(article).by_number


def test_an_article_gets_both_verdicts(analysed):
    analysis, paragraphs = analysed
    found = with_encoder(analysis.statements, paragraphs)
    assert found == analyse(analysis.article, fast=False).statements
    assert [replace(s, stances=(), sentiment=None) for s in found] == [
        replace(s, stances=(), sentiment=None) for s in analysis.statements
    ]
    before, after = ([s for statement in some for s in statement.stances] for some in (analysis.statements, found))
    assert [s.target for s in after] == [s.target for s in before]
    assert all(a == b for a, b in zip(after, before, strict=True) if b.settled)
    assert any(a != b for a, b in zip(after, before, strict=True))
    chances = [*(s.probabilities for s in after), *(s.sentiment.probabilities for s in found if s.sentiment)]
    assert all(sum(each) == pytest.approx(1, abs=1e-3) for each in chances)


def test_no_statements_no_reading():
    assert with_encoder((), {}) == ()


def test_words_left_out_stand_in_the_article_and_the_weightiest_comes_first(analysed):
    analysis, paragraphs = analysed
    statement = next(s for s in analysis.statements if s.stances)
    found = left_out(statement, paragraphs[statement.paragraph], statement.stances[0].target)
    assert found[0].span.text == "condemned" and found[0].weight < 0
    assert [abs(r.weight) for r in found] == sorted((abs(r.weight) for r in found), reverse=True)
    assert all(analysis.article.text[r.span.start : r.span.end] == r.span.text for r in found)
