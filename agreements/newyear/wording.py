"""A new year's wording from an older one: the same text, its known slips mended, its source cited; years in it stay as they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from agreements.errors import WordingError
from agreements.files.yaml_write import dump
from agreements.model.record import plain
from agreements.wording.slips import Mangel, load_slips, says
from agreements.wording.units import Unit, Wording
from agreements.wording.wording import parse_wording
from agreements.wording.yearly import list_of

Units = tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class Copy:
    """The text of a new wording, the slips that were mended in it, and those that a person must decide."""

    schluessel: str
    source: str
    """The name of the wording it was made from: "ni/2024"."""
    text: str
    mended: tuple[Mangel, ...]
    left: tuple[Mangel, ...]
    yearly: str
    """The text of the list of what hangs on the year, which stands beside the new wording; empty where nothing does."""

    def list_of_slips(self) -> str:
        """The text of the list that stands beside the new wording; empty where nothing is left to decide."""
        header = f"Aus {self.source} übernommen und noch zu entscheiden; was erledigt ist, hier entfernen."
        return dump({"maengel": [plain(mangel) for mangel in self.left]}, header=header) if self.left else ""


def renew(wording: Wording, jahr: int, datei: Path) -> Copy:
    """The wording of a new year, to stand in `datei`, from an older one.

    A slip without a mend stays, and so does one whose mend would touch any other place. WordingError: the older wording's
    list of slips does not fit it.
    """
    schluessel = name_in(wording, jahr)
    text = _without_head(wording.datei.read_text(encoding="utf-8"))
    units = parse_wording(text, datei, schluessel).units
    mended: list[Mangel] = []
    left: list[Mangel] = []
    for mangel in load_slips(wording):
        better = next(_mends(text, units, mangel, datei, schluessel), None)
        if better is not None:
            text, units = better
        (left if better is None else mended).append(mangel)
    whole = _head(wording, jahr, mended, left) + text
    yearly = "" if wording.amends else list_of(parse_wording(whole, datei, schluessel))
    return Copy(schluessel, wording.schluessel, whole, tuple(mended), tuple(left), yearly)


def name_in(wording: Wording, jahr: int) -> str:
    """What a wording, or a text of amendments, is called in another year: "ni/2025", "ni/aenderung-2025"."""
    return f"{wording.schluessel[:-4]}{jahr}"


_HEAD = re.compile(r"\s*\{#.*?#\}\n?", re.DOTALL)


def _without_head(source: str) -> str:
    """The wording without the comment that cites its own source."""
    found = _HEAD.match(source)
    return source[found.end() :] if found else source


def _mends(text: str, units: Units, mangel: Mangel, datei: Path, schluessel: str) -> Iterator[tuple[str, Units]]:
    """The text, with its units, with one slip mended where it stands and nothing else changed."""
    if mangel.berichtigt is None:
        return
    words = re.compile(r"(?<!\w)" + r"\s+".join(map(re.escape, mangel.worte.split())) + r"(?!\w)")
    for place in words.finditer(text):
        changed = text[: place.start()] + mangel.berichtigt + text[place.end() :]
        try:
            after = parse_wording(changed, datei, schluessel).units
        except WordingError:  # the words stand in a comment or an instruction there
            continue
        if _only_there(units, after, mangel):
            yield changed, after


def _only_there(before: Units, after: Units, mangel: Mangel) -> bool:
    """Whether one unit alone differs, the one at the slip's address, and says the mended words."""
    if len(before) != len(after):
        return False
    changed = [new for old, new in zip(before, after, strict=True) if _said(old) != _said(new)]
    return len(changed) == 1 and changed[0].stelle == mangel.stelle and says(changed[0], mangel.berichtigt or "")


def _said(unit: Unit) -> tuple[str, ...]:
    """What a unit says, and where it stands."""
    return (unit.stelle, *(part if isinstance(part, str) else f"{{{part.path}}}" for part in unit.parts))


_OF_AGREEMENTS = "Was in ihm vom Jahr abhängt, ist unverändert und durchzusehen; {jahr}.durchsicht.yaml nennt jeden Satz."
_OF_AMENDMENTS = "Die genannten Stellen (Kapitel, Paragraphen, Nummern) sind unverändert und mit dem Wortlaut {land}/{jahr} zu vergleichen."


def _head(wording: Wording, jahr: int, mended: list[Mangel], left: list[Mangel]) -> str:
    """The comment at the top: what the text is, where it comes from, what was changed in it, what is still to be done."""
    todo = _OF_AMENDMENTS if wording.amends else _OF_AGREEMENTS
    lines = [
        f"Entwurf des {'Textes der Änderungen' if wording.amends else 'Wortlauts'} {jahr}, noch nicht beschlossen.",
        f"Quelle: Wortlaut {wording.schluessel}. {todo.format(land=wording.land, jahr=jahr)}",
    ]
    lines += ["Berichtigt:"] if mended else []
    lines += [f"- {each.stelle}: „{each.worte}“ → „{each.berichtigt}“. {each.grund} ({each.quelle})" for each in mended]
    lines += [f"Noch zu entscheiden (siehe {jahr}.maengel.yaml):"] if left else []
    lines += [f"- {each.stelle}: „{each.worte}“. {each.grund} ({each.quelle})" for each in left]
    return "{#\n" + "\n".join(line.replace("#}", "# }") for line in lines) + "\n#}\n"
