"""The files inside a PDF: the record and the wording that zv puts there, unpacked within limits; of all others the name."""

from __future__ import annotations

import io
import zlib
from dataclasses import dataclass, replace

import pikepdf

from agreements.errors import UnreadableError
from agreements.library import embedded_wording
from agreements.library.embedded import MOST_BYTES, unreadable
from agreements.library.embedded_wording import FILE
from agreements.model.document import RAHMEN, SATZ
from agreements.reading.findings import Befund
from extract.files.engines import boundary
from extract.files.shells import enclosed_names, is_drawn_elsewhere, shown


@dataclass(frozen=True, slots=True)
class Enclosure:
    """The bytes of the record inside, None where there is none that can be read, and findings on whatever else there is."""

    satz: bytes | None = None
    wortlaut: tuple[str, bytes] | None = None
    """Name and bytes of the wording inside."""
    befunde: tuple[Befund, ...] = ()
    names: tuple[str, ...] = ()
    """Of all files inside that are not zv's own."""
    form: bool = False
    """Whether there is a form that may show another text elsewhere."""


def enclosure(data: bytes) -> Enclosure:
    """What lies inside a PDF that has been opened without fault before."""
    try:
        with (
            boundary("pikepdf", "Was in der Datei eingebettet ist, ließ sich nicht ansehen.", None, ""),
            pikepdf.open(io.BytesIO(data)) as pdf,
        ):
            return replace(_inside(pdf), form=is_drawn_elsewhere(pdf))
    except UnreadableError as fault:
        return Enclosure(befunde=(Befund("anmerkung", "warnung", fault.message),))


def _inside(pdf: pikepdf.Pdf) -> Enclosure:
    names, own = list(dict.fromkeys(enclosed_names(pdf))), list(pdf.attachments)
    wording = next((name for name in own if FILE.fullmatch(name)), None)
    others = [name for name in names if name not in (SATZ, RAHMEN, wording)]
    befunde = [Befund("anmerkung", "hinweis", f"Eine eingebettete Datei wurde nicht gelesen: „{shown(name)}“.") for name in others]
    satz = _unpacked(pdf, SATZ, MOST_BYTES) if SATZ in own else None
    if isinstance(satz, str):
        befunde.append(unreadable(satz))
    text = _unpacked(pdf, wording, embedded_wording.MOST_BYTES) if wording else None
    if isinstance(text, str):
        befunde.append(embedded_wording.unreadable(text))
    found = (wording, text) if wording and isinstance(text, bytes) else None
    return Enclosure(satz if isinstance(satz, bytes) else None, found, tuple(befunde), tuple(others))


def _unpacked(pdf: pikepdf.Pdf, name: str, most: int) -> bytes | str:
    """A file's bytes; why not, where it is larger than any of its kind, or packed in a way that nobody packs one."""
    stream = pdf.attachments[name].get_file().obj
    if not isinstance(stream, pikepdf.Stream):
        return "Er ist beschädigt."
    raw = stream.read_raw_bytes()
    if "/Filter" in stream:
        if stream.Filter not in (pikepdf.Name.FlateDecode, pikepdf.Array([pikepdf.Name.FlateDecode])) or "/DecodeParms" in stream:
            return "Er ist auf ungewöhnliche Art gepackt."
        try:
            raw = zlib.decompressobj().decompress(raw, most + 1)
        except zlib.error:
            return "Er ist beschädigt."
    return raw if len(raw) <= most else f"Er ist größer als {most >> 10} KB."
