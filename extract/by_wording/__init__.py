"""Paragraphs and the wording they follow in, what the match leaves to say out."""
