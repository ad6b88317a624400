"""Years of records, rahmen and wordings in, whole agreements out, and what sets two of them apart."""
