"""The codebook, docs/CODEBOOK.md, from the schemas and rules themselves (``make docs``).

>>> print(codebook_markdown().splitlines()[0])
# Codebook

Its words are in ``codebook.md.j2``. A test fails when the file is not what this writes, so it cannot go stale.
"""

from __future__ import annotations

from pathlib import Path

from jinja2 import StrictUndefined, Template

from helpers.explain import KINDS, NEARLY, SPEAKERS, THEMES
from helpers.folders import DOCS
from helpers.reporting.rules import LISTED
from helpers.tables.schemas import SCHEMAS, codebook
from helpers.tables.store import write_text
from helpers.themes.taxonomy import load_taxonomy

PLACE = DOCS / "CODEBOOK.md"
TEMPLATE = Path(__file__).with_name("codebook.md.j2")
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
    "Kind": {**KINDS, "direct, but for a few words": NEARLY},
}


def codebook_markdown() -> str:
    """The whole file as markdown."""
    template = Template(TEMPLATE.read_text(encoding="utf8"), trim_blocks=True, undefined=StrictUndefined)
    columns = codebook().to_dict("records")
    tables = [
        {"name": name, "about": schema.description, "columns": [c for c in columns if c["table"] == name]}
        for name, schema in SCHEMAS.items()
    ]
    return template.render(tables=tables, rules=RULES, example=EXAMPLE, themes=load_taxonomy().themes)


if __name__ == "__main__":
    print(write_text(PLACE, codebook_markdown()))
