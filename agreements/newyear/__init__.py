"""Next year from this year: its wording, what its agreements have in common, and its records, each a file nobody had."""
