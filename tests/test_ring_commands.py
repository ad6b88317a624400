"""The year on the command line alone: no YAML and no Jinja file is opened by a person, from last year's scan to this year's overview."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from command import ROOT
from office import Office
from returned_word import Change, returned
from scan_simulator import Scan, scanned
from test_ring import SCAN, fill_in

from agreements.model.fields import value_at

Capture = pytest.CaptureFixture[str]
LAST, NOW = "2024/lk-emsland", "2025/lk-emsland"
COACHING = "Etablierung von Coaching-Elementen nach § 16 k SGB II"
CHANGES = (
    Change("8.900.000", "8.900.500", tracked=True),
    Change("um 2,5 %", "um 2,6 %", tracked=True),
    Change("um 1,5 %", "um 1,4 %"),
    Change(COACHING, "Etablierung von Coaching nach § 16k SGB II", tracked=True),
    Change("zweimal", "viermal", tracked=True),
    Change("menschenwürdiges", "würdiges"),
    Change("Martin Gerenkamp", "Marion Burgdorf"),
    Change("13.500.000", "13.600.000", tracked=True),
)
"""Eight, tracked and not: two in fixed text, and one amount that the ministry changed meanwhile, too."""
COMMENT = ("Arbeit in regionalen Netzwerken", "Das machen wir schon lange.")


@pytest.fixture
def office(tmp_path: Path, capsys: Capture) -> Office:
    """A folder that holds last year's scan alone, and what all of last year's agreements have in common."""
    folder = tmp_path / "amt"
    (folder / "agreements/2024").mkdir(parents=True)
    shutil.copy(ROOT / "agreements/2024/rahmen.yaml", folder / "agreements/2024")
    shutil.copy(SCAN, folder / "Scan.pdf")
    return Office(folder, capsys)


def test_a_year_is_done_without_opening_a_file_of_the_programs(office: Office) -> None:
    folder = office.folder
    import_last_year(office)
    draft(office)
    send(office)
    take_what_came(office)
    office.types("pruefe", "2025")
    office.types("drucke", NOW, "--endgueltig")
    sign(office)
    told = office.types("uebersicht", "2025", "--format", "json").out
    assert "13600000" in told and "8900500" in told
    assert office.decisions <= 25
    assert not list(folder.rglob("*.tmp"))


def import_last_year(office: Office) -> None:
    office.types("einlesen", office.folder / "Scan.pdf")
    for point in office.points(LAST, "unsicher"):
        assert point["feld"] == "unterschriften.traeger.1.datum"
        office.decides("bestaetige", LAST, point["kennung"], "--wert", "1. Februar 2024")
    assert office.points(LAST) == []
    office.decides("setze-stand", LAST, "unterzeichnet", "--am", "1.2.2024")


def draft(office: Office) -> None:
    folder = office.folder
    office.types("entwirf", "2025", "lk-emsland")
    office.decides("wortlaut", "durchsicht", "2025", "--alle", "--kuerzel", "Mu")
    office.decides("setze", "2025/rahmen", "unterschriften.land.1.name", "Dr. Christine Arbogast")
    office.decides("setze", "2025/rahmen", "unterschriften.land.1.zusatz", "In Vertretung")
    office.types("planung", "--vorlage", "--jahr", "2025", "--nach", folder / "Planung.xlsx")
    fill_in(folder / "Planung.xlsx")
    office.decides("planung", folder / "Planung.xlsx", "--schreiben")
    office.decides("durchgesehen", NOW)
    assert office.points(NOW, "offen", "uebernommen") == []


def send(office: Office) -> None:
    office.types("drucke", NOW)
    office.decides("setze-stand", NOW, "versandt")
    office.types("paket", "2025", "lk-emsland")
    returned(office.folder / "out/2025/lk-emsland.docx", office.folder / "Rücklauf.docx", CHANGES, COMMENT)
    office.decides("setze", NOW, "Verwaltungskosten", "13.550.000")


def take_what_came(office: Office) -> None:
    came = office.folder / "Rücklauf.docx"
    plan = json.loads(office.types("uebernimm", NOW, came, "--format", "json").out)
    changes = {each["nummer"]: each for each in plan["aenderungen"]}
    assert len(changes) == len(CHANGES)
    conflicts = [number for number, each in changes.items() if each["konflikt"]]
    assert [changes[number]["feld"] for number in conflicts] == ["haushalt.verwaltungskosten"]
    assert sum(each["art"] == "wortlaut" for each in changes.values()) == 2
    assert any(COMMENT[1] in each for each in plan["bemerkungen"])
    office.decides("uebernimm", NOW, came, "--alle", "--nimm", ",".join(map(str, conflicts)))
    record = office.record(2025)
    assert value_at(record, "haushalt.verwaltungskosten") == 13600000
    assert value_at(record, "haushalt.eingliederungsleistungen") == 8900500
    assert str(value_at(record, "ziele.integrationsquote.frauen.wert")) == "2.6"
    assert value_at(record, "unterschriften.traeger.1.name") == "Marion Burgdorf"
    assert record.abweichungen == ()
    office.decides("setze", NOW, "Gesamtbudget (Mio. Euro)", "22,5")
    answer = office.types("antworte", NOW, came, "--kommentar", "1", "Danke, so bleibt es.").out
    assert "„viermal“ statt „zweimal“ → –" in answer


def sign(office: Office) -> None:
    """The final print is signed and comes back as a scan."""
    final = office.folder / "out/2025/lk-emsland.pdf"
    (office.folder / "Unterzeichnet.pdf").write_bytes(scanned(final.read_bytes(), Scan(), 7).pdf)
    ended = office.types("einlesen", office.folder / "Unterzeichnet.pdf")
    assert "sagen Verschiedenes" not in ended.out
    office.decides("setze-stand", NOW, "unterzeichnet")
