"""Values of a scan laid on its wording: doubted where two readers differ, sure where both saw them."""

from __future__ import annotations

import pytest
from emsland import emsland
from two_readers import clean, kinds, of, read, reread, seen


def test_a_value_that_both_readers_saw_is_sure() -> None:
    found = of(read(clean()), "haushalt.verwaltungskosten")
    assert (found.wert, found.doubtful) == (13155724, False)
    assert found.confidence >= 0.9


@pytest.mark.parametrize(
    ("near", "text", "other", "feld"),
    [
        ("Verwaltungskosten", "13.155.724", "13.165.724", "haushalt.verwaltungskosten"),
        ("Gesamtbudget", "21,9", "27,9", "haushalt.gesamtbudget_mio"),
        ("Frauen um", "5,1", "3,1", "ziele.integrationsquote.frauen"),
        ("Gesamtbudget", "21,9", "219", "haushalt.gesamtbudget_mio"),
        ("14,0", "14,0", "140", "ziele.langzeitleistungsbezug.gesamt"),
    ],
)
def test_figures_that_two_readers_see_differently_are_doubted(near: str, text: str, other: str, feld: str) -> None:
    found = of(read(reread(clean(), near, text, seen(text, other, sicherheit=0.6))), feld)
    assert found.doubtful and found.confidence <= 0.6
    assert text in (found.reason or "") and other in (found.reason or "")


def test_figures_that_only_one_reader_saw_are_doubted() -> None:
    found = read(reread(clean(), "Verwaltungskosten", "13.155.724", seen("13.155.724", sicherheit=0.5)))
    assert of(found, "haushalt.verwaltungskosten").doubtful


@pytest.mark.parametrize(("text", "new"), [("steigt.", "stelgt."), ("Vergleich", "Verqleich"), ("mehr", "rnehr")])
def test_the_words_of_a_target_are_mended(text: str, new: str) -> None:
    found = read(reread(clean(), "14,0", text, seen(new)))
    assert of(found, "ziele.langzeitleistungsbezug.gesamt").wert == emsland().ziele.langzeitleistungsbezug.gesamt
    assert not of(found, "ziele.langzeitleistungsbezug.gesamt").doubtful


def test_a_full_stop_for_the_comma_of_a_rate_is_no_other_rate() -> None:
    found = of(read(reread(clean(), "14,0", "14,0", seen("14,0", "14.0"))), "ziele.langzeitleistungsbezug.gesamt")
    assert found.wert == emsland().ziele.langzeitleistungsbezug.gesamt and not found.doubtful


def test_a_full_stop_that_one_reader_saw_in_a_number_makes_it_another_one() -> None:
    """Recorded of "34.0" that a pen wrote beside a struck number: the other reader saw 340."""
    found = of(read(reread(clean(), "Gesamtbudget", "21,9", seen("34.0", "340", sicherheit=0.6))), "haushalt.gesamtbudget_mio")
    assert found.doubtful and "34.0" in (found.reason or "")


def test_rising_never_becomes_falling() -> None:
    found = of(read(reread(clean(), "14,0", "steigt.", seen("steigt.", "sinkt."))), "ziele.langzeitleistungsbezug.gesamt")
    assert found.doubtful and "sinkt" in (found.reason or "")


def test_amounts_that_do_not_add_up_are_doubted() -> None:
    found = read(reread(clean(), "Verwaltungskosten", "13.155.724", seen("18.155.724")))
    for feld in ("gesamtbudget_mio", "verwaltungskosten", "eingliederungsleistungen"):
        assert "ergeben zusammen nicht" in (of(found, f"haushalt.{feld}").reason or "")


def test_another_kreis_read_surely_is_a_contradiction_and_a_slip_is_none() -> None:
    slip = read(reread(clean(), "Wunsch", "Emsland", seen("Ernsland")))
    assert not kinds(slip, "widerspruch") and not of(slip, "traeger").doubtful
    other = read(reread(clean(), "Wunsch", "Emsland", seen("Peine")))
    assert kinds(other, "widerspruch") and of(other, "traeger").wert == "lk-emsland"
