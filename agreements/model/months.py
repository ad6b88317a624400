"""The names of the months: lowest of all, so that whoever reads a record or a text may ask here."""

from __future__ import annotations

MONATE = ("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember")
MONAT = "|".join(MONATE)
"""Matches the name of a month, as part of a pattern."""
