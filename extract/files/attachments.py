"""The files inside a PDF: the record that zv puts there, unpacked within limits; of all others the name."""

from __future__ import annotations

import io
import zlib
from dataclasses import dataclass

import pikepdf

from agreements.library.embedded import MOST_BYTES, unreadable
from agreements.model.document import SATZ
from agreements.reading.findings import Befund

_MOST = 50
"""Files inside that are looked at."""


@dataclass(frozen=True, slots=True)
class Enclosure:
    """The bytes of the record inside, None where there is none that can be read, and findings on whatever else there is."""

    satz: bytes | None = None
    befunde: tuple[Befund, ...] = ()


def enclosure(data: bytes) -> Enclosure:
    """What lies inside a PDF that has been opened without fault before."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        if "/Names" not in pdf.Root:
            return Enclosure()
        try:
            return _inside(pdf)
        except (pikepdf.PdfError, ValueError, TypeError, AttributeError, KeyError, RuntimeError) as fault:  # anything may stand anywhere
            said = f"Was in der Datei eingebettet ist, ließ sich nicht ansehen ({type(fault).__name__})."
            return Enclosure(befunde=(Befund("anmerkung", "warnung", said),))


def _inside(pdf: pikepdf.Pdf) -> Enclosure:
    names = list(pdf.attachments)[:_MOST]
    others = [name for name in names if name != SATZ]
    befunde = tuple(Befund("anmerkung", "hinweis", f"Eine eingebettete Datei wurde nicht gelesen: „{_shown(name)}“.") for name in others)
    if SATZ not in names:
        return Enclosure(None, befunde)
    unpacked = _unpacked(pdf.attachments[SATZ].get_file().obj)
    return Enclosure(unpacked, befunde) if isinstance(unpacked, bytes) else Enclosure(None, (*befunde, unpacked))


def _unpacked(stream: pikepdf.Object) -> bytes | Befund:
    """The file's bytes; a finding where it is larger than any record, or packed in a way that nobody packs one."""
    raw = stream.read_raw_bytes()
    if "/Filter" in stream:
        if stream.Filter not in (pikepdf.Name.FlateDecode, pikepdf.Array([pikepdf.Name.FlateDecode])) or "/DecodeParms" in stream:
            return unreadable("Er ist auf ungewöhnliche Art gepackt.")
        try:
            raw = zlib.decompressobj().decompress(raw, MOST_BYTES + 1)
        except zlib.error:
            return unreadable("Er ist beschädigt.")
    return raw if len(raw) <= MOST_BYTES else unreadable(f"Er ist größer als {MOST_BYTES >> 10} KB.")


def _shown(name: str) -> str:
    """A name from outside in one printable line."""
    return "".join(sign for sign in name if sign.isprintable())[:80]
