"""About what: the taxonomy of themes, its patterns in a text, and what the context adds."""
