"""A year of all Träger on the command line alone: no YAML and no Jinja file is opened by a person, and what is decided is counted.

A decision is every command that changes a record; of what came back each change, of the new wording each sentence that hangs on the
year. The planning table is filled in by the ministry and counts as the one command that takes it over.
"""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from command import ROOT
from office import Office
from openpyxl import load_workbook
from returned_word import Change, returned
from round_trip import LIBRARY, emsland
from sampling import WHOLE, seeds
from scan_simulator import Scan, scanned
from test_ring import headed
from varied import ZKT, varied

from agreements.language.numbers import write_number
from agreements.library.library import open_library
from agreements.model.fields import angaben, value_at
from agreements.model.record import Vereinbarung
from agreements.model.values import OFFEN
from render.pdf import render_pdf

Capture = pytest.CaptureFixture[str]
KEYS = tuple(zkt.schluessel for zkt in ZKT[: len(seeds(2, len(ZKT)))])
OF_THE_YEAR = 15
"""Decisions on the wording, on rahmen.yaml and on how far all are, however many they are."""
MOST = OF_THE_YEAR + (150 - OF_THE_YEAR) * len(KEYS) // len(ZKT)
"""At most 150 for all sixteen, as the ministry is promised; for fewer in proportion."""
ANSWERING = KEYS[: max(1, len(KEYS) * 3 // 8)]
"""Who sends the Word file back with changes."""
ON_PAPER = KEYS[:2] if WHOLE else ()
"""Whose signed sheet comes as a scan, which takes long to read; the others sign in the file and send a PDF."""
SIGNED = date(2025, 2, 3)


@pytest.fixture
def office(tmp_path: Path, capsys: Capture) -> Office:
    """A folder that holds last year's agreements as PDF, and what all of them have in common."""
    folder = tmp_path / "amt"
    (folder / "agreements/2024").mkdir(parents=True)
    (folder / "Ablage").mkdir()
    shutil.copy(ROOT / "agreements/2024/rahmen.yaml", folder / "agreements/2024")
    for record in last_year():
        (folder / f"Ablage/{record.traeger}.pdf").write_bytes(render_pdf(LIBRARY.document(record)))
    return Office(folder, capsys)


def last_year() -> Iterator[Vereinbarung]:
    """An agreement of each Träger that has the goals which the wording of that year names."""
    base = emsland()
    for place, _ in enumerate(KEYS):
        drawn = (varied(seed, base) for seed in range(place, 9999, len(ZKT)))
        yield next(each for each in drawn if set(each.ziele.individuell) == {4, 6})


def test_a_year_is_typed_with_few_decisions_and_no_file_of_the_programs_is_opened(office: Office) -> None:
    import_last_year(office)
    draft(office)
    send(office)
    for key in ANSWERING:
        take_what_came(office, key)
    finish(office)
    sign(office)
    told = json.loads(office.types("uebersicht", "2025", "--format", "json").out)["angaben"]
    assert {each["traeger"] for each in told if each["wert"]} == set(KEYS)
    assert office.points("2025") == []
    assert office.decisions <= MOST, office.decisions
    assert not list(office.folder.rglob("*.tmp"))


def import_last_year(office: Office) -> None:
    assert f"{len(KEYS)} neu eingelesen." in office.types("einlesen", office.folder / "Ablage").out
    assert office.points("2024") == []
    office.decides("setze-stand", "2024", "--alle", "unterzeichnet")


def draft(office: Office) -> None:
    office.types("entwirf", "2025", *KEYS)
    sentences = office.types("wortlaut", "durchsicht", "2025").out.count("– offen\n")
    office.decides("wortlaut", "durchsicht", "2025", "--alle", "--kuerzel", "Mu", points=sentences)
    signs = ("unterschriften.land.1.name", "Dr. Christine Arbogast", "unterschriften.land.1.zusatz", "In Vertretung")
    office.decides("setze", "2025/rahmen", *signs, "papiercode", "ja", points=3)
    table = office.folder / "Planung.xlsx"
    office.types("planung", "--vorlage", "--jahr", "2025", "--nach", table)
    fill_in(table)
    office.decides("planung", table, "--schreiben")
    for key in KEYS:
        office.decides("durchgesehen", f"2025/{key}", "--kuerzel", "Mu")
    assert office.points("2025") == []
    office.types("pruefe", "2025")


def fill_in(path: Path) -> None:
    """Fills in what is empty, in the rows of those who are asked for, as the ministry plans."""
    book = load_workbook(path)
    sheet = book["Planung 2025"]
    columns = headed(sheet)
    names = {zkt.name: zkt.schluessel for zkt in ZKT}
    for row in range(3, sheet.max_row + 1):
        key = names.get(str(sheet.cell(row, 1).value))
        if key in KEYS:
            for head, value in planned(key).items():
                if head in columns:  # a signature has an office only where one of them has
                    cell = sheet.cell(row, columns[head])
                    cell.value = cell.value or value
    book.save(path)


def planned(key: str) -> Mapping[tuple[str, str], Any]:
    """What the ministry plans for a Träger, by group and heading of the table."""
    chance = random.Random(key)
    amounts = [chance.randrange(2_000_000, 20_000_000) for _ in range(2)]
    goals = ("Integrationsquote", "Integrationsquote der Frauen", "Integrationsquote der Männer", "Bestand an Langzeitleistungsbeziehenden")
    return {
        ("Gesamtbudget (Mio. Euro)", "2025"): round(sum(amounts) / 1_000_000, 1),
        ("Verwaltungskosten (Euro)", "2025"): amounts[0],
        ("Leistungen zur Eingliederung (Euro)", "2025"): amounts[1],
        **{(goal, part): value for goal in goals for part, value in {
            "Richtung": "steigt", "Wert": chance.randrange(5, 60) / 10, "Einheit": "Prozent", "Bezugsjahr": 2024}.items()},
        ("Unterschrift Träger 1", "Zusatz"): "In Vertretung",
        ("Unterschrift Träger 1", "Name"): "Martin Gerenkamp",
        ("Unterschrift Träger 1", "Funktion"): "Erster Kreisrat",
    }  # fmt: skip


def send(office: Office) -> None:
    office.types("drucke", "2025", "--alle")
    office.decides("setze-stand", "2025", "--alle", "versandt")
    office.types("paket", "2025")


def take_what_came(office: Office, key: str) -> None:
    """A Word file with changes of all kinds, tracked and not; all that zv proposes is taken, and one step is worded otherwise."""
    where, came = f"2025/{key}", office.folder / f"Rücklauf {key}.docx"
    record = office.record(2025, key)
    money = value_at(record, "haushalt.verwaltungskosten")
    goal, other = record.ziele.individuell[4], record.ziele.individuell[6]
    assert isinstance(goal.schritte, tuple) and isinstance(other.titel, str)
    step = goal.schritte[0]
    changes = (
        Change(write_number(money), write_number(money + 500), tracked=True),
        Change(step, f"{step} in allen Gemeinden"),
        Change("Martin Gerenkamp", "Marion Burgdorf"),
        Change("zweimal", "viermal", tracked=True),
    )
    returned(office.folder / f"out/2025/{key}.docx", came, changes, (other.titel, "Das machen wir schon lange."))
    plan = json.loads(office.types("uebernimm", where, came, "--format", "json").out)
    assert [each["vorschlag"] for each in plan["aenderungen"]].count("nehmen") == 3
    office.decides("uebernimm", where, came, "--alle", "--kuerzel", "Mu", points=len(plan["aenderungen"]))
    office.decides("antworte", where, came, "--kommentar", "1", "Danke, so bleibt es.")
    after = office.record(2025, key)
    assert value_at(after, "haushalt.verwaltungskosten") == money + 500
    assert value_at(after, "unterschriften.traeger.1.name") == "Marion Burgdorf"
    assert after.abweichungen == ()


def finish(office: Office) -> None:
    office.types("pruefe", "2025")
    office.types("drucke", "2025", "--alle", "--endgueltig")
    office.decides("setze-stand", "2025", "--alle", "versandt")


def sign(office: Office) -> None:
    """The final prints come back signed: some on paper, scanned, the others with the day entered in the file."""
    folder = office.folder / "Unterzeichnet"
    folder.mkdir()
    library = open_library(office.folder)
    for key in KEYS:
        if key in ON_PAPER:
            final = office.folder / f"out/2025/{key}.pdf"
            (folder / f"{key}.pdf").write_bytes(scanned(final.read_bytes(), Scan(), 7).pdf)
        else:
            (folder / f"{key}.pdf").write_bytes(render_pdf(library.document(signed(office.record(2025, key)))))
    office.types("einlesen", folder, "--unterschriften-uebernehmen")
    for key in KEYS:
        if key not in ON_PAPER:
            office.decides("uebernimm", f"2025/{key}", folder / f"{key}.pdf", "--alle")
            assert office.record(2025, key).unterschriften.traeger[1].datum == SIGNED
    office.decides("setze-stand", "2025", "--alle", "unterzeichnet", "--am", "3.2.2025")
    assert {office.record(2025, key).akte.stand for key in KEYS} == {"unterzeichnet"}
    assert not [feld for key in KEYS for feld, value in angaben(office.record(2025, key)).items()
                if value is OFFEN and not feld.endswith(".datum")]  # fmt: skip


def signed(record: Vereinbarung) -> Vereinbarung:
    signature = record.unterschriften.traeger[1].model_copy(update={"datum": SIGNED, "zustand": "elektronisch"})
    return record.model_copy(update={"unterschriften": record.unterschriften.model_copy(update={"traeger": {1: signature}})})
