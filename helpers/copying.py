"""Processes that start at once, since each is a copy of one that has loaded what they need.

>>> load_once("helpers.commands.warm")                      # doctest: +SKIP

Loading spaCy, its model and the word lists takes longer than many articles do. Where the system can copy a process (Linux),
it is done once, in the process from which multiprocessing's "forkserver" makes the others. Elsewhere each loads by itself.
"""

from __future__ import annotations

import gc
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import forkserver, get_context

CAN_COPY = sys.platform == "linux"  # macOS has it, too, but its own libraries do not survive being copied


def load_once(module: str) -> None:
    """Begin to import `module` in the process that is to be copied; returns at once."""
    if CAN_COPY:
        get_context("forkserver").set_forkserver_preload([module])
        forkserver.ensure_running()


def if_to_be_copied(load: Callable[[], None]) -> None:
    """In that process, and nowhere else: load. What fails is passed over: it fails again, with its message, where it is needed."""
    if any("multiprocessing.forkserver" in argument for argument in sys.orig_argv):
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that started it
        with suppress(Exception):
            load()
        gc.freeze()  # a copy shares what nobody touches
