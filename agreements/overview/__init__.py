"""All agreements of some years in, their numbers as a table out."""
