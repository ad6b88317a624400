"""Records of a zv that knew no fields: what looks like one in their text is a word of the document, printed as it stands."""

from __future__ import annotations

from pathlib import Path

import pytest
from command import zv

from agreements.library.library import Library, open_library
from agreements.model.record import Vereinbarung

Capture = pytest.CaptureFixture[str]
KEY = (2018, "lk-leer")
RECORD = """\
jahr: 2018
traeger: lk-leer
wortlaut: null
haushalt:
  verwaltungskosten: 5100000
text:
  - {art: titelseite, ebene: 0, text: Zielvereinbarung 2018}
  - {art: text, ebene: 0, text: 'Im Jahr {{ jahr }} stehen 5.100.000 Euro bereit, und {{ haushalt.verwaltungskosten | euro }}.'}
akte:
  quelle:
    datei: Leer.pdf
    sha256: SUM
"""
LITERAL = "Im Jahr {{ jahr }} stehen 5.100.000 Euro bereit, und {{ haushalt.verwaltungskosten | euro }}."


def office(folder: Path, text: str) -> Library:
    (folder / "agreements/2018").mkdir(parents=True)
    (folder / "agreements/2018/lk-leer.yaml").write_text(text.replace("SUM", "a" * 64), encoding="utf-8")
    return open_library(folder)


def printed(library: Library) -> list[str]:
    return [block.text for block in library.filled(record(library)).blocks]


def record(library: Library) -> Vereinbarung:
    stored = library.store.load(KEY)
    return library.effective(stored.record, stored.path)


@pytest.mark.parametrize("akte", ["", "  lesart: texterkennung\n"])
def test_what_looks_like_a_field_stands_as_it_was_read(akte: str, tmp_path: Path) -> None:
    library = office(tmp_path, RECORD + akte)
    assert printed(library)[-1] == LITERAL
    assert library.without_place(record(library)) == ()


def test_it_stands_so_still_once_the_record_is_brought_to_the_form_of_today(tmp_path: Path, capsys: Capture) -> None:
    library = office(tmp_path, RECORD + "  lesart: texterkennung\n")
    before = library.store.load(KEY).text
    assert zv(capsys, "umstellen", "2018", "--ja", "--ordner", tmp_path).code == 0
    changed = record(library)
    assert changed.akte.quelle and changed.akte.quelle.lesart == "texterkennung" and changed.text[1].text != LITERAL
    assert printed(library)[-1] == LITERAL
    assert zv(capsys, "zurueck", "2018/lk-leer", "--ordner", tmp_path).code == 0
    assert library.store.load(KEY).text == before


@pytest.mark.parametrize(
    "text",
    [
        RECORD + "    lesart: textebene\n",
        RECORD.replace("text: Zielvereinbarung 2018}", "text: 'Zielvereinbarung {{ jahr }}'}"),
        RECORD[: RECORD.index("akte:")],
    ],
    ids=["read", "drafted, then signed on paper", "written"],
)
def test_in_a_record_of_today_it_is_a_field(text: str, tmp_path: Path) -> None:
    assert printed(office(tmp_path, text))[-1] == "Im Jahr 2018 stehen 5.100.000 Euro bereit, und 5.100.000."
