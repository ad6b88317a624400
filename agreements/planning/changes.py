"""What a planning table would change: every Angabe old and new, and every fault with its cell; nothing is written while there is one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from agreements.errors import UsageError, ZvError
from agreements.files.yaml_edit import change
from agreements.files.yaml_text import Keys
from agreements.language.protocol import Context
from agreements.library.library import Library
from agreements.model.fields import label, value_at
from agreements.model.record import Vereinbarung, Zielwert, plain
from agreements.planning.cellvalue import Given, same_digits
from agreements.planning.columns import Columns, Fault, Row, chosen, named_so
from agreements.planning.sheet import Cell, CellFault, Sheet
from agreements.planning.table import NAMING, NoTraegerFault, traeger_of
from agreements.store.journal import decide
from agreements.store.store import Gespeichert


class Change(NamedTuple):
    """One Angabe that the table gives another value."""

    feld: str
    alt: Any
    neu: Any
    ort: str


@dataclass(frozen=True, slots=True)
class Filled:
    """One record and what changes in it."""

    stored: Gespeichert[Vereinbarung]
    changes: tuple[Change, ...]

    @property
    def values(self) -> dict[str, Any]:
        """The new values by path."""
        return {each.feld: each.neu for each in self.changes}

    @property
    def settled(self) -> tuple[Keys, ...]:
        """What to take out of the record: a changed Angabe is no longer one that was carried over, nor what was read in a document."""
        akte = self.stored.record.akte
        return (*self._without("uebernommen", akte.uebernommen), *self._without("nachverfolgt", akte.nachverfolgt),
                *self._without("fundstellen", akte.fundstellen))  # fmt: skip

    def _without(self, name: str, marked: Mapping[str, Any]) -> tuple[Keys, ...]:
        done = [each.feld for each in self.changes if each.feld in marked]
        return (("akte", name),) if done and len(done) == len(marked) else tuple(("akte", name, feld) for feld in done)


@dataclass(slots=True)
class Plan:
    """Everything that a table asks for."""

    jahr: int
    filled: list[Filled] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    hints: list[str] = field(default_factory=list)

    @property
    def changes(self) -> int:
        """How many Angaben change."""
        return sum(len(each.changes) for each in self.filled)


def plan(library: Library, sheets: Sequence[Sheet], jahr: int | None, ohne: Sequence[str] = ()) -> Plan:
    """What the one sheet that has a column of Träger asks for, without the columns and rows of certain names.

    `jahr` may be None where the sheet has a column "Jahr". UsageError: no such sheet, several, no year, or nothing of such a name.
    """
    sheet, top = chosen(sheets)
    left_out = {" ".join(name.split()).casefold(): name for name in ohne}
    columns = Columns(sheet.rows[top], sheet.rows[top - 1] if top else (), left_out)
    rows = [row for row in sheet.rows[top + 1 :] if any(cell.art != "leer" for cell in row)]
    _require_there(left_out, [*sheet.rows[top], *(cell for row in rows for cell in columns.naming(row, *NAMING))])
    rows = [row for row in rows if not any(named_so(cell) in left_out for cell in columns.naming(row, *NAMING))]
    year = columns.year(rows, jahr)
    columns.require_single(sheet.rows[top])
    made = Plan(year, faults=columns.faults, hints=list(sheet.hinweise))
    if unread := [cell for row in sheet.rows[:top] for cell in row if cell.art != "leer" and cell not in columns.groups]:
        made.hints.append(f"Über den Überschriften steht etwas, das nicht gelesen wird ({unread[0].ort}).")
    if ohne:
        made.hints.append(f"Außer Acht gelassen: {', '.join(f'„{name}“' for name in ohne)}.")
    _Planning(library, columns, made).read(rows)
    return made


def _require_there(left_out: Mapping[str, str], cells: Sequence[Cell]) -> None:
    """UsageError where no column and no row has a name that is to be left out."""
    there = {named_so(cell) for cell in cells}
    if unknown := next((said for name, said in left_out.items() if name not in there), None):
        raise UsageError(f"Weder eine Spalte noch eine Zeile heißt „{unknown}“.", abhilfe="Den Namen hinter --ohne prüfen.")


def write(library: Library, filled: Filled, kuerzel: str | None, aufruf: str) -> None:
    """Writes one record, whole or not at all; ChangedError where it was changed since it was read. Else as for `decide`."""
    names = ", ".join(label(each.feld) for each in filled.changes)
    text = library.store.edited(filled.stored, filled.values, filled.settled)
    decide(library.store, filled.stored, text, f"aus der Planungstabelle: {names}", kuerzel, aufruf)


class _Planning:
    """The rows of a sheet on their way into a plan."""

    def __init__(self, library: Library, columns: Columns, made: Plan) -> None:
        self.library, self.columns, self.made = library, columns, made
        self.seen: dict[str, Cell] = {}

    def read(self, rows: Sequence[Row]) -> None:
        """Reads every row; each fault goes into the plan, so that all are told at once."""
        for row in rows:
            for cell in self.columns.nameless(row):
                self._fault(
                    CellFault(
                        cell,
                        "Über dem Wert steht keine Überschrift. In einer CSV-Datei brauchen Texte mit dem Trennzeichen Anführungszeichen.",
                    )
                )
            try:
                filled = self._row(row)
            except CellFault as fault:
                self._fault(fault)
            else:
                if filled and filled.changes:
                    self.made.filled.append(filled)

    def _fault(self, fault: CellFault) -> None:
        self.made.faults.append(Fault(fault.cell.ort, str(fault), fault.cell.text if isinstance(fault, NoTraegerFault) else ""))

    def _row(self, row: Row) -> Filled | None:
        name, key = self._traeger(row)
        values = self.columns.values(row)
        if not values:
            return None
        jahr, store = self.made.jahr, self.library.store
        if not store.path(jahr, key).is_file():
            raise CellFault(name, f"Für {jahr} gibt es keinen Datensatz von {key}. Zuerst: zv entwirf {jahr} {key}")
        stored = store.load((jahr, key))
        before = len(self.made.faults)
        filled = Filled(stored, tuple(self._changes(self.library.effective(stored.record, stored.path), values)))
        if len(self.made.faults) > before:
            return None
        self._require_possible(name, filled)
        if filled.changes and stored.record.akte.stand in ("versandt", "unterzeichnet"):
            self.made.hints.append(f"{key} ist schon {stored.record.akte.stand}; geändert würde der Datensatz trotzdem.")
        return filled

    def _traeger(self, row: Row) -> tuple[Cell, str]:
        """The key of the row; all cells that name the Träger must name the same, and no other row may."""
        named = self.columns.naming(row, *NAMING)
        if not named:
            raise CellFault(next(cell for cell in row if cell.art != "leer"), "In der Zeile steht kein Träger.")
        keys = {traeger_of(cell, self.library.register, self.made.jahr).schluessel: cell for cell in named}
        if len(keys) > 1:
            raise CellFault(named[-1], f"Die Zeile nennt verschiedene Träger: {' und '.join(keys)}.")
        key = next(iter(keys))
        if key in self.seen:
            raise CellFault(named[0], f"Den Träger {key} gibt es zweimal, auch in {self.seen[key].ort}.")
        self.seen[key] = named[0]
        return named[0], key

    def _changes(self, record: Vereinbarung, values: Mapping[str, Mapping[str | None, Cell]]) -> Iterator[Change]:
        new: dict[str, Any] = {}
        for feld in sorted(values, key=lambda name: not name.endswith(".gesamt")):  # women and men inherit the year of the total
            total_feld = f"{feld.rpartition('.')[0]}.gesamt"
            total = new.get(total_feld, value_at(record, total_feld))
            context = Context(record.jahr, self.library.register, total.bezug if isinstance(total, Zielwert) else None)
            try:
                new[feld] = Given(feld, values[feld], context).value(value_at(record, feld))
            except CellFault as fault:
                self._fault(fault)
        for feld, given in values.items():
            if feld in new and not same_digits(old := value_at(record, feld), new[feld]):
                yield Change(feld, old, new[feld], next(iter(given.values())).ort)

    def _require_possible(self, name: Cell, filled: Filled) -> None:
        """The record may be written so, and its wording can print it and be read back."""
        stored = filled.stored
        try:
            text = stored.text
            for feld, value in filled.values.items():
                text = change(text, feld, plain(value), stored.path)
            record = self.library.store.parsed(text, stored.path).record
            self.library.document(self.library.effective(record, stored.path))
        except ZvError as error:
            message = f"Mit diesen Werten ist der Datensatz nicht möglich: {error.message} {error.abhilfe or ''}"
            raise CellFault(name, message.strip()) from error
