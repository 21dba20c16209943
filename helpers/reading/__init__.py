"""How files become text: encodings, languages, lines and headings."""
