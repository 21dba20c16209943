"""Which files of a folder, or of an archive, are articles: not those that programs put beside them.

>>> names = [PurePath(n) for n in ("a.html", "a_files/ad.html", "~$b.docx", ".c.txt", "map.png", "d.txt")]
>>> [str(n) for n in chosen(names, (".html", ".docx", ".txt"), "press", print)]
press: passed over 1 file of another kind (.png)
['a.html', 'd.txt']
"""

import os
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path, PurePath
from typing import TypeVar

from helpers.errors import InputProblem
from helpers.wording import listing

P = TypeVar("P", bound=PurePath)
PAGES = (".html", ".htm", ".xhtml")
BESIDE = ("_files", ".files", "-Dateien", "_fichiers", "_archivos")  # how browsers name the folder of a saved page
HIDDEN = (".", "~$", "__MACOSX")
NO_FILES = ("desktop.ini", "thumbs.db")


def walk(folder: Path) -> tuple[list[Path], list[InputProblem]]:
    """The files below `folder` in the order of their names, and what is wrong there: links in a circle, locked folders."""
    found: list[Path] = []
    problems: list[str] = []
    seen = {str(above) for above in folder.resolve().parents}  # a link up there would bring in all that lies beside

    def refused(error: OSError) -> None:
        problems.append(f"{error.filename}: cannot be read ({error.strerror}); check that you may open it")

    for place, folders, files in os.walk(folder, followlinks=True, onerror=refused):
        if (real := os.path.realpath(place)) in seen:
            folders.clear()
            problems.append(
                f"{place}: is a link to a folder that is read already, or that holds this one; take the link away"
            )
            continue
        seen.add(real)
        folders[:] = [name for name in folders if not name.startswith(HIDDEN)]
        for path in (Path(place, name) for name in files):
            if path.exists():
                found.append(path)
            else:
                problems.append(f"{path}: is a link that leads nowhere; take it away, or mend it")
    return sorted(found), [InputProblem(problem) for problem in sorted(problems)]


def chosen(
    paths: Sequence[P],
    suffixes: Collection[str],
    where: str,
    tell: Callable[[str], object],
    mends: Mapping[str, str] | None = None,
) -> list[P]:
    """Those of the files that may be articles. `tell` is told how many are of other kinds, and what to do with those that may
    hold one all the same: `mends`."""
    pages = {path.with_suffix("") for path in paths if path.suffix.lower() in PAGES}
    base = Path(where)

    def beside(path: PurePath) -> bool:
        inner = path.relative_to(base) if path.is_relative_to(base) else path
        if any(part.startswith(HIDDEN) for part in inner.parts):
            return True
        folders = (parent for parent in path.parents if parent.name.endswith(BESIDE))
        return any(parent.with_name(parent.name.removesuffix(end)) in pages for parent in folders for end in BESIDE)

    seen = [path for path in paths if not beside(path) and path.name.lower() not in NO_FILES]
    other = Counter(path.suffix.lower() or "no ending" for path in seen if path.suffix.lower() not in suffixes)
    if other:
        number = sum(other.values())
        kinds = f"{number} files of other kinds" if number > 1 else "1 file of another kind"
        held: dict[str, list[str]] = {}
        for kind, mend in (mends or {}).items():
            if kind in other:
                held.setdefault(mend, []).append(kind)
        mended = [f"{listing(kinds)}: {mend}" for mend, kinds in held.items()]
        named = listing([kind for kind, _ in other.most_common(8)])
        tell("; ".join([f"{where}: passed over {kinds} ({named})", *mended]))
    return [path for path in seen if path.suffix.lower() in suffixes]
