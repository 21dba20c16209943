"""Fit all models anew, each before those that build on it: ``python -m helpers.accuracy.models GOLD [START]``.

GOLD is the folder of annotated articles and sentences. Where START, an encoder as it is stored, is given and torch is
installed, the encoder is finished anew too (an hour on one core); else it stays as it is.
"""

import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from helpers.accuracy.training_mixture import LEFT_OUT
from helpers.tone.encoder import WEIGHTS


def fit(step: str, *given: str | Path) -> None:
    """One of the fitting modules, in a process of its own: it reads what those before it wrote."""
    print(f"— {step}", flush=True)
    subprocess.run([sys.executable, "-m", f"helpers.accuracy.{step}", *map(str, given)], check=True)


def fit_all(gold: Path, start: Path | None = None) -> None:
    """Statements, stances and tones, the encoder, and how both are weighed."""
    fit("training", gold)
    fit("training_tone", gold)
    if start is None or find_spec("torch") is None:
        print(
            "— the encoder stays as it is: to finish it anew, give START=encoder.npz and install torch and safetensors"
        )
    else:
        with TemporaryDirectory() as out:
            fit("finishing_encoder", start, gold, out)
            shutil.copyfile(Path(out) / "encoder.npz", WEIGHTS)
            shutil.copyfile(Path(out) / "left_out.json", LEFT_OUT)
    fit("training_mixture", gold)


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3) or not sys.argv[1]:
        sys.exit("usage: make models GOLD=FOLDER [START=encoder.npz] (the folder with statements/ and stance/)")
    fit_all(*map(Path, sys.argv[1:]))
