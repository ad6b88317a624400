"""Signatures and tables of a Word file, read column by column or row by row."""

from __future__ import annotations

import pytest
from word_files import p, r
from word_paragraphs import (
    LEFT,
    RIGHT,
    SIGNED,
    Read,
    cell,
    columns,
    reader_of_bodies,
    table,
)

read = pytest.fixture(reader_of_bodies)


def test_signatures_side_by_side_are_read_column_by_column(read: Read) -> None:
    assert columns(read(p(r("Es regnet.")) + table(cell(*LEFT) + cell(*RIGHT)))) == [(None, "Es regnet."), *SIGNED]
    spaced = table(cell(*LEFT) + cell("") + cell(*RIGHT))
    assert columns(read(spaced)) == SIGNED


def test_signatures_with_a_row_for_each_line_are_read_column_by_column(read: Read) -> None:
    rows = table(
        cell("Aurich, den") + cell("2024") + cell("Celle, den 3. Mai 2024", span=2),
        cell("In Vertretung", span=2) + cell("", span=2),
        cell("", span=4),
        cell("(Frauke Deich)", span=2) + cell("(Ole Heide)", span=2),
        cell("Amt für Regen", span=2) + cell("Amt für Wind", span=2),
    )
    assert columns(read(rows)) == SIGNED


def test_a_second_row_of_signatures_goes_on_counting(read: Read) -> None:
    third = ["Leer (Ostfriesland), den 2024", "(Insa Watt)", "Amt für Ebbe"]
    rows = table(cell(*LEFT) + cell(*RIGHT), cell(*third))
    assert columns(read(rows)) == [*SIGNED, *((3, text) for text in third)]


def test_lines_of_a_signature_may_be_typed_breaks(read: Read) -> None:
    def broken(lines: list[str]) -> str:
        return "<w:tc>" + p("<w:r><w:br/></w:r>".join(r(line) for line in lines)) + "</w:tc>"

    assert columns(read(table(broken(LEFT) + broken(RIGHT)))) == SIGNED


def test_a_signature_is_typed_in_one_paragraph(read: Read) -> None:
    """And running text with a date in it stays one paragraph, whatever breaks were typed into it."""
    body = "".join(p("<w:r><w:br/></w:r>".join(r(line) for line in lines)) for lines in (LEFT, RIGHT))
    assert columns(read(body)) == [(None, text) for _, text in SIGNED]
    prose = p(r("Wir treffen uns in Aurich, den 5. Mai 2024,") + "<w:r><w:br/></w:r>" + r("und gehen von dort weiter."))
    assert columns(read(prose)) == [(None, "Wir treffen uns in Aurich, den 5. Mai 2024, und gehen von dort weiter.")]


TAB = "<w:r><w:tab/></w:r>"


def test_signatures_parted_by_tabs_are_read_column_by_column(read: Read) -> None:
    stops = '<w:tabs><w:tab w:val="left" w:pos="2000"/><w:tab w:val="left" w:pos="5000"/></w:tabs>'
    body = (
        p(r("Es regnet."))
        + p(r("Aurich, den") + TAB + r("2024") + TAB + r("Celle, den 3. Mai 2024"), stops)
        + p("", stops) + p(r("In Vertretung"), stops)
        + p(r("(Frauke Deich)") + TAB + TAB + r("(Ole Heide)"), stops)
        + p(r("Amt für Regen") + TAB * 2 + r("Amt für Wind"), stops)
    )  # fmt: skip
    assert columns(read(body)) == [(None, "Es regnet."), *SIGNED]


def test_a_line_of_the_right_column_alone_is_told_by_its_tab_stop(read: Read) -> None:
    stops = '<w:tabs><w:tab w:val="left" w:pos="5000"/></w:tabs>'
    body = (
        p(r("Aurich, den 2024") + TAB + r("Celle, den 3. Mai 2024"), stops) + p(TAB + r("Im Auftrage"), stops)
        + p(r("(Frauke Deich)") + TAB + r("(Ole Heide)"), stops)
    )  # fmt: skip
    assert columns(read(body)) == [
        (1, "Aurich, den 2024"), (1, "(Frauke Deich)"), (2, "Celle, den 3. Mai 2024"), (2, "Im Auftrage"), (2, "(Ole Heide)"),
    ]  # fmt: skip


def test_signatures_parted_by_many_blanks_and_breaks_are_read_column_by_column(read: Read) -> None:
    line = "<w:r><w:br/></w:r>"
    body = p(r("Aurich, den 2024          Celle, den 3. Mai 2024") + line + r("(Frauke Deich)            (Ole Heide)"))
    assert columns(read(body)) == [
        (1, "Aurich, den 2024"), (1, "(Frauke Deich)"), (2, "Celle, den 3. Mai 2024"), (2, "(Ole Heide)"),
    ]  # fmt: skip


def test_tabs_in_running_text_make_no_columns(read: Read) -> None:
    body = p(r("(1)") + TAB + r("Es regnet.")) + p(r("Regen") + TAB + r("7 mm")) + p(r("Wind") + TAB + r("5 kn"))
    assert columns(read(body)) == [(None, "(1) Es regnet."), (None, "Regen 7 mm"), (None, "Wind 5 kn")]


def test_other_tables_are_read_row_by_row(read: Read) -> None:
    figures = table(cell("Regen") + cell("7 mm"), cell("Wind") + cell("5 kn"))
    prose = table(cell("Es regnet.", "Es stürmt.") + cell("Es schneit."))
    reading = read(p(r("Davor.")) + figures + prose + p(r("Danach.")))
    assert columns(reading) == [(None, text) for text in (
        "Davor.", "Regen 7 mm", "Wind 5 kn", "Es regnet.", "Es stürmt.", "Es schneit.", "Danach."
    )]  # fmt: skip
    assert reading.paragraphs[1].kind is None


def test_a_row_of_figures_knows_its_cells(read: Read) -> None:
    """Those that are empty too; a table of sentences, and one of signatures, has rows that are but their text."""
    figures = table(cell("") + cell("Ist") + cell("Soll"), cell("Regen", "und Hagel") + cell("") + cell("7 mm, 3 %"),
                    cell("Regen") + cell("5 %") + cell("7 %"), cell("Wind") + cell("") + cell("6 %"))  # fmt: skip
    assert [(each.text, each.cells) for each in read(figures).paragraphs] == [
        ("Ist Soll", (0, 1, 1)), ("Regen und Hagel 7 mm, 3 %", (3, 0, 4)), ("Regen 5 % 7 %", (1, 2, 2)), ("Wind 6 %", (1, 0, 2)),
    ]  # fmt: skip
    prose = table(cell("Regen") + cell("Es regnet."), cell("Wind") + cell("Es stürmt um 5 %."))
    assert [each.cells for each in read(prose + table(cell(*LEFT) + cell(*RIGHT))).paragraphs if each.cells] == []
