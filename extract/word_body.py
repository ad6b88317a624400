"""Walking the XML of a Word file: which paragraphs and tables stand in it, with what finally counts as their text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from lxml import etree

from agreements.papercode import ALT, parse
from extract.word_styles import Lists, Look, Styles, W, value, whole
from extract.word_text import BREAK, PAGE, TAB, Piece, meant

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
_INSERTED = frozenset((W + "ins", W + "moveTo"))
_DELETED = frozenset((W + "del", W + "moveFrom"))
_PRIVATE = range(0xF000, 0xF100)
"""Where fonts without Unicode keep their signs."""
_SIGN_FONTS = ("symbol", "wingding", "webding")


class Tracked(NamedTuple):
    """A tracked insertion or deletion and who made it when."""

    art: Literal["eingefuegt", "gestrichen"]
    wer: str
    wann: str


class Remark(NamedTuple):
    """What a person should know of a paragraph: a comment by its id, hidden text, an embedded picture's description."""

    what: Literal["comment", "hidden", "picture"]
    said: str


@dataclass(slots=True)
class Para:
    """A paragraph as it finally reads."""

    look: Look = field(default_factory=Look)
    number: str = ""
    bullet: bool = False
    contents: bool = False
    pieces: list[Piece] = field(default_factory=list)
    changes: list[tuple[Tracked, str]] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    footnotes: list[tuple[str, str]] = field(default_factory=list)
    """Kind ("footnotes", "endnotes") and id of each note referred to."""
    boxes: list[Item] = field(default_factory=list)
    """What text boxes anchored in it hold."""
    last: Tracked | None = None
    """The change in which its last text stands."""

    def track(self, change: Tracked, text: str) -> None:
        """Adds text to what was changed; neighbouring runs of one hand and time are one change."""
        if self.last == change:
            text = self.changes.pop()[1] + text
        self.changes.append((change, text))
        self.last = change

    def remark(self, what: Literal["comment", "hidden", "picture"], said: str) -> None:
        """Adds a remark; hidden runs side by side are one."""
        if what == "hidden" and self.remarks and self.remarks[-1].what == what:
            said = self.remarks.pop().said + said
        self.remarks.append(Remark(what, said))

    def precede(self, following: Para) -> None:
        """Puts itself before the paragraph that follows, for the mark between them was deleted."""
        following.pieces[:0] = self.pieces
        following.changes[:0] = self.changes
        following.remarks[:0] = self.remarks
        following.footnotes[:0] = self.footnotes
        following.boxes[:0] = self.boxes
        following.contents |= self.contents


@dataclass(slots=True)
class Cell:
    """A table cell that begins at the given column of the table's grid."""

    start: int
    items: list[Item]


@dataclass(slots=True)
class Table:
    """Rows of cells, and what the file calls the table."""

    rows: list[list[Cell]]
    name: str = ""


Item = Para | Table


class _Where(NamedTuple):
    """What holds for a run by what it stands in."""

    tag: str | None = None
    change: Tracked | None = None
    bold: bool = False
    hidden: bool = False
    contents: bool = False

    @property
    def deleted(self) -> bool:
        return self.change is not None and self.change.art == "gestrichen"


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

    def __init__(self, root: etree._Element, styles: Styles, lists: Lists) -> None:
        self._styles = styles
        self._lists = lists
        self._space = root.get(_XML_SPACE) == "preserve"
        self._whole_fields = _whole_fields(root)
        self._fields: list[_Field] = []
        self.pages = False
        """Whether a page number was met."""
        self.skipped: list[str] = []
        """German sentences on what could not be read."""
        self._inline: dict[str, Callable[[etree._Element, Para, _Where], None]] = {
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
        return self._items(container, _Where())

    def _items(self, container: etree._Element, where: _Where) -> list[Item]:
        items: list[Item] = []
        open_paras: list[Para] = []  # paragraphs whose mark was deleted, waiting for the one that follows
        for element, place in self._blocks(container, where):
            if element.tag == W + "tbl":
                items += [self._closed(para) for para in open_paras]
                open_paras.clear()
                items.append(self._table(element, place))
                continue
            para = self._para(element, place)
            if open_paras:
                open_paras.pop().precede(para)
            if self._mark_deleted(element, para):
                open_paras.append(para)
            else:
                items.append(self._closed(para))
        return items + [self._closed(para) for para in open_paras]

    def _blocks(self, container: etree._Element, where: _Where) -> Iterator[tuple[etree._Element, _Where]]:
        """Paragraphs and tables in the container and in whatever wraps them."""
        for element in container:
            if element.tag in (W + "p", W + "tbl"):
                yield element, where
            elif element.tag == W + "sdt":
                for content in element.iterfind(W + "sdtContent"):
                    yield from self._blocks(content, _controlled(element, where))
            elif element.tag in (W + "altChunk", W + "subDoc"):
                self.skipped.append("Ein eingebettetes Dokument wurde nicht gelesen.")
            elif element.tag == _MC + "AlternateContent":
                yield from self._blocks(_chosen(element), where)
            elif element.tag not in _PROPERTIES:
                yield from self._blocks(element, _within(element, where))

    def _para(self, element: etree._Element, where: _Where) -> Para:
        para = Para(look=self._styles.look(element.find(W + "pPr"), self._lists))
        para.contents = where.contents or para.look.contents
        self._children(element, para, where._replace(bold=para.look.bold, hidden=para.look.hidden))
        return para

    def _closed(self, para: Para) -> Para:
        """The paragraph with the label that its list gives it."""
        label = self._lists.label(*para.look.number) if para.look.number else None
        if label is not None:
            para.bullet = label.bullet
            para.number = "" if label.bullet else label.text
        return para

    @staticmethod
    def _mark_deleted(element: etree._Element, para: Para) -> bool:
        """Whether the paragraph's mark was deleted, so that the next one goes on in it; tracks a change of the mark alone."""
        deleted = False
        for mark in element.iterfind(f"{W}pPr/{W}rPr/*"):
            change = _change(mark)
            if change is not None and all(known != change for known, _ in para.changes):
                para.track(change, "¶")
            deleted |= mark.tag in _DELETED
        return deleted

    def _table(self, table: etree._Element, where: _Where) -> Table:
        properties = table.find(W + "tblPr")
        name = value(properties.find(W + "tblCaption")) if properties is not None else None
        return Table([self._row(row, place) for row, place in _wrapped(table, W + "tr", where)], name or "")

    def _row(self, row: etree._Element, where: _Where) -> list[Cell]:
        properties = row.find(W + "trPr")
        start = 0 if properties is None else whole(value(properties.find(W + "gridBefore"))) or 0
        cells: list[Cell] = []
        for cell, place in _wrapped(row, W + "tc", _changed(properties, where)):
            own = cell.find(W + "tcPr")
            cells.append(Cell(start, self._items(cell, _changed(own, place))))
            start += 1 if own is None else whole(value(own.find(W + "gridSpan"))) or 1
        return cells

    def _children(self, element: etree._Element, para: Para, where: _Where) -> None:
        for child in element:
            tag = child.tag
            reader = self._inline.get(tag)
            if reader is not None:
                reader(child, para, where)
            elif tag in _PICTURES:
                self._picture(child, para, where)
            elif tag not in _PROPERTIES and len(child):
                self._children(child, para, _within(child, where))

    def _run(self, run: etree._Element, para: Para, where: _Where) -> None:
        properties = run.find(W + "rPr")
        if properties is not None:
            bold = self._styles.toggle(properties, "b")
            hidden = self._styles.toggle(properties, "vanish")
            where = where._replace(bold=where.bold if bold is None else bold, hidden=where.hidden if hidden is None else hidden)
        self._children(run, para, where)

    def _control(self, control: etree._Element, para: Para, where: _Where) -> None:
        for content in control.iterfind(W + "sdtContent"):
            self._children(content, para, _controlled(control, where))

    def _simple_field(self, element: etree._Element, para: Para, where: _Where) -> None:
        self._fields.append(_Field(element.get(W + "instr", ""), result=True))
        self.pages |= self._fields[-1].names("PAGE")
        self._children(element, para, where)
        self._fields.pop()

    def _text(self, element: etree._Element, para: Para, where: _Where) -> None:
        text = element.text or ""
        # Word leaves out blanks at both ends of a text that does not ask to keep them (17.3.3.31).
        if element.tag != _M + "t" and not self._space and element.get(_XML_SPACE) != "preserve":
            text = text.strip(" \t\r\n")
        self._emit(meant(text), para, where)

    def _symbol(self, element: etree._Element, para: Para, where: _Where) -> None:
        code = int(element.get(W + "char", "0")[-6:], 16) if re.fullmatch("[0-9A-Fa-f]+", element.get(W + "char", "")) else 0
        font = (element.get(W + "font") or "").casefold()
        if code in _PRIVATE and not font.startswith(_SIGN_FONTS):
            code -= _PRIVATE.start
        sign = meant(chr(code)) if 0x20 <= code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
        if sign and ord(sign) in _PRIVATE:
            self.skipped.append(f"Ein Zeichen der Schrift „{element.get(W + 'font')}“ (Nummer {code:X}) wurde nicht gelesen.")
            sign = "\ufffd"
        self._emit(sign, para, where)

    def _field_mark(self, element: etree._Element, para: Para, where: _Where) -> None:
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

    def _instruction(self, element: etree._Element, para: Para, where: _Where) -> None:
        if self._fields:
            self._fields[-1].instruction += element.text or ""

    def _note_reference(self, kind: str, element: etree._Element, para: Para, where: _Where) -> None:
        if not where.deleted:
            para.footnotes.append((kind, element.get(W + "id", "")))

    def _picture(self, element: etree._Element, para: Para, where: _Where) -> None:
        """Text boxes and lettering in a drawing; an embedded picture is remarked."""
        fields, self._fields = self._fields, []
        for box in _text_boxes(element):
            para.boxes += self._items(box, _Where(where.tag, where.change, contents=where.contents))
        self._fields = fields
        for lettering in element.iter(_V + "textpath"):
            self._emit(meant(lettering.get("string", "")), para, where)
        if not where.deleted and next(element.iter(*_EMBEDDED), None) is not None:
            said = next((found.get("descr", "") for found in element.iter(_WP + "docPr")), "")
            if parse(said.removeprefix(ALT)) is None:
                para.remark("picture", said)

    def _emit(self, text: str, para: Para, where: _Where) -> None:
        """Puts the text where it belongs: read, deleted, or hidden; what only instructs a field is left out."""
        if not text or not all(begun.result for begun in self._fields):
            return
        if where.change is not None and where.deleted:
            para.track(where.change, text)
            return
        if where.hidden:
            para.remark("hidden", text)
            return
        para.contents |= where.contents or any(begun.names("TOC") for begun in self._fields)
        para.pieces.append(Piece(text, where.tag, where.bold))
        if where.change is not None:
            para.track(where.change, text)
        else:
            para.last = None


def _change(element: etree._Element) -> Tracked | None:
    """The tracked change that the element states."""
    art: Literal["eingefuegt", "gestrichen"]
    if element.tag in _INSERTED:
        art = "eingefuegt"
    elif element.tag in _DELETED:
        art = "gestrichen"
    else:
        return None
    return Tracked(art, element.get(W + "author", ""), element.get(W + "date", ""))


def _within(element: etree._Element, where: _Where) -> _Where:
    """What holds inside an element that wraps runs, paragraphs or rows; what was inserted and deleted again is deleted."""
    change = None if where.deleted else _change(element)
    return where if change is None else where._replace(change=change)


def _controlled(control: etree._Element, where: _Where) -> _Where:
    """What holds inside a content control."""
    properties = control.find(W + "sdtPr")
    if properties is None:
        return where
    tag = value(properties.find(W + "tag")) or where.tag
    contents = value(properties.find(f"{W}docPartObj/{W}docPartGallery")) == "Table of Contents"
    return where._replace(tag=tag, contents=where.contents or contents)


def _changed(properties: etree._Element | None, where: _Where) -> _Where:
    """What holds inside a row or a cell with these properties."""
    for element in () if properties is None else properties:
        where = _within(element, where)
    return where


def _wrapped(container: etree._Element, tag: str, where: _Where) -> Iterator[tuple[etree._Element, _Where]]:
    """Rows of a table or cells of a row, also those in content controls and the like."""
    for element in container:
        if element.tag == tag:
            yield element, where
        elif element.tag == W + "sdt":
            for content in element.iterfind(W + "sdtContent"):
                yield from _wrapped(content, tag, _controlled(element, where))
        elif element.tag not in _PROPERTIES:
            yield from _wrapped(element, tag, _within(element, where))


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
