"""The overview: every Träger with its Stand, every number in the tidy table and back, in every format the same."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args

import pytest
from command import ROOT, zv
from emsland import REGISTER, emsland
from hypothesis import given
from openpyxl import load_workbook
from records_of_years import records, write
from strategies import any_records

from agreements.language.numbers import read_number
from agreements.language.said import say_target
from agreements.library.library import Library, open_library
from agreements.library.provenance import is_number
from agreements.model.fields import angaben
from agreements.model.record import Akte, Einheit, Fundstelle, Haushalt, Quelle, Richtung, Schranke, Vereinbarung, Ziele, Zielwert
from agreements.model.values import OFFEN
from agreements.overview.codebook import COLUMNS, codebook
from agreements.overview.overview import EINHEITEN, STAND, Entry, Overview, Row, Stand, survey
from render.overview_table import render_overview_csv, render_overview_json, render_overview_xlsx, years

JAHRE = (2022, 2023, 2024)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder = tmp_path_factory.mktemp("jahre")
    write(folder, records(JAHRE, missing=2))
    return open_library(folder)


@pytest.fixture(scope="module")
def overview(library: Library) -> Overview:
    return survey(library, JAHRE)


def of(record: Vereinbarung) -> Overview:
    """The overview of one record."""
    return Overview((record.jahr,), (Entry(record.jahr, REGISTER.find(record.traeger, record.jahr), Path("a.yaml"), record),), REGISTER)


# ---------------------------------------------------------------- the tidy table


def back(rows: Sequence[Row]) -> dict[str, Any]:
    """What the rows of one agreement say, by the names of its record."""
    found: dict[str, Any] = {}
    for row in rows:
        if row.gruppe is None:
            found[f"haushalt.{row.groesse}"] = OFFEN if row.wert is None else row.wert
            continue
        feld = f"ziele.{row.groesse}.{row.gruppe}"
        target = {key: getattr(row, key) for key in ("richtung", "schranke", "wert", "einheit", "bezug", "entspricht")}
        found[feld] = OFFEN if row.richtung is None else Zielwert.model_validate(target)
        if row.entspricht:
            found[f"{feld}.entspricht"] = row.entspricht
    return found


@pytest.mark.law
@given(any_records())
def test_every_number_of_a_record_is_in_the_table_and_back(record: Vereinbarung) -> None:
    found, expected = back(of(record).rows), {feld: value for feld, value in angaben(record).items() if is_number(feld)}
    assert found == expected
    assert {feld: repr(value) for feld, value in found.items()} == {feld: repr(value) for feld, value in expected.items()}  # digits, too


def test_each_row_names_its_kreis_as_it_was_in_its_year(tmp_path: Path) -> None:
    write(tmp_path, [emsland().model_copy(update={"jahr": jahr, "traeger": "lk-goettingen"}) for jahr in (2016, 2017)])
    found = survey(open_library(tmp_path), [2016, 2017])
    assert {(row.jahr, row.ags, row.nuts3) for row in found.rows} == {(2016, "03152", "DE915"), (2017, "03159", "DE91C")}


def test_where_a_number_was_read_stands_beside_it_and_nothing_is_invented() -> None:
    quelle = Quelle(datei="Emsland.pdf", sha256="a" * 64)
    stelle = Fundstelle(seite=3, sicherheit=Decimal("0.97"), gelesen="13.155.724")
    record = emsland().model_copy(update={"akte": Akte(quelle=quelle, fundstellen={"haushalt.verwaltungskosten": stelle})})
    rows = {row.groesse: row for row in of(record).rows}
    assert rows["verwaltungskosten"][-4:] == ("Emsland.pdf", "a" * 64, 3, Decimal("0.97"))
    assert rows["eingliederungsleistungen"][-4:] == ("Emsland.pdf", "a" * 64, None, None)
    assert of(emsland()).rows[0][-4:] == (None, None, None, None)


AMENDMENT = """
jahr: 2024
traeger: lk-emsland
wortlaut: ni/aenderung-2024
aenderung:
  nummer: 1
  neu:
    haushalt:
      verwaltungskosten: 13700000
akte:
  stand: entwurf
  quelle:
    datei: Nachtrag.pdf
    sha256: {}
  fundstellen:
    aenderung.neu.haushalt.verwaltungskosten:
      seite: 2
      sicherheit: 0.95
      gelesen: 13.700.000
"""


def test_a_number_that_an_amendment_changed_has_the_amendments_source(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    stellen = {f"haushalt.{name}": Fundstelle(seite=3) for name in ("verwaltungskosten", "eingliederungsleistungen")}
    akte = Akte(stand="unterzeichnet", quelle=Quelle(datei="Emsland.pdf", sha256="a" * 64), fundstellen=stellen)
    write(tmp_path, [emsland().model_copy(update={"akte": akte})])
    (tmp_path / "agreements/2024/lk-emsland-1.yaml").write_text(AMENDMENT.format("b" * 64), encoding="utf-8")
    found = survey(open_library(tmp_path), [2024])
    rows = {row.groesse: row for row in found.rows}
    assert (rows["verwaltungskosten"].wert, *rows["verwaltungskosten"][-4:]) == (13700000, "Nachtrag.pdf", "b" * 64, 2, Decimal("0.95"))
    assert rows["eingliederungsleistungen"][-4:] == ("Emsland.pdf", "a" * 64, 3, None)
    [entry] = [each for each in found.of(2024) if each.record]
    assert entry.note == "mit Änderung 1 (Entwurf)"
    assert "unterzeichnet (1 Änderung)" in zv(capsys, "overview", "2024", "--ordner", tmp_path).out


def test_an_open_number_has_a_row_without_a_value_and_an_absent_one_has_none() -> None:
    ziele = Ziele(integrationsquote=emsland().ziele.integrationsquote.model_copy(update={"gesamt": OFFEN, "frauen": None, "maenner": None}))
    record = emsland().model_copy(update={"haushalt": Haushalt(verwaltungskosten=OFFEN), "ziele": ziele})
    assert [(row.groesse, row.gruppe, row.richtung, row.wert, row.einheit) for row in of(record).rows] == [
        ("verwaltungskosten", None, None, None, "euro"), ("integrationsquote", "gesamt", None, None, None),
    ]  # fmt: skip


# ---------------------------------------------------------------- every Träger


def test_every_traeger_of_every_year_stands_there_once(overview: Overview) -> None:
    listed = [(entry.jahr, entry.traeger.schluessel) for entry in overview.entries]
    assert listed == [(jahr, traeger.schluessel) for jahr in JAHRE for traeger in REGISTER.zkt(jahr)]
    assert {entry.stand for entry in overview.entries} == {"unterzeichnet", "versandt", "entwurf", "unbekannt", "offen"}
    assert [entry.traeger.schluessel for entry in overview.of(2024) if entry.stand == "offen"] == ["lk-verden", "lk-wittmund"]


def test_a_kreis_that_was_renamed_within_the_year_stands_there_once(tmp_path: Path) -> None:
    write(tmp_path, [emsland().model_copy(update={"jahr": 2011, "traeger": "lk-heidekreis"})])
    found = survey(open_library(tmp_path), [2011])
    assert [entry.traeger.schluessel for entry in found.entries if entry.traeger.ags == "03358"] == ["lk-heidekreis"]
    assert len(found.entries) == len(REGISTER.zkt(2011))


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A folder with a good record, one that cannot be read, and one of nobody."""
    write(tmp_path, [emsland()])
    year = tmp_path / "agreements/2024"
    (year / "lk-leer.yaml").write_text("jahr: 2024\ntraeger: lk-leer\nwortlaut: ni/2024\nhaushalt: viel\n", encoding="utf-8")
    (year / "lk-celle.yaml").write_text("jahr: 2024\n", encoding="utf-8")
    return tmp_path


def test_what_cannot_be_read_is_told_with_its_file_and_stops_nothing(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ended = zv(capsys, "overview", "2024", "--ordner", broken)
    assert ended.code == 1
    assert "lk-leer.yaml:4" in ended.out
    assert "lk-celle.yaml: Der Landkreis Celle betreibt das Jobcenter nicht allein" in ended.out
    assert "steigt um 3,9\u00a0%" in ended.out
    assert "2024: 1 nicht lesbar, 1 nicht angegeben, 14 offen." in ended.out


# ---------------------------------------------------------------- formats


def said(row: Row) -> dict[str, str]:
    """A row as texts: decimals with a point, nothing for None."""
    known = row._asdict()
    if row.entspricht:
        known["entspricht"] = f"{row.entspricht.schranke or ''} {row.entspricht.wert} {row.entspricht.einheit}".strip()
    return {name: "" if value is None else str(value) for name, value in known.items()}


def from_csv(data: bytes) -> list[dict[str, str]]:
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))
    return [row | {name: row[name].replace(",", ".") for name in ("wert", "entspricht", "sicherheit")} for row in rows]


def from_xlsx(data: bytes, sheet: str) -> list[dict[str, str]]:
    """The rows of a sheet; a number with as many digits as its cell shows."""
    heading, *rows = load_workbook(io.BytesIO(data))[sheet].iter_rows()
    names = [str(cell.value) for cell in heading]
    return [{name: shown(cell.value, cell.number_format, name) for name, cell in zip(names, row, strict=True)} for row in rows]


def shown(value: Any, number_format: str, name: str) -> str:
    if isinstance(value, int | float):
        return f"{value:.{len(number_format.partition('.')[2])}f}"
    return "" if value is None else str(value).replace(",", ".") if name == "entspricht" else str(value)


def from_json(text: str) -> list[dict[str, str]]:
    return [{name: flat(value) for name, value in row.items()} for row in json.loads(text)["angaben"]]


def flat(value: Any) -> str:
    if isinstance(value, dict):
        return f"{value['schranke'] or ''} {value['wert']} {value['einheit']}".strip()
    return "" if value is None else str(value)


def with_equivalent() -> Vereinbarung:
    """The agreement with a level beside its target, and cents."""
    level = Zielwert(richtung="betraegt", schranke="mindestens", wert=Decimal("31.10"), einheit="prozent_niveau")
    quote = emsland().ziele.integrationsquote
    total = quote.gesamt.model_copy(update={"entspricht": level}) if isinstance(quote.gesamt, Zielwert) else None
    ziele = emsland().ziele.model_copy(update={"integrationsquote": quote.model_copy(update={"gesamt": total})})
    stelle = Fundstelle(seite=3, sicherheit=Decimal("0.90"), gelesen="5.118.940,50")
    akte = Akte(quelle=Quelle(datei="=1+1", sha256="b" * 64), fundstellen={"haushalt.verwaltungskosten": stelle})
    haushalt = Haushalt(verwaltungskosten=Decimal("5118940.50"), gesamtbudget_mio=Decimal("21.90"))
    return emsland().model_copy(update={"ziele": ziele, "haushalt": haushalt, "akte": akte})


def several(overview: Overview) -> Iterator[Overview]:
    yield overview
    yield of(with_equivalent())


def test_csv_excel_and_json_say_the_same_as_the_records(overview: Overview) -> None:
    for each in several(overview):
        expected = [said(row) for row in each.rows]
        assert expected
        assert from_json(render_overview_json(each)) == expected
        assert from_xlsx(render_overview_xlsx(each), "Angaben") == expected
        read = from_csv(render_overview_csv(each)[""])
        assert [row | {"quelle": row["quelle"].removeprefix("'")} for row in read] == expected


def test_no_number_of_a_spreadsheet_is_a_text_and_no_text_a_formula() -> None:
    heading, *rows = load_workbook(io.BytesIO(render_overview_xlsx(of(with_equivalent()))))["Angaben"].iter_rows()
    names = [cell.value for cell in heading]
    kinds = {name: {cell.data_type for cell in column if cell.value is not None} for name, *column in zip(names, *rows, strict=True)}
    assert kinds["wert"] == {"n"}
    assert kinds["ags"] == kinds["quelle"] == {"s"}
    assert {row[names.index("ags")].value for row in rows} == {"03454"}


def test_the_states_of_all_agreements_travel_with_the_numbers(overview: Overview) -> None:
    expected = [(str(entry.jahr), entry.traeger.ags, entry.traeger.name, entry.stand) for entry in overview.entries]
    sheets = from_xlsx(render_overview_xlsx(overview), "Stand")
    table = list(csv.DictReader(io.StringIO(render_overview_csv(overview)["stand"].decode("utf-8-sig")), delimiter=";"))
    data = [{key: str(value) for key, value in row.items()} for row in json.loads(render_overview_json(overview))["stand"]]
    for rows in (sheets, table, data):
        assert [(row["jahr"], row["ags"], row["name"], row["stand"]) for row in rows] == expected


def test_the_codebook_explains_every_column_and_every_code() -> None:
    assert tuple(COLUMNS) == Row._fields
    explained = {(entry.spalte, entry.wert) for entry in codebook()}
    codes = {
        "richtung": get_args(Richtung), "schranke": get_args(Schranke), "einheit": (*get_args(Einheit), *EINHEITEN.values()),
        "groesse": (*Haushalt.model_fields, *(name for name in Ziele.model_fields if name != "individuell")),
        "gruppe": {name for part in Ziele.model_fields if part != "individuell" for name in type(getattr(Ziele(), part)).model_fields},
        "stand": get_args(Stand),
    }  # fmt: skip
    assert not {(spalte, code) for spalte, several in codes.items() for code in several} - explained
    assert {spalte for spalte, wert in explained if wert} == set(codes)
    assert set(STAND) == set(get_args(Stand))


def test_the_codebook_stands_beside_the_numbers_in_every_format(overview: Overview) -> None:
    lines = [(entry.spalte, entry.wert, entry.bedeutung) for entry in codebook()]
    files = render_overview_csv(overview)
    assert [tuple(row.values()) for row in csv.DictReader(io.StringIO(files["codebuch"].decode("utf-8-sig")), delimiter=";")] == lines
    assert [tuple(row.values()) for row in from_xlsx(render_overview_xlsx(overview), "Codebuch")] == lines
    assert [tuple(row.values()) for row in json.loads(render_overview_json(overview))["codebuch"]] == lines
    assert files["codebuch.md"].decode().count("\n|") == len(lines) + 2


MAKE = """
import sys
from pathlib import Path
from hashlib import sha256
sys.path.insert(0, sys.argv[2])
from zv.main import run
folder = Path(sys.argv[1])
assert run(["--ordner", str(folder), "overview", "--format", "xlsx", "--format", "csv", "--nach", str(folder / sys.argv[3])]) == 0
"""


def test_two_runs_elsewhere_make_the_same_bytes(library: Library) -> None:
    folder, sums = library.store.ordner, []
    for number, (zone, locale, seed) in enumerate((("Asia/Tokyo", "C", "1"), ("America/New_York", "de_DE.UTF-8", "2"))):
        environment = {**os.environ, "TZ": zone, "LC_ALL": locale, "PYTHONHASHSEED": seed}
        subprocess.run([sys.executable, "-c", MAKE, folder, ROOT, str(number)], env=environment, check=True, capture_output=True)
        files = sorted((folder / str(number)).iterdir())
        sums.append({path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files})
    assert sums[0] == sums[1]
    assert set(sums[0]) >= {"2022-2024.xlsx", "2022-2024.csv", "2022-2024.codebuch.csv", "2022-2024.codebuch.md", "2022-2024.stand.csv"}


# ---------------------------------------------------------------- the command


def test_the_terminal_shows_every_year_within_a_hundred_columns(
    library: Library, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    ended = zv(capsys, "overview", "--ordner", library.store.ordner)
    assert ended.code == 0
    assert all(len(line) <= 100 for line in ended.out.splitlines())
    for jahr in JAHRE:
        assert f"Zielvereinbarungen {jahr}" in ended.out
        assert f"{jahr}: 3 nicht angegeben, 4 unterzeichnet, 4 versandt, 3 Entwurf, 2 offen." in ended.out


def test_a_year_without_records_is_all_open(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "2030: 16 offen." in zv(capsys, "overview", "2030", "--ordner", tmp_path).out


def test_json_is_all_that_is_printed_where_it_is_asked_for(library: Library, capsys: pytest.CaptureFixture[str]) -> None:
    ended = zv(capsys, "overview", "2023-2024", "--ordner", library.store.ordner, "--format", "json")
    assert json.loads(ended.out)["jahre"] == [2023, 2024]


@pytest.mark.parametrize(("word", "said"), [("24", "kein Jahr"), ("2024-", "kein Jahr"), ("2024-lk", "kein Jahr"), ("2001", "ab 2005")])
def test_what_is_no_year_is_said_to_be_none(word: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ended = zv(capsys, "overview", word, "--ordner", tmp_path)
    assert ended.code == 2
    assert said in ended.err


def test_years_are_named_in_short() -> None:
    assert [years(each) for each in ((2024,), (2022, 2023, 2024), (2020, 2022))] == ["2024", "2022–2024", "2020, 2022"]
    assert [years(each, "-") for each in ((2022, 2023), (2020, 2022))] == ["2022-2023", "2020_2022"]


def target(**parts: Any) -> Zielwert:
    return Zielwert.model_validate(parts)


@pytest.mark.parametrize(("value", "text"), [
    (target(richtung="steigt", wert=Decimal("3.9"), bezug=2023), "steigt um 3,9 %"),
    (target(richtung="steigt", schranke="hoechstens", wert=Decimal("14.0"), bezug=2019), "steigt um höchstens 14,0 % gegenüber 2019"),
    (target(richtung="sinkt", schranke="mindestens", wert=Decimal(1200), einheit="personen"), "sinkt um mindestens 1.200 Personen"),
    (target(richtung="gleich", bezug=2023), "bleibt gleich"),
    (target(richtung="betraegt", schranke="rund", wert=Decimal("31.1"), einheit="prozent_niveau"), "beträgt rund 31,1 %"),
])  # fmt: skip
def test_a_target_is_said_in_short(value: Zielwert, text: str) -> None:
    assert say_target(value, 2024) == text


def test_short_targets_read_back_as_what_they_are() -> None:
    assert read_number(say_target(target(richtung="steigt", wert=Decimal("14.0")), 2024).split()[2]) == Decimal("14.0")
