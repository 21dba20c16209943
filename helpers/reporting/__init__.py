"""Who said what: the words that report, their sources, and what was said."""
