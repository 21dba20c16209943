"""Where things lie. Independent of the working directory.

>>> SEED.name
'us-india-defence-framework.txt'
"""

from pathlib import Path

PROJECT = Path(__file__).parents[1]
VOCABULARY = PROJECT / "data" / "vocabulary"
MODELS = PROJECT / "data" / "models"
EVALUATION = PROJECT / "data" / "evaluation"
WORKSHOP = PROJECT / "data" / "workshop"
RESULTS = PROJECT / "data" / "results"
NOTEBOOKS = PROJECT / "notebooks"
DOCS = PROJECT / "docs"
SEED = PROJECT / "seeds" / "us-india-defence-framework.txt"
