"""The columns of a planning table: where the headings stand, what each holds, and which cells of a row belong to it."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import replace
from typing import NamedTuple

from agreements.errors import UsageError, shortened
from agreements.model.fields import number_in
from agreements.model.values import FIRST_YEAR, LAST_YEAR
from agreements.planning.sheet import Cell, Sheet
from agreements.planning.table import NAMING, SEARCHED, Heading, heading, names_traeger, nearest_heading

Row = Sequence[Cell]


class Fault(NamedTuple):
    """What is wrong, and in which cell."""

    ort: str
    text: str
    ohne: str = ""
    """The heading of a column, or the name of a row, that may be meant to be left out."""


def chosen(sheets: Sequence[Sheet]) -> tuple[Sheet, int]:
    """The one sheet that has a column of Träger, and the number of its row of headings; UsageError: none, or several."""
    found = [(sheet, row) for sheet in sheets if (row := _heading_row(sheet)) is not None]
    if not found:
        raise UsageError(
            "In der Tabelle ist keine Spalte mit den Trägern zu finden.",
            abhilfe="Eine Überschrift „Träger“ oder „AGS“ in die erste Zeile schreiben; eine Vorlage macht zv planung --vorlage.",
        )
    if len(found) > 1:
        raise UsageError(
            f"Mehrere Blätter haben Träger: {', '.join(sheet.name for sheet, _ in found)}.",
            abhilfe="Das Blatt, das gelten soll, allein speichern.",
        )
    return found[0]


def _heading_row(sheet: Sheet) -> int | None:
    return next((number for number, row in enumerate(sheet.rows[:SEARCHED]) if any(names_traeger(cell.text) for cell in row)), None)


def named_so(cell: Cell) -> str:
    """What a cell says, as one names it: whatever the case and blanks."""
    return " ".join(cell.text.split()).casefold()


class Columns:
    """What each column of the sheet holds; a column that nobody knows is a fault."""

    def __init__(self, headings: Row, above: Row, left_out: Container[str] = ()) -> None:
        self.faults: list[Fault] = []
        self.known: dict[int, Heading] = {}
        self.refused: set[int] = set()
        self.groups: set[Cell] = set()
        """The cells above the headings that belong to them."""
        group: Cell | None = None
        for place, cell in enumerate(headings):
            group = above[place] if place < len(above) and above[place].art == "text" else group
            if named_so(cell) in left_out:
                self.refused.add(place)
            elif cell.art != "leer":
                self._add(place, cell, group)

    def _add(self, place: int, cell: Cell, group: Cell | None) -> None:
        if cell.art == "fehler":
            self.refused.add(place)
            self.faults.append(Fault(cell.ort, cell.text))
            return
        found = heading(cell.text, group.text if group else "") if cell.art in ("text", "zahl") else None
        if found is None:
            self.refused.add(place)
            near = nearest_heading(cell.text)
            meant = f" Gemeint ist vielleicht „{near}“." if near else " Die Spalte löschen oder nach der Vorlage benennen."
            self._fault(cell, f"Die Spalte „{cell.text}“ ist nicht bekannt.{meant}", "" if near else cell.text)
            return
        self.known[place] = found
        if group and found != heading(cell.text):
            self.groups.add(group)

    def _fault(self, cell: Cell, text: str, ohne: str = "") -> None:
        self.faults.append(Fault(cell.ort, shortened(text), ohne))

    def year(self, rows: Sequence[Row], asked: int | None) -> int:
        """The year that is asked for, or the one year of the rows; a row of another is a fault."""
        cells = [cell for row in rows for cell in self.naming(row, "jahr")]
        said = {cell.text for cell in cells}
        jahr = asked or (number_in(min(said)) if len(said) == 1 else None)
        if jahr is None or not FIRST_YEAR <= jahr <= LAST_YEAR:
            raise UsageError("Es ist nicht klar, für welches Jahr die Tabelle gilt.", abhilfe="Das Jahr nennen, zum Beispiel --jahr 2025.")
        self.known = {place: replace(head, jahr=None) if head.jahr == jahr else head for place, head in self.known.items()}
        for cell in cells:
            if cell.text != str(jahr):
                self._fault(cell, f"Hier steht „{cell.text}“, gefüllt werden soll {jahr}.")
        return jahr

    def naming(self, row: Row, *names: str) -> list[Cell]:
        """The filled cells of a row in the columns of these names."""
        return [cell for place, cell in enumerate(row) if cell.art != "leer" and place in self.known and self.known[place].feld in names]

    def values(self, row: Row) -> dict[str, dict[str | None, Cell]]:
        """The filled cells of a row by Angabe, and by part where it is a Zielwert in separate columns."""
        found: dict[str, dict[str | None, Cell]] = {}
        for place, cell in enumerate(row):
            head = self.known.get(place)
            if cell.art != "leer" and head and head.jahr is None and head.feld not in (*NAMING, "jahr"):
                found.setdefault(head.feld, {})[head.teil] = cell
        return found

    def require_single(self, headings: Row) -> None:
        """Finds the columns that hold the same, which would be read one over the other."""
        seen: dict[Heading, Cell] = {}
        for place, head in self.known.items():
            if head.feld in NAMING or head.jahr is not None:
                continue
            if head in seen:
                self._fault(headings[place], f"Die Spalte „{head.name}“ gibt es zweimal, auch in {seen[head].ort}.")
            seen.setdefault(head, headings[place])

    def nameless(self, row: Row) -> list[Cell]:
        """The filled cells of a row above which no heading stands."""
        return [cell for place, cell in enumerate(row) if cell.art != "leer" and place not in self.known and place not in self.refused]
