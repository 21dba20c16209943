"""Inputs that several tests share: a good article, and bytes that are none."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from itertools import product
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SEED = ROOT / "seeds/us-india-defence-framework.txt"
GOOD = "Defence Minister Elin Quist said on Monday that the strait was open."
NAMES_FIRST = json.loads((ROOT / "tests/cases/languages.json").read_text(encoding="utf8"))
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x10\x00\x00\x00\x10\x08\x06\x00\x00\x00\x1f\xf3\xffa"
NOISE = random.Random(1).randbytes(5000)


LONG = {
    "no-space": "x" * 100_000,
    "blanks": "a" + " " * 100_000 + "b",
    "newlines": "a" + "\n" * 100_000 + "b",
    "capitals": "Aaa " * 20_000,
    "marks": '"' * 5_000,
    "brackets": "(" * 3_000 + "a" + ")" * 3_000,
    "links": "Also Read: ten facts\n" * 5_000,
    "short-lines": "a b c\n" * 15_000,
    "by": "By " + "Ada " * 20_000,
    "places": "LINDHOLM, " * 10_000,
    "dashes": "—" * 100_000,
    "signs": "-" * 100_000,
    "at-signs": "a@b." * 20_000,
    "address": "http://" + "a/" * 50_000,
    "digits": "1" * 100_000,
    "dates": "October 31, 2031 " * 5_000,
    "wrapped": (
        "The ministers of both states met on Monday and\nagreed to reopen the strait to ferries before\nwinter. " * 1000
    ),
}


def row(id="a", text=GOOD, **more):
    return json.dumps({"id": id, "text": text, **more})


def one_line(capsys):
    """The one line on standard error; fails if there is more, or a traceback."""
    captured = capsys.readouterr()
    assert captured.err.count("\n") == 1, captured.err
    assert "Traceback" not in captured.err
    return captured.err


def call(*arguments, **more):
    """`python -m helpers …` as a user calls it, in a process of its own."""
    environment = {**os.environ, "PYTHONUTF8": "0", "PYTHONIOENCODING": more.pop("encoding", "utf8")}
    command = [sys.executable, "-m", "helpers", *map(str, arguments)]
    # the limit ends what hangs; how long a run takes is measured by make bench
    return subprocess.run(command, cwd=more.pop("cwd", ROOT), env=environment, capture_output=True, timeout=600, **more)


def with_and_without_encoder(cases):
    """Each case by the readable models alone, and together with the encoder, which is wrong on some that they are right on."""
    found = []
    for entry, fast in product(cases, (True, False)):
        fails = entry.get("fails") if fast else entry.get("fails with the encoder")
        marks = [pytest.mark.xfail(strict=True, reason=fails)] if fails else []
        found.append(pytest.param(entry, fast, id=f"{entry['label']}{', fast' * fast}", marks=marks))
    return found
