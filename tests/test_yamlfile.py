"""The text of a record's file: what is read from it, what is refused, what is written, and what a change leaves alone."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.scanner import Scanner
from strategies import SIGNS, YAML_SPECIAL, any_records, texts

from agreements.errors import RecordError
from agreements.files.yaml_edit import change, delete, rewrite
from agreements.files.yaml_scalars import normal, same
from agreements.files.yaml_text import MAX_BYTES, Node, _Scanner, decode, parse
from agreements.files.yaml_write import dump
from agreements.model.record import plain

HAND = """\
# Vereinbarung mit dem Landkreis Emsland
jahr: 2024   # das Jahr
haushalt:  # aus der Verordnung
  gesamtbudget_mio:   21.90 # gerundet
  verwaltungskosten: 13155724
  # noch zu prüfen
  eingliederungsleistungen:  # fehlt
ziele:
  gesamt: {richtung: steigt, wert: 3.9}  # K2
  individuell:
    4:
      schritte:
      - 'eins'  # zuerst
      # dazwischen
      - >-  # gefaltet
        zwei
        und drei

      - vier
# Ende
akte: {}
"""


# ---------------------------------------------------------------- reading


def test_numbers_keep_their_digits_and_days_are_days() -> None:
    data = parse("a: 21.90\nb: 14\nc: 14.0\nd: -0.05\ne: 2024-02-01\nf:\ng: null\nh: '14'\n4: x\n").data
    assert same(
        data,
        {
            "a": Decimal("21.90"),
            "b": 14,
            "c": Decimal("14.0"),
            "d": Decimal("-0.05"),
            "e": date(2024, 2, 1),
            "f": None,
            "g": None,
            "h": "14",
            4: "x",
        },
    )


def test_what_only_looks_like_a_number_to_a_german_reader_is_text() -> None:
    assert parse("a: 21,9\nb: 13.155.724\nc: yes\nd: 1. Februar\ne: 5.118.940,00 €\n").data == {
        "a": "21,9",
        "b": "13.155.724",
        "c": "yes",
        "d": "1. Februar",
        "e": "5.118.940,00 €",
    }


def test_every_path_knows_its_line() -> None:
    lines = parse(HAND).lines
    assert [lines[path] for path in ("jahr", "haushalt", "haushalt.eingliederungsleistungen", "ziele.individuell.4")] == [2, 3, 7, 11]
    assert [lines[f"ziele.individuell.4.schritte.{number}"] for number in range(3)] == [13, 15, 19]


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("a: 1\na: 2", 2, "„a“ steht hier zum zweiten Mal"),
        ("4: 1\n'4': 2", 2, "zum zweiten Mal"),
        ("a: 1\n\tb: 2", 2, "Tabulator"),
        ("a: x\ty", 1, "Tabulator"),
        ("a: &x 1\nb: *x", 1, "Anker"),
        ("&x a: 1", 1, "Anker"),
        ("a: *x", 1, "Anker"),
        ("a: !!str 1", 1, "Typangaben"),
        ("!x a: 1", 1, "Typangaben"),
        ("<<: {a: 1}", 1, "kein Schlüssel"),
        ("a: 1\n---\nb: 2", 2, "mehrere Dokumente"),
        ("a: 1\n...\nb: 2", 3, "mehrere Dokumente"),
        ("%FOO\n---\na: 1", 2, "Anweisung"),
        ("a: 1_000", 1, "Unterstrich"),
        ("a: 007", 1, "führende Null"),
        ("a: 0x1f", 1, "keine Zahl"),
        ("a: 0o17", 1, "keine Zahl"),
        ("a: .inf", 1, "keine Zahl"),
        ("a: .nan", 1, "keine Zahl"),
        ("a: 1.5e3", 1, "Exponent"),
        ("a: +5", 1, "Vorzeichen"),
        ("a: " + "9" * 5000, 1, "keine Zahl"),
        ("a: 2023-02-29", 1, "kein Tag des Kalenders"),
        ("- a", 1, "keine Schlüssel"),
        ("", 1, "leer"),
        ("# nur ein Kommentar\n", 1, "leer"),
        ("a: b: c", 1, "Doppelpunkt"),
        ("a: x\n b: y", 2, "Doppelpunkt"),
        ("a: 'x", 1, "nicht geschlossen"),
        ("a: [x", 1, "nicht geschlossen"),
        ("a: @x", 1, "Anführungszeichen"),
        ("a: b\nc", 2, "fehlt der Doppelpunkt"),
        ('a: "\\z"', 1, "Schrägstrich"),
        ('a: "\\ud800"', 1, "halbes Zeichen"),
        ('a: "\\UFFFFFFFF"', 1, "Nummer eines Zeichens"),
        ("a: x\u2028y", 1, "U\\+2028"),
        ("a: 1\rb: 2", 1, "U\\+000D"),
        ("a: " + "[" * 2000, 1, "tief verschachtelt"),
        ("{" * 50_000, 1, "tief verschachtelt"),
        ("? " * 30_000 + "a", 1, "kein Schlüssel"),
        ("a: " + "{a: " * 10_000, 1, "tief verschachtelt"),
        ("a:\n" + "".join(f"{' ' * depth}- \n" for depth in range(1, 50)), 22, "tief verschachtelt"),
        ("a: 1\n? [b]\n: 2\n", 2, "kein Schlüssel"),
        ("? [a]\n: b", 1, "kein Schlüssel"),
        ("2024-01-01: x", 1, "kein Schlüssel"),
    ],
)
def test_what_a_record_must_not_contain_is_refused_with_its_line(text: str, line: int, said: str) -> None:
    with pytest.raises(RecordError, match=rf"^datei\.yaml:{line}: .*{said}") as caught:
        parse(text, "datei.yaml")
    assert caught.value.abhilfe


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ("a: ä".encode("latin-1"), "nicht als UTF-8"),
        ("a: ä".encode("utf-16"), "BOM"),
        ("a: ä".encode("utf-8-sig"), "BOM"),
        (b"a: " + b"x" * MAX_BYTES, "zu groß"),
    ],
)
def test_bytes_that_are_no_plain_utf_8_are_refused(raw: bytes, said: str) -> None:
    with pytest.raises(RecordError, match=said):
        decode(raw)


def _events(text: str, scanner: type[Scanner]) -> list[tuple[Any, ...]]:
    """What the parser makes of a text, with its places, up to where it refuses it."""
    yaml, found = YAML(typ="safe", pure=True), list[tuple[Any, ...]]()
    yaml.Scanner = scanner
    try:
        for each in yaml.parse(text):
            places = [(mark.index, mark.pointer, mark.line, mark.column) for mark in (each.start_mark, each.end_mark)]
            found.append((type(each), getattr(each, "value", None), getattr(each, "style", None), *places))
    except MarkedYAMLError as error:
        found.append((str(error.problem), str(error.problem_mark), str(error.context_mark)))
    return found


class _LetterByLetter(_Scanner):
    """As the parser takes keys and values."""

    scan_plain = Scanner.scan_plain


@given(
    st.lists(
        st.sampled_from([*"a4:-?#[]{},|>'", ": ", "\n", "\n  ", "\n- ", "\n    ", "ab: c d\n", "x: y", " #", "---", "...", "ä b", "  "])
    )
)
def test_keys_and_values_taken_whole_are_those_that_the_parser_makes(parts: list[str]) -> None:
    assert _events("".join(parts), _Scanner) == _events("".join(parts), _LetterByLetter)


@given(st.text(st.sampled_from([*"ab4:-?#&*!|>%@`'\"[]{},. \n\r\t0_x~=<\\uU", "\ufeff", "\u2028", "\x00"]), max_size=40))
def test_any_text_is_read_or_refused_in_german(text: str) -> None:
    try:
        assert isinstance(parse(text).data, dict)
    except RecordError as error:
        assert not re.search(r"\b(?:while|found|expected|could|mapping|token|the)\b", str(error))


# ---------------------------------------------------------------- writing

scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**17), 10**17),
    st.dates(),
    st.text(max_size=60),
    texts(40),
    st.sampled_from(YAML_SPECIAL),
    st.builds(lambda digits, places: Decimal(digits).scaleb(-places), st.integers(0, 10**6), st.integers(0, 4)),
)
keys = st.one_of(st.integers(0, 99), st.text(SIGNS, min_size=1, max_size=12), st.sampled_from(YAML_SPECIAL))


def _distinct(data: dict[Any, Any]) -> bool:
    return len({str(key) for key in data}) == len(data)


def mappings(values: st.SearchStrategy[Any], least: int = 0) -> st.SearchStrategy[dict[Any, Any]]:
    return st.dictionaries(keys, values, min_size=least, max_size=4).filter(_distinct)


trees = mappings(st.recursive(scalars, lambda inner: st.one_of(st.lists(inner, max_size=4), mappings(inner)), max_leaves=12), least=1)


@given(trees)
def test_what_is_dumped_reads_back_to_the_digit(data: dict[Any, Any]) -> None:
    assert same(parse(dump(data)).data, normal(data))


@given(trees, st.text(max_size=60), st.text(max_size=60))
def test_comments_and_header_stay_comments_whatever_they_say(data: dict[Any, Any], header: str, comment: str) -> None:
    comments = dict.fromkeys(parse(dump(data)).lines, comment)
    assert same(parse(dump(data, header=header, comments=comments)).data, normal(data))


def test_what_is_dumped_is_pleasant_to_read() -> None:
    long = "Im Landkreis ist die Lage am Arbeitsmarkt von Unsicherheiten geprägt: " * 2 + "Ende"
    text = dump(
        {
            "jahr": 2024,
            "haushalt": {"gesamtbudget_mio": Decimal("21.90"), "verwaltungskosten": None},
            "lage": [long, 'Übergang "Beruf"', "yes"],
            "akte": {"stand": date(2024, 2, 1)},
        },
        header="Emsland",
        comments={"haushalt.verwaltungskosten": "steht noch aus", "lage.2": "kurz"},
    )
    assert (
        text
        == """\
# Emsland

jahr: 2024

haushalt:
  gesamtbudget_mio: 21.90
  # steht noch aus
  verwaltungskosten: null

lage:
  - >-
    Im Landkreis ist die Lage am Arbeitsmarkt von Unsicherheiten geprägt: Im Landkreis ist die Lage
    am Arbeitsmarkt von Unsicherheiten geprägt: Ende
  - Übergang "Beruf"
  # kurz
  - "yes"

akte:
  stand: 2024-02-01
"""
    )
    assert max(map(len, text.splitlines())) <= 100


@pytest.mark.parametrize("value", [1.5, Decimal("NaN"), Decimal("1E-30"), {1, 2}, b"x"])
def test_what_a_record_cannot_hold_is_not_written(value: object) -> None:
    with pytest.raises((TypeError, ValueError), match="Datensatz"):
        dump({"a": value})


# ---------------------------------------------------------------- changing


@pytest.mark.parametrize(
    ("path", "value", "old", "new"),
    [
        ("jahr", 2025, "jahr: 2024   # das Jahr", "jahr: 2025   # das Jahr"),
        (
            "haushalt.verwaltungskosten",
            "ends with no-break\xa0",
            "verwaltungskosten: 13155724",
            "verwaltungskosten: ends with no-break\xa0",
        ),
        ("haushalt.gesamtbudget_mio", Decimal("22.0"), "  gesamtbudget_mio:   21.90 # gerundet", "  gesamtbudget_mio:   22.0 # gerundet"),
        ("haushalt.eingliederungsleistungen", 8696936, "leistungen:  # fehlt", "leistungen: 8696936  # fehlt"),
        ("haushalt.neu", "x", "leistungen:  # fehlt\n", "leistungen:  # fehlt\n  neu: x\n"),
        ("ziele.gesamt.wert", Decimal("4.0"), "wert: 3.9}  # K2", "wert: 4.0}  # K2"),
        ("ziele.individuell.4.schritte.0", "neu: eins", "- 'eins'  # zuerst", '- "neu: eins"  # zuerst'),
        ("ziele.individuell.4.schritte.1", "kurz", "- >-  # gefaltet\n        zwei\n        und drei\n", "- kurz  # gefaltet\n"),
        ("ziele.individuell.4.schritte.3", "fünf", "      - vier\n", "      - vier\n      - fünf\n"),
        ("ziele.individuell.4.titel", "T", "      - vier\n", "      - vier\n      titel: T\n"),
        ("ziele.individuell.6.titel", "T", "      - vier\n", "      - vier\n    6:\n      titel: T\n"),
        ("akte.stand", "entwurf", "akte: {}\n", "akte:\n  stand: entwurf\n"),
        (("akte", "uebernommen", "haushalt.neu"), 2023, "akte: {}\n", "akte:\n  uebernommen:\n    haushalt.neu: 2023\n"),
        ("neu.tief", 1, "akte: {}\n", "akte: {}\nneu:\n  tief: 1\n"),
        (
            "ziele.individuell.4.schritte",
            ["vorn", "eins", "zwei und drei", "vier"],
            "      - 'eins'  # zuerst\n",
            "      - vorn\n      - 'eins'  # zuerst\n",
        ),
        ("ziele.individuell.4.schritte", ["eins", "vier"], "      - >-  # gefaltet\n        zwei\n        und drei\n", ""),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_change_touches_its_own_lines_only(path: Any, value: Any, old: str, new: str, newline: str) -> None:
    assert HAND.count(old) == 1
    expected = HAND.replace(old, new).replace("\n", newline)
    assert change(HAND.replace("\n", newline), path, value) == expected


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("haushalt.verwaltungskosten", "  verwaltungskosten: 13155724\n", ""),
        ("ziele.individuell.4.schritte.0", "      - 'eins'  # zuerst\n", ""),
        ("akte", "akte: {}\n", ""),
        (
            "ziele.individuell.4",
            "individuell:\n    4:\n      schritte:\n      - 'eins'  # zuerst\n      # dazwischen\n"
            "      - >-  # gefaltet\n        zwei\n        und drei\n\n      - vier\n",
            "individuell: {}\n",
        ),
    ],
)
def test_a_deletion_takes_its_own_lines_only(path: str, old: str, new: str) -> None:
    assert delete(HAND, path) == HAND.replace(old, new)


def test_a_file_without_a_last_line_end_can_be_added_to() -> None:
    assert change("a: 1", "b", 2) == "a: 1\nb: 2\n"
    assert change("a: 1", "a", 2) == "a: 2"


def test_the_first_key_behind_a_dash_gives_its_place_to_the_next() -> None:
    assert delete("a:\n- b: 1\n  c: 2\n- d\n", "a.0.b") == "a:\n- c: 2\n- d\n"


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("jahr.tief", "darüber ein Wert"),
        ("ziele.individuell.4.schritte.9", "lässt sich nicht setzen"),
    ],
)
def test_a_path_through_a_value_is_refused(path: str, said: str) -> None:
    with pytest.raises(RecordError, match=said):
        change(HAND, path, 1)
    with pytest.raises(RecordError, match="gibt es in der Datei nicht"):
        delete(HAND, path)


def test_what_cannot_be_changed_in_place_is_refused() -> None:
    with pytest.raises(RecordError, match="von Hand"):
        change("{a: 1}", "b", 2)


def commented(text: str) -> str:
    """The text with a comment behind every value that stands on one line, numbers in a row as one."""
    ends = sorted({node.end for node in _scalars(parse(text).root) if node.style != "block"}, reverse=True)
    for number, end in enumerate(ends):
        text = f"{text[:end]}  # K{number}.{text[end:]}"
    return text


def _scalars(node: Node) -> list[Node]:
    return [node] if not node.entries or node.style == "flow" else [inner for entry in node.entries for inner in _scalars(entry.node)]


def _leaves(node: Node, path: tuple[Any, ...] = ()) -> list[tuple[tuple[Any, ...], Node]]:
    if not node.entries:
        return [(path, node)]
    return [leaf for entry in node.entries for leaf in _leaves(entry.node, (*path, entry.key))]


@pytest.mark.law
@given(any_records(), st.data(), st.sampled_from(["\n", "\r\n"]))
def test_a_changed_value_leaves_every_other_line_and_all_comments(record: Any, data: st.DataObject, newline: str) -> None:
    bare = dump(plain(record))
    text = commented(dump(plain(record), comments=dict.fromkeys(parse(bare).lines, "Vermerk"))).replace("\n", newline)
    path, node = data.draw(st.sampled_from(_leaves(parse(text).root)))
    value = data.draw(st.one_of(scalars, st.lists(scalars, min_size=1, max_size=3), mappings(scalars, least=1)))
    changed = change(text, path, value)
    before, after = text[: text.rfind("\n", 0, node.start) + 1], text[text.find("\n", node.end) + 1 :]
    assert changed.startswith(before)
    assert changed.endswith(after)
    assert re.findall(r"# (?:K\d+\.|Vermerk)\r?$", changed, re.MULTILINE) == re.findall(r"# (?:K\d+\.|Vermerk)\r?$", text, re.MULTILINE)
    assert changed.count("\n") == changed.count(newline)


@pytest.mark.law
@given(any_records(), any_records())
def test_a_file_can_be_rewritten_to_any_other_record(one: Any, other: Any) -> None:
    changed = rewrite(commented(dump(plain(one))), plain(other))
    assert parse(changed).data == normal(plain(other))
