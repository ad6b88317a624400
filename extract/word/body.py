"""Walking the XML of a Word file: which paragraphs and tables stand in it, with what finally counts as their text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lxml import etree

from agreements.filling.papercode import ALT, parse
from agreements.language.notation import OPEN
from agreements.reading.doubts import Doubt
from extract.files.colours import WHITE
from extract.word.bound_data import Stores
from extract.word.elements import Cell, Item, Para, Table
from extract.word.lists import Lists
from extract.word.styles import OFF, W, is_on, value, whole
from extract.word.surroundings import DELETED, TURNED, Prompt, Where, change_of, changed, within
from extract.word.text import BREAK, PAGE, TAB, Piece, meant, signs
from extract.word.visibility import Faces

_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_V = "{urn:schemas-microsoft-com:vml}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_EMBEDDED = (
    "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic",
    "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart",
    "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds",
    "{urn:schemas-microsoft-com:office:office}OLEObject",
    _V + "imagedata",
)
"""What a drawing may hold that is no text: pictures, charts, diagrams, objects."""
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_PROPERTIES = frozenset(
    W + name for name in ("pPr", "rPr", "sdtPr", "sdtEndPr", "tblPr", "tblGrid", "tblPrEx", "trPr", "tcPr", "sectPr", "smartTagPr")
)
_PICTURES = frozenset((W + "drawing", W + "pict", W + "object"))
_PROMPTS = ("placeholder text", "platzhaltertext")
_PROMPT = re.compile(r"\s*(?:Klicken|Tippen|Wählen Sie|Click|Tap|Choose|Enter)\b")
_REFERENCES = (W + "footnoteReference", W + "endnoteReference")
_PRIVATE = range(0xF000, 0xF100)
"""Where fonts without Unicode keep their signs."""


NO_STORES = Stores()


@dataclass(slots=True)
class _Field:
    """A field that has begun: its instruction, and whether its result has begun."""

    instruction: str = ""
    result: bool = False
    dropdown: str = ""

    def names(self, name: str) -> bool:
        """Whether it is a field of that name."""
        return self.instruction.split()[:1] == [name]


class Story:
    """Reads one part of a Word file (body, header, notes) from its root element."""

    def __init__(self, root: etree._Element, faces: Faces, lists: Lists, stores: Stores = NO_STORES) -> None:
        self._stores = stores
        self._faces = faces
        self._styles = faces.styles
        self._lists = lists
        self._space = root.get(_XML_SPACE) == "preserve"
        self._whole_fields = _whole_fields(root)
        self._ground = WHITE if root.find(W + "background") is None else None
        self._fields: list[_Field] = []
        self.pages = False
        """Whether a page number was met."""
        self.skipped: list[str] = []
        """German sentences on what could not be read."""
        self._inline: dict[str, Callable[[etree._Element, Para, Where], None]] = {
            W + "r": self._run,
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
            W + "rt": lambda element, para, where: None,  # the small reading above a word
            _MC + "AlternateContent": lambda element, para, where: self._children(_chosen(element), para, where),
        }

    def items(self, container: etree._Element) -> list[Item]:
        """Paragraphs and tables of the container, in order."""
        return self._items(container, Where(ground=self._ground))

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
            deleted, hidden = self._mark_deleted(element, para), self._mark_hidden(element, para)
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
                    yield from self._blocks(content, self._controlled(element, where))
            elif element.tag in (W + "altChunk", W + "subDoc"):
                self.skipped.append("Ein eingebettetes Dokument wurde nicht gelesen.")
            elif element.tag == _MC + "AlternateContent":
                yield from self._blocks(_chosen(element), where)
            elif element.tag not in _PROPERTIES:
                yield from self._blocks(element, within(element, where))

    def _para(self, element: etree._Element, where: Where) -> Para:
        para = Para(look=self._styles.look(element.find(W + "pPr"), self._lists))
        para.contents = where.contents or para.look.contents
        direct, style = element.find(W + "pPr"), para.look.style
        ground = self._faces.ground(direct, style, where.ground)
        turned = self._styles.paragraph_property(direct, style, "bidi")
        seen = where.seen or (TURNED if turned is not None and is_on(turned) else ())
        face = self._faces.of(None, style, ground)
        inside = where._replace(bold=para.look.bold, hidden=para.look.hidden, face=face, ground=ground, style=style, seen=seen)
        self._children(element, para, inside)
        return para

    def _closed(self, para: Para) -> Para:
        """The paragraph with the label that its list gives it."""
        label = self._lists.label(*para.look.number) if para.look.number else None
        if label is not None:
            para.bullet = label.bullet
            para.number = "" if label.bullet else label.text
        return para

    def _mark_hidden(self, element: etree._Element, para: Para) -> bool:
        """Whether nobody sees the paragraph's mark, so that the next one goes on behind it."""
        hidden = self._styles.toggle(element.find(f"{W}pPr/{W}rPr"), "vanish")
        return para.look.hidden if hidden is None else hidden

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
        if properties is not None:
            shaded = self._styles.is_shaded(value(properties.find(W + "tblStyle")) or "")
            where = where._replace(ground=self._faces.shaded(properties.find(W + "shd"), None if shaded else where.ground))
        return Table([self._row(row, place) for row, place in self._wrapped(table, W + "tr", where)], name or "")

    def _row(self, row: etree._Element, where: Where) -> list[Cell]:
        properties = row.find(W + "trPr")
        start = 0 if properties is None else whole(value(properties.find(W + "gridBefore"))) or 0
        cells: list[Cell] = []
        for cell, place in self._wrapped(row, W + "tc", changed(properties, where)):
            own = cell.find(W + "tcPr")
            ground = place.ground if own is None else self._faces.shaded(own.find(W + "shd"), place.ground)
            cells.append(Cell(start, self._items(cell, changed(own, place)._replace(ground=ground))))
            start += 1 if own is None else whole(value(own.find(W + "gridSpan"))) or 1
        return cells

    def _wrapped(self, container: etree._Element, tag: str, where: Where) -> Iterator[tuple[etree._Element, Where]]:
        """Rows of a table or cells of a row, also those in content controls and the like."""
        for element in container:
            if element.tag == tag:
                yield element, where
            elif element.tag == W + "sdt":
                for content in element.iterfind(W + "sdtContent"):
                    yield from self._wrapped(content, tag, self._controlled(element, where))
            elif element.tag not in _PROPERTIES:
                yield from self._wrapped(element, tag, within(element, where))

    def _controlled(self, control: etree._Element, where: Where) -> Where:
        """What holds inside a content control."""
        properties = control.find(W + "sdtPr")
        if properties is None:
            return where
        tag = value(properties.find(W + "tag")) or where.tag
        contents = value(properties.find(f"{W}docPartObj/{W}docPartGallery")) == "Table of Contents"
        where = where._replace(tag=tag, contents=where.contents or contents)
        text = "".join(found.text or "" for found in control.iterfind(f"{W}sdtContent//{W}t"))
        shown = self._stores.otherwise(properties, text)
        if shown is not None:
            where = where._replace(seen=(Doubt("zeigt-word-als", worte=shown) if shown else Doubt("zeigt-word-leer"),))
        showing = properties.find(W + "showingPlcHdr")
        if showing is None or not is_on(showing) or not text.strip() or OPEN.fullmatch(text.strip()):
            return where
        if not self._is_prompt(control, text):
            return where._replace(seen=where.seen or (Doubt("gilt-als-platzhalter"),))
        name = re.sub(r"[\[\]]", "", value(properties.find(W + "alias")) or "").rpartition(":")[2].strip()[:60] or "Angabe"
        self.skipped.append(f"Ein Inhaltssteuerelement („{name}“) ist leer; es zeigt nur den Platzhalter „{' '.join(text.split())}“.")
        return where._replace(prompt=Prompt(f"[{name} offen]"))

    def _is_prompt(self, control: etree._Element, text: str) -> bool:
        """Whether a control shows what asks for a value: in the style for that, or in Word's words."""
        styles = (value(style) or "" for style in control.iterfind(f"{W}sdtContent//{W}rStyle"))
        return _PROMPT.match(text) is not None or any(self._styles.name_of(style) in _PROMPTS for style in styles)

    def _children(self, element: etree._Element, para: Para, where: Where) -> None:
        for child in element:
            tag = child.tag
            reader = self._inline.get(tag)
            if reader is not None:
                reader(child, para, where)
            elif tag in _PICTURES:
                self._picture(child, para, where)
            elif tag not in _PROPERTIES and len(child):
                self._children(child, para, within(child, where))

    def _run(self, run: etree._Element, para: Para, where: Where) -> None:
        properties = run.find(W + "rPr")
        if properties is not None:
            bold = self._styles.toggle(properties, "b")
            hidden = self._styles.toggle(properties, "vanish")
            where = where._replace(bold=where.bold if bold is None else bold, hidden=where.hidden if hidden is None else hidden)
            where = where._replace(face=self._faces.of(properties, where.style, where.ground))
        if any((reference.get(W + "customMarkFollows") or "0") not in OFF for reference in run.iterchildren(*_REFERENCES)):
            where = where._replace(face=where.face._replace(height="hoch"))  # the sign that calls the note is typed behind the reference
        self._children(run, para, where)

    def _control(self, control: etree._Element, para: Para, where: Where) -> None:
        for content in control.iterfind(W + "sdtContent"):
            self._children(content, para, self._controlled(control, where))

    def _simple_field(self, element: etree._Element, para: Para, where: Where) -> None:
        self._fields.append(_Field(element.get(W + "instr", ""), result=True))
        self.pages |= self._fields[-1].names("PAGE")
        self._children(element, para, where)
        self._fields.pop()

    def _text(self, element: etree._Element, para: Para, where: Where) -> None:
        text = element.text or ""
        # Word leaves out blanks at both ends of a text that does not ask to keep them (17.3.3.31).
        if element.tag != _M + "t" and not self._space and element.get(_XML_SPACE) != "preserve":
            text = text.strip(" \t\r\n")
        text = signs(text, where.face.font) if where.face.font else text
        self._emit(meant(text), para, where, sign=bool(where.face.font) or _has_signs(text))

    def _symbol(self, element: etree._Element, para: Para, where: Where) -> None:
        code = int(element.get(W + "char", "0")[-6:], 16) if re.fullmatch("[0-9A-Fa-f]+", element.get(W + "char", "")) else 0
        font = element.get(W + "font") or ""
        of_signs = self._faces.is_of_signs(font)
        if code in _PRIVATE and not of_signs:
            code -= _PRIVATE.start
        elif of_signs and code < len(_PRIVATE):
            code = ord(signs(chr(code), font))
        sign = meant(chr(code)) if 0x20 <= code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
        if sign and ord(sign) in _PRIVATE:
            self.skipped.append(f"Ein Zeichen der Schrift „{element.get(W + 'font')}“ (Nummer {code:X}) wurde nicht gelesen.")
            sign = "\ufffd"
        self._emit(sign, para, where, sign=of_signs)

    def _field_mark(self, element: etree._Element, para: Para, where: Where) -> None:
        if element not in self._whole_fields:
            return
        kind = element.get(W + "fldCharType")
        if kind == "begin":
            self._fields.append(_Field(dropdown=_dropdown(element)))
        elif kind == "separate" and self._fields:
            self._fields[-1].result = True
        elif kind == "end" and self._fields:
            ended = self._fields.pop()
            self.pages |= ended.names("PAGE")
            if not ended.result and ended.dropdown:
                self._emit(ended.dropdown, para, where)

    def _instruction(self, element: etree._Element, para: Para, where: Where) -> None:
        if self._fields:
            self._fields[-1].instruction += element.text or ""

    def _note_reference(self, kind: str, element: etree._Element, para: Para, where: Where) -> None:
        if not where.deleted:
            para.footnotes.append((kind, element.get(W + "id", "")))

    def _picture(self, element: etree._Element, para: Para, where: Where) -> None:
        """Text boxes and lettering in a drawing; an embedded picture is remarked."""
        fields, self._fields = self._fields, []
        for box in _text_boxes(element):
            para.boxes += self._items(box, Where(where.tag, where.change, contents=where.contents, ground=None))
        self._fields = fields
        for lettering in element.iter(_V + "textpath"):
            self._emit(meant(lettering.get("string", "")), para, where)
        if not where.deleted and next(element.iter(*_EMBEDDED), None) is not None:
            said = next((found.get("descr", "") for found in element.iter(_WP + "docPr")), "")
            if parse(said.removeprefix(ALT)) is None:
                para.remark("picture", said)

    def _emit(self, text: str, para: Para, where: Where, *, sign: bool = False) -> None:
        """Puts the text where it belongs: read, deleted, or hidden; what only instructs a field is left out."""
        if not text or not all(begun.result for begun in self._fields):
            return
        if where.prompt is not None:
            text = where.prompt.once()
        if where.change is not None and where.deleted:
            para.track(where.change, text)
            return
        if where.hidden:
            para.remark("hidden", text)
            return
        if where.face.unseen and text.strip():
            para.remark("unseen", text, where.face.unseen)
            text, sign = " ", False  # the gap that a person sees
        para.contents |= where.contents or any(begun.names("TOC") for begun in self._fields)
        para.pieces.append(Piece(text, where.tag, where.bold, where.seen or where.face.seen, where.face.height, sign))
        if where.change is not None:
            para.track(where.change, text)
        else:
            para.last = None


def _has_signs(text: str) -> bool:
    """Whether letters stand where fonts without Unicode keep their signs."""
    return not text.isascii() and any(ord(letter) in _PRIVATE for letter in text)


def _break(element: etree._Element) -> str:
    return PAGE if element.get(W + "type") in ("page", "column") else BREAK


def _chosen(alternatives: etree._Element) -> etree._Element:
    """The one of the alternatives to read: the first that has text (Part 3, 7.6: they say the same in newer and older form)."""
    first = next(iter(alternatives), alternatives)
    return next((choice for choice in alternatives if next(choice.iter(W + "t"), None) is not None), first)


def _text_boxes(drawing: etree._Element) -> Iterator[etree._Element]:
    """The contents of the text boxes in a drawing, each once."""
    for element in drawing:
        if element.tag == W + "txbxContent":
            yield element
        elif element.tag == _MC + "AlternateContent":
            yield from _text_boxes(_chosen(element))
        else:
            yield from _text_boxes(element)


def _dropdown(begin: etree._Element) -> str:
    """What a drop-down form field shows, "" for every other field."""
    entries = [value(entry) or "" for entry in begin.iterfind(f"{W}ffData/{W}ddList/{W}listEntry")]
    chosen = whole(value(begin.find(f"{W}ffData/{W}ddList/{W}result"))) or 0
    return entries[chosen] if 0 <= chosen < len(entries) else ""


def _whole_fields(root: etree._Element) -> set[etree._Element]:
    """The marks of all fields that have a beginning and an end; a lone mark must not swallow what follows."""
    marks: set[etree._Element] = set()
    begun: list[list[etree._Element]] = []
    for mark in root.iter(W + "fldChar"):
        kind = mark.get(W + "fldCharType")
        if kind == "begin":
            begun.append([mark])
        elif begun:
            begun[-1].append(mark)
            if kind == "end":
                marks.update(begun.pop())
    return marks
