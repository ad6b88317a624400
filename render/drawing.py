"""Figures as small SVG elements for a page: drawn by matplotlib, their text left as text, the same on every machine."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import matplotlib
from lxml import etree
from markupsafe import Markup
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

_SVG, _XLINK = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xlink}"
_RULES: dict[Any, Any] = {"svg.fonttype": "none", "svg.hashsalt": "zv", "font.family": "DejaVu Sans", "hatch.linewidth": 0.8}
"""Text stays text, names depend on nothing but the picture, sizes are reckoned with the font that matplotlib brings along."""
_DROPPED = ("font-family", "font-stretch")
_URL, _HREF = re.compile(r"(url\(#)([^)]+)(\))"), re.compile(r"(#)(.+)()")
_FRACTION = re.compile(r"(\.\d\d)\d+")


@contextmanager
def drawing(width: float, height: float) -> Iterator[Figure]:
    """A blank figure, its sides in CSS pixels; no setting of the user's own plays a part."""
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(_RULES)
        figure = Figure(figsize=(width / 72, height / 72))
        figure.patch.set_visible(False)
        FigureCanvasSVG(figure)
        yield figure


def as_svg(figure: Figure, name: str, label: str) -> Markup:
    """The figure as an element of a page; `name` keeps its ids apart from those of others, `label` is said instead of it."""
    written = io.StringIO()
    figure.savefig(written, format="svg", metadata=dict.fromkeys(("Creator", "Date", "Format", "Type")))
    root = etree.fromstring(written.getvalue().encode())
    for element in list(root.iter("{*}metadata", "{*}style")):
        _remove(element)
    for element in root.iter("{*}*"):
        _as_attributes(element)
    _rename(root, name)
    _flatten(root)
    box = root.get("viewBox", "")
    root.attrib.clear()
    for key, value in {"viewBox": box, "role": "img", "aria-label": label, "stroke-linejoin": "round"}.items():
        root.set(key, value)
    etree.cleanup_namespaces(root)
    return Markup(_FRACTION.sub(r"\1", etree.tostring(root, encoding="unicode")))


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _as_attributes(element: etree._Element) -> None:
    """Styles as attributes: the page's policy allows no styles within elements; the font is the page's."""
    for rule in str(element.attrib.pop("style", "")).split(";"):
        key, _, value = rule.partition(":")
        if value and key.strip() not in _DROPPED:
            element.set(key.strip(), value.strip())
    if element.get("transform", "").startswith("rotate(-0"):
        del element.attrib["transform"]
    for place in ("d", "points"):
        if place in element.attrib:
            element.set(place, " ".join(str(element.attrib[place]).split()))
    if element.text and not element.text.strip():
        element.text = None
    element.tail = None


def _rename(root: etree._Element, name: str) -> None:
    """Ids that are used get the figure's name in front, the others go."""
    used = {found[2] for element in root.iter("{*}*") for _, found in _references(element)}
    for element in root.iter("{*}*"):
        if (own := str(element.attrib.pop("id", ""))) in used:
            element.set("id", f"{name}-{own}")
        for key, found in list(_references(element)):
            del element.attrib[key]
            element.set(key.removeprefix(_XLINK), f"{found[1]}{name}-{found[2]}{found[3]}")


def _references(element: etree._Element) -> Iterator[tuple[str, re.Match[str]]]:
    """The attributes that name another element: "url(#…)", and "#…" of a use."""
    for key, value in element.attrib.items():
        pattern = _HREF if key == f"{_XLINK}href" else _URL
        if found := pattern.fullmatch(str(value)):
            yield str(key), found


def _flatten(root: etree._Element) -> None:
    """Groups that say nothing are left out."""
    for group in list(root.iter(f"{_SVG}g")):
        parent = group.getparent()
        if not group.attrib and parent is not None:
            at = parent.index(group)
            parent[at : at + 1] = list(group)
