"""What hangs on the year in a new wording is listed, and told until somebody has changed or ticked it."""

from __future__ import annotations

from pathlib import Path

import pytest
from cases import hits
from command import zv
from drafts import office_of_2024, office_with_draft
from hypothesis import given
from hypothesis import strategies as st

from agreements.library.library import open_library
from agreements.wording.wording import parse_wording
from agreements.wording.yearly import hanging_on_year, listed, not_looked_at, tick

office = pytest.fixture(office_of_2024)
drafted = pytest.fixture(office_with_draft)
PATH = Path("2025.j2")


def hanging(sentence: str) -> tuple[str, ...]:
    """On what a sentence hangs."""
    found = list(hanging_on_year(parse_wording(f"# I. Eins\n\n{sentence}\n", PATH, "ni/2025")))
    return found[0].wegen if found else ()


@pytest.mark.parametrize(
    ("sentence", "wegen"),
    [
        ("Das IAB erwartet ein Wachstum von 0,2 %.", ("Prognose",)),
        ("Die Dynamik hängt im Jahr 2024 davon ab.", ("Jahr",)),
        ("Grundlage ist der Kabinettsbeschluss vom 05.07.2023.", ("Tag", "Haushalt")),
        ("Grundlage ist der Beschluss vom 5. Juli.", ("Tag",)),
        ("Das Gesetz (BGBl. I S. 339) gilt.", ("Fundstelle",)),
        ("Darin sind 600 Mio. Euro enthalten.", ("Haushalt",)),
        ("Die Eingliederungsmittel-Verordnung gilt.", ("Haushalt",)),
        ("Das gilt im Jahr {{ jahr }}.", ()),
        ("Die in § 2 Nr. 3 vereinbarten Ziele werden erreicht.", ()),
        ("Abweichungen von den genannten Haushaltsmitteln werden berücksichtigt.", ()),
        ("Gespräche finden mindestens zweimal jährlich statt.", ()),
    ],
)
def test_a_sentence_hangs_on_the_year_by_what_it_names(sentence: str, wegen: tuple[str, ...]) -> None:
    assert hanging(sentence) == wegen


@given(st.integers(2000, 2099))
def test_no_year_that_is_no_field_is_missed(jahr: int) -> None:
    assert "Jahr" in hanging(f"Das gilt seit {jahr} so.")


def test_a_draft_lists_what_hangs_on_the_year(drafted: Path) -> None:
    wording = open_library(drafted).wording("ni/2025")
    assert [each.stelle for each in listed(wording)] == ["II.1", "II.1", "II.2", "II.5", "II.8", "II.8", "III.§2.2"]
    assert not_looked_at(wording, listed(wording)) == listed(wording)


def test_a_wording_that_nobody_drafted_has_no_list(drafted: Path) -> None:
    assert listed(open_library(drafted).wording("ni/2024")) == ()


def test_the_check_warns_of_a_sentence_until_it_is_changed_or_ticked(drafted: Path) -> None:
    def told() -> list[str]:
        library = open_library(drafted)
        return [hit.stelle for hit in hits("wortlaut-durchsicht", library.store.load((2025, "lk-emsland")).record, library)]

    assert told() == ["II.1", "II.1", "II.2", "II.5", "II.8", "II.8", "III.§2.2"]
    path = drafted / "templates/ni/2025.j2"
    path.write_text(path.read_text(encoding="utf-8").replace("von 0,2 %", "von 0,4 %"), encoding="utf-8")
    tick(open_library(drafted).wording("ni/2025"), [3, 7], "Muster, 6. Oktober 2025")
    assert told() == ["II.1", "II.5", "II.8", "II.8"]


def test_a_year_in_a_sentence_that_is_ticked_is_no_slip_any_more(drafted: Path) -> None:
    def told() -> list[str]:
        library = open_library(drafted)
        record = library.effective(library.store.load((2025, "lk-emsland")).record)
        return [hit.stelle for hit in hits("jahr-im-wortlaut", record, library)]

    assert told() == ["II.2", "II.5", "II.5", "II.8"]
    tick(open_library(drafted).wording("ni/2025"), [3], "Muster, 6. Oktober 2025")
    assert told() == ["II.5", "II.5", "II.8"]


def test_sentences_are_ticked_by_a_command(drafted: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ended = zv(capsys, "wortlaut", "durchsicht", "2025", "3", "--kuerzel", "Mu", "--ordner", drafted)
    assert ended.code == 0
    assert "3. II.2 (Jahr) – durchgesehen: Mu, " in ended.out and ended.out.endswith("\n6 Sätze offen.\n")
    assert "2. II.1 (Prognose) – offen\n" in ended.out
    assert zv(capsys, "wortlaut", "durchsicht", "2025", "--alle", "--ordner", drafted).out.endswith("\n0 Sätze offen.\n")


def test_a_number_that_is_not_listed_changes_nothing(drafted: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = drafted / "templates/ni/2025.durchsicht.yaml"
    before = path.read_bytes()
    ended = zv(capsys, "wortlaut", "durchsicht", "2025", "1", "9", "--ordner", drafted)
    assert (ended.code, path.read_bytes()) == (2, before)
    assert "Einen Satz 9 gibt es nicht." in ended.err and "Die Liste hat 7." in ended.err
