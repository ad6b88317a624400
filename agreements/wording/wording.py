"""The wording of a year: one text that is filled to render and aligned to read.

A wording is a Jinja text in a closed subset, parsed by Jinja itself. Whatever could not be read back is refused here,
with file and line, so that both directions can rely on it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from jinja2 import Environment, TemplateSyntaxError, nodes

from agreements.errors import WordingError
from agreements.language.notation import FreeText, Notation, Zielsatz, as_jahr, notation
from agreements.language.tokens import shapes
from agreements.model.document import Art
from agreements.model.record import kind_at


@dataclass(frozen=True, slots=True)
class Slot:
    """A field in the text. `path` may hold loop variables in braces: "ziele.individuell.{nummer}.titel"."""

    path: str
    notation: Notation
    entry: bool = False
    """Whether it prints one entry of the list at `path`."""
    key: bool = False
    """Whether it prints the number of a loop itself."""
    first: int = 1
    """The least such number."""
    derived: bool = False
    """Whether it prints not the value but what follows from it, such as the year after."""


def of_one_goal(slot: Slot, other: Slot) -> bool:
    """Whether two targets in a sentence are of one goal, so that the first may leave verb and year to the other."""
    return slot.path.rpartition(".")[0] == other.path.rpartition(".")[0]


Part = str | Slot
FEW = 3
"""A unit of no more fixed words says little by them."""


@dataclass(frozen=True)
class Unit:
    """One block of the wording; title page and opening are one unit of several lines."""

    art: Art
    lines: tuple[tuple[Part, ...], ...]
    stelle: str
    zeile: int
    ebene: int = 0
    spalte: int = 0
    gruppe: int = 0
    liste: str | None = None

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """Text and slots in order, lines parted by a blank."""
        joined: list[Part] = []
        for number, line in enumerate(self.lines):
            joined.extend(([" "] if number else []) + list(line))
        return tuple(joined)

    @cached_property
    def slots(self) -> tuple[Slot, ...]:
        return tuple(part for part in self.parts if isinstance(part, Slot))

    @cached_property
    def items(self) -> tuple[Part, ...]:
        """The words and signs of the text, each by itself, and the slots."""
        return tuple(item for part in self.parts for item in (shapes(part) if isinstance(part, str) else (part,)))

    @cached_property
    def literal(self) -> tuple[str, ...]:
        """The words and signs that are fixed."""
        return tuple(item for item in self.items if isinstance(item, str))

    @cached_property
    def is_vague(self) -> bool:
        """Whether it is free text with hardly a fixed word."""
        return self.has_free and len(self.literal) <= FEW

    @cached_property
    def begins_with_number(self) -> bool:
        """Whether it opens one turn of a numbered loop."""
        return any(slot.key for slot in self.slots[:1])

    @cached_property
    def head(self) -> tuple[str, ...]:
        """The fixed words before the only value of a unit of few words: they alone say what the value is."""
        first = next((number for number, item in enumerate(self.items) if not isinstance(item, str)), 0)
        return self.literal[:first] if len(self.literal) <= FEW and len(self.slots) == 1 and not self.has_free else ()

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The fixed words and signs, each once."""
        return frozenset(self.literal)

    @cached_property
    def free(self) -> Slot | None:
        """The slot of a unit that is nothing but one free text."""
        parts = [part for part in self.parts if not isinstance(part, str) or part.strip()]
        return parts[0] if len(parts) == 1 and isinstance(parts[0], Slot) and parts[0].notation.free else None

    @cached_property
    def opening(self) -> re.Pattern[str] | None:
        """How the text of a unit of nothing but free text usually begins."""
        return self.free.notation.opening if self.free and isinstance(self.free.notation, FreeText) else None

    @cached_property
    def has_free(self) -> bool:
        """Whether any text at all may stand somewhere in it."""
        return any(slot.notation.free for slot in self.slots)


@dataclass(frozen=True, slots=True)
class Condition:
    """Units printed only where the record has `path`."""

    path: str
    body: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Loop:
    """Units printed for each entry of a list, or for each numbered entry from `first` on."""

    path: str
    body: tuple[Node, ...]
    key: str | None = None
    first: int = 1


Node = Unit | Condition | Loop


@dataclass(frozen=True)
class Wording:
    """A loaded wording; `schluessel` is its name in records, "ni/2024", that of a year's amendments "ni/aenderung-2024"."""

    schluessel: str
    datei: Path
    body: tuple[Node, ...]

    @property
    def land(self) -> str:
        return self.schluessel.split("/")[0]

    @property
    def jahr(self) -> int:
        return int(self.schluessel[-4:])

    @property
    def amends(self) -> bool:
        """Whether it is the text of amendments."""
        return "aenderung" in self.schluessel

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """Every unit once, in the order of the text."""
        return tuple(_units(self.body))

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Every word of its fixed text, as it stands between blanks."""
        return frozenset(word for unit in self.units for part in unit.parts if isinstance(part, str) for word in part.split())


def _units(body: tuple[Node, ...]) -> Iterator[Unit]:
    for node in body:
        if isinstance(node, Unit):
            yield node
        else:
            yield from _units(node.body)


def load_wording(datei: Path, schluessel: str) -> Wording:
    """The wording in a file; WordingError with file and line where it is not reversible."""
    return parse_wording(datei.read_text(encoding="utf-8"), datei, schluessel)


def parse_wording(source: str, datei: Path, schluessel: str) -> Wording:
    """The wording that a text is, to stand in `datei`; WordingError with file and line where it is not reversible."""
    try:
        tree = Environment(trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True).parse(source)
    except TemplateSyntaxError as error:
        raise WordingError(
            f"Der Wortlaut ist kein gültiger Jinja-Text: {error.message}.",
            datei=datei,
            zeile=error.lineno,
            abhilfe="Klammern und Anweisungen an dieser Stelle prüfen.",
        ) from error
    body = _Parser(datei).parse(tree)
    wording = Wording(schluessel, datei, _with_addresses(body))
    _refuse_irreversible(wording)
    return wording


# ---------------------------------------------------------------- from Jinja's tree to units

_MARKS: tuple[tuple[re.Pattern[str], Art, int], ...] = (
    (re.compile(r"### "), "ueberschrift", 3),
    (re.compile(r"## "), "ueberschrift", 2),
    (re.compile(r"# "), "ueberschrift", 1),
    (re.compile(r"- "), "punkt", 0),
    (re.compile(r"(?=\(\d{1,2}\) )"), "absatz", 0),
)
_CONTAINERS = ("titelseite", "eingang", "unterschriften")


@dataclass(frozen=True, slots=True)
class _Variable:
    path: str
    entry: bool = False
    key: bool = False
    first: int = 1


_Scope = Mapping[str, _Variable]


class _Parser:
    """Walks Jinja's tree once; what is being gathered stands in its attributes."""

    def __init__(self, datei: Path) -> None:
        self.datei = datei
        self.zeile = 1
        self.line: list[Part] = []
        self.block: list[Part] = []
        self.block_zeile = 1
        self.container: str | None = None
        self.container_zeile = 1
        self.container_lines: list[tuple[Part, ...]] = []
        self.spalte = 1
        self.gruppe = 0
        self.out: list[Node] = []
        self.listen: list[str] = []

    def parse(self, tree: nodes.Template) -> tuple[Node, ...]:
        body = self._body(tree.body, {})
        if self.container:
            raise self._error(f"„::: {self.container}“ ist nicht geschlossen.", "Eine Zeile „:::“ ans Ende setzen.", self.container_zeile)
        return body

    def _error(self, message: str, remedy: str, zeile: int | None = None) -> WordingError:
        return WordingError(message, datei=self.datei, zeile=zeile or self.zeile, abhilfe=remedy)

    def _body(self, body: list[nodes.Node], scope: _Scope) -> tuple[Node, ...]:
        outer, self.out = self.out, []
        for node in body:
            if isinstance(node, nodes.Output):
                self._output(node, scope)
            elif isinstance(node, nodes.If | nodes.For):
                self._between_blocks(node)
                self.out.append(self._condition(node, scope) if isinstance(node, nodes.If) else self._loop(node, scope))
            else:
                raise self._error(
                    f"Die Anweisung {type(node).__name__} ist nicht umkehrbar.",
                    "Nur {% for %} über eine Liste und {% if %} auf ein Feld verwenden.",
                    node.lineno,
                )
        self._end_line()
        self._end_block()
        inner, self.out = tuple(self.out), outer
        return inner

    def _between_blocks(self, node: nodes.Node) -> None:
        self.zeile = node.lineno
        if any(not isinstance(part, str) or part.strip() for part in self.line):
            raise self._error(
                "Die Anweisung steht mitten in einer Zeile.", "{% if %} und {% for %} stehen in eigenen Zeilen um ganze Absätze."
            )
        self.line = []
        if self.block:
            raise self._error("Die Anweisung steht mitten in einem Absatz.", "Vor die Anweisung eine Leerzeile setzen.")
        if self.container in ("titelseite", "eingang"):
            raise self._error(f"In „::: {self.container}“ sind keine Anweisungen möglich.", "Die Anweisung um den ganzen Teil setzen.")

    def _output(self, node: nodes.Output, scope: _Scope) -> None:
        for child in node.nodes:
            self.zeile = child.lineno
            if isinstance(child, nodes.TemplateData):
                self._text(child.data)
            else:
                self.line.append(self._slot(child, scope))

    def _text(self, text: str) -> None:
        first, *others = text.split("\n")
        if first:
            self.line.append(first)
        for other in others:
            self._end_line(blank_counts=True)
            self.zeile += 1
            if other:
                self.line.append(other)

    def _end_line(self, blank_counts: bool = False) -> None:
        line, self.line = self.line, []
        bare = "".join(part for part in line if isinstance(part, str)).strip() if all(isinstance(part, str) for part in line) else None
        if bare == "":
            if blank_counts:
                self._blank_line()
        elif bare is not None and bare.startswith((":::", "+++")):
            self._mark(bare)
        elif self.container is None:
            self.block_zeile = self.block_zeile if self.block else self.zeile
            self.block.extend(([" "] if self.block else []) + line)
        elif self.container == "unterschriften":
            self.out.append(Unit("unterschrift", (tuple(line),), "", self.zeile, spalte=self.spalte, gruppe=self.gruppe))
        else:
            self.container_lines.append(tuple(line))

    def _blank_line(self) -> None:
        if self.container == "unterschriften":
            self.gruppe = 1
        else:
            self._end_block()

    def _mark(self, mark: str) -> None:
        name = mark[3:].strip()
        if mark == "+++" and self.container == "unterschriften":
            self.spalte, self.gruppe = self.spalte + 1, 0
        elif mark == ":::" and self.container:
            if self.container_lines:
                art: Art = "titelseite" if self.container == "titelseite" else "eingang"
                self.out.append(Unit(art, tuple(self.container_lines), "", self.zeile))
            self.container, self.container_lines = None, []
        elif mark.startswith(":::") and name in _CONTAINERS and self.container is None:
            self._end_block()
            self.container, self.container_zeile, self.spalte, self.gruppe = name, self.zeile, 1, 0
        else:
            raise self._error(
                f"„{mark}“ ist hier nicht möglich.",
                f"Möglich sind ::: {', ::: '.join(_CONTAINERS)}, in Unterschriften +++, und ::: zum Schließen.",
            )

    def _end_block(self) -> None:
        block, self.block = self.block, []
        if not block:
            return
        art: Art = "text"
        ebene = 0
        if isinstance(block[0], str):
            for pattern, marked, level in _MARKS:
                if found := pattern.match(block[0]):
                    art, ebene, block[0] = marked, level, block[0][found.end() :]
                    break
        parts = tuple(part for part in block if part != "")
        self.out.append(Unit(art, (parts,), "", self.block_zeile, ebene=ebene, liste=self.listen[-1] if self.listen else None))

    def _condition(self, node: nodes.If, scope: _Scope) -> Condition:
        if node.else_ or node.elif_:
            raise self._error(
                "{% else %} und {% elif %} sind nicht umkehrbar.",
                "Für jeden Fall ein eigenes {% if %} auf ein eigenes Feld setzen.",
                node.lineno,
            )
        variable = self._path(node.test, scope)
        return Condition(variable.path, self._body(node.body, scope))

    def _loop(self, node: nodes.For, scope: _Scope) -> Loop:
        if node.else_ or node.recursive:
            raise self._error(
                "Diese Form von {% for %} ist nicht umkehrbar.", "{% for absatz in liste %} … {% endfor %} schreiben.", node.lineno
            )
        if isinstance(node.target, nodes.Tuple):
            return self._numbered_loop(node, scope)
        path = self._path(node.iter, scope).path
        if kind_at(path) is not list or node.test is not None or not isinstance(node.target, nodes.Name):
            raise self._error(f"„{path}“ ist keine Liste.", "{% for %} läuft über eine Liste von Absätzen.", node.lineno)
        self.listen.append(path)
        body = self._body(node.body, {**scope, node.target.name: _Variable(path, entry=True)})
        self.listen.pop()
        return Loop(path, body)

    def _numbered_loop(self, node: nodes.For, scope: _Scope) -> Loop:
        names = [item.name for item in node.target.items if isinstance(item, nodes.Name)] if isinstance(node.target, nodes.Tuple) else []
        call = node.iter
        if not (
            len(names) == 2
            and isinstance(call, nodes.Call)
            and isinstance(call.node, nodes.Getattr)
            and call.node.attr == "items"
            and not call.args
        ):
            raise self._error(
                "Diese Form von {% for %} ist nicht umkehrbar.",
                "{% for nummer, ziel in ziele.individuell.items() if nummer >= 6 %} schreiben.",
                node.lineno,
            )
        path = self._path(call.node.node, scope).path
        if kind_at(path) is not dict:
            raise self._error(f"„{path}“ hat keine nummerierten Einträge.", "Über eine Liste läuft {% for absatz in liste %}.", node.lineno)
        first, entry = self._first(node, names[0]), f"{path}.{{{names[0]}}}"
        inner = {**scope, names[0]: _Variable(entry, key=True, first=first), names[1]: _Variable(entry)}
        return Loop(path, self._body(node.body, inner), key=names[0], first=first)

    def _first(self, node: nodes.For, key: str) -> int:
        match node.test:
            case None:
                return 1
            case nodes.Compare(expr=nodes.Name(name=name), ops=[nodes.Operand(op="gteq", expr=nodes.Const(value=int(first)))]) if (
                name == key
            ):
                return first
        raise self._error("Diese Bedingung ist nicht umkehrbar.", f"Möglich ist „if {key} >= 6“.", node.lineno)

    def _slot(self, node: nodes.Node, scope: _Scope) -> Slot:
        filters: list[tuple[str, tuple[object, ...]]] = []
        while isinstance(node, nodes.Filter) and node.node is not None:
            if not all(isinstance(arg, nodes.Const) for arg in node.args) or node.kwargs:
                raise self._error(
                    f"„{node.name}“ hat keine festen Angaben in Klammern.", 'Zum Beispiel zielwert("jahr") schreiben.', node.lineno
                )
            filters.insert(0, (node.name, tuple(arg.value for arg in node.args if isinstance(arg, nodes.Const))))
            node = node.node
        if isinstance(node, nodes.Add | nodes.Sub) and isinstance(node.right, nodes.Const) and isinstance(node.right.value, int):
            path = self._path(node.left, scope).path
            if path == "jahr" and not filters:
                return Slot(path, as_jahr(node.right.value if isinstance(node, nodes.Add) else -node.right.value), derived=True)
            raise self._error("Gerechnet wird nur mit dem Jahr.", "{{ jahr - 1 }} oder {{ jahr + 1 }} schreiben.", node.lineno)
        variable = self._path(node, scope)
        kind = int if variable.key else str if variable.entry else kind_at(variable.path)
        found = as_jahr(0) if variable.path == "jahr" and not filters else notation(filters, kind if isinstance(kind, type) else None)
        if found is None:
            written = " | ".join(name for name, _ in filters) or "ohne Schreibweise"
            raise self._error(
                f"„{variable.path}“ kann nicht als „{written}“ geschrieben werden.",
                "Die Schreibweise muss zur Art des Feldes passen (euro, mio, datum, zielwert, ein Fall).",
                node.lineno,
            )
        return Slot(variable.path, found, entry=variable.entry, key=variable.key, first=variable.first)

    def _path(self, node: nodes.Node, scope: _Scope) -> _Variable:
        """The dotted name an expression stands for."""
        keys: list[str] = []
        start = node
        while isinstance(node, nodes.Getattr | nodes.Getitem):
            if isinstance(node, nodes.Getattr):
                keys.insert(0, node.attr)
            elif isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, int):
                keys.insert(0, str(node.arg.value))
            else:
                break
            node = node.node
        if not isinstance(node, nodes.Name):
            raise self._error(
                "Hier steht ein Ausdruck, der sich nicht umkehren lässt.",
                "Nur Felder der Vereinbarung verwenden, zum Beispiel haushalt.verwaltungskosten.",
                start.lineno,
            )
        if node.name in scope:
            variable = scope[node.name]
            found = replace(variable, path=".".join([variable.path, *keys])) if keys else variable
        else:
            found = _Variable(".".join([node.name, *keys]))
        if not found.key and kind_at(found.path) is None:
            raise self._error(f"Ein Feld „{found.path}“ gibt es nicht.", "Die Namen der Felder nennt: zv schema", start.lineno)
        return found


# ---------------------------------------------------------------- addresses


def _with_addresses(body: tuple[Node, ...]) -> tuple[Node, ...]:
    return _Addresses().assign(body)


class _Addresses:
    """Counts units below their headings: chapter "III", "III.§2", Absatz "III.§3.1", goal "III.§2.Nr4", its paragraphs "III.§2.Nr4.2"."""

    def __init__(self) -> None:
        self.chapter = self.section = self.absatz = self.goal = ""
        self.count = 0
        self.signature = 0

    def assign(self, body: tuple[Node, ...]) -> tuple[Node, ...]:
        return tuple(
            replace(node, stelle=self._address(node)) if isinstance(node, Unit) else replace(node, body=self.assign(node.body))
            for node in body
        )

    def _address(self, unit: Unit) -> str:
        match unit.art:
            case "titelseite" | "eingang":
                return str(unit.art)
            case "unterschrift":
                self.signature += 1
                return f"unterschriften.{self.signature}"
            case "ueberschrift":
                self.count = 0
                return self._heading(unit)
            case "absatz":
                self.absatz, self.goal, self.count = f".{self._opening(unit)[1:-1]}", "", 0
                return self.chapter + self.section + self.absatz
            case _:
                self.count += 1
                under = self.goal or self.absatz
                last = f"Text{self._opening(unit)}" if unit.begins_with_number else self.count
                return f"{self.chapter}{self.section}{under}.{last}".lstrip(".")

    def _heading(self, unit: Unit) -> str:
        opening = self._opening(unit)
        if unit.ebene == 1:
            self.chapter, self.section, self.absatz, self.goal = opening.rstrip("."), "", "", ""
            return self.chapter
        if unit.ebene == 2:
            self.section, self.absatz, self.goal = f".{opening}", "", ""
            return self.chapter + self.section
        self.goal = f".Nr{opening.rstrip('.')}"
        return self.chapter + self.section + self.goal

    def _opening(self, unit: Unit) -> str:
        """The number a unit begins with: "III.", "§2", "(1)", "4."; "{nummer}" where it prints that of a loop."""
        if unit.begins_with_number:
            return unit.slots[0].path.rpartition(".")[2]
        text = "".join(part if isinstance(part, str) else "…" for part in unit.parts)
        words = text.split()
        return words[0] + words[1] if words[0] == "§" and len(words) > 1 else words[0]


# ---------------------------------------------------------------- what cannot be read back


_Refuse = Callable[[Unit, str, str], WordingError]


def _refuse_irreversible(wording: Wording) -> None:
    def refuse(unit: Unit, message: str, remedy: str) -> WordingError:
        return WordingError(message, datei=wording.datei, zeile=unit.zeile, abhilfe=remedy)

    seen: dict[str, Unit] = {}
    for unit in wording.units:
        if seen.setdefault(unit.stelle, unit) is not unit:
            raise refuse(unit, f"Die Stelle „{unit.stelle}“ gibt es zweimal.", "Überschriften und Absätze eindeutig nummerieren.")
        _refuse_touching(unit, refuse)
    _refuse_neighbours(wording, refuse)
    for node in _inner(wording.body):
        _refuse_unprinted(node, wording)


def _refuse_touching(unit: Unit, refuse: _Refuse) -> None:
    parts = unit.parts
    for number, part in enumerate(parts):
        if isinstance(part, str):
            continue
        after = parts[number + 1] if number + 1 < len(parts) else ""
        before = parts[number - 1] if number else ""
        beyond = next((other for other in parts[number + 1 :] if not isinstance(other, str) or other.strip()), "")
        if isinstance(beyond, Slot) and part.notation.free and beyond.notation.free:
            raise refuse(
                unit,
                f"Zwischen „{part.path}“ und „{beyond.path}“ steht kein fester Text.",
                "Einen festen Text dazwischen setzen; sonst weiß beim Lesen niemand, wo das eine endet.",
            )
        for text, edge in ((after, 0), (before, -1)):
            if isinstance(text, str) and text and text[edge].isalnum():
                raise refuse(unit, f"„{part.path}“ stößt an einen Buchstaben.", "Ein Leerzeichen oder Satzzeichen dazwischen setzen.")
        if isinstance(part.notation, Zielsatz) and not any(isinstance(other, str) and other.strip() for other in parts):
            raise refuse(unit, f"„{part.path}“ steht ohne Satz.", "Den Zielwert in einen Satz stellen.")


def _refuse_neighbours(wording: Wording, refuse: _Refuse) -> None:
    """Two units of nothing but free text may not follow one another, whatever lies between them being left out."""
    for last, following in _followers(wording.body):
        one, other = last.free, following.free
        if (
            one
            and other
            and one.path != other.path
            and (last.art, last.spalte) == (following.art, following.spalte)
            and not getattr(other.notation, "opening", None)
        ):
            raise refuse(
                following, f"„{one.path}“ und „{other.path}“ folgen ohne festen Text aufeinander.", "Einen festen Absatz dazwischen setzen."
            )


def _followers(body: tuple[Node, ...]) -> Iterator[tuple[Unit, Unit]]:
    """Every pair of units that can stand one after the other."""
    open_ends: list[Unit] = []
    for node in body:
        if not isinstance(node, Unit):
            yield from _followers(node.body)
        yield from ((end, first) for end in open_ends for first in _firsts((node,)))
        if isinstance(node, Loop):
            yield from ((end, first) for end in _lasts(node.body) for first in _firsts(node.body))
        open_ends = [node] if isinstance(node, Unit) else open_ends + _lasts(node.body)


def _firsts(body: tuple[Node, ...]) -> list[Unit]:
    found: list[Unit] = []
    for node in body:
        if isinstance(node, Unit):
            return [*found, node]
        found += _firsts(node.body)
    return found


def _lasts(body: tuple[Node, ...]) -> list[Unit]:
    found: list[Unit] = []
    for node in reversed(body):
        if isinstance(node, Unit):
            return [*found, node]
        found += _lasts(node.body)
    return found


def _inner(body: tuple[Node, ...]) -> Iterator[Condition | Loop]:
    for node in body:
        if not isinstance(node, Unit):
            yield node
            yield from _inner(node.body)


def _refuse_unprinted(node: Condition | Loop, wording: Wording) -> None:
    """What a condition asks for or a loop runs over must be printed in it, else reading could not tell whether it was there."""
    units = list(_units(node.body))
    zeile = units[0].zeile if units else None
    printed = [slot.path for unit in units for slot in unit.slots]
    if not any(path == node.path or path.startswith(f"{node.path}.") for path in printed):
        raise WordingError(
            f"Was von „{node.path}“ abhängt, druckt „{node.path}“ nicht.",
            datei=wording.datei,
            zeile=zeile,
            abhilfe="Das Feld im bedingten Teil drucken; sonst lässt sich beim Lesen nicht sagen, ob es da war.",
        )
    if isinstance(node, Loop) and node.key and not any(slot.key for unit in units[:1] for slot in unit.slots):
        raise WordingError(
            f"Die Schleife über „{node.path}“ beginnt nicht mit der Nummer.",
            datei=wording.datei,
            zeile=zeile,
            abhilfe="Die erste Zeile der Schleife muss die Nummer drucken.",
        )
