"""Everything that is still to be decided of a record, in one list: what its reading left open, and what the record itself tells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from agreements.errors import UsageError
from agreements.library.library import Library
from agreements.library.open_points import name_of, still_open, words_of
from agreements.model.akte import Abweichung, OffenerPunkt, Punktart, kennung
from agreements.model.fields import number_in
from agreements.model.record import Vereinbarung
from agreements.rules.case import Verstoss
from agreements.rules.checking import examine
from agreements.store.store import Gespeichert

ARTEN: dict[Punktart, str] = {
    "unsicher": "unsicher gelesen",
    "abweichung": "vom Wortlaut abweichend",
    "nachverfolgt": "nachverfolgt geändert",
    "widerspruch": "im Widerspruch",
    "kommentar": "Kommentare",
    "ohne-stelle": "ohne Stelle im Text",
    "uebernommen": "übernommen und nicht durchgesehen",
    "offen": "noch nicht vereinbart",
    "pruefregel": "Prüfregeln",
}
"""The kinds of open points, in the order in which they are told, and how a heading calls them."""
_OF_RULES: dict[str, Punktart] = {
    "offen": "offen", "unberuehrt": "uebernommen", "abweichung": "abweichung", "nachverfolgt": "nachverfolgt",
    "unsicher-gelesen": "unsicher", "ohne-stelle": "ohne-stelle", "widerspruch": "widerspruch", "kommentar": "kommentar",
}  # fmt: skip
"""Rules that tell of what is another kind of open point than what a rule finds wrong."""
_SHORTEST = 4
"""Letters of an identifier that are shown at least."""


@dataclass(frozen=True, slots=True)
class Punkt:
    """An open point, and what is at hand of its record."""

    punkt: OffenerPunkt
    stored: Gespeichert[Vereinbarung]
    zeile: int
    """The line of the record's file, or of the other file that it stands in."""
    regel: str = ""
    """What silences it under `akte.stillgelegt`, where a rule told it."""
    datei: Path | None = None
    """The rahmen.yaml or the wording that it stands in; None: the record."""

    @property
    def name(self) -> str:
        """The Angabe or place it is about; empty where that is the document as a whole."""
        return name_of(self.punkt)


def points(library: Library, stored: Gespeichert[Vereinbarung]) -> tuple[Punkt, ...]:
    """Everything still to be decided of a record, by kind; of what rules find nothing that is only a hint. Errors as for `examine`.

    What is spelt otherwise, or stands with another Träger, too, is only ever a hint.
    """
    read = tuple(_read(library, stored))
    told = tuple(_told(library, stored, read, examine(library, stored, spelling=False).verstoesse))
    order = list(ARTEN)
    return tuple(sorted((*read, *told), key=lambda each: order.index(each.punkt.art)))


def _read(library: Library, stored: Gespeichert[Vereinbarung]) -> Iterator[Punkt]:
    """What its reading left open."""
    places = {each.kennung: number for number, each in enumerate(stored.record.akte.offen)}
    for point in still_open(library.effective(stored.record, stored.path), library.register):
        entry = f"akte.offen.{places[point.kennung]}"
        yield Punkt(point, stored, stored.line(point.feld or "") or stored.line(entry) or 1, f"{point.art}@{point.stelle or point.feld}")


def _told(library: Library, stored: Gespeichert[Vereinbarung], read: Sequence[Punkt], several: Sequence[Verstoss]) -> Iterator[Punkt]:
    """What rules tell of the record, the points of its reading apart."""
    known = {(art, each.punkt.feld) for each in read for art in (each.punkt.art, "offen")}  # what is not read is not called open
    names: set[str] = {each.punkt.kennung for each in read}
    for each in several:
        art = _OF_RULES.get(each.regel, "pruefregel")
        number = (each.feld or "").removeprefix("abweichungen.") if art == "abweichung" else ""
        if (each.feld or "").startswith("akte.offen.") or (art, each.feld) in known or (art == "pruefregel" and each.schwere == "hinweis"):
            continue
        entry = number_in(number)
        departure = None if entry is None else stored.record.abweichungen[entry]
        point = _point(art, each, departure, stored.record, names)
        names.add(point.kennung)
        elsewhere = each.datei if each.datei.resolve() != stored.path.resolve() else None
        yield Punkt(point, stored, each.zeile, each.key, elsewhere)


def _point(art: Punktart, each: Verstoss, departure: Abweichung | None, record: Vereinbarung, names: set[str]) -> OffenerPunkt:
    ort, worte = (each.regel if art == "pruefregel" else each.feld or ""), f"{each.worte}\0{each.grund}" if art == "pruefregel" else ""
    if departure is not None:
        ort, worte = departure.stelle, words_of(departure)
    quelle = record.akte.quelle.sha256 if record.akte.quelle else ""
    name = next(found for number in range(1, len(names) + 2) if (found := kennung(ort, art, worte, quelle, number)) not in names)
    placed = bool(each.stelle)
    return OffenerPunkt(kennung=name, art=art, grund=each.grund, abweichung=departure, feld=None if placed else each.feld,
                        stelle=each.stelle if placed else None)  # fmt: skip


# ---------------------------------------------------------------- their names


def shortest(several: Sequence[Punkt]) -> int:
    """How many letters of the identifiers are enough to tell all of them apart."""
    names = {each.punkt.kennung for each in several}
    return next((most for most in range(_SHORTEST, 12) if len({name[:most] for name in names}) == len(names)), 12)


def chosen(several: Sequence[Punkt], words: Sequence[str], record: Vereinbarung) -> tuple[Punkt, ...]:
    """The points that some words mean, each the beginning of an identifier, or a kind for all of it; UsageError where one means none."""
    found: dict[str, Punkt] = {}
    for word in words:
        meant = [each for each in several if each.punkt.art == word or each.punkt.kennung.startswith(word.lower())]
        kinds = {each.punkt.art for each in meant}
        if not meant or (word not in kinds and len(meant) > 1):
            raise _unclear(word, meant, several, record)
        found |= {each.punkt.kennung: each for each in meant}
    return tuple(found.values())


def _unclear(word: str, meant: Sequence[Punkt], several: Sequence[Punkt], record: Vereinbarung) -> UsageError:
    where = f"{record.jahr}/{record.kennung}"
    if len(meant) > 1:
        most = shortest(several)
        names = ", ".join(each.punkt.kennung[:most] for each in meant)
        return UsageError(f"Mit „{word}“ beginnen mehrere Kennungen: {names}.", abhilfe="Mehr Buchstaben nennen.")
    done = next((each for each in record.akte.entschieden if each.kennung.startswith(word.lower())), None)
    if done is not None and word:
        day = done.tag.strftime("%d.%m.%Y")
        return UsageError(f"Der Punkt „{word}“ ist schon entschieden, am {day}.", abhilfe=f"Zurück geht es mit zv zurueck {where}")
    return UsageError(f"Einen offenen Punkt „{word}“ gibt es in {where} nicht.", abhilfe=f"Alle nennt: zv offen {where}")
