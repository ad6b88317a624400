"""The contract, `docs/angaben.md`, held against the program: what it says of names, types and values is so, and nothing goes unsaid."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple, get_args, get_origin, get_type_hints

import pytest
from pydantic import BaseModel
from round_trip import LIBRARY, ROOT, emsland, read_back

from agreements.model.document import Document
from agreements.model.fields import angaben
from agreements.model.record import Abweichung, Rahmen, Vereinbartes, Vereinbarung, Zielwert
from agreements.reading.accounts import Posten
from agreements.reading.findings import Befund
from agreements.reading.reading import Beiwerk, Reading
from extract.results.report import FORMAT, as_json

PAGE = (ROOT / "docs" / "angaben.md").read_text(encoding="utf-8")
TYPES = {"Decimal": "decimal", "tuple[str]": "list[str]"}
"""Where the page names a type otherwise than Python."""


class Row(NamedTuple):
    """A line of a table of the page: its names, its type or values, what it means."""

    names: tuple[str, ...]
    kind: str
    values: frozenset[str]


def quoted(cell: str) -> tuple[str, ...]:
    """What stands in a cell as code."""
    return tuple(re.findall("`([^`]+)`", cell))


def rows(heading: str) -> list[Row]:
    """The table below a heading; names that begin with a point go on as the first of their row."""
    section = PAGE.partition(f"{heading}\n")[2]
    assert section, heading
    cells = [line.strip("| ").split(" | ") for line in re.findall(r"^\|.*\|$", re.split(r"^#", section, flags=re.M)[0], re.M)][2:]
    return [Row(whole(quoted(name)), kind, frozenset(quoted(kind))) for name, kind, *_ in cells]


def whole(names: tuple[str, ...]) -> tuple[str, ...]:
    """The names of a row, each from its beginning."""
    return tuple(names[0].rpartition(".")[0] + name if name.startswith(".") else name for name in names)


RECORD = {re.sub("<(path|key|rule)>", "<key>", name): row
          for row in rows("## The record: `agreements/<jahr>/<traeger>.yaml`") for name in row.names}  # fmt: skip


def bare(kind: Any) -> Any:
    """A field's type without null, `Offen` and constraints."""
    if get_origin(kind) is Annotated:
        return bare(get_args(kind)[0])
    if get_origin(kind) in (Literal, dict, tuple) or not get_args(kind):
        return kind
    return bare(get_args(kind)[0])


def leaves(path: str, kind: Any) -> Iterator[tuple[str, Any]]:
    """Every dotted name below a type, and the type of what stands there."""
    kind = bare(kind)
    if get_origin(kind) is dict:
        number, inner = get_args(kind)
        yield from leaves(f"{path}.<n>" if bare(number) is int else f"{path}.<key>", inner)
    elif get_origin(kind) is tuple and bare(get_args(kind)[0]) is not str:
        yield from leaves(f"{path}[]", get_args(kind)[0])
    elif isinstance(kind, type) and issubclass(kind, BaseModel) and kind not in (Zielwert, Vereinbartes):
        for name, field in kind.model_fields.items():
            yield from leaves(f"{path}.{name}".strip("."), field.annotation)
    else:
        yield path, kind


def named(kind: Any) -> str:
    """How the page names a type."""
    name = "tuple[str]" if get_origin(kind) is tuple else kind.__name__
    return TYPES.get(name, name)


MODEL = dict(leaves("", Vereinbarung))


def test_the_page_names_every_path_of_a_record_and_no_other() -> None:
    assert {"haushalt.verwaltungskosten", "ziele.individuell.<n>.titel", "akte.fundstellen.<key>.seite"} <= set(MODEL)
    assert set(RECORD) == set(MODEL)


@pytest.mark.parametrize("path", MODEL)
def test_a_path_has_the_type_or_the_values_that_the_page_says(path: str) -> None:
    kind = MODEL[path]
    if get_origin(kind) is Literal:
        assert RECORD[path].values == set(get_args(kind))
    else:
        assert RECORD[path].kind == named(kind)


def test_every_angabe_of_the_real_agreement_is_named() -> None:
    paths = {re.sub(r"\.\d+", ".<n>", path) for path in angaben(emsland())}
    assert len(paths) > 20
    assert paths <= set(RECORD)


def test_the_page_names_what_all_agreements_have_in_common() -> None:
    heading = "### What all agreements of a Land and year have in common: `agreements/<jahr>/rahmen.yaml`"
    assert {name.split(".")[0] for row in rows(heading) for name in row.names} == set(Rahmen.model_fields)


def test_a_zielwert_has_the_keys_and_values_that_the_page_says() -> None:
    said = {row.names[0]: row for row in rows("### Zielwert")}
    assert list(said) == list(Zielwert.model_fields)
    for key in ("richtung", "schranke", "einheit"):
        assert said[key].values == set(get_args(bare(Zielwert.model_fields[key].annotation)))
        assert ("null" in said[key].kind) == (Zielwert.model_fields[key].default is None)


# ---------------------------------------------------------------- the report


@cache
def example() -> dict[str, Any]:
    """The report that the page shows."""
    shown: dict[str, Any] = json.loads(PAGE.partition("```json\n")[2].partition("```")[0])
    return shown


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What is said of a printed agreement that departs from its wording."""
    entry = Abweichung(stelle="III.§3.1", art="ersetzt", alt="zweimal", neu="dreimal")
    document: Document = LIBRARY.document(emsland().model_copy(update={"abweichungen": (entry,)}))
    read = read_back(document, "pdf", tmp_path_factory.mktemp("contract"))
    made: dict[str, Any] = json.loads(as_json(read, LIBRARY))
    return made


def test_a_report_has_the_keys_that_the_page_shows(report: dict[str, Any]) -> None:
    assert list(report) == list(example())
    assert report["format"] == example()["format"] == FORMAT
    for part in ("angaben", "befunde", "beiwerk"):
        assert report[part]
        assert {tuple(each) for each in report[part]} == {tuple(each) for each in example()[part]}
    assert list(report["zahlen"]) == list(example()["zahlen"])
    assert {tuple(each) for each in report["zahlen"]["stellen"]} == {tuple(example()["zahlen"]["stellen"][0])}
    assert {tuple(ort) for each in report["angaben"] for ort in each["orte"]} == {tuple(example()["angaben"][0]["orte"][0])}


def test_values_of_a_report_have_the_form_that_the_page_shows(report: dict[str, Any]) -> None:
    read = {each["feld"]: each for each in report["angaben"]}
    for shown in example()["angaben"]:
        assert json.dumps(read[shown["feld"]]["wert"]) == json.dumps(shown["wert"])  # in the same order, too
    assert (read["unterschriften.land.1.datum"]["wert"], read["unterschriften.land.1.datum"]["grund"]) == (None, "leer")
    (befund,) = report["befunde"]
    assert {key: befund[key] for key in ("art", "schwere")} == {key: example()["befunde"][0][key] for key in ("art", "schwere")}


@pytest.mark.parametrize(
    ("key", "owner", "name"),
    [
        ("lesart", Reading, "lesart"),
        ("befunde[].art", Befund, "art"),
        ("befunde[].schwere", Befund, "schwere"),
        ("beiwerk[].art", Beiwerk, "art"),
        ("zahlen.stellen[].art", Posten, "art"),
        ("zahlen.stellen[].rolle", Posten, "rolle"),
    ],
)
def test_a_report_names_the_kinds_that_the_page_names(key: str, owner: type, name: str) -> None:
    said = {row.names[0]: row for row in rows("## What the extractor reports: `zv lies FILE --format json`")}
    assert said[key].values == set(get_args(get_type_hints(owner)[name]))


def test_the_page_names_no_file_that_is_not_there() -> None:
    files = re.findall(r"`((?:agreements|docs|extract|tests|templates)/[\w./-]+\.\w+)`", PAGE)
    assert {"agreements/register/register.csv", "tests/test_contract.py"} <= set(files)
    assert not [name for name in files if not Path(ROOT, name).is_file()]
    assert "../" not in PAGE
