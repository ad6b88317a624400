"""Records under examination, as the tests of the rules make them: one in which everything fits, changed at single places."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from emsland import emsland
from officialese import clean

from agreements.library.library import Library, open_library
from agreements.model.record import Vereinbarung, plain
from agreements.rules.case import Case, Hit, Verstoss
from agreements.rules.checking import examine
from agreements.rules.table import rules
from agreements.store.store import Gespeichert, dump_record, load_text

ROOT = Path(__file__).parents[2]
LIBRARY = open_library(ROOT)
GONE = "(entfällt)"
"""In place of a value: the key is taken out."""


@cache
def fitting() -> Vereinbarung:
    """An agreement of the Landkreis Emsland for 2024 of which no rule has anything to say, the slips of its wording apart."""
    seed = next(seed for seed in range(16) if clean(seed, emsland()).traeger == "lk-emsland")
    return clean(seed, emsland())


def changed(record: Vereinbarung, changes: Mapping[str, Any]) -> Vereinbarung:
    """The record with other values, by dotted name; a number leads into a list or to a numbered entry."""
    data = copy.deepcopy(plain(record))
    for path, value in changes.items():
        *above, last = (int(key) if key.isdigit() else key for key in path.split("."))
        part: Any = data
        key: str | int
        for key in above:
            part = part[key] if isinstance(part, list) and isinstance(key, int) else part.setdefault(key, {})
        if value == GONE:
            part.pop(last, None)
        else:
            part[last] = value
    return Vereinbarung.model_validate(data)


def stored(record: Vereinbarung, folder: Path = ROOT) -> Gespeichert[Vereinbarung]:
    """The record as if it were read from its file in a folder."""
    path = folder / f"agreements/{record.jahr}/{record.traeger}.yaml"
    return load_text(dump_record(record), Vereinbarung, path)


def hits(rule: str, record: Vereinbarung, library: Library = LIBRARY, others: Sequence[Vereinbarung] = ()) -> list[Hit]:
    """What one rule finds."""
    (asked,) = (each for each in rules() if each.name == rule)
    return list(asked.find(Case(library, _file(library.store.ordner), record, tuple(others))))


@cache
def _file(folder: Path) -> Gespeichert[Vereinbarung]:
    """Any file of a folder: what a rule finds does not hang on it, only where."""
    return stored(fitting(), folder)


def checked(record: Vereinbarung, **more: Any) -> tuple[Verstoss, ...]:
    """What all rules find, the spelling apart unless it is asked for."""
    return examine(LIBRARY, stored(record), **{"spelling": False, **more}).verstoesse
