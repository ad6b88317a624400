"""Record and wording in, the document that every format prints out."""
