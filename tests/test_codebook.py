"""Protects: the codebook says what the schemas and rules say."""

from helpers.commands.codebook import PLACE, codebook_markdown


def test_codebook_is_current():
    assert PLACE.read_text(encoding="utf8") == codebook_markdown(), "run `make docs`"
