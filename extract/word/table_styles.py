"""What the style of a table in a Word file says of each of its cells: the letters in it, and what lies behind them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

from extract.word.styles import NOTHING, OFF, Properties, Styles, W, named, over, value, whole

_FLAGS = {"firstRow": 0x20, "lastRow": 0x40, "firstColumn": 0x80, "lastColumn": 0x100, "noHBand": 0x200, "noVBand": 0x400}
"""What `w:tblLook` says by its number (17.4.56); newer files say it by name, too."""


class CellStyle(NamedTuple):
    """What holds for the runs of a cell, and the shading that lies nearest behind them."""

    run: Properties = NOTHING
    shading: etree._Element | None = None


@dataclass(slots=True)
class _Part:
    """What a style says of the whole table, or of a part of it."""

    run: Properties = field(default_factory=dict)
    shading: etree._Element | None = None

    def with_(self, element: etree._Element) -> _Part:
        """With what a nearer definition says over it."""
        run, shading = element.find(W + "rPr"), element.find(f"{W}tcPr/{W}shd")
        return _Part(self.run if run is None else over(self.run, named(run)), self.shading if shading is None else shading)


class TableStyle:
    """The style of one table, as far as its cells look by it."""

    def __init__(self, styles: Styles, properties: etree._Element | None, rows: int) -> None:
        style = "" if properties is None else value(properties.find(W + "tblStyle")) or ""
        self._rows = rows
        self._parts: dict[str, _Part] = {}
        self._table: etree._Element | None = None
        self._bands = [1, 1]
        for definition in styles.table_style(style):
            self._add(definition)
        if properties is not None:
            shading = properties.find(W + "shd")
            self._table = self._table if shading is None else shading
        self._look = dict(_look(None if properties is None else properties.find(W + "tblLook")))

    def _add(self, definition: etree._Element) -> None:
        """Lays a style over those that it is based on."""
        for element in (definition, *definition.iterfind(W + "tblStylePr")):
            kind = element.get(W + "type", "") if element is not definition else ""
            self._parts[kind] = self._parts.get(kind, _Part()).with_(element)
        shading = definition.find(f"{W}tblPr/{W}shd")
        self._table = self._table if shading is None else shading
        for at, name in enumerate(("tblStyleRowBandSize", "tblStyleColBandSize")):
            self._bands[at] = max(1, whole(value(definition.find(f"{W}tblPr/{W}{name}"))) or self._bands[at])

    def cell(self, row: int, start: int, end: int, columns: int) -> CellStyle:
        """What holds in a cell from one column of the grid to another, in a row of so many."""
        run, shading = NOTHING, self._table
        for kind in ("", *self._kinds(row, start, end, columns)):
            part = self._parts.get(kind)
            if part is not None:
                run = over(run, part.run)
                shading = shading if part.shading is None else part.shading
        return CellStyle(run, shading)

    def _kinds(self, row: int, start: int, end: int, columns: int) -> Iterator[str]:
        """The parts of the table that a cell is in, the farthest first (17.7.6.6)."""
        on = self._look
        top, bottom = on["firstRow"] and row == 0, on["lastRow"] and row == self._rows - 1
        left, right = on["firstColumn"] and start == 0, on["lastColumn"] and end >= columns
        if not on["noVBand"] and not left and not right:
            yield f"band{(start - on['firstColumn']) // self._bands[1] % 2 + 1}Vert"
        if not on["noHBand"] and not top and not bottom:
            yield f"band{(row - on['firstRow']) // self._bands[0] % 2 + 1}Horz"
        for holds, kind in ((left, "firstCol"), (right, "lastCol"), (top, "firstRow"), (bottom, "lastRow")):
            if holds:
                yield kind
        for vertical, name in ((top, "n"), (bottom, "s")):
            for sideways, side in ((left, "w"), (right, "e")):
                if vertical and sideways:
                    yield f"{name}{side}Cell"


def _look(element: etree._Element | None) -> Iterator[tuple[str, bool]]:
    """Which parts of its style a table shows."""
    said = 0 if element is None else int(element.get(W + "val", "0"), 16) if _is_hex(element.get(W + "val", "0")) else 0
    for name, bit in _FLAGS.items():
        by_name = None if element is None else element.get(W + name)
        yield name, bool(said & bit) if by_name is None else by_name not in OFF


def _is_hex(text: str) -> bool:
    return 0 < len(text) <= 8 and all(sign in "0123456789abcdefABCDEF" for sign in text)
