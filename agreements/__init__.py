"""What an agreement is: model, notation, wording, register, store, checks. Knows nothing of PDF, Word, pixels or click."""

__version__ = "0.1.0"
