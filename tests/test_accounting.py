"""Law 6: no figure of a document is passed over; each is an Angabe, fixed text, told as what it is not, or an open point."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
from invented_agreement import para
from round_trip import LIBRARY, emsland, read_back
from sampling import seeds
from shaped_agreements import FRAUEN, K2, NONE, OPENING, Shaped, Stated, as_pdf, as_word, shaped

from agreements.model.record import Zielwert
from agreements.model.values import OFFEN
from agreements.reading.accounts import Posten, counted
from agreements.reading.findings import Found, locations_of
from agreements.reading.reading import Beiwerk, Reading
from extract.accounting.account import Accountable, account
from extract.accounting.figures import figures_in
from extract.accounting.telling import Woran, table, told
from extract.extraction import Extraction, extract

JAHR = 2022


def bare(text: str) -> str:
    return "".join(text.split())


def figures_of(said: Extraction) -> list[Posten]:
    return [posten for posten in said.posten if posten.art == "zahl"]


def unaccounted(made: Shaped, said: Extraction) -> Counter[str]:
    """The figures drawn that have no entry, and the entries that no figure has."""
    want, got = Counter(bare(one.text) for one in made.figures), Counter(bare(posten.text) for posten in figures_of(said))
    return (want - got) + (got - want)


def is_sure(said: Extraction, feld: str | None) -> bool:
    """Whether a target or amount is told, and nobody doubts it."""
    one = next(found for found in said.found if found.feld == feld)
    return not one.doubtful and not isinstance(one.wert, (str, tuple))


def told_wrong(stated: Stated, posten: Posten, said: Extraction) -> bool:
    """Whether a figure has another role than its own, and nobody is told."""
    is_angabe = stated.rolle not in (NONE, "?")
    if posten.rolle == "angabe":
        return is_sure(said, posten.feld) and posten.feld != stated.rolle
    return posten.rolle == "erklaert" and is_angabe


def roles(made: Shaped, said: Extraction) -> Iterable[tuple[Stated, Posten]]:
    left = figures_of(said)
    for stated in made.figures:
        posten = next(each for each in left if bare(each.text) == bare(stated.text))
        left.remove(posten)
        yield stated, posten


def is_told_of(said: Extraction, feld: str) -> bool:
    """Whether an Angabe was read or doubted, or a finding names it or what it is part of."""
    named = [befund.feld for befund in said.befunde if befund.feld]
    return any(found.feld == feld for found in said.found) or any(feld == name or feld.startswith(f"{name}.") for name in named)


@pytest.mark.law
@pytest.mark.parametrize("seed", seeds(30, 600))
def test_no_figure_of_a_word_file_goes_unaccounted_for(seed: int, tmp_path: Path) -> None:
    made = shaped(seed)
    said = extract(as_word(made, tmp_path / "vereinbarung.docx"), LIBRARY)
    assert not unaccounted(made, said)
    assert sum(counted(said.posten).values()) == len(said.posten)
    assert all(is_told_of(said, stated.rolle) for stated in made.figures if stated.rolle not in (NONE, "?"))
    assert all(posten.rolle != "erklaert" for posten in said.posten if posten.text == made.own)
    assert [pair for pair in roles(made, said) if told_wrong(*pair, said)] == []


@pytest.mark.law
@pytest.mark.parametrize("seed", seeds(6, 100))
def test_no_figure_of_a_page_goes_unaccounted_for(seed: int, tmp_path: Path) -> None:
    made = shaped(1000 + seed)
    said = extract(as_pdf(made, tmp_path / "vereinbarung.pdf"), LIBRARY)
    assert not unaccounted(made, said)
    assert [pair for pair in roles(made, said) if told_wrong(*pair, said)] == []
    assert all(posten.location.page for posten in said.posten)


def test_few_figures_are_left_to_a_person(tmp_path: Path) -> None:
    """Nobody passes by flagging all: of what is no Angabe hardly anything is an open point."""
    kinds: Counter[str] = Counter()
    for seed in seeds(12, 200):
        made = shaped(seed)
        said = extract(as_word(made, tmp_path / f"{seed}.docx"), LIBRARY)
        kinds += Counter(posten.rolle for stated, posten in roles(made, said) if stated.rolle == NONE)
    assert kinds["offen"] <= 0.03 * kinds.total()


def test_a_clean_agreement_of_a_known_wording_leaves_nothing_open(tmp_path: Path) -> None:
    record = emsland()
    for form in ("pdf", "docx"):
        said = read_back(LIBRARY.document(record), form, tmp_path)
        assert counted(said.posten)["offen"] == 0
        assert {posten.feld for posten in said.posten if posten.rolle == "angabe"} >= {
            "haushalt.verwaltungskosten", "ziele.integrationsquote.gesamt", "ziele.integrationsquote.frauen"}  # fmt: skip


# ---------------------------------------------------------------- what tells a figure apart


def what_is_said(text: str) -> str | None:
    figure = figures_in(text)[-1]
    said = told(text, figure.start, figure.end, figure.einheit, JAHR)
    return said.art if said else None


@pytest.mark.parametrize("each", table(), ids=lambda each: f"{each.art}, {each.wo}")
def test_words_tell_what_a_figure_is_and_not_what_their_neighbour_is(each: Woran) -> None:
    assert (what_is_said(each.beispiel), what_is_said(each.nachbar)) == (each.art, None)


@pytest.mark.parametrize(
    ("text", "wert", "einheit", "vorzeichen"),
    [
        ("um nicht mehr als 2,5% im Vergleich", "2.5", "prozent", ""),
        ("drei Prozent", "3", "prozent", ""),
        ("um zweieinhalb Prozent", "2.5", "prozent", ""),
        ("zwei Komma fünf Prozent", "2.5", "prozent", ""),
        ("um eineinhalb Prozentpunkte", "1.5", "prozentpunkte", ""),
        ("fünfundzwanzig Personen", "25", "personen", ""),
        ("1.204 sozialversicherungspflichtige Integrationen", "1204", "personen", ""),
        ("rd. 11,4 Mio. Euro", "11400000", "euro", ""),
        ("zehn Millionen Euro", "10000000", "euro", ""),
        ("EUR 4.913.204", "4913204", "euro", ""),
        ("118.000,- Euro", "118000", "euro", ""),
        ("145 T€", "145000", "euro", ""),
        ("beträgt – 1,5 %", "1.5", "prozent", "-"),
        ("(+2,5 %)", "2.5", "prozent", "+"),
        ("soll um 4.75 % steigen", "4.75", "prozent", ""),
        ("3,5 vom Hundert", "3.5", "prozent", ""),
        ("auf knapp 8.450 gesenkt", "8450", "", ""),
        ("im Jahr 2022 25,97 %", "25.97", "prozent", ""),
    ],
)
def test_a_figure_is_known_with_its_unit_in_digits_and_in_words(text: str, wert: str, einheit: str, vorzeichen: str) -> None:
    (figure,) = figures_in(text)
    assert (figure.wert, figure.einheit, figure.vorzeichen) == (Decimal(wert), einheit, vorzeichen)


@pytest.mark.parametrize(
    "text",
    ["§ 16i SGB II, Abs. 1", "den 27.02.2026", "4.1 Quote", "eine Person", "die Integration in Arbeit", "von Frauen und Männern",
     "2,5 Stunden", "24 Monaten", "2021-2022", "Nr. 1.204/22"],
)  # fmt: skip
def test_what_is_no_figure_is_none(text: str) -> None:
    assert not figures_in(text)


# ---------------------------------------------------------------- whole agreements


FRONT = ("Zielvereinbarung", "zwischen dem Niedersächsischen Ministerium für Arbeit und dem Landkreis Leer",
         "nach § 48b Abs. 1 Satz 1 Nr. 4 SGB II als zugelassener kommunaler Träger im Jahr 2022")  # fmt: skip
GOALS = ("# III. Ziele", "# 2. Verbesserung der Integration in Erwerbstätigkeit",
         "Das Ziel ist im Jahr 2022 erreicht, wenn die Integrationsquote um 2,3 % im Vergleich zum Jahr 2021 steigt.")  # fmt: skip
STOCK = ("# 3. Vermeidung von langfristigem Leistungsbezug",
         "Das Ziel ist erreicht, wenn der Bestand an Langzeitleistungsbeziehern um 1,5 % gegenüber dem Jahr 2021 sinkt.")  # fmt: skip


Lines = Callable[..., Extraction]


@pytest.fixture
def of_lines(tmp_path: Path) -> Lines:
    """What is read of a Word file with these lines; "# " opens a heading."""

    def read(*lines: str) -> Extraction:
        made = Shaped(Random(0))
        made.blocks += [("kopf" if line.startswith("# ") else "text", line.removeprefix("# ")) for line in (*FRONT, *lines)]
        return extract(as_word(made, tmp_path / "lines.docx"), LIBRARY)

    return read


def open_ones(said: Extraction) -> list[tuple[str, str | None]]:
    return [(posten.text, posten.feld) for posten in said.posten if posten.rolle == "offen"]


def test_a_target_of_women_in_words_nobody_foresaw_is_flagged_as_theirs(of_lines: Lines) -> None:
    said = of_lines(*GOALS, "Kundinnen bringen es nach dem Willen beider Seiten auf plus 3,5 %.", *STOCK)
    assert open_ones(said) == [("3,5 %", "ziele.integrationsquote.frauen")]
    (befund,) = [each for each in said.befunde if "zugeordnet" in each.text]
    assert (befund.feld, befund.schwere) == ("ziele.integrationsquote.frauen", "warnung")
    assert any("zugeordnet" in point.grund and point.feld == befund.feld for point in said.record.akte.offen)


def test_a_clean_one_is_not(of_lines: Lines) -> None:
    said = of_lines(*GOALS, *STOCK)
    assert open_ones(said) == []
    assert counted(said.posten) == {"angabe": 2, "wortlaut": 0, "erklaert": 2, "offen": 0}


def test_a_goal_of_its_own_with_a_name_like_a_statutory_one_is_a_goal_of_its_own(of_lines: Lines) -> None:
    own = "4. Förderung der Teilhabe von Langzeitleistungsbeziehenden"
    said = of_lines(*GOALS, *STOCK, f"# {own}", "Das Ziel ist erreicht, wenn 45 Personen eine Stelle haben.")
    goals = said.record.ziele.individuell
    assert goals[4].titel == own.removeprefix("4. ")
    assert not [posten for posten in open_ones(said) if posten[0] == own]


def test_a_figure_whose_sign_contradicts_the_target_makes_it_doubtful(of_lines: Lines) -> None:
    stock = (
        "Für die Veränderung des Bestands an Langzeitleistungsbeziehenden wird ein Zielwert von – 1,5 % gegenüber dem Vorjahr vereinbart."
    )
    said = of_lines(*GOALS, STOCK[0], stock)
    found = next(each for each in said.found if each.feld == "ziele.langzeitleistungsbezug.gesamt")
    assert found.doubtful or (found.wert is not OFFEN and found.wert.richtung == "sinkt")


def test_a_figure_in_a_free_text_of_a_goal_belongs_to_that_text(of_lines: Lines) -> None:
    said = of_lines(
        *GOALS, *STOCK, "# 4. Digitalisierung (individualisierte Zielvereinbarung)", "Dazu werden folgende Schritte vereinbart:",
        "a) Termine im Netz (40 % der Termine)", "b) Schulung aller Kräfte", "Das Ziel ist erreicht, wenn die Schritte umgesetzt sind.",
    )  # fmt: skip
    assert [posten.feld for posten in said.posten if posten.text == "40 %"] == ["ziele.individuell.4.schritte"]


def test_a_target_without_a_figure_is_flagged_and_the_way_to_one_is_not(of_lines: Lines) -> None:
    women = "Die Integrationsquote der Frauen soll gegenüber dem Jahr 2021 verbessert werden."
    said = of_lines(*GOALS, women, "Die Integrationsquote soll weiter steigen.", *STOCK)
    assert open_ones(said) == [(women, "ziele.integrationsquote.frauen")]


TABLE = [
    ("Kennzahl", "Ist 2021", "Ziel 2022"),
    ("Integrationsquote", "25,1 %", "26,0 %"),
    ("Integrationsquote der Frauen", "22,0 %", "23,5 %"),
]


@pytest.mark.parametrize("form", [as_word, as_pdf])
def test_the_head_of_a_column_tells_what_stands_in_it(form: Callable[[Shaped, Path], Path], tmp_path: Path) -> None:
    made = Shaped(Random(0))
    made.blocks += [*OPENING, ("kopf", "III. Ziele"), ("text", "Vereinbart werden die Werte der Tabelle."), ("zeilen", TABLE)]
    made.blocks += [("kopf", "IV. Zieldialoge"), ("text", "Es finden zwei Dialoge im Jahr statt.")]
    said = extract(form(made, tmp_path / "table"), LIBRARY)
    assert {posten.text for posten in said.posten if posten.grund == "anderer Stand: „Ist 2021“"} == {"25,1 %", "22,0 %"}
    assert is_told_of(said, FRAUEN)


def test_a_value_that_its_own_column_calls_another_is_doubted() -> None:
    lines = (para("III. Ziele", "ueberschrift"), *(para(" ".join(row), None) for row in TABLE))
    value = Zielwert(richtung="betraegt", wert=Decimal("25.1"), einheit="prozent_niveau")
    for word, doubted in ((1, True), (3, False)):
        place = locations_of(lines[2].words[word : word + 1])
        wert = value if word == 1 else value.model_copy(update={"wert": Decimal("26.0")})
        (found,) = account(Accountable(Reading("word", None, lines), JAHR, (Found(K2, wert, place),))).found
        assert found.doubtful is doubted


def test_a_figure_of_a_note_is_accounted_for(tmp_path: Path) -> None:
    made = Shaped(Random(0))
    made.blocks += [("kopf" if line.startswith("# ") else "text", line.removeprefix("# ")) for line in (*FRONT, *GOALS, *STOCK)]
    path = as_word(made, tmp_path / "note.docx")
    said = extract(path, LIBRARY)
    note = Beiwerk("fussnote", None, "Für Frauen gilt ein Zielwert von 3,1 %. Die Quote betrug 2020 30,1 %.", "Das Ziel")
    accounts = account(Accountable(replace(said.reading, beiwerk=(note,)), JAHR, said.found))
    assert [(posten.text, posten.rolle) for posten in accounts.posten[-2:]] == [("3,1 %", "offen"), ("30,1 %", "erklaert")]
