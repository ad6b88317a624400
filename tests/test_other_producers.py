"""Agreements that this project's renderer did not lay out: Word files made by hand, LibreOffice's PDF of them, another typesetter."""

from __future__ import annotations

import json
import shutil
import subprocess
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import groupby, zip_longest
from pathlib import Path
from typing import Any

import docx
import pyphen
import pytest
import typst
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Cm, Pt
from round_trip import LIBRARY, departures, emsland, said, text_of, text_read, unsure

from agreements.model.document import Block, Document, Span
from agreements.model.fields import value_at
from agreements.model.record import Vereinbarung
from extract.extraction import Extraction, extract

PROBEN = Path(__file__).parent / "proben"
PEN = "________________"

SIGNED = ("tabs", "table", "wrapped", "swapped")
"""The signatures: set with tabulators, as a table, with lines wrapped by hand in it, with the right column first in the file."""


def long_record() -> Vereinbarung:
    """The real agreement with lists so long that they go over pages, and a step of ten lines."""
    record = emsland()
    steps = value_at(record, "ziele.individuell.6.schritte")
    more = (" ".join(steps), *(f"{step} (Stufe {number})" for number in (2, 3) for step in steps))
    goal = record.ziele.individuell[6].model_copy(update={"schritte": (*steps, *more)})
    ziele = record.ziele.model_copy(update={"individuell": {**record.ziele.individuell, 6: goal}})
    return record.model_copy(update={"ziele": ziele})


RECORDS = {"emsland": emsland, "lang": long_record}


def is_read(extraction: Extraction, record: Vereinbarung, document: Document, swapped: bool = False) -> None:
    """Every value and every word came back, and nobody is told to look at anything; `swapped` signatures may come in either order."""
    assert said(extraction.record) == said(record)
    assert ([befund.sentence() for befund in departures(extraction)], unsure(extraction)) == ([], [])
    if swapped:
        assert sorted(text_read(extraction)) == sorted(text_of(document))
    else:
        assert text_read(extraction) == text_of(document)


def columns(document: Document) -> tuple[list[Block], list[list[Block]]]:
    """The blocks before the signatures, and the signatures by column."""
    lines = [block for block in document.blocks if block.art == "unterschrift"]
    return [block for block in document.blocks if block.art != "unterschrift"], [
        list(group) for _, group in groupby(sorted(lines, key=lambda block: block.column), key=lambda block: block.column)
    ]


def signature_text(block: Block, pen: str = PEN) -> str:
    return "".join(pen if span.zustand == "leer" else span.text for span in block.spans)


# ---------------------------------------------------------------- Word by hand


@cache
def _dictionary() -> Any:
    return pyphen.Pyphen(lang="de_DE", left=3, right=3)


def soft(text: str) -> str:
    """The text with a soft hyphen wherever a word may be parted."""
    return " ".join(_dictionary().inserted(word, "\N{SOFT HYPHEN}") if word.isalpha() else word for word in text.split(" "))


def word_by_hand(document: Document, path: Path, signed: str, size: float) -> None:
    """A Word file as people make them: bold paragraphs for headings, typed dashes, header, footer, justified, soft hyphens."""
    word = docx.Document()
    style = word.styles["Normal"]
    style.font.name, style.font.size = "Liberation Serif", Pt(size)
    style.paragraph_format.space_after = Pt(6)
    section = word.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.header.paragraphs[0].text = "Niedersachsen, Jobcenter\tZielvereinbarung\tStand 30. Januar 2024"
    _page_number(section.footer.paragraphs[0])
    before, signatures = columns(document)
    for block in before:
        _by_hand(word, block)
    {"tabs": _tabs, "table": _table, "wrapped": _wrapped, "swapped": _swapped}[signed](word, signatures)
    word.save(str(path))


def _by_hand(word: Any, block: Block) -> None:
    if block.art == "punkt":
        paragraph = word.add_paragraph(f"-\t{soft(block.text)}")
        paragraph.paragraph_format.left_indent, paragraph.paragraph_format.first_line_indent = Cm(0.75), Cm(-0.75)
        paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(0.75))
    else:
        paragraph = word.add_paragraph()
        run = paragraph.add_run(block.text if block.art == "ueberschrift" else soft(block.text))
        run.bold = block.art in ("ueberschrift", "titelseite")
    if block.art in ("titelseite", "eingang"):
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    elif block.art != "ueberschrift":
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY


def _page_number(paragraph: Any) -> None:
    paragraph.add_run("Seite ")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)


def _tabs(word: Any, signatures: Sequence[Sequence[Block]]) -> None:
    """Rows with a tabulator between the columns, each line wrapped by hand; empty paragraphs for the pen."""
    parted = [
        [[line for block in column if block.gruppe == group for line in textwrap.wrap(signature_text(block), 38)] for group in (0, 1)]
        for column in signatures
    ]
    for group in (0, 1):
        for left, right in zip_longest(parted[0][group], parted[1][group], fillvalue=""):
            paragraph = word.add_paragraph(f"{left}\t{right}")
            paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(8.6))
            paragraph.paragraph_format.space_after = Pt(0)
        if not group:
            word.add_paragraph()
            word.add_paragraph()


def _table(word: Any, signatures: Sequence[Sequence[Block]]) -> None:
    grid = word.add_table(1, len(signatures))
    for cell, column in zip(grid.row_cells(0), signatures, strict=True):
        for number, block in enumerate(column):
            paragraph = cell.paragraphs[0] if not number else cell.add_paragraph()
            paragraph.text = signature_text(block)
            paragraph.paragraph_format.space_before = Pt(40 if number and block.gruppe > column[number - 1].gruppe else 0)


def _wrapped(word: Any, signatures: Sequence[Sequence[Block]]) -> None:
    """A table in which long lines are paragraphs of their own."""
    lines = [[(block, line) for block in column for line in textwrap.wrap(signature_text(block), 38)] for column in signatures]
    _table(word, [[replace(block, spans=(Span(line),)) for block, line in column] for column in lines])


def _swapped(word: Any, signatures: Sequence[Sequence[Block]]) -> None:
    """A table laid from right to left: what is shown at the right comes first in the file."""
    _table(word, signatures[::-1])
    word.tables[-1]._tbl.tblPr.append(OxmlElement("w:bidiVisual"))


SOFFICE = shutil.which("soffice")
BY_HAND = [(name, signed, size) for name, size in (("emsland", 11), ("lang", 12.5)) for signed in SIGNED]


@pytest.fixture(scope="module")
def by_hand(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Word files made by hand, and, where LibreOffice is there, its PDF of each."""
    folder = tmp_path_factory.mktemp("handarbeit")
    for name, signed, size in BY_HAND:
        word_by_hand(LIBRARY.document(RECORDS[name]()), folder / f"{name}-{signed}.docx", signed, size)
    if SOFFICE:
        profile = tmp_path_factory.mktemp("profil").as_uri()
        command = [SOFFICE, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
        subprocess.run([*command, *map(str, sorted(folder.glob("*.docx")))], check=True, capture_output=True, timeout=240)
    return folder


@pytest.mark.parametrize(("name", "signed", "size"), BY_HAND)
def test_a_word_file_made_by_hand_is_read(name: str, signed: str, size: float, by_hand: Path) -> None:
    record = RECORDS[name]()
    is_read(extract(by_hand / f"{name}-{signed}.docx", LIBRARY), record, LIBRARY.document(record), swapped=signed == "swapped")


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice fehlt")
@pytest.mark.parametrize(("name", "signed", "size"), BY_HAND)
def test_its_pdf_by_libreoffice_is_read(name: str, signed: str, size: float, by_hand: Path) -> None:
    record = RECORDS[name]()
    is_read(extract(by_hand / f"{name}-{signed}.pdf", LIBRARY), record, LIBRARY.document(record))


# ---------------------------------------------------------------- Typst


def typst_source(document: Document, font: str, size: float, swapped: bool) -> str:
    """The agreement in Typst: justified, hyphenated, ligatures, running header, page numbers."""
    before, signatures = columns(document)
    return "\n".join([*_setup(font, size), *_typst_blocks(before), _typst_signatures(signatures, swapped)])


def _setup(font: str, size: float) -> Iterator[str]:
    yield '#set document(title: "Vereinbarung")'
    yield f'#set text(font: {json.dumps(font)}, size: {size}pt, lang: "de", hyphenate: true)'
    yield "#set par(justify: true)"
    header, footer = "[Zielvereinbarung 2024 #h(1fr) Jobcenter]", "context [#h(1fr) Seite #counter(page).display()]"
    yield f'#set page(paper: "a4", margin: 2.4cm, header: {header}, footer: {footer})'
    yield "#set list(marker: [–])"


def _typst_blocks(blocks: Sequence[Block]) -> Iterator[str]:
    for art, group in groupby(blocks, key=lambda block: block.art):
        several = list(group)
        if art == "punkt":
            yield f"#list({', '.join(map(_content, several))})"
        for block in several if art != "punkt" else ():
            if art == "ueberschrift":
                yield f"#heading(level: {block.level}, {_content(block)})\n"
            elif art in ("titelseite", "eingang"):
                yield f"#align(center, par({_content(block)}))\n"
            else:
                yield f"#par({_content(block)})\n"


def _content(block: Block) -> str:
    return f"[#{json.dumps(block.text, ensure_ascii=False)}]"


def _typst_signatures(signatures: Sequence[Sequence[Block]], swapped: bool) -> str:
    cells = [f"[{' '.join(_typst_line(column, number) for number in range(len(column)))}]" for column in signatures]
    if not swapped:
        return f"#block(breakable: false, grid(columns: (1fr, 1fr), gutter: 1cm, {', '.join(cells)}))"
    left, right = (f"block(width: 50% - 0.5cm, {cell})" for cell in cells)
    return f"#block(breakable: false, width: 100%, height: 7cm, {{ place(dx: 50% + 0.5cm, {right}); place({left}) }})"


def _typst_line(column: Sequence[Block], number: int) -> str:
    gap = "#v(1.5cm) " if number and column[number].gruppe > column[number - 1].gruppe else ""
    return f"{gap}#par({json.dumps(signature_text(column[number], pen='          '), ensure_ascii=False)})"


TYPST = [
    (name, font, size, tags, swapped)
    for name, font, size in (("emsland", "Libertinus Serif", 11), ("lang", "Libertinus Serif", 12.5), ("lang", "DejaVu Sans", 10))
    for tags, swapped in ((True, False), (False, False), (False, True), (True, True))
]


@pytest.mark.parametrize(("name", "font", "size", "tags", "swapped"), TYPST)
def test_a_pdf_of_another_typesetter_is_read(name: str, font: str, size: float, tags: bool, swapped: bool, tmp_path: Path) -> None:
    record = RECORDS[name]()
    document = LIBRARY.document(record)
    source, path = tmp_path / "v.typ", tmp_path / "v.pdf"
    source.write_text(typst_source(document, font, size, swapped), encoding="utf-8")
    typst.compile(str(source), output=str(path), pdf_tags=tags)
    is_read(extract(path, LIBRARY), record, document)
