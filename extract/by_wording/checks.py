"""What a document says beside its match: content controls that name other Angaben, targets that its wording has no place for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from agreements.matching.record import Match
from agreements.model.document import Document
from agreements.model.fields import kind_at, label
from agreements.reading.findings import Befund, locations_of
from agreements.reading.reading import Paragraph, Reading
from agreements.register.register import Register
from extract.by_grammar.blocks import pieces_of
from extract.by_grammar.sections import sections_of
from extract.by_grammar.target_elements import Setting
from extract.by_grammar.targets import agreed


class _Letter(NamedTuple):
    """A letter of the file with the tag of the control around it."""

    sign: str
    tag: str | None


def contradictions(paragraphs: Sequence[Paragraph], document: Document) -> tuple[Befund, ...]:
    """A finding for each control whose text was read as another Angabe than its tag names; `document` prints what was read.

    None where the document does not say the file's words one by one: then nothing is certain about their places.
    """
    letters = [_Letter(sign, word.tag) for paragraph in paragraphs for word in paragraph.words for sign in word.text]
    fields = [(sign, span.feld) for block in document.blocks for span in block.spans for sign in span.text if not sign.isspace()]
    if [letter.sign for letter in letters] != [sign for sign, _ in fields]:
        return ()
    return tuple(_contradictions(letters, [feld for _, feld in fields]))


def _contradictions(letters: Sequence[_Letter], fields: Sequence[str | None]) -> Iterator[Befund]:
    for tag, group in groupby(zip(letters, fields, strict=True), key=lambda pair: pair[0].tag):
        pairs = list(group)
        met = sorted({feld for _, feld in pairs if feld})
        if tag is None or kind_at(tag) is None or tag in met:  # other programs' controls have tags of their own
            continue
        text = "".join(letter.sign for letter, _ in pairs)
        said = f"„{text}“ steht in einem Inhaltssteuerelement für „{label(tag)}“; es gilt die Stelle im Text."
        yield from (Befund("widerspruch", "hinweis", said, feld) for feld in met)


def unforeseen(matched: Match, reading: Reading, register: Register) -> Iterator[Befund]:
    """A warning for each target that an inserted paragraph plainly agrees, and that was read nowhere."""
    record = matched.record
    if not any(departure.art == "eingefuegt" and departure.alt is None for departure in record.abweichungen):
        return
    setting = Setting(record.jahr, names=register.find(record.traeger, record.jahr).forms)
    read = {found.feld for found in matched.found}
    for feld, candidates in agreed(sections_of(pieces_of(reading)), setting).items():
        candidate = next((each for each in candidates if each.target.framed and each.target.zielwert and not each.doubts), None)
        if candidate and feld not in read:
            text = f"Das Dokument sagt „{candidate.text}“; an dieser Stelle sieht der Wortlaut die Angabe nicht vor."
            yield Befund("fehlt", "warnung", text, feld, location=locations_of(candidate.words, candidate.text)[0])
