"""Signatures of a scan in no known wording: what two readers saw differently, ink hides or a page's end parts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from invented_agreement import (
    AGREED,
    BODY,
    FRONT,
    LAND,
    LEER,
    NAME,
    ORT,
    bare,
    of_scan,
    para,
    scanned,
    signed_in_scan,
)
from own_texts import text_of
from round_trip import said_otherwise

from agreements.library.library import Library
from agreements.model.values import OFFEN
from agreements.reading.reading import Place
from extract.extraction import extract
from render.pdf import render_pdf


@pytest.mark.parametrize("lines", [
    ("Léer, den 5. April 2018", "In Ven rtreta g", "(Ute Probe)", "Landrat", "Landkreis Leer"),
    ("Leer, den 5. April 2018", "(Ute Probe)", "Landkreis Leer"),
    ("Leer, den 5. April 2018", "WvM", "(Ute von .Probe)", "Land kreis Leer"),
    ("Rotenburg, den 5. April 2018", "(Ute Probe)", "Landkreis Rotenburg (Wümme)"),
    ("sterode am Harz, den 5. April 2014", "(Ute Probe)", "Landkreis Osterode am Harz"),
])  # fmt: skip
def test_what_was_mended_in_a_scans_signature_prints_and_reads_back_as_it_was_mended(
    library: Library, tmp_path: Path, lines: tuple[str, ...]
) -> None:
    """Law 4: "In Ven rtreta g" was kept as the text, and "In Vertretung", to be looked at, as its value."""
    traeger = "Landkreis Leer" if "Leer" in lines[-1] else lines[-1]
    opening = (FRONT[0], "zur Erreichung der Ziele der Grundsicherung für Arbeitsuchende", *FRONT[1:-1], traeger)
    front, body, land = ([text.replace("2018", lines[0][-4:]) for text in texts] for texts in (opening, BODY, LAND))
    signed = [scanned(line, column=number) for number, column in enumerate((land, lines), 1) for line in column]
    record, found, _ = of_scan(library, *map(para, body), *signed, front=front)
    assert all(getattr(record.unterschriften.traeger[1], key) is not OFFEN for key in ("zusatz", "funktion"))
    assert {angabe.feld for angabe in found if angabe.doubtful and angabe.feld.endswith((".1.name", ".1.ort"))} == set()
    path = tmp_path / "neu.pdf"
    path.write_bytes(render_pdf(library.document(record)))
    assert bare(extract(path, library).record) == bare(record)


@pytest.mark.parametrize(("read_as", "doubtful"), [("Hlannover,", False), ("Borkum,", True)])
def test_a_place_of_the_land_read_with_a_slip_is_sure_where_another_of_its_signatures_has_it(
    library: Library, read_as: str, doubtful: bool
) -> None:
    """Recorded: "Hlannover" and "Aannover" for the place that the column beside it has letter by letter."""
    front = (*FRONT[:5], "sowie dem", "Niedersächsischen Ministerium für Meer und Watt", *FRONT[5:])
    second = (f"{read_as} den 2018", "(Ute Probe)", "Niedersächsisches Ministerium für Meer und Watt")
    columns = ((second, 2), (LEER, 3))
    lines = [scanned(text, (read_as, "Aannover,"), column=column) for texts, column in columns for text in texts]
    assert signed_in_scan(library, *lines, front=front)["unterschriften.land.2.ort"].doubtful is doubtful


def test_a_place_of_the_traeger_read_with_a_slip_is_unsure(library: Library) -> None:
    lines = [scanned(text, ("Laer,", "Loer,"), column=2) for text in ("Laer, den 2018", "(Max Probe)", "Landkreis Leer")]
    assert signed_in_scan(library, *lines)[ORT].doubtful


def test_a_name_that_the_readers_saw_differently_is_doubtful(library: Library) -> None:
    lines = [scanned(text, ("(Befnd", "(Bernd"), column=2) for text in ("Leer, den 2018", "(Befnd Probe)", "Landkreis Leer")]
    assert signed_in_scan(library, *lines)[NAME].doubtful


def test_of_two_readings_of_a_name_the_one_in_the_opening_is_right(library: Library) -> None:
    lines = [scanned(text, ("(Befnd", "(Bernd"), column=2) for text in ("Leer, den 2018", "(Befnd Probe)", "Landkreis Leer")]
    found = signed_in_scan(library, *lines, front=(*FRONT, "vertreten durch Herrn Landrat Bernd Probe"))
    assert (found[NAME].wert, found[NAME].doubtful) == ("Bernd Probe", False)


@pytest.mark.parametrize(("text", "name", "unsure"), [
    ("(Dr. UteProbe)", "Dr. UteProbe", True), ("(Ute von .Probe)", "Ute von Probe", False), ("(Dr.. Ute Probe)", "Dr. Ute Probe", False),
])  # fmt: skip
def test_a_blank_that_is_lost_in_a_name_is_said_and_a_speck_in_it_is_left_out(library: Library, text: str, name: str, unsure: bool) -> None:
    found = signed_in_scan(library, *(scanned(line, column=2) for line in ("Leer, den 2018", text, "Landkreis Leer")))
    assert (found[NAME].wert, found[NAME].doubtful) == (name, unsure)


@pytest.mark.parametrize(("line", "read_as", "other", "unsure"), [
    ("(Dr. h. c. Ute Probe)", "c.", "e.", False), ("(Dr. h. c. Ute Probe)", "h.", "5", False), ("(Dr. C. Ute Probe)", "C.", "G.", True),
])  # fmt: skip
def test_an_honorary_doctorate_goes_on_as_it_begins(library: Library, line: str, read_as: str, other: str, unsure: bool) -> None:
    texts = ("Leer, den 2018", line, "Landkreis Leer")
    assert signed_in_scan(library, *(scanned(text, (read_as, other), column=2) for text in texts))[NAME].doubtful is unsure


@pytest.mark.parametrize(("read_as", "other", "unsure"), [
    ("(Dr.-Ing.", "(Dr.sng:", False), ("(Dr.-Ing.", "(Dr.", True), ("(Dr.-Ing.", "(Br:-Ing.", False), ("(Anke", "(Arke", True),
])  # fmt: skip
def test_a_title_that_one_reader_saw_is_it_where_the_other_saw_none(library: Library, read_as: str, other: str, unsure: bool) -> None:
    texts = ("Leer, den 2018", f"{read_as} Ute Probe)", "Landkreis Leer")
    assert signed_in_scan(library, *(scanned(text, (read_as, other), column=2) for text in texts))[NAME].doubtful == unsure


@pytest.mark.parametrize(("read_as", "unsure"), [("Leer,", False), ("Léer,", False), ("Lehe,", True)])
def test_a_place_of_the_register_is_sure_however_unsure_its_readers_were(library: Library, read_as: str, unsure: bool) -> None:
    """Recorded of "Aurich," and "Westerstede," on poor copies."""
    place, *rest = scanned(f"{read_as} den 2018", column=2).words
    lines = (scanned("", column=2), scanned("(Ute Probe)", column=2), scanned("Landkreis Leer", column=2))
    found = signed_in_scan(library, replace(lines[0], words=(replace(place, confidence=0.3), *rest)), *lines[1:])
    assert found[ORT].doubtful == unsure


@pytest.mark.parametrize(("read_as", "unsure"), [("Leer", False), ("Léer", False), ("Lehe", True)])
def test_in_a_scan_a_place_is_one_of_the_registers_or_doubtful(library: Library, read_as: str, unsure: bool) -> None:
    found = signed_in_scan(library, *(scanned(line, column=2) for line in (f"{read_as}, den 2018", "(Ute Probe)", "Landkreis Leer")))
    assert found[ORT].doubtful is unsure
    assert unsure or found[ORT].wert == "Leer"


@pytest.mark.parametrize(("office", "wert", "unsure"), [
    ("Landkreis Osterode am", "Landkreis Osterode am Harz", False), ("Landkreis Osterode", "Landkreis Osterode", True),
    ("Landkreis Celle am", "Landkreis Celle am", True),
])  # fmt: skip
def test_an_office_of_a_scan_whose_last_word_is_lost_is_whole_again_where_no_name_ends_so(
    library: Library, office: str, wert: str, unsure: bool
) -> None:
    front = [text.replace("Landkreis Leer", "Landkreis Osterode am Harz").replace("2018", "2014") for text in FRONT]
    lines = (scanned(line, column=2) for line in ("Osterode am Harz, den 2014", "(Ute Probe)", office))
    found = signed_in_scan(library, *lines, front=front)["unterschriften.traeger.1.stelle"]
    assert (found.wert, found.doubtful) == (wert, unsure)


def test_a_name_parted_over_two_lines_of_a_narrow_column_is_one(library: Library) -> None:
    lines = ("Leer, den 2018", "(Prof. Dr. Hans-Jürgen", "Probe)", "Landkreis Leer")
    assert signed_in_scan(library, *(scanned(line, column=2) for line in lines))[NAME].wert == "Prof. Dr. Hans-Jürgen Probe"


def test_signatures_below_each_other_are_told_apart_though_a_place_is_lost_under_ink(library: Library) -> None:
    front = [*FRONT[:5], "und dem", "Niedersächsischen Ministerium für Meer und Moor", *FRONT[5:]]
    signed = (*LAND, "annover, den 5. April 2018", "(Uta Muster)", "Niedersächsisches Ministerium für Meer und Moor",
              "In Vertretung", "(Ute Probe)", "Landkreis Leer")  # fmt: skip
    _, found, _ = of_scan(library, *map(para, BODY), *map(scanned, signed), front=front)
    said = {angabe.feld: angabe for angabe in found}
    names = [said[f"unterschriften.{party}.name"].wert for party in ("land.1", "land.2", "traeger.1")]
    assert names == ["Erika Muster", "Uta Muster", "Ute Probe"]
    assert said["unterschriften.land.2.ort"].wert == "Hannover"
    assert said["unterschriften.traeger.1.datum"].doubtful


def test_in_a_scan_a_whole_signature_stays_sure_where_another_is_lost(library: Library) -> None:
    lines = [scanned(line, column=1) for line in ("Leer, den 5. April 2018", "(Ute Probe)", "Landkreis Leer")]
    _, found, befunde = of_scan(library, *(para(text) for text in BODY), *lines)
    said = {angabe.feld: angabe for angabe in found}
    assert "unterschriften.land" in {befund.feld for befund in befunde}
    assert not any(said[f"unterschriften.traeger.1.{key}"].doubtful for key in ("ort", "datum", "name", "stelle"))
    assert said["unterschriften.traeger.1.zusatz"].doubtful


@pytest.mark.parametrize(("office", "wert", "unsure"), [
    ("Niedersächsisches Ministerium für Arbelt und Weter", LAND[-1], False),
    ("Niedersächsisches Ministerium für Arbeit und Vetter", "Niedersächsisches Ministerium für Arbeit und Vetter", True),
])  # fmt: skip
def test_a_long_office_of_a_scan_is_the_openings_but_for_slips_that_make_no_other_word(
    library: Library, office: str, wert: str, unsure: bool
) -> None:
    signed = [scanned(line, column=number) for number, column in enumerate(((*LAND[:-1], office), LEER), 1) for line in column]
    _, found, _ = of_scan(library, *map(para, BODY), *signed)
    said = next(angabe for angabe in found if angabe.feld == "unterschriften.land.1.stelle")
    assert (said.wert, said.doubtful) == (wert, unsure)


SOCIAL, ECONOMY = (f"Niedersächsisches Ministerium für {name}" for name in
                   ("Soziales, Gesundheit und Gleichstellung", "Wirtschaft, Arbeit, Verkehr und Digitalisierung"))  # fmt: skip


@pytest.mark.parametrize(("other", "unsure"), [(ECONOMY, False), ("Niedersächsisches Ministerium für Meer und Moor", True), (SOCIAL, True)])
def test_in_a_scan_as_many_sign_as_known_ministries_though_the_opening_has_lost_one(library: Library, other: str, unsure: bool) -> None:
    """Recorded: dirt had hidden a ministry of the opening, and all of all signatures was to be looked at."""
    front = [text.replace(LAND[-1].partition(" ")[2], SOCIAL.partition(" ")[2]) for text in FRONT]
    parties = ((*LAND[:-1], other), (*LAND[:-1], SOCIAL), LEER)
    signed = [scanned(line, column=number) for number, lines in enumerate(parties, 1) for line in lines]
    _, found, _ = of_scan(library, *map(para, BODY), *signed, front=front)
    assert next(angabe for angabe in found if angabe.feld == "unterschriften.land.2.name").doubtful is unsure


@pytest.mark.parametrize(("ort", "sure"), [("Leer", ("ort", "stelle")), ("Hannover", ("stelle",))])
def test_in_a_scan_office_and_place_of_the_traeger_are_its_own_whatever_became_of_the_others(
    library: Library, ort: str, sure: tuple[str, ...]
) -> None:
    lines = [scanned(line, column=1) for line in (f"{ort}, den 5. April 2018", "Landrat", "Landkreis Leer")]
    _, found, _ = of_scan(library, *map(para, BODY), *lines)
    said = {angabe.feld.rpartition(".")[2]: angabe.doubtful for angabe in found if angabe.feld.startswith("unterschriften.traeger.1.")}
    assert {key for key in ("ort", "funktion", "stelle") if not said[key]} == set(sure)


SECOND = ("Hannover, den 5. April 2018", "(Uta Muster)", "Niedersächsisches Ministerium für Meer und Moor")


@pytest.mark.parametrize(("signed", "unsure"), [((LAND,), False), ((SECOND,), True), ((LAND[:1] + LAND[2:3],), True)])
def test_in_a_scan_the_first_of_two_signatures_of_the_land_stays_sure_where_the_second_is_lost(
    library: Library, signed: tuple[tuple[str, ...], ...], unsure: bool
) -> None:
    """Recorded: a stroke tied the second ministry's lines to those of the Träger, and all of the first was to be looked at.

    Where the first is lost, the second stands in its place.
    """
    front = [*FRONT[:5], "und dem", "Niedersächsischen Ministerium für Meer und Moor", *FRONT[5:]]
    lines = [scanned(line, column=number) for number, column in enumerate((*signed, ("Leer, den 2018", "(Max Probe)", "Landkreis Leer")), 1)
             for line in column]  # fmt: skip
    _, found, befunde = of_scan(library, *map(para, BODY), *lines, front=front)
    said = {angabe.feld: angabe for angabe in found}
    assert "unterschriften.land" in {befund.feld for befund in befunde}
    assert [said[f"unterschriften.land.1.{key}"].doubtful for key in ("ort", "datum", "name", "stelle")] == [unsure] * 4
    assert said["unterschriften.land.1.funktion"].doubtful


def test_letters_behind_a_printed_date_leave_it_as_it_is(library: Library) -> None:
    """A pen's strokes put scraps of the name into the line above."""
    found = signed_in_scan(library, *(scanned(line, column=2) for line in ("Leer, den 5. April 2018 of. Dro", "Landkreis Leer")))
    assert (found["unterschriften.traeger.1.datum"].wert, found["unterschriften.traeger.1.datum"].doubtful) == (date(2018, 4, 5), False)
    assert found[NAME].doubtful


def test_a_scrap_in_the_place_of_the_name_makes_only_what_may_stand_there_doubtful(library: Library) -> None:
    found = signed_in_scan(library, *(scanned(line, column=2) for line in ("Leer, den 2018", "LorgRob", "Landrat", "Landkreis Leer")))
    assert found[NAME].doubtful
    assert not any(found[f"unterschriften.traeger.1.{key}"].doubtful for key in ("ort", "funktion", "stelle"))


def test_a_line_that_nothing_explains_leaves_what_says_all_of_itself(library: Library) -> None:
    """Recorded: "Kreisrat" was read as "Krojoret" below the name, and place, addition and office were to be looked at with it."""
    lines = ("Leer, den 5. April 2018", "In Vertretung", "Ute Probe", "Krojoret", "Landkreis Leer")
    found = signed_in_scan(library, *(scanned(line, column=2) for line in lines))
    assert not any(found[f"unterschriften.traeger.1.{key}"].doubtful for key in ("ort", "zusatz", "stelle"))
    assert all(found[f"unterschriften.traeger.1.{key}"].doubtful for key in ("name", "funktion"))


@pytest.mark.parametrize(("lines", "key"), [
    (("Leer, den 5. April 2018", "(Ute Probe)", "Landkreis Leer", "Kommunales"), "stelle"),
    (("Lehe, den 5. April 2018", "Ute Probe", "Krojoret", "Landkreis Leer"), "ort"),
    (("Leer, den 5. April 2018", "In Verketung", "Ute Probe", "Krojoret", "Landkreis Leer"), "zusatz"),
])  # fmt: skip
def test_a_line_that_nothing_explains_may_go_on_what_stands_above_it_or_was_not_read_for_sure(
    library: Library, lines: tuple[str, ...], key: str
) -> None:
    assert signed_in_scan(library, *(scanned(line, column=2) for line in lines))[f"unterschriften.traeger.1.{key}"].doubtful


@pytest.mark.parametrize("line", ["In Verketung", "In Vertretun", "In Vertretung wM", "Im Auftrage \\"])
def test_an_addition_under_ink_is_no_name(library: Library, line: str) -> None:
    lines = ("Leer, den 2018", line, "Landrat", "Landkreis Leer")
    found = signed_in_scan(library, *(scanned(text, column=2) for text in lines))
    assert (found[NAME].wert, found[NAME].doubtful) == (None, True)
    zusatz = found["unterschriften.traeger.1.zusatz"]
    assert zusatz.wert in ("In Vertretung", "Im Auftrage")
    assert zusatz.doubtful


def test_signatures_that_a_pages_end_parts_across_are_whole_again(library: Library) -> None:
    """Recorded: places stood at the foot of the third page, names and offices on the fourth."""
    below = ((1, "r. Jörg Bramlage ERR,"), (1, LAND[-1]), (2, "(Max Probe)"), (2, LEER[-1]))
    signed = ((1, LAND[0]), (2, LEER[0]), (2, "in Vertretung"), *below)
    lines = (scanned(text, column=number) for number, text in signed)
    record, found, _ = of_scan(library, *map(scanned, BODY), *lines, front=AGREED)
    kept = [(block.ebene, block.text) for block in text_of(record) if block.art == "unterschrift"]
    assert kept == sorted(signed, key=lambda line: line[0])
    assert {angabe.feld: angabe.wert for angabe in found}["unterschriften.traeger.1.name"] == "Max Probe"
    assert said_otherwise(record, library) == []


def test_a_day_that_stands_for_itself_may_be_of_any_signature_of_a_scan(library: Library) -> None:
    """Recorded of a stroke across "Osnabrück, den 27.03.2022": the day stood above its place, by another signature."""
    lines = [scanned(line, column=2) for line in ("27.03.2018", *LEER)]
    datum = signed_in_scan(library, *lines)["unterschriften.traeger.1.datum"]
    assert (datum.wert, datum.doubtful) == (None, True)
    assert not signed_in_scan(library, *lines[1:])["unterschriften.traeger.1.datum"].doubtful


@pytest.mark.parametrize(("line", "other", "wert", "unsure"), [
    ("InVertretung", (), "In Vertretung", False), ("In vertretung", (), "In Vertretung", False),
    ("In Vertretung", ("In", "in"), "In Vertretung", True), ("in Vertretung", ("in", "ın"), "in Vertretung", False),
    ("n Vertretung", (), "In Vertretung", True), ("InVertre", (), "In Vertretung", True), ("ImAuftrag", (), "Im Auftrage", True),
])  # fmt: skip
def test_an_addition_of_a_scan_is_one_that_people_print_and_unsure_where_another_may_be_meant(
    library: Library, line: str, other: tuple[str, str] | tuple[()], wert: str, unsure: bool
) -> None:
    said = scanned(line, *([other] if other else []), column=2)
    lines = (scanned(LEER[0], column=2), said, *(scanned(text, column=2) for text in LEER[1:]))
    found = signed_in_scan(library, *lines)["unterschriften.traeger.1.zusatz"]
    assert (found.wert, found.doubtful) == (wert, unsure)


@pytest.mark.parametrize("named", [(ECONOMY, SOCIAL), (SOCIAL,), (ECONOMY,), ()])
def test_the_one_signature_of_two_ministries_is_doubted_where_the_opening_does_not_tell_which_it_is(
    library: Library, named: tuple[str, ...]
) -> None:
    """Recorded under a deep fold: the first ministry was lost in opening and signature, and the second's were the first's, surely."""
    front = [*FRONT[:4], *(name.replace("isches", "ischen") for name in named), *FRONT[5:]]
    signed = [(*LAND[:-1], name) for name in (ECONOMY, SOCIAL)]

    def unsure(*columns: tuple[str, ...]) -> list[str]:
        lines = [scanned(line, column=number) for number, column in enumerate((*columns, LEER), 1) for line in column]
        _, found, _ = of_scan(library, *map(para, BODY), *lines, front=front)
        return [each.feld for each in found if each.doubtful and each.feld.startswith(("ministerien", "unterschriften.land.1"))]

    doubted = [f"unterschriften.land.1.{key}" for key in ("ort", "datum", "zusatz", "name", "stelle", "funktion")]
    told = ["ministerien.1.name"] if len(named) == 1 else []
    assert set(unsure(signed[1])) == {*told, *doubted}
    assert set(unsure(*signed)) == set(told), "the signatures are two, and each says whose it is"


@pytest.mark.parametrize(("left", "unsure"), [(232.0, True), (393.0, False), (470.0, False)])
def test_the_last_line_of_the_column_beside_is_no_part_of_an_office(library: Library, left: float, unsure: bool) -> None:
    """Recorded of three narrow columns: "Landkreis Verden", and below it, further left, the ministry's "und Integration"."""
    *above, office = (scanned(line, column=2) for line in ("Leer, den 2018", "(Ute Probe)", "Landkreis Leer - Jobcenter"))
    places = [Place(3, 393.0 + 40 * at, 537.0, 430.0 + 40 * at, 548.0) for at in range(2)]
    places += [Place(3, left + 40 * at, 559.0, left + 37 + 40 * at, 570.0) for at in range(2)]
    placed = replace(office, words=tuple(replace(word, places=(place,)) for word, place in zip(office.words, places, strict=True)))
    assert signed_in_scan(library, *above, placed)["unterschriften.traeger.1.stelle"].doubtful is unsure


@pytest.mark.parametrize(("left", "unsure"), [(224.0, True), (68.0, False), (100.0, False)])
def test_a_name_that_stands_beside_its_office_may_be_another_signatures(library: Library, left: float, unsure: bool) -> None:
    """Recorded of signatures that a page's end parted: the name of the first column, and the ministry of the second."""
    lines = [scanned(line, column=2) for line in ("Leer, den 2018", "(Ute Probe)", "Landkreis Leer")]
    boxes = [(left, 155.0) if "Landkreis" in line.text else (68.0, 100.0 if "den" in line.text else 130.0) for line in lines]
    placed = [
        replace(
            line,
            words=tuple(replace(word, places=(Place(4, x + 35 * at, y, x + 32 + 35 * at, y + 11),)) for at, word in enumerate(line.words)),
        )
        for line, (x, y) in zip(lines, boxes, strict=True)
    ]
    found = signed_in_scan(library, *placed)
    assert {found[NAME].doubtful, found["unterschriften.traeger.1.stelle"].doubtful} == {unsure}


def test_a_year_below_the_place_and_left_of_the_day_is_that_days(library: Library) -> None:
    """Recorded of narrow columns, "Verden, den 24.11." and below it "2011": each such day was to be looked at."""
    day, *rest = (scanned(line, column=2) for line in ("Leer, den 5. April 2018", "(Ute Probe)", "Landkreis Leer"))
    places = [Place(3, 393.0 + 40 * at, 408.0, 430.0 + 40 * at, 419.0) for at in range(4)] + [Place(3, 393.0, 427.0, 417.0, 438.0)]
    placed = replace(day, words=tuple(replace(word, places=(place,)) for word, place in zip(day.words, places, strict=True)))
    found = signed_in_scan(library, placed, *rest)["unterschriften.traeger.1.datum"]
    assert (found.wert, found.doubtful) == (date(2018, 4, 5), False)
