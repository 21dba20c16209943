"""What made a result: versions, and a digest of the rules and the vocabulary. Equal digests, equal results.

>>> sorted(made_with())
['model', 'on-the-record', 'rules', 'spacy']
"""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib.metadata import version

from helpers.folders import MODELS, PROJECT, VOCABULARY
from helpers.knowledge.taxonomy import THEMES, themes_file
from helpers.parse import model_name

PARTS = ("grammar", "knowledge", "reading")  # of helpers/, beside its own files


@cache
def made_with() -> dict[str, str]:
    """What made an analysis: versions, and a digest of the rules and the vocabulary. Equal digests, equal results."""
    name = model_name()
    return {
        "on-the-record": version("on-the-record"),
        "spacy": version("spacy"),
        "model": f"{name} {version(name.replace('_', '-'))}",
        "rules": rules_digest(),
    }


def rules_digest() -> str:
    """A short digest of every rule, word list and weight; how results are shown does not count."""
    code = PROJECT / "helpers"
    rules = [*code.glob("*.py"), *(f for part in PARTS for f in (code / part).glob("*.py"))]
    digest = sha256()
    if (themes := themes_file()) != THEMES:
        digest.update(themes.read_bytes())
    for file in sorted(f for f in [*rules, *VOCABULARY.iterdir(), *MODELS.iterdir()] if f.is_file()):
        digest.update(file.relative_to(PROJECT).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:12]
