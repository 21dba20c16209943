"""What a person at the terminal is told while work goes on: a progress bar, and one line a problem.

>>> list(progress([1, 2], "articles"))
[1, 2]
"""

import os
import re
import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

from tqdm import tqdm

BAR_AFTER = 2.0  # seconds of work before a progress bar is shown
UNPRINTABLE = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
QUIET = "ON_THE_RECORD_QUIET"  # in the environment, so that processes that are started keep quiet, too
T = TypeVar("T")


def keep_quiet() -> None:
    """Tell from now on only what went wrong."""
    os.environ[QUIET] = "1"


def is_quiet() -> bool:
    return os.environ.get(QUIET) == "1"


def progress(items: Iterable[T], unit: str, total: int | None = None) -> Iterator[T]:
    """`items` with a progress bar on standard error once the work takes over two seconds; none without a terminal, or when
    it is to keep quiet."""
    return iter(
        tqdm(
            items,
            unit=f" {unit}",
            total=total,
            delay=BAR_AFTER,
            disable=is_quiet() or None,
            file=sys.stderr,
            leave=False,
        )
    )


def tell(message: str) -> None:
    """One line on standard error, clear of a progress bar."""
    tqdm.write(printable(" ".join(message.split())), file=sys.stderr)


def note(message: str) -> None:
    """As `tell`, for what is no problem: not where it was told to keep quiet."""
    if not is_quiet():
        tell(message)


def printable(text: str) -> str:
    """`text` without characters that would steer the terminal instead of being shown on it.

    >>> printable("a\\x1b[2Jb\\u202e") == "a�[2Jb�"
    True
    """
    return UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text)
