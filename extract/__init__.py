"""A PDF or Word file in; its record, its Angaben with place and confidence, and what else a person must know out."""
