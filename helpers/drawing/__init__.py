"""The parts of the charts: one file a chart, and their common look."""
