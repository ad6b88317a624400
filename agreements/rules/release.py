"""Whether an agreement may leave the house: nothing open or unconfirmed in it, and no rule of severity "fehler" broken."""

from __future__ import annotations

from collections.abc import Iterator

from agreements.errors import CheckError
from agreements.filling.annex import open_points
from agreements.library.library import Library
from agreements.model.document import Document
from agreements.model.record import Vereinbarung
from agreements.rules.checking import check_record
from agreements.store.store import Gespeichert

_TO_CONFIRM = ("abweichung", "nachverfolgt", "unsicher-gelesen", "widerspruch", "kommentar", "ohne-stelle")
"""Rules on what nobody has decided yet, also where it is signed: it may be misread."""
_REMEDY = "Offene Werte eintragen; was zu entscheiden ist, nennt zv offen. Ohne --endgueltig entsteht ein Entwurf."


def require_final(library: Library, stored: Gespeichert[Vereinbarung], document: Document) -> None:
    """CheckError, naming every point, where a value is still open, a check fails, or a person must confirm something."""
    if points := list(_points(library, stored, document)):
        raise CheckError(
            "Die Vereinbarung ist noch nicht endgültig:\n" + "\n".join(f"- {point}" for point in points) + "\n",
            datei=stored.path,
            abhilfe=_REMEDY,
        )


def _points(library: Library, stored: Gespeichert[Vereinbarung], document: Document) -> Iterator[str]:
    yield from (f"offen: {point}" for point in open_points(document))
    for broken in check_record(library, stored, spelling=False):
        if broken.schwere == "fehler" or broken.regel in _TO_CONFIRM:
            yield f"{broken.regel} (Zeile {broken.zeile}): {broken.grund}"
