"""Records with a journal, for the tests that change and undo them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import count
from pathlib import Path
from typing import Any

from agreements.files.yaml_text import Keys
from agreements.model.record import Vereinbarung
from agreements.store.journal import decide
from agreements.store.store import Gespeichert, R, Store

BY_HAND = """\
# von Hand geschrieben
jahr: 2024
traeger: lk-emsland
wortlaut: ni/2024
haushalt:
  gesamtbudget_mio: 21.90  # gerundet
  verwaltungskosten: 13155724
  eingliederungsleistungen: 9000000
ziele:
  integrationsquote:
    gesamt: {richtung: steigt, schranke: null, wert: 3.9, einheit: prozent, bezug: 2023}
  individuell:
    6:
      schritte: [eins, zwei]
"""
COSTS = "haushalt.verwaltungskosten"
_numbers = count()


def folder(base: Path, text: str = BY_HAND, traeger: str = "lk-emsland") -> Store:
    """A folder with one record, behind it an empty program."""
    made = base / str(next(_numbers))
    (made / "agreements/2024").mkdir(parents=True)
    (made / f"agreements/2024/{traeger}.yaml").write_bytes(text.encode())
    return Store(made, base / "program")


def stored(store: Store) -> Gespeichert[Vereinbarung]:
    return store.load(store.of_year(2024)[0])


def change(store: Store, now: Gespeichert[R], values: Mapping[Any, Any], removed: Iterable[Keys] = ()) -> Gespeichert[R]:
    """A record with some values set and some keys taken out, by a step in its journal as commands make it."""
    return decide(store, now, store.edited(now, values, removed), ", ".join(map(str, values)))


def set_(store: Store, values: dict[str, Any], kuerzel: str | None = None) -> Gespeichert[Vereinbarung]:
    """A decision that sets some values."""
    now = stored(store)
    return decide(store, now, store.edited(now, values), ", ".join(f"{key}: {value}" for key, value in values.items()), kuerzel)


def by_hand(store: Store, old: str, new: str) -> None:
    path = stored(store).path
    text = path.read_bytes().decode()
    assert old in text
    path.write_bytes(text.replace(old, new, 1).encode())


def text_of(store: Store) -> str:
    return stored(store).text
