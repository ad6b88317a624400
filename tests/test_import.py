"""`zv einlesen`: many files at once become records and review sheets; nothing that is there is written over, no file stops the others."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest
from command import state, zv
from docx.oxml.ns import qn
from pages_of_files import file_of
from round_trip import LIBRARY, emsland, printed

from agreements.comparing.intake import take
from agreements.library.library import open_library
from agreements.model.record import Vereinbarung, plain
from agreements.model.values import OFFEN
from agreements.store.store import Store
from extract.files.sandbox import Job, run_many
from zv.main import run
from zv.readings import FOLDER

ROOT = Path(__file__).parent.parent
PEINE = ROOT / "tests" / "proben" / "corpus" / "peine-2024.pdf"


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The agreement of the Landkreis Emsland as PDF and as Word."""
    folder = tmp_path_factory.mktemp("papiere")
    for form in ("pdf", "docx"):
        printed(LIBRARY.document(emsland()), form, folder)
    return folder


@pytest.fixture(scope="module")
def read(papers: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder whose files in `Ablage` were imported."""
    folder = tmp_path_factory.mktemp("amt")
    (folder / "Ablage").mkdir()
    shutil.copy(papers / "lk-emsland.pdf", folder / "Ablage" / "Emsland unterschrieben.pdf")
    shutil.copy(PEINE, folder / "Ablage" / "Peine.PDF")
    assert run(["import", str(folder / "Ablage"), "--ordner", str(folder)]) == 0
    return folder


@pytest.fixture
def folder(read: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same with nothing imported yet, though the readings are kept: what a person sees costs a second a file."""
    for name in (Path("Ablage"), FOLDER):
        shutil.copytree(read / name, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def imported(capsys: pytest.CaptureFixture[str], *words: str | Path) -> list[dict[str, Any]]:
    """What an import says of each file, for programs."""
    return [json.loads(line) for line in zv(capsys, "import", *words, "--format", "json").out.splitlines()]


def test_a_folder_becomes_records_and_review_sheets(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.rmtree(folder / FOLDER)
    ended = zv(capsys, "import", "Ablage")
    assert ended.code == 0
    assert ended.err == ""
    for traeger in ("lk-emsland", "lk-peine"):
        assert (folder / f"agreements/2024/{traeger}.yaml").is_file()
        assert (folder / f"out/pruefung/2024/{traeger}.html").is_file()
    assert "2 neu eingelesen." in ended.out
    record = Store(folder).load((2024, "lk-emsland")).record
    assert record.akte.quelle
    assert record.akte.quelle.datei == "Emsland unterschrieben.pdf"


def test_the_record_says_what_extract_says(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    zv(capsys, "import", "Ablage")
    extracted = zv(capsys, "extract", "Ablage/Peine.PDF").out
    assert (folder / "agreements/2024/lk-peine.yaml").read_text(encoding="utf-8") == extracted


def test_the_files_themselves_stay_as_they_are(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = state(folder / "Ablage")
    zv(capsys, "import", "Ablage")
    assert state(folder / "Ablage") == before


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The files that processes were asked to read."""
    found = list[Path]()

    def reading(jobs: Sequence[Job], *more: Any, **named: Any) -> Any:
        found.extend(job.datei for job in jobs)
        return run_many(jobs, *more, **named)

    monkeypatch.setattr("zv.readings.run_many", reading)
    return found


def test_a_second_import_changes_nothing_and_reads_nothing(folder: Path, asked: list[Path], capsys: pytest.CaptureFixture[str]) -> None:
    (folder / FOLDER).rename(folder / "beiseite")
    zv(capsys, "import", "Ablage")
    before, read = state(folder), asked.copy()
    said = imported(capsys, "Ablage")
    assert read and asked == read
    assert [each["ergebnis"] for each in said] == ["bekannt", "bekannt"]
    assert state(folder) == before


def test_a_lost_review_sheet_is_made_anew_and_the_record_is_left_alone(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    zv(capsys, "import", "Ablage")
    before = state(folder)
    (folder / "out/pruefung/2024/lk-peine.html").unlink()
    assert [each["ergebnis"] for each in imported(capsys, "Ablage")] == ["bekannt", "bekannt"]
    after = state(folder)
    assert {name: data for name, (data, _) in after.items()} == {name: data for name, (data, _) in before.items()}
    assert after["agreements/2024/lk-peine.yaml"] == before["agreements/2024/lk-peine.yaml"]


def test_a_copy_under_another_name_is_not_read_again(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copy(PEINE, folder / "Ablage" / "Zweitschrift.pdf")
    said = imported(capsys, "Ablage")
    assert [(Path(each["datei"]).name, each["ergebnis"]) for each in said][1:] == [("Peine.PDF", "neu"), ("Zweitschrift.pdf", "bekannt")]


def test_another_file_that_says_the_same_is_said_to(folder: Path, papers: Path, capsys: pytest.CaptureFixture[str]) -> None:
    zv(capsys, "import", "Ablage")
    before = (folder / "agreements/2024/lk-emsland.yaml").read_bytes()
    ended = zv(capsys, "import", papers / "lk-emsland.docx")
    assert ended.code == 0
    assert "gleich wie" in ended.out
    assert (folder / "agreements/2024/lk-emsland.yaml").read_bytes() == before


def changed() -> Vereinbarung:
    """The agreement with another sum."""
    record = emsland()
    return record.model_copy(update={"haushalt": record.haushalt.model_copy(update={"verwaltungskosten": 13155725})})


def test_another_file_that_says_otherwise_changes_nothing_and_is_compared(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    zv(capsys, "import", "Ablage")
    before = state(folder / "agreements")
    other = printed(LIBRARY.document(changed()), "docx", folder)
    ended = zv(capsys, "import", other)
    assert ended.code == 1
    assert "Verwaltungskosten (Euro): 13.155.724 → 13.155.725" in ended.out
    assert state(folder / "agreements") == before
    [said] = imported(capsys, other)
    assert said["ergebnis"] == "vorhanden"
    [difference] = said["unterschiede"]
    assert difference["feld"] == "haushalt.verwaltungskosten"
    assert (difference["alt"], difference["neu"]) == (["13.155.724"], ["13.155.725"])
    sheet = Path(said["pruefbogen"])
    assert sheet.name.startswith("lk-emsland-")
    assert "<i>13.155.724</i>" in sheet.read_text(encoding="utf-8")


def test_a_sheet_that_differs_only_in_how_its_signatures_look_says_the_same(folder: Path) -> None:
    library = open_library(folder)
    assert take(library, emsland()).art == "neu"
    signed = changed_signatures(emsland(), "handschriftlich")
    outcome = take(library, signed)
    assert (outcome.art, outcome.differences, outcome.signed) == ("vorhanden", (), True)
    both = take(library, changed().model_copy(update={"unterschriften": signed.unterschriften}))
    assert {each.feld for each in both.differences} > {"haushalt.verwaltungskosten"} and not both.signed


def test_a_sheet_on_which_a_day_was_written_is_signed_and_no_other_agreement(folder: Path) -> None:
    library = open_library(folder)
    dated = emsland()
    blank = with_day(dated, OFFEN)
    assert take(library, blank).art == "neu"
    outcome = take(library, dated)
    assert [each.feld for each in outcome.differences] == ["unterschriften.traeger.1.datum"] and outcome.signed
    (folder / "agreements/2024/lk-emsland.yaml").unlink()
    assert take(library, with_day(dated, date(2024, 2, 2))).art == "neu"
    assert not take(library, dated).signed, "another day"
    assert not take(library, blank).signed, "no day any more"


def with_day(record: Vereinbarung, day: Any) -> Vereinbarung:
    signature = record.unterschriften.traeger[1].model_copy(update={"datum": day})
    return record.model_copy(update={"unterschriften": record.unterschriften.model_copy(update={"traeger": {1: signature}})})


def changed_signatures(record: Vereinbarung, zustand: str) -> Vereinbarung:
    """The agreement with signatures that look otherwise."""
    data = plain(record)
    for side in data["unterschriften"].values():
        for signature in side.values():
            signature["zustand"] = zustand
    return Vereinbarung.model_validate(data)


def test_of_two_files_of_one_agreement_the_one_that_reads_better_makes_the_record(
    folder: Path, papers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    doubtful = docx.Document(str(papers / "lk-emsland.docx"))
    part = next(part for part in doubtful.element.body.iter(qn("w:t")) if (part.text or "") == "13.155.724")
    part.text = "rund dreizehn Millionen"
    (folder / "zwei").mkdir()
    doubtful.save(str(folder / "zwei/A.docx"))
    shutil.copy(papers / "lk-emsland.pdf", folder / "zwei/B.pdf")
    first, second = imported(capsys, "zwei")
    assert (first["ergebnis"], second["ergebnis"], second["statt"]) == ("neu", "neu", first["datei"])
    record = open_library(folder).store.load((2024, "lk-emsland")).record
    assert record.haushalt.verwaltungskosten == 13155724
    assert record.akte.quelle and record.akte.quelle.datei == "B.pdf"
    sheets = sorted(path.name for path in (folder / "out/pruefung/2024").glob("lk-emsland*.html"))
    assert "lk-emsland.html" in sheets and f"lk-emsland-{first['sha256'][:8]}.html" in sheets
    assert "B.pdf" in (folder / "out/pruefung/2024/lk-emsland.html").read_text(encoding="utf-8")


def test_a_record_that_was_there_before_stays_however_much_better_another_file_reads(
    folder: Path, papers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert zv(capsys, "import", papers / "lk-emsland.docx").code == 0
    before = (folder / "agreements/2024/lk-emsland.yaml").read_bytes()
    assert imported(capsys, papers / "lk-emsland.pdf")[0]["ergebnis"] == "vorhanden"
    assert (folder / "agreements/2024/lk-emsland.yaml").read_bytes() == before


def test_a_record_written_by_hand_is_never_touched(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "agreements/2024").mkdir(parents=True)
    shutil.copy(ROOT / "agreements/2024/lk-emsland.yaml", folder / "agreements/2024")
    before = state(folder / "agreements")
    assert imported(capsys, "Ablage/Emsland unterschrieben.pdf")[0]["ergebnis"] == "vorhanden"
    assert state(folder / "agreements") == before


def test_no_bad_file_stops_the_others(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = {"leer.pdf": b"", "halb.pdf": PEINE.read_bytes()[:9000], "bild.pdf": b"\x89PNG", "kein.docx": b"PK\3\4"}
    for name, data in bad.items():
        (folder / "Ablage" / name).write_bytes(data)
    ended = zv(capsys, "import", "Ablage", "fehlt.pdf")
    assert ended.code == 3
    assert (folder / "agreements/2024/lk-peine.yaml").is_file()
    assert "Traceback" not in ended.out + ended.err
    said = {Path(each["datei"]).name: each for each in imported(capsys, "Ablage", "fehlt.pdf")}
    assert {name for name, each in said.items() if each["ergebnis"] == "gescheitert"} == {*bad, "fehlt.pdf"}
    assert all(each["meldung"] for each in said.values() if each["ergebnis"] == "gescheitert")


def test_a_damaged_record_is_one_line_and_stays(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "agreements/2024").mkdir(parents=True)
    path = folder / "agreements/2024/lk-peine.yaml"
    path.write_text("jahr: 2024\n  traeger: x\n", encoding="utf-8")
    ended = zv(capsys, "import", "Ablage")
    assert ended.code == 1
    assert path.read_text(encoding="utf-8") == "jahr: 2024\n  traeger: x\n"
    assert (folder / "agreements/2024/lk-emsland.yaml").is_file()


def test_what_a_folder_holds_besides_is_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "Ablage" / "Liste.xlsx").write_bytes(b"PK")
    (folder / "Ablage" / "~$Peine.docx").write_bytes(b"")
    ended = zv(capsys, "import", "Ablage")
    assert ended.code == 0
    assert "Liste.xlsx" in ended.out
    assert "~$" not in ended.out


def test_what_zv_has_made_is_not_imported(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "out/2024").mkdir(parents=True)
    shutil.copy(PEINE, folder / "out/2024/lk-peine.pdf")
    assert {Path(each["datei"]).name for each in imported(capsys, ".")} == {"Emsland unterschrieben.pdf", "Peine.PDF"}


def test_a_folder_without_documents_is_said(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "nichts").mkdir()
    ended = zv(capsys, "import", "nichts")
    assert ended.code == 2
    assert "weder eine PDF- noch eine Word-Datei" in ended.err


def test_the_report_of_each_file_is_that_of_extract(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = imported(capsys, "Ablage")
    assert [(each["nummer"], each["von"]) for each in said] == [(1, 2), (2, 2)]
    assert said[1]["bericht"] == json.loads(zv(capsys, "extract", "Ablage/Peine.PDF", "--format", "json").out)


def process(folder: Path, *words: str) -> subprocess.Popen[str]:
    """An import in a process of its own."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen([sys.executable, "-m", "zv", "import", *words], cwd=folder, text=True, env=environment,
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)  # fmt: skip


@pytest.mark.skipif(sys.platform == "win32", reason="Windows kennt SIGINT nicht so")
def test_interrupted_and_started_again_it_goes_on_where_it_was(folder: Path, papers: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.rmtree(folder / FOLDER)
    for number in range(40):  # enough that the interruption, sent with the first line, meets it at work
        (folder / "Ablage" / f"Zweitschrift {number}.pdf").write_bytes((papers / "lk-emsland.pdf").read_bytes() + b"\n%%EOF" * (number + 1))
    running = process(folder, "Ablage", "--format", "json")
    assert running.stdout
    first = json.loads(running.stdout.readline())
    os.killpg(running.pid, signal.SIGINT)
    _, err = running.communicate(timeout=240)
    assert running.returncode == 130
    assert "Abgebrochen." in err
    assert not list(folder.rglob("*.tmp"))
    done = state(folder / "agreements")
    for number in range(2, 40):
        (folder / "Ablage" / f"Zweitschrift {number}.pdf").unlink()  # to go on with two is as good
    again = imported(capsys, "Ablage")
    assert first["ergebnis"] == "neu"
    assert again[0]["ergebnis"] == "bekannt"
    assert {name: each for name, each in state(folder / "agreements").items() if name in done} == done


def test_without_signatures_no_picture_shows_one(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    alt = "Ausschnitt von Seite 7: „Meppen“"
    zv(capsys, "import", "Ablage/Emsland unterschrieben.pdf")
    sheet = folder / "out/pruefung/2024/lk-emsland.html"
    assert alt in sheet.read_text(encoding="utf-8")
    sheet.unlink()
    zv(capsys, "import", "Ablage/Emsland unterschrieben.pdf", "--ohne-unterschriften")
    page = sheet.read_text(encoding="utf-8")
    assert alt not in page
    assert "Ausschnitt von Seite 3" in page
    assert "Martin Gerenkamp" in page


def test_the_table_names_every_record_and_sheet_whole(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = zv(capsys, "import", "Ablage").out.split()
    for end, where in ((".yaml", "agreements/2024"), (".html", "out/pruefung/2024")):
        assert sorted(Path(word).name for word in words if word.endswith(end)) == sorted(path.name for path in (folder / where).iterdir())


# ---------------------------------------------------------------- files and agreements


def test_two_agreements_in_one_file_become_two_records(folder: Path, papers: Path, capsys: pytest.CaptureFixture[str]) -> None:
    both = file_of(folder / "beide.pdf", (papers / "lk-emsland.pdf", ()), (PEINE, ()))
    ended = zv(capsys, "import", both)
    assert ended.code == 0
    assert "beide.pdf (2. von 2)" in " ".join(ended.out.split())
    assert "2 neu eingelesen." in ended.out
    for traeger, seiten in (("lk-emsland", "1–7 von 13"), ("lk-peine", "8–13 von 13")):
        record = Store(folder).load((2024, traeger)).record
        assert record.akte.quelle and record.akte.quelle.seiten == seiten
        assert (folder / f"out/pruefung/2024/{traeger}.html").is_file()
    assert f"beide.pdf, Seiten {seiten}" in (folder / "agreements/2024/lk-peine.yaml").read_text(encoding="utf-8")


def test_a_file_of_two_agreements_is_not_read_again_unless_one_record_is_gone(
    folder: Path, papers: Path, asked: list[Path], capsys: pytest.CaptureFixture[str]
) -> None:
    both = file_of(folder / "beide.pdf", (papers / "lk-emsland.pdf", ()), (PEINE, ()))
    shutil.copy(both, folder / "kopie.pdf")
    said = imported(capsys, both, "kopie.pdf")
    assert [(each["nummer"], each["teil"], each["von_teilen"], each["ergebnis"]) for each in said] == [
        (1, 1, 2, "neu"), (1, 2, 2, "neu"), (2, 1, 2, "bekannt"), (2, 2, 2, "bekannt")]  # fmt: skip
    before = state(folder)
    read = asked.copy()
    assert [each["ergebnis"] for each in imported(capsys, both)] == ["bekannt", "bekannt"]
    assert read and asked == read
    assert state(folder) == before
    (folder / "agreements/2024/lk-peine.yaml").unlink()
    assert [each["ergebnis"] for each in imported(capsys, both)] == ["bekannt", "neu"]


def test_an_agreement_that_is_twice_in_a_file_is_compared_with_itself(
    folder: Path, papers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    twice = file_of(folder / "zweimal.pdf", (papers / "lk-emsland.pdf", ()), (papers / "lk-emsland.pdf", ()))
    said = imported(capsys, twice)
    assert [(each["ergebnis"], each["unterschiede"]) for each in said] == [("neu", []), ("vorhanden", [])]
    assert len({each["pruefbogen"] for each in said}) == 2


@pytest.mark.parametrize("names", [("a.pdf", "b.pdf"), ("b.pdf", "a.pdf")])
def test_of_one_agreement_in_two_files_the_other_file_is_named(
    names: tuple[str, str], folder: Path, papers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    beginning, end = names
    file_of(folder / beginning, (papers / "lk-emsland.pdf", (1, 2, 3, 4)))
    file_of(folder / end, (papers / "lk-emsland.pdf", (5, 6, 7)))
    ended = zv(capsys, "import", "a.pdf", "b.pdf")
    assert ended.code == 1
    assert "a.pdf und b.pdf sind Teile einer Vereinbarung" in ended.out
    assert "beide zu einer Datei zusammenfügen" in " ".join(ended.out.split())
    (folder / "agreements/2024/lk-emsland.yaml").unlink()
    assert [each["andere_haelfte"] for each in imported(capsys, "a.pdf", "b.pdf")] == [None, "a.pdf"]


def test_halves_of_different_agreements_do_not_name_each_other(folder: Path, papers: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file_of(folder / "a.pdf", (papers / "lk-emsland.pdf", (1, 2, 3, 4)))
    file_of(folder / "b.pdf", (PEINE, (4, 5, 6)))
    assert [each["andere_haelfte"] for each in imported(capsys, "a.pdf", "b.pdf")] == [None, None]
