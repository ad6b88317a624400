"""A new amendment, still empty: the file in which somebody writes what changes, with the values in force beside it as comments."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from agreements.errors import RecordError
from agreements.files.disk import write_new
from agreements.files.yaml_write import dump
from agreements.library.library import Library
from agreements.model.record import Vereinbarung, plain

_PARTS = ("rahmenbedingungen", "haushalt", "ziele")
"""What an amendment can agree anew."""
_TEXTS = """\
texte:
  1:
    stelle: III.§3.1
    alt: Worte des festen Textes, wie sie dort stehen
    neu: was an ihrer Stelle gilt
"""


@dataclass(frozen=True, slots=True)
class NewAmendment:
    """The file that was made, and the agreement it is to amend."""

    path: Path
    nummer: int
    before: Vereinbarung


def new_amendment(library: Library, jahr: int, traeger: str) -> NewAmendment:
    """Makes the next amendment of an agreement.

    RecordError: the agreement has no wording, or its last amendment cannot be applied. UsageError: there is no text for amendments of
    that year. ZvError: the file is there already, or the disk refuses. Errors as for loading the agreement.
    """
    before = library.state(jahr, traeger)
    nummer = len(library.store.amendments(jahr, traeger)) + 1
    path = library.store.ordner / f"agreements/{jahr}/{traeger}-{nummer}.yaml"
    if before.wortlaut is None:
        raise RecordError(
            f"Die Vereinbarung {jahr}/{traeger} hat keinen Wortlaut; eine Änderung kann nicht nennen, was sie ersetzt.",
            datei=library.store.path(jahr, traeger),
            abhilfe="Die geänderte Fassung als Text im Datensatz führen.",
        )
    wording = library.wording(f"{library.land_of(traeger, jahr)}/aenderung-{jahr}")
    text = _text(library, before, nummer, wording.schluessel)
    library.store.parsed(text, path)
    write_new(path, text.encode())
    return NewAmendment(path, nummer, before)


def _text(library: Library, before: Vereinbarung, nummer: int, wortlaut: str) -> str:
    name = library.register.find(before.traeger, before.jahr).name
    opening = (
        f"Entwurf der Änderung Nr. {nummer} zur Zielvereinbarung {before.jahr}, {name}.",
        "Unter „neu“ steht als Anmerkung, was jetzt gilt. Was sich ändert, dort ohne # hinschreiben, mit den Schlüsseln darüber;",
        "alles andere bleibt Anmerkung oder entfällt. Worte des festen Textes ersetzt „texte“.",
    )
    head = dump({"jahr": before.jahr, "traeger": before.traeger, "wortlaut": wortlaut}, header="\n".join(opening))
    rest = dump({"unterschriften": {"traeger": _signatures(before)}, "akte": {"stand": "entwurf"}})
    said = plain(before)
    values = dump({"neu": {part: said[part] for part in _PARTS if said.get(part)}})
    remarks = "".join(f"  # {line}\n" if line else "  #\n" for line in f"{values}{_TEXTS}".splitlines())
    return f"{head}\naenderung:\n  nummer: {nummer}\n  grund: null\n{remarks}\n{rest}"


def _signatures(before: Vereinbarung) -> dict[int, dict[str, Any]]:
    """Who signs for the Träger, as they did before, on a day that the pen writes."""
    kept = {number: plain(each) for number, each in before.unterschriften.traeger.items()}
    return {number: {**{key: value for key, value in each.items() if key != "zustand"}, "datum": None} for number, each in kept.items()}
