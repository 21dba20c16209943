"""Small tables and texts that the notebooks show."""
