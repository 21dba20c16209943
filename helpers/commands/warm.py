"""What is loaded once, and copied for each notebook (`helpers.commands.kernels`): importing it there loads it.

What fails here is passed over: it fails again, with its message, where a notebook needs it.
"""

from __future__ import annotations

import gc
import signal
import sys
from contextlib import suppress
from importlib import import_module
from pkgutil import iter_modules

ROOMS = ("helpers.views", "helpers.drawing")
SENTENCES = (
    "“The strait is open,” Defence Minister Elin Quist said on Monday. She warned of drones and condemned the raid."
)


def load() -> None:
    """Import what notebooks import, and go the whole road once, so that models and word lists are there."""
    import ipykernel.ipkernel
    import ipykernel.kernelapp  # noqa: F401

    for room in ROOMS:
        for found in iter_modules(import_module(room).__path__):
            import_module(f"{room}.{found.name}")
    from helpers.drawing.report import report_html
    from helpers.explain import explain
    from helpers.views.statements import heard

    analysis = heard(SENTENCES)
    explain(analysis.statements[0])
    report_html(analysis)


if any("multiprocessing.forkserver" in argument for argument in sys.orig_argv):  # nowhere else
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that executes the notebooks
    with suppress(Exception):
        load()
    gc.freeze()  # a copy shares what nobody touches
