"""A table of figures (AGS, Jahr, Größe, Wert) read: what each row says, and every fault with its cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from rapidfuzz import fuzz, process

from agreements.errors import UsageError
from agreements.library.figures import Figure, Key
from agreements.model.fields import label, number_in
from agreements.model.values import LAST_YEAR
from agreements.planning.cellvalue import figure_of
from agreements.planning.columns import Fault, Row, named_so
from agreements.planning.sheet import Cell, CellFault, Sheet
from agreements.planning.table import SEARCHED, VALUES, traeger_of
from agreements.register.register import Register

HEADINGS = ("ags", "jahr", "größe", "wert")
TARGETS: tuple[str, ...] = tuple(feld for feld in VALUES if feld.startswith("ziele."))
"""The targets that a figure can stand behind."""
_SHORT = {
    "k1": "ziele.leistungen_lebensunterhalt.gesamt",
    "k2": "ziele.integrationsquote.gesamt",
    "k3": "ziele.langzeitleistungsbezug.gesamt",
}
"""What the statutory indicators are called (§ 48a SGB II)."""
_GROESSE = {"grösse": "größe", "groesse": "größe"}
"""How a heading is written where "ß" has no small letter of its own, or where there are no umlauts."""
_NAMES = {label(feld).casefold(): feld for feld in TARGETS} | {feld: feld for feld in TARGETS} | _SHORT


@dataclass(slots=True)
class Read:
    """What a table says."""

    figures: dict[Key, Figure] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def read_figures(sheets: Sequence[Sheet], register: Register, quelle: str) -> Read:
    """What the one sheet with these four headings says; UsageError where there is none, or several."""
    sheet, top, columns = _chosen(sheets)
    read, seen = Read(), dict[Key, Cell]()
    for row in sheet.rows[top + 1 :]:
        cells = {name: row[place] if place < len(row) else Cell("") for name, place in columns.items()}
        if all(cell.art == "leer" for cell in cells.values()):
            continue
        try:
            key = _key(cells, register)
            if key in seen:
                raise CellFault(cells["ags"], f"Diese Kennzahl gibt es zweimal, auch in {seen[key].ort}.")
            seen[key] = cells["ags"]
            read.figures[key] = Figure(_value(cells["wert"]), quelle)
        except CellFault as fault:
            read.faults.append(Fault(fault.cell.ort, str(fault)))
    return read


def _chosen(sheets: Sequence[Sheet]) -> tuple[Sheet, int, Mapping[str, int]]:
    found = [(sheet, top, columns) for sheet in sheets for top, row in enumerate(sheet.rows[:SEARCHED]) if (columns := _columns(row))]
    if len(found) != 1:
        said = "Mehrere Blätter haben" if found else "Keine Zeile hat"
        raise UsageError(f"{said} die Überschriften AGS, Jahr, Größe und Wert.", abhilfe="Ein Blatt mit genau diesen Spalten speichern.")
    return found[0]


def _columns(row: Row) -> dict[str, int]:
    places = {_GROESSE.get(name := named_so(cell), name): place for place, cell in enumerate(row)}
    return {name: places[name] for name in HEADINGS} if all(name in places for name in HEADINGS) else {}


def _key(cells: Mapping[str, Cell], register: Register) -> Key:
    jahr = cells["jahr"]
    year = number_in(jahr.text)
    if year is None or not 2000 <= year <= LAST_YEAR:
        raise CellFault(jahr, f"„{jahr.text}“ ist kein Jahr.")
    if cells["ags"].art == "leer":
        raise CellFault(cells["wert"], "In der Zeile fehlt der AGS.")
    return Key(traeger_of(cells["ags"], register, year).ags, year, _target(cells["größe"]))


def _target(cell: Cell) -> str:
    name = named_so(cell)
    if name in _NAMES:
        return _NAMES[name]
    near = process.extractOne(name, [label(feld) for feld in TARGETS], scorer=fuzz.WRatio, score_cutoff=60)
    meant = near[0] if near else ", ".join(map(label, TARGETS))
    raise CellFault(cell, f"Eine Größe „{cell.text}“ gibt es nicht. Gemeint ist vielleicht: {meant}.")


def _value(cell: Cell) -> Decimal:
    if cell.art == "leer":
        raise CellFault(cell, "Hier fehlt der Wert.")
    return figure_of(cell)
