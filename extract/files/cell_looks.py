"""Why a person does not see, or sees otherwise, what a cell of a workbook holds: hidden, struck, in the colour of its ground."""

from __future__ import annotations

import colorsys
import re
from collections.abc import Iterator
from itertools import chain
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText
from openpyxl.styles.colors import COLOR_INDEX
from openpyxl.utils import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from extract.files.colours import BLACK, WHITE, Colour, of_hex, of_theme, sight, unseen_why
from extract.files.container import whole_xml

_THEME = ("lt1", "dk1", "lt2", "dk2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6", "hlink", "folHlink")
"""The colours of a theme in the order in which a workbook counts them: light before dark."""
_SPECK = 2
"""Points of a font at which nobody sees letters."""
_FLAT = 2
"""Points of a row below which nobody sees what stands in it."""
_NARROW = 0.5
"""Letters of a column below which nobody sees what stands in it."""
_SIGN_FONTS = re.compile(r"symbol|wingding|webding|marlett|monotype sorts|zapf|itc zapf", re.IGNORECASE)
_SHOWN = "Den Wert, der gelten soll, sichtbar in eine Zelle schreiben."


class Looks:
    """Tells of the cells of one sheet how they look."""

    def __init__(self, book: Workbook, sheet: Worksheet) -> None:
        self._sheet = sheet
        theme = getattr(book, "loaded_theme", None)
        self._theme = of_theme(whole_xml(theme) if theme else None)
        self._widths = dict(_widths(sheet))
        self._hidden_columns = {column for column, width in self._widths.items() if width < _NARROW}
        self._hidden_rows = set(_hidden_rows(sheet))
        self.zeros = all(view.showZeros is not False for view in sheet.views.sheetView)
        """Whether the sheet shows a 0 at all."""
        self._risky = list(self._risky_rules())
        self._painted = [range_boundaries(table.ref) for table in sheet.tables.values()]

    def fault(self, cell: Any, *, heads: bool) -> str:
        """A German sentence on why a cell cannot be taken as it is; empty where a person sees what it holds.

        Of a cell that `heads` others only its letters are judged: it says what is hidden below, and no condition is for it.
        """
        found = self._letters(cell) if heads else chain(self._hidden(cell), self._letters(cell), self._shown(cell))
        return next(found, "")

    def rounds(self, cell: Any, text: str) -> bool:
        """Whether a number with decimals and no format of its own is wider than its column, which then shows it rounded (18.8.30)."""
        width = self._widths.get(cell.column)
        return cell.number_format == "General" and width is not None and len(text) > width and "." in text

    def _hidden(self, cell: Any) -> Iterator[str]:
        if cell.row in self._hidden_rows:
            yield f"Die Zeile {cell.row} ist ausgeblendet. Sie einblenden oder löschen."
        if cell.column in self._hidden_columns:
            yield f"Die Spalte {cell.column_letter} ist ausgeblendet. Sie einblenden oder löschen."

    def _letters(self, cell: Any) -> Iterator[str]:
        ground = self._ground(cell)
        for font in _fonts(cell):
            yield from self._of_font(font, ground)

    def _shown(self, cell: Any) -> Iterator[str]:
        if cell.alignment.horizontal == "fill":
            yield "Die Ausrichtung „Ausfüllen“ wiederholt, was in der Zelle steht. Eine andere Ausrichtung wählen."
        yield from (why for bounds, why in self._risky if _within(cell, bounds))

    def _of_font(self, font: Any, ground: Colour | None) -> Iterator[str]:
        if font.strike:
            yield f"Was in der Zelle steht, ist durchgestrichen. {_SHOWN}"
        if font.sz is not None and font.sz <= _SPECK:
            yield f"Was in der Zelle steht, ist zu klein, um es zu sehen. {_SHOWN}"
        if font.vertAlign in ("superscript", "subscript"):
            yield f"In der Zelle ist etwas hoch- oder tiefgestellt, wohl eine Anmerkung. {_SHOWN}"
        if _SIGN_FONTS.match(font.name or ""):
            yield f"Die Schrift „{font.name}“ zeigt andere Zeichen, als in der Zelle stehen. {_SHOWN}"
        colour = self._colour(font.color)
        if colour is not None and ground is not None and sight(colour, ground) == "unseen":
            yield f"Was in der Zelle steht, ist nicht zu sehen ({unseen_why(colour, ground)}). {_SHOWN}"

    def _ground(self, cell: Any) -> Colour | None:
        """What lies behind the letters; None where nobody knows: a pattern, a gradient, the style of a table."""
        kind = getattr(cell.fill, "patternType", "gradient")
        if kind == "solid":
            return self._colour(cell.fill.fgColor)
        return WHITE if kind is None and not any(_within(cell, bounds) for bounds in self._painted) else None

    def _colour(self, color: Any) -> Colour | None:
        """A colour of a workbook; None for "automatic"."""
        if color is None:
            return None
        if color.type == "theme":
            named = self._theme.get(_THEME[color.theme]) if 0 <= color.theme < len(_THEME) else None
            return None if named is None else _tinted(named, color.tint)
        if color.type == "indexed":
            said = COLOR_INDEX[color.indexed] if 0 <= color.indexed < len(COLOR_INDEX) else ""
            return of_hex(said[-6:])
        return of_hex(color.rgb[-6:]) if color.type == "rgb" and isinstance(color.rgb, str) else None

    def _risky_rules(self) -> Iterator[tuple[tuple[int, int, int, int], str]]:
        """Where a conditional format may strike or hide what stands there, or show it as another number."""
        for formatted in self._sheet.conditional_formatting:
            why = next((why for rule in formatted.rules if (why := self._of_rule(rule))), "")
            if why:
                yield from ((area.bounds, why) for area in formatted.sqref.ranges)

    def _of_rule(self, rule: Any) -> str:
        look = rule.dxf
        said = "Eine bedingte Formatierung kann in der Zelle {}. Sie löschen."
        if any(getattr(bar, "showValue", None) is False for bar in (rule.iconSet, rule.dataBar) if bar is not None):
            return said.format("die Zahl verbergen")
        if look is None:
            return ""
        if look.numFmt is not None:
            return said.format("die Zahl anders zeigen, als sie ist")
        if look.font is not None and look.font.strike:
            return said.format("durchstreichen, was dort steht")
        ground = self._colour(look.fill.bgColor) if look.fill is not None else WHITE
        colour = self._colour(look.font.color) if look.font is not None else None
        hides = sight(colour or BLACK, ground or WHITE) == "unseen"
        return said.format("verbergen, was dort steht") if hides else ""


def _fonts(cell: Any) -> Iterator[Any]:
    """The fonts of a cell: its own, and those of parts of its text."""
    yield cell.font
    if isinstance(cell.value, CellRichText):
        yield from (_Part(block.font) for block in cell.value if not isinstance(block, str) and block.font is not None)


class _Part:
    """The font of a part of a text, by the names of a cell's font."""

    def __init__(self, font: Any) -> None:
        self.strike, self.sz, self.vertAlign, self.name, self.color = font.strike, font.sz, font.vertAlign, font.rFont, font.color


def _within(cell: Any, bounds: tuple[int | None, int | None, int | None, int | None]) -> bool:
    left, top, right, bottom = bounds
    row, column = int(cell.row), int(cell.column)
    return (left or 1) <= column <= (right or column) and (top or 1) <= row <= (bottom or row)


def _tinted(colour: Colour, tint: float) -> Colour:
    """A colour made lighter (above 0) or darker (below), as 18.8.3 has it."""
    if not -1 <= tint <= 1:
        return colour
    hue, light, full = colorsys.rgb_to_hls(*(part / 255 for part in colour))
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    red, green, blue = (round(part * 255) for part in colorsys.hls_to_rgb(hue, min(max(light, 0.0), 1.0), full))
    return red, green, blue


def _widths(sheet: Worksheet) -> Iterator[tuple[int, float]]:
    """The columns that have a width of their own, in letters; 0 for a hidden one."""
    for column in sheet.column_dimensions.values():
        if column.hidden or column.customWidth:
            last = min(column.max or column.min or 0, sheet.max_column)
            yield from ((number, 0.0 if column.hidden else column.width) for number in range(column.min or last, last + 1))


def _hidden_rows(sheet: Worksheet) -> Iterator[int]:
    for number, row in sheet.row_dimensions.items():
        if row.hidden or (row.height is not None and row.height < _FLAT):
            yield number
