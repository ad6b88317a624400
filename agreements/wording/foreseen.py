"""What a wording provides for, whatever a record says: its Angaben by name, and how a draft sets them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from agreements.model.fields import keys
from agreements.model.record import plain
from agreements.wording.units import Loop, Node, Unit, Wording

SIGNED_ANEW = ("name", "zusatz", "funktion")
"""Who signs is open each year; the place and the office stay."""
IF_NEEDED = (".zusatz", ".funktion")
"""Not every signature has them."""


def foreseen(wording: Wording) -> tuple[str, ...]:
    """Every Angabe that a wording prints, in its order; a loop over numbers counts with its first one."""
    return tuple(dict.fromkeys(_foreseen(wording.body, {})))


def _foreseen(body: tuple[Node, ...], numbers: Mapping[str, int]) -> Iterator[str]:
    for node in body:
        if isinstance(node, Unit):
            yield from (slot.path.format(**numbers) for slot in node.slots if not slot.key and not slot.derived)
        else:
            within = {**numbers, node.key: node.first} if isinstance(node, Loop) and node.key else numbers
            yield from _foreseen(node.body, within)


def unforeseen(wording: Wording) -> str:
    """Why an Angabe does not come into a draft."""
    return f"Der Wortlaut {wording.schluessel} sieht die Angabe nicht vor."


def put(data: dict[Any, Any], path: str, value: Any) -> None:
    """Sets the value of a dotted name in plain data."""
    *above, last = keys(path)
    for key in above:
        data = data.setdefault(key, {})
    data[last] = plain(value)


def take(data: dict[Any, Any], path: str) -> None:
    """Removes a dotted name, and the mappings that are empty then."""
    first, *rest = keys(path)
    if rest:
        take(data[first], path.partition(".")[2])
    if not rest or data[first] == {}:
        del data[first]
