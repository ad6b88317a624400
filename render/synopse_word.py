"""A Synopse as a Word file, A4 across: real headings and styles, tables whose first row is repeated on every page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.shared import Pt
from lxml.etree import _Element

from agreements.comparing.texts import Piece
from render.synopse import Cell, Section, Synopse, Value, sections, values
from render.typography import no_break
from render.word import package, state_properties, text_width, w, words
from render.wordbase import open_base, style_ids

BORDER: Final[dict[str, str | int]] = {"val": "single", "sz": 6, "space": 0, "color": "888888"}
HEAD: Final[dict[str, str | int]] = {"val": "clear", "color": "auto", "fill": "E9E9E9"}
SIDES: Final = (1, 1)
ANGABEN: Final = (28, 27, 27, 18)
"""Widths of the columns, in parts of the line."""


def render_synopse_word(synopse: Synopse) -> bytes:
    """The Synopse as .docx, the same bytes for the same comparison."""
    word = open_base(None, entwurf=False)
    _turn(word)
    _add_styles(word)
    writer = _Writer(style_ids(word), text_width(word))
    end = word.element.body[-1]
    for element in writer.body(synopse):
        end.addprevious(element)
    state_properties(word, synopse.titel, synopse.comparison.new.jahr)
    return package(word)


def _turn(word: WordDocument) -> None:
    section = word.sections[-1]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width


def _add_styles(word: WordDocument) -> None:
    """What a Synopse needs beside the agreement's styles: smaller text in cells, what goes, what comes."""
    text = word.styles.add_style("Synopsentext", WD_STYLE_TYPE.PARAGRAPH)
    text.base_style = next(style for style in word.styles if style.name == "Body Text")
    text.font.size = Pt(9.5)
    text.paragraph_format.space_after = Pt(2)
    text.paragraph_format.space_before = Pt(2)
    word.styles.add_style("Entfällt", WD_STYLE_TYPE.CHARACTER).font.italic = True
    word.styles.add_style("Neu", WD_STYLE_TYPE.CHARACTER).font.bold = True


class _Writer:
    """Builds the elements of one Synopse."""

    def __init__(self, styles: dict[str, str], width: int) -> None:
        self._styles = styles
        self._width = width

    def body(self, synopse: Synopse) -> Iterator[_Element]:
        yield self._plain("heading 1", synopse.titel)
        yield self._plain("body text", synopse.summary, "neu")
        yield self._plain("body text", "Links kursiv steht, was entfällt; rechts fett, was hinzukommt.")
        if synopse.hinweise:
            yield self._plain("heading 2", "Hinweise")
            yield from (self._plain("list bullet", hinweis) for hinweis in synopse.hinweise)
        for section in sections(synopse):
            yield from self._section(section, synopse)
        yield self._plain("heading 2", "Angaben")
        yield from self._values(values(synopse.comparison.angaben), synopse)

    def _section(self, section: Section, synopse: Synopse) -> Iterator[_Element]:
        yield self._plain("heading 2" if section.ebene == 1 else "heading 3", section.titel)
        if section.whole:
            yield self._plain("body text", "unverändert")
        elif section.lines:
            rows = [[self._cell(line.left), self._cell(line.right)] for line in section.lines]
            yield self._table(section.titel, (synopse.links, synopse.rechts), rows, SIDES)

    def _values(self, found: Sequence[Value], synopse: Synopse) -> Iterator[_Element]:
        if not found:
            yield self._plain("body text", "Alle Angaben sind gleich.")
            return
        head = ("Angabe", synopse.links, synopse.rechts, "Unterschied")
        rows = [[self._plain("synopsentext", value.name), self._runs(value.left), self._runs(value.right),
                 self._plain("synopsentext", value.um or "–")] for value in found]  # fmt: skip
        yield self._table("Angaben", head, rows, ANGABEN)
        yield self._plain("synopsentext", "Unterschied: neuer Wert weniger alter Wert.")  # Word wants a paragraph behind the last table

    def _cell(self, cell: Cell) -> _Element:
        if cell.note:
            return self._plain("synopsentext", cell.note)
        return self._runs((Piece("– ", "gleich"), *cell.pieces) if cell.punkt else cell.pieces)

    def _runs(self, pieces: Iterable[Piece]) -> _Element:
        looks = {"entfallen": "entfällt", "neu": "neu", "gleich": ""}
        return self._paragraph("synopsentext", *(self._run(piece.text, looks[piece.art]) for piece in pieces))

    def _plain(self, style: str, text: str, look: str = "") -> _Element:
        return self._paragraph(style, *([self._run(text, look)] if text else []))

    def _run(self, text: str, look: str) -> _Element:
        return w("r", *([w("rPr", w("rStyle", val=self._styles[look]))] if look else []), words(no_break(text)))

    def _paragraph(self, style: str, *runs: _Element) -> _Element:
        return w("p", w("pPr", w("pStyle", val=self._styles[style])), *runs)

    def _table(self, titel: str, head: Sequence[str], rows: Iterable[Sequence[_Element]], parts: Sequence[int]) -> _Element:
        """A table whose first row says what its columns are, again on every page."""
        widths = [self._width * part // sum(parts) for part in parts]
        edges = [w(edge, **BORDER) for edge in ("top", "left", "bottom", "right", "insideH", "insideV")]
        properties = w(
            "tblPr",
            w("tblW", w=sum(widths), type="dxa"),
            w("tblBorders", *edges),
            w("tblLayout", type="fixed"),
            w("tblCellMar", w("left", w=100, type="dxa"), w("right", w=100, type="dxa")),
            w("tblLook", val="0020", firstRow=1, lastRow=0, firstColumn=0, lastColumn=0, noHBand=1, noVBand=1),
            w("tblCaption", val=titel),
        )
        first = w("tr", w("trPr", w("cantSplit"), w("tblHeader")), *self._cells([self._plain("synopsentext", name, "neu") for name in head],
                                                                              widths, w("shd", **HEAD)))  # fmt: skip
        return w("tbl", properties, w("tblGrid", *(w("gridCol", w=width) for width in widths)), first,
                 *(w("tr", *self._cells(row, widths)) for row in rows))  # fmt: skip

    def _cells(self, content: Sequence[_Element], widths: Sequence[int], *look: _Element) -> Iterator[_Element]:
        for paragraph, width in zip(content, widths, strict=True):
            yield w("tc", w("tcPr", w("tcW", w=width, type="dxa"), *(w("shd", **HEAD) for _ in look)), paragraph)
