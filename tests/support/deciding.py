"""Tracked changes of a Word file accepted or rejected, on its XML and by LibreOffice: two programs beside the one that made them."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import zipfile
from collections.abc import Iterator, Mapping
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
Decision = Literal["accept", "reject"]
_GOES = {"accept": "del", "reject": "ins"}
_STAYS = {"accept": "ins", "reject": "del"}


# ---------------------------------------------------------------- on the XML


class Paragraph(NamedTuple):
    """A paragraph of the file: where it stands, how, and what it says, a tab for a tab."""

    place: str
    """The row and the cell of the table that it stands in."""
    look: tuple[str, ...]
    text: str


def content(package: bytes) -> etree._Element:
    """The body of a Word file."""
    body = etree.fromstring(zipfile.ZipFile(io.BytesIO(package)).read("word/document.xml")).find(f"{W}body")
    assert body is not None
    return body


def decided(body: etree._Element, decision: Decision) -> etree._Element:
    """The body with all changes accepted or rejected, as ECMA-376 Part 1, 17.13.5, says what they mean."""
    body = deepcopy(body)
    _decide_controls(body, decision)
    for change in list(body.iter(f"{W}{_GOES[decision]}")):
        holder = change.getparent()
        if holder is not None and holder.tag == f"{W}trPr":
            _remove(next(holder.iterancestors(f"{W}tr")))
        elif holder is not None and holder.tag != f"{W}rPr":
            _remove(change)
    for change in list(body.iter(f"{W}{_STAYS[decision]}")):
        _unwrap(change)
    for text in body.iter(f"{W}delText"):
        text.tag = f"{W}t"
    _decide_looks(body, decision)
    _join_paragraphs(body, f"{W}{_GOES[decision]}")
    for table in [table for table in body.iter(f"{W}tbl") if table.find(f"{W}tr") is None]:
        _remove(table)
    return body


def _decide_controls(body: etree._Element, decision: Decision) -> None:
    """A control whose beginning and end go is no more; what it holds stays, as far as it does not go, too."""
    for kind in ("Ins", "Del"):
        for begin in list(body.iter(f"{W}customXml{kind}RangeStart")):
            control = begin.getnext()
            if control is not None and control.tag == f"{W}sdt" and kind.lower() == _GOES[decision]:
                held = control.find(f"{W}sdtContent")
                assert held is not None
                for child in list(held):
                    control.addprevious(child)
                _remove(control)
        for mark in list(body.iter(f"{W}customXml{kind}RangeStart", f"{W}customXml{kind}RangeEnd")):
            _remove(mark)


def _decide_looks(body: etree._Element, decision: Decision) -> None:
    for change in list(body.iter(f"{W}pPrChange")):
        now, before = change.getparent(), change.find(f"{W}pPr")
        assert now is not None and before is not None
        _remove(change)
        if decision == "reject":
            mark = now.find(f"{W}rPr")
            now[:] = [*before, *([] if mark is None else [mark])]


def _join_paragraphs(body: etree._Element, gone: str) -> None:
    """Where the end of a paragraph goes, it goes on in the next one, which keeps its looks."""
    for paragraph in list(body.iter(f"{W}p")):
        if paragraph.find(f"{W}pPr/{W}rPr/{gone}") is None:
            continue
        following = _following(paragraph)
        if following is None:
            assert not list(paragraph.iter(f"{W}r")), "nothing is behind it, and yet it says something"
            continue
        behind = following.find(f"{W}pPr")
        place = 0 if behind is None else following.index(behind) + 1
        following[place:place] = [child for child in paragraph if child.tag != f"{W}pPr"]
        _remove(paragraph)


def _following(paragraph: etree._Element) -> etree._Element | None:
    """The next paragraph of the same cell, or of the text; none behind which a table stands."""
    element = paragraph
    while element.getnext() is None and (up := element.getparent()) is not None and up.tag in (f"{W}sdtContent", f"{W}sdt"):
        element = up
    following = element.getnext()
    while following is not None and following.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}sdtPr"):
        following = next((child for child in following if child.tag != f"{W}sdtPr"), None)
    return following if following is not None and following.tag == f"{W}p" else None


def paragraphs(body: etree._Element) -> list[Paragraph]:
    """The paragraphs as they stand, also empty ones."""
    return list(_paragraphs(body))


def _paragraphs(body: etree._Element) -> Iterator[Paragraph]:
    for paragraph in body.iter(f"{W}p"):
        cell = next(paragraph.iterancestors(f"{W}tc"), None)
        row = None if cell is None else cell.getparent()
        table = None if row is None else row.getparent()
        place = "" if cell is None or row is None or table is None else f"{table.findall(f'{W}tr').index(row)}.{row.index(cell)}"
        looks = [each for each in paragraph.iterfind(f"{W}pPr/*") if each.tag not in (f"{W}rPr", f"{W}keepNext")]
        said = "".join("\t" if each.tag == f"{W}tab" else each.text or "" for each in paragraph.iter(f"{W}t", f"{W}tab"))
        yield Paragraph(place, tuple(" ".join((each.tag, *each.attrib.values())) for each in looks), said)


def controls(body: etree._Element) -> list[tuple[str, str]]:
    """The name of each control and what stands in it; one that stands in another of its name is no second one."""
    named = {control: control.findall(f"{W}sdtPr/{W}tag")[0].get(f"{W}val", "") for control in body.iter(f"{W}sdt")}
    return [(name, "".join(text.text or "" for text in control.iter(f"{W}t"))) for control, name in named.items()
            if name not in [named[outer] for outer in control.iterancestors(f"{W}sdt")]]  # fmt: skip


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    assert parent is not None
    parent.remove(element)


def _unwrap(element: etree._Element) -> None:
    for child in list(element):
        element.addprevious(child)
    _remove(element)


# ---------------------------------------------------------------- by LibreOffice


@cache
def office_python() -> str | None:
    """An interpreter that can talk to LibreOffice: it has the module uno (Debian: python3-uno)."""
    for name in ("/usr/bin/python3", "/usr/lib/libreoffice/program/python", "/opt/libreoffice/program/python"):
        known = shutil.which("soffice") and shutil.which(name)
        if known and subprocess.run([name, "-c", "import uno"], capture_output=True, check=False).returncode == 0:
            return name
    return None


def by_office(packages: Mapping[str, bytes], folder: Path) -> dict[str, dict[str, str]]:
    """What LibreOffice says of each file: as it is, with all changes accepted, and rejected; of the largest one also one by one."""
    python = office_python()
    assert python
    for name, package in packages.items():
        (folder / f"{name}.docx").write_bytes(package)
    script = Path(__file__).with_name("office_changes.py")
    done = subprocess.run([python, script, folder], capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    return {name: json.loads((folder / f"{name}.json").read_text(encoding="utf-8")) for name in packages}
