"""On the Record: who said what, about what, and in what tone, from news articles, offline.

>>> from helpers import analyse, explain, read_article
>>> print(explain(analyse(read_article("seeds/us-india-defence-framework.txt")).statements[0]))    # doctest: +SKIP
Pete Hegseth said it: “defence ties have never been stronger,” …

The names in `HOME` are what a script or a notebook needs. Each is loaded when it is first used, so that reading tables does
not wait for the parser.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from helpers.analyse import analyse as analyse
    from helpers.analyse import analyse_many as analyse_many
    from helpers.corpus.query import query as query
    from helpers.errors import InputProblem as InputProblem
    from helpers.errors import OnTheRecordError as OnTheRecordError
    from helpers.errors import SetupProblem as SetupProblem
    from helpers.errors import VocabularyProblem as VocabularyProblem
    from helpers.explain import explain as explain
    from helpers.tables.record import statement_record as statement_record
    from helpers.tables.store import analysis_of as analysis_of
    from helpers.tables.tables import all_tables as all_tables
    from helpers.tables.tables import read_tables as read_tables
    from helpers.tables.tables import save_tables as save_tables
    from helpers.text.article import structure as structure
    from helpers.text.files import read_article as read_article
    from helpers.text.files import read_articles as read_articles
    from helpers.themes.taxonomy import load_taxonomy as load_taxonomy

HOME = {
    "InputProblem": "errors",
    "OnTheRecordError": "errors",
    "SetupProblem": "errors",
    "VocabularyProblem": "errors",
    "all_tables": "tables.tables",
    "analyse": "analyse",
    "analyse_many": "analyse",
    "analysis_of": "tables.store",
    "explain": "explain",
    "load_taxonomy": "themes.taxonomy",
    "query": "corpus.query",
    "read_article": "text.files",
    "read_articles": "text.files",
    "read_tables": "tables.tables",
    "save_tables": "tables.tables",
    "statement_record": "tables.record",
    "structure": "text.article",
}


def __getattr__(name: str) -> Any:
    """The public name, from the module in which it lives."""
    if name not in HOME:
        raise AttributeError(f"helpers has no {name!r}; it offers {', '.join(HOME)}")
    return getattr(import_module(f"helpers.{HOME[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *HOME})


class Door(ModuleType):
    """The package. `helpers.analyse` and `helpers.explain` are the functions, also once the files of that name are loaded."""

    def __setattr__(self, name: str, value: Any) -> None:
        own = HOME.get(name) == name and isinstance(value, ModuleType)
        super().__setattr__(name, getattr(value, name) if own else value)


sys.modules[__name__].__class__ = Door
