"""Raised figures and notes at the foot of a page: never part of a number, name or sentence, and never lost."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from pdf_samples import FONT
from sample_documents import document
from sample_documents import text as paragraph

from agreements.reading.doubts import sentence
from agreements.reading.reading import Reading
from extract.pdf import read_pdf
from render.pdf import render_pdf

LAST = "BT /F 12 Tf 72 100 Td (Letzte Zeile des Textes.) Tj ET\n"


def drawn(path: Path, content: str) -> Reading:
    target = path / "gezeichnet.pdf"
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(595, 842)).obj
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=FONT))
        page.Contents = pdf.make_stream(content.encode("cp1252"))
        pdf.save(target)
    return read_pdf(target)


def text(reading: Reading) -> str:
    return " ".join(one.text for one in reading.paragraphs)


def seen(reading: Reading) -> dict[str, str]:
    return {word.text: sentence(word.seen) for one in reading.paragraphs for word in one.words if word.seen}


def raised(before: str, figure: str, after: str, size: float = 7.0, rise: float = 4.5) -> str:
    """A line at 700 with a figure set above it."""
    return f"BT /F 12 Tf 72 700 Td ({before}) Tj {rise} Ts /F {size} Tf ({figure}) Tj 0 Ts /F 12 Tf ({after}) Tj ET\n"


@pytest.mark.parametrize(("size", "rise"), [(7.0, 4.5), (8.0, 3.0), (12.0, 5.0)])
def test_a_raised_figure_is_no_part_of_the_number_before_it(size: float, rise: float, tmp_path: Path) -> None:
    reading = drawn(tmp_path, raised("um 3,9", "1", " % im Vergleich", size, rise) + LAST)
    assert text(reading).startswith("um 3,9 % im Vergleich")
    assert seen(reading) == {"3,9": "trägt hochgestellt „1“, wohl eine Anmerkung"}


BESIDE = [("um 3,9 %", " steigt", "um 3,9 % steigt"), (r"\(3,9", r"\) steigt", "(3,9) steigt"), ("um 3,9 ", " %", "um 3,9 %")]


@pytest.mark.parametrize(("before", "after", "read"), BESIDE)
def test_a_raised_figure_may_stand_behind_the_unit_inside_a_bracket_or_alone(before: str, after: str, read: str, tmp_path: Path) -> None:
    reading = drawn(tmp_path, raised(before, "1", after) + LAST)
    assert text(reading).startswith(read)
    assert any("3,9" in word for word in seen(reading))


@pytest.mark.parametrize("mark", ["1", "*"])
def test_a_raised_mark_is_no_letter_of_a_name(mark: str, tmp_path: Path) -> None:
    reading = drawn(tmp_path, raised(r"\(Christian Otte", mark, r"\)") + LAST)
    assert text(reading).startswith("(Christian Otte)") and list(seen(reading)) == ["Otte)"]


@pytest.mark.parametrize("line", [raised("auf 300 m", "2", " im Ort"), "BT /F 12 Tf 72 700 Td (auf 300 m² im Ort) Tj ET\n"])
def test_square_metres_stay_square_metres(line: str, tmp_path: Path) -> None:
    reading = drawn(tmp_path, line + LAST)
    assert text(reading).startswith("auf 300 m² im Ort") and not seen(reading)


def test_a_typed_figure_above_the_line_stays_and_leaves_its_number_unsure(tmp_path: Path) -> None:
    reading = drawn(tmp_path, "BT /F 12 Tf 72 700 Td (um 3,9² % im Vergleich) Tj ET\n" + LAST)
    assert text(reading).startswith("um 3,9² % im Vergleich") and list(seen(reading)) == ["3,9²"]


def test_a_lowered_figure_and_a_number_of_two_pieces_stay_as_they_are(tmp_path: Path) -> None:
    pieces = "BT /F 12 Tf 72 680 Td (um 3,) Tj (91 %) Tj ET\n"
    reading = drawn(tmp_path, raised("viel CO", "2", " im Ort", rise=-2.0) + pieces + LAST)
    assert "um 3,91 %" in text(reading) and "CO2 im Ort" in text(reading) and not seen(reading)


NOTES = {
    "smaller": "BT /F 9 Tf 72 80 Td (1 Vorläufige Werte, Stand) Tj 0 -10 Td (Dezember.) Tj ET",
    "apart and as large": "BT /F 12 Tf 72 70 Td (1 Vorläufige Werte, Stand) Tj 0 -14 Td (Dezember.) Tj ET",
    "with its figure raised": "BT 4 Ts /F 6 Tf 72 80 Td (1) Tj 0 Ts /F 9 Tf ( Vorläufige Werte, Stand) Tj 0 -10 Td (Dezember.) Tj ET",
    "with the figure stuck to it": "BT /F 9 Tf 72 80 Td (1Vorläufige Werte, Stand) Tj 0 -10 Td (Dezember.) Tj ET",
}


@pytest.mark.parametrize("how", NOTES)
def test_a_note_at_the_foot_is_no_text_but_said_of_its_word(how: str, tmp_path: Path) -> None:
    reading = drawn(tmp_path, raised("in Netzwerken", "1", " vor Ort") + LAST + NOTES[how])
    assert text(reading) == "in Netzwerken vor Ort Letzte Zeile des Textes."
    assert list(seen(reading)) == ["Netzwerken"] and "Vorläufige Werte, Stand Dezember." in seen(reading)["Netzwerken"]
    assert [one.art for one in reading.beiwerk] == ["fusszeile"] and any("Fußnote" in one for one in reading.notes)


def test_an_upper_figure_of_the_font_leads_to_a_note_too(tmp_path: Path) -> None:
    reading = drawn(tmp_path, "BT /F 12 Tf 72 700 Td (um 3,9 %¹ mehr) Tj ET\n" + LAST + NOTES["smaller"])
    assert text(reading) == "um 3,9 % mehr Letzte Zeile des Textes." and set(seen(reading)) == {"3,9", "%"}


NO_NOTE = ["BT /F 9 Tf 72 80 Td (2 Stellen bleiben frei.) Tj ET", "BT /F 12 Tf 72 86 Td (1 Stelle bleibt frei.) Tj ET"]


@pytest.mark.parametrize("last", NO_NOTE)
def test_a_line_that_begins_with_another_number_or_goes_on_with_the_text_is_no_note(last: str, tmp_path: Path) -> None:
    reading = drawn(tmp_path, raised("in Netzwerken", "1", " vor Ort") + LAST + last)
    assert "frei." in text(reading) and "in Netzwerken vor" in text(reading) and not reading.beiwerk


def test_what_zv_printed_reads_back_with_its_typed_figures_above_the_line(tmp_path: Path) -> None:
    said = ["Um 9² mehr.", "2 Stellen bleiben frei, um 3,9 %² mehr."]
    (tmp_path / "eigen.pdf").write_bytes(render_pdf(document(*(paragraph(one) for one in said))))
    reading = read_pdf(tmp_path / "eigen.pdf")
    assert [one.text for one in reading.paragraphs][-2:] == said and not seen(reading)
