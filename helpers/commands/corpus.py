"""The commands for many articles: make a corpus, and ask it something."""

import re
import sys
from collections.abc import Sequence
from pathlib import Path

from tqdm import tqdm

from helpers.commands.progress import note, printable, tell
from helpers.corpus.crew import Crew
from helpers.corpus.manifest import manifest_of, read
from helpers.wording import counted

IN_FILE = re.compile(r"(?:line|row) \d")  # a place, which is told with the file
TOLD = 5  # errors named at the end; all stand in the table


def corpus(
    paths: Sequence[str], out: str, workers: int | None = None, scheduler: str | None = None, export: str | None = None
) -> int:
    """Make the corpus of the articles at `paths` in the folder `out`, or go on with it; then tell what it holds."""
    from helpers.corpus.run import make_corpus

    doing, kept = "", "what was done is kept"
    try:
        with (
            Crew(workers, scheduler) as crew,
            tqdm(unit=" articles", disable=None, file=sys.stderr, leave=False) as bar,
        ):
            for step in make_corpus(paths, out, crew, note):
                if step.doing != doing:
                    doing = step.doing
                    bar.set_description(doing)
                    bar.reset()
                bar.total = step.expected
                bar.update(step.done - bar.n)
                if step.doing == "analysing":
                    kept = f"{step.done:,} of about {counted(step.expected, 'article')} are done, and kept"
    except KeyboardInterrupt:
        raise KeyboardInterrupt(f"{kept}; give the same command again to go on") from None
    if export:
        from helpers.corpus.export import export as write

        for path in write(out, "xlsx" if export == "xlsx" else "csv"):
            print(printable(f"wrote {path}"))
    return summary(Path(out))


def summary(out: Path) -> int:
    """Tell what a corpus holds and what failed; exit status 1 if anything did."""
    manifest = manifest_of(out)
    counts = manifest.counts
    print(
        printable(
            f"{out}: {counted(counts['articles'], 'article')}, {counted(counts['duplicates'], 'copy', 'copies')} among them; "
            f"{counted(counts['statements'], 'statement')}; {counted(counts['people'], 'person', 'people')}"
        )
    )
    errors = read(out, manifest, "errors", "file", "what", "mend").to_pylist()
    for error in errors[:TOLD]:
        joint = ", " if IN_FILE.match(error["what"]) else ": "
        tell("; ".join(filter(None, (f"{error['file']}{joint}{error['what']}", error["mend"]))))
    if len(errors) > TOLD:
        tell(f"and {len(errors) - TOLD:,} more failed: on-the-record query {out} 'SELECT * FROM errors'")
    return 1 if errors else 0


def ask(folder: str, sql: str | None) -> int:
    """Answer a query as CSV on standard output; without one, list the tables and views."""
    from helpers.corpus.places import TABLES
    from helpers.corpus.query import VIEWS, query
    from helpers.tables.tables import csv_safe

    if sql is None:
        manifest_of(folder)
        for name, about in [*((n, s.about) for n, s in TABLES.items()), *((v.name, v.about) for v in VIEWS)]:
            print(f"{name:24} {about}")
        return 0
    answer = query(sql, folder)
    answer = csv_safe(answer.astype(dict.fromkeys(answer.select_dtypes(["object", "string"]), "string")))
    sys.stdout.buffer.write(answer.to_csv(index=False, lineterminator="\n").encode("utf8", "replace"))
    return 0
