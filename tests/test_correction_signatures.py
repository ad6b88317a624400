"""Signatures of a scan laid on its wording: days by hand, columns that run together, lines that are lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from emsland import REGISTER, emsland, wording
from two_readers import clean, of, read, reread, seen

from agreements.model.values import OFFEN
from agreements.reading.reading import Paragraph, Reading, Word
from extract.by_wording.choice import follow
from extract.pages.order import Sheets

# ---------------------------------------------------------------- days written by hand


def test_a_date_by_hand_counts_only_where_both_readers_saw_it() -> None:
    feld = "unterschriften.traeger.1.datum"
    both = reread(reread(clean(), "Meppen", "1.", seen("1.", sicherheit=0.84)), "Meppen", "Februar", seen("Februar", sicherheit=0.84))
    read_differently = reread(both, "Meppen", "1.", seen("1.", "7.", sicherheit=0.5))
    assert of(read(clean()), feld).wert == date(2024, 2, 1)
    found = of(read(read_differently), feld)
    assert (found.wert, found.doubtful) == (None, True)
    assert "handschriftlich, nicht sicher lesbar" in (found.reason or "")


@pytest.mark.parametrize(
    "day",
    [
        (seen("1", "97", sicherheit=0.6), seen("8.6."), seen("2024")),
        (seen("18.6."), seen("2024")),
        (seen("18."), seen("6."), seen("2024.")),
    ],
    ids=lambda day: " ".join(word.text for word in day),
)
def test_a_date_by_hand_is_never_sure_however_sure_its_readers_are(day: tuple[Word, ...]) -> None:
    """Recorded of "18.6." on a pen's line at 150 dpi: "1" went with "den", and both readers saw "8.6.", surely."""
    found = read(reread(clean(), "Hannover", "2024", *day))
    assert of(found, "unterschriften.land.1.datum").doubtful
    assert of(found, "unterschriften.land.1.datum").wert in (None, date(2024, 6, 18))
    assert of(found, "unterschriften.land.1.zustand").wert == "handschriftlich"


def test_a_day_by_hand_of_which_nobody_is_sure_is_no_departure_from_the_printed_year() -> None:
    found = read(reread(clean(), "Hannover", "2024", seen("27.11.2024", sicherheit=0.5)))
    assert (of(found, "unterschriften.land.1.datum").wert, of(found, "unterschriften.land.1.datum").doubtful) == (None, True)
    assert found.record.abweichungen == ()


def test_a_word_that_is_there_takes_no_figure_beside_it_for_its_own() -> None:
    found = read(reread(clean(), "Hannover", "den", seen("den"), seen("1", "97", sicherheit=0.6)))
    assert of(found, "unterschriften.land.1.datum").doubtful


@pytest.mark.parametrize("den", [seen("den_9_$", "den5.S", sicherheit=0.56), seen("den", "den5.", sicherheit=0.6)])
def test_a_date_that_went_with_the_word_before_it_is_not_said_to_be_blank(den: Word) -> None:
    """Recorded of "5.5." on a pen's line: it was one word with "den", and the date was sure to be blank."""
    found = read(reread(clean(), "Hannover", "den", den))
    assert of(found, "unterschriften.land.1.datum").doubtful


def test_a_date_by_hand_that_nobody_can_read_is_no_part_of_the_place() -> None:
    """Recorded of "4.3." on a pen's line at 150 dpi: the place was read as "Hannover, den 4 . 3" and the date as left blank."""
    weak = (seen("4", "_", sicherheit=0.6), seen("&.", ".", sicherheit=0.36), seen("3.", "1@", sicherheit=0.6), seen("2024"))
    found = read(reread(clean(), "Hannover", "2024", *weak))
    assert of(found, "unterschriften.land.1.ort").wert == "Hannover"
    assert of(found, "unterschriften.land.1.datum").doubtful


# ---------------------------------------------------------------- lines and columns


def signature(paragraphs: Sequence[Paragraph], spalte: int) -> list[int]:
    """Numbers of the paragraphs of a signature."""
    return [number for number, paragraph in enumerate(paragraphs) if paragraph.column == spalte]


def test_a_blank_day_is_doubted_where_a_line_of_figures_stands_unread_in_its_signature() -> None:
    record = emsland()
    signed = record.unterschriften
    blank = {1: signed.land[1].model_copy(update={"datum": OFFEN})}
    paragraphs = list(clean(record.model_copy(update={"unterschriften": signed.model_copy(update={"land": blank})})))
    assert not of(read(paragraphs), "unterschriften.land.1.datum").doubtful
    lines = signature(paragraphs, 1)
    name = next(number for number in lines if paragraphs[number].text.startswith("("))
    day = Paragraph((seen("74.09.", "14.09."),), column=1)
    paragraphs[name : name + 1] = []
    paragraphs[lines[0] + 1 : lines[0] + 1] = [day]
    date_ = of(read(paragraphs), "unterschriften.land.1.datum")
    assert date_.wert is None
    assert date_.doubtful


def test_of_a_signature_without_its_name_the_lines_that_say_what_they_are_stay_sure() -> None:
    record = emsland()
    signed = record.unterschriften
    land = {1: signed.land[1].model_copy(update={"funktion": "Staatssekretärin"})}
    paragraphs = list(clean(record.model_copy(update={"unterschriften": signed.model_copy(update={"land": land})})))
    name = next(number for number in signature(paragraphs, 1) if paragraphs[number].text.startswith("("))
    del paragraphs[name]
    found = read(paragraphs)
    doubted = {feld: of(found, f"unterschriften.land.1.{feld}").doubtful for feld in ("zusatz", "name", "funktion", "stelle")}
    assert doubted == {"zusatz": False, "name": True, "funktion": False, "stelle": False}


def lines(spalte: int | None, *texts: str) -> list[Paragraph]:
    """Lines of a column as two readers see them."""
    return [Paragraph(tuple(seen(word) for word in text.split()), column=spalte) for text in texts]


def test_columns_that_are_taken_for_each_other_are_doubted() -> None:
    """The names, struck through, ran into one line, which parts what stands above from what stands below."""
    names = Paragraph((seen("(Martin"), seen("Gererfkamp)Mar", "Gererfkam p)Mar"), seen("in", "tin"), seen("Sere", "Gerer")))
    signed = [
        *lines(1, "Hannover, den 2.1. 2024", "In Vertretung"), *lines(2, "Meppen, den 8. Juni 2024", "In Vertretung"), names,
        *lines(1, "Niedersächsisches Ministerium für", "Soziales, Arbeit, Gesundheit und", "Gleichstellung"), *lines(2, "Landrat"),
        Paragraph((seen("Landkrei", "Landkreis", sicherheit=0.32),), column=2),
    ]  # fmt: skip
    found = read([*(each for each in clean() if not each.column), *signed])
    ort = of(found, "unterschriften.land.1.ort")
    assert ort.wert == "Hannover" or ort.doubtful
    assert "Landrat" not in of(found, "unterschriften.land.1.stelle").wert or of(found, "unterschriften.land.1.stelle").doubtful


def test_names_that_ink_ran_together_leave_the_lines_above_and_below_in_their_columns() -> None:
    """Recorded at 300 dpi: the names, struck through, were one line of the page, and every line below them one of the other column."""
    paragraphs = clean()
    one, other = ([each for each in paragraphs if each.column == spalte] for spalte in (1, 2))
    first, second = (next(number for number, line in enumerate(column) if line.text.startswith("(")) for column in (one, other))
    level = one[first].words[0].places[0]
    struck = [replace(word, confidence=0.3, places=(word.places[0]._replace(page=level.page, top=level.top, bottom=level.bottom),))
              for word in (*one[first].words, *other[second].words)]  # fmt: skip
    signed = [*one[:first], *other[:second], Paragraph(tuple(struck)), *one[first + 1 :], *other[second + 1 :]]
    reading = Reading("texterkennung", 7, (*(each for each in paragraphs if not each.column), *signed))
    found = follow(wording(), Sheets(reading), REGISTER)
    assert not of(found, "unterschriften.land.1.stelle").doubtful and not of(found, "unterschriften.traeger.1.stelle").doubtful
    assert of(found, "unterschriften.land.1.zusatz").wert == "In Vertretung"
    assert of(found, "unterschriften.land.1.name").doubtful and of(found, "unterschriften.traeger.1.name").doubtful


def test_lines_of_two_columns_that_run_together_above_them_are_parted() -> None:
    """Recorded of signatures whose strokes ran the first three lines together: the place was "Hannover, den 2024 Rotenburg", surely."""
    paragraphs = clean()
    one, other = ([each for each in paragraphs if each.column == spalte] for spalte in (1, 2))
    above = [(*left.words, *right.words) for left, right in zip(one[:2], other[:2], strict=True)]
    level = [[replace(word, places=(word.places[0]._replace(top=row[0].places[0].top, bottom=row[0].places[0].bottom),)) for word in row]
             for row in above]  # fmt: skip
    signed = [*(Paragraph(tuple(row)) for row in level), *one[2:], *other[2:]]
    reading = Reading("texterkennung", 7, (*(each for each in paragraphs if not each.column), *signed))
    found = follow(wording(), Sheets(reading), REGISTER)
    for party, ort in (("land.1", "Hannover"), ("traeger.1", "Meppen")):
        assert (of(found, f"unterschriften.{party}.ort").wert, of(found, f"unterschriften.{party}.ort").doubtful) == (ort, False)


@pytest.mark.parametrize(("feld", "before", "behind"), [
    ("unterschriften.land.1.stelle", "", "Landrat"), ("unterschriften.traeger.1.stelle", "", "Landrat"),
    ("unterschriften.land.1.stelle", "(Dr. Christine Arbogast)", ""), ("unterschriften.land.1.stelle", "", "\\"),
])  # fmt: skip
def test_an_office_that_nothing_else_names_so_is_doubted(feld: str, before: str, behind: str) -> None:
    """Recorded at 150 dpi: a name that went with the office below it, and a stroke read as a mark in it."""
    paragraphs = list(clean())
    assert not of(read(paragraphs), feld).doubtful
    office = str(of(read(paragraphs), feld).wert)
    line = next(number for number, each in enumerate(paragraphs) if each.column and each.text == office)
    words = (*map(seen, before.split()), *paragraphs[line].words, *map(seen, behind.split()))
    paragraphs[line] = replace(paragraphs[line], words=words)
    found = of(read(paragraphs), feld)
    assert found.doubtful or found.wert == office


def test_an_open_date_is_blank_and_sure() -> None:
    found = of(read(clean()), "unterschriften.land.1.datum")
    assert (found.wert, found.doubtful, emsland().unterschriften.land[1].datum) == (None, False, OFFEN)


@pytest.mark.parametrize(("land", "traeger", "unsure"), [("Meppen,", "Hannover,", True), ("Hannover,", "Hannover,", False)])
def test_where_somebody_signs_for_the_land_at_the_traegers_place_and_for_the_traeger_elsewhere_columns_may_be_changed(
    land: str, traeger: str, unsure: bool
) -> None:
    """Recorded: a line that ran over two columns, and each party had the other's place and name, surely; all may sign in one place."""
    place = next(number for number, paragraph in enumerate(clean()) if "Meppen," in paragraph.text)
    paragraphs = list(reread(clean(), "Hannover,", "Hannover,", seen(land)))
    paragraphs[place : place + 1] = reread(clean()[place : place + 1], "Meppen,", "Meppen,", seen(traeger))
    found = read(paragraphs)
    assert {of(found, f"unterschriften.{party}.1.name").doubtful for party in ("land", "traeger")} == {unsure}


@pytest.mark.parametrize(
    ("read_as", "others", "unsure"), [("in", ("In",), True), ("In", ("in",), True), ("In", ("ln",), False), ("In", (), False)]
)
def test_an_addition_that_was_read_with_a_capital_and_without_is_doubted(read_as: str, others: tuple[str, ...], unsure: bool) -> None:
    """Recorded of a fax: one reader saw "im Auftrage", the other and the picture "Im Auftrage", and the first was sure."""
    paragraphs = reread(clean(), "In Vertretung", "In", seen(read_as, *others, sicherheit=0.8))
    assert of(read(paragraphs), "unterschriften.land.1.zusatz").doubtful is unsure


@pytest.mark.parametrize(("behind", "unsure"), [((), False), (("g",), True)])
def test_a_ministry_of_the_opening_with_a_letter_of_dirt_behind_it_is_doubted(behind: tuple[str, ...], unsure: bool) -> None:
    """Recorded under a deep fold: "Ministerium für Soziales, Arbeit, Gesundheit und Gleichstellung g", surely."""
    paragraphs = reread(clean(), "Gleichstellung", "Gleichstellung", seen("Gleichstellung"), *map(seen, behind))
    assert of(read(paragraphs), "ministerien.1.name").doubtful is unsure


@pytest.mark.parametrize(("land", "traeger", "doubted"), [
    ("Hannover,", "Meppen,", set()), ("Meppen,", "Meppen,", {"land.1.ort"}), ("Hannover,", "Hannover,", {"traeger.1.ort"}),
    ("Meppen,", "", {"land.1.ort", "land.1.name", "traeger.1.name"}),
])  # fmt: skip
def test_a_place_of_the_other_party_is_doubted_and_all_where_the_others_own_is_lost(land: str, traeger: str, doubted: set[str]) -> None:
    """Recorded under copier dirt: of two columns the right one was read alone, as the Land's, and its place was sure."""
    place = next(number for number, paragraph in enumerate(clean()) if "Meppen," in paragraph.text)
    paragraphs = list(reread(clean(), "Hannover,", "Hannover,", seen(land)))
    lost = not traeger
    paragraphs[place : place + 1] = () if lost else reread(clean()[place : place + 1], "Meppen,", "Meppen,", seen(traeger))
    found = read(paragraphs)
    fields = ("land.1.ort", "land.1.name", "traeger.1.name", *(() if lost else ("traeger.1.ort",)))
    assert {field for field in fields if of(found, f"unterschriften.{field}").doubtful} == doubted
