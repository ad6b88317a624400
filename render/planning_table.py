"""The planning table of a year, to be filled in and read by `zv planung`: a row for each Träger, a column for each Angabe."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Literal

from agreements.errors import UsageError
from agreements.language.said import say
from agreements.library.library import Library
from agreements.model.fields import angaben, kind_at, value_at
from agreements.model.record import Vereinbarung, Zielwert
from agreements.model.values import OFFEN
from agreements.planning.cellvalue import WORDS, as_cell, part_as_cell
from agreements.planning.table import PARTS, VALUES, Heading, columns
from agreements.register.laender import zkt_of
from agreements.register.register import Traeger
from render.table import Column, Table, Value

_FIXED = (Column("Träger", 30), Column("AGS", 8), Column("Jahr", 7))
_WIDTHS = {"richtung": 13, "schranke": 13, "wert": 9, "einheit": 16, "bezug": 14}
_TEXT_WIDTH = 60
_ROW_HEIGHT = 31
"""Points, two lines; a text that is longer is read where it is edited."""


@dataclass(frozen=True)
class PlanningTable:
    """The table of one year, with what its records say so far, and beside it what was agreed the year before."""

    library: Library
    jahr: int

    @cached_property
    def traeger(self) -> tuple[Traeger, ...]:
        """Whose rows there are: every zkT of the year."""
        return zkt_of(self.library.store, self.library.register, self.jahr)

    @cached_property
    def without_record(self) -> tuple[str, ...]:
        """The names of those that have no record yet."""
        return tuple(row.name for row in self.traeger if row.schluessel not in self._records)

    def table(self) -> Table:
        """All columns, those of values first; UsageError where the year has no record yet."""
        if not self._records:
            raise UsageError(f"Für {self.jahr} gibt es noch keine Datensätze.", abhilfe=f"Zuerst: zv entwirf {self.jahr} --alle")
        headings = list(self._headings())
        rows = [(row.name, row.ags, self.jahr, *(self._cell(row, each) for each in headings)) for row in self.traeger]
        shades = dict(self._shades(headings))
        return Table(f"Planung {self.jahr}", (*_FIXED, *map(self._column, headings)), rows, len(_FIXED), shades=shades, height=_ROW_HEIGHT)

    @cached_property
    def _records(self) -> Mapping[str, Vereinbarung]:
        return self._of(self.jahr)

    @cached_property
    def _before(self) -> Mapping[str, Vereinbarung]:
        return self._of(self.jahr - 1)

    def _of(self, jahr: int) -> Mapping[str, Vereinbarung]:
        """The effective records of a year by Träger."""
        store = self.library.store
        return {path.stem: self.library.effective(store.load(path).record, path) for path in store.records(jahr)}

    def _headings(self) -> Iterator[Heading]:
        """The columns that any record needs; what the Land's side signs stands in rahmen.yaml."""
        needed = {feld for record in self._records.values() for feld in angaben(record) if not feld.startswith("unterschriften.land.")}
        for feld in columns():
            if feld not in needed:
                continue
            if feld in VALUES and any(value_at(record, feld) is not None for record in self._before.values()):
                yield Heading(feld, jahr=self.jahr - 1)
            yield from (Heading(feld, teil) for teil in PARTS) if kind_at(feld) is Zielwert else (Heading(feld),)

    def _column(self, heading: Heading) -> Column:
        """How a column is headed, and what may stand in it."""
        kind = kind_at(heading.feld)
        if heading.jahr:
            return Column(heading.name, 44 if kind is Zielwert else 18, remark="Nur zum Vergleich; wird nicht gelesen.",
                          group=Heading(heading.feld).name, short=str(heading.jahr))  # fmt: skip
        if heading.teil:
            choices, form = tuple(WORDS.get(heading.teil, ())), {"wert": "0.0##", "bezug": "0"}.get(heading.teil, "")
            group, _, short = heading.name.rpartition(": ")
            return Column(heading.name, _WIDTHS[heading.teil], choices, _REMARKS.get(heading.teil, ""), group, short, form)
        group, _, short = heading.name.rpartition(": ")
        if kind is Decimal:
            return Column(heading.name, 18, (), "", heading.name, str(self.jahr), "0.0##" if heading.feld.endswith("_mio") else "#,##0")
        if kind is date:
            return Column(heading.name, 14, (), "Leer: eine Lücke für den Stift.", group, short, "DD.MM.YYYY")
        long = kind is list or heading.feld.endswith(".titel")
        remark = _REMARKS["liste"] if kind is list else ""
        return Column(heading.name, _TEXT_WIDTH if long else 30, (), remark, group or heading.name, short if group else "", "@")

    def _cell(self, row: Traeger, heading: Heading) -> Value:
        record = (self._before if heading.jahr else self._records).get(row.schluessel)
        value = value_at(record, heading.feld) if record else None
        if heading.jahr and isinstance(value, Zielwert):
            return say(heading.feld, value, self.library.register, self.jahr - 1)[0]
        return part_as_cell(value, heading.teil) if heading.teil else as_cell(value)

    def _shades(self, headings: list[Heading]) -> Iterator[tuple[tuple[int, int], Literal["vorjahr", "offen", "entfaellt"]]]:
        for line, row in enumerate(self.traeger):
            record = self._records.get(row.schluessel)
            for place, heading in enumerate(headings, len(_FIXED)):
                value = value_at(record, heading.feld) if record else None
                if heading.jahr:
                    yield (line, place), "vorjahr"
                elif value is None or (value is OFFEN and kind_at(heading.feld) is not date):
                    yield (line, place), "offen" if value is OFFEN else "entfaellt"


_REMARKS = {
    "richtung": "gleich bleibt: Wert und Schranke bleiben leer. beträgt: ein Niveau, ohne Bezugsjahr.",
    "schranke": "Leer oder keine: „um 3,9 %“. höchstens: „um nicht mehr als 3,9 %“.",
    "wert": "Als Zahl, ohne %: 3,9. Die Stellen hinter dem Komma werden so gedruckt.",
    "einheit": "Prozent: eine Veränderung gegenüber dem Bezugsjahr. Prozent (Niveau): nur zu beträgt.",
    "bezug": "Das Jahr, mit dem verglichen wird.",
    "liste": "Je Absatz oder Schritt eine Zeile in der Zelle (Alt+Eingabe), ohne Aufzählungszeichen.",
}


def instructions(jahr: int) -> Table:
    """How the table is filled in, as a sheet beside it."""
    lines = (
        f"Je Zeile ein Träger, je Spalte eine Angabe der Vereinbarung {jahr}. Namen der Spalten und Träger bitte nicht ändern.",
        "Gelb: noch offen, einzutragen. Weiß: steht schon im Datensatz. Grau: gibt es in dieser Vereinbarung bisher nicht.",
        f"Spalten, die mit „{jahr - 1}:“ beginnen, zeigen nur das Vorjahr; sie werden nicht gelesen.",
        "Eine leere Zelle ändert nichts. „offen“ heißt: noch nicht vereinbart.",
        "Zahlen als Zahlen eintragen: Beträge in Euro, Zielwerte ohne %. Formeln dürfen sein, ihr gespeichertes Ergebnis gilt.",
        "Ein Zielwert besteht aus Richtung, Schranke, Wert, Einheit und Bezugsjahr: „um nicht mehr als 14,0 % im Vergleich zum Jahr "
        f"{jahr - 1} steigt“ ist steigt / höchstens / 14,0 / Prozent / {jahr - 1}.",
        "Statt dieser fünf Spalten darf eine stehen, die nur wie die Angabe heißt („Integrationsquote“), mit dem ganzen Satzteil.",
        "Mehrere Schritte oder Absätze: je Schritt eine Zeile in der Zelle (Alt+Eingabe), ohne Aufzählungszeichen.",
        "Spalten und Zeilen, die niemand braucht, dürfen gelöscht werden.",
        f"Einlesen: zv planung Planung-{jahr}.xlsx zeigt, was sich ändern würde; geschrieben wird erst mit --schreiben.",
    )
    return Table("Anleitung", (Column("So wird die Tabelle ausgefüllt", 110),), [(line,) for line in lines], fixed=0, filters=False)
