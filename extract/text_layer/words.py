"""Words of a PDF page as PDFium sees them: the one module that asks this engine for text."""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from itertools import groupby
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from agreements.errors import UnreadableError
from agreements.reading.doubts import Doubt
from agreements.reading.geometry import Plane, around
from agreements.reading.reading import Ink, Place
from extract.layout.footnotes import RAISED
from extract.layout.hyphenation import EITHER
from extract.layout.lines import Page
from extract.text_layer.letters import Raw, Style, clean, frame_of, lies_over, main_direction, same_direction, token_of, unsure_letters
from extract.text_layer.letterspacing import closed
from extract.text_layer.opened import on_page
from extract.text_layer.overlays import (
    Box,
    How,
    Overlay,
    Picture,
    Spot,
    Spots,
    crosses,
    hides,
    is_thin,
    leaves_ink,
    meet,
    overprinted,
    runs_through,
    signed_across,
    spot,
)
from extract.text_layer.page_read import PageRead
from extract.text_layer.painted import CURVED, MOST_PAINTED, MOST_TEXTS, address, area, bounds_of, may_be_table, painted_on
from extract.text_layer.structure_tree import Structure
from extract.text_layer.visibility import marks_of, why_unseen

LEVEL = 0.5
"""Points by which letters of one baseline differ at most."""
MOST_PAGES = 200
"""The longest agreement known has 14 pages."""
LARGEST_PAGE = 3400.0
"""Points; A0 is 3370 high."""
SMALLEST_PAGE = 72.0
"""Points; on a page of less than an inch there is nothing to read, and nothing to see by."""
MOST_LETTERS = 60_000
"""Letters on one page; a full A4 page of 8 point type has some 8 000."""
LOGO, MANY = 0.02, 20
"""Part of the page, and how many pictures: what is smaller and no more holds no text of an agreement."""
SCALE = 2.0
"""Dots a point of the picture on which it is looked at what can be seen."""
_WORD = re.compile(rf"[^\s{EITHER}]+{EITHER}?|{EITHER}")
_MARK = re.compile(r"[\d*†‡]")
"""What calls a note, if it is raised."""
_NO_LETTERS = dict.fromkeys((*range(3, 9), 11, 12, *range(14, 32), *range(0x7F, 0xA0)), "\ufffd")
"""Control characters, which a font without names for its letters claims to draw: the letters are unknown, and XML knows none of them."""
_BEHIND_DIACRITIC = re.compile(r"\w[\u0300-\u036f]+[ ](?=[\w\u0300-\u036f])")
ZERO_WIDTH = "\u200b"
TORN = 0.1
"""Of a letter's size; a blank is wider."""


def read_pages(document: pdfium.PdfDocument, path: Path, *, layered: bool = False) -> list[PageRead]:
    """All pages with their visible words; raises UnreadableError for too many or too large pages.

    In a file that is `layered` what stands in a form is looked at on the page's picture: its layer may be switched off.
    """
    count = len(document)
    if count == 0:
        raise UnreadableError("Die PDF-Datei hat keine Seiten.", datei=path, abhilfe="Bitte neu speichern.")
    if count > MOST_PAGES:
        raise UnreadableError(f"Die PDF-Datei hat {count} Seiten; gelesen werden höchstens {MOST_PAGES}.", datei=path,
                              abhilfe="Bitte nur die Zielvereinbarung einreichen.")  # fmt: skip
    structure = Structure() if pdfium_c.FPDFCatalog_IsTagged(document.raw) else None
    return [_read_page(document, number, path, structure, layered) for number in range(count)]


def _read_page(document: pdfium.PdfDocument, number: int, path: Path, structure: Structure | None, layered: bool) -> PageRead:
    with on_page(number + 1, path), closing(document[number]) as page, closing(page.get_textpage()) as textpage:
        return _PageReader(page, textpage, number + 1, path, layered).read(structure)


class _PageReader:
    """Reads one open page."""

    def __init__(self, page: pdfium.PdfPage, textpage: pdfium.PdfTextPage, number: int, path: Path, layered: bool) -> None:
        self.page, self.text, self.number, self.path, self.layered = page, textpage.raw, number, path, layered
        self.handle = page.raw
        self.box = page.get_bbox()
        self.turn = page.get_rotation() // 90
        self.styles: dict[int, Style] = {}
        self.fonts: dict[int, bool] = {}
        self.painted = painted_on(page.raw, page.formenv.raw if page.formenv else None)
        self.read_page = PageRead(Page(number, 0.0, 0.0, [], []))

    def read(self, structure: Structure | None) -> PageRead:
        """All that stands on the page."""
        result = self.read_page
        self._check_size()
        self._note_painted()
        raws, crossed = self._as_seen(list(self._visible(self._raws())))
        nodes = structure.on_page(self.handle) if structure else {}
        main = main_direction(raws)
        quarter = (round(math.atan2(main[1], main[0]) / (math.pi / 2)) - self.turn) % 4
        frame, shown = frame_of(self.box, quarter + self.turn), frame_of(self.box, self.turn)
        _, _, result.page.width, result.page.height = frame.box(*self.box)
        if result.may_show_more:
            result.covered = [shown.box(*raw.box) for raw in raws]
            result.items = frozenset(raw.style.order for raw in raws)
        result.filled = [(shown.box(*box), text) for box, text in self.painted.fields]
        for raw in raws:
            token = token_of(raw, self.number, frame, shown)
            if same_direction(raw.style.direction, main):
                token.node = nodes.get(raw.style.mcid)
                token.artifact = raw.style.artifact
                result.page.tokens.append(token)
            else:
                result.page.slanted.append(token.text)
        result.page.tagged = bool(nodes)
        result.remarks = [(remark, [self._place(box, shown) for box in remark.boxes]) for remark in self.painted.remarks]
        result.crossed = [self._ink(raws, numbers, shown) for numbers in crossed]
        return result

    def _place(self, box: Box, shown: Plane) -> Place:
        """A box of the page on the page as it is shown."""
        return Place(self.number, *(round(value, 2) for value in shown.box(*box)))

    def _ink(self, raws: Sequence[Raw], numbers: Sequence[int], shown: Plane) -> Ink:
        """What crosses the words of these numbers."""
        boxes = [raws[number].box for number in numbers]
        box = around([corner for left, bottom, right, top in boxes for corner in ((left, bottom), (right, top))])
        return Ink("schriftzug", tuple(self._place(one, shown) for one in boxes), self._place(box, shown))

    def _check_size(self) -> None:
        left, bottom, right, top = self.box
        if max(right - left, top - bottom) > LARGEST_PAGE:
            raise UnreadableError(f"Seite {self.number} ist größer als A0.", datei=self.path, abhilfe="Bitte in A4 speichern.")
        if min(right - left, top - bottom) < SMALLEST_PAGE:
            size = f"{(right - left) / 72 * 2.54:.1f} × {(top - bottom) / 72 * 2.54:.1f} cm"
            raise UnreadableError(f"Seite {self.number} misst nur {size}.", datei=self.path, abhilfe="Bitte in A4 speichern.")
        if self.painted.crowded:
            message = (
                f"Auf Seite {self.number} sind mehr als {MOST_PAINTED} Striche, Flächen und Bilder oder {MOST_TEXTS} Textstücke gezeichnet."
            )
            raise UnreadableError(message, datei=self.path, abhilfe="Bitte nur die Zielvereinbarung einreichen oder sie neu scannen.")

    def _note_painted(self) -> None:
        """What is said of all that is not text."""
        result, painted = self.read_page, self.painted
        result.picture = painted.largest / (area(self.box) or 1.0)
        result.packed, result.fields = painted.packed, painted.with_text
        drawn = result.picture > LOGO or painted.pictures > MANY or painted.curved >= CURVED
        result.may_show_more = drawn or any(text for _, text in painted.fields)
        upright = self.turn == 0 and self.box[:2] == (0.0, 0.0)
        result.ruled = upright and may_be_table(painted)

    def _raws(self) -> Iterator[Raw]:
        """Every word that the file holds, with its box, in the file's order."""
        letters = closed(self._unparted(self._letters()), self.text)
        self.read_page.letters = len(letters)
        rect, x, y = pdfium_c.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
        to_rect, to_x, to_y = ctypes.byref(rect), ctypes.byref(x), ctypes.byref(y)
        text = self.text
        for first, last, raised in self._pieces(letters):
            item = pdfium_c.FPDFText_GetTextObject(text, first)
            said = letters[first : last + 1]
            word = clean(said)
            if not item or not word:
                continue
            pdfium_c.FPDFText_GetCharOrigin(text, first, to_x, to_y)
            pdfium_c.FPDFText_GetLooseCharBox(text, first, to_rect)
            box = (rect.left, rect.bottom, rect.right, rect.top)
            if last > first:
                pdfium_c.FPDFText_GetLooseCharBox(text, last, to_rect)
                box = (min(box[0], rect.left), min(box[1], rect.bottom), max(box[2], rect.right), max(box[3], rect.top))
            unmapped = pdfium_c.FPDFText_HasUnicodeMapError(text, first) == 1
            self.read_page.unmapped += unmapped
            after = letters[last + 1 : last + 2]
            blank = self._blank_after_hyphen(item, last, rect.right) if word[-1] == EITHER else after.isspace() and after not in "\r\n"
            yield Raw(word, box, (x.value, y.value), self._style(item, first), item, blank, unsure_letters(said), raised)

    def _pieces(self, letters: str) -> Iterator[tuple[int, int, bool]]:
        """First and last index of every word, one with raised figures in it parted before and behind these; whether it is such figures."""
        for match in _WORD.finditer(letters):
            first, last = match.start(), match.end() - 1
            if last > first and _MARK.search(letters, first, last + 1) and self._item(first) != self._item(last):
                yield from self._parted(letters, first, last)
            else:
                yield first, last, False

    def _item(self, index: int) -> int:
        """Which text object a letter belongs to; 0 for a blank that nobody wrote."""
        item = pdfium_c.FPDFText_GetTextObject(self.text, index)
        return address(item) if item else 0

    def _parted(self, letters: str, first: int, last: int) -> Iterator[tuple[int, int, bool]]:
        """The parts of a word that stand on its baseline, and those of figures above it."""
        if self._on_one_line(first, last):
            yield first, last, False
            return
        heights = [self._height(index) for index in range(first, last + 1)]
        size, _, base = max((size, not _MARK.match(letters, index), height) for index, (size, height) in enumerate(heights, first))
        places = [(index, height > base + RAISED * size and bool(_MARK.match(letters, index)))
                  for index, (_, height) in enumerate(heights, first)]  # fmt: skip
        for raised, several in groupby(places, key=lambda place: place[1]):
            part = [index for index, _ in several]
            yield part[0], part[-1], raised

    def _on_one_line(self, first: int, last: int) -> bool:
        """Whether the letters of a word start at the same height or, on a page set sideways, as far from its edge."""
        across, along = zip(*(self._origin(index) for index in range(first, last + 1)), strict=True)
        return bool(min(max(across) - min(across), max(along) - min(along)) < LEVEL)

    def _height(self, index: int) -> tuple[float, float]:
        """A letter's size, and where its baseline is, across the direction in which it is written."""
        size, (across, along) = self._set(index)
        x, y = self._origin(index)
        return round(size, 1), y * across - x * along

    def _origin(self, index: int) -> tuple[float, float]:
        """Where a letter starts on its baseline."""
        x, y = ctypes.c_double(), ctypes.c_double()
        pdfium_c.FPDFText_GetCharOrigin(self.text, index, ctypes.byref(x), ctypes.byref(y))
        return x.value, y.value

    def _set(self, index: int) -> tuple[float, tuple[float, float]]:
        """A letter's size, and the direction in which it is written."""
        matrix = pdfium_c.FS_MATRIX()
        pdfium_c.FPDFText_GetMatrix(self.text, index, ctypes.byref(matrix))
        length = math.hypot(matrix.a, matrix.b) or 1.0
        size = pdfium_c.FPDFText_GetFontSize(self.text, index) * (math.hypot(matrix.c, matrix.d) or 1.0)
        return size, (matrix.a / length, matrix.b / length)

    def _blank_after_hyphen(self, item: pdfium_c.FPDF_PAGEOBJECT, index: int, end: float) -> bool | None:
        """Whether the file has a blank after a hyphen at a line's end, of which PDFium's text does not tell.

        The text object's box reaches to the start of its last letter, and a blank starts where the hyphen's advance ends.
        """
        box = [ctypes.c_double() for _ in range(4)]
        pdfium_c.FPDFText_GetCharBox(self.text, index, *map(ctypes.byref, box))
        drawn = box[1].value
        if end - drawn < 0.05:
            return None
        return bounds_of(item)[2] > (drawn + end) / 2

    def _letters(self) -> str:
        """The page's text, one letter for every index of the engine."""
        count = pdfium_c.FPDFText_CountChars(self.text)
        if count > MOST_LETTERS:
            raise UnreadableError(f"Seite {self.number} hat {count} Zeichen; gelesen werden höchstens {MOST_LETTERS} je Seite.",
                                  datei=self.path, abhilfe="Bitte die Zielvereinbarung in üblicher Form einreichen.")  # fmt: skip
        if count <= 0:
            return ""
        buffer = (ctypes.c_ushort * (count + 1))()
        length = pdfium_c.FPDFText_GetText(self.text, 0, count, buffer) - 1
        if length == count:
            return bytes(buffer)[: 2 * count].decode("utf-16-le", "replace").ljust(count).translate(_NO_LETTERS)
        codes = (pdfium_c.FPDFText_GetUnicode(self.text, index) for index in range(count))
        letters = "".join(EITHER if code == 2 else "\ufffd" if 0xD800 <= code < 0xE000 else chr(code or 0xFFFD) for code in codes)
        return letters.translate(_NO_LETTERS)

    def _unparted(self, letters: str) -> str:
        """The text without the blanks that the engine sees behind a diacritic, which is set back over its letter: the next follows that."""
        found, letter = list(letters), pdfium_c.FS_RECTF()
        for match in _BEHIND_DIACRITIC.finditer(letters):
            base, blank = match.start(), match.end() - 1
            if pdfium_c.FPDFText_IsGenerated(self.text, blank) == 1:
                size, _ = self._set(base)
                pdfium_c.FPDFText_GetLooseCharBox(self.text, base, ctypes.byref(letter))
                if self._origin(blank + 1)[0] - letter.right < TORN * size:
                    found[blank] = ZERO_WIDTH
        return "".join(found)

    def _style(self, item: pdfium_c.FPDF_PAGEOBJECT, index: int) -> Style:
        """The style of a text object, looked up once."""
        key = address(item)
        style = self.styles.get(key)
        if style is None:
            style = self.styles[key] = self._new_style(item, index, self.painted.texts.get(key, 0))
        return style

    def _new_style(self, item: pdfium_c.FPDF_PAGEOBJECT, index: int, order: int) -> Style:
        size, direction = self._set(index)
        mode = pdfium_c.FPDFTextObj_GetTextRenderMode(item)
        marks = marks_of(item)
        return Style(round(abs(size), 2), self._bold(item) or mode == pdfium_c.FPDF_TEXTRENDERMODE_FILL_STROKE,
                      direction, pdfium_c.FPDFPageObj_GetMarkedContentID(item),
                      "Artifact" in marks, order, why_unseen(item, size, mode, marks))  # fmt: skip

    def _bold(self, item: pdfium_c.FPDF_PAGEOBJECT) -> bool:
        """Whether the font is bold; names are surer than the weights that PDFium estimates for embedded fonts."""
        font = pdfium_c.FPDFTextObj_GetFont(item)
        if not font:
            return False
        key = address(font)
        if key not in self.fonts:
            name = ctypes.create_string_buffer(128)
            pdfium_c.FPDFFont_GetBaseFontName(font, name, 128)
            self.fonts[key] = bool(re.search(rb"bold|black|heavy|demi|-bd\b|,bd", name.value.lower()))
        return self.fonts[key]

    def _visible(self, raws: Iterator[Raw]) -> Iterator[Raw]:
        """The words that can be seen on the page; the others are noted."""
        covers = [overlay for overlay in self.painted.overlays if overlay.kind in ("area", "picture") and not is_thin(overlay.box)]
        suspects: list[Raw] = []
        for raw in raws:
            over = any(lies_over(cover, raw) for cover in covers)
            if not meet(raw.box, self.box) or raw.style.hidden not in ("", "?"):
                self.read_page.hidden.append(raw.text)
            elif over or raw.style.hidden or (self.layered and address(raw.item) in self.painted.in_forms):
                suspects.append(raw)
            else:
                yield raw
        yield from self._with_ink(suspects)

    def _with_ink(self, suspects: list[Raw]) -> Iterator[Raw]:
        """Of words that may not be seen those without which the page looks otherwise."""
        if not suspects:
            return
        shown = self._drawn()
        without = self._drawn([raw.item for raw in suspects])
        for raw in suspects:
            box = self._dots(raw.box)
            if leaves_ink(shown.inside(box), without.inside(box)):
                yield raw
            else:
                self.read_page.hidden.append(raw.text)

    def _as_seen(self, raws: list[Raw]) -> tuple[list[Raw], list[list[int]]]:
        """The words, those marked that a person may see otherwise for what lies on them; numbers of those that something merely crosses."""
        for one, other in overprinted([(raw.text, raw.box, raw.origin) for raw in raws]):
            raws[one].seen = raws[one].seen or (Doubt("uebereinander", worte=raws[other].text),)
            raws[other].seen = raws[other].seen or (Doubt("uebereinander", worte=raws[one].text),)
        return raws, self._note_overlays(raws) if self.painted.overlays or self.painted.outlines else []

    def _note_overlays(self, raws: list[Raw]) -> list[list[int]]:
        """Say of each word what lies on it and changes its letters; numbers of the words that one thing crosses and leaves readable."""
        spots = Spots([spot(raw.box, raw.origin, raw.style.direction, raw.style.size, raw.style.order) for raw in raws])
        found = spots.under([*self.painted.overlays, *self.painted.lines(spots.touched)])
        unsure = {number: over for number, over in found.items() if not any(one.certain for one in over)}
        changed = self._changed(spots.all, unsure) if unsure else {}
        crossed = signed_across(changed, unsure)
        merely = {number for numbers in crossed for number in numbers}
        for number, over in found.items():
            if number not in merely and (number in changed or number not in unsure):
                raws[number].seen = raws[number].seen or (next((one.says for one in over if one.certain), over[-1].says),)
        return crossed

    def _changed(self, spots: Sequence[Spot], found: Mapping[int, list[Overlay]]) -> dict[int, How]:
        """What happens to the words whose letters look otherwise where what lies on them is not drawn, by their numbers."""
        orders = {one.order for over in found.values() for one in over if one.kind != "annotation"}
        shown, bare = self._drawn(), self._drawn([self.painted.items[order] for order in orders], annotations=False)
        changed: dict[int, How] = {}
        for number in found:
            letters, stroke = self._dots(spots[number].letters), self._dots(spots[number].stroke)
            if hides(shown.inside(letters), bare.inside(letters)):
                changed[number] = "hidden"
            elif crosses(shown.inside(stroke), bare.inside(stroke)):
                far = [self._dots(box) for box in spots[number].beyond]
                beyond = any(runs_through(shown.rows(box), bare.rows(box)) for box in far)
                changed[number] = "crossed and beyond" if beyond else "crossed"
        return changed

    def _drawn(self, without: Iterable[pdfium_c.FPDF_PAGEOBJECT] = (), annotations: bool = True) -> Picture:
        """The page's picture, some of its objects left out."""
        without = list(without)
        for item in without:
            pdfium_c.FPDFPageObj_SetIsActive(item, False)
        bitmap = self.page.render(scale=SCALE, grayscale=True, may_draw_forms=annotations, draw_annots=annotations)
        for item in without:
            pdfium_c.FPDFPageObj_SetIsActive(item, True)
        picture = Picture(bytes(bitmap.buffer), bitmap.stride, bitmap.width, bitmap.height)
        bitmap.close()
        return picture

    def _dots(self, box: Box) -> tuple[int, int, int, int]:
        """Where a box of the page is on its picture."""
        left, top, right, bottom = (round(SCALE * value) for value in frame_of(self.box, self.turn).box(*box))
        return left, top, right, bottom
