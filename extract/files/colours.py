"""Colours of office files: their names in a theme, mixed, and whether letters of one can be seen before another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Literal

from lxml import etree

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"

Colour = tuple[int, int, int]
WHITE: Colour = (255, 255, 255)
BLACK: Colour = (0, 0, 0)
OFFICE: Mapping[str, Colour] = {"dk1": BLACK, "lt1": WHITE, "dk2": (68, 84, 106), "lt2": (231, 230, 230)}
"""The colours of a file without a theme: those of Office 2013."""
_UNSEEN, _FAINT = 1.25, 1.7
"""Contrast (WCAG 2) below which letters vanish, or are easily missed: the lightest grey of Word's palette on white 1.1, the next 1.4."""
_NEAR = 90
"""Steps of red, green and blue together: colours as light as each other but further apart can be told by their hue."""
_LIGHT = 0.5
"""Luminance of colours that a person sees only before a darker one."""

Sight = Literal["unseen", "faint", "seen"]


def sight(letters: Colour, ground: Colour) -> Sight:
    """Whether a person sees letters of a colour before a ground."""
    contrast = _contrast(letters, ground)
    if contrast < _UNSEEN and sum(abs(one - other) for one, other in zip(letters, ground, strict=True)) < _NEAR:
        return "unseen"
    return "faint" if contrast < _FAINT else "seen"


def unseen_why(letters: Colour, ground: Colour) -> str:
    """How one says that letters vanish before a ground."""
    return "weiß auf weiß" if min(*letters, *ground) > 240 else "in der Farbe seines Hintergrunds"


def is_light(colour: Colour) -> bool:
    """Whether a person sees letters of a colour only before a darker one."""
    return _luminance(colour) > _LIGHT


def of_hex(text: str) -> Colour | None:
    """The colour that six hexadecimal digits name; None for anything else."""
    if not re.fullmatch("[0-9A-Fa-f]{6}", text):
        return None
    return int(text[:2], 16), int(text[2:4], 16), int(text[4:], 16)


def mixed(colour: Colour, other: Colour, part: float) -> Colour:
    """A part of one colour, from 0 to 1, with another; a file may state any number."""
    part = min(max(part, 0.0), 1.0)
    red, green, blue = (round(one * part + two * (1 - part)) for one, two in zip(colour, other, strict=True))
    return red, green, blue


def of_theme(theme: etree._Element | None) -> dict[str, Colour]:
    """The colours of a theme (ECMA-376 Part 1, 20.1.6.2) by their names, those of Office where it has none."""
    colours = dict(OFFICE)
    for scheme in () if theme is None else theme.iter(_A + "clrScheme"):
        for entry in scheme:
            said = next((child.get("lastClr") or child.get("val") or "" for child in entry), "")
            colours[etree.QName(entry).localname] = of_hex(said) or colours.get(etree.QName(entry).localname, BLACK)
    return colours


def _luminance(colour: Iterable[int]) -> float:
    """Relative luminance of a colour (WCAG 2)."""
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in (one / 255 for one in colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(colour: Colour, other: Colour) -> float:
    dark, light = sorted((_luminance(colour), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)
