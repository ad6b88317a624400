"""Where the numbers of a record were read stays with it, and is told only as long as it is true."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from round_trip import LIBRARY, emsland, read_back

from agreements.library.provenance import UNKNOWN, is_number, keep, told
from agreements.model.fields import angaben, value_at
from agreements.model.record import Akte, Fundstelle, Vereinbarung
from agreements.model.values import OFFEN
from agreements.reading.doubts import Doubt
from agreements.reading.findings import Found, Location
from agreements.store.store import Store
from extract.extraction import Extraction

KOSTEN = "haushalt.verwaltungskosten"
QUOTE = "ziele.integrationsquote.gesamt"


@pytest.fixture(scope="module")
def extraction(tmp_path_factory: pytest.TempPathFactory) -> Extraction:
    return read_back(LIBRARY.document(emsland()), "pdf", tmp_path_factory.mktemp("fundstellen"))


def test_every_number_that_was_read_has_its_page_and_certainty_in_the_record(extraction: Extraction) -> None:
    kept = extraction.record.akte.fundstellen
    assert set(kept) == {feld for feld in angaben(emsland()) if is_number(feld)}
    for found in extraction.found:
        if is_number(found.feld):
            stelle = kept[found.feld]
            assert (stelle.seite, float(stelle.sicherheit or 0)) == (found.locations[0].page, found.confidence)
    assert kept[QUOTE].gelesen == "um 3,9 % im Vergleich zum Jahr 2023 steigt"


def test_they_are_kept_on_disk(extraction: Extraction, tmp_path: Path) -> None:
    store = Store(tmp_path)
    assert store.load(store.save(extraction.record)).record.akte.fundstellen == extraction.record.akte.fundstellen


def with_stelle(stelle: Fundstelle, feld: str = KOSTEN) -> Vereinbarung:
    """The agreement as if it had been read so."""
    return emsland().model_copy(update={"akte": Akte(fundstellen={feld: stelle})})


def test_a_value_that_was_changed_since_keeps_its_page_and_loses_its_certainty() -> None:
    stelle = Fundstelle(seite=3, sicherheit=Decimal("0.99"), gelesen="13.155.724")
    record = with_stelle(stelle)
    assert told(KOSTEN, value_at(record, KOSTEN), record, LIBRARY.register) == stelle
    assert told(KOSTEN, 13155725, record, LIBRARY.register) == Fundstelle(seite=3, gelesen="13.155.724")


def test_of_a_value_that_was_not_read_nothing_is_told() -> None:
    assert told(KOSTEN, 1, emsland(), LIBRARY.register) == UNKNOWN


def test_a_value_nobody_could_read_is_kept_as_open_and_unsure() -> None:
    record = emsland().model_copy(update={"haushalt": emsland().haushalt.model_copy(update={"verwaltungskosten": OFFEN})})
    [stelle] = keep([Found.unread(KOSTEN, Doubt("nichts-lesbar"), (Location(3, None, "13.15?"),))], record, LIBRARY.register).values()
    assert stelle == Fundstelle(seite=3, sicherheit=Decimal("0.0"), gelesen="offen")
    kept = with_stelle(stelle)
    assert told(KOSTEN, OFFEN, kept, LIBRARY.register).sicherheit == 0
    assert told(KOSTEN, 13155724, kept, LIBRARY.register).sicherheit is None
