"""The notebooks in real JupyterLab, in a real browser that reaches nothing but this machine: Run All, and look."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener

import pytest

from helpers.commands.execute import NOTEBOOKS

PATHS = sorted(NOTEBOOKS.glob("0[0-6]_*.ipynb"))
STARTS_WITHIN, RUNS_WITHIN = 120, 240  # seconds
QUIET = {"disabledExtensions": {"@jupyterlab/apputils-extension:announcements": True}}
SETTINGS = {"@jupyterlab/notebook-extension/tracker": {"windowingMode": "none"}}  # all cells are on the page at once
READY = """() => { const lab = window.jupyterapp, panel = lab && lab.shell.currentWidget;
  return Boolean(panel && panel.content && panel.content.model && panel.sessionContext.isReady
    && panel.sessionContext.session && panel.sessionContext.session.kernel); }"""
RUN_ALL = """async () => {
  const lab = window.jupyterapp, panel = lab.shell.currentWidget;
  await panel.sessionContext.ready;
  await lab.commands.execute('notebook:run-all-cells');
  return panel.content.widgets.filter(cell => cell.model.type === 'code').map(cell => ({
    source: cell.model.sharedModel.getSource(),
    count: cell.model.executionCount,
    outputs: cell.model.outputs.toJSON(),
  })); }"""
FIGURES = """() => [...document.querySelectorAll('.js-plotly-plot')].map(figure => {
  const marks = '.point, .points path, .bars path, .heatmaplayer image, .sankey-link, .sankey-node, .shapelayer path';
  const box = figure.querySelector('svg.main-svg').getBoundingClientRect();
  return {marks: figure.querySelectorAll(marks).length, width: box.width, height: box.height}; })"""
PLOTLY = "application/vnd.plotly.v1+json"


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@pytest.fixture(scope="module")
def lab(chromium: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """JupyterLab on a free port, with fresh settings, on a copy of notebooks and seeds. Gives its address."""
    home = tmp_path_factory.mktemp("lab")
    for name in ("notebooks", "seeds"):
        shutil.copytree(NOTEBOOKS.parent / name, home / "work" / name, ignore=shutil.ignore_patterns(".*"))
    write_json(home / "config" / "labconfig" / "page_config.json", QUIET)
    for plugin, settings in SETTINGS.items():
        write_json(home / "settings" / f"{plugin}.jupyterlab-settings", settings)
    folders = {"JUPYTER_CONFIG_DIR": "config", "JUPYTER_DATA_DIR": "data", "JUPYTER_RUNTIME_DIR": "runtime"}
    folders |= {"IPYTHONDIR": "ipython", "JUPYTERLAB_SETTINGS_DIR": "settings", "JUPYTERLAB_WORKSPACES_DIR": "spaces"}
    environment = os.environ | {key: str(home / name) for key, name in folders.items()}
    port = free_port()
    options = ["--no-browser", "--allow-root", "--expose-app-in-browser", f"--ServerApp.root_dir={home / 'work'}"]
    options += [f"--ServerApp.port={port}", "--ServerApp.port_retries=0", "--ServerApp.ip=127.0.0.1"]
    options += ["--ServerApp.token=", "--ServerApp.password="]
    with open(home / "log.txt", "w", encoding="utf-8") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", *options], env=environment, stdout=log, stderr=log
        )
        try:
            address = f"http://127.0.0.1:{port}"
            wait_for(f"{address}/api", server, home / "log.txt")
            yield address
        finally:
            server.terminate()
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def write_json(path: Path, value: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value), encoding="utf-8")


def wait_for(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    """Until the server answers; fails with its log where it ends or stays silent."""
    opener, until = build_opener(ProxyHandler({})), time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until and server.poll() is None:
        try:
            opener.open(address, timeout=5).close()
            return
        except (URLError, OSError):
            time.sleep(0.2)
    pytest.fail(f"JupyterLab did not start:\n{log.read_text(encoding='utf-8')[-2000:]}")


@pytest.fixture(scope="module")
def page(chromium: Any, lab: str) -> Iterator[Any]:
    """A page that may reach the lab and nothing else."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    context.route(
        "**/*",
        lambda route: route.continue_() if route.request.url.startswith((lab, "data:", "blob:")) else route.abort(),
    )
    page = context.new_page()
    page.set_default_timeout(RUNS_WITHIN * 1000)
    yield page
    context.close()


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_run_all_shows_no_error_and_draws_every_figure(page: Any, lab: str, path: Path):
    open_notebook(page, lab, path)
    cells = page.evaluate(RUN_ALL)
    assert [cell["count"] for cell in cells] == list(range(1, len(cells) + 1))
    outputs = [output for cell in cells for output in cell["outputs"]]
    assert not [output for output in outputs if output["output_type"] == "error"]
    expected = sum(PLOTLY in output.get("data", {}) for output in outputs)
    assert drawn(page, expected) == expected
    if folder := os.environ.get("SCREENSHOTS"):
        photograph(page, Path(folder) / path.stem)
    page.evaluate("async () => { await window.jupyterapp.shell.currentWidget.sessionContext.shutdown(); }")


@pytest.mark.browser
@pytest.mark.slow
def test_figures_are_there_before_anything_is_run_and_in_a_window_of_any_size(page: Any, lab: str):
    """As it comes, with stored outputs. JupyterLab can let charts shrink to a line when the window changes its size."""
    stored = json.loads(PATHS[-1].read_text(encoding="utf-8"))["cells"]
    expected = sum(PLOTLY in output.get("data", {}) for cell in stored for output in cell.get("outputs", []))
    open_notebook(page, lab, PATHS[-1])
    for width, height in ((1280, 900), (1000, 1400), (1500, 700), (1280, 900)):
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(1500)
        assert drawn(page, expected) == expected, f"{width} x {height}"


def open_notebook(page: Any, lab: str, path: Path) -> None:
    page.goto(f"{lab}/doc/tree/notebooks/{path.name}?reset")
    page.wait_for_function(READY)


def drawn(page: Any, expected: int) -> int:
    """How many figures are on the page with marks in them, and of a size in which they can be read."""
    page.wait_for_function(f"document.querySelectorAll('.js-plotly-plot svg.main-svg').length >= {expected}")
    figures = page.evaluate(FIGURES)
    return sum(f["marks"] > 0 and f["width"] > 400 and f["height"] > 100 for f in figures)


def photograph(page: Any, name: Path) -> None:
    """Screenshots of the notebook from top to bottom, for a person to look at: name-1.png, name-2.png …"""
    panel = "document.querySelector('.jp-WindowedPanel-outer')"
    page.set_viewport_size({"width": 1100, "height": 1500})
    height = page.evaluate(f"{panel}.scrollHeight")
    for n, top in enumerate(range(0, height, 1350), 1):
        page.evaluate(f"{panel}.scrollTop = {top}")
        page.wait_for_timeout(400)
        page.screenshot(path=name.with_name(f"{name.name}-{n}.png"))
    page.set_viewport_size({"width": 1280, "height": 900})
