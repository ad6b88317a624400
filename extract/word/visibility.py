"""What a person sees of a run's letters in a Word file: colour on its ground, strokes, height, direction, fonts of signs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from lxml import etree

from agreements.reading.doubts import Doubt
from extract.files.colours import BLACK, OFFICE, WHITE, Colour, is_light, mixed, of_hex, of_theme, sight, unseen_why
from extract.word.styles import Properties, Styles, W, is_on, value, whole

_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_HIGHLIGHTS: Mapping[str, Colour] = {
    "black": BLACK, "blue": (0, 0, 255), "cyan": (0, 255, 255), "green": (0, 255, 0), "magenta": (255, 0, 255), "red": (255, 0, 0),
    "yellow": (255, 255, 0), "white": WHITE, "darkBlue": (0, 0, 128), "darkCyan": (0, 128, 128), "darkGreen": (0, 128, 0),
    "darkMagenta": (128, 0, 128), "darkRed": (128, 0, 0), "darkYellow": (128, 128, 0), "darkGray": (128, 128, 128),
    "lightGray": (192, 192, 192),
}  # fmt: skip
"""ECMA-376 Part 1, 17.18.40."""
_THEMED = {"background1": "lt1", "bg1": "lt1", "text1": "dk1", "tx1": "dk1", "dark1": "dk1", "light1": "lt1",
           "background2": "lt2", "bg2": "lt2", "text2": "dk2", "tx2": "dk2", "dark2": "dk2", "light2": "lt2",
           "hyperlink": "hlink", "followedHyperlink": "folHlink"}  # fmt: skip
_SPECK, _TINY = 4, 8
"""Font sizes in half points at which nobody sees letters, or hardly: a note of a page has 14 or more."""
_NARROW = 20
"""Per cent of their width below which letters are strokes."""
_RAISED = 4
"""Half points above the line: less is fine adjustment."""
_SIGN_FONTS = ("symbol", "wingding", "webding", "marlett", "monotype sorts", "mt extra", "bookshelf symbol", "zapf", "itc zapf")
_LOOKS = ("strike", "dstrike", "color", "highlight", "shd", "sz", "w", "vertAlign", "position", "rtl", f"{_W14}textFill")

Height = Literal["", "hoch", "tief"]


class Face(NamedTuple):
    """How a run's letters look: `unseen` says why nobody sees them, `seen` why a person sees them otherwise than they are read."""

    unseen: str | None = None
    seen: tuple[Doubt, ...] = ()
    height: Height = ""
    font: str = ""
    """The font, where it has signs in place of letters."""


PLAIN = Face()


@dataclass(frozen=True, slots=True)
class Faces:
    """Tells how the runs of a file look."""

    styles: Styles
    theme: Mapping[str, Colour] = field(default_factory=lambda: dict(OFFICE))
    fonts: frozenset[str] = frozenset()
    """Fonts that the file itself says to be of signs."""

    def of(self, direct: etree._Element | None, style: str, ground: Colour | None) -> Face:
        """How a run with these direct properties (its `w:rPr`) looks in a paragraph of a style before a ground that may not be known."""
        found = self.styles.run_properties(direct, style)
        if not any(name in found for name in (*_LOOKS, "rFonts")):
            return PLAIN
        unseen, seen = self._sight(found, ground)
        if _is_set(found, "strike") or _is_set(found, "dstrike"):
            seen = Doubt("durchgestrichen")
        if _is_set(found, "rtl"):
            seen = seen or Doubt("von-rechts-nach-links")
        return Face(unseen, (seen,) if seen else (), _height(found), self._sign_font(found))

    def ground(self, direct: etree._Element | None, style: str, behind: Colour | None) -> Colour | None:
        """What lies behind the letters of a paragraph with these direct properties (its `w:pPr`)."""
        return self.shaded(self.styles.paragraph_property(direct, style, "shd"), behind)

    def shaded(self, shading: etree._Element | None, behind: Colour | None) -> Colour | None:
        """The ground with a shading (17.3.5) before it."""
        if shading is None or value(shading) in (None, "nil"):
            return behind
        fill = self._colour(shading, "fill", "themeFill")
        front = self._colour(shading, "color", "themeColor") or BLACK
        pattern = value(shading) or ""
        if pattern == "clear":
            return fill or behind
        share = re.fullmatch(r"pct(\d+)", pattern)
        part = 1.0 if pattern == "solid" else int(share[1]) / 100 if share else 0.5
        return mixed(front, fill or behind or WHITE, part)

    def _sight(self, found: Properties, ground: Colour | None) -> tuple[str | None, Doubt | None]:
        """Why nobody sees the letters, or hardly."""
        size, width = whole(value(found.get("sz"))), whole((value(found.get("w")) or "").rstrip("%"))
        if size is not None and size <= _SPECK:
            return "zu klein, um ihn zu sehen", None
        if (size is not None and size <= _TINY) or (width is not None and width <= _NARROW):
            return None, Doubt("winzig")
        if _is_without_fill(found.get(f"{_W14}textFill")):
            return "ohne Farbe", None
        colour = self._letters(found)
        before = self.shaded(found.get("shd"), ground)
        marker = _HIGHLIGHTS.get(value(found.get("highlight")) or "")
        before = marker or before
        if colour is None:
            return None, None
        if before is None:
            return None, Doubt("hell-vor-ungewissem") if is_light(colour) else None
        seen = sight(colour, before)
        return unseen_why(colour, before) if seen == "unseen" else None, Doubt("kaum-zu-sehen") if seen == "faint" else None

    def _letters(self, found: Properties) -> Colour | None:
        """The colour of the letters; None where Word chooses one that can be seen."""
        fill = found.get(f"{_W14}textFill")
        solid = None if fill is None else fill.find(f"{_W14}solidFill")
        for name in () if solid is None else ("srgbClr", "schemeClr"):
            chosen = solid.find(_W14 + name) if solid is not None else None
            if chosen is not None:
                said = chosen.get(_W14 + "val", "")
                return of_hex(said) if name == "srgbClr" else self.theme.get(_THEMED.get(said, said))
        element = found.get("color")
        return None if element is None else self._colour(element, "val", "themeColor")

    def _colour(self, element: etree._Element, name: str, themed: str) -> Colour | None:
        """A colour that an element names, of the theme or by its parts; None for "auto"."""
        of_theme = value(element, themed)
        colour = self.theme.get(_THEMED.get(of_theme, of_theme)) if of_theme and of_theme != "none" else None
        if colour is None:
            return of_hex(value(element, name) or "")
        tint, shade = (value(element, f"{themed.removesuffix('Color')}{kind}") for kind in ("Tint", "Shade"))
        for said, towards in ((tint, WHITE), (shade, BLACK)):
            if said and re.fullmatch("[0-9A-Fa-f]{1,2}", said):
                colour = mixed(colour, towards, int(said, 16) / 255)
        return colour

    def _sign_font(self, found: Properties) -> str:
        """The font, where it has signs in place of letters."""
        fonts = found.get("rFonts")
        named = [value(fonts, name) or "" for name in ("hAnsi", "ascii")] if fonts is not None else []
        return next((name for name in named if self.is_of_signs(name)), "")

    def is_of_signs(self, font: str) -> bool:
        """Whether a font has signs in place of letters."""
        return font.casefold().startswith(_SIGN_FONTS) or font in self.fonts


def faces(styles: Styles, theme: etree._Element | None, fonts: etree._Element | None) -> Faces:
    """How the runs of a file look by its styles, its theme and its table of fonts."""
    listed = () if fonts is None else fonts.iterfind(W + "font")
    return Faces(styles, of_theme(theme), frozenset(value(font, "name") or "" for font in listed if _is_symbol_set(font)))


def _is_symbol_set(font: etree._Element) -> bool:
    """Whether a font is said to be of signs by its character set (17.8.3.2: 02)."""
    return value(font.find(W + "charset")) in ("2", "02")


def _is_set(found: Properties, name: str) -> bool:
    element = found.get(name)
    return element is not None and is_on(element)


def _is_without_fill(fill: etree._Element | None) -> bool:
    return fill is not None and fill.find(f"{_W14}noFill") is not None


def _height(found: Properties) -> Height:
    aligned = value(found.get("vertAlign"))
    raised = whole(value(found.get("position"))) or 0
    if aligned == "superscript" or raised >= _RAISED:
        return "hoch"
    return "tief" if aligned == "subscript" or raised <= -_RAISED else ""
