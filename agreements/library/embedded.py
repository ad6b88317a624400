"""The record that travels inside a PDF: what of it goes along, and whether the pages still say what it says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from agreements.errors import RecordError
from agreements.library.differences import Difference, differences
from agreements.model.document import SATZ
from agreements.model.record import Akte, Vereinbarung
from agreements.reading.findings import Befund, Found, Location
from agreements.register.register import Register
from agreements.store.store import dump_record, load_text

MOST_BYTES = 1 << 18
"""The largest record known has 8 KB."""
HEADER = "Der Datensatz, aus dem diese Vereinbarung gedruckt ist. Es gilt, was auf den Seiten steht."


def enclosed(record: Vereinbarung) -> str:
    """An effective record as it leaves the house: as the pages say it, without its `akte` and without the officials' remarks."""
    return dump_record(_outward(record), header=HEADER)


def contradictions(said: bytes, read: Vereinbarung, found: tuple[Found, ...], register: Register) -> tuple[Befund, ...]:
    """Findings, with their place, where the record inside says something else than what was read from the pages; it is never believed."""
    if said == enclosed(read).encode():
        return ()
    try:
        inside = load_text(said, Vereinbarung, Path(SATZ)).record
    except RecordError as error:
        return (unreadable(error.message.splitlines()[0]),)
    return tuple(_contradictions(differences(register, _outward(inside), _outward(read)), found))


def unreadable(why: str) -> Befund:
    """The finding on a record inside that is none."""
    return Befund("anmerkung", "warnung", f"Der eingebettete Datensatz ({SATZ}) ist nicht lesbar: {why} Es gilt, was auf den Seiten steht.")


def _outward(record: Vereinbarung) -> Vereinbarung:
    """A record without what its pages do not say: its `akte`, and how a signature looks."""
    signed = record.unterschriften
    sides = {side: {number: each.model_copy(update={"zustand": None}) if each.zustand else each
                    for number, each in getattr(signed, side).items()} for side in ("land", "traeger")}  # fmt: skip
    return record.model_copy(update={"akte": Akte(), "unterschriften": signed.model_copy(update=sides)})


def _contradictions(several: tuple[Difference, ...], found: tuple[Found, ...]) -> Iterator[Befund]:
    places = {each.feld: each.locations for each in found}
    for each in several:
        ort = next(iter(places.get(each.feld or "", ())), Location(None, None, ""))
        name = "" if each.feld else f"{each.name}: "
        inside, page = " / ".join(each.alt), " / ".join(each.neu)
        yield Befund("widerspruch", "warnung", f"{name}Der eingebettete Datensatz sagt „{inside}“, auf den Seiten steht „{page}“; "
                     "gelesen wurde, was auf den Seiten steht.", each.feld, location=ort)  # fmt: skip
