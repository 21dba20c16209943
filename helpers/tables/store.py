"""Results on disk: one folder an article under ``data/results``, written whole or not at all.

>>> results_folder("us-india-defence-framework").name
'us-india-defence-framework'
>>> results_folder("../etc/passwd").name
'etc-passwd-7fef78f5'

A notebook asks for `analysis_of` an article: what was stored is read back if it was made from the same text by the same
rules, and made anew otherwise. Reading needs no spaCy.
"""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from secrets import token_hex
from typing import Any

import msgspec

from helpers.folders import RESULTS
from helpers.records import Analysis, Article
from helpers.text.files import read_article

LONGEST_NAME = 80
FORMULA = r"'*[=+\-@\x00-\x1f\x7f＝＋－＠]"  # what a spreadsheet may run, and what we would have written for it
RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)$", re.I)  # file names that Windows keeps for itself


def results_folder(article_id: str, results: Path | None = None) -> Path:
    """The folder for the results of an article. An id that is no plain file name is made one, with a digest of it.

    Names are in small letters, since some systems do not tell ``Talks`` from ``talks``.
    """
    plain = re.sub(r"[^\w-]+", "-", article_id, flags=re.ASCII).strip("-")[:LONGEST_NAME].lower()
    if plain != article_id or not plain or RESERVED.match(plain):
        digest = sha256(article_id.encode("utf8", "surrogatepass")).hexdigest()[:8]
        plain = f"{plain}-{digest}".lstrip("-")
    return (results or RESULTS) / plain


def folder_of(article: Article) -> Path:
    """The folder for the results of exactly this article: that of its id, unless another text of this id has it.

    Then, and from then on, it is one beside it, named with a digest of the text.
    """
    return place_of(article)[0]


def place_of(article: Article) -> tuple[Path, Any]:
    """The folder of an article, and what is stored there of it."""
    folder = results_folder(article.id)
    own = folder.with_name(f"{folder.name}-{sha256(article.text.encode('utf8', 'surrogatepass')).hexdigest()[:8]}")
    if own.exists():
        return own, stored_in(own)
    found = stored_in(folder)
    with suppress(LookupError, TypeError):
        if found["article"]["text"] != article.text:
            return own, None
    return folder, found


def stored_in(folder: Path) -> Any:
    """What the ``analysis.json`` of a folder holds; None where it cannot be read."""
    with suppress(OSError, msgspec.DecodeError):
        return msgspec.json.decode((folder / "analysis.json").read_bytes())
    return None


@contextmanager
def written_aside(path: Path) -> Iterator[Path]:
    """A temporary file beside `path` that takes its place only when all went well.

    >>> with written_aside(Path("/tmp/report.html")) as aside:      # doctest: +SKIP
    ...     _ = aside.write_text("…")
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.{token_hex(4)}")
    try:
        yield aside
        os.replace(aside, path)
    finally:
        aside.unlink(missing_ok=True)


def write_text(path: Path, text: str) -> Path:
    """Write a text file whole or not at all; returns its path."""
    with written_aside(path) as aside:
        aside.write_bytes(text.encode("utf8", "replace"))
    return path


def save_analysis(analysis: Analysis, folder: Path) -> None:
    """Write ``analysis.json`` into the folder of an article."""
    with written_aside(folder / "analysis.json") as aside:
        aside.write_bytes(msgspec.json.format(msgspec.json.encode(analysis), indent=1))


def usable(stored: Any, article: Article) -> Analysis | None:
    """The analysis that is stored, if it is one of exactly this article by exactly these rules."""
    from helpers.made_with import made_with

    with suppress(msgspec.ValidationError):
        found = msgspec.convert(stored, Analysis)
        return found if found.article == article and found.made_with == made_with() else None
    return None


def analysis_of(article: str | Path | Article) -> Analysis:
    """The analysis of an article: read back where it is stored, else made and stored. Raises `InputProblem`."""
    article = article if isinstance(article, Article) else read_article(article)
    folder, stored = place_of(article)
    if analysis := usable(stored, article):
        return analysis
    from helpers.analyse import analyse

    analysis = analyse(article)
    save_analysis(analysis, folder)
    return analysis
