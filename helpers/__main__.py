"""The command line: ``on-the-record run | statements | evaluate | check`` (or ``python -m helpers …``).

Errors go to standard error, one line each, naming the file and the mend. Exit status: 0 when all went well, 1 when an
input failed (the others are still done), 2 for a mistake in the call.
"""

import argparse
import os
import sys
from collections.abc import Sequence

from helpers.errors import OnTheRecordError
from helpers.folders import SEED

NAME = "on-the-record"
STOPPED = 130  # exit status after Ctrl-C, as shells have it
EXAMPLES = {  # shown by --help
    "run": """  on-the-record run                         the seed article
  on-the-record run mine.txt                your article: report, tables, notebooks
  on-the-record run press/ --themes my.yaml a folder, with themes of your own""",
    "statements": """  on-the-record statements mine.txt --format table
  on-the-record statements press/ --output statements.csv
  cat mine.txt | on-the-record statements -""",
    "evaluate": """  on-the-record evaluate statements data/workshop/articles.jsonl
  on-the-record evaluate themes data/workshop/theme_unseen.jsonl""",
    "corpus": """  on-the-record corpus press/ --out mycorpus
  on-the-record corpus press/ --out mycorpus --workers 4""",
    "query": """  on-the-record query mycorpus
  on-the-record query mycorpus "SELECT * FROM statements_per_week" > weeks.csv""",
    "check": "  on-the-record check",
}


def parser() -> argparse.ArgumentParser:
    """The commands and their options."""
    top = argparse.ArgumentParser(prog=NAME, description="Who said what, about what, in what tone.")
    top.add_argument("--version", action="store_true", help="show what makes the results: versions of project and model")
    commands = top.add_subparsers(dest="command", metavar="command")
    inputs = (
        "an article (.txt .md .html .mhtml .pdf .docx .rtf .epub .eml), a table of articles (.csv .tsv .xlsx .parquet .jsonl "
        ".json), an export of Nexis or Factiva, a folder or .zip of these, a pattern, or - for standard input; "
        "FILE#ID is one article of several"
    )
    run = commands.add_parser("run", help="execute the notebooks for an article, write tables and an HTML report")
    run.add_argument("paths", nargs="*", metavar="PATH", help=f"{inputs}; default: the seed article")
    statements = commands.add_parser("statements", help="print the statements, one record a line")
    statements.add_argument("paths", nargs="+", metavar="PATH", help=inputs)
    statements.add_argument("--format", choices=("jsonl", "csv", "table"), help="default: as the ending of FILE tells, else jsonl")
    statements.add_argument("--output", metavar="FILE", help="write to a file, whole or not at all")
    measure = commands.add_parser("evaluate", help="accuracy on annotated texts")
    measure.add_argument("what", choices=("statements", "stance", "tone", "themes"))
    measure.add_argument(
        "gold", metavar="GOLD.jsonl", help="annotated texts: id, text, and quotes, a target with its label, or labels"
    )
    measure.add_argument("--predictions", metavar="OUT.jsonl", help="also write what was found, one text a line")
    measure.add_argument("--ceiling", action="store_true", help="statements: the recall if the best of all proposals were chosen")
    measure.add_argument("--mapping", metavar="FILE.yaml", help="themes: what our ids are called in the gold file")
    many = commands.add_parser("corpus", help="tables of many articles: goes on where it was stopped, on several processes")
    many.add_argument("paths", nargs="+", metavar="PATH", help=inputs)
    many.add_argument("--out", required=True, metavar="DIR", help="the folder of the corpus; what is done there is not done again")
    place = many.add_mutually_exclusive_group()
    place.add_argument("--workers", type=whole, metavar="N", help="processes on this machine; default: as many as it has room for")
    place.add_argument("--scheduler", metavar="ADDRESS", help="a Dask cluster that is there already: tcp://host:8786")
    many.add_argument("--export", choices=("csv", "xlsx"), help="write the tables for a spreadsheet, too, into DIR/export")
    ask = commands.add_parser("query", help="ask a corpus something in SQL; the answer is CSV")
    ask.add_argument("folder", metavar="DIR", help="the folder of the corpus")
    ask.add_argument("sql", nargs="?", metavar="SQL", help="one SELECT; without it, the tables and ready views are listed")
    for reader in (run, statements, measure, many):
        reader.add_argument(
            "--fast", action="store_true", help="leave the encoder out: three times as fast, and less often right on tone"
        )
        reader.add_argument("--themes", metavar="MY.yaml", help="themes of your own in the place of data/vocabulary/themes.yaml")
    commands.add_parser("check", help="is this machine ready? READY, or what to do")
    for name, one in commands.choices.items():
        one.add_argument("--quiet", "-q", action="store_true", help="tell only what goes wrong")
        one.epilog = f"examples:\n{EXAMPLES[name]}"
        one.formatter_class = argparse.RawDescriptionHelpFormatter
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
        status = command(options)
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
        print(f"{named}{error.strerror or error}; free the file, the disk or the rights, then try again", file=sys.stderr)
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


def command(options: argparse.Namespace) -> int:
    """Do what the options say. Each command imports only what it needs."""
    if options.version:
        from helpers.made_with import made_with

        print(", ".join(f"{name} {version}" for name, version in made_with().items()))
        return 0
    set_up(options)
    if options.command == "check":
        from helpers.commands.check import check

        return check()
    if options.command == "statements":
        from helpers.commands.actions import statements

        return statements(options.paths, options.format, options.output)
    if options.command == "evaluate":
        return evaluate(options)
    if options.command in ("corpus", "query"):
        return of_many(options)
    if options.command == "run":
        from helpers.commands.actions import run

        return run(options.paths or [SEED])
    parser().error("name a command: run, statements, corpus, query, evaluate or check")


def set_up(options: argparse.Namespace) -> None:
    """What holds for the whole process and those it starts: how much is told, which themes, whether the encoder is asked."""
    if getattr(options, "quiet", False):
        from helpers.commands.progress import keep_quiet

        keep_quiet()
    if getattr(options, "themes", None):
        from helpers.themes.taxonomy import use_themes

        use_themes(options.themes)
    if getattr(options, "fast", False):
        from helpers.tone.second import use_fast

        use_fast()


def evaluate(options: argparse.Namespace) -> int:
    """Measure statements, stances, tones or themes on annotated texts."""
    from helpers.commands.score import evaluate_stance, evaluate_statements, evaluate_themes, evaluate_tone

    if options.what == "stance":
        return evaluate_stance(options.gold, options.predictions)
    if options.what == "tone":
        return evaluate_tone(options.gold, options.predictions)
    if options.what == "themes":
        return evaluate_themes(options.gold, options.predictions, options.mapping)
    return evaluate_statements(options.gold, options.predictions, options.ceiling)


def of_many(options: argparse.Namespace) -> int:
    """Make a corpus, or ask it something."""
    from helpers.commands.corpus import ask, corpus

    if options.command == "query":
        return ask(options.folder, options.sql)
    return corpus(options.paths, options.out, options.workers, options.scheduler, options.export)


if __name__ == "__main__":
    sys.exit(main())
