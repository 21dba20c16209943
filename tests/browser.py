"""A headless Chromium without a network, which remembers what a page asked for and complained about."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge", "microsoft-edge")


@dataclass
class Visit:
    """A page as it was opened: the page, the requests it made beyond itself, and what it complained about."""

    page: Any
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


def find_browser() -> str | None:
    """The browser to use: the one that CHROME names, or an installed one."""
    return os.environ.get("CHROME") or next(filter(None, map(shutil.which, NAMES)), None)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """The browser, once a module, since other tests need an event loop of their own.

    Tests are skipped where there is none, unless REQUIRE_BROWSER=1.
    """
    executable = find_browser()
    missing = pytest.fail if os.environ.get("REQUIRE_BROWSER") == "1" else pytest.skip
    if executable is None:
        missing("no Chromium, Chrome or Edge found: install one, or name it with CHROME=/path/to/it")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        missing("playwright is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def visit(chromium: Any) -> Iterator[Any]:
    """``visit(path, width)`` opens a file offline and gives a Visit; every request but the file itself is refused."""
    contexts = []

    def open_file(path: Path, width: int = 1280) -> Visit:
        context = chromium.new_context(viewport={"width": width, "height": 900}, offline=True)
        contexts.append(context)
        seen = Visit(context.new_page())
        address = path.resolve().as_uri()

        def answer(route: Any) -> None:
            if route.request.url.partition("#")[0] == address:
                route.continue_()
            else:
                seen.requests.append(route.request.url[:200])
                route.abort()

        context.route("**/*", answer)
        seen.page.on("console", lambda m: seen.complaints.append(m.text) if m.type in ("error", "warning") else None)
        seen.page.on("pageerror", lambda error: seen.complaints.append(str(error)))
        seen.page.goto(address)
        return seen

    yield open_file
    for context in contexts:
        context.close()
