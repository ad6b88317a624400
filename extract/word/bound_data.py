"""What Word shows in content controls that are bound to data beside the text: the data, whatever the text says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from agreements.language.calendar import DAY, day_of
from extract.files.container import Package
from extract.word.styles import W, value

_PROPERTIES = "{http://schemas.openxmlformats.org/officeDocument/2006/customXml}"
_EXTENDED = "{6668398D-A668-4E3E-A5EB-62B293D839F1}"
_CORE = "{6C3C8BC8-F283-45AE-878A-BAB7291924A1}"
"""What stands for the properties of the document (ECMA-376 Part 1, 17.5.2.6; [MS-OI29500] 2.1.569)."""
_STEP = re.compile(r"/(@?)(?:([\w.-]+):)?([\w.-]+)(?:\[(\d+)\])?")
"""A step of the paths that Word writes; no other is followed."""
_PREFIX = re.compile(r"xmlns:([\w.-]+)=(?:\"([^\"]*)\"|'([^']*)')")
_DAY = re.compile(r"(\d{4}-\d\d-\d\d)(?:T[\d:.]+Z?)?")


@dataclass(frozen=True, slots=True)
class Stores:
    """The data beside the text, by the names that controls call them by."""

    roots: Mapping[str, etree._Element] = field(default_factory=dict)

    def otherwise(self, properties: etree._Element, text: str) -> str | None:
        """What Word shows in a control with these properties (its `w:sdtPr`) where that is another than its text; None: the same."""
        binding = properties.find(W + "dataBinding")
        root = None if binding is None else self.roots.get((value(binding, "storeItemID") or "").upper())
        said = None if binding is None or root is None else _at(root, value(binding, "xpath") or "", value(binding, "prefixMappings") or "")
        if said is None or said.lstrip().startswith("<"):  # a control of formatted text keeps a whole document
            return None
        for entry in properties.iterfind(f"{W}dropDownList/{W}listItem"):
            said = value(entry, "displayText") or said if value(entry, "value") == said else said
        shown, text = " ".join(said.split()), " ".join(text.split())
        return None if shown == text or _is_same_day(shown, text) else shown


def stores(package: Package) -> Stores:
    """The data beside the text of a Word file."""
    roots: dict[str, etree._Element] = {}
    for relation in package.relations(package.main):
        if relation.kind == "customXml":
            for inner in package.relations(relation.target):
                properties = package.find(inner.target) if inner.kind == "customXmlProps" else None
                root = package.find(relation.target)
                if properties is not None and root is not None:
                    roots[properties.get(_PROPERTIES + "itemID", "").upper()] = root
    for relation in package.relations(""):
        name = {"core-properties": _CORE, "extended-properties": _EXTENDED}.get(relation.kind)
        found = package.find(relation.target) if name else None
        if name and found is not None:
            roots[name] = found
    return Stores(roots)


def _at(root: etree._Element, path: str, mappings: str) -> str | None:
    """The text at a path; None where there is none, or where the path is none of those that Word writes."""
    names = {prefix: one or other for prefix, one, other in _PREFIX.findall(mappings)}
    steps = list(_STEP.finditer(path))
    if not steps or "".join(step.group() for step in steps) != path:
        return None
    found: list[etree._Element] = [root]
    for number, step in enumerate(steps):
        name = f"{{{names.get(step[2], '')}}}{step[3]}" if step[2] else step[3]
        if step[1]:
            return found[0].get(name)
        below = found if number == 0 else list(found[0])
        found = list(_picked([one for one in below if one.tag == name], int(step[4] or 1)))
        if not found:
            return None
    return "".join(str(text) for text in found[0].itertext())


def _picked(found: list[etree._Element], number: int) -> Iterator[etree._Element]:
    yield from found[number - 1 : number]


def _is_same_day(said: str, text: str) -> bool:
    """Whether data say the day that the text shows in its own way: 2024-02-01, "1. Februar 2024"."""
    day, shown = _DAY.fullmatch(said), DAY.search(text)
    return day is not None and shown is not None and (read := day_of(shown)) is not None and read.isoformat() == day[1]
