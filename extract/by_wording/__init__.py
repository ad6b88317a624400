"""Paragraphs and the wordings that there are in, what they say by the one they follow out, and what that has no place for."""
