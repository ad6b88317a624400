"""The money that an agreement names: Gesamtbudget, Verwaltungskosten, Eingliederungsleistungen, told by the words beside the amounts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from agreements.notation import read_number

FELDER = ("haushalt.gesamtbudget_mio", "haushalt.verwaltungskosten", "haushalt.eingliederungsleistungen")
_GESAMT, _VERWALTUNG, _EINGLIEDERUNG = FELDER


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount of money that a text gives for one field."""

    feld: str
    wert: Any
    """Mio. Euro as stated for the Gesamtbudget, Euro for the others; None where it cannot be read."""
    start: int
    end: int
    zweifel: tuple[str, ...] = ()


_NUMBER = r"(?:\d{1,3}(?:\.\s?\d{3})+|\d+)(?:,\d+|,[-–—]{1,2})?"
_SCALE = r"(?:Mio\.?|Millionen|Mrd\.?|Milliarden|Tsd\.?|T)\s?"
_MONEY = rf"(?<![\w.,])(?P<zahl>{_NUMBER})\s?(?P<einheit>(?:{_SCALE})?(?:Euro(?!\w)|EUR(?!\w)|€))"
_KEYS = (
    (
        "verwaltung",
        r"Verwaltungskosten\w*|Verwaltungsbudgets?|Verwaltungsmitteln?|Verwaltungsausgaben|Verwaltungstitels?|Verwaltungskostenbudgets?",
    ),
    (
        "eingliederung",
        r"Leistungen\s+zur\s+Eingliederung(?:\s+in\s+Arbeit)?|Eingliederungsleistungen|Eingliederungsmitteln?(?!-?\s?verordnung)|Eingliederungsbudgets?|"
        r"Eingliederungstitels?|Eingliederung\s+in\s+Arbeit|Mitteln?\s+zur\s+Eingliederung",
    ),
    ("gesamt", r"Gesamtbudgets?|Gesamtmitteln?|Gesamtvolumen|Gesamtsumme|Gesamtbetrags?|Gesamthöhe|insgesamt|Budgets?|Summe"),
)
_ITEM = re.compile(rf"(?P<money>{_MONEY})|" + "|".join(f"(?P<{name}>(?<![\\w-])(?:{pattern})(?![\\w-]))" for name, pattern in _KEYS), re.I)
_DOUBT = re.compile(
    r"\b(?:Vorjahr\w*|Anteil\w*|kommunale\w*|Ausgabereste\w*|Kürzung\w*|mehr|weniger|Differenz|umgeschichtet|Umschichtung\w*|davon\s+entfallen\s+\w+\s+Prozent|"
    r"zusätzlich\w*|abzüglich|zuzüglich|Rest|statt|bisher|bislang|wurden?|betrug|betrugen|war|waren|standen|stand)\b",
    re.I,
)
_ASIDE = re.compile(
    r"(?:einschließlich|inklusive|inkl\.|darunter)(?:(?!Euro|€).){0,120}?Ausgaberest\w*(?:(?!Euro|€).){0,60}?(?:Euro|€)", re.I
)
"""Money that is only part of where the budget comes from."""
_YEAR = re.compile(r"\b(?:im|für das|das|für)\s+(?:Haushalts)?[Jj]ahr\s+(?P<jahr>(?:19|20)\d\d)\b")


def amounts(text: str, jahr: int) -> tuple[Amount, ...]:
    """The amounts of a sentence or list item whose field its words tell."""
    masked = _ASIDE.sub(lambda found: " " * len(found.group()), text)
    items = list(_ITEM.finditer(masked))
    if not any(item["money"] for item in items) or all(item["money"] for item in items):
        return ()
    doubts = tuple(_doubts(masked, jahr))
    paired = _paired(items)
    if paired is None:
        return tuple(_amount(item, key, (*doubts, "nicht eindeutig, wofür der Betrag steht")) for item, key in _nearest(items))
    return tuple(_amount(item, key, doubts) for item, key in paired)


def mentions_money(text: str) -> bool:
    """Whether a text names an amount of money."""
    return bool(re.search(_MONEY, text, re.I))


def _doubts(text: str, jahr: int) -> Iterator[str]:
    if found := _DOUBT.search(text):
        yield f"im selben Satz steht „{found.group()}“"
    for year in _YEAR.finditer(text):
        if int(year["jahr"]) not in (jahr, jahr - 1):
            yield f"genannt ist {year['jahr']}"


_Item = re.Match[str]


def _paired(items: Sequence[_Item]) -> list[tuple[_Item, str]] | None:
    """Each amount with the word beside it, where words and amounts go in pairs, every field at most once; None where they do not."""
    items = _without_repeated(items)
    if len(items) % 2:
        return None
    found: list[tuple[_Item, str]] = []
    for one, other in zip(items[::2], items[1::2], strict=True):
        if bool(one["money"]) == bool(other["money"]):
            return None
        money, key = (one, other) if one["money"] else (other, one)
        found.append((money, _key(key)))
    return found if len({key for _, key in found}) == len(found) else None


def _without_repeated(items: Sequence[_Item]) -> list[_Item]:
    """The items without a word that says the same as its neighbour: "insgesamt … ein Gesamtbudget"."""
    found: list[_Item] = []
    for item in items:
        if found and not item["money"] and not found[-1]["money"] and _key(item) == _key(found[-1]):
            found[-1] = item
        else:
            found.append(item)
    return found


def _key(item: _Item) -> str:
    return {"verwaltung": _VERWALTUNG, "eingliederung": _EINGLIEDERUNG, "gesamt": _GESAMT}[next(name for name, _ in _KEYS if item[name])]


def _nearest(items: Sequence[_Item]) -> Iterator[tuple[_Item, str]]:
    """Each amount with the nearest word, for a person to check."""
    keys = [item for item in items if not item["money"]]
    for item in items:
        if item["money"]:
            yield item, _key(min(keys, key=lambda key: max(item.start() - key.end(), key.start() - item.end())))


def _amount(item: _Item, feld: str, doubts: tuple[str, ...]) -> Amount:
    wert, fault = _wert(re.sub(r"\s", "", item["zahl"]), item["einheit"].lower(), feld)
    cut = "vor dem Betrag steht ein Zeichen, das zu ihm gehören kann" if _CUT.search(item.string[: item.start("zahl")]) else None
    parted = "im Betrag steht ein Leerzeichen" if re.search(r"\s", item["zahl"]) else None
    return Amount(feld, wert, item.start("zahl"), item.end("zahl"), (*doubts, *(doubt for doubt in (fault, cut, parted) if doubt)))


_CUT = re.compile(r"(?:(?<!\b(?:19|20)\d)\d[.,]?|[^\w\s()„“\":;,.–—-]\.?|(?<!rd)(?<!ca)(?<!\bv)(?<!etwa)\.)\s*$")
"""What a scan makes of a leading figure: "5. 118.940,00"."""


def _wert(number: str, unit: str, feld: str) -> tuple[Any, str | None]:
    """The amount in the unit of its field, and why a person must look where it is stated in another one."""
    stated = read_number(re.sub(r",[-–—]+$", "", number))
    factor = next((factor for name, factor in _FACTORS if unit.startswith(name)), 1)
    if feld == _GESAMT:
        fault = None if factor == _MILLION else "das Gesamtbudget ist nicht in Mio. Euro angegeben"
        return (stated if factor == _MILLION else stated * factor / _MILLION), fault
    if factor > 1:
        return int(stated * factor), "der Betrag ist nicht in Euro angegeben"
    places = -int(stated.as_tuple().exponent)
    if places not in (0, 2):
        return None, "der Betrag ist nicht lesbar"
    return (stated if places else int(stated)), None


_MILLION = 1_000_000
_FACTORS = (("milliarden", 1_000_000_000), ("mrd", 1_000_000_000), ("mio", _MILLION), ("millionen", _MILLION), ("tsd", 1000), ("t", 1000))
