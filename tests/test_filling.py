"""Filling the wording: what is printed, what is refused, and departures in their places."""

from __future__ import annotations

from typing import Any

import pytest
from emsland import REGISTER, ROOT, document, emsland, wording

from agreements.errors import WordingError
from agreements.filling.fill import fill
from agreements.library.library import open_library
from agreements.library.proof import paragraphs_of, prove
from agreements.matching.record import match
from agreements.model.document import Block
from agreements.model.record import Abweichung, Unterschrift, Vereinbarung
from agreements.model.values import OFFEN


def departing(*departures: dict[str, Any]) -> Vereinbarung:
    return emsland().model_copy(update={"abweichungen": tuple(Abweichung.model_validate(each) for each in departures)})


def having(path: str, value: Any) -> Vereinbarung:
    """The record with another value."""

    def put(part: Any, keys: list[str]) -> Any:
        key: Any = int(keys[0]) if keys[0].isdigit() else keys[0]
        if isinstance(part, dict):
            return {**part, key: put(part.get(key), keys[1:]) if keys[1:] else value}
        return part.model_copy(update={key: put(getattr(part, key), keys[1:]) if keys[1:] else value})

    record: Vereinbarung = put(emsland(), path.split("."))
    return record


def blocks(record: Vereinbarung) -> list[Block]:
    return list(fill(wording(), record, REGISTER).blocks)


def at(found: list[Block], stelle: str) -> list[str]:
    return [block.text for block in found if block.stelle == stelle]


def test_every_value_is_marked_with_its_field() -> None:
    marked = {span.feld for block in document().blocks for span in block.spans if span.feld}
    assert {"jahr", "traeger", "haushalt.verwaltungskosten", "ziele.integrationsquote.frauen", "ziele.individuell.6.titel"} <= marked


def test_an_open_value_is_printed_as_a_visible_field() -> None:
    [block] = [block for block in blocks(having("haushalt.verwaltungskosten", OFFEN)) if "Verwaltungskosten" in block.text]
    assert block.text == "Verwaltungskosten [Betrag offen] Euro"
    assert [span.zustand for span in block.spans if span.feld] == ["offen"]


def test_what_the_record_does_not_have_is_not_printed() -> None:
    assert not [block for block in blocks(having("haushalt.verwaltungskosten", None)) if "Verwaltungskosten" in block.text]


def test_a_date_left_for_the_pen_prints_a_gap_and_the_year() -> None:
    [line] = [block for block in document().blocks if any(span.zustand == "leer" for span in block.spans)]
    assert (line.text.split(), line.column) == (["Hannover,", "den", "2024"], 1)


def test_what_the_wording_needs_and_the_record_lacks_is_refused_by_name() -> None:
    with pytest.raises(WordingError, match=r"unterschriften\.traeger\.1\.ort.*fehlt"):
        blocks(having("unterschriften.traeger.1.ort", None))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("ziele.integrationsquote.alleinerziehende", OFFEN),
        ("ziele.leistungen_lebensunterhalt.gesamt", OFFEN),
        ("unterschriften.traeger.2", Unterschrift(name="Zweite Person")),
        ("ziele.individuell.4.erreicht_wenn", ("Alles ist gut.",)),
    ],
)
def test_what_the_wording_does_not_print_is_refused_by_name(path: str, value: Any) -> None:
    with pytest.raises(WordingError, match="kommt im Wortlaut ni/2024 nicht vor"):
        blocks(having(path, value))


def test_words_are_replaced_struck_and_inserted_where_the_departure_says() -> None:
    found = blocks(
        departing(
            {"stelle": "III.§3.1", "art": "ersetzt", "alt": "zweimal", "neu": "dreimal"},
            {"stelle": "III.§3.3", "art": "eingefuegt", "alt": "werden", "neu": "gemeinsam"},
            {"stelle": "III.§3.4", "art": "gestrichen", "alt": "gesetzlichen"},
        )
    )
    assert "mindestens jedoch dreimal jährlich" in at(found, "III.§3.1")[0]
    assert "2024 werden gemeinsam auf Grundlage" in at(found, "III.§3.3")[0]
    assert "Auswirkungen von Neuregelungen" in " ".join(at(found, "III.§3.4")[0].split())


def test_the_nth_of_equal_words_is_meant() -> None:
    found = blocks(departing({"stelle": "III.§2.Nr5.1", "art": "ersetzt", "alt": "Frauen", "neu": "Müttern", "vorkommen": 2}))
    assert at(found, "III.§2.Nr5.1")[0].count("Frauen") == at(list(document().blocks), "III.§2.Nr5.1")[0].count("Frauen") - 1
    assert at(found, "III.§2.Nr5.1")[0].startswith("Das Prinzip der Gleichstellung von Frauen")


def test_new_words_run_together_with_none_beside_them() -> None:
    found = blocks(departing({"stelle": "III.§3.2", "art": "gestrichen", "alt": "/"}))
    assert "begleitet unterstützt" in at(found, "III.§3.2")[0]


def test_a_departure_inside_a_value_keeps_its_field() -> None:
    found = blocks(departing({"stelle": "III.§2.Nr3.2", "art": "ersetzt", "alt": "nicht mehr als", "neu": "maximal"}))
    spans = [
        span
        for block in found
        if block.stelle == "III.§2.Nr3.2"
        for span in block.spans
        if span.feld == "ziele.langzeitleistungsbezug.gesamt"
    ]
    assert "".join(span.text for span in spans).startswith("um maximal 14,0 %")


def test_a_paragraph_is_inserted_behind_its_place_and_at_the_very_start() -> None:
    found = blocks(
        departing(
            {"stelle": "III.§3.3", "art": "eingefuegt", "neu": "Eingefügter Absatz.", "baustein": "absatz"},
            {"stelle": "anfang", "art": "eingefuegt", "neu": "Entwurf"},
        )
    )
    assert found[0].text == "Entwurf"
    place = next(number for number, block in enumerate(found) if block.text == "Eingefügter Absatz.")
    assert (found[place - 1].stelle, found[place + 1].stelle, found[place].art) == ("III.§3.3", "III.§3.4", "absatz")


def test_a_paragraph_is_moved_with_the_words_that_depart_in_it() -> None:
    found = blocks(
        departing(
            {"stelle": "III.§3.4", "art": "verschoben", "neu": "III.§2.Nr4.3", "vorkommen": 2},
            {"stelle": "III.§3.4", "art": "ersetzt", "alt": "Auswirkungen", "neu": "Folgen"},
        )
    )
    place = next(number for number, block in enumerate(found) if block.stelle == "III.§3.4")
    assert found[place].text.startswith("(4) Die Folgen")
    assert [block.stelle for block in found[place - 2 : place + 2]] == ["III.§2.Nr4.3", "III.§2.Nr4.3", "III.§3.4", "III.§2.Nr4.3"]


@pytest.mark.parametrize(
    "departure",
    [
        {"stelle": "III.§3.1", "art": "ersetzt", "alt": "viermal", "neu": "dreimal"},
        {"stelle": "III.§3.1", "art": "ersetzt", "alt": "zweimal", "neu": "dreimal", "vorkommen": 2},
        {"stelle": "IX.§9", "art": "ersetzt", "alt": "zweimal", "neu": "dreimal"},
        {"stelle": "III.§3.1", "art": "eingefuegt", "neu": "Ein Absatz.", "vorkommen": 2},
        {"stelle": "III.§3.1", "art": "verschoben", "neu": "IX.§9"},
        {"stelle": "IX.§9", "art": "verschoben", "neu": "III.§3.1"},
    ],
)
def test_a_departure_that_no_longer_fits_is_refused(departure: dict[str, Any]) -> None:
    with pytest.raises(WordingError, match="passt nicht mehr"):
        blocks(departing(departure))


# ---------------------------------------------------------------- the proof


@pytest.mark.parametrize(
    ("path", "value", "feld"),
    [
        ("rahmenbedingungen.regionale_lage", ("[Regionale Lage offen]",), "rahmenbedingungen.regionale_lage"),
        ("unterschriften.land.1.zusatz", "[Zusatz offen]", "unterschriften.land.1.zusatz"),
        ("ministerien.1.name", "Ministerium (MS", "ministerien.1"),
    ],
)
def test_a_value_that_would_read_back_otherwise_is_refused_by_its_name(path: str, value: Any, feld: str) -> None:
    record = having(path, value)
    with pytest.raises(WordingError, match=feld) as refused:
        prove(wording(), record, REGISTER, fill(wording(), record, REGISTER))
    assert refused.value.abhilfe


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("ziele.individuell.6.ziel", tuple(block.text for block in document().blocks if block.stelle == "III.§2.Nr6.2")),
        ("ziele.individuell.6.schritte", tuple(block.text for block in document().blocks if block.stelle == "III.§3.4")),
        ("unterschriften.traeger.1.funktion", "Landkreis Emsland"),
    ],
)
def test_a_text_that_says_what_its_fixed_neighbour_says_reads_back_where_its_place_tells(path: str, value: Any) -> None:
    record = having(path, value)
    assert match(wording(), paragraphs_of(fill(wording(), record, REGISTER)), REGISTER).record == record


def test_departures_are_no_reason_to_refuse() -> None:
    record = departing({"stelle": "III.§3.1", "art": "ersetzt", "alt": "zweimal", "neu": "dreimal"})
    prove(wording(), record, REGISTER, fill(wording(), record, REGISTER))


def test_an_agreement_that_was_proven_is_proven_anew_as_soon_as_a_letter_of_it_is_another() -> None:
    library = open_library(ROOT)
    library.document(emsland())
    changed = having("unterschriften.land.1.zusatz", "[Zusatz offen]")
    for _ in range(2):  # what was refused is refused again
        with pytest.raises(WordingError, match="zusatz"):
            library.document(changed)
    assert library.document(emsland()) == library.document(emsland())
