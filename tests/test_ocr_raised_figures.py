"""A figure of a scan's number that stands higher is a note's, and makes the number unsure."""

from __future__ import annotations

from pathlib import Path

import pytest
from scan_simulator import Scan, scanned
from weasyprint import HTML

from agreements.reading.reading import Word
from extract.correction.legibility import illegible
from extract.pdf import read_pdf

PAGE = """<style>@page { size: A4; margin: 25mm } body { font: 11pt "Liberation Sans" } sup { font-size: %s; line-height: 0 }</style>
<p>Das Ziel ist im Jahr 2024 erreicht, wenn die Integrationsquote des Landkreises Emsland um 3,9%s % im Vergleich zum Jahr 2023
steigt, die der Frauen um 5,1%s%% und die der Männer um 44,7 %% im Vergleich zum Jahr 2023 (2022) nach § 16i SGB II.</p>
<p>Für die Verwaltungskosten stehen 13.155.724%s Euro zur Verfügung, für Leistungen zur Eingliederung 8.696.936 Euro.</p>"""


def numbers(folder: Path, scan: Scan, size: str, note: str) -> dict[str, Word]:
    """The words with figures that are read of a page that was printed and scanned."""
    notes = [f"<sup>{number}</sup>" if note else "" for number in "123"]
    html = PAGE.replace("%%", "\0").replace(" % ", " \0 ") % (size, *notes)
    path = folder / "scan.pdf"
    path.write_bytes(scanned(HTML(string=html.replace("\0", "%")).write_pdf(), scan, 5).pdf)
    return {word.text: word for paragraph in read_pdf(path).paragraphs for word in paragraph.words if any(map(str.isdigit, word.text))}


@pytest.mark.parametrize(("dpi", "size"), [(150, "60%"), (200, "83%"), (300, "60%")])
def test_a_number_with_a_notes_figure_raised_behind_it_is_unsure_and_no_other_is(tmp_path: Path, dpi: int, size: str) -> None:
    read = numbers(tmp_path, Scan(dpi=dpi), size, "note")
    assert not {"3,9", "5,1%", "13.155.724"} & read.keys(), "readers take the note's figure for one of the number's"
    noted = [word for text, word in read.items() if text.startswith(("3,9", "5,1", "13.155.724"))]
    assert len(noted) == 3
    assert all(illegible([word]) for word in noted)
    assert any("3,9" in word.alternatives for word in noted)
    assert not any(illegible([word]) for word in read.values() if word not in noted)


@pytest.mark.parametrize("dpi", [150, 300])
def test_numbers_without_notes_are_sure(tmp_path: Path, dpi: int) -> None:
    read = numbers(tmp_path, Scan(dpi=dpi, specks=60), "60%", "")
    assert {"3,9", "13.155.724", "8.696.936", "44,7", "(2022)", "16i"} <= read.keys()
    assert not any(illegible([word]) for word in read.values())
