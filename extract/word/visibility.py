"""What a person sees of a run's letters in a Word file: colour on its ground, strokes, height, direction, fonts of signs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from lxml import etree

from agreements.reading.doubts import Doubt
from extract.files.colours import BLACK, OFFICE, WHITE, Colour, is_light, mixed, of_hex, of_theme, sight, unseen_why
from extract.word.styles import NOTHING, Properties, Styles, W, is_on, named, over, value, whole

_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
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
_MAPPED = {"background1": "bg1", "bg1": "bg1", "text1": "t1", "tx1": "t1", "background2": "bg2", "bg2": "bg2", "text2": "t2", "tx2": "t2"}
"""The names that settings may give another colour of the theme (17.15.1.20)."""
_SPECK, _TINY = 4, 8
"""Font sizes in half points at which nobody sees letters, or hardly: a note of a page has 14 or more."""
_USUAL = 20
"""Half points of letters where a file says nothing (17.3.2.38)."""
_NARROW = 20
"""Per cent of their width below which letters are strokes."""
_FLAT = 40
"""Twips of a row of a table in which nobody sees a line: LibreOffice shows nothing of it."""
_SQUEEZED = 6
"""Twips of a line for each half point of its letters, 10 in set type: below that lines or letters lie one over the other."""
_CONDENSED = -3
"""Twips for each half point by which letters stand closer, of which a figure is 5 to 6 wide."""
_RAISED = 4
"""Half points above the line: less is fine adjustment."""
_GLASS = 70_000
"""Transparency of letters in thousandths of a per cent from which Word shows them hardly or not; other programs show them."""
_SIGN_FONTS = (
    *("symbol", "wingding", "webding", "marlett", "monotype sorts", "mt extra", "bookshelf symbol", "zapf", "itc zapf"),
    *("opensymbol", "starsymbol", "dingbats"),
)
_RELIEF = ("emboss", "imprint", "shadow")
"""What draws a shadow of letters in any colour."""

Height = Literal["", "hoch", "tief"]


class Face(NamedTuple):
    """How a run's letters look: `unseen` says why nobody sees them, `seen` why a person sees them otherwise than they are read."""

    unseen: str | None = None
    seen: tuple[Doubt, ...] = ()
    height: Height = ""
    fonts: tuple[str, str] = ("", "")
    """The fonts of letters of ASCII and of others, where these have signs in place of letters."""
    hidden: bool = False


PLAIN = Face()


class Place(NamedTuple):
    """Where a run stands, as far as its look depends on that."""

    style: str = ""
    """Id of the paragraph's style."""
    table: Properties = NOTHING
    """What the style of the table says of runs."""
    ground: Colour | None = WHITE
    """What lies behind the letters; None: nobody knows."""
    line: int | None = None
    """Twips that a line is high, where the file says exactly."""
    row: int | None = None
    """Twips that the row of the table is high, where the file says exactly."""


@dataclass(frozen=True, slots=True)
class Faces:
    """Tells how the runs of a file look."""

    styles: Styles
    theme: Mapping[str, Colour] = field(default_factory=lambda: dict(OFFICE))
    fonts: frozenset[str] = frozenset()
    """Fonts that the file itself says to be of signs."""
    typefaces: Mapping[str, str] = field(default_factory=dict)
    """The fonts of the theme by the names that runs call them by."""

    def of(self, direct: etree._Element | None, place: Place, nearer: etree._Element | None = None) -> Face:
        """How a run with these direct properties (its `w:rPr`) looks at a place; `nearer` are others that hold before them."""
        found = self.styles.run_properties(direct, place.style, place.table)
        found = found if nearer is None else over(found, named(nearer))
        hidden, disputed = self.styles.toggled(direct, place.style, "vanish", place.table)
        unseen, seen = self._sight(found, place)
        doubts = [Doubt("vielleicht-verborgen")] if disputed and not hidden else []
        if any(self._is_struck(direct, found, place, name) for name in ("strike", "dstrike")):
            doubts.append(Doubt("durchgestrichen"))
        if _is_set(found, "rtl"):
            doubts.append(Doubt("von-rechts-nach-links"))
        if seen is not None and not doubts:
            doubts.append(seen)
        return Face(unseen, tuple(doubts), _height(found), self._sign_fonts(found), hidden)

    def _is_struck(self, direct: etree._Element | None, found: Properties, place: Place, name: str) -> bool:
        """Whether letters are struck; where programs do not agree on it, they are."""
        on, disputed = self.styles.toggled(direct, place.style, name, place.table)
        return on or disputed or _is_set(found, name)

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
        share = re.fullmatch(r"pct(\d{1,3})", pattern)
        part = 1.0 if pattern == "solid" else int(share[1]) / 100 if share else 0.5
        return mixed(front, fill or behind or WHITE, part)

    def _sight(self, found: Properties, place: Place) -> tuple[str | None, Doubt | None]:
        """Why nobody sees the letters, or hardly."""
        stated, width = whole(value(found.get("sz"))), whole((value(found.get("w")) or "").rstrip("%"))
        if _is_set(found, "cs") or _is_set(found, "rtl"):
            stated = whole(value(found.get("szCs"))) or stated
        size = _USUAL if stated is None else stated
        if size <= _SPECK:
            return "zu klein, um ihn zu sehen", None
        if place.row is not None and place.row <= _FLAT:
            return "in einer Zeile ohne Höhe", None
        if size <= _TINY or (width is not None and width <= _NARROW):
            return None, Doubt("winzig")
        closer = whole(value(found.get("spacing"))) or 0
        if any(high is not None and high < size * _SQUEEZED for high in (place.line, place.row)) or closer < size * _CONDENSED:
            return None, Doubt("liegt-uebereinander")
        return self._coloured(found, place.ground)

    def _coloured(self, found: Properties, ground: Colour | None) -> tuple[str | None, Doubt | None]:
        """Why nobody sees the letters, or hardly, for their colour."""
        fill = found.get(f"{_W14}textFill")
        if _is_without_fill(fill) and not _is_outlined(found.get(f"{_W14}textOutline")):
            return "ohne Farbe", None
        if fill is not None and max((whole(alpha.get(_W14 + "val")) or 0 for alpha in fill.iter(_W14 + "alpha")), default=0) >= _GLASS:
            return None, Doubt("kaum-zu-sehen")
        colour = self._letters(found)
        before = _HIGHLIGHTS.get(value(found.get("highlight")) or "") or self.shaded(found.get("shd"), ground)
        if colour is None or any(_is_set(found, relief) for relief in _RELIEF):
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
                return of_hex(said) if name == "srgbClr" else _varied(self.theme.get(said), chosen)
        element = found.get("color")
        return None if element is None else self._colour(element, "val", "themeColor")

    def _colour(self, element: etree._Element, name: str, themed: str) -> Colour | None:
        """A colour that an element names, of the theme or by its parts; None for "auto"."""
        of_theme = value(element, themed)
        colour = self.theme.get(of_theme) if of_theme and of_theme != "none" else None
        if colour is None:
            return of_hex(value(element, name) or "")
        tint, shade = (value(element, f"{themed.removesuffix('Color')}{kind}") for kind in ("Tint", "Shade"))
        for said, towards in ((tint, WHITE), (shade, BLACK)):
            if said and re.fullmatch("[0-9A-Fa-f]{1,2}", said):
                colour = mixed(colour, towards, int(said, 16) / 255)
        return colour

    def _sign_fonts(self, found: Properties) -> tuple[str, str]:
        """The fonts of letters of ASCII and of others, where these have signs in place of letters; the theme's come first (17.3.2.26)."""
        fonts = found.get("rFonts")
        if fonts is None:
            return "", ""
        ascii_font, other = (
            self.typefaces.get(value(fonts, f"{name}Theme") or "", value(fonts, name) or "") for name in ("ascii", "hAnsi")
        )
        return tuple(name if self.is_of_signs(name) else "" for name in (ascii_font, other))  # type: ignore[return-value]

    def is_of_signs(self, font: str) -> bool:
        """Whether a font has signs in place of letters."""
        return font.casefold().startswith(_SIGN_FONTS) or font in self.fonts


def faces(styles: Styles, theme: etree._Element | None, fonts: etree._Element | None, settings: etree._Element | None = None) -> Faces:
    """How the runs of a file look by its styles, its theme, its table of fonts, and which colour of the theme its settings call what."""
    colours = of_theme(theme)
    mapping = None if settings is None else settings.find(W + "clrSchemeMapping")
    for said, entry in _THEMED.items():
        mapped = value(mapping, _MAPPED[said]) if said in _MAPPED else None
        colour = colours.get(_THEMED.get(mapped, mapped) if mapped else entry)
        if colour is not None:
            colours[said] = colour
    listed = () if fonts is None else fonts.iterfind(W + "font")
    symbols = frozenset(value(font, "name") or "" for font in listed if _is_symbol_set(font))
    return Faces(styles, colours, symbols, dict(_typefaces(theme)))


def _typefaces(theme: etree._Element | None) -> Iterator[tuple[str, str]]:
    """The fonts of a theme by the names of 17.18.96."""
    for kind in ("major", "minor"):
        latin = None if theme is None else next(theme.iterfind(f".//{_A}{kind}Font/{_A}latin"), None)
        for script in () if latin is None else ("HAnsi", "Ascii"):
            yield f"{kind}{script}", (latin.get("typeface") or "" if latin is not None else "")


def _is_symbol_set(font: etree._Element) -> bool:
    """Whether a font is said to be of signs by its character set (17.8.3.2: 02)."""
    return value(font.find(W + "charset")) in ("2", "02")


def _is_set(found: Properties, name: str) -> bool:
    element = found.get(name)
    return element is not None and is_on(element)


def _is_without_fill(fill: etree._Element | None) -> bool:
    return fill is not None and fill.find(f"{_W14}noFill") is not None


def _is_outlined(outline: etree._Element | None) -> bool:
    return outline is not None and outline.find(f"{_W14}noFill") is None


def _varied(colour: Colour | None, element: etree._Element) -> Colour | None:
    """A colour of the theme, lighter or darker by its children (20.1.2.3)."""
    for child in () if colour is None else element:
        part = (whole(child.get(_W14 + "val")) or 0) / 100_000
        towards = {"tint": WHITE, "shade": BLACK, "lumMod": BLACK}.get(etree.QName(child).localname)
        if towards is not None and colour is not None:
            colour = mixed(colour, towards, part)
        elif etree.QName(child).localname == "lumOff" and colour is not None:
            colour = mixed(WHITE, colour, part)
    return colour


def _height(found: Properties) -> Height:
    aligned = value(found.get("vertAlign"))
    raised = whole(value(found.get("position"))) or 0
    if aligned == "superscript" or raised >= _RAISED:
        return "hoch"
    return "tief" if aligned == "subscript" or raised <= -_RAISED else ""
