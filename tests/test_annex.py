"""Drafts look like drafts: the list of what is open behind them, set apart when read; and nothing unfinished is printed as final."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from command import zv
from emsland import REGISTER, document, emsland, wording
from hypothesis import given
from hypothesis import strategies as st
from round_trip import LIBRARY, ROOT, printed, read_back, said, text_of
from strategies import records

from agreements.filling.annex import HEADING, REMARK, open_points, with_annex, without_annex
from agreements.filling.fill import fill
from agreements.library.proof import paragraphs_of
from agreements.matching.record import match
from agreements.model.document import Document
from agreements.model.record import Haushalt, Unterschrift, Unterschriften, Vereinbarung
from agreements.model.values import OFFEN, Offen
from agreements.reading.findings import Schwere
from agreements.reading.reading import Reading
from agreements.rules import checking
from agreements.rules.case import Case, Hit
from agreements.rules.table import SILENCING, Regel
from agreements.rules.tables import Regeltext
from extract.extraction import extract


def unfinished() -> Vereinbarung:
    """The agreement with an open amount and an unknown signatory."""
    record = emsland()
    signed = record.unterschriften.traeger[1].model_copy(update={"name": OFFEN, "zusatz": OFFEN, "funktion": OFFEN})
    return record.model_copy(
        update={
            "haushalt": record.haushalt.model_copy(update={"verwaltungskosten": OFFEN}),
            "unterschriften": record.unterschriften.model_copy(update={"traeger": {1: signed}}),
        }
    )


def draft() -> Document:
    return fill(wording(), unfinished(), REGISTER)


def test_the_list_names_each_open_angabe_once_with_its_heading() -> None:
    assert open_points(draft()) == (
        "II. Rahmenbedingungen – Verwaltungskosten (Euro)", "Unterschrift Träger 1: Zusatz", "Unterschrift Träger 1: Name",
        "Unterschrift Träger 1: Funktion",
    )  # fmt: skip


def test_an_agreement_without_open_angaben_has_no_list() -> None:
    assert open_points(document()) == ()
    assert with_annex(document()) == document()


def test_a_date_that_waits_for_the_pen_is_not_open() -> None:
    record = emsland().model_copy(
        update={
            "unterschriften": Unterschriften(
                land=emsland().unterschriften.land, traeger={1: Unterschrift(ort="Meppen", name="A B", stelle="Landkreis Emsland")}
            )
        }
    )
    assert open_points(fill(wording(), record, REGISTER)) == ()


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_a_printed_draft_reads_back_as_its_record_and_the_list_is_set_apart(form: str, tmp_path: Path) -> None:
    found = read_back(with_annex(draft()), form, tmp_path)
    assert said(found.record) == said(unfinished())
    assert found.record.abweichungen == ()
    listed = [each.text for each in found.reading.beiwerk if each.art == "anlage"]
    assert listed == [HEADING, REMARK, *(f"{point}: offen" for point in open_points(draft()))]


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_a_draft_of_nothing_but_open_angaben_reads_back(form: str, tmp_path: Path) -> None:
    record = emsland().model_copy(update={
        "haushalt": Haushalt(gesamtbudget_mio=OFFEN, verwaltungskosten=OFFEN, eingliederungsleistungen=OFFEN),
        "unterschriften": Unterschriften(
            land={1: emsland().unterschriften.land[1].model_copy(update={"name": OFFEN, "funktion": OFFEN})},
            traeger={1: Unterschrift(ort="Meppen", name=OFFEN, zusatz=OFFEN, funktion=OFFEN, stelle="Landkreis Emsland")},
        ),
    })  # fmt: skip
    assert said(read_back(with_annex(fill(wording(), record, REGISTER)), form, tmp_path).record) == said(record)


def test_of_two_drafts_in_one_file_each_has_its_list_set_apart(tmp_path: Path) -> None:
    path = printed(with_annex(draft()), "pdf", tmp_path)
    with pikepdf.open(path) as one, pikepdf.new() as both:
        both.pages.extend(one.pages)
        both.pages.extend(one.pages)
        both.save(tmp_path / "both.pdf")
    found = extract(tmp_path / "both.pdf", LIBRARY)
    assert said(found.record) == said(unfinished())
    assert found.record.abweichungen == ()


def test_what_somebody_wrote_on_the_list_is_kept_as_text_of_the_document() -> None:
    paragraphs = paragraphs_of(with_annex(draft()))
    note = replace(paragraphs[-1], words=paragraphs[0].words)
    reading = Reading("word", None, (*paragraphs, note))
    assert without_annex(reading) == reading


@pytest.mark.law
@given(records())
def test_the_list_is_set_apart_from_any_draft_and_nothing_else_is(record: Vereinbarung) -> None:
    made = fill(wording(), record, REGISTER)
    read = without_annex(Reading("word", None, paragraphs_of(with_annex(made))))
    assert read.paragraphs == paragraphs_of(made)
    assert bool(read.beiwerk) == made.entwurf


# ---------------------------------------------------------------- final


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A folder with the record of the Emsland, its administrative costs open."""
    (tmp_path / "agreements/2024").mkdir(parents=True)
    for name in ("lk-emsland", "rahmen"):
        text = (ROOT / f"agreements/2024/{name}.yaml").read_text(encoding="utf-8")
        (tmp_path / f"agreements/2024/{name}.yaml").write_text(text.replace("13155724", "null"), encoding="utf-8")
    return tmp_path


def test_an_agreement_with_an_open_angabe_is_not_printed_as_final(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ended = zv(capsys, "render", "2024", "lk-emsland", "--endgueltig", "--ordner", office)
    assert ended.code == 1
    assert "- offen: II. Rahmenbedingungen – Verwaltungskosten (Euro)" in ended.err
    assert not (office / "out").exists()


def test_the_same_is_printed_as_a_draft_with_its_list(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert zv(capsys, "render", "2024", "lk-emsland", "--format", "text", "--ordner", office).code == 0
    text = (office / "out/2024/lk-emsland.txt").read_text(encoding="utf-8")
    assert text.startswith("ENTWURF")
    assert text.endswith("- II. Rahmenbedingungen – Verwaltungskosten (Euro): offen\n")


def test_a_finished_agreement_is_printed_as_final_without_any_mark(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    ended = zv(capsys, "render", "2024", "lk-emsland", "--endgueltig", "--format", "text", "--nach", tmp_path, "--ordner", ROOT)
    assert ended.code == 0, ended.err
    text = (tmp_path / "2024/lk-emsland.txt").read_text(encoding="utf-8")
    assert "ENTWURF" not in text
    assert HEADING not in text
    assert text_of(document())[:200] in "".join(text.split())


@pytest.mark.parametrize(("schwere", "refused"), [("fehler", True), ("warnung", False), ("hinweis", False)])
def test_only_a_broken_rule_of_severity_fehler_keeps_an_agreement_from_being_final(
    schwere: Schwere,
    refused: bool,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def find(case: Case) -> Iterator[Hit]:
        yield Hit("Meppen", "Der Ort ist falsch.", "unterschriften.traeger.1.ort")

    said = Regeltext(gruppe="Namen", schwere=schwere, sucht="Orte", warum="Zur Probe.", abhilfe="Berichtigen.")
    monkeypatch.setattr(checking, "rules", lambda: (Regel("probe", said, find), Regel(SILENCING, said, lambda _: iter(()))))
    ended = zv(capsys, "render", "2024", "lk-emsland", "--endgueltig", "--format", "text", "--nach", tmp_path, "--ordner", ROOT)
    assert ended.code == int(refused)
    assert ("- probe (Zeile 122): Der Ort ist falsch." in ended.err) == refused
    assert (tmp_path / "2024").exists() != refused


@pytest.mark.law
@given(records(), st.lists(st.sampled_from([OFFEN, None]), min_size=6, max_size=6))
def test_whatever_is_open_of_a_signature_reads_back_open(drawn: Vereinbarung, states: list[Offen | None]) -> None:
    signed = {}
    for party, few in zip(("land", "traeger"), (states[:3], states[3:]), strict=True):
        one: Unterschrift = getattr(drawn.unterschriften, party)[1]
        unknown = {name: OFFEN for name, state in zip(("name", "zusatz", "funktion"), few, strict=True) if state is OFFEN}
        signed[party] = {1: one.model_copy(update=unknown)}
    record = drawn.model_copy(update={"unterschriften": Unterschriften(**signed)})
    filled = fill(wording(), record, REGISTER)
    read = match(wording(), paragraphs_of(filled), REGISTER).record
    assert {path: wert for path, wert in said(read).items() if path.startswith("unterschriften.")} == {
        path: wert for path, wert in said(record).items() if path.startswith("unterschriften.")
    }
