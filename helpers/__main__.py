"""The command line: ``on-the-record run | statements | evaluate | check`` (or ``python -m helpers …``).

Errors go to standard error, one line each, naming the file and the mend. Exit status: 0 when all went well, 1 when an
input failed (the others are still done), 2 for a mistake in the call.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

from helpers.errors import OnTheRecordError
from helpers.folders import SEED

NAME = "on-the-record"
STOPPED = 130  # exit status after Ctrl-C, as shells have it
COMMANDS = {  # each with the function of helpers.commands that does it, what it does, and examples
    "run": (
        "actions.run",
        "execute the notebooks for an article, write tables and an HTML report",
        """  on-the-record run                         the seed article
  on-the-record run mine.txt                your article: report, tables, notebooks
  on-the-record run press/ --themes my.yaml a folder, with themes of your own""",
    ),
    "statements": (
        "actions.statements",
        "print the statements, one record a line",
        """  on-the-record statements mine.txt --format table
  on-the-record statements press/ --output statements.csv
  cat mine.txt | on-the-record statements -""",
    ),
    "evaluate": (
        "score.evaluate",
        "accuracy on annotated texts",
        """  on-the-record evaluate statements data/workshop/articles.jsonl
  on-the-record evaluate themes data/workshop/theme_unseen.jsonl""",
    ),
    "corpus": (
        "corpus.corpus",
        "tables of many articles: goes on where it was stopped, on several processes",
        """  on-the-record corpus press/ --out mycorpus
  on-the-record corpus press/ --out mycorpus --workers 4""",
    ),
    "query": (
        "corpus.ask",
        "ask a corpus something in SQL; the answer is CSV",
        """  on-the-record query mycorpus
  on-the-record query mycorpus "SELECT * FROM statements_per_week" > weeks.csv""",
    ),
    "check": ("check.check", "is this machine ready? READY, or what to do", "  on-the-record check"),
}
INPUTS = (
    "an article (.txt .md .html .mhtml .pdf .docx .rtf .epub .eml), a table of articles (.csv .tsv .xlsx .parquet .jsonl "
    ".json), an export of Nexis or Factiva, a folder or .zip of these, a pattern, or - for standard input; FILE#ID is one article "
    "of several"
)


def parser() -> argparse.ArgumentParser:
    """The commands and their options, each of the name that the command's function has for it."""
    top = argparse.ArgumentParser(prog=NAME, description="Who said what, about what, in what tone.")
    top.add_argument(
        "--version", action="store_true", help="show what makes the results: versions of project and model"
    )
    named = top.add_subparsers(dest="command", metavar="command")
    made = {
        name: named.add_parser(
            name, help=about, epilog=f"examples:\n{examples}", formatter_class=argparse.RawDescriptionHelpFormatter
        )
        for name, (_, about, examples) in COMMANDS.items()
    }
    run, statements, evaluate, corpus, query, _ = (one.add_argument for one in made.values())
    run("paths", nargs="*", metavar="PATH", default=[SEED], help=f"{INPUTS}; default: the seed article")
    statements("paths", nargs="+", metavar="PATH", help=INPUTS)
    forms = ("jsonl", "csv", "table")
    statements("--format", dest="form", choices=forms, help="default: as the ending of FILE tells, else jsonl")
    statements("--output", metavar="FILE", help="write to a file, whole or not at all")
    evaluate("what", choices=("statements", "stance", "tone", "themes"))
    rows = "annotated texts: id, text, and quotes, a target with its label, or labels"
    evaluate("gold", metavar="GOLD.jsonl", help=rows)
    evaluate("--predictions", metavar="OUT.jsonl", help="also write what was found, one text a line")
    evaluate("--ceiling", action="store_true", help="statements: the recall if the best of all proposals were chosen")
    evaluate("--mapping", metavar="FILE.yaml", help="themes: what our ids are called in the gold file")
    corpus("paths", nargs="+", metavar="PATH", help=INPUTS)
    corpus("--out", required=True, metavar="DIR", help="the folder of the corpus; what is done there is not done again")
    place = made["corpus"].add_mutually_exclusive_group().add_argument
    place("--workers", type=whole, metavar="N", help="processes on this machine; default: as many as it has room for")
    place("--scheduler", metavar="ADDRESS", help="a Dask cluster that is there already: tcp://host:8786")
    corpus("--export", choices=("csv", "xlsx"), help="write the tables for a spreadsheet, too, into DIR/export")
    query("folder", metavar="DIR", help="the folder of the corpus")
    query("sql", nargs="?", metavar="SQL", help="one SELECT; without it, the tables and ready views are listed")
    for reads in (run, statements, evaluate, corpus):
        faster = "leave the encoder out: three times as fast, and less often right on tone"
        reads("--fast", action="store_true", help=faster)
        reads("--themes", metavar="MY.yaml", help="themes of your own in the place of data/vocabulary/themes.yaml")
    for one in made.values():
        one.add_argument("--quiet", "-q", action="store_true", help="tell only what goes wrong")
    top.epilog = f"{NAME} COMMAND --help tells more, with examples."
    return top


def whole(text: str) -> int:
    """A number of workers: 1, 2, 3 …"""
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError(f"{text!r} is no number of workers; give 1, 2, 3 …")
    return int(text)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit status."""
    ready_streams()
    options = parser().parse_args(arguments)
    try:
        status = command(**vars(options))
        sys.stdout.flush()
        return status
    except BrokenPipeError:  # the reader of our output went away: `… | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OnTheRecordError as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:  # a full disk, a results folder that may not be written, a table open in another program
        named = f"{error.filename}: " if error.filename else ""
        print(
            f"{named}{error.strerror or error}; free the file, the disk or the rights, then try again", file=sys.stderr
        )
        return 1
    except KeyboardInterrupt as stop:
        print(f"stopped; {str(stop) or 'nothing was left half-written'}", file=sys.stderr)
        return STOPPED


def ready_streams() -> None:
    """Let any text be printed: what the terminal's encoding lacks becomes "?", and output that is closed goes nowhere."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf8"))  # noqa: SIM115 (open as long as the program runs)
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def command(version: bool, command: str | None, **asked: Any) -> int:
    """Do what the options say. Each command imports only what it needs."""
    if version:
        from helpers.made_with import made_with

        print(", ".join(f"{name} {number}" for name, number in made_with().items()))
        return 0
    if command is None:
        *others, last = COMMANDS
        parser().error(f"name a command: {', '.join(others)} or {last}")
    set_up(**{name: asked.pop(name, None) for name in ("quiet", "themes", "fast")})
    module, function = COMMANDS[command][0].split(".")
    status: int = getattr(import_module(f"helpers.commands.{module}"), function)(**asked)
    return status


def set_up(quiet: bool | None, themes: str | None, fast: bool | None) -> None:
    """What holds for the whole process and those it starts: how much is told, which themes, whether the encoder is asked."""
    if quiet:
        from helpers.commands.progress import keep_quiet

        keep_quiet()
    if themes:
        from helpers.themes.taxonomy import use_themes

        use_themes(themes)
    if fast:
        from helpers.tone.second import use_fast

        use_fast()


if __name__ == "__main__":
    sys.exit(main())
