"""What makes a wording irreversible, refused when it is loaded, with its line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal

from agreements.errors import WordingError
from agreements.language.targets import Zielsatz
from agreements.wording.units import Condition, Loop, Node, Slot, Unit, Wording, units_in

_Refuse = Callable[[Unit, str, str], WordingError]


def refuse_irreversible(wording: Wording) -> None:
    """Raises WordingError for what could not be read back, with line and remedy."""

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
            and (last.art, last.column) == (following.art, following.column)
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
        yield from ((end, first) for end in open_ends for first in _outermost((node,)))
        if isinstance(node, Loop):
            yield from ((end, first) for end in _outermost(node.body, -1) for first in _outermost(node.body))
        open_ends = [node] if isinstance(node, Unit) else open_ends + _outermost(node.body, -1)


def _outermost(body: tuple[Node, ...], step: Literal[1, -1] = 1) -> list[Unit]:
    """The units with which a body can begin, or, with a step backwards, end."""
    found: list[Unit] = []
    for node in body[::step]:
        if isinstance(node, Unit):
            return [*found, node]
        found += _outermost(node.body, step)
    return found


def _inner(body: tuple[Node, ...]) -> Iterator[Condition | Loop]:
    for node in body:
        if not isinstance(node, Unit):
            yield node
            yield from _inner(node.body)


def _refuse_unprinted(node: Condition | Loop, wording: Wording) -> None:
    """What a condition asks for or a loop runs over must be printed in it, else reading could not tell whether it was there."""
    units = list(units_in(node.body))
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
