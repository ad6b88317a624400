"""Doubts: one table, every one of it raised somewhere, its German said nowhere else."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreements.reading.doubts import Doubt, sentence, table
from agreements.reading.findings import DOUBTED, Found, Location
from extract.results.transfer import _Found

ROOT = Path(__file__).parent.parent
PLACES = re.compile(r"\{(\w+)\}")
GERMAN = re.compile(r"[A-Za-zÄÖÜäöüß]{3}")
SEEN = "anders-zu-sehen"


def calls() -> Iterator[tuple[Path, ast.Call]]:
    """Every call in the rooms that read."""
    for path in sorted(path for room in ("agreements", "extract") for path in (ROOT / room).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                yield path.relative_to(ROOT), node


def named(call: ast.Call) -> str:
    """The last name of what is called."""
    return call.func.attr if isinstance(call.func, ast.Attribute) else call.func.id if isinstance(call.func, ast.Name) else ""


@cache
def raised() -> tuple[tuple[Path, ast.Call], ...]:
    """Every doubt that is raised."""
    return tuple((path, call) for path, call in calls() if named(call) == "Doubt")


def identifier(call: ast.Call) -> object:
    """What a doubt is named by, where it is a literal."""
    return call.args[0].value if len(call.args) == 1 and isinstance(call.args[0], ast.Constant) else None


def test_every_doubt_of_the_table_is_raised_and_every_one_that_is_raised_stands_in_it() -> None:
    assert {identifier(call) for _, call in raised()} == set(table())


def test_a_doubt_is_raised_with_what_stands_in_the_places_of_its_sentence() -> None:
    wrong = [
        f"{path}:{call.lineno}"
        for path, call in raised()
        if {keyword.arg for keyword in call.keywords} != set(PLACES.findall(table()[str(identifier(call))].satz))
    ]
    assert not wrong


def test_no_module_but_the_table_holds_german_that_is_passed_as_a_doubt() -> None:
    """Nobody may put a text where a `Doubt` belongs (types hold that); what stands in the places of its sentence was read."""
    texts = [f"{path}:{call.lineno}" for path, call in raised() for place in call.keywords if GERMAN.search(" ".join(literals(place)))]
    assert not texts


def literals(node: ast.AST) -> Iterator[str]:
    """The texts that are written out in a part of a program."""
    keys = {part.slice for part in ast.walk(node) if isinstance(part, ast.Subscript)}
    return (part.value for part in ast.walk(node) if isinstance(part, ast.Constant) and isinstance(part.value, str) and part not in keys)


def test_a_value_is_lowered_in_one_place_alone() -> None:
    """Besides `Found` itself only a value that is open, and surely so, is given its doubts as it is made."""
    lowering = [str(path) for path, call in calls() if any(keyword.arg == "doubts" for keyword in call.keywords) and _makes_found(call)]
    assert sorted(lowering) == ["agreements/matching/values.py", "agreements/reading/findings.py"]


def _makes_found(call: ast.Call) -> bool:
    owner = ast.unparse(call.args[0]) if call.args else ""
    return named(call) == "Found" or (named(call) == "replace" and owner in ("self", "found", "one", "each", "angabe"))


@pytest.mark.parametrize("art", table())
def test_an_example_is_what_its_sentence_renders(art: str) -> None:
    entry = table()[art]
    pattern = "".join(f"(?P<{part}>.+)" if place % 2 else re.escape(part) for place, part in enumerate(PLACES.split(entry.satz)))
    pattern = _named_once(pattern)
    found = re.fullmatch(pattern, entry.beispiel)
    assert found and str(Doubt(art, **found.groupdict())) == entry.beispiel


def _named_once(pattern: str) -> str:
    """The pattern, a place that stands twice in it the same both times."""
    for name in set(re.findall(r"\(\?P<(\w+)>", pattern)):
        first, mark, rest = pattern.partition(f"(?P<{name}>.+)")
        pattern = first + mark + rest.replace(mark, f"(?P={name})")
    return pattern


@pytest.mark.parametrize("art", table())
def test_a_sentence_is_whole_and_a_clause_goes_into_one(art: str) -> None:
    entry = table()[art]
    if entry.form in ("satzteil", "aussage"):
        assert entry.satz[0].islower() and not entry.satz.endswith(".")
    elif entry.satz[0].isupper():
        assert entry.satz.endswith((".", "“"))


def test_clauses_are_one_sentence_and_what_is_said_of_single_words_is_a_list() -> None:
    assert sentence([Doubt("menge-fehlt"), Doubt("anderes-jahr-genannt", jahr="2019")]) == "Die Menge fehlt; genannt ist 2019."
    words = [Doubt("unsicher-gelesen", worte=word) for word in "abcde"]
    assert sentence(words[:2]) == "unsicher gelesen: „a“; unsicher gelesen: „b“"
    assert sentence(words) == f"{sentence(words[:4])}; …"
    assert sentence([*words[:1], Doubt(SEEN, worte="a", wie="ist weiß")]) == "unsicher gelesen: „a“ „a“ ist weiß."
    assert sentence([]) == ""


def test_an_angabe_that_is_doubted_keeps_its_first_doubt_and_one_without_a_doubt_its_sureness() -> None:
    found = Found("traeger", "lk-emsland", (), 0.97)
    assert found.doubted() is found and found.doubted(None) is found and not found.doubtful
    first = found.doubted(Doubt("betrag-fehlt"))
    assert (first.confidence, first.doubtful, first.reason) == (DOUBTED, True, "Der Betrag ist nicht zu erkennen.")
    assert first.doubted(Doubt("zielwert-fehlt")) is first
    assert Found("traeger", "x", (), 0.3).doubted(Doubt("betrag-fehlt")).confidence == 0.3


def test_what_a_person_sees_otherwise_is_said_besides_what_was_doubted_before() -> None:
    seen = (Location(1, None, "3,9", (Doubt(SEEN, worte="3,9", wie="ist durchgestrichen"),)),)
    found = Found("jahr", 2024, seen).doubted(Doubt("ohne-anfang")).as_seen()
    assert found.reason == "Titel und Eingang fehlen; erschlossen aus dem Rest. „3,9“ ist durchgestrichen."


def test_what_is_blank_says_so_and_a_value_says_nothing() -> None:
    assert (Found("unterschriften.land.1.datum", None, ()).reason, Found("jahr", None, ()).reason) == ("leer", "offen")
    assert Found("jahr", 2024, ()).reason is None


@given(st.floats(0, 1))
def test_a_doubted_angabe_is_no_surer_than_doubt_allows(sure: float) -> None:
    assert Found("jahr", 2024, (), sure).doubted(Doubt("ohne-anfang")).confidence == min(sure, DOUBTED)


def test_doubts_pass_from_the_process_that_reads_as_they_are() -> None:
    doubts = (Doubt("betrag-fehlt"), Doubt("zwei-lesungen", eine="„{a}", andere="b"))
    sent = _Found(feld="jahr", wert={"wert": 1}, locations=(Location(1, None, "a", doubts),), confidence=0.5, doubts=doubts)
    came = _Found.model_validate_json(sent.model_dump_json())
    assert came.doubts == doubts and came.locations[0].seen == doubts and str(came.doubts[1]) == str(doubts[1])
