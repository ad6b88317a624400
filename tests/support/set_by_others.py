"""Agreements in no known wording that another program than zv sets, from HTML, and what is read of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from weasyprint import HTML

from agreements.library.library import Library
from agreements.reading.findings import Found
from extract.extraction import Extraction, extract

RULED = "table{border-collapse:collapse;width:100%} td,th{border:0.5pt solid black;padding:3pt;text-align:left;vertical-align:top}"
OPEN = "table{border-collapse:collapse;width:100%} td,th{padding:4pt 24pt 4pt 0;text-align:left;vertical-align:top}"
MONEY = (
    "Das Gesamtbudget von rd. 8,5 Mio. Euro verteilt sich mit 3.400.000 Euro auf Eingliederungsleistungen und mit 5.100.000 Euro auf "
    "Verwaltungskosten."
)
OPENING = (
    "schließen das Niedersächsische Ministerium für Soziales, Arbeit, Gesundheit und Gleichstellung (MS) und der Landkreis Leer gemäß "
    "§ 48b Abs. 1 Satz 1 Nr. 4 SGB II für das Jahr 2024 folgende Zielvereinbarung."
)
SIGNED = (
    ("Hannover, den 5. April 2024", "(Dr. Erika Muster)",
     "Niedersächsisches Ministerium für Soziales,", "Arbeit, Gesundheit und Gleichstellung"),
    ("Leer, den 8. April 2024", "(Max Probe)", "Landrat", "Landkreis Leer"),
)  # fmt: skip


def table(*rows: Sequence[str]) -> str:
    """A table, the first row its head."""
    return "<table>" + "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows) + "</table>"


def paragraphs(*texts: str) -> str:
    return "".join(text if text.startswith("<") else f"<p>{text}</p>" for text in texts)


def columns(*signatures: Iterable[str]) -> str:
    cells = (f'<td style="border:0;width:{100 // len(signatures)}%">{"<br>".join(lines)}</td>' for lines in signatures)
    return f'<table style="margin-top:2cm"><tr>{"".join(cells)}</tr></table>'


def page(goals: str, money: str = MONEY, behind: str = "", style: str = RULED, signed: str = "") -> str:
    """The HTML of an agreement with these paragraphs on money and goals."""
    return (
        f"<style>@page{{size:A4;margin:2.5cm}} body{{font:11pt/1.35 'Liberation Sans'}} h2{{font-size:11pt}} {style}</style>"
        + "<p style='text-align:center'>Zielvereinbarung 2024</p>"
        + paragraphs(f"Zur Erreichung der Ziele {OPENING}")
        + "<h2>I. Grundsätze</h2><p>Arbeit und Teilhabe sind die Leitgedanken der Grundsicherung.</p>"
        + f"<h2>II. Haushaltsmittel</h2>{paragraphs(money)}<h2>III. Ziele</h2>{goals}"
        + "<h2>IV. Zielnachhaltung</h2><p>Land und Landkreis sprechen zweimal im Jahr miteinander.</p>"
        + (signed or columns(*SIGNED))
        + behind
    )


def extracted(tmp_path: Path, html: str, library: Library) -> Extraction:
    path = tmp_path / "vereinbarung.pdf"
    HTML(string=html).write_pdf(path)
    return extract(path, library)


def said(tmp_path: Path, html: str, library: Library) -> dict[str, Found]:
    """The Angaben of a PDF of this HTML."""
    return {found.feld: found for found in extracted(tmp_path, html, library).found}
