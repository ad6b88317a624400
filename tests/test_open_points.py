"""Open points of a reading: what is not sure, or what nobody has agreed to, stands in the record until a person decides it."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from round_trip import emsland

from agreements.model.akte import OffenerPunkt, kennung
from agreements.model.record import Akte, Quelle, Vereinbarung
from agreements.store.store import dump_record, load_text

PATH = Path("lk-emsland.yaml")
SUM = "a" * 64


def test_an_identifier_is_twelve_hex_letters_and_tells_place_kind_words_and_file_apart() -> None:
    one = kennung("III.§3.1", "abweichung", "zweimal → zwelmal", SUM)
    others = [
        kennung("III.§3.2", "abweichung", "zweimal → zwelmal", SUM),
        kennung("III.§3.1", "nachverfolgt", "zweimal → zwelmal", SUM),
        kennung("III.§3.1", "abweichung", "zweimal → zweimai", SUM),
        kennung("III.§3.1", "abweichung", "zweimal → zwelmal", "b" * 64),
        kennung("III.§3.1", "abweichung", "zweimal → zwelmal", SUM, 2),
    ]
    assert len(one) == 12 and int(one, 16) >= 0
    assert len({one, *others}) == 6
    assert one == kennung("III.§3.1", "abweichung", "zweimal → zwelmal", SUM, 1)


def point(**said: object) -> OffenerPunkt:
    return OffenerPunkt.model_validate({"kennung": "0" * 12, "art": "unsicher", "grund": "undeutlich", **said})


def with_points(*points: OffenerPunkt) -> Vereinbarung:
    return emsland().model_copy(update={"akte": Akte(offen=points)})


def test_a_box_stands_on_one_line_of_the_file_and_keeps_its_digits() -> None:
    record = with_points(point(kasten=(Decimal("70.90"), 12, 80, Decimal("0.1")), seite=3))
    text = dump_record(record)
    assert "kasten: [70.90, 12, 80, 0.1]" in text
    assert load_text(text, Vereinbarung, PATH).record == record


def test_a_box_has_four_numbers() -> None:
    with pytest.raises(ValueError, match="vier Zahlen"):
        point(kasten=(1, 2, 3))


def test_what_was_read_is_known_by_the_file_or_as_older_records_have_it() -> None:
    assert Akte(quelle=Quelle(datei="a.pdf", sha256=SUM, lesart="texterkennung")).gelesen == "texterkennung"
    assert Akte(quelle=Quelle(datei="a.pdf", sha256=SUM), lesart="gemischt").gelesen == "gemischt"
    assert Akte(quelle=Quelle(datei="a.pdf", sha256=SUM)).gelesen is None
