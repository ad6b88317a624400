"""Whether a figure stands in the fixed text of a wording."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from agreements.wording.units import Slot, Wording


@dataclass(frozen=True)
class FixedText:
    """The fixed text of a wording; what stands in place of a field is none of it."""

    wording: Wording

    @cached_property
    def _letters(self) -> str:
        parts = (_FIELD if isinstance(part, Slot) else part for unit in self.wording.units for part in (*unit.parts, _FIELD))
        return "".join("".join(parts).split())

    def has(self, figure: str) -> bool:
        """Whether a figure stands in it, whatever the blanks."""
        text = "".join(figure.split())
        return text in self._letters and bool(re.search(rf"{re.escape(text)}(?<![\d.,]{re.escape(text)})(?!\d)", self._letters))


_FIELD = "\N{WHITE SQUARE}"
