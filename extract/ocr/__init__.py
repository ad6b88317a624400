"""A page's picture in, words with places and confidence out."""
