"""A year's rahmen.yaml: from last year's, ministries to be checked and who signs open; or from what the year's records have in common."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from agreements.files.yaml_write import dump
from agreements.model.fields import angaben, label, value_at
from agreements.model.record import Rahmen, Vereinbarung
from agreements.model.values import OFFEN
from agreements.wording.foreseen import IF_NEEDED, SIGNED_ANEW, foreseen, put, unforeseen
from agreements.wording.units import Wording


def draft_rahmen(wording: Wording, before: Rahmen | None, source: str) -> str:
    """The text of the new year's rahmen.yaml: ministries as they were, to be checked; who signs open."""
    data: dict[str, Any] = {"jahr": wording.jahr, "land": wording.land} | ({"papiercode": True} if before and before.papiercode else {})
    comments: dict[str, str] = {}
    header = [f"Was in allen Vereinbarungen für {wording.jahr} gleich ist. Entwurf nach {source}; wer unterschreibt, ist offen (null)."]
    printed = foreseen(wording)
    jahr = before.jahr if before else None
    for path, value in angaben(before).items() if before else ():
        name = path.rpartition(".")[2]
        if not path.startswith(("ministerien.", "unterschriften.land.")) or name in ("datum", "zustand"):
            continue
        if path not in printed:
            header.append(f"Nicht übernommen: {label(path)} ({_text_or_open(value)}): {unforeseen(wording)}")
            continue
        put(data, path, OFFEN if name in SIGNED_ANEW and path.startswith("unterschriften.") else value)
        if path.startswith("unterschriften.") and name in SIGNED_ANEW:
            comments[path] = f"{jahr}: {_text_or_open(value)}"
        elif path.startswith("ministerien.") and name == "name":
            comments[path] = f"aus {jahr} übernommen: prüfen, ob das Ministerium noch so heißt"
    known = Rahmen.model_validate(data)
    for path in printed:
        needed = path.startswith(("ministerien.", "unterschriften.land.")) and not path.endswith((".datum", *IF_NEEDED))
        if needed and value_at(known, path) is None:
            put(data, path, OFFEN)
    Rahmen.model_validate(data)
    return dump(data, header="\n".join(header), comments=comments)


def shared_rahmen(land: str, records: Sequence[Vereinbarung], source: str) -> str | None:
    """The text of a year's rahmen.yaml: what several effective records say alike of the Land's side; None where that is nothing."""
    first, *others = records
    data: dict[str, Any] = {"jahr": first.jahr, "land": land}
    for path, value in angaben(first).items():
        common = path.startswith(("ministerien.", "unterschriften.land.")) and not path.endswith((".datum", ".zustand"))
        if common and value is not OFFEN and all(value_at(other, path) == value for other in others):
            put(data, path, value)
    named = [number for number, ministry in data.get("ministerien", {}).items() if "name" not in ministry]
    for number in named:
        del data["ministerien"][number]
    if len(data) == 2:
        return None
    Rahmen.model_validate(data)
    return dump(data, header=f"Was in allen Vereinbarungen für {first.jahr} gleich ist. Entnommen: {source}.")


def _text_or_open(value: Any) -> str:
    """A text, or that it is open."""
    return value if isinstance(value, str) else "offen"
