"""The readers of data/vocabulary: word lists, reporting words, words of tone."""
