"""A filled wording in, bytes out: PDF, Word, HTML, text, one module for each."""
