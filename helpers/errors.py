"""What can go wrong, said in one line: what happened, where, and what to do."""

from __future__ import annotations


class OnTheRecordError(Exception):
    """Base of all errors that a user can mend. Its text is one line."""


class InputProblem(OnTheRecordError):
    """An input cannot be used. The message names the file (or the record in it) and the mend."""


class SetupProblem(OnTheRecordError):
    """The machine lacks something. The message says what to run."""


class VocabularyProblem(OnTheRecordError):
    """A file of `data/vocabulary/` is wrong. The message names file and line."""
