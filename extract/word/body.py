"""Walking the XML of a Word file: which paragraphs and tables stand in it, with what finally counts as their text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from lxml import etree

from agreements.filling.papercode import ALT, parse
from agreements.reading.doubts import Doubt
from extract.files.colours import WHITE
from extract.word.bound_data import Stores
from extract.word.controls import Controls
from extract.word.drawings import chosen, drawn, text_boxes
from extract.word.elements import Cell, Item, Para, Table
from extract.word.fields import Field, begun, is_dirty, whole_fields
from extract.word.lists import Lists
from extract.word.styles import OFF, W, is_on, value, whole
from extract.word.surroundings import DELETED, TURNED, Where, change_of, changed, within
from extract.word.table_styles import CellStyle, TableStyle
from extract.word.text import BREAK, PAGE, TAB, Piece, meant, plain, signs
from extract.word.visibility import Faces, Height, Place

_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_V = "{urn:schemas-microsoft-com:vml}"
_W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_PROPERTIES = frozenset(
    W + name for name in ("pPr", "rPr", "sdtPr", "sdtEndPr", "tblPr", "tblGrid", "tblPrEx", "trPr", "tcPr", "sectPr", "smartTagPr")
)
_PICTURES = frozenset((W + "drawing", W + "pict", W + "object", W + "contentPart"))
_FORMULAS = frozenset(
    _M + name for name in ("f", "sSup", "sSub", "sSubSup", "sPre", "rad", "nary", "d", "m", "eqArr", "func", "limLow", "limUpp")
)
"""What sets letters of a formula elsewhere than one behind the other, or draws more than letters."""
_HEIGHTS: Mapping[str, Height] = {_M + "sup": "hoch", _M + "sub": "tief"}
_DROPPED = ("drop", "margin")
_MARGIN = 1417
"""Twips beside the text where a file says nothing: 2.5 cm, as German Word has it."""
_EMBEDDED = "Ein eingebettetes Dokument wurde nicht gelesen."
_REFERENCES = (W + "footnoteReference", W + "endnoteReference")
_PRIVATE = range(0xF000, 0xF100)
"""Where fonts without Unicode keep their signs."""


NO_STORES = Stores()


class Story:
    """Reads one part of a Word file (body, header, notes) from its root element."""

    def __init__(
        self, root: etree._Element, faces: Faces, lists: Lists, stores: Stores = NO_STORES, parts: Callable[[str], str] = lambda part: ""
    ) -> None:
        self._part_text = parts
        self._faces = faces
        self._styles = faces.styles
        self._lists = lists
        self._space = root.get(_XML_SPACE) == "preserve"
        self._whole_fields = whole_fields(root)
        self._ground = WHITE if root.find(W + "background") is None else None
        self._margin = max((whole(value(margins, "left")) or 0 for margins in root.iter(W + "pgMar")), default=_MARGIN)
        self._fields: list[Field] = []
        self.pages = False
        """Whether a page number was met."""
        self.skipped: list[str] = []
        """German sentences on what could not be read."""
        self._controls = Controls(self._styles, stores, self.skipped)
        self._inline: dict[str, Callable[[etree._Element, Para, Where], None]] = {
            W + "r": self._run,
            _M + "r": self._run,
            W + "sdt": self._control,
            W + "fldSimple": self._simple_field,
            W + "commentReference": lambda element, para, where: para.remark("comment", element.get(W + "id", "")),
            W + "footnoteReference": lambda element, para, where: self._note_reference("footnotes", element, para, where),
            W + "endnoteReference": lambda element, para, where: self._note_reference("endnotes", element, para, where),
            W + "t": self._text,
            W + "delText": self._text,
            _M + "t": self._text,
            W + "tab": lambda element, para, where: self._emit(TAB, para, where),
            W + "ptab": lambda element, para, where: self._emit(TAB, para, where),
            W + "cr": lambda element, para, where: self._emit(BREAK, para, where),
            W + "br": lambda element, para, where: self._emit(_break(element), para, where),
            W + "noBreakHyphen": lambda element, para, where: self._emit("-", para, where),
            W + "sym": self._symbol,
            W + "fldChar": self._field_mark,
            W + "instrText": self._instruction,
            W + "subDoc": lambda element, para, where: self.skipped.append(_EMBEDDED),
            W + "rt": lambda element, para, where: None,  # the small reading above a word
            _MC + "AlternateContent": lambda element, para, where: self._children(chosen(element), para, where),
        }

    def items(self, container: etree._Element) -> list[Item]:
        """Paragraphs and tables of the container, in order."""
        return self._items(container, Where(place=Place(ground=self._ground)))

    def _items(self, container: etree._Element, where: Where) -> list[Item]:
        items: list[Item] = []
        open_paras: list[Para] = []  # paragraphs whose mark was deleted, waiting for the one that follows
        going_on: Para | None = None  # one whose mark nobody sees
        for element, place in self._blocks(container, where):
            if element.tag == W + "tbl":
                items += [self._closed(para) for para in open_paras]
                open_paras.clear()
                going_on = None
                items.append(self._table(element, place))
                continue
            para = self._para(element, place)
            if open_paras:
                open_paras.pop().precede(para)
            deleted, hidden = self._mark_deleted(element, para), self._mark_hidden(para)
            deleted |= value(element.find(f"{W}pPr/{W}framePr"), "dropCap") in _DROPPED  # a large letter that the next paragraph goes on
            if going_on is not None:
                going_on.go_on(para)
            elif deleted or (hidden and not any(piece.text.strip() for piece in para.pieces)):
                open_paras.append(para)
            else:
                items.append(self._closed(para))
                going_on = para
            going_on = going_on if hidden else None
        return items + [self._closed(para) for para in open_paras]

    def _blocks(self, container: etree._Element, where: Where) -> Iterator[tuple[etree._Element, Where]]:
        """Paragraphs and tables in the container and in whatever wraps them."""
        for element in container:
            if element.tag in (W + "p", W + "tbl"):
                yield element, where
            elif element.tag == W + "sdt":
                for content in element.iterfind(W + "sdtContent"):
                    yield from self._blocks(content, self._controls.within(element, where))
            elif element.tag in (W + "altChunk", W + "subDoc"):
                self.skipped.append(_EMBEDDED)
            elif element.tag == _MC + "AlternateContent":
                yield from self._blocks(chosen(element), where)
            elif element.tag not in _PROPERTIES:
                yield from self._blocks(element, within(element, where))

    def _para(self, element: etree._Element, where: Where) -> Para:
        direct = element.find(W + "pPr")
        para = Para(look=self._styles.look(direct, self._lists))
        para.contents = where.contents or para.look.contents
        style = para.look.style
        turned = self._styles.paragraph_property(direct, style, "bidi")
        seen = where.seen or (TURNED if turned is not None and is_on(turned) else ())
        if para.look.left < -self._margin:
            seen = (*seen, Doubt("reicht-ueber-den-rand"))
        ground = self._faces.ground(direct, style, where.place.ground)
        place = where.place._replace(ground=ground, style=style, line=para.look.line)
        para.mark = (element.find(f"{W}pPr/{W}rPr"), place)
        inside = where._replace(bold=para.look.bold, face=self._faces.of(None, place), place=place, seen=seen)
        self._children(element, para, inside)
        if (
            direct is not None
            and (collapsed := direct.find(_W15 + "collapsed")) is not None
            and (collapsed.get(_W15 + "val") or "1") not in OFF
        ):
            self.skipped.append(f"Unter „{plain(para.pieces)}“ ist der Text in Word eingeklappt; er wurde gelesen.")
        return para

    def _closed(self, para: Para) -> Para:
        """The paragraph with the label that its list gives it."""
        label = self._lists.label(*para.look.number) if para.look.number else None
        if label is not None:
            para.bullet = label.bullet
            face = self._faces.of(para.mark[0], para.mark[1], label.look)
            vanish = None if label.look is None else label.look.find(W + "vanish")
            if label.bullet:
                return para
            if face.unseen or (is_on(vanish) if vanish is not None else face.hidden):
                para.remark("hidden", label.text)
            else:
                para.number = signs(label.text, face.fonts)
                para.number_face = face
        return para

    def _mark_hidden(self, para: Para) -> bool:
        """Whether nobody sees the paragraph's mark, so that the next one goes on behind it."""
        direct, place = para.mark
        special = None if direct is None else direct.find(W + "specVanish")
        return self._styles.toggled(direct, place.style, "vanish", place.table)[0] or (special is not None and is_on(special))

    @staticmethod
    def _mark_deleted(element: etree._Element, para: Para) -> bool:
        """Whether the paragraph's mark was deleted, so that the next one goes on in it; tracks a change of the mark alone."""
        deleted = False
        for mark in element.iterfind(f"{W}pPr/{W}rPr/*"):
            change = change_of(mark)
            if change is not None and all(known != change for known, _ in para.changes):
                para.track(change, "¶")
            deleted |= mark.tag in DELETED
        return deleted

    def _table(self, table: etree._Element, where: Where) -> Table:
        properties = table.find(W + "tblPr")
        name = value(properties.find(W + "tblCaption")) if properties is not None else None
        rows = list(self._wrapped(table, W + "tr", where))
        style = TableStyle(self._styles, properties, len(rows))
        mirrored = None if properties is None else properties.find(W + "bidiVisual")
        read = [self._row(row, place, at, style) for at, (row, place) in enumerate(rows)]
        if mirrored is not None and is_on(mirrored):
            width = max((cell.end for row in read for cell in row), default=0)
            read = [[replace(cell, start=width - cell.end, end=width - cell.start) for cell in reversed(row)] for row in read]
        return Table(read, name or "")

    def _row(self, row: etree._Element, where: Where, at: int, style: TableStyle) -> list[Cell]:
        properties = row.find(W + "trPr")
        start = 0 if properties is None else whole(value(properties.find(W + "gridBefore"))) or 0
        height = None if properties is None else properties.find(W + "trHeight")
        exact = whole(value(height)) if value(height, "hRule") == "exact" else None
        found = list(self._wrapped(row, W + "tc", changed(properties, where)))
        spans = [max(1, whole(value(cell.find(f"{W}tcPr/{W}gridSpan"))) or 1) for cell, _ in found]
        cells: list[Cell] = []
        for (cell, place), span in zip(found, spans, strict=True):
            looks = style.cell(at, start, start + span, sum(spans))
            cells.append(Cell(start, self._items(cell, self._in_cell(cell, place, looks, exact)), start + span))
            start += span
        return cells

    def _in_cell(self, cell: etree._Element, where: Where, looks: CellStyle, exact: int | None) -> Where:
        """What holds inside a cell."""
        own = cell.find(W + "tcPr")
        nearest = None if own is None else own.find(W + "shd")
        ground = self._faces.shaded(looks.shading if nearest is None else nearest, where.place.ground)
        merged = [] if own is None else [own.find(W + name) for name in ("vMerge", "hMerge")]
        covered = any(part is not None and value(part) in (None, "continue") for part in merged)
        where = changed(own, where)._replace(place=Place(table=looks.run, ground=ground, row=exact))
        return where._replace(covered="in einer verbundenen Zelle") if covered else where

    def _wrapped(self, container: etree._Element, tag: str, where: Where) -> Iterator[tuple[etree._Element, Where]]:
        """Rows of a table or cells of a row, also those in content controls and the like."""
        for element in container:
            if element.tag == tag:
                yield element, where
            elif element.tag == W + "sdt":
                for content in element.iterfind(W + "sdtContent"):
                    yield from self._wrapped(content, tag, self._controls.within(element, where))
            elif element.tag not in _PROPERTIES:
                yield from self._wrapped(element, tag, within(element, where))

    def _children(self, element: etree._Element, para: Para, where: Where) -> None:
        for child in element:
            tag = child.tag
            reader = self._inline.get(tag)
            if reader is not None:
                reader(child, para, where)
            elif tag in _PICTURES:
                self._picture(child, para, where)
            elif tag in _FORMULAS:
                self._formula(child, para, where._replace(seen=where.seen or (Doubt("in-einer-formel"),)))
            elif tag not in _PROPERTIES and len(child):
                self._children(child, para, within(child, where))

    def _formula(self, element: etree._Element, para: Para, where: Where) -> None:
        """What a formula sets above, below and beside each other, one behind the other; a fraction with its stroke."""
        for child in element:
            if child.tag == _M + "den":
                self._emit("/", para, where)
            height: Height = _HEIGHTS.get(str(child.tag), "")
            self._children(child, para, where._replace(face=where.face._replace(height=height)) if height else where)

    def _run(self, run: etree._Element, para: Para, where: Where) -> None:
        properties = run.find(W + "rPr")
        if properties is not None:
            bold = self._styles.toggle(properties, "b")
            where = where._replace(bold=where.bold if bold is None else bold, face=self._faces.of(properties, where.place))
        if any((reference.get(W + "customMarkFollows") or "0") not in OFF for reference in run.iterchildren(*_REFERENCES)):
            where = where._replace(face=where.face._replace(height="hoch"))  # the sign that calls the note is typed behind the reference
        self._children(run, para, where)

    def _control(self, control: etree._Element, para: Para, where: Where) -> None:
        for content in control.iterfind(W + "sdtContent"):
            self._children(content, para, self._controls.within(control, where))

    def _simple_field(self, element: etree._Element, para: Para, where: Where) -> None:
        self._fields.append(Field(element.get(W + "instr", ""), result=True, dirty=is_dirty(element)))
        self.pages |= self._fields[-1].name == "PAGE"
        self._children(element, para, where)
        self._fields.pop()

    def _text(self, element: etree._Element, para: Para, where: Where) -> None:
        text = element.text or ""
        # Word leaves out blanks at both ends of a text that does not ask to keep them (17.3.3.31).
        if element.tag != _M + "t" and not self._space and element.get(_XML_SPACE) != "preserve":
            text = text.strip(" \t\r\n")
        drawn_as = signs(text, where.face.fonts) if any(where.face.fonts) else text
        self._emit(meant(drawn_as), para, where, sign=drawn_as != text or _has_signs(text))

    def _symbol(self, element: etree._Element, para: Para, where: Where) -> None:
        code = int(element.get(W + "char", "0")[-6:], 16) if re.fullmatch("[0-9A-Fa-f]+", element.get(W + "char", "")) else 0
        self._sign(code, element.get(W + "font") or "", para, where)

    def _sign(self, code: int, font: str, para: Para, where: Where) -> None:
        """The sign with a number in a font."""
        of_signs = self._faces.is_of_signs(font)
        if code in _PRIVATE and not of_signs:
            code -= _PRIVATE.start
        elif of_signs and code < len(_PRIVATE):
            code = ord(signs(chr(code), (font, font)))
        sign = meant(chr(code)) if 0x20 <= code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
        if sign and ord(sign) in _PRIVATE:
            self.skipped.append(f"Ein Zeichen der Schrift „{font}“ (Nummer {code:X}) wurde nicht gelesen.")
            sign = "\ufffd"
        self._emit(sign, para, where, sign=of_signs)

    def _field_mark(self, element: etree._Element, para: Para, where: Where) -> None:
        if element not in self._whole_fields:
            return
        kind = element.get(W + "fldCharType")
        if kind == "begin":
            self._fields.append(begun(element))
        elif kind == "separate" and self._fields:
            self._fields[-1].result = True
        elif kind == "end" and self._fields:
            self._ended(self._fields.pop(), para, where)

    def _ended(self, field: Field, para: Para, where: Where) -> None:
        """What a field shows that keeps no result."""
        self.pages |= field.name == "PAGE"
        if not field.result or field.name == "FORMCHECKBOX":
            self._emit(field.shown, para, where)
        if symbol := field.symbol():
            self._sign(*symbol, para, where)
        if field.unkept and not where.deleted:
            self.skipped.append(field.unkept)

    def _instruction(self, element: etree._Element, para: Para, where: Where) -> None:
        if self._fields:
            self._fields[-1].instruction += element.text or ""

    def _note_reference(self, kind: str, element: etree._Element, para: Para, where: Where) -> None:
        if not where.deleted:
            para.footnotes.append((kind, element.get(W + "id", "")))

    def _picture(self, element: etree._Element, para: Para, where: Where) -> None:
        """Text boxes and lettering in a drawing; an embedded picture is remarked."""
        fields, self._fields = self._fields, []
        for box in text_boxes(element):
            para.boxes += self._items(box, Where(where.tag, where.change, contents=where.contents, place=Place(ground=None)))
        self._fields = fields
        for lettering in element.iter(_V + "textpath"):
            self._emit(meant(lettering.get("string", "")), para, where)
        found = None if where.deleted else drawn(element)
        if found is None or parse(found.said.removeprefix(ALT)) is not None:
            return
        para.remark("page" if found.page else "picture", found.said, found.what)
        inside = " ".join(filter(None, (found.inside, *map(self._part_text, found.parts))))
        if inside:
            para.remark("graphic", inside, found.what)

    def _emit(self, text: str, para: Para, where: Where, *, sign: bool = False) -> None:
        """Puts the text where it belongs: read, deleted, or hidden; what only instructs a field is left out."""
        if not text or not all(each.result for each in self._fields):
            return
        if where.prompt is not None:
            text = where.prompt.once()
        if where.change is not None and where.deleted:
            para.track(where.change, text)
            return
        unseen = where.covered or where.face.unseen or ""
        if where.face.hidden or (unseen and text.strip()):
            para.remark("hidden" if where.face.hidden else "unseen", text, "" if where.face.hidden else unseen)
            if where.face.hidden:
                return
            text, sign = " ", False  # the gap that a person sees
        para.contents |= where.contents or any(each.name == "TOC" for each in self._fields)
        reckoned = tuple(doubt for each in self._fields if (doubt := each.doubt) is not None)
        para.pieces.append(Piece(text, where.tag, where.bold, (*where.seen, *where.face.seen, *reckoned), where.face.height, sign))
        if where.change is not None:
            para.track(where.change, text)
        else:
            para.last = None


def _has_signs(text: str) -> bool:
    """Whether letters stand where fonts without Unicode keep their signs."""
    return not text.isascii() and any(ord(letter) in _PRIVATE for letter in text)


def _break(element: etree._Element) -> str:
    return PAGE if element.get(W + "type") in ("page", "column") else BREAK
