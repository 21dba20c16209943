"""Annotated sentences as what the encoder learns from: numbers of pieces, with target, holder and content marked.

>>> pieces = WordPiece("[PAD] [UNK] [CLS] [SEP] roe praised lind".split())
>>> row = {"id": "1", "text": "Roe praised Lind", "target_start": 12, "target_end": 16, "source_start": 0, "source_end": 3}
>>> example = examples_of([row | {"label": "positive"}], pieces)[0]
>>> example.ids, example.roles, example.wanted
((2, 4, 5, 6, 3), (0, 2, 0, 1, 0), (0.0, 0.0, 1.0))
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from helpers.records import LABELS, TONES
from helpers.tone.encoder import Asked, by_encoder, read_pieces
from helpers.tone.mixture import in_decimals
from helpers.tone.wordpiece import WordPiece

ABOUT, HOLDER = 1, 2  # bits of a piece's role
TRAINING, DEVELOPMENT = ("newsmtsc_train", "dse_train"), ("newsmtsc_rw_dev", "newsmtsc_mt_dev", "dse_dev")
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Example:
    """A sentence with a target, or with a content whose tone is asked, and how likely each label is."""

    id: str
    task: int  # 0 stance, 1 tone
    ids: tuple[int, ...]
    roles: tuple[int, ...]
    wanted: tuple[float, ...]
    writer: int = 0  # of the project's own sentences


def rows_of(path: Path) -> list[dict[str, Any]]:
    """The rows of a .jsonl."""
    return [json.loads(line) for line in path.read_text(encoding="utf8").split("\n") if line.strip()]


def others_rows(gold: Path) -> dict[str, list[dict[str, Any]]]:
    """The annotated sentences of others by part; those to learn from without any that stand in the development parts too."""
    rows = {name: rows_of(gold / "stance" / f"{name}.jsonl") for name in (*TRAINING, *DEVELOPMENT)}
    rows["dse_train"] = unknown_to(rows["dse_train"], [row for name in DEVELOPMENT for row in rows[name]])
    return rows


def unknown_to(rows: Sequence[dict[str, Any]], others: Sequence[Row], run: int = 8) -> list[dict[str, Any]]:
    """The rows that share no run of so many words with the texts of `others`: some sentences stand in several parts.

    >>> unknown_to([{"text": "a b c"}, {"text": "b c d"}], [{"text": "A b c."}], run=2)
    []
    """

    def runs(text: str) -> set[tuple[str, ...]]:
        words = re.findall(r"\w+", text.lower())
        return {tuple(words[i : i + run]) for i in range(max(1, len(words) - run + 1))}

    known = {r for row in others for r in runs(row["text"])}
    return [row for row in rows if not runs(row["text"]) & known]


def examples_of(rows: Sequence[Row], pieces: WordPiece) -> list[Example]:
    """The examples of a set."""
    found = []
    for n, row in enumerate(rows):
        is_tone = "target_start" not in row
        labels = TONES if is_tone else LABELS
        read = read_pieces(asked_of(row), pieces)
        roles = [0] * len(read.numbers)
        for role, places in ((ABOUT, read.asked), (HOLDER, read.holder)):
            for place in places:
                roles[place] |= role
        wanted = tuple(float(label == row.get("label")) for label in labels)
        writer = row.get("writer", 0)
        found.append(Example(str(row.get("id", n)), int(is_tone), read.numbers, tuple(roles), wanted, writer))
    return found


def asked_of(row: Row) -> Asked:
    """What is asked of a row's text, and of whom."""
    text, name, content = row["text"], row.get("speaker", ""), row.get("content", "")
    holder = (text.find(name), text.find(name) + len(name)) if name and name in text else None
    if row.get("source_start") is not None:
        holder = whole_words(text, row["source_start"], row["source_end"])
    if "target_start" in row:
        return Asked(text, whole_words(text, row["target_start"], row["target_end"]), holder)
    return Asked(text, None, holder, ((text.find(content), text.find(content) + len(content)),))


def encoder_chances(rows: Sequence[Row]) -> list[tuple[float, ...]]:
    """The probabilities that the encoder gives: of a stance for rows with a target, of a tone for rows with a content."""
    asked = [asked_of(row) for row in rows]
    stances = bool(rows) and "target_start" in rows[0]
    found = by_encoder(asked)[0] if stances else by_encoder((), asked)[1]
    return [in_decimals(scores.tolist()) for scores in found]


def whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without marks at its edges, and with all of its last word.

    >>> whole_words("Brussels’ mayor", 0, 7), whole_words("Lind’s", 0, 5)
    ((0, 8), (0, 4))
    """
    a, b = start, end
    while a < b and not text[a].isalnum():
        a += 1
    while b > a and not text[b - 1].isalnum():
        b -= 1
    while a < b < len(text) and text[b].isalnum():
        b += 1
    return (a, b) if a < b else (start, end)


# --- sentences whose label follows from how they are made ---

KEPT = (  # the holder says what the sentence shows
    "{holder} said {text}", "{holder} said that {text}", "According to {holder}, {text}", "“{text},” {holder} said.",
    "“{text},” said {holder}.", "{holder} told reporters that {text}", "{text}, {holder} added.",
    "{holder}: “{text}.”", "In the words of {holder}, “{text}”.", "{holder} noted that {text}",
)  # fmt: skip
UNSAID = (  # … and here does not
    "{holder} declined to say whether {text}", "{holder} never said that {text}", "{holder} denied having said that {text}",
    "{holder} was asked whether {text}", "{holder} would not be drawn on whether {text}",
    "Had {holder} said that {text}, nobody would have listened.", "“Is it true that {text}?” {holder} asked.",
    "{holder} asked the committee whether {text}", "{holder} did not suggest that {text}",
)  # fmt: skip
OTHERS = (  # somebody else stands between the holder and what they think; the label stays with the holder
    "{other} said that {text}",
    "According to {other}, {text}",
    "{other} reported that {text}",
    "{other} noted: {text}",
)
# one holder's attitude, another's, and no attitude: a form, and the label of each pair (holder, target)
FORMS = (
    ("{a} {for} {x}.", {"ax": 1}), ("{a} {against} {x}.", {"ax": -1}),
    ("{a} and {b} {for} {x}.", {"ax": 1, "bx": 1, "ab": 0}), ("{a} and {b} {against} {x}.", {"ax": -1, "bx": -1, "ab": 0}),
    ("{a} said that {b} had {for} {x}.", {"ax": 0, "bx": 1}), ("{a} said that {b} had {against} {x}.", {"ax": 0, "bx": -1}),
    ("{a} {for} {x}, while {b} {against} {y}.", {"ax": 1, "by": -1, "ay": 0, "bx": 0}),
    ("{a} {against} {x}; {b} {for} {y}.", {"ax": -1, "by": 1, "ay": 0, "bx": 0}),
    ("{a} {for} {x} in talks on {y} with {b}.", {"ax": 1, "ay": 0, "ab": 0}),
    ("{a} {against} {x} during talks on {y} with {b}.", {"ax": -1, "ay": 0, "ab": 0}),
    ("{x} was {for} by {a}.", {"ax": 1}), ("{x} was {against} by {a}.", {"ax": -1}),
    ("{a} told {b} that nobody had ever {against} {x}.", {"ax": 0, "ab": 0}),
    ("{a} had not {against} {x}, a spokesman for {b} said.", {"ax": 0, "bx": 0}),
    ("{a} denied that {b} had {against} {x}.", {"ax": 0}), ("{a} asked whether {b} had {for} {x}.", {"ax": 0, "ab": 0}),
    ("{a} refused to say whether the ministry {against} {x}.", {"ax": 0}),
    ("It was {b}, not {a}, who {against} {x}.", {"bx": -1, "ax": 0}), ("It was {b}, not {a}, who {for} {x}.", {"bx": 1, "ax": 0}),
    ("{a} rejected the claim that {x} was a failure.", {"ax": 1}), ("{a} rejected the claim that {x} was a success.", {"ax": -1}),
    ("{a} quoted {b}, who had {against} {x}, and disagreed.", {"bx": -1, "ax": 1}),
    ("{a} {for} {x}, but {against} {y}.", {"ax": 1, "ay": -1}), ("Though {a} {against} {y}, he {for} {x}.", {"ay": -1, "ax": 1}),
)  # fmt: skip
FOR = "praised welcomed endorsed commended hailed supported applauded backed defended lauded".split()
AGAINST = "condemned criticised denounced rejected opposed deplored attacked blamed faulted rebuked".split()
REPORTS = re.compile(r"[\"“”‘]|\b(?:said|says|told|called|according|accused|criticized|tweeted|wrote|asked)\b|\?")
TIMES = 1200  # how many of each kind


def told_rows(own: Sequence[Row], rows: Mapping[str, Sequence[Row]], seed: int = 0) -> list[dict[str, Any]]:
    """Sentences put into others' mouths, questioned or left unsaid, and bare forms of attitude."""
    rng = random.Random(seed)
    things = sorted({r["target"] for r in own})
    people = sorted({r["source"] for r in own} | {r["target"] for r in rows["newsmtsc_train"]})
    people = [p for p in people if len(p.split()) >= 2 and p[0].isupper()]
    plain = [r for r in rows["newsmtsc_train"] if not REPORTS.search(r["text"]) and len(r["text"]) < 250]
    held = [r for r in (*rows["dse_train"], *own) if len(r["text"]) < 250]
    found = []
    for _ in range(TIMES if people and things else 0):
        holder, other = rng.sample(people, 2)
        found.append(put(rng.choice(plain), rng.choice(KEPT), holder=holder))
        found.append(put(rng.choice(plain), rng.choice(UNSAID), holder=holder) | {"label": "neutral"})
        found.append(put(rng.choice(held), rng.choice(UNSAID), holder=holder) | {"label": "neutral"})
        found.append(put(rng.choice(held), rng.choice(OTHERS), other=other))
        found.extend(formed(rng, [holder, other], rng.sample(things, 2) if len(things) > 1 else things * 2))
    return found


def put(row: Row, form: str, **names: str) -> dict[str, Any]:
    """The row's sentence inside a form; its target and, where the form names none, its holder go with it."""
    text = row["text"].strip().rstrip(".")
    shift = len(row["text"]) - len(row["text"].lstrip())
    before, _, after = form.partition("{text}")
    before, after = before.format(**names), after.format(**names)
    whole = before + text + after
    moved = len(before) - shift
    new = {"text": whole, "label": row["label"], "target": row["target"]}
    new |= {key: min(row[key] + moved, len(before + text)) for key in ("target_start", "target_end")}
    if "holder" in names:
        start = whole.find(names["holder"], 0 if names["holder"] in before else len(before + text))
        return new | {"source_start": start, "source_end": start + len(names["holder"])}
    return new | {key: min(row[key] + moved, len(before + text)) for key in ("source_start", "source_end")}


def formed(rng: random.Random, people: Sequence[str], things: Sequence[str]) -> Iterator[dict[str, Any]]:
    """One of the bare forms, with a row for each pair of holder and target."""
    form, pairs = rng.choice(FORMS)
    fills = {"a": people[0], "b": people[1], "x": things[0], "y": things[1]}
    verbs = {"for": rng.choice(FOR), "against": rng.choice(AGAINST)}
    text, places = "", {}
    for part in re.split(r"(\{\w+\})", form):
        name = part[1:-1] if part.startswith("{") else ""
        if name in fills:
            places[name] = len(text), len(text) + len(fills[name])
        text += fills.get(name) or verbs.get(name) or part
    for pair, sign in pairs.items():
        (a, b), (c, d) = places[pair[0]], places[pair[1]]
        yield {
            "text": text, "label": LABELS[sign + 1], "target": text[c:d],
            "target_start": c, "target_end": d, "source_start": a, "source_end": b,
        }  # fmt: skip
