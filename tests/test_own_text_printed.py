"""A record that carries its own text, printed: a changed Angabe changes the page, and no page says another value than its record."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest
from command import Ended, zv
from own_texts import older, read_of, read_values, replaced, without_fields
from round_trip import LIBRARY, read_back
from sampling import seeds

from agreements.errors import CheckError, ZvError
from agreements.library.differences import differences
from agreements.model.akte import OffenerPunkt
from agreements.model.fields import kind_at, value_at
from agreements.model.record import Abweichung, Vereinbarung, Zielwert, plain
from agreements.model.values import OFFEN
from agreements.wording.foreseen import put
from agreements.wording.own import expression, own_wording
from extract.extraction import extract
from extract.results.proof import prove_reading

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def record(tmp_path: Path, capsys: Capture) -> Path:
    """The record of an older document of which all is read for sure, as `zv lies` keeps it."""
    path = tmp_path / "alt.yaml"
    older(LIBRARY, 1, tmp_path)
    assert zv(capsys, "extract", tmp_path / "1.docx", "--nach", path, "--ordner", tmp_path).code == 0
    return path


def edit(path: Path, *changes: tuple[str, str]) -> None:
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert text.count(old) == 1
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


def rendered(record: Path, capsys: Capture, *more: str) -> Ended:
    return zv(capsys, "render", record, "--nach", record.parent / "aus", "--ordner", record.parent, *more)


def printed(record: Path, form: str = "docx") -> Vereinbarung:
    (path,) = record.parent.glob(f"aus/**/*.{form}")
    return extract(path, LIBRARY).record


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_a_changed_angabe_changes_the_page(form: str, record: Path, capsys: Capture) -> None:
    edit(
        record,
        ("wert: 17.1", "wert: 71.10"),
        ("verwaltungskosten: 13517287", "verwaltungskosten: 13717287"),
        ("gesamtbudget_mio: 18.2", "gesamtbudget_mio: 18.4"),
        ("- Ausbau der aufsuchenden Beratung", "- Ausbau der Beratung\n        - Ein Schritt mehr"),
        ("datum: 2013-01-17", "datum: 2013-02-08"),
    )
    assert rendered(record, capsys, "--format", form).code == 0
    said = printed(record, form)
    assert str(value_at(said, "ziele.integrationsquote.gesamt.wert")) == "71.10"
    assert (repr(said.haushalt.verwaltungskosten), str(said.haushalt.gesamtbudget_mio)) == ("13717287", "18.4")
    assert value_at(said, "ziele.individuell.4.schritte")[-2:] == ("Ausbau der Beratung", "Ein Schritt mehr")
    assert str(value_at(said, "unterschriften.land.2.datum")) == "2013-02-08"


def test_what_the_sentence_says_itself_is_not_changed_beside_it(record: Path, capsys: Capture) -> None:
    edit(record, ("richtung: sinkt", "richtung: steigt"))
    ended = rendered(record, capsys)
    assert ended.code == 1 and not (record.parent / "aus").exists()
    assert "ziele.integrationsquote.gesamt" in ended.err and "im Vergleich zum Vorjahr reduziert wird" in ended.err
    edit(record, ('zahl("sinkt", 2012)', 'zahl("steigt", 2012)'))
    assert rendered(record, capsys).code == 1, "the sentence still says it otherwise"


def test_an_angabe_that_the_text_needs_is_not_simply_left_out(record: Path, capsys: Capture) -> None:
    edit(record, ("  verwaltungskosten: 13517287\n", ""))
    ended = rendered(record, capsys)
    assert ended.code == 1 and "haushalt.verwaltungskosten" in ended.err and "unter text" in ended.err


def test_what_is_open_prints_as_a_draft_and_not_as_final(record: Path, capsys: Capture) -> None:
    edit(record, ("verwaltungskosten: 13517287", "verwaltungskosten: null"), ("gesamtbudget_mio: 18.2", "gesamtbudget_mio: null"))
    assert rendered(record, capsys).code == 0
    assert "die Verwaltungskosten [Betrag offen] €" in [block.text for block in LIBRARY.filled(printed(record)).blocks]
    assert rendered(record, capsys, "--endgueltig").code == 1


def test_an_angabe_without_a_place_is_told_and_not_printed_as_final(record: Path, capsys: Capture) -> None:
    edit(record, ("{{ haushalt.verwaltungskosten | euro }}", "13.517.287"))
    assert rendered(record, capsys, "--format", "docx").code == 0
    (made,) = record.parent.glob("aus/**/*.docx")
    listed = [each.text for each in extract(made, LIBRARY).reading.beiwerk if each.art == "anlage"]
    assert any("Verwaltungskosten (Euro): steht nicht im Text" in line for line in listed)
    assert "ohne-stelle" in zv(capsys, "check", record, "--ordner", record.parent).out
    ended = rendered(record, capsys, "--endgueltig")
    assert ended.code == 1 and "ohne-stelle" in ended.err and "Verwaltungskosten" in ended.err
    edit(record, ("verwaltungskosten: 13517287", "verwaltungskosten: 13517278"))
    assert rendered(record, capsys).code == 1, "the page says another amount"


def test_departures_belong_to_records_that_follow_a_years_wording(tmp_path: Path) -> None:
    own = older(LIBRARY, 1, tmp_path)
    departing = own.model_copy(update={"abweichungen": (Abweichung(stelle="I", art="ersetzt", alt="Land", neu="Bund"),)})
    with pytest.raises(ZvError, match="abweichungen stehen nur in Datensätzen, die dem Wortlaut eines Jahres folgen"):
        LIBRARY.document(departing)


# ---------------------------------------------------------------- the proof


def swaps(record: Vereinbarung) -> Iterator[tuple[str, str]]:
    """Every two fields that say something else: of one type and written alike, or both of signatures."""
    said = read_values(record)
    several = (slot for unit in own_wording(record).units for slot in unit.slots)
    written = {slot.path: type(slot.notation) if kind_at(slot.path) is Zielwert else slot.notation for slot in several}
    for one, other in combinations([path for path in said if path in written], 2):
        alike = kind_at(one) is kind_at(other) and written[one] == written[other]
        if said[one] != said[other] and (alike or (is_signed(one) and is_signed(other))):
            yield one, other


def is_signed(path: str) -> bool:
    return path.startswith("unterschriften.")


def swapped(record: Vereinbarung, one: str, other: str) -> Vereinbarung:
    """The record with two fields tied to each other's places."""
    names = (f"{{{{ {expression(path)} " for path in (one, other))
    first, second = names
    return replaced(replaced(replaced(record, first, "{{ \0 "), second, first), "{{ \0 ", second)


def moved(record: Vereinbarung, one: str, other: str) -> Vereinbarung:
    """The same with each field of a signature as it is written there, so that its new place says of it what its own did."""
    lines = "\n".join(block.text for block in record.text if block.art == "unterschrift")
    first, second = (re.findall(rf"\{{\{{ {re.escape(expression(path))} .*?\}}\}}", lines)[0] for path in (one, other))
    there = first.replace(expression(one), expression(other)), second.replace(expression(other), expression(one))
    return replaced(replaced(swapped(record, one, other), there[0], second), there[1], first)


TYING = [4, *(16 + seed for seed in seeds(0, 20))]
OF_A_LINE = (".zusatz", ".name", ".funktion", ".stelle")
"""What stands in a line of its own, whose place among the lines of its signature is free: "Die Staatssekretärin" above her name."""


@pytest.mark.parametrize("seed", TYING)
def test_any_two_fields_tied_to_each_others_places_are_caught(seed: int, tmp_path: Path) -> None:
    own = older(LIBRARY, seed, tmp_path)
    several = list(swaps(own))
    assert len(several) > 20
    assert [pair for pair in several if not caught(swapped(own, *pair))] == []
    assert not caught(own)


@pytest.mark.parametrize("seed", TYING)
def test_any_two_fields_of_signatures_moved_to_each_others_places_are_caught(seed: int, tmp_path: Path) -> None:
    own = older(LIBRARY, seed, tmp_path)
    several = [pair for pair in swaps(own) if all(map(is_signed, pair))]
    lines = [
        pair for pair in several if len({path.rpartition(".")[0] for path in pair}) == 1 and all(each.endswith(OF_A_LINE) for each in pair)
    ]
    assert len(several) > 20
    assert [pair for pair in several if pair not in lines and not caught(moved(own, *pair))] == []


def test_lines_of_one_signature_in_another_order_say_the_same(tmp_path: Path) -> None:
    own = older(LIBRARY, 4, tmp_path)
    assert not caught(moved(own, "unterschriften.traeger.1.funktion", "unterschriften.traeger.1.stelle"))


@pytest.mark.parametrize(
    ("feld", "wert"),
    [
        ("name", "N. N."),
        ("funktion", "Hauptamtlicher Kreisbeigeordneter"),
        ("stelle", "Kommunale Arbeitsförderung"),
        ("ort", "Nordhorn, Grafschaft Bentheim"),
    ],
)
def test_what_no_reader_knows_by_its_looks_is_printed_as_it_is(feld: str, wert: str, tmp_path: Path) -> None:
    data = plain(older(LIBRARY, 101, tmp_path))
    put(data, f"unterschriften.traeger.1.{feld}", wert)
    assert not caught(Vereinbarung.model_validate(data))


def test_what_was_doubted_when_it_was_read_may_be_doubted_again(tmp_path: Path) -> None:
    own = older(LIBRARY, 4, tmp_path)
    pair = "unterschriften.land.1.datum", "unterschriften.land.1.name"
    unsure = [OffenerPunkt(kennung="0" * 12, art="unsicher", feld=feld, grund="Nicht sicher zu lesen.") for feld in read_values(own)]
    assert caught(moved(own, *pair))
    assert not caught(moved(own.model_copy(update={"akte": own.akte.model_copy(update={"offen": tuple(unsure)})}), *pair))


def caught(record: Vereinbarung) -> bool:
    try:
        document = LIBRARY.document(record)
        prove_reading(read_of(LIBRARY, document), "Die Word-Datei", record, document, LIBRARY)
    except CheckError:
        return True
    return False


def test_a_place_that_says_otherwise_than_the_others_stays_as_it_is(tmp_path: Path) -> None:
    own = older(LIBRARY, 1, tmp_path)
    assert "13.517.287" not in "".join(block.text for block in own.text)
    assert [block.text for block in LIBRARY.filled(own).blocks if "13.517.287" in block.text] == ["die Verwaltungskosten 13.517.287 €"]


# ---------------------------------------------------------------- what two of them say differently


def test_a_changed_value_is_no_change_of_the_text_and_text_without_fields_says_the_same(tmp_path: Path) -> None:
    own = older(LIBRARY, 1, tmp_path)
    dearer = own.model_copy(update={"haushalt": own.haushalt.model_copy(update={"verwaltungskosten": 14517287})})
    assert [each.feld for each in differences(LIBRARY.register, own, dearer)] == ["haushalt.verwaltungskosten"]
    assert differences(LIBRARY.register, without_fields(LIBRARY, own), own) == ()
    other = replaced(own, "Gesetzliche Neuregelungen werden", "Nichts wird")
    assert [(each.name, each.alt, each.neu) for each in differences(LIBRARY.register, own, other)] == [
        ("Text", ("Gesetzliche Neuregelungen werden berücksichtigt.",), ("Nichts wird berücksichtigt.",))
    ]


def test_a_draft_says_of_its_own_page_that_nothing_is_otherwise(tmp_path: Path) -> None:
    own = older(LIBRARY, 1, tmp_path)
    draft = own.model_copy(update={"haushalt": own.haushalt.model_copy(update={"verwaltungskosten": OFFEN})})
    read = read_back(LIBRARY.document(draft), "pdf", tmp_path)
    assert [befund.sentence() for befund in read.befunde if "eingebettete" in befund.text] == []
