"""Which block of a tagged PDF each marked piece of a page belongs to."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from dataclasses import dataclass, replace

import pypdfium2.raw as pdfium_c

from agreements.model.document import UNTERSCHRIFTEN
from extract.layout.lines import Art, Node

HEADINGS = {"Title": 1, "H": 1, "H1": 1, "H2": 2, "H3": 3, "H4": 4, "H5": 5, "H6": 6}
PARAGRAPHS = frozenset({"P", "BlockQuote", "Note", "FENote", "Caption", "Index", "Aside"})
CONTAINERS = frozenset({"Document", "DocumentFragment", "Part", "Art", "Sect", "Div", "Table", "TR", "THead", "TBody", "TFoot"})
CONTENTS = frozenset({"TOC", "TOCI"})
DEEPEST = 60
"""Levels of nesting that are followed; deeper content counts as untagged. A hand-written agreement needs fewer than ten."""

Path = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Surroundings:
    """What lies around an element: how many lists, which item, sections, cell and signatures, whether a table of contents."""

    depth: int = 0
    item: Path = ()
    boxes: tuple[Path, ...] = ()
    cell: Path = ()
    signatures: Path = ()
    contents: bool = False


class Structure:
    """The blocks of one document; a block that goes on over a page break is one and the same Node on both pages."""

    def __init__(self) -> None:
        self._nodes: dict[tuple[Path, str], Node] = {}
        self._buffer = ctypes.create_string_buffer(128)

    def on_page(self, page: pdfium_c.FPDF_PAGE) -> dict[int, Node]:
        """Block of every marked content id of the page; empty where the page has no structure."""
        tree = pdfium_c.FPDF_StructTree_GetForPage(page)
        if not tree:
            return {}
        found: dict[int, Node] = {}
        try:
            for place in range(pdfium_c.FPDF_StructTree_CountChildren(tree)):
                child = pdfium_c.FPDF_StructTree_GetChildAtIndex(tree, place)
                if child:
                    self._walk(child, (place,), None, _Surroundings(), found)
        finally:
            pdfium_c.FPDF_StructTree_Close(tree)
        return found

    def _walk(
        self, element: pdfium_c.FPDF_STRUCTELEMENT, path: Path, block: Node | None, around: _Surroundings, found: dict[int, Node]
    ) -> None:
        """Note the block of all content below an element; `block` is the one that the element is a part of."""
        kind = self._kind(element)
        block, around = self._block(kind, path, block, around)
        if kind == "Sect" and self._text(pdfium_c.FPDF_StructElement_GetTitle, element) == UNTERSCHRIFTEN:
            around = replace(around, signatures=path)
        for place in range(pdfium_c.FPDF_StructElement_CountChildren(element)):
            child = pdfium_c.FPDF_StructElement_GetChildAtIndex(element, place)
            if child:
                if len(path) < DEEPEST:
                    self._walk(child, (*path, place), block, around, found)
                continue
            number = pdfium_c.FPDF_StructElement_GetChildMarkedContentID(element, place)
            if number >= 0:
                found[number] = block or self._node(path, "lose", around)

    def _block(self, kind: str, path: Path, block: Node | None, around: _Surroundings) -> tuple[Node | None, _Surroundings]:
        """The block that content directly in an element of this kind belongs to, and what lies around its children."""
        if kind in CONTENTS or around.contents:
            return self._node(path, "verzeichnis", around), replace(around, contents=True)
        if kind == "L":
            return None, replace(around, depth=around.depth + 1)
        if kind == "LI":
            inside = replace(around, item=path)
            return self._node(path, "punkt", inside), inside
        if kind in ("Lbl", "LBody"):
            return (self._node(around.item, "label" if kind == "Lbl" else "punkt", around) if around.item else block), around
        if kind in HEADINGS:
            return self._node(path, "ueberschrift", around, HEADINGS[kind]), around
        if kind in ("TD", "TH"):
            inside = replace(around, cell=path)
            return self._node(path, "text", inside), inside
        if kind in PARAGRAPHS:
            first_of_item = block is not None and block.art == "punkt" and path[-1] == 0
            return (block if first_of_item else self._node(path, "text", around)), around
        if kind in CONTAINERS:
            return None, replace(around, boxes=(*around.boxes, path))
        return block, around

    def _node(self, path: Path, art: Art, around: _Surroundings, level: int = 0) -> Node:
        ebene = around.depth - 1 if art in ("punkt", "label") else level
        return self._nodes.setdefault((path, art), Node(path, art, ebene, around.item, around.boxes, around.cell, around.signatures))

    def _kind(self, element: pdfium_c.FPDF_STRUCTELEMENT) -> str:
        """Standard name of the element's kind, after the file's own role map."""
        return self._text(pdfium_c.FPDF_StructElement_GetType, element)

    def _text(self, asked: Callable[..., int], element: pdfium_c.FPDF_STRUCTELEMENT) -> str:
        """What the library says of an element, its first letters where it is long."""
        length = asked(element, self._buffer, 128)
        return self._buffer.raw[: min(length, 128) - 2].decode("utf-16-le", "replace") if length > 2 else ""
