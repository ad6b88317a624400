"""The free texts of an agreement: what is typed anew for each Träger, and no wording tells."""

from __future__ import annotations

import re

_FREE = re.compile(r"\.(?:regionale_lage|titel|ziel|schritte|erreicht_wenn)$")


def is_free(feld: str) -> bool:
    """Whether an Angabe is free text, by its dotted name."""
    return bool(_FREE.search(feld))


def texts_of(wert: object) -> tuple[str, ...]:
    """The paragraphs or steps that a value is, or its one text; none where it is no text."""
    several = wert if isinstance(wert, tuple) else (wert,)
    return tuple(text for text in several if isinstance(text, str))


def end_of(text: str) -> str:
    """The last three words of a text."""
    return " ".join(text.split()[-3:])
