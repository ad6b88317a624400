"""What a planning table would change: every Angabe old and new, and every fault with its cell; nothing is written while there is one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from pydantic import ValidationError

from agreements.agreement import Library
from agreements.cellvalue import as_cell, is_open, part_of, shows_percent, value_of
from agreements.errors import UsageError, ZvError
from agreements.model import OFFEN, Vereinbarung, Zielwert, label, plain, value_at
from agreements.notation import Context
from agreements.planning import NAMING, PARTS, SEARCHED, Heading, heading, names_traeger, nearest_heading, traeger_of
from agreements.sheet import Cell, CellFault, Sheet
from agreements.store import Gespeichert
from agreements.yamlchange import change
from agreements.yamlfile import Keys


class Fault(NamedTuple):
    """What is wrong, and in which cell."""

    ort: str
    text: str


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
        """What to take out of the record: a changed Angabe is no longer one that was carried over, nor what was read on a page."""
        akte = self.stored.record.akte
        return (*self._without("uebernommen", akte.uebernommen), *self._without("fundstellen", akte.fundstellen))

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


def plan(library: Library, sheets: Sequence[Sheet], jahr: int | None) -> Plan:
    """What the one sheet that has a column of Träger asks for.

    `jahr` may be None where the sheet has a column "Jahr". UsageError: no such sheet, several, or no year.
    """
    sheet, top = _chosen(sheets)
    columns = _Columns(sheet.rows[top], sheet.rows[top - 1] if top else ())
    rows = [row for row in sheet.rows[top + 1:] if any(cell.art != "leer" for cell in row)]
    year = columns.year(rows, jahr)
    columns.require_single(sheet.rows[top])
    made = Plan(year, faults=columns.faults, hints=list(sheet.hinweise))
    if unread := [cell for row in sheet.rows[:top] for cell in row if cell.art != "leer" and cell not in columns.groups]:
        made.hints.append(f"Über den Überschriften steht etwas, das nicht gelesen wird ({unread[0].ort}).")
    _Planning(library, columns, made).read(rows)
    return made


def write(library: Library, filled: Filled) -> None:
    """Writes one record, whole or not at all; ChangedError where it was changed since it was read."""
    library.store.update_all(filled.stored, filled.values, filled.settled)


def _chosen(sheets: Sequence[Sheet]) -> tuple[Sheet, int]:
    """The sheet, and the number of its row of headings."""
    found = [(sheet, row) for sheet in sheets if (row := _heading_row(sheet)) is not None]
    if not found:
        raise UsageError("In der Tabelle ist keine Spalte mit den Trägern zu finden.",
                         abhilfe="Eine Überschrift „Träger“ oder „AGS“ in die erste Zeile schreiben; eine Vorlage macht zv fill --vorlage.")
    if len(found) > 1:
        raise UsageError(f"Mehrere Blätter haben Träger: {', '.join(sheet.name for sheet, _ in found)}.",
                         abhilfe="Das Blatt, das gelten soll, allein speichern.")
    return found[0]


def _heading_row(sheet: Sheet) -> int | None:
    return next((number for number, row in enumerate(sheet.rows[:SEARCHED]) if any(names_traeger(cell.text) for cell in row)), None)


Row = Sequence[Cell]


class _Columns:
    """What each column of the sheet holds; a column that nobody knows is a fault."""

    def __init__(self, headings: Row, above: Row) -> None:
        self.faults: list[Fault] = []
        self.known: dict[int, Heading] = {}
        self.refused: set[int] = set()
        self.groups: set[Cell] = set()
        """The cells above the headings that belong to them."""
        group: Cell | None = None
        for place, cell in enumerate(headings):
            group = above[place] if place < len(above) and above[place].art == "text" else group
            if cell.art != "leer":
                self._add(place, cell, group)

    def _add(self, place: int, cell: Cell, group: Cell | None) -> None:
        found = heading(cell.text, group.text if group else "") if cell.art in ("text", "zahl") else None
        if found is None:
            self.refused.add(place)
            near = nearest_heading(cell.text)
            meant = f" Gemeint ist vielleicht „{near}“." if near else " Die Spalte löschen oder nach der Vorlage benennen."
            self._fault(cell, f"Die Spalte „{cell.text}“ ist nicht bekannt.{meant}")
            return
        self.known[place] = found
        if group and found != heading(cell.text):
            self.groups.add(group)

    def _fault(self, cell: Cell, text: str) -> None:
        self.faults.append(Fault(cell.ort, text))

    def year(self, rows: Sequence[Row], asked: int | None) -> int:
        """The year that is asked for, or the one year of the rows; a row of another is a fault."""
        cells = [cell for row in rows for cell in self.naming(row, "jahr")]
        said = {cell.text for cell in cells}
        if asked is None and (len(said) != 1 or not min(said).isdecimal()):
            raise UsageError("Es ist nicht klar, für welches Jahr die Tabelle gilt.", abhilfe="Das Jahr nennen, zum Beispiel --jahr 2025.")
        jahr = int(min(said)) if asked is None else asked
        self.known = {place: replace(head, jahr=None) if head.jahr == jahr else head for place, head in self.known.items()}
        self.faults += [Fault(cell.ort, f"Hier steht {cell.text}, gefüllt werden soll {jahr}.") for cell in cells if cell.text != str(jahr)]
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


class _Planning:
    """The rows of a sheet on their way into a plan."""

    def __init__(self, library: Library, columns: _Columns, made: Plan) -> None:
        self.library, self.columns, self.made = library, columns, made
        self.seen: dict[str, Cell] = {}

    def read(self, rows: Sequence[Row]) -> None:
        """Reads every row; each fault goes into the plan, so that all are told at once."""
        for row in rows:
            for cell in self.columns.nameless(row):
                self._fault(CellFault(cell, "Über dem Wert steht keine Überschrift. In einer CSV-Datei brauchen Texte mit dem "
                                            "Trennzeichen Anführungszeichen."))
            try:
                filled = self._row(row)
            except CellFault as fault:
                self._fault(fault)
            else:
                if filled and filled.changes:
                    self.made.filled.append(filled)

    def _fault(self, fault: CellFault) -> None:
        self.made.faults.append(Fault(fault.cell.ort, str(fault)))

    def _row(self, row: Row) -> Filled | None:
        name, key = self._traeger(row)
        values = self.columns.values(row)
        if not values:
            return None
        jahr, store = self.made.jahr, self.library.store
        if not store.path(jahr, key).is_file():
            raise CellFault(name, f"Für {jahr} gibt es keinen Datensatz von {key}. Zuerst: zv draft {jahr} {key}")
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
                new[feld] = _Given(feld, values[feld], context).value(value_at(record, feld))
            except CellFault as fault:
                self._fault(fault)
        for feld, given in values.items():
            if feld in new and not _same(old := value_at(record, feld), new[feld]):
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


@dataclass(frozen=True, slots=True)
class _Given:
    """What a row gives for one Angabe: its whole value, or the parts of a Zielwert."""

    feld: str
    cells: Mapping[str | None, Cell]
    context: Context

    def value(self, old: Any) -> Any:
        """The new value; CellFault where the cells say none, or contradict each other."""
        if None in self.cells and old is not None and self.cells[None].text == as_cell(old):
            return old  # also a text that would mean something else if it were new, such as "x"
        parts = {teil: cell for teil, cell in self.cells.items() if teil is not None}
        whole = value_of(self.cells[None], self.feld, self.context) if None in self.cells else None
        new = _composed(parts, old, self.context.jahr) if parts else whole
        first = next(iter(self.cells.values()))
        if parts and whole is not None and not _same(whole, new):
            raise CellFault(first, "Der ganze Zielwert und seine einzelnen Spalten sagen Verschiedenes.")
        if isinstance(old, Zielwert) and old.entspricht is not None:
            return self._beside_level(old, new, first)
        return new

    def _beside_level(self, old: Zielwert, new: Any, cell: Cell) -> Zielwert:
        """The old value where nothing changes: a level that it comes to stands beside it, and would be wrong with another."""
        level = old.entspricht
        if not isinstance(new, Zielwert) or not _same(old, new.model_copy(update={"entspricht": level})):
            message = "nennt im Datensatz auch das Niveau, dem der Wert entspricht. Beides dort von Hand ändern."
            raise CellFault(cell, f"{label(self.feld)} {message}")
        return old


def _same(one: Any, other: Any) -> bool:
    """Whether two values are the same, digits too: 14.0 is not 14."""
    return one == other and str(plain(one)) == str(plain(other))


def _composed(parts: Mapping[str, Cell], old: Any, jahr: int) -> Any:
    """The Zielwert of the separate columns, what is empty as it was; OFFEN where one says so and none says a value."""
    opened = [cell for cell in parts.values() if is_open(cell)]
    if opened:
        if other := next((cell for cell in parts.values() if not is_open(cell)), None):
            raise CellFault(other, "Der Zielwert ist zugleich offen und hat einen Wert. Eines von beiden leeren.")
        return OFFEN
    given = {teil: part_of(cell, teil, jahr) for teil, cell in parts.items()}
    before = {teil: getattr(old, teil) for teil in PARTS} if isinstance(old, Zielwert) else {}
    said = {**before, **_IMPLIED.get(given.get("richtung"), {}), **given}
    first = next(iter(parts.values()))
    if missing := [teil for teil in _needed(said.get("richtung")) if teil not in said]:
        titles = ", ".join(Zielwert.model_fields[teil].title or teil for teil in missing)
        raise CellFault(first, f"Zum Zielwert fehlt: {titles}. „kein“ heißt: ohne.")
    if "wert" in parts and shows_percent(parts["wert"]) and not said["einheit"].startswith("prozent"):
        raise CellFault(parts["wert"], f"Die Zelle zeigt Prozent, die Einheit ist aber {said['einheit']}.")
    try:
        return Zielwert(**said)
    except ValidationError as error:
        raise CellFault(first, " ".join(detail["msg"] for detail in error.errors())) from error


_IMPLIED: dict[str | None, dict[str, Any]] = {"gleich": {"schranke": None, "wert": None, "einheit": "prozent"}, "betraegt": {"bezug": None}}
"""What goes with a direction, whatever it was before."""


def _needed(richtung: str | None) -> tuple[str, ...]:
    """The parts that must be said of a Zielwert; nothing of it is guessed."""
    match richtung:
        case "gleich":
            return ("bezug",)
        case "betraegt":
            return ("wert", "einheit")
    return ("richtung", "wert", "einheit", "bezug")
