"""Pages that show text otherwise than as text: as a picture on paper of any colour, as outlines, in a form field, under a footer."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pikepdf
import pypdfium2 as pdfium
from fontTools.pens.basePen import BasePen
from fontTools.ttLib import TTFont
from pdf_samples import FONT
from PIL import Image

WIDTH, HEIGHT = 595, 420
TEXT = (
    "Die Verwaltungskosten betragen im Jahr 2024 voraussichtlich 13.155.724 Euro.",
    "Das Ziel ist erreicht, wenn die Integrationsquote um 3,9 % steigt.",
    "Der Landkreis Emsland und das Land Niedersachsen vereinbaren dazu",
    "regelmäßige Gespräche über die Ergebnisse des laufenden Jahres.",
)
FACE = Path("/usr/share/fonts/truetype/liberation2/LiberationSans-Regular.ttf")


class Sheet:
    """One page, painted step by step from below."""

    def __init__(self, size: tuple[float, float] = (WIDTH, HEIGHT)) -> None:
        self.pdf = pikepdf.new()
        self.page = self.pdf.add_blank_page(page_size=size)
        self.page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=FONT), XObject=pikepdf.Dictionary())
        self.content = b""

    def typed(self, lines: Sequence[str], left: float = 60, top: float = 340, size: float = 11) -> Sheet:
        """Lines of text."""
        shown = b"".join(f"({line}) Tj T*\n".encode("cp1252") for line in lines)
        self.content += f"BT /F {size} Tf {1.6 * size} TL {left} {top} Td\n".encode() + shown + b"ET\n"
        return self

    def picture(self, pixels: npt.NDArray[np.uint8], box: tuple[float, float, float, float]) -> Sheet:
        """A picture, in grey or in colours, at left, bottom, width and height."""
        name = f"/I{len(self.page.Resources.XObject)}"
        space = pikepdf.Name.DeviceRGB if pixels.ndim == 3 else pikepdf.Name.DeviceGray
        stream = self.pdf.make_stream(pixels.tobytes(), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=pixels.shape[1],
                                      Height=pixels.shape[0], ColorSpace=space, BitsPerComponent=8)  # fmt: skip
        self.page.Resources.XObject[name] = stream
        left, bottom, width, height = box
        self.content += f"q {width} 0 0 {height} {left} {bottom} cm {name} Do Q\n".encode()
        return self

    def outlined(self, lines: Sequence[str], left: float = 60, top: float = 340, size: float = 11) -> Sheet:
        """Lines drawn as the outlines of their letters."""
        font = TTFont(FACE)
        glyphs, names, unit = font.getGlyphSet(), font.getBestCmap(), size / font["head"].unitsPerEm
        for number, line in enumerate(lines):
            at = float(left)
            for letter in line:
                glyph = glyphs[names[ord(letter)]]
                pen = _Operators(glyphs, at, top - 1.6 * size * number, unit)
                glyph.draw(pen)
                self.content += " ".join((*pen.said, "f\n")).encode()
                at += glyph.width * unit
        return self

    def field(self, value: str, left: float, bottom: float, width: float = 110) -> Sheet:
        """A form field that holds a value and shows it."""
        box = [left, bottom, left + width, bottom + 14]
        look = self.pdf.make_stream(f"/Tx BMC q BT /F 11 Tf 0 g 2 3 Td ({value}) Tj ET Q EMC".encode("cp1252"),
                                    Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, width, 14],
                                    Resources=pikepdf.Dictionary(Font=pikepdf.Dictionary(F=FONT)))  # fmt: skip
        note = self.pdf.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Annot,
                Subtype=pikepdf.Name.Widget,
                FT=pikepdf.Name.Tx,
                T="tag",
                V=value,
                DA="/F 11 Tf 0 g",
                F=4,
                Rect=box,
                AP=pikepdf.Dictionary(N=look),
            )
        )
        self.page.Annots = pikepdf.Array([note])
        self.pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[note], DA="/F 11 Tf 0 g")
        return self

    def saved(self, folder: Path) -> Path:
        """The file."""
        self.page.Contents = self.pdf.make_stream(self.content)
        target = folder / "blatt.pdf"
        self.pdf.save(target)
        return target


class _Operators(BasePen):  # type: ignore[misc]
    """What draws a glyph at a place, as operators of a page."""

    def __init__(self, glyphs: object, left: float, base: float, unit: float) -> None:
        super().__init__(glyphs)
        self.left, self.base, self.unit = left, base, unit
        self.said: list[str] = []

    def _add(self, operator: str, *points: tuple[float, float]) -> None:
        self.said += [f"{self.left + self.unit * x:.2f} {self.base + self.unit * y:.2f}" for x, y in points] + [operator]

    def _moveTo(self, pt: tuple[float, float]) -> None:
        self._add("m", pt)

    def _lineTo(self, pt: tuple[float, float]) -> None:
        self._add("l", pt)

    def _curveToOne(self, pt1: tuple[float, float], pt2: tuple[float, float], pt3: tuple[float, float]) -> None:
        self._add("c", pt1, pt2, pt3)

    def _closePath(self) -> None:
        self._add("h")


def photographed(path: Path, dpi: int = 200) -> npt.NDArray[np.uint8]:
    """A file's first page as a picture in grey."""
    document = pdfium.PdfDocument(path)
    pixels = document[0].render(scale=dpi / 72, grayscale=True).to_numpy()
    document.close()
    return np.array(pixels.reshape(pixels.shape[:2]))


def on_paper(grey: npt.NDArray[np.uint8], *colours: tuple[int, int, int], noise: float = 2.0, jpeg: int = 80) -> npt.NDArray[np.uint8]:
    """A picture as a scanner sees it on paper of this colour, which fades to the second one from top to bottom where there are two."""
    ramp = np.linspace(0, 1, grey.shape[0])[:, None, None]
    paper = (1 - ramp) * np.array(colours[0]) + ramp * np.array(colours[-1])
    seen = paper * (grey[..., None] / 255.0) * 0.9 + 0.1 * 30 + np.random.default_rng(1).normal(0, noise, (*grey.shape, 1))
    out = io.BytesIO()
    Image.fromarray(np.clip(seen, 0, 255).astype(np.uint8)).save(out, "JPEG", quality=jpeg)
    return np.array(Image.open(out).convert("RGB"))
