"""Signatures of a document in no known wording: told by columns and lines, and printed as they were read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from invented_agreement import (
    AGREED,
    BODY,
    FRONT,
    LAND,
    LEER,
    Read,
    para,
    reader_of_lines,
)
from own_texts import text_of
from round_trip import said_otherwise

from agreements.library.library import Library
from agreements.model.values import OFFEN
from agreements.reading.findings import Found, locations_of
from agreements.reading.reading import Ink, Paragraph, Place, Reading, Word
from extract.by_grammar.blocks import pieces_of
from extract.confidence.by_absence import with_blank_days_proven
from extract.confidence.by_ink import doubted

read = pytest.fixture(scope="module")(reader_of_lines)


def test_signatures_are_told_by_their_columns(read: Read) -> None:
    _, found, _ = read()
    assert {feld: angabe.wert for feld, angabe in found.items() if feld.startswith("unterschriften")} == {
        "unterschriften.land.1.ort": "Hannover",
        "unterschriften.land.1.datum": date(2018, 4, 5),
        "unterschriften.land.1.zusatz": "In Vertretung",
        "unterschriften.land.1.name": "Erika Muster",
        "unterschriften.land.1.stelle": "Niedersächsisches Ministerium für Arbeit und Wetter",
        "unterschriften.traeger.1.ort": "Leer",
        "unterschriften.traeger.1.datum": None,
        "unterschriften.traeger.1.name": "Max Probe",
        "unterschriften.traeger.1.funktion": "Landrat",
        "unterschriften.traeger.1.stelle": "Landkreis Leer",
    }
    assert found["unterschriften.traeger.1.datum"].reason == "leer"


def test_lines_of_one_office_and_of_one_date_are_one(read: Read) -> None:
    lines = ("Hannover, den 5. April", "2018", "(Erika Muster)", "Niedersächsisches", "Ministerium für Arbeit und", "Wetter")
    record, found, _ = read(columns=(lines, LEER))
    assert [block.text for block in text_of(record) if block.art == "unterschrift" and block.ebene == 1] == [
        "Hannover, den 5. April 2018",
        "(Erika Muster)",
        "Niedersächsisches Ministerium für Arbeit und Wetter",
    ]
    assert found["unterschriften.land.1.datum"].wert == date(2018, 4, 5)


def test_words_that_a_narrow_column_parts_are_one_line(read: Read) -> None:
    """Function, addition, name; a name that stands whole takes no line below it."""
    lines = ("Leer, den 5. April 2018", "in", "Vertretung", "Raphaël", "Freiherr von", "Knigge", "Erster", "Kreisrat", "Landkreis", "Leer")
    _, found, _ = read(columns=((*LAND[:2], "(Zdeňka", "Gräfin von der", "Heide)", LAND[3]), lines))
    assert (found["unterschriften.land.1.name"].wert, found["unterschriften.land.1.name"].doubts) == ("Zdeňka Gräfin von der Heide", ())
    own = {feld.rpartition(".")[2]: one for feld, one in found.items() if feld.startswith("unterschriften.traeger.1.")}
    assert (own["name"].wert, own["zusatz"].wert, own["funktion"].wert) == (
        "Raphaël Freiherr von Knigge",
        "in Vertretung",
        "Erster Kreisrat",
    )
    assert own["stelle"].wert == "Landkreis Leer" and not any(one.doubtful for one in own.values())


def test_a_place_that_a_narrow_column_parts_is_one_word(read: Read) -> None:
    for lines in (("Osterholz-", "Scharmbeck,", "den 5. April 2018"), ("Osterholz-", "Scharmbeck, den 5. April 2018")):
        _, found, _ = read(columns=(LAND, (*lines, "(Max Probe)", "Landkreis Leer")))
        ort, datum = (found[f"unterschriften.traeger.1.{key}"] for key in ("ort", "datum"))
        assert (ort.wert, ort.doubtful, datum.wert) == ("Osterholz-Scharmbeck", False, date(2018, 4, 5))


def test_of_signatures_torn_over_two_pages_every_line_is_told(read: Read) -> None:
    """Place and date of both stand on one page, the rest of both on the next: what each signs with is nobody's in silence."""
    torn = (LAND[:1], LEER[:1], LAND[1:3], LEER[1:])
    _, found, befunde = read(columns=torn)
    for party in ("land.1", "traeger.1"):
        for key in ("zusatz", "name", "funktion", "stelle"):
            assert found[f"unterschriften.{party}.{key}"].doubtful
    assert any(befund.feld == "unterschriften.land" and "zu erkennen" in befund.text for befund in befunde)


def test_a_missing_signature_is_said_and_makes_the_others_unsure(read: Read) -> None:
    _, found, befunde = read(columns=(LEER,))
    assert "unterschriften.land" in {befund.feld for befund in befunde if befund.art == "unterschrift"}
    assert found["unterschriften.traeger.1.name"].doubtful


def test_an_office_that_the_opening_does_not_name_is_unsure(read: Read) -> None:
    _, found, _ = read(columns=((*LAND[:3], "Niedersächsisches Ministerium für Meer und Moor"), LEER))
    assert found["unterschriften.land.1.stelle"].doubtful


def below_each_other(read: Read, *lines: str) -> dict[str, Found]:
    """What is found where all signatures stand below each other, in no column."""
    found = read(body=(*BODY, *lines), columns=())[1]
    return {feld.removeprefix("unterschriften."): one for feld, one in found.items() if feld.startswith("unterschriften.")}


LAND_LINES, LEER_LINES = ("Hannover, 5.4.2018", "gez. Erika Muster"), ("Leer, 6.4.2018", "gez. Max Probe")


def test_signatures_that_are_headed_by_whom_they_are_for_begin_there(read: Read) -> None:
    lines = ("Für das Land Niedersachsen:", *LAND_LINES, "Für den Landkreis Leer:", *LEER_LINES)
    found = below_each_other(read, *lines)
    assert {feld: one.wert for feld, one in found.items() if feld.endswith(("name", "datum"))} == {
        "land.1.name": "Erika Muster", "land.1.datum": date(2018, 4, 5), "traeger.1.name": "Max Probe", "traeger.1.datum": date(2018, 4, 6),
    }  # fmt: skip
    below = below_each_other(read, LAND_LINES[0], lines[0], LAND_LINES[1], LEER_LINES[0], lines[3], LEER_LINES[1])
    assert {feld: one.wert for feld, one in below.items()} == {feld: one.wert for feld, one in found.items()}


def test_a_signature_that_names_no_office_is_the_lands_where_the_other_is_the_traegers(read: Read) -> None:
    """Not where both were signed at the Träger's place, or more have signed than the opening names."""
    for ort, more, unsure in (("Hannover", (), False), ("Leer", (), True), ("Hannover", (("Hannover, den 2018", "(Ida Dritte)"),), True)):
        _, found, _ = read(columns=((f"{ort}, den 5. April 2018", "(Erika Muster)"), *more, LEER))
        name = next(one for feld, one in found.items() if feld.startswith("unterschriften.") and one.wert == "Erika Muster")
        assert name.doubtful == unsure and (unsure or name.feld == "unterschriften.land.1.name"), ort


def test_a_name_may_stand_behind_its_addition_and_a_month_without_a_day(read: Read) -> None:
    found = below_each_other(
        read,
        "Hannover, den 5. April 2018",
        "i. A. Dr. Erika Muster",
        LAND[3],
        "Leer, im April 2018",
        "Im Auftrag (Max Probe)",
        "Landkreis Leer",
    )
    said = {feld: one.wert for feld, one in found.items() if feld.endswith(("name", "zusatz"))}
    assert said == {
        "land.1.zusatz": "i. A.",
        "land.1.name": "Dr. Erika Muster",
        "traeger.1.zusatz": "Im Auftrag",
        "traeger.1.name": "Max Probe",
    }
    assert found["traeger.1.ort"].wert == "Leer" and found["traeger.1.datum"].wert is None and found["traeger.1.datum"].doubtful


@pytest.mark.parametrize("lead", ["Für den Landkreis Leer", "Für den Landkreis Leer:"])
def test_for_whom_is_signed_is_no_place_and_date(read: Read, lead: str) -> None:
    """What stands before a capital, "Für den", was taken for a place and the blank for its day."""
    _, found, _ = read(columns=(LAND, (lead, *LEER[:3])))
    signed = {key: found[f"unterschriften.traeger.1.{key}"] for key in ("ort", "stelle")}
    assert signed["ort"].wert == "Leer"
    assert signed["stelle"].wert == "Landkreis Leer"


def test_text_in_columns_is_of_no_signature(read: Read) -> None:
    """Two pages on one sheet stand in columns, and the text of the second ends right above the signatures."""
    text = ("(6) Die Parteien sprechen halbjährlich über das, was erreicht ist und was noch", "zu erreichen bleibt, und berichten darüber.")
    assert signed(read(columns=((*text, *LAND), LEER))[1]) == signed(read()[1])


def test_a_sentence_below_the_signatures_leaves_them_what_they_are(read: Read) -> None:
    below = "Ausgefertigt in zwei Stücken, von denen jede Partei eines erhält."
    found = signed(read(columns=(LAND, (*LEER, below)))[1])
    assert {feld: wert for feld, (wert, _) in found.items() if wert} == {
        feld: wert for feld, (wert, _) in signed(read()[1]).items() if wert
    }


def signed(found: dict[str, Found]) -> dict[str, tuple[object, bool]]:
    """Values of the signatures, and whether they are doubted."""
    return {feld: (angabe.wert, angabe.doubtful) for feld, angabe in found.items() if feld.startswith("unterschriften")}


def test_a_ministrys_name_goes_on_in_the_next_line_of_a_centred_opening(read: Read) -> None:
    front = ["Vereinbarung", "im Jahr 2018", "zwischen dem", "Niedersächsischen Ministerium für Arbeit, Verkehr und", "Wetter",
             "und dem", "Landkreis Leer"]  # fmt: skip
    _, found, _ = read(front=front, columns=((*LAND[:3], "Niedersächsisches Ministerium für Arbeit, Verkehr und Wetter"), LEER))
    assert found["ministerien.1.name"].wert == "Ministerium für Arbeit, Verkehr und Wetter"
    assert not found["unterschriften.land.1.stelle"].doubtful


@pytest.mark.parametrize("line", [LEER[0], "Leer, den ________ 2018", "Leer, den .- 2018", "Leer, den S. 2018"])
def test_in_a_scan_no_line_tells_that_a_day_is_blank_but_the_picture(read: Read, line: str) -> None:
    """Marks beside the year may be a day written by hand, and one whose place nobody looked at may have left none."""
    _, found, _ = read(columns=(LAND, (line, *LEER[1:])), lesart="texterkennung")
    [day] = [one for one in with_blank_days_proven([*found.values()], [], []) if one.feld == "unterschriften.traeger.1.datum"]
    assert (day.wert, day.doubtful) == (None, True)


@pytest.mark.parametrize(("figures", "unsure"), [(("3.5.",), True), (("2018",), False), ((), False)])
def test_in_a_scan_figures_in_a_line_of_their_own_may_be_the_day(read: Read, figures: tuple[str, ...], unsure: bool) -> None:
    """Recorded: "3.5." written above "Peine, den … 2017"."""
    _, found, _ = read(columns=(LAND, (*figures, *LEER)), lesart="texterkennung")
    assert (found["unterschriften.traeger.1.datum"].wert, found["unterschriften.traeger.1.datum"].doubtful) == (None, unsure)


def test_ink_behind_den_makes_a_blank_date_doubtful() -> None:
    den, year = Place(1, 90, 600, 105, 610), Place(1, 50, 615, 70, 625)
    found = Found("unterschriften.traeger.1.datum", OFFEN, locations_of((Word("den", (den,)), Word("2018", (year,)))), 0.9)
    [doubtful] = [one for one in doubted([found], [Ink("ende", (den,), Place(1, 106, 602, 150, 609))]) if one.feld == found.feld]
    assert doubtful.doubtful


def row_of_columns(height: float, *parts: tuple[float, str]) -> Paragraph:
    """Words at their places, those of several columns in one line."""
    return Paragraph(
        tuple(
            Word(word, (Place(1, left + 30 * place, height, left + 30 * place + 28, height + 10),))
            for left, text in parts
            for place, word in enumerate(text.split())
        )
    )


def signed_lines(*rows: Paragraph) -> list[tuple[int, str]]:
    """The lines of the signatures of a page that ends with these rows, with their columns."""
    front = [Paragraph(tuple(Word(word, (Place(1, 50, 20, 70, 30),)) for word in text.split())) for text in FRONT]
    pieces = pieces_of(Reading("textebene", 1, (*front, para("I. Grundsätze"), para("Alle wollen das Beste."), *rows)))
    return [(piece.level, piece.text) for piece in pieces if piece.art == "unterschrift"]


def test_a_column_whose_place_and_date_are_lost_is_told_by_where_its_lines_begin() -> None:
    """Recorded of a signature over "den 19.05.": "25é" stood there, and two columns were one."""
    rows = [
        row_of_columns(600, (50, "Hannover, den 2018"), (250, "Hannover, 25é"), (450, "Leer, den 2018")),
        row_of_columns(620, (50, "In Vertretung"), (250, "2018")),
        row_of_columns(640, (50, "(Erika A)"), (250, "(Uta B)"), (450, "(Otto C)")),
        row_of_columns(660, (50, "Niedersächsisches Ministerium"), (250, "Niedersächsisches Ministerium"), (450, "Landrat")),
        row_of_columns(680, (50, "für Arbeit"), (250, "für Wetter"), (450, "Landkreis Leer")),
    ]
    assert signed_lines(*rows) == [
        (1, "Hannover, den 2018"), (1, "In Vertretung"), (1, "(Erika A)"), (1, "Niedersächsisches Ministerium für Arbeit"),
        (2, "Hannover, 25é"), (2, "2018"), (2, "(Uta B)"), (2, "Niedersächsisches Ministerium für Wetter"),
        (3, "Leer, den 2018"), (3, "(Otto C)"), (3, "Landrat"), (3, "Landkreis Leer"),
    ]  # fmt: skip


def test_columns_that_the_reader_ran_together_are_parted_where_the_dates_begin() -> None:
    assert signed_lines(
        row_of_columns(600, (50, "Hannover, den 2018"), (250, "Hannover, den 2018"), (450, "Leer, den 2018")),
        row_of_columns(650, (50, "(Erika A)"), (250, "(Uta B)"), (450, "(Otto C)")),
    ) == [
        (1, "Hannover, den 2018"),
        (1, "(Erika A)"),
        (2, "Hannover, den 2018"),
        (2, "(Uta B)"),
        (3, "Leer, den 2018"),
        (3, "(Otto C)"),
    ]


def test_ink_over_an_addition_leaves_it_open(read: Read) -> None:
    _, found, _ = read(columns=((LAND[0], "In", *LAND[2:]), LEER), lesart="texterkennung")
    assert (found["unterschriften.land.1.zusatz"].wert, found["unterschriften.land.1.zusatz"].doubtful) == (None, True)
    assert not found["unterschriften.land.1.name"].doubtful


def test_strokes_between_date_and_name_leave_only_what_stands_there_open(read: Read) -> None:
    """Recorded of a signature across "In Vertretung": the brackets of the name close, what stands below it is below it."""
    _, found, _ = read(columns=((LAND[0], "In Ven rtreta g", *LAND[2:]), LEER), lesart="texterkennung")
    assert found["unterschriften.land.1.zusatz"].doubtful
    assert not any(found[f"unterschriften.land.1.{key}"].doubtful for key in ("ort", "name", "stelle"))
    assert found["unterschriften.land.1.zusatz"].locations[0].text == "In Ven rtreta g"
    _, found, _ = read(columns=((LAND[0], *LAND[2:], "In Ven rtreta g"), LEER), lesart="texterkennung")
    assert found["unterschriften.land.1.stelle"].doubtful


def test_letters_behind_a_printed_date_leave_it_as_it_is_in_a_text_layer_too(read: Read) -> None:
    """Law 4: what a scan's record keeps of a pen's letters is read from its print like from the scan."""
    _, found, _ = read(columns=(LAND, ("Leer, den 5. April 2018 of. Dro", *LEER[1:])), lesart="textebene")
    datum = found["unterschriften.traeger.1.datum"]
    assert (datum.wert, datum.doubtful) == (date(2018, 4, 5), False)


WHOLE = ("Hannover, den 5. April 2018", "Im Auftrage", "(Ute Probe)", "Niedersächsisches Ministerium für Arbeit und Wetter")
"""A signature of a column whose neighbour is torn."""


@pytest.mark.parametrize(
    "torn",
    [
        ("Dr. Bernd Ölker", "Niedersächsisches Ministerium für Arbeit und Wetter"),
        ("Hannover, den04.04.", "2018", "Niedersächsisches Ministerium für Arbeit und Wetter"),
        ("Niedersächsisches Landkreis Aurich", "(Uwe Scholz) Landrätin", "Ministerium für Arbeit und Wetter"),
        ("(Ur",),
        ("‚Hannover, den 25.04.2018", "Niedersächsisches Ministerium für Arbeit und Wetter"),
        ("nnver, den 25.04.2018", "Niedersächsisches Ministerium für Arbeit und Wetter"),
    ],
)
def test_a_torn_signature_prints_and_reads_back_as_it_was_read(library: Library, read: Read, torn: tuple[str, ...]) -> None:
    """Recorded of columns that lost place and date under ink: the file of the print says which lines are of which signature."""
    for columns in ((torn, WHOLE, LEER), (WHOLE, LEER, torn)):
        record, _, _ = read(AGREED, columns=columns, lesart="texterkennung")
        assert [block.text for block in text_of(record) if block.art == "unterschrift"]
        assert said_otherwise(record, library) == []


def test_places_in_one_line_above_the_columns_are_of_the_signatures_and_print_and_read_back_so(library: Library, read: Read) -> None:
    """Recorded, with a scrap between them and the columns; the numbered paragraphs before them are text."""
    above = ("Hannover, den 29.04.2018 Hannover, den 07.02.2018 Leer, den", "x1")
    record, _, _ = read(AGREED, (*BODY, *above), lesart="texterkennung")
    assert [block.art for block in text_of(record) if "29.04." in block.text or block.text == BODY[-1]] == ["absatz", "unterschrift"]
    assert said_otherwise(record, library) == []


def test_years_below_places_that_a_scan_shows_in_one_line_are_of_the_signatures(read: Read) -> None:
    record, _, _ = read(body=(*BODY, "Hannover, den 29.04.2018 Leer, den", "2018"), lesart="texterkennung")
    signed = [block.text for block in text_of(record) if block.art == "unterschrift"]
    assert signed[0].startswith("Hannover, den 29.04.2018")


def test_figures_below_a_place_that_are_no_day_are_a_date_that_was_not_read(read: Read) -> None:
    """Recorded: a full stop of "16.04.2018" was lost in a narrow column, and the date passed for blank."""
    _, found, _ = read(columns=(LAND, ("Leer, den", "16.042018", *LEER[1:])), lesart="texterkennung")
    datum = found["unterschriften.traeger.1.datum"]
    assert (datum.wert, datum.doubtful) == (None, True)
    assert "16.042018" in (datum.reason or "")


def test_a_word_that_a_stroke_made_tall_stays_in_its_line() -> None:
    """Recorded of the same signature: "Osnabrück, den" had boxes of 37 points, the day one of 8."""
    dated = row_of_columns(680, (50, "Leer, den 27.03.2018"))
    tall = (replace(word, places=(word.places[0]._replace(bottom=715.0),)) for word in dated.words[:2])
    above = [row_of_columns(top, (50, text)) for top, text in ((600, "Hannover, den 2018"), (620, "(Uta B)"), (640, "Ministerium"))]
    below = [row_of_columns(top, (50, text)) for top, text in ((704, "(Otto C)"), (720, "Landrat"), (740, "Landkreis Leer"))]
    assert signed_lines(*above, replace(dated, words=(*tall, dated.words[2])), *below) == [
        (1, "Hannover, den 2018"), (1, "(Uta B)"), (1, "Ministerium"),
        (2, "Leer, den 27.03.2018"), (2, "(Otto C)"), (2, "Landrat"), (2, "Landkreis Leer"),
    ]  # fmt: skip
