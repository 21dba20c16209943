"""Try out a taxonomy without touching its file: hits in a sentence, one more blocker, one more theme.

>>> theirs = with_blocker(load_taxonomy(), "maritime", "ship of fools")
>>> theirs.ids == load_taxonomy().ids
True
"""

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import indent

import pandas as pd

from helpers.errors import VocabularyProblem
from helpers.records import Analysis
from helpers.themes.context import decide
from helpers.themes.match import match_themes
from helpers.themes.taxonomy import THEMES, Pattern, Taxonomy, expand, load_taxonomy
from helpers.views.show import Shown, framed, marked_paragraphs, ordered
from helpers.wording import shorten

LONGEST_PATTERN = 44  # characters shown of a pattern


def themes_listed(taxonomy: Taxonomy) -> pd.DataFrame:
    """The themes of a taxonomy. Columns: theme, patterns, blockers, definition."""
    rows = [(t.id, len(t.patterns), len(t.blockers), t.definition) for t in taxonomy.themes]
    return framed("theme patterns blockers definition", rows)


def hits(taxonomy: Taxonomy, *sentences: str) -> pd.DataFrame:
    """What the taxonomy finds in sentences, a row a hit. Columns: sentence, theme, evidence, pattern, counts, tagged.

    `counts` is what the hit adds to the theme's score (a hint less than a pattern); `tagged` says whether the sentence
    has the theme, which takes a score of the taxonomy's `enough`.
    """
    from helpers.parse import pipeline

    rows: list[tuple[object, ...]] = []
    for sentence in sentences:
        found = match_themes(pipeline()(sentence), taxonomy)
        tagged = decide([("statement", found)], taxonomy)
        rows += [
            (
                sentence,
                h.theme,
                sentence[h.start : h.end],
                shorten(h.pattern, LONGEST_PATTERN),
                taxonomy.weights.hint if h.hint else 1.0,
                h.theme in tagged,
            )
            for h in found
        ]
        rows += [] if found else [(sentence, None, None, None, None, False)]
    return framed("sentence theme evidence pattern counts tagged", rows)


def statement_themes(analysis: Analysis) -> pd.DataFrame:
    """The themes of what was said. Columns: statement, theme, score, inherited, evidence, context."""
    rows = [
        (
            statement.text,
            theme.theme,
            theme.score,
            theme.inherited,
            ", ".join(span.text for span in theme.evidence) or None,
            ", ".join(f"{c.span.text} ({c.where})" for c in theme.context) or None,
        )
        for statement in analysis.said
        for theme in statement.themes
    ]
    return framed("statement theme score inherited evidence context", rows)


def with_blocker(taxonomy: Taxonomy, theme: str, pattern: str) -> Taxonomy:
    """The taxonomy with one more blocker. Raises `ValueError` for a pattern that cannot be read."""
    expand(pattern)
    themes = (replace(t, blockers=(*t.blockers, Pattern(pattern, 0))) if t.id == theme else t for t in taxonomy.themes)
    return replace(taxonomy, themes=tuple(themes))


def without_blockers(taxonomy: Taxonomy) -> Taxonomy:
    """The taxonomy with every blocker taken away."""
    return replace(taxonomy, themes=tuple(replace(t, blockers=()) for t in taxonomy.themes))


def taxonomy_of(text: str) -> Taxonomy:
    """The taxonomy of a file with this text. Raises `VocabularyProblem`."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "my_themes.yaml"
        file.write_text(text, encoding="utf-8")
        return load_taxonomy(file)


def with_theme(block: str) -> Taxonomy:
    """The project's taxonomy with one more block at its end, as if it stood in the file. Raises `VocabularyProblem`."""
    return taxonomy_of(f"{THEMES.read_text('utf-8').rstrip()}\n{indent(block.strip(), '  ')}\n")


def what_is_wrong(text: str) -> str:
    """The message that a file of themes with this text would get, or "nothing".

    >>> what_is_wrong("themes:\\n  - id: cyber\\n")
    "my_themes.yaml, line 2: the theme lacks 'label'; add the line 'label: …'"
    """
    try:
        taxonomy_of(text)
    except VocabularyProblem as problem:
        return str(problem)
    return "nothing"


def theme_counts(analysis: Analysis) -> pd.DataFrame:
    """How much evidence each theme has. Columns: theme, evidence, paragraphs, in_statements, its_words."""
    from helpers.tables.tables import table_of

    found = table_of(analysis, "themes")
    found["statement_id"] = found["statement_id"].where(
        found["statement_id"].isin([s.statement_id for s in analysis.said])
    )
    counts = found.groupby("theme", sort=False).agg(
        evidence=("text", "size"),
        paragraphs=("paragraph", "nunique"),
        in_statements=("statement_id", "count"),
        its_words=("text", lambda texts: ", ".join(dict.fromkeys(texts))),
    )
    return ordered(counts.reset_index(), "evidence", ascending=False)


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
