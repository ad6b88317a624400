"""Angaben of a PDF from outside in, the same out with doubts where its pages show something else than its letters say."""
