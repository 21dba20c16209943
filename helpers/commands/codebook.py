"""The codebook, docs/CODEBOOK.md, from the schemas and rules themselves (``make docs``).

>>> print(codebook_markdown().splitlines()[0])
# Codebook

A test fails when the file is not what this writes, so the codebook cannot go stale.
"""

from __future__ import annotations

from helpers.explain import KINDS, SPEAKERS, THEMES
from helpers.folders import DOCS
from helpers.reporting.rules import LISTED
from helpers.tables.schemas import SCHEMAS, codebook, schema
from helpers.tables.store import write_text
from helpers.themes.taxonomy import load_taxonomy

PLACE = DOCS / "CODEBOOK.md"
EXAMPLE = {"cue": "said", "source": "she", "names": "Ada Roe", "theme": "cyber", "places": "heading"}  # fictional


def explained(about: str) -> dict[str, str]:
    """The rules of reporting that tell of the source, of the content or of the mood, by id."""
    return {rule.id: rule.explanation for rule in LISTED if rule.about == about}


RULES = {
    "How the source was found": explained("source"),
    "How the content was found": explained("content"),
    "Whether it was said": explained("mood"),
    "How the speaker was found": SPEAKERS,
    "Where themes come from that the content does not name": THEMES,
    "Kind": KINDS,
}

OPENING = """# Codebook

What every column and key means. This file is made by `make docs` from the schemas and rules in `helpers/`.

**Offsets** count characters (Unicode code points) from the beginning of the article's text, the end exclusive:
`text[start:end]` is the span. For a .txt file the text is the decoded file, its byte order mark dropped and its line
ends turned into `\\n`; for a row of a .jsonl it is the string `text` as it stands.

**CSV files** are UTF-8 with a byte order mark. A missing value is an empty cell. A text cell that a spreadsheet would run
as a formula (it begins with `=`, `+`, `-`, `@`, a tab or a line end) has an apostrophe before it, which
`helpers.tables.tables.read_tables` takes off again.

**Lists in a cell** (speakers, stances, themes, entities, why, reasons) are joined with `; `.

## The statement record

`python -m helpers statements PATH` writes one JSON object a line:

| key | value | meaning |
|---|---|---|
| `article` | string | the article's id |
| `statement_id` | string | stable: a digest of the article's text, then the first and last offset of the content |
| `kind` | `direct`, `indirect`, `mixed` | all, none or part of the content stands in quotation marks |
| `segments` | list of spans | the content, in order; several where the article interrupts it |
| `cue` | span with `lemma`, or null | the words that report; null where a quotation goes on without any |
| `source` | span or null | who is said to speak, as it stands in the article ("He", "the ministry") |
| `speakers` | list | who stands behind the source: `name`, `role`, `country`, `official`, `resolved_by`; empty if unknown |
| `sentiment` | object | tone of the content (VADER): `label`, and `score` from -1 to 1 |
| `stances` | list | stance of the speaker towards each target: the keys below |
| `themes` | list | `theme`, its `score`, and the spans that are its `evidence`, each with `where` it stands: `statement`; \
of a theme that is `inherited`: `sentence`, `neighbours` or `heading`. `context`: further words around it that add to the score |
| `entities` | list | what the content speaks of: canonical `name`, `type`, and the span |
| `readability` | object | as in the table `readability` |
| `confidence` | number | chance, from 0 to 1, that a careful reader would mark these words as somebody's; says nothing of who |
| `why` | list of strings | the rules that made the statement, as listed below |

A stance has `target` (a span), `label`, `score` (P(positive) − P(negative), from -1 to 1), `probabilities` (by label),
`sure` (false: show it as unsure), `demand` (true: the speaker says how the target must be), `held_by` (a span, or null:
who is told to take a stance, where it is not the speaker) and `reasons`: the words that decided, the weightiest first, as
spans with their `weight` for (+) or against (-) the target and their strongest `feature`.

A span is an object with `start`, `end` and `text`.
"""


def codebook_markdown() -> str:
    """The whole file as markdown."""
    parts = [OPENING, "## Tables\n"]
    everything = codebook()
    for name in SCHEMAS:
        rows = everything[everything["table"] == name]
        about = (schema(name).description or SCHEMAS[name].__doc__ or "").strip().split("\n\n")[0]
        parts.append(f"### {name}\n\n{' '.join(about.split())}\n\n| column | type | meaning |\n|---|---|---|")
        parts += [column_line(row) for row in rows.to_dict("records")]
        parts.append("")
    parts.append(
        "## Rules (`why`, `resolved_by`)\n\nEach rule as `helpers.explain` puts it, for the fictional words “she said”.\n"
    )
    for title, rules in RULES.items():
        parts.append(f"**{title}**\n\n| rule | in words |\n|---|---|")
        parts += [f"| {rule} | {sentence.format(**EXAMPLE)} |" for rule, sentence in rules.items()]
        parts.append("")
    return "\n".join([*parts, *theme_lines()]).rstrip() + "\n"


def theme_lines() -> list[str]:
    """The themes and what they mean, without the patterns that find them: all that an annotator needs."""
    head = (
        "## Themes\n\nWhat each theme means (`data/vocabulary/themes.yaml`, which holds the patterns too). "
        "How sentences are labelled with them: [ANNOTATION.md](ANNOTATION.md).\n"
    )
    rows = [f"| `{t.id}` | {t.definition} | {t.includes} | {t.excludes} |" for t in load_taxonomy().themes]
    return [head, "| theme | definition | in | out |", "|---|---|---|---|", *rows]


def column_line(row: dict[str, object]) -> str:
    """One column as a line of its table."""
    details = [str(row["meaning"])]
    if row["unit"]:
        details.append(f"Unit: {row['unit']}.")
    if row["values"]:
        details.append("One of: " + ", ".join(f"`{v}`" for v in str(row["values"]).split(", ")) + ".")
    if row["missing"]:
        details.append("May be missing.")
    return f"| `{row['column']}` | {row['type']} | {' '.join(details)} |"


if __name__ == "__main__":
    print(write_text(PLACE, codebook_markdown()))
