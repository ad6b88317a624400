"""The text that a record without a year's wording carries: its blocks, with a field wherever an Angabe stands, as a wording.

Kind and level of a block stand beside it and need no marks. A block that is nothing but the field of a list stands for one block an entry.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from pathlib import Path

from agreements.errors import WordingError
from agreements.model.fields import angaben, value_at
from agreements.model.record import Textblock, Vereinbarung
from agreements.wording.refusals import refuse_irreversible
from agreements.wording.units import Loop, Node, Part, Slot, Unit, Wording
from agreements.wording.wording import parse_line

FRONT = ("titelseite", "eingang")
_BESIDE = Path("text")
"""What messages name as the file: the key under which the text stands in the record; lines are its blocks, from 1."""


def own_wording(record: Vereinbarung) -> Wording:
    """The wording that a record carries; WordingError, with the number of the block, where it could not be read back.

    Text in which nothing is a field, as records had it before, stands as it is.
    """
    wording = wording_of_blocks(record)
    _refuse_lost_entries(wording)
    return wording


def wording_of_blocks(record: Vereinbarung) -> Wording:
    """The same of a record that may have only some of its blocks."""
    lines = _lines(record.text) if has_fields(record) else [(block.text,) for block in record.text]
    units = [(_unit(block, parts, number), block) for number, (block, parts) in enumerate(zip(record.text, lines, strict=True), 1)]
    body = tuple(_body(units, _signers(record)))
    wording = Wording(f"text/{record.jahr}", _BESIDE, body, record)
    refuse_irreversible(wording)
    return wording


def escaped(text: str, before_field: bool = False) -> str:
    """Words of a document as they stand in a block, whatever they look like: nothing of them becomes a field, nor with one behind them."""
    return re.sub(r"\{(?:[{%#]|$)" if before_field else r"\{[{%#]", lambda found: f"{{{{ '{found.group()}' }}}}", text)


def expression(path: str) -> str:
    """A dotted name as a wording has it: "ministerien[1].name"."""
    return re.sub(r"\.(\d+)", r"[\1]", path)


def field(path: str, *filters: str) -> str:
    """A field as a wording has it: "{{ haushalt.verwaltungskosten | euro }}"."""
    return f"{{{{ {' | '.join((expression(path), *filters))} }}}}"


def called(name: str, *said: str | int) -> str:
    """A filter with what it is told in brackets: 'zahl("steigt", 2017)'."""
    return f"{name}({', '.join(str(each) if isinstance(each, int) else _quoted(each) for each in said)})"


def _quoted(text: str) -> str:
    plain = text.replace("\\", "\\\\")
    return f'"{plain}"' if '"' not in plain else "'" + plain.replace("'", "\\'") + "'"


def has_fields(record: Vereinbarung) -> bool:
    """Whether something in the text of a record is a field; records made before there were any have none, whatever looks like one."""
    return not _is_older(record) and any(_has_field(block.text) for block in record.text)


def _is_older(record: Vereinbarung) -> bool:
    """Whether a zv read a record that knew no fields, which is as old as one that knew no open points.

    Where that is not told, a record of today shows it by its year and Träger, which are fields where its text begins.
    """
    if (older := record.akte.before_points) is not None:
        return older
    return not any(_has_field(block.text) for block in record.text if block.art in FRONT)


def shown(record: Vereinbarung) -> tuple[str, ...]:
    """The text of a record for people, block by block, "…" in the place of each field; one that cannot be read as it stands there."""
    return tuple(map(_shown, record.text)) if has_fields(record) else tuple(block.text for block in record.text)


def _shown(block: Textblock) -> str:
    try:
        return "".join(part if isinstance(part, str) else "…" for part in _parts(block.text))
    except WordingError:
        return block.text  # said where the text is printed


def _lines(blocks: Sequence[Textblock]) -> list[tuple[Part, ...]]:
    """Text and fields of each block."""
    return [_parts(block.text, number) for number, block in enumerate(blocks, 1)]


@lru_cache(maxsize=2048)
def _parsed(text: str) -> tuple[Part, ...]:
    return parse_line(text, _BESIDE, 0)


def _parts(text: str, number: int = 0) -> tuple[Part, ...]:
    """Text and fields of one block, parsed once however often it is asked for; its number is told where it is refused."""
    if "{" not in text:
        return (text,)
    try:
        return _parsed(text)
    except WordingError as error:
        error.zeile = number
        raise
    except (RecursionError, ValueError) as error:  # brackets, or digits, by the thousand
        raise WordingError("Das ist kein Feld.", datei=_BESIDE, zeile=number, abhilfe="Die Klammern an dieser Stelle prüfen.") from error


def _has_field(text: str) -> bool:
    """Whether something in a text is a field, or escaped so as to be none."""
    if "{{" not in text:
        return False
    try:
        return _parts(text) != (text,)
    except WordingError:
        return False


def _unit(block: Textblock, parts: tuple[Part, ...], number: int) -> Unit:
    level = block.ebene if block.art == "ueberschrift" else 0
    column = max(1, block.ebene) if block.art == "unterschrift" else 0
    return Unit(block.art, (parts,), f"text.{number}", number, level, column)


def _body(units: Sequence[tuple[Unit, Textblock]], signers: Sequence[str]) -> Iterator[Node]:
    """The units: lines of the title page and of the opening as one each, a list as a loop, who signs below the place for the pen."""
    signed: set[int] = set()
    for art, several in groupby((unit for unit, _ in units), key=lambda unit: unit.art):
        run = list(several)
        if art in FRONT:
            yield Unit(art, tuple(unit.lines[0] for unit in run), run[0].stelle, run[0].zeile)
            continue
        for unit in run:
            if art == "unterschrift" and _names(unit, signers):
                signed.add(unit.column)
            yield _node(Unit(art, unit.lines, unit.stelle, unit.zeile, unit.level, unit.column, int(unit.column in signed)))


def _signers(record: Vereinbarung) -> tuple[str, ...]:
    return tuple(
        value for path, value in angaben(record).items() if re.fullmatch(r"unterschriften\..*\.name", path) and isinstance(value, str)
    )


def _names(unit: Unit, signers: Sequence[str]) -> bool:
    """Whether a line of a signature says who signs."""
    return any(slot.path.endswith(".name") for slot in unit.slots) or any(name in unit.literal_text for name in signers)


def _node(unit: Unit) -> Node:
    match unit.parts:
        case (Slot(entry=True, nth=0) as slot,):
            inner = Unit(unit.art, unit.lines, unit.stelle, unit.zeile, unit.level, unit.column, unit.gruppe, slot.path)
            return Loop(slot.path, (inner,))
    return unit


def _refuse_lost_entries(wording: Wording) -> None:
    """A list in words of its own has a place for each entry, one that stands for itself stands for all of it."""
    assert wording.record is not None
    for unit in wording.units:
        for slot in (slot for slot in unit.slots if slot.entry):
            value = value_at(wording.record, slot.path)
            told = {other.nth for each in wording.units for other in each.slots if other.path == slot.path}
            if unit.liste is None and not slot.nth:
                raise _lost(slot, unit, "steht neben anderem Text; dort kann nur ein einzelner Eintrag stehen.")
            if slot.nth and isinstance(value, tuple) and told != set(range(1, len(value) + 1)):
                raise _lost(slot, unit, f"hat {len(value)} Einträge; der Text sieht andere vor: {', '.join(map(str, sorted(told)))}.")


def _lost(slot: Slot, unit: Unit, why: str) -> WordingError:
    return WordingError(
        f"„{slot.path}“ {why}",
        datei=_BESIDE,
        zeile=unit.zeile,
        abhilfe="Je Eintrag einen Baustein mit seiner Nummer schreiben ({{ …[1] }}), oder für alle einen, der nur das Feld der Liste ist.",
    )
