"""What a signed sheet says of the draft it was printed from, once its code has told which one that is.

The code is never believed over what is read on the sheet: where they differ, that is a finding.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from agreements.comparing.texts import Row, compare
from agreements.errors import ZvError
from agreements.filling.papercode import Papercode, fingerprint, parse
from agreements.language.said import say
from agreements.language.tokens import shortened
from agreements.library.library import Library, undated
from agreements.model.fields import angaben, label
from agreements.model.record import Vereinbarung
from agreements.model.values import OFFEN
from agreements.reading.findings import Befund, Found, Location
from agreements.reading.reading import Beiwerk, Reading
from agreements.store.draft_header import without_draft_header
from agreements.store.journal import decide
from agreements.store.store import Gespeichert

_MOST = 12
"""Places that are told one by one."""


@dataclass(frozen=True, slots=True)
class Returned:
    """Findings on a sheet with a code; `stored` is the record it was printed from where the sheet says what that record prints."""

    befunde: tuple[Befund, ...] = ()
    stored: Gespeichert[Vereinbarung] | None = None


def returned(library: Library, reading: Reading, record: Vereinbarung, found: Sequence[Found]) -> Returned:
    """What a reading's code says against what was read, an effective record; nothing where it has no code."""
    marks = [each for each in reading.beiwerk if each.art == "papercode"]
    codes = dict.fromkeys(code for each in marks if (code := parse(each.text)))
    if not codes:
        return Returned()
    if len(codes) > 1:
        return Returned((_said("warnung", "Auf den Seiten stehen verschiedene Papiercodes; sie stammen nicht aus einem Druck.", marks[0]),))
    code = next(iter(codes))
    judged = _judged(library, code, record, {each.feld for each in found if each.doubtful})
    place = Location(marks[0].page, None, "")
    return replace(judged, befunde=tuple(replace(befund, location=place) for befund in judged.befunde))


def _said(schwere: Any, text: str, mark: Beiwerk | None = None) -> Befund:
    return Befund("unterschrift", schwere, text, location=Location(mark.page if mark else None, None, ""))


def _judged(library: Library, code: Papercode, record: Vereinbarung, unsure: set[str]) -> Returned:
    name = f"{code.jahr}/{code.kennung}"
    if (code.jahr, code.kennung) != (record.jahr, record.kennung):
        other = f"{record.jahr}/{record.kennung}"
        return Returned((_said("warnung", f"Der Papiercode gehört zu {name}, gelesen ist {other}. Es gilt, was dasteht."),))
    try:
        whole = fingerprint(library.filled(undated(record))) == code.summe
        path = library.store.path(code.jahr, code.kennung)
        if not path.is_file():
            return Returned((_alone(name, whole),))
        stored = library.store.load(path)
        draft = library.effective(stored.record, path)
        if fingerprint(library.filled(undated(draft))) != code.summe:
            return Returned((_outdated(name, whole),))
        changed = list(_changed(library, draft, record, unsure))
    except ZvError as error:
        return Returned((_said("warnung", f"Mit dem Entwurf {name}, den der Papiercode nennt, ließ es sich nicht vergleichen: {error}"),))
    return Returned(tuple(_verdict(name, changed)), None if changed else stored)


def _alone(name: str, whole: bool) -> Befund:
    said = "Es steht Wort für Wort da, was gedruckt wurde." if whole else "Gelesen ist nicht Wort für Wort, was gedruckt wurde."
    return _said("hinweis" if whole else "warnung", f"Der Papiercode nennt {name}; dieser Datensatz liegt hier nicht vor. {said}")


def _outdated(name: str, whole: bool) -> Befund:
    said = "Auf dem Blatt steht" if whole else "Auch auf dem Blatt steht nicht"
    other = f"Unterschrieben ist ein anderer Stand von {name}, als der Datensatz heute sagt; er wurde nach dem Druck geändert."
    return _said("warnung", f"{other} {said} Wort für Wort, was gedruckt wurde.")


def _verdict(name: str, changed: Sequence[tuple[str, bool]]) -> Iterator[Befund]:
    """Signed as drafted, or where not; of each place whether it was read for sure."""
    sure = [text for text, certain in changed if certain]
    doubtful = [text for text, certain in changed if not certain]
    if not changed:
        yield _said("hinweis", f"Unterzeichnet wie entworfen: Jedes gelesene Wort ist das des Entwurfs {name}, den der Papiercode nennt. "
                               "Die Unterschriften selbst am Bild ansehen.")  # fmt: skip
    elif not sure:
        yield _said("hinweis", f"Wie entworfen ({name}), soweit sicher gelesen. Am Bild zu vergleichen: {_list(doubtful)}")
    for text in sure[:_MOST]:
        yield _said("warnung", f"Anders als entworfen ({name}): {text}")
    if len(sure) > _MOST:
        yield _said("warnung", f"Anders als entworfen ({name}): {len(sure) - _MOST} weitere Stellen.")
    if sure and doubtful:
        yield _said("hinweis", f"Nicht sicher gelesen und am Bild mit dem Entwurf zu vergleichen: {_list(doubtful)}")


def _list(texts: Sequence[str]) -> str:
    return "; ".join(texts[:_MOST]) + (f" und {len(texts) - _MOST} weitere Stellen" if len(texts) > _MOST else "")


def _changed(library: Library, draft: Vereinbarung, record: Vereinbarung, unsure: set[str]) -> Iterator[tuple[str, bool]]:
    """Every place where the sheet says otherwise than the draft, and whether it was read for sure; days that a pen wrote in are none."""
    for row in compare(library.filled(undated(draft)), library.filled(undated(record))).rows:
        if row.art != "unveraendert":
            yield _words(row), not _fields(row) & unsure
    read = angaben(record)
    for feld, value in angaben(draft).items():
        if feld.endswith(".datum") and value is not OFFEN and read.get(feld) != value:
            texts = [say(feld, each, library.register, record.jahr)[0] for each in (read.get(feld), value)]
            yield f"{label(feld)}: „{texts[0]}“ statt „{texts[1]}“", feld not in unsure


def _fields(row: Row) -> set[str | None]:
    """The Angaben that a paragraph states."""
    return {feld for block in (row.old, row.new) if block for feld in (block.liste, *(span.feld for span in block.spans))}


def _words(row: Row) -> str:
    """What is otherwise in a paragraph, its words in short."""
    text = shortened(next(block.text for block in (row.new, row.old) if block))
    if row.art in _WHOLE:
        return f"„{text}“ {_WHOLE[row.art]}"
    gone, come = (" … ".join(piece.text.strip() for piece in row.pieces if piece.art == art) for art in ("entfallen", "neu"))
    return f"„{come or '–'}“ statt „{gone or '–'}“ in „{text}“"


_WHOLE = {"neu": "ist hinzugekommen", "entfaellt": "fehlt", "verschoben": "steht anderswo"}


# ---------------------------------------------------------------- into the record


def with_signatures(
    library: Library, stored: Gespeichert[Vereinbarung], record: Vereinbarung, found: Sequence[Found]
) -> Gespeichert[Vereinbarung]:
    """The record with the days and looks of its signatures as they were read for sure, signed, and the sheet as its source.

    Only for a sheet that says what the record prints (`Returned.stored`). ChangedError: the file was changed meanwhile.
    """
    unsure = {each.feld for each in found if each.doubtful}
    there = angaben(library.effective(stored.record, stored.path))
    values: dict[str, Any] = {}
    for feld, value in angaben(record).items():
        signed = (feld.endswith(".datum") and isinstance(value, date)) or (feld.endswith(".zustand") and value != "leer")
        if signed and feld not in unsure and there.get(feld) != value:
            values[feld] = value
    values["akte.stand"] = "unterzeichnet"
    if record.akte.quelle:
        values["akte.quelle"] = record.akte.quelle.model_copy(update={"lesart": None})  # only its signatures are read from the sheet
    name = record.akte.quelle.datei if record.akte.quelle else "das unterzeichnete Blatt"
    text = without_draft_header(library.store.edited(stored, values))
    return decide(library.store, stored, text, f"unterzeichnet, Tage und Unterschriften nach {name}")
