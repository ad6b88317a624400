"""Paragraphs of a document without a known wording in, its text and Angaben out."""
