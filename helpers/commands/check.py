"""Is this machine ready? `python -m helpers check` prints READY, or what to do."""

import importlib.util
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pkgutil import iter_modules

from helpers.errors import OnTheRecordError
from helpers.folders import VOCABULARY

PACKAGES = "jupyterlab pandas plotly textstat nltk nbval spacy vaderSentiment papermill msgspec".split()
SET_UP = "run `make run` (or `python bootstrap.py run`), which installs what is missing"
SENTENCE = "“The strait is open,” Defence Minister Elin Quist said on Monday."


def check() -> int:
    """Print one line a finding; exit status 0 when the machine is ready."""
    problems = list(problems_found())
    for problem in problems:
        print(problem, file=sys.stderr)
    if not problems:
        print("READY")
    return 1 if problems else 0


def problems_found() -> Iterator[str]:
    """What is not as it must be, each with what to do."""
    if not (3, 11) <= sys.version_info[:2] <= (3, 13):
        yield f"Python {sys.version.split()[0]} is not supported; use 3.11, 3.12 or 3.13"
    missing = [name for name in PACKAGES if importlib.util.find_spec(name) is None]
    if missing:
        yield f"missing packages: {', '.join(missing)}; {SET_UP}"
        return
    for test in (kernel, notebooks, vocabulary, analysis, results):
        if problem := attempt(test):
            yield problem


def attempt(test: Callable[[], str | None]) -> str | None:
    """What a test finds wrong. An error of ours says what to do; any other means that a package is broken."""
    try:
        return test()
    except OnTheRecordError as error:
        return str(error)
    except OSError as error:
        return f"{error.filename or 'a file'}: {error.strerror or error}; see that it may be read and written"
    except Exception as error:
        return f"{test.__name__} fails ({type(error).__name__}: {error}); delete the folder .venv, then {SET_UP}"


def kernel() -> str | None:
    """Can notebooks find Python?"""
    from jupyter_client.kernelspec import KernelSpecManager

    found = KernelSpecManager().find_kernel_specs()
    return None if "python3" in found else f"no Jupyter kernel named python3; {SET_UP}"


def notebooks() -> str | None:
    """Are the notebooks there that `run` executes?"""
    from helpers.commands.execute import main_job

    main_job()
    return None


def analysis() -> str | None:
    """Does the whole road work, model and all? One sentence is analysed."""
    from helpers.analyse import analyse
    from helpers.text.article import structure

    found = analyse(structure("check", SENTENCE)).statements
    return None if found else f"no statement was found in {SENTENCE!r}; {SET_UP}"


def vocabulary() -> str | None:
    """Can every word list be read, and the themes?"""
    from helpers import knowledge
    from helpers.themes.taxonomy import load_taxonomy

    rooms = [import_module(f"{knowledge.__name__}.{found.name}") for found in iter_modules(knowledge.__path__)]
    named = [one for room in rooms for one in vars(room).values()]
    for load in (*filter(reads_a_list, named), load_taxonomy):
        load()
    return None


def reads_a_list(one: object) -> bool:
    """Is it a reader of a word list, which are cached and take the folder of the lists?"""
    return getattr(getattr(one, "__wrapped__", None), "__defaults__", None) == (VOCABULARY,)


def results() -> str | None:
    """May results be written?"""
    from helpers.tables.store import RESULTS, written_aside

    target = RESULTS / ".check"
    with written_aside(target) as aside:
        aside.write_text("ready", encoding="utf8")
    target.unlink(missing_ok=True)  # another check may run
    return None
