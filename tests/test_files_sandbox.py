"""A file from outside is read in a process of its own: whatever it does there, the asking process gets one sentence and lives on."""

from __future__ import annotations

import ctypes
import faulthandler
import json
import os
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from multiprocessing.context import BaseContext
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from command import zv
from hypothesis import given
from round_trip import LIBRARY, emsland, printed
from strategies import any_records

from agreements.errors import OtherKindError, UnreadableError, ZvError
from agreements.model.fields import angaben
from agreements.model.record import Vereinbarung
from agreements.model.values import OFFEN
from agreements.reading.findings import Befund, Cutting, Found, Location
from agreements.reading.reading import Paragraph, Place, Reading, Word
from extract.extraction import Extraction, extract
from extract.files import jail
from extract.files.sandbox import Job, Limits, run, run_many
from extract.ocr.picture_pages import processes
from extract.results.transfer import Answer, read_answer, write_answer

if sys.platform != "win32":
    import resource

FILE = Path("Vereinbarung.pdf")
HERE = Path(__file__).stem
limited = pytest.mark.skipif(sys.platform != "linux", reason="nur Linux hält alle Grenzen des Speichers ein")


# what a file may make a reader do


def answers(text: str) -> str:
    return text


def sleeps() -> str:
    time.sleep(600)
    return ""


def spins() -> str:
    while True:
        pass


def takes_a_little() -> str:
    return str(len(bytearray(1 << 25)))


def says_much() -> str:
    return "x" * (1 << 21)


def grows() -> str:
    return "x" * (1 << 40)


def grows_slowly() -> str:
    kept = []
    while True:
        kept.append(bytearray(1 << 22))


def crashes() -> str:
    faulthandler.disable()
    return str(ctypes.string_at(0))


def fails() -> str:
    return str({}["Schlüssel"])  # type: ignore[index]


def goes_down() -> str:
    return goes_down()


def prints() -> str:
    os.write(1, b"Warning: Invalid resolution 0 dpi\n")
    os.write(2, b"Warning: Invalid resolution 0 dpi\n")
    return "still"


def refuses() -> str:
    raise OtherKindError("Das ist etwas anderes.", datei=FILE, zeile=3, abhilfe="Weglassen.")


def writes_much() -> str:
    Path(os.environ["TMPDIR"], "groß").write_bytes(b"x" * (1 << 22))
    return ""


def opens_much() -> str:
    return str(len([os.dup(0) for _ in range(1000)]))


def leaves_a_child(path: str) -> str:
    subprocess.Popen([sys.executable, "-c", f"import time, pathlib; time.sleep(2); pathlib.Path({path!r}).touch()"])
    return "da"


def limits_seen() -> str:
    kinds = (resource.RLIMIT_CORE, resource.RLIMIT_CPU, resource.RLIMIT_DATA, resource.RLIMIT_NOFILE)
    return json.dumps([resource.getrlimit(kind) for kind in kinds])


def asked(function: str, *args: Any, limits: Limits | None = None) -> str:
    """What a function of this module gives in a process of its own."""
    return run(Job(FILE, f"{HERE}:{function}", args), limits or Limits(seconds=20, processor=10))


def refused(function: str, limits: Limits | None = None) -> ZvError:
    """How it is refused."""
    with pytest.raises(UnreadableError) as caught:
        asked(function, limits=limits)
    assert caught.value.datei == FILE
    assert caught.value.abhilfe
    assert "\n" not in str(caught.value)
    return caught.value


def test_what_a_function_says_comes_back() -> None:
    assert asked("answers", "größer „als“ \N{SNOWMAN}\n") == "größer „als“ \N{SNOWMAN}\n"


def test_its_error_comes_back_as_the_same_error() -> None:
    with pytest.raises(OtherKindError) as caught:
        asked("refuses")
    error = caught.value
    assert (error.message, error.datei, error.zeile, error.abhilfe) == ("Das ist etwas anderes.", str(FILE), 3, "Weglassen.")


def test_a_hang_is_ended_and_said() -> None:
    start = time.monotonic()
    assert "zu lange gedauert" in refused("sleeps", Limits(seconds=1)).message
    assert time.monotonic() - start < 300


@limited
def test_work_without_end_is_ended_by_its_processor_time() -> None:
    assert "nach 1 Sekunden" in refused("spins", Limits(seconds=30, processor=1)).message


@limited
@pytest.mark.parametrize("function", ["grows", "grows_slowly"])
def test_too_much_memory_is_refused(function: str) -> None:
    assert "mehr Speicher" in refused(function, Limits(seconds=30, memory=1 << 29)).message


def test_a_crash_is_one_sentence() -> None:
    assert "abgestürzt" in refused("crashes").message


def test_a_fault_of_the_program_is_named() -> None:
    message = refused("fails").message
    assert message.startswith(f"Beim Lesen ist zv auf einen eigenen Fehler gestoßen (KeyError: 'Schlüssel', {HERE}, Zeile ")


def test_more_than_anybody_reads_is_one_sentence() -> None:
    assert "zu viel (mehr als 1 MB" in refused("says_much", Limits(seconds=20, answer=1 << 20)).message


def test_parts_in_parts_without_end_are_one_sentence() -> None:
    assert "ineinander" in refused("goes_down").message


def test_what_engines_print_stays_out_of_the_report(capfd: pytest.CaptureFixture[str]) -> None:
    assert asked("prints") == "still"
    assert capfd.readouterr() == ("", "")


@limited
@pytest.mark.parametrize("function", ["writes_much", "opens_much"])
def test_no_large_file_is_written_and_not_many_opened(function: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert "eigenen Fehler gestoßen (OSError" in refused(function, Limits(seconds=20, answer=1 << 20)).message


@limited
def test_the_limits_are_the_systems_own() -> None:
    core, processor, memory, files = json.loads(asked("limits_seen", limits=Limits()))
    assert (core, processor, files) == ([0, 0], [300, 301], [256, 256])
    assert 1 << 30 < memory[0] == memory[1] < (1 << 30) + (4 << 30)  # with what this process has loaded itself


@limited
def test_what_the_asking_process_holds_itself_does_not_count() -> None:
    held = bytearray(1 << 29)
    assert asked("takes_a_little", limits=Limits(seconds=30, memory=1 << 27)) == str(1 << 25)
    assert len(held) > 1 << 27


@limited
def test_what_a_reading_leaves_behind_is_ended_with_it_also_where_nothing_forbids_to_begin_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jail, "LAYERS", dict.fromkeys(jail.LAYERS, lambda: False))
    trace = tmp_path / "trace"
    assert asked("leaves_a_child", str(trace)) == "da"
    time.sleep(3)
    assert not trace.exists()


def test_one_bad_file_does_not_stop_the_others() -> None:
    names = ["answers", "crashes", "answers", "sleeps", "answers"]
    jobs = [Job(Path(f"{number}.pdf"), f"{HERE}:{name}", ("gut",) * (name == "answers")) for number, name in enumerate(names)]
    said = {job.datei.stem: answer for job, answer in run_many(jobs, 2, Limits(seconds=3))}
    assert [said[str(number)] == "gut" for number in range(5)] == [True, False, True, False, True]


def test_nobody_is_left_when_the_asker_stops_asking() -> None:
    started: list[Job] = []
    answers_ = run_many([Job(FILE, f"{HERE}:answers", ("a",)), Job(FILE, f"{HERE}:sleeps", ())], 2, started=started.append)
    next(answers_)
    start = time.monotonic()
    answers_.close()
    assert len(started) == 2
    assert time.monotonic() - start < 300


# what passes between the two processes


def through(extraction: Extraction, pictures: dict[Location, Cutting] | None = None) -> Answer:
    return read_answer(write_answer(Answer(extraction, pictures or {})), extraction.datei)


@pytest.mark.law
@given(any_records())
def test_every_value_comes_through_as_it_was(record: Vereinbarung) -> None:
    ort = Location(1, (0.0, 1.5, 2.0, 3.0), "Wort")
    found = tuple(Found(feld, None if wert is OFFEN else wert, (ort,)) for feld, wert in angaben(record).items())
    befunde = (
        Befund("fehlt", "hinweis", "ist noch offen", "jahr"),
        Befund("abweichung", "warnung", "a", None, "b", Location(None, None, "")),
    )
    reading = Reading("gemischt", 3, (Paragraph((Word("Wort", (Place(1, 0, 1, 2, 3),), ("W.",), None, 0.5),), "punkt", 0, "–"),))
    extraction = Extraction(FILE, "0" * 64, reading, record, found, befunde)
    pictures = {ort: Cutting("data:image/png;base64,AAAA", 10.0, 5.5)}
    assert through(extraction, pictures) == Answer(extraction, pictures)


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_a_real_document_comes_through_as_it_was(form: str, tmp_path: Path) -> None:
    extraction = extract(printed(LIBRARY.document(emsland()), form, tmp_path), LIBRARY)
    assert through(extraction).extraction == extraction


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"datei": 1}', "[" * 100_000, '{"text": "a", "pruefen": true}'])
def test_an_answer_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(UnreadableError):
        read_answer(text, FILE)


def test_an_answer_cannot_bring_a_value_of_another_kind(tmp_path: Path) -> None:
    extraction = extract(printed(LIBRARY.document(emsland()), "docx", tmp_path), LIBRARY)
    said = json.loads(write_answer(Answer(extraction, {})))
    for record in ("jahr: [1]\n", "!!python/object/apply:os.system ['true']\n", said["record"].replace("2024", "1", 1)):
        with pytest.raises(UnreadableError):
            read_answer(json.dumps(said | {"record": record}), FILE)


# documents


def test_a_page_that_unpacks_without_end_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page()
        page.Contents = pdf.make_stream(b"BT ET\n" * 20_000_000)
        pdf.save(tmp_path / "bombe.pdf", compress_streams=True, recompress_flate=True)
    assert (tmp_path / "bombe.pdf").stat().st_size < 2_000_000
    ended = zv(capsys, "extract", tmp_path / "bombe.pdf")
    assert ended.code == 3
    assert ended.err.count("\n") == 1


@pytest.mark.skipif(sys.platform != "linux", reason="only there are processes split off with all that they know")
def test_a_process_split_off_from_one_that_has_read_scans_reads_scans_itself() -> None:
    """Recorded: it waited for what pages are read by as for a child of its own, and ended with "No child processes"."""
    processes()
    context = get_context("fork")
    said = context.SimpleQueue()
    child = context.Process(target=lambda: said.put(_doubled(processes())))
    child.start()
    child.join(60)
    assert (child.exitcode, said.get() if child.exitcode == 0 else None) == (0, 42)


def _doubled(context: BaseContext) -> int:
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        return pool.submit(abs, -42).result(60)


def test_what_is_opened_for_a_job_is_not_closed_with_what_the_asker_has_open(monkeypatch: pytest.MonkeyPatch) -> None:
    """Python gives a job another input at a lower number, where one is free: the number of the asker's input goes to the job's log."""
    low = os.open(os.devnull, os.O_RDONLY)
    with Path(os.devnull).open(encoding="utf-8") as high:
        monkeypatch.setattr(sys, "stdin", high)
        os.close(low)
        assert "KeyError: 'Schlüssel'" in refused("fails").message
