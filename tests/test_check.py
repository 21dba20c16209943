"""Protects: whether a machine is ready is told rightly, with what to do."""

from __future__ import annotations

import shutil

import pytest
from inputs import ROOT, SEED, call, one_line

from helpers.__main__ import main
from helpers.commands import check
from helpers.errors import SetupProblem, VocabularyProblem

# --- is this machine ready? ---


def test_check_is_ready(capsys):
    assert main(["check"]) == 0
    assert capsys.readouterr().out == "READY\n"


def broken(error):
    def test():
        raise error

    return test


FAULTS = {
    "vocabulary": (VocabularyProblem("roles.csv, line 7: the cell 'head' is empty; fill it"), "roles.csv, line 7"),
    "analysis": (
        SetupProblem("no English spaCy model is installed; run `make run` once, which installs it"),
        "run `make run`",
    ),
    "results": (
        PermissionError(13, "Permission denied", "data/results/.check"),
        "data/results/.check: Permission denied",
    ),
    "kernel": (ImportError("no module named zmq"), "delete the folder .venv"),
}


@pytest.mark.parametrize("step", FAULTS)
def test_check_says_what_to_do(monkeypatch, capsys, step):
    error, words = FAULTS[step]
    for name in ("kernel", "notebooks", "vocabulary", "analysis", "results"):
        monkeypatch.setattr(check, name, lambda: None)
    test = broken(error)
    test.__name__ = step
    monkeypatch.setattr(check, step, test)
    assert main(["check"]) == 1
    assert words in one_line(capsys)


def test_check_names_missing_packages(monkeypatch, capsys):
    monkeypatch.setattr(check, "PACKAGES", ("pandas", "nonsense_one", "nonsense_two"))
    assert main(["check"]) == 1
    assert "missing packages: nonsense_one, nonsense_two; run `make run`" in one_line(capsys)


BROKEN_VOCABULARY = {
    "roles.csv": b"head,level\nminister,minister\n",
    "boilerplate.csv": b"kind,pattern,example,not_example,comment\nlink,(also,Also Read,,\n",
    "countries.csv": b"iso3,name,aliases,demonyms,capital,metonyms\nXXX,Norvia\n",
    "places.csv": "name,aliases,kind,country\nÅlesund,,city,\n".encode("cp1252"),
    "reporting_verbs.csv": None,
}


@pytest.mark.slow
@pytest.mark.parametrize("name", BROKEN_VOCABULARY)
def test_broken_vocabulary_is_one_line_with_file_and_mend(tmp_path, name):
    copy = tmp_path / "project"
    shutil.copytree(ROOT / "data", copy / "data", ignore=shutil.ignore_patterns("results"))
    shutil.copytree(ROOT / "helpers", copy / "helpers")
    if (data := BROKEN_VOCABULARY[name]) is None:
        (copy / "data/vocabulary" / name).unlink()
    else:
        (copy / "data/vocabulary" / name).write_bytes(data)
    done = call("statements", SEED, cwd=copy)
    assert done.returncode == 1
    assert done.stderr.decode().count("\n") == 1, done.stderr.decode()
    assert name in done.stderr.decode()
