"""A new year's rahmen.yaml from last year's: the ministries as they were, to be checked; who signs for the Land open."""

from __future__ import annotations

from typing import Any

from agreements.foreseeing import IF_NEEDED, SIGNED_ANEW, foreseen, put, unforeseen
from agreements.model import OFFEN, Rahmen, angaben, label, value_at
from agreements.wording import Wording
from agreements.yamlfile import dump


def draft_rahmen(wording: Wording, before: Rahmen | None, source: str) -> str:
    """The text of the new year's rahmen.yaml: ministries as they were, to be checked; who signs open."""
    data: dict[str, Any] = {"jahr": wording.jahr}
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


def _text_or_open(value: Any) -> str:
    """A text, or that it is open."""
    return value if isinstance(value, str) else "offen"
