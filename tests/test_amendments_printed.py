"""Amendments printed and read back as their records."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from amendment_files import NAME, amendment, library_of_office, office_with_amendments
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from round_trip import departures, printed, read_back, said, unsure
from sampling import examples
from strategies import amendments, records

from agreements.errors import WordingError
from agreements.library.library import Library, open_library
from agreements.library.proof import paragraphs_of
from agreements.matching.record import match
from agreements.model.fields import angaben
from agreements.model.record import Vereinbarung
from agreements.store.store import dump_record
from extract.extraction import extract

office = pytest.fixture(office_with_amendments)
library = pytest.fixture(library_of_office)


@pytest.mark.parametrize("form", ["pdf", "docx"])
@pytest.mark.parametrize("number", [1, 2])
def test_a_printed_amendment_reads_back_as_its_record(library: Library, form: str, number: int, tmp_path: Path) -> None:
    record = amendment(library, number)
    back = read_back(library.document(record), form, tmp_path, library)
    assert said(back.record) == said(record)
    assert back.record.wortlaut == "ni/aenderung-2024"
    assert departures(back) == []
    assert unsure(back) == []
    own = library.store.load((2024, f"lk-emsland-{number}")).record
    assert dump_record(library.own(back.record).model_copy(update={"akte": own.akte})) == dump_record(own)


def test_the_document_names_old_and_new_values_by_their_place(library: Library) -> None:
    text = "\n".join(block.text for block in library.document(amendment(library)).blocks)
    assert "Änderung Nr. 1 zur Zielvereinbarung 2024" in text
    assert "Kapitel II, Verwaltungskosten: Statt 13.155.724 Euro gelten 13.655.724 Euro." in text
    assert "Kapitel III § 2 Nummer 2, Integrationsquote der Frauen: Statt „um 5,1 % im Vergleich zum Jahr 2023 steigt“ gilt" in text
    assert "In Kapitel III § 3 Absatz 1 werden die Worte „zweimal jährlich“ durch die Worte „dreimal jährlich“ ersetzt." in text


def test_an_amendment_of_other_values_than_were_agreed_is_told(library: Library, office: Path, tmp_path: Path) -> None:
    path = printed(library.document(amendment(library)), "pdf", tmp_path)
    base = office / "agreements/2024/lk-emsland.yaml"
    base.write_text(base.read_text(encoding="utf-8").replace("13155724", "13155742"), encoding="utf-8")
    found = extract(path, open_library(office))
    told = [(each.schwere, each.feld, each.text, each.erwartet) for each in found.befunde if each.art == "widerspruch"]
    assert ("warnung", "aenderung.alt.haushalt.verwaltungskosten", "13.155.724", "13.155.742") in told
    kept = open_library(office).own(found.record)
    assert kept.aenderung
    assert {path for path in angaben(kept) if path.startswith("aenderung.alt.")} == {"aenderung.alt.haushalt.verwaltungskosten"}


def test_an_amendment_without_its_agreement_is_read_and_said_to_be_alone(library: Library, tmp_path: Path) -> None:
    record = amendment(library, 2)
    path = printed(library.document(record), "docx", tmp_path)
    (tmp_path / NAME.format(1)).unlink()
    found = extract(path, open_library(tmp_path))
    assert said(found.record) == said(record)
    assert [each.schwere for each in found.befunde if "ließ sich nicht vergleichen" in each.text] == ["warnung"]


def test_an_agreement_is_not_taken_for_an_amendment(library: Library, tmp_path: Path) -> None:
    record = library.state(2024, "lk-emsland", 0)
    assert read_back(library.document(record), "docx", tmp_path, library).record.wortlaut == "ni/2024"


def _amended(library: Library, agreed: Vereinbarung, data: st.DataObject) -> Vereinbarung:
    """An amendment to an agreement that lies in the library now."""
    assume(any(path.startswith(("rahmenbedingungen.", "haushalt.", "ziele.")) for path in angaben(agreed)))
    path = library.store.ordner / f"agreements/2024/{agreed.traeger}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(dump_record(agreed), encoding="utf-8")
    return library.effective(data.draw(amendments(agreed)))


@pytest.mark.law
def test_what_an_amendment_prints_reads_back_and_hardly_one_is_refused(tmp_path: Path) -> None:
    tried: Counter[str] = Counter()
    library = open_library(tmp_path)

    @given(st.data())
    @settings(max_examples=max(20, settings().max_examples // 2), suppress_health_check=list(HealthCheck))
    def law(data: st.DataObject) -> None:
        agreed = data.draw(records())
        record = _amended(library, agreed, data)
        tried["all"] += 1
        try:
            document = library.document(record)
        except WordingError:
            tried["refused"] += 1
            return
        found = match(library.wording("ni/aenderung-2024"), paragraphs_of(document), library.register)
        assert said(found.record) == said(record)
        assert not [each for each in found.befunde if (each.art, each.schwere) != ("fehlt", "hinweis")]
        assert library.after(library.own(found.record)) == library.after(record)

    law()
    assert tried["refused"] <= max(1, tried["all"] // 50)


@pytest.mark.law
@pytest.mark.parametrize("form", ["pdf", "docx"])
@given(data=st.data())
@settings(max_examples=examples(5), suppress_health_check=list(HealthCheck))
def test_an_amendment_printed_as_a_file_reads_back(form: str, data: st.DataObject, tmp_path: Path) -> None:
    library = open_library(tmp_path)
    record = _amended(library, data.draw(records()), data)
    try:
        document = library.document(record)
    except WordingError:
        return
    assert said(read_back(document, form, tmp_path, library).record) == said(record)
