"""The figures that stand in the fixed text of a wording."""

from __future__ import annotations

from functools import lru_cache

from agreements.wording.units import Slot, Wording
from extract.accounting.figures import figures_in


@lru_cache(maxsize=8)
def fixed_figures(wording: Wording) -> frozenset[str]:
    """Every figure of the fixed text, without its blanks; what stands in place of a field is none."""
    texts = ("".join(_FIELD if isinstance(part, Slot) else part for part in unit.parts) for unit in wording.units)
    return frozenset("".join(figure.text.split()) for text in texts for figure in figures_in(text))


_FIELD = "\N{WHITE SQUARE}"
