"""A small fictional corpus that tests share: two outlets, three weeks, a copy, a near copy, and files that cannot be used."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from inputs import ROOT

from helpers.corpus.crew import Crew
from helpers.corpus.run import make_corpus

LONG = (
    "Defence Minister Elin Quist of Norway said on Monday that the strait was open to ferries again. Ms. Quist praised the "
    "Amber Accord with Finland and condemned the raid on the harbour. The harbour had been closed for two weeks after the raid."
)
TEXTS = {  # id: date, outlet, text
    "a1": ("2031-02-03", "The Gazette", LONG),
    "a2": ("2031-02-04", "The Courier", LONG),
    "a3": ("2031-02-05", "The Courier", LONG.replace("two weeks", "three weeks")),
    "b1": ("2031-02-10", "The Gazette", "Norwegian Defence Minister Elin Quist said she welcomed the Amber Accord."),
    "b2": ("2031-02-11", "The Courier", "Foreign Minister Aino Lind of Finland said Elin Quist had failed the talks."),
    "b3": ("2031-02-17", "The Gazette", "Elin Quist, Norway’s prime minister, said cyber attacks must end."),
    "c1": ("", "", "“We will not wait for the Amber Accord,” said Aino Lind, Finland’s foreign minister."),
}  # fmt: skip


def row(name: str) -> str:
    date, source, text = TEXTS[name]
    return json.dumps({"id": name, "text": text, **({"date": date, "source": source} if date else {})})


def inputs(folder: Path) -> Path:
    """A folder with the articles, some in a .jsonl and one by itself, and two inputs that cannot be used."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "many.jsonl").write_text("\n".join([*map(row, list(TEXTS)[:-1]), "{broken"]) + "\n", encoding="utf8")
    (folder / "c1.txt").write_text(TEXTS["c1"][2], encoding="utf8")
    (folder / "empty.txt").write_text("", encoding="utf8")
    return folder


def make(paths: list[Path], out: Path, **crew: object) -> Path:
    """Make a corpus in this process, unless `crew` says otherwise."""
    with Crew(**crew) as workers:
        for _ in make_corpus(paths, out, workers):
            pass
    return out


def made(out: Path) -> dict[str, bytes]:
    """Every file of a corpus that a reader sees, by its name."""
    files = [*sorted((out / "tables").rglob("*")), out / "joins.csv", out / "manifest.json"]
    return {str(file.relative_to(out)): file.read_bytes() for file in files if file.is_file()}


def kill_when(folder: Path, out: Path, files: int) -> None:
    """Make a corpus in a process of its own, and end that (kill -9) once so many files lie there, if it gets that far."""
    call = [sys.executable, "-m", "helpers", "corpus", str(folder), "--out", str(out), "--workers", "1"]
    silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen(call, cwd=ROOT, start_new_session=True, **silent)
    while process.poll() is None and sum(path.is_file() for path in out.rglob("*")) < files:
        time.sleep(0.001)
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
