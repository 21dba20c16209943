"""Set up On the Record once, then do one thing with it: `python bootstrap.py run [ARTICLE…]`.

The first call makes `.venv` and installs the locked packages into it; later calls find its stamp and go
straight to work. `python bootstrap.py help` lists the other commands.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
LOCK = ROOT / "requirements.txt"
VENV = ROOT / ".venv"
STAMP = VENV / "on-the-record.stamp"
PYTHON, UV = (
    (VENV / "Scripts/python.exe", VENV / "Scripts/uv.exe")
    if os.name == "nt"
    else (VENV / "bin/python", VENV / "bin/uv")
)
COMMAND = PYTHON.with_name("on-the-record").relative_to(ROOT)
SUPPORTED = ("3.13", "3.12", "3.11")
SETTINGS = {  # for everything started here; a value that is set already wins
    "PYTHONUTF8": "1",  # the same text everywhere, Windows included
    "JUPYTER_PLATFORM_DIRS": "1",  # this and the next silence warnings that kernels print
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
}
COMMANDS = {  # arguments to the environment's Python; whatever the user adds goes to the last one
    "run": [["-m", "helpers", "run"]],
    "test": [
        ["-m", "ruff", "check"],
        ["-m", "mypy"],
        [
            "-m",
            "pytest",
            "--nbval",
            "--nbval-current-env",
            "-n",
            "2",
            "--dist",
            "loadfile",
            "--doctest-modules",
            "--ignore-glob=helpers/accuracy/*ing_encoder.py",  # ask for torch, which no user installs
            "--ignore=helpers/accuracy/encoder_net.py",
            "tests",
            "notebooks",
            "helpers",
        ],
    ],
    "lab": [["-m", "jupyterlab", "notebooks/"]],
    "bench": [["-m", "pytest", "-m", "bench", "-s"]],
    "check": [["-m", "helpers", "check"]],
    "notebooks": [["-m", "helpers.commands.execute"]],  # renew the outputs they show
    "docs": [["-m", "helpers.commands.codebook"]],
    "models": [["-m", "helpers.accuracy.models"]],  # with the folder of annotated articles
    "measures": [["-m", "helpers.accuracy.stored"]],  # likewise: the figures of notebook 08
    "ablate": [["-m", "helpers.commands.ablate"]],  # likewise: what each form, group of features and repair is worth
    "pictures": [["tests/pictures.py"]],
}
ABOUT = {  # what `make help` tells, in this order
    "run [ARTICLE=mine.txt]": "report, tables and notebooks for an article; without one, for that in seeds/",
    "lab": "the notebooks in JupyterLab",
    "check": "is this machine ready?",
    "test": "style, types, tests, and every notebook against the outputs it shows",
    "bench": "the speed, measured",
    "notebooks": "execute the notebooks anew, and keep what they show",
    "docs": "write docs/CODEBOOK.md anew",
    "pictures": "take the pictures of the README anew",
    "models GOLD=FOLDER": "fit all models anew; with START=encoder.npz and torch, the encoder too",
    "measures GOLD=FOLDER": "measure the figures of notebook 08",
    "ablate GOLD=FOLDER": "what each part of the model is worth",
    "lock": "choose the packages' versions anew (requirements.txt)",
}
LOCKING = [
    "--universal",
    "--python-version",
    "3.11",
    "--generate-hashes",
    "--no-strip-extras",
    "--quiet",
    "--custom-compile-command",
    "make lock",
    "--output-file",
    "requirements.txt",
]
UNREACHABLE = r"(?i)resolution|connect|timed? ?out|unreachable|proxy|certificate|No matching distribution"


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def failure(*command: str | Path) -> str:
    """Run one step of the set-up quietly: what it printed if it failed, else nothing."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        encoding="utf-8",
        errors="replace",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    return (done.stdout.strip() or f"exit code {done.returncode}") if done.returncode else ""


def must(*command: str | Path) -> None:
    """Run one step that has to work; else show its output, say what to do, and end."""
    if output := failure(*command):
        say(output)
        if "ensurepip" in output:
            sys.exit("Python's venv module is incomplete (Debian, Ubuntu: apt install python3-venv).")
        if re.search(UNREACHABLE, output):
            sys.exit(
                "Packages could not be fetched: connect to the network, or set the proxy or mirror that "
                "pip is to use, then give the same command again. What was downloaded is kept."
            )
        sys.exit("The set-up failed for the reason above. Nothing outside .venv was changed.")


def supported_python() -> tuple[str, str]:
    """The interpreter to build on, and its version: this one if it is supported, else one found on PATH."""
    this = "{}.{}".format(*sys.version_info)
    if this in SUPPORTED:
        return sys.executable, this
    for version in SUPPORTED:
        for command in ([f"python{version}"], ["py", f"-{version}"]):
            if shutil.which(command[0]):  # it may still be a launcher for a version that is not there
                asked = subprocess.run(
                    [*command, "-c", "import sys; print(sys.executable)"],
                    text=True,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                )
                if asked.returncode == 0:
                    return asked.stdout.strip(), version
    sys.exit(
        f"On the Record needs Python 3.11, 3.12 or 3.13, and found only {this}. Install one of them, or "
        "say where it is: make run PYTHON=/path/to/python3.12 (Windows: py -3.12 bootstrap.py run)."
    )


def make_venv(python: str) -> None:
    """An empty environment with the locked uv in it; where uv cannot be had, pip will do its work."""
    must(python, "-m", "venv", "--clear", VENV)
    locked = re.search(r"^uv==.*(\n .*)*", LOCK.read_text("utf-8") if LOCK.exists() else "", re.M)
    (VENV / "uv.txt").write_text(locked[0] if locked else "uv", "utf-8")
    failure(PYTHON, "-m", "pip", "install", "--quiet", "--retries", "1", "--no-deps", "-r", VENV / "uv.txt")


def ensure() -> None:
    """Bring the environment up to date, unless its stamp says it is. A set-up cut short leaves no stamp."""
    python, version = supported_python()
    home = f"{version} {ROOT}"
    made_of = hashlib.sha256(LOCK.read_bytes() + (ROOT / "pyproject.toml").read_bytes()).hexdigest()
    stamp = STAMP.read_text("utf-8") if STAMP.exists() and PYTHON.exists() else ""
    if stamp == f"{made_of} {home}":
        return
    if stamp.endswith(f" {home}"):  # a whole environment, of another lock
        STAMP.unlink()
    else:
        say(f"Making .venv with Python {version} …")
        make_venv(python)
    say("Installing the locked packages (once; a minute or two) …")
    options = ["--require-hashes", "-r", str(LOCK)]
    quick = ["pip", "install", "--python", str(PYTHON), "--compile-bytecode", "--link-mode", "copy", *options]
    if not UV.exists() or failure(UV, *quick):
        must(PYTHON, "-m", "pip", "install", "--quiet", "--retries", "1", *options)
    must(PYTHON, "-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation", "-e", ROOT)
    STAMP.write_text(f"{made_of} {home}", "utf-8")
    say(f"Ready. For scripts: {COMMAND} --help")


def help_text() -> str:
    """What can be called, a line each."""
    rows = [f"  make {call:24}{about}" for call, about in ABOUT.items()]
    without = "Without make: python bootstrap.py COMMAND [what stands after the =] (Windows: py bootstrap.py …)."
    return "\n".join([*rows, "", without, f"For scripts: {COMMAND} --help"])


def main(name: str = "", *extra: str) -> int:
    os.environ.update({key: value for key, value in SETTINGS.items() if key not in os.environ})
    if name == "lock":
        if not UV.exists():
            make_venv(supported_python()[0])
        must(UV, "pip", "compile", "requirements.in", *LOCKING, *extra)
        return 0
    if name not in COMMANDS:
        asked = name in ("help", "--help", "-h")
        print(help_text(), file=sys.stdout if asked else sys.stderr)
        return 0 if asked else 2
    ensure()
    *before, last = COMMANDS[name]
    where = None if name == "run" else ROOT  # an article's path counts from where the user stands
    if not before:  # Ctrl-C is for the one thing that runs, which ends in its own way
        signal.signal(signal.SIGINT, lambda *_: None)
    steps = [*before, [*last, *extra]]
    codes = [subprocess.run([str(PYTHON), *step], cwd=where).returncode for step in steps]
    return next((code for code in reversed(codes) if code), 0)


if __name__ == "__main__":
    try:
        sys.exit(main(*sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit("Interrupted.")
