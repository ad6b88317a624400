"""Agreements of a year without a wording in, a draft of its wording out."""
