"""What stands by ink that stays unread is to be looked at, and what stands elsewhere is not."""

from __future__ import annotations

from datetime import date
from typing import Any

from agreements.reading.doubts import Doubt
from agreements.reading.findings import Found, Location
from agreements.reading.reading import Ink, Place
from extract.confidence.by_absence import where_they_stand
from extract.confidence.by_ink import doubted, unread_lines, written_over


def found(key: str, wert: Any, box: tuple[float, float, float, float], party: str = "traeger.1") -> Found:
    return Found(f"unterschriften.{party}.{key}", wert, (Location(1, box, str(wert)),), 0.97)


DEN = Place(1, 100, 90, 120, 100)
JAHR = found("datum", None, (200, 90, 230, 100))
NAME = found("name", "Eva Beispi", (100, 190, 160, 200))


def ink(art: Any, *words: Place, place: Place | None = None) -> Ink:
    return Ink(art, words, place or Place(1, 0, 0, 10, 10))


def marked(before: tuple[Found, ...], *unread: Ink) -> dict[str, Found]:
    return {one.feld.rpartition(".")[2]: one for one in doubted(before, unread) if one.doubtful}


def test_a_date_left_blank_is_sure_only_while_nothing_stands_in_its_gap() -> None:
    assert not marked((JAHR,))
    assert "nicht zu lesen" in (marked((JAHR,), ink("luecke", DEN, Place(1, 200, 90, 230, 100)))["datum"].reason or "")


def test_a_printed_date_with_a_wide_blank_before_it_is_not_touched_by_ink_there() -> None:
    printed = found("datum", date(2024, 2, 1), (200, 90, 230, 100))
    assert not marked((printed,), ink("luecke", DEN, Place(1, 200, 90, 230, 100)))


def test_ink_where_a_day_belongs_doubts_a_blank_date_and_no_printed_one() -> None:
    beside = ink("tag", DEN, Place(1, 200, 90, 230, 100))
    assert marked((JAHR, NAME), beside).keys() == {"datum"}
    assert not marked((found("datum", date(2024, 2, 1), (200, 90, 230, 100)), NAME), beside)


def test_a_name_with_ink_at_its_end_is_to_be_looked_at() -> None:
    last = Place(1, 130, 190, 160, 200)
    assert marked((NAME,), ink("ende", last, place=Place(1, 160.5, 190, 168, 200)))["name"].wert == "Eva Beispi"
    assert not marked((NAME,), ink("ende", Place(1, 100, 190, 128, 200), place=Place(1, 128.5, 190, 136, 200)))


def test_ink_under_the_date_may_hide_an_addition_which_is_then_said_to_be_unread() -> None:
    addition = marked((JAHR, NAME), ink("darunter", Place(1, 200, 90, 230, 100)))
    assert list(addition) == ["zusatz"]
    assert addition["zusatz"].wert is None
    read = found("zusatz", "In Vertretung", (100, 110, 150, 120))
    assert not marked((JAHR, read), ink("darunter", Place(1, 200, 90, 230, 100)))


def test_a_signature_without_a_readable_name_leaves_no_line_of_it_sure_to_be_absent() -> None:
    unread = Found.unread("unterschriften.land.1.name", Doubt("nichts-lesbar"))
    assert {one.feld.rpartition(".")[2] for one in doubted((unread,), ())} == {"name", "zusatz", "funktion"}


def test_an_addition_in_the_line_of_another_is_not_said_to_be_absent() -> None:
    """Recorded at 150 dpi: under ink a signature lost its name, and "In Vertretung" went with what was left of it."""
    odd = Found("unterschriften.land.2.name", "In Vertretung reen", ()).doubted(Doubt("zeile-darueber", worte="reen"))
    (_, addition) = doubted((odd,), ())
    assert (addition.feld, addition.wert, addition.doubtful) == ("unterschriften.land.2.zusatz", None, True)
    read = Found("unterschriften.land.2.zusatz", "In Vertretung", ())
    assert doubted((odd, read), ()) == (odd, read)
    plain = Found("unterschriften.land.2.name", "Martin Im", ()).doubted(Doubt("ob-ein-name"))
    assert doubted((plain,), ()) == (plain,)


def test_a_line_that_nobody_could_read_is_said_and_doubts_what_stands_around_it() -> None:
    line = ink("zeile", Place(1, 130, 190, 160, 200), place=Place(1, 100, 203, 180, 213))
    assert set(marked((NAME,), line)) == {"name", "funktion"}
    assert [(befund.art, befund.schwere, befund.location.page) for befund in unread_lines([line])] == [("unleserlich", "warnung", 1)]


MINISTRY = Found("ministerien.1.name", "Ministerium für Meer", (), 0.99)


def test_a_line_that_nobody_could_read_leaves_the_place_and_the_ministry_around_it_as_they_are() -> None:
    """Recorded: a name under its signature was not read, and "Hannover" above and the ministry below, both whole, were doubted with it."""
    office = found("stelle", "Niedersächsisches Ministerium für Meer", (100, 120, 260, 130))
    around = (found("ort", "Hannover", (100, 90, 160, 100)), office)
    line = ink("zeile", Place(1, 100, 90, 160, 100), Place(1, 100, 120, 260, 130), place=Place(1, 100, 103, 180, 113))
    assert set(marked((*around, MINISTRY), line)) == {"zusatz"}


def test_a_function_is_doubted_by_a_line_below_it_that_nobody_could_read_and_not_by_one_above() -> None:
    """Recorded of "Erster Kreisrat" below a name under its signature."""
    function, beside = found("funktion", "Erster Kreisrat", (100, 120, 160, 130)), Place(1, 100, 120, 160, 130)
    assert not marked((function,), ink("zeile", beside, place=Place(1, 100, 103, 180, 113)))
    assert set(marked((function,), ink("zeile", beside, place=Place(1, 100, 133, 180, 143)))) == {"funktion"}
    assert set(marked((found("funktion", "Erster", (100, 120, 160, 130)),), ink("zeile", beside))) == {"funktion"}


def test_a_line_that_nobody_could_read_may_go_on_an_office_that_nothing_names_and_be_a_day() -> None:
    line = ink("zeile", Place(1, 100, 120, 260, 130), place=Place(1, 100, 133, 180, 143))
    for wert in ("Niedersächsisches Ministerium für", "Landkreis Leer"):
        assert set(marked((found("stelle", wert, (100, 120, 260, 130)), MINISTRY), line)) == {"stelle"}
    assert "datum" in marked((JAHR,), ink("zeile", Place(1, 200, 90, 230, 100)))
    unsure = found("ort", "Hanover", (100, 90, 160, 100)).doubted(Doubt("ort-unbekannt"))
    assert "ort" in marked((unsure,), ink("zeile", Place(1, 100, 90, 160, 100)))


def test_a_name_that_was_not_read_has_the_place_between_the_lines_of_its_signature() -> None:
    def line(key: str, wert: str | None, box: tuple[float, float, float, float] | None, side: str = "land.1", seite: int = 7) -> Found:
        found = Found(f"unterschriften.{side}.{key}", wert, (Location(seite, box, ""),) if box else (), 0.9)
        return found.doubted(Doubt("nicht-zu-erkennen")) if wert is None else found

    read = (line("ort", "Hannover", (70, 130, 120, 140)), line("zusatz", "In Vertretung", (70, 150, 130, 160)))
    below = line("stelle", "Ministerium", (72, 230, 240, 270))
    unread = line("name", None, None)
    assert where_they_stand((*read, unread, below))[2].locations == (Location(7, (70, 160, 240, 230), ""),)
    assert where_they_stand((*read, unread, below))[:2] == read
    assert where_they_stand((*read, unread))[2] == unread
    assert where_they_stand((*read, unread, line("stelle", "Ministerium", (72, 60, 240, 100), seite=8)))[2] == unread
    other = line("stelle", "Landkreis", (320, 200, 400, 210), side="traeger.1")
    assert where_they_stand((*read, unread, other))[2] == unread


QUOTE = Found("ziele.integrationsquote.gesamt", "3.9", (Location(1, (100, 90, 160, 100), "um 3,9 %"),), 0.99)


def test_who_signs_over_a_name_doubts_nothing_and_what_is_scrawled_over_a_number_does() -> None:
    signed, told = written_over((NAME, QUOTE), (ink("schriftzug", Place(1, 130, 190, 160, 200)),))
    assert not any(one.doubtful for one in signed) and not told
    scrawled, told = written_over((NAME, QUOTE), (ink("schriftzug", Place(1, 110, 90, 130, 100)),))
    assert [one.feld for one in scrawled if one.doubtful] == [QUOTE.feld] and len(told) == 1


def test_what_is_scrawled_over_words_of_no_angabe_is_told() -> None:
    found, told = written_over((NAME, QUOTE), (ink("schriftzug", Place(1, 300, 300, 330, 310)),))
    assert not any(one.doubtful for one in found) and [befund.schwere for befund in told] == ["warnung"]


def test_an_accent_over_what_no_other_word_differs_from_by_one_is_dirt() -> None:
    """Recorded of "Landkreis Emsland", "(MS)", "In Vertretung" on poor copies; of a name or an unknown place it is told."""
    box = (100.0, 90.0, 160.0, 100.0)
    over = ink("akzent", Place(1, 100, 90, 160, 100))
    at = (Location(1, box, ""),)
    told = (Found("traeger", "lk-emsland", at, 0.97), Found("ministerien.1.kurz", "MS", at, 0.97), found("zusatz", "In Vertretung", box),
            found("ort", "Wittmund", box), found("stelle", "Landkreis Emsland", box))  # fmt: skip
    assert not [one.feld for one in doubted(told, [over], ("Wittmund", "Landkreis Emsland")) if one.doubtful]
    misread = found("zusatz", "In Vertresung", box)
    assert set(marked((found("name", "Andre Beispiel", box), found("ort", "Wittmund", box), misread), over)) == {"name", "ort", "zusatz"}


def test_ink_beside_a_line_of_which_nothing_can_be_missing_there_does_not_doubt_it() -> None:
    """Recorded of signatures whose strokes begin before "In Vertretung" or end behind it; behind "Im Auftrag" an "e" may be hidden."""
    box = (100.0, 90.0, 160.0, 100.0)
    word = Place(1, 100, 90, 160, 100)
    before, behind = (ink("ende", word, place=Place(1, left, 90, left + 8, 100)) for left in (91, 161))
    for key, wert in (("zusatz", "In Vertretung"), ("zusatz", "Im Auftrage")):
        assert not marked((found(key, wert, box),), before, behind)
    for key, wert in (("zusatz", "Im Auftrag"), ("ort", "Verden")):
        assert not marked((found(key, wert, box),), before)
        assert set(marked((found(key, wert, box),), behind)) == {key}
    assert set(marked((found("zusatz", "n Vertretung", box),), before)) == {"zusatz"}


def test_ink_under_the_last_of_the_steps_may_hide_one_and_under_another_it_hides_none() -> None:
    """Recorded of a watermark: the last step was lost, and nothing said so."""
    steps = Found("ziele.individuell.4.schritte", ("Erster Schritt", "Zweiter Schritt"), (Location(1, (90, 100, 390, 140), ""),), 0.97)
    first, last = Place(1, 90, 101, 160, 112), Place(1, 90, 128, 160, 139)
    assert "letzten Zeile" in (marked((steps,), ink("darunter", last))["schritte"].reason or "")
    assert not marked((steps,), ink("darunter", first))
