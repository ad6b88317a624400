"""The rules together: every slip of the real agreement is told, and of a clean one they have nothing to say."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from cases import LIBRARY, ROOT, changed, stored
from command import zv
from emsland import emsland
from hypothesis import given
from officialese import ZKT, clean
from sampling import shares
from strategies import any_records

from agreements.library.library import Library, open_library
from agreements.model.record import Vereinbarung
from agreements.rules.case import Case, Verstoss
from agreements.rules.checking import examine
from agreements.rules.table import rules
from agreements.wording.yearly import listed, tick

WORDING = "2024.j2"


@pytest.fixture(scope="module")
def told() -> list[Verstoss]:
    """What is said of the Landkreis Emsland's agreement for 2024."""
    return list(examine(LIBRARY, LIBRARY.store.load((2024, "lk-emsland"))).verstoesse)


@pytest.mark.parametrize(("slip", "regel", "datei", "worte"), [
    ("it cites § 2 Nr. 3 and 4 as individual goals", "bekanntes-versehen", WORDING, "individualisierten Ziele nach § 2 Nr. 3 und 4"),
    ("it cites values of Nr. 1, which has none", "bekanntes-versehen", WORDING, "in § 2 Nr. 1 bis 3 vereinbarten Zielwerte"),
    ("it is signed before the federal budget was passed", "datum-vor-haushalt", "lk-emsland.yaml", "1. Februar 2024"),
    ("the ministry's date is blank", "datum-fehlt", "lk-emsland.yaml", ""),
    ("several Träger where one is meant", "bekanntes-versehen", WORDING, "durch die zugelassenen kommunalen Träger"),
    ("one word instead of two", "bekanntes-versehen", WORDING, "daraufgelegt"),
    ("a missing word", "bekanntes-versehen", WORDING, "ein Gesamtbudget rd."),
    ("a wrong reflexive verb", "bekanntes-versehen", WORDING, "vereinbaren sich zu folgenden Zielen:"),
    ("a verb in the plural", "bekanntes-versehen", WORDING, "werden im Rahmen der Zieldialoge"),
    ("a wrong case", "bekanntes-versehen", WORDING, "Gleichstellung von Frauen und Männer auch"),
    ("a blank within a section's number", "paragraph", "lk-emsland.yaml", "§ 16 k"),
    ("z.B. beside z. B.", "abkuerzung", "lk-emsland.yaml", "z.B."),
    ("ggfs. beside ggf.", "abkuerzung", "lk-emsland.yaml", "ggfs."),
    ("a small letter above a name", "zusatz", "lk-emsland.yaml", "in Vertretung"),
    ("a date in figures beside one in words", "bekanntes-versehen", WORDING, "vom 12.08.2010"),
    ("straight quotes beside German ones", "anfuehrung", "lk-emsland.yaml", '"Schule und Beruf"'),
])  # fmt: skip
def test_every_slip_of_the_real_agreement_is_told(slip: str, regel: str, datei: str, worte: str, told: list[Verstoss]) -> None:
    assert [each for each in told if (each.regel, each.datei.name) == (regel, datei) and worte in each.worte], slip


def test_a_slip_that_is_known_of_the_wording_is_told_once(told: list[Verstoss]) -> None:
    assert {each.regel for each in told if each.datei.name == WORDING} == {"bekanntes-versehen"}


def test_of_the_words_of_the_real_agreement_none_is_called_misspelt(told: list[Verstoss]) -> None:
    assert not [each for each in told if each.regel == "rechtschreibung"]


def test_a_signed_agreement_with_its_slips_needs_no_correction(told: list[Verstoss]) -> None:
    assert {each.schwere for each in told} == {"hinweis"}


# ---------------------------------------------------------------- clean ones


def alarms(seed: int, library: Library = LIBRARY) -> list[str]:
    """What is said of a clean agreement, the slips of its wording apart; that it reads back is proved of every tenth."""
    record = clean(seed, emsland())
    case = Case(library, FILE, record)
    asked = [rule for rule in rules() if rule.name != "bekanntes-versehen" and (rule.name != "druck" or seed % 10 == 0)]
    return [f"{rule.name}: {hit.worte} – {hit.grund}" for rule in asked for hit in rule.find(case)]


FILE = stored(clean(0, emsland()))


@pytest.mark.parametrize("several", shares(200, 2000, 50), ids=str)
def test_hundreds_of_clean_agreements_raise_no_alarm(several: range) -> None:
    assert {seed: said for seed in several if (said := alarms(seed))} == {}


def test_the_clean_agreements_are_of_all_traeger_and_differ() -> None:
    some = [clean(seed, emsland()) for seed in range(48)]
    assert {record.traeger for record in some} == {row.schluessel for row in ZKT}
    assert len({record.rahmenbedingungen for record in some}) == len(some)


@pytest.mark.law
@given(any_records())
def test_of_any_record_at_all_something_is_said_with_a_place(record: Vereinbarung) -> None:
    for each in examine(LIBRARY, FILE, record, others=(record.model_copy(update={"traeger": "lk-peine"}),)).verstoesse:
        assert each.zeile >= 1 and each.datei.name.endswith((".yaml", ".j2"))
        assert each.grund and each.abhilfe


def test_the_records_of_the_project_need_no_correction(capsys: pytest.CaptureFixture[str]) -> None:
    assert zv(capsys, "check", "--ordner", ROOT).code == 0


# ---------------------------------------------------------------- from a draft to a finished agreement


@pytest.fixture
def drafted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Library:
    """A folder with the Emsland's agreement of 2024 and its draft for 2025."""
    (tmp_path / "agreements/2024").mkdir(parents=True)
    for name in ("lk-emsland", "rahmen"):
        path = f"agreements/2024/{name}.yaml"
        (tmp_path / path).write_text((ROOT / path).read_text(encoding="utf-8"), encoding="utf-8")
    assert zv(capsys, "draft", "2025", "lk-emsland", "--ordner", tmp_path).code == 0
    return open_library(tmp_path)


def test_a_draft_is_told_what_is_open_what_nobody_read_and_which_years_are_old(drafted: Library) -> None:
    found = examine(drafted, drafted.store.load((2025, "lk-emsland")), spelling=False).verstoesse
    assert {"offen", "unberuehrt", "jahr-im-wortlaut"} <= {each.regel for each in found}
    old = [each for each in found if each.regel == "jahr-im-wortlaut"]
    assert all(re.search("2023|2024", each.worte) and each.datei.name == "2025.j2" and each.schwere == "warnung" for each in old)
    assert all("2024" in each.datei.read_text(encoding="utf-8").splitlines()[each.zeile - 1] for each in old if "2024" in each.worte)


def test_of_a_draft_that_is_filled_and_read_nothing_is_told(drafted: Library) -> None:
    wording = drafted.store.ordner / "templates/ni/2025.j2"
    head, body = wording.read_text(encoding="utf-8").split("#}", 1)
    wording.write_text(head + "#}" + body.replace("2024", "2025").replace("5. Juli 2023", "17. Juli 2024"), encoding="utf-8")
    year = drafted.wording("ni/2025")
    tick(year, range(1, len(listed(year)) + 1), "Muster, 6. Oktober 2025")
    bezug = {
        f"ziele.{goal}.bezug": 2024
        for goal in ("integrationsquote.gesamt", "integrationsquote.frauen", "integrationsquote.maenner", "langzeitleistungsbezug.gesamt")
    }
    signed = {
        f"unterschriften.{side}.1.{name}": value
        for side in ("land", "traeger")
        for name, value in (("datum", date(2025, 10, 6)), ("zusatz", "In Vertretung"))
    }
    finished = changed(emsland(), {
        "jahr": 2025, "wortlaut": "ni/2025", **bezug, **signed,
        "rahmenbedingungen.regionale_lage": ["Der Arbeitsmarkt im Emsland zeigt sich robust."],
        "ziele.individuell.4.schritte": ["Ausbau der aufsuchenden Beratung"],
        "ziele.individuell.6.titel": "Gestaltung des Übergangs „Schule und Beruf“",
        "ziele.individuell.6.ziel": ["Ziel ist, den Übergang in Ausbildung zu erleichtern."],
        "ziele.individuell.6.schritte": ["Zwei Ausbildungsmessen im Jahr 2025"],
    })  # fmt: skip
    assert examine(drafted, stored(finished, drafted.store.ordner)).verstoesse == ()
