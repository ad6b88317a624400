"""A year in, the next one out: its wording, what its agreements have in common, and its records, each a file nobody had."""
