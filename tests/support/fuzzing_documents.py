"""Broken and hostile documents, drawn by number: real PDFs, Word files and tables with bytes, objects or elements that are not what they
should be. A number gives the same document on every machine that has the same libraries.
"""

from __future__ import annotations

import csv
import io
import random
import re
import zipfile
from collections.abc import Callable, Sequence
from copy import deepcopy
from typing import Any

import pikepdf
from fuzzing_bases import as_csv, pdf_bases, table_bases, word_bases
from lxml import etree

_TOKENS = (b"null", b"<<", b">>", b"[", b"]", b"(", b"-1", b"0", b"99999999999999999999", b"1e308", b"/Type", b"obj", b"endobj", b"stream",
           b"R", b"\0", b"\xff\xfe", b"<?xml?>", b"<", b"&#0;", b"true")  # fmt: skip
_TEXTS = (
    "",
    "-1",
    "0",
    "1e300",
    "9" * 20,
    "9" * 400,
    "0.000000000000000001",
    "NaN",
    "²",
    "\u202e42",
    "Ж",
    "中",
    "😀",
    "x" * 100_000,
    "true",
    "null",
)
_CELLS = ("=1+1", '="007"', '"', "#REF!", "\0", "sep=,")
_OPERANDS = (
    b"1e38",
    b"-99999999999",
    b"0",
    b"0.0000001",
    b"null",
    b"()",
    b"[]",
    b"<<>>",
    b"/Im0",
    b"q",
    b"Q",
    b"BT",
    b"ET",
    b"W n",
    b"Do",
    b"BX",
)


def pdf(seed: int) -> bytes:
    """A PDF file with something wrong in it."""
    draw = random.Random(seed)
    base = draw.choice(pdf_bases())
    if draw.random() < 0.25:
        return _bytes_changed(base, draw)
    with pikepdf.open(io.BytesIO(base)) as document:
        for _ in range(draw.choice((1, 1, 1, 2, 4))):
            draw.choice((_object_changed, _object_changed, _object_changed, _contents_changed, _page_changed))(document, draw)
        out = io.BytesIO()
        try:
            document.save(out, **_saved(draw))
        except (pikepdf.PdfError, RuntimeError, ValueError, TypeError):  # what it cannot even write
            return _bytes_changed(base, draw)
    return _bytes_changed(out.getvalue(), draw) if draw.random() < 0.1 else out.getvalue()


def word(seed: int) -> bytes:
    """A Word file with something wrong in it."""
    draw = random.Random(seed)
    return _package(draw.choice(word_bases()), draw)


def table(seed: int) -> bytes:
    """An Excel table with something wrong in it."""
    draw = random.Random(seed)
    return _package(draw.choice(table_bases()), draw)


def separated(seed: int) -> bytes:
    """A table as CSV with something wrong in it."""
    draw = random.Random(seed)
    rows = list(csv.reader(io.StringIO(as_csv()), delimiter=";"))
    for _ in range(draw.choice((0, 1, 1, 2, 5))):
        row = draw.choice(rows)
        draw.choice((
            lambda row=row: row.__setitem__(draw.randrange(len(row)), draw.choice((*_TEXTS, *_CELLS))),
            lambda row=row: row.append(draw.choice(_TEXTS)),
            lambda row=row: row.pop() if len(row) > 1 else None,
            lambda row=row: rows.append(list(row)),
        ))()  # fmt: skip
    sign = draw.choice(";;;,\t|")
    text = draw.choice(("\n", "\r\n", "\r")).join(sign.join(f'"{cell}"' if draw.random() < 0.1 else cell for cell in row) for row in rows)
    data = text.encode(draw.choice(("utf-8", "utf-8", "utf-8-sig", "cp1252", "utf-16")), "replace")
    return _bytes_changed(data, draw) if draw.random() < 0.3 else data


# ---------------------------------------------------------------- bytes


def _bytes_changed(data: bytes, draw: random.Random) -> bytes:
    """Some bytes flipped, cut, doubled, or replaced by words of the formats."""
    found = bytearray(data)
    for _ in range(draw.choice((1, 1, 3, 10, 40))):
        at = draw.randrange(len(found) + 1)
        match draw.randrange(6):
            case 0 | 1:
                found[at : at + 1] = bytes([draw.randrange(256)])
            case 2:
                found[at : at + draw.choice((1, 10, 1000))] = b""
            case 3:
                found[at:at] = found[at : at + draw.choice((1, 10, 1000))]
            case 4:
                token = draw.choice(_TOKENS)
                found[at : at + len(token)] = token
            case _:
                numbers = [match.span() for match in re.finditer(rb"\d+", found[at : at + 2000])]
                if numbers:
                    start, end = draw.choice(numbers)
                    found[at + start : at + end] = draw.choice((b"0", b"-1", b"4294967296", b"9" * 40, b"1"))
    if draw.random() < 0.1:
        del found[draw.randrange(len(found) + 1) :]
    return bytes(found)


# ---------------------------------------------------------------- PDF


def _saved(draw: random.Random) -> dict[str, Any]:
    """How a changed file is written."""
    said: dict[str, Any] = {"object_stream_mode": draw.choice((pikepdf.ObjectStreamMode.disable, pikepdf.ObjectStreamMode.generate)),
                            "static_id": True}  # fmt: skip
    if draw.random() < 0.05:
        return said | {
            "encryption": pikepdf.Encryption(user="", owner="x", R=draw.choice((2, 3, 4)), aes=False, metadata=draw.random() < 0)
        }
    return said | {"qdf": draw.random() < 0.3}


def _object_changed(document: pikepdf.Pdf, draw: random.Random) -> None:
    """One entry of some object is something else."""
    holder = _holder(document, draw)
    if isinstance(holder, pikepdf.Array):
        if len(holder):
            holder[draw.randrange(len(holder))] = _odd(document, draw, holder)
        return
    keys = sorted(holder.keys())
    if not keys:
        return
    key = draw.choice(keys)
    if isinstance(holder, pikepdf.Stream) and key == "/Length":
        holder.write(draw.choice((b"", b"\0" * 1000, bytes(range(256)))))
    elif draw.random() < 0.15:
        del holder[key]
    else:
        odd = _odd(document, draw, holder)
        if odd is not None:
            holder[key] = odd


def _holder(document: pikepdf.Pdf, draw: random.Random) -> Any:
    """Some dictionary, stream or array of a file, also one inside another."""
    holder: Any = draw.choice([*_containers(document), document.Root, document.Root, *(page.obj for page in document.pages)])
    while draw.random() < 0.5:
        inside = list(holder) if isinstance(holder, pikepdf.Array) else [holder[key] for key in sorted(holder.keys())]
        further = [each for each in inside if isinstance(each, _CONTAINERS)]
        if not further:
            break
        holder = draw.choice(further)
    return holder


_CONTAINERS = (pikepdf.Dictionary, pikepdf.Stream, pikepdf.Array)


def _containers(document: pikepdf.Pdf) -> list[Any]:
    return [each for each in document.objects if isinstance(each, _CONTAINERS)]


def _odd(document: pikepdf.Pdf, draw: random.Random, holder: Any) -> Any:
    """What nobody expects there: another kind of object, a huge number, the object itself, any other one."""
    simple = (0, -1, 1, 2**31, 2**63 - 1, 10**8, True, "", "x" * 1000, "\u202e\x1b[2J", pikepdf.Name.X, pikepdf.Dictionary(),
              pikepdf.Array(), *(pikepdf.Array(box) for box in ([0, 0, 0, 0], [0, 0, 0.001, 0.001], [1e9, -1e9, 1e9, 1e9])))  # fmt: skip
    choice = draw.randrange(10)
    if choice < 6:
        return draw.choice(simple)
    if choice == 6 and holder.is_indirect:
        return holder
    if choice == 7:
        return document.Root.Pages
    if choice == 8:
        return document.make_stream(draw.choice((b"", b"\0" * 100, b"q " * 1000)))
    return draw.choice([*_containers(document), document.Root])


def _contents_changed(document: pikepdf.Pdf, draw: random.Random) -> None:
    """What a page is written with holds other operators and operands."""
    streams = [each for each in document.objects if isinstance(each, pikepdf.Stream) and "/Subtype" not in each]
    streams += [each for each in document.objects if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == "/Form"]
    stream = draw.choice(streams)
    try:
        words = stream.read_bytes().split(b" ")
    except pikepdf.PdfError:
        return
    for _ in range(draw.choice((1, 3, 30))):
        words[draw.randrange(len(words))] = draw.choice(_OPERANDS)
    if draw.random() < 0.2:
        words += [draw.choice(_OPERANDS)] * draw.choice((10, 10_000))
    stream.write(b" ".join(words))


def _page_changed(document: pikepdf.Pdf, draw: random.Random) -> None:
    """A page lies otherwise, or says something else of itself."""
    if not len(document.pages):
        return
    page = draw.choice(list(document.pages)).obj
    boxes = (
        [0, 0, 0.01, 0.01],
        [0, 0, 1e-7, 842],
        [595, 842, 0, 0],
        [-1e6, -1e6, 1e6, 1e6],
        [0, 0, 3000, 3000],
        [1, 2],
        [1e38] * 4,
        ["a"] * 4,
    )
    match draw.randrange(4):
        case 0 | 1:
            page[draw.choice(("/MediaBox", "/CropBox"))] = pikepdf.Array(draw.choice(boxes))
        case 2:
            page["/Rotate"] = draw.choice((90, 180, 45, -90, 2**31, 10**9))
        case _:
            page["/UserUnit"] = draw.choice((0, -1, 1000, 10**9))


# ---------------------------------------------------------------- Word and Excel


def _package(base: bytes, draw: random.Random) -> bytes:
    """An office file with parts, elements, attributes or bytes that are not what they should be."""
    if draw.random() < 0.1:
        return _bytes_changed(base, draw)
    with zipfile.ZipFile(io.BytesIO(base)) as archive:
        parts = [(info.filename, archive.read(info)) for info in archive.infolist()]
    for _ in range(draw.choice((1, 1, 1, 2, 4))):
        if draw.random() < 0.15:
            parts = _parts_changed(parts, draw)
            continue
        xml = [place for place, (name, _) in enumerate(parts) if name.endswith((".xml", ".rels"))]
        # the large parts, where the text and the cells stand, as often as all others together
        place = draw.choice(sorted(xml, key=lambda place: -len(parts[place][1]))[:3]) if draw.random() < 0.5 else draw.choice(xml)
        parts[place] = (parts[place][0], _xml_changed(parts[place][1], draw))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _parts_changed(parts: list[tuple[str, bytes]], draw: random.Random) -> list[tuple[str, bytes]]:
    """A part is missing, there twice, empty, called otherwise, or another's."""
    found, place = list(parts), draw.randrange(len(parts))
    name, content = found[place]
    match draw.randrange(6):
        case 0:
            del found[place]
        case 1:
            found.append((draw.choice((name + "x", name.upper(), "../" + name)), content))
        case 2:
            found[place] = (name, b"")
        case 3:
            found[place] = (name, draw.choice(found)[1])
        case 4:
            found[place] = (name, _bytes_changed(content, draw) if content else b"<")
        case _:
            found[place] = (name, content[: draw.randrange(len(content) + 1)])
    return found


def _xml_changed(content: bytes, draw: random.Random) -> bytes:
    """Some elements and attributes of a part dropped, doubled, emptied, moved, or saying something else."""
    try:
        root = etree.fromstring(content)
    except etree.XMLSyntaxError:
        return content
    for _ in range(draw.choice((1, 1, 2, 5))):
        elements = list(root.iter(etree.Element))
        draw.choice(_CHANGES)(draw.choice(elements), elements, draw)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _dropped(element: etree._Element, elements: Sequence[etree._Element], draw: random.Random) -> None:
    if (parent := element.getparent()) is not None:
        parent.remove(element)


def _doubled(element: etree._Element, elements: Sequence[etree._Element], draw: random.Random) -> None:
    if (parent := element.getparent()) is not None and sum(1 for _ in element.iter()) < 2000:
        for _ in range(draw.choice((1, 2, 40))):
            parent.insert(parent.index(element), deepcopy(element))


def _emptied(element: etree._Element, elements: Sequence[etree._Element], draw: random.Random) -> None:
    for child in list(element):
        element.remove(child)
    element.text = None


def _without_attribute(element: etree._Element, elements: Sequence[etree._Element], draw: random.Random) -> None:
    if element.attrib:
        del element.attrib[draw.choice(sorted(map(str, element.attrib)))]


def _other_attribute(element: etree._Element, elements: Sequence[etree._Element], draw: random.Random) -> None:
    with_some = [each for each in elements if each.attrib]
    if with_some:
        chosen = element if element.attrib else draw.choice(with_some)
        chosen.set(draw.choice(sorted(map(str, chosen.attrib))), draw.choice(_TEXTS))


def _other_text(element: etree._Element, elements: Sequence[etree._Element], draw: random.Random) -> None:
    with_text = [each for each in elements if each.text] or [element]
    draw.choice(with_text).text = draw.choice(_TEXTS)


def _other_name(element: etree._Element, elements: Sequence[etree._Element], draw: random.Random) -> None:
    element.tag = draw.choice(elements).tag


def _moved(element: etree._Element, elements: Sequence[etree._Element], draw: random.Random) -> None:
    draw.choice(elements).append(deepcopy(element))


def _nested(element: etree._Element, elements: Sequence[etree._Element], draw: random.Random) -> None:
    """The element around itself, as deep as a parser takes it and deeper."""
    inner = element
    for _ in range(draw.choice((3, 30, 120, 300))):
        inner = etree.SubElement(inner, element.tag)


_CHANGES: tuple[Callable[[etree._Element, Sequence[etree._Element], random.Random], None], ...] = (
    _dropped, _dropped, _doubled, _emptied, _without_attribute, _other_attribute, _other_attribute, _other_text, _other_name, _moved,
    _nested,
)  # fmt: skip
