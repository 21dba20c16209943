"""Annotated articles as a person writes them: the text with its statements marked in it.

``python -m helpers.accuracy.annotation`` turns those of data/workshop into rows with offsets. A test fails when a file of
rows is not what this makes of its folder.

>>> row = annotated("a", "title: Talks\\n\\n{1|She=Ada Roe} <1|said> [1i|talks failed].")
>>> row["text"], row["quotes"][0]["start"], row["quotes"][0]["source"]
('She said talks failed.', 9, 'Ada Roe')

``[1i|…]`` is content of statement 1: d direct, i indirect, m mixed, and ``~`` after it for an attitude, which is neither
asked for nor punished; a further piece of the same statement is ``[1|…]``. ``<1|…>`` is its cue. ``{1|…=Ada Roe}`` is its
source with the people behind it, joined by "; ": none after "=" where nobody can be named, no "=" where it names itself.
Several statements may share a source or a cue: ``{1,2|She=Ada Roe}``. Content whose speaker is not named in the text has
the speaker at its number: ``[2d=Ada Roe|…]``. Marks may stand inside each other.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from helpers.errors import InputProblem
from helpers.folders import WORKSHOP
from helpers.tables.record import json_lines
from helpers.tables.store import write_text

KINDS = {"d": "direct", "i": "indirect", "m": "mixed"}
CLOSING = {"[": "]", "{": "}", "<": ">"}
OPEN = re.compile(
    r"(?P<bracket>[\[{<])(?P<numbers>\d+(?:,\d+)*)(?P<kind>[dim]?)(?P<attitude>~?)(?:=(?P<names>[^|\]]*))?\|"
)
NAMES = re.compile(r"=([^=}]*)$")
GOLD, SEEN = WORKSHOP / "articles.jsonl", WORKSHOP / "statement_seen.jsonl"
UNSEEN = {name: WORKSHOP / f"statement_{name}.jsonl" for name in ("unseen", "unseen_2")}
ROWS = {"annotated": GOLD, "seen": SEEN, **UNSEEN}  # folder of marked articles -> file of their rows
Marked = dict[str, Any]  # which bracket, numbers, kind, attitude, names, start, end


def annotated(name: str, written: str) -> dict[str, Any]:
    """One annotated article as a row for `evaluate statements`: id, title, date, source, text, quotes.

    Raises `InputProblem` where a mark is not closed, or a statement has no kind.
    """
    head, _, body = written.strip().partition("\n\n")
    text, marks = without_marks(name, body)
    about = dict(line.split(": ", 1) for line in head.splitlines())
    return {"id": name, **about, "text": text, "quotes": list(quotes(name, text, marks))}


def without_marks(name: str, body: str) -> tuple[str, list[Marked]]:
    """The text as its readers see it, and what was marked in it."""
    text, marks, open_marks, at = "", [], list[Marked](), 0
    while at < len(body):
        begun = OPEN.match(body, at)
        if begun:
            open_marks.append({**begun.groupdict(), "start": len(text)})
            at = begun.end()
        elif open_marks and body[at] == CLOSING[open_marks[-1]["bracket"]]:
            mark = open_marks.pop()
            if mark["bracket"] == "{" and (named := NAMES.search(text, mark["start"])):
                mark["names"], text = named[1], text[: named.start()]
            marks.append({**mark, "end": len(text)})
            at += 1
        else:
            text += body[at]
            at += 1
    if open_marks:
        left = open_marks[-1]
        raise InputProblem(f"{name}: mark {left['numbers']} is not closed; add {CLOSING[left['bracket']]!r} at its end")
    return text, sorted(marks, key=lambda m: (m["start"], -m["end"]))


def quotes(name: str, text: str, marks: list[Marked]) -> Iterator[dict[str, Any]]:
    """A row a piece of content, with the source and cue that its number leads to."""
    # The first of each, since it is put in last.
    by_number = {(mark["bracket"], number): mark for mark in reversed(marks) for number in mark["numbers"].split(",")}
    for mark in marks:
        if mark["bracket"] != "[":
            continue
        number = mark["numbers"]
        first = by_number["[", number]
        if not first["kind"]:
            raise InputProblem(
                f"{name}: statement {number} has no kind; write [{number}d|…], [{number}i|…] or [{number}m|…]"
            )
        source, cue = by_number.get(("{", number)), by_number.get(("<", number))
        speakers = people_behind(text, first, source)
        yield {
            "start": mark["start"],
            "end": mark["end"],
            "attribution": int(number),
            **offsets_of(text, "speaker", source),
            **offsets_of(text, "cue", cue),
            "kind": KINDS[first["kind"]],
            "source": speakers[0] if speakers else None,
            "speakers": speakers,
            "statement": not first["attitude"],
        }


def people_behind(text: str, content: Marked, source: Marked | None) -> list[str]:
    """The people a statement is ascribed to: those written with its source, or with its content."""
    names = content["names"] if content["names"] is not None or source is None else source["names"]
    if names is None:
        names = re.sub(r"^(?:the|its|an?) ", "", text[source["start"] : source["end"]] if source else "", flags=re.I)
    return [name.strip() for name in names.split(";") if name.strip()]


def offsets_of(text: str, what: str, mark: Mapping[str, Any] | None) -> dict[str, Any]:
    """Start, end and text of a source or cue; nothing but None where there is none."""
    start, end = (mark["start"], mark["end"]) if mark else (None, None)
    return {f"{what}_start": start, f"{what}_end": end, f"{what}_text": text[start:end] if mark else None}


def annotated_articles(folder: Path) -> list[dict[str, Any]]:
    """Every annotated article of a folder (its .md files), in the order of their names."""
    return [annotated(path.stem, path.read_text(encoding="utf8")) for path in sorted(folder.glob("*.md"))]


if __name__ == "__main__":
    for name, path in ROWS.items():
        print(write_text(path, json_lines(annotated_articles(WORKSHOP / name))))
