"""Try out a taxonomy without touching its file: hits in a sentence, one more blocker, one more theme.

>>> theirs = with_blocker(load_taxonomy(), "maritime", "ship of fools")
>>> theirs.ids == load_taxonomy().ids
True
"""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from helpers.drawing.markup import shorten
from helpers.errors import VocabularyProblem
from helpers.records import Analysis
from helpers.themes.context import decide
from helpers.themes.match import match_themes
from helpers.themes.taxonomy import THEMES, Pattern, Taxonomy, expand, load_taxonomy
from helpers.views.show import Shown, marked_paragraphs

LONGEST_PATTERN = 44  # characters shown of a pattern


def themes_listed(taxonomy: Taxonomy) -> pd.DataFrame:
    """The themes of a taxonomy. Columns: theme, patterns, blockers, definition."""
    rows = [
        {"theme": t.id, "patterns": len(t.patterns), "blockers": len(t.blockers), "definition": t.definition}
        for t in taxonomy.themes
    ]
    return pd.DataFrame(rows)


def hits(taxonomy: Taxonomy, *sentences: str) -> pd.DataFrame:
    """What the taxonomy finds in sentences, a row a hit. Columns: sentence, theme, evidence, pattern, counts, tagged.

    `counts` is what the hit adds to the theme's score (a hint less than a pattern); `tagged` says whether the sentence
    has the theme, which takes a score of the taxonomy's `enough`.
    """
    from helpers.parse import pipeline

    rows: list[dict[str, object]] = []
    for sentence in sentences:
        found = match_themes(pipeline()(sentence), taxonomy)
        tagged = decide([("statement", found)], taxonomy)
        rows += [
            {
                "sentence": sentence,
                "theme": h.theme,
                "evidence": sentence[h.start : h.end],
                "pattern": shorten(h.pattern, LONGEST_PATTERN),
                "counts": taxonomy.weights.hint if h.hint else 1.0,
                "tagged": h.theme in tagged,
            }
            for h in found
        ]
        rows += [] if found else [{"sentence": sentence, "tagged": False}]
    return pd.DataFrame(rows, columns=["sentence", "theme", "evidence", "pattern", "counts", "tagged"])


def weights_listed(taxonomy: Taxonomy) -> pd.DataFrame:
    """What a piece of evidence counts by where it stands, and what a theme needs. Columns: name, weight."""
    return pd.DataFrame(list(asdict(taxonomy.weights).items()), columns=["name", "weight"])


def statement_themes(analysis: Analysis) -> pd.DataFrame:
    """The themes of the statements. Columns: statement, theme, score, inherited, evidence, context."""
    rows = [
        {
            "statement": statement.text,
            "theme": theme.theme,
            "score": theme.score,
            "inherited": theme.inherited,
            "evidence": ", ".join(span.text for span in theme.evidence) or None,
            "context": ", ".join(f"{c.span.text} ({c.where})" for c in theme.context) or None,
        }
        for statement in analysis.statements
        for theme in statement.themes
    ]
    return pd.DataFrame(rows, columns=["statement", "theme", "score", "inherited", "evidence", "context"])


def with_blocker(taxonomy: Taxonomy, theme: str, pattern: str) -> Taxonomy:
    """The taxonomy with one more blocker. Raises `ValueError` for a pattern that cannot be read."""
    expand(pattern)
    themes = (replace(t, blockers=(*t.blockers, Pattern(pattern, 0))) if t.id == theme else t for t in taxonomy.themes)
    return replace(taxonomy, themes=tuple(themes))


def without_blockers(taxonomy: Taxonomy) -> Taxonomy:
    """The taxonomy with every blocker taken away."""
    return replace(taxonomy, themes=tuple(replace(t, blockers=()) for t in taxonomy.themes))


def with_theme(block: str, file: Path = THEMES) -> Taxonomy:
    """The taxonomy of `file` with one more block at its end, as if it stood in the file. Raises `VocabularyProblem`."""
    indented = "\n".join("  " + line if line.strip() else line for line in block.strip("\n").split("\n"))
    with TemporaryDirectory() as folder:
        copy = Path(folder) / file.name
        copy.write_text(file.read_text("utf-8").rstrip("\n") + "\n" + indented + "\n", encoding="utf-8")
        return load_taxonomy(copy)


def what_is_wrong(text: str) -> str:
    """The message that a file of themes with this text would get, or "nothing".

    >>> what_is_wrong("themes:\\n  - id: cyber\\n")
    "my_themes.yaml, line 2: the theme lacks 'label'; add the line 'label: …'"
    """
    with TemporaryDirectory() as folder:
        file = Path(folder) / "my_themes.yaml"
        file.write_text(text, encoding="utf-8")
        try:
            load_taxonomy(file)
        except VocabularyProblem as problem:
            return str(problem)
    return "nothing"


def theme_counts(analysis: Analysis) -> pd.DataFrame:
    """How much evidence each theme has. Columns: theme, evidence, paragraphs, in_statements, its_words."""
    from helpers.tables.tables import themes_table

    found = themes_table(analysis)
    counts = found.groupby("theme", sort=False).agg(
        evidence=("text", "size"),
        paragraphs=("paragraph", "nunique"),
        in_statements=("statement_id", "count"),
        its_words=("text", lambda texts: ", ".join(dict.fromkeys(texts))),
    )
    return counts.reset_index().sort_values("evidence", ascending=False, kind="stable", ignore_index=True)


def evidence_marked(analysis: Analysis, *themes: str, most: int = 3) -> Shown:
    """The first paragraphs that hold evidence of `themes` (of any, if none is named), with it marked."""
    marks = [
        (span.start, span.end, theme.theme)
        for paragraph in analysis.themes
        for theme in paragraph.themes
        if theme.theme in themes or not themes
        for span in theme.evidence
    ]
    return marked_paragraphs(analysis.article, sorted(marks), most)
