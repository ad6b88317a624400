"""The money that an agreement names: Gesamtbudget, Verwaltungskosten, Eingliederungsleistungen, told by the words beside the amounts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from agreements.language.numbers import read_number
from agreements.language.sentences import without_last_year
from agreements.library.consistency import adds_up
from agreements.reading.doubts import Doubt

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
    doubts: tuple[Doubt, ...] = ()
    gereiht: bool = False
    """Whether of several amounts only their order tells what they are for, and not grammar."""
    lose: bool = False
    """Whether only a word for any sum tells that it is the Gesamtbudget, and no part of one stands beside it: "insgesamt 14 Mio. Euro"."""


def doubted(amount: Amount, *doubts: Doubt) -> Amount:
    """The amount, with reasons more why a person must look."""
    return replace(amount, doubts=(*amount.doubts, *doubts))


_NUMBER = r"(?:\d{1,3}(?:\.\s?\d{3})+|\d+)(?:,\d+|,[-–—]{1,2})?"
_SCALE = r"(?:Mio\.?|Millionen|Mrd\.?|Milliarden|Tsd\.?|T)\s?"
_MONEY = (
    rf"(?<![\w.,])(?:(?P<zahl>{_NUMBER})\s?(?P<einheit>(?:{_SCALE})?(?:Euro(?!\w)|EUR(?!\w)|€))"
    rf"|(?:EUR|€)\s?(?P<dahinter>{_NUMBER})(?![\d.,]*\d)(?!\s?(?:Euro|EUR|€))(?:\s?(?P<stufe>{_SCALE}))?)"
)
"""An amount with its unit behind it, or before: "4.913.204 EUR", "EUR 4.913.204"."""
_BUDGET = r"Gesamtbudgets?|Gesamtmitteln?"
_KEYS = (
    (
        "anderes",
        r"(?<!ohne )(?<!ohne die )"
        r"(?:Summe\s+der\s+)?(?:passiven\s+)?Leistungen\s+(?:zum|für\s+den|zur\s+Sicherung\s+des)\s+Lebensunterhalts?|"
        r"(?:(?:Kosten|Leistungen|Bedarfe|Ausgaben)\s+(?:der|für)\s+(?:die\s+)?)?Unterkunft(?:\s+und\s+Heizung)?",
    ),
    (
        "verwaltung",
        r"(?:Gesamtv|V)erwaltungskosten\w*|Verwaltungsbudgets?|Verwaltungsmitteln?|Verwaltungsausgaben|Verwaltungstitels?|Verwaltungskostenbudgets?|"
        r"Verwaltung(?=:?\s\d)|(?<=\bfür )Verwaltung|(?<=\bfür die )Verwaltung(?=\s*(?:$|[,.;)]|und\b|sowie\b))",
    ),
    (
        "eingliederung",
        r"Leistungen\s+zur\s+Eingliederung(?:\s+in\s+Arbeit)?|Eingliederungsleistungen|Eingliederungsmitteln?(?!-?\s?verordnung)|Eingliederungsbudgets?|"
        r"Eingliederungstitels?|Eingliederung\s+in\s+Arbeit|Mitteln?\s+zur\s+Eingliederung|"
        r"Eingliederung(?=:?\s\d)",
    ),
    (
        "gesamt",
        rf"{_BUDGET}|Gesamtvolumen|Gesamtsumme|Gesamtbetrags?|Gesamthöhe|insgesamt|Budgets?|Summe|"
        r"zusammen(?=(?:\s(?!mit\b)\w+\.?){0,2}\s\d)",
    ),
)
_ITEM = re.compile(rf"(?P<money>{_MONEY})|" + "|".join(f"(?P<{name}>(?<![\\w-])(?:{pattern})(?![\\w-]))" for name, pattern in _KEYS), re.I)
_OF_ALL = r"(?:(?<=Euro\s)|(?<=EUR\s)|(?<=€\s))(?:der|des)"
"""What tells that an amount is but a part: "150.000 Euro der Eingliederungsleistungen"."""
_DOUBT = re.compile(
    r"\b(?:Vorjahr\w*|Anteil\w*|kommunale\w*|Ausgabereste\w*|Kürzung\w*|mehr|weniger|Differenz|umgeschichtet|Umschichtung\w*|davon\s+entfallen\s+\w+\s+Prozent|"
    r"je|pro|zusätzlich\w*|abzüglich|zuzüglich|Rest|statt|bisher|bislang|wurden?|betrug|betrugen|war|waren|standen|stand|neben|gekürzt|"
    r"(?:steig|sink|erhöh|verringer)\w+|um(?=\s(?:rund\s|rd\.\s|ca\.\s)?\d)|"
    rf"(?:von\s(?:den|diesen)|(?<!sich\s)(?<!besteht\s)aus\s(?:dem|den)|{_OF_ALL})\s(?:Eingliederung|Verwaltung)\w+)\b",
    re.I,
)
"""What makes an amount a part, a change, or one of another year."""
_SHARE = re.compile(r"Anteil\w*|kommunale\w*", re.I)
"""What makes an amount a part, and none of three of which one is the sum of the others."""
_NO_BUDGET = re.compile(
    r"\b(?:umgeschichtet|umzuschichten|Umschichtung\w*|um(?=\s(?:rund\s|rd\.\s|ca\.\s)?\d)|kommunale\w*\s+(?:Finanzierungs)?[Aa]nteil\w*|"
    rf"(?:von\s(?:den|diesen)|aus\s(?:dem|den)|{_OF_ALL})\s(?:Eingliederung|Verwaltung)\w+)\b",
    re.I,
)
"""What makes the one amount of a sentence no budget: it is moved, changed by, a share, or taken out of one."""
_ASIDE = re.compile(
    r"(?:einschließlich|inklusive|inkl\.|darunter)(?:(?!Euro|€).){0,120}?Ausgaberest\w*(?:(?!Euro|€).){0,60}?(?:Euro|€)", re.I
)
"""Money that is only part of where the budget comes from."""
_YEAR = re.compile(r"\b(?:im|für das|das|für)\s+(?:Haushalts)?[Jj]ahr\s+(?P<jahr>(?:19|20)\d\d)\b")


def amounts(text: str, jahr: int) -> tuple[Amount, ...]:
    """The amounts of a sentence or list item whose field its words tell."""
    masked = without_last_year(_ASIDE.sub(lambda found: " " * len(found.group()), text), jahr)
    items = list(_ITEM.finditer(masked))
    if not any(item["money"] for item in items):
        return ()
    if all(item["money"] for item in items):
        return tuple(_amount(item, _GESAMT, tuple(_doubts(masked, jahr))) for item in items if _is_all_of_rows(item, masked))
    if sum(bool(item["money"]) for item in items) == 1 and _NO_BUDGET.search(masked):
        return ()
    paired = _paired(items)
    if paired is None:
        doubts = (*_doubts(masked, jahr), Doubt("wofuer-der-betrag-steht"))
        return tuple(_amount(item, key, doubts) for item, key in _nearest(items) if key)
    ordered = len(paired) > 1 and any(tie < _TIED for _, _, tie in paired)
    lose = not any(key not in (_GESAMT, "") for _, key, _ in paired) and not re.search(_BUDGET, masked, re.I)
    found = tuple(replace(_amount(item, key, ()), gereiht=ordered, lose=lose) for item, key, _ in paired if key)
    doubts = tuple(_doubts(masked, jahr, whole=_adds_up(found)))
    return tuple(replace(amount, doubts=(*doubts, *amount.doubts)) for amount in found)


def _adds_up(found: Sequence[Amount]) -> bool:
    """Whether a sentence states all three amounts, and the total is the sum of the others, however it is rounded: none is but a part."""
    said = {amount.feld: amount.wert for amount in found if amount.wert is not None}
    return said.keys() == set(FELDER) and adds_up(said[_GESAMT], (said[_VERWALTUNG], said[_EINGLIEDERUNG]))


def _doubts(text: str, jahr: int, whole: bool = False) -> Iterator[Doubt]:
    """Why a sentence's amounts are to be looked at; of a `whole` budget none is but a share."""
    said = (found.group() for found in _DOUBT.finditer(text))
    if worte := next((each for each in said if not (whole and _SHARE.fullmatch(each))), None):
        yield Doubt("im-selben-satz", worte=worte)
    for year in _YEAR.finditer(text):
        if int(year["jahr"]) not in (jahr, jahr - 1):
            yield Doubt("anderes-jahr-genannt", jahr=year["jahr"])


_Item = re.Match[str]

_PARTED, _LOOSE, _BESIDE, _TIED, _LABELLED = range(1, 6)
"""How closely an amount and a word that are neighbours belong together; the first where another clause begins between them."""
_LOWER = r"(?:\s+[a-zäöüß]+)"
_ABOUT = r"(?:\s*(?:rund|rd\.?|ca\.?|etwa|voraussichtlich|jeweils))*"
_CLAUSE = re.compile(r"[,;()]|\b(?:und|sowie|oder|bzw|während|davon|hiervon|darunter)\b", re.I)
_LABEL = re.compile(rf":{_ABOUT}")
_NAMED = re.compile(rf"[^,;()]*\b(?:von|in Höhe von|beträgt|betragen|beläuft sich auf|belaufen sich auf|mit){_ABOUT}|[=–(]{_ABOUT}", re.I)
"""What stands between a word and its amount: "Verwaltungskosten in Höhe von rd. …"."""
_MEANT = re.compile(rf"{_LOWER}{{0,3}}\s*\b(?:für|auf|als|an|beträgt){_LOWER}{{0,3}}|\(", re.I)
"""What stands between an amount and its word: "… sind für die Verwaltungskosten"."""
_ANOTHER = re.compile(rf"\b(?:und|sowie)\s+(?:für|zur|auf){_LOWER}{{0,2}}\s*$", re.I)
"""What stands between an amount and a word whose own amount follows: "… Euro und für Verwaltungskosten …"."""
_PART = re.compile(r"\b(?:davon|hiervon|darunter)\b", re.I)
_APART = re.compile(rf"\b(?:von{_LOWER}{{0,2}}|(?:davon|hiervon|darunter)\b[^.;€]{{0,60}}){_ABOUT}\s*$", re.I)
"""What stands before an amount of which others are parts, or which is a part of another."""
_UNREAD = re.compile(r"(?<!\d)\d{1,3}(?:\s?\.\s?\d{3})+|\b(?:Gesamtbud|Verwaltungsko|Eingliederungsl)", re.I)
"""What is left of an amount, or of the word for one, that nobody could read: "11.373 .317", "Verwaltungskoste«"."""


def _paired(items: Sequence[_Item]) -> list[tuple[_Item, str, int]] | None:
    """Each amount, the field of its word, and how they are tied, every field at most once; None where order and grammar leave a choice."""
    items = _without_repeated(items)
    ties = [_tie(one, other) for one, other in pairwise(items)]
    pairs = _best(ties)
    if not pairs:
        return None
    used = {place for pair in pairs for place in (pair, pair + 1)}
    found = [_told(items[pair], items[pair + 1], ties[pair]) for pair in pairs]
    left = [item for place, item in enumerate(items) if place not in used]
    if found and left and left[0] is items[0] and _is_total(left[0]):
        found.insert(0, (left.pop(0), _GESAMT, _TIED))
    plain = all(_is_plain(ties, pair, ordered=not left) for pair in pairs)
    rest = all(_may_be_left(item, [ties[pair] for pair in pairs]) for item in left)
    keys = {item: key for item, key, _ in found}
    named = [key for key in keys.values() if key]
    once = len(set(named)) == len(named)
    return found if found and plain and rest and once and not _is_part(items, keys) else None


def _is_total(item: _Item) -> bool:
    """Whether an amount is all of which others are parts, though no word says so: "stehen 15,1 Mio. Euro zur Verfügung, davon …"."""
    behind = item.string[item.end() :]
    return bool(item["money"]) and _factor(_unit(item)) == _MILLION and bool(_WHOLE.match(behind))


_WHOLE = re.compile(rf"{_LOWER}{{0,2}}(?:\s+Verfügung|\s+bereit)?\s*[,;(–-]\s*(?:davon|hiervon)\b", re.I)
_BEFORE_ROWS = re.compile(rf"{_LOWER}{{0,2}}\s+(?:Verfügung|bereit)(?:\s*[,;(–-]\s*(?:davon|hiervon)|:)$", re.I)
"""The same where the parts stand in rows of their own below."""
_OF_YEAR = r"(?!\s(?:(?:das|ein)\s)?(?:Haushalts)?[Jj]ahr)"
_FOR_SOMETHING = re.compile(rf"^\W*(?:Für|Zur|Zum|Aus)\b{_OF_YEAR}|\bsteh(?:en|t)\b.*\b(?:für|zur|zum|aus)\b{_OF_YEAR}")
"""What says of an amount what it is for, where no word names a field."""


def _is_all_of_rows(item: _Item, text: str) -> bool:
    """Whether an amount is all of which rows below are parts: "stehen 15,1 Mio. Euro zur Verfügung, davon"."""
    rows = _BEFORE_ROWS.fullmatch(item.string[item.end() :].rstrip())
    return bool(rows) and _factor(_unit(item)) == _MILLION and not _FOR_SOMETHING.search(text[: item.start()])


def _told(one: _Item, other: _Item, tie: int) -> tuple[_Item, str, int]:
    return (one, _key(other), tie) if one["money"] else (other, _key(one), tie)


def _tie(one: _Item, other: _Item) -> int:
    """How closely two neighbours belong together; 0 where both are words, or both amounts, or what is between belongs to another."""
    if bool(one["money"]) == bool(other["money"]):
        return 0
    between = one.string[one.end() : other.start()]
    if not between.strip():
        return _BESIDE
    if _UNREAD.search(between) or (one["money"] and _ANOTHER.search(between)):
        return 0
    if other["money"] and _LABEL.fullmatch(between.strip()):
        return _LABELLED
    if (_MEANT if one["money"] else _NAMED).fullmatch(between.strip()) and not _CLAUSE.search(between.strip().lstrip("(")):
        return _TIED
    return _PARTED if _CLAUSE.search(between) else _LOOSE


def _best(ties: Sequence[int]) -> list[int]:
    """Where the pairs begin that belong together most closely in sum, no item in two of them."""
    before: tuple[int, list[int]] = (0, [])
    best: tuple[int, list[int]] = (0, [])
    for place, tie in enumerate(ties):
        with_it = (before[0] + tie, [*before[1], place])
        before, best = best, max(best, with_it, key=lambda each: each[0])
    return best[1] if not ties or best[0] else []


def _is_plain(ties: Sequence[int], pair: int, ordered: bool) -> bool:
    """Whether neither of a pair may as well go with its other neighbour; where all go in pairs, their order tells what grammar does not."""
    rival = max([ties[place] for place in (pair - 1, pair + 1) if 0 <= place < len(ties)], default=0)
    return rival < ties[pair] or (ordered and rival == ties[pair] == _BESIDE)


def _may_be_left(item: _Item, ties: Sequence[int]) -> bool:
    """Whether an item may stand for itself: a word for all of it, or an amount beside others, which are tied to their words."""
    if item["money"]:
        return min(ties) >= _TIED and bool(_APART.search(item.string[: item.start()]))
    return _key(item) in (_GESAMT, "")


def _is_part(items: Sequence[_Item], keys: Mapping[_Item, str]) -> bool:
    """Whether an amount is but a part of one that is not the total: "… für Eingliederungsleistungen, davon … für Verwaltungskosten"."""
    for one, other in pairwise(item for item in items if item["money"]):
        if other in keys and keys.get(one, _GESAMT) != _GESAMT and _PART.search(one.string[one.end() : other.start()]):
            return True
    return False


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
    """The field of a word; empty where it names money that no agreement gives: what is paid for living is an indicator, not a budget."""
    return {"anderes": "", "verwaltung": _VERWALTUNG, "eingliederung": _EINGLIEDERUNG, "gesamt": _GESAMT}[
        next(name for name, _ in _KEYS if item[name])
    ]


def _nearest(items: Sequence[_Item]) -> Iterator[tuple[_Item, str]]:
    """Each amount with the nearest word, for a person to check."""
    keys = [item for item in items if not item["money"]]
    for item in items:
        if item["money"]:
            yield item, _key(min(keys, key=lambda key: max(item.start() - key.end(), key.start() - item.end())))


def _amount(item: _Item, feld: str, doubts: tuple[Doubt, ...]) -> Amount:
    group = "zahl" if item["zahl"] else "dahinter"
    wert, fault = _wert(re.sub(r"\s", "", item[group]), _unit(item), feld)
    cut = Doubt("zeichen-vor-dem-betrag") if group == "zahl" and _CUT.search(item.string[: item.start(group)]) else None
    parted = Doubt("leerzeichen-im-betrag") if re.search(r"\s", item[group]) else None
    return Amount(feld, wert, item.start(group), item.end(group), (*doubts, *(doubt for doubt in (fault, cut, parted) if doubt)))


def _unit(item: _Item) -> str:
    """What an amount is in, in small letters: "mio. euro"."""
    return (item["einheit"] or item["stufe"] or "").lower()


_CUT = re.compile(r"(?:(?<!\b(?:19|20)\d)\d[.,]?|[^\w\s()„“\":;,.–—-]\.?|(?<!rd)(?<!ca)(?<!\bv)(?<!etwa)\.)\s*$")
"""What a scan makes of a leading figure: "5. 118.940,00"."""


def _wert(number: str, unit: str, feld: str) -> tuple[Any, Doubt | None]:
    """The amount in the unit of its field, and why a person must look where it is stated in another one."""
    stated = read_number(re.sub(r",[-–—]+$", "", number))
    factor = _factor(unit)
    if feld == _GESAMT:
        fault = None if factor == _MILLION else Doubt("budget-nicht-in-mio")
        return (stated if factor == _MILLION else stated * factor / _MILLION), fault
    if factor > 1:
        return int(stated * factor), Doubt("betrag-nicht-in-euro")
    places = -int(stated.as_tuple().exponent)
    if places not in (0, 2):
        return None, Doubt("betrag-unlesbar")
    return (stated if places else int(stated)), None


def _factor(unit: str) -> int:
    return next((factor for name, factor in _FACTORS if unit.startswith(name)), 1)


_MILLION = 1_000_000
_FACTORS = (("milliarden", 1_000_000_000), ("mrd", 1_000_000_000), ("mio", _MILLION), ("millionen", _MILLION), ("tsd", 1000), ("t", 1000))
