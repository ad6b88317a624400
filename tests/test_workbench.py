"""The workbench over HTTP: who is let in, what a decision does, and that nothing from outside runs, leaves the folder or is lost."""

from __future__ import annotations

import html
import json
import re
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from workbench import COSTS, HOSTILE, NAME, PATIENCE, WHERE, Answer, Workbench, folder_with_points, patiently, started, workbench

from agreements.library.library import open_library
from agreements.model.record import Vereinbarung
from agreements.store.journal import history
from agreements.store.journal_file import journal_path

MALICIOUS = {"Origin": "https://example.invalid", "Sec-Fetch-Site": "cross-site"}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    """A server that no test changes a record with."""
    with workbench(folder_with_points(tmp_path_factory.mktemp("gelesen") / "ordner")) as bench:
        yield bench


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Workbench]:
    """A server of a test's own."""
    with workbench(folder_with_points(tmp_path / "ordner")) as bench:
        yield bench


def record(bench: Workbench) -> Vereinbarung:
    return open_library(bench.folder).store.load((2024, "lk-emsland")).record


def points(bench: Workbench) -> dict[str, str]:
    """The open points by what they are about."""
    return {each.feld or each.art: each.kennung for each in record(bench).akte.offen}


def sum_on(page: Answer) -> str:
    found = re.search(r'name="satz" value="([0-9a-f]{64})"', page.text)
    assert found
    return found[1]


def decide(bench: Workbench, feld: str, wie: str, wert: str = "", satz: str = "") -> Answer:
    name = points(bench)[feld]
    page = bench.get(f"/nachsehen/{WHERE}?punkt={name}")
    fields = {"satz": satz or sum_on(page), "wie": wie, "wert": wert, "reihe": "jahr", "nach": "dokument", "kuerzel": "MK"}
    return bench.post(f"/entscheide/{WHERE}/{name}", fields)


# ---------------------------------------------------------------- who is let in


def test_the_opener_is_the_users_alone_and_its_code_counts_once(served: Workbench) -> None:
    assert stat.S_IMODE(served.opener.stat().st_mode) == 0o600
    assert stat.S_IMODE((served.opener.parent / "laeuft.json").stat().st_mode) == 0o600
    code = re.findall(r"/einlass/([\w-]+)", served.opener.read_text())[0]
    assert served.get(f"/einlass/{code}", bare=True).status == 403
    assert served.token not in served.opener.read_text()


@pytest.mark.parametrize("path", ["/", "/jahr/2024", "/falsch/jahr/2024", "/einlass/", "/einlass/geraten", "/statisch/arbeitsplatz.css"])
def test_without_the_token_nothing_is_shown(served: Workbench, path: str) -> None:
    answer = served.get(path, bare=True)
    assert answer.status == 403
    assert "Emsland" not in answer.text


@pytest.mark.parametrize("host", ["example.invalid", "127.0.0.1", "localhost:1", "evil.localhost"])
def test_a_request_under_another_host_is_refused(served: Workbench, host: str) -> None:
    assert served.get("/jahr/2024", {"Host": host}).status == 421


def test_another_page_of_the_web_changes_nothing_even_with_the_token(served: Workbench) -> None:
    before = served.record.read_bytes()
    name = points(served)[COSTS]
    fields = {"satz": sum_on(served.get(f"/nachsehen/{WHERE}")), "wie": "bestaetigt"}
    assert served.post(f"/entscheide/{WHERE}/{name}", fields, MALICIOUS).status == 403
    assert served.post(f"/entscheide/{WHERE}/{name}", fields, {"Origin": "null"}).status == 403
    assert served.record.read_bytes() == before


def test_every_answer_forbids_foreign_code_frames_and_storing(served: Workbench) -> None:
    for path in ("/jahr/2024", f"/nachsehen/{WHERE}", "/gibt-es-nicht", "/statisch/arbeitsplatz.css"):
        said = served.get(path).headers
        assert "default-src 'none'" in said["content-security-policy"]
        assert "unsafe" not in said["content-security-policy"]
        assert said["referrer-policy"] == "no-referrer"
        assert said["x-content-type-options"] == "nosniff"
        assert said["cache-control"] == "no-store"
        assert "set-cookie" not in said


@pytest.mark.parametrize(
    "path",
    ["/ausgabe/../agreements/2024/lk-emsland.yaml", "/ausgabe/..%2Fagreements%2F2024%2Flk-emsland.yaml", "/ausgabe//etc/passwd",
     "/ausgabe/lesung/x.json", "/statisch/../rahmen.html.j2", "/statisch/kern/../../../../package.json", "/seite/2024/..%2F..%2Fx/1-0.jpg",
     "/nachsehen/2024/..%2F..%2Fetc", "/jahr/99999", "/auftraege/7/verlauf"],
)  # fmt: skip
def test_no_path_leads_out_of_what_is_to_be_shown(served: Workbench, path: str) -> None:
    answer = served.get(path)
    assert answer.status == 404
    assert "wortlaut:" not in answer.text and "root:" not in answer.text


def test_the_server_is_bound_to_this_machine_alone(served: Workbench) -> None:
    listening = Path("/proc/net/tcp")
    if not listening.is_file():
        pytest.skip("kein /proc/net/tcp")
    local = [line.split()[1] for line in listening.read_text().splitlines()[1:]]
    assert [each for each in local if each.endswith(f":{served.port:04X}") and each.startswith("0100007F")]
    assert not [each for each in local if each == f"00000000:{served.port:04X}"]


# ---------------------------------------------------------------- what it shows


def test_words_of_a_document_are_text_on_every_page(served: Workbench) -> None:
    for path in ("/jahr/2024", f"/nachsehen/{WHERE}?punkt={points(served)[NAME]}", "/nachsehen/2024?nach=art"):
        page = served.get(path).text
        assert "<script>alert" not in page
        assert "onerror=alert(1)>" not in page.replace(html.escape(HOSTILE), "")
        assert "49" not in re.findall(r"alert\(1\)&gt;(\S{2})", page)
    assert html.escape(HOSTILE) in served.get(f"/nachsehen/{WHERE}?punkt={points(served)[NAME]}").text


def test_the_page_of_a_point_is_drawn_upright_and_only_from_the_records_own_file(served: Workbench) -> None:
    upright, turned = served.get(f"/seite/{WHERE}/6-0.jpg"), served.get(f"/seite/{WHERE}/6-90.jpg")
    assert upright.status == turned.status == 200
    assert upright.headers["content-type"] == "image/jpeg"
    assert upright.body != turned.body
    assert served.get(f"/seite/{WHERE}/99-0.jpg").status == 404
    assert served.get(f"/seite/{WHERE}/1-45.jpg").status == 404


def test_a_typed_value_is_tried_and_not_written(served: Workbench) -> None:
    before, name = served.record.read_bytes(), points(served)[COSTS]
    good = json.loads(served.get(f"/probe/{WHERE}/{name}?wert=13.155.774").text)
    bad = json.loads(served.get(f"/probe/{WHERE}/{name}?wert=dreizehn").text)
    assert good["geht"] and "13.155.774" in good["sagt"]
    assert not bad["geht"] and "dreizehn" in bad["sagt"]
    assert served.record.read_bytes() == before


def test_a_value_of_a_point_that_was_decided_while_one_typed_is_told_to_be_too_late(served: Workbench) -> None:
    answer = served.get(f"/probe/{WHERE}/{'0' * 12}?wert=13.155.774")
    assert answer.status == 200
    assert json.loads(answer.text) == {"geht": False, "sagt": "Dieser Punkt ist nicht mehr offen.", "abhilfe": "Die Seite neu laden."}


def test_a_page_that_is_not_there_says_so_in_german(served: Workbench) -> None:
    answer = served.get("/gibt-es-nicht")
    assert answer.status == 404
    assert "Diese Seite gibt es nicht." in answer.text


# ---------------------------------------------------------------- what a decision does


def test_a_decision_is_one_step_of_the_journal_and_leads_to_the_next_point(own: Workbench) -> None:
    answer = decide(own, COSTS, "berichtigt", "13.155.774")
    assert answer.status == 303
    assert record(own).haushalt.verwaltungskosten == 13155774
    steps = [each for each in history(open_library(own.folder).store.load((2024, "lk-emsland"))).eintraege if each.art == "schritt"]
    assert [each.kuerzel for each in steps] == ["MK"]
    following = own.get(answer.headers["location"].removeprefix(f"/{own.token}"))
    assert "Verwaltungskosten (Euro): berichtigt" in following.text and "Zurücknehmen" in following.text


def test_a_decision_is_taken_back_to_the_byte(own: Workbench) -> None:
    before = own.record.read_bytes()
    decide(own, "abweichung", "vereinbart")
    assert own.record.read_bytes() != before
    assert own.post(f"/zurueck/{WHERE}", {"reihe": "jahr"}).status == 303
    assert own.record.read_bytes() == before


def test_a_window_that_does_not_know_the_other_ones_change_writes_nothing(own: Workbench) -> None:
    old = sum_on(own.get(f"/nachsehen/{WHERE}"))
    decide(own, "abweichung", "lesefehler")
    changed = own.record.read_bytes()
    answer = decide(own, COSTS, "bestaetigt", satz=old)
    assert answer.status == 409
    assert "inzwischen geändert" in answer.text
    assert own.record.read_bytes() == changed


def test_a_decision_that_makes_no_sense_is_refused_in_the_commands_words(own: Workbench) -> None:
    before = own.record.read_bytes()
    refused = [decide(own, COSTS, "berichtigt", "dreizehn"), decide(own, COSTS, "vereinbart"), decide(own, COSTS, "erfunden"),
               decide(own, COSTS, "berichtigt")]  # fmt: skip
    assert [each.status for each in refused] == [422] * 4
    assert own.record.read_bytes() == before


def test_a_damaged_journal_is_told_in_its_own_row_and_hides_no_other_agreement(own: Workbench) -> None:
    decide(own, COSTS, "bestaetigt")
    journal = journal_path(own.record)
    journal.write_bytes(journal.read_bytes().replace(b'"nummer":1', b'"nummer":7', 1))
    page = own.get("/jahr/2024")
    assert page.status == 200 and "Das Journal ist beschädigt" in page.text and "Landkreis Emsland" in page.text
    assert page.text.count("Entwerfen") > 10


def test_when_all_is_decided_the_page_says_0_offen(own: Workbench) -> None:
    for feld, wie in ((COSTS, "bestaetigt"), (NAME, "bestaetigt"), ("ziele.individuell.4.titel", "bestaetigt"),
                      ("abweichung", "lesefehler"), ("kommentar", "bestaetigt")):  # fmt: skip
        assert decide(own, feld, wie).status == 303, feld
    assert record(own).akte.strittig == ()
    assert "0 offen" in own.get(f"/nachsehen/{WHERE}").text


# ---------------------------------------------------------------- what is dropped


def test_a_dropped_file_lands_in_the_inbox_under_its_bare_name_and_is_read_in_its_own_process(own: Workbench) -> None:
    answer = own.upload("/jahr/2024/ablage", {"../../../boese<script>.pdf": b"%PDF-1.7 kein PDF"})
    assert answer.status == 303
    assert (own.folder / "eingang" / "boesescript.pdf").read_bytes() == b"%PDF-1.7 kein PDF"
    assert not list(own.folder.parent.glob("boese*"))
    assert patiently(lambda: '"code": null' not in own.get("/auftraege").text.replace(" ", "").replace('":', '": '))
    events = own.get("/auftraege/1/verlauf").text
    assert "event: ende" in events and '"code": 3' in events


def test_what_is_no_document_is_refused_and_not_kept(own: Workbench) -> None:
    answer = own.upload("/jahr/2024/ablage", {"programm.exe": b"MZ"})
    assert answer.status == 422
    assert [path.name for path in (own.folder / "eingang").iterdir()] == ["Emsland.pdf"]


def test_an_upload_beyond_all_measure_is_refused_before_it_is_received(own: Workbench) -> None:
    answer = own.ask(
        "POST", f"/{own.token}/jahr/2024/ablage", b"x", {"Content-Type": "multipart/form-data; boundary=x", "Content-Length": str(1 << 30)}
    )
    assert answer.status == 413


def test_a_command_from_a_page_is_one_of_those_it_offers(own: Workbench) -> None:
    for fields in ({"auftrag": "vergiss"}, {"auftrag": "drucken", "name": "--nach=/tmp"}, {"auftrag": "drucken", "name": "../x"}):
        assert own.post("/jahr/2024/auftrag", fields).status == 422
    assert json.loads(own.get("/auftraege").text) == []


# ---------------------------------------------------------------- begin and end


def test_a_second_start_opens_the_one_that_runs(own: Workbench, tmp_path: Path) -> None:
    state = own.opener.parent.parent.parent
    second = started(own.folder, state)
    assert second.wait(PATIENCE) == 0
    port, code = re.findall(r"127\.0\.0\.1:(\d+)/einlass/([\w-]+)", own.opener.read_text())[0]
    assert int(port) == own.port
    assert own.token in own.get(f"/einlass/{code}", bare=True).text


def test_it_ends_by_itself_and_leaves_nothing_of_it(tmp_path: Path) -> None:
    folder = folder_with_points(tmp_path / "ordner")
    code = """
import sys
from pathlib import Path
from zv.arbeitsplatz.running import serve
serve(Path(sys.argv[1]), lambda path: None, idle=1.0)"""
    environment = {"XDG_STATE_HOME": str(tmp_path / "state"), "PATH": "/usr/bin:/bin"}
    command = [sys.executable, "-c", code, str(folder)]
    done = subprocess.run(command, cwd=Path(__file__).parents[1], timeout=PATIENCE, check=False, env=environment)
    assert done.returncode == 0
    assert not list((tmp_path / "state").rglob("*.html")) and not list((tmp_path / "state").rglob("laeuft.json"))
