"""An agreement as a Word file: real styles, and a content control around every value."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from io import BytesIO
from itertools import count, groupby
from pathlib import Path
from typing import Final, NamedTuple

from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Mm
from lxml.etree import _Element

from agreements.filling.papercode import ALT
from agreements.model.document import UNTERSCHRIFTEN, Art, Block, Document
from agreements.model.fields import label
from render.papercode import picture
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

CODE: Final = 32
"""Side of the code that survives paper, in millimetres, as in the PDF's style sheet."""

RUN: Final = qn("w:r")
SPACE: Final = qn("xml:space")


def render_word(document: Document, vorlage: Path | None = None) -> bytes:
    """The agreement as .docx, the same bytes for the same document; styles, header and footer from the house template where one is given.

    Raises UnreadableError where the template cannot be opened.
    """
    word = open_base(vorlage, document.entwurf)
    writer = Writer(style_ids(word), text_width(word))
    section = word.element.body[-1]
    for element in writer.body(document.blocks):
        section.addprevious(element)
    if document.papercode:
        section.addprevious(_code(word, writer, document.papercode))
    state_properties(word, document.titel, document.jahr)
    return package(word)


def _code(word: WordDocument, writer: Writer, text: str) -> _Element:
    """A paragraph with the picture of the code, at the right, as on the pages of the PDF."""
    shown = word.part.new_pic_inline(BytesIO(picture(text)), Mm(CODE), Mm(CODE))
    shown.docPr.set("descr", f"{ALT}{text}")
    properties = writer.properties(Look("body text"))
    properties.append(w("jc", val="right"))
    return w("p", properties, w("r", w("drawing", shown)))


class Look(NamedTuple):
    """How a paragraph stands: its style, by the name in lower case that it has in templates/layout/word/styles.xml."""

    style: str
    flags: tuple[str, ...] = ()
    """What holds of the end of its page."""
    before: int | None = None
    """Space above it, where the style does not say."""


def looks(blocks: Sequence[Block]) -> list[Look]:
    """How each block stands; its neighbours decide on its style, and on where a page must, and must not, end."""
    arts = [None, *(block.art for block in blocks), None]
    return [_look(earlier, block, later) for earlier, block, later in zip(arts, blocks, arts[2:], strict=False)]


def _look(earlier: Art | None, block: Block, later: Art | None) -> Look:
    flags = []
    if later != block.art and later in ("punkt", "unterschrift"):
        flags.append("keepNext")  # no list without what introduces it, no signatures on a page of their own
    if (earlier == "titelseite" != block.art) or block.begins_annex:
        flags.append("pageBreakBefore")
    return Look(_style(earlier, block, later), tuple(flags))


def signature_looks(lines: Sequence[Block], above: int) -> list[Look]:
    """How the lines of one signature stand.

    Lines that only the neighbour has above the pen are made up for, so that the names stand level.
    """
    own = sum(line.gruppe == 0 for line in lines)
    spaces = {0: ABOVE, own: PEN + LINE * (above - own)}
    return [Look(_style(None, line, None), (), spaces.get(place)) for place, line in enumerate(lines)]


def signature_rows(blocks: Iterable[Block]) -> list[list[list[Block]]]:
    """The lines of each signature, two signatures a row."""
    columns = [list(lines) for _, lines in groupby(sorted(blocks, key=lambda block: block.column), key=lambda block: block.column)]
    return [columns[start : start + COLUMNS] for start in range(0, len(columns), COLUMNS)]


def lines_above(columns: Iterable[Sequence[Block]]) -> int:
    """How many lines a row of signatures has above the pen."""
    return max(sum(line.gruppe == 0 for line in lines) for lines in columns)


class Bit(NamedTuple):
    """A run of text as it is printed, the value it states, and how that stands."""

    text: str
    feld: str | None
    zustand: str


def bits(block: Block) -> list[Bit]:
    """What is printed of a block: a tab is the line on which the pen writes, and stands behind the number of an Absatz, which hangs."""
    printed = []
    for place, span in enumerate(typeset(block.spans)):
        number = ABSATZ_NUMBER.match(span.text) if block.art == "absatz" and place == 0 else None
        text = f"{span.text[: number.end() - 1]}\t{span.text[number.end() :]}" if number else span.text
        printed.append(Bit("\t" if span.zustand == "leer" else text, None if span.feld == block.liste else span.feld, span.zustand))
    return printed


class Writer:
    """Builds the elements of one document; controls are numbered in the order in which they are made."""

    def __init__(self, styles: dict[str, str], width: int) -> None:
        self._styles = styles
        self._width = width
        self._numbers = count(1)

    def body(self, blocks: Sequence[Block]) -> Iterator[_Element]:
        """Paragraphs, lists in their control, and the signatures as a table."""
        standing = zip(blocks, looks(blocks), strict=True)
        for (signed, liste), group in groupby(standing, key=lambda two: (two[0].art == "unterschrift", two[0].liste)):
            if signed:
                yield self._signatures([block for block, _ in group])
            elif liste:
                yield self._list(liste, list(group))
            else:
                yield from (self._paragraph(*two) for two in group)

    def _list(self, liste: str, entries: list[tuple[Block, Look]]) -> _Element:
        """All entries of a list in one control, so that entries can be added and removed in it."""
        states = {span.zustand for block, _ in entries for span in block.spans}
        return self.control(liste, [self._paragraph(*two) for two in entries], states.pop() if len(states) == 1 else "")

    def _paragraph(self, block: Block, look: Look) -> _Element:
        paragraph = w("p", self.properties(look))
        for bit in bits(block):
            run = self.run(bit.text, bit.zustand)
            paragraph.append(self.control(bit.feld, [run], bit.zustand) if bit.feld else run)
        return paragraph

    def properties(self, look: Look) -> _Element:
        """What makes a paragraph stand so."""
        space = [] if look.before is None else [w("spacing", before=look.before)]
        return w("pPr", w("pStyle", val=self._styles[look.style]), *map(w, look.flags), *space)

    def run(self, text: str, zustand: str, tag: str = "t") -> _Element:
        """Words and tabs; `tag` is what holds the words."""
        return w("r", *self._look(zustand), *(w("tab") if part == "\t" else words(part, tag) for part in re.split("(\t)", text) if part))

    def _look(self, zustand: str) -> list[_Element]:
        match zustand:
            case "offen":
                return [w("rPr", w("rStyle", val=self._styles["placeholder text"]))]
            case "strittig":
                return [w("rPr", w("highlight", val="lightGray"))]
        return []

    def control(self, feld: str, content: list[_Element], zustand: str) -> _Element:
        """A content control, not bound to data: a store beside the text could state another number than the text."""
        properties = [w("alias", val=label(feld)[:LABEL_LENGTH]), w("tag", val=feld), w("id", val=next(self._numbers))]
        if zustand in ("offen", "leer"):
            properties.append(w("showingPlcHdr"))  # what is typed replaces it
        plain = all(element.tag == RUN for element in content)  # LibreOffice leaves out the look, and the changes, of a plain text control
        if feld.endswith(".datum") and plain:
            properties.append(w("date", w("dateFormat", val="d. MMMM yyyy"), w("lid", val="de-DE"), w("calendar", val="gregorian")))
        elif plain and zustand != "offen":
            properties.append(w("text"))
        return w("sdt", w("sdtPr", *properties), w("sdtContent", *content))

    def _signatures(self, blocks: list[Block]) -> _Element:
        return self.signature_table(self._signature_row(columns) for columns in signature_rows(blocks))

    def _signature_row(self, columns: list[list[Block]]) -> _Element:
        above = lines_above(columns)
        return self.signature_row([[self._paragraph(*two) for two in zip(lines, signature_looks(lines, above), strict=True)]
                                   for lines in columns])  # fmt: skip

    def signature_table(self, rows: Iterable[_Element]) -> _Element:
        """A table without borders, two signatures a row; each cell reads from top to bottom, as a screen reader does."""
        width = self._width // COLUMNS
        return w(
            "tbl",
            w(
                "tblPr",
                w("tblW", w=width * COLUMNS, type="dxa"),
                w("tblLayout", type="fixed"),
                w("tblCellMar", w("left", w=0, type="dxa"), w("right", w=GUTTER, type="dxa")),
                w("tblLook", val="0000", firstRow=0, lastRow=0, firstColumn=0, lastColumn=0, noHBand=1, noVBand=1),
                w("tblCaption", val=UNTERSCHRIFTEN),
            ),
            w("tblGrid", *(w("gridCol", w=width) for _ in range(COLUMNS))),
            *rows,
        )

    def signature_row(self, cells: Sequence[Iterable[_Element]], *marks: _Element) -> _Element:
        """The paragraphs of each signature beside the others."""
        width = self._width // COLUMNS
        missing = COLUMNS - len(cells)
        rest = [w("gridAfter", val=missing), w("wAfter", w=missing * width, type="dxa")] if missing else []
        made = (w("tc", w("tcPr", w("tcW", w=width, type="dxa")), *paragraphs) for paragraphs in cells)
        return w("tr", w("trPr", *rest, w("cantSplit"), *marks), *made)


def w(tag: str, *children: _Element, **attributes: str | int) -> _Element:
    """An element of WordprocessingML with its children and attributes."""
    element = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), str(value))
    element.extend(children)
    return element


def _style(earlier: Art | None, block: Block, later: Art | None) -> str:
    first, last = earlier != block.art, later != block.art
    match block.art:
        case "titelseite":
            return "title" if first else "subtitle"
        case "eingang":
            return "eingangsende" if last and not first else "eingang"
        case "ueberschrift":
            return f"heading {min(max(block.level, 1), HEADINGS)}"
        case "punkt":
            return "list bullet"
        case "absatz":
            return "absatz"
        case "text":
            return "body text"
        case "unterschrift":
            return "unterschriftszeile"


def words(text: str, tag: str = "t") -> _Element:
    """A run's text, its blanks kept."""
    element = w(tag)
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
