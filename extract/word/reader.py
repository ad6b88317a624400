"""Reading a Word file into paragraphs: its final text, what was changed on the way, and what is no text of the agreement."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Literal

from lxml import etree

from agreements.errors import UnreadableError
from agreements.language.numbering import HEAVY_LINE, TYPED_BULLET
from agreements.language.place_and_date import DATED_IN_CELL
from agreements.language.signatures import BRACKETED
from agreements.reading.reading import Beiwerk, Change, Comment, Kind, Paragraph, Reading, place_said
from extract.files.container import Package, open_package
from extract.word.body import Story
from extract.word.bound_data import stores
from extract.word.columns import Line, lines
from extract.word.drawings import text_of
from extract.word.elements import Item, Para, Table
from extract.word.lists import Lists
from extract.word.styles import Styles, W
from extract.word.text import part, plain, words
from extract.word.visibility import faces

_SIGN = re.compile("\\s*[^\\s☒\uf0fd\uf078\uf0fb\ufffd]\\s+(?=\\S)")
"""A sign before text; one that marks a box, or strikes it out, says more than that an item begins."""
_LONGEST_HEADING = 200
_MOST_PARAGRAPHS = 1500
"""To lay paragraphs on a wording costs their number times that of its blocks: 3,000 took 17 s."""
_MARKS = [W + name for name in (
    "commentReference", "footnoteReference", "endnoteReference", "ins", "del", "moveFrom", "moveTo", "headerReference", "footerReference"
)]  # fmt: skip
_MOST_MARKS = 5000
"""What stands in a paragraph is said at each of them; the most revised agreements that we know have some hundred."""
_PAGE_NUMBER = re.compile(r"(?:(?:Seite|von|S\.)|[-–—/|]|\d+|\s)+", re.IGNORECASE)
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


_REJECTED = {
    W + one: W + other for pair in (("ins", "del"), ("moveTo", "moveFrom"), ("cellIns", "cellDel")) for one, other in (pair, pair[::-1])
}
"""What stands for each tracked change in a file whose changes are all rejected: what came is gone, and what went is there."""


def read_word(path: Path, *, rejected: bool = False) -> Reading:
    """The paragraphs of a Word file, their bounds and kinds as the file states them; raises UnreadableError.

    As they finally read, or, with all tracked changes `rejected`, as they read before.
    """
    with open_package(path) as package:
        try:
            return _Document(package, rejected).reading()
        except UnreadableError as error:
            error.datei = error.datei or path
            raise


class _Document:
    """A Word file while it is read."""

    def __init__(self, package: Package, rejected: bool) -> None:
        self._package, self._rejected = package, rejected
        self._parts: dict[str, list[str]] = {}
        for relation in package.relations(package.main):
            self._parts.setdefault(relation.kind, []).append(relation.target)
        self._targets = {relation.id: relation.target for relation in package.relations(package.main)}
        self._styles = Styles(self._find("styles"))
        self._faces = faces(self._styles, self._find("theme"), self._find("fontTable"), self._find("settings"))
        self._stores = stores(package)
        self._lists = Lists(self._find("numbering"), self._styles)
        self._notes: list[str] = []
        self._comments: list[Comment] = []
        self._warnings: list[str] = []
        self._beiwerk: list[Beiwerk] = []
        self._pages = 0
        self._apart: list[Para] = []
        self._stories: dict[str, tuple[Story, dict[str, etree._Element]]] = {}

    def _find(self, kind: str) -> etree._Element | None:
        return next((self._package.find(name) for name in self._parts.get(kind, ())), None)

    def reading(self) -> Reading:
        """All that the file says."""
        root = self._package.part(self._package.main)
        if (paragraphs := sum(1 for _ in root.iter(W + "p"))) > _MOST_PARAGRAPHS:
            message = f"Die Word-Datei hat {paragraphs} Absätze, mehr als {_MOST_PARAGRAPHS}; eine Zielvereinbarung hat um 150."
            raise UnreadableError(message, abhilfe="Nur die Vereinbarung in die Datei nehmen.")
        if (marks := sum(1 for _ in root.iter(*_MARKS))) > _MOST_MARKS:
            message = f"Die Word-Datei hat {marks} Kommentare, Fußnoten, nachverfolgte Änderungen und Kopfzeilen, mehr als {_MOST_MARKS}."
            raise UnreadableError(message, abhilfe="Erledigte Kommentare löschen, geklärte Änderungen annehmen und neu speichern.")
        for changed in root.iter(*_REJECTED) if self._rejected else ():
            changed.tag = _REJECTED[changed.tag]
        story = Story(root, self._faces, self._lists, self._stores, self._text_of_part)
        items = [item for body in root.iterfind(W + "body") for item in story.items(body)]
        self._beside(items)
        found = lines(items)
        text = [line for line in found if not line.para.contents]
        contents = tuple(Beiwerk("inhaltsverzeichnis", None, line.text) for line in found if line.para.contents)
        if self._pages and not text:
            raise UnreadableError("Die Word-Datei enthält statt Text nur Bilder von Seiten.", abhilfe=_AS_PDF)
        paras = [*_paras(items), *self._apart]
        margins = tuple(self._margins(root))
        return Reading(
            lesart="word",
            page_count=None,
            paragraphs=tuple(_paragraphs(text)),
            beiwerk=(*contents, *margins, *self._beiwerk),
            changes=tuple(change for para in paras for change in _changes(para)),
            notes=(*dict.fromkeys(self._notes), *dict.fromkeys(story.skipped), *_signs_told(text)),
            comments=tuple(self._comments),
            warnings=tuple(self._warnings),
        )

    def _text_of_part(self, relation: str) -> str:
        """The text of a part that the body refers to: a chart, a SmartArt."""
        target = self._targets.get(relation)
        return "" if target is None else text_of(self._package.find(target))

    def _margins(self, root: etree._Element) -> Iterator[Beiwerk]:
        """Headers and footers, each text once, in the order of the sections."""
        met: set[Beiwerk] = set()
        references = (
            (reference.tag, self._targets.get(reference.get(_RELATION, ""), ""))
            for reference in root.iter(W + "headerReference", W + "footerReference")
        )
        for tag, target in dict.fromkeys(references):
            margin = self._package.find(target)
            if margin is None:
                continue
            story = Story(margin, self._faces, self._lists)
            items = story.items(margin)
            text = " ".join(line.text for line in lines(items))
            for para in _paras(items):
                para.remarks = [remark for remark in para.remarks if remark.what in ("hidden", "unseen")]
                self._remark(para)
            art: Literal["seitenzahl", "kopfzeile", "fusszeile"] = "kopfzeile" if tag == W + "headerReference" else "fusszeile"
            if story.pages and _PAGE_NUMBER.fullmatch(text):
                art = "seitenzahl"
            found = Beiwerk(art, None, text)
            if text and found not in met:
                met.add(found)
                yield found

    def _beside(self, items: list[Item]) -> None:
        """Sets apart what stands beside the text, each told at the paragraph that it stands at: boxes, notes, comments, drawings.

        A box before all text is a title page, and stays.
        """
        begun = False
        for para in list(_paras(items)):
            begun |= any(piece.text.strip() for piece in para.pieces)
            text = _text(para) if para.boxes or para.footnotes else ""
            if para.boxes and begun and not _belongs(para.boxes):
                self._told("textfeld", "Textfeld", text, para.boxes)
                para.boxes = []
            for kind, note_id in para.footnotes:
                if kind not in self._stories:
                    self._stories[kind] = self._story_of_notes(kind)
                story, notes = self._stories[kind]
                if note_id in notes:
                    art, name = _NOTES[kind]
                    self._told(art, name, text, story.items(notes[note_id]))
            self._remark(para)

    def _told(self, art: Literal["fussnote", "endnote", "textfeld"], name: str, beside: str, items: list[Item]) -> None:
        """Keeps what stands beside a paragraph of this text: no Angabe is read from it."""
        paras = list(_paras(items))
        said = " ".join(filter(None, (_text(each) for each in paras)))
        self._apart += paras
        if said:
            self._beiwerk.append(Beiwerk(art, None, said, beside))
            self._warnings.append(f"{name} {place_said(beside)} (steht nicht im Datensatz): {said}")
        for each in paras:
            self._remark(each)

    def _story_of_notes(self, kind: str) -> tuple[Story, dict[str, etree._Element]]:
        root = self._find(kind)
        if root is None:
            root = etree.Element(W + kind)
        return Story(root, self._faces, self._lists), {element.get(W + "id", ""): element for element in root}

    def _remark(self, para: Para) -> None:
        """Notes on a paragraph's comments, hidden text, text nobody sees, and what is drawn."""
        text = _text(para) if para.remarks else ""
        place = place_said(text)
        for what, said, why in para.remarks:
            words = " ".join(said.split())
            match what:
                case "picture":
                    self._notes.append(f"{why} wurde nicht gelesen, {place}" + (f": {words}" if words else "."))
                case "page":
                    self._pages += 1
                    self._warnings.append(f"Ein Bild, so groß wie eine Seite (wohl ein Scan), wurde nicht gelesen, {place}. {_AS_PDF}")
                case "graphic":
                    self._beiwerk.append(Beiwerk("grafik", None, words, text))
                    self._notes.append(f"{why} {place} enthält Text, der nicht im Datensatz steht: {words}")
                case "hidden" if words:
                    self._notes.append(f"Verborgener Text wurde nicht gelesen, {place}: {words}")
                case "unseen":
                    self._notes.append(f"Nicht sichtbarer Text ({why}) wurde nicht gelesen, {place}: {words}")
                case "comment" if said in self._by_id:
                    comment = self._comment(self._by_id[said], text)
                    self._comments.append(comment)
                    self._beiwerk.append(Beiwerk("kommentar", None, f"{comment.wer}: {comment.text}", comment.absatz))

    @cached_property
    def _by_id(self) -> dict[str, etree._Element]:
        """The comments of the file."""
        comments = self._find("comments")
        return {} if comments is None else {element.get(W + "id", ""): element for element in comments}

    def _comment(self, comment: etree._Element, text: str) -> Comment:
        story = Story(comment, self._faces, self._lists)
        said = " ".join(plain(each.pieces) for each in _paras(story.items(comment)))
        return Comment(comment.get(W + "author") or "Unbekannt", said, text)


_NOTES: dict[str, tuple[Literal["fussnote", "endnote"], str]] = {"footnotes": ("fussnote", "Fußnote"), "endnotes": ("endnote", "Endnote")}
_AS_PDF = "Seiten, die nur als Bild da sind, als PDF senden."


def _belongs(items: list[Item]) -> bool:
    """Whether what stands in a box is text of the agreement and not beside it: signatures, headings, values in controls."""
    found = lines(items)
    controls = any(piece.tag is not None for line in found for piece in line.pieces)
    signed = len(found) > 1 and any(sign.match(line.text) for line in found for sign in (DATED_IN_CELL, BRACKETED))
    return controls or signed or any(line.column is not None or line.para.look.level for line in found)


def _signs_told(found: list[Line]) -> Iterator[str]:
    """What is to be said of signs that fonts draw before list items, and that are taken as their bullets."""
    signs = Counter(sign for line in found if (sign := _sign_before(line)))
    for sign, times in signs.items():
        yield (
            f"Ein Zeichen einer Zeichenschrift („{sign}“) gilt als Aufzählungszeichen, vor {times} Absätzen."
            if times > 1
            else (f"Ein Zeichen einer Zeichenschrift („{sign}“) gilt als Aufzählungszeichen, vor einem Absatz.")
        )


def _paras(items: Iterable[Item]) -> Iterator[Para]:
    """All paragraphs in the order of the file, those in tables and text boxes among them."""
    for item in items:
        if isinstance(item, Table):
            yield from (para for row in item.rows for cell in row for para in _paras(cell.items))
        else:
            yield item
            yield from _paras(item.boxes)


def _text(para: Para) -> str:
    return " ".join(word.text for word in words(para.pieces))


def _changes(para: Para) -> Iterator[Change]:
    """The tracked changes in the paragraph; ¶ is its mark."""
    text = plain(para.pieces) if para.changes else ""
    for (art, wer, wann), said in para.changes:
        changed = " ".join(said.split())
        if changed:
            yield Change(art, changed, wer, wann, text)


def _paragraphs(found: list[Line]) -> Iterator[Paragraph]:
    """The lines as paragraphs with their kinds."""
    listed = any(line.para.bullet for line in found)
    found = [_without_sign(line) for line in found]
    marks = [_typed_bullet(line) for line in found]
    for at, line in enumerate(found):
        mark = marks[at]
        row = mark is not None and mark.group(1) in {
            other.group(1) for other in (*marks[max(at - 1, 0) : at], *marks[at + 1 : at + 2]) if other is not None
        }
        if mark is not None and (line.para.look.hanging or (row and not listed)):
            # Where the file has true lists, dashes typed before plain paragraphs are part of their text.
            rest = part(line.pieces, mark.end(), sum(len(piece.text) for piece in line.pieces))
            yield Paragraph(words(rest), "punkt", label=mark.group(1), continues=line.continues, stated=True)
            continue
        kind = None if mark is not None else _kind(line)
        cells = [words(cell) for cell in line.cells]
        yield Paragraph(
            tuple(chain.from_iterable(cells)) if cells else words(line.pieces),
            kind,
            level=line.para.look.level if kind == "ueberschrift" else 0,
            label="-" if kind == "punkt" else "",
            continues=line.continues,
            column=line.column,
            stated=True,
            cells=tuple(map(len, cells)),
        )


def _without_sign(line: Line) -> Line:
    """The line, a list item without the sign before it that a font draws in place of a letter."""
    sign = _sign_before(line)
    if not sign:
        return line
    text = "".join(piece.text for piece in line.pieces)
    end = text.index(sign) + len(sign)
    end += len(text[end:]) - len(text[end:].lstrip())
    return replace(line, para=replace(line.para, bullet=True), pieces=part(line.pieces, end, len(text)))


def _sign_before(line: Line) -> str:
    """The sign that a font draws before a list item in place of a letter; empty where there is none."""
    sign = _SIGN.match("".join(piece.text for piece in line.pieces))
    first = next((piece for piece in line.pieces if piece.text.strip()), None)
    if sign is None or first is None or not first.sign or line.column is not None or line.para.look.level:
        return ""
    return sign.group().strip()


def _typed_bullet(line: Line) -> re.Match[str] | None:
    """The mark of a list item that was typed into a plain paragraph."""
    para = line.para
    if para.bullet or para.number or para.look.level or line.column is not None:
        return None
    return TYPED_BULLET.match("".join(piece.text for piece in line.pieces))


def _kind(line: Line) -> Kind | None:
    """What the file says of the paragraph; None where it is a title or the row of a table."""
    look = line.para.look
    if line.column is not None:
        return "unterschrift" if line.signs else "text"
    if look.level:
        return "ueberschrift"
    if line.para.bullet:
        return "punkt"
    if look.title or line.joined:
        return None
    bold = all(piece.bold or piece.text.isspace() for piece in line.pieces)
    text = line.text
    return "ueberschrift" if bold and len(text) <= _LONGEST_HEADING and HEAVY_LINE.match(text) else "text"
