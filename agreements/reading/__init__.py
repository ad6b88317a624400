"""What readers saw of a document and what they say of it, as values: words with places, Angaben and findings, doubts."""
