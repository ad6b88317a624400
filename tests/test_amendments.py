"""Amendments during the year: loaded, shown as the state after them, printed, and read back."""

from __future__ import annotations

import shutil
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from command import zv
from emsland import ROOT
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from round_trip import departures, printed, read_back, said, unsure
from sampling import examples
from strategies import amendments, records

from agreements.errors import RecordError, UsageError, WordingError
from agreements.files.places import parted
from agreements.library.library import Library, open_library
from agreements.library.proof import paragraphs_of
from agreements.matching.record import match
from agreements.model.fields import angaben, value_at
from agreements.model.record import Vereinbarung
from agreements.model.values import OFFEN
from agreements.newyear.files import NewYear
from agreements.overview.overview import survey
from agreements.rules.checking import examine
from agreements.store.store import dump_record
from extract.extraction import extract

FIRST = """\
jahr: 2024
traeger: lk-emsland
wortlaut: ni/aenderung-2024

aenderung:
  nummer: 1
  grund:
    - Der Bundeshaushalt 2024 ist beschlossen.
  neu:
    haushalt:
      gesamtbudget_mio: 22.4
      verwaltungskosten: 13655724
    ziele:
      integrationsquote:
        frauen:
          richtung: steigt
          wert: 4.50
          bezug: 2023
      individuell:
        6:
          schritte:
            - Arbeit in regionalen Netzwerken
            - Gemeinsame Bedarfsabfrage mit den Kammern
  texte:
    1:
      stelle: III.§3.1
      alt: zweimal jährlich
      neu: dreimal jährlich

unterschriften:
  traeger:
    1:
      ort: Meppen
      datum: 2024-06-03
      name: Martin Gerenkamp
      stelle: Landkreis Emsland
"""
SECOND = """\
jahr: 2024
traeger: lk-emsland
wortlaut: ni/aenderung-2024
aenderung:
  nummer: 2
  neu:
    haushalt:
      verwaltungskosten: 13700000
  texte:
    1:
      stelle: III.§3.1
      alt: dreimal jährlich
      neu: viermal jährlich
unterschriften:
  traeger:
    1:
      ort: Meppen
      name: Martin Gerenkamp
      stelle: Landkreis Emsland
"""
NAME = "agreements/2024/lk-emsland-{}.yaml"


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A folder with the agreement of the Emsland and two amendments to it."""
    shutil.copytree(ROOT / "agreements" / "2024", tmp_path / "agreements" / "2024")
    for number, text in enumerate((FIRST, SECOND), 1):
        (tmp_path / NAME.format(number)).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def library(office: Path) -> Library:
    return open_library(office)


def amendment(library: Library, number: int = 1) -> Vereinbarung:
    return library.effective(library.store.load((2024, f"lk-emsland-{number}")).record)


def changed(office: Path, old: str, new: str) -> Library:
    """The office with other words in its first amendment."""
    path = office / NAME.format(1)
    assert old in FIRST
    path.write_text(FIRST.replace(old, new), encoding="utf-8")
    return open_library(office)


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


# ---------------------------------------------------------------- printed and read back


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


def _amended(library: Library, agreed: Vereinbarung, data: st.DataObject) -> Vereinbarung:
    """An amendment to an agreement that lies in the library now."""
    assume(any(path.startswith(("rahmenbedingungen.", "haushalt.", "ziele.")) for path in angaben(agreed)))
    path = library.store.ordner / f"agreements/2024/{agreed.traeger}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(dump_record(agreed), encoding="utf-8")
    return library.effective(data.draw(amendments(agreed)))


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


# ---------------------------------------------------------------- what an official types


def test_stand_shows_what_holds_since_when(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shown = zv(capsys, "stand", "2024/lk-emsland", "--ordner", office)
    assert shown.code == 0
    line = next(line for line in shown.out.splitlines() if "13.700.000" in line)
    assert "Änderung Nr. 2" in line
    assert "13.655.724" in line
    assert "Eingliederung" not in shown.out
    whole = zv(capsys, "stand", "2024", "lk-emsland-1", "--ganz", "--ordner", office).out
    assert "13.655.724" in whole
    assert "13.700.000" not in whole
    assert "8.696.936" in whole


def test_stand_says_which_amendments_are_not_signed_yet(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (office / NAME.format(2)).write_text(f"{SECOND}akte:\n  stand: entwurf\n", encoding="utf-8")
    assert "noch nicht unterzeichnet: Nr. 2" in " ".join(zv(capsys, "stand", "2024/lk-emsland", "--ordner", office).out.split())


def test_the_state_as_a_record_loads_and_says_the_same(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shown = zv(capsys, "stand", "2024/lk-emsland", "--format", "yaml", "--ordner", office)
    path = office / "stand.yaml"
    path.write_text(shown.out, encoding="utf-8")
    library = open_library(office)
    assert library.effective(library.store.load(path).record) == library.state(2024, "lk-emsland")


@pytest.mark.parametrize("words", [("2024",), ("lk-emsland",), ("2024/lk-emsland-7",)])
def test_stand_without_an_agreement_says_what_is_missing(office: Path, words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    ended = zv(capsys, "stand", *words, "--ordner", office)
    assert ended.code in (2, 3)
    assert ended.err.strip()


def test_compare_sets_the_agreement_beside_its_state_after_an_amendment(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shown = zv(capsys, "compare", "2024/lk-emsland", "2024/lk-emsland-1", "--ordner", office).out
    assert "›zweimal‹" in shown
    assert "›dreimal‹" in shown
    assert "13.655.724" in shown


def test_a_year_is_compared_as_it_was_agreed_in_the_end(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    zv(capsys, "draft", "2025", "lk-emsland", "--ordner", office)
    shown = zv(capsys, "compare", "2024", "2025", "--format", "html", "--nach", office / "synopsen", "--ordner", office)
    assert shown.code == 0, shown.err
    page = (office / "synopsen/2024-2025/lk-emsland.html").read_text(encoding="utf-8")
    assert "2024 nach der 2. Änderung" in page
    assert "22,4" in page
    assert "21,9" not in page


def test_an_amendment_is_named_as_an_agreement_is_to_be_checked_and_proven(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "lk-emsland-1.yaml" in zv(capsys, "check", "2024/lk-emsland-1", "--ordner", office).out
    proven = zv(capsys, "runde", "2024/lk-emsland-2", "--ordner", office)
    assert proven.code == 0
    assert "Beide Fassungen sagen dasselbe" in proven.out
    assert zv(capsys, "check", "2024/lk-emsland-3", "--ordner", office).code == 3


def test_an_amendment_is_printed_under_its_own_name(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert zv(capsys, "render", "2024", "lk-emsland-1", "--format", "text", "--ordner", office).code == 0
    assert zv(capsys, "render", "2024/lk-emsland-2", "--format", "text", "--ordner", office, "--nach", office / "out").code == 0
    made = sorted(path.name for path in (office / "out/2024").iterdir())
    assert made == ["lk-emsland-1.txt", "lk-emsland-2.txt"]


def test_an_amendment_that_comes_back_is_imported_beside_its_agreement(
    library: Library, office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record = amendment(library, 2)
    path = printed(library.document(record), "docx", office)
    (office / NAME.format(2)).unlink()
    assert zv(capsys, "import", path, "--ordner", office).code == 0
    stored = open_library(office).store.load((2024, "lk-emsland-2"))
    assert said(open_library(office).effective(stored.record)) == said(record)
    assert value_at(stored.record, "aenderung.alt.haushalt.verwaltungskosten") is None
    assert stored.record.unterschriften.traeger[1].datum is OFFEN


def test_the_overview_shows_what_holds_after_the_amendments(library: Library) -> None:
    values = {row.groesse: row.wert for row in survey(library, [2024]).rows if row.traeger == "lk-emsland" and row.gruppe is None}
    assert values["verwaltungskosten"] == 13700000
    assert values["eingliederungsleistungen"] == 8696936
