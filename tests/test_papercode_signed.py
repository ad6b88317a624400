"""What a signed sheet says of the draft that its code names, and what of it goes into the record."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from papercode_office import OPEN, effective, library_with_code, office_with_code
from rich.console import Console

from agreements.comparing.returned import Returned, returned
from agreements.library.library import Library, open_library
from agreements.library.proof import paragraphs_of
from agreements.model.fields import value_at
from agreements.model.record import Abweichung, Vereinbarung
from agreements.model.values import OFFEN
from agreements.reading.doubts import Doubt
from agreements.reading.findings import Befund, Found
from agreements.reading.reading import Beiwerk
from extract.by_wording.choice import match_mended
from extract.extraction import Extraction, extract
from extract.pdf import read_pdf
from extract.results.transfer import Answer
from render.pdf import render_pdf
from zv.importing import Import, exit_code
from zv.telling import show

office = pytest.fixture(office_with_code)
library = pytest.fixture(library_with_code)


# ---------------------------------------------------------------- the signed sheet


def scanned_sheet(library: Library, folder: Path, said: Vereinbarung | None = None, name: str = "lk-emsland") -> Extraction:
    """What is read of a sheet with the code of a record's draft on which something else may stand: its text, as if it was recognised."""
    draft = library.document(effective(library, name))
    path = folder / "blatt.pdf"
    path.write_bytes(render_pdf(library.document(said or effective(library, name))))
    found = extract(path, library)
    mark = Beiwerk("papercode", found.reading.page_count, draft.papercode)
    reading = replace(found.reading, lesart="texterkennung", beiwerk=(*found.reading.beiwerk, mark))
    return replace(found, reading=reading)


def doubted_alone(found: Sequence[Found], feld: str) -> tuple[Found, ...]:
    """What was read, in doubt for that one Angabe only."""
    sure = [replace(each, doubts=()) for each in found]
    return tuple(each.doubted(Doubt("von-hand")) if each.feld == feld else each for each in sure)


def judged(library: Library, sheet: Extraction) -> Returned:
    return returned(library, sheet.reading, sheet.record, sheet.found)


def signed_on(record: Vereinbarung, day: date) -> Vereinbarung:
    signature = record.unterschriften.traeger[1].model_copy(update={"datum": day, "zustand": "handschriftlich"})
    return record.model_copy(update={"unterschriften": record.unterschriften.model_copy(update={"traeger": {1: signature}})})


def test_a_sheet_that_says_what_was_printed_is_signed_as_drafted(library: Library, tmp_path: Path) -> None:
    sheet = scanned_sheet(library, tmp_path, signed_on(effective(library), date(2024, 2, 1)))
    found = judged(library, sheet)
    assert found.stored is not None
    assert [each.schwere for each in found.befunde] == ["hinweis"]
    assert found.befunde[0].sentence().startswith("Seite 7: Unterzeichnet wie entworfen")


def with_values(record: Vereinbarung, **values: Any) -> Vereinbarung:
    return record.model_copy(update={"haushalt": record.haushalt.model_copy(update=values)})


def told(befunde: Sequence[Befund]) -> list[tuple[str, str]]:
    return [(each.schwere, each.text) for each in befunde]


def test_what_was_changed_by_hand_is_shown_and_the_code_is_not_believed(library: Library, tmp_path: Path) -> None:
    words = Abweichung(stelle="III.§3.1", art="ersetzt", alt="zweimal", neu="dreimal")
    changed = with_values(effective(library), verwaltungskosten=13155742).model_copy(update={"abweichungen": (words,)})
    sheet = scanned_sheet(library, tmp_path, changed)
    found = judged(library, sheet)
    assert found.stored is None
    assert [schwere for schwere, _ in told(found.befunde)] == ["warnung", "warnung"]
    assert "„13.155.742“ statt „13.155.724“" in found.befunde[0].text
    assert "„dreimal“ statt „zweimal“" in found.befunde[1].text
    assert sheet.record.haushalt.verwaltungskosten == 13155742


def test_a_place_that_was_not_read_for_sure_is_no_change_but_is_named(library: Library, tmp_path: Path) -> None:
    sheet = scanned_sheet(library, tmp_path, with_values(effective(library), verwaltungskosten=13155742))
    unsure = doubted_alone(sheet.found, "haushalt.verwaltungskosten")
    found = judged(library, replace(sheet, found=unsure))
    assert found.stored is None
    assert [schwere for schwere, _ in told(found.befunde)] == ["hinweis"]
    assert "soweit sicher gelesen" in found.befunde[0].text
    assert "13.155.742" in found.befunde[0].text


def test_a_printed_day_that_was_changed_is_told(library: Library, office: Path, tmp_path: Path) -> None:
    path = office / "agreements/2024/lk-emsland.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace(OPEN[1], OPEN[0]), encoding="utf-8")
    dated = open_library(office)
    sheet = scanned_sheet(dated, tmp_path, signed_on(effective(dated), date(2024, 2, 11)))
    assert "„11. Februar 2024“ statt „1. Februar 2024“" in judged(dated, sheet).befunde[0].text


@pytest.mark.parametrize(("whole", "said"), [(True, "Auf dem Blatt steht Wort für Wort"), (False, "Auch auf dem Blatt steht nicht")])
def test_a_record_that_was_changed_since_is_told(library: Library, office: Path, whole: bool, said: str, tmp_path: Path) -> None:
    other = effective(library) if whole else with_values(effective(library), gesamtbudget_mio=Decimal("22.0"))
    sheet = scanned_sheet(library, tmp_path, other)
    path = office / "agreements/2024/lk-emsland.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("13155724", "13155800"), encoding="utf-8")
    found = judged(open_library(office), sheet)
    assert found.stored is None
    assert "er wurde nach dem Druck geändert" in found.befunde[0].text
    assert said in found.befunde[0].text


def test_a_code_of_another_agreement_is_told(library: Library, office: Path, tmp_path: Path) -> None:
    sheet = scanned_sheet(library, tmp_path)
    reading = replace(sheet.reading, beiwerk=(Beiwerk("papercode", 7, sheet.reading.beiwerk[-1].text.replace("LK-EMSLAND", "LK-PEINE")),))
    found = judged(library, replace(sheet, reading=reading))
    wrong = "Der Papiercode gehört zu 2024/lk-peine, gelesen ist 2024/lk-emsland. Es gilt, was dasteht."
    assert told(found.befunde) == [("warnung", wrong)]
    twice = replace(reading, beiwerk=(*reading.beiwerk, *sheet.reading.beiwerk))
    assert "verschiedene Papiercodes" in judged(library, replace(sheet, reading=twice)).befunde[0].text


def test_without_the_record_the_sheet_is_held_against_its_code_alone(library: Library, office: Path, tmp_path: Path) -> None:
    sheet = scanned_sheet(library, tmp_path)
    other = scanned_sheet(library, tmp_path, with_values(effective(library), verwaltungskosten=13155742))
    (office / "agreements/2024/lk-emsland.yaml").unlink()
    alone = Library(type(library.store)(office, packaged=office))
    alone.__dict__["_loaded"] = dict(library._loaded)
    assert [each.schwere for each in judged(alone, sheet).befunde] == ["hinweis"]
    assert [each.schwere for each in judged(alone, other).befunde] == ["warnung"]


def test_a_reading_without_a_code_has_nothing_to_say(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "ohne.pdf"
    path.write_bytes(render_pdf(library.document(effective(library))))
    assert returned(library, read_pdf(path), effective(library), ()) == Returned()


@pytest.mark.parametrize("marks", ["„“", ",,“", '""', "„”", "»«"])
def test_the_marks_around_quoted_words_are_no_part_of_them_however_they_were_read(marks: str, library: Library) -> None:
    opened, closed = (marks[:-1], marks[-1])
    document = library.document(effective(library, "lk-emsland-1"))
    read = [replace(each, words=tuple(replace(word, text=word.text.replace("„", opened).replace("“", closed)) for word in each.words))
            for each in paragraphs_of(document)]  # fmt: skip
    found = match_mended(library.wording("ni/aenderung-2024"), read, library.register).record
    assert value_at(found, "aenderung.texte.1.alt") == "zweimal jährlich"
    assert value_at(found, "aenderung.texte.1.neu") == "dreimal jährlich"


# ---------------------------------------------------------------- into the record


def imported(library: Library, sheet: Extraction, uebernehmen: bool) -> Any:
    run = Import(library, ohne_unterschriften=True, uebernehmen=uebernehmen)
    return run._after(sheet.datei, [Answer(sheet, {})])[0]


@pytest.mark.parametrize("uebernehmen", [False, True])
def test_signatures_go_into_the_record_only_when_that_is_wanted(library: Library, office: Path, uebernehmen: bool, tmp_path: Path) -> None:
    path = office / "agreements/2024/lk-emsland.yaml"
    before = path.read_text(encoding="utf-8")
    sheet = scanned_sheet(library, tmp_path, signed_on(effective(library), date(2024, 2, 1)))
    zustand = sheet.record.unterschriften.traeger[1].model_copy(update={"zustand": "handschriftlich"})
    signatures = sheet.record.unterschriften.model_copy(update={"traeger": {1: zustand}})
    sheet = replace(sheet, record=sheet.record.model_copy(update={"unterschriften": signatures}))
    result = imported(library, sheet, uebernehmen)
    assert (result.ergebnis, result.drafted) == ("unterzeichnet" if uebernehmen else "vorhanden", True)
    assert exit_code([result]) == 0
    told_of = io.StringIO()
    show([result], [], Console(file=told_of, width=200))
    assert "unterzeichnet wie entworfen" in told_of.getvalue()
    assert ("--unterschriften-uebernehmen" in told_of.getvalue()) != uebernehmen
    after = path.read_text(encoding="utf-8")
    if not uebernehmen:
        assert after == before
        return
    record = library.store.load((2024, "lk-emsland")).record
    assert value_at(record, "unterschriften.traeger.1.datum") == date(2024, 2, 1)
    assert value_at(record, "unterschriften.traeger.1.zustand") == "handschriftlich"
    assert record.akte.stand == "unterzeichnet"
    assert record.akte.quelle is not None
    assert record.akte.quelle.sha256 == sheet.sha256
    assert "# Das Datum des Ministeriums ist auf dem Original leer geblieben." in after
    assert imported(library, sheet, uebernehmen).ergebnis == "bekannt"


def test_a_day_that_was_not_read_for_sure_is_not_taken(library: Library, tmp_path: Path) -> None:
    sheet = scanned_sheet(library, tmp_path, signed_on(effective(library), date(2024, 2, 1)))
    unsure = doubted_alone(sheet.found, "unterschriften.traeger.1.datum")
    assert imported(library, replace(sheet, found=unsure), True).ergebnis == "unterzeichnet"
    record = library.store.load((2024, "lk-emsland")).record
    assert record.unterschriften.traeger[1].datum is OFFEN
    assert record.akte.stand == "unterzeichnet"


def test_a_sheet_that_was_changed_by_hand_leaves_the_record_as_it_is(library: Library, office: Path, tmp_path: Path) -> None:
    path = office / "agreements/2024/lk-emsland.yaml"
    before = path.read_bytes()
    sheet = scanned_sheet(library, tmp_path, with_values(effective(library), verwaltungskosten=13155742))
    result = imported(library, sheet, True)
    assert (result.ergebnis, result.drafted) == ("vorhanden", False)
    assert exit_code([result]) == 1
    assert path.read_bytes() == before
