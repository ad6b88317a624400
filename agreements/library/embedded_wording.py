"""The wording that travels inside a PDF: what of it goes along, and what it is worth to those who receive it.

Whoever has it already reads with his own; a wording from a file is only used where there is none of that name, and nothing is called
agreed because of it: who changes a clause on the page can change it inside, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from difflib import SequenceMatcher
from pathlib import Path

from agreements.errors import WordingError
from agreements.language.sentences import sentences
from agreements.library.library import Library
from agreements.reading.findings import Befund
from agreements.wording.foreign import parse_foreign_wording, without_remarks
from agreements.wording.units import Slot, Unit, Wording

FILE = re.compile(r"wortlaut-(?P<land>[a-z]{2})-(?P<name>(?:aenderung-)?\d{4})\.j2")
MOST_BYTES = 1 << 16
"""The largest wording known has 13 KB."""


def with_inside(library: Library, name: str, data: bytes) -> tuple[Library, tuple[Befund, ...]]:
    """The library with a wording that lay in a PDF, where it has none of that name itself; findings on one that cannot be used.

    A difference to the wording of that name that is here is a finding for each sentence.
    """
    found = FILE.fullmatch(name)
    assert found is not None
    schluessel = f"{found['land']}/{found['name']}"
    here = library.wording(schluessel) if schluessel in (*library.wordings(), *library.wordings_of_amendments()) else None
    if here and data == without_remarks(here.datei.read_text(encoding="utf-8")).encode():
        return library, ()  # as of nearly every file of our own: to take it apart again takes a tenth of the reading
    try:
        inside = parse_foreign_wording(data, Path(name), schluessel)
    except WordingError as error:
        return library, (unreadable(error.message),)
    if here:
        return library, tuple(_differences(here, inside))
    return replace(library, foreign={schluessel: inside}), ()


def used(foreign: Mapping[str, Wording], schluessel: str | None) -> tuple[Befund, ...]:
    """The finding on a document that was read with the wording inside it."""
    if schluessel not in foreign:
        return ()
    said = (
        f"Gelesen wurde mit dem Wortlaut {schluessel}, der in der Datei selbst liegt; hier gibt es keinen. Ob der Text vom Wortlaut des "
        "Landes abweicht, ist damit nicht geprüft."
    )
    return (Befund("anmerkung", "warnung", said),)


def unreadable(why: str) -> Befund:
    """The finding on a wording inside that is none."""
    return Befund("anmerkung", "warnung", f"Der eingebettete Wortlaut ist nicht zu gebrauchen: {why}")


def _differences(here: Wording, inside: Wording) -> Iterator[Befund]:
    """A finding for each sentence that the one has and the other has not."""
    own, other = ([line for unit in wording.units for line in _sentences(unit)] for wording in (here, inside))
    for tag, first, last, start, end in SequenceMatcher(a=own, b=other, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        for at in range(max(last - first, end - start)):
            expected = own[first + at] if first + at < last else ""
            said = other[start + at] if start + at < end else ""
            told = f"Der eingebettete Wortlaut lautet anders als der hiesige: „{said or '–'}“ statt „{expected or '–'}“."
            yield Befund("widerspruch", "warnung", f"{told} Gelesen wurde mit dem hiesigen.")


def _sentences(unit: Unit) -> Iterator[str]:
    """What a block says, sentence by sentence, its fields by their names."""
    for line in unit.lines:
        text = "".join(f"[{part.path}]" if isinstance(part, Slot) else part for part in line)
        yield from (text[start:end] for start, end in sentences(text))
