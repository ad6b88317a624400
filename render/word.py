"""An agreement as a Word file: real styles, and a content control around every value."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import datetime
from io import BytesIO
from itertools import count, groupby
from pathlib import Path
from typing import Final

from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu
from lxml.etree import _Element

from agreements.annex import begins_annex
from agreements.document import Art, Block, Document, Span
from agreements.model import label
from render.typography import typeset
from render.wordbase import open_base, style_ids

HEADINGS: Final = 3
"""Levels of headings; the text kept of a foreign document may go deeper, and is shown like the third."""

LABEL_LENGTH: Final = 64
"""Word reports a file as damaged whose content control has a longer title."""

ABSATZ_NUMBER: Final = re.compile(r"\(\d+[a-z]?\)[ \N{NO-BREAK SPACE}]")

COLUMNS: Final = 2
"""Signatures side by side; more stand below, in a further row."""

GUTTER: Final = 340
"""Right of a signature, in twentieths of a point, as all lengths here."""

ABOVE: Final = 520
"""Between the text and the signatures, and between two rows of them."""

PEN: Final = 964
"""Free to sign in: 17 mm."""

LINE: Final = 368
"""Height of a signature line with the space below it."""

RUN: Final = qn("w:r")
SPACE: Final = qn("xml:space")


def render_word(document: Document, vorlage: Path | None = None) -> bytes:
    """The agreement as .docx, the same bytes for the same document; styles, header and footer from the house template where one is given.

    Raises UnreadableError where the template cannot be opened.
    """
    word = open_base(vorlage, document.entwurf)
    writer = _Writer(style_ids(word), text_width(word))
    section = word.element.body[-1]
    for element in writer.body(document.blocks):
        section.addprevious(element)
    state_properties(word, document.titel, document.jahr)
    return package(word)


class _Writer:
    """Builds the elements of one document; controls are numbered in the order in which they are made."""

    def __init__(self, styles: dict[str, str], width: int) -> None:
        self._styles = styles
        self._width = width
        self._numbers = count(1)

    def body(self, blocks: Sequence[Block]) -> Iterator[_Element]:
        """Paragraphs, lists in their control, and the signatures as a table."""
        neighbours = zip((None, *blocks), blocks, (*blocks[1:], None), strict=False)
        for (signed, liste), group in groupby(neighbours, key=lambda three: (three[1].art == "unterschrift", three[1].liste)):
            if signed:
                yield self._signatures([block for _, block, _ in group])
            elif liste:
                yield self._list(liste, list(group))
            else:
                yield from (self._block(*three) for three in group)

    def _list(self, liste: str, entries: list[tuple[Block | None, Block, Block | None]]) -> _Element:
        """All entries of a list in one control, so that entries can be added and removed in it."""
        states = {span.zustand for _, block, _ in entries for span in block.spans}
        return self._control(liste, [self._block(*three) for three in entries], states.pop() if len(states) == 1 else "")

    def _block(self, before: Block | None, block: Block, after: Block | None) -> _Element:
        """One paragraph; its neighbours decide on its style, and on where a page must, and must not, end."""
        earlier, later = (neighbour.art if neighbour else None for neighbour in (before, after))
        properties = []
        if later != block.art and later in ("punkt", "unterschrift"):
            properties.append(w("keepNext"))  # no list without what introduces it, no signatures on a page of their own
        if (earlier == "titelseite" != block.art) or begins_annex(block):
            properties.append(w("pageBreakBefore"))
        return self._paragraph(_style(earlier, block, later), block, *properties)

    def _paragraph(self, style: str, block: Block, *properties: _Element) -> _Element:
        paragraph = w("p", w("pPr", w("pStyle", val=self._styles[style]), *properties))
        for place, span in enumerate(typeset(block.spans)):
            number = ABSATZ_NUMBER.match(span.text) if block.art == "absatz" and place == 0 else None
            run = self._run(span, number.end() if number else 0)
            paragraph.append(self._control(span.feld, [run], span.zustand) if span.feld and span.feld != block.liste else run)
        return paragraph

    def _run(self, span: Span, number: int) -> _Element:
        """The span's words, or the line on which the pen writes; an Absatz hangs behind its number, a tab in place of the blank."""
        if span.zustand == "leer":
            return w("r", w("tab"))
        look = [w("rPr", w("rStyle", val=self._styles["placeholder text"]))] if span.zustand == "offen" else []
        hanging = [words(span.text[:number - 1]), w("tab")] if number else []
        rest = [words(span.text[number:])] if number < len(span.text) else []
        return w("r", *look, *hanging, *rest)

    def _control(self, feld: str, content: list[_Element], zustand: str) -> _Element:
        """A content control, not bound to data: a store beside the text could state another number than the text."""
        properties = [w("alias", val=label(feld)[:LABEL_LENGTH]), w("tag", val=feld), w("id", val=next(self._numbers))]
        if zustand:
            properties.append(w("showingPlcHdr"))  # what is typed replaces it
        if feld.endswith(".datum"):
            properties.append(w("date", w("dateFormat", val="d. MMMM yyyy"), w("lid", val="de-DE"), w("calendar", val="gregorian")))
        elif content[0].tag == RUN and zustand != "offen":  # LibreOffice leaves out the look of a plain text control
            properties.append(w("text"))
        return w("sdt", w("sdtPr", *properties), w("sdtContent", *content))

    def _signatures(self, blocks: list[Block]) -> _Element:
        """A table without borders, two signatures a row; each cell reads from top to bottom, as a screen reader does."""
        width = self._width // COLUMNS
        columns = [list(lines) for _, lines in groupby(sorted(blocks, key=lambda block: block.spalte), key=lambda block: block.spalte)]
        rows = [columns[start:start + COLUMNS] for start in range(0, len(columns), COLUMNS)]
        return w(
            "tbl",
            w(
                "tblPr",
                w("tblW", w=width * COLUMNS, type="dxa"),
                w("tblLayout", type="fixed"),
                w("tblCellMar", w("left", w=0, type="dxa"), w("right", w=GUTTER, type="dxa")),
                w("tblLook", val="0000", firstRow=0, lastRow=0, firstColumn=0, lastColumn=0, noHBand=1, noVBand=1),
                w("tblCaption", val="Unterschriften"),
            ),
            w("tblGrid", *(w("gridCol", w=width) for _ in range(COLUMNS))),
            *(self._signature_row(row, width) for row in rows),
        )

    def _signature_row(self, columns: list[list[Block]], width: int) -> _Element:
        above = max(sum(line.gruppe == 0 for line in lines) for lines in columns)
        missing = COLUMNS - len(columns)
        rest = [w("gridAfter", val=missing), w("wAfter", w=missing * width, type="dxa")] if missing else []
        return w("tr", w("trPr", *rest, w("cantSplit")), *(self._signature(lines, above, width) for lines in columns))

    def _signature(self, lines: list[Block], above: int, width: int) -> _Element:
        """One signature; lines that only the neighbour has above the pen are made up for, so that the names stand level."""
        own = sum(line.gruppe == 0 for line in lines)
        cell = w("tc", w("tcPr", w("tcW", w=width, type="dxa")))
        spaces = {0: ABOVE, own: PEN + LINE * (above - own)}
        for place, line in enumerate(lines):
            space = [w("spacing", before=spaces[place])] if place in spaces else []
            cell.append(self._paragraph(_style(None, line, None), line, *space))
        return cell


def w(tag: str, *children: _Element, **attributes: str | int) -> _Element:
    """An element of WordprocessingML with its children and attributes."""
    element = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), str(value))
    element.extend(children)
    return element


def _style(earlier: Art | None, block: Block, later: Art | None) -> str:
    """Name, in lower case, of a style in templates/layout/word/styles.xml."""
    first, last = earlier != block.art, later != block.art
    match block.art:
        case "titelseite":
            return "title" if first else "subtitle"
        case "eingang":
            return "eingangsende" if last and not first else "eingang"
        case "ueberschrift":
            return f"heading {min(max(block.ebene, 1), HEADINGS)}"
        case "punkt":
            return "list bullet"
        case "absatz":
            return "absatz"
        case "text":
            return "body text"
        case "unterschrift":
            return "unterschriftszeile"


def words(text: str) -> _Element:
    """A run's text, its blanks kept."""
    element = w("t")
    element.text = text
    element.set(SPACE, "preserve")
    return element


def text_width(word: WordDocument) -> int:
    """Width between the margins."""
    section = word.sections[-1]
    return int(Emu((section.page_width or 0) - (section.left_margin or 0) - (section.right_margin or 0)).twips)


def state_properties(word: WordDocument, titel: str, jahr: int) -> None:
    """Title and language, for screen readers and archives; the dates come from the year, so that the bytes do not depend on the day."""
    properties = word.core_properties
    properties._element[:] = []
    properties.title = titel
    properties.language = "de-DE"
    properties.created = properties.modified = datetime(jahr, 1, 1)


def package(word: WordDocument) -> bytes:
    """The file's bytes, with a fixed time stamp in place of the clock's."""
    written, fixed = BytesIO(), BytesIO()
    word.save(written)
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(fixed, "w") as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.create_system = 0
            target.writestr(entry, source.read(name), zipfile.ZIP_DEFLATED)
    return fixed.getvalue()
