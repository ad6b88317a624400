"""Another Land is a folder of wordings and entries in the registers: everything works for it, and no Python is touched."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from command import Ended

ROOT = Path(__file__).parent.parent
MUSTERLAND = Path(__file__).parent / "proben" / "musterland"
PACKAGES = ("agreements", "extract", "render", "zv", "templates")


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program with an invented Land: two lines more in one register, one in the other, and a folder; no record, as installed."""
    folder = tmp_path_factory.mktemp("programm")
    for package in PACKAGES:
        shutil.copytree(ROOT / package, folder / package, ignore=shutil.ignore_patterns("__pycache__", "lk-emsland.yaml"))
    shutil.copytree(MUSTERLAND / "templates", folder / "templates", dirs_exist_ok=True)
    for name, lines in (("register.csv", (MUSTERLAND / "register.csv").read_text()), ("laender.csv", "mu;99;Musterland;Musterländisch;\n")):
        with (folder / "agreements" / "register" / name).open("a", encoding="utf-8") as file:
            file.write(lines)
    return folder


Zv = Callable[..., Ended]


@pytest.fixture(scope="module")
def work(program: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the other Land's ministry."""
    return Path(shutil.copytree(MUSTERLAND / "agreements", tmp_path_factory.mktemp("ministerium") / "agreements")).parent


@pytest.fixture(scope="module")
def zv(program: Path, work: Path) -> Zv:
    def call(*words: str | Path) -> Ended:
        command = [sys.executable, "-m", "zv", "--ordner", str(work), *map(str, words)]
        environment = {**os.environ, "PYTHONPATH": str(program), "PYTHONDONTWRITEBYTECODE": "1"}
        done = subprocess.run(command, cwd=program, capture_output=True, text=True, check=False, env=environment)
        return Ended(done.returncode, done.stdout, done.stderr)

    return call


def test_its_traeger_are_named_and_no_others(zv: Zv) -> None:
    ended = zv("traeger", "2024")
    assert ended.code == 0, ended.err
    assert "lk-waldeck-muster" in ended.out
    assert "sk-neuburg" in ended.out
    assert "emsland" not in ended.out


def test_its_agreement_is_printed_and_read_back_with_its_own_wording_and_ministry(zv: Zv, work: Path) -> None:
    ended = zv("render", "2024", "sk-neuburg")
    assert ended.code == 0, ended.err
    for name in ("sk-neuburg.pdf", "sk-neuburg.docx"):
        read = json.loads(zv("extract", work / "out/2024" / name, "--format", "json").out)
        said = {angabe["feld"]: angabe["wert"] for angabe in read["angaben"]}
        assert read["wortlaut"] == "mu/2024"
        assert said["traeger"] == "sk-neuburg"
        assert said["ministerien.1.name"] == "Ministerium für Arbeit und Teilhabe"
        assert said["haushalt.verwaltungskosten"] == 1500000
        assert said["ziele.integrationsquote.gesamt"]["wert"] == "2.5"
        assert said["unterschriften.land.1.stelle"] == "Musterländisches Ministerium für Arbeit und Teilhabe"
        assert [angabe["feld"] for angabe in read["angaben"] if angabe["pruefen"]] == []
        assert [befund for befund in read["befunde"] if befund["schwere"] != "hinweis"] == []


def test_its_records_are_checked_without_a_word_of_the_other_land(zv: Zv) -> None:
    ended = zv("check", "2024", "--format", "json")
    assert ended.code == 0, ended.out + ended.err
    own = [each for each in json.loads(ended.out)["datensaetze"] if "neuburg" in each["datei"]]
    assert len(own) == 1
    assert "Niedersächsisch" not in json.dumps(own, ensure_ascii=False)


def test_drafts_of_the_next_year_are_its_own_and_stand_beside_the_old(zv: Zv, work: Path) -> None:
    ended = zv("draft", "2025", "--alle")
    assert ended.code == 0, ended.out + ended.err
    made = sorted(path.stem for path in (work / "agreements/2025").iterdir())
    assert made == ["lk-waldeck-muster", "rahmen", "sk-neuburg"]
    assert "land: mu" in (work / "agreements/2025/rahmen.yaml").read_text()
    assert "Quelle: Wortlaut mu/2024" in (work / "templates/mu/2025.j2").read_text()
    assert not (work / "templates/ni").exists()
    assert "wortlaut: mu/2025" in (work / "agreements/2025/sk-neuburg.yaml").read_text()
    compared = zv("compare", "2024/sk-neuburg", "2025/sk-neuburg")
    assert (compared.code, compared.err) == (0, "")
    assert "1.500.000" in compared.out


def test_without_its_wording_an_agreement_is_read_by_its_headings_and_ministry(zv: Zv, work: Path, program: Path) -> None:
    assert zv("render", "2024", "sk-neuburg", "--format", "docx", "--nach", work / "alt").code == 0
    wording = program / "templates/mu/2024.j2"
    hidden = wording.rename(wording.with_suffix(".weg"))
    try:
        read = json.loads(zv("extract", work / "alt/2024/sk-neuburg.docx", "--format", "json").out)
    finally:
        hidden.rename(wording)
    said = {angabe["feld"]: angabe["wert"] for angabe in read["angaben"]}
    assert read["wortlaut"] is None
    assert said["ministerien.1.name"] == "Ministerium für Arbeit und Teilhabe"
    assert said["unterschriften.land.1.name"] == "Erika Mustermann"
    assert said["unterschriften.traeger.1.stelle"] == "Stadt Neuburg"


def test_its_planning_table_is_filled_in_and_comes_back(zv: Zv, work: Path) -> None:
    table = work / "Planung.csv"
    assert zv("fill", "--vorlage", "--jahr", "2024", "--nach", table).code == 0
    heading, *rows = table.read_text(encoding="utf-8-sig").splitlines()
    assert [row.split(";")[:2] for row in rows] == [["Landkreis Waldeck-Muster", "99101"], ["Stadt Neuburg", "99001"]]
    column = heading.split(";").index("Verwaltungskosten (Euro)")
    cells = rows[1].split(";")
    assert cells[column] == "1500000"
    cells[column] = "1450000"
    table.write_text("\n".join([heading, ";".join(cells)]) + "\n", encoding="utf-8")
    record = work / "agreements/2024/sk-neuburg.yaml"
    before = record.read_text()
    ended = zv("fill", table, "--schreiben")
    assert (ended.code, ended.err) == (0, ""), ended.out
    assert record.read_text() == before.replace("1500000", "1450000")
    record.write_text(before)


def test_its_overview_tells_of_its_own_agreements_alone(zv: Zv, work: Path) -> None:
    said = json.loads(zv("overview", "2024", "--format", "json").out)
    assert {(row["traeger"], row["ags"], row["nuts3"]) for row in said["angaben"]} == {("sk-neuburg", "99001", "DEZ02")}
    assert zv("overview", "2024", "--format", "html", "--nach", work / "sicht").code == 0
    (page,) = (work / "sicht").rglob("*.html")
    text = page.read_text()
    assert "Waldeck-Muster" in text and "Neuburg" in text
    assert "Emsland" not in text and "Niedersachsen" not in text


def test_its_amendments_follow_its_own_text_and_are_read_back(zv: Zv, work: Path) -> None:
    amendment = work / "agreements/2024/sk-neuburg-1.yaml"
    shutil.copy(MUSTERLAND / "sk-neuburg-1.yaml", amendment)
    try:
        assert (ended := zv("render", "2024", "sk-neuburg-1")).code == 0, ended.err
        for name in ("sk-neuburg-1.pdf", "sk-neuburg-1.docx"):
            read = json.loads(zv("extract", work / "out/2024" / name, "--format", "json").out)
            said = {angabe["feld"]: angabe["wert"] for angabe in read["angaben"]}
            assert read["wortlaut"] == "mu/aenderung-2024"
            assert said["aenderung.neu.haushalt.verwaltungskosten"] == 1400000
            assert said["aenderung.texte.1.stelle"] == "D.1"
            assert [befund for befund in read["befunde"] if befund["schwere"] != "hinweis"] == []
        stand = zv("stand", "2024/sk-neuburg")
        assert stand.code == 0 and "1.400.000" in stand.out
        compared = zv("compare", "2024/sk-neuburg", "2024/sk-neuburg-1")
        assert compared.code == 0 and "dreimal" in compared.out
    finally:
        amendment.unlink()


def test_two_laender_share_a_year_and_each_has_its_own_ministry(zv: Zv, work: Path) -> None:
    shutil.copy(ROOT / "agreements/2024/lk-emsland.yaml", work / "agreements/2024/lk-emsland.yaml")
    ended = zv("render", "2024", "lk-emsland", "sk-neuburg", "--format", "text", "--nach", work / "beide")
    assert ended.code == 0, ended.err
    emsland, neuburg = ((work / "beide/2024" / f"{key}.txt").read_text() for key in ("lk-emsland", "sk-neuburg"))
    assert "Niedersächsische Ministerium für Soziales" in " ".join(emsland.split())
    assert "Teilhabe (MAT)" in " ".join(neuburg.split())
    assert "MAT" not in emsland
    assert "lk-emsland" in zv("traeger", "2024").out
