"""What a person at the terminal is told while work goes on: a progress bar, and one line a problem.

>>> list(progress([1, 2], "articles"))
[1, 2]
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

from tqdm import tqdm

BAR_AFTER = 2.0  # seconds of work before a progress bar is shown
UNPRINTABLE = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
T = TypeVar("T")


def progress(items: Iterable[T], unit: str, total: int | None = None) -> Iterator[T]:
    """`items` with a progress bar on standard error once the work takes over two seconds; none without a terminal."""
    return iter(tqdm(items, unit=f" {unit}", total=total, delay=BAR_AFTER, disable=None, file=sys.stderr, leave=False))


def tell(message: str) -> None:
    """One line on standard error, clear of a progress bar."""
    tqdm.write(printable(" ".join(message.split())), file=sys.stderr)


def printable(text: str) -> str:
    """`text` without characters that would steer the terminal instead of being shown on it.

    >>> printable("a\\x1b[2Jb\\u202e") == "a�[2Jb�"
    True
    """
    return UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text)
