"""Records that an earlier zv read load and mean what they meant; `zv umstellen` brings them to open points, and can be taken back."""

from __future__ import annotations

from pathlib import Path

import pytest
from command import ROOT, zv
from round_trip import LIBRARY

from agreements.deciding.conversion import converted
from agreements.library.library import open_library
from agreements.model.record import Abweichung, Vereinbarung

Capture = pytest.CaptureFixture[str]
SUM = "a" * 64
WHERE = "agreements/2024/lk-emsland.yaml"
HEAD = """\
# Gelesen aus Emsland.pdf (Texterkennung).
#
# PRÜFEN: Daneben steht „Py“.
# HINWEIS: Seiten 1–7: Text aus dem Bild erkannt.
# WARNUNG: Seite 5: Hier steht eine Zeile, die nicht zu lesen ist.
# WARNUNG: Seite 6: Abweichung vom Wortlaut: „zwelmal“ statt „zweimal“
# Zu prüfen: Verwaltungskosten (Euro): unsicher gelesen: „13.155.724“
# Zu prüfen: Unterschrift Träger 1: Funktion: Daneben steht „Py“.

"""
DOUBT = "  # PRÜFEN: unsicher gelesen: „13.155.724“\n"
DEPARTURES = """
abweichungen:
  - {stelle: III.§3.1, art: ersetzt, alt: zweimal, neu: zwelmal}
  - {stelle: I.2, art: ersetzt, alt: langfristige, neu: langfrislige}
"""
QUELLE = f"  quelle:\n    datei: Emsland.pdf\n    sha256: {SUM}\n"
PLACES = """\
  fundstellen:
    haushalt.verwaltungskosten:
      seite: 3
      sicherheit: 0.5
      gelesen: 13.155.724
"""


def old(folder: Path, akte: str = f"{QUELLE}  lesart: texterkennung\n", departures: str = DEPARTURES, doubt: str = DOUBT) -> Path:
    """The real agreement as an earlier zv read it from a scan."""
    (folder / "agreements/2024").mkdir(parents=True)
    for name in ("rahmen.yaml", "lk-emsland.yaml"):
        text = (ROOT / "agreements/2024" / name).read_text(encoding="utf-8")
        (folder / "agreements/2024" / name).write_text(text, encoding="utf-8")
    plain = text.replace("  stand: unterzeichnet\n", akte).replace("  verwaltungskosten:", f"{doubt}  verwaltungskosten:")
    path = folder / WHERE
    path.write_text(HEAD + plain[plain.index("jahr:") :] + departures, encoding="utf-8")
    return path


def record(folder: Path) -> Vereinbarung:
    return open_library(folder).store.load((2024, "lk-emsland")).record


def umstellen(capsys: Capture, folder: Path, *words: str) -> str:
    ended = zv(capsys, "umstellen", "2024", *words, "--ordner", folder)
    assert ended.code == 0, ended.err
    return ended.out


def departures(several: tuple[Abweichung, ...]) -> list[str]:
    return [each.stelle for each in several]


def test_a_comment_that_still_stands_becomes_an_open_point_with_its_angabe_and_place(tmp_path: Path, capsys: Capture) -> None:
    path = old(tmp_path, f"{QUELLE}  lesart: texterkennung\n{PLACES}")
    umstellen(capsys, tmp_path, "--ja")
    points = {each.feld: each for each in record(tmp_path).akte.offen if each.abweichung is None}
    costs = points["haushalt.verwaltungskosten"]
    assert (costs.grund, costs.seite, str(costs.sicherheit)) == ("unsicher gelesen: „13.155.724“", 3, "0.5")
    assert points["unterschriften.traeger.1.funktion"].grund == "Daneben steht „Py“."
    assert (points[None].grund, points[None].seite) == ("Hier steht eine Zeile, die nicht zu lesen ist.", 5)
    text = path.read_text(encoding="utf-8")
    assert "PRÜFEN" not in text and "Zu prüfen" not in text
    assert "# HINWEIS: Seiten 1–7" in text and "# WARNUNG: Seite 6: Abweichung vom Wortlaut" in text


def test_a_comment_that_was_deleted_is_not_opened_again(tmp_path: Path, capsys: Capture) -> None:
    old(tmp_path, doubt="")
    umstellen(capsys, tmp_path, "--ja")
    assert "haushalt.verwaltungskosten" not in [each.feld for each in record(tmp_path).akte.offen]


@pytest.mark.parametrize(
    ("akte", "agreed", "left"),
    [
        ("  stand: entwurf\n", ["III.§3.1", "I.2"], []),
        (f"{QUELLE}  lesart: word\n", ["III.§3.1", "I.2"], []),
        (f"{QUELLE}  lesart: texterkennung\n", [], ["III.§3.1", "I.2"]),
        (f"{QUELLE}  lesart: gemischt\n  stillgelegt: {{abweichung@I.2: am Bild verglichen}}\n", ["I.2"], ["III.§3.1"]),
        (QUELLE, [], ["III.§3.1", "I.2"]),
        (f"{QUELLE}  lesart: texterkennung\n  stand: unterzeichnet\n", ["III.§3.1", "I.2"], []),
    ],
    ids=["by hand", "from word", "from a picture", "partly confirmed", "read by an unknown way", "signed"],
)
def test_departures_are_agreed_or_to_be_decided(akte: str, agreed: list[str], left: list[str], tmp_path: Path, capsys: Capture) -> None:
    old(tmp_path, akte)
    umstellen(capsys, tmp_path, "--ja")
    now = record(tmp_path)
    assert (departures(now.abweichungen), departures(now.akte.strittig)) == (agreed, left)


def test_all_departures_can_be_decided_at_once(tmp_path: Path, capsys: Capture) -> None:
    old(tmp_path)
    umstellen(capsys, tmp_path, "--ja")
    assert zv(capsys, "bestaetige", "2024/lk-emsland", "abweichung", "--vereinbart", "--ordner", tmp_path).code == 0
    assert departures(record(tmp_path).abweichungen) == ["III.§3.1", "I.2"] and record(tmp_path).akte.strittig == ()


def test_the_plan_writes_nothing_and_the_second_run_finds_nothing(tmp_path: Path, capsys: Capture) -> None:
    path = old(tmp_path)
    before = path.read_bytes()
    planned = umstellen(capsys, tmp_path)
    assert "2024/lk-emsland: 3 offene Punkte aus Anmerkungen, 2 Abweichungen zu entscheiden" in planned
    assert path.read_bytes() == before and not (path.parent / "sicherung").exists()
    umstellen(capsys, tmp_path, "--ja")
    after = path.read_bytes()
    assert "Nichts ist umzustellen." in umstellen(capsys, tmp_path, "--ja")
    assert path.read_bytes() == after


def test_it_is_kept_aside_and_can_be_taken_back_byte_by_byte(tmp_path: Path, capsys: Capture) -> None:
    path = old(tmp_path)
    before = path.read_bytes()
    umstellen(capsys, tmp_path, "--ja")
    [aside] = (path.parent / "sicherung").glob("lk-emsland-*.yaml")
    assert aside.read_bytes() == before != path.read_bytes()
    assert zv(capsys, "zurueck", "2024/lk-emsland", "--ordner", tmp_path).code == 0
    assert path.read_bytes() == before


def test_a_tracked_change_of_an_earlier_record_becomes_a_point_unless_somebody_has_confirmed_it(tmp_path: Path, capsys: Capture) -> None:
    costs, title = "haushalt.verwaltungskosten", "ziele.individuell.4.titel"
    tracked = f"  nachverfolgt:\n    {costs}: 13.155.742\n    {title}: Alter Titel\n  geprueft:\n    {title}: angenommen\n"
    old(tmp_path, f"{QUELLE}  lesart: word\n{tracked}", departures="")
    umstellen(capsys, tmp_path, "--ja")
    akte = record(tmp_path).akte
    assert [each.feld for each in akte.offen if each.art == "nachverfolgt"] == [costs]
    assert akte.nachverfolgt == {} and akte.geprueft == {title: "angenommen"}


def test_a_record_of_today_and_one_by_hand_stay_as_they_are() -> None:
    stored = LIBRARY.store.load((2024, "lk-emsland"))
    assert converted(LIBRARY, stored).text == stored.text


@pytest.mark.parametrize("words", [["bald"], ["2031"], ["2024/lk-emsland"]])
def test_what_is_no_year_with_records_is_one_german_sentence(words: list[str], tmp_path: Path, capsys: Capture) -> None:
    old(tmp_path)
    ended = zv(capsys, "umstellen", *words, "--ordner", tmp_path)
    assert ended.code == 2 and len(ended.err.strip().splitlines()) == 1
