"""What broken and hostile documents begin as: PDFs, Word files and tables of several programs, with all that others have in theirs."""

from __future__ import annotations

import io
from datetime import date
from functools import cache
from typing import Any

import pikepdf
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from round_trip import LIBRARY, ROOT, emsland
from word_files import p, r, word_file

from render.pdf import render_pdf
from render.planning_table import PlanningTable, instructions
from render.table import render_csv, render_xlsx
from render.word import render_word

YEAR = 2024
_PROBEN = ROOT / "tests/proben"
_PDFS = ("corpus/osterholz-2018.pdf", "corpus/peine-2024.pdf", "garten-libreoffice-tagged.pdf", "garten-libreoffice.pdf")


@cache
def pdf_bases() -> tuple[bytes, ...]:
    """Files of several programs; the last with notes, fields, layers, forms and files inside."""
    printed = render_pdf(LIBRARY.document(emsland()))
    return (*((_PROBEN / name).read_bytes() for name in _PDFS), printed, _with_everything(printed))


def _with_everything(data: bytes) -> bytes:
    """A file with what others have: a layer, a form in a form, a picture, notes, form fields, an attachment."""
    with pikepdf.open(io.BytesIO(data)) as document:
        page = document.pages[0]
        layer = document.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name="Ebene"))
        document.Root.OCProperties = pikepdf.Dictionary(OCGs=[layer], D=pikepdf.Dictionary(Order=[layer], OFF=[layer]))
        inner = _form(document, b"0 0 10 10 re f", {})
        picture = document.make_stream(bytes(100), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=10, Height=10,
                                       ColorSpace=pikepdf.Name.DeviceGray, BitsPerComponent=8)  # fmt: skip
        outer = _form(document, b"q /In Do Q q 9 0 0 9 0 0 cm /Im Do Q", {"/In": inner, "/Im": picture})
        page.Resources.XObject = pikepdf.Dictionary(Out=outer)
        page.contents_add(document.make_stream(b"q 1 0 0 1 60 60 cm /Out Do Q 60 500 m 400 520 l S 60 700 400 20 re f"))
        fields = [_note(document, Subtype=pikepdf.Name.Widget, FT=pikepdf.Name.Tx, T="feld", V="Wert", DA="/Helv 9 Tf 0 g")]
        corners = [60, 520, 400, 520, 60, 500, 400, 500]
        notes = [_note(document, Subtype=pikepdf.Name(f"/{kind}"), Contents="Notiz", T="Wer", QuadPoints=corners)
                 for kind in ("Text", "Highlight", "StrikeOut", "FreeText", "Stamp", "Ink", "Line")]  # fmt: skip
        page.Annots = document.make_indirect(pikepdf.Array([*fields, *notes]))
        document.Root.AcroForm = pikepdf.Dictionary(Fields=fields, DR=pikepdf.Dictionary(Font=pikepdf.Dictionary()), NeedAppearances=True)
        document.attachments["mehr.txt"] = b"Beilage"
        out = io.BytesIO()
        document.save(out)
    return out.getvalue()


def _form(document: pikepdf.Pdf, content: bytes, inside: dict[str, pikepdf.Object]) -> pikepdf.Object:
    return document.make_stream(content, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 99, 99],
                                Resources=pikepdf.Dictionary(XObject=pikepdf.Dictionary(inside)))  # fmt: skip


def _note(document: pikepdf.Pdf, **said: Any) -> pikepdf.Object:
    return document.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Annot, Rect=[60, 500, 400, 520], F=4, **said))


@cache
def word_bases() -> tuple[bytes, ...]:
    """A printed agreement, and a small file with what others have in theirs."""
    return render_word(LIBRARY.document(emsland())), _varied_word()


def _varied_word() -> bytes:
    """Styles based on each other, lists, tracked changes, notes, comments, fields, controls, a table, a text box, headers."""
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="s{number}"><w:name w:val="s{number}"/><w:basedOn w:val="s{number - 1}"/>'
        f'<w:pPr><w:numPr><w:ilvl w:val="{number % 3}"/><w:numId w:val="1"/></w:numPr></w:pPr><w:rPr><w:b/></w:rPr></w:style>'
        for number in range(6)
    )
    level = '<w:start w:val="1"/><w:numFmt w:val="decimal"/>'
    levels = "".join(f'<w:lvl w:ilvl="{number}">{level}<w:lvlText w:val="%{number + 1}."/></w:lvl>' for number in range(3))
    field = "".join(f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>{inside}' for kind, inside in (
        ("begin", "<w:r><w:instrText>PAGE</w:instrText></w:r>"), ("separate", r("1")), ("end", "")))  # fmt: skip
    body = "".join((
        p(r("Zielvereinbarung 2024"), '<w:pStyle w:val="s1"/>'), p(r("§ 1 Ziele"), '<w:pStyle w:val="s5"/>'),
        p(f'<w:ins w:id="1" w:author="A" w:date="2024-01-01T00:00:00Z">{r("neu")}</w:ins>'
          f'<w:del w:id="2" w:author="B"><w:r><w:delText>alt</w:delText></w:r></w:del>{r("fest")}'
          '<w:r><w:commentReference w:id="0"/></w:r>'),
        p(f'{field}<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'),
        p(f'<w:sdt><w:sdtPr><w:tag w:val="haushalt.verwaltungskosten"/></w:sdtPr><w:sdtContent>{r("13.155.724")}</w:sdtContent></w:sdt>'),
        '<w:tbl><w:tblPr><w:tblStyle w:val="t"/></w:tblPr><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>'
        f'{p(r("a"))}</w:tc></w:tr></w:tbl>',
        p("<w:r><w:pict><v:textbox><w:txbxContent>" + p(r("Kasten")) + "</w:txbxContent></v:textbox></w:pict></w:r>"),
        p("<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>"),
        '<w:sectPr><w:headerReference r:id="header"/></w:sectPr>',
    ))  # fmt: skip
    parts = {
        "styles": styles + '<w:style w:type="table" w:styleId="t"><w:tblPr/><w:rPr><w:vanish/></w:rPr></w:style>',
        "numbering": f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>',
        "footnotes": f'<w:footnote w:id="2">{p(r("Note"))}</w:footnote>',
        "comments": f'<w:comment w:id="0" w:author="C">{p(r("Bitte prüfen"))}</w:comment>',
        "header": p(r("Kopf")),
        "settings": '<w:defaultTabStop w:val="708"/>',
    }
    return word_file(io.BytesIO(), body, **parts).getvalue()


@cache
def as_csv() -> str:
    return render_csv(PlanningTable(LIBRARY, YEAR).table()).decode("utf-8-sig")


@cache
def table_bases() -> tuple[bytes, ...]:
    """Our template, and a workbook with what others have in theirs."""
    return render_xlsx([PlanningTable(LIBRARY, YEAR).table(), instructions(YEAR)], f"Planung {YEAR}"), _varied_workbook()


def _varied_workbook() -> bytes:
    """Number formats, fonts, colours, merged and hidden cells, a note, a formula, a condition, a table."""
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (("", "Haushalt", None, "Ziele"), ("Träger", "Verwaltungskosten", "Gesamtbudget (Mio. Euro)", "Datum"),
                ("lk-emsland", 13155724, 21.9, date(2024, 2, 1)), ("lk-peine", "=1+1", 0.125, "1. Februar 2024")):  # fmt: skip
        sheet.append(row)
    sheet.merge_cells("B1:C1")
    sheet["B3"].number_format = '#,##0.00 "Euro"'
    sheet["C3"].font = Font(strike=True, color="FF0000")
    sheet["C4"].number_format = "0.0%"
    sheet["C4"].fill = PatternFill("solid", fgColor="FFFF00")
    sheet["D3"].comment = Comment("Bitte prüfen", "A")
    sheet.row_dimensions[4].hidden = True
    sheet.column_dimensions["D"].width = 3
    sheet.conditional_formatting.add("B3:B4", Rule("cellIs", operator="lessThan", formula=["1"], dxf=DifferentialStyle(Font(strike=True))))
    book.create_sheet("Zweites").append(["nichts"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
