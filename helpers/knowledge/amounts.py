"""Words and signs of amounts: numbers in words, scales, currencies, units of time, what is counted and measured.

>>> amounts("currency")["yen"], amounts("time")["quarter"], amounts("scale")["lakh"]
('JPY', '3M', '1e5')

They stand in ``data/vocabulary/amounts.csv``; see `helpers.knowledge.vocabulary` for how it is read and checked.
"""

import re
from functools import cache
from pathlib import Path

from helpers.errors import VocabularyProblem
from helpers.knowledge.vocabulary import FOLDER, one_of, read_csv_vocabulary

CURRENCY = (r"[A-Z]{3}(:[^|:]+(\|[A-Z]{3}:[^|:]+)+)?", "a currency of ISO 4217")
NUMBER = r"\d+(\.\d+)?(e\d+)?"
MEANINGS = {  # what the cell `means` must look like, by kind
    "number": (NUMBER, "a number"),
    "group": (NUMBER, "a number"),
    "scale": (NUMBER, "a number"),
    "short_scale": (NUMBER, "a number"),
    "sign": CURRENCY,
    "currency": CURRENCY,
    "time": (r"T?\d+[SMHDWY]", "a duration of ISO 8601"),
    "measure": ("[a-z ]*", "a noun in the plural, or empty"),
    "no_adjective": ("", "empty"),
    "label": ("", "empty"),
    "clock": ("", "empty"),
}


@cache
def amounts(kind: str) -> dict[str, str]:
    """The forms of a kind and what each means, the longest form first."""
    found = {form: means for form, (of, means) in all_amounts().items() if of == kind}
    return dict(sorted(found.items(), key=lambda item: -len(item[0])))


@cache
def all_amounts(folder: Path = FOLDER) -> dict[str, tuple[str, str]]:
    """Kind and meaning of each form of amounts.csv."""
    found = {}
    for row in read_csv_vocabulary(folder / "amounts.csv", ("form", "kind"), ("means",), key="form"):
        pattern, wanted = MEANINGS[one_of(row, "kind", " ".join(MEANINGS))]
        if not re.fullmatch(pattern, row["means"]):
            raise VocabularyProblem(f"{row['_where']}: means {row['means']!r} is not {wanted}; correct it")
        found[row["form"]] = (row["kind"], row["means"])
    return found


@cache
def currencies(form: str) -> dict[str, str]:
    """The currencies that a sign or a noun may mean, each with its country (empty where it means only one).

    >>> currencies("yen"), list(currencies("rupee").items())[:2]
    ({'JPY': ''}, [('INR', 'India'), ('PKR', 'Pakistan')])
    """
    told = (one.partition(":") for one in all_amounts()[form][1].split("|"))
    return {code: country for code, _, country in told}
