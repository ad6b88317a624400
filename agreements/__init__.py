"""What an agreement is: records and paragraphs in, documents and findings out. Knows nothing of PDF, Word, pixels or click."""

__version__ = "0.1.0"
