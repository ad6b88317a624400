"""From a filled wording to PDF, Word, HTML and text."""
