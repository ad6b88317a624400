"""`zv pruefe` as it is called: what is told, in which order and form, how it ends; and what keeps an agreement from being final."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from cases import ROOT
from command import zv

from agreements.rules.table import rules

Capture = pytest.CaptureFixture[str]
TEXT = {"type": ["string", "null"]}
FOUND: dict[str, Any] = {
    "type": "object", "additionalProperties": False,
    "required": ["regel", "schwere", "datei", "zeile", "feld", "stelle", "worte", "grund", "abhilfe", "stilllegen"],
    "properties": {
        "regel": {"type": "string"}, "schwere": {"enum": ["hinweis", "warnung", "fehler"]}, "datei": {"type": "string"},
        "zeile": {"type": "integer", "minimum": 1}, "feld": TEXT, "stelle": TEXT, "worte": TEXT, "grund": {"type": "string"},
        "abhilfe": {"type": "string"}, "stilllegen": {"type": "string"}, "stillgelegt": {"type": "string"},
    },
}  # fmt: skip
SCHEMA: dict[str, Any] = {
    "type": "object", "additionalProperties": False, "required": ["format", "datensaetze"],
    "properties": {"format": {"const": 1}, "datensaetze": {"type": "array", "items": {
        "type": "object", "additionalProperties": False,
        "required": ["datei", "jahr", "traeger", "aenderung", "name", "in_ordnung", "anzahl", "verstoesse", "stillgelegt"],
        "properties": {
            "datei": {"type": "string"}, "jahr": {"type": ["integer", "null"]}, "traeger": TEXT, "name": TEXT,
            "aenderung": {"type": ["integer", "null"]},
            "in_ordnung": {"type": "boolean"}, "anzahl": {"type": "object", "additionalProperties": {"type": "integer"}},
            "verstoesse": {"type": "array", "items": FOUND},
            "stillgelegt": {"type": "array", "items": {**FOUND, "required": [*FOUND["required"], "stillgelegt"]}},
        },
    }}},
}  # fmt: skip


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the record of the Emsland, still a draft, in which one works."""
    (tmp_path / "agreements/2024").mkdir(parents=True)
    for name in ("lk-emsland", "rahmen"):
        text = (ROOT / f"agreements/2024/{name}.yaml").read_text(encoding="utf-8")
        (tmp_path / f"agreements/2024/{name}.yaml").write_text(text.replace("unterzeichnet\n", "entwurf\n"), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def edit(office: Path, old: str, new: str, name: str = "lk-emsland") -> None:
    path = office / f"agreements/2024/{name}.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_findings_stand_by_file_in_the_order_of_its_lines_with_words_and_remedy(office: Path, capsys: Capture) -> None:
    edit(office, "gesamtbudget_mio: 21.9", "gesamtbudget_mio: 25.9")
    ended = zv(capsys, "check", "2024")
    own, shared = ended.out.split("2024.j2: gilt für mehrere Vereinbarungen")
    lines = [int(number) for number in re.findall(r"Zeile +(\d+)", own)]
    assert lines == sorted(lines) and len(lines) > 8
    assert re.search(r"Fehler +Zeile +25 +„25,9 Mio\. Euro“ *\n +Gesamtbudget \(Mio\. Euro\): Richtig ist 21,9 .*\n +→ .*\[summe\]", own)
    assert "„daraufgelegt“" in shared
    assert ended.out.rstrip().endswith("1 Datensatz geprüft: 1 Fehler, 23 Hinweise.")
    assert (ended.code, ended.err) == (1, "1 von 1 Datensätzen zu berichtigen.\n")


def test_hints_alone_end_well(office: Path, capsys: Capture) -> None:
    ended = zv(capsys, "check", "2024")
    assert (ended.code, ended.err) == (0, "")
    assert "lk-emsland.yaml: in Ordnung, 9 Hinweise" in ended.out


def test_only_what_is_grave_enough_is_shown_and_all_is_counted(office: Path, capsys: Capture) -> None:
    edit(office, "datum: 2024-02-01", "datum: 2025-02-01")
    ended = zv(capsys, "check", "--ab", "warnung")
    assert re.findall(r"\[([a-z-]+)\]", ended.out) == ["datum-ausserhalb"]
    assert "1 Warnung, 22 Hinweise" in ended.out


def test_where_nothing_is_grave_enough_the_record_is_named_all_the_same(office: Path, capsys: Capture) -> None:
    ended = zv(capsys, "check", "--ab", "fehler")
    assert "lk-emsland.yaml: in Ordnung, 9 Hinweise" in ended.out
    assert "[" not in ended.out


def test_a_silenced_rule_is_told_with_its_reason_and_does_not_fail(office: Path, capsys: Capture) -> None:
    edit(office, "datum: 2024-02-01", "datum: 2025-02-01")
    assert zv(capsys, "check", "2024").code == 1
    edit(office, "  stand: entwurf\n", "  stand: entwurf\n  stillgelegt:\n    datum-ausserhalb: So unterzeichnet.\n")
    ended = zv(capsys, "check", "2024")
    assert ended.code == 0
    assert "stillgelegt: datum-ausserhalb – So unterzeichnet." in ended.out
    assert "22 Hinweise, 1 stillgelegt." in ended.out


def test_a_file_that_does_not_load_is_told_fault_by_fault_and_the_others_are_checked(office: Path, capsys: Capture) -> None:
    (office / "agreements/2024/lk-aurich.yaml").write_text("jahr: 2024\ntraegr: lk-aurich\nwortlaut: 2024\n", encoding="utf-8")
    ended = zv(capsys, "check", "--format", "json")
    first, second = json.loads(ended.out)["datensaetze"]
    assert (first["in_ordnung"], first["traeger"], second["traeger"]) == (False, None, "lk-emsland")
    assert [(each["regel"], each["zeile"]) for each in first["verstoesse"]] == [("laden", 1), ("laden", 2), ("laden", 3)]
    assert ended.code == 1


def test_the_json_has_its_form_and_every_finding(office: Path, capsys: Capture) -> None:
    edit(office, "  stand: entwurf\n", "  stand: entwurf\n  stillgelegt:\n    datum-vor-haushalt: So unterzeichnet.\n")
    edit(office, "verwaltungskosten: 13155724", "verwaltungskosten: null")
    data = json.loads(zv(capsys, "check", "agreements/2024/lk-emsland.yaml", "--format", "json").out)
    jsonschema.validate(data, SCHEMA)
    (record,) = data["datensaetze"]
    assert (record["name"], record["jahr"]) == ("Landkreis Emsland", 2024)
    (still,) = (each for each in record["verstoesse"] if each["regel"] == "offen")
    assert still["stilllegen"] == "offen@haushalt.verwaltungskosten"
    assert [each["stillgelegt"] for each in record["stillgelegt"]] == ["So unterzeichnet."]
    assert record["anzahl"] == {"fehler": 0, "warnung": 0, "hinweis": len(record["verstoesse"])}


def test_records_of_a_year_are_compared_with_each_other_also_when_one_is_checked(office: Path, capsys: Capture) -> None:
    text = (office / "agreements/2024/lk-emsland.yaml").read_text(encoding="utf-8").replace("lk-emsland", "lk-peine")
    (office / "agreements/2024/lk-peine.yaml").write_text(text, encoding="utf-8")
    for words in (["2024"], ["agreements/2024/lk-peine.yaml"]):
        ended = zv(capsys, "check", *words)
        assert "Fast derselbe Absatz steht in der Vereinbarung mit dem Landkreis Emsland." in ended.out
        assert "Derselbe Betrag steht bei Landkreis Emsland." in ended.out
        assert re.search(r"Warnung +Zeile +\d+ +„Im Landkreis Emsland ist", ended.out)


def several(office: Path, *names: str) -> None:
    """The record of the Emsland for other Träger, too."""
    text = (office / "agreements/2024/lk-emsland.yaml").read_text(encoding="utf-8")
    for name in names:
        (office / f"agreements/2024/{name}.yaml").write_text(text.replace("lk-emsland", name), encoding="utf-8")


def test_hints_that_many_records_have_are_told_by_rule_and_counted_with_each(office: Path, capsys: Capture) -> None:
    several(office, "lk-peine", "lk-leer")
    edit(office, "§ 16 k SGB II", "§ 16k SGB II", "lk-leer")
    ended = zv(capsys, "pruefe", "2024")
    assert "abkuerzung: 9 Hinweise in 3 Datensätzen → Einheitlich schreiben.\n" in ended.out
    assert "  Die Abkürzung ist „ggf.“. lk-emsland Zeile 17, 71; lk-leer Zeile 17, 71; lk-peine Zeile 17, 71\n" in ended.out
    assert ended.out.count("Die Abkürzung ist „ggf.“.") == 1
    assert "Zu schreiben ist „§ 16k“. lk-emsland Zeile 70; lk-peine Zeile 70\n" in ended.out
    alone = zv(capsys, "pruefe", "2024/lk-leer", "2024/lk-peine").out
    assert alone.count("Die Abkürzung ist „ggf.“.") == 4, "two are read side by side"


def test_a_fault_of_the_wording_is_told_once_at_its_place_there_and_in_german(office: Path, capsys: Capture) -> None:
    several(office, "lk-peine", "lk-leer")
    wording = office / "templates/ni/2024.j2"
    wording.parent.mkdir(parents=True)
    text = (ROOT / "templates/ni/2024.j2").read_text(encoding="utf-8")
    line = text[: text.index("{{ haushalt.verwaltungskosten")].count("\n") + 1
    wording.write_text(
        text.replace("{{ haushalt.verwaltungskosten | euro }}", "{{ haushalt.verwaltungskosten | euro }", 1), encoding="utf-8"
    )
    ended = zv(capsys, "pruefe", "2024", "--ab", "fehler")
    assert ended.code == 1 and ended.out.count("Der Wortlaut ist so nicht zu lesen.") == 1
    assert "templates/ni/2024.j2: gilt für mehrere Vereinbarungen, 1 Fehler" in ended.out
    assert re.search(rf"Fehler +Zeile +{line} ", ended.out)
    assert "expected" not in ended.out and "lk-leer.yaml: 9 Hinweise, siehe 2024.j2" not in ended.out.replace("\n\n", "\n")[:0]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("{% endif %}", "", "ist nicht mit {% endif %} geschlossen."),
        ("{% if", "{% falls", "Die Anweisung „falls“ gibt es nicht."),
        ("{% if", "{% endif %}{% if", "Zu {% endif %} fehlt der Anfang."),
        ("{{ jahr }}", "{{ jahr ! }}", "steht das Zeichen „!“"),
        ("{{ jahr }}", "{{ jahr |  }}", "In einer Klammer steht"),
    ],
)
def test_a_slip_of_the_pen_in_a_wording_is_told_in_german(old: str, new: str, said: str, office: Path, capsys: Capture) -> None:
    wording = office / "templates/ni/2024.j2"
    wording.parent.mkdir(parents=True)
    wording.write_text((ROOT / "templates/ni/2024.j2").read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    ended = zv(capsys, "wortlaut", "pruefe", "ni/2024")
    assert ended.code == 1 and said in ended.out and "templates/ni/2024.j2:" in ended.out
    assert not re.search(r"expected|unexpected|Encountered|innermost|template\b", ended.out.replace("templates", ""))


def test_what_several_records_share_is_told_once_and_where_it_concerns_some_these_are_named(office: Path, capsys: Capture) -> None:
    text = (office / "agreements/2024/lk-emsland.yaml").read_text(encoding="utf-8").replace("lk-emsland", "lk-peine")
    mended = "abweichungen:\n  - {stelle: I.4, art: ersetzt, alt: daraufgelegt, neu: darauf gelegt}\n"
    (office / "agreements/2024/lk-peine.yaml").write_text(text + mended, encoding="utf-8")
    shared = zv(capsys, "check", "2024").out.partition("2024.j2: gilt")[2]
    assert shared.count("„daraufgelegt“") == 1
    assert "Betrifft lk-emsland." in " ".join(shared.split())
    assert shared.count("Betrifft") == 1


AMENDMENT = """\
jahr: 2024
traeger: lk-emsland
wortlaut: ni/aenderung-2024
aenderung:
  nummer: 1
  neu:
    haushalt: {gesamtbudget_mio: 22.4, verwaltungskosten: 13755724}
    ziele: {individuell: {6: {schritte: [Gespräche mit dem Landkreis Peine]}}}
unterschriften:
  traeger:
    1: {ort: Meppen, datum: 2024-06-03, name: Martin Gerenkamp, stelle: Landkreis Emsland}
"""


def test_of_an_amendment_is_told_what_it_brings_behind_the_agreement(office: Path, capsys: Capture) -> None:
    (office / "agreements/2024/lk-emsland-1.yaml").write_text(AMENDMENT, encoding="utf-8")
    agreement, amendment = json.loads(zv(capsys, "check", "2024", "--format", "json").out)["datensaetze"]
    assert (agreement["aenderung"], amendment["aenderung"]) == (None, 1)
    told = [(each["regel"], each["zeile"]) for each in amendment["verstoesse"] if each["datei"].endswith("lk-emsland-1.yaml")]
    assert told == [("summe", 7), ("fremder-kreis", 8)]


def test_the_rules_are_listed_with_severity_reason_and_remedy(office: Path, capsys: Capture) -> None:
    listed = zv(capsys, "check", "--regeln")
    data = json.loads(zv(capsys, "check", "--regeln", "--format", "json").out)
    assert listed.code == 0
    assert [each["regel"] for each in data] == [rule.name for rule in rules()]
    assert all(each["regel"] in listed.out and each["abhilfe"] for each in data)


@pytest.mark.parametrize(("words", "code"), [
    (["2031"], 2), (["gibt-es-nicht.yaml"], 3), (["--ab", "schlimm"], 2), (["--format", "xml"], 2), (["2024"], 0), (["--regeln"], 0),
])  # fmt: skip
def test_how_it_ends(words: list[str], code: int, office: Path, capsys: Capture) -> None:
    assert zv(capsys, "check", *words).code == code


def test_a_year_whose_rahmen_does_not_load_fails_record_by_record(office: Path, capsys: Capture) -> None:
    edit(office, "jahr: 2024", "jahr: 2031", "rahmen")
    ended = zv(capsys, "check", "2024")
    assert ended.code == 1
    assert "Traceback" not in ended.out + ended.err


# ---------------------------------------------------------------- final


@pytest.mark.parametrize(("old", "new", "refused"), [
    ("gesamtbudget_mio: 21.9", "gesamtbudget_mio: 25.9", "- summe (Zeile 25): Gesamtbudget"),
    ("      bezug: 2023\n    frauen", "      bezug: 2024\n    frauen", "- bezugsjahr (Zeile 31)"),
    ("datum: 2024-02-01", "datum: 2024-02-05", ""),
])  # fmt: skip
def test_an_agreement_of_which_a_rule_finds_a_fault_is_not_printed_as_final(
    old: str,
    new: str,
    refused: str,
    office: Path,
    capsys: Capture,
) -> None:
    edit(office, old, new)
    ended = zv(capsys, "render", "2024", "lk-emsland", "--endgueltig", "--format", "text")
    assert ended.code == (1 if refused else 0)
    assert refused in ended.err
    assert (office / "out").exists() == (not refused)


def test_a_fault_that_is_silenced_with_a_reason_does_not_keep_it_from_being_final(office: Path, capsys: Capture) -> None:
    edit(office, "gesamtbudget_mio: 21.9", "gesamtbudget_mio: 25.9")
    edit(office, "  stand: entwurf\n", "  stand: entwurf\n  stillgelegt: {summe: Ausgabereste sind eingerechnet.}\n")
    assert zv(capsys, "render", "2024", "lk-emsland", "--endgueltig", "--format", "text").code == 0
