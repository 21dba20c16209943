"""What every notebook needs: importing it in the process of which kernels are copies (`helpers.copying`) loads it."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from helpers.copying import if_to_be_copied

ROOMS = ("helpers.views", "helpers.drawing")


def load() -> None:
    """Import what notebooks import, and go the whole road once, so that models and word lists are there."""
    import ipykernel.ipkernel
    import ipykernel.kernelapp  # noqa: F401

    for room in ROOMS:
        for found in iter_modules(import_module(room).__path__):
            import_module(f"{room}.{found.name}")
    from helpers.analyse import SENTENCES
    from helpers.drawing.report import report_html
    from helpers.explain import explain
    from helpers.views.statements import heard

    analysis = heard(SENTENCES)
    explain(analysis.statements[0])
    report_html(analysis)


if_to_be_copied(load)
