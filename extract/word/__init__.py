"""A Word file in, the paragraphs that a person sees out."""
