"""Whose agreements these are: the Länder, each with the folder of its wordings, and how its name stands before its ministries."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from agreements.errors import RecordError
from agreements.files.places import Places, parted
from agreements.register.register import Register, Traeger, rows_of
from agreements.register.tables import own_table, stamp

PACKAGED = Path(__file__).with_name("laender.csv")


@dataclass(frozen=True, slots=True)
class Land:
    """One Land."""

    land: str
    """Its folder below `templates/`: "ni"."""
    ags: str
    """The first two digits of the AGS of its Kreise."""
    name: str
    eigenschaft: str
    """What stands before "Ministerium", without its ending: "Niedersächsisch"; empty where nothing does."""
    kurz: str
    """The short form of that: "Nds."; empty where there is none."""


def load_laender(path: Path | None = None) -> tuple[Land, ...]:
    """The Länder of a file; else those of the folder that is worked in, behind them those of the program.

    UnreadableError or RecordError where one is none.
    """
    if path:
        return _laender_of(path)
    own = own_laender()
    return (*own, *(each for each in _laender_of(PACKAGED) if each.land not in {one.land for one in own}))


def own_laender(ordner: Path | None = None) -> tuple[Land, ...]:
    """The Länder of a folder's own table, or of the one that is worked in; none where it has none."""
    path, changed = stamp(own_table(PACKAGED.name, ordner))
    return _laender_of(path, changed) if path else ()


@cache
def _laender_of(path: Path, _changed: int = 0) -> tuple[Land, ...]:
    rows = rows_of(path, "Das Verzeichnis der Länder")
    for number, row in enumerate(rows, 2):
        if None in row.values() or not re.fullmatch("[a-z]{2}", row["land"]) or not re.fullmatch("[0-9]{2}", row["ags"]):
            raise RecordError(
                "Im Verzeichnis der Länder ist eine Zeile nicht vollständig.",
                datei=path,
                zeile=number,
                abhilfe="Als land zwei kleine Buchstaben, als ags zwei Ziffern eintragen.",
            )
    return tuple(Land(row["land"], row["ags"], row["name"], row["eigenschaft"], row["kurz"]) for row in rows)


def land_with(ags: str) -> str:
    """The folder of the Land to which an AGS belongs; empty where it is not known."""
    return next((each.land for each in load_laender() if ags.startswith(each.ags)), "")


def zkt_of(places: Places, register: Register, jahr: int) -> tuple[Traeger, ...]:
    """The zugelassene kommunale Träger of a year in the Länder that a folder works for."""
    return of_folder(places, register, register.zkt(jahr))


def of_folder(places: Places, register: Register, rows: Iterable[Traeger]) -> tuple[Traeger, ...]:
    """The rows of the Länder that a folder works for: those of its own records and wordings; else of its own table, or the first of all."""
    laender = {*_own(places, register)} or {each.land for each in own_laender(places.ordner) or load_laender()[:1]}
    return tuple(row for row in rows if land_with(row.ags) in laender)


def _own(places: Places, register: Register) -> Iterator[str]:
    known = {each.land for each in load_laender()}
    yield from (path.parent.name for path in places.ordner.glob("templates/??/*.j2") if path.parent.name in known)
    ags = {row.schluessel: row.ags for row in register.rows}
    for path in places.ordner.glob("agreements/[12][0-9][0-9][0-9]/*.yaml"):
        if row := ags.get(parted(path.stem)[0]):
            yield land_with(row)


# ---------------------------------------------------------------- as they stand in a text


def _any(words: Iterator[str]) -> str:
    return f"(?:{'|'.join(words) or r'(?!)'})"


ADJEKTIV = _any(f"{re.escape(each.eigenschaft)}e[snmr]?" for each in load_laender() if each.eigenschaft)
"""A pattern for what stands before a ministry's name: "Niedersächsisches"."""
KURZ = _any(re.escape(each.kurz) for each in load_laender() if each.kurz)
"""A pattern for its short form."""
NAMEN = _any(re.escape(each.name) for each in load_laender())
"""A pattern for a Land's name."""
