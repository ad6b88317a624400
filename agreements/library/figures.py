"""Absolute figures behind the agreed percentages: of a Träger, a year and a target, kept in one file of the folder.

They come from statistics, not from agreements, and are shown beside the targets; nothing is reckoned with them.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import NamedTuple

from agreements.errors import RecordError, UnreadableError
from agreements.files.disk import write_atomic
from agreements.files.places import Places
from agreements.language.numbers import write_number
from agreements.model.record import Zielwert

FILE = "agreements/kennzahlen.csv"
COLUMNS = ("ags", "jahr", "groesse", "wert", "quelle")


class Key(NamedTuple):
    """Whose figure it is, of which year, and the dotted name of the target it is about."""

    ags: str
    jahr: int
    feld: str


class Figure(NamedTuple):
    """The figure with its digits, and the file it was taken from."""

    wert: Decimal
    quelle: str


Figures = Mapping[Key, Figure]


def load_figures(places: Places) -> Figures:
    """The figures of a folder, none where it has none; UnreadableError or RecordError where the file is damaged."""
    path = places.ordner / FILE
    if not path.is_file():
        return {}
    try:
        rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline=""), delimiter=";"))
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableError("Die Kennzahlen sind nicht lesbar.", datei=path) from error
    return dict(_entry(row, path, number) for number, row in enumerate(rows, 2))


def _entry(row: Mapping[str, str], path: Path, line: int) -> tuple[Key, Figure]:
    try:
        return Key(row["ags"], int(row["jahr"]), row["groesse"]), Figure(Decimal(row["wert"]), row["quelle"])
    except (KeyError, TypeError, ValueError, InvalidOperation) as error:
        remedy = "Die Zeile berichtigen; oder die Datei umbenennen und die Tabelle mit zv kennzahlen noch einmal einlesen."
        raise RecordError("Diese Zeile der Kennzahlen ist nicht vollständig.", datei=path, zeile=line, abhilfe=remedy) from error


def save_figures(places: Places, figures: Figures) -> Path:
    """Writes the figures of a folder, sorted, whole or not at all; ZvError where the disk refuses."""
    written = io.StringIO(newline="")
    table = csv.writer(written, delimiter=";", lineterminator="\n")
    table.writerow(COLUMNS)
    table.writerows((*key, f"{figure.wert:f}", figure.quelle) for key, figure in sorted(figures.items()))
    path = places.ordner / FILE
    write_atomic(path, written.getvalue().encode())
    return path


def beside(figures: Figures, ags: str, feld: str, value: object) -> str:
    """The figure of the year that a target compares with, to be shown beside it: "2023: 5.123"; empty where there is none."""
    if not isinstance(value, Zielwert) or value.bezug is None:
        return ""
    figure = figures.get(Key(ags, value.bezug, feld))
    return f"{value.bezug}: {write_number(figure.wert)}" if figure else ""


def of_years(figures: Figures, keys: Iterable[str], feld: str, jahre: Iterable[int]) -> str:
    """The figures of some years, of a Träger under each AGS that it had: "2022: 5.412, 2023: 5.123"; empty where there is none."""
    found = {jahr: figures[key] for jahr in sorted(set(jahre)) for ags in keys if (key := Key(ags, jahr, feld)) in figures}
    return ", ".join(f"{jahr}: {write_number(figure.wert)}" for jahr, figure in found.items())
