"""Records of a zv that knew no open points, brought to the form of today: a pure function from a record's text to the text it has then.

Nothing needs it: such records load for ever and mean what they meant. What a person has deleted is not opened again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from agreements.language.said import said_of
from agreements.library.departures import is_confirmed
from agreements.library.library import Library
from agreements.library.open_points import BEFORE, value_text, words_of
from agreements.model.akte import Abweichung, Fundstelle, Lesung, OffenerPunkt, Punktart, kennung
from agreements.model.fields import angaben, kind_at, label, value_at
from agreements.model.record import Vereinbarung
from agreements.reading.reading import SCANNED
from agreements.store.store import Gespeichert
from agreements.wording.own import escaped, has_fields

_COMMENT = re.compile(r"\s*# ?(?P<text>.*)")
_DOUBT = re.compile(r"(?P<art>PRÜFEN|WARNUNG|FEHLER): (?P<grund>.+)")
_LISTED = "Zu prüfen: "
"""The line at the top that told each PRÜFEN once more, with the name of its Angabe."""
_PAGE = re.compile(r"Seite (?P<seite>[1-9]\d*): (?P<grund>.+)")
_TOLD_ELSEWHERE = re.compile(r"Abweichung vom Wortlaut:|“ (?:eingefügt|gestrichen) von ")
"""Warnings on single words of the text: they stand among the departures, or are history."""
_EARLIER = "früher eingelesen und nicht entschieden"


@dataclass(frozen=True, slots=True)
class Conversion:
    """What becomes of a record: the text it has then, and what is said of it; the same text where nothing is to be done."""

    text: str
    points: tuple[OffenerPunkt, ...] = ()
    kept: tuple[Abweichung, ...] = ()
    """Departures of a signed record that nobody has confirmed: they stay, and a rule tells them."""


def converted(library: Library, stored: Gespeichert[Vereinbarung], lesart: str | None = None) -> Conversion:
    """The record in the form of today; `lesart` is how its file was read where the record does not say it and somebody has looked."""
    return _Converting(library, stored, lesart or stored.record.akte.gelesen).done()


@dataclass(slots=True)
class _Converting:
    """One record on its way."""

    library: Library
    stored: Gespeichert[Vereinbarung]
    lesart: str | None
    points: list[OffenerPunkt] = field(default_factory=list)
    gone: set[int] = field(default_factory=set)
    """Lines of comments that became points."""

    @property
    def record(self) -> Vereinbarung:
        return self.stored.record

    def done(self) -> Conversion:
        self._comments()
        self._tracked()
        doubted, kept = self._departures()
        text = "".join(line for at, line in enumerate(self.stored.text.splitlines(keepends=True), 1) if at not in self.gone)
        stored = self.library.store.parsed(text, self.stored.path)
        values, removed = self._values(doubted)
        text = self.library.store.edited(stored, values, removed) if values or removed else text
        return Conversion(text, tuple(self.points), kept)

    def _values(self, doubted: tuple[Abweichung, ...]) -> tuple[dict[Any, Any], list[tuple[str, ...]]]:
        akte, values, removed = self.record.akte, dict[Any, Any](), list[tuple[str, ...]]()
        if self.points:
            values["akte.offen"] = (*akte.offen, *self.points)
        rest = tuple(each for each in self.record.abweichungen if each not in doubted)
        if doubted and rest:
            values["abweichungen"] = rest
        removed += [("abweichungen",)] if doubted and not rest else []
        if akte.quelle and self.lesart and akte.quelle.lesart is None:
            values["akte.quelle.lesart"] = self.lesart
            removed += [("akte", "lesart")] if akte.lesart else []
            values |= self._escaped()
        removed += [("akte", "nachverfolgt")] if akte.nachverfolgt else []
        return values, removed

    def _escaped(self) -> dict[Any, Any]:
        """Words of a document that look like a field, which its text may have from now on."""
        if has_fields(self.record):
            return {}
        words = ((number, block.text, escaped(block.text)) for number, block in enumerate(self.record.text))
        return {f"text.{number}.text": new for number, old, new in words if new != old}

    # ---------------------------------------------------------------- comments

    def _comments(self) -> None:
        """Each doubt that still stands as a comment becomes a point of the Angabe below it, or of the one that the top names."""
        lines = self.stored.text.splitlines()
        names = {label(feld): feld for feld in (*angaben(self.record), *_SIGNED) if kind_at(feld)}
        listed = {line: feld for line in map(_said, lines) if line.startswith(_LISTED)
                  if (feld := _named(line.removeprefix(_LISTED), names))}  # fmt: skip
        below = {line: path for path, line in reversed(list(self.stored.lines.items()))}
        for at, line in enumerate(lines, 1):
            said = _said(line)
            if said.startswith(_LISTED):
                self.gone.add(at)
            elif (found := _DOUBT.fullmatch(said)) and not _TOLD_ELSEWHERE.search(said):
                self.gone.add(at)
                feld = self._feld_below(at, lines, below) if line.startswith(" ") else _taken(listed, found["grund"])
                self._doubt(feld, found["grund"])

    def _feld_below(self, at: int, lines: list[str], below: Mapping[int, str]) -> str | None:
        after = next((number for number in range(at, len(lines)) if lines[number].strip() and not _is_comment(lines[number])), None)
        return None if after is None else below.get(after + 1)

    def _doubt(self, feld: str | None, grund: str) -> None:
        on_page = _PAGE.fullmatch(grund)
        bare = on_page["grund"] if on_page else grund
        art: Punktart = "widerspruch" if bare.startswith("Widerspruch: ") else "unsicher"
        place = self.record.akte.fundstellen.get(feld or "", Fundstelle())
        value = self._value(feld) if feld and kind_at(feld) else None
        self._add(art, feld or "", grund, feld=feld, grund=bare, seite=int(on_page["seite"]) if on_page else place.seite,
                  sicherheit=place.sicherheit, lesungen=(Lesung(wert=value),) if value else ())  # fmt: skip

    # ---------------------------------------------------------------- changes and departures

    def _tracked(self) -> None:
        akte = self.record.akte
        for feld, before in akte.nachverfolgt.items():
            if not akte.looked_at(feld):
                known = kind_at(feld) is not None and feld != "text"
                readings = (Lesung(wert=self._value(feld) if known else None), Lesung(leser=BEFORE, text=before))
                grund = f"nachverfolgt geändert und nicht angenommen; zuvor „{before}“"
                self._add("nachverfolgt", feld, before, feld=feld, grund=grund, lesungen=readings)

    def _departures(self) -> tuple[tuple[Abweichung, ...], tuple[Abweichung, ...]]:
        """Those that are open now, and those of a signed record that stay."""
        akte = self.record.akte
        sure = akte.quelle is None or (self.lesart is not None and self.lesart not in SCANNED) or akte.quelle.lesart is not None
        left = () if sure else tuple(each for each in self.record.abweichungen if not is_confirmed(akte, each))
        if akte.stand == "unterzeichnet":
            return (), left
        for each in left:
            self._add("abweichung", each.stelle, words_of(each), stelle=each.stelle, abweichung=each, grund=f"{said_of(each)}; {_EARLIER}")
        return left, ()

    def _value(self, feld: str) -> str | None:
        record = self.library.effective(self.record, self.stored.path)
        return value_text(feld, value_at(record, feld), self.library.register, record.jahr)

    def _add(self, art: Punktart, ort: str, worte: str, **said: Any) -> None:
        quelle = self.record.akte.quelle
        names = {each.kennung for each in (*self.record.akte.offen, *self.points)}
        sum_, datei = (quelle.sha256, quelle.datei) if quelle else ("", None)
        name = next(found for number in range(1, len(names) + 2) if (found := kennung(ort, art, worte, sum_, number)) not in names)
        self.points.append(OffenerPunkt(kennung=name, art=art, datei=datei, **said))


_SIGNED = tuple(
    f"unterschriften.{party}.{number}.{name}"
    for party in ("land", "traeger")
    for number in range(1, 5)
    for name in ("ort", "datum", "zusatz", "name", "funktion", "stelle")
)
"""Angaben that a comment at the top may name without the record stating them."""


def _said(line: str) -> str:
    found = _COMMENT.fullmatch(line)
    return found["text"].strip() if found else ""


def _named(text: str, names: Mapping[str, str]) -> str | None:
    """The Angabe whose name a line begins with."""
    return next((feld for name, feld in names.items() if text.startswith(f"{name}: ")), None)


def _taken(listed: dict[str, str], grund: str) -> str | None:
    """The Angabe of which a line at the top gives this reason; each is asked for once."""
    line = next((line for line in listed if line.endswith(f": {grund}")), None)
    return listed.pop(line) if line else None


def _is_comment(line: str) -> bool:
    return line.lstrip().startswith("#")


def told(made: Conversion) -> Iterator[str]:
    """What a conversion does, in short: "2 offene Punkte aus Kommentaren, 1 Abweichung zu entscheiden"."""
    departures = sum(each.art == "abweichung" for each in made.points)
    others = len(made.points) - departures
    if others:
        yield f"{others} offene{'r Punkt' if others == 1 else ' Punkte'} aus Anmerkungen"
    if departures:
        yield f"{departures} Abweichung{'' if departures == 1 else 'en'} zu entscheiden"
    if made.kept:
        yield f"{len(made.kept)} Abweichung{'' if len(made.kept) == 1 else 'en'} unbestätigt, unterzeichnet"
