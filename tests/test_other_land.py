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
        environment = {**os.environ, "PYTHONPATH": str(program), "PYTHONDONTWRITEBYTECODE": ""}  # compiled once, not for each call
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


# ---------------------------------------------------------------- a Land that only a folder knows

KREISE = """\
lk-main-kinzig-kreis;06435;DE719;Main-Kinzig-Kreis;der Main-Kinzig-Kreis;des Main-Kinzig-Kreises;dem Main-Kinzig-Kreis;\
den Main-Kinzig-Kreis;Landkreis;des Landkreises;Gelnhausen;Gelnhausen;zkT;2005;;;
sk-wiesbaden;06414;DE714;Stadt Wiesbaden;die Stadt Wiesbaden;der Stadt Wiesbaden;der Stadt Wiesbaden;die Stadt Wiesbaden;\
Stadt;der Stadt;Wiesbaden;Wiesbaden;zkT;2005;;;
"""


@pytest.fixture(scope="module")
def hessen(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a Land and two Kreise of its own, and a wording and record made of those of Niedersachsen."""
    folder = tmp_path_factory.mktemp("hessen")
    made = alone(folder, "land", "anlegen", "he", "--name", "Hessen", "--ags", "06", "--eigenschaft", "Hessisch", "--kurz", "Hess.")
    assert made.code == 0, made.err
    with (folder / "agreements/register/register.csv").open("a", encoding="utf-8") as file:
        file.write(KREISE)
    (folder / "templates/he").mkdir(parents=True)
    text = (
        (ROOT / "templates/ni/2024.j2")
        .read_text(encoding="utf-8")
        .replace("Niedersächsisch", "Hessisch")
        .replace("Niedersachsen", "Hessen")
    )
    (folder / "templates/he/2024.j2").write_text(text, encoding="utf-8")
    return folder


def alone(folder: Path, *words: str | Path) -> Ended:
    """A call in a process of its own, as the program lies here."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "zv", *map(str, words)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, env=environment)
    return Ended(done.returncode, done.stdout, done.stderr)


def test_a_folder_with_registers_of_its_own_works_for_their_land(hessen: Path) -> None:
    ended = alone(hessen, "traeger", "2024")
    assert ended.code == 0 and "2 zugelassene kommunale Träger im Jahr 2024" in ended.out
    assert "lk-main-kinzig-kreis" in ended.out and "emsland" not in ended.out
    drafted = alone(hessen, "entwirf", "2025", "--alle")
    assert drafted.code == 0, drafted.out + drafted.err
    assert sorted(path.stem for path in (hessen / "agreements/2025").iterdir()) == ["lk-main-kinzig-kreis", "rahmen", "sk-wiesbaden"]


def test_a_kreis_whose_name_is_one_word_is_printed_checked_and_read(hessen: Path) -> None:
    record = (ROOT / "agreements/2024/lk-emsland.yaml").read_text(encoding="utf-8")
    for old, new in (("lk-emsland", "lk-main-kinzig-kreis"), ("ni/2024", "he/2024"), ("Landkreis Emsland", "Main-Kinzig-Kreis")):
        record = record.replace(old, new)
    rahmen = (ROOT / "agreements/2024/rahmen.yaml").read_text(encoding="utf-8").replace("land: ni", "land: he")
    (hessen / "agreements/2024").mkdir(parents=True, exist_ok=True)
    (hessen / "agreements/2024/lk-main-kinzig-kreis.yaml").write_text(record, encoding="utf-8")
    (hessen / "agreements/2024/rahmen.yaml").write_text(rahmen.replace("Niedersächsisches", "Hessisches"), encoding="utf-8")
    checked = alone(hessen, "pruefe", "2024", "--format", "json")
    assert checked.err in ("", "1 von 1 Datensätzen zu berichtigen.\n"), checked.err
    assert json.loads(checked.out)["datensaetze"][0]["name"] == "Main-Kinzig-Kreis"
    assert alone(hessen, "drucke", "2024", "main-kinzig-kreis", "--format", "docx").code == 0
    read = json.loads(alone(hessen, "lies", "out/2024/lk-main-kinzig-kreis.docx", "--format", "json").out)
    assert {each["feld"]: each["wert"] for each in read["angaben"]}["traeger"] == "lk-main-kinzig-kreis"
    assert read["wortlaut"] == "he/2024"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("Hessen", "--name", "Hessen", "--ags", "06"), "„Hessen“ ist kein Kürzel eines Landes."),
        (("he", "--name", "Hessen", "--ags", "6"), "„6“ sind nicht die ersten Ziffern"),
        (("ni", "--name", "Niedersachsen", "--ags", "03"), "gibt es schon: ni, 03, Niedersachsen."),
        (("he", "--name", "Hes;sen", "--ags", "06"), "enthält ein Zeichen"),
    ],
)
def test_a_land_that_cannot_be_is_refused_and_nothing_made(words: tuple[str, ...], said: str, tmp_path: Path) -> None:
    ended = alone(tmp_path, "land", "anlegen", *words)
    assert ended.code == 2 and said in ended.err and not list(tmp_path.iterdir())


def test_a_damaged_register_of_a_folder_is_told_with_its_line(tmp_path: Path) -> None:
    assert alone(tmp_path, "land", "anlegen", "he", "--name", "Hessen", "--ags", "06").code == 0
    with (tmp_path / "agreements/register/register.csv").open("a", encoding="utf-8") as file:
        file.write("lk-kurz;06435\n")
    ended = alone(tmp_path, "traeger", "2024")
    assert ended.code != 0 and "register.csv:2: Im Register fehlt die Spalte" in ended.err
