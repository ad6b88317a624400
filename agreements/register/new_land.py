"""A Land that a folder works for, entered into the folder's own tables."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path

from agreements.errors import UsageError
from agreements.files.disk import write_atomic
from agreements.register.laender import Land, load_laender
from agreements.register.register import Traeger
from agreements.register.tables import FOLDER


def add_land(ordner: Path, land: str, ags: str, name: str, eigenschaft: str, kurz: str) -> tuple[Path, Path]:
    """The folder's tables of Länder and Kreise, the Land entered in the one, the other begun where there is none.

    UsageError: no such abbreviation or key can be, or the Land is known. RecordError: a table that is there is damaged. ZvError: the
    disk refuses.
    """
    if not re.fullmatch("[a-z]{2}", land):
        raise UsageError(f"„{land}“ ist kein Kürzel eines Landes.", abhilfe="Zwei kleine Buchstaben nennen, zum Beispiel he.")
    if not re.fullmatch("[0-9]{2}", ags):
        raise UsageError(f"„{ags}“ sind nicht die ersten Ziffern eines Kreisschlüssels.", abhilfe="Zwei Ziffern nennen, zum Beispiel 06.")
    if any(";" in text or not text.isprintable() for text in (name, eigenschaft, kurz)) or not name.strip():
        raise UsageError("Ein Name ist leer oder enthält ein Zeichen, das in der Tabelle nicht stehen kann.", abhilfe="Ihn berichtigen.")
    if known := next((each for each in load_laender() if each.land == land or each.ags == ags), None):
        raise UsageError(f"Ein Land mit diesem Kürzel oder Schlüssel gibt es schon: {known.land}, {known.ags}, {known.name}.",
                         abhilfe="Ein anderes Kürzel nennen.")  # fmt: skip
    laender, register = ordner / FOLDER / "laender.csv", ordner / FOLDER / "register.csv"
    rows = [[getattr(each, column) for column in _columns(Land)] for each in load_laender(laender)] if laender.is_file() else []
    if not register.is_file():
        write_atomic(register, _written(_columns(Traeger), []))
    write_atomic(laender, _written(_columns(Land), [*rows, [land, ags, name, eigenschaft, kurz]]))
    return laender, register


def _columns(model: type[Land] | type[Traeger]) -> list[str]:
    return [field.name for field in fields(model)]


def _written(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    text = io.StringIO(newline="")
    table = csv.writer(text, delimiter=";", lineterminator="\n")
    table.writerows([columns, *rows])
    return text.getvalue().encode()
