"""What was found as tables, as records and as files."""
