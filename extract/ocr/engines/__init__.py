"""Recognisers: the picture of a page or a line in, letters out; one module for each, and nobody else knows which it was."""
