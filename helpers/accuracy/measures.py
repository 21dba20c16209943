"""How right are statements, stances and tones? Found ones against annotated ones, in the terms of the field.

>>> gold = [{"start": 0, "end": 10, "kind": "direct"}]
>>> found = [{"start": 0, "end": 9}]
>>> pairs(gold, found, lambda g, f: coverage(g, f), above=0.8)
[(0, 0)]

Matching is one to one, gold in order, each with the found quotation that covers most of it: *easy* from over 30 %,
*hard* from over 80 % (Asr et al., Gender Gap Tracker, PLOS ONE 2021); *exact* is the same span but for quotation marks,
edge punctuation and a leading "that". *Joint* asks for the right speaker too: the mention overlaps the annotated one, or
has the same last word. Attitudes (``"statement": false``: hopes, wants) are neither asked for nor punished.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from helpers.records import Statement
from helpers.wording import NONE

Quote = Mapping[str, Any]
RULES = ("easy", "hard", "exact")
LEVELS = {"easy": 0.3, "hard": 0.8, "exact": 0.0}
COVERED = 0.7  # of an annotated quotation that a statement must cover to be the same
ALIKE = 0.4  # intersection over union with it
KINDS = ("direct", "indirect", "mixed")
BINS = 10  # of probability, in which calibration is measured
TITLES = frozenset("mr mrs ms dr jr sr the a an 's ’s".split())
AFTER_HEAD = re.compile(r",|\b(?:who|which|that|of|for|from|in|at|with|on)\b")


def quotes_of(statements: Iterable[Statement]) -> list[dict[str, Any]]:
    """Statements as rows of a predictions file: one a segment, with the source and the first speaker's name."""
    return [
        {
            "start": segment.start,
            "end": segment.end,
            "speaker_start": s.source.start if s.source else None,
            "speaker_end": s.source.end if s.source else None,
            "speaker_text": s.source.text if s.source else "",
            "speaker_name": s.speakers[0].name if s.speakers else "",
        }
        for s in statements
        for segment in s.segments
    ]


def shared(a: Quote, b: Quote) -> int:
    """Characters that two spans share."""
    return max(0, min(a["end"], b["end"]) - max(a["start"], b["start"]))


def coverage(gold: Quote, found: Quote) -> float:
    """The part of the gold span that is found."""
    return shared(gold, found) / max(1, gold["end"] - gold["start"])


def core(text: str, quote: Quote) -> tuple[int, int]:
    """The span without marks and spaces at its edges, and without a leading "that".

    >>> core("“that it holds,”", {"start": 0, "end": 16})
    (6, 14)
    """
    inside = [i for i in range(quote["start"], quote["end"]) if text[i].isalnum()]
    if not inside:
        return quote["start"], quote["start"]
    start, end = inside[0], inside[-1] + 1
    lead = re.match(r"that\W+", text[start:end], re.IGNORECASE)
    return (start + lead.end() if lead else start), end


def pairs(
    gold: Sequence[Quote], found: Sequence[Quote], likeness: Callable[[Quote, Quote], float], above: float
) -> list[tuple[int, int]]:
    """Gold and found quotations that belong together, as pairs of their numbers; each at most once."""
    free = list(range(len(found)))
    made = []
    for i, wanted in enumerate(gold):
        best = max(free, key=lambda j: likeness(wanted, found[j]), default=None)  # the first of equals
        if best is not None and likeness(wanted, found[best]) > above:
            free.remove(best)
            made.append((i, best))
    return made


def head_word(name: str | None) -> str:
    """The last word of a mention before a comma, "of", "who" …, in lower case and without a possessive.

    >>> head_word("Ada Roe, the minister of trade"), head_word("the ministry’s")
    ('roe', 'ministry')
    """
    words = [
        w for w in re.findall(r"[\w’'-]+", AFTER_HEAD.split((name or "").lower(), maxsplit=1)[0]) if w not in TITLES
    ]
    return re.sub(r"(?:[’']s|[’'])$", "", words[-1]) if words else ""


def same_speaker(gold: Quote, found: Quote) -> bool | None:
    """Is the speaker right? None where the gold names nobody."""
    mention = gold.get("speaker_start") is not None
    if not mention and not gold.get("source"):
        return None
    if mention and found.get("speaker_start") is not None:
        places = [{"start": q["speaker_start"], "end": q["speaker_end"]} for q in (gold, found)]
        if shared(*places):
            return True
    wanted = {head_word(gold.get("speaker_text")), head_word(gold.get("source"))} - {""}
    return bool(wanted & {head_word(found.get("speaker_text")), head_word(found.get("speaker_name"))})


def count_article(text: str, gold: Sequence[Quote], found: Sequence[Quote]) -> Counter[str]:
    """The counts of one article from which the measures are made."""
    needed = sorted((g for g in gold if g.get("statement", True)), key=lambda q: (q["start"], q["end"]))
    free = [g for g in gold if not g.get("statement", True)]
    found = sorted(found, key=lambda q: (q["start"], q["end"]))
    counts: Counter[str] = Counter()
    for rule in RULES:
        likeness = coverage if rule != "exact" else lambda g, f: float(core(text, g) == core(text, f))
        made = pairs(needed, found, likeness, LEVELS[rule])
        used = {j for _, j in made}
        wrong = [f for j, f in enumerate(found) if j not in used and not excused(f, free)]
        counts.update(
            {f"{rule} gold": len(needed), f"{rule} found": len(made) + len(wrong), f"{rule} right": len(made)}
        )
        counts.update(f"{rule} gold {g['kind']}" for g in needed)
        for i, j in made:
            speaker = same_speaker(needed[i], found[j])
            counts[f"{rule} right {needed[i]['kind']}"] += 1
            counts[f"{rule} joint"] += speaker is not False
            counts[f"{rule} asked"] += speaker is not None
            counts[f"{rule} answered"] += speaker is True
            if needed[i].get("source"):
                name = found[j].get("speaker_name") or found[j].get("speaker_text")
                counts[f"{rule} named"] += 1
                counts[f"{rule} name right"] += head_word(name) == head_word(needed[i]["source"])
    return counts


def excused(found: Quote, free: Iterable[Quote]) -> bool:
    """Does a found quotation lie on an attitude, which is neither right nor wrong?"""
    return any(2 * shared(g, found) > found["end"] - found["start"] for g in free)


def is_statement(ranges: Iterable[tuple[int, int]], quotes: Sequence[Quote]) -> bool | None:
    """Do the ranges meet an annotated statement? None where they only meet an attitude (neither right nor wrong).

    >>> quotes = [{"start": 0, "end": 10, "statement": True}, {"start": 20, "end": 30, "statement": False}]
    >>> is_statement([(0, 9)], quotes), is_statement([(0, 2)], quotes), is_statement([(20, 30)], quotes)
    (True, False, None)
    """
    attitude = False
    for a, b in ranges:
        for quote in quotes:
            common = shared({"start": a, "end": b}, quote)
            if not common:
                continue
            length, both = quote["end"] - quote["start"], max(b, quote["end"]) - min(a, quote["start"])
            if common / length >= COVERED and common / both >= ALIKE and quote.get("statement", True):
                return True
            attitude |= not quote.get("statement", True) and 2 * common > b - a
    return None if attitude else False


def clipped(quotes: Iterable[Quote], start: int, end: int) -> list[Quote]:
    """The quotations as far as they lie between `start` and `end`: one of several paragraphs, in one of them.

    >>> clipped([{"start": 2, "end": 9}, {"start": 9, "end": 12}], 4, 8)
    [{'start': 4, 'end': 8}]
    """
    parts = ({**q, "start": max(start, q["start"]), "end": min(end, q["end"])} for q in quotes)
    return [part for part in parts if part["start"] < part["end"]]


def measures(counts: Mapping[str, int]) -> dict[str, float | None]:
    """Precision, recall, F1, joint F1 and recall by kind, each times 100, by names like "hard f1".

    >>> measures(Counter({"hard gold": 4, "hard found": 2, "hard right": 2}))["hard f1"]
    66.7
    """
    found: dict[str, float | None] = {}
    counts = Counter(counts)
    for rule in RULES:
        right, said, gold = (counts[f"{rule} {what}"] for what in ("right", "found", "gold"))
        found[f"{rule} precision"], found[f"{rule} recall"] = share(right, said), share(right, gold)
        found[f"{rule} f1"] = share(2 * right, said + gold)
        found[f"{rule} joint f1"] = share(2 * counts[f"{rule} joint"], said + gold)
        found |= {f"{rule} recall {k}": share(counts[f"{rule} right {k}"], counts[f"{rule} gold {k}"]) for k in KINDS}
        found[f"{rule} speaker"] = share(counts[f"{rule} answered"], counts[f"{rule} asked"])
        found[f"{rule} name"] = share(counts[f"{rule} name right"], counts[f"{rule} named"])
    return found


def share(part: int, whole: int) -> float | None:
    """Per cent, to one decimal; None of nothing."""
    return round(100 * part / whole, 1) if whole else None


def evaluate(rows: Iterable[Mapping[str, Any]], found: Mapping[str, Sequence[Quote]]) -> dict[str, float | None]:
    """The measures over annotated articles ``{"id", "text", "quotes"}``; `found` holds the quotations by id."""
    counts: Counter[str] = Counter()
    for row in rows:
        counts += count_article(row["text"], row["quotes"], found.get(row["id"], ()))
    return measures(counts)


COLUMNS = ("precision", "recall", "f1", "joint f1", "speaker", "name", *(f"recall {kind}" for kind in KINDS))


def report(found: Mapping[str, float | None]) -> str:
    """The measures as a small table to read; "–" where the gold gives nothing to measure."""
    head = ("rule", *(name.removeprefix("recall ") for name in COLUMNS))
    rows = [(rule, *(found[f"{rule} {name}"] for name in COLUMNS)) for rule in RULES]
    return aligned([head, *rows], 6, 11) + "\n(the last three columns: recall by kind)"


def aligned(rows: Iterable[Sequence[object]], first: int, others: int) -> str:
    """Rows for a terminal: the first column `first` characters wide, the `others` flush right.

    >>> aligned([("hard", 86.1, None)], 6, 7)
    'hard     86.1      –'
    """
    texts = ([NONE if value is None else str(value) for value in row] for row in rows)
    return "\n".join(f"{name:<{first}}" + "".join(f"{v:>{others}}" for v in values) for name, *values in texts)


# --- labels: macro-F1, accuracy and calibration ---


def label_measures(
    answers: Sequence[int] | NDArray[np.int64], chances: NDArray[np.float64], labels: Sequence[str]
) -> dict[str, float]:
    """Macro-F1, F1 a label and accuracy, each times 100, and the expected calibration error in percent points."""
    wanted, found = np.asarray(answers), chances.argmax(axis=1)
    each = {}
    for n, label in enumerate(labels):
        right = ((wanted == n) & (found == n)).sum()
        each[label] = 100 * 2 * right / max(1, (wanted == n).sum() + (found == n).sum())
    return {
        "macro f1": round(float(np.mean(list(each.values()))), 1),
        **{f"f1 {label}": round(float(value), 1) for label, value in each.items()},
        "accuracy": round(float(100 * (wanted == found).mean()), 1),
        "ece": round(100 * calibration_error(wanted == found, chances.max(axis=1)), 1),
    }


def calibration_error(right: NDArray[np.bool_], sure: NDArray[np.float64]) -> float:
    """The expected calibration error: how far probability and share of right ones are apart, over ten bins (Guo et al. 2017).

    >>> round(calibration_error(np.array([True, False]), np.array([0.75, 0.75])), 2)
    0.25
    """
    bins = np.minimum((sure * BINS).astype(int), BINS - 1)
    parts = [(bins == b) for b in range(BINS) if (bins == b).any()]
    return float(sum(part.mean() * abs(right[part].mean() - sure[part].mean()) for part in parts))


def stance_report(tables: Mapping[str, Mapping[str, float]]) -> str:
    """The measures as a small table to read: a system a line."""
    columns = list(next(iter(tables.values())))
    rows = [("", *columns), *((name, *row.values()) for name, row in tables.items())]
    return (
        aligned(rows, max(map(len, tables)), 13)
        + "\n(ece: expected calibration error, percent points; word lists are taken to be certain)"
    )
