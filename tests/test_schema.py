"""The schema for editors: it takes what the model takes, and refuses what a person commonly gets wrong."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator
from strategies import any_records

from agreements.model.record import Rahmen, Vereinbarung, plain
from agreements.register.register import load_register
from agreements.store.json_schema import json_schema

SCHEMA = json_schema()
VALIDATOR = Draft202012Validator(SCHEMA)
GOOD: dict[str, Any] = {
    "jahr": 2024,
    "traeger": "lk-emsland",
    "wortlaut": "ni/2024",
    "rahmenbedingungen": {"regionale_lage": ["Die Lage."]},
    "haushalt": {"gesamtbudget_mio": 21.9, "verwaltungskosten": None},
    "ziele": {
        "integrationsquote": {"gesamt": {"richtung": "steigt", "wert": 3.9, "einheit": "prozent", "bezug": 2023}},
        "individuell": {"4": {"titel": "Titel", "schritte": ["a"]}},
    },
    "unterschriften": {"land": {"1": {"ort": "Hannover", "datum": None}}},
}


def as_json(data: Any) -> Any:
    """Data as an editor hands them to its validator: keys and days as text."""
    if isinstance(data, dict):
        return {str(key): as_json(part) for key, part in data.items()}
    if isinstance(data, list | tuple):
        return [as_json(part) for part in data]
    return data.isoformat() if isinstance(data, date) else data


def test_it_is_a_valid_schema_of_its_draft_for_records_and_for_what_they_share() -> None:
    for model in (Vereinbarung, Rahmen):
        Draft202012Validator.check_schema(json_schema(model))
    assert SCHEMA["$schema"] == Draft202012Validator.META_SCHEMA["$id"]


@given(any_records())
def test_every_valid_record_passes(record: Vereinbarung) -> None:
    assert not [error.message for error in VALIDATOR.iter_errors(as_json(plain(record)))]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("jahr", "2024"),
        ("jahr", 1924),
        ("traeger", "lk-celle"),
        ("traeger", "emsland"),
        ("wortlaut", "ni-2024"),
        ("haushlt", {}),
        ("haushalt", []),
        ("haushalt.verwaltungskosten", "13.155.724"),
        ("haushalt.verwaltungskosten", -1),
        ("haushalt.verwaltung", 1),
        ("rahmenbedingungen.regionale_lage", "Text"),
        ("rahmenbedingungen.regionale_lage", [""]),
        ("rahmenbedingungen.regionale_lage", ["a  b"]),
        ("rahmenbedingungen.regionale_lage", [2024]),
        ("ziele.individuell.vier", {}),
        ("ziele.individuell.0", {}),
        ("ziele.individuell.4.ergebnis", []),
        ("ziele.integrationsquote.gesamt", 3.9),
        ("ziele.integrationsquote.gesamt", {"richtung": "steigen", "wert": 1}),
        ("ziele.integrationsquote.gesamt", {"richtung": "steigt"}),
        ("ziele.integrationsquote.gesamt", {"richtung": "steigt", "wert": 1, "einheit": "prozent_niveau"}),
        ("ziele.integrationsquote.gesamt", {"richtung": "gleich", "wert": 1}),
        ("ziele.integrationsquote.gesamt", {"richtung": "betraegt", "wert": 1}),
        ("ziele.integrationsquote.gesamt", {"richtung": "betraegt", "wert": 1, "einheit": "euro", "bezug": 2023}),
        ("unterschriften.land.1.zustand", "x"),
        ("unterschriften.land.links", {}),
    ],
)
def test_what_people_get_wrong_is_refused(path: str, value: Any) -> None:
    assert VALIDATOR.is_valid(GOOD)
    assert not VALIDATOR.is_valid(_with(GOOD, path.split("."), value))


def _with(data: dict[str, Any], keys: list[str], value: Any) -> dict[str, Any]:
    below = data.get(keys[0])
    return {**data, keys[0]: value if len(keys) == 1 else _with(below if isinstance(below, dict) else {}, keys[1:], value)}


def test_the_traeger_are_those_that_ever_were_zkt() -> None:
    keys = SCHEMA["properties"]["traeger"]["enum"]
    assert {row.schluessel for row in load_register().zkt(2024)} < set(keys)
    assert len(keys) == 18


def test_every_part_and_every_field_has_german_words() -> None:
    parts = {"Vereinbarung": SCHEMA, **SCHEMA["$defs"]}
    for name, part in parts.items():
        assert part["description"].endswith("."), name
        assert not {"the", "of", "what", "agreement"} & set(part["description"].lower().split()), name
        assert all(field.get("title") for field in part["properties"].values()), name


def test_no_default_would_be_written_into_a_record_unasked() -> None:
    fields = {key: field for part in SCHEMA["$defs"].values() for key, field in part["properties"].items()}
    defaults = {key: field["default"] for key, field in fields.items() if "default" in field}
    assert defaults == {"vorkommen": 1, "baustein": "text", "ebene": 0, "einheit": "prozent"}
