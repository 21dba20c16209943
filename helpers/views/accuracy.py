"""What notebook 08 shows: the stored figures beside other systems', and the project's own articles statement by statement.

>>> from helpers.accuracy.stored import stored_figures
>>> beside_others(stored_figures(), peers()).columns.tolist()
['articles', 'system', 'hard_f1', 'joint_hard_f1', 'exact_f1']
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any, get_args

import pandas as pd

from helpers.accuracy import tone_judged
from helpers.accuracy.judge import Judgement, Verdict, rules_of
from helpers.accuracy.measures import LEVELS, core, coverage
from helpers.drawing.accuracy import OURS
from helpers.folders import EVALUATION
from helpers.views.show import TINTS, Shown, captioned, framed, marked, ordered, stacked
from helpers.wording import NONE, worded

MEASURES = {"hard_f1": "hard f1", "joint_hard_f1": "hard joint f1", "exact_f1": "exact f1"}
MEASURED = ("precision", "recall", "f1", "speaker", "name")
BOTH, READER, PROGRAM = "both", "reader", "program"
COLOURS = {BOTH: TINTS[2], READER: TINTS[4], PROGRAM: TINTS[3]}
NO_ONE = "nobody"
HARM: tuple[Verdict, ...] = ("another speaker", "not marked", "missed", "too long", "too short", "nobody named")
Figures = Mapping[str, Any]


def graded(text: str, marked_by_reader: str, guesses: Iterable[str]) -> pd.DataFrame:
    """How guesses at a quotation would count. Columns: guess, covered (per cent), easy, hard, exact.

    >>> graded("Roe said that talks had failed.", "talks had failed", ["talks had"])["covered"].tolist()
    [56]
    """

    def found_at(words: str) -> dict[str, int]:
        return {"start": text.index(words), "end": text.index(words) + len(words)}

    gold, rows = found_at(marked_by_reader), []
    for guess in guesses:
        part = coverage(gold, found_at(guess))
        same = core(text, gold) == core(text, found_at(guess))
        rows.append((guess, round(100 * part), part > LEVELS["easy"], part > LEVELS["hard"], same))
    return framed("guess covered easy hard exact", rows)


def peers() -> pd.DataFrame:
    """The figures of other systems. Columns: system, articles, hard_f1, joint_hard_f1, exact_f1, what_it_is, measured."""
    return pd.read_csv(EVALUATION / "peers.csv")


def beside_others(figures: Figures, others: pd.DataFrame) -> pd.DataFrame:
    """Ours among the others, per set from the lowest hard F1 to the highest. Columns: articles, system, hard_f1, …"""
    ours = [
        {"articles": part, "system": OURS, **{column: found["measures"][name] for column, name in MEASURES.items()}}
        for part, found in figures["parts"].items()
        if part in set(others["articles"])
    ]
    table = pd.concat([others[["articles", "system", *MEASURES]], pd.DataFrame(ours)], ignore_index=True)
    order = {part: n for n, part in enumerate(figures["parts"])}
    table["order"] = table["articles"].map(order)
    return ordered(table, "order", "hard_f1").drop(columns="order")


def measured(figures: Figures, *names: str) -> pd.DataFrame:
    """Each set with how many articles it has (count) and the measures of these `names`, in per cent."""
    parts = figures["parts"].items()
    rows = [{"articles": part, "count": found["articles"], **found["measures"]} for part, found in parts]
    columns = {f"hard {name}": name for name in names or MEASURED}
    return pd.DataFrame(rows)[["articles", "count", *columns]].rename(columns=columns)


def toned(figures: Figures, what: str) -> pd.DataFrame:
    """How right stances or tones are ("stances", "tones"), by set: how many there are (count), and the macro-F1 of our
    verdict, of its two parts alone, and of VADER, in per cent."""
    rows = [
        {"set": name, "count": part["count"], **{system: m["macro f1"] for system, m in part["measures"].items()}}
        for name, part in figures[what].items()
    ]
    names = {tone_judged.OURS: "both", tone_judged.WITHOUT: "readable", tone_judged.ALONE: "encoder", "VADER": "vader"}
    return pd.DataFrame(rows)[["set", "count", *names]].rename(columns=names)


def by_confidence(figures: Figures, part: str, what: str = "parts") -> pd.DataFrame:
    """How sure and how right, by tenths: of the statements of a part, or of its "stances" or "tones".

    Columns: sure_from, statements (or targets), sure (mean confidence), right (the share on which a reader agrees)."""
    return pd.DataFrame(figures[what][part]["reliability"]).rename(columns={"from": "sure_from"})


def by_form(figures: Figures, part: str) -> pd.DataFrame:
    """How often a statement is right, by the form of its content; the least reliable first, in per cent."""
    table = pd.DataFrame(figures["parts"][part]["forms"])
    table["right"] = (100 * table["right"]).round().astype(int)
    return ordered(table, "right")


def verdicts(judgements: Iterable[Judgement]) -> dict[str, int]:
    counts = Counter(j.verdict for j in judgements)
    return {name: counts[name] for name in get_args(Verdict)}


def by_article(judgements: Iterable[Judgement]) -> pd.DataFrame:
    """A row an article, the worst first. Columns: article, marked, right, wrong, missed, not_marked."""
    rows = []
    for name, group in groupby(judgements, key=lambda j: j.article.id):
        counts = Counter(j.verdict for j in group)
        marked_there = counts.total() - counts["not marked"]
        wrong = marked_there - counts["right"] - counts["missed"]
        rows.append((name, marked_there, counts["right"], wrong, counts["missed"], counts["not marked"]))
    table = framed("article marked right wrong missed not_marked", rows)
    return table.sort_values("right", key=lambda right: right / table["marked"], kind="stable", ignore_index=True)


def mistaken_speakers(judgements: Iterable[Judgement]) -> pd.DataFrame:
    """Who was named instead of whom. Columns: reader, program, source, rule, statements; wrong names before missing ones."""
    rows: Counter[tuple[str, str, str, str]] = Counter()
    for j in judgements:
        if j.verdict in ("another speaker", "nobody named") and j.gold and j.found:
            source = j.found.source.text if j.found.source else NONE
            program = together(s.name for s in j.found.speakers)
            rows[together(j.gold["speakers"]), program, source, rules_of(j.found) or NONE] += 1
    table = framed("reader program source rule statements", [(*key, n) for key, n in rows.items()])
    table["empty"] = table["program"] == NO_ONE
    return ordered(table, "empty", "statements", ascending=[True, False]).drop(columns="empty")


def by_rule(judgements: Iterable[Judgement]) -> pd.DataFrame:
    """How often a speaker is right, by the rule that named him. Columns: rule, statements, right (per cent)."""
    rows = [
        (worded(j.found.speakers[0].resolved_by), j.verdict == "right")
        for j in judgements
        if j.gold and j.found and j.found.speakers and j.verdict in ("right", "another speaker")
    ]
    table = framed("rule right", rows).groupby("rule", sort=False)["right"].agg(statements="size", right="mean")
    table["right"] = (100 * table["right"]).round().astype(int)
    return ordered(table.reset_index(), "statements", ascending=False)


def together(people: Iterable[str]) -> str:
    """The names as one text; "nobody" where there are none."""
    return " and ".join(people) or NO_ONE


def worst(judgements: Sequence[Judgement], most: int) -> list[Judgement]:
    """The worst mistakes, of each verdict in turn, the most harmful verdict first: the surest, then the longest."""
    heaps = [sorted((j for j in judgements if j.verdict == verdict), key=weight) for verdict in HARM]
    taken: list[Judgement] = []
    while len(taken) < most and any(heaps):
        for heap in heaps:
            seen = {j.article.id for j in taken}
            if heap and len(taken) < most:
                taken.append(heap.pop(next((n for n, j in enumerate(heap) if j.article.id not in seen), 0)))
    return taken


def weight(judgement: Judgement) -> tuple[float, int, int]:
    """For sorting: the surest first, then the longest, then as in the text."""
    start, end = judgement.place
    return (-judgement.found.confidence if judgement.found else 0.0, start - end, start)


def in_text(judgements: Iterable[Judgement]) -> Shown:
    """Mistakes in their paragraphs: what reader and program marked, who was named by each, and the reason."""
    shown = []
    for n, judgement in enumerate(judgements, 1):
        text, marks = paragraph_marks(judgement)
        body = marked(text, marks, {name: COLOURS[name.split(":")[0]] for _, _, name in marks})
        shown.append(captioned(body, f"{n}. {judgement.article.id}: {judgement.verdict}. {judgement.reason}"))
    return stacked(shown, "" if shown else "No mistakes.")


def paragraph_marks(judgement: Judgement) -> tuple[str, list[tuple[int, int, str]]]:
    """The paragraph of a mistake, and what only the reader, only the program, or both marked in it."""
    gold, segment = judgement.gold, judgement.segment
    at, _ = judgement.place
    span = next(p.span for p in judgement.article.paragraphs if p.span.start <= at < p.span.end)
    by_reader = range(gold["start"], gold["end"]) if gold else range(0)
    by_program = range(segment.start, segment.end) if segment else range(0)
    reader = together(gold["speakers"]) if gold else ""
    program = together(s.name for s in judgement.found.speakers) if judgement.found else ""
    labels = {
        (True, True): BOTH if reader == program else f"{BOTH}: reader {reader}, program {program}",
        (True, False): f"{READER}: {reader}",
        (False, True): f"{PROGRAM}: {program}",
    }
    marks = []
    for key, run in groupby(range(span.start, span.end), key=lambda i: (i in by_reader, i in by_program)):
        places = list(run)
        start, end = places[0] - span.start, places[-1] + 1 - span.start
        if key in labels and span.text[start:end].strip(" ,.”\"'"):
            marks.append((start, end, labels[key]))
    return span.text, marks
