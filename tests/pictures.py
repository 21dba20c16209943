"""Make the pictures of the README from the seed's report: ``python tests/pictures.py`` (or ``make pictures``)."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from browser import FLAGS, find_browser
from playwright.sync_api import sync_playwright

from helpers.drawing.report import write_report
from helpers.tables.store import analysis_of

ROOT = Path(__file__).parents[1]
PICTURES = {"article": "#article", "timeline": "#chart-timeline", "themes": "#chart-themes_by_official"}


def make_pictures(folder: Path) -> None:
    """Screenshots of parts of the seed's report."""
    with TemporaryDirectory() as place, sync_playwright() as playwright:
        report = write_report(analysis_of(ROOT / "seeds/us-india-defence-framework.txt"), Path(place) / "report.html")
        browser = playwright.chromium.launch(executable_path=find_browser(), args=FLAGS)
        page = browser.new_page(viewport={"width": 1000, "height": 900}, device_scale_factor=1.5)
        page.goto(report.resolve().as_uri())
        page.wait_for_selector("#chart-readability_by_statement svg.main-svg")
        page.add_style_tag(content="nav { position: static !important }")  # it would lie over the article
        for name, selector in PICTURES.items():
            page.locator(selector).screenshot(path=folder / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    make_pictures(ROOT / "docs" / "pictures")
