"""The list of what is still open, values and undecided words: printed behind a draft, and set apart again when that is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from agreements.model.document import ANLAGE, Block, Document, Span
from agreements.model.fields import label
from agreements.reading.reading import Beiwerk, Paragraph, Reading

HEADING = "Anlage zum Entwurf: offene Angaben"
REMARK = "Diese Seite gehört nicht zum Text der Vereinbarung. Sie entfällt, sobald nichts mehr offen ist."
_END = ": offen"


def open_points(document: Document) -> tuple[str, ...]:
    """What is foreseen and not yet agreed, each once, in the order of the document: the heading it stands under, and its name."""
    found: dict[str, str] = {}
    heading = ""
    for block in document.blocks:
        heading = {"unterschrift": "", "ueberschrift": f"{block.text} – "}.get(block.art, heading)
        for span in block.spans:
            if span.zustand == "offen" and span.feld:
                found.setdefault(span.feld, f"{heading}{label(span.feld)}")
    return tuple(found.values())


def with_annex(document: Document) -> Document:
    """A draft with the list behind it; any other document as it is."""
    points = (*open_points(document), *document.strittig)
    if not points:
        return document
    entries = (Block("punkt", (Span(f"{point}{_END}"),), stelle=ANLAGE) for point in points)
    head = (Block("ueberschrift", (Span(HEADING),), level=1, stelle=ANLAGE), Block("text", (Span(REMARK),), stelle=ANLAGE))
    return replace(document, blocks=(*document.blocks, *head, *entries))


def without_annex(reading: Reading) -> Reading:
    """What was read, the list set apart where the document ends with it and with nothing else."""
    texts = [paragraph.text for paragraph in reading.paragraphs]
    begins = next((place for place in reversed(range(len(texts))) if texts[place] == HEADING), None)
    if begins is None or not _is_annex(reading.paragraphs[begins + 1 :]):
        return reading
    rest = tuple(Beiwerk("anlage", paragraph.page, paragraph.text) for paragraph in reading.paragraphs[begins:])
    return replace(reading, paragraphs=reading.paragraphs[:begins], beiwerk=(*reading.beiwerk, *rest))


def _is_annex(paragraphs: Sequence[Paragraph]) -> bool:
    entries = _entries(paragraphs)
    return entries[:1] == [REMARK] and len(entries) > 1 and all(entry.endswith(_END) for entry in entries[1:])


def _entries(paragraphs: Sequence[Paragraph]) -> list[str]:
    """The paragraphs' texts, one that runs over a page's end in one."""
    texts: list[str] = []
    for paragraph in paragraphs:
        if texts and paragraph.continues:
            texts[-1] += f" {paragraph.text}"
        else:
            texts.append(paragraph.text)
    return texts
