"""Notes beside the text of a Word file, each at the paragraph it belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from lxml.etree import _Element
from rapidfuzz import fuzz, process

_ALIKE = 60.0
"""Percent; a paragraph less like the one that a note belongs to is another one, and the note stands at the beginning."""
_DATE = qn("w:date")


@dataclass(frozen=True, slots=True)
class Note:
    """What somebody says of a paragraph, by the text that the paragraph had."""

    wer: str
    text: str
    absatz: str


def put_notes(word: WordDocument, notes: Sequence[Note]) -> None:
    """Puts notes into a Word file: in their order, without the time of day, at the paragraph most like theirs, else at the first."""
    paragraphs = [element for element in word.element.body.iter(qn("w:p")) if element.find(f".//{qn('w:r')}") is not None]
    texts = ["".join(each.text or "" for each in element.iter(qn("w:t"), qn("w:delText"))) for element in paragraphs]
    for note in notes:
        found = process.extractOne(note.absatz, texts, scorer=fuzz.ratio, score_cutoff=_ALIKE)
        _put(word, paragraphs[found[2] if found else 0], note)


def _put(word: WordDocument, element: _Element, note: Note) -> None:
    runs = [Run(run, Paragraph(element, word._body)) for run in element.iter(qn("w:r"))]  # type: ignore[arg-type]
    comment = word.add_comment(runs=[runs[0], runs[-1]], text=note.text, author=note.wer, initials=_initials(note.wer))
    del comment._comment_elm.attrib[_DATE]  # the same note gives the same file


def _initials(wer: str) -> str:
    return "".join(part[0] for part in wer.split())[:4]
