"""Letters of names that the first reader has not: the second one knows them, and marks under letters are seen where neither does."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from lines_in_print import BASE, SIZE, drawn_line
from pictured_pages import Sheet, photographed

from agreements.reading.findings import Found, Location
from agreements.reading.reading import Ink, Place
from extract.confidence.by_ink import doubted
from extract.ocr.engines import ppocr
from extract.ocr.ink import Row, stains
from extract.pdf import read_pdf


def hooks(drawn: str, read: str) -> list[str]:
    """The words as they were read that have a mark under a letter."""
    grey, boxes = drawn_line(drawn)
    words = read.split()
    return [words[stain.words[0][1]] for stain in stains(grey, [Row(boxes, words, BASE)], 0.94 * SIZE) if stain.art == "haken"]


@pytest.mark.parametrize(("drawn", "read", "marked"), [
    ("(Ivan Horvaț)", "(Ivan Horvat)", ["Horvat)"]),
    ("(Dr. Şule Demir)", "(Dr. Sule Demir)", ["Sule"]),
    ("Gülşen Çelik", "Gülsen Celik", ["Gülsen", "Celik"]),
    ("(Ionuţ Pęk)", "(Ionut Pek)", ["(Ionut", "Pek)"]),
    ("(Peggy Quast)", "(Peggy Quast)", []),
    ("Jens-Peter Göring, Jever", "Jens-Peter Göring, Jever", []),
    ("(Prof. Dr. Jörg Yilmaz)", "(Prof. Dr. Jörg Yilmaz)", []),
    ("François Çelik", "François Çelik", []),
])  # fmt: skip
def test_a_mark_under_a_letter_that_was_read_without_one_is_seen(drawn: str, read: str, marked: Sequence[str]) -> None:
    assert hooks(drawn, read) == marked


def test_a_mark_under_a_letter_doubts_a_name_and_nothing_else() -> None:
    place = Place(1, 100, 90, 140, 100)
    several = [
        Found(f"unterschriften.land.1.{key}", "Horvat", (Location(1, (100, 90, 140, 100), "Horvat"),), 0.97) for key in ("name", "ort")
    ]
    name, ort = doubted(several, [Ink("haken", (place,), place)])
    assert "Haken oder Komma" in (name.reason or "")
    assert not ort.doubtful


def test_the_second_reader_knows_the_letters_of_names() -> None:
    _, letters = ppocr._model().alphabet
    assert set("ŁłŞşȚțŢţČčŽžĆćŘřĞğİıĐđŐőŰűĄąĘęŃńŚśŹźŻżĀāĒēŅņƏə") <= set(letters)
    assert not {"ſ", "ŉ", "Δ", "Ж"} & set(letters)


NAMES = ("Łukasz Nowak", "Şule Demir", "Željko Šarić", "Christian Otte", "Jürgen Müller")


def test_of_a_name_in_a_scan_each_word_is_read_as_it_stands_or_is_not_sure(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.outlined([text for name in NAMES for text in (f"({name})", name)], top=380)
    scan = Sheet().picture(photographed(sheet.saved(tmp_path), dpi=300), (0, 0, 595, 420)).saved(tmp_path)
    reading = read_pdf(scan)
    written = {word for name in NAMES for word in (f"({name})", *name.split(), *f"({name})".split())}
    words = [word for paragraph in reading.paragraphs for word in paragraph.words]
    wrong = [word.text for word in words if word.text not in written and word.confidence > 0.85]
    assert not wrong
    assert sum(word.confidence > 0.85 for word in words if word.text.strip("()") in ("Christian", "Otte", "Jürgen", "Müller")) >= 7
