"""Amendments during the year: loaded, shown as the state after them, refused where they do not fit."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from amendment_files import FIRST, NAME, SECOND, amendment, changed, library_of_office, office_with_amendments
from command import zv

from agreements.errors import RecordError, UsageError
from agreements.files.places import parted
from agreements.library.library import Library, open_library
from agreements.model.fields import angaben, value_at
from agreements.newyear.files import NewYear
from agreements.rules.checking import examine

office = pytest.fixture(office_with_amendments)
library = pytest.fixture(library_of_office)


# ---------------------------------------------------------------- the files of a year


def test_a_year_has_its_agreements_and_apart_from_them_their_amendments(library: Library) -> None:
    assert [path.stem for path in library.store.records(2024)] == ["lk-emsland"]
    assert [path.stem for path in library.store.amendments(2024)] == ["lk-emsland-1", "lk-emsland-2"]
    assert library.store.amendments(2024, "lk-peine") == ()


def test_no_key_of_a_traeger_can_be_taken_for_an_amendment(library: Library) -> None:
    assert {parted(key) for key in library.register.keys} == {(key, 0) for key in library.register.keys}
    assert parted("lk-rotenburg-wuemme-12") == ("lk-rotenburg-wuemme", 12)


def test_amendments_are_counted_as_numbers(office: Path) -> None:
    for number in range(3, 12):
        (office / NAME.format(number)).write_text("", encoding="utf-8")
    assert [parted(path.stem)[1] for path in open_library(office).store.amendments(2024)] == list(range(1, 12))


# ---------------------------------------------------------------- the state after them


def test_the_state_is_the_agreement_with_the_values_of_each_amendment_in_turn(library: Library) -> None:
    costs = [library.state(2024, "lk-emsland", number).haushalt.verwaltungskosten for number in (0, 1, 2)]
    assert costs == [13155724, 13655724, 13700000]
    last = library.state(2024, "lk-emsland")
    assert last == library.state(2024, "lk-emsland", 2) == library.after(amendment(library, 2))
    assert last.haushalt.gesamtbudget_mio == Decimal("22.4")
    assert repr(value_at(last, "ziele.integrationsquote.frauen").wert) == "Decimal('4.50')"
    assert last.aenderung is None


def test_what_no_amendment_names_stays_as_it_was(library: Library) -> None:
    first, last = (angaben(library.state(2024, "lk-emsland", number)) for number in (0, None))
    named = {"haushalt.gesamtbudget_mio", "haushalt.verwaltungskosten", "ziele.integrationsquote.frauen", "ziele.individuell.6.schritte"}
    assert {path for path in first if first[path] != last[path]} == named
    assert first.keys() == last.keys()


def test_words_of_the_fixed_text_are_replaced_also_those_that_were_replaced_before(library: Library) -> None:
    said = "".join(block.text for block in library.document(library.state(2024, "lk-emsland")).blocks)
    assert "mindestens jedoch viermal jährlich" in said
    assert "zweimal" not in said
    assert "dreimal" not in said


def test_the_state_is_checked_and_a_fault_is_shown_in_the_amendment(office: Path) -> None:
    library = changed(office, "gesamtbudget_mio: 22.4", "gesamtbudget_mio: 30.0")
    stored = library.store.load((2024, "lk-emsland-1"))
    case = examine(library, stored)
    line = FIRST[: FIRST.index("gesamtbudget_mio")].count("\n") + 1
    places = [(each.regel, each.datei, each.zeile) for each in case.verstoesse if each.feld == "haushalt.gesamtbudget_mio"]
    assert places == [("summe", stored.path, line)]


def test_the_draft_of_next_year_starts_from_the_state_after_the_last_amendment(office: Path) -> None:
    library = open_library(office)
    made = next(each for each in NewYear(library, 2025, {}).make(["lk-emsland"]) if each.art == "datensatz")
    text = made.path.read_text(encoding="utf-8")
    assert made.quelle == "agreements/2024/lk-emsland-2.yaml"
    assert "# 2024: 13.700.000 Euro" in text
    assert "Gemeinsame Bedarfsabfrage mit den Kammern" in text
    assert "Social-Media" not in text


# ---------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    ("old", "new", "feld", "reason"),
    [
        ("  haushalt:", "  haushal:", "aenderung.neu.haushal", "haushalt"),
        ("gesamtbudget_mio: 22.4", "gesamtbudget_mio: 22,4", "aenderung.neu.haushalt.gesamtbudget_mio", "22.4"),
        ("nummer: 1", "nummer: 0", "aenderung.nummer", "1"),
        ("wortlaut: ni/aenderung-2024", "wortlaut: ni/2024", "", "ni/aenderung-2024"),
        ("aenderung:\n", "haushalt:\n  verwaltungskosten: 5\naenderung:\n", "", "aenderung.neu"),
    ],
)
def test_a_file_that_does_not_follow_the_schema_is_refused_with_field_and_remedy(
    office: Path, old: str, new: str, feld: str, reason: str
) -> None:
    library = changed(office, old, new)
    with pytest.raises(RecordError) as refused:
        library.store.load((2024, "lk-emsland-1"))
    assert feld in str(refused.value)
    assert reason in str(refused.value)


@pytest.mark.parametrize(
    ("old", "new", "feld", "reason"),
    [
        ("        frauen:", "        alleinerziehende:", "aenderung.neu.ziele.integrationsquote.alleinerziehende", "gibt es in der"),
        ("        6:", "        9:", "aenderung.neu.ziele.individuell.9.schritte", "gibt es in der Vereinbarung nicht"),
        ("13655724", "13155724", "aenderung.neu.haushalt.verwaltungskosten", "lautet schon bisher so"),
        ("zweimal jährlich", "dreizehnmal jährlich", "aenderung.texte.1.alt", "stehen dort nicht"),
        ("alt: zweimal jährlich", "alt: und", "aenderung.texte.1.alt", "-mal im festen Text"),
        ("alt: zweimal jährlich", "alt: Landkreis Emsland", "aenderung.texte.1.alt", "stehen dort nicht"),
        ("stelle: III.§3.1", "stelle: eingang", "aenderung.texte.1.stelle", "ist keine Stelle"),
    ],
)  # fmt: skip
def test_what_does_not_fit_the_agreement_is_refused_with_its_line(office: Path, old: str, new: str, feld: str, reason: str) -> None:
    library = changed(office, old, new)
    with pytest.raises(RecordError) as refused:
        library.state(2024, "lk-emsland")
    assert refused.value.message.startswith(f"{feld}: ")
    assert reason in refused.value.message
    lines = (office / NAME.format(1)).read_text(encoding="utf-8").splitlines()
    assert feld.rpartition(".")[2] in lines[(refused.value.zeile or 0) - 1]


def test_printing_says_where_an_amendment_names_a_place_that_cannot_be_printed(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    changed(office, "stelle: III.§3.1", "stelle: eingang")
    ended = zv(capsys, "render", "2024", "lk-emsland-1", "--ordner", office)
    assert ended.code == 1 and "aenderung.texte.1.stelle: „eingang“ ist keine Stelle" in ended.err


def test_an_amendment_that_changes_nothing_is_refused(office: Path) -> None:
    head, _, signatures = FIRST.partition("  neu:\n")
    (office / NAME.format(1)).write_text(head + signatures[signatures.index("unterschriften:") :], encoding="utf-8")
    with pytest.raises(RecordError, match="ändert nichts"):
        open_library(office).state(2024, "lk-emsland", 1)


@pytest.mark.parametrize("missing", ["lk-emsland-1", "lk-emsland"])
def test_amendments_count_without_a_gap_from_an_agreement_that_is_there(office: Path, missing: str, tmp_path: Path) -> None:
    (office / f"agreements/2024/{missing}.yaml").unlink()
    library = open_library(office)
    store = type(library.store)(office, packaged=office)  # without the agreement that comes with the program
    with pytest.raises(RecordError, match="ohne Lücke"):
        store.load((2024, "lk-emsland-2" if missing == "lk-emsland-1" else "lk-emsland-1"))


def test_a_file_under_another_number_is_refused(office: Path) -> None:
    (office / NAME.format(3)).write_text(SECOND, encoding="utf-8")
    with pytest.raises(RecordError, match=r"Änderung Nr\. 2"):
        open_library(office).store.load((2024, "lk-emsland-3"))


def test_only_a_traeger_with_such_an_agreement_can_amend_one(library: Library) -> None:
    with pytest.raises(UsageError, match="gemeinsame Einrichtung"):
        library.store.load((2024, "sk-osnabrueck-1"))


def test_a_year_without_a_text_of_amendments_names_those_that_there_are(library: Library) -> None:
    with pytest.raises(UsageError) as refused:
        library.wording("ni/aenderung-2031")
    assert "ni/aenderung-2024" in str(refused.value)
    assert "templates/ni/aenderung-2031.j2" in str(refused.value)
