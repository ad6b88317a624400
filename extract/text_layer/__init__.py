"""A page of a PDF in, the words of its text layer and its structure tree out."""
