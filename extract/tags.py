"""Which block of a tagged PDF each marked piece of a page belongs to."""

from __future__ import annotations

import ctypes
from typing import Literal

import pypdfium2.raw as pdfium_c

from extract.lines import Node

HEADINGS = {"Title": 1, "H": 1, "H1": 1, "H2": 2, "H3": 3, "H4": 4, "H5": 5, "H6": 6}
PARAGRAPHS = frozenset({"P", "BlockQuote", "Note", "FENote", "Caption", "TD", "TH", "Index", "Aside"})
CONTAINERS = frozenset({"Document", "DocumentFragment", "Part", "Art", "Sect", "Div", "Table", "TR", "THead", "TBody", "TFoot"})
CONTENTS = frozenset({"TOC", "TOCI"})
DEEPEST = 60
"""Levels of nesting that are followed; deeper content counts as untagged. A hand-written agreement needs fewer than ten."""

Path = tuple[int, ...]


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
        for place in range(pdfium_c.FPDF_StructElement_CountChildren(element)):
            child = pdfium_c.FPDF_StructElement_GetChildAtIndex(element, place)
            if child:
                if len(path) < DEEPEST:
                    self._walk(child, (*path, place), block, around, found)
                continue
            number = pdfium_c.FPDF_StructElement_GetChildMarkedContentID(element, place)
            if number >= 0:
                found[number] = block or self._node(path, "text")

    def _block(self, kind: str, path: Path, block: Node | None, around: _Surroundings) -> tuple[Node | None, _Surroundings]:
        """The block that content directly in an element of this kind belongs to, and what lies around its children."""
        if kind in CONTENTS or around.contents:
            return self._node(path[: around.contents or len(path)], "verzeichnis"), around.in_contents(len(path))
        if kind == "L":
            return None, around.in_list()
        if kind == "LI":
            return self._node(path, "punkt", around.depth - 1, path), around.in_item(path)
        if kind == "Lbl":
            return self._node(around.item or path, "label", around.depth - 1, around.item), around
        if kind == "LBody":
            return (self._node(around.item, "punkt", around.depth - 1, around.item) if around.item else None), around
        if kind in HEADINGS:
            return self._node(path, "ueberschrift", HEADINGS[kind]), around
        if kind in PARAGRAPHS:
            return self._paragraph(path, block, around), around
        if kind in CONTAINERS:
            return None, around
        return block, around

    def _paragraph(self, path: Path, block: Node | None, around: _Surroundings) -> Node:
        """A paragraph's block: inside a list item its first paragraph is the item."""
        first_of_item = block is not None and block.art == "punkt" and path[-1] == 0
        return block if first_of_item and block else self._node(path, "text", item=around.item)

    def _node(
        self, path: Path, art: Literal["text", "ueberschrift", "punkt", "label", "verzeichnis"], ebene: int = 0, item: Path = ()
    ) -> Node:
        return self._nodes.setdefault((path, art), Node(path, art, ebene, item))

    def _kind(self, element: pdfium_c.FPDF_STRUCTELEMENT) -> str:
        """Standard name of the element's kind, after the file's own role map."""
        length = pdfium_c.FPDF_StructElement_GetType(element, self._buffer, 128)
        return self._buffer.raw[: min(length, 128) - 2].decode("utf-16-le", "replace") if length > 2 else ""


class _Surroundings:
    """What lies around an element: how many lists, which item, whether a table of contents (its depth)."""

    __slots__ = ("contents", "depth", "item")

    def __init__(self, depth: int = 0, item: Path = (), contents: int = 0) -> None:
        self.depth, self.item, self.contents = depth, item, contents

    def in_list(self) -> _Surroundings:
        return _Surroundings(self.depth + 1, self.item)

    def in_item(self, path: Path) -> _Surroundings:
        return _Surroundings(self.depth, path)

    def in_contents(self, depth: int) -> _Surroundings:
        return _Surroundings(self.depth, self.item, self.contents or depth)
