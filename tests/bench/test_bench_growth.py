"""Bench: twice the text takes about twice the time, whatever the text."""

from __future__ import annotations

from time import process_time

import pytest
from inputs import LONG

from helpers.analyse import analyse
from helpers.text.article import structure


def seconds(work):
    """Processor time of the quickest of three tries."""
    tries = []
    for _ in range(3):
        before = process_time()
        work()
        tries.append(process_time() - before)
    return min(tries)


@pytest.mark.bench
@pytest.mark.parametrize("name", LONG)
def test_structure_of_a_long_text_takes_time_as_its_length(name):
    text = LONG[name]
    half = seconds(lambda: structure("a", text[: len(text) // 2]))
    whole = seconds(lambda: structure("a", text))
    assert whole < 3.5 * half + 0.02


# In one paragraph, since paragraphs are parsed apart and long ones cut: twice as long, at most about thrice the time.
PARAGRAPHS = {
    "names": "Mr. Lind and ",
    "amounts": "$1,000 million ",
    "titles": "Prime Minister ",
    "acronyms": "(LEMOA) ",
    "themes": "drone cyber attack ",
    "quotations": 'He said "yes" ',
    "marks-left-open": "'Roe went and ",
    "names-like-adverbs": "Tully wrote, ",
    "reports-in-reports": "Mr. Lind said that he said that she said ",
    "reports-open": "Roe said that ",
    "reports": "Ada Roe said that Bo Lind had told her that talks failed, and “it is over,” he said on Monday. ",
}


@pytest.mark.bench
def test_time_of_many_lines_grows_with_their_number():
    half, whole = (structure("a", "- said Roe\n" * number) for number in (1_500, 3_000))
    analyse(half)
    assert seconds(lambda: analyse(whole)) < 3 * seconds(lambda: analyse(half)) + 0.05


@pytest.mark.bench
@pytest.mark.parametrize("name", PARAGRAPHS)
def test_time_of_a_paragraph_grows_with_its_length(name):
    analyse(structure("a", PARAGRAPHS[name]))
    half, whole = (structure("a", PARAGRAPHS[name] * (size // len(PARAGRAPHS[name]))) for size in (2_000, 4_000))
    assert seconds(lambda: analyse(whole)) < 3 * seconds(lambda: analyse(half)) + 0.05
