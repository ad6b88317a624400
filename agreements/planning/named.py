"""Which Angabe a person names in words: by its dotted name in the record, or by the title that pages show."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import Final

from rapidfuzz import fuzz, process

from agreements.errors import UsageError
from agreements.model.fields import kind_at, label, value_at
from agreements.model.record import Rahmen, Unterschrift, Vereinbarung, Zielwert
from agreements.planning.table import NAMING, VALUES, Heading, columns, heading

GOALS: Final = "ziele.individuell"
_NOT_HERE: Final = ("jahr", "traeger", "wortlaut", "abweichungen", "text", "akte", "land")
"""What a record says beside its Angaben: set by other commands, or never."""


def field_of(name: str, record: Vereinbarung | Rahmen) -> Heading:
    """The Angabe that a dotted name or a title means in a record; UsageError where it means none, with the nearest."""
    text = " ".join(name.split())
    known = _known(isinstance(record, Rahmen))
    found = known.get(text.casefold())
    if (
        found is None
        and isinstance(record, Vereinbarung)
        and (head := heading(text))
        and head.feld not in (*NAMING, "jahr")
        and not head.jahr
    ):
        found = head
    if found is None:
        raise _unknown(text, record, known)
    if isinstance(record, Vereinbarung) and record.aenderung and found.feld.startswith(("haushalt.", "ziele.", "rahmenbedingungen.")):
        return replace(found, feld=f"aenderung.neu.{found.feld}")
    return found


def name_of(feld: str) -> str:
    """What officials call an Angabe of a record or of a rahmen.yaml."""
    return Rahmen.model_fields[feld].title or feld if feld == "papiercode" else label(feld)


def _unknown(text: str, record: Vereinbarung | Rahmen, known: Mapping[str, Heading]) -> UsageError:
    if text.split(".")[0] in _NOT_HERE:
        return UsageError(f"„{text}“ lässt sich mit zv setze nicht ändern.", abhilfe="Gesetzt werden nur Angaben der Vereinbarung.")
    names = {name_of(head.feld): head.feld for head in known.values() if head.teil is None and _is_plausible(head.feld, record)}
    near = process.extract(text, [*names, *names.values()], scorer=fuzz.WRatio, limit=6)
    titles = dict.fromkeys(hit if hit in names else name_of(hit) for hit, _, _ in near)
    meant = ", ".join(f"„{title}“ ({names[title]})" for title in list(titles)[:3])
    return UsageError(f"Eine Angabe „{text}“ gibt es nicht.", abhilfe=f"Gemeint ist vielleicht {meant}.")


def _is_plausible(feld: str, record: Vereinbarung | Rahmen) -> bool:
    """Whether an Angabe is named to somebody who mistyped: numbered ones only where the record has that number."""
    number = re.search(r"^(.*?\.\d+)\.", feld)
    return (number is None or value_at(record, number[1]) is not None) and (
        feld.startswith("aenderung.") == bool(getattr(record, "aenderung", None))
    )


@cache
def _known(of_rahmen: bool) -> dict[str, Heading]:
    """Every Angabe beside those of a planning table, by its dotted name and its title; of a rahmen.yaml all."""
    known: dict[str, Heading] = {}
    for feld in _of_rahmen() if of_rahmen else _of_record():
        title = name_of(feld).casefold()
        known[feld.casefold()] = known[title] = known[re.sub(r" \((mio\. )?euro\)$", "", title)] = Heading(feld)
    if not of_rahmen:
        known["ziel"] = known["ziele"] = Heading(GOALS)
    return known


def _of_rahmen() -> Iterator[str]:
    yield "papiercode"
    for number in range(1, 4):
        yield from (f"ministerien.{number}.name", f"ministerien.{number}.kurz")
        yield from (f"unterschriften.land.{number}.{name}" for name in Unterschrift.model_fields if name != "zustand")


def _of_record() -> Iterator[str]:
    agreed = (*(feld for feld in columns() if not feld.startswith("unterschriften.")), GOALS)
    yield from columns()
    yield GOALS
    yield from (f"{feld}.entspricht" for feld in VALUES if kind_at(feld) is Zielwert)
    yield from (f"ministerien.{number}.{name}" for number in range(1, 4) for name in ("name", "kurz"))
    yield from (f"unterschriften.{who}.{number}.zustand" for who in ("land", "traeger") for number in range(1, 4))
    yield "aenderung.grund"
    yield from (f"aenderung.{when}.{feld}" for when in ("neu", "alt") for feld in agreed)
