"""`zv setze`: an Angabe in German form, checked before it is written; `zv zurueck`: the way back."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from command import Ended, zv
from round_trip import ROOT

from agreements.library.library import open_library
from agreements.model.fields import value_at
from agreements.model.record import Vereinbarung, Zielwert
from agreements.store.journal import history
from agreements.store.journal_file import journal_path
from zv.commands.zurueck import _short

Capture = pytest.CaptureFixture[str]
WHERE = "2024/lk-emsland"
STEPS = "ziele.individuell.4.schritte"
TOTAL, WOMEN = "ziele.integrationsquote.gesamt", "ziele.integrationsquote.frauen"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the agreement of the Emsland, a comment in it."""
    shutil.copytree(ROOT / "agreements/2024", tmp_path / "agreements/2024")
    path = tmp_path / "agreements/2024/lk-emsland.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("gesamtbudget_mio: 21.9", "gesamtbudget_mio: 21.9  # gerundet"), encoding="utf-8"
    )
    return tmp_path


def record(folder: Path) -> Vereinbarung:
    return open_library(folder).store.load((2024, "lk-emsland")).record


def text_of(folder: Path, name: str = "lk-emsland") -> str:
    return (folder / f"agreements/2024/{name}.yaml").read_text(encoding="utf-8")


def setze(capsys: Capture, folder: Path, *words: str, where: str = WHERE) -> Ended:
    return zv(capsys, "setze", "--ordner", folder, where, *words)


@pytest.mark.parametrize(
    ("feld", "wert", "name", "old", "new"),
    [
        ("haushalt.gesamtbudget_mio", "22,50", "Gesamtbudget (Mio. Euro)", "21,9", "22,50"),
        ("Verwaltungskosten", "13.155.725", "Verwaltungskosten (Euro)", "13.155.724", "13.155.725"),
        ("Verwaltungskosten (Euro)", "offen", "Verwaltungskosten (Euro)", "13.155.724", "offen"),
        ("Unterschrift Träger 1: Datum", "2. Februar 2024", "Unterschrift Träger 1: Datum", "1. Februar 2024", "2. Februar 2024"),
        ("unterschriften.traeger.1.zusatz", "kein", "Unterschrift Träger 1: Zusatz", "in Vertretung", "–"),
        ("Ziel 4: Titel", "Ein Titel", "Ziel 4: Titel", "Umsetzung der Bürgergeldreform (individualisierte Zielvereinbarung)", "Ein Titel"),
        (WOMEN, "sinkt um mindestens 1,5 % gegenüber 2022", "Integrationsquote der Frauen",
         "um 5,1 % im Vergleich zum Jahr 2023 steigt", "um mindestens 1,5 % im Vergleich zum Jahr 2022 sinkt"),
        ("Integrationsquote der Frauen", "steigt um höchstens 3,3 %", "Integrationsquote der Frauen",
         "um 5,1 % im Vergleich zum Jahr 2023 steigt", "um nicht mehr als 3,3 % im Vergleich zum Jahr 2023 steigt"),
        (WOMEN, "2,5", "Integrationsquote der Frauen",
         "um 5,1 % im Vergleich zum Jahr 2023 steigt", "um 2,5 % im Vergleich zum Jahr 2023 steigt"),
        (f"{WOMEN}.bezug", "Vorjahr", "", "", ""),
        ("ziele.langzeitleistungsbezug.gesamt.schranke", "kein", "Bestand an Langzeitleistungsbeziehenden",
         "um nicht mehr als 14,0 % im Vergleich zum Jahr 2023 steigt", "um 14,0 % im Vergleich zum Jahr 2023 steigt"),
    ],
)  # fmt: skip
def test_a_value_is_set_as_people_write_it_and_said_before_and_after(
    feld: str, wert: str, name: str, old: str, new: str, folder: Path, capsys: Capture
) -> None:
    before = text_of(folder)
    ended = setze(capsys, folder, feld, wert)
    said = f"{name}: {old} → {new}" if name else "Das steht schon so da; nichts wurde geschrieben."
    assert (ended.code, ended.out.strip()) == (0, said)
    assert (text_of(folder) != before) == bool(name)
    assert zv(capsys, "zurueck", WHERE, "--ordner", folder).code == (0 if name else 2) and text_of(folder) == before


def test_other_lines_and_comments_stay(folder: Path, capsys: Capture) -> None:
    before = text_of(folder).splitlines()
    setze(capsys, folder, "haushalt.gesamtbudget_mio", "22,5")
    changed = [pair for pair in zip(before, text_of(folder).splitlines(), strict=True) if pair[0] != pair[1]]
    assert changed == [("  gesamtbudget_mio: 21.9  # gerundet", "  gesamtbudget_mio: 22.5  # gerundet")]


def test_what_was_noted_of_a_value_goes_with_it(folder: Path, capsys: Capture) -> None:
    path = folder / "agreements/2024/lk-emsland.yaml"
    path.write_text(text_of(folder) + "  uebernommen:\n    haushalt.gesamtbudget_mio: 2023\n", encoding="utf-8")
    setze(capsys, folder, "haushalt.gesamtbudget_mio", "22,5")
    assert record(folder).akte.uebernommen == {}


@pytest.mark.parametrize(("wert", "wie", "said"), [
    ("22,5", "berichtigt", "Gesamtbudget (Mio. Euro): 21,9 → 22,5"), ("21,9", "bestaetigt", "Gesamtbudget (Mio. Euro): bestätigt"),
])  # fmt: skip
def test_setting_an_angabe_closes_its_open_point_and_no_other(wert: str, wie: str, said: str, folder: Path, capsys: Capture) -> None:
    path = folder / "agreements/2024/lk-emsland.yaml"
    points = "".join(f"    - {{kennung: 'a{number:011}', art: unsicher, feld: haushalt.{name}, grund: unsicher gelesen}}\n"
                     for number, name in enumerate(("gesamtbudget_mio", "verwaltungskosten")))  # fmt: skip
    path.write_text(text_of(folder) + f"  offen:\n{points}", encoding="utf-8")
    before = text_of(folder)
    assert setze(capsys, folder, "haushalt.gesamtbudget_mio", wert, "--kuerzel", "MK").out.strip() == said
    (decided,) = record(folder).akte.entschieden
    assert (decided.kennung, decided.wie, decided.kuerzel, decided.tag) == ("a00000000000", wie, "MK", date.today())
    assert [each.kennung for each in record(folder).akte.offen] == ["a00000000000", "a00000000001"]
    assert zv(capsys, "zurueck", WHERE, "--ordner", folder).code == 0 and text_of(folder) == before


@pytest.mark.parametrize(
    ("words", "said", "steps"),
    [
        (("Neu.", "--einfuegen", "2"), ", 2. Eintrag neu: „Neu.“", lambda old: (old[0], "Neu.", *old[1:])),
        (("Neu.", "--einfuegen", "9"), ", 9. Eintrag neu: „Neu.“", lambda old: (*old, "Neu.")),
        (("Neu.", "--ersetzen", "4"), ", 4. Eintrag: „Etablierung von Coaching-Elementen nach § 16 k SGB II“ → „Neu.“",
         lambda old: (*old[:3], "Neu.", *old[4:])),
        (("--entfernen", "4"), ", 4. Eintrag entfällt: „Etablierung von Coaching-Elementen nach § 16 k SGB II“",
         lambda old: (*old[:3], *old[4:])),
        (("--verschieben", "4", "1"), ": in anderer Reihenfolge, jetzt „Etablierung von Coaching-Elem…“",
         lambda old: (old[3], *old[:3], *old[4:])),
    ],
)  # fmt: skip
def test_lists_take_lose_and_move_entries(words: tuple[str, ...], said: str, steps: Any, folder: Path, capsys: Capture) -> None:
    old = value_at(record(folder), STEPS)
    ended = setze(capsys, folder, STEPS, *words)
    assert ended.code == 0 and ended.out.startswith(f"Ziel 4: Umsetzungsschritte{said}")
    assert value_at(record(folder), STEPS) == steps(old)


def test_goals_come_move_and_go_and_no_other_changes_its_number(folder: Path, capsys: Capture) -> None:
    six = record(folder).ziele.individuell[6]
    assert setze(capsys, folder, "Ziele", "Ein neues Ziel", "--einfuegen", "7").code == 0
    assert setze(capsys, folder, "ziele.individuell", "--verschieben", "6", "8").code == 0
    goals = record(folder).ziele.individuell
    assert (goals[7].titel, goals[8], set(goals)) == ("Ein neues Ziel", six, {4, 7, 8})
    assert "    8:\n      titel: Gestaltung" in text_of(folder)
    ended = setze(capsys, folder, "Ziel", "--entfernen", "8")
    assert 'Ziel 8: Titel: Gestaltung des Übergangs "Schule und Beruf" → –' in ended.out
    assert set(record(folder).ziele.individuell) == {4, 7}


def test_what_holds_for_all_is_set_in_the_rahmen(folder: Path, capsys: Capture) -> None:
    ended = setze(capsys, folder, "unterschriften.land.1.name", "Dr. Erika Muster", where="2024/rahmen")
    assert (ended.code, ended.out.strip()) == (0, "Unterschrift Land 1: Name: Dr. Christine Arbogast → Dr. Erika Muster")
    assert setze(capsys, folder, "papiercode", "ja", where="2024/rahmen").out.strip() == "Papiercode auf der letzten Seite: – → ja"
    assert "papiercode: true" in text_of(folder, "rahmen") and "name: Dr. Erika Muster" in text_of(folder, "rahmen")
    assert (
        zv(capsys, "zurueck", "--ordner", folder).out
        == "2024/rahmen: Zurückgenommen ist Schritt 3: Papiercode auf der letzten Seite: – → ja\n"
    )


def test_in_an_amendment_a_title_means_what_is_agreed_anew(folder: Path, capsys: Capture) -> None:
    text = "jahr: 2024\ntraeger: lk-emsland\nwortlaut: ni/aenderung-2024\naenderung: {nummer: 1, grund: [Ein Grund.]}\n"
    (folder / "agreements/2024/lk-emsland-1.yaml").write_text(text, encoding="utf-8")
    ended = setze(capsys, folder, "Verwaltungskosten", "13.000.000", where="2024/lk-emsland-1")
    assert ended.out.strip() == "Verwaltungskosten (Euro) (neu): – → 13.000.000"
    made = open_library(folder).store.load((2024, "lk-emsland-1")).record
    assert made.aenderung is not None and made.aenderung.neu.haushalt.verwaltungskosten == 13000000


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("Integrationsqote Frauen", "2"), "Gemeint ist vielleicht „Integrationsquote der Frauen“ (ziele.integrationsquote.frauen)"),
        (("akte.stand", "versandt"), "„akte.stand“ lässt sich mit zv setze nicht ändern."),
        (("haushalt.verwaltungskosten", "13.155"), "kann 13155 oder 13,155 heißen"),
        (("haushalt.verwaltungskosten", "viel"), "Hier gehört eine Zahl hin"),
        (("haushalt.verwaltungskosten", "–"), "„–“ ist nicht eindeutig."),
        (("haushalt.verwaltungskosten", ""), "„“ ist nicht eindeutig."),
        (("unterschriften.traeger.1.datum", "31. Februar 2024"), "Hier gehört ein Datum hin"),
        ((WOMEN, "steigt irgendwie"), "ist nicht als Zielwert zu lesen"),
        ((f"{WOMEN}.wert", "2,5 Personen"), "Die Zelle nennt als Einheit personen"),
        ((STEPS, "Nur noch dieser."), "Ziel 4: Umsetzungsschritte hat 8 Einträge. Mit --ersetzen N"),
        ((STEPS, "--entfernen", "9"), "Einen Eintrag 9 gibt es nicht. Möglich ist 1 bis 8."),
        ((STEPS, "Zwei\nAbsätze", "--einfuegen", "1"), "Hier gehört ein einzelner Absatz hin."),
        ((WOMEN, "--entfernen", "1"), "ist keine Liste"),
        (("Ziel", "Titel", "--einfuegen", "6"), "Ein Ziel 6 gibt es schon."),
        (("Ziel", "--entfernen", "9"), "Ein Ziel 9 gibt es nicht. Es gibt: 4, 6."),
        ((WOMEN,), "fehlt der Wert."),
        ((WOMEN, "2,5", "Verwaltungskosten"), "Zu „Verwaltungskosten“ fehlt der Wert."),
        (("Verwaltungskosten", "13.200.000", WOMEN, "steigt irgendwie"), "ist nicht als Zielwert zu lesen"),
        ((WOMEN, "2,5", "Integrationsquote der Frauen", "2,6"), "Integrationsquote der Frauen wird zweimal gesetzt."),
        (("Verwaltungskosten", "13.200.000", "Ziel", "Titel"), "Ziele werden eingefügt, entfernt oder verschoben"),
        ((STEPS, "Text", "--einfuegen", "1", "--entfernen", "2"), "Es ist nicht klar, was geschehen soll."),
        (("unterschriften.land.1.zusatz", "kein"), "steht nicht im Datensatz, sondern für alle im rahmen.yaml"),
        (("unterschriften.traeger.1.zustand", "schön"), "zustand"),
    ],
)  # fmt: skip
def test_what_is_not_certain_is_said_in_a_sentence_and_nothing_is_written(
    words: tuple[str, ...], said: str, folder: Path, capsys: Capture
) -> None:
    before = text_of(folder)
    ended = setze(capsys, folder, *words)
    assert ended.code in (1, 2) and said in ended.err and "Traceback" not in ended.err
    assert text_of(folder) == before and not (folder / "agreements/2024/journal/lk-emsland.jsonl").exists()


@pytest.fixture
def with_level(folder: Path) -> Path:
    """A folder whose agreement states the level that its target comes to."""
    path = folder / "agreements/2024/lk-emsland.yaml"
    level = "      bezug: 2023\n      entspricht: {richtung: betraegt, wert: 28.4, einheit: prozent_niveau}\n    frauen:"
    path.write_text(text_of(folder).replace("      bezug: 2023\n    frauen:", level, 1), encoding="utf-8")
    return folder


def test_a_level_that_a_target_comes_to_is_not_left_beside_another_target(with_level: Path, capsys: Capture) -> None:
    before = text_of(with_level)
    assert f"Beides zusammen setzen: … „{TOTAL}“ WERT „{TOTAL}.entspricht“ NIVEAU" in setze(capsys, with_level, TOTAL, "4,0").err
    assert text_of(with_level) == before


@pytest.mark.parametrize(("level", "said"), [("beträgt 29,1 %", "29.1"), ("beträgt 28,4 %", "28.4"), ("kein", None)])
@pytest.mark.parametrize("turned", [False, True])
def test_a_target_and_the_level_it_comes_to_are_set_in_one_step(
    level: str, said: str | None, turned: bool, with_level: Path, capsys: Capture
) -> None:
    before = text_of(with_level)
    pairs = [(TOTAL, "4,0"), (f"{TOTAL}.entspricht", level)]
    ended = setze(capsys, with_level, *(word for pair in (reversed(pairs) if turned else pairs) for word in pair))
    assert ended.code == 0, ended
    target = value_at(record(with_level), TOTAL)
    assert isinstance(target, Zielwert) and str(target.wert) == "4.0"
    assert (str(target.entspricht.wert) if target.entspricht else None) == said
    assert zv(capsys, "zurueck", WHERE, "--ordner", with_level).code == 0 and text_of(with_level) == before


def test_several_angaben_are_one_step_and_women_take_the_year_of_the_total(folder: Path, capsys: Capture) -> None:
    before = text_of(folder)
    ended = setze(capsys, folder, WOMEN, "steigt um 3,3 %", TOTAL, "steigt um 2,5 % gegenüber 2022", "Verwaltungskosten", "13.200.000")
    assert ended.code == 0 and len(ended.out.splitlines()) == 3, ended
    women = value_at(record(folder), WOMEN)
    assert isinstance(women, Zielwert) and (str(women.wert), women.bezug) == ("3.3", 2022)
    assert len(history(open_library(folder).store.load((2024, "lk-emsland"))).eintraege) == 2, "the record as it was, and one step"
    assert zv(capsys, "zurueck", WHERE, "--ordner", folder).code == 0 and text_of(folder) == before


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("2024/lk-emslnd", "Einen Träger „emslnd“"),
        ("2031/lk-emsland", "Für 2031 gibt es keinen Datensatz"),
        ("2025/rahmen", "Für 2025 gibt es hier keine rahmen.yaml"),
        ("lk-emsland", "fehlt das Jahr"),
        ("2024", "mit Jahr und Träger"),
    ],
)
def test_an_agreement_that_is_not_there_is_said(where: str, said: str, folder: Path, capsys: Capture) -> None:
    ended = setze(capsys, folder, "haushalt.gesamtbudget_mio", "1", where=where)
    assert ended.code in (2, 3) and said.replace("Einen Träger „emslnd“", "emslnd") in ended.err


@pytest.mark.parametrize(("text", "told"), [
    ("Verwaltungskosten {{ haushalt.verwaltungskosten | euro }} Euro.", False), ("Verwaltungskosten 13 Euro in {{ jahr }}.", True),
    ("Verwaltungskosten 13 Euro.", True),
])  # fmt: skip
def test_an_angabe_that_stands_nowhere_in_the_text_of_its_record_is_said_to_change_no_page(
    text: str, told: bool, folder: Path, capsys: Capture
) -> None:
    own = f"jahr: 2018\ntraeger: lk-leer\nwortlaut: null\nhaushalt: {{verwaltungskosten: 13}}\ntext:\n  - {{art: text, text: '{text}'}}\n"
    (folder / "agreements/2018").mkdir()
    (folder / "agreements/2018/lk-leer.yaml").write_text(own, encoding="utf-8")
    ended = setze(capsys, folder, "Verwaltungskosten", "14", where="2018/lk-leer")
    assert ended.code == 0 and ("steht in keinem Satz des Textes als Feld; gedruckt wird weiter" in ended.err) == told


def test_two_records_at_once_and_one_of_the_program_are_refused(
    folder: Path, tmp_path_factory: pytest.TempPathFactory, capsys: Capture
) -> None:
    assert "Eine Vereinbarung nach der anderen." in setze(capsys, folder, "2024/lk-leer", "haushalt.gesamtbudget_mio", "1").err
    empty = tmp_path_factory.mktemp("leer")
    ended = setze(capsys, empty, "haushalt.gesamtbudget_mio", "1")
    assert ended.code in (2, 3) and not (empty / "agreements").exists()


def test_a_journal_torn_in_its_middle_is_said_and_nothing_is_written(folder: Path, capsys: Capture) -> None:
    setze(capsys, folder, "haushalt.gesamtbudget_mio", "22,5")
    path = journal_path(folder / "agreements/2024/lk-emsland.yaml")
    path.write_bytes(path.read_bytes()[50:])
    before = text_of(folder)
    ended = setze(capsys, folder, "haushalt.gesamtbudget_mio", "23,5")
    assert ended.code == 1 and "Das Journal ist beschädigt, deshalb wurde nichts geschrieben" in ended.err
    assert text_of(folder) == before and zv(capsys, "zurueck", WHERE, "--ordner", folder).code == 1


def test_what_was_interrupted_is_finished_and_said_by_the_next_command(folder: Path, capsys: Capture) -> None:
    before = text_of(folder)
    setze(capsys, folder, "haushalt.gesamtbudget_mio", "22,5")
    path = journal_path(folder / "agreements/2024/lk-emsland.yaml")
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-1]))
    (folder / "agreements/2024/lk-emsland.yaml").write_text(before, encoding="utf-8")
    ended = setze(capsys, folder, "Verwaltungskosten", "1")
    assert "Ein unterbrochener Schritt wurde zu Ende geführt: Gesamtbudget (Mio. Euro): 21,9 → 22,5" in ended.err
    assert str(record(folder).haushalt.gesamtbudget_mio) == "22.5" and record(folder).haushalt.verwaltungskosten == 1


def test_the_journal_is_shown_with_day_who_and_what(folder: Path, capsys: Capture) -> None:
    assert zv(capsys, "zurueck", "--liste", "--ordner", folder).out.strip() == "Im Journal steht noch nichts."
    setze(capsys, folder, "haushalt.gesamtbudget_mio", "22,5", "--kuerzel", "MK")
    setze(capsys, folder, "Verwaltungskosten", "1")
    assert zv(capsys, "zurueck", WHERE, "--ordner", folder).code == 0
    shown = " ".join(zv(capsys, "zurueck", "--liste", WHERE, "--ordner", folder).out.split())
    assert "MK Gesamtbudget (Mio. Euro): 21,9 → 22,5" in shown and "13.155.724 → 1 (zurückgenommen)" in shown
    assert "Zu --schritt fehlt die Vereinbarung" in zv(capsys, "zurueck", "--schritt", "2", "--ordner", folder).err
    assert zv(capsys, "zurueck", WHERE, "--schritt", "2", "--ordner", folder).out.startswith(f"{WHERE}: Zurückgenommen ist Schritt 2")


@pytest.mark.parametrize(
    ("step", "told"), [("a; b; c", "a; b; c"), ("a; b; c; d", "a; b; c; und 1 weitere"), ("a; b; c; d; e", "a; b; c; und 2 weitere")]
)
def test_a_step_that_decided_many_points_is_told_in_short(step: str, told: str) -> None:
    assert _short(step) == told
