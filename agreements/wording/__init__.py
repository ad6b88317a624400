"""The text of a year in, its units out: what is filled to print and aligned to read."""
