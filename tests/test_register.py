"""The register: who there was in a year, who of them agrees with the Land, and what a wrong key is told."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from agreements.errors import RecordError, UnreadableError, UsageError
from agreements.register.register import PACKAGED, load_register

HANDED_OVER = Path(__file__).parent / "proben" / "register" / "niedersachsen.csv"
REGISTER = load_register()


def names(rows: object) -> list[str]:
    return [row.schluessel for row in rows]  # type: ignore[attr-defined]


def test_2024_has_45_kreise_and_16_of_them_are_zkt() -> None:
    assert len(REGISTER.all(2024)) == 45
    assert len(REGISTER.zkt(2024)) == 16
    assert {"lk-oldenburg", "lk-osnabrueck", "lk-heidekreis"} <= set(names(REGISTER.zkt(2024)))


def test_osterode_is_a_17th_zkt_until_2016() -> None:
    assert len(REGISTER.zkt(2016)) == 17
    assert "lk-osterode-am-harz" in names(REGISTER.zkt(2016))
    assert len(REGISTER.zkt(2017)) == 16


def test_goettingen_changes_its_ags_with_the_first_year_that_begins_in_its_new_shape() -> None:
    assert REGISTER.find("lk-goettingen", 2016).ags == "03152"
    assert REGISTER.find("lk-goettingen", 2017).ags == "03159"


def test_no_kreis_is_listed_twice_in_any_year() -> None:
    for jahr in range(2005, 2030):
        rows = REGISTER.all(jahr)
        assert len(set(names(rows))) == len({row.ags for row in rows}) == len(rows), jahr


def test_2011_lists_soltau_fallingbostel_and_lets_heidekreis_be_named() -> None:
    assert "lk-heidekreis" not in names(REGISTER.all(2011))
    assert REGISTER.find("lk-heidekreis", 2011).name == "Landkreis Heidekreis"
    assert REGISTER.find("lk-soltau-fallingbostel", 2011).name == "Landkreis Soltau-Fallingbostel"


def test_an_unknown_key_is_told_the_nearest_ones() -> None:
    with pytest.raises(UsageError, match=r"emslnd.*lk-emsland") as caught:
        REGISTER.find("lk-emslnd", 2024)
    assert caught.value.exit_code == 2


@pytest.mark.parametrize(
    ("schluessel", "jahr", "said"),
    [
        ("lk-osterode-am-harz", 2017, r"bestand bis zum 31\.10\.2016"),
        ("lk-soltau-fallingbostel", 2024, r"bestand bis zum 31\.07\.2011.*lk-heidekreis"),
        ("lk-heidekreis", 2010, r"erst seit dem 01\.08\.2011.*lk-soltau-fallingbostel"),
    ],
)
def test_a_key_of_another_year_is_told_which_and_until_when(schluessel: str, jahr: int, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        REGISTER.find(schluessel, jahr)


def test_a_gemeinsame_einrichtung_has_no_agreement_and_the_zkt_of_its_name_is_offered() -> None:
    with pytest.raises(UsageError, match=r"gemeinsame Einrichtung.*Nr\. 4.*lk-oldenburg"):
        REGISTER.require_zkt("sk-oldenburg", 2024)
    with pytest.raises(UsageError, match=r"gemeinsame Einrichtung"):
        REGISTER.require_zkt("lk-celle", 2024)


def test_a_zkt_has_no_agreement_before_its_first_year() -> None:
    with pytest.raises(UsageError, match="seit 2012"):
        REGISTER.require_zkt("lk-aurich", 2011)
    assert REGISTER.require_zkt("lk-aurich", 2012).name == "Landkreis Aurich"


def test_every_kreis_is_found_by_its_name_in_every_case() -> None:
    for row in REGISTER.all(2024):
        for form in (row.name, row.nominativ, row.genitiv, row.dativ, row.akkusativ):
            assert REGISTER.by_name(f"Mit  {form}, hinsichtlich", 2024) == row


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Stadt Oldenburg", "sk-oldenburg"),
        ("des Landkreises Oldenburg", "lk-oldenburg"),
        ("Landkreis Rotenburg\n(Wümme)", "lk-rotenburg-wuemme"),
        ("Landkreis Osterholz-Scharmbeck", None),
        ("Kreis Emsland", None),
        ("Landkreis Emslandes", None),
        ("Landkreis Harburg und Landkreis Grafschaft Bentheim", "lk-grafschaft-bentheim"),
        ("", None),
    ],
)
def test_a_name_in_a_text_is_the_whole_name_or_none(text: str, key: str | None) -> None:
    found = REGISTER.by_name(text, 2024)
    assert (found and found.schluessel) == key


def test_a_name_means_the_kreis_of_that_year() -> None:
    assert REGISTER.by_name("Landkreis Göttingen", 2016) == REGISTER.find("lk-goettingen", 2016)
    assert REGISTER.by_name("Landkreis Göttingen", 2017) == REGISTER.find("lk-goettingen", 2017)
    assert REGISTER.by_name("Landkreis Osterode am Harz", 2017) is None


def test_the_rows_whose_dates_are_from_memory_say_so() -> None:
    dated = [row for row in REGISTER.rows if row.gueltig_von or row.gueltig_bis]
    assert len(dated) == 5
    assert all("aus dem Gedächtnis" in row.hinweis for row in dated)


def test_keys_are_the_names_in_ascii() -> None:
    letters = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
    kinds = {"Landkreis": "lk", "Stadt": "sk", "Region": "region"}
    for row in REGISTER.rows:
        kind, _, name = row.name.partition(" ")
        assert row.schluessel == f"{kinds[kind]}-{re.sub('[^a-z]+', '-', name.lower().translate(letters)).strip('-')}"


def test_the_packaged_register_says_what_was_handed_over() -> None:
    with PACKAGED.open(encoding="utf-8", newline="") as own, HANDED_OVER.open(encoding="utf-8-sig", newline="") as given:
        rows = [{name: value for name, value in row.items() if name != "hinweis"} for row in csv.DictReader(own, delimiter=";")]
        assert rows == list(csv.DictReader(given, delimiter=";"))


def test_a_register_with_a_missing_column_a_wrong_day_or_no_file_is_refused(tmp_path: Path) -> None:
    text = PACKAGED.read_text(encoding="utf-8")
    short, wrong = tmp_path / "short.csv", tmp_path / "wrong.csv"
    short.write_text(text.replace(";ort;", ";ORT;"), encoding="utf-8")
    wrong.write_text(text.replace("2016-10-31", "31.10.2016"), encoding="utf-8")
    with pytest.raises(RecordError, match="Spalte ort"):
        load_register(short)
    with pytest.raises(RecordError, match=r"wrong\.csv:11: .*2016-10-31"):
        load_register(wrong)
    with pytest.raises(UnreadableError):
        load_register(tmp_path / "none.csv")
