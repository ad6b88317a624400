"""Who agrees with the Land: the Kreise, their names in every case, and the years they existed in."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz, process

from agreements.errors import RecordError, UnreadableError, UsageError
from agreements.register.tables import own_table, stamp

PACKAGED = Path(__file__).with_name("register.csv")


@dataclass(frozen=True, slots=True)
class Traeger:
    """One Kreis for the years in which it had this name and this AGS."""

    schluessel: str
    ags: str
    nuts3: str
    name: str
    nominativ: str
    genitiv: str
    dativ: str
    akkusativ: str
    art: str
    gattung_genitiv: str
    sitz: str
    """The official seat: "Leer (Ostfriesland)"."""
    ort: str
    """What is written beside the date of a signature: "Leer"."""
    jobcenter: str
    """`zkT` (zugelassener kommunaler Träger) or `gE` (gemeinsame Einrichtung)."""
    zkt_seit: int | None
    gueltig_von: date | None
    """First day of this row; None: as long as there has been an SGB II."""
    gueltig_bis: date | None
    """Last day of this row; None: still valid."""
    hinweis: str
    """What a reader of the row must know about its source."""

    @property
    def forms(self) -> tuple[str, ...]:
        """Its name in all cases, without article: "Landkreis Emsland", "Landkreises Emsland"."""
        cases = (self.nominativ, self.genitiv, self.dativ, self.akkusativ)
        return tuple(dict.fromkeys((self.name, *(case.partition(" ")[2] for case in cases))))

    def is_zkt(self, jahr: int) -> bool:
        """Whether it ran its Jobcenter alone in that year."""
        return self.jobcenter == "zkT" and self.zkt_seit is not None and self.zkt_seit <= jahr

    def existed_in(self, jahr: int) -> bool:
        """Whether the row was valid on at least one day of the year."""
        begins, ends = self.gueltig_von, self.gueltig_bis
        return (begins is None or begins.year <= jahr) and (ends is None or ends.year >= jahr)

    def existed_on(self, day: date) -> bool:
        """Whether the row was valid on that day."""
        begins, ends = self.gueltig_von, self.gueltig_bis
        return (begins is None or begins <= day) and (ends is None or ends >= day)


class Register:
    """All Kreise of all years.

    A year belongs to whom it began with: the row valid on 1 January, for an agreement is made for a whole year. So
    2016 is the old Landkreis Göttingen and Osterode am Harz (both until 31 October), 2017 the new Göttingen. A row
    that begins within a year can be named in it (an agreement of 2011 signed in September by the Landkreis
    Heidekreis), but is not listed beside the row it takes over from (same key or same AGS): no Kreis is listed twice.
    """

    def __init__(self, rows: Iterable[Traeger]) -> None:
        self.rows = tuple(rows)

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """All keys of all years, each once, sorted."""
        return tuple(sorted({row.schluessel for row in self.rows}))

    @cached_property
    def places(self) -> tuple[str, ...]:
        """What is written beside the date of a signature, and the official seats, each once."""
        return tuple(dict.fromkeys(place for row in self.rows for place in (row.ort, row.sitz) if place))

    @cached_property
    def names(self) -> tuple[str, ...]:
        """What the Träger of all years are called, each once."""
        return tuple(dict.fromkeys(row.name for row in self.rows))

    def key(self, word: str, jahr: int) -> str:
        """The key that a word names in a year: "lk-emsland", "Emsland", "Landkreis Emsland"; a zkT goes before others of its name.

        UsageError where it names none, or several, with what may be meant.
        """
        plain = _as_key(word)
        if plain in self.keys:
            return plain
        rows = [row for row in self.all(jahr) if plain in (row.schluessel.partition("-")[2], _as_key(row.name))]
        found = [row.schluessel for row in rows if row.is_zkt(jahr)] or [row.schluessel for row in rows]
        if len(found) == 1:
            return found[0]
        if found:
            raise UsageError(f"„{word}“ nennt mehrere Träger.", abhilfe=f"Gemeint ist {_either(found)}.")
        return self.find(self._of_other_years(plain) or word, jahr).schluessel

    def key_before(self, schluessel: str, jahr: int) -> str:
        """The key that a Träger of a year had the year before: the same, or that of the Kreis with its AGS."""
        own, rows = self.find(schluessel, jahr), self.all(jahr - 1)
        return next((row.schluessel for row in rows if schluessel == row.schluessel or own.ags == row.ags), schluessel)

    def _of_other_years(self, plain: str) -> str | None:
        return next((key for key in self.keys if key.partition("-")[2] == plain), None)

    def find(self, schluessel: str, jahr: int) -> Traeger:
        """The Kreis of that key in that year; UsageError where there was none, with what is meant or until when it was."""
        rows = [row for row in self.rows if row.schluessel == schluessel]
        found = _of_year(rows, jahr)
        if found:
            return found[0]
        if rows:
            raise UsageError(self._not_in(rows, jahr))
        raise UsageError(
            f"Einen Träger „{schluessel}“ gibt es im Register nicht.",
            abhilfe=f"Gemeint ist vielleicht {_either(self._near(schluessel))}. Alle nennt: zv traeger {jahr}",
        )

    def require_zkt(self, schluessel: str, jahr: int) -> Traeger:
        """The zkT of that key in that year; UsageError with the reason where no agreement after Nr. 4 exists for it."""
        found = self.find(schluessel, jahr)
        if found.is_zkt(jahr):
            return found
        if found.jobcenter == "zkT":
            raise UsageError(
                f"{_capital(found.nominativ)} ist erst seit {found.zkt_seit} zugelassener kommunaler Träger; "
                f"für {jahr} gibt es mit {found.dativ} keine Zielvereinbarung nach § 48b Abs. 1 Satz 1 Nr. 4 SGB II.",
                abhilfe=f"Die zugelassenen Träger des Jahres nennt: zv traeger {jahr}",
            )
        raise UsageError(
            f"{_capital(found.nominativ)} betreibt das Jobcenter nicht allein, "
            f"sondern als gemeinsame Einrichtung mit der Agentur für Arbeit; "
            f"eine Zielvereinbarung nach § 48b Abs. 1 Satz 1 Nr. 4 SGB II gibt es nur mit zugelassenen kommunalen Trägern.",
            abhilfe=self._same_name(found, jahr) or f"Die zugelassenen Träger des Jahres nennt: zv traeger {jahr}",
        )

    def all(self, jahr: int) -> tuple[Traeger, ...]:
        """Every Kreis of the year once, in the order of the keys."""
        return tuple(sorted(_of_year(self.rows, jahr), key=lambda row: row.schluessel))

    def zkt(self, jahr: int) -> tuple[Traeger, ...]:
        """Every zugelassener kommunaler Träger of the year once, in the order of the keys."""
        return tuple(row for row in self.all(jahr) if row.is_zkt(jahr))

    def by_name(self, text: str, jahr: int) -> Traeger | None:
        """The Kreis of the year that a text names, in whatever case; the longest name where it names several, None where it names none."""
        plain = " ".join(text.replace("\u00ad", "").split())
        for form, row in self._forms(jahr):
            if form.search(plain):
                return row
        return None

    @lru_cache(maxsize=64)  # noqa: B019 (one register lives as long as the program)
    def _forms(self, jahr: int) -> tuple[tuple[re.Pattern[str], Traeger], ...]:
        """Every written form of every name of the year, the longest first."""
        forms = {form: row for row in self.rows if row.existed_in(jahr) for form in row.forms}
        forms.update({form: row for row in self.all(jahr) for form in row.forms})
        return tuple((_whole(form), forms[form]) for form in sorted(forms, key=lambda form: (-len(form), form)))

    def _near(self, schluessel: str) -> list[str]:
        if part := [key for key in self.keys if len(schluessel) > 3 and _as_key(schluessel) in key][:3]:
            return part
        hits = process.extract(schluessel.lower(), self.keys, scorer=fuzz.WRatio, limit=3)
        return [key for key, _, _ in hits]

    def _not_in(self, rows: list[Traeger], jahr: int) -> str:
        """Why a known key does not name a Kreis of that year, and which key does."""
        ended = [row for row in rows if row.gueltig_bis and row.gueltig_bis.year < jahr]
        row = ended[-1] if ended else rows[0]
        other = next((f" Für {jahr} gilt: {other.schluessel}" for other in self.all(jahr) if other.ags == row.ags), "")
        name = f"{_capital(row.nominativ)} ({row.schluessel})"
        if row in ended:
            return f"{name} bestand bis zum {row.gueltig_bis or date.max:%d.%m.%Y}, für {jahr} gibt es ihn nicht mehr.{other}"
        return f"{name} besteht erst seit dem {row.gueltig_von or date.max:%d.%m.%Y}, für {jahr} gibt es ihn noch nicht.{other}"

    def _same_name(self, found: Traeger, jahr: int) -> str | None:
        """A hint at the zkT that has the same name: the Landkreis Oldenburg for the Stadt Oldenburg."""
        own = found.schluessel.partition("-")[2]
        twin = next((row for row in self.zkt(jahr) if row.schluessel.partition("-")[2] == own), None)
        return f"Gemeint ist vielleicht {twin.nominativ}: {twin.schluessel}" if twin else None


def load_register(path: Path | None = None, ordner: Path | None = None) -> Register:
    """The register of a file; else that of a folder, or of the one that is worked in, whose own rows go before those of the program.

    UnreadableError or RecordError where one is none.
    """
    return _register(*stamp(path or own_table(PACKAGED.name, ordner)), path is None)


@cache
def _register(path: Path | None, _changed: int, with_packaged: bool) -> Register:
    own = _rows_of(path) if path else ()
    keys = {row.schluessel for row in own}
    return Register((*own, *(row for row in _rows_of(PACKAGED) if row.schluessel not in keys)) if with_packaged else own)


def _rows_of(path: Path) -> tuple[Traeger, ...]:
    return tuple(_row(row, path, number) for number, row in enumerate(rows_of(path, "Das Register der Träger"), 2))


def rows_of(path: Path, what: str) -> list[dict[str, Any]]:
    """The lines of a CSV file by their headings; UnreadableError, which says `what` it is, where it cannot be read."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file, delimiter=";"))
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableError(f"{what} ist nicht lesbar.", datei=path) from error


def _row(row: dict[str, str | None], path: Path, line: int) -> Traeger:
    if missing := [field.name for field in fields(Traeger) if row.get(field.name) is None]:
        raise RecordError(f"Im Register fehlt die Spalte {', '.join(missing)}.", datei=path, zeile=line)
    text = {name: value or "" for name, value in row.items()}
    try:
        return Traeger(
            **{name: text[name] for name in _TEXTS},
            zkt_seit=int(text["zkt_seit"]) if text["zkt_seit"] else None,
            gueltig_von=date.fromisoformat(text["gueltig_von"]) if text["gueltig_von"] else None,
            gueltig_bis=date.fromisoformat(text["gueltig_bis"]) if text["gueltig_bis"] else None,
        )
    except ValueError as error:
        remedy = "Jahre als 2005, Tage als 2016-10-31 schreiben."
        raise RecordError("Im Register ist ein Jahr oder Tag nicht lesbar.", datei=path, zeile=line, abhilfe=remedy) from error


_TEXTS = tuple(field.name for field in fields(Traeger) if field.name not in ("zkt_seit", "gueltig_von", "gueltig_bis"))


def _as_key(text: str) -> str:
    """A name as it stands in keys: "rotenburg-wuemme"."""
    plain = unicodedata.normalize("NFC", text).casefold().translate(_LETTERS)
    return re.sub("[^a-z0-9]+", "-", plain).strip("-")


_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def _of_year(rows: Iterable[Traeger], jahr: int) -> list[Traeger]:
    """The rows valid on 1 January, and those that begin within the year and take over from none of these."""
    rows = list(rows)
    first = [row for row in rows if row.existed_on(date(jahr, 1, 1))]
    taken = {name for row in first for name in (row.schluessel, row.ags)}
    return first + [row for row in rows if row.existed_in(jahr) and row not in first and not {row.schluessel, row.ags} & taken]


def _whole(form: str) -> re.Pattern[str]:
    """Matches a name as a whole: neither "Landkreis Osterholz" in "Landkreis Osterholz-Scharmbeck", nor part of a word."""
    return re.compile(rf"(?<![\w-]){re.escape(form)}(?![-/]?\w)")


def _either(keys: list[str]) -> str:
    return f"{', '.join(keys[:-1])} oder {keys[-1]}" if len(keys) > 1 else keys[0]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
