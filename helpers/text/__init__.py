"""From a file to an `Article`: formats, decoding, language, headings, paragraphs, quotation marks, how hard it is to read."""
