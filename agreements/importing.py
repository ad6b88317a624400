"""What becomes of a document that was read: a new record, nothing, or its difference from the record that is there."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any, Literal

from rapidfuzz.distance import Levenshtein

from agreements.agreement import Library
from agreements.errors import UnreadableError
from agreements.model import OFFEN, Abweichung, Vereinbarung, angaben, label
from agreements.saying import ABSENT, say
from agreements.store import Store

_SHA256 = re.compile(rb"^ +sha256: '?([0-9a-f]{64})", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Difference:
    """What the record says, and what the document says, one text a paragraph."""

    name: str
    """Of an Angabe, for officials; of a departure or of kept text where there is no Angabe."""
    alt: tuple[str, ...]
    neu: tuple[str, ...]
    feld: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """`neu`: the record was written; `bekannt`: the record is this very file's; `vorhanden`: it is another file's and was left alone."""

    art: Literal["neu", "bekannt", "vorhanden"]
    path: Path
    differences: tuple[Difference, ...] = ()


def digest(path: Path) -> str:
    """The SHA-256 of a file of any size; UnreadableError where it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError as error:
        raise UnreadableError("Die Datei gibt es nicht.", datei=path, abhilfe="Den Namen prüfen.") from error
    except OSError as error:
        raise UnreadableError("Die Datei lässt sich nicht lesen.", datei=path, abhilfe="Prüfen, ob man sie lesen darf.") from error


def imported(store: Store) -> dict[str, Path]:
    """The record made from each file, by the file's SHA-256; records are searched, not parsed."""
    paths = sorted(store.ordner.glob("agreements/[12][0-9][0-9][0-9]/*.yaml"))
    return {found[1].decode(): path for path in paths for found in _SHA256.finditer(path.read_bytes())}


def place(store: Store, record: Vereinbarung) -> Path:
    """Where a record belongs in the folder."""
    return store.ordner / f"agreements/{record.jahr}/{record.traeger}.yaml"


def take(library: Library, record: Vereinbarung, *, header: str = "", comments: Mapping[str, str] | None = None) -> Outcome:
    """Keeps an effective record where there is none of its Träger and year yet; never writes over one.

    RecordError: the record that is there does not follow the schema. ZvError: the disk refuses.
    """
    path = place(library.store, record)
    if not path.exists():
        return Outcome("neu", library.store.save(library.own(record), path, header=header, comments=comments))
    there = library.store.load(path).record
    if there.akte.quelle and record.akte.quelle and there.akte.quelle.sha256 == record.akte.quelle.sha256:
        return Outcome("bekannt", path)
    return Outcome("vorhanden", path, differences(library, library.effective(there, path), record))


def differences(library: Library, old: Vereinbarung, new: Vereinbarung) -> tuple[Difference, ...]:
    """Where two effective records of one Träger and year say something else: Angaben, wording, departures, kept text."""
    return (*_values(library, old, new), *_wording(old, new), *_departures(old, new), *_texts(old, new))


def _values(library: Library, old: Vereinbarung, new: Vereinbarung) -> tuple[Difference, ...]:
    before, after = angaben(old), angaben(new)
    changed = [feld for feld in dict.fromkeys((*before, *after)) if before.get(feld) != after.get(feld)]

    def said(feld: str, values: Mapping[str, Any]) -> tuple[str, ...]:
        return say(feld, values.get(feld), library.register, new.jahr)

    return tuple(Difference(label(feld), said(feld, before), said(feld, after), feld)
                 for feld in changed if not _is_blank(feld, before, after))  # fmt: skip


def _is_blank(feld: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Whether a date waits for the pen in the one, and the other does not speak of it."""
    return feld.endswith(".datum") and {before.get(feld), after.get(feld)} <= {None, OFFEN}


def _wording(old: Vereinbarung, new: Vereinbarung) -> tuple[Difference, ...]:
    if old.wortlaut == new.wortlaut:
        return ()
    return (Difference("Wortlaut", (old.wortlaut or ABSENT,), (new.wortlaut or ABSENT,)),)


def _departures(old: Vereinbarung, new: Vereinbarung) -> tuple[Difference, ...]:
    gone = [each for each in old.abweichungen if each not in new.abweichungen]
    come = [each for each in new.abweichungen if each not in old.abweichungen]
    return (*(Difference(f"Abweichung {each.stelle}", _said(each), (ABSENT,)) for each in gone),
            *(Difference(f"Abweichung {each.stelle}", (ABSENT,), _said(each)) for each in come))  # fmt: skip


def _said(departure: Abweichung) -> tuple[str, ...]:
    match departure.art:
        case "ersetzt":
            return (f"„{departure.neu}“ statt „{departure.alt}“",)
        case "gestrichen":
            return (f"„{departure.alt or departure.stelle}“ fehlt",)
        case "eingefuegt":
            return (f"„{departure.neu}“ ist eingefügt",)
        case "verschoben":
            return (f"steht hinter {departure.neu}",)


def _texts(old: Vereinbarung, new: Vereinbarung) -> tuple[Difference, ...]:
    """Where kept texts differ, paragraph by paragraph; only where both keep theirs."""
    if not (old.text and new.text):
        return ()
    before, after = ([block.text for block in record.text] for record in (old, new))
    changed = [step for step in Levenshtein.opcodes(before, after) if step.tag != "equal"]
    runs = ((before[step.src_start : step.src_end], after[step.dest_start : step.dest_end]) for step in changed)
    pairs = (pair for gone, come in runs for pair in zip_longest(gone, come, fillvalue=ABSENT))
    return tuple(Difference("Text", (left,), (right,)) for left, right in pairs)
