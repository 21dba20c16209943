"""What every worker needs: importing it in the process of which workers are copies (`helpers.copying`) loads it."""

from __future__ import annotations

from helpers.copying import if_to_be_copied


def load() -> None:
    """Import what a worker imports, and go the whole road once."""
    import distributed  # noqa: F401
    import pandas  # noqa: F401 (Arrow asks for it)
    import pyarrow.compute  # noqa: F401

    import helpers.corpus.parts  # noqa: F401
    from helpers.analyse import get_ready
    from helpers.tone.second import is_fast

    get_ready(is_fast())


if_to_be_copied(load)
