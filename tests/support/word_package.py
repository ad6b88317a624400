"""A short agreement in which every kind of block occurs, and what stands in its Word file."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any, cast

from docx.oxml.ns import nsmap, qn
from lxml import etree
from openxml_audit import FileFormat, OpenXmlValidator  # type: ignore[import-untyped]

from agreements.model.document import Block, Document, Span

SCHRITTE = "ziele.individuell.4.schritte"
LAGE = "rahmenbedingungen.regionale_lage"
KOSTEN = "haushalt.verwaltungskosten"
DATUM = "unterschriften.land.1.datum"


def document(*more: Block, kosten: Span | None = None) -> Document:
    """A short agreement in which every kind of block occurs."""
    return Document(
        "Vereinbarung 2024 – Landkreis Emsland",
        2024,
        "lk-emsland",
        (
            Block("titelseite", (Span("Vereinbarung"),)),
            Block("titelseite", (Span("im Jahr "), Span("2024", "jahr"))),
            Block("eingang", (Span("schließt das Ministerium mit dem"),)),
            Block("eingang", (Span("Landkreis Emsland", "traeger"),)),
            Block("eingang", (Span("folgende Vereinbarung"),)),
            Block("ueberschrift", (Span("I. Grundsätze"),), level=1),
            Block("text", (Span("Die Lage ist gut."),), liste=None),
            Block("text", (Span("Erster Absatz zur Lage.", LAGE),), liste=LAGE),
            Block("text", (Span("Zweiter Absatz zur Lage.", LAGE),), liste=LAGE),
            Block("text", (Span("Es stehen zur Verfügung:"),)),
            Block("punkt", (Span("Kosten "), kosten or Span("13.155.724", KOSTEN), Span(" Euro"))),
            Block("ueberschrift", (Span("§ 1 Ziele"),), level=2),
            Block("absatz", (Span("(1) "), Span("Der Landkreis Emsland", "traeger"), Span(" verfolgt nach § 48b Abs. 1 die Ziele:"))),
            Block("ueberschrift", (Span("4. "), Span("Umsetzung", "ziele.individuell.4.titel")), level=3),
            Block("punkt", (Span("Beratung ausbauen", SCHRITTE),), liste=SCHRITTE),
            Block("punkt", (Span("Technik erneuern", SCHRITTE),), liste=SCHRITTE),
            *more,
            Block("text", (Span("Das Ziel ist erreicht."),)),
            *signature(1, "land", "Hannover", Span("", DATUM, "leer"), "In Vertretung", "Dr. Christine Arbogast"),
            *signature(2, "traeger", "Meppen", Span("1. Februar", "unterschriften.traeger.1.datum"), None, "Martin Gerenkamp"),
        ),
    )


def signature(spalte: int, seite: str, ort: str, datum: Span, zusatz: str | None, name: str) -> list[Block]:
    where = f"unterschriften.{seite}.1."
    above = [(Span(ort, f"{where}ort"), Span(", den "), datum, Span(" 2024"))]
    lines = [*above, *([(Span(zusatz, f"{where}zusatz"),)] if zusatz else [])]
    below = (Span("("), Span(name, f"{where}name"), Span(")"))
    return [*(Block("unterschrift", spans, column=spalte) for spans in lines), Block("unterschrift", below, column=spalte, gruppe=1)]


class Node(etree.ElementBase):
    """An element that knows the prefixes of Word's XML."""

    def xpath(self, path: str) -> Any:  # type: ignore[override]
        return super().xpath(path, namespaces=nsmap)


PARSER = etree.XMLParser()
PARSER.set_element_class_lookup(etree.ElementDefaultClassLookup(element=Node))


def part(package: bytes, name: str) -> Node:
    return cast(Node, etree.fromstring(zipfile.ZipFile(BytesIO(package)).read(name), PARSER))


def body(package: bytes) -> Node:
    return part(package, "word/document.xml")


def words(element: Node) -> str:
    """The text of an element, a tab as blank."""
    return "".join(" " if node.tag == qn("w:tab") else node.text for node in element.xpath(".//w:r/w:t | .//w:r/w:tab"))


def controls(package: bytes) -> list[tuple[str, str]]:
    return [(control.xpath("./w:sdtPr/w:tag/@w:val")[0], words(control)) for control in body(package).xpath(".//w:sdt")]


def paragraphs(package: bytes, style: str) -> list[str]:
    return [words(paragraph) for paragraph in body(package).xpath(f".//w:p[w:pPr/w:pStyle/@w:val='{style}']")]


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


DRAFT = document(kosten=Span("[… offen]", KOSTEN, "offen"))


def complaints(package: bytes, folder: Path) -> list[str]:
    """Departures from the order and the types that Word's own schemas state."""
    path = folder / "agreement.docx"
    path.write_bytes(package)
    return [str(error) for error in OpenXmlValidator(file_format=FileFormat.MICROSOFT_365).validate(path).errors]
