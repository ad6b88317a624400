"""The structure tree of our PDFs: one element for each block, whatever pages it runs over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby

from pydyf import PDF, Array, Dictionary, Object, String

from agreements.errors import CheckError
from agreements.model.document import UNTERSCHRIFTEN, Block, Document, runs
from render.html import heading_levels, in_reading_order

BLOCK_TYPES = {"/P", "/H1", "/H2", "/H3", "/LI"}
"""What WeasyPrint calls the elements of the page template that hold one block."""

Place = tuple[int, int]
"""Number of the page from 0, number of the marked content on it."""


def rebuild(pdf: PDF, document: Document, ids: list[list[str]]) -> None:
    """Gives the PDF a tree of the document's blocks in place of WeasyPrint's, which tags a paragraph on two pages as two.

    `pdf` is what WeasyPrint is about to write, `ids` are the blocks' ids on each page. What is no block (page numbers,
    the draft mark) becomes a pagination artifact.
    """
    contents = _contents(pdf, ids)
    _mark_artifacts(pdf, {place for places in contents.values() for place in places})
    _drop_tree(pdf)
    _Tree(pdf, contents).write(document)


def _contents(pdf: PDF, ids: list[list[str]]) -> dict[str, list[Place]]:
    """Where the marked content of each block is, by the block's id, in reading order."""
    pages = {reference: at for at, reference in enumerate(pdf.page_references)}
    fragments: dict[int, list[Object]] = defaultdict(list)
    for element in _block_elements(pdf, _object(pdf, _tree_root(pdf)["K"][0])):
        fragments[pages[element["Pg"]]].append(element)
    contents: dict[str, list[Place]] = defaultdict(list)
    for page, names in enumerate(ids):
        if len(names) != len(fragments[page]):
            raise CheckError(f"Die Auszeichnung von Seite {page + 1} der PDF-Datei passt nicht zu ihrem Inhalt.")
        for name, element in zip(names, fragments[page], strict=True):
            contents[name] += [(page, mcid) for mcid in _marked(pdf, element)]
    return contents


def _object(pdf: PDF, reference: bytes) -> Object:
    return pdf.objects[int(reference.split()[0])]


def _tree_root(pdf: PDF) -> Object:
    return _object(pdf, pdf.catalog["StructTreeRoot"])


def _block_elements(pdf: PDF, element: Object) -> Iterator[Object]:
    for reference in element["K"]:
        child = _object(pdf, reference)
        if child["S"] in BLOCK_TYPES:
            yield child
        else:
            yield from _block_elements(pdf, child)


def _marked(pdf: PDF, element: Object) -> Iterator[int]:
    """Numbers of the marked contents below an element."""
    for kid in element["K"]:
        if isinstance(kid, int):
            yield kid
        else:
            yield from _marked(pdf, _object(pdf, kid))


def _mark_artifacts(pdf: PDF, used: set[Place]) -> None:
    """Marks what stands in the page's margins as header or footer; PDF/UA-1 (ISO 14289-1, 7.8) wants it out of the tree."""
    for number, page in enumerate(pdf.page_references):
        stream = _object(pdf, _object(pdf, page)["Contents"]).stream
        for at, item in enumerate(stream):
            if isinstance(item, Dictionary) and "MCID" in item and (number, item["MCID"]) not in used:
                stream[at - 1 : at + 1] = "/Artifact", Dictionary({"Type": "/Pagination"})


def _drop_tree(pdf: PDF) -> None:
    """Frees the objects of WeasyPrint's tree."""
    elements = [item for item in pdf.objects if isinstance(item, Dictionary) and item.get("Type") == "/StructElem"]
    for item in (_tree_root(pdf), _object(pdf, _tree_root(pdf)["ParentTree"]), *elements):
        item.free = "f"


class _Tree:
    """Writes the elements and the way back from marked content to them (ISO 32000-1, 14.7.4.4)."""

    def __init__(self, pdf: PDF, contents: dict[str, list[Place]]) -> None:
        self._pdf = pdf
        self._pages = pdf.page_references
        self._contents = contents
        self._owners: list[dict[int, bytes]] = [{} for _ in self._pages]

    def write(self, document: Document) -> None:
        """Replaces the file's tree by the document's blocks."""
        root = self._add({"Type": "/StructTreeRoot"})
        top = self._element(root, "/Document")
        root["K"] = Array([top.reference])
        blocks = in_reading_order(document.blocks)
        numbered = iter(enumerate(zip(blocks, heading_levels(blocks), strict=True)))
        for (art, _), group in runs(blocks):
            self._part(top, art, [(str(at), block, level) for at, (block, level) in (next(numbered) for _ in group)])
        root["ParentTree"] = self._add({"Nums": self._parent_tree()}).reference
        self._pdf.catalog["StructTreeRoot"] = root.reference

    def _part(self, top: Object, art: str, items: list[tuple[str, Block, int]]) -> None:
        if art == "punkt":
            parent = self._element(top, "/L")
            parent["A"] = Dictionary({"O": "/List", "ListNumbering": "/None"})
            for name, _, _ in items:
                self._list_item(parent, self._contents[name])
        elif art == "unterschrift":
            section = self._element(top, "/Sect", UNTERSCHRIFTEN)
            for spalte, lines in groupby(items, key=lambda item: item[1].column):
                column = self._element(section, "/Div", f"Unterschrift {spalte}")
                self._paragraphs(column, lines)
        elif art in ("titelseite", "eingang"):
            self._paragraphs(self._element(top, "/Div", art.capitalize()), items)
        else:
            self._paragraphs(top, items)

    def _paragraphs(self, parent: Object, items: Iterable[tuple[str, Block, int]]) -> None:
        for name, block, level in items:
            title = f"Ebene {block.level}" if level not in (0, block.level) else ""
            element = self._element(parent, f"/H{level}" if level else "/P", title)
            self._fill(element, self._contents[name])

    def _list_item(self, parent: Object, places: list[Place]) -> None:
        """The first content of an item is its dash, which the style sheet sets before the text."""
        item = self._element(parent, "/LI")
        self._fill(self._element(item, "/Lbl"), places[:1])
        self._fill(self._element(item, "/LBody"), places[1:])

    def _element(self, parent: Object, kind: str, title: str = "") -> Object:
        element = self._add({"Type": "/StructElem", "S": kind, "P": parent.reference, "K": Array()})
        if title:
            element["T"] = String(title)
        if parent["Type"] == "/StructElem":
            parent["K"].append(element.reference)
        return element

    def _add(self, entries: dict[str, object]) -> Object:
        added = Dictionary(entries)
        self._pdf.add_object(added)
        return added

    def _fill(self, element: Object, places: list[Place]) -> None:
        """Refers the element to its marked contents: by number on its first page, by page and number on the next ones."""
        first = places[0][0] if places else None
        for page, mcid in places:
            self._owners[page][mcid] = element.reference
            element["K"].append(mcid if page == first else Dictionary({"Type": "/MCR", "Pg": self._pages[page], "MCID": mcid}))
        if first is not None:
            element["Pg"] = self._pages[first]

    def _parent_tree(self) -> Array:
        numbers = Array()
        for page, owners in enumerate(self._owners):
            numbers += [page, self._page_owners(owners).reference]
        return numbers

    def _page_owners(self, owners: dict[int, bytes]) -> Array:
        added = Array([owners.get(mcid, "null") for mcid in range(max(owners, default=-1) + 1)])
        self._pdf.add_object(added)
        return added
