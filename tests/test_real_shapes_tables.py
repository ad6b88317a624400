"""Tables of targets and money, ruled or merely aligned, are read row by row; a cell that is not meant is no Angabe."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from invented_agreement import BODY, Read, reader_of_lines
from set_by_others import OPEN, RULED, extracted, page, paragraphs, said, table

from agreements.library.library import Library
from agreements.model.record import Zielwert

read = pytest.fixture(scope="module")(reader_of_lines)
QUOTE, FRAUEN, MAENNER = (f"ziele.integrationsquote.{gruppe}" for gruppe in ("gesamt", "frauen", "maenner"))
BESTAND = "ziele.langzeitleistungsbezug.gesamt"
STYLES = pytest.mark.parametrize("style", [RULED, OPEN], ids=["ruled", "aligned"])
INTRO = "Land und Landkreis vereinbaren die Zielwerte der folgenden Tabelle."


def change(richtung: str, wert: str, bezug: int | None = 2023) -> Zielwert:
    return Zielwert.model_validate({"richtung": richtung, "wert": Decimal(wert), "bezug": bezug})


def level(wert: str, einheit: str = "prozent_niveau") -> Zielwert:
    return Zielwert.model_validate({"richtung": "betraegt", "wert": Decimal(wert), "einheit": einheit})


CHANGES = {
    QUOTE: change("steigt", "3.1"),
    FRAUEN: change("steigt", "4.0"),
    MAENNER: change("steigt", "2.2"),
    BESTAND: change("sinkt", "1.5"),
}
LABELS = ("Integrationsquote (gesamt)", "Integrationsquote der Frauen", "Integrationsquote der Männer",
          "Durchschnittlicher Bestand an Langzeitleistungsbeziehenden")  # fmt: skip
SIGNED = ("+ 3,1 %", "+ 4,0 %", "+ 2,2 %", "- 1,5 %")


@STYLES
@pytest.mark.parametrize("values", [SIGNED, ("+3,1 %", "+4,0 %", "+2,2 %", "-1,5 %"), ("+3,1", "+4,0", "+2,2", "−1,5")])
def test_targets_are_read_row_by_row(tmp_path: Path, library: Library, style: str, values: tuple[str, ...]) -> None:
    unit = "" if values[0].endswith("%") else " in %"
    rows = table(("Kennzahl", f"Zielwert 2024{unit}"), *zip(LABELS, values, strict=True))
    found = said(tmp_path, page(paragraphs(INTRO, rows), style=style), library)
    assert {feld: (found[feld].wert, found[feld].doubtful) for feld in CHANGES} == {feld: (value, False) for feld, value in CHANGES.items()}


@STYLES
def test_the_goal_may_stand_before_the_indicator_and_break_over_lines(tmp_path: Path, library: Library, style: str) -> None:
    """Where nothing is ruled it may not be clear whose line is whose: then it is doubted, and never another row's."""
    goals = ("Verbesserung der Integration in Erwerbstätigkeit", "", "", "Vermeidung von langfristigem Leistungsbezug")
    rows = table(("Ziel", "Messgröße", "Zielwert 2024"), *zip(goals, LABELS, SIGNED, strict=True))
    found = said(tmp_path, page(paragraphs(INTRO, rows), style=style + " td{width:28%} td:last-child{width:20%}"), library)
    right = {feld for feld, value in CHANGES.items() if found[feld].wert == value}
    assert right == set(CHANGES) if style == RULED else all(found[feld].doubtful for feld in set(CHANGES) - right)
    assert style == OPEN or not any(found[feld].doubtful for feld in CHANGES)


@STYLES
def test_of_what_is_and_what_is_to_be_the_latter_is_agreed(tmp_path: Path, library: Library, style: str) -> None:
    rows = table(("Kennzahl", "Ist 2023", "Ziel 2024"), ("Integrationsquote", "27,1 %", "27,9 %"),
                 ("Bestand an Langzeitleistungsbeziehenden", "2.910 Personen", "2.850 Personen"))  # fmt: skip
    found = said(tmp_path, page(paragraphs(INTRO, rows), style=style), library)
    assert (found[QUOTE].wert, found[QUOTE].doubtful) == (level("27.9"), False)
    assert (found[BESTAND].wert, found[BESTAND].doubtful) == (level("2850", "personen"), False)


@STYLES
def test_of_what_is_and_how_it_changes_the_change_is_agreed(tmp_path: Path, library: Library, style: str) -> None:
    rows = table(("Kennzahl", "Ist 2023", "Veränderung 2024"), ("Integrationsquote", "27,1 %", "2,9 %"),
                 ("Bestand an Langzeitleistungsbeziehenden", "2.910", "-2,1 %"))  # fmt: skip
    found = said(tmp_path, page(paragraphs(INTRO, rows), style=style), library)
    assert (found[QUOTE].wert, found[QUOTE].doubtful) == (change("steigt", "2.9"), False)
    assert (found[BESTAND].wert, found[BESTAND].doubtful) == (change("sinkt", "2.1"), False)


@pytest.mark.parametrize(("head", "said", "sure"), [
    ("erreicht, wenn", "die Quote um mindestens diesen Wert steigt", False), ("Bemerkung", "ohne geringfügige Beschäftigung", True),
])  # fmt: skip
def test_a_cell_behind_the_figure_that_may_bound_it_is_told(tmp_path: Path, library: Library, head: str, said: str, sure: bool) -> None:
    rows = table(
        ("Kennzahl", "Zielwert 2024", head), ("Integrationsquote", "+ 3,1 %", said), ("Integrationsquote der Frauen", "+ 4,0 %", "")
    )
    found = {one.feld: one for one in extracted(tmp_path, page(paragraphs(INTRO, rows)), library).found}
    assert found[QUOTE].wert == change("steigt", "3.1") and found[QUOTE].doubtful is not sure


@STYLES
def test_a_level_and_a_change_of_one_row_leave_a_choice(tmp_path: Path, library: Library, style: str) -> None:
    rows = table(("Kennzahl", "Ist 2023", "Ziel 2024", "Veränderung"), ("Integrationsquote", "27,1 %", "27,9 %", "+ 2,9 %"),
                 ("Bestand an Langzeitleistungsbeziehenden", "2.910", "2.850", "- 2,1 %"))  # fmt: skip
    found = said(tmp_path, page(paragraphs(INTRO, rows), style=style), library)
    assert found[QUOTE].doubtful and found[BESTAND].doubtful


@STYLES
def test_a_table_of_what_was_reached_agrees_nothing(tmp_path: Path, library: Library, style: str) -> None:
    told = table(("Kennzahl", "2022", "2023"), *((label, "+ 1,1 %", "+ 1,2 %") for label in LABELS))
    of_land = table(("Kennzahl", "Bundeswert", "Landeswert"), *((label, "+ 1,1 %", "+ 1,2 %") for label in LABELS))
    for rows in (told, of_land):
        found = said(tmp_path, page(paragraphs("Die Entwicklung zeigt die Tabelle.", rows), style=style), library)
        assert [feld for feld in CHANGES if feld in found and found[feld].wert is not None and not found[feld].doubtful] == []


@STYLES
@pytest.mark.parametrize(
    ("head", "values"),
    [
        ("Betrag in Euro", ("5.100.000", "3.400.000")),
        ("Betrag", ("5.100.000 €", "3.400.000 €")),
        ("Ansatz 2024 in €", ("5.100.000", "3.400.000")),
    ],
)
def test_money_is_read_row_by_row(tmp_path: Path, library: Library, style: str, head: str, values: tuple[str, str]) -> None:
    rows = table(("Position", head), *zip(("Verwaltungskosten", "Leistungen zur Eingliederung in Arbeit"), values, strict=True))
    money = "<p>Das Gesamtbudget beträgt rd. 8,5 Mio. Euro.</p>" + rows
    found = said(tmp_path, page(paragraphs("Das Nähere regelt die Anlage."), money, style=style), library)
    amounts = {
        feld: (found[f"haushalt.{feld}"].wert, found[f"haushalt.{feld}"].doubtful)
        for feld in ("verwaltungskosten", "eingliederungsleistungen")
    }
    assert amounts == {"verwaltungskosten": (5100000, False), "eingliederungsleistungen": (3400000, False)}


def test_rows_whose_unit_stands_in_the_head_are_read_where_nothing_parts_their_cells(read: Read) -> None:
    """So a table is printed and read again: line by line."""
    rows = ["Position Betrag in Euro", "Verwaltungskosten 5.100.000", "Leistungen zur Eingliederung in Arbeit 3.400.000"]
    body = [*BODY[:4], "Das Gesamtbudget beträgt rd. 8,5 Mio. Euro.", *rows, *BODY[5:]]
    _, found, _ = read(body=body)
    assert (found["haushalt.verwaltungskosten"].wert, found["haushalt.verwaltungskosten"].doubtful) == (5100000, False)
    _, found, _ = read(body=[text for text in body if text != rows[0]])
    assert found["haushalt.verwaltungskosten"].wert is None and found["haushalt.verwaltungskosten"].doubtful


def test_of_two_years_that_of_the_agreement_is_its_budget(tmp_path: Path, library: Library) -> None:
    rows = table(("Position", "2023 in Euro", "2024 in Euro"), ("Verwaltungskosten", "4.900.000", "5.100.000"),
                 ("Leistungen zur Eingliederung in Arbeit", "3.500.000", "3.400.000"))  # fmt: skip
    money = "<p>Das Gesamtbudget beträgt rd. 8,5 Mio. Euro.</p>" + rows
    found = said(tmp_path, page(paragraphs("Das Nähere regelt die Anlage."), money), library)
    assert (found["haushalt.verwaltungskosten"].wert, found["haushalt.verwaltungskosten"].doubtful) == (5100000, False)


def test_columns_that_stand_too_near_to_be_parted_make_no_wrong_target(tmp_path: Path, library: Library) -> None:
    rows = table(("Kennzahl", "Ist 2023", "Ziel 2024"), ("Integrationsquote", "27,1 %", "27,9 %"),
                 ("Bestand an Langzeitleistungsbeziehenden", "2.910 Personen", "2.850 Personen"))  # fmt: skip
    found = said(tmp_path, page(paragraphs(INTRO, rows), style=OPEN.replace("24pt", "10pt")), library)
    wanted = {QUOTE: level("27.9"), BESTAND: level("2850", "personen")}
    assert all(found[feld].doubtful or found[feld].wert == value for feld, value in wanted.items())


def test_signatures_in_ruled_cells_are_no_table_of_figures(tmp_path: Path, library: Library) -> None:
    signed = table(("Hannover, den 5. April 2024", "Leer, den 8. April 2024"), ("(Dr. Erika Muster)", "(Max Probe)"),
                   ("Niedersächsisches Ministerium für Soziales, Arbeit, Gesundheit und Gleichstellung", "Landkreis Leer"))  # fmt: skip
    found = said(tmp_path, page("<p>Die Ziele stehen fest.</p>", signed=signed), library)
    assert found["unterschriften.traeger.1.name"].wert == "Max Probe"


def test_a_table_of_sentences_is_kept_as_its_text(tmp_path: Path, library: Library) -> None:
    rows = table(
        ("Lokales Ziel zu K2", "Mehr Menschen sollen in Ausbildung finden."), ("Beschreibung", "Das Jobcenter berät an drei Schulen.")
    )
    texts = [block.text for block in extracted(tmp_path, page(rows), library).record.text or ()]
    assert any("Das Jobcenter berät an drei Schulen." in text for text in texts)


@STYLES
def test_a_table_in_an_anlage_on_the_page_behind_the_signatures_is_read(tmp_path: Path, library: Library, style: str) -> None:
    rows = table(("Kennzahl", "Zielwert 2024"), *zip(LABELS, SIGNED, strict=True))
    behind = "<h2 style='break-before:page'>Anlage: Vereinbarte Zielwerte</h2>" + rows
    found = said(tmp_path, page("<p>Die Zielwerte stehen in der Anlage.</p>", behind=behind, style=style), library)
    assert {feld: (found[feld].wert, found[feld].doubtful) for feld in CHANGES} == {feld: (value, False) for feld, value in CHANGES.items()}
    assert (found["unterschriften.traeger.1.name"].wert, found["unterschriften.traeger.1.name"].doubtful) == ("Max Probe", False)
