"""How a record stands in its file: YAML text read into plain data with places, and plain data written as YAML text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Literal, NoReturn

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, StringMark
from ruamel.yaml.events import (
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
)
from ruamel.yaml.reader import Reader
from ruamel.yaml.scanner import Scanner
from ruamel.yaml.tokens import ScalarToken

from agreements.errors import CheckError, RecordError
from agreements.files.yaml_scalars import resolve

Key = str | int
Keys = tuple[Key, ...]

MAX_BYTES = 1_000_000
"""A record has some 15 kB, one with its full text 50 kB."""
MAX_DEPTH = 20


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


def decode(raw: bytes, datei: Path | str | None = None, fault: type[CheckError] = RecordError) -> str:
    """The text of a file, line ends as they are; raises `fault` where it is too long or not UTF-8."""
    remedy = "Im Editor „Speichern unter“ wählen, mit der Codierung UTF-8 (ohne BOM)."
    if len(raw) > MAX_BYTES:
        raise fault(f"Die Datei ist mit {len(raw):,} Byte zu groß für eine Vereinbarung.".replace(",", "."), datei=datei)
    if raw.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        raise fault("Die Datei beginnt mit einer Byte-Reihenfolge-Marke (BOM).", datei=datei, zeile=1, abhilfe=remedy)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise fault("Die Datei ist nicht als UTF-8 gespeichert.", datei=datei, zeile=line, abhilfe=remedy) from error


def parse(text: str, datei: Path | str | None = None) -> YamlText:
    """A YAML text with its places; RecordError with line and remedy where it is not the plain YAML that records are."""
    return YamlText(text, _root(text, datei))


@lru_cache(maxsize=8)
def _root(text: str, datei: Path | str | None) -> Node:
    """The nodes, which nobody changes, of the last few texts: one decision asks ten times for the text before it and the one behind it."""
    return _Reader(text, datei).root()


class _Signs(Reader):
    """The parser's, of a text whose signs are known to be ones of records: it asks no second time, which takes 3 ms in a process."""

    def check_printable(self, data: Any) -> None:
        """Nothing: what `_FORBIDDEN` lets pass is printable."""


class _Scanner(Scanner):
    """The parser's, which refuses what is nested too deep as it comes: behind each bracket all that are open are looked through.

    Plain keys and values on one line, nearly all that a record and a table have, are taken whole, in a third of the time: the parser
    goes through them letter by letter. What it makes of them is the same.
    """

    def scan_plain(self) -> ScalarToken:
        found = None if self.flow_context else self._key() or self._value()
        return found or super().scan_plain()

    def _key(self) -> ScalarToken | None:
        """A key up to its colon; None where there is none."""
        key = _KEY.match(self.reader.buffer, self.reader.pointer)
        return self._taken(key[0], key[0]) if key else None

    def _value(self) -> ScalarToken | None:
        """A value up to its line's end; None where it may end before, or go on in the next line."""
        value = _VALUE.match(self.reader.buffer, self.reader.pointer)
        if not value or len(value["next"]) > self.indent:
            return None
        token = self._taken(value["value"], value[0])
        self.reader.line, self.reader.column, self.allow_simple_key = self.reader.line + 1, len(value["next"]), True
        return token

    def _taken(self, text: str, passed: str) -> ScalarToken:
        """A plain text that stands at the reader's place, which moves on behind what is passed with it."""
        reader, start = self.reader, self.reader.get_mark()
        end = StringMark(start.name, start.index + len(text), start.line, start.column + len(text), start.buffer, start.pointer + len(text))
        reader.pointer, reader.index, reader.column = reader.pointer + len(passed), reader.index + len(passed), end.column
        self.allow_simple_key = False
        return ScalarToken(text, True, start, end)

    def fetch_flow_collection_start(self, *bracket: Any, **kind: Any) -> None:
        self._require_flat(len(self.flow_context))
        super().fetch_flow_collection_start(*bracket, **kind)

    def add_indent(self, column: int) -> bool:
        self._require_flat(len(self.indents))
        return super().add_indent(column)

    def _require_flat(self, depth: int) -> None:
        if depth > MAX_DEPTH:
            raise MarkedYAMLError(problem=_DEEP, problem_mark=self.reader.get_mark())


_DEEP = "nested too deep"
_KEY = re.compile(r"[^\W_]\w*(?=:[ \n])")
_VALUE = re.compile(
    r"(?P<value>[^\W_](?:(?!: | #)[^\0\t\n\r\x85\u2028\u2029\ufeff])*)(?<![: ])\n(?P<next> *)(?!---|\.\.\.|[ \0\n\r\x85\u2028\u2029])"
)


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
            yaml = YAML(typ="safe", pure=True)
            yaml.Reader, yaml.Scanner = _Signs, _Scanner
            yield from yaml.parse(self.text)
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
        node = self._node(event, event.start_mark.index, 0) if isinstance(event, ScalarEvent) else None
        key = node.value if node and (node.value, node.style) != ("<<", "plain") else None
        if isinstance(key, bool) or not isinstance(key, str | int):
            self.refuse("Hier steht kein Schlüssel.", line, "Schlüssel sind Wörter oder ganze Zahlen, wie „haushalt:“ oder „4:“.")
        if str(key) in taken:
            self.refuse(f"Der Schlüssel „{key}“ steht hier zum zweiten Mal.", line, "Einen der beiden entfernen.")
        return key

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
    (_DEEP, "Die Angaben sind zu tief verschachtelt.", "Die Einrückung prüfen."),
    ("", "Das ist kein gültiges YAML.", "Einrückung, Doppelpunkte und Anführungszeichen der Zeile prüfen."),
)
"""Part of the parser's message, what it means to the writer of a record, and the remedy."""
