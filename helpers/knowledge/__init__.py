"""The readers of data/vocabulary: word lists, reporting words, the theme taxonomy."""
