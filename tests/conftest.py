"""What tests share. The fictional analyses are in tests/fictional.py, the browser in tests/browser.py."""

from __future__ import annotations

import pytest
from fictional import make_analysis
from hypothesis import settings

from helpers.records import Analysis
from helpers.tone.second import FAST

pytest_plugins = ["browser"]
settings.register_profile("shared machine", deadline=None)  # how long an example takes depends on who else computes
settings.load_profile("shared machine")


@pytest.fixture(scope="session")
def analysis() -> Analysis:
    """A small fictional article, analysed by hand."""
    return make_analysis()


@pytest.fixture
def without_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    """For what does not ask for the tone: the same, in a third of the time, in processes started from here too."""
    monkeypatch.setenv(FAST, "1")
