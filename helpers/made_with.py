"""What made a result: versions, and digests of the rules, the encoder and the themes. Equal digests, equal results.

>>> sorted(made_with())
['encoder', 'model', 'on-the-record', 'rules', 'spacy', 'themes']
>>> made_with(fast=True)["encoder"]
'left out (--fast)'

`rules` covers the rooms that make results, the vocabulary and the readable weights; `themes` the taxonomy in use, so that a
new one renews what it makes and nothing else. How results are stored, shown and measured does not count.
"""

from collections.abc import Iterator
from functools import cache, lru_cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

import msgspec

from helpers.folders import MODELS, PROJECT, VOCABULARY
from helpers.parse import model_name
from helpers.themes.taxonomy import THEMES, Taxonomy, load_taxonomy
from helpers.tone.encoder import WEIGHTS as ENCODER
from helpers.tone.encoder import checksums
from helpers.tone.second import is_fast

MAKERS = "analyse.py knowledge names parse.py quick.py records.py repairs.py reporting text themes tone tree.py".split()
LENGTH = 12  # hexadecimal digits of a digest
FASTER = "left out (--fast)"


def made_with(taxonomy: Taxonomy | None = None, fast: bool | None = None) -> dict[str, str]:
    """What makes an analysis with `taxonomy`, or with the one in use: versions and digests."""
    return {
        **versions(),
        "rules": rules_digest(),
        "encoder": FASTER if is_fast(fast) else encoder_digest(),
        "themes": themes_digest(taxonomy or load_taxonomy()),
    }


@cache
def versions() -> dict[str, str]:
    """The versions of the project, of spaCy and of its model."""
    name = model_name()
    return {
        "on-the-record": version("on-the-record"),
        "spacy": version("spacy"),
        "model": f"{name} {version(name.replace('_', '-'))}",
    }


@cache
def rules_digest(project: Path = PROJECT) -> str:
    """A short digest of every rule, word list and weight of a checkout, read once in a process."""
    digest = sha256()
    for file in sorted(rule_files(project)):
        digest.update(file.relative_to(project).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:LENGTH]


def rule_files(project: Path) -> Iterator[Path]:
    """The files that make results: code of the rooms in `MAKERS`, vocabulary and weights, but for the encoder's."""
    for name in MAKERS:
        place = project / "helpers" / name
        yield from place.glob("*.py") if place.is_dir() else [place]
    for folder in (VOCABULARY, MODELS):
        there = project / folder.relative_to(PROJECT)
        yield from (f for f in there.iterdir() if f.is_file() and f.name not in (THEMES.name, ENCODER.name))


@cache
def encoder_digest(path: Path = ENCODER) -> str:
    """A short digest of the encoder's weights, by the checksums that its file keeps: the file itself is not read.

    Raises `SetupProblem` where it is missing or damaged.
    """
    return sha256(str(checksums(path)).encode()).hexdigest()[:LENGTH]


@lru_cache(maxsize=8)
def themes_digest(taxonomy: Taxonomy) -> str:
    """A short digest of what a taxonomy holds, wherever it lies."""
    held = msgspec.json.encode((taxonomy.themes, taxonomy.weights), order="deterministic")
    return sha256(held).hexdigest()[:LENGTH]
