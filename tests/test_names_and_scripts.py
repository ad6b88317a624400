"""A file whose name is no text, and a document in letters that cannot be printed: both are read, the second told where it comes in."""

from __future__ import annotations

import io
import json
import os
import sys
from pathlib import Path

import docx
import pytest
from command import zv
from round_trip import LIBRARY, emsland

from agreements.model.values import of_other_script
from extract.extraction import extract
from render.word import render_word


@pytest.fixture(scope="module")
def word() -> bytes:
    return render_word(LIBRARY.document(emsland()))


@pytest.mark.skipif(sys.platform != "linux", reason="nur dort sind Namen irgendwelche Bytes")
def test_a_file_whose_name_is_no_utf_8_is_taken_in_with_its_row_and_its_sheet(
    word: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/Landkreis M\xfcnster.docx"))
    path.write_bytes(word)
    ended = zv(capsys, "--ordner", tmp_path, "einlesen", path)
    assert ended.code == 0 and r"Landkreis M\udcfcnster.docx" in ended.out
    assert (tmp_path / "out/pruefung/2024/lk-emsland.html").is_file()
    assert r"datei: Landkreis M\udcfcnster.docx" in (tmp_path / "agreements/2024/lk-emsland.yaml").read_text(encoding="utf-8")
    again = json.loads(zv(capsys, "--ordner", tmp_path, "einlesen", path, "--format", "json").out)
    assert again["ergebnis"] == "bekannt" and os.fsencode(again["datei"]) == os.fsencode(path)


@pytest.mark.parametrize("foreign", ["Лангцайт", "中文", "😀"])
def test_letters_that_cannot_be_printed_are_told_when_they_come_in(foreign: str, word: bytes, tmp_path: Path) -> None:
    document = docx.Document(io.BytesIO(word))
    run = next(run for paragraph in document.paragraphs for run in paragraph.runs if "Langzeit" in run.text)
    run.text = run.text.replace("Langzeit", f"{foreign} Langzeit", 1)
    document.save(str(tmp_path / "a.docx"))
    told = [befund.text for befund in extract(tmp_path / "a.docx", LIBRARY).befunde if befund.art == "anmerkung"]
    assert [text for text in told if text.startswith(f"„{foreign}“ in „") and "drucken" in text]


def test_of_our_own_letters_nothing_is_told(word: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(word)
    assert not [befund for befund in extract(tmp_path / "a.docx", LIBRARY).befunde if "Schrift" in befund.text]
    assert not any(map(of_other_script, ("Łódź Größe § 48b – „3,9 %“", "☒ ja □ nein → weiter ✓", "½ µm ² € º", "ﬁ\ufffd\u00ad\uf0a7")))
