"""The command line: what each command prints, writes and answers when all is well."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import pytest
from command import Ended, process, zv
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from round_trip import LIBRARY, ROOT, emsland, printed, said

from agreements.library.library import open_library
from agreements.model.fields import kind_at
from agreements.model.record import Vereinbarung, Zielwert
from agreements.store.outputs import is_output
from agreements.store.store import load_text
from extract.extraction import extract
from extract.results.report import as_json, as_yaml

Capture = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the real agreement as PDF and Word."""
    folder = tmp_path_factory.mktemp("gemacht")
    for form in ("pdf", "docx"):
        printed(LIBRARY.document(emsland()), form, folder)
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of one's own, with the records of 2024."""
    shutil.copytree(ROOT / "agreements/2024", tmp_path / "agreements/2024")
    return tmp_path


def edit(path: Path, old: str, new: str) -> None:
    """Puts other words into a file."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


# ---------------------------------------------------------------- render


def test_render_writes_pdf_and_word_under_out_and_knows_them_from_then_on(folder: Path, capsys: Capture) -> None:
    ended = zv(capsys, "render", "2024", "lk-emsland", "--ordner", folder)
    assert (ended.code, ended.err) == (0, "")
    made = folder / "out" / "2024"
    assert sorted(path.name for path in made.iterdir()) == ["lk-emsland.docx", "lk-emsland.pdf", "manifest.json"]
    printed = list(made.glob("lk-emsland.*"))
    assert all(str(path) in ended.out for path in printed)
    assert all(is_output(folder, path) for path in printed)


def test_what_is_printed_elsewhere_has_nothing_laid_beside_it(folder: Path, tmp_path: Path, capsys: Capture) -> None:
    assert zv(capsys, "render", "2024", "lk-emsland", "--format", "text", "--ordner", folder, "--nach", tmp_path / "Versand").code == 0
    assert [path.name for path in (tmp_path / "Versand" / "2024").iterdir()] == ["lk-emsland.txt"]


def test_render_writes_each_format_that_is_asked_for(folder: Path, capsys: Capture) -> None:
    forms = ("--format", "html", "--format", "text")
    assert zv(capsys, "render", "2024", "lk-emsland", *forms, "--nach", folder / "dort", "--ordner", folder).code == 0
    assert sorted(path.name for path in (folder / "dort/2024").iterdir()) == ["lk-emsland.html", "lk-emsland.txt"]
    assert not (folder / "out").exists()


def test_an_open_value_makes_a_draft_and_is_said(folder: Path, capsys: Capture) -> None:
    edit(folder / "agreements/2024/lk-emsland.yaml", "verwaltungskosten: 13155724", "verwaltungskosten: null")
    ended = zv(capsys, "render", "2024", "lk-emsland", "--format", "text", "--ordner", folder)
    assert ended.code == 0 and "Entwurf" in ended.out
    assert "offen]" in (folder / "out/2024/lk-emsland.txt").read_text(encoding="utf-8")


def test_the_folders_records_win_over_those_that_came_with_zv(folder: Path, capsys: Capture) -> None:
    edit(folder / "agreements/2024/lk-emsland.yaml", "13155724", "13155725")
    edit(folder / "agreements/2024/rahmen.yaml", "Dr. Christine Arbogast", "Dr. Erika Muster")
    assert zv(capsys, "render", "2024", "lk-emsland", "--format", "text", "--ordner", folder).code == 0
    text = (folder / "out/2024/lk-emsland.txt").read_text(encoding="utf-8")
    assert "13.155.725" in text and "(Dr. Erika Muster)" in text and "Arbogast" not in text


def test_the_folders_wording_wins_over_the_one_that_came_with_zv(folder: Path, capsys: Capture) -> None:
    wording = folder / "templates/ni/2024.j2"
    wording.parent.mkdir(parents=True)
    shutil.copy(ROOT / "templates/ni/2024.j2", wording)
    edit(wording, "zweimal jährlich", "dreimal jährlich")
    assert zv(capsys, "render", "2024", "lk-emsland", "--ordner", folder).code == 0
    own = zv(capsys, "extract", folder / "out/2024/lk-emsland.pdf", "--ordner", folder)
    other = zv(capsys, "extract", folder / "out/2024/lk-emsland.pdf", "--ordner", ROOT)
    assert "abweichungen" not in own.out
    assert "dreimal" in other.out and "abweichungen" in other.out


# ---------------------------------------------------------------- extract as YAML


@pytest.mark.parametrize("form", ["pdf", "docx"])
@pytest.mark.parametrize("rahmen", ["", "own", "other"])
def test_what_extract_prints_loads_again_and_says_the_same(form: str, rahmen: str, made: Path, tmp_path: Path, capsys: Capture) -> None:
    records = tmp_path / "agreements/2024"
    records.mkdir(parents=True)
    if rahmen:
        shutil.copy(ROOT / "agreements/2024/rahmen.yaml", records)
    if rahmen == "other":
        edit(records / "rahmen.yaml", "Dr. Christine Arbogast", "Dr. Erika Muster")
        edit(records / "rahmen.yaml", "      zusatz: In Vertretung\n", "      zusatz: Im Auftrage\n      funktion: Staatssekretärin\n")
    ended = zv(capsys, "extract", made / f"lk-emsland.{form}", "--ordner", tmp_path)
    assert (ended.code, ended.err) == (0, "")
    path = records / "lk-emsland.yaml"
    path.write_text(ended.out, encoding="utf-8")
    library = open_library(tmp_path)
    stored = library.store.load((2024, "lk-emsland"))
    assert said(library.effective(stored.record, stored.path)) == said(emsland())
    assert zv(capsys, "check", path, "--ordner", tmp_path).code == 0


def test_what_extract_prints_says_where_it_is_from(made: Path, capsys: Capture) -> None:
    out = zv(capsys, "extract", made / "lk-emsland.pdf").out
    assert out.startswith("# Gelesen aus lk-emsland.pdf (PDF mit Textebene).")
    record = load_text(out, Vereinbarung, Path("gelesen.yaml")).record
    assert record.akte.quelle is not None and record.akte.quelle.datei == "lk-emsland.pdf"


def word_file(made: Path, target: Path, old: str, new: str, tracked: bool = False) -> Path:
    """Our Word file with other words in one run."""
    document = docx.Document(str(made / "lk-emsland.docx"))
    part = next(part for part in document.element.body.iter(qn("w:t")) if old in (part.text or "").replace("\N{NO-BREAK SPACE}", " "))
    part.text = part.text.replace("\N{NO-BREAK SPACE}", " ").replace(old, new)
    if tracked:
        run = part.getparent()
        change = OxmlElement("w:ins")
        for name, value in (("id", "7"), ("author", "Erika Muster"), ("date", "2024-01-30T09:15:00Z")):
            change.set(qn(f"w:{name}"), value)
        run.addprevious(change)
        change.append(run)
    document.save(str(target))
    return target


def test_a_tracked_change_is_shown(made: Path, tmp_path: Path, capsys: Capture) -> None:
    path = word_file(made, tmp_path / "rücklauf.docx", "13.155.724", "13.155.725", tracked=True)
    yaml, report = zv(capsys, "extract", path), zv(capsys, "extract", path, "--format", "json")
    assert "verwaltungskosten: 13155725" in yaml.out
    assert re.search(r"^# .*13\.155\.725.*eingefügt von Erika Muster am 30\.01\.2024", yaml.out, re.M)
    assert "geaendert" in {befund["art"] for befund in json.loads(report.out)["befunde"]}


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("13.155.724", "rund dreizehn Millionen", "rund dreizehn Millionen"),
        ("zweimal", "dreimal", "dreimal"),
        ("21,9", "25,9", "Summe"),
        ("um 3,9 % im", "um 3,9 v.T. im", "3,9 v.T."),
    ],
)
def test_every_finding_stands_in_the_yaml(old: str, new: str, told: str, made: Path, tmp_path: Path, capsys: Capture) -> None:
    path = word_file(made, tmp_path / "x.docx", old, new)
    out = zv(capsys, "extract", path).out
    comments = "\n".join(line for line in out.splitlines() if line.lstrip().startswith("#"))
    assert told in comments
    load_text(out, Vereinbarung, Path("gelesen.yaml"))
    extraction = extract(path, LIBRARY)
    for befund in extraction.befunde:
        assert befund.sentence() in re.sub(r"\s*\n\s*#\s*", " ", comments), befund


def test_a_finding_about_what_is_absent_stands_in_the_yaml(made: Path, tmp_path: Path) -> None:
    document = docx.Document(str(made / "lk-emsland.docx"))
    item = next(p for p in document.element.body.iter(qn("w:p")) if "Verwaltungskosten" in "".join(t.text or "" for t in p.iter(qn("w:t"))))
    item.getparent().remove(item)
    document.save(str(tmp_path / "x.docx"))
    extraction = extract(tmp_path / "x.docx", LIBRARY)
    absent = [befund for befund in extraction.befunde if befund.feld == "haushalt.verwaltungskosten"]
    assert absent
    assert absent[0].sentence() in as_yaml(extraction, LIBRARY)


# ---------------------------------------------------------------- extract as JSON

NUMBER = re.compile(r"\d+(\.\d+)?")
KINDS: dict[str, Any] = {"int": int, "Decimal": (str, int), "str": str, "date": str, "list": list, "Zielwert": dict}


def all_of(value: Any) -> Iterator[Any]:
    """Every value inside a JSON value."""
    yield value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from all_of(part)


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_the_report_keeps_the_contract(form: str, made: Path, capsys: Capture) -> None:
    report = json.loads(zv(capsys, "extract", made / f"lk-emsland.{form}", "--format", "json").out)
    assert list(report) == ["format", "zv", "datei", "sha256", "seiten", "lesart", "wortlaut", "angaben", "befunde", "beiwerk", "zahlen"]
    assert (report["format"], report["datei"], report["wortlaut"]) == (1, f"lk-emsland.{form}", "ni/2024")
    assert re.fullmatch("[0-9a-f]{64}", report["sha256"])
    assert (report["lesart"], report["seiten"]) == (("textebene", 7) if form == "pdf" else ("word", None))
    assert not any(isinstance(value, float) for angabe in report["angaben"] for value in all_of(angabe["wert"]))
    fields = [angabe["feld"] for angabe in report["angaben"]]
    assert len(fields) == len(set(fields)) and {"jahr", "traeger"} <= set(fields)
    assert set(fields) == set(said(emsland()))
    for angabe in report["angaben"]:
        keeps_the_contract(angabe, form)


def keeps_the_contract(angabe: dict[str, Any], form: str) -> None:
    """One Angabe has the keys and types of angaben.md."""
    assert list(angabe) == ["feld", "wert", "text", "seite", "kasten", "sicherheit", "pruefen", "grund", "orte"]
    kind = kind_at(angabe["feld"])
    assert kind is not None and (angabe["wert"] is None or isinstance(angabe["wert"], KINDS[kind.__name__])), angabe
    if kind is Zielwert:
        assert isinstance(angabe["wert"], dict)
        assert list(angabe["wert"]) == ["richtung", "schranke", "wert", "einheit", "bezug"]
        assert NUMBER.fullmatch(angabe["wert"]["wert"])
    assert isinstance(angabe["pruefen"], bool) and 0 <= angabe["sicherheit"] <= 1
    first = angabe["orte"][0]
    assert (first["seite"], first["kasten"], first["text"]) == (angabe["seite"], angabe["kasten"], angabe["text"])
    for ort in angabe["orte"]:
        assert list(ort) == ["seite", "kasten", "text"]
        if form == "docx":
            assert ort["seite"] is ort["kasten"] is None
        elif angabe["grund"] != "leer":
            links, oben, rechts, unten = ort["kasten"]
            assert 0 <= links < rechts <= 596 and 0 <= oben < unten <= 843 and 1 <= ort["seite"] <= 7


def test_digits_survive_in_the_report(made: Path) -> None:
    report = json.loads(as_json(extract(made / "lk-emsland.pdf", LIBRARY), LIBRARY))
    values = {angabe["feld"]: angabe["wert"] for angabe in report["angaben"]}
    assert values["haushalt.gesamtbudget_mio"] == "21.9"
    assert values["haushalt.verwaltungskosten"] == 13155724
    assert values["ziele.langzeitleistungsbezug.gesamt"]["wert"] == "14.0"
    assert values["unterschriften.traeger.1.datum"] == "2024-02-01"
    assert values["unterschriften.land.1.datum"] is None


def test_a_finding_of_the_report_has_its_place(made: Path, tmp_path: Path) -> None:
    report = json.loads(as_json(extract(word_file(made, tmp_path / "x.docx", "zweimal", "dreimal"), LIBRARY), LIBRARY))
    (befund,) = report["befunde"]
    assert list(befund) == ["art", "schwere", "feld", "seite", "kasten", "text", "erwartet"]
    assert (befund["art"], befund["schwere"]) == ("abweichung", "warnung")
    assert "dreimal" in befund["text"] and "zweimal" in befund["erwartet"]


# ---------------------------------------------------------------- check, runde, traeger, schema


def test_check_names_the_line_of_a_sum_that_does_not_fit(folder: Path, capsys: Capture) -> None:
    path = folder / "agreements/2024/lk-emsland.yaml"
    assert zv(capsys, "check", path, "--ordner", folder).code == 0
    edit(path, "gesamtbudget_mio: 21.9", "gesamtbudget_mio: 25.9")
    line = 1 + path.read_text(encoding="utf-8").splitlines().index("  gesamtbudget_mio: 25.9")
    for words in ([path], ["2024"], []):
        ended = zv(capsys, "check", *words, "--ordner", folder)
        assert ended.code == 1
        assert re.search(rf"Fehler +Zeile +{line} +„25,9 Mio\. Euro“", ended.out) and "21,9 Mio. Euro" in ended.out


def test_check_goes_on_behind_a_record_that_does_not_load(folder: Path, capsys: Capture) -> None:
    (folder / "agreements/2024/lk-aurich.yaml").write_text("jahr: 2024\n", encoding="utf-8")
    ended = zv(capsys, "check", "--ordner", folder)
    assert ended.code == 1
    assert "lk-aurich.yaml" in ended.out and "lk-emsland.yaml: in Ordnung" in ended.out
    assert "1 von 2 Datensätzen" in ended.err


def test_runde_shows_that_both_forms_say_the_same(folder: Path, capsys: Capture) -> None:
    ended = zv(capsys, "runde", folder / "agreements/2024/lk-emsland.yaml", "--ordner", folder)
    assert ended.code == 0
    assert "Beide Fassungen sagen dasselbe" in ended.out and "ANDERS" not in ended.out
    assert sorted(path.name for path in folder.iterdir()) == ["agreements"]


def test_traeger_names_the_sixteen_of_the_year(capsys: Capture) -> None:
    ended = zv(capsys, "traeger", "2024")
    assert ended.code == 0 and "16 zugelassene kommunale Träger im Jahr 2024" in ended.out
    assert "lk-emsland" in ended.out and "sk-braunschweig" not in ended.out
    assert "lk-osterode-am-harz" in zv(capsys, "traeger", "2015").out
    assert "sk-braunschweig" in zv(capsys, "traeger", "2024", "--alle").out


def test_schema_prints_a_schema(capsys: Capture) -> None:
    assert json.loads(zv(capsys, "schema").out)["$schema"].startswith("https://json-schema.org/")


def test_the_folder_may_be_named_before_or_behind_the_command(folder: Path, capsys: Capture) -> None:
    ended: list[Ended] = [zv(capsys, "--ordner", folder, "check"), zv(capsys, "check", "--ordner", folder)]
    assert ended[0] == ended[1] and ended[0].code == 0


def test_without_a_folder_the_current_one_is_meant(folder: Path) -> None:
    edit(folder / "agreements/2024/lk-emsland.yaml", "13155724", "13155725")
    ended = process(folder, "render", "2024", "lk-emsland", "--format", "text")
    assert (ended.code, ended.err) == (0, "")
    assert "13.155.725" in (folder / "out/2024/lk-emsland.txt").read_text(encoding="utf-8")


# ---------------------------------------------------------------- no network

BLOCKED = """
import sys
def refuse(event, args):
    if event.startswith("socket.") or event == "urllib.Request":
        raise SystemExit(f"Netz: {event} {args}")
sys.addaudithook(refuse)
"""
FETCHED = (
    "<img src='http://127.0.0.1:9/x.png'>",
    "url(http://127.0.0.1:9/y.css)",
    "@import 'http://127.0.0.1:9/z.css';",
    "file:///etc/passwd",
)


def test_nothing_is_fetched_while_rendering_and_reading(folder: Path) -> None:
    values = "".join(f"        - {json.dumps(text)}\n" for text in FETCHED)
    edit(folder / "agreements/2024/lk-emsland.yaml", "        - Etablierung von Coaching-Elementen nach § 16 k SGB II\n", values)
    every = [word for form in ("pdf", "docx", "html", "text") for word in ("--format", form)]
    ended = process(folder, "render", "2024", "lk-emsland", *every, code=BLOCKED)
    assert (ended.code, ended.err) == (0, "")
    for form in ("pdf", "docx"):
        ended = process(folder, "extract", f"out/2024/lk-emsland.{form}", code=BLOCKED)
        assert (ended.code, ended.err) == (0, "")
        steps = load_text(ended.out, Vereinbarung, Path("gelesen.yaml")).record.ziele.individuell[4].schritte
        assert isinstance(steps, tuple) and set(FETCHED) <= set(steps)


def test_a_program_that_asks_the_network_would_be_found(tmp_path: Path) -> None:
    ended = process(tmp_path, code=f"{BLOCKED}\nimport socket\nsocket.create_connection(('127.0.0.1', 9))")
    assert ended.code != 0 and "Netz" in ended.err
