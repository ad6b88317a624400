"""Names in the letters of DIN 91379: allowed in a record, printed, and read again as they stand there."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from round_trip import LIBRARY, emsland, read_back

from agreements.language.names import is_name
from agreements.language.signatures import is_plainly
from agreements.model.values import text_fault

SEQUENCES = (
    "A̋ C̀ C̄ C̆ C̈ C̕ C̣ C̦ C̨̆ D̂ F̀ F̄ G̀ H̄ H̦ H̱ J́ J̌ K̀ K̂ K̄ K̇ K̕ K̛ K̦ K͟H L̂ L̥ L̥̄ L̦ M̀ M̂ M̆ M̐ N̂ N̄ N̆ N̦ P̀ P̄ P̕ P̣ R̆ R̥ R̥̄ S̀ S̄ S̛̄ "
    "S̱ T̀ T̄ T̈ T̛ U̇ Z̀ Z̄ Z̆ Z̈ Z̧ a̋ c̕ c̨̆ k͟h l̥̄ m̐ r̥̄ s̛̄ t̛ z̧ Ç̆ Û̄ ÿ́ Č̕ Č̣ ē̍ Ī́ ō̍ Ḳ̄ Ṣ̄ Ṭ̄ Ạ̈ Ọ̈ Ụ̄ ụ̈"
)
"""Letters that no one sign is, each with the diacritics that it carries; those apart that PDFium tells otherwise than they are printed (T̕,
Ž̦, and Þ), of which the proof refuses a print."""
NAMES = ("Marc-André Łuczak", "Əliyev Șahin", "Đorđe Ťupá", "Nguyễn Thị Ānanda", "ʿAbd Ḥasanʹ", "Renée Ĳssel", "M̂aria C̨̆ech", "S̛̄abo K͟hamẹ")
"""A name of each group."""


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_names_in_all_letters_of_europe_go_through_print_and_come_back(form: str, tmp_path: Path) -> None:
    record = emsland()
    of_land, of_traeger = record.unterschriften.land, record.unterschriften.traeger
    signed = record.unterschriften.model_copy(
        update={
            "land": {1: of_land[1].model_copy(update={"name": "S̛̄abo K͟hamẹ"})},
            "traeger": {1: of_traeger[1].model_copy(update={"name": "M̂aria C̨̆ech"})},
        }
    )
    texts = tuple(f"Beraten wird von {name}." for name in (*NAMES, *(f"{each}an {each}en" for each in SEQUENCES.split())))
    said = record.rahmenbedingungen.model_copy(update={"regionale_lage": texts})
    record = record.model_copy(update={"unterschriften": signed, "rahmenbedingungen": said})
    read = read_back(LIBRARY.document(record), form, tmp_path)
    assert read.record.rahmenbedingungen.regionale_lage == texts
    assert read.record.unterschriften == signed
    assert not [each for each in read.found if each.doubtful]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_in_any_of_these_letters_is_one(name: str) -> None:
    assert unicodedata.normalize("NFC", name) == name
    assert (is_name(name), is_plainly("name", name), text_fault(name)) == (True, True, None)


@pytest.mark.parametrize("text", ["Иванов", "Ma\N{COMBINING LONG STROKE OVERLAY}x", "\N{COMBINING ACUTE ACCENT}Max", "M̂̂̂ax", "1̂"])
def test_other_letters_and_diacritics_stay_refused(text: str) -> None:
    assert "nicht zugelassen" in (text_fault(unicodedata.normalize("NFC", text)) or "")
