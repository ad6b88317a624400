"""How a call names agreements: by year and Träger in one word or two, with or without "lk-", by amendment, by file."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from command import ROOT, zv
from round_trip import LIBRARY

from agreements.errors import UsageError
from zv.named import agreement_named, named, records_named

Capture = pytest.CaptureFixture[str]
EMSLAND = (2024, "lk-emsland")


@pytest.mark.parametrize(
    "words",
    [
        ["2024/lk-emsland"],
        ["2024/emsland"],
        ["2024/Emsland"],
        ["2024", "lk-emsland"],
        ["2024", "emsland"],
        ["2024", "Landkreis Emsland"],
        ["2024\\lk-emsland"],
    ],
)
def test_an_agreement_is_named_by_year_and_traeger_in_one_word_or_two(words: list[str]) -> None:
    assert agreement_named(words, LIBRARY) == EMSLAND


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        (["2024"], [2024]),
        (["2024", "2025"], [2024, 2025]),
        (["2024", "emsland", "peine"], [EMSLAND, (2024, "lk-peine")]),
        (["2024", "emsland", "2025", "emsland"], [EMSLAND, (2025, "lk-emsland")]),
        (["2024/emsland", "Rücklauf.docx"], [EMSLAND, Path("Rücklauf.docx")]),
        (["2024", "emsland", "alt/2023/lk-emsland.yaml"], [EMSLAND, Path("alt/2023/lk-emsland.yaml")]),
        (["2024/emsland-1"], [(2024, "lk-emsland-1")]),
        (["2024", "rotenburg-wümme"], [(2024, "lk-rotenburg-wuemme")]),
    ],
)
def test_several_are_named_in_their_order(words: list[str], meant: list[object]) -> None:
    assert named(words, LIBRARY) == meant


def test_where_a_landkreis_and_a_city_share_a_name_the_one_with_an_agreement_is_meant() -> None:
    assert agreement_named(["2024/osnabrueck"], LIBRARY) == (2024, "lk-osnabrueck")
    assert agreement_named(["2024/oldenburg"], LIBRARY) == (2024, "lk-oldenburg")
    assert agreement_named(["2024/sk-oldenburg"], LIBRARY) == (2024, "sk-oldenburg"), "what is typed in full is what is meant"


def test_a_name_beside_the_traeger_is_taken_only_where_it_is_asked_for() -> None:
    assert agreement_named(["2024/rahmen"], LIBRARY, also=("rahmen",)) == (2024, "rahmen")
    with pytest.raises(UsageError, match="„rahmen“ gibt es im Register nicht"):
        agreement_named(["2024/rahmen"], LIBRARY)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["2024", "emslnd"], "Gemeint ist vielleicht lk-emsland"),
        (["2024", "grafschaft"], "Gemeint ist vielleicht lk-grafschaft-bentheim."),
        (["emsland"], r"Zu „emsland“ fehlt das Jahr. Zum Beispiel: \d{4}/lk-emsland"),
        (["2017/osterode-am-harz"], r"bestand bis zum 31\.10\.2016"),
        (["2024"], "Gefragt wird nach einer Vereinbarung"),
        (["2024/emsland", "2024/peine"], "Gefragt wird nach einer Vereinbarung"),
        (["x.yaml"], "Gefragt wird nach einer Vereinbarung"),
        ([], "Gefragt wird nach einer Vereinbarung"),
    ],
)
def test_what_names_no_agreement_is_told_what_may_be_meant(words: list[str], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        agreement_named(words, LIBRARY)


def test_a_year_alone_is_no_record() -> None:
    with pytest.raises(UsageError, match="Es fehlt der Träger"):
        records_named(["2024"], LIBRARY)


@pytest.mark.parametrize("command", ["drucke", "pruefe", "gilt", "runde"])
@pytest.mark.parametrize("words", [("2024", "emsland"), ("2024/Emsland",)])
def test_every_command_understands_them(command: str, words: tuple[str, ...], tmp_path: Path, capsys: Capture) -> None:
    shutil.copytree(ROOT / "agreements/2024", tmp_path / "agreements/2024")
    form = ("--format", "text") if command == "drucke" else ()
    ended = zv(capsys, command, *words, *form, "--ordner", tmp_path)
    assert (ended.code, ended.err) == (0, "")
    assert "mslan" in ended.out
