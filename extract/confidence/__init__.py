"""Angaben as they were read in, the same with what lowers their confidence out."""
