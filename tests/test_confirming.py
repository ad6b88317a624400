"""What a person must confirm: changes tracked in Word that nobody accepted, and departures from the fixed text."""

from __future__ import annotations

import json
import shutil
from copy import deepcopy
from pathlib import Path
from typing import Any

import docx
import pytest
from command import ROOT, Ended, zv
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from older_documents import Older
from round_trip import LIBRARY, emsland, printed

from agreements.library.library import open_library
from extract.extraction import extract

Capture = pytest.CaptureFixture[str]
BUDGET = "haushalt.verwaltungskosten"


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Word file of the real agreement, as zv prints it."""
    return printed(LIBRARY.document(emsland()), "docx", tmp_path_factory.mktemp("unsere"))


def tracked(source: Path, target: Path, *changes: tuple[str, str]) -> Path:
    """A Word file in which words are tracked as replaced by others; the first run that holds them is parted there."""
    document = docx.Document(str(source))
    for old, new in changes:
        text = next(text for text in document.element.body.iter(qn("w:t")) if old in (text.text or ""))
        before, _, after = text.text.partition(old)
        run = text.getparent()
        for piece in (_run(run, before), _marked("w:del", _run(run, old, "w:delText")), _marked("w:ins", _run(run, new)), _run(run, after)):
            run.addprevious(piece)
        run.getparent().remove(run)
    document.save(str(target))
    return target


def _run(like: Any, said: str, tag: str = "w:t") -> Any:
    run = deepcopy(like)
    for text in run.findall(qn("w:t")):
        text.tag, text.text = qn(tag), said
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return run


def _marked(tag: str, run: Any) -> Any:
    mark = OxmlElement(tag)
    for name, value in (("id", "7"), ("author", "Erika Muster"), ("date", "2024-01-30T09:15:00Z")):
        mark.set(qn(f"w:{name}"), value)
    mark.append(run)
    return mark


def imported(capsys: Capture, folder: Path, source: Path) -> Path:
    """The record that an import makes of a file."""
    assert zv(capsys, "import", source, "--ordner", folder).code == 0
    return folder / "agreements/2024/lk-emsland.yaml"


def file(record: Path, entry: str) -> None:
    """Adds an entry to the record's akte, as an official does."""
    text = record.read_text(encoding="utf-8")
    assert "\nakte:\n" in text
    record.write_text(text.replace("\nakte:\n", f"\nakte:\n  {entry}\n"), encoding="utf-8")


def final(capsys: Capture, folder: Path) -> Ended:
    return zv(capsys, "render", "2024", "lk-emsland", "--endgueltig", "--format", "text", "--ordner", folder)


def told(capsys: Capture, folder: Path) -> list[tuple[str, str, str]]:
    """Rule, severity and what silences it, of what must be confirmed."""
    [record] = json.loads(zv(capsys, "check", "2024", "--format", "json", "--ordner", folder).out)["datensaetze"]
    return [(each["regel"], each["schwere"], each["stilllegen"]) for each in record["verstoesse"] if each["schwere"] != "hinweis"]


def test_a_tracked_change_of_the_fixed_text_must_be_confirmed_before_it_is_final(ours: Path, tmp_path: Path, capsys: Capture) -> None:
    record = imported(capsys, tmp_path, tracked(ours, tmp_path / "rücklauf.docx", ("zweimal", "viermal")))
    assert open_library(tmp_path).store.load(record).record.abweichungen == ()
    assert told(capsys, tmp_path) == [("nachverfolgt", "warnung", "nachverfolgt@III.§3.1")]
    refused = final(capsys, tmp_path)
    assert refused.code == 1 and "III.§3.1: „viermal“ statt „zweimal“; nachverfolgt" in refused.err and not (tmp_path / "out/2024").exists()
    assert zv(capsys, "render", "2024", "lk-emsland", "--format", "text", "--ordner", tmp_path).code == 0
    printed_now = (tmp_path / "out/2024/lk-emsland.txt").read_text(encoding="utf-8")
    assert "ENTWURF" in printed_now and "mindestens jedoch zweimal jährlich" in printed_now
    assert "III.§3.1: gelesen „viermal“ statt „zweimal“: offen" in printed_now
    file(record, "stillgelegt: {nachverfolgt@III.§3.1: am 3. Februar verworfen}")
    assert told(capsys, tmp_path) == []


def test_a_departure_of_what_is_signed_is_a_hint_and_still_keeps_it_from_being_final(ours: Path, tmp_path: Path, capsys: Capture) -> None:
    record = imported(capsys, tmp_path, tracked(ours, tmp_path / "rücklauf.docx", ("zweimal", "viermal")))
    file(record, "stand: unterzeichnet")
    assert told(capsys, tmp_path) == []
    assert final(capsys, tmp_path).code == 1


def test_a_tracked_change_of_a_value_must_be_confirmed_too_and_says_what_stood_there(ours: Path, tmp_path: Path, capsys: Capture) -> None:
    source = tracked(ours, tmp_path / "rücklauf.docx", ("13.155.724", "13.155.742"))
    record = imported(capsys, tmp_path, source)
    [point] = open_library(tmp_path).store.load(record).record.akte.offen
    assert (point.feld, point.art, [each.wert or each.text for each in point.lesungen]) == (
        BUDGET,
        "nachverfolgt",
        ["13.155.742", "13.155.724"],
    )
    assert told(capsys, tmp_path) == [("nachverfolgt", "warnung", f"nachverfolgt@{BUDGET}")]
    assert "zuvor „13.155.724“" in " ".join(zv(capsys, "check", "2024", "--ordner", tmp_path).out.split())
    refused = final(capsys, tmp_path)
    assert refused.code == 1 and "zuvor „13.155.724“" in refused.err
    record.write_text(record.read_text(encoding="utf-8").replace(": 13155742", ": 13155724"), encoding="utf-8")
    assert told(capsys, tmp_path) == []
    assert final(capsys, tmp_path).code == 0


def test_what_comes_back_without_tracked_changes_needs_no_confirmation(ours: Path, tmp_path: Path, capsys: Capture) -> None:
    record = imported(capsys, tmp_path, ours)
    assert "nachverfolgt" not in record.read_text(encoding="utf-8")
    assert told(capsys, tmp_path) == []
    assert final(capsys, tmp_path).code == 0


def test_a_tracked_change_that_ends_in_the_wording_itself_changes_no_angabe(ours: Path, tmp_path: Path, capsys: Capture) -> None:
    again = tracked(ours, tmp_path / "rücklauf.docx", ("zweimal", "zweimal"))
    assert "eingefügt von Erika Muster" in imported(capsys, tmp_path, again).read_text(encoding="utf-8")
    assert told(capsys, tmp_path) == []


def test_of_a_file_that_was_nothing_before_its_changes_every_angabe_is_to_be_confirmed(ours: Path, tmp_path: Path) -> None:
    document = docx.Document(str(ours))
    for run in list(document.element.body.iter(qn("w:r"))):
        run.addprevious(mark := _marked("w:ins", deepcopy(run)))
        mark.getparent().remove(run)
    document.save(str(tmp_path / "neu.docx"))
    record = extract(tmp_path / "neu.docx", LIBRARY).record
    assert record.haushalt == emsland().haushalt
    assert "zuvor „–“" in next(each.grund for each in record.akte.offen if each.feld == BUDGET)


def test_a_kept_text_says_that_it_was_tracked(tmp_path: Path) -> None:
    (tmp_path / "alt.docx").write_bytes(Older(1).word())
    source = tracked(tmp_path / "alt.docx", tmp_path / "neu.docx", ("mindestens zwei Zieldialoge", "mindestens drei Zieldialoge"))
    [point] = [each for each in extract(source, LIBRARY).record.akte.offen if each.art == "nachverfolgt"]
    assert point.feld == "text" and "zuvor „(1) Es finden mindestens zwei Zieldialoge im Jahr statt. …“" in point.grund
    assert not [each for each in extract(tmp_path / "alt.docx", LIBRARY).record.akte.offen if each.art == "nachverfolgt"]


# ---------------------------------------------------------------- amendments

AMENDMENT = """\
jahr: 2024
traeger: lk-emsland
wortlaut: ni/aenderung-2024
aenderung:
  nummer: 1
  neu: {haushalt: {verwaltungskosten: 13655724, gesamtbudget_mio: 22.4}}
  texte: {1: {stelle: III.§3.1, alt: mindestens, neu: wenigstens}}
"""


@pytest.fixture
def amended(tmp_path: Path) -> Path:
    """A folder with an agreement that departs from its wording, and an amendment that replaces other words."""
    shutil.copytree(ROOT / "agreements/2024", tmp_path / "agreements/2024")
    departure = "abweichungen: [{stelle: III.§3.1, art: ersetzt, alt: zweimal, neu: viermal}]\n"
    with (tmp_path / "agreements/2024/lk-emsland.yaml").open("a", encoding="utf-8") as agreement:
        agreement.write(departure)
    (tmp_path / "agreements/2024/lk-emsland-1.yaml").write_text(AMENDMENT, encoding="utf-8")
    return tmp_path


def rules_told(capsys: Capture, folder: Path, *names: str) -> list[list[str]]:
    """Of each record, which of some rules told something."""
    records = json.loads(zv(capsys, "check", "2024", "--format", "json", "--ordner", folder).out)["datensaetze"]
    return [[each["regel"] for each in record["verstoesse"] if each["regel"] in names] for record in records]


def test_a_departure_is_told_with_the_agreement_and_what_an_amendment_agrees_is_none(amended: Path, capsys: Capture) -> None:
    assert rules_told(capsys, amended, "abweichung") == [["abweichung"], []]
    ended = zv(capsys, "render", "2024", "lk-emsland-1", "--endgueltig", "--format", "text", "--ordner", amended)
    assert "abweichung" not in ended.err


def test_of_an_amendment_its_own_departures_and_unsure_numbers_are_told(amended: Path, capsys: Capture) -> None:
    unsure = "fundstellen: {aenderung.neu.haushalt.verwaltungskosten: {seite: 1, sicherheit: 0.5, gelesen: 13.655.724}}"
    departure = "abweichungen: [{stelle: I.1, art: ersetzt, alt: wird, neu: ist}]"
    (amended / "agreements/2024/lk-emsland-1.yaml").write_text(f"{AMENDMENT}akte: {{{unsure}}}\n{departure}\n", encoding="utf-8")
    [_, told] = rules_told(capsys, amended, "abweichung", "unsicher-gelesen")
    assert sorted(told) == ["abweichung", "unsicher-gelesen"]
