"""The structure tree of our PDFs: one element for each block, whatever pages it runs over."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf

from agreements.document import Block, Document, runs
from agreements.errors import CheckError
from render.html import heading_levels, in_reading_order

BLOCK_TYPES = {"/P", "/H1", "/H2", "/H3", "/LI"}
"""What WeasyPrint calls the elements of the page template that hold one block."""

MARKED = re.compile(rb"/(?:Span|Figure)\s*<<\s*/MCID (\d+)\s*>>\s*BDC")

Place = tuple[int, int]
"""Number of the page from 0, number of the marked content on it."""


def rebuild(pdf: Pdf, document: Document, ids: list[list[str]]) -> None:
    """Gives the PDF a tree of the document's blocks in place of WeasyPrint's, which tags a paragraph on two pages as two.

    `ids` are the blocks' ids on each page. What is no block (page numbers, the draft mark) becomes a pagination artifact.
    """
    contents = _contents(pdf, ids)
    _mark_artifacts(pdf, {place for places in contents.values() for place in places})
    _Tree(pdf, contents).write(document)


def _contents(pdf: Pdf, ids: list[list[str]]) -> dict[str, list[Place]]:
    """Where the marked content of each block is, by the block's id, in reading order."""
    pages = {page.obj.objgen: at for at, page in enumerate(pdf.pages)}
    fragments: dict[int, list[Object]] = defaultdict(list)
    for element in _block_elements(pdf.Root.StructTreeRoot.K[0]):
        fragments[pages[element.Pg.objgen]].append(element)
    contents: dict[str, list[Place]] = defaultdict(list)
    for page, names in enumerate(ids):
        if len(names) != len(fragments[page]):
            raise CheckError(f"Die Auszeichnung von Seite {page + 1} der PDF-Datei passt nicht zu ihrem Inhalt.")
        for name, element in zip(names, fragments[page], strict=True):
            contents[name] += [(page, mcid) for mcid in _marked(element)]
    return contents


def _block_elements(element: Object) -> Iterator[Object]:
    for child in element.K:
        if str(child.S) in BLOCK_TYPES:
            yield child
        else:
            yield from _block_elements(child)


def _marked(element: Object) -> Iterator[int]:
    """Numbers of the marked contents below an element."""
    kids: Iterable[Object | int] = element.K.as_list()
    for kid in kids:
        if isinstance(kid, int):
            yield kid
        else:
            yield from _marked(kid)


def _mark_artifacts(pdf: Pdf, used: set[Place]) -> None:
    """Marks what stands in the page's margins as header or footer; PDF/UA-1 (ISO 14289-1, 7.8) wants it out of the tree."""
    for number, page in enumerate(pdf.pages):

        def mark(match: re.Match[bytes], number: int = number) -> bytes:
            return match.group() if (number, int(match.group(1))) in used else b"/Artifact <</Type /Pagination>> BDC"

        stream = page.Contents
        stream.write(MARKED.sub(mark, stream.read_bytes()))


class _Tree:
    """Writes the elements and the way back from marked content to them (ISO 32000-1, 14.7.4.4)."""

    def __init__(self, pdf: Pdf, contents: dict[str, list[Place]]) -> None:
        self._pdf = pdf
        self._pages = [page.obj for page in pdf.pages]
        self._contents = contents
        self._owners: list[dict[int, Object]] = [{} for _ in pdf.pages]

    def write(self, document: Document) -> None:
        """Replaces the file's tree by the document's blocks."""
        root = self._pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        top = self._element(root, Name.Document)
        root.K = Array([top])
        blocks = in_reading_order(document.blocks)
        numbered = iter(enumerate(zip(blocks, heading_levels(blocks), strict=True)))
        for (art, _), group in runs(blocks):
            self._part(top, art, [(f"b{at}", block, level) for at, (block, level) in (next(numbered) for _ in group)])
        root.ParentTree = self._pdf.make_indirect(Dictionary(Nums=self._parent_tree()))
        self._pdf.Root.StructTreeRoot = root

    def _part(self, top: Object, art: str, items: list[tuple[str, Block, int]]) -> None:
        if art == "punkt":
            parent = self._element(top, Name.L)
            parent.A = Dictionary(O=Name.List, ListNumbering=Name("/None"))
            for name, _, _ in items:
                self._list_item(parent, self._contents[name])
        elif art == "unterschrift":
            section = self._element(top, Name.Sect, "Unterschriften")
            for spalte, lines in groupby(items, key=lambda item: item[1].spalte):
                column = self._element(section, Name.Div, f"Unterschrift {spalte}")
                self._paragraphs(column, lines)
        elif art in ("titelseite", "eingang"):
            self._paragraphs(self._element(top, Name.Div, art.capitalize()), items)
        else:
            self._paragraphs(top, items)

    def _paragraphs(self, parent: Object, items: Iterable[tuple[str, Block, int]]) -> None:
        for name, block, level in items:
            title = f"Ebene {block.ebene}" if level not in (0, block.ebene) else ""
            element = self._element(parent, Name(f"/H{level}") if level else Name.P, title)
            self._fill(element, self._contents[name])

    def _list_item(self, parent: Object, places: list[Place]) -> None:
        """The first content of an item is its dash, which the style sheet sets before the text."""
        item = self._element(parent, Name.LI)
        self._fill(self._element(item, Name.Lbl), places[:1])
        self._fill(self._element(item, Name.LBody), places[1:])

    def _element(self, parent: Object, kind: Object, title: str = "") -> Object:
        element = self._pdf.make_indirect(Dictionary(Type=Name.StructElem, S=kind, P=parent, K=Array()))
        if title:
            element.T = pikepdf.String(title)
        if parent.Type == Name.StructElem:
            parent.K.append(element)
        return element

    def _fill(self, element: Object, places: list[Place]) -> None:
        """Refers the element to its marked contents: by number on its first page, by page and number on the next ones."""
        first = places[0][0] if places else None
        for page, mcid in places:
            self._owners[page][mcid] = element
            element.K.append(mcid if page == first else Dictionary(Type=Name.MCR, Pg=self._pages[page], MCID=mcid))
        if first is not None:
            element.Pg = self._pages[first]

    def _parent_tree(self) -> Array:
        numbers = Array()
        for page, owners in enumerate(self._owners):
            numbers.append(page)
            numbers.append(self._pdf.make_indirect(Array([owners.get(mcid) for mcid in range(max(owners, default=-1) + 1)])))
        return numbers
