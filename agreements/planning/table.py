"""The ministry's planning table: which Angabe a column means and which Träger a row; what a cell says is told by `cellvalue`."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from rapidfuzz import fuzz, process

from agreements.model.fields import kind_at, label
from agreements.model.record import Zielwert
from agreements.planning.sheet import Cell, CellFault
from agreements.register.register import Register, Traeger

PARTS: Final = ("richtung", "schranke", "wert", "einheit", "bezug")
"""A Zielwert in separate columns."""
SEARCHED: Final = 10
"""Rows in which the headings are looked for: a title may stand above them."""
VALUES: Final = (
    "haushalt.gesamtbudget_mio", "haushalt.verwaltungskosten", "haushalt.eingliederungsleistungen",
    "ziele.leistungen_lebensunterhalt.gesamt", "ziele.integrationsquote.gesamt", "ziele.integrationsquote.frauen",
    "ziele.integrationsquote.maenner", "ziele.integrationsquote.alleinerziehende", "ziele.langzeitleistungsbezug.gesamt",
)  # fmt: skip
_SIGNATURE = ("ort", "datum", "zusatz", "name", "funktion", "stelle")
_GOAL = ("titel", "ziel", "schritte", "erreicht_wenn")
_ROW: dict[str, tuple[str, ...]] = {
    "traeger": ("Träger", "Traeger", "Schlüssel", "Name", "Landkreis", "Kreis", "Kommune", "Jobcenter"), "ags": ("AGS",), "jahr": ("Jahr",),
}  # fmt: skip
"""What says whose row it is; the first of each is what the template writes."""
NAMING: Final = ("traeger", "ags")
_OF_YEAR = re.compile(r"(20\d\d): (.+)")
"""A column of one year; of another than the table's it only shows what was agreed then."""


@dataclass(frozen=True, slots=True)
class Heading:
    """What a column holds: a dotted path, of a Zielwert perhaps one part; or "traeger", "ags", "jahr"."""

    feld: str
    teil: str | None = None
    jahr: int | None = None
    """The year that the heading names."""

    @property
    def name(self) -> str:
        """The heading as the template writes it."""
        if self.feld in _ROW:
            return _ROW[self.feld][0]
        name = f"{label(self.feld)}: {Zielwert.model_fields[self.teil].title}" if self.teil else label(self.feld)
        return f"{self.jahr}: {name}" if self.jahr else name


def columns() -> tuple[str, ...]:
    """Every Angabe that a table can give, in the order of the template: values, signatures, texts."""
    signatures = (f"unterschriften.{who}.{number}.{name}" for who in ("traeger", "land") for number in range(1, 4) for name in _SIGNATURE)
    goals = (f"ziele.individuell.{number}.{name}" for number in range(1, 31) for name in _GOAL)
    return (*VALUES, *signatures, "rahmenbedingungen.regionale_lage", *goals)


def names_traeger(text: str) -> bool:
    """Whether a heading is that of a column of Träger."""
    found = heading(text)
    return found is not None and found.feld in NAMING


def heading(text: str, group: str = "") -> Heading | None:
    """What a column of that heading holds, a dotted path or a German name; None where nobody knows.

    `group` is what stands above several headings: "Integrationsquote" above "Richtung", "Wert" and "2024".
    """
    if group and (known := heading(f"{group}: {text}") or heading(f"{text}: {group}")):
        return known
    if (found := _OF_YEAR.fullmatch(text.strip())) and (known := heading(found[2])):
        return replace(known, jahr=int(found[1]))
    return _headings().get(_bare(text))


def nearest_heading(text: str) -> str | None:
    """The known heading that a mistyped one is likest to."""
    found = process.extractOne(_bare(text), list(_headings()), scorer=fuzz.ratio, score_cutoff=75)
    return _headings()[found[0]].name if found else None


def _bare(text: str) -> str:
    return " ".join(text.split()).casefold()


@cache
def _headings() -> dict[str, Heading]:
    """Every column by its names."""
    known = {_bare(name): Heading(feld) for feld, names in _ROW.items() for name in names}
    for feld in columns():
        for teil in (None, *PARTS) if kind_at(feld) is Zielwert else (None,):
            each = Heading(feld, teil)
            known[_bare(f"{feld}.{teil}" if teil else feld)] = known[_bare(each.name)] = each
    return known


# ---------------------------------------------------------------- rows


class NoTraegerFault(CellFault):
    """A cell that names nobody: a mistyped name, or the row of a sum."""


def traeger_of(cell: Cell, register: Register, jahr: int) -> Traeger:
    """The zkT that a cell names by key, AGS or name; CellFault where it names none, several, or one without agreement."""
    if cell.art not in ("text", "zahl"):
        raise CellFault(cell, cell.text if cell.art == "fehler" else "Hier steht kein Träger.")
    found = _named(cell, register, jahr)
    if not found:
        near = process.extract(cell.text, [row.name for row in register.zkt(jahr)], scorer=fuzz.WRatio, limit=2)
        meant = " oder ".join(name for name, _, _ in near)
        raise NoTraegerFault(cell, f"Den Träger „{cell.text}“ gibt es {jahr} nicht. Gemeint ist vielleicht {meant}.")
    if len(found) > 1:
        meant = " oder ".join(row.name for row in found)
        raise CellFault(cell, f"„{cell.text}“ kann {meant} sein. Den vollen Namen oder den Schlüssel eintragen.")
    row = found[0]
    if not row.is_zkt(jahr):
        raise CellFault(
            cell, f"{row.name} ist {jahr} kein zugelassener kommunaler Träger; eine solche Vereinbarung gibt es nicht. Die Zeile löschen."
        )
    return row


def _named(cell: Cell, register: Register, jahr: int) -> list[Traeger]:
    if re.fullmatch(r"\d{4,8}", cell.text):
        ags = cell.text.zfill(8 if len(cell.text) > 5 else 5)  # Excel drops the zero that Niedersachsen begins with
        return [row for row in register.all(jahr) if row.ags in (ags, ags.removesuffix("000"))]
    return [row for row in register.all(jahr) if _bare(cell.text) in _forms(row)]


@cache
def _forms(row: Traeger) -> frozenset[str]:
    """The ways in which a table may name a Kreis."""
    kind, _, rest = row.name.partition(" ")
    short = {"Landkreis": ("LK", "Lkr.", "Lkr", "Kreis"), "Stadt": ("SK", "krfr. Stadt")}.get(kind, ())
    cases = (row.nominativ, row.genitiv, row.dativ, row.akkusativ)
    named = (row.schluessel, rest or row.name, *(f"{each} {rest}" for each in short), *cases, *row.forms)
    return frozenset(map(_bare, named))
