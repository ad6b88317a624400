"""What a document says of a target that its wording has no place for: the sentence is kept as a departure, the Angabe would be lost."""

from __future__ import annotations

from collections.abc import Iterator

from agreements.matching.record import Match
from agreements.reading.findings import Befund, locations_of
from agreements.reading.reading import Reading
from agreements.register.register import Register
from extract.by_grammar.blocks import pieces_of
from extract.by_grammar.record import names_of
from extract.by_grammar.sections import sections_of
from extract.by_grammar.target_elements import Setting
from extract.by_grammar.targets import agreed


def unforeseen(matched: Match, reading: Reading, register: Register) -> Iterator[Befund]:
    """A warning for each target that an inserted paragraph plainly agrees, and that was read nowhere."""
    record = matched.record
    if not any(departure.art == "eingefuegt" and departure.alt is None for departure in record.abweichungen):
        return
    row = register.find(record.traeger, record.jahr)
    setting = Setting(record.jahr, names=names_of(row))
    read = {found.feld for found in matched.found}
    for feld, candidates in agreed(sections_of(pieces_of(reading)), setting).items():
        candidate = next((each for each in candidates if each.target.framed and each.target.zielwert and not each.doubts), None)
        if candidate and feld not in read:
            text = f"Das Dokument sagt „{candidate.text}“; an dieser Stelle sieht der Wortlaut die Angabe nicht vor."
            yield Befund("fehlt", "warnung", text, feld, location=locations_of(candidate.words, candidate.text)[0])
