"""Every command that changes or tells of records: whatever is wrong with a call is one German sentence, and nothing is written or lost."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from command import ROOT, zv
from test_bad_input import ENGLISH, files

from agreements.store.journal_file import journal_path
from zv.main import COMMANDS

Capture = pytest.CaptureFixture[str]
WHERE = "2024/lk-emsland"
POINT = """\
  offen:
    - {kennung: 987c1d9582c5, art: unsicher, feld: haushalt.verwaltungskosten, grund: unsicher gelesen}
  uebernommen:
    rahmenbedingungen.regionale_lage: 2023
"""
NOWHERE = ("2024/lk-entenhausen", "2024/sk-braunschweig", "2031/lk-emsland", "lk-emsland", "zwanzig/lk-emsland", "2024/lk-emsland/1")
"""No Träger, one without agreement, a year without records, no year, a year in words, too much."""
CALLS: dict[str, tuple[str, ...]] = {
    "setze": ("Verwaltungskosten", "13.200.000"), "bestaetige": ("987c",), "durchgesehen": (),
    "stilllegen": ("datum-fehlt", "--grund", "So."), "zurueck": (), "offen": (), "uebernimm": ("Rücklauf.docx",),
    "antworte": ("Rücklauf.docx",), "setze-stand": ("versandt",),
    "paket": (), "aenderung": (), "gilt": (), "bogen": (), "runde": (), "vergleiche": (WHERE,),
}  # fmt: skip
"""Each command that names an agreement, and what goes with it."""
OTHERS = {
    "kennzahlen": ("fehlt.csv", "Rücklauf.docx"), "planung": ("fehlt.xlsx", "Rücklauf.docx"), "umstellen": ("2031", "zwanzig", WHERE),
    "wortlaut pruefe": ("2031", "zwanzig"), "wortlaut durchsicht": ("2031", "zwanzig"), "vergiss": ("fehlt.pdf",),
    "lies": ("fehlt.pdf", "Rücklauf.docx"), "entwirf": ("zwanzig", "2025 lk-entenhausen", "2025 sk-braunschweig"),
    "uebersicht": ("zwanzig", "2024-zwanzig"), "pruefe": ("2031", "2024/lk-entenhausen"), "drucke": ("2031 lk-emsland", WHERE + "x"),
    "traeger": ("zwanzig",), "land anlegen": ("",),
    "arbeitsplatz": ("--haus 127.0.0.1 --name zv", "--haus 127.0.0.1:99999 --name zv", "--haus 127.0.0.1:8080", "--ende-nach 0"),
}  # fmt: skip
"""Each other command, with calls that cannot be meant."""
CHANGING = {
    "setze": (WHERE, "Verwaltungskosten", "13.200.000"), "bestaetige": (WHERE, "987c"), "durchgesehen": (WHERE,),
    "stilllegen": (WHERE, "datum-fehlt", "--grund", "So."), "zurueck": (WHERE,), "setze-stand": (WHERE, "entwurf"),
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with an agreement that has something to decide, and a file that is no document."""
    shutil.copytree(ROOT / "agreements/2024", tmp_path / "agreements/2024")
    path = tmp_path / "agreements/2024/lk-emsland.yaml"
    path.write_text(path.read_text(encoding="utf-8") + POINT, encoding="utf-8")
    (tmp_path / "Rücklauf.docx").write_text("kein Dokument", encoding="utf-8")
    return tmp_path


def refused(capsys: Capture, folder: Path, *words: str) -> str:
    """The one sentence that a call is refused with; nothing is said beside it, and all files are as they were."""
    before = files(folder)
    ended = zv(capsys, *words, "--ordner", folder)
    assert ended.code in (1, 2, 3) and ended.out == "", (words, ended)
    lines = [line for line in ended.err.splitlines() if line != "Hilfe: zv --help"]
    assert len(lines) == 1 and not ENGLISH.search(lines[0].replace(str(folder), "")), (words, lines)
    assert files(folder) == before, words
    return lines[0]


def test_every_command_is_tried() -> None:
    """All but the one that takes nothing, and the one that tells of each file in its table."""
    tried = {name.partition(" ")[0] for name in (*CALLS, *OTHERS)}
    assert set(COMMANDS) - tried == {"schema", "einlesen"}, "a new command belongs into one of the tables"


@pytest.mark.parametrize("where", NOWHERE)
@pytest.mark.parametrize("command", CALLS)
def test_an_agreement_that_is_not_there_is_told(command: str, where: str, folder: Path, capsys: Capture) -> None:
    refused(capsys, folder, command, where, *placed(folder, CALLS[command]))


def placed(folder: Path, words: tuple[str, ...]) -> list[str]:
    return [str(folder / word) if word.endswith((".docx", ".csv", ".xlsx", ".pdf")) else word for word in words]


@pytest.mark.parametrize(("command", "words"), [(command, words) for command, several in OTHERS.items() for words in several])
def test_what_cannot_be_meant_is_told(command: str, words: str, folder: Path, capsys: Capture) -> None:
    refused(capsys, folder, *command.split(), *placed(folder, tuple(words.split())))


@pytest.mark.parametrize("command", ["setze", "bestaetige", "durchgesehen", "stilllegen", "uebernimm", "antworte", "zurueck", "aenderung"])
def test_two_agreements_at_once_are_refused(command: str, folder: Path, capsys: Capture) -> None:
    (folder / "agreements/2024/lk-peine.yaml").write_text(
        (folder / "agreements/2024/lk-emsland.yaml").read_text("utf-8").replace("traeger: lk-emsland", "traeger: lk-peine"),
        encoding="utf-8",
    )
    refused(capsys, folder, command, WHERE, "2024/lk-peine", *placed(folder, CALLS[command]))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("setze", WHERE, "haushalt.verwaltungkosten", "1"), "Gemeint ist vielleicht „Verwaltungskosten (Euro)“"),
        (("durchgesehen", WHERE, "haushalt.verwaltungkosten"), "haushalt.verwaltungkosten"),
        (("stilllegen", WHERE, "datum-felt", "--grund", "So."), "datum-felt"),
        (("stilllegen", WHERE, "datum-fehlt"), "Grund"),
        (("bestaetige", WHERE, "ffff"), "Einen offenen Punkt „ffff“ gibt es in 2024/lk-emsland nicht."),
        (("zurueck", WHERE, "--schritt", "9"), "Einen Schritt 9 gibt es nicht."),
        (("zurueck",), "Es gibt keinen Schritt, der sich zurücknehmen lässt."),
        (("uebernimm", WHERE, "Rücklauf.docx", "--nimm", "1"), "Zu den Nummern gibt es noch keinen Plan."),
        (("setze", "2024/rahmen", "haushalt.verwaltungskosten", "1"), "haushalt.verwaltungskosten"),
    ],
)
def test_a_name_that_means_nothing_is_told(words: tuple[str, ...], said: str, folder: Path, capsys: Capture) -> None:
    assert said in refused(capsys, folder, *placed(folder, words))


def torn(path: Path) -> None:
    path.write_bytes(path.read_bytes()[50:])


def unreadable(path: Path) -> None:
    """What a journal is to somebody who may not open it, also where the tests may open everything."""
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize("damage", [torn, unreadable])
@pytest.mark.parametrize("command", CHANGING)
def test_with_a_damaged_journal_nothing_is_changed(command: str, damage: object, folder: Path, capsys: Capture) -> None:
    assert zv(capsys, "setze", WHERE, "haushalt.gesamtbudget_mio", "22,0", "--ordner", folder).code == 0
    assert callable(damage)
    damage(journal_path(folder / "agreements/2024/lk-emsland.yaml"))
    before = files(folder)
    ended = zv(capsys, command, *CHANGING[command], "--ordner", folder)
    assert ended.code == 1 and ended.out == "" and "Journal" in ended.err and not ENGLISH.search(ended.err.replace(str(folder), ""))
    assert files(folder) == before
