"""`zv wortlaut pruefe`: a wording held against all records of its year."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from command import ROOT, zv

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """Three records of 2024, and a wording of one's own."""
    shutil.copytree(ROOT / "agreements/2024", tmp_path / "agreements/2024")
    (tmp_path / "templates/ni").mkdir(parents=True)
    shutil.copy(ROOT / "templates/ni/2024.j2", tmp_path / "templates/ni")
    text = (tmp_path / "agreements/2024/lk-emsland.yaml").read_text(encoding="utf-8")
    for name in ("lk-leer", "lk-peine"):
        (tmp_path / f"agreements/2024/{name}.yaml").write_text(text.replace("lk-emsland", name), encoding="utf-8")
    return tmp_path


def test_a_wording_that_says_every_record_is_in_order(office: Path, capsys: Capture) -> None:
    ended = zv(capsys, "wortlaut", "pruefe", "2024", "--ordner", office)
    assert (ended.code, ended.err) == (0, "")
    assert "ni/2024: in Ordnung; 3 von 3 Datensätzen lassen sich damit drucken und zurücklesen.\n" in ended.out
    assert "ni/aenderung-2024: in Ordnung; noch kein Datensatz.\n" in ended.out


def test_a_record_that_a_wording_cannot_say_is_named_and_the_others_are_tried(office: Path, capsys: Capture) -> None:
    wording = office / "templates/ni/2024.j2"
    text = wording.read_text(encoding="utf-8")
    block = re.compile(r"{% if haushalt\.verwaltungskosten %}.*?{% endif %}\n", re.DOTALL)
    wording.write_text(block.sub("", text, count=1), encoding="utf-8")
    path = office / "agreements/2024/lk-leer.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("  verwaltungskosten: 13155724\n", ""), encoding="utf-8")
    ended = zv(capsys, "wortlaut", "pruefe", "ni/2024", "--ordner", office)
    assert ended.code == 1
    assert "ni/2024: zu berichtigen; 1 von 3 Datensätzen" in ended.out
    assert "  lk-emsland: " in ended.out and "  lk-peine: " in ended.out and "  lk-leer: " not in ended.out


def test_a_record_with_its_own_text_is_named_apart(office: Path, capsys: Capture) -> None:
    (office / "agreements/2024/lk-peine.yaml").write_text(
        "jahr: 2024\ntraeger: lk-peine\nwortlaut: null\ntext:\n  - {art: absatz, ebene: 0, text: Ein Text.}\n", encoding="utf-8"
    )
    ended = zv(capsys, "wortlaut", "pruefe", "templates/ni/2024.j2", "--ordner", office)
    assert ended.code == 0 and "2 von 2 Datensätzen" in ended.out
    assert "  Nach einem anderen oder ihrem eigenen Text: lk-peine\n" in ended.out


@pytest.mark.parametrize("was", ["2031", "ni/2031", "xy", "lk-emsland"])
def test_a_wording_that_is_not_there_is_told_with_those_that_are(was: str, office: Path, capsys: Capture) -> None:
    ended = zv(capsys, "wortlaut", "pruefe", was, "--ordner", office)
    assert ended.code == 2 and ended.err == f"Einen Wortlaut „{was}“ gibt es nicht. Vorhanden: ni/2024, ni/aenderung-2024.\n"
