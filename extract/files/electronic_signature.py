"""What electronic signatures say of a document: who signed it and when, and whether it has been left alone since."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from agreements.language.calendar import write_date
from agreements.model.record import Unterschrift, Vereinbarung
from agreements.reading.findings import Befund, Found, Schwere

Zustand = Literal["unversehrt", "ausgefuellt", "geaendert", "verletzt", "unlesbar"]


@dataclass(frozen=True, slots=True)
class Signatur:
    """One electronic signature; `wann` is what the signer's own clock said."""

    feld: str
    wer: str
    wann: datetime | None
    zustand: Zustand

    @property
    def holds(self) -> bool:
        """Whether it still stands for the document as it is."""
        return self.zustand == "unversehrt"


def signatures(data: bytes) -> tuple[Signatur, ...]:
    """The electronic signatures in a PDF file's bytes; none for other files."""
    if b"/ByteRange" not in data:  # each signature names the bytes it signs, outside of any packed stream (ISO 32000-1, 12.8.1)
        return ()
    from extract.files.pades import read_signatures  # noqa: PLC0415 (a third of a second, which only signed files should cost)

    return read_signatures(data)


def befunde(signed: Sequence[Signatur]) -> tuple[Befund, ...]:
    """What a person must know of each signature."""
    return tuple(Befund("unterschrift", _WEIGHT[each.zustand], f"{_who(each)}{_SAID[each.zustand]}") for each in signed)


def with_signatures(record: Vereinbarung, signed: Sequence[Signatur]) -> Vereinbarung:
    """The record with the signatures in its file, and `elektronisch` where one bears the name of who signs."""
    if not signed:
        return record
    names = [each.wer for each in signed if each.holds]
    sides = {side: {number: _marked(each, names) for number, each in getattr(record.unterschriften, side).items()} for side in _SIDES}
    akte = record.akte.model_copy(update={"signatur": tuple(map(_entry, signed))})
    return record.model_copy(update={"akte": akte, "unterschriften": record.unterschriften.model_copy(update=sides)})


def with_states(found: Sequence[Found], record: Vereinbarung) -> tuple[Found, ...]:
    """The Angaben with the state of each signature that is electronic."""
    states = {f"unterschriften.{side}.{number}.zustand": each.zustand for side in _SIDES
              for number, each in getattr(record.unterschriften, side).items() if each.zustand == "elektronisch"}  # fmt: skip
    return (*(each for each in found if each.feld not in states), *(Found(feld, zustand, ()) for feld, zustand in states.items()))


def _entry(signature: Signatur) -> dict[str, str]:
    said = {"feld": signature.feld, "wer": signature.wer, "wann": signature.wann.isoformat() if signature.wann else ""}
    return {key: text for key, text in said.items() if text} | {"zustand": signature.zustand}


def _marked(signature: Unterschrift, names: Sequence[str]) -> Unterschrift:
    name = signature.name if isinstance(signature.name, str) else ""
    if not name or not any(_same_person(name, other) for other in names):
        return signature
    return signature.model_copy(update={"zustand": "elektronisch"})


def _same_person(name: str, other: str) -> bool:
    """Whether two names have all words in common, titles apart, in any order."""
    one, two = ({word for word in re.findall(r"[^\W\d_]{2,}", each.casefold()) if word not in _TITLES} for each in (name, other))
    return len(one) > 1 and (one <= two or (len(two) > 1 and two <= one))


_TITLES = frozenset(("dr", "prof", "med", "jur", "phil", "rer", "nat", "pol", "dipl", "ing", "hc"))
_SIDES = ("land", "traeger")
_WEIGHT: dict[Zustand, Schwere] = {
    "unversehrt": "hinweis",
    "ausgefuellt": "warnung",
    "geaendert": "fehler",
    "verletzt": "fehler",
    "unlesbar": "fehler",
}
_SAID: dict[Zustand, str] = {
    "unversehrt": "; die Datei ist seither unverändert. Ob das Zertifikat gilt, prüft zv nicht (dazu braucht es das Netz).",
    "ausgefuellt": "; danach wurden Formularfelder ausgefüllt. Bitte in einem Prüfprogramm ansehen.",
    "geaendert": "; die Datei wurde danach geändert. Was unterschrieben wurde, kann anders gelautet haben.",
    "verletzt": "; die Signatur ist verletzt: Die Datei ist nicht mehr, was unterschrieben wurde.",
    "unlesbar": "; die Signatur lässt sich nicht lesen und nicht prüfen.",
}


def _who(signature: Signatur) -> str:
    who = f" von {' '.join(signature.wer.split())}" if signature.wer.strip() else ""
    when = signature.wann
    day = f" am {write_date(when)} um {when:%H:%M} Uhr" if when else ""
    return f"Elektronisch signiert{who}{day}"
