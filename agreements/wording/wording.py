"""The wording of a year: one text that is filled to render and aligned to read.

A wording is a Jinja text in a closed subset, parsed by Jinja itself. Whatever could not be read back is refused here,
with file and line, so that both directions can rely on it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from jinja2 import TemplateSyntaxError, nodes

from agreements.errors import WordingError
from agreements.files.opening import content
from agreements.files.yaml_text import decode
from agreements.language.notation import TEXT, notation
from agreements.language.numbering import ABSATZ
from agreements.language.numbers import as_jahr
from agreements.model.document import Art
from agreements.model.fields import kind_at, number_in
from agreements.wording.addresses import with_addresses
from agreements.wording.jinja_tree import environment, no_text, tree
from agreements.wording.refusals import refuse_irreversible
from agreements.wording.units import Condition, Loop, Node, Part, Slot, Unit, Wording


def load_wording(datei: Path, schluessel: str) -> Wording:
    """The wording in a file; WordingError with file and line where it is not reversible, UnreadableError where it is not to be opened."""
    return parse_wording(decode(content(datei), datei, WordingError), datei, schluessel)


def parse_wording(source: str, datei: Path, schluessel: str) -> Wording:
    """The wording that a text is, to stand in `datei`; WordingError with file and line where it is not reversible."""
    body = _Parser(datei).parse(tree(source, datei))
    wording = Wording(schluessel, datei, with_addresses(body))
    refuse_irreversible(wording)
    return wording


def parse_line(source: str, datei: Path, zeile: int) -> tuple[Part, ...]:
    """Text and fields of one block, whose kind and level are known beside it; WordingError, with the line given, where they are none.

    A field may be a whole list ("{{ ziele.individuell[4].schritte }}") or an entry of it, counted from 1 ("….schritte[1]"); what is
    to stand there as it is and looks like a field is written as one: "{{ '{{' }}".
    """
    parser = _Parser(datei, within_line=True)
    try:
        if any(kind in _MARKUP for _, kind, _ in environment().lex(source)):
            raise parser.refused("{% und {# sind hier nicht möglich.", "Was so dastehen soll, als {{ '{%' }} schreiben.")
        return parser.parse_line(tree(source, datei))
    except TemplateSyntaxError as error:
        raise no_text(error, datei, zeile) from error
    except WordingError as error:
        error.zeile = zeile
        raise


_MARKUP = ("block_begin", "comment_begin", "raw_begin", "linestatement_begin")


# ---------------------------------------------------------------- from Jinja's tree to units

_MARKS: tuple[tuple[re.Pattern[str], Art, int], ...] = (
    (re.compile(r"### "), "ueberschrift", 3),
    (re.compile(r"## "), "ueberschrift", 2),
    (re.compile(r"# "), "ueberschrift", 1),
    (re.compile(r"- "), "punkt", 0),
    (re.compile(rf"(?={ABSATZ.pattern})"), "absatz", 0),
)
MAX_DEPTH = 20
"""Statements within each other; a wording has three."""
MOST_YEARS = 50
"""How far from its own year a wording may reckon: what is printed is a year of two centuries, see `numbers.JAHR`."""
_CONTAINERS = ("titelseite", "eingang", "unterschriften")


@dataclass(frozen=True, slots=True)
class _Variable:
    path: str
    entry: bool = False
    key: bool = False
    first: int = 1
    nth: int = 0


_Scope = Mapping[str, _Variable]


class _Parser:
    """Walks Jinja's tree once; what is being gathered stands in its attributes."""

    def __init__(self, datei: Path, within_line: bool = False) -> None:
        self.datei = datei
        self.within_line = within_line
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
        self.depth = 0
        self.listen: list[str] = []

    def parse(self, tree: nodes.Template) -> tuple[Node, ...]:
        body = self._body(tree.body, {})
        if self.container:
            raise self.refused(f"„::: {self.container}“ ist nicht geschlossen.", "Eine Zeile „:::“ ans Ende setzen.", self.container_zeile)
        return body

    def parse_line(self, tree: nodes.Template) -> tuple[Part, ...]:
        parts: list[Part] = []
        for node in tree.body:
            for child in node.nodes if isinstance(node, nodes.Output) else ():
                if isinstance(child, nodes.TemplateData):
                    parts.append(child.data)
                else:
                    literal = isinstance(child, nodes.Const) and isinstance(child.value, str)
                    parts.append(child.value if literal and isinstance(child, nodes.Const) else self._slot(child, {}))
        return tuple(_joined(parts))

    def refused(self, message: str, remedy: str, zeile: int | None = None) -> WordingError:
        return WordingError(message, datei=self.datei, zeile=zeile or self.zeile, abhilfe=remedy)

    def _body(self, body: list[nodes.Node], scope: _Scope) -> tuple[Node, ...]:
        outer, self.out = self.out, []
        self.depth += 1
        for node in body:
            if self.depth > MAX_DEPTH:
                raise self.refused(
                    "Die Anweisungen sind zu tief verschachtelt.", "Jede mit {% endif %} oder {% endfor %} schließen.", node.lineno
                )
            if isinstance(node, nodes.Output):
                self._output(node, scope)
            elif isinstance(node, nodes.If | nodes.For):
                self._between_blocks(node)
                self.out.append(self._condition(node, scope) if isinstance(node, nodes.If) else self._loop(node, scope))
            else:
                raise self.refused(
                    f"Die Anweisung {type(node).__name__} ist nicht umkehrbar.",
                    "Nur {% for %} über eine Liste und {% if %} auf ein Feld verwenden.",
                    node.lineno,
                )
        self._end_line()
        self._end_block()
        inner, self.out = tuple(self.out), outer
        self.depth -= 1
        return inner

    def _between_blocks(self, node: nodes.Node) -> None:
        self.zeile = node.lineno
        if any(not isinstance(part, str) or part.strip() for part in self.line):
            raise self.refused(
                "Die Anweisung steht mitten in einer Zeile.", "{% if %} und {% for %} stehen in eigenen Zeilen um ganze Absätze."
            )
        self.line = []
        if self.block:
            raise self.refused("Die Anweisung steht mitten in einem Absatz.", "Vor die Anweisung eine Leerzeile setzen.")
        if self.container in ("titelseite", "eingang"):
            raise self.refused(f"In „::: {self.container}“ sind keine Anweisungen möglich.", "Die Anweisung um den ganzen Teil setzen.")

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
        line, self.line = _from_its_first_word(self.line), []
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
            self.out.append(Unit("unterschrift", (tuple(line),), "", self.zeile, column=self.spalte, gruppe=self.gruppe))
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
            raise self.refused(
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
        if not parts:
            raise self.refused("Hinter dem Zeichen am Anfang der Zeile steht nichts.", "Den Text dahinter schreiben.", self.block_zeile)
        self.out.append(Unit(art, (parts,), "", self.block_zeile, level=ebene, liste=self.listen[-1] if self.listen else None))

    def _condition(self, node: nodes.If, scope: _Scope) -> Condition:
        if node.else_ or node.elif_:
            raise self.refused(
                "{% else %} und {% elif %} sind nicht umkehrbar.",
                "Für jeden Fall ein eigenes {% if %} auf ein eigenes Feld setzen.",
                node.lineno,
            )
        variable = self._path(node.test, scope)
        return Condition(variable.path, self._body(node.body, scope))

    def _loop(self, node: nodes.For, scope: _Scope) -> Loop:
        if node.else_ or node.recursive:
            raise self.refused(
                "Diese Form von {% for %} ist nicht umkehrbar.", "{% for absatz in liste %} … {% endfor %} schreiben.", node.lineno
            )
        if isinstance(node.target, nodes.Tuple):
            return self._numbered_loop(node, scope)
        path = self._path(node.iter, scope).path
        if kind_at(path) is not list or node.test is not None or not isinstance(node.target, nodes.Name):
            raise self.refused(f"„{path}“ ist keine Liste.", "{% for %} läuft über eine Liste von Absätzen.", node.lineno)
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
            raise self.refused(
                "Diese Form von {% for %} ist nicht umkehrbar.",
                "{% for nummer, ziel in ziele.individuell.items() if nummer >= 6 %} schreiben.",
                node.lineno,
            )
        path = self._path(call.node.node, scope).path
        if kind_at(path) is not dict:
            raise self.refused(
                f"„{path}“ hat keine nummerierten Einträge.", "Über eine Liste läuft {% for absatz in liste %}.", node.lineno
            )
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
        raise self.refused("Diese Bedingung ist nicht umkehrbar.", f"Möglich ist „if {key} >= 6“.", node.lineno)

    def _slot(self, node: nodes.Node, scope: _Scope) -> Slot:
        filters: list[tuple[str, tuple[object, ...]]] = []
        while isinstance(node, nodes.Filter) and node.node is not None:
            if not all(isinstance(arg, nodes.Const) for arg in node.args) or node.kwargs:
                raise self.refused(
                    f"„{node.name}“ hat keine festen Angaben in Klammern.", 'Zum Beispiel zielwert("jahr") schreiben.', node.lineno
                )
            filters.insert(0, (node.name, tuple(arg.value for arg in node.args if isinstance(arg, nodes.Const))))
            node = node.node
        if isinstance(node, nodes.Add | nodes.Sub) and isinstance(node.right, nodes.Const) and isinstance(node.right.value, int):
            path = self._path(node.left, scope).path
            if path == "jahr" and not filters and 0 <= node.right.value <= MOST_YEARS:
                return Slot(path, as_jahr(node.right.value if isinstance(node, nodes.Add) else -node.right.value), derived=True)
            raise self.refused("Gerechnet wird nur mit dem Jahr.", "{{ jahr - 1 }} oder {{ jahr + 1 }} schreiben.", node.lineno)
        variable = self._path(node, scope)
        if self.within_line and not filters and variable.path != "jahr" and kind_at(variable.path) is list:
            return Slot(variable.path, TEXT, entry=True, nth=variable.nth)
        kind = int if variable.key else str if variable.entry else kind_at(variable.path)
        year = variable.path == "jahr" and not filters
        found = as_jahr(0) if year else notation(variable.path, filters, kind if isinstance(kind, type) else None)
        if found is None:
            written = " | ".join(name for name, _ in filters) or "ohne Schreibweise"
            raise self.refused(
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
            raise self.refused(
                "Hier steht ein Ausdruck, der sich nicht umkehren lässt.",
                "Nur Felder der Vereinbarung verwenden, zum Beispiel haushalt.verwaltungskosten.",
                start.lineno,
            )
        if node.name in scope:
            variable = scope[node.name]
            found = replace(variable, path=".".join([variable.path, *keys])) if keys else variable
        elif self.within_line and keys and (nth := number_in(keys[-1])) and kind_at(above := ".".join([node.name, *keys[:-1]])) is list:
            found = _Variable(above, entry=True, nth=nth)
        else:
            found = _Variable(".".join([node.name, *keys]))
        if not found.key and kind_at(found.path) is None:
            raise self.refused(f"Ein Feld „{found.path}“ gibt es nicht.", "Die Namen der Felder nennt: zv schema", start.lineno)
        return found


def _from_its_first_word(line: list[Part]) -> list[Part]:
    """A line without blanks before it, which a wording may have and its text has not."""
    head = line[0].lstrip() if line and isinstance(line[0], str) else ""
    return line if not line or isinstance(line[0], Slot) else [*([head] if head else []), *line[1:]]


def _joined(parts: list[Part]) -> Iterator[Part]:
    """The parts, texts that stand side by side as one."""
    for literal, several in groupby(parts, key=lambda part: isinstance(part, str)):
        if literal:
            yield "".join(part for part in several if isinstance(part, str))
        else:
            yield from several
