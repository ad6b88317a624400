"""The slips of a wording as it was signed: kept where they stand, not to be carried into the next year's."""

from __future__ import annotations

from pydantic import Field

from agreements.errors import WordingError
from agreements.files.opening import content
from agreements.files.validation import validated
from agreements.files.yaml_text import decode, parse
from agreements.model.values import Angabenmodell, Text
from agreements.wording.units import Unit, Wording


class Mangel(Angabenmodell):
    """Words of a wording that are wrong, where they stand, why they are, by what source, and how they should read."""

    worte: Text = Field(title="Worte")
    stelle: Text = Field(title="Stelle im Wortlaut")
    grund: Text = Field(title="Grund")
    quelle: Text = Field(title="Quelle")
    berichtigt: Text | None = Field(default=None, title="Berichtigt")
    """What stands in their place in the wording of a new year; absent where that must be decided first."""


class Maengelliste(Angabenmodell):
    """The file beside a wording."""

    maengel: tuple[Mangel, ...] = Field(title="Mängel")


def load_slips(wording: Wording) -> tuple[Mangel, ...]:
    """The slips listed beside a wording, none where there is no list.

    RecordError: not of this form. WordingError: words that do not stand where the list says. UnreadableError: not to be opened.
    """
    datei = wording.datei.with_suffix(".maengel.yaml")
    if not datei.exists():
        return ()
    found = validated(Maengelliste, parse(decode(content(datei), datei), datei), datei).maengel
    units = {unit.stelle: unit for unit in wording.units}
    for mangel in found:
        if mangel.stelle not in units or not says(units[mangel.stelle], mangel.worte):
            raise WordingError(
                f"„{mangel.worte}“ steht nicht an „{mangel.stelle}“ des Wortlauts {wording.schluessel}.",
                datei=datei,
                abhilfe="Worte und Stelle aus dem Wortlaut übernehmen.",
            )
    return found


def says(unit: Unit, worte: str) -> bool:
    """Whether the words stand in the fixed text of a unit."""
    return any(worte in " ".join(part.split()) for part in unit.parts if isinstance(part, str))
