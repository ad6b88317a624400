"""How a record stands in its file: YAML text read into plain data with places, and plain data written as YAML text."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, NoReturn

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.events import (
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
)

from agreements.errors import RecordError

Key = str | int
Keys = tuple[Key, ...]

MAX_BYTES = 1_000_000
"""A record has some 15 kB, one with its full text 50 kB."""
MAX_DEPTH = 20
WIDTH = 100
"""Columns at which a long text is folded."""


# ---------------------------------------------------------------- nodes


@dataclass(frozen=True, slots=True)
class Entry:
    """One key of a mapping or one item of a list, from its key or dash to the end of its value."""

    key: Key
    start: int
    after: int
    """Offset behind the colon or dash."""
    line: int
    """From 1."""
    node: Node


@dataclass(frozen=True, slots=True)
class Node:
    """A value and where it stands: offsets in the text, the end without trailing comments and blank lines."""

    kind: Literal["scalar", "mapping", "list"]
    style: Literal["plain", "quoted", "block", "flow"]
    """`block` also names the scalars that begin with | or >."""
    start: int
    end: int
    value: Any = None
    entries: tuple[Entry, ...] = ()

    @property
    def data(self) -> Any:
        """The value as dict, list, str, int, Decimal, date, bool or None."""
        if self.kind == "mapping":
            return {entry.key: entry.node.data for entry in self.entries}
        return [entry.node.data for entry in self.entries] if self.kind == "list" else self.value

    def places(self, path: str = "") -> Iterator[tuple[str, int]]:
        """Every dotted path below, with the line of its key or dash."""
        for entry in self.entries:
            below = f"{path}.{entry.key}" if path else str(entry.key)
            yield below, entry.line
            yield from entry.node.places(below)


@dataclass(frozen=True)
class YamlText:
    """A YAML text that was understood."""

    text: str
    root: Node

    @cached_property
    def data(self) -> dict[Key, Any]:
        """What it says."""
        data: dict[Key, Any] = self.root.data
        return data

    @cached_property
    def lines(self) -> dict[str, int]:
        """The line of every dotted path ("haushalt.verwaltungskosten", "abweichungen.0.neu")."""
        return dict(self.root.places())


# ---------------------------------------------------------------- reading


def decode(raw: bytes, datei: Path | str | None = None) -> str:
    """The text of a record file, line ends as they are; RecordError where it is too long or not UTF-8."""
    remedy = "Im Editor „Speichern unter“ wählen, mit der Codierung UTF-8 (ohne BOM)."
    if len(raw) > MAX_BYTES:
        raise RecordError(f"Die Datei ist mit {len(raw):,} Byte zu groß für eine Vereinbarung.".replace(",", "."), datei=datei)
    if raw.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        raise RecordError("Die Datei beginnt mit einer Byte-Reihenfolge-Marke (BOM).", datei=datei, zeile=1, abhilfe=remedy)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise RecordError("Die Datei ist nicht als UTF-8 gespeichert.", datei=datei, zeile=line, abhilfe=remedy) from error


def parse(text: str, datei: Path | str | None = None) -> YamlText:
    """A YAML text with its places; RecordError with line and remedy where it is not the plain YAML that records are."""
    return YamlText(text, _Reader(text, datei).root())


class _Reader:
    """Builds nodes from the parser's events and refuses what a record must not contain."""

    def __init__(self, text: str, datei: Path | str | None) -> None:
        self.text = text
        self.datei = datei
        self.events = self._events()

    def root(self) -> Node:
        self._refuse_signs()
        found: Node | None = None
        for event in self.events:
            if isinstance(event, DocumentStartEvent):
                self._refuse_document(event, second=found is not None)
                found = self._node(next(self.events), event.start_mark.index, 0)
        if found is None or found.kind != "mapping":
            remedy = "Ein Datensatz beginnt mit Zeilen wie „jahr: 2024“ und „traeger: lk-emsland“."
            self.refuse("Die Datei ist leer oder enthält keine Schlüssel.", 1, remedy)
        return found

    def refuse(self, message: str, line: int, remedy: str) -> NoReturn:
        raise RecordError(message, datei=self.datei, zeile=line, abhilfe=remedy)

    def _events(self) -> Iterator[Event]:
        try:
            yield from YAML(typ="safe", pure=True).parse(self.text)
        except MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            line = mark.line + 1 if mark else 1
            message, remedy = next(fault for sign, *fault in _FAULTS if sign in str(error.problem))
            column = f" (Spalte {mark.column + 1})" if mark else ""
            raise RecordError(f"{message}{column}", datei=self.datei, zeile=line, abhilfe=remedy) from error
        except (OverflowError, ValueError) as error:  # the parser takes any number behind \U
            place = re.search(r"\\U(?!00(?:0|10))", self.text)
            line = self.text.count("\n", 0, place.start()) + 1 if place else None
            remedy = "Das Zeichen selbst schreiben."
            raise RecordError("Hinter \\U steht keine Nummer eines Zeichens.", datei=self.datei, zeile=line, abhilfe=remedy) from error

    def _refuse_signs(self) -> None:
        if found := _FORBIDDEN.search(self.text):
            line = self.text.count("\n", 0, found.start()) + 1
            if found.group() == "\t":
                self.refuse("Die Zeile enthält einen Tabulator.", line, "Durch Leerzeichen ersetzen.")
            self.refuse(f"Die Zeile enthält das Steuerzeichen U+{ord(found.group()):04X}.", line, "Das Zeichen löschen.")

    def _refuse_document(self, event: DocumentStartEvent, *, second: bool) -> None:
        line = event.start_mark.line + 1
        if second:
            remedy = "Jede Vereinbarung in eine eigene Datei schreiben und „---“ entfernen."
            self.refuse("Die Datei enthält mehrere Dokumente.", line, remedy)
        if re.search("^%", self.text[: event.end_mark.index], re.MULTILINE):
            self.refuse("Die Datei enthält eine YAML-Anweisung (%…).", line, "Die Zeile, die mit % beginnt, entfernen.")

    def _node(self, event: Event, after: int, depth: int) -> Node:
        """The value that begins with this event; `after` is the offset behind its colon or dash."""
        line = event.start_mark.line + 1
        if depth > MAX_DEPTH:
            self.refuse("Die Angaben sind zu tief verschachtelt.", line, "Die Einrückung prüfen.")
        if not isinstance(event, ScalarEvent | CollectionStartEvent) or event.anchor:
            self.refuse(
                "Anker und Verweise (& und *) sind in einem Datensatz nicht möglich.",
                line,
                "Den Wert an jeder Stelle ausschreiben, einen Text mit & oder * am Anfang in Anführungszeichen setzen.",
            )
        if event.ctag is not None:
            self.refuse(
                "Typangaben (!…) sind in einem Datensatz nicht möglich.",
                line,
                "Die Typangabe entfernen, einen Text mit ! am Anfang in Anführungszeichen setzen.",
            )
        if isinstance(event, ScalarEvent):
            return self._scalar(event, after)
        return self._mapping(event, depth) if isinstance(event, MappingStartEvent) else self._list(event, depth)

    def _mapping(self, event: MappingStartEvent, depth: int) -> Node:
        entries: list[Entry] = []
        while not isinstance(key := next(self.events), MappingEndEvent):
            name = self._key(key, {str(entry.key) for entry in entries})
            after = self._skip(key.end_mark.index)
            after = after + 1 if self.text[after : after + 1] == ":" else key.end_mark.index
            value = self._node(next(self.events), after, depth + 1)
            entries.append(Entry(name, key.start_mark.index, after, key.start_mark.line + 1, value))
        return self._collection("mapping", event, key, entries)

    def _list(self, event: CollectionStartEvent, depth: int) -> Node:
        entries: list[Entry] = []
        end = event.start_mark.index
        while not isinstance(item := next(self.events), SequenceEndEvent):
            start = item.start_mark.index if event.flow_style else self._skip(end)
            after = start if event.flow_style else start + 1
            node = self._node(item, after, depth + 1)
            entries.append(Entry(len(entries), start, after, item.start_mark.line + 1, node))
            end = node.end
        return self._collection("list", event, item, entries)

    def _collection(self, kind: Literal["mapping", "list"], first: CollectionStartEvent, last: Event, entries: list[Entry]) -> Node:
        if first.flow_style:
            return Node(kind, "flow", first.start_mark.index, last.end_mark.index, entries=tuple(entries))
        return Node(kind, "block", first.start_mark.index, entries[-1].node.end, entries=tuple(entries))

    def _key(self, event: Event, taken: set[str]) -> Key:
        line = event.start_mark.line + 1
        node = self._node(event, event.start_mark.index, 0)
        if not isinstance(node.value, str | int) or isinstance(node.value, bool) or (node.value, node.style) == ("<<", "plain"):
            self.refuse("Hier steht kein Schlüssel.", line, "Schlüssel sind Wörter oder ganze Zahlen, wie „haushalt:“ oder „4:“.")
        if str(node.value) in taken:
            self.refuse(f"Der Schlüssel „{node.value}“ steht hier zum zweiten Mal.", line, "Einen der beiden entfernen.")
        return node.value

    def _scalar(self, event: ScalarEvent, after: int) -> Node:
        start, end, line = event.start_mark.index, event.end_mark.index, event.start_mark.line + 1
        if event.style in ("|", ">"):
            return Node("scalar", "block", start, self._block_end(start, end), self._text(event, line))
        if event.style:
            return Node("scalar", "quoted", start, end, self._text(event, line))
        if start == end:
            return Node("scalar", "plain", after, after)
        return Node("scalar", "plain", start, end, self._plain(event.value, line))

    def _text(self, event: ScalarEvent, line: int) -> str:
        text = str(event.value)
        if any("\ud800" <= sign <= "\udfff" for sign in text):
            self.refuse("Der Text enthält ein halbes Zeichen (\\ud800 bis \\udfff).", line, "Das Zeichen selbst schreiben.")
        return text

    def _plain(self, text: str, line: int) -> Any:
        try:
            return resolve(text)
        except ValueError as error:
            shown = text if len(text) <= 30 else f"{text[:30]}…"
            self.refuse(f"„{shown}“ {error}", line, f"Ist ein Text gemeint, in Anführungszeichen setzen: '{shown}'")

    def _skip(self, offset: int) -> int:
        """The offset of what comes next, behind blanks, line ends and comments."""
        found = _SPACE.match(self.text, offset)
        return found.end() if found else offset

    def _block_end(self, start: int, end: int) -> int:
        """The end of the last line of a | or > text: the parser counts the comments and blank lines behind it, too."""
        header, *lines = self.text[start:end].split("\n")
        filled = [len(line) - len(line.lstrip(" ")) for line in lines if line.strip(" \r")]
        if not filled:
            return start + len(header.rstrip())
        # An indentation that is stated in the header (>2-) may be smaller than that of the first line.
        indent = min(filled) if re.match(r"[|>][-+]?[1-9]", header) else filled[0]
        last = max(number for number, line in enumerate(lines) if line.strip(" \r") and len(line) - len(line.lstrip(" ")) >= indent)
        return start + len("\n".join([header, *lines[: last + 1]]).rstrip("\r"))


_SPACE = re.compile(r"(?:[ \r\n]+(?:#[^\n]*)?)*")
_FORBIDDEN = re.compile("[^\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]|\r(?!\n)")

_FAULTS: tuple[tuple[str, str, str], ...] = (
    (
        "mapping values are not allowed",
        "Hier ist ein Doppelpunkt nicht möglich.",
        "Die Einrückung prüfen; einen Text mit „: “ in Anführungszeichen setzen.",
    ),
    (
        "could not find expected ':'",
        "Hinter dem Schlüssel fehlt der Doppelpunkt.",
        "Als „schluessel: Wert“ schreiben; die Einrückung prüfen.",
    ),
    (
        "expected <block end>",
        "Die Einrückung stimmt nicht.",
        "Zusammengehörige Zeilen gleich weit einrücken; hinter einem Text in Anführungszeichen darf nichts mehr stehen.",
    ),
    ("unexpected end of stream", "Ein Anführungszeichen wird nicht geschlossen.", "Das schließende Anführungszeichen ergänzen."),
    (
        "expected ',' or",
        "Eine Klammer wird nicht geschlossen.",
        "Die schließende Klammer ergänzen, oder den Text in Anführungszeichen setzen.",
    ),
    ("cannot start any token", "Mit diesem Zeichen kann ein Wert nicht beginnen.", "Den Text in Anführungszeichen setzen."),
    (
        "unknown escape",
        "Hinter dem umgekehrten Schrägstrich steht ein unbekanntes Zeichen.",
        "Einfache Anführungszeichen (') statt doppelter verwenden.",
    ),
    ("indentation indicators", "Hinter | oder > steht noch Text.", "Den Text eingerückt in die nächste Zeile schreiben."),
    ("expected the node content", "Hier fehlt ein Wert.", "Einen Text mit einer Klammer am Anfang in Anführungszeichen setzen."),
    ("", "Das ist kein gültiges YAML.", "Einrückung, Doppelpunkte und Anführungszeichen der Zeile prüfen."),
)
"""Part of the parser's message, what it means to the writer of a record, and the remedy."""


# ---------------------------------------------------------------- scalars

_INT = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]{0,17})\.[0-9]{1,18}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ODD_NUMBER = re.compile(
    r"[-+]?(?:[0-9][0-9_]*|0[xX][0-9a-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|(?:[0-9][0-9_]*)?\.[0-9_]+|[0-9][0-9_]*\."
    r"|(?:[0-9][0-9_]*\.?[0-9_]*|\.[0-9_]+)[eE][-+]?[0-9]+|\.(?:inf|Inf|INF|nan|NaN|NAN))"
)
_WORDS: dict[str, bool | None] = {
    "": None,
    "~": None,
    "null": None,
    "Null": None,
    "NULL": None,
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
}
_YAML_1_1 = re.compile(r"(?i:y|n|yes|no|on|off)|=|<<|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}.*")
"""What programs that read YAML 1.1 do not take for text."""


def resolve(text: str) -> Any:
    """What a scalar without quotes means, digits kept; ValueError with the German reason where it is no number that records use."""
    if text in _WORDS:
        return _WORDS[text]
    if _INT.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        return Decimal(text)
    if _DAY.fullmatch(text):
        return _day(text)
    if _ODD_NUMBER.fullmatch(text):
        raise ValueError(
            "ist keine Zahl, wie sie in einem Datensatz steht. Zahlen schlicht schreiben: 7, 21.90, 13155724, "
            "ohne führende Null, Vorzeichen +, Unterstrich oder Exponent."
        )
    return text


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ValueError("ist kein Tag des Kalenders. Als Jahr-Monat-Tag schreiben, zum Beispiel 2024-02-01.") from error


def normal(value: Any) -> Any:
    """Data as it reads back: lists for tuples, whole Decimals as int; TypeError or ValueError for what YAML records cannot hold."""
    if isinstance(value, Mapping):
        return {key: normal(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [normal(part) for part in value]
    if isinstance(value, Decimal):
        text = format(value, "f")
        if not (_DECIMAL.fullmatch(text) or _INT.fullmatch(text)):
            raise ValueError(f"{value} lässt sich in einem Datensatz nicht schreiben.")
        return resolve(text)
    if value is not None and type(value) not in (str, int, bool, date):
        raise TypeError(f"{type(value).__name__} lässt sich in einem Datensatz nicht schreiben.")
    return value


def same(one: Any, other: Any) -> bool:
    """Whether two data are equal to the digit: 14 is not 14.0, and the order of keys counts."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return list(one) == list(other) and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list):
        return len(one) == len(other) and all(map(same, one, other))
    return str(one) == str(other)


# ---------------------------------------------------------------- writing


def dump(data: Mapping[Any, Any], *, header: str = "", comments: Mapping[str, str] | None = None) -> str:
    """Data as YAML for people: blocks, long texts folded, a blank line around each part, comments above the key of their dotted path.

    TypeError or ValueError for what a record cannot hold (a float, a Decimal that is not finite).
    """
    parts = [list(mapping_lines({key: value}, 0, comments or {}, "")) for key, value in normal(data).items()]
    lines = [*_comment(header, 0), ""] if header else []
    for number, part in enumerate(parts):
        if number and (len(part) > 1 or len(parts[number - 1]) > 1):
            lines.append("")
        lines += part
    return "\n".join(lines if parts else [*lines, "{}"]) + "\n"


def mapping_lines(data: Mapping[Key, Any], indent: int, comments: Mapping[str, str], path: str) -> Iterator[str]:
    """The lines of a mapping's keys and values, the keys in column `indent`."""
    for key, value in data.items():
        below = f"{path}.{key}" if path else str(key)
        yield from _comment(comments.get(below, ""), indent)
        name = str(key) if isinstance(key, int) else inline(key)
        first, rest = value_lines(value, indent, indent + len(name) + 1, comments, below)
        yield f"{' ' * indent}{name}:{first}"
        yield from rest


def list_lines(data: Sequence[Any], indent: int, comments: Mapping[str, str], path: str, first: int = 0) -> Iterator[str]:
    """The lines of a list's items, the dashes in column `indent`; `first` is the number of the first item."""
    for number, value in enumerate(data, first):
        below = f"{path}.{number}"
        yield from _comment(comments.get(below, ""), indent)
        head, rest = item_lines(value, indent, comments, below)
        yield f"{' ' * indent}-{head}"
        yield from rest


def item_lines(value: Any, indent: int, comments: Mapping[str, str], path: str) -> tuple[str, list[str]]:
    """What stands behind the dash of a list's item, and the lines below it."""
    if isinstance(value, dict | list) and value:
        _, (first, *rest) = value_lines(value, indent, 0, comments, path)
        return first[indent + 1 :], rest
    return value_lines(value, indent, indent + 1, comments, path)


def value_lines(value: Any, indent: int, column: int, comments: Mapping[str, str], path: str) -> tuple[str, list[str]]:
    """What stands behind a colon in `column`, beginning with a blank, and the lines below it, deeper than `indent`."""
    if isinstance(value, dict) and value:
        return "", list(mapping_lines(value, indent + 2, comments, path))
    if isinstance(value, list) and value:
        return "", list(list_lines(value, indent + 2, comments, path))
    short = inline(value)
    if isinstance(value, str) and column + 1 + len(short) > WIDTH and (folded := _folded(value, WIDTH - indent - 2)):
        return " >-", [" " * (indent + 2) + line for line in folded]
    return f" {short}", []


def inline(value: Any, *, flow: bool = False) -> str:
    """A value on one line; `flow` where it stands within brackets."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{inline(key, flow=True)}: {inline(part, flow=True)}" for key, part in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(inline(part, flow=True) for part in value) + "]"
    if isinstance(value, str):
        return value if _is_plain(value, flow) else _quoted(value)
    if value is None:
        return "null"
    return str(value).lower() if isinstance(value, bool) else str(value)


_PLAIN_START = re.compile(r"[^\W_]|[_(/„“‚‘«»§€…–—·•½²³°+$<;]")
_BREAKS_PLAIN = re.compile(r": |:$| #|[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")


def _is_plain(text: str, flow: bool) -> bool:
    """Whether a text can stand without quotes, and is text for every YAML reader."""
    if text != text.strip(" ") or not _PLAIN_START.match(text) or _BREAKS_PLAIN.search(text):
        return False
    if flow and re.search(r"[,\[\]{}:]", text):
        return False
    return text not in _WORDS and not any(odd.fullmatch(text) for odd in (_INT, _DECIMAL, _DAY, _ODD_NUMBER, _YAML_1_1))


def _quoted(text: str) -> str:
    """A text in single quotes where these need no escapes, else in double quotes."""
    if re.search(r"[\"\\]", text) and not _BREAKS_PLAIN.search(re.sub("[:#]", "", text)):
        return "'" + text.replace("'", "''") + "'"
    return '"' + "".join(_escaped(sign) for sign in text) + '"'


def _escaped(sign: str) -> str:
    if sign in '"\\':
        return "\\" + sign
    if not _BREAKS_PLAIN.match(sign) or sign == ":":
        return sign
    return {"\n": "\\n", "\t": "\\t", "\r": "\\r"}.get(sign) or (f"\\u{ord(sign):04x}" if ord(sign) < 0x10000 else f"\\U{ord(sign):08x}")


def _folded(text: str, width: int) -> list[str]:
    """A text in lines that read back as this text when folded; empty where that is not possible."""
    lines = textwrap.wrap(text, max(width, 40), break_long_words=False, break_on_hyphens=False, replace_whitespace=False, expand_tabs=False)
    exact = " ".join(lines) == text and not _BREAKS_PLAIN.search(text.replace(":", "").replace("#", ""))
    return lines if exact else []


def _comment(text: str, indent: int) -> Iterator[str]:
    for line in text.splitlines():
        visible = "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in " ".join(line.split()))
        yield f"{' ' * indent}# {visible}".rstrip()
