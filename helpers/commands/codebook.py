"""The codebook, docs/CODEBOOK.md, from the schemas and rules themselves (``make docs``).

>>> print(codebook_markdown().splitlines()[0])
# Codebook

Its words are in ``codebook.md.j2``. A test fails when the file is not what this writes, so it cannot go stale.
"""

from pathlib import Path
from typing import Any

from jinja2 import StrictUndefined, Template

from helpers.corpus.places import OWN
from helpers.corpus.query import VIEWS
from helpers.explain import KINDS, NEARLY, SPEAKERS, THEMES
from helpers.folders import DOCS
from helpers.reporting.rules import LISTED
from helpers.tables.schemas import SCHEMAS, Schemas, codebook
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
    template = Template(TEMPLATE.read_text(encoding="utf8"), trim_blocks=True, undefined=StrictUndefined)
    tables, across = described(SCHEMAS), described(OWN)
    views = [{"name": view.name, "about": view.about} for view in VIEWS]
    return template.render(
        tables=tables, across=across, views=views, rules=RULES, example=EXAMPLE, themes=load_taxonomy().themes
    )


def described(schemas: Schemas) -> list[dict[str, Any]]:
    """Tables with what they hold and their columns."""
    columns = codebook(schemas).to_dict("records")
    return [
        {"name": name, "about": schema.about, "columns": [c for c in columns if c["table"] == name]}
        for name, schema in schemas.items()
    ]


if __name__ == "__main__":
    print(write_text(PLACE, codebook_markdown()))
