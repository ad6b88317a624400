"""Angaben set by a person in words, as a cell of the planning table says them; or a list of paragraphs or goals put in another order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Generic, Literal, NamedTuple

from agreements.errors import UsageError, ZvError
from agreements.files.yaml_edit import rename_key
from agreements.files.yaml_text import Keys
from agreements.language.protocol import Context
from agreements.language.said import say_change
from agreements.library.library import Library
from agreements.model.akte import Entscheidung, Entscheidungsart
from agreements.model.fields import keys, kind_at, value_at
from agreements.model.record import IndividuellesZiel, Rahmen, Vereinbarung, Zielwert, effective
from agreements.planning.cellvalue import Given, same_digits, value_of
from agreements.planning.changes import Change, Filled
from agreements.planning.named import GOALS, field_of, name_of
from agreements.planning.sheet import Cell, CellFault
from agreements.planning.table import Heading
from agreements.register.register import Register
from agreements.store.store import Gespeichert, R
from agreements.wording.own import has_fields

NONE: Final = ("kein", "keine", "keiner", "ohne", "entfällt")
"""Says that the agreement does not have an Angabe, or a Zielwert not that part."""
_LEVEL: Final = ".entspricht"
"""Behind the name of a Zielwert: the level that it comes to."""
_UNCLEAR = re.compile(r"[–—-]+|keine angabe|k\. ?a\.|n\. ?a\.|n/a|x|", re.I)
"""What may mean "no change", "gone", or "open"."""


class Order(NamedTuple):
    """What is asked for: a value, or what becomes of one entry of a list; entries count from 1, goals have numbers of their own."""

    art: Literal["setzen", "einfuegen", "ersetzen", "entfernen", "verschieben"]
    wert: str = ""
    nummer: int = 0
    nach: int = 0


@dataclass(frozen=True, slots=True)
class Setting(Generic[R]):
    """A record as it would be, and what changes in it."""

    stored: Gespeichert[R]
    text: str
    changes: tuple[Change, ...]
    decided: tuple[Entscheidung, ...] = ()
    """What was open of the Angabe, and is not any more."""


def setting(
    library: Library,
    stored: Gespeichert[R],
    feld: str,
    order: Order,
    kuerzel: str | None = None,
    wie: Entscheidungsart | None = None,
) -> Setting[R]:
    """What an order makes of a record; `feld` is a dotted name or a title. UsageError where the words do not say it for sure.

    A value that is set is decided: an open point of its Angabe is closed, also where the value was right already; `wie` says how,
    where it is known.
    """
    found = field_of(feld, stored.record)
    if found.feld == GOALS or found.feld.endswith(f".{GOALS}"):
        return _goals(library, stored, found.feld, order)
    return _set(library, stored, [(found, order)], kuerzel, wie)


def together(library: Library, stored: Gespeichert[R], pairs: Sequence[tuple[str, str]], kuerzel: str | None = None) -> Setting[R]:
    """What several values make of a record that are set at once, each an Angabe and its value; errors as for `setting`."""
    asked = [(field_of(feld, stored.record), Order("setzen", wert)) for feld, wert in pairs]
    if goals := next((found for found, _ in asked if found.feld == GOALS or found.feld.endswith(f".{GOALS}")), None):
        return _goals(library, stored, goals.feld, Order("setzen"))
    names = [(found.feld, found.teil) for found, _ in asked]
    if twice := next((feld for feld, teil in names if names.count((feld, teil)) > 1), None):
        raise UsageError(f"{name_of(twice)} wird zweimal gesetzt.", abhilfe="Jede Angabe einmal nennen.")
    return _set(library, stored, asked, kuerzel)


def _set(
    library: Library,
    stored: Gespeichert[R],
    asked: Sequence[tuple[Heading, Order]],
    kuerzel: str | None,
    wie: Entscheidungsart | None = None,
) -> Setting[R]:
    """The values that are asked for, all in one step."""
    new = _values(library, stored, asked)
    before = {feld: value_at(_effective(library, stored), feld) for feld in new}
    changes = tuple(Change(feld, before[feld], value, "") for feld, value in new.items() if not same_digits(before[feld], value))
    changed = {each.feld for each in changes}
    decided = tuple(
        one for feld in new for one in _decided(stored, feld, wie or ("berichtigt" if feld in changed else "bestaetigt"), kuerzel)
    )
    text = _text(library, stored, changes, decided) if changes or decided else stored.text
    return Setting(stored, text, changes, decided)


def require_possible(library: Library, made: Setting[Any]) -> str | None:
    """What the record still lacks to be printed, if it could not be printed before; None where it can.

    RecordError: it would be no record. Any other ZvError: it could not be printed any more.
    """
    changed = library.store.checked(made.stored, made.text)
    for record, before in _concerned(library, made.stored, changed):
        if (fault := _unprintable(library, record)) is None:
            continue
        if isinstance(changed.record, Vereinbarung) and _unprintable(library, before) is not None:
            return str(fault)
        if _unprintable(library, before) is None:
            raise fault
    return None


def without_place(library: Library, made: Setting[Any]) -> Iterator[str]:
    """Of every changed Angabe that stands nowhere in the text which the record carries: that the page does not change with it."""
    record = library.store.checked(made.stored, made.text).record
    if isinstance(record, Vereinbarung) and record.wortlaut is None:
        nowhere = library.without_place(library.effective(record, made.stored.path))
        for each in made.changes:
            if each.neu is not None and (each.feld in nowhere or not has_fields(record)):
                yield f"{name_of(each.feld)} steht in keinem Satz des Textes als Feld; gedruckt wird weiter, was dort steht."


def said(library: Library, made: Setting[Any]) -> Iterator[str]:
    """Every change in one line, before and after."""
    for each in made.changes:
        name = name_of(each.feld)
        yield from (f"{name}{line}" for line in say_change(each.feld, each.alt, each.neu, library.register, made.stored.record.jahr))


# ---------------------------------------------------------------- which value


def _effective(library: Library, stored: Gespeichert[Any]) -> Vereinbarung | Rahmen:
    """The record with what its year's rahmen.yaml states for all; that itself as it is."""
    record: Vereinbarung | Rahmen = stored.record
    return library.effective(record, stored.path) if isinstance(record, Vereinbarung) else record


def _context(library: Library, stored: Gespeichert[Any], feld: str, new: Mapping[str, Any]) -> Context:
    """Women and men inherit the year of the total, which may be set with them."""
    place = f"{feld.removesuffix(_LEVEL).rpartition('.')[0]}.gesamt"
    total = new.get(place, value_at(_effective(library, stored), place))
    return Context(stored.record.jahr, library.register, total.bezug if isinstance(total, Zielwert) else None)


def _values(library: Library, stored: Gespeichert[Any], asked: Sequence[tuple[Heading, Order]]) -> dict[str, Any]:
    """The new values by path: a total before those that inherit its year, a target before the level that it comes to."""
    felder = [found.feld for found, _ in asked]
    new: dict[str, Any] = {}
    for found, order in sorted(asked, key=lambda each: (each[0].feld.endswith(_LEVEL), not each[0].feld.endswith(".gesamt"))):
        old = new.get(found.feld, value_at(_effective(library, stored), found.feld))
        if isinstance(old, Zielwert) and f"{found.feld}{_LEVEL}" in felder:
            old = old.model_copy(update={"entspricht": None})  # it is set with it
        new[found.feld] = _new(found, order, old, _context(library, stored, found.feld, new))
        target = new.get(found.feld.removesuffix(_LEVEL)) if found.feld.endswith(_LEVEL) else None
        if isinstance(target, Zielwert):
            new[found.feld.removesuffix(_LEVEL)] = target.model_copy(update={"entspricht": new[found.feld]})
    return new


def _new(found: Heading, order: Order, old: Any, context: Context) -> Any:
    """The value that an order asks for; None where the Angabe is to go."""
    is_list = kind_at(found.feld) is list
    entries = old if isinstance(old, tuple) else ()
    try:
        if order.art == "setzen":
            if is_list and len(entries) > 1 and "\n" not in order.wert and not _no_text(order.wert):
                remedy = "Mit --ersetzen N einen davon ersetzen, mit --einfuegen N einen einfügen."
                raise UsageError(f"{name_of(found.feld)} hat {len(entries)} Einträge.", abhilfe=remedy)
            return _value(found, order.wert, old, context)
        if not is_list:
            raise UsageError(f"{name_of(found.feld)} ist keine Liste.", abhilfe="Den Wert allein nennen.")
        return _entries(found.feld, order, entries)
    except CellFault as fault:
        raise UsageError(f"{name_of(found.feld)}: {fault}") from fault


def _no_text(wert: str) -> bool:
    return wert.casefold() in (*NONE, "offen", "[offen]")


def _value(found: Heading, wert: str, old: Any, context: Context) -> Any:
    cell = _cell(wert)
    if found.feld == "papiercode":
        return _yes_or_no(cell)
    if wert.casefold() in NONE and found.teil is None:
        return None
    if _UNCLEAR.fullmatch(wert.strip()) and not (isinstance(old, str) and old == wert):
        raise CellFault(cell, f"„{wert}“ ist nicht eindeutig. „offen“: noch nicht vereinbart; „kein“: die Angabe entfällt.")
    asked = Given(found.feld, {found.teil or ("wert" if _is_amount(wert, old) else None): cell}, context)
    return _beside_level(asked, old) if isinstance(old, Zielwert) and old.entspricht is not None else asked.value(old)


def _beside_level(asked: Given, old: Zielwert) -> Zielwert:
    """A level that a change comes to would be wrong with another change."""
    new = asked.value(old.model_copy(update={"entspricht": None}))
    if not isinstance(new, Zielwert) or not same_digits(old, new := new.model_copy(update={"entspricht": old.entspricht})):
        remedy = f"Beides zusammen setzen: … „{asked.feld}“ WERT „{asked.feld}{_LEVEL}“ NIVEAU (oder „kein“)."
        cell = next(iter(asked.cells.values()))
        raise CellFault(cell, f"Zum Zielwert nennt die Vereinbarung auch das Niveau, dem er entspricht. {remedy}")
    return new


def _is_amount(wert: str, old: Any) -> bool:
    """Whether a number alone is given for a Zielwert, whose other parts then stay."""
    if not isinstance(old, Zielwert) or old.wert is None:
        return False
    unit = r"\s*%" if old.einheit in ("prozent", "prozent_niveau") else ""
    return re.fullmatch(rf"[\d.,]+(?:{unit})?", wert.strip()) is not None


def _cell(wert: str) -> Cell:
    return Cell("", "text" if wert.strip() else "leer", wert.strip())


def _yes_or_no(cell: Cell) -> bool | None:
    said = {"ja": True, "nein": False, "kein": None}
    if cell.text.casefold() not in said:
        raise CellFault(cell, "Möglich sind „ja“ und „nein“.")
    return said[cell.text.casefold()]


# ---------------------------------------------------------------- lists


def _entries(feld: str, order: Order, old: tuple[str, ...]) -> tuple[str, ...] | None:
    """A list with one entry more, less, other, or elsewhere; None where none is left."""
    entries = list(old)
    match order.art:
        case "einfuegen":
            entries.insert(_within(feld, order.nummer, len(old) + 1), _entry(feld, order.wert))
        case "ersetzen":
            entries[_within(feld, order.nummer, len(old))] = _entry(feld, order.wert)
        case "entfernen":
            del entries[_within(feld, order.nummer, len(old))]
        case _:
            there = _within(feld, order.nach, len(old))
            entries.insert(there, entries.pop(_within(feld, order.nummer, len(old))))
    return tuple(entries) or None


def _entry(feld: str, wert: str) -> str:
    cell = _cell(wert)
    if _no_text(wert) or _UNCLEAR.fullmatch(cell.text):
        raise CellFault(cell, "Hier gehört der Text eines Absatzes hin.")
    entries: tuple[str, ...] = value_of(cell, feld, Context(0, Register(())))
    if len(entries) != 1:
        raise CellFault(cell, "Hier gehört ein einzelner Absatz hin.")
    return entries[0]


def _within(feld: str, number: int, last: int) -> int:
    """The place of an entry, from 0; UsageError where the list has none of that number."""
    if 1 <= number <= last:
        return number - 1
    if last == 0:
        raise UsageError(f"{name_of(feld)} hat keine Einträge.", abhilfe="Mit --einfuegen 1 den ersten anlegen.")
    raise UsageError(f"{name_of(feld)}: Einen Eintrag {number} gibt es nicht.", abhilfe=f"Möglich ist 1 bis {last}.")


# ---------------------------------------------------------------- goals


def _goals(library: Library, stored: Gespeichert[R], feld: str, order: Order) -> Setting[R]:
    """A goal more, less, or under another number; no other goal changes its number."""
    goals = value_at(stored.record, feld) or {}
    number: int = order.nummer
    old = keys(f"{feld}.{number}")
    match order.art:
        case "einfuegen":
            _require_free(number, goals)
            titel = f"{feld}.{number}.titel"
            new = _new(Heading(titel), Order("setzen", order.wert), None, Context(stored.record.jahr, library.register))
            return Setting(stored, library.store.edited(stored, {titel: new}), (Change(titel, None, new, ""),))
        case "entfernen":
            changes = tuple(_gone(feld, number, _goal(number, goals)))
            return Setting(stored, library.store.edited(stored, {}, [old]), changes)
        case "verschieben":
            goal: IndividuellesZiel = _goal(number, goals)
            _require_free(order.nach, goals)
            text = rename_key(stored.text, old, order.nach, stored.path)
            return Setting(stored, text, (*_gone(feld, number, goal), *_come(feld, order.nach, goal)))
    remedy = "Einen Titel mit --einfuegen N nennen, oder ohne Titel --entfernen N oder --verschieben N M."
    raise UsageError("Ziele werden eingefügt, entfernt oder verschoben; gesetzt werden ihre Angaben.", abhilfe=remedy)


def _require_free(number: int, goals: Mapping[int, Any]) -> None:
    if number in goals:
        raise UsageError(f"Ein Ziel {number} gibt es schon.", abhilfe=f"Es unter eine andere Nummer bringen: --verschieben {number} M.")


def _goal(number: int, goals: Mapping[int, IndividuellesZiel]) -> IndividuellesZiel:
    if number not in goals:
        raise UsageError(f"Ein Ziel {number} gibt es nicht.", abhilfe=f"Es gibt: {', '.join(map(str, goals)) or 'keines'}.")
    return goals[number]


def _gone(feld: str, number: int, goal: IndividuellesZiel) -> Iterator[Change]:
    yield from (Change(f"{feld}.{number}.{name}", value, None, "") for name, value in goal if value is not None)


def _come(feld: str, number: int, goal: IndividuellesZiel) -> Iterator[Change]:
    yield from (Change(f"{feld}.{number}.{name}", None, value, "") for name, value in goal if value is not None)


# ---------------------------------------------------------------- into the record


def _text(library: Library, stored: Gespeichert[Any], changes: Sequence[Change], decided: tuple[Entscheidung, ...]) -> str:
    """The record's file with some changes, without what was noted of the values before, and with what is decided."""
    values = {each.feld: each.neu for each in changes if each.neu is not None}
    gone = [each.feld for each in changes if each.neu is None and each.feld.removesuffix(_LEVEL) not in values]
    if elsewhere := next((feld for feld in gone if value_at(stored.record, feld) is None), None):
        raise UsageError(
            f"{name_of(elsewhere)} steht nicht im Datensatz, sondern für alle im rahmen.yaml.",
            abhilfe=f"Dort ändern: zv setze {stored.record.jahr}/rahmen {elsewhere} …",
        )
    noted = {"akte.entschieden": (*stored.record.akte.entschieden, *decided)} if decided else {}
    return library.store.edited(stored, {**values, **noted}, [*map(keys, gone), *_settled(stored, changes)])


def _decided(stored: Gespeichert[Any], feld: str, wie: Entscheidungsart, kuerzel: str | None) -> tuple[Entscheidung, ...]:
    """The open points of an Angabe, decided today."""
    if not isinstance(stored.record, Vereinbarung):
        return ()
    akte, today = stored.record.akte, date.today()
    done = {each.kennung for each in akte.entschieden}
    return tuple(
        Entscheidung(kennung=each.kennung, art=each.art, feld=each.feld, stelle=each.stelle, wie=wie, tag=today, kuerzel=kuerzel)
        for each in akte.offen
        if each.feld == feld and each.kennung not in done
    )


def _settled(stored: Gespeichert[Any], changes: Sequence[Change]) -> tuple[Keys, ...]:
    return Filled(stored, tuple(changes)).settled if changes and isinstance(stored.record, Vereinbarung) else ()


def _concerned(library: Library, stored: Gespeichert[Any], changed: Gespeichert[Any]) -> Iterator[tuple[Vereinbarung, Vereinbarung]]:
    """The effective records that a change concerns, as they would be and as they are: of a rahmen.yaml all of its year and Land."""
    if isinstance(changed.record, Vereinbarung):
        yield library.effective(changed.record, stored.path), library.effective(stored.record, stored.path)
        return
    for path in library.store.records(stored.record.jahr):
        record = library.store.load(path).record
        if stored.record.land in (None, library.land_of(record.traeger, record.jahr)):
            yield effective(record, changed.record), effective(record, stored.record)


def _unprintable(library: Library, record: Vereinbarung) -> ZvError | None:
    """Why a record cannot be printed; None where it can."""
    try:
        library.document(record)
    except ZvError as error:
        return error
    return None
