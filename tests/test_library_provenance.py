"""Where the numbers of a record were read stays with it, and is told only as long as it is true."""

from __future__ import annotations

from decimal import Decimal

from round_trip import LIBRARY, emsland

from agreements.library.provenance import UNKNOWN, doubtful, told
from agreements.model.akte import OffenerPunkt
from agreements.model.fields import value_at
from agreements.model.record import Akte, Fundstelle, Vereinbarung
from agreements.model.values import OFFEN

KOSTEN = "haushalt.verwaltungskosten"
QUOTE = "ziele.integrationsquote.gesamt"


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


def with_point(**said: object) -> Vereinbarung:
    """The agreement with an open point on the sum."""
    point = {
        "kennung": "0" * 12,
        "art": "unsicher",
        "feld": KOSTEN,
        "grund": "undeutlich",
        "seite": 3,
        "sicherheit": Decimal("0.5"),
        **said,
    }
    return emsland().model_copy(update={"akte": Akte(offen=(OffenerPunkt.model_validate(point),))})


def test_an_open_point_tells_where_a_value_was_read_and_how_surely_until_it_is_changed() -> None:
    record = with_point(lesungen=[{"text": "13.155.724", "wert": "13.155.724"}])
    read = Fundstelle(seite=3, sicherheit=Decimal("0.5"), gelesen="13.155.724")
    assert told(KOSTEN, 13155724, record, LIBRARY.register) == doubtful(KOSTEN, 13155724, record, LIBRARY.register) == read
    assert told(KOSTEN, 13155725, record, LIBRARY.register).sicherheit is None
    assert doubtful(KOSTEN, 13155725, record, LIBRARY.register) is None


def test_a_value_nobody_could_read_is_unsure_until_somebody_writes_it() -> None:
    kept = with_point(lesungen=[{"text": "13.15?", "wert": "–"}], sicherheit=Decimal(0))
    assert told(KOSTEN, OFFEN, kept, LIBRARY.register).sicherheit == 0
    assert told(KOSTEN, 13155724, kept, LIBRARY.register).sicherheit is None
