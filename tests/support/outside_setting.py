"""The documents of the outside half as LibreOffice and Typst set them, which are not ours; and where their letters stand on the page."""

from __future__ import annotations

import json
import random
import re
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import Any, Literal, NamedTuple

import docx
import pypdfium2 as pdfium
import typst
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm, Pt
from pen import Box

from agreements.model.document import Block, Span

Setter = Literal["libreoffice", "typst"]
FONTS = ("Liberation Sans", "Liberation Serif", "DejaVu Sans", "DejaVu Serif")
"""Of every machine that runs the tests."""
TYPST_FONTS = (*FONTS, "Libertinus Serif", "New Computer Modern")
"""Those that Typst brings along, too."""
NO_BREAK = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True, slots=True)
class Looks:
    """How the pages of one document look."""

    font: str
    size: float
    left: float
    """Margins, in cm."""
    right: float
    leading: float
    justified: bool
    hyphenated: bool
    bullet: str
    footer: str
    """What stands around the page number, "{}"."""
    gap: str
    """What is printed where a day is to be written."""
    room: int
    """Empty lines for the pen above each name."""
    below: bool
    """Whether signatures stand one below the other, not side by side."""

    @classmethod
    def drawn(cls, draw: random.Random, setter: Setter) -> Looks:
        """Looks as offices have them."""
        font = draw.choice(TYPST_FONTS if setter == "typst" else FONTS)
        size = draw.choice((10, 11, 11, 12))
        gap = draw.choice((NO_BREAK * 14, NO_BREAK * 14, NO_BREAK * 20, "_" * 10, "." * 16))
        return cls(font, size, draw.choice((2.0, 2.5, 2.5, 3.0)), draw.choice((2.0, 2.5, 3.5)), draw.choice((0.65, 0.8, 1.0)),
                   draw.random() < 0.5, draw.random() < 0.25, draw.choice(("•", "–", "-")), draw.choice(("", "{}", "Seite {}", "- {} -")),
                   gap, draw.choice((0, 1, 2, 3)), draw.random() < 0.15)  # fmt: skip


def shown(block: Block, looks: Looks) -> str:
    """The text of a block as it is set, with the gap for the pen."""
    return "".join(_shown(span, looks) for span in block.spans)


def _shown(span: Span, looks: Looks) -> str:
    return looks.gap if span.zustand == "leer" else span.text


# ---------------------------------------------------------------- Typst


def by_typst(blocks: Sequence[Block], looks: Looks) -> bytes:
    """The PDF that Typst makes."""
    footer = f"context [#{_quoted(looks.footer.split('{}')[0])}#counter(page).display()#{_quoted(looks.footer.split('{}')[-1])}]"
    head = (
        f"#set text(font: {_quoted(looks.font)}, size: {looks.size}pt, lang: \"de\", hyphenate: {str(looks.hyphenated).lower()})\n"
        f"#set par(justify: {str(looks.justified).lower()}, leading: {looks.leading}em, spacing: {looks.leading + 0.5}em)\n"
        f"#set list(marker: {_quoted(looks.bullet)})\n"
        f"#set page(paper: \"a4\", margin: (left: {looks.left}cm, right: {looks.right}cm, top: 2.5cm, bottom: 2.2cm)"
        + (f", footer: align(center, {footer})" if looks.footer else "")
        + ")\n"
    )  # fmt: skip
    body = [_typst(block, looks) for block in blocks if block.art != "unterschrift"]
    lines = list(blocks)
    front = sum(block.art == "titelseite" for block in lines)
    body.insert(front, "#pagebreak(weak: true)")
    columns = [[*column] for _, column in groupby((block for block in lines if block.column), key=lambda block: block.column)]
    cells = [", ".join(f"par({_quoted(line)})" for line in _signature(column, looks)) for column in columns]
    stacks = [f"stack(spacing: 0.9em, {cell})" for cell in cells]
    one = f"columns: {1 if looks.below else len(columns)}, column-gutter: 1.2em, row-gutter: 3em"
    return typst.compile(f"{head}{chr(10).join(body)}\n#v(1.5em)\n#grid({one}, {', '.join(stacks)})\n".encode())


def _signature(column: Sequence[Block], looks: Looks) -> Iterator[str]:
    """The lines of a signature, with room for the pen; an empty one is a blank."""
    for gruppe, lines in groupby(column, key=lambda block: block.gruppe):
        if gruppe:
            yield from [NO_BREAK] * looks.room
        yield from (shown(line, looks) for line in lines)


def _typst(block: Block, looks: Looks) -> str:
    text = _quoted(shown(block, looks))
    match block.art:
        case "titelseite":
            return f"#align(center, text(size: 1.3em, {text}))"
        case "eingang":
            return f"#align(center, {text})"
        case "ueberschrift":
            return f'#block(above: 1.4em, below: 0.9em, text(weight: "bold", size: {1.25 - 0.08 * block.level}em, {text}))'
        case "punkt":
            return f"#list({text})"
        case _:
            return f"#par({text})"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


# ---------------------------------------------------------------- LibreOffice


def as_word(blocks: Sequence[Block], looks: Looks) -> bytes:
    """The Word file from which LibreOffice sets the pages."""
    document = docx.Document()
    section, normal = document.sections[0], document.styles["Normal"]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(looks.left), Cm(looks.right)
    normal.font.name, normal.font.size = looks.font, Pt(looks.size)
    normal.paragraph_format.line_spacing = 0.55 + looks.leading
    if looks.footer:
        foot = section.footer.paragraphs[0]
        foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
        before, after = looks.footer.split("{}")
        foot.add_run(before)
        foot._p.append(parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>'))
        foot.add_run(after)
    for art, several in groupby((block for block in blocks if not block.column), key=lambda block: block.art):
        for block in several:
            _paragraph(document, block, looks)
        if art == "titelseite":
            document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    columns = [[*column] for _, column in groupby((block for block in blocks if block.column), key=lambda block: block.column)]
    table = document.add_table(*((len(columns), 1) if looks.below else (1, len(columns))))
    for cell, column in zip((cell for row in table.rows for cell in row.cells), columns, strict=True):
        lines = list(_signature(column, looks))
        cell.paragraphs[0].text = lines[0]
        for line in lines[1:]:
            cell.add_paragraph(line)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _paragraph(document: Any, block: Block, looks: Looks) -> None:
    paragraph = document.add_paragraph()
    run = paragraph.add_run(f"{looks.bullet}\t{shown(block, looks)}" if block.art == "punkt" else shown(block, looks))
    match block.art:
        case "titelseite" | "eingang":
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        case "ueberschrift":
            run.bold, run.font.size = True, Pt(looks.size * (1.25 - 0.08 * block.level))
        case "punkt":
            paragraph.paragraph_format.left_indent, paragraph.paragraph_format.first_line_indent = Cm(1.2), Cm(-0.6)
            paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(1.2))
        case _ if looks.justified:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY


def by_libreoffice(files: Sequence[Path], folder: Path) -> None:
    """Sets Word files as PDF beside each other in a folder, all in one go."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    words: list[str | Path] = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, *files]
    if files:
        subprocess.run(words, check=True, capture_output=True)


# ---------------------------------------------------------------- where it stands


class Spot(NamedTuple):
    """Where some letters stand: a page, counted from 1, and a box."""

    page: int
    box: Box


@dataclass(frozen=True, slots=True)
class Printed:
    """The letters of a PDF in the order of the file, white space apart, each with its place: nobody's reading of it."""

    letters: str
    spots: tuple[Spot, ...]

    @classmethod
    def of(cls, pdf: bytes) -> Printed:
        """The letters of a PDF's text layer."""
        letters, spots = [], []
        with pdfium.PdfDocument(pdf) as document:
            for number, page in enumerate(document, 1):
                text, height = page.get_textpage(), page.get_height()
                for index in range(text.count_chars()):
                    sign = text.get_text_range(index, 1)
                    if len(sign) == 1 and not sign.isspace():
                        left, bottom, right, top = text.get_charbox(index, loose=True)
                        letters.append(sign)
                        spots.append(Spot(number, (left, height - top, right, height - bottom)))
        return cls("".join(letters), tuple(spots))

    def find(self, before: str, text: str, after: str = "") -> Spot | None:
        """Where a text stands that stands so once only, on one line; None where it does not."""
        before, text, after = ("".join(part.split()) for part in (before, text, after))
        around = before + text + after
        at = self.letters.find(around)
        if not text or at < 0 or self.letters.find(around, at + 1) >= 0:
            return None
        return self._spot(at + len(before), len(text))

    def every(self, text: str, before: str = "") -> list[Spot]:
        """Wherever a text stands on one line, behind another that may stand on the line before, in the file's order."""
        text, before = ("".join(part.split()) for part in (text, before))
        starts = [found.end() - len(text) for found in re.finditer(re.escape(before + text), self.letters)] if text else []
        return [spot for at in starts if (spot := self._spot(at, len(text)))]

    def next_to(self, spot: Spot) -> float | None:
        """Where the next letters to the right begin, on the same line and near enough to belong there; a line for the pen is none."""
        _, top, right, bottom = spot.box
        middle = (top + bottom) / 2
        lefts = [
            other.box[0]
            for sign, other in zip(self.letters, self.spots, strict=True)
            if other.page == spot.page
            and sign not in "_."
            and other.box[1] < middle < other.box[3]
            and right < other.box[0] < right + _NEAR
        ]
        return min(lefts, default=None)

    def _spot(self, at: int, length: int) -> Spot | None:
        spots = self.spots[at : at + length]
        if len({spot.page for spot in spots}) > 1 or max(spot.box[1] for spot in spots) > min(spot.box[3] for spot in spots):
            return None
        boxes = [spot.box for spot in spots]
        return Spot(spots[0].page, (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)))


_NEAR = 130.0
"""Points."""
