"""What can go wrong, said in one line: what happened, where, and what to do."""

import traceback
from pathlib import Path

HERE = Path(__file__).parent
CALLERS = ("commands", "corpus")  # rooms that go on after a fault; it lies below them


class OnTheRecordError(Exception):
    """Base of all errors that a user can mend. Its text is one line."""


class InputProblem(OnTheRecordError):
    """An input cannot be used. The message names the file (or the record in it) and the mend."""


class SetupProblem(OnTheRecordError):
    """The machine lacks something. The message says what to run."""


class VocabularyProblem(OnTheRecordError):
    """A file of `data/vocabulary/` is wrong. The message names file and line."""


def fault(error: Exception) -> str:
    """What to say of an article on which a rule breaks, with the place in our code.

    >>> fault(IndexError("list index out of range"))
    'a rule broke on this article (IndexError: list index out of range); please report it, with the article'
    """
    frames = [(Path(frame.filename), frame.lineno) for frame in traceback.extract_tb(error.__traceback__)]
    ours = [(file, line) for file, line in frames if HERE in file.parents and file.parent.name not in CALLERS]
    place = f" in {ours[-1][0].name}, line {ours[-1][1]}" if ours else ""
    what = f"{type(error).__name__}: {error}"
    return f"a rule broke on this article{place} ({what}); please report it, with the article"
