"""What goes to a Landkreis: the agreement as PDF and Word with its Synopse, under names understood there, kept as it was sent."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from agreements.errors import ChangedError, ZvError
from agreements.library.library import Library
from agreements.model.record import Vereinbarung
from agreements.store.sent import Sent, keep_sent
from agreements.store.store import Gespeichert
from zv import comparing, printing
from zv.common import is_year
from zv.formats import How
from zv.named import Agreement
from zv.orders import Order
from zv.workers import each_done, processors


@dataclass(frozen=True, slots=True)
class Sending:
    """The files of one agreement, proven, and what a person must know of them."""

    titel: str
    """"Zielvereinbarung 2025 Landkreis Emsland"."""
    files: Mapping[str, bytes]
    sha256: str
    """Of the record that they were made of."""
    hint: str = ""
    """Why there is no Synopse; empty where there is one."""


def prepare(library: Library, stored: Gespeichert[Vereinbarung], how: How) -> Sending:
    """The files for one agreement or amendment. Errors as for printing; that no Synopse can be made is a hint."""
    files, titel = {}, ""
    for output in printing.outputs(library, stored, how):
        titel = re.sub(r'[\\/:*?"<>|]', "-", output.document.titel)
        files[f"{titel}.{output.name.rpartition('.')[2]}"] = output.data
    try:
        if (sides := _compared(library, stored)) is None:
            return Sending(titel, files, stored.sha256, f"Ohne Synopse: Für {stored.record.jahr - 1} gibt es keinen Datensatz.")
        from render.synopse_pdf import render_synopse_pdf  # here, for what asks how far an agreement is sends none

        before, after = sides
        files[f"Synopse zur {titel}.pdf"] = render_synopse_pdf(comparing.beside(library, before, after))
    except ZvError as error:
        return Sending(titel, files, stored.sha256, f"Ohne Synopse: {error}")
    return Sending(titel, files, stored.sha256)


def each_prepared(ordner: Path, several: Sequence[Agreement | Path], how: How) -> Iterator[Sending | ZvError]:
    """The files of several agreements, in their order, made on all processors; why those of one cannot be made stops no other."""
    names = (each.parent.name if isinstance(each, Path) else str(each[0]) for each in several)
    for jahr in sorted({name for name in names if is_year(name)}):
        printing.prepare(Order(ordner, int(jahr), ordner, how), how.formate)
    waiting = dict[int, Sending | ZvError]()
    work = partial(_prepared, ordner, how)
    with closing(each_done(work, list(enumerate(several)), min(processors(), len(several)))) as answers:
        next_one = 0
        for (number, _), answer in answers:
            waiting[number] = answer
            while next_one in waiting:
                yield waiting.pop(next_one)
                next_one += 1


def _prepared(ordner: Path, how: How, job: tuple[int, Agreement | Path]) -> Sending:
    library = printing.library_of(ordner)
    return prepare(library, library.store.load(job[1]), how)


def _compared(library: Library, stored: Gespeichert[Vereinbarung]) -> tuple[comparing.Source, comparing.Source] | None:
    """What held before, the year before or before the amendment, and what is agreed now; None where the year before has no record."""
    record, store = stored.record, library.store
    if record.aenderung:
        path = store.before(record)
        return comparing.stored(library, path, "bisher"), comparing.stored(library, stored.path, "neu")
    jahr = record.jahr - 1
    path = store.path(jahr, library.register.key_before(record.traeger, record.jahr))
    if not path.is_file():
        return None
    return comparing.last(library, path, jahr), comparing.stored(library, stored.path, str(record.jahr))


def require_made_of(sending: Sending, stored: Gespeichert[Vereinbarung]) -> None:
    """ChangedError where a record was changed while its files were made."""
    if sending.sha256 != stored.sha256:
        raise ChangedError("Der Datensatz wurde währenddessen geändert; nichts wurde ausgegeben.", datei=stored.path,
                           abhilfe="Den Befehl noch einmal geben.")  # fmt: skip


def keep(library: Library, stored: Gespeichert[Vereinbarung], sending: Sending) -> Sent:
    """Keeps what is being sent beside the records, so that what comes back can be held against it; ZvError where the disk refuses."""
    record, store = stored.record, library.store
    rahmen = store.stored_rahmen(record.jahr, stored.path, library.land_of(record.traeger, record.jahr))
    wording = store.find(f"templates/{record.wortlaut}.j2") if record.wortlaut else None
    return keep_sent(store, stored, rahmen, wording, sending.files)


def packed(files: Mapping[str, bytes]) -> bytes:
    """The files in one ZIP; the same files give the same bytes, for no time stands in it and nothing is compressed anew."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name, data in sorted(files.items()):
            entry = zipfile.ZipInfo(name)  # of 1 January 1980, the first day that the format knows
            entry.external_attr, entry.create_system = 0o644 << 16, 3  # as on Unix, wherever it is made
            archive.writestr(entry, data)
    return target.getvalue()
